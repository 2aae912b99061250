package storagetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// PayrollStore is a store as [Payroll] sees it.
type PayrollStore struct {
	Core
	Runs        payroll.Runs
	Results     payroll.Results
	Postings    payroll.Postings
	Adjustments payroll.Adjustments
	Adoptions   payroll.Adoptions
	Debts       payroll.Debts
	Requests    payroll.Requests
}

// Payroll proves the ports of package payroll.
func Payroll(t *testing.T, open func(t *testing.T) PayrollStore) {
	t.Run("Runs", func(t *testing.T) {
		RunCases(t, func(t *testing.T) Cases[payroll.Run] {
			s := begun(t, open(t), "R0")
			return Cases[payroll.Run]{
				Core: s.Core, Put: s.Runs.PutRun,
				Get: func(ctx context.Context) (payroll.Run, error) { return s.Runs.Run(ctx, "R1") },
				Make: func(seed int) payroll.Run {
					return Fill[payroll.Run](seed, func(r *payroll.Run) { r.ID, r.Of, r.Members = "R1", "R0", r.Members+10 }) // no more fail or are posted
				},
				Version: func(r *payroll.Run) *storage.Version { return &r.Version },
			}
		})
	})
	t.Run("RunList", func(t *testing.T) {
		if _, offers := open(t).Runs.(payroll.RunList); !offers {
			t.Log("not offered: the store of runs is no payroll.RunList")
			return
		}
		RunList(t, func(t *testing.T) List[payroll.Run] {
			s := open(t)
			return List[payroll.Run]{
				Core: s.Core, Put: s.Runs.PutRun,
				List: func(ctx context.Context, after string, limit int) ([]payroll.Run, error) {
					return s.Runs.(payroll.RunList).RunsAfter(ctx, payroll.RunID(after), limit)
				},
				Make: func(id string, seed int) payroll.Run {
					return Fill[payroll.Run](seed, func(r *payroll.Run) {
						r.ID, r.Of, r.Members, r.Version = payroll.RunID(id), "", r.Members+10, 0
					})
				},
				Version: func(r *payroll.Run) *storage.Version { return &r.Version },
			}
		})
	})
	t.Run("Members", func(t *testing.T) { members(t, open) })
	t.Run("Chunks", func(t *testing.T) { chunks(t, open) })
	t.Run("Results", func(t *testing.T) { results(t, open) })
	t.Run("ResultHeads", func(t *testing.T) { resultHeads(t, open) })
	t.Run("Postings", func(t *testing.T) {
		postings := func(t *testing.T) pinned[payroll.Posting] {
			s := begun(t, open(t), "R1")
			return pinned[payroll.Posting]{
				Core: s.Core, of: s.Postings.PostingsOf,
				append: func(ctx context.Context, _ hr.EmployeeID, entries ...hr.Entry[payroll.Posting]) error {
					return s.Postings.AppendPostings(ctx, entries...)
				},
				make: func(emp hr.EmployeeID, n int) hr.Entry[payroll.Posting] {
					return pinnedFact(n, func(e *hr.Entry[payroll.Posting]) {
						e.Value.Employee, e.Value.Run, e.Value.Of = emp, "R1", "R1"
					})
				},
				other: func(e hr.Entry[payroll.Posting]) hr.Entry[payroll.Posting] { e.Value.Slip += "x"; return e },
			}
		}
		runPinned(t, postings)
		runOwnIDs(t, postings)
		runMany(t, postings)
	})
	t.Run("Settled", func(t *testing.T) { settled(t, open) })
	t.Run("Debts", func(t *testing.T) { debts(t, open) })
	t.Run("Requests", func(t *testing.T) { payrollRequests(t, open) })
	t.Run("Adjustments", func(t *testing.T) {
		adjustments := func(t *testing.T) pinned[payroll.Adjustment] {
			s := open(t)
			return pinned[payroll.Adjustment]{
				Core: s.Core, of: s.Adjustments.AdjustmentsOf,
				append: func(ctx context.Context, _ hr.EmployeeID, entries ...hr.Entry[payroll.Adjustment]) error {
					return s.Adjustments.AppendAdjustments(ctx, entries...)
				},
				make: func(emp hr.EmployeeID, n int) hr.Entry[payroll.Adjustment] {
					return pinnedFact(n, func(e *hr.Entry[payroll.Adjustment]) { e.Value.Employee = emp })
				},
				other: func(e hr.Entry[payroll.Adjustment]) hr.Entry[payroll.Adjustment] { e.Value.Name += "x"; return e },
			}
		}
		runPinned(t, adjustments)
		runOwnIDs(t, adjustments)
		runMany(t, adjustments)
	})
	t.Run("Adoptions", func(t *testing.T) {
		make := func(n int) hr.Entry[payroll.Adoption] {
			return pinnedFact(n, func(*hr.Entry[payroll.Adoption]) {})
		}
		RunFacts(t, func(t *testing.T) Facts[hr.Entry[payroll.Adoption]] {
			s := open(t)
			return Facts[hr.Entry[payroll.Adoption]]{
				Core: s.Core, Append: s.Adoptions.AppendAdoptions, Make: make,
				List:  func(ctx context.Context) ([]hr.Entry[payroll.Adoption], error) { return s.Adoptions.Adopted(ctx, 0) },
				Other: func(e hr.Entry[payroll.Adoption]) hr.Entry[payroll.Adoption] { e.Value.Plan += "x"; return e },
			}
		})
		t.Run("a number limits what is known", func(t *testing.T) {
			s, ctx := open(t), deadline(t)
			ok(t, s.Adoptions.AppendAdoptions(ctx, make(1), make(2), make(3), make(4)))
			got, err := s.Adoptions.Adopted(ctx, make(3).Seq)
			ok(t, err)
			Equal(t, []hr.Entry[payroll.Adoption]{make(1), make(2), make(3)}, got)
		})
	})
}

