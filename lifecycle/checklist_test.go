package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

var (
	theDesk    = lifecycle.Approver{Kind: lifecycle.AskRole, Role: "it"}
	theManager = lifecycle.Approver{Kind: lifecycle.AskManager}
	theirOwn   = lifecycle.Approver{Kind: lifecycle.AskEmployee}
)

func templates() []lifecycle.ChecklistTemplate {
	return []lifecycle.ChecklistTemplate{
		{Name: "joining in Goa", Kind: lifecycle.Joining, Places: []string{"Goa"}, Tasks: []lifecycle.TaskTemplate{{ID: "beach", Title: "Beach", Owner: theirOwn}}},
		{Name: "joining", Kind: lifecycle.Joining, Tasks: []lifecycle.TaskTemplate{
			{ID: "papers", Title: "Identity papers", Owner: theirOwn, Days: -3, Documents: []string{"passport"}, Gate: lifecycle.GateJoin},
			{ID: "laptop", Title: "Laptop", Owner: theDesk, Waivers: []lifecycle.Approver{theManager}, After: []string{"papers"}, Days: -1},
			{ID: "tour", Title: "Tour", Owner: theManager, After: []string{"laptop"}, Days: 2},
		}},
		{Name: "leaving", Kind: lifecycle.Leaving, Returns: theDesk, ReturnsWaivers: []lifecycle.Approver{theManager}, Tasks: []lifecycle.TaskTemplate{
			{ID: "handover", Title: "Handover", Owner: theManager, Days: -2, Gate: lifecycle.GateExit},
			{ID: "access", Title: "Close access", Owner: theDesk, After: []string{"handover"}, Gate: lifecycle.GateSettlement},
		}},
	}
}

