package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

var legacy = hr.Source{Title: "OldHR", Dated: day("2026-09-30")}

// moved is the terms of a joiner with another department, manager and basic pay.
func moved(department string, manager hr.EmployeeID, basic int64) hr.Terms {
	t := joiner("", "2026-01-01").Terms
	t.Department, t.Manager, t.Pay[0].Amount = department, manager, rupees(basic)
	return t
}

// arrivals are three rows that do not come in the order of their ids, and of which a later one manages the first.
func arrivals() []lifecycle.Arrival {
	zoe, anil, mira := joiner("E9", "2024-04-01"), joiner("E1", "2025-01-06"), joiner("E5", "2026-02-02")
	zoe.Person.Name, anil.Person.Name, mira.Person.Name = "Zoe", "Anil", "Mira"
	zoe.Terms.Pay[0].Amount, anil.Terms.Pay[0].Amount, mira.Terms.Pay[0].Amount = rupees(9), rupees(1), rupees(5)
	zoe.Terms.Manager = "E1"
	return []lifecycle.Arrival{
		{
			Hire: zoe, Joined: true, Confirmed: day("2024-10-01"), Source: legacy,
			Later: []lifecycle.TermsStep{{From: day("2025-04-01"), Terms: moved("Lab", "E1", 90)}, {From: day("2026-04-01"), Terms: moved("Lab", "E1", 900)}},
		},
		{Hire: anil, Joined: true, LastDay: day("2026-06-30"), Reason: "retired", Source: legacy},
		{Hire: mira, Source: legacy},
	}
}

func TestImportGivesEachRowItsOwn(t *testing.T) {
	h := newHouse(hr.AllowAll)
	ids, err := h.Import(h.ctx, h.cmd(), arrivals())
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{"E9", "E1", "E5"}, ids, "in row order")
	people, err := h.People(h.ctx, view, ids...)
	require.NoError(t, err)
	require.Equal(t, []string{"Zoe", "Anil", "Mira"}, []string{people[0].Name, people[1].Name, people[2].Name})

	for _, c := range []struct {
		emp       hr.EmployeeID
		on, basic string
	}{
		{"E9", "2024-03-31", ""},
		{"E9", "2024-04-01", "9"},
		{"E9", "2025-03-31", "9"},
		{"E9", "2025-04-01", "90"},
		{"E9", "2026-03-31", "90"},
		{"E9", "2026-04-01", "900"},
		{"E1", "2026-06-30", "1"},
		{"E1", "2026-07-01", ""},
		{"E5", "2026-02-01", ""},
		{"E5", "2036-02-02", "5"},
	} {
		require.Equal(t, c.basic, h.basic(t, c.emp, c.on), "%s on %s", c.emp, c.on)
	}
	states := map[hr.EmployeeID]lifecycle.State{}
	for _, id := range ids {
		e, err := h.Employment(h.ctx, view, id)
		require.NoError(t, err)
		states[id] = e.State
	}
	require.Equal(t, map[hr.EmployeeID]lifecycle.State{"E9": lifecycle.Confirmed, "E1": lifecycle.Exited, "E5": lifecycle.Preboarding}, states)

	history, err := h.TermsHistory(h.ctx, view, "E9")
	require.NoError(t, err)
	for _, e := range history.Entries() {
		require.Equal(t, legacy, e.Source, "the date of the earlier system is kept")
		require.True(t, e.Recorded.Equal(noon), "and it is learnt now")
	}
	// Each later step is a change of its own: without the first of them, the pay before it goes on until the second.
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E9", history.Entries()[1].ID)
	require.NoError(t, err)
	require.Equal(t, []string{"9", "900"}, []string{h.basic(t, "E9", "2026-03-31"), h.basic(t, "E9", "2026-04-01")})
	require.Equal(t, []string{
		"lifecycle.hire E9", "lifecycle.join E9", "lifecycle.confirm E9",
		"lifecycle.hire E1", "lifecycle.join E1", "lifecycle.exit E1",
		"lifecycle.hire E5", "lifecycle.terms E9",
	}, h.events(t))
}

