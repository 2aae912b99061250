package payroll_test

import (
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// capped pays a levy of 10% up to 5,000 in a tax year from April, and one of 1% up to 700 in a calendar year.
func capped(t testing.TB) *payroll.Plan {
	t.Helper()
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "capped", Text: `
input basic: money
input ytd_levy: money
input calendar_ytd_insurance: money
line pay in earnings = basic
line levy in deductions = max(0, min(round(10% * pay, 0.01), 5000 - ytd_levy))
line insurance in deductions = max(0, min(round(1% * pay, 0.01), 700 - calendar_ytd_insurance))
line hours_paid: hours in information = 208
`}}})
	require.NoError(t, err)
	require.Empty(t, plan.Warnings())
	return plan
}

func cappedWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, 1)
	w.Plans = []*payroll.Plan{capped(t)}
	w.staff.terms["E001"] = hr.Since(hr.MustDate("2026-01-01"), basic("10000"))
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-01-01.."))
	require.NoError(t, err)
	return w
}

func opening(period, firstPaid, payDate string, lines ...payroll.Amount) payroll.Opening {
	o := payroll.Opening{Employee: "E001", Period: hr.MustPeriod(period), PayDate: hr.MustDate(payDate), Currency: "INR", Lines: lines, Source: hr.Source{Title: "Form 12B"}}
	if firstPaid != "" {
		o.FirstPaid = hr.MustDate(firstPaid)
	}
	return o
}

func line(name, amount string) payroll.Amount { return payroll.Amount{Name: name, Amount: dec(amount)} }

// Somebody arrives in September with figures from elsewhere, from two years that overlap. Levy, tax year from April: 4,100 elsewhere,
// so 900 is left in September and nothing in October. Insurance, calendar year: 250 to March and 300 to August elsewhere, so 100 in
// September, 50 in October, nothing to December; in January it begins again, and the levy only in April.
func TestSomebodyArrivesWithFiguresFromElsewhere(t *testing.T) {
	w := cappedWorld(t)
	_, err := w.Open(t.Context(), w.cmd(officer),
		opening("2026-01-01..2026-03-31", "", "2026-03-31", line("levy", "3000"), line("insurance", "250")),
		opening("2026-04-01..2026-08-31", "", "2026-08-31", line("levy", "4100"), line("insurance", "300")))
	require.NoError(t, err)
	for _, c := range []struct{ period, levy, insurance string }{
		{"2026-09-01..2026-09-30", "900.00", "100.00"},
		{"2026-10-01..2026-10-31", "0.00", "50.00"},
		{"2026-11-01..2026-11-30", "0.00", "0.00"},
		{"2026-12-01..2026-12-31", "0.00", "0.00"},
		{"2027-01-01..2027-01-31", "0.00", "100.00"},
		{"2027-04-01..2027-04-30", "1000.00", "100.00"},
	} {
		id := w.pay(t, c.period)
		slip, err := w.Payslip(t.Context(), asOfficer, id, "E001")
		require.NoError(t, err)
		require.Equal(t, [2]string{c.levy, c.insurance}, [2]string{amount(t, slip, "levy"), amount(t, slip, "insurance")}, c.period)
	}
}

// A preview reads what was taken over like a run does: levy 4,100 of 5,000 elsewhere leaves 900.
func TestPreviewReadsWhatWasTakenOver(t *testing.T) {
	w := cappedWorld(t)
	_, err := w.Open(t.Context(), w.cmd(officer), opening("2026-04-01..2026-08-31", "", "2026-08-31", line("levy", "4100")))
	require.NoError(t, err)
	september := hr.MustPeriod("2026-09-01..2026-09-30")
	results, err := w.Preview(t.Context(), asOfficer, payroll.RunSpec{Kind: payroll.RunRegular, Period: september, PayDate: september.Through})
	require.NoError(t, err)
	require.NotEmpty(t, results, "who was taken over is previewed too")
	require.Equal(t, hr.EmployeeID("E001"), results[0].Employee)
	require.Equal(t, "900.00", amount(t, results[0].Slip, "levy"))
}

