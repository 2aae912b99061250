package main

import (
	"fmt"
	"maps"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// topic answers the worked examples of one rule: from what is given, the figures by key. A figure is a decimal.Decimal, an int, a
// bool, a string, an hr.Date, a []any or a map[string]any of these.
type topic func(given *given) (map[string]any, error)

// register holds the topics by country, a colon and name: "in:pt.month".
type register map[string]topic

// topics lists what can be answered. Each family has its own file.
func topics() register {
	all := register{}
	for _, family := range []register{
		referenceTopics(),
		indiaTopics(),
		indiaLabourTopics(),
		indiaFundTopics(),
		indiaFileTopics(),
		identifierTopics(),
		genericTopics(),
		timeTopics(),
		ukTopics(),
		usTopics(),
		caTopics(),
		bankTopics(),
		calendarTopics(),
		accrualTopics(),
		indiaLeaveTopics(),
		ukLeaveTopics(),
		americaLeaveTopics(),
	} {
		maps.Copy(all, family)
	}
	return all
}

// answer works out one example. Facts that are missing or malformed are reported before what the topic made of them.
func (r register) answer(e example) (map[string]any, error) {
	work, ok := r[e.Country+":"+e.Topic]
	if !ok {
		return nil, fmt.Errorf("topic: %s is not covered", e.Topic)
	}
	g := &given{values: e.Given}
	got, err := work(g)
	if faults := g.faults.Err(); faults != nil {
		return nil, fmt.Errorf("given: %w", faults)
	}
	return got, err
}

// rule of every fault in what is given.
const ruleGiven hr.Rule = "cases.given"

// given reads the facts of an example by key and collects what is wrong with them.
type given struct {
	values map[string]any
	faults hr.Faults
}

func (g *given) has(key string) bool { _, ok := g.values[key]; return ok }

// number reads a number that must be there.
func (g *given) number(key string) decimal.Decimal {
	d, ok := number(g.values[key])
	if !ok {
		g.faults.Add(key, ruleGiven, "must be a number")
	}
	return d
}

// numberOr reads a number, or takes fallback if the key is missing.
func (g *given) numberOr(key string, fallback int64) decimal.Decimal {
	if !g.has(key) {
		return decimal.NewFromInt(fallback)
	}
	return g.number(key)
}

func (g *given) whole(key string) int {
	d := g.number(key)
	if !d.IsInteger() {
		g.faults.Add(key, ruleGiven, "must be a whole number")
	}
	return int(d.IntPart())
}

// text reads a text that must be there.
func (g *given) text(key string) string {
	s, ok := g.values[key].(string)
	if !ok {
		g.faults.Add(key, ruleGiven, "must be a text")
	}
	return s
}

func (g *given) textOr(key, fallback string) string {
	if !g.has(key) {
		return fallback
	}
	return g.text(key)
}

// flag reads a yes/no, or takes fallback if the key is missing.
func (g *given) flag(key string, fallback bool) bool {
	if !g.has(key) {
		return fallback
	}
	b, ok := g.values[key].(bool)
	if !ok {
		g.faults.Add(key, ruleGiven, "must be true or false")
	}
	return b
}

func (g *given) date(key string) hr.Date { return g.dateOf(key, g.values[key]) }

func (g *given) dateOf(at string, v any) hr.Date {
	s, _ := v.(string)
	d, err := hr.ParseDate(s)
	if err != nil {
		g.faults.Add(at, ruleGiven, "must be a day written YYYY-MM-DD")
	}
	return d
}

// month reads "2026-10" as that month.
func (g *given) month(key string) hr.Period { return g.monthOf(key, g.text(key)) }

func (g *given) monthOf(at, text string) hr.Period {
	first, err := hr.ParseDate(text + "-01")
	if err != nil {
		g.faults.Add(at, ruleGiven, "must be a month written YYYY-MM")
		return hr.Period{}
	}
	return hr.Period{From: first, Through: first.EndOfMonth()}
}

// list reads a list; a missing key is an empty one.
func (g *given) list(key string) []any {
	l, ok := g.values[key].([]any)
	if !ok && g.has(key) {
		g.faults.Add(key, ruleGiven, "must be a list")
	}
	return l
}

// rows reads a list of lists of n elements each.
func (g *given) rows(key string, n int) [][]any {
	var out [][]any
	for i, v := range g.list(key) {
		row, ok := v.([]any)
		if !ok || len(row) != n {
			g.faults.Add(fmt.Sprintf("%s[%d]", key, i), ruleGiven, "must be a list of %d", n)
			continue
		}
		out = append(out, row)
	}
	return out
}

func (g *given) numberAt(at string, v any) decimal.Decimal {
	d, ok := number(v)
	if !ok {
		g.faults.Add(at, ruleGiven, "must be a number")
	}
	return d
}

func (g *given) textAt(at string, v any) string {
	s, ok := v.(string)
	if !ok {
		g.faults.Add(at, ruleGiven, "must be a text")
	}
	return s
}
