package in_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// taxed is a plan whose host pays amounts that the test names, in the groups that income tax reads.
func taxed(t testing.TB) law {
	t.Helper()
	pack := in.Pack()
	pack.Components = append(pack.Components, payroll.Component{Name: "pay", Text: `
input x_basic : money = 0
input x_hra : money = 0
input x_education : money = 0
input x_hostel : money = 0
input x_nps : money = 0
input x_superannuation : money = 0
line y_basic in basic_da, full_month_basic_da = x_basic
line y_hra in hra, full_month_hra = x_hra
line y_education in children_education = x_education
line y_hostel in children_hostel = x_hostel
line y_nps in employer_nps, full_month_employer_nps = x_nps
line y_superannuation in superannuation = x_superannuation
line y_house in housing_salary = x_basic
`})
	return compiled(t, pack)
}

// A table of one month that stands for the year (months_left 1), 2026-27 unless it says another: what is given beside 20 lakh of salary,
// and what comes out. Sections 1.11 to 1.13 of the facts.
func TestWhatTheEmployeeDeclares(t *testing.T) {
	l := taxed(t)
	for _, c := range []struct {
		name  string
		month string
		given map[string]string
		want  map[string]string
	}{
		{"old, nothing", "", nil, map[string]string{"standard_deduction": "50000", "total_income": "1950000"}},
		{"least is what is received", "", map[string]string{"x_hra": "100000", "x_basic": "600000", "rent_paid": "300000"}, map[string]string{"hra_exempt": "100000"}},
		{"least is rent above a tenth", "", map[string]string{"x_hra": "300000", "x_basic": "600000", "rent_paid": "90000"}, map[string]string{"hra_exempt": "30000", "total_income": "1920000"}},
		{"least is 40 %", "", map[string]string{"x_hra": "300000", "x_basic": "600000", "rent_paid": "400000"}, map[string]string{"hra_exempt": "240000"}},
		{"50 % in Bengaluru", "", map[string]string{"x_hra": "400000", "x_basic": "600000", "rent_paid": "400000", "rent_city": "Bengaluru"}, map[string]string{"hra_exempt": "300000"}},
		{"40 % there before April 2026", "2026-03", map[string]string{"x_hra": "400000", "x_basic": "600000", "rent_paid": "400000", "rent_city": "Bengaluru"}, map[string]string{"hra_exempt": "240000"}},
		{"never below zero", "", map[string]string{"x_hra": "100000", "x_basic": "600000", "rent_paid": "59999"}, map[string]string{"hra_exempt": "0"}},
		{"children", "", map[string]string{"x_education": "9000", "children": "3", "x_hostel": "4000", "children_in_hostel": "1"}, map[string]string{"allowances_exempt": "10000"}}, // 2 x 3,000 + 4,000
		{"children before", "2026-03", map[string]string{"x_education": "150", "children": "1", "x_hostel": "400", "children_in_hostel": "1"}, map[string]string{"allowances_exempt": "400"}},
		{"travel and other", "", map[string]string{"lta_exempt": "30000", "other_exempt": "70000"}, map[string]string{"exempt_pay": "100000", "total_income": "1850000"}},
		{"home", "", map[string]string{"home_loan_interest": "260000"}, map[string]string{"house_income": "-200000", "total_income": "1750000"}},
		{"home for repairs", "", map[string]string{"home_loan_interest": "260000", "home_loan_limited": "yes"}, map[string]string{"house_income": "-30000"}},
		{"home and a house let out", "", map[string]string{"home_loan_interest": "260000", "let_out_income": "50000"}, map[string]string{"house_income": "-150000"}},
		{"a loss of both", "", map[string]string{"home_loan_interest": "150000", "let_out_loss": "90000"}, map[string]string{"house_income": "-200000"}},
		{"80C", "", map[string]string{"savings": "160000"}, map[string]string{"savings_allowed": "150000", "total_income": "1800000"}},
		{"80C with own NPS up to a tenth", "", map[string]string{"savings": "10000", "nps": "50000", "x_basic": "300000"}, map[string]string{"savings_allowed": "40000"}},
		{"80C counts the provident fund", "", map[string]string{"t_wages": "20000", "vpf_amount": "1000", "savings": "5000", "ytd_epf": "12000", "ytd_vpf": "5000"}, map[string]string{"savings_allowed": "25400"}}, // 2,400 + 1,000
		{"own NPS beyond", "", map[string]string{"nps_extra": "60000"}, map[string]string{"nps_extra_allowed": "50000"}},
		{"health", "", map[string]string{"health_self": "22000", "health_checkup": "6000", "health_parents": "60000", "health_parents_senior": "yes"}, map[string]string{"health_allowed": "75000"}}, // 25,000 + 50,000
		{"health, check-up inside", "", map[string]string{"health_self": "10000", "health_checkup": "6000"}, map[string]string{"health_allowed": "15000"}},
		{"disability", "", map[string]string{"disability": "yes", "dependant_disability": "yes", "dependant_disability_severe": "yes", "treatment": "90000"}, map[string]string{"disability_allowed": "240000"}},
		{"treatment at 60", "", map[string]string{"treatment": "120000", "treatment_senior": "yes"}, map[string]string{"disability_allowed": "100000"}},
		{"loans", "", map[string]string{"education_loan_interest": "300000", "first_home_interest": "70000", "affordable_home_interest": "160000", "electric_vehicle_interest": "10000"}, map[string]string{"loan_interest_allowed": "510000"}},
		{"interest", "", map[string]string{"savings_interest": "12000", "deposit_interest": "40000", "other_income": "52000"}, map[string]string{"interest_allowed": "10000", "total_income": "1992000"}},
		{"interest at 60", "", map[string]string{"savings_interest": "12000", "deposit_interest": "40000", "tax_age": "60to79"}, map[string]string{"interest_allowed": "50000"}},
		{"80GG, a month's limit", "", map[string]string{"rent_without_hra": "900000"}, map[string]string{"rent_allowed": "60000"}},
		{"80GG, half a year", "", map[string]string{"rent_without_hra": "900000", "rent_months": "6"}, map[string]string{"rent_allowed": "30000"}},
		{"80GG, rent above a tenth", "", map[string]string{"rent_without_hra": "200000"}, map[string]string{"rent_allowed": "5000"}}, // 10 % of 19,50,000
		{"80GG not beside HRA", "", map[string]string{"rent_without_hra": "900000", "x_hra": "1"}, map[string]string{"rent_allowed": "0"}},
		{"professional tax", "", map[string]string{"ytd_pt": "2300", "previous_pt": "200"}, map[string]string{"pt_deduction": "2500", "total_income": "1947500"}},
		{"NPS of the employer, old", "", map[string]string{"x_nps": "150000", "x_basic": "1000000"}, map[string]string{"employer_nps_allowed": "100000"}},
		{"NPS, Government", "", map[string]string{"x_nps": "150000", "x_basic": "1000000", "government_employer": "yes"}, map[string]string{"employer_nps_allowed": "140000"}},
		{"NPS, new", "", map[string]string{"x_nps": "150000", "x_basic": "1000000", "tax_regime": "new"}, map[string]string{"employer_nps_allowed": "140000"}},
		{"NPS, new, before 2024", "2024-03", map[string]string{"x_nps": "150000", "x_basic": "1000000", "tax_regime": "new"}, map[string]string{"employer_nps_allowed": "100000"}},
		{"contributions above the limit", "", map[string]string{"x_superannuation": "500000", "ytd_retirement_paid": "300000"}, map[string]string{"retirement_perquisite": "50000", "total_income": "2000000"}},
		{
			"new gives none of it", "",
			map[string]string{
				"tax_regime": "new", "x_hra": "300000", "x_basic": "600000", "rent_paid": "400000", "lta_exempt": "30000", "savings": "150000", "nps_extra": "50000",
				"health_self": "20000", "disability": "yes", "treatment": "9000", "education_loan_interest": "9000", "savings_interest": "9000", "donations_allowed": "9000",
				"home_loan_interest": "200000", "let_out_loss": "50000", "ytd_pt": "2500",
			},
			map[string]string{"hra_exempt": "0", "exempt_pay": "0", "house_income": "0", "deductions_allowed": "0", "pt_deduction": "0", "total_income": "1925000"},
		},
		{"new gives the Agnipath fund", "", map[string]string{"tax_regime": "new", "agnipath": "46000", "let_out_income": "1000", "other_exempt": "5000"}, map[string]string{"deductions_allowed": "46000", "total_income": "1875000"}},
		{"never below zero", "", map[string]string{"education_loan_interest": "3000000"}, map[string]string{"total_income": "0", "tds": "0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			given := map[string]string{"tax_regime": "old", "months_left": "1", "ytd_taxable": "2000000"}
			for k, v := range c.given {
				given[k] = v
			}
			month := c.month
			if month == "" {
				month = "2027-03"
			}
			r := l.run(t, month, given)
			for line, want := range c.want {
				r.is(line, want)
			}
		})
	}
}