// begun stores a run with members, which must be there before what is stored about them.
func begun(t *testing.T, s PayrollStore, run payroll.RunID, members ...hr.EmployeeID) PayrollStore {
	t.Helper()
	ctx := deadline(t)
	if _, err := s.Runs.Run(ctx, run); errors.Is(err, storage.ErrNotFound) {
		ok(t, s.Runs.PutRun(ctx, payroll.Run{ID: run, Kind: payroll.RunRegular, State: payroll.RunDraft}))
	}
	ok(t, s.Runs.AddMembers(ctx, run, members...))
	return s
}

func members(t *testing.T, open func(t *testing.T) PayrollStore) {
	t.Run("members come by id, a page at a time, each once", func(t *testing.T) {
		s, ctx := begun(t, begun(t, open(t), "R1"), "R2"), deadline(t)
		none, err := s.Runs.Members(ctx, "R1", "", 10)
		ok(t, err)
		must(t, len(none) == 0, "a run without members has some")
		ok(t, s.Runs.AddMembers(ctx, "R1", "E3", "E1"))
		ok(t, s.Runs.AddMembers(ctx, "R1", "E2", "E1", "E4"))
		ok(t, s.Runs.AddMembers(ctx, "R2", "E9"))
		first, err := s.Runs.Members(ctx, "R1", "", 3)
		ok(t, err)
		Equal(t, []hr.EmployeeID{"E1", "E2", "E3"}, first)
		rest, err := s.Runs.Members(ctx, "R1", "E3", 3)
		ok(t, err)
		Equal(t, []hr.EmployeeID{"E4"}, rest)
		gap, err := s.Runs.Members(ctx, "R1", "E25", 1)
		ok(t, err)
		Equal(t, []hr.EmployeeID{"E3"}, gap)
	})
	t.Run("members are undone with their unit", func(t *testing.T) {
		s, ctx := begun(t, begun(t, open(t), "R1"), "R2"), deadline(t)
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Runs.AddMembers(ctx, "R1", "E1"))
			return errStop
		}), errStop)
		got, err := s.Runs.Members(ctx, "R1", "", 10)
		ok(t, err)
		must(t, len(got) == 0, "a member is left of a unit that was rolled back")
	})
	t.Run("calls about members honour their context", func(t *testing.T) {
		s, ctx := begun(t, begun(t, open(t), "R1"), "R2"), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error { return s.Runs.AddMembers(ctx, "R1", "E1") })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Runs.Members(ctx, "R1", "", 10); return err })
		got, err := s.Runs.Members(ctx, "R1", "", 10)
		ok(t, err)
		must(t, len(got) == 0, "a call with a context that is done wrote something")
	})
}

