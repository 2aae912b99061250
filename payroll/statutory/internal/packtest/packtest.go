// Package packtest is what the tests of every pack share: that each value has its source and date, and what a payslip costs beside the
// reference payslip.
package packtest

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/reference"
)

// Walk fails for a value of the pack without a source, a day of review or a last day, and for a pack whose plan has no integer form or
// warns of anything.
func Walk(t *testing.T, p payroll.Pack, currency hr.Currency, host string) {
	t.Helper()
	values := 0
	for _, x := range p.Params {
		if err := x.Validate(); err != nil {
			t.Errorf("%s: %v", x.Name, err)
		}
		if x.Title == "" {
			t.Errorf("%s has no title", x.Name)
		}
		ends := false
		for _, s := range x.Steps {
			values++
			ends = ends || s.Ends
			if s.Source.Title == "" || s.Reviewed.IsZero() || s.Reviewed.After(p.Reviewed) {
				t.Errorf("%s from %s lacks its source or day of review", x.Name, s.Since)
			}
		}
		if !ends {
			t.Errorf("%s holds for ever: no value for a date must be an error", x.Name)
		}
	}
	for _, x := range p.Tables {
		if err := x.Validate(); err != nil {
			t.Errorf("%s: %v", x.Name, err)
		}
		for _, text := range append(x.Texts(), "") {
			ends := text == "" && x.ByText
			for _, s := range x.Steps {
				if s.Text != text {
					continue
				}
				values++
				ends = ends || s.Ends
				if s.Source.Title == "" || s.Reviewed.IsZero() || s.Reviewed.After(p.Reviewed) {
					t.Errorf("%s of %q from %s lacks its source or day of review", x.Name, s.Text, s.Since)
				}
			}
			if !ends {
				t.Errorf("%s of %q holds for ever", x.Name, text)
			}
		}
	}
	if values < 10 {
		t.Errorf("only %d values", values)
	}
	for _, remark := range p.Lint(hr.Date{}) {
		t.Errorf("lint: %v", remark)
	}
	plan := Plan(t, p, currency, host)
	if w := plan.Warnings(); len(w) > 0 {
		t.Errorf("the plan warns: %q", w)
	}
}

// Plan compiles the pack with a host's own components.
func Plan(t testing.TB, p payroll.Pack, currency hr.Currency, host string) *payroll.Plan {
	t.Helper()
	plan, err := payroll.Compile(payroll.Config{Currency: currency, Packs: []payroll.Pack{p}, Components: []payroll.Component{{Name: "host.rules", Text: host}}})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Cost reports what a payslip of in costs in a batch beside the reference payslip, both filled field by field and calculated in one run: the
// ratio of medians.
func Cost(b *testing.B, plan *payroll.Plan, in payroll.Input) {
	own := filler(b, plan, in)
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	ref, err := payroll.Compile(payroll.Config{Currency: "INR", Components: reference.Components(), Packs: []payroll.Pack{april}})
	if err != nil {
		b.Fatal(err)
	}
	month := hr.MustPeriod("2026-10-01..2026-10-31")
	terms := hr.Terms{Currency: "INR", Answers: []hr.Answer{{Name: "pf_capped", Text: "yes"}, {Name: "pt_table", Text: "1"}, {Name: "taxable_before", Text: "300000"}, {Name: "tds_before", Text: "0"}}}
	for _, name := range []string{"basic_rate", "conveyance_rate", "medical_rate", "lta_rate", "special_rate", "food_rate"} {
		terms.Pay = append(terms.Pay, hr.PayTerm{Name: name, Amount: decimal.NewFromInt(20000)})
	}
	base := filler(b, ref, payroll.Input{Period: month, PayDate: month.Through, Terms: hr.Since(month.From, terms)})
	var times [2][]time.Duration
	for b.Loop() {
		for range 15 {
			times[0], times[1] = append(times[0], own()), append(times[1], base())
		}
	}
	for i := range times {
		slices.Sort(times[i])
	}
	mine, reference := times[0][len(times[0])/2], times[1][len(times[1])/2]
	b.ReportMetric(float64(mine.Nanoseconds())/rows, "ns/payslip")
	b.ReportMetric(float64(mine)/float64(reference), "x/reference")
	b.ReportMetric(0, "ns/op")
}

const rows = 1000

// filler returns a run over a batch of rows like in, with other amounts, days and months, and how long it took.
func filler(b *testing.B, plan *payroll.Plan, in payroll.Input) func() time.Duration {
	batch := plan.NewBatch(rows)
	terms, _ := in.Terms.At(in.Period.Through)
	terms.Answers = append(slices.Clone(terms.Answers), in.Answers...)
	var give []func(row int)
	for i, need := range plan.Needs() {
		if amount, ok := terms.Amount(need.Name); ok {
			units := amount.Shift(int32(plan.FieldPlaces(i))).IntPart()
			give = append(give, func(row int) { batch.SetUnits(row, i, units+units/5_000*int64(row)) })
		}
		switch need.Name { // as in the reference population: a third works less than the month, a quarter has overtime, months differ
		case "period_days":
			give = append(give, func(row int) { batch.SetUnits(row, i, int64(in.Period.Len())*100) })
		case "overtime_hours":
			give = append(give, func(row int) { batch.SetUnits(row, i, int64((row%4)/3*(50+row))) })
		case "payable_days":
			give = append(give, func(row int) {
				if row%3 == 0 {
					batch.SetUnits(row, i, 50*int64(20+row%40))
				}
			})
		case "months_left":
			give = append(give, func(row int) { batch.SetUnits(row, i, int64(row%12+1)) })
		}
		text, ok := terms.Answer(need.Name)
		switch {
		case !ok:
		case need.Unit == "text":
			give = append(give, func(row int) { batch.SetText(row, i, text) })
		case need.Unit == "yes/no":
			give = append(give, func(row int) { batch.SetYes(row, i, text == "yes") })
		default:
			units := decimal.RequireFromString(text).Shift(int32(plan.FieldPlaces(i))).IntPart()
			give = append(give, func(row int) { batch.SetUnits(row, i, units) })
		}
	}
	return func() time.Duration {
		start := time.Now()
		if err := batch.Begin(in.Period, in.PayDate); err != nil {
			b.Fatal(err)
		}
		for range rows {
			row, err := batch.NewRow("E")
			if err != nil {
				b.Fatal(err)
			}
			for _, g := range give {
				g(row)
			}
		}
		batch.Calculate()
		took := time.Since(start)
		if batch.Slow() > 0 || batch.Err(0) != nil {
			b.Fatalf("%d payslips were calculated in decimals; %v", batch.Slow(), batch.Err(0))
		}
		return took
	}
}
