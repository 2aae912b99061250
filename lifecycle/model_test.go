package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// The model keeps one value a day, and after every step works all of it out again from the list of what was done and not taken back.
// It shares nothing with the code under test but the words.

const horizon = 24 // days of the model; the last one stands for all that follow

var dayOne = hr.MustDate("2026-03-01")

type desk struct {
	grade, department string
	basic             int64
}

type patch struct {
	grade, department string // empty: stays
	basic             int64  // 0: stays
}

func (p patch) on(d desk) desk {
	if p.grade != "" {
		d.grade = p.grade
	}
	if p.department != "" {
		d.department = p.department
	}
	if p.basic != 0 {
		d.basic = p.basic
	}
	return d
}

type deed struct {
	hire, exit    bool
	from, through int // through -1: until the next step
	onward        bool
	patch         patch
	undoes        int // the deed that this one takes back; -1: none
	id            string
	stands        bool // is not taken back
}

type model struct{ deeds []deed }

func (m *model) days() [horizon]*desk {
	var out [horizon]*desk
	for _, d := range m.deeds {
		switch {
		case !d.stands || d.undoes >= 0:
		case d.hire:
			for i := d.from; i < horizon; i++ {
				out[i] = &desk{grade: "G1", department: "Ops", basic: 100}
			}
		case d.exit:
			for i := d.from; i < horizon; i++ {
				out[i] = nil
			}
		default:
			end := d.end(out) // before the first day changes, which it is read from
			for i := d.from; i <= end; i++ {
				made := d.patch.on(*out[i])
				out[i] = &made
			}
		}
	}
	return out
}

func (d deed) end(known [horizon]*desk) int {
	switch {
	case d.onward:
		return lastDay(known)
	case d.through >= 0:
		return d.through
	}
	held := *known[d.from]
	for i := d.from; i < horizon; i++ {
		if known[i] == nil || *known[i] != held {
			return i - 1
		}
	}
	return horizon - 1
}

func lastDay(known [horizon]*desk) int {
	last := 0
	for i, d := range known {
		if d != nil {
			last = i
		}
	}
	return last
}

// meant is a change as it will be remembered: what it set to the value that was there already does not count, and an end
// that is where it would have ended anyway is no end of its own.
func (m *model) meant(d deed) deed {
	known := m.days()
	through := d.end(known)
	var sets patch
	for i := d.from; i <= through; i++ {
		if d.patch.grade != known[i].grade {
			sets.grade = d.patch.grade
		}
		if d.patch.department != known[i].department {
			sets.department = d.patch.department
		}
		if d.patch.basic != known[i].basic {
			sets.basic = d.patch.basic
		}
	}
	d.patch = sets
	plain := deed{from: d.from, through: -1}
	switch through {
	case plain.end(known):
		d.through, d.onward = -1, false
	case lastDay(known):
		d.through, d.onward = -1, true
	}
	return d
}

// settle works out which deeds stand: from the newest back, for what takes another back may itself be taken back.
func (m *model) settle() {
	for i := range m.deeds {
		m.deeds[i].stands = true
	}
	for i := len(m.deeds) - 1; i >= 0; i-- {
		if d := m.deeds[i]; d.stands && d.undoes >= 0 {
			m.deeds[d.undoes].stands = false
		}
	}
}