// onboarding is a house with checklists: E1, whose manager is M, is to join on Monday 2 November 2026; the clock says Saturday 31 October.
func onboarding(t require.TestingT) *house {
	h := organised(hr.AllowAll)
	h.Templates = templates()
	h.Calendars = map[string]hr.Calendar{"": hr.MustCalendar(hr.CalendarRules{
		Name: "week", Span: hr.MustPeriod("2026-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Entries: []hr.CalendarEntry{{Date: day("2026-11-09"), Kind: hr.DayHoliday, Name: "Diwali"}},
	})}
	h.Routing.Roles = []lifecycle.RoleHolder{{Role: "it", Holder: hr.Actor{ID: "it-desk"}}}
	h.hire(t, joiner("M", "2026-01-01"))
	j := joiner("E1", "2026-11-02")
	j.Terms.Manager = "M"
	h.hire(t, j)
	return h
}

func (h *house) as(id hr.ActorID) hr.Command {
	c := h.cmd()
	c.Actor = hr.Actor{ID: id, Employee: hr.EmployeeID(id)}
	if id == "it-desk" {
		c.Actor.Employee = ""
	}
	return c
}

func (h *house) start(t require.TestingT, kind lifecycle.ChecklistKind, assets ...lifecycle.Asset) lifecycle.ChecklistID {
	id, err := h.StartChecklist(h.ctx, h.cmd(), "E1", lifecycle.ChecklistStart{Kind: kind, Assets: assets})
	require.NoError(t, err)
	return id
}

func (h *house) list(t require.TestingT, id lifecycle.ChecklistID) lifecycle.Checklist {
	c, err := h.db.Checklist(h.ctx, id)
	require.NoError(t, err)
	return c
}

func (h *house) dues(t require.TestingT, id lifecycle.ChecklistID) (out []string) {
	for _, x := range h.list(t, id).Tasks {
		out = append(out, fmt.Sprint(x.ID, " ", x.Due, " ", x.State))
	}
	return out
}

var done = lifecycle.TaskEnd{State: lifecycle.TaskDone}

// Three working days before Monday the 2nd is Wednesday 28 October, which is over on the 31st: late, so Monday, the first working day. One
// day before is Friday the 30th: Monday too. Two after is Wednesday the 4th. A checklist of 20 October would have had all three.
func TestAJoiningChecklist(t *testing.T) {
	h := onboarding(t)
	id := h.start(t, lifecycle.Joining)
	require.Equal(t, []string{"papers 2026-11-02 open", "laptop 2026-11-02 open", "tour 2026-11-04 open"}, h.dues(t, id))
	c := h.list(t, id)
	require.Equal(t, "joining", c.Template)
	require.Equal(t, []hr.ActorID{"E1"}, c.Tasks[0].Owners)
	require.Equal(t, []hr.ActorID{"it-desk"}, c.Tasks[1].Owners)
	require.Equal(t, []hr.ActorID{"M"}, c.Tasks[1].Waivers)
	early, err := c.Redate(day("2026-11-02"), day("2026-10-20"), h.Calendars[""])
	require.NoError(t, err)
	require.Equal(t, []string{"2026-10-28", "2026-10-30", "2026-11-04"}, []string{early.Tasks[0].Due.String(), early.Tasks[1].Due.String(), early.Tasks[2].Due.String()})

	late, err := c.Redate(day("2026-11-02"), day("2026-11-03"), h.Calendars[""]) // on Tuesday the 3rd it can still be done today
	require.NoError(t, err)
	require.Equal(t, []string{"2026-11-03", "2026-11-03", "2026-11-04"}, []string{late.Tasks[0].Due.String(), late.Tasks[1].Due.String(), late.Tasks[2].Due.String()})

	end := func(by hr.ActorID, task string, e lifecycle.TaskEnd) []string {
		return faults(h.EndTask(h.ctx, h.as(by), id, task, e))
	}
	require.Equal(t, []string{"gate.join lifecycle.gate"}, faults(h.Join(h.ctx, h.cmd(), "E1")), "no joining without papers")
	require.Equal(t, []string{"task lifecycle.task.unknown"}, end("M", "cake", done))
	require.Equal(t, []string{"task lifecycle.task.after", "by lifecycle.task.actor"}, end("M", "laptop", done))
	require.Equal(t, []string{"given lifecycle.task.documents"}, end("E1", "papers", done))
	require.Equal(t, []string{"by lifecycle.task.actor"}, end("M", "papers", lifecycle.TaskEnd{State: lifecycle.TaskWaived, Reason: "known to us"}), "nobody may waive it")
	papers := done
	papers.Given = []hr.Ref{{Kind: "passport", ID: "P1"}}
	require.Empty(t, end("E1", "papers", papers))
	require.Equal(t, []string{"task lifecycle.task.state"}, end("E1", "papers", papers), "it is done")
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.Equal(t, []string{"reason lifecycle.task.reason"}, end("M", "laptop", lifecycle.TaskEnd{State: lifecycle.TaskWaived}))
	require.Equal(t, []string{"state lifecycle.task.state"}, end("it-desk", "laptop", lifecycle.TaskEnd{State: lifecycle.TaskMissing, Reason: "x"}))
	require.Empty(t, end("M", "laptop", lifecycle.TaskEnd{State: lifecycle.TaskWaived, Reason: "brings her own"}))
	require.Empty(t, end("M", "tour", done))
	require.Zero(t, h.list(t, id).NextDue)
	require.Equal(t, []string{"checklist lifecycle.checklist.unknown"}, faults(h.EndTask(h.ctx, h.cmd(), "nowhere", "x", done)))

	for name, c := range map[string]struct {
		emp   hr.EmployeeID
		start lifecycle.ChecklistStart
		want  []string
	}{
		"twice":            {"E1", lifecycle.ChecklistStart{Kind: lifecycle.Joining}, []string{"kind lifecycle.checklist.twice"}},
		"of nobody":        {"E9", lifecycle.ChecklistStart{Kind: lifecycle.Joining}, []string{"employee lifecycle.employment.unknown"}},
		"no last day":      {"E1", lifecycle.ChecklistStart{Kind: lifecycle.Leaving}, []string{"day lifecycle.checklist.day"}},
		"another day":      {"M", lifecycle.ChecklistStart{Kind: lifecycle.Joining, Day: day("2026-01-02")}, []string{"day lifecycle.checklist.day"}},
		"of no kind":       {"M", lifecycle.ChecklistStart{Kind: "x", Day: day("2026-12-02")}, []string{"kind lifecycle.checklist.template"}},
		"assets on a join": {"M", lifecycle.ChecklistStart{Kind: lifecycle.Joining, Assets: []lifecycle.Asset{{Name: "car"}}}, []string{"assets lifecycle.checklist.template"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.StartChecklist(h.ctx, h.cmd(), c.emp, c.start)
			require.Equal(t, c.want, faults(err))
		})
	}
}

// A gate cannot be passed by leaving the checklist away.
func TestAGateWithoutAChecklistIsShut(t *testing.T) {
	h := onboarding(t)
	err := h.Join(h.ctx, h.cmd(), "E1")
	require.Equal(t, []string{"gate.join lifecycle.gate"}, faults(err))
	require.ErrorContains(t, err, "the checklist joining is not started")
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-11-02"), Set: hr.Terms{Place: "Goa"}}) // whose template has no gate
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
}

// Notice to Friday the 13th: the handover is due two working days before, on Wednesday the 11th. With the last day moved to the 10th, a Tuesday
// after Diwali on Monday the 9th, it is due on Thursday the 5th.
func TestAChangedLastDayDatesWhatIsOpenAgain(t *testing.T) {
	h := onboarding(t)
	id := h.start(t, lifecycle.Joining)
	require.NoError(t, h.EndTask(h.ctx, h.as("E1"), id, "papers", lifecycle.TaskEnd{State: lifecycle.TaskDone, Given: []hr.Ref{{Kind: "passport", ID: "P1"}}}))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", lifecycle.NoticeDates{Given: day("2026-11-03"), LastDay: day("2026-11-13")}))
	leaving := h.start(t, lifecycle.Leaving, lifecycle.Asset{Name: "laptop", Value: hr.MustMoney("40000.00", "INR")}, lifecycle.Asset{Name: "badge"})
	require.Equal(t, []string{"handover 2026-11-11 open", "access 2026-11-13 open", "return/1 2026-11-13 open", "return/2 2026-11-13 open"}, h.dues(t, leaving))
	require.Equal(t, []string{"gate.exit lifecycle.gate"}, faults(h.Exit(h.ctx, h.cmd(), "E1", day("2026-11-10"), "resigned")))
	require.NoError(t, h.WithdrawNotice(h.ctx, h.cmd(), "E1"))
	require.True(t, h.list(t, leaving).Dropped)
	require.Equal(t, []string{"task lifecycle.task.state"}, faults(h.EndTask(h.ctx, h.as("M"), leaving, "handover", done)))

	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", lifecycle.NoticeDates{Given: day("2026-11-03"), LastDay: day("2026-11-13")}))
	require.Equal(t, []string{"gate.exit lifecycle.gate"}, faults(h.Exit(h.ctx, h.cmd(), "E1", day("2026-11-10"), "resigned")), "the dropped one opens nothing")
	again := h.start(t, lifecycle.Leaving, lifecycle.Asset{Name: "laptop", Value: hr.MustMoney("40000.00", "INR")})
	c := h.list(t, again)
	moved, err := c.Redate(day("2026-11-10"), day("2026-10-31"), h.Calendars[""])
	require.NoError(t, err)
	require.Equal(t, "2026-11-05", moved.Tasks[0].Due.String())
	require.NoError(t, h.EndTask(h.ctx, h.as("M"), again, "handover", done))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-11-10"), "resigned"))
	require.Equal(t, []string{"handover 2026-11-11 done", "access 2026-11-10 open", "return/1 2026-11-10 open"}, h.dues(t, again))

	gates, err := h.SettlementGates(h.ctx, view, "M", "E1", "nobody")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"no exit is recorded"}, {"open: Close access", "open: Return laptop"}, {"is no employee"}}, gates)
	settled := hr.Settlement{Employee: "E1", LastDay: day("2026-11-10"), Run: hr.Ref{Kind: "run", ID: "R1"}, PaidOn: day("2026-11-12"), Digest: "d"}
	require.Equal(t, []string{"gate.settlement lifecycle.gate", "gate.settlement lifecycle.gate"}, faults(h.Settle(h.ctx, h.cmd(), settled)))
	require.NoError(t, h.EndTask(h.ctx, h.as("it-desk"), again, "access", done))
	require.NoError(t, h.EndTask(h.ctx, h.as("it-desk"), again, "return/1", lifecycle.TaskEnd{State: lifecycle.TaskMissing, Reason: "lost"}))
	require.Equal(t, []lifecycle.Asset{{Name: "laptop", Value: hr.MustMoney("40000.00", "INR")}}, h.list(t, again).NotReturned())
	wrong := settled
	wrong.LastDay, wrong.Digest = day("2026-11-11"), ""
	require.Equal(t, []string{"last_day lifecycle.settlement", "run lifecycle.settlement"}, faults(h.Settle(h.ctx, h.cmd(), wrong)))
	require.NoError(t, h.Settle(h.ctx, h.cmd(), settled))
	require.NoError(t, h.Settle(h.ctx, h.cmd(), settled), "the same again")
	other := settled
	other.Run.ID = "R2"
	require.Equal(t, []string{"run lifecycle.settlement.settled"}, faults(h.Settle(h.ctx, h.cmd(), other)))
	e, err := h.Employment(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, lifecycle.Settled{Run: settled.Run, PaidOn: settled.PaidOn, Digest: "d"}, e.Settled)
	require.Contains(t, h.events(t), "lifecycle.settled E1")
}