// Rules 2026, r.15, and rule 3 before: one month.
func TestBenefitsInKind(t *testing.T) {
	l := taxed(t)
	for _, c := range []struct {
		name          string
		given         map[string]string
		line          string
		before, since string // to March 2026, and from then on
	}{
		{"small car", map[string]string{"car_litres": "1.6"}, "car_benefit", "1800", "5000"},
		{"large car with driver", map[string]string{"car_litres": "1.61", "car_driver": "yes"}, "car_benefit", "3300", "10000"},
		{"small car, own fuel", map[string]string{"car_litres": "1", "car_running": "employee"}, "car_benefit", "600", "2000"},
		{"large car, own fuel", map[string]string{"car_litres": "2", "car_running": "employee"}, "car_benefit", "900", "3000"},
		{"no car", map[string]string{"car_driver": "yes"}, "car_benefit", "0", "0"},
		{"meals", map[string]string{"meals": "20", "meals_cost": "5000"}, "meals_benefit", "4000", "1000"},
		{"gifts", map[string]string{"gifts_value": "9000", "ytd_gifts": "7000"}, "gifts_benefit", "9000", "1000"},
		{"small loan", map[string]string{"loan_outstanding": "20000", "loan_market_rate": "9"}, "loan_benefit", "0", "0"},
		{"loan", map[string]string{"loan_outstanding": "240000", "loan_market_rate": "9.25", "loan_rate": "4"}, "loan_benefit", "1050", "1050"}, // 5.25 % of 2,40,000 / 12
		{"school", map[string]string{"school_children": "2", "school_cost": "7000"}, "school_benefit", "5000", "1000"},
		{"house in a middling city", map[string]string{"housing": "medium", "x_basic": "100000", "housing_rent": "1000"}, "housing_benefit", "6500", "6500"},
		{"hired house below the share", map[string]string{"housing": "hired", "housing_charges": "8000", "x_basic": "100000", "housing_rent": "1000"}, "housing_benefit", "7000", "7000"},
		{"hired house above the share", map[string]string{"housing": "hired", "housing_charges": "30000", "x_basic": "100000"}, "housing_benefit", "10000", "10000"},
		{"hotel", map[string]string{"housing": "hotel", "housing_charges": "90000", "x_basic": "100000", "housing_rent": "4000"}, "housing_benefit", "20000", "20000"},
		{"furnished", map[string]string{"housing": "large", "x_basic": "100000", "furniture_cost": "120000", "furniture_hire": "500"}, "housing_benefit", "11500", "11500"}, // 10,000 + 1,000 + 500
		{"furnished, with the limit of a later year", map[string]string{"housing": "large", "x_basic": "100000", "housing_most": "9000", "furniture_cost": "120000"}, "housing_benefit", "10000", "10000"},
		{"the employee pays more than it is worth", map[string]string{"housing": "small", "x_basic": "100000", "housing_rent": "5001"}, "housing_benefit", "0", "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l.run(t, "2026-03", c.given).is(c.line, c.before)
			r := l.run(t, "2026-04", c.given)
			r.is(c.line, c.since)
			require.True(t, r.amount("taxable").Equal(r.amount(c.line)), "it is taxed")
		})
	}
	for name, text := range map[string]string{"car_running": "nobody", "housing": "huge"} {
		require.ErrorContains(t, l.run(t, "2026-10", map[string]string{name: text, "car_litres": "1"}).err("taxable"), "payroll.formula.table.text", name)
	}
	// To August 2023 a large city was 15 per cent, and a hired house at most that.
	l.run(t, "2023-08", map[string]string{"housing": "large", "x_basic": "100000"}).is("housing_benefit", "15000")
	l.run(t, "2023-08", map[string]string{"housing": "hired", "x_basic": "100000", "housing_charges": "14999"}).is("housing_benefit", "14999")
	l.run(t, "2023-09", map[string]string{"housing": "large", "x_basic": "100000"}).is("housing_benefit", "10000")
}