// TestTermsAgainstDays drives random hires, changes, withdrawals, withdrawals of withdrawals and exits, and after each requires of every
// day that the terms are those of the model: so there are none outside the employment, no gap inside it, what is known for later is not
// overwritten, and a change that was withdrawn has left nothing behind. At the end every earlier answer is asked again and must be the same,
// and the changes since then must be exactly the days on which it differs from today's.
func TestTermsAgainstDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(hr.AllowAll)
		m := &model{}
		start := rapid.IntRange(1, 4).Draw(t, "start")
		hire := joiner("E1", dayOne.Add(start).String())
		hire.Terms.Grade, hire.Terms.Pay[0].Amount = "G1", rupees(100)
		h.hire(t, hire)
		require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
		m.deeds = append(m.deeds, deed{hire: true, from: start, undoes: -1, stands: true})
		var answers []days
		check := func(t *rapid.T) {
			known := m.days()
			require.Equal(t, describe(known), asked(h, t, 0))
			for head := int(h.head(t, "E1")); len(answers) < head; {
				answers = append(answers, describe(known))
			}
		}
		check(t)
		t.Repeat(map[string]func(*rapid.T){
			"": check,
			"change": func(t *rapid.T) {
				known := m.days()
				d := deed{undoes: -1, stands: true, from: rapid.IntRange(start, lastDay(known)).Draw(t, "from"), through: -1}
				d.patch = patch{
					grade:      rapid.SampledFrom([]string{"", "G1", "G2"}).Draw(t, "grade"),
					department: rapid.SampledFrom([]string{"", "Ops", "Lab"}).Draw(t, "department"),
					basic:      rapid.SampledFrom([]int64{0, 100, 200, 300}).Draw(t, "basic"),
				}
				if d.patch == (patch{}) {
					t.Skip("names nothing")
				}
				c := lifecycle.TermsChange{From: dayOne.Add(d.from), Set: hr.Terms{Grade: d.patch.grade, Department: d.patch.department}}
				if d.patch.basic != 0 {
					c.Set.Pay = []hr.PayTerm{{Name: "basic", Amount: rupees(d.patch.basic)}}
				}
				switch rapid.IntRange(0, 2).Draw(t, "end") {
				case 1:
					d.onward, c.Onward = true, true
				case 2:
					if last := lastDay(known); d.from < last && last < horizon-1 || d.from < horizon-2 && last == horizon-1 {
						d.through = rapid.IntRange(d.from, min(last, horizon-2)).Draw(t, "through")
						c.Through = dayOne.Add(d.through)
					}
				}
				id, err := h.ChangeTerms(h.ctx, h.cmd(), "E1", c)
				require.NoError(t, err)
				d = m.meant(d)
				d.id = id
				m.deeds = append(m.deeds, d)
				m.settle()
			},
			"withdraw": func(t *rapid.T) {
				var can []int
				for i, d := range m.deeds {
					if d.stands && !d.hire && !d.exit {
						can = append(can, i)
					}
				}
				if len(can) == 0 {
					t.Skip("nothing to withdraw")
				}
				i := rapid.SampledFrom(can).Draw(t, "which")
				id, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", m.deeds[i].id)
				require.NoError(t, err)
				m.deeds = append(m.deeds, deed{undoes: i, id: id, stands: true})
				m.settle()
			},
			"exit": func(t *rapid.T) {
				if lastDay(m.days()) < horizon-1 || rapid.IntRange(0, 4).Draw(t, "rarely") > 0 {
					t.Skip("has left already, or not now")
				}
				last := rapid.IntRange(start, horizon-2).Draw(t, "last day")
				require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", dayOne.Add(last), "resigned"))
				m.deeds = append(m.deeds, deed{exit: true, from: last + 1, undoes: -1, stands: true})
			},
			"refused": func(t *rapid.T) {
				last := lastDay(m.days())
				_, err := h.ChangeTerms(h.ctx, h.cmd(), "E1", raise(dayOne.Add(start-1).String(), 500))
				require.Equal(t, []string{"from lifecycle.terms.outside_employment"}, faults(err))
				if last < horizon-1 {
					c := raise(dayOne.Add(start).String(), 500)
					c.Through = dayOne.Add(last + 1)
					_, err := h.ChangeTerms(h.ctx, h.cmd(), "E1", c)
					require.Equal(t, []string{"through lifecycle.terms.outside_employment"}, faults(err))
				}
			},
		})
		today := describe(m.days())
		for i, was := range answers {
			k := hr.Seq(i + 1)
			require.Equal(t, was, asked(h, t, k), "the answer as known at %d has moved", k)
			changes, err := h.Changes(h.ctx, view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: k}}})
			require.NoError(t, err)
			var differ, changed [horizon]bool
			for d := range today {
				differ[d] = was[d] != today[d]
			}
			for _, c := range changes {
				require.Greater(t, c.Cause.Seq, k, "a cause is learnt later")
				for d := range changed {
					changed[d] = changed[d] || c.Period.Contains(dayOne.Add(d))
				}
			}
			require.Equal(t, differ, changed, "the changes since %d", k)
		}
	})
}

// days says what holds on each day; "" where there is no employment.
type days [horizon]string

func describe(known [horizon]*desk) (out days) {
	for i, d := range known {
		if d != nil {
			out[i] = fmt.Sprintf("%s %s %d", d.grade, d.department, d.basic)
		}
	}
	return out
}

// asked describes the terms that the service answers, day by day; far behind the horizon they must be those of its last day.
func asked(h *house, t require.TestingT, k hr.Seq) days {
	line := h.terms(t, "E1", k)
	at := func(d hr.Date) *desk {
		terms, ok := line.At(d)
		if !ok {
			return nil
		}
		basic, _ := terms.Amount("basic")
		return &desk{terms.Grade, terms.Department, basic.IntPart()}
	}
	var out [horizon]*desk
	for i := range out {
		out[i] = at(dayOne.Add(i))
	}
	require.Equal(t, out[horizon-1], at(dayOne.Add(5000)))
	require.Nil(t, at(dayOne.Add(-1)))
	return describe(out)
}
