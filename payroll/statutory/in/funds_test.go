package in_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
	"github.com/musterhr/hr/payroll/statutory/in/esic"
)

// year pays somebody from a month on, month after month, with what was posted before; pay says what each month brings. It returns the
// professional tax of each month.
func ptYear(t testing.TB, l law, state string, first, last int, pay func(month int) int64) (out []string) {
	ytd := map[string]decimal.Decimal{}
	for i := first; i <= last; i++ { // 0 is April 2026
		month := hr.MustDate("2026-04-01")
		for range i {
			month = month.EndOfMonth().Add(1)
		}
		given := map[string]string{
			"pt_state": state, "t_gross": fmt.Sprint(pay(i)), "t_full_gross": fmt.Sprint(pay(i)), "months_left": fmt.Sprint(12 - i),
			"leaving": map[bool]string{true: "yes", false: "no"}[i == last && last < 11],
		}
		if i == last && last < 11 {
			given["months_left"] = "1"
		}
		lines := []string{"pt", "pt_gross", "pt_first_half", "pt_second_half", "pt_gross_first_half", "pt_gross_second_half", "pt_months_first_half", "pt_months_second_half"}
		for _, line := range lines {
			given["ytd_"+line] = ytd[line].String()
		}
		r := l.run(t, month.String()[:7], given)
		for _, line := range lines {
			ytd[line] = ytd[line].Add(r.amount(line))
		}
		out = append(out, r.amount("pt").String())
	}
	return out
}

func level(pay int64) func(int) int64 { return func(int) int64 { return pay } }

// Tax of a half-year or year: its share of each month, whole rupees down, and the rest in the last month.
func TestPeriodTaxIsSpread(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct {
		name, state string
		first, last int
		pay         func(int) int64
		want        string
	}{
		// 20,000 a month are 1,20,000 in six: 1,000 (Kerala). 1,000 / 6 is 166, and 170 is left.
		{"Kerala, level", "KL", 0, 11, level(20000), "166 166 166 166 166 170 166 166 166 166 166 170"},
		// Four months of 20,000 are 80,000: 750, 187 of it a month. In the second half again 1,000.
		{"Kerala, who joins in June", "KL", 2, 11, level(20000), "187 187 187 189 166 166 166 166 166 170"},
		// In May it stands at 40,000 (nothing to come): 600, less the 166 of April.
		{"Kerala, who leaves in May", "KL", 0, 1, level(20000), "166 434"},
		{"Chennai, level", "TN-CHENNAI", 0, 5, level(12000), "170 170 170 170 170 175"}, // 72,000: 1,025
		// 6,00,000 a year: 2,000 in Bihar, 166 a month and 174 in March.
		{"Bihar, level", "BR", 0, 11, level(50000), "166 166 166 166 166 166 166 166 166 166 166 174"},
		// Joins in February: 1,00,000 in all, nothing. Joins with 4,00,000 a month in February: 8,00,000, so 2,000 in two months.
		{"Bihar, who joins in February", "BR", 10, 11, level(50000), "0 0"},
		{"Bihar, who joins in February with much", "BR", 10, 11, level(400000), "1000 1000"},
		{"Madhya Pradesh, level", "MP", 0, 11, level(30000), "166 166 166 166 166 166 166 166 166 166 166 174"}, // 3,60,000: 2,000
		{"Madhya Pradesh, above 4,00,000", "MP", 0, 11, level(40000), "208 208 208 208 208 208 208 208 208 208 208 212"},
		// 2,40,000: 1,500, until the raise makes 3,60,000 of the year: 2,000. March takes what the first half fell short of.
		{"Madhya Pradesh, a raise in October", "MP", 0, 11, func(i int) int64 { return int64(20000 + i/6*20000) }, "125 125 125 125 125 125 166 166 166 166 166 420"},
		// 30,000 from October: 1,80,000 of the year. Who leaves in December has 2,70,000: 1,500, of which 1,328 was deducted.
		{"Madhya Pradesh, who joins in October", "MP", 6, 11, level(30000), "0 0 0 0 0 0"},
		{"Madhya Pradesh, who leaves in December", "MP", 0, 8, level(30000), "166 166 166 166 166 166 166 166 172"},
		{"Jharkhand, level", "JH", 0, 11, level(100000), "208 208 208 208 208 208 208 208 208 208 208 212"},
		{"Puducherry, level", "PY", 0, 5, level(100000), "208 208 208 208 208 210"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, strings.Join(ptYear(t, l, c.state, c.first, c.last, c.pay), " "))
		})
	}
}