func TestHRACity(t *testing.T) {
	for name, want := range map[string]string{
		"Mumbai": "Mumbai", " bombay ": "Mumbai", "NEW DELHI": "Delhi", "Bangalore": "Bengaluru", "Pune": "Pune", "Hyderabad": "Hyderabad",
		"Ahmedabad": "Ahmedabad", "Calcutta": "Kolkata", "Madras": "Chennai", "Noida": "other", "Gurugram": "other", "": "other", "Navi Mumbai": "other",
	} {
		require.Equal(t, want, in.HRACity(name), name)
	}
	l := taxed(t)
	r := l.run(t, "2026-10", map[string]string{"tax_regime": "old", "x_hra": "100", "x_basic": "1000", "rent_city": "Jaipur"})
	require.ErrorContains(t, r.err("hra_exempt"), "payroll.formula.table.text", "a city is named as HRACity names it")
}

// House rent allowance goes month by month: a raise and another rent in October count from then on.
func TestHouseRentMonthByMonth(t *testing.T) {
	l := taxed(t)
	// Six months: 40 % of 50,000 is 20,000; rent 24,000 less 5,000 is 19,000. Then 40 % of 60,000 is 24,000; rent 40,000 less 6,000.
	exempt, paid := decimal.Zero, decimal.Zero
	for i := range 12 {
		given := map[string]string{"tax_regime": "old", "x_basic": "50000", "x_hra": "25000", "rent_paid": "24000", "t_taxable": "75000", "t_full_taxable": "75000"}
		if i >= 6 {
			given["x_basic"], given["rent_paid"] = "60000", "40000"
		}
		given["months_left"], given["ytd_hra_exempt"], given["ytd_taxable"] = fmt.Sprint(12-i), exempt.String(), paid.String()
		r := l.run(t, monthOf(i), given)
		exempt, paid = exempt.Add(r.amount("hra_exempt")), paid.Add(dec(75000))
		switch i {
		case 0:
			r.is("exempt_pay", "228000") // 12 x 19,000: nobody knows of October yet
		case 11:
			r.is("exempt_pay", "258000") // 6 x 19,000 + 6 x 24,000
		}
	}
	require.Equal(t, "258000", exempt.String())
}

