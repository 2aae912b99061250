package in_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// The table of the facts document, August and October 2026; the October column is the one of EPFO's FAQ, Q13.
func TestProvidentFundTable(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct{ month, wages, epf, eps, difference, edli string }{
		{"2026-08", "14999", "1800", "1249", "551", "75"},
		{"2026-08", "15000", "1800", "1250", "550", "75"},
		{"2026-08", "20000", "1800", "1250", "550", "75"},
		{"2026-08", "90000", "1800", "1250", "550", "75"},
		{"2026-10", "10000", "1200", "833", "367", "50"},
		{"2026-10", "14999", "1800", "1249", "551", "75"},
		{"2026-10", "15000", "1800", "1250", "550", "75"},
		{"2026-10", "20000", "2400", "1666", "734", "100"},
		{"2026-10", "25000", "3000", "2083", "917", "125"}, // EPS 2,082.50: half goes up
		{"2026-10", "35000", "3000", "2083", "917", "125"},
		{"2026-10", "5000", "600", "417", "183", "25"}, // EPS 416.50
	} {
		r := l.run(t, c.month, map[string]string{"t_wages": c.wages})
		for line, want := range map[string]string{"epf": c.epf, "eps": c.eps, "epf_employer": c.difference, "edli": c.edli} {
			r.is(line, want)
		}
	}
}

// September 2026: 16 days at 15,000 and 14 at 25,000. 20,000: 15,000 x 16/30 + 20,000 x 14/30 = 17,333.33.
func TestSeptember2026(t *testing.T) {
	l, september := compiled(t, in.Pack()), hr.MustPeriod("2026-09-01..2026-09-30")
	r := l.run(t, "2026-09", map[string]string{"t_wages": "20000"})
	for line, want := range map[string]string{"epf_wages": "17333.33", "epf": "2080", "eps": "1444", "epf_employer": "636", "edli": "87", "epf_admin": "87"} {
		r.is(line, want)
	}
	l.run(t, "2026-09", map[string]string{"t_wages": "14000"}).is("epf_wages", "14000")
	l.run(t, "2026-09", map[string]string{"t_wages": "40000"}).is("epf_wages", "19666.67")
	// The ceiling is not cut for who joins: from the 17th on it is 25,000; from the 10th on 7 of 21 days are at 15,000.
	l.employed(t, september, hr.MustPeriod("2026-09-17..2026-09-30"), map[string]string{"t_wages": "20000"}).is("epf_wages", "20000")
	l.employed(t, september, hr.MustPeriod("2026-09-10..2026-09-30"), map[string]string{"t_wages": "20000"}).is("epf_wages", "18333.33")
	l.employed(t, september, hr.MustPeriod("2026-09-01..2026-09-16"), map[string]string{"t_wages": "20000"}).is("epf_wages", "15000")

	pack := in.Pack() // the switch: the ceiling of the last day
	for i := range pack.Params {
		if pack.Params[i].Name == "epf.ceiling_by_days" {
			pack.Params[i].Steps[0].Value = decimal.Zero
		}
	}
	compiled(t, pack).run(t, "2026-09", map[string]string{"t_wages": "20000"}).is("epf_wages", "20000")
}