// Whatever the pay of the months, at the end of a half-year what was deducted is the tax on what was paid, unless more was deducted
// before pay fell: that is not given back. Kerala's table is read here a second time, as a list.
func TestPeriodTaxComesOut(t *testing.T) {
	l := compiled(t, in.Pack())
	tax := func(gross int64) int64 {
		for _, row := range [][2]int64{{12000, 0}, {18000, 320}, {30000, 450}, {45000, 600}, {100000, 750}, {125000, 1000}} {
			if gross < row[0] {
				return row[1]
			}
		}
		return 1250
	}
	rapid.Check(t, func(rt *rapid.T) {
		first, pays, total := rapid.IntRange(0, 5).Draw(rt, "joins"), map[int]int64{}, int64(0)
		pay := rapid.Int64Range(0, 30000).Draw(rt, "pay")
		for i := first; i < 6; i++ {
			pay += rapid.Int64Range(0, 5000).Draw(rt, "raise")
			pays[i] = pay
			total += pay
		}
		sum := decimal.Zero
		for i, x := range ptYear(t, l, "KL", first, 11, func(i int) int64 { return pays[i] }) {
			if first+i < 6 {
				sum = sum.Add(decimal.RequireFromString(x))
			}
		}
		if !sum.Equal(decimal.NewFromInt(tax(total))) {
			rt.Fatalf("deducted %s, and the tax on what was paid is %d", sum, tax(total))
		}
	})
}

// The switch: all of it in August and February, as Kerala collects, and what a raise adds after that.
func TestPeriodTaxInTheMonthOfCollection(t *testing.T) {
	pack, err := in.Pack().Overlay(payroll.Overlay{Name: "pt.spread", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-04-01"), Source: hr.Source{Title: "company policy"}, Reviewed: hr.MustDate("2026-11-24"),
	}}})
	require.NoError(t, err)
	got := ptYear(t, compiled(t, pack), "KL", 0, 11, func(i int) int64 {
		if i >= 5 {
			return 60000
		}
		return 20000
	})
	require.Equal(t, "0 0 0 0 1000 250 0 0 0 0 1250 0", strings.Join(got, " ")) // 1,20,000: 1,000; with September 1,60,000: 1,250
	// Madhya Pradesh collects every month, whatever the switch.
	got = ptYear(t, compiled(t, pack), "MP", 0, 11, level(30000))
	require.Equal(t, "166 166 166 166 166 166 166 166 166 166 166 174", strings.Join(got, " "))
}

func TestMarchPaidInAprilComesAfterTheSettlement(t *testing.T) {
	march := map[string]decimal.Decimal{"pt.march_in_april": dec(1)}
	collected := map[string]decimal.Decimal{"pt.march_in_april": dec(1), "pt.spread": dec(0)}
	for _, c := range []struct {
		name, state string
		switches    map[string]decimal.Decimal
		want        string // of October to March
	}{
		// 1,20,000 in Kerala are 1,000: 166 a month, and the rest with the wages of February, paid in March.
		{"by default", "KL", nil, "166 166 166 166 336 0"},
		{"with the switch, shares to March", "KL", march, "166 166 166 166 166 170"},
		{"collected in February, in Kerala", "KL", collected, "0 0 0 0 1000 0"},
		{"collected in March, in Chennai", "TN-CHENNAI", collected, "0 0 0 0 0 1250"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pack := in.Pack()
			for i, p := range pack.Params {
				if v, ok := c.switches[p.Name]; ok {
					pack.Params[i].Steps[0].Value = v
				}
			}
			l, ytd := compiled(t, pack), map[string]decimal.Decimal{}
			var got []string
			for i := 6; i < 12; i++ { // wages of October, paid in November, and so on
				given := map[string]string{"pt_state": c.state, "t_gross": "20000", "t_full_gross": "20000", "months_left": fmt.Sprint(11 - i)}
				if i == 11 { // another tax year: nothing was posted in it
					given["months_left"], ytd = "12", map[string]decimal.Decimal{}
				}
				lines := []string{"pt", "pt_gross", "pt_second_half", "pt_gross_second_half", "pt_months_second_half"}
				for _, line := range lines {
					given["ytd_"+line] = ytd[line].String()
				}
				r := l.run(t, monthOf(i), given)
				for _, line := range lines {
					ytd[line] = ytd[line].Add(r.amount(line))
				}
				got = append(got, r.amount("pt").String())
			}
			require.Equal(t, c.want, strings.Join(got, " "))
		})
	}
}