// Of who never came nothing is to be done, of all their checklists; what a log shows of one is its id.
func TestNothingIsToDoForWhoNeverCame(t *testing.T) {
	h := onboarding(t)
	joining := h.start(t, lifecycle.Joining)
	leaving, err := h.StartChecklist(h.ctx, h.cmd(), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Leaving, Day: day("2026-12-31")})
	require.NoError(t, err)
	require.NoError(t, h.CallOff(h.ctx, h.cmd(), "E1", "another offer"))
	for _, id := range []lifecycle.ChecklistID{joining, leaving} {
		c := h.list(t, id)
		require.True(t, c.Dropped, c.Kind)
		require.Zero(t, c.NextDue, c.Kind)
		require.Equal(t, "[checklist "+string(id)+"]", c.LogValue().String())
	}
}

func TestDueTasks(t *testing.T) {
	h := onboarding(t)
	id := h.start(t, lifecycle.Joining)
	at := func(on string, within int) (out []string) {
		due, err := h.DueTasks(h.ctx, view, day(on), within, "", 0)
		require.NoError(t, err)
		for _, d := range due {
			require.Equal(t, id, d.Checklist)
			out = append(out, fmt.Sprint(d.Task, " ", d.Due, " ", d.Owners, " ", d.Overdue, " ", d.Waits))
		}
		return out
	}
	require.Empty(t, at("2026-11-01", 0))
	require.Equal(t, []string{"papers 2026-11-02 [E1] false []", "laptop 2026-11-02 [it-desk] false [papers]"}, at("2026-11-01", 1))
	require.Equal(t, []string{"papers 2026-11-02 [E1] true []", "laptop 2026-11-02 [it-desk] true [papers]"}, at("2026-11-03", 0))
	_, err := organised(func(hr.Ask) hr.Verdict { return hr.Verdict{} }).DueTasks(h.ctx, view, day("2026-11-01"), 0, "", 0)
	require.ErrorIs(t, err, hr.ErrDenied)
}

