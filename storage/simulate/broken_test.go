package simulate_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/simulate"
)

// Every invariant, and what the player itself looks for, can fail: here is a store or a policy for each that makes it, and a script of a few lines.
func TestEveryInvariantCanFail(t *testing.T) {
	const house = `history 1 company=plain seed=1 employees=3 from=2025-01-01
1 2025-01-01 hr import 3
2 2025-01-01 payroll adopt 0 2024-01-01
3 2025-01-01 hr accrue 2025-01-31
`
	const january = `
60 2025-01-31 payroll create jan regular 2025-01-01..2025-01-31
61 2025-01-31 payroll calculate jan
62 2025-01-31 payroll override jan
63 2025-01-31 boss approve jan
64 2025-01-31 payroll pay jan
`
	const february = `
80 2025-02-28 payroll create feb regular 2025-02-01..2025-02-28
81 2025-02-28 payroll calculate feb
82 2025-02-28 payroll override feb
83 2025-02-28 boss approve feb
84 2025-02-28 payroll pay feb
`
	const lateRaise = "\n70 2025-02-10 hr raise E00001 2025-01-06 4000\n"
	cases := []struct {
		name, invariant, script string
		spoil                   func(simulate.Store) simulate.Store
		policy                  hr.Policy
	}{
		{
			"a payslip is gone after payment", "money", house + january,
			func(db simulate.Store) simulate.Store { return &losesPayslips{Store: db} }, nil,
		},
		{
			"a rule has no answer for somebody", "figures", house + january,
			func(db simulate.Store) simulate.Store { return unanswered{db} }, nil,
		},
		{
			"a posting is lost", "posted", house + january,
			func(db simulate.Store) simulate.Store {
				return postings{db, func(e []posting) []posting { return e[1:] }}
			}, nil,
		},
		{
			"a posting is there twice", "posted", house + january,
			func(db simulate.Store) simulate.Store { return postings{db, doubled} }, nil,
		},
		{
			"a late raise is forgotten", "retro", house + january + lateRaise + february,
			func(db simulate.Store) simulate.Store { return postings{db, withoutArrears} }, nil,
		},
		{
			"an entry of the leave ledger comes and goes", "balance", house + "4 2025-01-02 E00001 leave casual 2025-01-06..2025-01-07\n5 2025-01-02 boss decide 4 yes\n",
			func(db simulate.Store) simulate.Store { return &flickers{Store: db} }, nil,
		},
		{
			"two who act at once do not see each other: no guard row", "floor", house + `
4 2025-01-02 E00001 leave casual 2025-01-06..2025-01-15
5 2025-01-02 E00001 leave casual 2025-01-16..2025-01-27
6 2025-01-03 boss decide 4 yes
& 7 2025-01-03 boss decide 5 yes
`,
			func(db simulate.Store) simulate.Store { return &unguarded{Store: db, written: map[string]int{}} }, nil,
		},
		{
			"the end of an employment comes and goes", "time", house + "4 2025-01-10 hr exit E00001 2025-01-20\n5 2025-01-21 hr accrue 2025-01-31\n",
			func(db simulate.Store) simulate.Store { return &forgetsEnds{Store: db} }, nil,
		},
		{
			"a ghost employee is paid", "employed", house + january,
			func(db simulate.Store) simulate.Store { return ghost{db} }, nil,
		},
		{
			"what happened is not written down", "states", house + "4 2025-01-10 hr exit E00001 2025-01-09\n",
			func(db simulate.Store) simulate.Store { return &silent{Store: db} }, nil,
		},
		{
			"who prepared a run is forgotten", "approval", house + strings.ReplaceAll(january, "boss approve", "payroll approve"),
			func(db simulate.Store) simulate.Store { return nobodyPrepared{db} }, hr.AllowAll,
		},
		{
			"other results are posted than were approved: no digest holds", "agreed", house + january,
			func(db simulate.Store) simulate.Store { return swaps{db} }, nil,
		},
		{
			"two decide at once and the last one wins: no version check", "agreed", house + `
4 2025-01-02 E00001 leave casual 2025-01-06..2025-01-06
5 2025-01-03 boss decide 4 yes
& 6 2025-01-03 boss decide 4 no
`,
			func(db simulate.Store) simulate.Store {
				return &unversioned{Store: db, before: map[leave.RequestID]older{}}
			}, nil,
		},
		{
			"what a payslip lent is forgotten", "debts", house + "4 2025-01-02 payroll lend E00001 300 100 2025-01-01\n5 2025-01-03 boss agree 4 yes\n" + january,
			func(db simulate.Store) simulate.Store { return forgetsDebts{db} }, nil,
		},
		{
			"a key is not destroyed", "erased", house + "4 2025-01-10 hr exit E00001 2025-01-09\n5 2025-05-01 hr erase E00001\n",
			func(db simulate.Store) simulate.Store { return keepsKeys{db} }, nil,
		},
		{
			"a policy lets payroll change a bank account", "account", house + "4 2025-01-20 payroll bank E00001 1\n" + january,
			nil, hr.AllowAll,
		},
		{
			"a policy lets everybody do everything", "work", house + "4 2025-01-20 E00001 raise E00001 2025-01-20 9999\n",
			nil, hr.AllowAll,
		},
		{
			"a policy lets payroll hire a ghost", "work", house + "4 2025-01-20 payroll hire E00009 2025-01-20 9999\n",
			nil, hr.AllowAll,
		},
		{
			"an event is lost", "events", house + "4 2025-01-02 clock deliver plain\n5 2025-01-10 hr exit E00001 2025-01-09\n6 2025-01-11 clock deliver plain\n",
			func(db simulate.Store) simulate.Store { return quiet{db} }, nil,
		},
		{
			"an opening forgets that its seat is taken", "seats", house + `
4 2025-01-02 hr open clerk 1
5 2025-01-02 hr consider E00004 clerk
6 2025-01-02 hr consider E00005 clerk
7 2025-01-02 hr offer E00004 2025-01-06 2000
8 2025-01-02 hr offer E00005 2025-01-06 2000
9 2025-01-03 hr accept E00004
& 10 2025-01-03 hr accept E00005
`,
			func(db simulate.Store) simulate.Store { return unseated{db} }, nil,
		},
		{
			"an inbox forgets", "events", house + "4 2025-01-11 clock deliver twice\n",
			func(db simulate.Store) simulate.Store { return amnesia{db} }, nil,
		},
		{
			"a link of the audit chain is edited", "audit", house,
			func(db simulate.Store) simulate.Store { return edited{db} }, nil,
		},
		{
			"an old fact is edited", "memory", house + january + "70 2025-02-10 hr raise E00001 2025-01-06 4000\n71 2025-03-01 hr accrue 2025-03-31\n",
			func(db simulate.Store) simulate.Store { return rewrites{db} }, nil,
		},
		{
			"a command is not remembered", "replayed", house + "4 2025-01-02 payroll again 2\n",
			func(db simulate.Store) simulate.Store { return &noLog{Store: db} }, hr.AllowAll,
		},
		{
			"an error of the store says an account", "secrets", house + "4 2025-01-02 E00001 leave casual 2025-01-06..2025-01-07\n",
			func(db simulate.Store) simulate.Store {
				return requests{db, func() error { return errors.New("PLANTED00000100") }}
			}, nil,
		},
		{
			"an error has no rule", "typed errors", house + "4 2025-01-02 E00001 leave casual 2025-01-06..2025-01-07\n",
			func(db simulate.Store) simulate.Store { return requests{db, func() error { return errors.New("no") }} }, nil,
		},
		{
			"a panic", "no panic", house + "4 2025-01-02 E00001 leave casual 2025-01-06..2025-01-07\n",
			func(db simulate.Store) simulate.Store { return requests{db, func() error { panic("here") }} }, nil,
		},
		{"a word is missing", "script", house + "4 2025-01-02 hr raise E00001\n", nil, nil},
	}
	company, err := simulate.Plain()
	require.NoError(t, err)
	failed := map[string]bool{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			whole, err := simulate.Read(strings.NewReader(c.script))
			require.NoError(t, err)
			broken := func(s simulate.Script) bool {
				db := simulate.Store(memory.New())
				if c.spoil != nil {
					db = c.spoil(db)
				}
				return violates(t, company, s, db, c.policy, c.invariant)
			}
			require.True(t, broken(whole), "%s is not seen", c.invariant)
			require.False(t, violates(t, company, whole, memory.New(), nil, c.invariant) && c.invariant != "script", "%s is violated without the fault", c.invariant)
			small := simulate.Shrink(whole, broken)
			var text strings.Builder
			_, err = small.WriteTo(&text)
			require.NoError(t, err)
			require.True(t, broken(small), "what is left must fail")
			require.LessOrEqual(t, len(small.Steps), len(whole.Steps))
			t.Logf("\n%s", &text)
			failed[c.invariant] = true
		})
	}
	for _, inv := range simulate.Invariants() {
		require.True(t, failed[inv.Name], "%s: no broken store shows that it can fail", inv.Name)
	}
}