func TestPunjabAndMeghalaya(t *testing.T) {
	l := compiled(t, in.Pack())
	l.run(t, "2026-10", map[string]string{"pt_state": "PB", "t_taxable": "475000", "months_left": "1"}).is("pt", "0") // 4,00,000 after 75,000
	l.run(t, "2026-10", map[string]string{"pt_state": "PB", "t_taxable": "475001", "months_left": "1"}).is("pt", "200")
	l.run(t, "2022-10", map[string]string{"pt_state": "PB", "t_taxable": "250000", "months_left": "1"}).is("pt", "0")
	l.run(t, "2022-10", map[string]string{"pt_state": "PB", "t_taxable": "250001", "months_left": "1"}).is("pt", "200")
	old := map[string]string{"pt_state": "PB", "tax_regime": "old", "t_taxable": "300000", "months_left": "1"} // 2,50,000 after 50,000
	l.run(t, "2026-10", old).is("pt", "0")
	old["t_taxable"] = "300001"
	l.run(t, "2026-10", old).is("pt", "200")
	given := map[string]string{"pt_state": "ML", "t_gross": "600000", "months_left": "1"}
	l.run(t, "2026-10", given).is("pt_period", "2500")
	pack, err := in.Pack().Overlay(payroll.Overlay{Name: "pt.meghalaya_2022", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-04-01"), Value: decimal.NewFromInt(1), Source: hr.Source{Title: "state office"}, Reviewed: hr.MustDate("2026-11-24"),
	}}})
	require.NoError(t, err)
	compiled(t, pack).run(t, "2026-10", given).is("pt_period", "1500")
}

// The facts document, section 5: amounts by state and month, and Haryana's share of wages.
func TestLabourWelfareFunds(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, c := range []struct{ state, month, wages, employee, employer string }{
		{"MH", "2026-12", "40000", "25", "75"},
		{"MH", "2026-06", "40000", "25", "75"},
		{"MH", "2026-07", "40000", "0", "0"},
		{"MH", "2023-12", "3000", "6", "18"},
		{"MH", "2023-12", "3000.01", "12", "36"},
		{"KA", "2024-12", "40000", "20", "40"},
		{"KA", "2025-12", "40000", "50", "100"},
		{"KA", "2025-06", "40000", "0", "0"},
		{"WB", "2023-12", "20000", "3", "15"},
		{"WB", "2024-06", "20000", "3", "30"},
		{"DL", "2026-06", "20000", "0.75", "2.25"},
		{"PB", "2026-01", "20000", "5", "20"},
		{"HR", "2024-07", "50000", "31", "62"},
		{"HR", "2025-07", "50000", "34", "68"},
		{"HR", "2026-07", "50000", "35", "70"},
		{"HR", "2026-07", "17499.99", "35", "70"},
		{"HR", "2026-07", "17000", "34", "68"},
		{"HR", "2026-07", "10249.99", "20", "40"}, // 20.49998
		{"HR", "2026-07", "10250", "21", "42"},    // 20.50, half up
		{"HR", "2026-07", "-10", "0", "0"},
		{"TN-CHENNAI", "2026-12", "20000", "20", "40"},
		{"TS", "2026-12", "20000", "2", "5"},
		{"UP", "2026-12", "20000", "0", "0"},
	} {
		r := l.run(t, c.month, map[string]string{"pt_exempt": "yes", "pt_state": c.state, "t_gross": c.wages})
		r.is("lwf", c.employee)
		r.is("lwf_employer", c.employer)
	}
	r := l.run(t, "2026-12", map[string]string{"pt_state": "MH", "gender": "male", "lwf_state": "KA", "t_gross": "40000"})
	r.is("lwf", "50")
	l.run(t, "2026-12", map[string]string{"pt_state": "MH", "gender": "male", "lwf_member": "no", "t_gross": "40000"}).is("lwf", "0")
	require.ErrorContains(t, l.run(t, "2026-12", map[string]string{"pt_state": "DL", "lwf_state": "ZZ"}).err("lwf"), "payroll.formula.table.text")
	require.ErrorIs(t, l.run(t, "2022-03", map[string]string{"pt_exempt": "yes", "pt_state": "MH"}).err("lwf"), hr.ErrNoValue)
}