func TestATemplateIsRefusedWithAllItsFaults(t *testing.T) {
	bad := lifecycle.ChecklistTemplate{
		Kind: "x", Returns: lifecycle.Approver{Kind: "x"},
		Tasks: []lifecycle.TaskTemplate{
			{ID: "a", Title: "A", Owner: theirOwn, After: []string{"b"}},
			{ID: "b", Title: "B", Owner: theirOwn, After: []string{"c"}},
			{ID: "c", Title: "C", Owner: theirOwn, After: []string{"a", "nowhere"}},
			{ID: "a", Owner: lifecycle.Approver{}, Waivers: []lifecycle.Approver{theirOwn}, Gate: lifecycle.GateExit},
		},
	}
	var got []string
	for _, f := range hr.FieldErrors(bad.Validate()) {
		require.Equal(t, lifecycle.RuleChecklistTemplate, f.Rule)
		got = append(got, f.Path)
	}
	require.Equal(t, []string{
		"name", "kind", "returns", "tasks[0].after", "tasks[1].after", "tasks[2].after", "tasks[2].after",
		"tasks[3].id", "tasks[3].owner", "tasks[3].waivers[0]", "tasks[3].gate", "tasks[3].after",
	}, got)
	person := lifecycle.ChecklistTemplate{Name: "x", Kind: lifecycle.Joining, Tasks: []lifecycle.TaskTemplate{{ID: "a", Title: "A", Owner: lifecycle.Approver{Kind: lifecycle.AskPerson}}}}
	require.Equal(t, []string{"tasks[0].owner lifecycle.checklist.template"}, faults(person.Validate()), "a person is found by their actor id")
	person.Tasks[0].Owner.Person.ID = "it-desk"
	require.NoError(t, person.Validate())
	for _, good := range templates() {
		require.NoError(t, good.Validate())
	}
	h := onboarding(t)
	h.Templates = []lifecycle.ChecklistTemplate{{Kind: lifecycle.Joining}}
	_, err := h.StartChecklist(h.ctx, h.cmd(), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Joining})
	require.Equal(t, []string{"templates[0].name lifecycle.checklist.template"}, faults(err))
	h = onboarding(t)
	h.Calendars = nil
	_, err = h.StartChecklist(h.ctx, h.cmd(), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Joining})
	require.Equal(t, []string{"terms.calendar lifecycle.checklist.calendar"}, faults(err))
	bare := newHouse(hr.AllowAll)
	_, err = bare.StartChecklist(bare.ctx, bare.cmd(), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Joining})
	require.Equal(t, []string{"lifecycle.checklists lifecycle.service"}, faults(err))
}