// violates plays a script and says whether an invariant was violated, among others or alone.
func violates(t *testing.T, c simulate.Company, s simulate.Script, db simulate.Store, p hr.Policy, invariant string) bool {
	t.Helper()
	out, err := simulate.Play(t.Context(), c, s, db, simulate.Options{Policy: p})
	require.NoError(t, err)
	return slices.ContainsFunc(out.Violations, func(v simulate.Violation) bool { return v.Invariant == invariant })
}

// losesPayslips answers every second reading of a paid run without its first payslip.
type losesPayslips struct {
	simulate.Store
	n int
}

func (s *losesPayslips) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	page, err := s.Store.Results(ctx, run, after, limit)
	if r, _ := s.Run(ctx, run); r.State == payroll.RunPaid && len(page) > 0 {
		if s.n++; s.n%2 == 0 {
			page = page[1:]
		}
	}
	return page, err
}

// unanswered says of the last payslip of each run that a rule of it failed.
type unanswered struct{ simulate.Store }

func (s unanswered) Run(ctx context.Context, id payroll.RunID) (payroll.Run, error) {
	r, err := s.Store.Run(ctx, id)
	r.Failed += min(r.Members, 1)
	return r, err
}

func (s unanswered) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	page, err := s.Store.Results(ctx, run, after, limit)
	if n := len(page); n > 0 {
		page[n-1].Failures = append(page[n-1].Failures, payroll.Failure{Path: "lines.fund", Rule: "payroll.formula.divisor"})
	}
	return page, err
}

