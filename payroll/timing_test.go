package payroll_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// timingRules project the pay of a year and spread its tax over the months that are left, as India's and Canada's do: 10 % up to 4,00,000 and 30 %
// above. What is taxed at once is withheld whole; supplemental pay may be taxed flat or with the rest, as in the United States.
const timingRules = `
input basic: money by piece
input bonus: money = 0
input spread_bonus: money
input months_left: count
input ytd_taxed: money
input ytd_tax: money
input now_year_tax: money

line basic_pay in earnings, taxed = round(pieces(basic), 0.01)
line bonus_pay in earnings = bonus
line bonus_spread in taxed = bonus
line flat_part in information = bonus - spread_bonus
line taxed in when_paid = sum(taxed)
line income in when_paid = ytd_taxed + taxed + (months_left - 1) * last(basic)
line year_tax in when_paid = round(10% * min(income, 400000) + 30% * max(0, income - 400000), 0.01)
line tax in deductions, when_paid = round(max(0, year_tax - now_year_tax - ytd_tax) / months_left, 0.01) + now_year_tax
`

func timing(t *testing.T) *payroll.Plan {
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "timing", Text: timingRules}}})
	require.NoError(t, err)
	return plan
}

// In October six months are left of a year of 12 x 30,000 = 3,60,000, taxed 36,000, of which half is withheld. A bonus of 60,000 makes 4,20,000: 46,000, so
// 10,000 more. Spread: (46,000 - 18,000) / 6 = 4,666.67 a month. At once: 3,000 and 10,000.
func TestTaxOnABonusNowOrSpread(t *testing.T) {
	plan := timing(t)
	slip := func(tax payroll.TaxTiming, nth int, taxed, withheld string) payroll.Payslip {
		in := payroll.Input{
			Employee: "E1", Period: month(nth), PayDate: month(nth).Through,
			Terms:      hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("30000")}}}),
			YearToDate: []payroll.Amount{{Name: "taxed", Amount: dec(taxed)}, {Name: "tax", Amount: dec(withheld)}},
		}
		if tax != "none" {
			in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("60000"), Tax: tax}}
		}
		s, err := plan.Calculate(in)
		require.NoError(t, err)
		trace, err := plan.Explain(in, "tax")
		require.NoError(t, err)
		require.Equal(t, hr.Canonical(dec(amount(t, s, "tax"))), trace.Value)
		b := plan.NewBatch(1)
		require.NoError(t, b.Begin(in.Period, in.PayDate))
		row, err := b.Add(in)
		require.NoError(t, err)
		b.Calculate()
		same, err := b.Payslip(row)
		require.NoError(t, err)
		require.Equal(t, s.Digest(), same.Digest())
		return s
	}
	require.Equal(t, "3000.00", amount(t, slip("none", 10, "180000", "18000"), "tax"))
	require.Equal(t, "4666.67", amount(t, slip("", 10, "180000", "18000"), "tax"), "the plan spreads where nobody says anything")
	spread := slip(payroll.TaxSpread, 10, "180000", "18000")
	require.Equal(t, "4666.67", amount(t, spread, "tax"))
	require.Equal(t, "0", amountOf(spread, "flat_part"))
	now := slip(payroll.TaxNow, 10, "180000", "18000")
	require.Equal(t, "13000.00", amount(t, now, "tax"))
	require.Equal(t, "60000", amountOf(now, "flat_part"))
	require.Equal(t, "3000.00", amount(t, slip("none", 11, "270000", "31000"), "tax"), "(46,000 - 31,000) / 5: nothing is left of the bonus")
}

// What no formula reads would not be withheld as it says.
func TestATimingThatNothingReads(t *testing.T) {
	w := adopted(t, 1)
	ctx := t.Context()
	_, err := w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E001", Name: "bonus", Period: october, Amount: dec("1"), Tax: "later"})
	require.Equal(t, []string{"adjustments[0].tax payroll.adjustment"}, faultsOf(err))
	_, err = w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E001", Name: "bonus", Period: october, Amount: dec("5000"), Tax: payroll.TaxNow})
	require.NoError(t, err)
	id := w.create(t)
	w.calculate(t, id)
	_, err = w.Payslip(ctx, asOfficer, id, "E001")
	require.Equal(t, []string{"adjustments.bonus payroll.input.unused"}, faultsOf(err))
	_, err = payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: "input now_tax: money\nline pay in earnings = now_tax\n"}}})
	require.Equal(t, []string{"x:1:7 payroll.input.year_to_date"}, faultsOf(err))
}

