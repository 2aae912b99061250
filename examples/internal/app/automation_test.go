package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/schedule"
)

// year is a small company whose year passes by itself.
type year struct {
	*app.App          // under the policy of the company
	office   *app.App // the same, in the hands of the test, who may do everything
	db       *memory.DB
	mu       sync.Mutex
	now      time.Time
	commands int
	told     []schedule.Outcome
}

// route is one level that has two working days, and then goes to the head of the house too.
type route struct{}

func (route) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	return []hr.ApprovalLevel{{Name: "boss", Approvers: []hr.ActorID{"E002"}, Within: 2, Calendar: "pune-office", Escalate: []hr.ActorID{"E001"}}}, nil
}

func (y *year) clock() time.Time {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.now
}

func (y *year) cmd() hr.Command {
	y.commands++
	return hr.Command{ID: hr.CommandID(fmt.Sprint("test/", y.commands)), Actor: hr.Actor{ID: "E063", Employee: "E063"}, Purpose: "test"}
}

// newYear is a company of eight, set up on the first of November 2026.
func newYear(t *testing.T) *year {
	c, err := app.Specimen()
	require.NoError(t, err)
	y := &year{db: memory.New(), now: time.Date(2026, 11, 1, 0, 5, 0, 0, c.Zone)}
	earned := leave.Policy{
		Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: decimal.NewFromInt(1),
		Accrual: leave.Accrual{Every: leave.Monthly, Days: decimal.RequireFromString("1.5"), Day: 1}, CarryOver: leave.CarryOver{Closes: true, Limit: decimal.NewFromInt(10)},
	}
	c.LeaveTypes, err = leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-11-01"), Value: earned})
	require.NoError(t, err)
	wire := func(p hr.Policy) *app.App {
		a := app.New(c, y.db, p, y.clock)
		a.Leave.Router = route{}
		return a
	}
	y.App, y.office = wire(app.Policy()), wire(hr.AllowAll)
	ctx := t.Context()
	arrivals := c.Arrivals()[:8]
	for i := range arrivals {
		arrivals[i].Hire.Terms.Calendar = "pune-office"
	}
	arrivals[3].Confirmed, arrivals[3].ProbationEnd = hr.Date{}, hr.MustDate("2027-03-20")
	arrivals[4].ContractEnd = hr.MustDate("2027-06-30")
	_, err = y.office.People.Import(ctx, y.cmd(), arrivals)
	require.NoError(t, err)
	_, err = y.office.People.KeepDocument(ctx, y.cmd(), lifecycle.Document{ID: "D1", Employee: "E003", Kind: "visa", Expires: hr.MustDate("2027-03-25")}, "")
	require.NoError(t, err)
	require.NoError(t, y.office.People.Exit(ctx, y.cmd(), "E006", hr.MustDate("2027-01-15"), "resigned"))
	_, err = y.office.Leave.Grant(ctx, y.cmd(), leave.Credit{Kind: leave.Opening, Source: c.Source(), Employee: "E005", Type: "earned", Quantity: decimal.NewFromInt(9), Usable: hr.Period{From: hr.MustDate("2026-11-01")}})
	require.NoError(t, err)
	_, err = y.office.Leave.Apply(ctx, y.cmd(), leave.Application{Employee: "E005", Type: "earned", Period: hr.MustPeriod("2027-04-05..2027-04-06")})
	require.NoError(t, err)
	_, err = y.office.Hiring.AddCandidate(ctx, y.cmd(), recruitment.Candidate{
		ID: "C1", Person: hr.Person{Name: "Asha Rao"}, Consents: []recruitment.Consent{{Purpose: "pool", Given: hr.MustDate("2026-11-01"), Expires: hr.MustDate("2027-03-20")}},
	})
	require.NoError(t, err)
	return y
}