type posting = hr.Entry[payroll.Posting]

// postings stores other postings than it is given.
type postings struct {
	simulate.Store
	turn func([]posting) []posting
}

func (s postings) AppendPostings(ctx context.Context, entries ...posting) error {
	return s.Store.AppendPostings(ctx, s.turn(entries)...)
}

func doubled(entries []posting) []posting {
	again := entries[0]
	again.ID += "-again"
	again.Line += 1000
	return append(slices.Clone(entries), again)
}

func withoutArrears(entries []posting) []posting {
	return slices.DeleteFunc(slices.Clone(entries), func(e posting) bool { return e.Value.Kind == payroll.PostingArrears })
}

// flickers forgets the newest entry of a ledger at every third reading.
type flickers struct {
	simulate.Store
	n int
}

func (s *flickers) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	all, err := s.Store.MovementsOf(ctx, pins)
	s.n++
	for i, entries := range all {
		if s.n%3 == 0 && len(entries) > 0 {
			all[i] = entries[:len(entries)-1]
		}
	}
	return all, err
}

// unguarded is what a database shows to two units of work that run at once without a guard row: neither sees what the other writes.
type unguarded struct {
	simulate.Store
	unit    int
	written map[string]int // in which unit, by the id of the entry
}

type inUnit struct{}

