package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

func unit(id, parent string, head hr.EmployeeID) lifecycle.Part {
	return lifecycle.Part{Unit: lifecycle.Unit{ID: id, Name: id, Parent: parent, Head: head}}
}

func position(id, unit, above string, seats int) lifecycle.Part {
	return lifecycle.Part{Position: lifecycle.Position{ID: id, Title: id, Unit: unit, Seats: seats, ReportsTo: above, Budget: hr.MustMoney("1200000.00", "INR")}}
}

func since(from string, parts ...lifecycle.Part) (list []lifecycle.PartChange) {
	for _, p := range parts {
		list = append(list, lifecycle.PartChange{Period: hr.Period{From: day(from)}, Part: p})
	}
	return list
}

// organised is a house with an organisation over memory.
func organised(policy hr.Policy) *house {
	h := newHouse(policy)
	h.Structure, h.Delegations, h.Checklists = h.db, h.db, h.db
	return h
}

func (h *house) organise(t require.TestingT, changes ...lifecycle.PartChange) {
	_, err := h.Organise(h.ctx, h.cmd(), changes...)
	require.NoError(t, err)
}

func (h *house) org(t require.TestingT, k hr.Seq) lifecycle.Organisation {
	o, err := h.Organisation(h.ctx, view.At(hr.Known{Rules: k}))
	require.NoError(t, err)
	return o
}

// A unit moves under another from July, a third is ended; what was known before stays an answer.
func TestTheOrganisationByDate(t *testing.T) {
	h := organised(hr.AllowAll)
	h.organise(t, since("2026-01-01", lifecycle.Part{Entity: lifecycle.LegalEntity{ID: "ACME-IN", Country: "IN", Currency: "INR"}},
		unit("board", "", ""), unit("ops", "board", ""), unit("lab", "board", ""), unit("old", "ops", ""))...)
	h.organise(t, since("2026-07-01", unit("lab", "ops", ""))...)
	h.organise(t, lifecycle.PartChange{Period: hr.Period{From: day("2026-08-01")}, Part: unit("old", "", ""), Ends: true})
	above := func(o lifecycle.Organisation, unit, on string) (ids []string) {
		for _, u := range o.Above(unit, day(on)) {
			ids = append(ids, u.ID)
		}
		return ids
	}
	o := h.org(t, 0)
	require.Equal(t, []string{"lab", "board"}, above(o, "lab", "2026-06-30"))
	require.Equal(t, []string{"lab", "ops", "board"}, above(o, "lab", "2026-07-01"))
	require.Equal(t, []string{"lab", "board"}, above(h.org(t, 1), "lab", "2026-07-01"), "as known before the move")
	require.Len(t, o.Units(day("2026-07-31")), 4)
	require.Len(t, o.Units(day("2026-08-01")), 3)
	_, there := o.Unit("old", day("2026-08-01"))
	require.False(t, there)
	known, err := h.Organise(h.ctx, h.cmd(), since("2026-09-01", position("head", "board", "", 1), position("chef", "ops", "head", 1), position("cook", "ops", "chef", 1))...)
	require.NoError(t, err)
	require.Equal(t, hr.Seq(4), known, "the fourth that is known of the organisation")
	require.Equal(t, []string{"lifecycle.organised "}, h.events(t)[3:])
	var up []string
	for _, p := range h.org(t, 0).PositionsAbove("cook", day("2026-09-01")) {
		up = append(up, p.ID)
	}
	require.Equal(t, []string{"chef", "head"}, up)
	entity, there := o.LegalEntity("ACME-IN", day("2026-08-01"))
	require.True(t, there)
	require.Equal(t, "IN", entity.Country)
}