func TestProvidentFundMembership(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct {
		name  string
		given map[string]string
		want  map[string]string
	}{
		{"not a member", map[string]string{"pf_member": "no", "vpf_amount": "500"}, map[string]string{"epf_wages": "0", "epf": "0", "vpf": "0", "eps": "0", "epf_employer": "0", "edli": "0", "epf_admin": "0"}},
		{"on all wages", map[string]string{"pf_capped": "no"}, map[string]string{"epf_wages": "40000", "epf": "4800", "eps": "2083", "epf_employer": "2717", "edli": "125", "epf_admin": "200"}},
		{"no pension", map[string]string{"eps_member": "no"}, map[string]string{"eps_wages": "0", "epf": "3000", "eps": "0", "epf_employer": "3000", "edli": "125"}},
		// joint option on 40,000: 12 % = 4,800; EPS 8.33 % of 15,000 = 1,249.50 and 9.49 % of 25,000 = 2,372.50: 3,622; the rest 1,178
		{"higher pension lifts the ceiling of EPF", map[string]string{"t_wages": "40000", "pf_capped": "yes", "higher_pension": "yes"}, map[string]string{"epf_wages": "40000", "epf": "4800", "eps": "3622", "epf_employer": "1178", "edli": "125"}},
		{"higher pension", map[string]string{"t_wages": "40000", "pf_capped": "no", "higher_pension": "yes"}, map[string]string{"epf": "4800", "eps": "3622", "epf_employer": "1178", "edli": "125"}},
		{"international worker", map[string]string{"t_wages": "40000", "international_worker": "yes"}, map[string]string{"epf": "4800", "eps": "2083", "epf_employer": "2717"}},
		{"lower rate", map[string]string{"t_wages": "15000", "epf_lower_rate": "yes"}, map[string]string{"epf": "1500", "eps": "1250", "epf_employer": "250"}},
		{"voluntary, both ways", map[string]string{"vpf_amount": "1000", "vpf_percent": "5"}, map[string]string{"epf": "3000", "vpf": "3000"}}, // 1,000 + 5 % of 40,000
		{"voluntary up to all wages", map[string]string{"vpf_percent": "100"}, map[string]string{"epf": "3000", "vpf": "37000"}},
		{"no wages", map[string]string{"t_wages": "0", "vpf_amount": "1000"}, map[string]string{"epf": "0", "vpf": "0", "eps": "0", "epf_employer": "0"}},
		{"wages below zero", map[string]string{"t_wages": "-500"}, map[string]string{"epf": "0", "eps": "0", "esi_wages": "0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			given := map[string]string{"t_wages": "40000"}
			for k, v := range c.given {
				given[k] = v
			}
			r := l.run(t, "2026-10", given)
			for line, want := range c.want {
				r.is(line, want)
			}
		})
	}
}

func TestWagesBeforeAndAfterTheCode(t *testing.T) {
	l := compiled(t, in.Pack())
	given := map[string]string{"t_wages": "20000", "t_excluded": "40000", "t_terminal": "16000", "pf_capped": "no", "t_gross": "60000", "esi_covered": "yes"}
	r := l.run(t, "2025-10", given)
	r.is("code_wages", "20000")
	r.is("esi_wages", "60000")
	r = l.run(t, "2025-11", given) // in force on the 21st; a month goes by its last day
	r.is("code_wages", "22000")    // 76,000, half 38,000, added back 2,000: the Ministry's picture
	r.is("esi_wages", "22000")
	r.is("esi", "165")
	r.is("esi_employer", "715")
}

func TestStateInsurance(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct{ wages, days, employee, employer string }{
		{"17400", "30", "131", "566"},
		{"18000", "30", "135", "585"},
		{"21000", "30", "158", "683"},
		{"5280", "30", "0", "172"},
		{"5281", "30", "40", "172"},
		{"176", "1", "0", "6"},
		{"176.01", "1", "2", "6"},
		{"0", "0", "0", "0"},
	} {
		r := l.run(t, "2026-10", map[string]string{"t_wages": c.wages, "payable_days": c.days, "esi_covered": "yes"})
		r.is("esi", c.employee)
		r.is("esi_employer", c.employer)
	}
	uncovered := l.run(t, "2026-10", map[string]string{"t_wages": "15000", "payable_days": "30", "esi_covered": "no"})
	uncovered.is("esi", "0")
	uncovered.is("esi_employer", "0")
	// Crossing the limit inside a contribution period changes nothing about the answer: both shares on full wages.
	crossed := l.run(t, "2026-12", map[string]string{"t_wages": "24000", "payable_days": "31", "esi_covered": "yes"})
	crossed.is("esi", "180")          // 24,000 x 0.75 %
	crossed.is("esi_employer", "780") // 24,000 x 3.25 %
	// 30,000 of pay and 9,000 of wages: half of the pay is wages, 15,000.
	r := l.run(t, "2026-10", map[string]string{"t_full_wages": "9000", "t_full_gross": "30000"})
	r.is("esi_coverage_wages", "15000")
	r.is("esi_within_limit", "1")
	r = l.run(t, "2025-10", map[string]string{"t_full_wages": "9000", "t_full_gross": "30000"})
	r.is("esi_coverage_wages", "30000")
	r.is("esi_within_limit", "0")
}

