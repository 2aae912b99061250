package uk

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

// bands are the rates of one region and year: the width of each band of taxable pay and its rate in percent; the last one has no width.
type bands struct {
	region, since string
	widths        []int64
	rates         []int64
}

func regions() []bands {
	union := func(region, since string) bands {
		return bands{region, since, []int64{37700, 87440}, []int64{20, 40, 45}}
	}
	scotland := func(since string, widths ...int64) bands {
		return bands{"scotland", since, widths, []int64{19, 20, 21, 42, 45, 48}}
	}
	return []bands{
		union("rUK", year2024), union("wales", year2024), scotland(year2024, 2306, 11685, 17101, 31338, 62710),
		union("rUK", year2025), union("wales", year2025), scotland(year2025, 2827, 12094, 16171, 31338, 62710),
		union("rUK", year2026), union("wales", year2026), scotland(year2026, 3967, 12989, 14136, 31338, 62710),
	}
}

// noLimit stands for the end of a band that has none.
const noLimit = "1000000000000"

func payeTables() []hr.Table {
	limits := hr.Table{Name: "paye.limit", Title: "Where bands of taxable pay end, a year", Kind: hr.Bands, Key: "count", Value: "money", ByText: true, Basis: hr.ByPayDate}
	below := hr.Table{Name: "paye.tax_at_limit", Title: "Tax where bands end, a year", Kind: hr.Bands, Key: "count", Value: "money", ByText: true, Basis: hr.ByPayDate}
	rates := hr.Table{Name: "paye.rate", Title: "Rate of bands", Kind: hr.Bands, Key: "count", Value: "percent", ByText: true, Basis: hr.ByPayDate}
	source := routines("bandwidths and rates")
	for _, b := range regions() {
		var upTo, tax, rate []hr.TableRow
		limit, sum := int64(0), decimal.Zero
		for i, width := range b.widths {
			limit += width
			sum = sum.Add(decimal.New(width*b.rates[i], -2))
			n := strconv.Itoa(i + 1)
			upTo = append(upTo, law.UpTo(n, strconv.FormatInt(limit, 10)))
			tax = append(tax, law.UpTo(n, sum.String()))
			rate = append(rate, law.UpTo(n, strconv.FormatInt(b.rates[i], 10)))
		}
		limits.Steps = append(limits.Steps, book.Rows(b.region, b.since, source, append(upTo, law.Above(noLimit))...))
		below.Steps = append(below.Steps, book.Rows(b.region, b.since, source, append(tax, law.Above("0"))...))
		rates.Steps = append(rates.Steps, book.Rows(b.region, b.since, source, append(rate, law.Above(strconv.FormatInt(b.rates[len(b.rates)-1], 10)))...))
	}
	for _, t := range []*hr.Table{&limits, &below, &rates} {
		for _, region := range []string{"rUK", "wales", "scotland"} {
			t.Steps = append(t.Steps, book.RowsEnd(region, yearEnd, source))
		}
	}
	return []hr.Table{limits, below, rates}
}

// wordTables are what the words of a payment and of a code stand for; another word is an error.
func wordTables() []hr.Table {
	words := func(name, title string, of ...[2]string) hr.Table {
		t := hr.Table{Name: name, Title: title, Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Basis: hr.ByPayDate}
		for _, w := range of {
			t.Steps = append(t.Steps, book.Rows(w[0], year2024, routines("tax periods, codes"), law.Above(w[1])), book.RowsEnd(w[0], yearEnd, routines("")))
		}
		return t
	}
	return []hr.Table{
		words("paye.periods", "Weeks or months paid at once", [2]string{"weekly", "1"}, [2]string{"fortnightly", "2"}, [2]string{"fourweekly", "4"}, [2]string{"monthly", "1"}),
		words("paye.code_kinds", "Kinds of tax code (1 free pay, 2 K, 3 one rate, 4 no tax)", [2]string{"free", "1"}, [2]string{"k", "2"}, [2]string{"flat", "3"}, [2]string{"none", "4"}),
	}
}

func payeParams() []hr.Parameter {
	share := yearly("paye.limit_share", "Most that may be deducted of one payment", "percent",
		hr.Source{Title: "Income Tax (PAYE) Regulations 2003", Section: "reg. 2, overriding limit"}, "50")
	share.Steps[0] = law.Doubtful(share.Steps[0], "known, not read again: that the limit applies to every code")
	return []hr.Parameter{
		share,
		yearly("paye.personal_allowance", "Personal allowance a year", "money", routines("codes"), "12570"),
		yearly("paye.emergency_number", "Number of the emergency code, which is on week 1 or month 1 basis with the letter L", "count", routines("codes"), "1257"),
		yearly("paye.five_hundred_monthly", "Free pay of a month for each whole 500 of a code", "money", routines("free pay"), "416.67"),
		yearly("paye.five_hundred_weekly", "Free pay of a week for each whole 500 of a code", "money", routines("free pay"), "96.16"),
	}
}

