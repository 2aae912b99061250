package storagetest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// The ways in which a store may lie, each with the sentence of the contract that finds it out. Every one must be found out by that sentence.
// Doubles of single ports are in the tests beside this one; this is the list to look at when a suite is changed.
func TestLies(t *testing.T) {
	lies := []double{
		coreLie("lost update", func(c *storagetest.Core) {
			c.Tx, c.Know = unlocked{}, &countsFirst{Knowledge: c.Know}
		}, "Knowledge/sixteen writers take distinct rising numbers"),
		leaveLie("lost update of a case", func(s *storagetest.LeaveStore) {
			s.Tx, s.Requests = unlocked{}, &comparesFirst{Requests: s.Requests}
		}, "Requests/of sixteen writers with one version exactly one wins"),
		coreLie("dirty read", func(c *storagetest.Core) {
			c.Know = &uncommitted{Knowledge: c.Know, newest: map[hr.EmployeeID]hr.Pin{}}
		},
			"Knowledge/heads do not see what another unit has not committed"),
		leaveLie("torn batch", func(s *storagetest.LeaveStore) { s.Ledger = oneByOne{s.Ledger} },
			"Ledger/the same id with other content is a conflict and writes nothing"),
		leaveLie("ignored version", func(s *storagetest.LeaveStore) { s.Requests = anyVersion{s.Requests} },
			"Requests/a stale version is a conflict and nothing is written"),
		leaveLie("ignored unique key", func(s *storagetest.LeaveStore) { s.Ledger = manyOfOne{s.Ledger, new(int)} },
			"Ledger/the same id with the same content is skipped"),
		coreLie("forgotten rollback", func(c *storagetest.Core) { c.Tx = commitsAll{c.Tx} },
			"Tx/rolls back when the function fails and returns its error"),
		payrollLie("reordered page", func(s *storagetest.PayrollStore) { s.Runs = reversed{s.Runs} },
			"Members/members come by id, a page at a time, each once"),
		coreLie("truncated text", func(c *storagetest.Core) { c.Log = short{c.Log} },
			"Log/texts come back as they went in"),
		payrollLie("lossy decimal", func(s *storagetest.PayrollStore) { s.Results = floats{s.Results} },
			"Results/an amount comes back to its last digit, however large and however fine"),
		leaveLie("zone-shifted date", func(s *storagetest.LeaveStore) { s.Requests = midnights{s.Requests} },
			"Requests/every field comes back and the version is the next"),
		coreLie("swallowed cancel", func(c *storagetest.Core) { c.Tx = deaf{c.Tx} },
			"Tx/rolls back when its context ends", "Tx/refuses a context that is done"),
		leaveLie("aliasing on read", func(s *storagetest.LeaveStore) {
			s.Requests = lends{s.Requests, map[leave.RequestID]leave.Request{}}
		}, "Requests/returned values belong to the caller"),
		leaveLie("aliasing on write", func(s *storagetest.LeaveStore) {
			s.Requests = &keeps{Requests: s.Requests, given: map[leave.RequestID]leave.Request{}}
		}, "Requests/what a store was given it has copied"),
		payrollLie("phantom in a page", func(s *storagetest.PayrollStore) {
			s.Runs = phantoms{s.Runs, map[payroll.RunID][]hr.EmployeeID{}}
		}, "Members/members are undone with their unit"),
		coreLie("write through the outer context", func(c *storagetest.Core) {
			open := &openUnit{}
			c.Tx, c.Log = joinsAll{c.Tx, open}, intoTheOpen{c.Log, open}
		}, "Tx/a call with the outer context is not part of the unit"),
	}
	if os.Getenv(inside) != "" {
		storagetest.LosePatience()
		for _, l := range lies {
			t.Run(l.bug, l.run)
		}
		return
	}
	for _, named := range []string{
		"lost update", "dirty read", "torn batch", "ignored version", "ignored unique key", "forgotten rollback", "reordered page", "truncated text",
		"lossy decimal", "zone-shifted date", "swallowed cancel", "aliasing on read", "aliasing on write", "phantom in a page", "write through the outer context",
	} {
		require.True(t, slices.ContainsFunc(lies, func(l double) bool { return l.bug == named }), "no double tells the lie %q", named)
	}
	for _, l := range lies {
		t.Run(l.bug, func(t *testing.T) {
			t.Parallel()
			output, err := again(t, l.bug, l.fails)
			require.Error(t, err, "the suite believed the lie")
			failed := subtests(t, output, l.bug, "FAIL")
			for _, sentence := range l.fails {
				require.Contains(t, failed, underscored(sentence), "the sentence did not find the lie out:\n%s", output[max(0, len(output)-1500):])
			}
		})
	}
}

