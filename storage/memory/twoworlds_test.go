package memory_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// hidden is what two worlds differ in: what must not be seen of E2, and, where there is nothing, that there is an E2.
type hidden struct {
	there                bool
	salary, account, pan string // pay and identity
	health               string // the reason of an absence
	phone, gender        string // which whoever works with E2 may see
}

var (
	oneWorld   = hidden{there: true, salary: "71357", account: "501987654321", pan: "ABCPK1234L", health: "surgery", phone: "+919800011111", gender: "female"}
	otherPay   = hidden{there: true, salary: "93711", account: "880011223344", pan: "ZZCPD9999M", health: "fever", phone: "+919800011111", gender: "female"}
	otherWorld = hidden{there: true, salary: "93711", account: "880011223344", pan: "ZZCPD9999M", health: "fever", phone: "+919811122222", gender: "male"}
	emptyWorld = hidden{}
)

// world is every service of one company over memory, under the standard access.
type world struct {
	kit      storage.Kit
	services map[string]any
	ids      map[reflect.Type]string // an id of each kind of case, all about E2
	plan     *payroll.Plan
}

const worldRules = `input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line fund "Fund" in deductions = round(basic_pay * 12%, 1)
`

var worldNoon = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)

func newWorld(t *testing.T, h hidden) *world {
	t.Helper()
	db := memory.New()
	kit := db.Kit(hr.AllowAll, func() time.Time { return worldNoon })
	kit.NewID = func() string { return "seed" } // ids are the same in every world
	kit.Relations = lifecycle.Reporting{Facts: db, Delegations: db, Now: kit.Now}
	w := &world{ids: map[reflect.Type]string{}}
	var err error
	w.plan, err = payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}}, Components: []payroll.Component{{Text: worldRules}},
	})
	require.NoError(t, err)
	w.wire(t, db, kit)
	w.fill(t, db, h)
	kit.Authorize = hr.StandardAccess().Decide
	w.wire(t, db, kit)
	return w
}

func (w *world) wire(t *testing.T, db *memory.DB, kit storage.Kit) {
	t.Helper()
	calendar, err := hr.NewCalendar(hr.CalendarRules{Name: "in", Span: hr.MustPeriod("2025-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}}, Observe: hr.ActualDay})
	require.NoError(t, err)
	calendars := map[string]hr.Calendar{"in": calendar}
	policies, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2020-01-01"), Value: leave.Policy{
		Type: "annual", Name: "Annual leave", Unit: leave.Days, Paid: decimal.NewFromInt(1), Negative: leave.Negative{NoLimit: true},
	}})
	require.NoError(t, err)
	top := []hr.ActorID{"top"}
	people := lifecycle.Service{
		Kit: kit, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db, Delegations: db, Checklists: db, Structure: db,
		Holds: db, Keys: db, Consents: db,
		BankChange: lifecycle.BankChange{Days: 3}, Fallback: top,
	}
	away := leave.Service{Kit: kit, Requests: db, Ledger: db, Absent: db, Terms: people, Router: people, Calendars: calendars, Policies: policies}
	shift := attendance.Shift{ID: "general", Zone: time.UTC, Start: hr.MustTimeOfDay("09:30"), End: hr.MustTimeOfDay("18:00")}
	clocks := attendance.Service{
		Kit: kit, Punches: db, Rosters: db, Permits: db, Requests: db, Router: people, Terms: people, Absences: lifecycle.Away{People: people, Leave: away}, Leave: away,
		Calendars: calendars, Shifts: map[string]attendance.Shift{"general": shift},
	}
	pay := payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db, Router: people,
		Terms: people, Staff: people, People: people, Evidence: []payroll.Evidence{people, clocks, away}, Changes: []payroll.Changes{people, clocks, away},
		Plans: []*payroll.Plan{w.plan}, Approvers: []hr.ApprovalLevel{{Name: "finance", Approvers: top}},
	}
	hiring := recruitment.Service{
		Kit: kit, Openings: db, Applications: db, Candidates: db, Hirer: people, Plan: db, Requisitions: db, Interviews: db, Scorecards: db,
		Terms: people, People: people, Router: people, Headcount: people, Pricer: pay, Bonuses: pay,
	}
	w.kit = kit
	w.services = map[string]any{"attendance": clocks, "leave": away, "lifecycle": people, "payroll": pay, "recruitment": hiring}
}

