package payroll

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// Explain calculates the payslip of in again, with every step written down, and returns the reasoning behind one line: its
// formula, inputs, rounding, dated parameters with their sources, down to the facts. It returns a [hr.FieldError] with
// RuleLineUnknown for a line the plan does not have, and the errors of [Plan.Calculate].
func (p *Plan) Explain(in Input, line string) (hr.Trace, error) {
	i, ok := p.program.Line(line)
	if !ok {
		names := make([]string, len(p.lines))
		for j, l := range p.lines {
			names[j] = l.Name
		}
		return hr.Trace{}, &hr.FieldError{Path: "line", Rule: RuleLineUnknown, Reason: fmt.Sprintf("the plan has no line %q; it has %s", line, strings.Join(names, ", "))}
	}
	w, err := p.prepare(in)
	if err != nil {
		return hr.Trace{}, fmt.Errorf("payroll: explain %s of %s: %w", line, in.Employee, err)
	}
	w.request.Trace = true
	result, err := p.program.Run(w.request)
	if err != nil {
		return hr.Trace{}, fmt.Errorf("payroll: explain %s of %s: %w", line, in.Employee, err)
	}
	t, err := result.Trace(i)
	if err != nil {
		return hr.Trace{}, fmt.Errorf("payroll: explain %s of %s: %w", line, in.Employee, err)
	}
	p.tellSources(&t)
	w.tellDays(&t)
	p.tellReview(&t, in)
	return t, nil
}

// tellDays says beside payable and unpaid days what the days were, and which were not paid; beside hours of a band of time, how many
// minutes which day gave. A line of such a name has a rule or a note of its own and keeps it.
func (w *prepared) tellDays(t *hr.Trace) {
	if t.Rule == "" && t.Note == "" {
		w.tellInput(t)
	}
	for i := range t.Parts {
		w.tellDays(&t.Parts[i])
	}
}

func (w *prepared) tellInput(t *hr.Trace) {
	name, _, _ := strings.Cut(t.Name, " ")
	if slices.Contains([]string{"payable_days", "unpaid_days", "payable_working_days", "unpaid_working_days", "payable_minutes"}, name) {
		over := t.Period
		if over.IsZero() {
			over = w.in.Period
		}
		counts, unpaid := map[string]int{}, ""
		for _, d := range w.in.Timesheet.Days {
			if !over.Contains(d.Date) {
				continue
			}
			counts[d.Status]++
			if d.Unpaid.Sign() > 0 {
				unpaid += fmt.Sprintf("; %s %s unpaid, %s", d.Date, hr.Canonical(d.Unpaid), d.Status)
			}
		}
		var notes []string
		for _, status := range slices.Sorted(maps.Keys(counts)) {
			notes = append(notes, fmt.Sprintf("%s %d", status, counts[status]))
		}
		t.Note = strings.Join(notes, ", ") + unpaid
	}
	if band, ok := strings.CutSuffix(name, "_hours"); ok {
		var notes []string
		for _, d := range w.in.Timesheet.Days {
			one := hr.Period{From: d.Date, Through: d.Date}
			if n := w.in.Timesheet.Minutes(band, one); n > 0 && (t.Period.IsZero() || t.Period.Contains(d.Date)) {
				notes = append(notes, fmt.Sprintf("%s %d", d.Date, n))
			}
		}
		if len(notes) > 0 {
			t.Note = "minutes: " + strings.Join(notes, ", ")
		}
	}
}

// tellSources names the source of the component behind each line that has no law of its own.
func (p *Plan) tellSources(t *hr.Trace) {
	name, _, _ := strings.Cut(t.Name, " ")
	if t.Source.IsZero() && t.Rule != "" { // shown in full
		t.Source = p.sources[name]
	}
	for i := range t.Parts {
		p.tellSources(&t.Parts[i])
	}
}