// Whatever the order of the rows, everybody has on every day what the last step before it says.
func TestImportInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []lifecycle.Arrival
		for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(10, 99), 1, 6, rapid.ID).Draw(t, "ids") {
			row := lifecycle.Arrival{Hire: joiner(hr.EmployeeID(fmt.Sprint("E", id)), "2026-01-01"), Joined: true}
			row.Hire.Person.Name = fmt.Sprint("person ", id)
			row.Hire.Terms.Pay[0].Amount = rupees(int64(id))
			for _, n := range slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.IntRange(1, 30), 0, 4, rapid.ID).Draw(t, "steps"))) {
				row.Later = append(row.Later, lifecycle.TermsStep{From: day("2026-01-01").Add(n), Terms: moved("Lab", "", int64(100*id+n))})
			}
			if len(rows) > 0 && rapid.Bool().Draw(t, "managed") {
				row.Hire.Terms.Manager = rows[0].Hire.Employee
			}
			rows = append(rows, row)
		}
		rows = rapid.Permutation(rows).Draw(t, "order")
		h := newHouse(hr.AllowAll)
		ids, err := h.Import(h.ctx, h.cmd(), rows)
		require.NoError(t, err)
		for i, row := range rows {
			require.Equal(t, row.Hire.Employee, ids[i])
			e, err := h.Employment(h.ctx, view, ids[i])
			require.NoError(t, err)
			require.Equal(t, row.Hire.Person, e.Person)
			line := h.terms(t, ids[i], 0)
			for n := range 40 {
				want := row.Hire.Terms
				for _, s := range row.Later {
					if !s.From.After(day("2026-01-01").Add(n)) {
						want = s.Terms
					}
				}
				got, _ := line.At(day("2026-01-01").Add(n))
				require.Equal(t, want, got)
			}
		}
	})
}

func TestImportMakesIDsAndRetries(t *testing.T) {
	h := newHouse(func(a hr.Ask) hr.Verdict {
		require.Empty(t, a.Subjects, "who has no id yet is nobody one could ask about")
		return hr.Verdict{Allow: true}
	})
	rows := []lifecycle.Arrival{{Hire: joiner("", "2026-01-01")}, {Hire: joiner("", "2026-01-02")}}
	cmd := h.cmd()
	ids, err := h.Import(h.ctx, cmd, rows)
	require.NoError(t, err)
	require.Len(t, ids, 2)
	require.NotEqual(t, ids[0], ids[1])
	again, err := h.Import(h.ctx, cmd, rows)
	require.NoError(t, err)
	require.Equal(t, ids, again)
	require.Len(t, h.events(t), 2)
}

func TestImportReportsEveryRowAndWritesNone(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E7", "2026-01-01"))
	before := h.state(t)
	rows := arrivals()
	rows[0].Hire.Terms.Currency = "Rs"
	rows[0].Later[0].Terms.Entity = ""
	rows[0].Later[0].Terms.Pay[0].Amount = rupees(-4242)
	rows[0].Later[1].From = rows[0].Later[0].From
	rows[1].Joined, rows[1].Confirmed = false, day("2025-01-05")
	rows[1].LastDay, rows[1].Later = day("2025-01-05"), []lifecycle.TermsStep{{Terms: moved("Ops", "", 2)}, {From: day("2025-02-01"), Terms: moved("Ops", "", 2)}}
	rows[2].Hire.Person.Name, rows[2].Hire.Employee = "", "E7"
	rows = append(rows, lifecycle.Arrival{Hire: joiner("E9", "2026-01-01")})
	_, err := h.Import(h.ctx, h.cmd(), rows)
	require.Equal(t, []string{
		"rows[0].hire.terms.currency lifecycle.terms.currency",
		"rows[0].later[0].terms.entity lifecycle.terms.entity",
		"rows[0].later[0].terms.pay[0].amount lifecycle.terms.pay_amount",
		"rows[0].later[1].from lifecycle.terms.from",
		"rows[1].state lifecycle.employment.transition", // confirmed without having come
		"rows[1].state lifecycle.employment.transition", // nor can they leave
		"rows[1].confirmed lifecycle.employment.confirm",
		"rows[1].last_day lifecycle.exit.last_day",
		"rows[1].later[0].from lifecycle.terms.from",
		"rows[1].later[1].from lifecycle.terms.outside_employment",
		"rows[2].hire.employee lifecycle.hire.duplicate",
		"rows[2].hire.person.name lifecycle.person.name",
		"rows[3].hire.employee lifecycle.hire.duplicate",
	}, faults(err), err)
	require.ErrorIs(t, err, hr.ErrDuplicate)
	require.ErrorContains(t, err, "rows[1].later[0].from: is required")
	require.NotContains(t, err.Error(), "4242")
	require.Equal(t, before, h.state(t))
}

