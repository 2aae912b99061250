package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/recruitment"
)

// scene is what happens on one day.
type scene struct {
	day  string
	play func(*tale)
}

// told is one line of the timeline, and what it meant.
type told struct {
	day        hr.Date
	what       string
	was, state lifecycle.State
	by         hr.ActorID
	notes      []string
}

// tale is the story while it is played. The first error ends it: nothing is played after it.
type tale struct {
	*house
	ctx   context.Context
	err   error
	n     int
	day   hr.Date
	lines []told

	application recruitment.ApplicationID
	list        lifecycle.ChecklistID
	bank        lifecycle.ProposalID
	runs        []payroll.RunID
	payslips    []payroll.Payslip
	final       payroll.RunID
	settled     hr.Settlement
	due         law.Due
	service     law.GratuityYears
	letters     []written
	unused      decimal.Decimal            // days of earned leave paid at the end
	worked      int                        // days the gate saw her
	taken       map[string]decimal.Decimal // days of leave, by type
}

// play plays the scenes by day; those of one day as they are written.
func (t *tale) play(scenes []scene) {
	slices.SortStableFunc(scenes, func(a, b scene) int { return cmp.Compare(a.day, b.day) })
	t.taken = map[string]decimal.Decimal{}
	for _, s := range scenes {
		if t.err != nil {
			return
		}
		t.day = hr.MustDate(s.day)
		t.now = t.day.At(hr.MustTimeOfDay("18:00"), t.zone)
		s.play(t)
	}
}

// cmd is a command of an actor. Ids are counted, so that the story is the same each time.
func (t *tale) cmd(by hr.Actor, why string) hr.Command {
	t.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprint("c", t.n)), Actor: by, Purpose: "a working life", Reason: why}
}

func (t *tale) view() hr.View { return hr.View{Actor: hrDesk, Purpose: "a working life"} }

// do does something that the timeline does not tell by itself.
func (t *tale) do(by hr.Actor, fn func(hr.Command) error) {
	if t.err == nil {
		if err := fn(t.cmd(by, "")); err != nil {
			t.err = fmt.Errorf("%s: %w", t.day, err)
		}
	}
}

// tell does something and tells it: the state before and after, and what the terms of the day on say that they did not say before.
func (t *tale) tell(by hr.Actor, what string, on hr.Date, fn func(hr.Command) error) {
	if t.err != nil {
		return
	}
	was, before := t.stands(on)
	if err := fn(t.cmd(by, what)); err != nil {
		t.err = fmt.Errorf("%s: %s: %w", t.day, what, err)
		return
	}
	state, after := t.stands(on)
	t.lines = append(t.lines, told{day: t.day, what: what, was: was, state: state, by: by.ID, notes: differences(on, t.day, before, after)})
}

// refused does what must not pass, and tells why it did not.
func (t *tale) refused(by hr.Actor, what string, fn func(hr.Command) error) {
	if t.err != nil {
		return
	}
	faults := hr.FieldErrors(fn(t.cmd(by, what)))
	if len(faults) == 0 {
		t.err = fmt.Errorf("%s: %s: was to be refused", t.day, what)
		return
	}
	reasons := make([]string, len(faults))
	for i, f := range faults {
		reasons[i] = strings.TrimPrefix(f.Reason, "cannot be settled: ")
	}
	t.lines = append(t.lines, told{day: t.day, what: what, by: by.ID, notes: []string{"refused: " + strings.Join(reasons, "; ")}})
}

// note adds to what was told last.
func (t *tale) note(format string, args ...any) {
	if t.err == nil {
		last := &t.lines[len(t.lines)-1]
		last.notes = append(last.notes, fmt.Sprintf(format, args...))
	}
}

// stands returns the state of today and the terms of a day.
func (t *tale) stands(on hr.Date) (lifecycle.State, hr.Terms) {
	e, err := t.people.Employment(t.ctx, t.view(), kavita.Employee)
	if err != nil {
		return "", hr.Terms{} // nobody yet
	}
	terms, err := t.people.TermsOf(t.ctx, t.view(), []hr.Pin{{Employee: kavita.Employee}}, hr.Period{From: on, Through: on})
	if err != nil {
		return e.State, hr.Terms{}
	}
	held, _ := terms[0].At(on)
	return e.State, held
}

// monthly is what the pay terms come to.
func monthly(terms hr.Terms) decimal.Decimal {
	sum := decimal.Zero
	for _, p := range terms.Pay {
		sum = sum.Add(p.Amount)
	}
	return sum
}

// differences says what the terms of a day say now and did not say before.
func differences(on, today hr.Date, before, after hr.Terms) (notes []string) {
	from := ""
	if on != today {
		from = ", from " + long(on)
	}
	if after.Entity == "" {
		return nil
	}
	for _, x := range [][3]string{
		{"company", before.Entity, after.Entity},
		{"place", before.Place, after.Place},
		{"position", before.Position, after.Position},
		{"grade", before.Grade, after.Grade},
	} {
		if x[1] != x[2] {
			notes = append(notes, x[0]+" "+change(x[1], x[2]))
		}
	}
	if len(notes) > 0 {
		notes = []string{strings.Join(notes, ", ") + from}
	}
	if was, is := monthly(before), monthly(after); !was.Equal(is) {
		text := rupees(is)
		if !was.IsZero() {
			text = change(rupees(was), rupees(is))
		}
		notes = append(notes, "pay "+text+" a month"+from)
	}
	a, _ := lifecycle.StandingOf(before)
	b, err := lifecycle.StandingOf(after)
	if err == nil && before.Entity != "" && !a.Share.Equal(b.Share) {
		hundred := decimal.NewFromInt(100)
		share := change(a.Share.Mul(hundred).String()+" %", b.Share.Mul(hundred).String()+" %")
		notes = append(notes, "of the pay of "+rupees(monthly(after))+" a month goes on: "+share+from)
	}
	return notes
}

func change(was, is string) string {
	if was == "" {
		return is
	}
	return was + " → " + is
}