// settled proves what a store of postings may offer beside.
func settled(t *testing.T, open func(t *testing.T) PayrollStore) {
	if _, offers := open(t).Postings.(payroll.Settled); !offers {
		t.Log("not offered: the store of postings is no payroll.Settled")
		return
	}
	posting := func(emp hr.EmployeeID, n int, known hr.Known) hr.Entry[payroll.Posting] {
		return pinnedFact(n, func(e *hr.Entry[payroll.Posting]) {
			e.Value.Employee, e.Value.Run, e.Value.Of, e.Value.Settled = emp, "R1", "R1", known
		})
	}
	t.Run("who has postings comes by id, a page at a time, with the newest that was settled", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1"), deadline(t)
		store := s.Postings.(payroll.Settled)
		none, err := store.SettledAfter(ctx, "", 10)
		ok(t, err)
		must(t, len(none) == 0, "there is somebody with postings where there are none")
		ok(t, s.Postings.AppendPostings(ctx,
			posting("E3", 1, hr.Known{Own: 7, Rules: 2}), posting("E3", 2, hr.Known{Own: 5, Rules: 3}), posting("E3", 3, hr.Known{}),
			posting("E1", 1, hr.Known{Own: 1, Rules: 1}), posting("E2", 1, hr.Known{})))
		first, err := store.SettledAfter(ctx, "", 2)
		ok(t, err)
		Equal(t, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 1, Rules: 1}}, {Employee: "E2"}}, first)
		rest, err := store.SettledAfter(ctx, "E2", 2)
		ok(t, err)
		Equal(t, []hr.Pin{{Employee: "E3", Known: hr.Known{Own: 5, Rules: 3}}}, rest)
	})
	t.Run("what is settled is undone with its unit", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1"), deadline(t)
		ok(t, s.Postings.AppendPostings(ctx, posting("E1", 1, hr.Known{Own: 1})))
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Postings.AppendPostings(ctx, posting("E1", 2, hr.Known{Own: 2}), posting("E2", 1, hr.Known{Own: 1})))
			return errStop
		}), errStop)
		got, err := s.Postings.(payroll.Settled).SettledAfter(ctx, "", 10)
		ok(t, err)
		Equal(t, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 1}}}, got)
	})
	t.Run("calls about what is settled honour their context", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1"), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Postings.(payroll.Settled).SettledAfter(ctx, "", 10)
			return err
		})
	})
}

func results(t *testing.T, open func(t *testing.T) PayrollStore) {
	result := func(id hr.EmployeeID, seed int) payroll.Result {
		return Fill[payroll.Result](seed, func(r *payroll.Result) { r.Employee = id })
	}
	t.Run("every field of a result comes back", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1)))
		got, err := s.Results.Result(ctx, "R1", "E1")
		ok(t, err)
		Equal(t, result("E1", 1), got)
	})
	t.Run("an amount comes back to its last digit, however large and however fine", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		for i, amount := range []string{
			"92233720368547758.07", "92233720368547758.08", "-123456789012345678901234567890.12", "0.005", "0.0000001", "16777217.01", "0.1",
		} {
			want := result(hr.EmployeeID(fmt.Sprint("E", i)), i+1)
			begun(t, s, "R1", want.Employee)
			for k := range want.Slip.Lines {
				want.Slip.Lines[k].Unit, want.Slip.Lines[k].Amount = "money", decimal.RequireFromString(amount)
			}
			ok(t, s.Results.PutResults(ctx, "R1", want))
			got, err := s.Results.Result(ctx, "R1", want.Employee)
			ok(t, err)
			Equal(t, want, got)
		}
	})
	t.Run("a missing result is not found", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1)))
		_, err := s.Results.Result(ctx, "R1", "E2")
		is(t, err, storage.ErrNotFound)
		_, err = s.Results.Result(ctx, "R2", "E1")
		is(t, err, storage.ErrNotFound)
	})
	t.Run("a later result takes the place of an earlier one", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1), result("E2", 2)))
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 3)))
		got, err := s.Results.Results(ctx, "R1", "", 10)
		ok(t, err)
		Equal(t, []payroll.Result{result("E1", 3), result("E2", 2)}, got)
	})
	t.Run("results come by employee, a page at a time", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E3", 3), result("E1", 1), result("E2", 2)))
		got, err := s.Results.Results(ctx, "R1", "E1", 1)
		ok(t, err)
		Equal(t, []payroll.Result{result("E2", 2)}, got)
		got, err = s.Results.Results(ctx, "R1", "E3", 1)
		ok(t, err)
		must(t, len(got) == 0, "there is a page after the last")
	})
	t.Run("results are undone with their unit", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1)))
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Results.PutResults(ctx, "R1", result("E1", 2), result("E2", 2)))
			return errStop
		}), errStop)
		got, err := s.Results.Results(ctx, "R1", "", 10)
		ok(t, err)
		Equal(t, []payroll.Result{result("E1", 1)}, got)
	})
	t.Run("what goes in and what comes out is a copy", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		given := []payroll.Result{result("E1", 1)}
		ok(t, s.Results.PutResults(ctx, "R1", given...))
		Spoil(given)
		got, err := s.Results.Results(ctx, "R1", "", 10)
		ok(t, err)
		Spoil(got)
		again, err := s.Results.Result(ctx, "R1", "E1")
		ok(t, err)
		Equal(t, result("E1", 1), again)
	})
	t.Run("calls about results honour their context", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2", "E3"), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error { return s.Results.PutResults(ctx, "R1", result("E1", 1)) })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Results.Result(ctx, "R1", "E1"); return err })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Results.Results(ctx, "R1", "", 10); return err })
		got, err := s.Results.Results(ctx, "R1", "", 10)
		ok(t, err)
		must(t, len(got) == 0, "a call with a context that is done wrote something")
	})
}