// monthOf is a month of 2026-27, April first.
func monthOf(i int) string {
	year, month := 2026, i+4
	if month > 12 {
		year, month = year+1, month-12
	}
	return fmt.Sprintf("%d-%02d", year, month)
}

// However the pay of a year falls on its months, the tax deducted is the tax of the year, in both regimes; pay that nobody foresaw
// only raises the projection, so nothing is deducted too early.
func TestHowTheYearIsSplitChangesNoTotal(t *testing.T) {
	l := taxed(t)
	rapid.Check(t, func(rt *rapid.T) {
		given := map[string]string{
			"tax_regime": rapid.SampledFrom(taxRegimes).Draw(rt, "regime"), "tax_age": rapid.SampledFrom(taxAges).Draw(rt, "age"),
			"savings":        fmt.Sprint(rapid.IntRange(0, 200_000).Draw(rt, "savings")),
			"previous_tds":   fmt.Sprint(rapid.IntRange(0, 5_000).Draw(rt, "tax before")),
			"other_tax_paid": "1000", "relief_89": "500",
		}
		all, paid, deducted := decimal.Zero, decimal.Zero, decimal.Zero
		var last result
		for i := range 12 {
			pay := decimal.New(rapid.Int64Range(0, 80_000_000).Draw(rt, "paise"), -2)
			given["t_taxable"], given["months_left"] = pay.String(), fmt.Sprint(12-i)
			given["ytd_taxable"], given["ytd_tds"] = paid.String(), deducted.String()
			last = l.run(t, monthOf(i), given)
			all, paid, deducted = all.Add(pay), paid.Add(pay), deducted.Add(last.amount("tds"))
		}
		whole := map[string]string{"t_taxable": all.String(), "months_left": "1"}
		for _, k := range []string{"tax_regime", "tax_age", "savings", "previous_tds", "other_tax_paid", "relief_89"} {
			whole[k] = given[k]
		}
		if once := l.run(t, "2027-03", whole); !once.amount("tds").Equal(deducted) || !once.amount("annual_tax").Equal(last.amount("annual_tax")) {
			rt.Fatalf("deducted %s in twelve months and %s at once", deducted, once.amount("tds"))
		}
	})
}

