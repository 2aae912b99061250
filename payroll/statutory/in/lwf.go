package in

import (
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// lwfFirst is the first day of amounts whose own first day is not known.
const lwfFirst = "2022-04-01"

func stateFund(state, section string) hr.Source {
	if section == "" {
		section = "amounts and months of contribution"
	}
	return published("Labour welfare fund Act of "+state, section, "", "read in compilations that agree; the notification was not read")
}

// The months in which funds collect.
var (
	juneAndDecember = []int64{6, 12}
	onlyDecember    = []int64{12}
	everyMonth      = []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
)

// fund is what a state takes from a day on. Amounts are rupees a contribution.
type fund struct {
	state, since       string
	employee, employer []hr.TableRow
	months             []int64
	source             hr.Source
	doubt              string
}

// flat are amounts that do not depend on wages.
func flat(amount string) []hr.TableRow {
	return []hr.TableRow{{Bound: hr.Above, Value: decimal.RequireFromString(amount)}}
}

func funds() []fund {
	const since = "since when these amounts hold is not known; they are answered from 1 April 2022 on"
	one := func(state, title, employee, employer string, months []int64, doubt string) fund {
		if doubt != "" {
			doubt += "; "
		}
		return fund{state, lwfFirst, flat(employee), flat(employer), months, stateFund(title, ""), doubt + since}
	}
	karnataka := published("Karnataka Labour Welfare Fund (Amendment) Act 2024 (Act 5 of 2025)", "contributions", "2025-01-01",
		"gazette of January 2025, its day not read; that December 2024 is at the old amounts is settled practice")
	maharashtra := published("Maharashtra Labour Welfare Fund (Amendment) Act 2024", "contributions", "2024-03-18", "")
	list := []fund{
		one("AP", "Andhra Pradesh", "30", "70", onlyDecember, ""),
		one("CH", "Chandigarh", "5", "20", everyMonth, ""),
		one("CG", "Chhattisgarh", "15", "45", juneAndDecember, ""),
		one("DL", "Delhi", "0.75", "2.25", juneAndDecember, ""),
		one("GA", "Goa", "60", "180", juneAndDecember, "a half-year; the text of the Act may say a year"),
		one("GJ", "Gujarat", "6", "12", juneAndDecember, ""),
		one("KA", "Karnataka", "20", "40", onlyDecember, ""),
		{"KA", "2025-01-01", flat("50"), flat("100"), onlyDecember, karnataka, ""},
		one("KL", "Kerala", "45", "45", juneAndDecember, "factories; shops have another fund, which is KL-SHOPS"),
		one("KL-SHOPS", "Kerala, shops", "50", "50", everyMonth, "one board says 100"),
		one("MP", "Madhya Pradesh", "10", "30", juneAndDecember, "a change of 2026 to 10 and 50, with a least amount of an establishment, is reported"),
		{
			"MH", lwfFirst,
			[]hr.TableRow{upTo(3000, 6), above(12)},
			[]hr.TableRow{upTo(3000, 18), above(36)},
			juneAndDecember, stateFund("Maharashtra", "before 18 March 2024"), since,
		},
		{"MH", "2024-03-18", flat("25"), flat("75"), juneAndDecember, maharashtra, ""},
		one("OD", "Odisha", "10", "20", juneAndDecember, "other compilations say 20 and 40"),
		one("PB", "Punjab", "5", "20", everyMonth, ""),
		one("WB", "West Bengal", "3", "15", juneAndDecember, ""),
		{"WB", "2024-01-01", flat("3"), flat("30"), juneAndDecember, stateFund("West Bengal", "gazette cited, from 1 January 2024"), ""},
	}
	for _, tn := range []string{"TN", "TN-CHENNAI"} { // professional tax has a schedule of the city, the fund is the state's
		list = append(list, one(tn, "Tamil Nadu", "20", "40", onlyDecember, "10 and 20 before, to a day that is not known"))
	}
	for _, tg := range []string{"TG", "TS"} {
		list = append(list, one(tg, "Telangana", "2", "5", onlyDecember, ""))
	}
	return list
}

// withoutFund are the states and territories that have none, or of which none was found.
func withoutFund() []string {
	return []string{"AN", "AR", "AS", "BR", "DD", "DN", "HP", "JH", "JK", "LA", "LD", "ML", "MN", "MZ", "NL", "PY", "RJ", "SK", "TR", "UK", "UP"}
}

func lwfParams() []hr.Parameter {
	board := func(section string) hr.Source {
		return published("Haryana Labour Welfare Board, circulars", section, "", "read in secondary sources")
	}
	return []hr.Parameter{
		{Name: "lwf.haryana_rate", Title: "Labour welfare fund, Haryana, employee", Unit: "percent", Steps: []hr.ParameterStep{
			doubtful(lwfFirst, "0.2", board("share of wages"), "rounding to the rupee before the cap is practice"),
		}},
		{Name: "lwf.haryana_cap", Title: "Labour welfare fund, Haryana, employee at most a month", Unit: "money", Steps: []hr.ParameterStep{
			doubtful(lwfFirst, "31", board("cap to 2024"), "since when it holds is not known"),
			since("2025-01-01", "34", board("cap of 2025")),
			since("2026-01-01", "35", board("cap of 2026")),
		}},
		{Name: "lwf.haryana_employer", Title: "Labour welfare fund, Haryana, employer in shares of the employee", Unit: "count", Steps: []hr.ParameterStep{
			since(lwfFirst, "2", board("employer twice the employee")),
		}},
	}
}

func lwfTables() []hr.Table {
	table := func(name, title, key, value string, steps []hr.TableStep) hr.Table {
		return hr.Table{Name: name, Title: title, Kind: hr.Bands, Key: key, Value: value, ByText: true, Steps: steps}
	}
	var employee, employer, due []hr.TableStep
	for _, f := range funds() {
		employee = append(employee, doubtfulRows(f.state, f.since, f.source, f.doubt, f.employee...))
		employer = append(employer, doubtfulRows(f.state, f.since, f.source, f.doubt, f.employer...))
		due = append(due, doubtfulRows(f.state, f.since, f.source, f.doubt, inMonths(f.months...)...))
	}
	due = append(due, rows("HR", lwfFirst, stateFund("Haryana", ""), inMonths(everyMonth...)...))
	for _, state := range withoutFund() {
		due = append(due, doubtfulRows(state, lwfFirst, stateFund("states without a fund", "compilations name none"), "that there is no fund was not read in the Acts", above(0)))
	}
	return []hr.Table{
		table("lwf.is_due", "Whether the labour welfare fund is due in a calendar month (1 yes, 0 no)", "count", "count", due),
		table("lwf.employee", "Labour welfare fund, employee", "money", "money", employee),
		table("lwf.employer", "Labour welfare fund, employer", "money", "money", employer),
	}
}

// inMonths answers 1 in some calendar months and 0 in the others.
func inMonths(months ...int64) []hr.TableRow {
	var out []hr.TableRow
	for month := int64(1); month <= 12; month++ {
		answer := int64(0)
		if slices.Contains(months, month) {
			answer = 1
		}
		if n := len(out); n > 0 && out[n-1].Value.Equal(decimal.NewFromInt(answer)) {
			out[n-1].Limit = decimal.NewFromInt(month)
			continue
		}
		out = append(out, upTo(month, answer))
	}
	out[len(out)-1].Bound = hr.Above
	return out
}