func (s *unguarded) InTx(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(inUnit{}) == nil {
		s.unit++
		ctx = context.WithValue(ctx, inUnit{}, true)
	}
	return s.Store.InTx(ctx, fn)
}

func (s *unguarded) AppendMovements(ctx context.Context, id hr.EmployeeID, entries ...leave.Entry) error {
	for _, e := range entries {
		s.written[e.ID] = s.unit
	}
	return s.Store.AppendMovements(ctx, id, entries...)
}

func (s *unguarded) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	all, err := s.Store.MovementsOf(ctx, pins)
	if ctx.Value(inUnit{}) == nil {
		return all, err
	}
	for i, entries := range all {
		all[i] = slices.DeleteFunc(entries, func(e leave.Entry) bool { return s.written[e.ID] == s.unit-1 && e.Value.Quantity.IsNegative() })
	}
	return all, err
}

// forgetsEnds answers every second question for terms without the last that was said.
type forgetsEnds struct {
	simulate.Store
	n int
}

func (s *forgetsEnds) Terms(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[hr.Terms], error) {
	all, err := s.Store.Terms(ctx, pins)
	s.n++
	for i, entries := range all {
		if s.n%2 == 0 && len(entries) > 1 {
			all[i] = entries[:len(entries)-1]
		}
	}
	return all, err
}

// ghost has a payslip for somebody whom nobody hired.
type ghost struct{ simulate.Store }

func (s ghost) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	page, err := s.Store.Results(ctx, run, after, limit)
	if r, _ := s.Run(ctx, run); r.State == payroll.RunPaid && len(page) > 0 {
		again := page[len(page)-1]
		again.Employee, again.Slip.Employee = "E99999", "E99999"
		page = append(page, again)
	}
	return page, err
}

// silent loses what happened, after the first.
type silent struct {
	simulate.Store
	n int
}

func (s *silent) AppendHappenings(ctx context.Context, id hr.EmployeeID, entries ...hr.Entry[lifecycle.Happening]) error {
	if s.n++; s.n > 3 { // those who are imported
		return nil
	}
	return s.Store.AppendHappenings(ctx, id, entries...)
}

// nobodyPrepared forgets who prepared a run, and asks them.
type nobodyPrepared struct{ simulate.Store }

func (s nobodyPrepared) Run(ctx context.Context, id payroll.RunID) (payroll.Run, error) {
	r, err := s.Store.Run(ctx, id)
	r.Approval.Preparer = ""
	for i := range r.Approval.Levels {
		r.Approval.Levels[i].Approvers = []hr.ActorID{"payroll"}
	}
	return r, err
}

// edited shows another actor in a link of the chain.
type edited struct{ simulate.Store }

func (s edited) AuditLinks(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
	links, err := s.Store.AuditLinks(ctx, stream, after, limit)
	if len(links) > 0 {
		links[0].Actor = "somebody else"
	}
	return links, err
}

// rewrites puts what is said last in the place of what was said first: a history that is edited.
type rewrites struct{ simulate.Store }

func (s rewrites) Terms(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[hr.Terms], error) {
	today := slices.Clone(pins)
	for i := range today {
		today[i].Known = hr.Known{}
	}
	now, err := s.Store.Terms(ctx, today)
	if err != nil {
		return nil, err
	}
	all, err := s.Store.Terms(ctx, pins)
	for i, entries := range all {
		if len(entries) > 0 {
			entries[0].Value = now[i][len(now[i])-1].Value
		}
	}
	return all, err
}

// noLog knows no command when it comes again.
type noLog struct {
	simulate.Store
	n int
}