// Level pay of somebody who declares rent, savings and a home loan: twelve deductions are the tax of the year, and those but the last
// differ by a rupee at most.
func TestLevelPayIsDeductedLevelly(t *testing.T) {
	plan := salaried(t)
	for _, regime := range taxRegimes {
		year := map[string]decimal.Decimal{}
		var tds []decimal.Decimal
		var due decimal.Decimal
		for i := range 12 {
			x := declaring(regime)
			x.Answers = []hr.Answer{{Name: "pf_member", Text: "no"}} // whose ceiling of September would not be foreseen
			x.Period = hr.MonthOf(hr.MustDate(monthOf(i) + "-01"))
			x.PayDate = x.Period.Through
			for name, amount := range year {
				x.YearToDate = append(x.YearToDate, payroll.Amount{Name: name, Amount: amount})
			}
			slip, err := plan.Calculate(x)
			require.NoError(t, err)
			for _, line := range slip.Lines {
				year[line.Name] = year[line.Name].Add(line.Amount)
			}
			paid, _ := slip.Amount("tds")
			tds, due = append(tds, paid), must(slip.Amount("annual_tax"))
		}
		require.Equal(t, due.String(), year["tds"].String(), regime)
		require.True(t, due.IsPositive())
		if regime == in.OldRegime {
			// 158,000 a month is 18,96,000. Exempt rent: 35,000 less a tenth of 80,000 is less than 40,000 and than half: 12 x 27,000 is
			// 3,24,000. Standard deduction 50,000. Home 2,00,000. Savings 90,000; NPS 50,000; health 25,000; employer's NPS 96,000.
			// Professional tax 2,500. Left are 10,58,500: 1,12,500 and 30 % of 58,500, 1,30,050, and 4 % cess: 1,35,252.
			require.Equal(t, "135250", due.String())
		}
		for _, paid := range tds[:11] {
			require.True(t, paid.Sub(tds[0]).Abs().LessThanOrEqual(dec(31)), "%s: %v", regime, tds) // February's extra 100 of professional tax is not foreseen
		}
	}
}

func must(d decimal.Decimal, ok bool) decimal.Decimal {
	if !ok {
		panic("the payslip lacks a line")
	}
	return d
}

// Without a PAN, in the old regime: the nil slab of the age decides, and twenty per cent of taxable income if that is more.
func TestNoPANInTheOldRegime(t *testing.T) {
	l := taxed(t)
	for _, c := range []struct{ age, salary, want string }{
		{"below60", "300000", "0"},     // 2,50,000 taxable
		{"below60", "300010", "50002"}, // 20 % of 2,50,010
		{"80plus", "550000", "0"},
		{"below60", "9050000", "2874300"}, // 90,00,000: 25,12,500, surcharge 10 %, cess 4 %
	} {
		r := l.run(t, "2027-03", map[string]string{"tax_regime": "old", "tax_age": c.age, "t_taxable": c.salary, "months_left": "1", "has_pan": "no"})
		r.is("tds", c.want)
	}
}

// The batch in integers and the one payslip agree for both regimes.
func TestBatchAgreesOnIncomeTax(t *testing.T) {
	plan := salaried(t)
	batch := plan.NewBatch(16)
	first := declaring("new")
	require.NoError(t, batch.Begin(first.Period, first.PayDate))
	var want []payroll.Payslip
	for i := range 16 {
		x := declaring(taxRegimes[i%2])
		x.YearToDate = []payroll.Amount{{Name: "taxable", Amount: dec(int64(i) * 150_000)}, {Name: "tds", Amount: dec(int64(i) * 1000)}}
		slip, err := plan.Calculate(x)
		require.NoError(t, err)
		want = append(want, slip)
		_, err = batch.Add(x)
		require.NoError(t, err)
	}
	batch.Calculate()
	require.Zero(t, batch.Slow())
	for row := range want {
		got, err := batch.Payslip(row)
		require.NoError(t, err)
		require.Equal(t, want[row].Digest(), got.Digest())
	}
}
