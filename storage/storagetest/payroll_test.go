package storagetest_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func payrollStore(t *testing.T) storagetest.PayrollStore {
	t.Helper()
	db := memory.New()
	return storagetest.PayrollStore{
		Core: storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db,
	}
}

// reversed pages members from the end.
type reversed struct{ payroll.Runs }

func (r reversed) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	ids, err := r.Runs.Members(ctx, id, after, limit)
	slices.Reverse(ids)
	return ids, err
}

// badChunks keeps chunks right in every way but one.
type badChunks struct {
	payroll.Runs
	bug string
}

func (b badChunks) PutChunks(ctx context.Context, cs ...payroll.RunChunk) error {
	cs = slices.Clone(cs)
	for i := range cs {
		switch b.bug {
		case "forgets a column":
			cs[i].Posted = 0
		case "takes any version":
			cs[i].Version = 0
			if have, _ := b.Runs.Chunks(ctx, cs[i].Run, cs[i].Number, 1); len(have) > 0 {
				cs[i].Version = have[0].Version
			}
		case "one after the other":
			if err := b.Runs.PutChunks(ctx, cs[i]); err != nil {
				return err
			}
		}
	}
	if b.bug == "one after the other" {
		return nil
	}
	return b.Runs.PutChunks(ctx, cs...)
}

func (b badChunks) Chunks(ctx context.Context, id payroll.RunID, from, limit int) ([]payroll.RunChunk, error) {
	if b.bug == "begins at the first again" {
		from = 0
	}
	return b.Runs.Chunks(ctx, id, from, limit)
}

// lossy loses a column.
type lossy struct{ payroll.Runs }

func (f lossy) PutRun(ctx context.Context, r payroll.Run) error {
	r.Failed = 0
	return f.Runs.PutRun(ctx, r)
}

// results is a store of results right in every way but one: it is in no unit, so nothing is undone, no context ends it, and
// it lends out its memory. A bug can be added.
type results struct {
	bug  string
	kept map[payroll.RunID]map[hr.EmployeeID]payroll.Result
}

func newResults(bug string) results {
	return results{bug, map[payroll.RunID]map[hr.EmployeeID]payroll.Result{}}
}

func (r results) PutResults(_ context.Context, run payroll.RunID, rs ...payroll.Result) error {
	if r.kept[run] == nil {
		r.kept[run] = map[hr.EmployeeID]payroll.Result{}
	}
	for _, one := range rs {
		if _, had := r.kept[run][one.Employee]; had && r.bug == "keeps the first" {
			continue
		}
		if r.bug == "forgets a column" {
			one.Slip.Employee = ""
		}
		r.kept[run][one.Employee] = one
	}
	return nil
}

func (r results) Result(_ context.Context, run payroll.RunID, employee hr.EmployeeID) (payroll.Result, error) {
	one, ok := r.kept[run][employee]
	if !ok && r.bug != "answers a zero result" {
		return one, storage.ErrNotFound
	}
	return one, nil
}

func (r results) Results(_ context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.Result, _ error) {
	ids := slices.Sorted(maps.Keys(r.kept[run]))
	for _, id := range ids {
		if (id > after || r.bug == "begins at the first again") && len(out) < limit {
			out = append(out, r.kept[run][id])
		}
	}
	return out, nil
}

// looseMembers keeps members in no unit.
type looseMembers struct {
	payroll.Runs
	kept map[payroll.RunID][]hr.EmployeeID
}

func (l looseMembers) AddMembers(_ context.Context, id payroll.RunID, ids ...hr.EmployeeID) error {
	l.kept[id] = slices.Compact(slices.Sorted(slices.Values(append(ids, l.kept[id]...))))
	return nil
}

func (l looseMembers) Members(_ context.Context, id payroll.RunID, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	from, found := slices.BinarySearch(l.kept[id], after)
	if found {
		from++
	}
	return l.kept[id][from:min(from+limit, len(l.kept[id]))], nil
}

// facts is a port of facts by employee with a bug of each kind, whatever it keeps.
type badFacts[T any] struct {
	bug    string
	owner  map[string]hr.EmployeeID
	append func(ctx context.Context, entries ...hr.Entry[T]) error
	of     func(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error)
	whose  func(T) hr.EmployeeID
}

func (b badFacts[T]) add(ctx context.Context, entries ...hr.Entry[T]) error {
	for _, e := range entries {
		if owner, ok := b.owner[e.ID]; ok && owner != b.whose(e.Value) && b.bug == "one id for all" {
			return storage.ErrConflict
		}
		b.owner[e.ID] = b.whose(e.Value)
		if b.bug == "an employee at a time" {
			if err := b.append(ctx, e); err != nil {
				return err
			}
		}
	}
	return b.append(ctx, entries...)
}

func (b badFacts[T]) list(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error) {
	if b.bug == "knows all and sorts the pins" {
		pins = spoilPins(pins)
	}
	return b.of(ctx, pins)
}

type badPostings struct{ b badFacts[payroll.Posting] }