// Who is leaving waives nothing for themselves, not even under another id; somebody else who may does.
func TestNobodyWaivesForThemselves(t *testing.T) {
	c := lifecycle.Checklist{ID: "C", Employee: "E1", Tasks: []lifecycle.Task{{ID: "a", State: lifecycle.TaskOpen, Waivers: []hr.ActorID{"E1", "login", "M"}}}}
	waive := lifecycle.TaskEnd{State: lifecycle.TaskWaived, Reason: "r"}
	for _, by := range []hr.Actor{{ID: "E1"}, {ID: "login", Employee: "E1"}} {
		_, err := c.End("a", by, waive, noon)
		require.Equal(t, []string{"by lifecycle.task.actor"}, faults(err))
	}
	_, err := c.End("a", hr.Actor{ID: "M"}, waive, noon)
	require.NoError(t, err)
}

// In whatever order whoever ends whatever: no task is done while one that it waits for is open, what has ended stays so, and the next due day
// is that of an open task.
func TestNoTaskIsDoneBeforeWhatItWaitsFor(t *testing.T) {
	calendar := onboarding(t).Calendars[""]
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "tasks")
		c := lifecycle.Checklist{ID: "C", Employee: "E1"}
		for i := range n {
			task := lifecycle.Task{ID: fmt.Sprint(i), State: lifecycle.TaskOpen, Owners: []hr.ActorID{"o"}, Waivers: []hr.ActorID{"w"}, Days: rapid.IntRange(-5, 5).Draw(t, "days")}
			for j := range i {
				if rapid.Bool().Draw(t, "after") {
					task.After = append(task.After, fmt.Sprint(j))
				}
			}
			if rapid.Bool().Draw(t, "asset") {
				task.Asset.Name = "laptop"
			}
			c.Tasks = append(c.Tasks, task)
		}
		var err error
		c, err = c.Redate(day("2026-11-02"), day("2026-10-20"), calendar)
		require.NoError(t, err)
		var ended []string // in the order in which they ended
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			end := lifecycle.TaskEnd{State: rapid.SampledFrom([]lifecycle.TaskState{lifecycle.TaskDone, lifecycle.TaskWaived, lifecycle.TaskMissing, lifecycle.TaskOpen}).Draw(t, "state"), Reason: "r"}
			by := hr.Actor{ID: rapid.SampledFrom([]hr.ActorID{"o", "w", "E1"}).Draw(t, "by")}
			before := c
			next, err := c.End(fmt.Sprint(rapid.IntRange(0, n-1).Draw(t, "task")), by, end, noon)
			if err != nil {
				require.Equal(t, before, next, "a refusal changes nothing")
				continue
			}
			for i := range next.Tasks {
				if was, is := before.Tasks[i].State, next.Tasks[i].State; was != is {
					require.Equal(t, lifecycle.TaskOpen, was, "what has ended stays so")
					ended = append(ended, next.Tasks[i].ID)
				}
			}
			c = next
			if rapid.Bool().Draw(t, "moved") {
				c, err = c.Redate(day("2026-11-02").Add(rapid.IntRange(0, 30).Draw(t, "last day")), day("2026-10-20"), calendar)
				require.NoError(t, err)
			}
			due := hr.Date{}
			for _, x := range c.Tasks {
				if x.State == lifecycle.TaskOpen && (due.IsZero() || x.Due.Before(due)) {
					due = x.Due
				}
			}
			require.Equal(t, due, c.NextDue)
		}
		for i, id := range ended {
			for _, x := range c.Tasks {
				if x.ID != id || x.State != lifecycle.TaskDone {
					continue
				}
				for _, before := range x.After {
					require.Contains(t, ended[:i], before, "%s was done before %s", id, before)
				}
			}
		}
	})
}

