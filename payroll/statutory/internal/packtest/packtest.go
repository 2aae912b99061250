// Package packtest is what the tests of every pack share: that each value has its source and date, and what a payslip costs beside the
// reference payslip.
package packtest

import (
	"slices"
	"testing"
	"time"

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
	if values < 20 {
		t.Errorf("only %d values", values)
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

// Cost reports what a payslip of in costs in a batch beside the reference payslip, both in one run: the ratio of medians.
func Cost(b *testing.B, plan *payroll.Plan, in payroll.Input) {
	const rows = 1000
	own := plan.NewBatch(rows)
	fill := func() {
		if err := own.Begin(in.Period, in.PayDate); err != nil {
			b.Fatal(err)
		}
		for range rows {
			if _, err := own.Add(in); err != nil {
				b.Fatal(err)
			}
		}
	}
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	ref, err := payroll.Compile(payroll.Config{Currency: "INR", Components: reference.Components(), Packs: []payroll.Pack{april}})
	if err != nil {
		b.Fatal(err)
	}
	month := hr.MustPeriod("2026-10-01..2026-10-31")
	base := ref.NewBatch(rows)
	fillReference := func() {
		if err := base.Begin(month, month.Through); err != nil {
			b.Fatal(err)
		}
		for range rows {
			row, err := base.NewRow("E")
			if err != nil {
				b.Fatal(err)
			}
			for i, n := range ref.Needs() {
				switch {
				case n.Name == "pt_table":
					base.SetText(row, i, "1")
				case n.Name == "pf_capped":
					base.SetYes(row, i, true)
				case n.From == "terms":
					base.SetUnits(row, i, 50_000_00)
				}
			}
		}
	}
	var times [2][]time.Duration
	for b.Loop() {
		for range 15 {
			fill()
			start := time.Now()
			own.Calculate()
			times[0] = append(times[0], time.Since(start))
			if own.Slow() > 0 {
				b.Fatalf("%d payslips were calculated in decimals", own.Slow())
			}
			fillReference()
			start = time.Now()
			base.Calculate()
			times[1] = append(times[1], time.Since(start))
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