func TestOpeningsAreRefusedAllAtOnce(t *testing.T) {
	w := cappedWorld(t)
	const secret = "987654.321"
	good := opening("2026-04-01..2026-08-31", "", "2026-08-31", line("levy", "1"))
	for _, c := range []struct {
		name string
		edit func(o *payroll.Opening)
		want []string
	}{
		{"nothing", func(o *payroll.Opening) { *o = payroll.Opening{} }, []string{"employee", "period", "currency", "source"}},
		{"a period without an end", func(o *payroll.Opening) { o.Period.Through = hr.Date{} }, []string{"period"}},
		{"paid after the period", func(o *payroll.Opening) { o.PayDate = hr.MustDate("2026-09-01") }, []string{"period"}},
		{"first paid after last paid", func(o *payroll.Opening) {
			o.PayDate, o.FirstPaid = hr.MustDate("2026-05-31"), hr.MustDate("2026-06-30")
		}, []string{"first_paid"}},
		{"first paid before the period", func(o *payroll.Opening) { o.FirstPaid = hr.MustDate("2026-03-31") }, []string{"first_paid", "period"}},
		{"no source", func(o *payroll.Opening) { o.Source = hr.Source{} }, []string{"source"}},
		{"a currency that is none", func(o *payroll.Opening) { o.Currency = "rupees" }, []string{"currency"}},
		{"lines misspelt, nameless and twice", func(o *payroll.Opening) {
			o.Lines = []payroll.Amount{line("lvy", secret), line("", secret), line("levy", "1"), line("levy", "1")}
		}, []string{"lines[0].name", "lines[1].name", "lines[3].name"}},
		{"a fraction of a paisa", func(o *payroll.Opening) { o.Lines = []payroll.Amount{line("levy", secret)} }, []string{"lines[0].amount"}},
		{"pay days of two tax years", func(o *payroll.Opening) { o.Period.From = hr.MustDate("2026-03-01") }, []string{"period"}},
		{"pay days of two calendar years", func(o *payroll.Opening) {
			o.Period, o.PayDate = hr.MustPeriod("2025-04-01..2026-02-28"), hr.MustDate("2026-02-28")
		}, []string{"period"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := good
			c.edit(&bad)
			n, err := w.Open(t.Context(), w.cmd(officer), bad, opening("2024-04-01..2024-08-31", "", "2024-08-31", line("levy", "1")))
			require.Zero(t, n)
			var want []string
			for _, path := range c.want {
				want = append(want, "openings[0]."+path+" payroll.opening")
			}
			require.ElementsMatch(t, want, faultsOf(err))
			require.NotContains(t, err.Error(), "987654")
			require.Empty(t, w.postings(t, "E001"), "none or all")
		})
	}
	_, err := w.Open(t.Context(), w.cmd(officer), good, opening("2026-08-31..2026-09-30", "", "2026-09-30"))
	require.Equal(t, []string{"openings[1].period payroll.opening"}, faultsOf(err), "31 August would count twice")

	hours := good
	hours.Lines = []payroll.Amount{line("hours_paid", "10.125")}
	march := opening("2026-03-01..2026-03-31", "", "2026-03-31") // the month before: its pay day is in the old year
	late := opening("2025-03-01..2025-12-31", "2025-04-01", "2025-12-31", line("levy", "1"))
	n, err := w.Open(t.Context(), w.cmd(officer), hours, march, late)
	require.NoError(t, err, "hours have no smallest unit; March was first paid on 1 April")
	require.Equal(t, 3, n)
}

// Whatever the postings, in whatever order: each window is what adding one posting at a time gives, and a calendar year with April in
// it is made of parts of two tax years.
func TestYearToDateIsAFold(t *testing.T) {
	april := payroll.YearStart{Month: time.April, Day: 1}
	rapid.Check(t, func(t *rapid.T) {
		var entries []hr.Entry[payroll.Posting]
		payDate := hr.MustDate("2026-01-01").Add(rapid.IntRange(0, 364).Draw(t, "pay date"))
		byDay := map[hr.Date]decimal.Decimal{}
		for range rapid.IntRange(0, 12).Draw(t, "postings") {
			on := hr.MustDate("2025-01-01").Add(rapid.IntRange(0, 800).Draw(t, "day"))
			paise := decimal.New(rapid.Int64Range(-100_000, 900_000).Draw(t, "paise"), -2)
			entries = append(entries, hr.Entry[payroll.Posting]{Value: payroll.Posting{PayDate: on, Lines: []payroll.Amount{{Name: "fund", Amount: paise}}}})
			byDay[on] = byDay[on].Add(paise)
		}
		between := func(from hr.Date) decimal.Decimal { // day by day
			sum := decimal.Zero
			for d := from; !d.After(payDate); d = d.Add(1) {
				sum = sum.Add(byDay[d])
			}
			return sum
		}
		fund := func(year payroll.YearStart) decimal.Decimal {
			sum := decimal.Zero
			for _, a := range payroll.YearToDate(rapid.Permutation(entries).Draw(t, "order"), year, payDate) {
				sum = sum.Add(a.Amount)
			}
			return sum
		}
		taxYear := hr.MustDate("2026-04-01")
		if payDate.Before(taxYear) {
			taxYear = hr.MustDate("2025-04-01")
		}
		require.True(t, between(taxYear).Equal(fund(april)))
		require.True(t, between(hr.MustDate("2026-01-01")).Equal(fund(payroll.YearStart{})))
	})
}

