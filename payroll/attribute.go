package payroll

import (
	"fmt"
	"maps"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// comparer walks from one payslip to another, a cause at a time.
type comparer struct {
	sides   [2]side
	carried *side      // the first payslip's input as the second's plan reads it; nil where that plan asks for more
	lines   []PlanLine // of both plans: the later one's, then those that only the earlier has, then net pay
	ends    [2]figures
	at      mixture
	last    figures // where the walk has got to
	parts   [][]Attribution
	input   string   // that changes in the step, if it is one
	held    []string // causes that could not be told apart from the next
}

// side is one of the two payslips, cut where either is.
type side struct {
	plan    *Plan
	in      Input
	request formula.Request
}

// figures are amounts by the name of the line.
type figures map[string]decimal.Decimal

const netPay = "net pay" // among figures; no line has a blank in its name

func newComparer(before, after Basis) (*comparer, error) {
	c := &comparer{at: mixture{inputs: map[string]bool{}}}
	failed := func(err error) error { return fmt.Errorf("payroll: compare %s: %w", after.Input.Employee, err) }
	var starts []int // days after the first of the period on which a piece of either begins
	for i, b := range []Basis{before, after} {
		w, err := b.Plan.prepare(b.Input)
		if err != nil {
			return nil, failed(err)
		}
		if c.ends[i], err = b.Plan.figures(w.request); err != nil {
			return nil, failed(err)
		}
		for _, piece := range w.request.Pieces {
			starts = append(starts, piece.Period.From.Since(b.Input.Period.From))
		}
	}
	cut := func(p *Plan, in Input) (*side, error) {
		cuts := make([]hr.Date, len(starts))
		for j, n := range starts {
			cuts[j] = in.Period.From.Add(n)
		}
		w, err := p.prepare(in, cuts...)
		return &side{plan: p, in: in, request: w.request}, err
	}
	for i, b := range []Basis{before, after} {
		s, err := cut(b.Plan, b.Input)
		if err != nil {
			return nil, failed(err)
		}
		c.sides[i] = *s
	}
	if s, err := cut(after.Plan, before.Input); err == nil {
		c.carried = s
	}
	c.lines = after.Plan.Lines()
	for _, l := range before.Plan.Lines() {
		if _, kept := after.Plan.Line(l.Name); !kept {
			c.lines = append(c.lines, l)
		}
	}
	c.lines = append(c.lines, PlanLine{Name: netPay, Title: "NET PAY"})
	c.parts, c.last = make([][]Attribution, len(c.lines)), c.ends[0]
	return c, nil
}

// figures returns every figure, or the error of a line without one.
func (p *Plan) figures(r formula.Request) (figures, error) {
	result, err := p.program.Run(r)
	if err != nil {
		return nil, err
	}
	out := figures{}
	for i, l := range p.lines {
		out[l.Name] = result.Amount(i)
		switch p.kinds[i] {
		case Earning:
			out[netPay] = out[netPay].Add(out[l.Name])
		case Deduction:
			out[netPay] = out[netPay].Sub(out[l.Name])
		}
	}
	return out, nil
}

func (c *comparer) compare() Comparison {
	const finer = "the period is cut at the pieces of both"
	before, after := &c.sides[0], &c.sides[1]
	c.step(CauseRounding, finer)
	if before.plan.digest != after.plan.digest {
		c.at.plan = 1
		c.step(CauseFormula, c.formulas())
	}
	c.at.plan = 1
	if before.in.Period != after.in.Period || before.in.PayDate != after.in.PayDate {
		was := c.at
		c.at.dates = 1
		c.stepBy(CauseParameter, c.parameters(was))
	}
	for _, x := range []struct {
		cause Cause
		kind  fillKind
	}{{CauseInput, fromTerms}, {CauseYearToDate, fromYearToDate}, {CausePeriod, fromPeriod}} {
		for i, in := range after.plan.inputs {
			if after.plan.fills[i].kind == x.kind && !countsDays(in.Name) && c.differs(in.Name) {
				c.at.inputs = maps.Clone(c.at.inputs)
				c.at.inputs[in.Name] = true
				c.input = in.Name
				c.step(x.cause, c.change(in))
				c.input = ""
			}
		}
	}
	c.at.days = 1
	c.step(CauseDays, "days and hours of the period")
	c.move(c.ends[1], CauseRounding, func(string) string { return finer })

	out := Comparison{Employee: after.in.Employee, Currency: after.plan.currency, Before: before.in.Period, After: after.in.Period}
	for i, l := range c.lines {
		change := LineChange{Name: l.Name, Title: l.Title, Kind: l.Kind, Before: c.ends[0][l.Name], After: c.ends[1][l.Name], Causes: c.parts[i]}
		switch {
		case l.Name == netPay:
			out.Net = change
		case !change.Difference().IsZero():
			out.Lines = append(out.Lines, change)
		}
	}
	return out
}

// countsDays reports whether a fact of the period goes with its days.
func countsDays(input string) bool { return input == "period_days" || input == "employed_days" }

// step attributes what every line moves to one cause, or holds the cause back if there is no payslip of this mixture.
func (c *comparer) step(cause Cause, what string) {
	c.stepBy(cause, func(string) string { return what })
}

func (c *comparer) stepBy(cause Cause, what func(line string) string) {
	now, err := c.sides[c.at.plan].plan.figures(c.request(c.at))
	if err != nil {
		c.held = append(c.held, what(""))
		return
	}
	c.move(now, cause, what)
}

func (c *comparer) move(now figures, cause Cause, what func(line string) string) {
	input := c.input
	if c.held != nil {
		input = ""
	}
	for i, l := range c.lines {
		if d := now[l.Name].Sub(c.last[l.Name]); !d.IsZero() {
			text := strings.Join(append(c.held[:len(c.held):len(c.held)], what(l.Name)), "; together with ")
			c.parts[i] = append(c.parts[i], Attribution{Cause: cause, What: text, Input: input, Amount: d, Together: c.held != nil})
		}
	}
	c.last, c.held = now, nil
}