// fill lets everything happen that the worlds have: M leads E1, E2 and E3, who stands in for M; and E2 has one of every case.
func (w *world) fill(t *testing.T, db *memory.DB, h hidden) {
	t.Helper()
	ctx := t.Context()
	people, away := w.services["lifecycle"].(lifecycle.Service), w.services["leave"].(leave.Service)
	clocks, pay := w.services["attendance"].(attendance.Service), w.services["payroll"].(payroll.Service)
	hiring := w.services["recruitment"].(recruitment.Service)
	cmd := func(id string) hr.Command {
		return hr.Command{ID: hr.CommandID(id), Actor: hr.Actor{ID: "desk"}, Purpose: "test", Reason: "a reason"}
	}
	arrival := func(id, manager hr.EmployeeID, salary string, p hr.Person) lifecycle.Arrival {
		p.Name = "Person " + string(id)
		return lifecycle.Arrival{Joined: true, Hire: hr.Hire{Employee: id, Person: p, Start: hr.MustDate("2025-04-01"), Terms: hr.Terms{
			Entity: "IN1", Currency: "INR", Calendar: "in", Shift: "general", Manager: manager, Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.RequireFromString(salary)}},
		}}}
	}
	rows := []lifecycle.Arrival{arrival("M", "", "90000", hr.Person{}), arrival("E1", "M", "40000", hr.Person{}), arrival("E3", "M", "41000", hr.Person{})}
	if h.there {
		rows = append(rows, arrival("E2", "M", h.salary, hr.Person{
			Phone: h.phone, Gender: h.gender, Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(h.pan)}},
			Bank: hr.BankAccount{Holder: "Person E2", Number: hr.NewSecret(h.account), Bank: "HDFC0000001"},
		}))
	}
	_, err := people.Import(ctx, cmd("import"), rows)
	require.NoError(t, err)
	_, err = people.Delegate(ctx, cmd("lend"), lifecycle.Delegation{From: "M", To: "E3", Kinds: []string{"leave.request"}}, hr.MustPeriod("2026-10-01..2026-12-31"))
	require.NoError(t, err)
	_, err = pay.Adopt(ctx, cmd("adopt"), w.plan, hr.Period{From: hr.MustDate("2025-04-01")})
	require.NoError(t, err)
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	run, err := pay.CreateRun(ctx, cmd("run"), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	require.NoError(t, err)
	_, err = pay.Calculate(ctx, cmd("calculate"), run)
	require.NoError(t, err)
	w.know(run)
	opening, err := hiring.Open(ctx, cmd("open"), recruitment.Opening{Title: "Chemist", Seats: 1})
	require.NoError(t, err)
	w.know(opening)
	if !h.there {
		return
	}
	candidate, err := hiring.AddCandidate(ctx, cmd("candidate"), recruitment.Candidate{Employee: "E2", Person: hr.Person{Name: "Person E2", Phone: h.phone}})
	require.NoError(t, err)
	application, err := hiring.Apply(ctx, cmd("application"), opening, candidate, recruitment.Source{})
	require.NoError(t, err)
	_, err = clocks.Record(ctx, cmd("punch"), attendance.Punch{Employee: "E2", At: worldNoon.AddDate(0, 0, -3), Direction: attendance.In})
	require.NoError(t, err)
	permit, err := clocks.Ask(ctx, cmd("permit"), attendance.Request{
		Kind: attendance.AskPermit, Employee: "E2", Period: hr.MustPeriod("2026-11-09..2026-11-09"), Permit: attendance.Permit{Kind: attendance.PermitOvertime, Minutes: 60}, Reason: "a reason",
	})
	require.NoError(t, err)
	absence, err := away.Apply(ctx, cmd("leave"), leave.Application{Employee: "E2", Type: "annual", Period: hr.MustPeriod("2026-11-03..2026-11-04"), Reason: h.health})
	require.NoError(t, err)
	proposal, err := people.Propose(ctx, cmd("raise"), lifecycle.Proposal{Employee: "E2", Kind: lifecycle.ProposePay, Terms: lifecycle.TermsChange{
		From: hr.MustDate("2026-11-01"), Set: hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.RequireFromString(h.salary).Add(decimal.NewFromInt(1))}}},
	}})
	require.NoError(t, err)
	document, err := people.KeepDocument(ctx, cmd("document"), lifecycle.Document{Employee: "E2", Kind: "visa", Number: hr.NewSecret(h.pan), Expires: hr.MustDate("2027-01-01")}, "")
	require.NoError(t, err)
	expense, err := pay.Ask(ctx, cmd("expense"), payroll.Request{Kind: payroll.AskExpense, Employee: "E2", Reason: "a reason", Expense: payroll.Expense{
		Name: "basic", Period: hr.MustPeriod("2026-11-01..2026-11-30"), Items: []payroll.ExpenseItem{{Day: hr.MustDate("2026-10-20"), What: "a fare", Amount: decimal.RequireFromString(h.salary), Receipt: "r1"}},
	}})
	require.NoError(t, err)
	list := lifecycle.Checklist{ID: "list", Employee: "E2"}
	require.NoError(t, db.InTx(ctx, func(ctx context.Context) error { return db.PutChecklist(ctx, list) }))
	w.know(candidate, application, permit, absence, proposal, document, expense, list.ID)
}

