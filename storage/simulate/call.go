package simulate

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// call is a step while it is played.
type call struct {
	*services
	w       *World
	ctx     context.Context
	step    Step
	part    int               // how many commands the step has sent
	usage   string            // the arguments that the verb takes
	faults  []error           // of its words
	touched []hr.EmployeeID   // whom it may have changed
	runs    []*run            // and which runs
	asked   []leave.RequestID // and which requests for leave
	view    hr.View           // of who acts
	log     []string          // what came of it, in words that are the same on every store

	earliest hr.Date // the first day of which it says something
}

// cmd is the next command of the step. The same step sends the same commands, however often it is played.
func (c *call) cmd(what ...string) hr.Command {
	c.part++
	id := fmt.Sprintf("step %d/%d/%s", c.step.N, c.part, strings.Join(what, "/"))
	return hr.Command{ID: hr.CommandID(id), Actor: actor(c.step.Who), Purpose: "history", Reason: "step " + strconv.Itoa(c.step.N)}
}

// word is the n-th argument.
func (c *call) word(n int) string {
	if n >= len(c.step.Args) {
		c.faults = append(c.faults, fmt.Errorf("%s: too few words: %s", c.step.Verb, c.usage))
		return ""
	}
	return c.step.Args[n]
}

func read[T any](c *call, n int, parse func(string) (T, error)) (value T) {
	text := c.word(n)
	if text == "" {
		return value
	}
	value, err := parse(text)
	if err != nil {
		c.faults = append(c.faults, fmt.Errorf("%s: word %d: %w", c.step.Verb, n+1, err))
	}
	return value
}

func (c *call) day(n int) hr.Date               { return c.about(read(c, n, hr.ParseDate)) }
func (c *call) amount(n int) decimal.Decimal    { return read(c, n, decimal.NewFromString) }
func (c *call) number(n int) int                { return read(c, n, strconv.Atoi) }
func (c *call) employee(n int) hr.EmployeeID    { return c.touch(hr.EmployeeID(c.word(n))) }
func (c *call) self() hr.EmployeeID             { return c.touch(hr.EmployeeID(c.step.Who)) }
func (c *call) has(n int) bool                  { return n < len(c.step.Args) }
func (c *call) said(format string, args ...any) { c.log = append(c.log, fmt.Sprintf(format, args...)) }

func (c *call) period(n int) hr.Period {
	p := read(c, n, hr.ParsePeriod)
	c.about(p.From)
	return p
}

// about notes of which day something is said.
func (c *call) about(d hr.Date) hr.Date {
	if !d.IsZero() && (c.earliest.IsZero() || d.Before(c.earliest)) {
		c.earliest = d
	}
	return d
}

// touch notes that an employee may have changed.
func (c *call) touch(id hr.EmployeeID) hr.EmployeeID {
	if !slices.Contains(c.touched, id) {
		c.touched = append(c.touched, id)
	}
	return id
}

// run is the run with the label that is the n-th argument.
func (c *call) run(n int) *run {
	r := c.w.book.runs[c.word(n)]
	if r == nil {
		return &run{id: "none"}
	}
	c.runs = append(c.runs, r)
	return r
}

// index is the n of the employee E000n; 0 of another.
func index(id hr.EmployeeID) int {
	n, err := strconv.Atoi(strings.TrimPrefix(string(id), "E"))
	if err != nil {
		return 0
	}
	return n
}