func (p badPostings) AppendPostings(ctx context.Context, es ...hr.Entry[payroll.Posting]) error {
	return p.b.add(ctx, es...)
}

func (p badPostings) PostingsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Posting], error) {
	return p.b.list(ctx, pins)
}

type badAdjustments struct{ b badFacts[payroll.Adjustment] }

func (p badAdjustments) AppendAdjustments(ctx context.Context, es ...hr.Entry[payroll.Adjustment]) error {
	return p.b.add(ctx, es...)
}

func (p badAdjustments) AdjustmentsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Adjustment], error) {
	return p.b.list(ctx, pins)
}

type badDebts struct{ b badFacts[payroll.Debt] }

func (p badDebts) AppendDebts(ctx context.Context, es ...hr.Entry[payroll.Debt]) error {
	return p.b.add(ctx, es...)
}

func (p badDebts) DebtsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Debt], error) {
	return p.b.list(ctx, pins)
}

// unsortedRequests lists requests as they came, each as often as it was stored, and in no unit.
type unsortedRequests struct {
	payroll.Requests
	kept map[hr.EmployeeID][]payroll.Request
}

func (b unsortedRequests) PutPayrollRequest(ctx context.Context, r payroll.Request) error {
	err := b.Requests.PutPayrollRequest(ctx, r)
	if err == nil {
		b.kept[r.Employee] = append(b.kept[r.Employee], r)
	}
	return err
}

func (b unsortedRequests) PayrollRequestsOf(_ context.Context, employee hr.EmployeeID) ([]payroll.Request, error) {
	return b.kept[employee], nil
}

// forgetfulRequests loses a column.
type forgetfulRequests struct{ payroll.Requests }

func (l forgetfulRequests) PutPayrollRequest(ctx context.Context, r payroll.Request) error {
	r.Debt.Within = ""
	return l.Requests.PutPayrollRequest(ctx, r)
}

// adoptsAll answers every number with today's adoptions.
type adoptsAll struct{ payroll.Adoptions }

func (a adoptsAll) Adopted(ctx context.Context, _ hr.Seq) ([]hr.Entry[payroll.Adoption], error) {
	return a.Adoptions.Adopted(ctx, 0)
}

// badSettled tells who is settled, and how far, in a wrong way. It is in no unit where it remembers.
type badSettled struct {
	payroll.Postings
	bug  string
	seen map[hr.EmployeeID]hr.Known
}

func (b badSettled) AppendPostings(ctx context.Context, es ...hr.Entry[payroll.Posting]) error {
	for _, e := range es {
		b.seen[e.Value.Employee] = e.Value.Settled
	}
	return b.Postings.AppendPostings(ctx, es...)
}

func (b badSettled) SettledAfter(ctx context.Context, after hr.EmployeeID, limit int) (out []hr.Pin, err error) {
	if b.bug == "remembers the last" {
		for _, e := range slices.Sorted(maps.Keys(b.seen)) {
			if e > after && len(out) < limit {
				out = append(out, hr.Pin{Employee: e, Known: b.seen[e]})
			}
		}
		return out, nil
	}
	return b.Postings.(payroll.Settled).SettledAfter(ctx, "", limit)
}

// badHeads tells heads in a wrong way.
type badHeads struct {
	innerResults
	bug  string
	seen map[payroll.RunID]map[hr.EmployeeID]payroll.ResultHead
}

func (b badHeads) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	for _, r := range rs {
		if b.seen != nil && b.seen[run] == nil {
			b.seen[run] = map[hr.EmployeeID]payroll.ResultHead{}
		}
		if _, had := b.seen[run][r.Employee]; b.seen != nil && !had {
			b.seen[run][r.Employee] = r.Head()
		}
	}
	return b.innerResults.PutResults(ctx, run, rs...)
}

func (b badHeads) ResultHeads(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.ResultHead, err error) {
	if b.bug == "begins at the first again" {
		return b.innerResults.(payroll.ResultHeads).ResultHeads(ctx, run, "", limit)
	}
	for _, e := range slices.Sorted(maps.Keys(b.seen[run])) {
		if e > after && len(out) < limit {
			out = append(out, b.seen[run][e])
		}
	}
	return out, nil
}