func nicParams() []hr.Parameter {
	var list []hr.Parameter
	for _, t := range []struct {
		name, title             string
		weekly, monthly, annual [3]string
	}{
		{"lel", "Lower earnings limit", [3]string{"123", "125", "129"}, [3]string{"533", "542", "559"}, [3]string{"6396", "6500", "6708"}},
		{"pt", "Primary threshold", [3]string{"242"}, [3]string{"1048"}, [3]string{"12570"}},
		{"st", "Secondary threshold", [3]string{"175", "96"}, [3]string{"758", "417"}, [3]string{"9100", "5000"}},
		{"fust", "Freeport and investment zone upper secondary threshold", [3]string{"481"}, [3]string{"2083"}, [3]string{"25000"}},
		{"uel", "Upper earnings limit and upper secondary thresholds", [3]string{"967"}, [3]string{"4189"}, [3]string{"50270"}},
	} {
		for _, every := range []struct {
			period string
			values [3]string
		}{{"weekly", t.weekly}, {"monthly", t.monthly}, {"annual", t.annual}} {
			list = append(list, yearly("nic."+t.name+"_"+every.period, t.title+", "+every.period, "money", contributions("thresholds"), every.values[:]...))
		}
	}
	return append(list, yearly("nic.employer_rate", "Employer's rate", "percent", contributions("s.9(2)"), "13.8", "15"))
}

func nicTables() []hr.Table {
	table := func(name, title, unit string, groups map[string]string) hr.Table {
		t := hr.Table{Name: name, Title: title, Kind: hr.Bands, Key: "count", Value: unit, ByText: true, Basis: hr.ByPayDate}
		for _, letters := range []string{"AFHMNV", "BEI", "DJLZ", "CKS", "X"} {
			for _, letter := range letters {
				value := groups[letters]
				if own, ok := groups[string(letter)]; ok {
					value = own
				}
				t.Steps = append(t.Steps, book.Rows(string(letter), year2024, contributions("category letters"), law.Above(value)))
				t.Steps = append(t.Steps, book.RowsEnd(string(letter), yearEnd, contributions("category letters")))
			}
		}
		return t
	}
	return []hr.Table{
		table("nic.employee_main", "Employee's rate up to the upper earnings limit", "percent", map[string]string{"AFHMNV": "8", "BEI": "1.85", "DJLZ": "2", "CKS": "0", "X": "0"}),
		table("nic.employee_upper", "Employee's rate above it", "percent", map[string]string{"AFHMNV": "2", "BEI": "2", "DJLZ": "2", "CKS": "0", "X": "0"}),
		table("nic.employer_from", "Where the employer's contribution begins (1 secondary threshold, 2 freeport or investment zone, 3 upper secondary threshold, 4 nowhere)", "count", map[string]string{
			"A": "1", "B": "1", "C": "1", "J": "1",
			"D": "2", "E": "2", "F": "2", "I": "2", "K": "2", "L": "2", "N": "2", "S": "2",
			"H": "3", "M": "3", "V": "3", "Z": "3", "X": "4",
		}),
	}
}

func studentLoanParams() []hr.Parameter {
	return []hr.Parameter{
		yearly("student_loan.rate", "Student loan, share of pay above the threshold", "percent", loans(), "9"),
		yearly("postgraduate_loan.rate", "Postgraduate loan, share of pay above the threshold", "percent", loans(), "6"),
		yearly("postgraduate_loan.threshold", "Postgraduate loan, threshold of the year", "money", loans(), "21000"),
	}
}

func studentLoanTables() []hr.Table {
	t := hr.Table{Name: "student_loan.threshold", Title: "Student loan, threshold of the year", Kind: hr.Bands, Key: "count", Value: "money", ByText: true, Basis: hr.ByPayDate}
	for _, plan := range []struct {
		name   string
		values [3]string
	}{
		{"plan1", [3]string{"24990", "26065", "26900"}},
		{"plan2", [3]string{"27295", "28470", "29385"}},
		{"plan4", [3]string{"31395", "32745", "33795"}},
		{"plan5", [3]string{"", "", "25000"}},
	} {
		for i, day := range []string{year2024, year2025, year2026} {
			if plan.values[i] != "" {
				t.Steps = append(t.Steps, book.Rows(plan.name, day, loans(), law.Above(plan.values[i])))
			}
		}
		t.Steps = append(t.Steps, book.RowsEnd(plan.name, yearEnd, loans()))
	}
	return []hr.Table{t}
}

func wageParams() []hr.Parameter {
	source := hr.Source{Title: "National Minimum Wage Regulations 2015", Section: "reg. 4 and 4A, as amended each April"}
	var list []hr.Parameter
	for _, w := range []struct {
		name, title string
		values      [3]string
	}{
		{"nmw.adult", "National living wage, 21 and over, an hour", [3]string{"11.44", "12.21", "12.71"}},
		{"nmw.young", "Minimum wage, 18 to 20, an hour", [3]string{"8.60", "10.00", "10.85"}},
		{"nmw.under_18", "Minimum wage below 18, an hour", [3]string{"6.40", "7.55", "8.00"}},
		{"nmw.apprentice", "Minimum wage of apprentices, an hour", [3]string{"6.40", "7.55", "8.00"}},
	} {
		p := hr.Parameter{Name: w.name, Title: w.title, Unit: "money/hours"}
		for i, day := range []string{"2024-04-01", "2025-04-01", "2026-04-01"} {
			s := book.Since(day, w.values[i], source)
			if i == 0 {
				s = law.Doubtful(s, "known, not read again")
			}
			p.Steps = append(p.Steps, s)
		}
		p.Steps = append(p.Steps, book.Ends("2027-04-01", source))
		list = append(list, p)
	}
	return list
}