func TestImportLooksAtTheLinesOfManagers(t *testing.T) {
	h := newHouse(hr.AllowAll)
	rows := arrivals()
	rows[1].Later = []lifecycle.TermsStep{{From: day("2026-05-01"), Terms: moved("Ops", "E5", 1)}}
	rows[2].Hire.Terms.Manager = "E9" // E9 has E1, who from May on has E5
	before := h.state(t)
	_, err := h.Import(h.ctx, h.cmd(), rows)
	circle := " lifecycle.manager.cycle"
	require.Equal(t, []string{"rows[0].hire.terms.manager" + circle, "rows[1].hire.terms.manager" + circle, "rows[2].hire.terms.manager" + circle}, faults(err), err)
	require.ErrorContains(t, err, "on 2026-05-01 they would stand above themselves")
	rows[2].Hire.Terms.Manager = "nobody"
	_, err = h.Import(h.ctx, h.cmd(), rows)
	require.Equal(t, []string{"rows[2].hire.terms.manager lifecycle.manager.unknown"}, faults(err), err)
	require.Equal(t, before, h.state(t))
	// Once E1 has left, E5 may stand where they stood.
	rows[1].Later, rows[2].Hire.Terms.Manager = nil, "E9"
	_, err = h.Import(h.ctx, h.cmd(), rows)
	require.NoError(t, err)
	c := lifecycle.TermsChange{From: day("2026-07-01"), Set: hr.Terms{Manager: "E5"}}
	_, err = h.ChangeTerms(h.ctx, h.cmd(), "E9", c)
	require.Equal(t, []string{"set.manager lifecycle.manager.cycle"}, faults(err), err)
}

// A row that cannot be read is no missing manager of another.
func TestImportBlamesTheRowThatIsWrong(t *testing.T) {
	h := newHouse(hr.AllowAll)
	rows := arrivals()[:2]
	rows[1].Hire.Person.Name = "" // of E1, who manages E9
	_, err := h.Import(h.ctx, h.cmd(), rows)
	require.Equal(t, []string{"rows[1].hire.person.name lifecycle.person.name"}, faults(err), err)
}

func TestImportIsOneCommand(t *testing.T) {
	h := newHouse(hr.AllowAll)
	cmd := h.cmd()
	_, err := h.Import(h.ctx, cmd, arrivals())
	require.NoError(t, err)
	_, err = h.Import(h.ctx, cmd, arrivals()[:2])
	require.ErrorIs(t, err, storage.ErrReused)
	require.Equal(t, "[arrival]", fmt.Sprintf("%+v", arrivals()[0]))
}