func (s *noLog) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	s.n++
	row.ID += hr.CommandID(fmt.Sprint(" ", s.n))
	return s.Store.Claim(ctx, row)
}

func (s *noLog) Finish(context.Context, hr.CommandID, []byte) error { return nil }

// requests fails at every request for leave.
type requests struct {
	simulate.Store
	fail func() error
}

func (s requests) PutRequest(context.Context, leave.Request) error { return s.fail() }

// quiet loses the events of those who leave.
type quiet struct{ simulate.Store }

func (s quiet) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	if a.Verb == "lifecycle.Exit" {
		ev = nil
	}
	return s.Store.Append(ctx, a, ev...)
}

// amnesia takes every event for the first.
type amnesia struct{ simulate.Store }

func (amnesia) First(context.Context, string, string) (bool, error) { return true, nil }

// unseated has an opening whose seats are always free.
type unseated struct{ simulate.Store }

func (s unseated) Opening(ctx context.Context, id recruitment.OpeningID) (recruitment.Opening, error) {
	o, err := s.Store.Opening(ctx, id)
	o.Filled = 0
	return o, err
}

// swaps shows other results while a run is posted, and from then on, than those that were approved, each with a digest of its own that fits: what a
// digest that nobody compares lets through.
type swaps struct{ simulate.Store }

func (s swaps) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	page, err := s.Store.Results(ctx, run, after, limit)
	if r, _ := s.Run(ctx, run); r.State == payroll.RunPaying || r.State == payroll.RunPaid {
		for i := range page {
			for l := range page[i].Slip.Lines {
				if line := &page[i].Slip.Lines[l]; line.Name == "basic_pay" {
					line.Amount = line.Amount.Add(decimal.NewFromInt(1000))
				}
			}
			page[i].Digest = ""
			page[i].Digest = hr.Digest("result/2", &struct {
				Employee hr.EmployeeID
				Slip     string
				Failures []payroll.Failure
			}{page[i].Employee, page[i].Slip.Digest(), page[i].Failures})
		}
	}
	return page, err
}

// unversioned is what a database shows to two who read a case before either writes it, and lets the second write over the first: it looks at no version.
type unversioned struct {
	simulate.Store
	unit   int
	before map[leave.RequestID]older
}

// older is a request as it was before the unit that wrote it.
type older struct {
	request leave.Request
	unit    int
}

func (s *unversioned) InTx(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(inUnit{}) == nil {
		s.unit++
		ctx = context.WithValue(ctx, inUnit{}, true)
	}
	return s.Store.InTx(ctx, fn)
}

func (s *unversioned) Request(ctx context.Context, id leave.RequestID) (leave.Request, error) {
	r, err := s.Store.Request(ctx, id)
	if was, wrote := s.before[id]; wrote && was.unit == s.unit-1 && was.request.State == leave.Requested && ctx.Value(inUnit{}) != nil {
		return was.request, err
	}
	return r, err
}

func (s *unversioned) PutRequest(ctx context.Context, r leave.Request) error {
	if stored, err := s.Store.Request(ctx, r.ID); err == nil {
		s.before[r.ID] = older{stored, s.unit}
		r.Version = stored.Version
	}
	return s.Store.PutRequest(ctx, r)
}

// forgetsDebts knows of no posting what it lent and took back.
type forgetsDebts struct{ simulate.Store }

func (s forgetsDebts) PostingsOf(ctx context.Context, pins []hr.Pin) ([][]posting, error) {
	all, err := s.Store.PostingsOf(ctx, pins)
	for _, entries := range all {
		for i := range entries {
			entries[i].Value.Debts = nil
		}
	}
	return all, err
}

// keepsKeys says that a key is destroyed, and keeps it.
type keepsKeys struct{ simulate.Store }

func (keepsKeys) DestroyKeys(context.Context, string, hr.Date, ...hr.FieldClass) error { return nil }