func TestCalendarYearNamesALine(t *testing.T) {
	_, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: `
input calendar_ytd_nothing: money
input calendar_ytd_pay: money by piece
line pay in earnings = 5 + 0 * calendar_ytd_nothing + 0 * first(calendar_ytd_pay)
`}}})
	require.ElementsMatch(t, []hr.Rule{payroll.RuleInputYearToDate, payroll.RuleInputChanges}, rules(err))
	plan := capped(t)
	require.Contains(t, plan.Needs(), payroll.Need{Name: "calendar_ytd_insurance", Unit: "money", From: "year to date"})
	b := plan.NewBatch(1)
	require.NoError(t, b.Begin(october, october.Through))
	row, err := b.NewRow("E1")
	require.NoError(t, err)
	field, _ := plan.Field("basic")
	b.SetUnits(row, field, 10_000_00)
	b.Calculate()
	slip, err := b.Payslip(row)
	require.NoError(t, err)
	require.Equal(t, "100.00", amount(t, slip, "insurance"), "a row is somebody who earned nothing before")
}

// Without a store the figures are given as they are; one of no line is a typing error that would cost somebody the cap. A run leaves out
// what was posted for lines that a newer plan has no more.
func TestAYearToDateOfNoLineIsRefused(t *testing.T) {
	in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, basic("10000"))}
	in.YearToDate = []payroll.Amount{line("levy", "4500"), line("lvy", "987654")}
	in.CalendarYear = []payroll.Amount{line("insurrance", "987654")}
	_, err := capped(t).Calculate(in)
	require.ElementsMatch(t, []string{"year_to_date[1].name payroll.input.year_to_date", "calendar_year[0].name payroll.input.year_to_date"}, faultsOf(err))
	require.NotContains(t, err.Error(), "987654")

	w := cappedWorld(t)
	_, err = w.Open(t.Context(), w.cmd(officer), opening("2026-04-01..2026-08-31", "", "2026-08-31", line("hours_paid", "40"), line("levy", "4900")))
	require.NoError(t, err)
	newer, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "newer", Text: `
input basic: money
input ytd_levy: money
input calendar_ytd_levy: money
line levy in information = ytd_levy + calendar_ytd_levy + 0 * basic
`}}})
	require.NoError(t, err)
	w.Plans = append(w.Plans, newer)
	_, err = w.Adopt(t.Context(), w.cmd(officer), newer, hr.MustPeriod("2026-09-01.."))
	require.NoError(t, err)
	id := w.create(t)
	w.calculate(t, id)
	slip, err := w.Payslip(t.Context(), asOfficer, id, "E001")
	require.NoError(t, err)
	require.Equal(t, "9800.00", amount(t, slip, "levy"), "4900 in either year")
}

// A tax of 20 % of what is paid that ends at 10,000 a year: 6,000 in August and the 4,000 that are left in September. Two days of September are lost, so 28,000
// are paid and not 30,000: 5,600 would be asked, and 4,000 are left still, for what September took is what is corrected. A bonus beside September finds nothing left.
func TestWhatWasPaidOfAPeriodCountsBesideItAndNotWhereItIsCorrected(t *testing.T) {
	text := strings.ReplaceAll(lateRules, "%CEILING%", "1_00_000")
	text = strings.Replace(text, "round(20% * (sum(earnings) + arrears_earnings), 0.01)", "round(max(0, min(20% * (sum(earnings) + arrears_earnings), 10_000 - ytd_tax)), 0.01)", 1) + "input ytd_tax: money\n"
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "late", Text: text}}})
	require.NoError(t, err)
	w := newLate(t, plan)
	w.pays(t, "E1", "2026-04-01..", "30000")
	tax := func(spec payroll.RunSpec) string { return amount(t, w.slip(t, w.run(t, spec), "E1"), "tax") }
	require.Equal(t, "6000.00", tax(regular(8)))
	require.Equal(t, "4000.00", tax(regular(9)))
	w.absent(t, "E1", "2026-09-07..2026-09-08", true)
	require.Equal(t, "0.00", tax(special(payroll.RunCorrection, 9, 9, "E1")))
	_, err = w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("1000")})
	require.NoError(t, err)
	require.Equal(t, "0.00", tax(special(payroll.RunOffCycle, 9, 9, "E1")))
}