// Earlier spells come with it: days, terms and how they ended, and since when service counts.
func TestImportOfEarlierSpells(t *testing.T) {
	h := newHouse(hr.AllowAll)
	var told []int
	h.Progress = func(done, of int) { told = append(told, done, of) }
	now := joiner("E1", "2024-01-01")
	old := now.Terms.Clone()
	old.Pay[0].Amount = rupees(10)
	risen := old.Clone()
	risen.Pay[0].Amount = rupees(20)
	rows := []lifecycle.Arrival{{
		Earlier: []lifecycle.ArrivedSpell{
			{Start: day("2010-01-01"), Terms: old, Later: []lifecycle.TermsStep{{From: day("2011-01-01"), Terms: risen}}, LastDay: day("2012-12-31"), Reason: "resigned"},
			{Start: day("2015-01-01"), Terms: risen, LastDay: day("2019-12-31"), Ended: lifecycle.Retire},
		},
		Hire: now, Later: []lifecycle.TermsStep{{From: day("2025-01-01"), Terms: moved("Lab", "", 90)}}, Joined: true, Confirmed: day("2024-01-01"),
		ServiceSince: day("2015-01-01"), ProbationEnd: day("2024-06-30"), Source: legacy,
	}, {Hire: joiner("E2", "2026-01-01"), Joined: true, LastDay: day("2026-08-31"), Ended: lifecycle.Die}}
	cmd := h.cmd()
	_, err := h.Import(h.ctx, cmd, rows)
	require.NoError(t, err)
	require.Equal(t, []int{1, 2, 2, 2}, told)
	before := h.state(t)
	_, err = h.Import(h.ctx, cmd, rows)
	require.NoError(t, err)
	require.Equal(t, before, h.state(t), "sent again it is the same import")
	for on, basic := range map[string]string{
		"2009-12-31": "", "2010-01-01": "10", "2011-01-01": "20", "2012-12-31": "20", "2013-01-01": "", "2015-01-01": "20", "2020-01-01": "", "2024-01-01": "40000", "2025-01-01": "90",
	} {
		require.Equal(t, basic, h.basic(t, "E1", on), on)
	}
	e := h.get(t, "E1")
	require.Equal(t, []lifecycle.Spell{
		{Entity: "ACME-IN", Start: day("2010-01-01"), LastDay: day("2012-12-31"), State: lifecycle.Exited, Reason: "resigned"},
		{Entity: "ACME-IN", Start: day("2015-01-01"), LastDay: day("2019-12-31"), State: lifecycle.Retired},
	}, e.Earlier)
	require.Equal(t, "2015-01-01 2015-01-01 2024-06-30", fmt.Sprint(e.ServiceFrom(), " ", h.since(t, "E1", "2024-01-01"), " ", e.ProbationEnd))
	require.Equal(t, lifecycle.Deceased, h.get(t, "E2").State)
	ids, err := h.Employees(h.ctx, view, hr.MustPeriod("2016-01-01..2016-01-31"), "", 0)
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{"E1"}, ids)
	happened, err := h.Happenings(h.ctx, view, "E1")
	require.NoError(t, err)
	var list []string
	for _, x := range happened {
		list = append(list, fmt.Sprint(x.Period.From, " ", x.Value.Event, " ", x.Value.To))
	}
	require.Equal(t, []string{
		"2010-01-01 hire ", "2010-01-01 join probation", "2012-12-31 exit exited", "2015-01-01 rehire preboarding", "2015-01-01 join probation",
		"2019-12-31 retire retired", "2024-01-01 rehire preboarding", "2024-01-01 join probation", "2024-01-01 confirm confirmed",
	}, list)
	// Each beginning is told apart by its spell, each later step by its number; an end, and who comes with one spell, is of the command.
	causes := func(emp hr.EmployeeID) (list []string) {
		history, err := h.TermsHistory(h.ctx, view, emp)
		require.NoError(t, err)
		for _, x := range history.Entries() {
			list = append(list, x.Cause.Kind+" "+x.Cause.ID)
		}
		return list
	}
	require.Equal(t, []string{"import c1/spell/0", "import c1/0", "command c1", "import c1/spell/1", "command c1", "import c1/spell/2", "import c1/1"}, causes("E1"))
	require.Equal(t, []string{"command c1", "command c1"}, causes("E2"))
	// A change in a spell that came with the import can be withdrawn alone, and leaves the other spells.
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", history.Entries()[1].ID)
	require.NoError(t, err)
	require.Equal(t, []string{"10", "", "20", "", "40000", "90"}, []string{
		h.basic(t, "E1", "2012-12-31"), h.basic(t, "E1", "2013-01-01"), h.basic(t, "E1", "2015-01-01"), h.basic(t, "E1", "2020-01-01"), h.basic(t, "E1", "2024-01-01"), h.basic(t, "E1", "2025-01-01"),
	})
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", history.Entries()[3].ID)
	require.Equal(t, []string{"entry lifecycle.terms.first_entry"}, faults(err), "the terms that a spell began with")
}

func TestImportRefusesSpellsThatCannotBe(t *testing.T) {
	h := newHouse(hr.AllowAll)
	terms := joiner("", "2020-01-01").Terms
	_, err := h.Import(h.ctx, h.cmd(), []lifecycle.Arrival{{
		Earlier: []lifecycle.ArrivedSpell{
			{Start: day("2010-01-01"), Terms: terms, LastDay: day("2015-01-01")},
			{Start: day("2015-01-01"), Terms: hr.Terms{Currency: "INR"}, LastDay: day("2014-12-31"), Ended: lifecycle.Die, Later: []lifecycle.TermsStep{{From: day("2015-01-01"), Terms: terms}}},
			{Terms: terms},
			{Start: day("2020-01-01"), Terms: terms},
		},
		Hire: joiner("E1", "2024-01-01"), Ended: lifecycle.Retire, ServiceSince: day("2024-01-02"),
	}})
	require.Equal(t, []string{
		"rows[0].earlier[0].last_day lifecycle.rehire.start",
		"rows[0].earlier[1].terms.entity lifecycle.terms.entity",
		"rows[0].earlier[1].last_day lifecycle.rehire.start",
		"rows[0].earlier[1].last_day lifecycle.exit.last_day",
		"rows[0].earlier[1].later[0].from lifecycle.terms.from",
		"rows[0].earlier[1].state lifecycle.employment.transition", // the dead do not come again
		"rows[0].earlier[2].start lifecycle.hire.start",
		"rows[0].earlier[3].last_day lifecycle.exit.last_day",
		"rows[0].last_day lifecycle.exit.last_day",
		"rows[0].service_since lifecycle.rehire.start",
	}, faults(err), err)
	require.Empty(t, h.events(t))
}
