package payroll

import (
	"fmt"
	"maps"
	"slices"
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
	held    []string // causes that could not be told apart from the next
}

// side is one of the two payslips, cut where either is.
type side struct {
	plan    *Plan
	in      Input
	request formula.Request
}

// mixture is a payslip between the two: each part of it is 0, as in the first, or 1, as in the second.
type mixture struct {
	plan, dates, days int
	inputs            map[string]bool // those that are as in the second
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
				c.step(x.cause, c.change(in))
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
	for i, l := range c.lines {
		if d := now[l.Name].Sub(c.last[l.Name]); !d.IsZero() {
			text := strings.Join(append(c.held[:len(c.held):len(c.held)], what(l.Name)), "; together with ")
			c.parts[i] = append(c.parts[i], Attribution{Cause: cause, What: text, Amount: d})
		}
	}
	c.last, c.held = now, nil
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
			if j, has = from.plan.program.Input(in.Name); !has {
				continue
			}
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

// place moves pieces from one period into another, each to the same days of it as far as there is room. A period with fewer days than
// there are pieces leaves them where they are, and is then no payslip.
func place(pieces []formula.Piece, from, to hr.Period) {
	days, n := to.Len(), len(pieces)
	if n > days {
		return
	}
	ends := make([]int, n)
	for i, piece := range pieces {
		ends[i] = piece.Period.Through.Since(from.From)
		if piece.Period.Through == from.Through {
			ends[i] = days - 1
		}
		pieces[i].Period.From = to.From.Add(min(piece.Period.From.Since(from.From), days-n+i))
	}
	for i := range pieces {
		last := days - 1
		if i+1 < n {
			last = pieces[i+1].Period.From.Since(to.From) - 1
		}
		pieces[i].Period.Through = to.From.Add(max(pieces[i].Period.From.Since(to.From), min(ends[i], last)))
	}
}

// values lists what an input is in one payslip, by day of the period, and whether that payslip answers it.
func (c *comparer) values(which int, name string) (byDay []formula.Value, ok bool) {
	s := c.of(which, mixture{plan: 1})
	i, ok := s.plan.program.Input(name)
	if !ok {
		return nil, false
	}
	if !s.plan.inputs[i].ByPiece {
		return []formula.Value{s.request.Values[i]}, true
	}
	for _, piece := range s.request.Pieces {
		byDay = append(byDay, piece.Values[i])
	}
	return byDay, true
}

// differs reports whether an input that both payslips answer is another in the second, on any day.
func (c *comparer) differs(name string) bool {
	first, second := c.of(0, mixture{plan: 1}), &c.sides[1]
	i, ok := first.plan.program.Input(name)
	j, _ := second.plan.program.Input(name)
	if !ok {
		return false
	}
	if !second.plan.inputs[j].ByPiece {
		return !first.request.Values[i].Equal(second.request.Values[j])
	}
	for _, s := range []*side{first, second} {
		for _, piece := range s.request.Pieces {
			days := piece.Period.From.Since(s.in.Period.From)
			if !first.on(days, i).Equal(second.on(days, j)) {
				return true
			}
		}
	}
	return false
}

// change says in words what became of an input.
func (c *comparer) change(in formula.Input) string {
	var texts [2]string
	for i := range texts {
		values, _ := c.values(i, in.Name)
		var list []string
		for _, v := range values {
			if text := v.String(); len(list) == 0 || list[len(list)-1] != text {
				list = append(list, text)
			}
		}
		texts[i] = strings.Join(list, " and then ")
	}
	title := in.Title
	if title == "" {
		title = told(in.Name)
	}
	if texts[0] == texts[1] {
		return title + " from another day"
	}
	return fmt.Sprintf("%s %s to %s", title, texts[0], texts[1])
}

// formulas names the lines whose formula is another.
func (c *comparer) formulas() string {
	var texts [2]map[string]string
	for i := range texts {
		texts[i] = map[string]string{}
		for _, l := range c.sides[i].plan.lines {
			texts[i][l.Name] = l.Text
		}
	}
	var names []string
	for _, l := range c.lines {
		if texts[0][l.Name] != texts[1][l.Name] {
			names = append(names, l.Name)
		}
	}
	if len(names) == 0 {
		return "steps or values of the plan"
	}
	return "formula of " + strings.Join(names, ", ")
}

// parameters says for a line which dated values it reads otherwise now than in the mixture before.
func (c *comparer) parameters(was mixture) func(line string) string {
	plan, now := c.sides[c.at.plan].plan, c.at
	read := func(m mixture, line int) map[string]string {
		r := c.request(m)
		r.Trace = true
		out := map[string]string{}
		if result, err := plan.program.Run(r); err == nil {
			if t, err := result.Trace(line); err == nil {
				datedValues(t, out)
			}
		}
		return out
	}
	return func(line string) string {
		const all = "values of the law"
		i, has := plan.Line(line)
		if !has {
			return all
		}
		before, after := read(was, i), read(now, i)
		var texts []string
		for _, name := range slices.Sorted(maps.Keys(after)) {
			if b, had := before[name]; had && b != after[name] {
				texts = append(texts, fmt.Sprintf("%s %s to %s", told(name), b, after[name]))
			}
		}
		if len(texts) == 0 {
			return all
		}
		return strings.Join(texts, ", ")
	}
}

// datedValues collects the dated values that a trace read, by name: a parameter with its value, a table with the day it holds since.
func datedValues(t hr.Trace, into map[string]string) {
	if _, since, dated := strings.Cut(t.Note, "holds since "); dated {
		since, _, _ = strings.Cut(since, ";")
		if into[t.Name] = worth(t); t.Rule != "" {
			into[t.Name] = "of " + since
		}
	}
	for _, p := range t.Parts {
		datedValues(p, into)
	}
}