// pass lets the year pass: the scheduler looks each noon, save on the days on which it is down.
func (y *year) pass(t *testing.T, workers int, down hr.Period) {
	for d := hr.MustDate("2026-11-01"); !d.After(hr.MustDate("2027-10-31")); d = d.Add(1) {
		y.mu.Lock()
		y.now = d.At(hr.MustTimeOfDay("12:00"), y.Company.Zone)
		y.mu.Unlock()
		if down.Contains(d) && !down.IsZero() {
			continue
		}
		var all sync.WaitGroup
		for range workers {
			all.Go(func() {
				s := y.Scheduler(func(_ context.Context, o schedule.Outcome) {
					y.mu.Lock()
					defer y.mu.Unlock()
					y.told = append(y.told, o)
				})
				if _, err := s.CatchUp(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}

// outcome is what the year has come to, without the moments at which it was done.
func (y *year) outcome(t *testing.T) (out []string) {
	ctx := t.Context()
	_, err := y.Scheduler(nil).CatchUp(ctx) // what two workers left to each other
	require.NoError(t, err)
	v := hr.View{Actor: hr.Actor{ID: "test"}, Purpose: "test"}
	for i := 1; i <= 8; i++ {
		id := hr.EmployeeID(fmt.Sprintf("E%03d", i))
		for _, on := range []string{"2026-11-30", "2027-02-28", "2027-10-31"} {
			balance, err := y.office.Leave.Balance(ctx, v, id, "earned", hr.MustDate(on))
			require.NoError(t, err)
			out = append(out, fmt.Sprint(id, " has ", balance, " on ", on))
		}
	}
	events, err := y.db.Events(ctx)
	require.NoError(t, err)
	seen := map[string]int{}
	for _, e := range events {
		if strings.HasPrefix(e.Kind, "reminder.") || strings.HasSuffix(e.Kind, ".escalated") || e.Kind == "recruitment.erased" {
			seen[fmt.Sprint(e.Kind, " ", e.Subject, " ", e.Ref.Kind)]++
		}
	}
	for what, n := range seen {
		out = append(out, fmt.Sprint(what, " ", n, " times"))
	}
	c, err := y.db.Candidate(ctx, "C1")
	require.NoError(t, err)
	out = append(out, fmt.Sprint("the candidate's name is ", c.Person.Name))
	return out
}

var unordered = cmp.Transformer("set", func(list []string) map[string]int {
	set := map[string]int{}
	for _, s := range list {
		set[s]++
	}
	return set
})

// A year passes; then the same year with the scheduler down from 20 February to 22 March 2027, in which a trial is to be reminded of, a visa, a
// consent that ends and a candidate who is to be erased; then the same with two workers at a time.
func TestAYearPasses(t *testing.T) {
	plain := newYear(t)
	plain.pass(t, 1, hr.Period{})
	want := plain.outcome(t)
	for _, o := range plain.told {
		require.NoError(t, o.Err)
		require.Empty(t, o.Left, "%s of %s", o.Job, o.Day)
	}
	require.Len(t, plain.told, 7*365+12, "seven jobs a day, and closing on the tenth of each month")
	// By hand. 1.5 days are credited on the first of each month: November is one credit. With a leave year that closes on 31 December 3 days
	// (of E005: 9 + 3 = 12, of which 10 stay) are carried over; January and February make 3 more. E006 goes on 15 January. Ten credits
	// from January to October 2027 are 15; E005 asked for two days, which nobody agreed to, and which are held.
	require.Subset(t, want, []string{
		"E001 has 1.5 on 2026-11-30", "E001 has 6 on 2027-02-28", "E001 has 18 on 2027-10-31",
		"reminder.probation E004 employment 1 times",
		"reminder.document E003 document 1 times",
		"reminder.contract_end E005 employment 1 times",
		"reminder.consent  candidate 1 times",
		"reminder.settlement E006 employment 13 times", // each seventh day of 90 after the last: 1, 8, ... 85
		"leave.escalated E005 leave 1 times",
		"the candidate's name is ", // erased: nothing asked to keep it once the consent was over
	})
	late := newYear(t)
	late.pass(t, 1, hr.MustPeriod("2027-02-20..2027-03-22"))
	require.Empty(t, cmp.Diff(want, late.outcome(t), unordered), "a month of downtime changes nothing")
	two := newYear(t)
	two.pass(t, 2, hr.MustPeriod("2027-02-20..2027-03-22"))
	require.Empty(t, cmp.Diff(want, two.outcome(t), unordered), "two workers do everything once")
}

// Whoever cannot be worked out is left out and told; the others have their leave.
func TestOneOfManyIsLeftOut(t *testing.T) {
	y := newYear(t)
	broken := errors.New("no terms")
	y.App.Leave.Terms = lacking{y.App.Leave.Terms, broken}
	y.pass(t, 1, hr.MustPeriod("2026-11-02..2027-10-31"))
	v := hr.View{Actor: hr.Actor{ID: "test"}, Purpose: "test"}
	for id, want := range map[hr.EmployeeID]string{"E001": "1.5", "E002": "0"} {
		got, err := y.office.Leave.Balance(t.Context(), v, id, "earned", hr.MustDate("2026-11-02"))
		require.NoError(t, err)
		require.Equal(t, want, got.String(), id)
	}
	require.Equal(t, "leave accruals", y.told[0].Job)
	require.NoError(t, y.told[0].Err)
	require.Len(t, y.told[0].Left, 1)
	require.Equal(t, "E002", y.told[0].Left[0].About)
	require.ErrorIs(t, y.told[0].Left[0].Err, broken)
}

// lacking has no terms of E002.
type lacking struct {
	leave.Terms
	err error
}

func (l lacking) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	for _, pin := range pins {
		if pin.Employee == "E002" {
			return nil, l.err
		}
	}
	return l.Terms.TermsOf(ctx, v, pins, p)
}

// The automaton may do what falls due, and nothing else.
func TestTheAutomatonMayDoNoMore(t *testing.T) {
	for verb, may := range map[string]bool{"leave.AccrueThrough": true, "app.Remind": true, "payroll.Approve": false, "leave.Apply": false, "lifecycle.ChangeTerms": false, "payroll.Payslip": false} {
		got := app.Policy()(hr.Ask{Verb: verb, Actor: app.Automaton, Subjects: []hr.EmployeeID{"E001"}})
		require.Equal(t, may, got.Allow, verb)
	}
	for _, role := range []string{hr.RoleHR, hr.RolePayrollPreparer, hr.RoleAdmin, hr.RoleAuditor} {
		require.False(t, app.Policy()(hr.Ask{Verb: app.VerbRemind, Actor: hr.Actor{ID: "x", Roles: []string{role}}}).Allow, role)
	}
}