func coreLie(name string, spoil func(c *storagetest.Core), sentences ...string) double {
	return spoiled(name, spoil, sentences...)
}

func leaveLie(name string, spoil func(s *storagetest.LeaveStore), sentences ...string) double {
	return double{name, sentences, func(t *testing.T) {
		storagetest.Leave(t, func(t *testing.T) storagetest.LeaveStore { s := leaveStore(t); spoil(&s); return s })
	}}
}

func payrollLie(name string, spoil func(s *storagetest.PayrollStore), sentences ...string) double {
	return double{name, sentences, func(t *testing.T) {
		storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore { s := payrollStore(t); spoil(&s); return s })
	}}
}

// unlocked is a transactor that holds nothing.
type unlocked struct{}

func (unlocked) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

// countsFirst reads the number, and writes it back later.
type countsFirst struct {
	storage.Knowledge
	mu   sync.Mutex
	head hr.Seq
}

func (k *countsFirst) Take(_ context.Context, clock func() time.Time, ids ...hr.EmployeeID) (taken []storage.Taken, _ error) {
	k.mu.Lock()
	next := k.head + 1
	k.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.head = next
	for _, id := range ids {
		taken = append(taken, storage.Taken{Pin: hr.Pin{Employee: id, Known: hr.Known{Own: next}}, Recorded: clock()})
	}
	return taken, nil
}

// comparesFirst compares the version, and later puts upon whatever is there by then.
type comparesFirst struct {
	leave.Requests
	mu sync.Mutex
}

func (r *comparesFirst) PutRequest(ctx context.Context, q leave.Request) error {
	have, err := r.Request(ctx, q.ID)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if have.Version != q.Version {
		return storage.ErrConflict
	}
	time.Sleep(5 * time.Millisecond)
	r.mu.Lock()
	defer r.mu.Unlock()
	return anyVersion{r.Requests}.PutRequest(ctx, q)
}

// uncommitted tells everybody the numbers that are taken, committed or not.
type uncommitted struct {
	storage.Knowledge
	mu     sync.Mutex
	newest map[hr.EmployeeID]hr.Pin
}

func (k *uncommitted) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	taken, err := k.Knowledge.Take(ctx, clock, ids...)
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, n := range taken {
		k.newest[n.Employee] = n.Pin
	}
	return taken, err
}

func (k *uncommitted) Heads(_ context.Context, ids ...hr.EmployeeID) (pins []hr.Pin, _ error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, id := range ids {
		pins = append(pins, hr.Pin{Employee: id, Known: k.newest[id].Known})
	}
	return pins, nil
}

// oneByOne adds each entry by itself.
type oneByOne struct{ leave.Ledger }

func (l oneByOne) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	for _, e := range entries {
		if err := l.Ledger.AppendMovements(ctx, emp, e); err != nil {
			return err
		}
	}
	return nil
}

// anyVersion puts upon whatever version is there.
type anyVersion struct{ leave.Requests }

func (r anyVersion) PutRequest(ctx context.Context, q leave.Request) error {
	have, err := r.Request(ctx, q.ID)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	q.Version = have.Version
	return r.Requests.PutRequest(ctx, q)
}

// manyOfOne adds every entry, as often as it comes.
type manyOfOne struct {
	leave.Ledger
	n *int
}

func (l manyOfOne) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	entries = slices.Clone(entries)
	for i := range entries {
		*l.n++
		entries[i].ID += fmt.Sprint("#", *l.n)
	}
	return l.Ledger.AppendMovements(ctx, emp, entries...)
}

func (l manyOfOne) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	lists, err := l.Ledger.MovementsOf(ctx, pins)
	for _, list := range lists {
		for i, e := range list {
			list[i].ID = e.ID[:len(e.ID)-2]
		}
	}
	return lists, err
}

// commitsAll commits what failed, and reports the failure.
type commitsAll struct{ storage.Transactor }

func (c commitsAll) InTx(ctx context.Context, fn func(context.Context) error) (err error) {
	if ended := c.Transactor.InTx(ctx, func(ctx context.Context) error { err = fn(ctx); return nil }); ended != nil {
		return ended
	}
	return err
}

// short keeps as much of a text as fits into varchar(255).
type short struct{ storage.Log }

func (l short) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	verb := []rune(row.Verb)
	row.Verb = string(verb[:min(len(verb), 255)])
	return l.Log.Claim(ctx, row)
}

