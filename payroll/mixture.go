package payroll

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// mixture is a payslip between the two: each part of it is 0, as in the first, or 1, as in the second.
type mixture struct {
	plan, dates, days int
	inputs            map[string]bool // those that are as in the second
}

// of returns one of the payslips as the plan of a mixture reads it, as far as it can.
func (c *comparer) of(which int, m mixture) *side {
	if which == 0 && m.plan == 1 && c.carried != nil {
		return c.carried
	}
	return &c.sides[which]
}

// request builds the calculation of a mixture.
func (c *comparer) request(m mixture) formula.Request {
	plan, dates, base := c.sides[m.plan].plan, &c.sides[m.dates], c.of(m.days, m)
	r := formula.Request{Period: dates.in.Period, PayDate: dates.in.PayDate, Values: make([]formula.Value, len(plan.inputs))}
	for _, piece := range base.request.Pieces {
		r.Pieces = append(r.Pieces, formula.Piece{Period: piece.Period, Values: make([]formula.Value, len(plan.inputs))})
	}
	if m.dates != m.days {
		place(r.Pieces, base.in.Period, dates.in.Period)
	}
	for i, in := range plan.inputs {
		which := 0
		switch kind := plan.fills[i].kind; {
		case kind == fromTerms || kind == fromYearToDate || kind == fromPeriod && !countsDays(in.Name):
			if m.inputs[in.Name] {
				which = 1
			}
		default:
			which = m.days
		}
		from := c.of(which, m)
		j, has := from.plan.program.Input(in.Name)
		if !has { // only the second plan asks for it, and only the second payslip answers
			from = &c.sides[1]
			j, _ = from.plan.program.Input(in.Name)
		}
		r.Values[i] = from.request.Values[j]
		for k, piece := range base.request.Pieces {
			r.Pieces[k].Values[i] = from.on(piece.Period.From.Since(base.in.Period.From), j)
		}
	}
	return r
}

// on returns the value of an input so many days after the first day of the period, or the value nearest before it.
func (s *side) on(days, input int) formula.Value {
	value := s.request.Pieces[0].Values[input]
	for _, piece := range s.request.Pieces[1:] {
		if piece.Period.From.Since(s.in.Period.From) <= days {
			value = piece.Values[input]
		}
	}
	return value
}

// place moves pieces from one period into another, each to the same days of it as far as there is room. In a period with fewer days than
// there are pieces they do not fit, and there is then no payslip.
func place(pieces []formula.Piece, from, to hr.Period) {
	days, n := to.Len(), len(pieces)
	for i, piece := range pieces {
		pieces[i].Period.From = to.From.Add(min(piece.Period.From.Since(from.From), days-n+i))
	}
	for i, piece := range pieces {
		last := to.Through
		if i+1 < n {
			last = pieces[i+1].Period.From.Add(-1)
		}
		if end := to.From.Add(piece.Period.Through.Since(from.From)); end.Before(last) {
			last = end
		}
		if last.Before(pieces[i].Period.From) {
			last = pieces[i].Period.From
		}
		pieces[i].Period.Through = last
	}
}