func TestAnOrganisationIsRefusedWithAllItsFaults(t *testing.T) {
	h := organised(hr.AllowAll)
	h.hire(t, joiner("boss", "2026-01-01"))
	h.organise(t, since("2026-01-01", unit("board", "", "boss"), unit("ops", "board", ""), unit("lab", "ops", ""), position("cook", "ops", "", 2), position("chef", "ops", "", 1))...)
	before := h.org(t, 0)
	for name, c := range map[string]struct {
		changes []lifecycle.PartChange
		want    []string
	}{
		"nothing":      {nil, []string{"changes lifecycle.organisation.part"}},
		"two in one":   {since("2026-05-01", lifecycle.Part{Unit: lifecycle.Unit{ID: "x"}, Position: lifecycle.Position{ID: "x", Unit: "ops"}}), []string{"changes[0].part lifecycle.organisation.part"}},
		"without days": {[]lifecycle.PartChange{{Part: unit("x", "", "")}}, []string{"changes[0].period lifecycle.organisation.period"}},
		"a circle of units": {
			since("2026-05-01", unit("board", "lab", "boss")),
			[]string{"changes[0].part.unit.parent lifecycle.organisation.cycle", "changes.unit.parent lifecycle.organisation.cycle"},
		},
		"its own parent":           {since("2026-05-01", unit("board", "board", "boss")), []string{"changes[0].part.unit.parent lifecycle.organisation.cycle", "changes.unit.parent lifecycle.organisation.cycle"}},
		"a circle of positions":    {since("2026-05-01", position("cook", "ops", "chef", 2), position("chef", "ops", "cook", 1)), []string{"changes[1].part.position.reports_to lifecycle.organisation.cycle", "changes[0].part.position.reports_to lifecycle.organisation.cycle"}},
		"a parent that is nowhere": {since("2026-05-01", unit("x", "y", "")), []string{"changes[0].part.unit.parent lifecycle.organisation.unknown"}},
		"below no position":        {since("2026-05-01", position("x", "ops", "y", 1)), []string{"changes[0].part.position.reports_to lifecycle.organisation.unknown"}},
		"below itself":             {since("2026-05-01", position("cook", "ops", "cook", 2)), []string{"changes[0].part.position.reports_to lifecycle.organisation.cycle"}},
		"a parent that is not yet": {since("2025-12-31", unit("x", "board", "")), []string{"changes[0].part.unit.parent lifecycle.organisation.unknown"}},
		"a unit under others ends": {
			[]lifecycle.PartChange{{Period: hr.Period{From: day("2026-09-01")}, Part: unit("ops", "", ""), Ends: true}},
			[]string{"changes.unit.parent lifecycle.organisation.unknown", "changes.position.unit lifecycle.organisation.unknown"},
		},
		"a head who is nobody":      {since("2026-05-01", unit("x", "", "nobody")), []string{"changes[0].part lifecycle.manager.unknown"}},
		"a dotted line to oneself":  {since("2026-05-01", lifecycle.Part{Dotted: lifecycle.DottedLine{ID: "d", Employee: "boss", To: "boss"}}), []string{"changes[0].part.dotted lifecycle.organisation.dotted_line"}},
		"less than nobody":          {since("2026-05-01", position("cook", "ops", "", -1)), []string{"changes[0].part.position lifecycle.organisation.seats"}},
		"an entity that is nowhere": {since("2026-05-01", lifecycle.Part{Unit: lifecycle.Unit{ID: "x", Entity: "E"}}), []string{"changes[0].part.unit.entity lifecycle.organisation.unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Organise(h.ctx, h.cmd(), c.changes...)
			require.Subset(t, faults(err), c.want)
			require.NotEmpty(t, c.want)
			require.Equal(t, before, h.org(t, 0), "nothing has changed")
		})
	}
}

// Whatever moves under whatever, on whatever days: on every day every unit has one way up, without meeting itself, to the top.
func TestUnitsAreATreeOnEveryDay(t *testing.T) {
	ids := []string{"a", "b", "c", "d"}
	rapid.Check(t, func(t *rapid.T) {
		h := organised(hr.AllowAll)
		h.organise(t, since("2026-01-01", unit("a", "", ""), unit("b", "a", ""), unit("c", "a", ""), unit("d", "c", ""))...)
		refused := 0
		for range rapid.IntRange(1, 8).Draw(t, "moves") {
			from := rapid.IntRange(0, 20).Draw(t, "from")
			p := hr.Period{From: day("2026-01-01").Add(from)}
			if rapid.Bool().Draw(t, "ends") {
				p.Through = p.From.Add(rapid.IntRange(0, 10).Draw(t, "for"))
			}
			part := unit(rapid.SampledFrom(ids).Draw(t, "unit"), rapid.SampledFrom(append([]string{""}, ids...)).Draw(t, "parent"), "")
			if _, err := h.Organise(h.ctx, h.cmd(), lifecycle.PartChange{Period: p, Part: part}); err != nil {
				refused++
			}
		}
		o := h.org(t, 0)
		for d := range 32 {
			on := day("2026-01-01").Add(d)
			parent := map[string]string{}
			for _, u := range o.Units(on) {
				parent[u.ID] = u.Parent
			}
			for _, id := range ids { // the dumb way: as many steps as there are units lead out
				at := id
				for range ids {
					at = parent[at]
				}
				require.Empty(t, at, "on %s %s has no way to the top", on, id)
			}
		}
	})
}