func TestProfessionalTaxHistory(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct{ state, gender, month, gross, want string }{
		{"KA", "", "2023-03", "14999.50", "0"},
		{"KA", "", "2023-03", "15000", "200"},
		{"KA", "", "2023-04", "24999.99", "0"},
		{"KA", "", "2023-04", "25000", "200"},
		{"KA", "", "2025-02", "25000", "200"},
		{"KA", "", "2025-04", "25000", "200"},
		{"KA", "", "2026-02", "25000", "300"},
		{"KA", "", "2026-03", "25000", "200"},
		{"MH", "female", "2023-03", "10001", "200"},
		{"MH", "female", "2023-04", "25000", "0"},
		{"MH", "female", "2023-04", "25000.01", "200"},
		{"MH", "female", "2026-02", "25001", "300"},
		{"MH", "male", "2026-10", "7500", "0"},
		{"MH", "male", "2026-10", "7500.01", "175"},
		{"MH", "male", "2026-10", "10000", "175"},
		{"MH", "male", "2026-10", "10001", "200"},
		{"MH", "male", "2026-02", "10001", "300"},
		{"MH", "male", "2026-02", "10000", "175"},
		{"MH", "other", "2026-02", "10001", "300"},
		{"WB", "", "2026-09", "15000", "110"},
		{"WB", "", "2026-10", "20000", "0"},
		{"WB", "", "2026-10", "30001", "140"},
		{"WB", "", "2026-10", "100000", "170"},
		{"AS", "", "2025-03", "12000", "150"},
		{"AS", "", "2025-04", "12000", "0"},
		{"AS", "", "2025-04", "25000", "208"},
		{"GJ", "", "2026-10", "12000", "0"},
		{"GJ", "", "2026-10", "12000.01", "200"},
		{"TR", "", "2026-10", "15000.01", "208"},
		{"TS", "", "2026-10", "20001", "200"},
		{"SK", "", "2026-10", "40001", "200"},
		{"DL", "", "2026-10", "900000", "0"},
		{"OD", "", "2026-03", "900000", "300"},
		{"OD", "", "2026-04", "900000", "0"},
	} {
		r := l.run(t, c.month, map[string]string{"pt_state": c.state, "gender": c.gender, "t_gross": c.gross, "months_left": "1"})
		require.True(t, r.amount("pt").Equal(decimal.RequireFromString(c.want)), "%+v: %s", c, r.amount("pt"))
	}
	r := l.run(t, "2026-10", map[string]string{"pt_state": "KA", "t_gross": "90000", "ytd_pt": "2400"})
	r.is("pt", "100") // the year's 2,500
	l.run(t, "2026-10", map[string]string{"pt_state": "KA", "t_gross": "90000", "pt_exempt": "yes"}).is("pt", "0")
	require.ErrorIs(t, l.run(t, "2022-03", map[string]string{"pt_state": "KA", "t_gross": "90000"}).err("pt"), hr.ErrNoValue)
}

// Figures of the facts document: the edges of slabs, rebate and relief.
func TestIncomeTaxEdges(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct{ month, income, line, want string }{
		{"2026-10", "800000", "slab_tax", "20000"},
		{"2026-10", "1200000", "slab_tax", "60000"},
		{"2026-10", "1600000", "slab_tax", "120000"},
		{"2026-10", "2000000", "slab_tax", "200000"},
		{"2026-10", "2400000", "slab_tax", "300000"},
		{"2026-10", "1210000", "annual_tax", "10400"},
		{"2026-10", "1250000", "tax_after_rebate", "50000"},
		{"2026-10", "1270580", "rebate", "7"},
		{"2026-10", "1270590", "rebate", "0"},
		{"2024-10", "722220", "rebate", "2"},
		{"2024-10", "722230", "rebate", "0"}, // 20,000 + 10 % of 22,220 = 22,222, and 22,220 above the limit
		{"2026-10", "5161190", "surcharge_relief", "2.7"},
		{"2026-10", "5161200", "surcharge_relief", "0"},
		{"2026-10", "1200000", "annual_tax", "0"},
		{"2023-10", "700000", "annual_tax", "0"},
		{"2023-10", "700010", "annual_tax", "10"},
	} {
		for _, standard := range []string{"75000", "50000"} {
			if (c.month < "2024-04") != (standard == "50000") {
				continue
			}
			pay := decimal.RequireFromString(c.income).Add(decimal.RequireFromString(standard)).String()
			r := l.run(t, c.month, map[string]string{"t_taxable": pay, "months_left": "1"})
			r.is("taxable_income", c.income)
			r.is(c.line, c.want)
		}
	}
	l.run(t, "2026-10", map[string]string{"t_taxable": "1275000", "months_left": "1", "resident": "no"}).is("annual_tax", "62400")
	l.run(t, "2026-10", map[string]string{"t_taxable": "30000", "months_left": "1"}).is("standard_deduction", "30000")
	l.run(t, "2026-10", map[string]string{"t_taxable": "475000", "months_left": "1", "has_pan": "no"}).is("tds", "0") // the nil slab
	l.run(t, "2026-10", map[string]string{"t_taxable": "475010", "months_left": "1", "has_pan": "no"}).is("tds", "80002")
}

