package payroll

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// values lists what an input is in a payslip, by day of the period.
func (c *comparer) values(which int, name string) []formula.Value {
	s := c.of(which, mixture{plan: 1})
	i, _ := s.plan.program.Input(name)
	if !s.plan.inputs[i].ByPiece {
		return []formula.Value{s.request.Values[i]}
	}
	var byDay []formula.Value
	for _, piece := range s.request.Pieces {
		byDay = append(byDay, piece.Values[i])
	}
	return byDay
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
		var list []string
		for _, v := range c.values(i, in.Name) {
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
		var texts []string
		if i, has := plan.Line(line); has { // net pay is none
			before, after := read(was, i), read(now, i)
			for _, name := range slices.Sorted(maps.Keys(after)) {
				if b, had := before[name]; had && b != after[name] {
					texts = append(texts, fmt.Sprintf("%s %s to %s", told(name), b, after[name]))
				}
			}
		}
		if len(texts) == 0 {
			return "values of the law"
		}
		return strings.Join(texts, ", ")
	}
}

// datedValues collects the dated values that a trace read, by name: a parameter with its value, a table with the day it holds since.
func datedValues(t hr.Trace, into map[string]string) {
	if _, since, dated := strings.Cut(t.Note, "holds since "); dated {
		since, _, _ = strings.Cut(since, ";")
		if into[t.Name] = worth(t); t.Rule != "" {
			into[t.Name] = since
		}
	}
	for _, p := range t.Parts {
		datedValues(p, into)
	}
}