// A plan that spreads the tax on a bonus withholds the rest of it at once, so both may be said of a bonus, and neither of an award. Without the bonus the plan has no payslip, and
// needs none, for it has no line that asks what the bonus makes of it.
func TestATimingIsOfTheNameThatItIsReadFor(t *testing.T) {
	plan := grossPlan(t, "input basic: money\ninput bonus: money\ninput award: money\ninput spread_bonus: money\nline pay in earnings = basic + bonus + award\nline flat_part in information = bonus - spread_bonus\n")
	for _, c := range []struct {
		name   string
		tax    payroll.TaxTiming
		flat   string
		faults []string
	}{
		{"bonus", payroll.TaxNow, "500", nil},
		{"bonus", payroll.TaxSpread, "0", nil},
		{"bonus", "", "500", nil},
		{"bonus", "later", "", []string{"adjustments.bonus payroll.adjustment"}},
		{"award", payroll.TaxNow, "", []string{"adjustments.award payroll.input.unused"}},
		{"award", payroll.TaxSpread, "", []string{"adjustments.award payroll.input.unused"}},
		{"award", "", "500", nil},
	} {
		in := paidBasic("1000")
		in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("500")}, {Employee: "E1", Name: "award", Amount: dec("500")}}
		for i := range in.Adjustments {
			if in.Adjustments[i].Name == c.name {
				in.Adjustments[i].Tax = c.tax
			}
		}
		slip, err := plan.Calculate(in)
		require.Equal(t, c.faults, faultsOf(err), c)
		if err == nil {
			require.Equal(t, c.flat, amountOf(slip, "flat_part"), c)
		}
	}
}

// 540 a day, 612 for the skilled, since July: 31 days are 16,740 and 18,972. E002 is paid 17,000 and skilled.
func TestPayBelowTheMinimumIsFound(t *testing.T) {
	text := officeRules + `
input skilled: yes/no = no
param minimum.skilled: money/days = 612.00 from 2026-07-01
param minimum.other: money/days = 540.00 from 2026-07-01
line least "Minimum wage" in information = round(pieces((if skilled then minimum.skilled else minimum.other) * payable_days), 0.01)
`
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "office", Text: text}}})
	require.NoError(t, err)
	w := newWorld(t, 3)
	w.Plans, w.Checks.Minimum = []*payroll.Plan{plan}, []payroll.MinimumPay{{Paid: "basic_pay", Least: "least"}}
	for e, basic := range map[hr.EmployeeID]string{"E001": "16740", "E002": "17000", "E003": "16739.99"} {
		x := terms(basic, "8000")
		if e == "E002" {
			x.Answers = append(x.Answers, hr.Answer{Name: "skilled", Text: "yes"})
		}
		w.staff.terms[e] = hr.Since(hr.MustDate("2026-04-01"), x)
	}
	ctx := t.Context()
	_, err = w.Adopt(ctx, w.cmd(officer), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	id := w.create(t)
	digest := w.calculate(t, id)
	found := func() (out []string) {
		findings, err := w.Findings(ctx, asOfficer, id)
		require.NoError(t, err)
		for _, f := range findings {
			out = append(out, string(f.Check)+"/"+string(f.Employee))
			require.NotContains(t, f.Reason, "000")
		}
		return out
	}
	require.Equal(t, []string{"minimum/E002", "minimum/E003"}, found())
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.Equal(t, []string{"findings[minimum/E002] payroll.run.finding", "findings[minimum/E003] payroll.run.finding"}, faultsOf(err))
	w.Checks.Minimum = []payroll.MinimumPay{{Paid: "earnings", Least: "least"}}
	require.Empty(t, found(), "8,000 more of the whole")
	w.Checks.Minimum = []payroll.MinimumPay{{Paid: "basic_pay", Least: "lowest"}}
	require.Equal(t, []string{"minimum/"}, found(), "a check of lines that there are not is no check")
}

func amountOf(s payroll.Payslip, line string) string {
	a, _ := s.Amount(line)
	return hr.Canonical(a)
}