// Two cooks are planned. One is there, one comes in May, and the third is refused wherever they come from; nothing is changed.
func TestHeadcountIsNeverExceeded(t *testing.T) {
	h := organised(hr.AllowAll)
	h.organise(t, since("2026-01-01", unit("ops", "", ""), position("cook", "ops", "", 2), position("chef", "ops", "", 1))...)
	in := func(id hr.EmployeeID, start, position string) hr.Hire {
		j := joiner(id, start)
		j.Terms.Position = position
		return j
	}
	h.hire(t, in("E1", "2026-01-01", "cook"))
	h.hire(t, in("E2", "2026-05-01", "cook"))
	h.hire(t, in("E3", "2026-01-01", ""))
	count := func(on string, offered map[string]int) lifecycle.Headcount {
		rows, err := h.Headcount(h.ctx, view, day(on), offered, "cook")
		require.NoError(t, err)
		require.Len(t, rows, 1)
		return rows[0]
	}
	row := count("2026-04-30", nil)
	require.Equal(t, [4]int{2, 1, 1, 0}, [4]int{row.Seats, row.Occupied, row.Coming, row.Free})
	row = count("2026-05-01", map[string]int{"cook": 1})
	require.Equal(t, [5]int{2, 2, 0, 1, -1}, [5]int{row.Seats, row.Occupied, row.Coming, row.Offered, row.Free})
	before := h.state(t)
	_, err := h.Hire(h.ctx, h.cmd(), in("E4", "2026-03-01", "cook"))
	require.Equal(t, []string{"terms.position lifecycle.headcount"}, faults(err))
	require.ErrorContains(t, err, "on 2026-05-01 position cook would hold 3 of 2")
	_, err = h.ChangeTerms(h.ctx, h.cmd(), "E3", lifecycle.TermsChange{From: day("2026-06-01"), Set: hr.Terms{Position: "cook"}})
	require.Equal(t, []string{"set.position lifecycle.headcount"}, faults(err))
	_, err = h.Organise(h.ctx, h.cmd(), since("2026-06-01", position("cook", "ops", "", 1))...)
	require.Equal(t, []string{"changes lifecycle.headcount"}, faults(err))
	require.Equal(t, before, h.state(t))
	// Until the second cook comes there is room, and a raise of somebody who has a seat asks for none.
	h.change(t, "E3", lifecycle.TermsChange{From: day("2026-02-01"), Through: day("2026-04-30"), Set: hr.Terms{Position: "cook"}})
	h.change(t, "E1", raise("2026-03-01", 50000))

	free, err := h.FreeSeats(h.ctx, view, "ops", "chef", day("2026-06-01"))
	require.NoError(t, err)
	require.Equal(t, 1, free)
	_, err = h.FreeSeats(h.ctx, view, "lab", "chef", day("2026-06-01"))
	require.Equal(t, []string{"position lifecycle.organisation.unknown"}, faults(err))
	// E1 leaves at the end of June and E4 comes on 1 July: on no day from June on is a seat of the two free, nor is one too few.
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	h.Checklists = nil
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-06-30"), "resigned"))
	h.hire(t, in("E4", "2026-07-01", "cook"))
	row = count("2026-06-01", nil)
	require.Equal(t, [4]int{2, 2, 1, 0}, [4]int{row.Seats, row.Occupied, row.Coming, row.Free})

	vacant, err := h.Vacant(h.ctx, view, day("2026-06-01"), nil)
	require.NoError(t, err)
	require.Len(t, vacant, 1)
	require.Equal(t, "chef", vacant[0].Position)
	rows, err := h.Headcount(h.ctx, view, day("2026-06-01"), map[string]int{"chef": 1})
	require.NoError(t, err)
	units := lifecycle.ByUnit(rows)
	require.Len(t, units, 1)
	require.Equal(t, lifecycle.UnitHeadcount{Unit: "ops", Seats: 3, Occupied: 2, Coming: 1, Offered: 1, Budget: units[0].Budget}, units[0])
	require.True(t, units[0].Budget[0].Equal(hr.MustMoney("2400000.00", "INR")))
}