func (w *world) know(ids ...any) {
	for _, id := range ids {
		w.ids[reflect.TypeOf(id)] = reflect.ValueOf(id).String()
	}
}

// argument makes a value of t that is about emp, with the ids of the cases that there are.
func (w *world) argument(t reflect.Type, emp hr.EmployeeID, depth int) reflect.Value {
	v := reflect.New(t).Elem()
	set := func(x any) reflect.Value { v.Set(reflect.ValueOf(x)); return v }
	if id, known := w.ids[t]; known {
		v.SetString(id)
		return v
	}
	switch t {
	case reflect.TypeFor[hr.EmployeeID]():
		return set(emp)
	case reflect.TypeFor[hr.Date]():
		return set(hr.MustDate("2026-10-15"))
	case reflect.TypeFor[hr.Period]():
		return set(hr.MustPeriod("2026-10-01..2026-10-31"))
	case reflect.TypeFor[leave.TypeID]():
		return set(leave.TypeID("annual"))
	case reflect.TypeFor[*payroll.Plan]():
		return set(w.plan)
	case reflect.TypeFor[hr.Known]():
		return v
	}
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() && depth < 4 {
				v.Field(i).Set(w.argument(t.Field(i).Type, emp, depth+1))
			}
		}
	case reflect.Slice:
		if depth < 4 {
			v.Set(reflect.MakeSlice(t, 1, 1))
			v.Index(0).Set(w.argument(t.Elem(), emp, depth+1))
		}
	case reflect.Int:
		v.SetInt(1)
	}
	return v
}

// call asks a verb in the name of an actor about emp, and returns what they get.
func (w *world) call(t *testing.T, actor hr.Actor, verb string, emp hr.EmployeeID) (results []any, err error) {
	t.Helper()
	domain, name, _ := strings.Cut(verb, ".")
	method := reflect.ValueOf(w.services[domain]).MethodByName(name)
	args := []reflect.Value{reflect.ValueOf(t.Context())}
	for i := 1; i < method.Type().NumIn(); i++ {
		switch in := method.Type().In(i); in {
		case reflect.TypeFor[hr.View]():
			args = append(args, reflect.ValueOf(hr.View{Actor: actor, Purpose: "test"}))
		case reflect.TypeFor[hr.Command]():
			args = append(args, reflect.ValueOf(hr.Command{ID: hr.CommandID(fmt.Sprint(actor.ID, "/", verb, "/", emp)), Actor: actor, Purpose: "test"}))
		default:
			args = append(args, w.argument(in, emp, 0))
		}
	}
	var out []reflect.Value
	if method.Type().IsVariadic() {
		out = method.CallSlice(args)
	} else {
		out = method.Call(args)
	}
	for _, o := range out[:len(out)-1] {
		results = append(results, o.Interface())
	}
	err, _ = out[len(out)-1].Interface().(error)
	return results, err
}