// In any order of calls: nobody joins, exits or is settled while a task that this waits for is open or its checklist is not started. The
// walk goes the right way most of the time, so that it comes to the end, and calls anything between.
func TestNoOrderOfCallsPassesAGate(t *testing.T) {
	last := day("2026-11-20")
	owner := map[string]hr.ActorID{"papers": "E1", "laptop": "it-desk", "tour": "M", "handover": "M", "access": "it-desk", "return/1": "it-desk"}
	kindOf := map[string]lifecycle.ChecklistKind{"papers": lifecycle.Joining, "laptop": lifecycle.Joining, "tour": lifecycle.Joining, "handover": lifecycle.Leaving, "access": lifecycle.Leaving, "return/1": lifecycle.Leaving}
	right := []string{"start joining", "papers", "join", "notice", "start leaving", "handover", "exit", "access", "return/1", "settle"}
	all := append([]string{"laptop", "tour", "stay", "start joining"}, right...)
	settled := 0
	rapid.Check(t, func(t *rapid.T) {
		h := onboarding(t)
		ids := map[lifecycle.ChecklistKind]lifecycle.ChecklistID{}
		closed := func(kind lifecycle.ChecklistKind, tasks ...string) {
			for _, task := range tasks {
				require.NotEqual(t, lifecycle.TaskOpen, h.task(t, task, kind).State)
			}
		}
		call := func(what string) {
			switch what {
			case "start joining":
				if id, err := h.StartChecklist(h.ctx, h.cmd(), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Joining}); err == nil {
					ids[lifecycle.Joining] = id
				}
			case "start leaving":
				start := lifecycle.ChecklistStart{Kind: lifecycle.Leaving, Assets: []lifecycle.Asset{{Name: "laptop"}}}
				if id, err := h.StartChecklist(h.ctx, h.cmd(), "E1", start); err == nil {
					ids[lifecycle.Leaving] = id
				}
			case "join":
				if h.Join(h.ctx, h.cmd(), "E1") == nil {
					closed(lifecycle.Joining, "papers")
				}
			case "notice":
				_ = h.GiveNotice(h.ctx, h.cmd(), "E1", lifecycle.NoticeDates{Given: day("2026-11-03"), LastDay: last})
			case "stay":
				_ = h.WithdrawNotice(h.ctx, h.cmd(), "E1")
			case "exit":
				if h.Exit(h.ctx, h.cmd(), "E1", last, "resigned") == nil {
					closed(lifecycle.Leaving, "handover")
				}
			case "settle":
				set := hr.Settlement{Employee: "E1", LastDay: last, Run: hr.Ref{Kind: "run", ID: "R1"}, PaidOn: last, Digest: "d"}
				if h.Settle(h.ctx, h.cmd(), set) == nil {
					settled++
					closed(lifecycle.Leaving, "handover", "access", "return/1")
				}
			default:
				end := lifecycle.TaskEnd{State: rapid.SampledFrom([]lifecycle.TaskState{lifecycle.TaskDone, lifecycle.TaskDone, lifecycle.TaskWaived, lifecycle.TaskMissing}).Draw(t, "state"), Reason: "r", Given: []hr.Ref{{Kind: "passport", ID: "P"}}}
				by := rapid.SampledFrom([]hr.ActorID{"M", owner[what], owner[what]}).Draw(t, "by")
				_ = h.EndTask(h.ctx, h.as(by), ids[kindOf[what]], what, end)
			}
		}
		for _, step := range right {
			for rapid.IntRange(0, 2).Draw(t, "stray") == 0 {
				call(rapid.SampledFrom(all).Draw(t, "call"))
			}
			call(step)
		}
		for _, step := range slices.Concat(right, right) { // what a stray call upset is made good, so that most walks come to the end
			call(step)
		}
	})
	require.Positive(t, settled, "the walk comes to the end now and then")
}

// task returns a task of the checklist of a kind that counts; it fails where there is none.
func (h *house) task(t require.TestingT, id string, kind lifecycle.ChecklistKind) lifecycle.Task {
	lists, err := h.ChecklistsOf(h.ctx, view, "E1")
	require.NoError(t, err)
	for _, c := range lists {
		if c.Kind != kind || c.Dropped {
			continue
		}
		i := slices.IndexFunc(c.Tasks, func(x lifecycle.Task) bool { return x.ID == id })
		require.GreaterOrEqual(t, i, 0)
		return c.Tasks[i]
	}
	require.Fail(t, "no checklist is running")
	return lifecycle.Task{}
}

// Two who end tasks of one list at once do not lose either.
func TestAStaleChecklistIsAConflict(t *testing.T) {
	h := onboarding(t)
	c := h.list(t, h.start(t, lifecycle.Joining))
	require.NoError(t, h.db.PutChecklist(h.ctx, c))
	require.ErrorIs(t, h.db.PutChecklist(h.ctx, c), storage.ErrConflict)
}