// floats keeps amounts as floating point.
type floats struct{ innerResults }

type innerResults = payroll.Results // embedded under another name than that of its method

func (f floats) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	rs = slices.Clone(rs)
	for i := range rs {
		rs[i].Slip.Lines = slices.Clone(rs[i].Slip.Lines)
		for k, line := range rs[i].Slip.Lines {
			rs[i].Slip.Lines[k].Amount = decimal.NewFromFloat(line.Amount.InexactFloat64())
		}
	}
	return f.innerResults.PutResults(ctx, run, rs...)
}

// midnights keeps a day as its first moment in India, and reads it in UTC.
type midnights struct{ leave.Requests }

func (m midnights) Request(ctx context.Context, id leave.RequestID) (leave.Request, error) {
	q, err := m.Requests.Request(ctx, id)
	if err == nil {
		for _, day := range []*hr.Date{&q.Period.From, &q.Period.Through} {
			*day = hr.DateOf(day.At(hr.TimeOfDay{}, time.FixedZone("+05:30", 19800)), time.UTC)
		}
	}
	return q, err
}

// deaf does not hear that its context has ended.
type deaf struct{ storage.Transactor }

func (d deaf) InTx(ctx context.Context, fn func(context.Context) error) error {
	return d.Transactor.InTx(context.WithoutCancel(ctx), fn)
}

// lends gives its own memory to whoever reads.
type lends struct {
	leave.Requests
	own map[leave.RequestID]leave.Request
}

func (l lends) PutRequest(ctx context.Context, q leave.Request) error {
	delete(l.own, q.ID)
	return l.Requests.PutRequest(ctx, q)
}

func (l lends) Request(ctx context.Context, id leave.RequestID) (leave.Request, error) {
	if q, ok := l.own[id]; ok {
		return q, ctx.Err()
	}
	q, err := l.Requests.Request(ctx, id)
	if err == nil {
		l.own[id] = q
	}
	return q, err
}

// keeps holds on to the memory of whoever writes, and gives copies of it.
type keeps struct {
	leave.Requests
	mu    sync.Mutex
	given map[leave.RequestID]leave.Request
}

func (k *keeps) PutRequest(ctx context.Context, q leave.Request) error {
	err := k.Requests.PutRequest(ctx, q)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		k.given[q.ID] = q
	}
	return err
}

func (k *keeps) Request(ctx context.Context, id leave.RequestID) (leave.Request, error) {
	q, err := k.Requests.Request(ctx, id)
	k.mu.Lock()
	defer k.mu.Unlock()
	kept, ok := k.given[id]
	if err != nil || !ok {
		return q, err
	}
	copier := memory.New()
	kept.Version = 0
	if err := copier.PutRequest(ctx, kept); err != nil {
		return q, err
	}
	kept, err = copier.Request(ctx, id)
	kept.Version = q.Version
	return kept, err
}

// phantoms pages members also of units that were rolled back.
type phantoms struct {
	payroll.Runs
	all map[payroll.RunID][]hr.EmployeeID
}

func (p phantoms) AddMembers(ctx context.Context, id payroll.RunID, ids ...hr.EmployeeID) error {
	p.all[id] = append(p.all[id], ids...)
	return p.Runs.AddMembers(ctx, id, ids...)
}

func (p phantoms) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) (page []hr.EmployeeID, _ error) {
	for _, m := range slices.Compact(slices.Sorted(slices.Values(p.all[id]))) {
		if m > after && len(page) < limit {
			page = append(page, m)
		}
	}
	return page, ctx.Err()
}

// openUnit is the unit that is open, if one is.
type openUnit struct {
	mu  sync.Mutex
	ctx context.Context
}

func (o *openUnit) become(ctx context.Context) (was context.Context) {
	o.mu.Lock()
	defer o.mu.Unlock()
	was, o.ctx = o.ctx, ctx
	return was
}

// joinsAll remembers the unit that is open.
type joinsAll struct {
	storage.Transactor
	open *openUnit
}

func (j joinsAll) InTx(ctx context.Context, fn func(context.Context) error) error {
	return j.Transactor.InTx(ctx, func(ctx context.Context) error {
		was := j.open.become(ctx)
		defer j.open.become(was)
		return fn(ctx)
	})
}

// intoTheOpen claims in the unit that is open, whatever the context says.
type intoTheOpen struct {
	storage.Log
	open *openUnit
}

func (l intoTheOpen) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	l.open.mu.Lock()
	if l.open.ctx != nil {
		ctx = l.open.ctx
	}
	l.open.mu.Unlock()
	return l.Log.Claim(ctx, row)
}