// March 2026 paid in April is under the new Act and year; paid on 31 March it is under the old one.
func TestIncomeTaxGoesByTheDayOfPayment(t *testing.T) {
	plan, input := office(t, in.Pack()), october()
	input.Terms = hr.Since(hr.MustDate("2024-01-01"), input.Terms.Steps()[0].Value)
	input.Period, input.YearToDate = hr.MustPeriod("2025-03-01..2025-03-31"), nil
	for day, want := range map[string]string{
		"2025-03-31": "s.115BAC(1A), s.87A of the 1961 Act, 2024-08-16",
		"2025-04-01": "s.115BAC(1A), s.87A of the 1961 Act, 2025-03-29",
		"2026-04-30": "s.202(1), s.156(2)",
	} {
		input.PayDate = hr.MustDate(day)
		require.Contains(t, explained(t, plan, input, "slab_tax"), want, day)
	}
}

func TestTaxOfAYearIsDeductedInTheYear(t *testing.T) {
	l := compiled(t, in.Pack())
	rapid.Check(t, func(rt *rapid.T) {
		regular := decimal.New(rapid.Int64Range(0, 60_000_000).Draw(rt, "paise a month"), -2)
		first := rapid.IntRange(0, 11).Draw(rt, "months before joining")
		ytd, deducted, due := decimal.Zero, decimal.Zero, decimal.Zero
		for i := first; i < 12; i++ {
			month := hr.MustDate("2026-04-01")
			for range i {
				month = month.EndOfMonth().Add(1)
			}
			r := l.run(t, month.String()[:7], map[string]string{
				"t_taxable": regular.String(), "t_full_taxable": regular.String(), "months_left": fmt.Sprint(12 - i),
				"ytd_taxable": ytd.String(), "ytd_tds": deducted.String(),
			})
			ytd, deducted, due = ytd.Add(regular), deducted.Add(r.amount("tds")), r.amount("annual_tax")
			if !r.amount("projected_salary").Equal(regular.Mul(decimal.NewFromInt(int64(12 - first)))) {
				rt.Fatalf("the projection of level pay moved in month %d", i)
			}
		}
		if !deducted.Equal(due) {
			rt.Fatalf("deducted %s, due %s", deducted, due)
		}
	})
}

func TestProvidentFundConserves(t *testing.T) {
	l := compiled(t, in.Pack())
	months := []string{"2025-06", "2026-08", "2026-09", "2026-10"}
	yesNo := []string{"yes", "no"}
	rapid.Check(t, func(rt *rapid.T) {
		given := map[string]string{
			"t_wages":    decimal.New(rapid.Int64Range(0, 10_000_000).Draw(rt, "wages"), -2).String(),
			"t_excluded": decimal.New(rapid.Int64Range(0, 10_000_000).Draw(rt, "excluded"), -2).String(),
			"pf_capped":  rapid.SampledFrom(yesNo).Draw(rt, "capped"), "eps_member": rapid.SampledFrom(yesNo).Draw(rt, "eps"),
		}
		month := rapid.SampledFrom(months).Draw(rt, "month")
		r := l.run(t, month, given)
		if got := r.amount("eps").Add(r.amount("epf_employer")); !got.Equal(r.amount("epf")) {
			rt.Fatalf("the employer pays %s and the employee %s", got, r.amount("epf"))
		}
		for _, line := range []string{"epf", "eps", "epf_employer", "edli", "epf_admin"} {
			if a := r.amount(line); a.IsNegative() || !a.IsInteger() {
				rt.Fatalf("%s is %s", line, a)
			}
		}
		if r.amount("eps_wages").Cmp(r.amount("epf_wages")) > 0 || r.amount("epf_wages").Cmp(r.amount("code_wages").Round(2)) > 0 {
			rt.Fatalf("EPS wages, EPF wages and wages do not rise")
		}
		// A second way to the wages: what is included, or from 21 November 2025 half of all if that is more.
		wages, all := decimal.RequireFromString(given["t_wages"]), decimal.RequireFromString(given["t_wages"]).Add(decimal.RequireFromString(given["t_excluded"]))
		if month != "2025-06" {
			wages = decimal.Max(wages, all.Mul(decimal.New(5, -1)))
		}
		if !r.amount("code_wages").Equal(wages) {
			rt.Fatalf("wages %s, want %s", r.amount("code_wages"), wages)
		}
	})
}