func TestPayroll(t *testing.T) {
	spoiled := func(bug string, spoil func(s *storagetest.PayrollStore), fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore {
				s := payrollStore(t)
				spoil(&s)
				return s
			})
		}}
	}
	keeping := func(bug string, fails ...string) double {
		return spoiled("results: "+bug, func(s *storagetest.PayrollStore) { s.Results = newResults(bug) }, fails...)
	}
	facts := func(bug string, sentences ...string) double {
		var fails []string
		for _, s := range sentences {
			fails = append(fails, "Postings/"+s, "Adjustments/"+s, "Debts/"+s)
		}
		return spoiled("facts: "+bug, func(s *storagetest.PayrollStore) {
			s.Postings = badPostings{badFacts[payroll.Posting]{
				bug, map[string]hr.EmployeeID{}, s.Postings.AppendPostings, s.Postings.PostingsOf, func(p payroll.Posting) hr.EmployeeID { return p.Employee },
			}}
			s.Adjustments = badAdjustments{badFacts[payroll.Adjustment]{
				bug, map[string]hr.EmployeeID{}, s.Adjustments.AppendAdjustments, s.Adjustments.AdjustmentsOf, func(a payroll.Adjustment) hr.EmployeeID { return a.Employee },
			}}
			s.Debts = badDebts{badFacts[payroll.Debt]{
				bug, map[string]hr.EmployeeID{}, s.Debts.AppendDebts, s.Debts.DebtsOf, func(d payroll.Debt) hr.EmployeeID { return d.Employee },
			}}
		}, fails...)
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Payroll(t, payrollStore) },
		spoiled("members in the wrong order", func(s *storagetest.PayrollStore) { s.Runs = reversed{s.Runs} },
			"Members/members come by id, a page at a time, each once"),
		spoiled("members in no unit", func(s *storagetest.PayrollStore) { s.Runs = looseMembers{s.Runs, map[payroll.RunID][]hr.EmployeeID{}} },
			"Members/members are undone with their unit", "Members/calls about members honour their context"),
		spoiled("a forgotten column", func(s *storagetest.PayrollStore) { s.Runs = lossy{s.Runs} },
			"Runs/every field comes back and the version is the next"),
		spoiled("chunks: a forgotten column", func(s *storagetest.PayrollStore) { s.Runs = badChunks{s.Runs, "forgets a column"} },
			"Chunks/every field comes back and the version is the next"),
		spoiled("chunks: any version", func(s *storagetest.PayrollStore) { s.Runs = badChunks{s.Runs, "takes any version"} },
			"Chunks/a stale version is a conflict and nothing is written"),
		spoiled("chunks: one after the other", func(s *storagetest.PayrollStore) { s.Runs = badChunks{s.Runs, "one after the other"} },
			"Chunks/several chunks are stored all or none"),
		spoiled("chunks: from the first again", func(s *storagetest.PayrollStore) { s.Runs = badChunks{s.Runs, "begins at the first again"} },
			"Chunks/chunks come by number, a page at a time"),
		keeping("in no unit", "Results/results are undone with their unit", "Results/what goes in and what comes out is a copy",
			"Results/calls about results honour their context"),
		spoiled("results: floating point", func(s *storagetest.PayrollStore) { s.Results = floats{s.Results} },
			"Results/an amount comes back to its last digit, however large and however fine"),
		keeping("forgets a column", "Results/every field of a result comes back"),
		keeping("answers a zero result", "Results/a missing result is not found"),
		keeping("keeps the first", "Results/a later result takes the place of an earlier one"),
		keeping("begins at the first again", "Results/results come by employee, a page at a time"),
		spoiled("heads of the first results, in no unit", func(s *storagetest.PayrollStore) {
			s.Results = badHeads{s.Results, "remembers the first", map[payroll.RunID]map[hr.EmployeeID]payroll.ResultHead{}}
		}, "ResultHeads/the head of a later result takes the place of that of an earlier one", "ResultHeads/heads are undone with their unit",
			"ResultHeads/a list of heads honours its context"),
		spoiled("heads from the beginning again", func(s *storagetest.PayrollStore) { s.Results = badHeads{s.Results, "begins at the first again", nil} },
			"ResultHeads/heads are those of the results, by employee, a page at a time"),
		facts("knows all and sorts the pins", "a pin limits what is known", "one list a pin in pin order"),
		facts("one id for all", "two employees may have the same ids"),
		facts("an employee at a time", "entries of many employees are added all or none"),
		spoiled("settled by the last that came", func(s *storagetest.PayrollStore) {
			s.Postings = badSettled{s.Postings, "remembers the last", map[hr.EmployeeID]hr.Known{}}
		}, "Settled/who has postings comes by id, a page at a time, with the newest that was settled",
			"Settled/what is settled is undone with its unit", "Settled/calls about what is settled honour their context"),
		spoiled("settled from the beginning again", func(s *storagetest.PayrollStore) {
			s.Postings = badSettled{s.Postings, "begins at the first again", map[hr.EmployeeID]hr.Known{}}
		}, "Settled/who has postings comes by id, a page at a time, with the newest that was settled"),
		spoiled("requests: as they came, in no unit", func(s *storagetest.PayrollStore) {
			s.Requests = unsortedRequests{s.Requests, map[hr.EmployeeID][]payroll.Request{}}
		}, "Requests/the requests about an employee come by id, in any state", "Requests/requests about an employee are undone with their unit",
			"Requests/a list of requests honours its context"),
		spoiled("requests: a forgotten column", func(s *storagetest.PayrollStore) { s.Requests = forgetfulRequests{s.Requests} },
			"Requests/every field comes back and the version is the next"),
		spoiled("adoptions of the future", func(s *storagetest.PayrollStore) { s.Adoptions = adoptsAll{s.Adoptions} },
			"Adoptions/a number limits what is known"),
	)
}