func TestPackIsSound(t *testing.T) {
	for _, f := range in.Pack().Lint(hr.MustDate("2026-11-26")) {
		require.True(t, f.Warning, f.Error())
		require.Contains(t, []hr.Rule{payroll.RulePackExpiring, payroll.RulePackExpired}, f.Rule, f.Error())
	}
	warned := map[string]bool{}
	for _, f := range in.Pack().Lint(hr.MustDate("2027-01-15")) { // the Finance Act of 2027 is near
		warned[f.Path] = true
	}
	require.True(t, warned["params.tax.new.rebate"])
	require.True(t, warned["tables.tax.slabs.new"])
	require.Equal(t, hr.MustDate("2027-11-24"), office(t, in.Pack()).Trusted())
	kept := map[string]int{}
	for _, r := range in.Pack().Retention {
		kept[r.Name] = r.Months
		require.NoError(t, r.Validate(), r.Name)
		require.NotEmpty(t, r.Uncertain, r.Name)
	}
	// Five years; seven for tax: the year, and six after it.
	require.Equal(t, map[string]int{"in.wage_register": 60, "in.salary_tax": 84, "in.provident_fund": 60, "in.state_insurance": 60}, kept)
	for _, r := range in.Pack().Identifiers {
		require.NoError(t, r.Validate(), r.Kind)
		require.NotEmpty(t, r.Source.Note, r.Kind)
	}
}

// Verhoeff's own promise: any one digit that is wrong, and any two neighbours exchanged, are found.
func TestAadhaarFindsSlips(t *testing.T) {
	rule, ok := in.Pack().Identifier("aadhaar_in")
	require.True(t, ok)
	rapid.Check(t, func(t *rapid.T) {
		eleven := fmt.Sprint(rapid.Int64Range(20_000_000_000, 99_999_999_999).Draw(t, "eleven digits"))
		var right []string
		for d := range 10 {
			if c, err := rule.Parse(eleven + fmt.Sprint(d)); err == nil {
				right = append(right, c)
			}
		}
		if len(right) != 1 {
			t.Fatal("not exactly one check digit")
		}
		digits := []byte(right[0])
		at, other := rapid.IntRange(1, 11).Draw(t, "at"), byte('0'+rapid.IntRange(0, 9).Draw(t, "digit"))
		if wrong := bytes.Clone(digits); other != digits[at] {
			wrong[at] = other
			if _, err := rule.Parse(string(wrong)); err == nil {
				t.Fatal("a wrong digit passes")
			}
		}
		if swapped := bytes.Clone(digits); at > 1 && digits[at] != digits[at-1] {
			swapped[at], swapped[at-1] = digits[at-1], digits[at]
			if _, err := rule.Parse(string(swapped)); err == nil {
				t.Fatal("an exchange passes")
			}
		}
	})
	require.Equal(t, "********8812", rule.Mask("301284368812"))
}

// Who turns 58 on 16 October has 15 of 31 days in the pension scheme: 25,000 x 15 / 31 is 12,096.77, and 8.33 per cent of that 1,007.66.
// The answer may change on the day, or stand for the month.
func TestThePensionSchemeEndsAt58(t *testing.T) {
	plan := office(t, in.Pack())
	until, from := with(40000, 0), with(40000, 0)
	for i := range from.Answers {
		if from.Answers[i].Name == "eps_member" {
			from.Answers[i].Text = "no"
		}
	}
	input := october()
	for first, want := range map[string]map[string]string{
		"2026-10-16": {"epf_wages": "25000", "eps_wages": "12096.77", "epf": "3000", "eps": "1008", "epf_employer": "1992", "edli": "125"},
		"2026-10-01": {"eps_wages": "0", "eps": "0", "epf_employer": "3000"},
		"2026-11-01": {"eps_wages": "25000", "eps": "2083", "epf_employer": "917"},
	} {
		var err error
		input.Terms, err = hr.NewTimeline(
			hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: until}, hr.Step[hr.Terms]{Since: hr.MustDate(first), Value: from})
		require.NoError(t, err)
		slip, err := plan.Calculate(input)
		require.NoError(t, err)
		figures(t, slip, want)
	}
	// In September 2026 too: 10 of its 30 days, all at 15,000.
	input.Period, input.PayDate, input.YearToDate = hr.MustPeriod("2026-09-01..2026-09-30"), hr.MustDate("2026-09-30"), nil
	var err error
	input.Terms, err = hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: until}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-09-11"), Value: from})
	require.NoError(t, err)
	slip, err := plan.Calculate(input)
	require.NoError(t, err)
	figures(t, slip, map[string]string{"epf_wages": "19666.67", "eps_wages": "5000", "eps": "417"}) // 15,000 x 10 / 30; 416.50, up
	// The switch: one ceiling for the month, 25,000 x 10 / 30 = 8,333.33.
	pack, err := in.Pack().Overlay(payroll.Overlay{Name: "epf.ceiling_by_days", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-04-01"), Source: hr.Source{Title: "company policy"}, Reviewed: hr.MustDate("2026-11-24"),
	}}})
	require.NoError(t, err)
	slip, err = office(t, pack).Calculate(input)
	require.NoError(t, err)
	figures(t, slip, map[string]string{"epf_wages": "25000", "eps_wages": "8333.33", "eps": "694"})
}