func TestMorePayIsNeverLessTax(t *testing.T) {
	l := compiled(t, in.Pack())
	states := []string{"AP", "AS", "GJ", "KA", "MH", "MP", "MZ", "NL", "PB", "SK", "TG", "TR", "WB", "DL"}
	rapid.Check(t, func(rt *rapid.T) {
		state := rapid.SampledFrom(states).Draw(rt, "state")
		month := rapid.SampledFrom([]string{"2025-07", "2026-02", "2026-03", "2026-10"}).Draw(rt, "month")
		lines := map[string]decimal.Decimal{}
		pay := rapid.Int64Range(0, 1_000_000).Draw(rt, "pay")
		for range 4 {
			text := fmt.Sprint(pay)
			r := l.run(t, month, map[string]string{
				"pt_state": state, "gender": "female", "t_wages": text, "t_gross": text, "t_taxable": text, "t_full_taxable": text, "esi_covered": "yes",
			})
			for _, line := range []string{"pt", "tds", "annual_tax", "epf", "esi"} {
				if r.amount(line).Cmp(lines[line]) < 0 {
					rt.Fatalf("%s falls to %s at %d", line, r.amount(line), pay)
				}
				lines[line] = r.amount(line)
			}
			pay += rapid.Int64Range(0, 20_000_000).Draw(rt, "more")
		}
	})
}

// Doubts are sentences that are joined, and never an empty one.
func TestDoubtsAreJoined(t *testing.T) {
	pack := in.Pack()
	doubts := map[string]string{} // by name, text and first day
	for _, p := range pack.Params {
		for _, s := range p.Steps {
			doubts[p.Name+" "+s.Since.String()] = s.Uncertain
		}
	}
	for _, p := range pack.Tables {
		for _, s := range p.Steps {
			doubts[p.Name+" "+s.Text+" "+s.Since.String()] = s.Uncertain
		}
	}
	for of, doubt := range doubts {
		for _, one := range strings.Split(doubt, ";") {
			require.True(t, doubt == "" || strings.TrimSpace(one) != "", "%s: %q", of, doubt)
		}
	}
	const since = "since when these amounts hold is not known; they are answered from 1 April 2022 on"
	require.Equal(t, since, doubts["lwf.employee DL 2022-04-01"])
	require.Equal(t, "a half-year; the text of the Act may say a year; "+since, doubts["lwf.employee GA 2022-04-01"])
	require.Contains(t, doubts["perquisite.gifts 2026-04-01"], "the final is reported the same; whether all or only")
}

// Each Act is named for the years of its own.
func TestTaxIsOfTheActOfItsYear(t *testing.T) {
	pack := in.Pack()
	for day, want := range map[string]string{"2025-04-01": "Income-tax Act 1961", "2026-04-01": "Income-tax Act 2025"} {
		i := slices.IndexFunc(pack.Params, func(p hr.Parameter) bool { return p.Name == "tax.new.standard_deduction" })
		step, err := pack.Params[i].At(hr.MustDate(day))
		require.NoError(t, err)
		require.Contains(t, step.Source.Title, want)
	}
	for day, want := range map[string]string{"2025-04-01": "Finance Act of the year", "2026-04-01": "Finance Act 2026"} {
		i := slices.IndexFunc(pack.Tables, func(p hr.Table) bool { return p.Name == "tax.surcharge" })
		for _, regime := range []string{"old", "new"} {
			step, err := pack.Tables[i].At(regime, hr.MustDate(day))
			require.NoError(t, err)
			require.Contains(t, step.Source.Title, want, regime)
		}
	}
}

// A value is found wherever in the pack it stands.
func TestTheFirstParameterIsRead(t *testing.T) {
	pack := in.Pack()
	i := slices.IndexFunc(pack.Params, func(p hr.Parameter) bool { return p.Name == "gratuity.service_years" })
	pack.Params = append([]hr.Parameter{pack.Params[i]}, pack.Params...)
	g, err := in.GratuityOf(pack, in.GratuityService{Joined: hr.MustDate("2021-05-01"), LastDay: hr.MustDate("2026-04-30"), Ending: in.EndedLeaving})
	require.NoError(t, err)
	require.Equal(t, 5, g.Years)
}
