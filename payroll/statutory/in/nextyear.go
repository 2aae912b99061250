package in

import (
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Continued returns p with its income tax going on unchanged from 1 April 2027, where this review ends, so that April can be paid before a
// release knows the Finance Act of the year. Every value that goes on is an overlay with the host's source and day of review, and why as
// its doubt, so each explanation shows that it is the host's word; nothing else changes and p stays as it is. Put what the Act does
// change on top, in place of the step of that day. Source: the host's; without a title, or a day of review, compiling refuses the pack.
func Continued(p payroll.Pack, source hr.Source, reviewed hr.Date, why string) payroll.Pack {
	day := hr.MustDate(taxEnds)
	p.Params, p.Tables = slices.Clone(p.Params), slices.Clone(p.Tables)
	for i := range p.Params {
		param := &p.Params[i]
		param.Steps = slices.Clone(param.Steps)
		for j, s := range param.Steps {
			if !s.Ends || s.Since != day {
				continue
			}
			held, err := param.At(day.Add(-1))
			if err != nil { // it had ended before
				continue
			}
			param.Steps[j] = hr.ParameterStep{Since: day, Value: held.Value, Source: source, Reviewed: reviewed, Uncertain: why, Overlay: true}
		}
	}
	for i := range p.Tables {
		table := &p.Tables[i]
		table.Steps = slices.Clone(table.Steps)
		for j, s := range table.Steps {
			if !s.Ends || s.Since != day {
				continue
			}
			held, err := table.At(s.Text, day.Add(-1))
			if err != nil { // it had ended before
				continue
			}
			table.Steps[j] = hr.TableStep{Text: s.Text, Since: day, Rows: held.Rows, Source: source, Reviewed: reviewed, Uncertain: why, Overlay: true}
		}
	}
	return p
}