// verbs lists the verbs of the services that read, or that write.
func (w *world) verbs(takes reflect.Type) (verbs []string) {
	for domain, service := range w.services {
		for i := range reflect.TypeOf(service).NumMethod() {
			m := reflect.TypeOf(service).Method(i)
			if m.Type.NumIn() > 2 && m.Type.In(2) == takes {
				verbs = append(verbs, domain+"."+m.Name)
			}
		}
	}
	return verbs
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// strangers have nothing to do with E2.
var strangers = []hr.Actor{
	{ID: "outsider"},
	{ID: "E1", Employee: "E1"},
	{ID: "a", Roles: []string{hr.RoleAdmin}},
	{ID: "r", Roles: []string{hr.RoleRecruiter}},
	{ID: "h", Employee: "E1", Roles: []string{hr.RoleHiring}},
	{ID: "s", Roles: []string{hr.RoleScheduler}},
	{ID: "i", Roles: []string{hr.RoleImporter}},
	{ID: "x", Roles: []string{hr.RoleHRApprover}},
}

// Whoever may not do a thing gets the same answer, to the letter, whatever is hidden from them and whether it is there at all: of every
// verb that reads and every verb that writes.
func TestWhoMayNotSeesNoDifferenceBetweenWorlds(t *testing.T) {
	one, other, empty := newWorld(t, oneWorld), newWorld(t, otherWorld), newWorld(t, emptyWorld)
	require.Equal(t, one.ids, other.ids)
	require.Len(t, one.ids, 10)
	other.ids, empty.ids = one.ids, one.ids // they ask for the same, there or not
	denied := map[string]int{}
	var leaks []string
	leak := func(format string, args ...any) { leaks = append(leaks, fmt.Sprintf(format, args...)) }
	for _, actor := range strangers {
		for _, verb := range append(one.verbs(reflect.TypeFor[hr.View]()), one.verbs(reflect.TypeFor[hr.Command]())...) {
			if hr.StandardAccess().Decide(hr.Ask{Verb: verb, Actor: actor, Subjects: []hr.EmployeeID{"E2"}}).Allow {
				continue
			}
			got, err := one.call(t, actor, verb, "E2")
			if !errors.Is(err, hr.ErrDenied) {
				leak("%s for %v: %v", verb, actor, err)
			}
			for _, r := range got {
				if !reflect.ValueOf(r).IsZero() {
					leak("%s for %v answers beside the refusal", verb, actor)
				}
			}
			for name, w := range map[string]*world{"with other values": other, "without E2": empty} {
				_, there := w.call(t, actor, verb, "E2")
				if said(err) != said(there) || errors.Is(there, storage.ErrNotFound) {
					leak("%s for %v in the world %s: %q, not %q", verb, actor, name, said(there), said(err))
				}
			}
			denied[verb]++
		}
	}
	require.Empty(t, leaks)
	require.Greater(t, len(denied), 150)
}

// Whoever may read sees, of what Show leaves, the same in two worlds that differ in what is hidden from them.
func TestWhoMayReadSeesNothingThatIsHiddenFromThem(t *testing.T) {
	one, other := newWorld(t, oneWorld), newWorld(t, otherPay)
	var leaks []string
	for _, c := range []struct {
		actor hr.Actor
		reads int // at least so many verbs answer
	}{
		{hr.Actor{ID: "M", Employee: "M"}, 15},
		{hr.Actor{ID: "E3", Employee: "E3"}, 5},
		{hr.Actor{ID: "a", Roles: []string{hr.RoleAdmin}}, 5},
		{hr.Actor{ID: "h", Roles: []string{hr.RoleHiring}}, 3},
		{hr.Actor{ID: "s", Roles: []string{hr.RoleScheduler}}, 3},
	} {
		reads := 0
		for _, verb := range one.verbs(reflect.TypeFor[hr.View]()) {
			verdict, err := storage.Judge(t.Context(), one.kit, hr.View{Actor: c.actor, Purpose: "test"}, verb, "E2")
			require.NoError(t, err)
			if !verdict.Allow || verdict.Sees(hr.ClassMoney) { // who decides on a raise sees it
				continue
			}
			got, err := one.call(t, c.actor, verb, "E2")
			if errors.Is(err, hr.ErrDenied) { // a relation, and a verb about nobody in particular
				continue
			}
			there, otherErr := other.call(t, c.actor, verb, "E2")
			if said(err) != said(otherErr) {
				leaks = append(leaks, fmt.Sprintf("%s for %v: %q, not %q", verb, c.actor, said(otherErr), said(err)))
			}
			if err == nil {
				reads++
			}
			for i := range got {
				shown, hid := hr.Show(verdict, got[i])
				shownThere, hidThere := hr.Show(verdict, there[i])
				if !reflect.DeepEqual(hid, hidThere) || !reflect.DeepEqual(shown, shownThere) {
					leaks = append(leaks, fmt.Sprintf("%s for %v: %+v, not %+v", verb, c.actor, shownThere, shown))
				}
			}
		}
		require.GreaterOrEqual(t, reads, c.reads, "%v", c.actor)
	}
	require.Empty(t, leaks)
}

// What somebody reads about themselves does not depend on anything about somebody else.
func TestWhatOneReadsAboutOneselfTellsNothingAboutOthers(t *testing.T) {
	one, other, empty := newWorld(t, oneWorld), newWorld(t, otherWorld), newWorld(t, emptyWorld)
	other.ids, empty.ids = one.ids, one.ids
	e1 := hr.Actor{ID: "E1", Employee: "E1"}
	reads := 0
	var leaks []string
	for _, verb := range one.verbs(reflect.TypeFor[hr.View]()) {
		got, err := one.call(t, e1, verb, "E1")
		if err == nil {
			reads++
		}
		for name, w := range map[string]*world{"with other values": other, "without E2": empty} {
			there, thereErr := w.call(t, e1, verb, "E1")
			if said(err) != said(thereErr) || !reflect.DeepEqual(got, there) {
				leaks = append(leaks, fmt.Sprintf("%s in the world %s: %q, not %q", verb, name, said(thereErr), said(err)))
			}
		}
	}
	require.Empty(t, leaks)
	require.Greater(t, reads, 25)
}