func inWords(totals payroll.FormTotals) string {
	var words []string
	for _, x := range totals {
		words = append(words, x.Name+" "+x.Amount.String())
	}
	return strings.Join(words, ", ")
}

// The monthly files of a plan: what they hold is what the payslips hold.
func TestFormsOfAMonth(t *testing.T) {
	pack, plan := in.Pack(), office(t, in.Pack())
	of := payroll.FormInput{Period: october().Period, People: map[hr.EmployeeID]hr.Person{}}
	add := func(id hr.EmployeeID, terms hr.Terms) {
		input := october()
		input.Employee, input.Terms = id, hr.Since(hr.MustDate("2026-04-01"), terms)
		slip, err := plan.Calculate(input)
		require.NoError(t, err)
		of.Slips = append(of.Slips, slip)
		of.People[id] = hr.Person{Name: "Alma Specimen", Identities: []hr.Identity{
			{Kind: "uan_in", Number: hr.NewSecret("10100000001" + string(id[1:]))}, {Kind: "esic_ip_in", Number: hr.NewSecret("310000001" + string(id[1:]))},
		}}
	}
	covered := with(10000, 8000)
	for i := range covered.Answers {
		if covered.Answers[i].Name == "esi_covered" {
			covered.Answers[i].Text = "yes"
		}
	}
	add("E2", covered)
	add("E1", with(60000, 90000))
	add("E3", with(60000, 0, hr.Answer{Name: "pf_member", Text: "no"}))
	var file bytes.Buffer
	totals, err := pack.WriteForm(&file, "ecr", of)
	require.NoError(t, err)
	law, err := in.ECRLaw(pack, of.Period)
	require.NoError(t, err)
	members, read, err := ecr.Read(&file, law)
	require.NoError(t, err)
	require.Len(t, members, 2)
	require.Equal(t, "101000000011#~#Alma Specimen#~#150000#~#25000#~#25000#~#25000#~#3000#~#2083#~#917#~#0#~#0", members[0].Line())
	require.Equal(t, "101000000012#~#Alma Specimen#~#18000#~#10000#~#10000#~#10000#~#1200#~#833#~#367#~#0#~#0", members[1].Line())
	require.Equal(t, "4200", read.EPF.String())
	// The sums of the two lines: 25,000 + 10,000 three times, 3,000 + 1,200, 2,083 + 833, 917 + 367.
	require.Equal(t, "members 2, epf_wages 35000, eps_wages 35000, edli_wages 35000, employee_share 4200, eps 2916, difference 1284", inWords(totals))
	var sheet bytes.Buffer
	totals, err = pack.WriteForm(&sheet, "esic", of)
	require.NoError(t, err)
	require.Equal(t, "members 1, days 31, wages 10000", inWords(totals))
	people, sums, err := esic.Read(&sheet)
	require.NoError(t, err)
	require.Len(t, people, 1)
	require.Equal(t, "31 10000", fmt.Sprint(sums.Days, sums.Wages))

	of.People["E1"] = hr.Person{Name: "Alma 2"}
	file.Reset()
	_, err = pack.WriteForm(&file, "ecr", of)
	require.Error(t, err)
	require.Zero(t, file.Len(), "all or nothing")
	_, err = in.ECRLaw(pack, hr.Period{})
	require.Equal(t, in.RuleMonth, hr.FieldErrors(err)[0].Rule)
	_, err = in.ECRLaw(pack, hr.MustPeriod("2014-08-01..2014-08-31"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	old, err := in.ECRLaw(pack, hr.MustPeriod("2025-10-01..2025-10-31"))
	require.NoError(t, err)
	require.Len(t, old.Rates, 1, "no lower rate before 21 November 2025")
}
