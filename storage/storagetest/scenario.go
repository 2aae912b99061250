package storagetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// scenario is a story that goes through services and their stores, for [Faults] to disturb at every call.
type scenario struct {
	name  string
	needs []string // the fields of Ports without which there is no such story
	tell  func(h *house) story
}

// story is a scenario in one house: commands whose ids and answers are the same each time it is told.
type story struct {
	before []step // is never disturbed
	steps  []step
	look   func(ctx context.Context) ([]any, error) // everything that the steps have stored
}

// step sends one command and returns its answer. It may be taken again.
type step struct {
	name string
	take func(ctx context.Context) (answer any, err error)
	// trusts says that others have acted on the commits of this step: one that the database reported and lost cannot be made up for.
	trusts bool
}

// scenarios are all stories, the shortest first.
func scenarios() []scenario {
	return []scenario{deliveryStory, hireStory, bankStory, leaveStory, timeStory, offerStory, rulesStory, payrollStory}
}

// missing returns which of the ports of a scenario the host does not keep.
func (s scenario) missing(p Ports) (names []string) {
	for _, name := range s.needs {
		if reflect.ValueOf(p).FieldByName(name).IsNil() {
			names = append(names, name)
		}
	}
	return names
}

// house is where a story takes place: ports, a clock that the steps set, and what every service is wired with.
type house struct {
	Ports
	kit storage.Kit
	now time.Time
}

// newHouse opens a house. The seed of ids is the same for all, so that the same command makes the same ids in each.
func newHouse(p Ports, clock func(now func() time.Time) func() time.Time) *house {
	h := &house{Ports: p, now: noon}
	h.kit = storage.Kit{
		Tx: p.Tx, Log: p.Log, Know: p.Know, Journal: p.Journal, Authorize: hr.AllowAll,
		Now: clock(func() time.Time { return h.now }), NewID: func() string { return "seed" },
	}
	return h
}

// stored reads the knowledge numbers of employees and, where the host lets it, the journal: in the order of ids, for chunks of one command may
// come in another order when some of them come again.
func (h *house) stored(ctx context.Context, ids ...hr.EmployeeID) ([]any, error) {
	pins, err := h.Know.Heads(ctx, append(ids, hr.Everyone)...)
	if err != nil || h.Written == nil {
		return []any{pins}, err
	}
	audits, events, err := h.Written(ctx)
	slices.SortStableFunc(audits, func(a, b storage.Audit) int { return strings.Compare(string(a.Command), string(b.Command)) })
	slices.SortStableFunc(events, func(a, b storage.Event) int { return strings.Compare(a.ID, b.ID) })
	return []any{pins, audits, events}, err
}

var (
	clerk    = hr.Actor{ID: "clerk"}
	approver = hr.Actor{ID: "approver"}
	begins   = hr.MustDate("2026-04-01")
	staff    = []hr.EmployeeID{"E1", "E2", "E3"}
	terms    = hr.Terms{Entity: "Works", Currency: "INR", Shift: "day", Calendar: "works", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(31000)}}}
)

func by(actor hr.Actor, id hr.CommandID) hr.Command {
	return hr.Command{ID: id, Actor: actor, Purpose: "scenario", Reason: "to see what becomes of it"}
}

func pinsOf(ids ...hr.EmployeeID) (pins []hr.Pin) {
	for _, id := range ids {
		pins = append(pins, hr.Pin{Employee: id})
	}
	return pins
}

// calendar has every weekday at work, for all of the year of the stories.
func calendar() map[string]hr.Calendar {
	c, err := hr.NewCalendar(hr.CalendarRules{
		Name: "works", Span: hr.MustPeriod("2026-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}, Observe: hr.ActualDay,
	})
	if err != nil {
		panic(err) // these rules are fixed
	}
	return map[string]hr.Calendar{"works": c}
}

// steady stands in for the services that a story is not about: three people on the same terms since the beginning, and one approver.
type steady struct{}

func (steady) TermsOf(_ context.Context, _ hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	out := make([]hr.Timeline[hr.Terms], len(pins))
	for i := range out {
		out[i] = hr.Since(begins, terms)
	}
	return out, nil
}

func (steady) Employees(_ context.Context, _ hr.View, _ hr.Period, after hr.EmployeeID, limit int) (out []hr.EmployeeID, err error) {
	for _, id := range staff {
		if id > after && len(out) < limit {
			out = append(out, id)
		}
	}
	return out, nil
}

func (steady) People(_ context.Context, _ hr.View, ids ...hr.EmployeeID) ([]hr.Person, error) {
	out := make([]hr.Person, len(ids))
	for i := range out {
		out[i] = hr.Person{Name: "A Specimen"}
	}
	return out, nil
}

func (steady) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	return []hr.ApprovalLevel{{Name: "approver", Approvers: []hr.ActorID{approver.ID}}}, nil
}

// nothing is the answer of a command that answers with an error only.
func nothing(err error) (any, error) { return nil, err }

// gathered collects what a story looks at.
type gathered struct {
	all  []any
	errs []error
}

// gather adds what one call read. What is not there is nothing.
func gather[T any](g *gathered, v T, err error) {
	switch {
	case errors.Is(err, storage.ErrNotFound):
		g.all = append(g.all, "not there")
	case err != nil:
		g.errs = append(g.errs, err)
	default:
		g.all = append(g.all, v)
	}
}

func (g *gathered) result(more []any, err error) ([]any, error) {
	return append(g.all, more...), errors.Join(append(g.errs, err)...)
}