// Sixteen are hired at once into a position with three seats: three are.
func TestTheLastSeatUnderConcurrency(t *testing.T) {
	h := organised(hr.AllowAll)
	h.organise(t, since("2026-01-01", unit("ops", "", ""), position("cook", "ops", "", 3))...)
	done := make(chan error)
	for i := range 16 {
		cmd := hr.Command{ID: hr.CommandID(fmt.Sprint("hire", i)), Actor: view.Actor}
		go func() {
			j := joiner(hr.EmployeeID(fmt.Sprint("E", i)), "2026-02-01")
			j.Terms.Position = "cook"
			_, err := h.Hire(h.ctx, cmd, j)
			done <- err
		}()
	}
	hired := 0
	for range 16 {
		if err := <-done; err == nil {
			hired++
		} else {
			require.Equal(t, []string{"terms.position lifecycle.headcount"}, faults(err))
		}
	}
	require.Equal(t, 3, hired)
}

func TestDelegations(t *testing.T) {
	h := organised(hr.AllowAll)
	line(t, h, "low", "mid", "top")
	h.hire(t, joiner("del", "2026-01-01"))
	week := hr.MustPeriod("2026-10-26..2026-11-06")
	id, err := h.Delegate(h.ctx, h.cmd(), lifecycle.Delegation{From: "mid", To: "del", Kinds: []string{"leave.*"}}, week)
	require.NoError(t, err)
	kit := lifecycle.Reporting{Facts: h.db, Delegations: h.db, Now: h.Kit.Now}
	relations, err := kit.Relations(h.ctx, hr.Actor{ID: "del", Employee: "del"}, "low", "mid", "del")
	require.NoError(t, err)
	require.Equal(t, []hr.Relation{{Kind: hr.RelationDelegate, To: "low", Lent: []string{"leave.*"}}}, relations)

	for name, c := range map[string]struct {
		d    lifecycle.Delegation
		p    hr.Period
		want []string
	}{
		"to oneself":          {lifecycle.Delegation{From: "mid", To: "mid"}, week, []string{"to lifecycle.delegation"}},
		"to nobody, for good": {lifecycle.Delegation{From: "mid", To: "x"}, hr.MustPeriod("2026-10-26.."), []string{"to lifecycle.delegation", "period lifecycle.delegation"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Delegate(h.ctx, h.cmd(), c.d, c.p)
			require.ElementsMatch(t, c.want, faults(err))
		})
	}
	lent := func() []hr.Entry[lifecycle.Delegation] {
		list, err := h.DelegationsOf(h.ctx, view, "mid")
		require.NoError(t, err)
		return list
	}
	require.Equal(t, []string{"id lifecycle.delegation"}, faults(h.EndDelegation(h.ctx, h.cmd(), "mid", id, day("2026-11-07"))))
	require.NoError(t, h.EndDelegation(h.ctx, h.cmd(), "mid", id, day("2026-10-30")))
	require.Len(t, lent(), 1)
	require.Equal(t, "2026-10-26..2026-10-30", lent()[0].Period.String())
	relations, err = kit.Relations(h.ctx, hr.Actor{ID: "del", Employee: "del"}, "low")
	require.NoError(t, err)
	require.Empty(t, relations, "the clock says the 31st")
	require.NoError(t, h.EndDelegation(h.ctx, h.cmd(), "mid", lent()[0].ID, hr.Date{}))
	require.Empty(t, lent())
}
