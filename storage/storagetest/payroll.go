package storagetest

import (
	"context"
	"fmt"
	"testing"

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
}

// Payroll proves the ports of package payroll.
func Payroll(t *testing.T, open func(t *testing.T) PayrollStore) {
	t.Run("Runs", func(t *testing.T) {
		RunCases(t, func(t *testing.T) Cases[payroll.Run] {
			s := open(t)
			return Cases[payroll.Run]{
				Core: s.Core, Put: s.Runs.PutRun,
				Get: func(ctx context.Context) (payroll.Run, error) { return s.Runs.Run(ctx, "R1") },
				Make: func(seed int) payroll.Run {
					return Fill[payroll.Run](seed, func(r *payroll.Run) { r.ID = "R1" })
				},
				Version: func(r *payroll.Run) *storage.Version { return &r.Version },
			}
		})
	})
	t.Run("Members", func(t *testing.T) { members(t, open) })
	t.Run("Results", func(t *testing.T) { results(t, open) })
	t.Run("Postings", func(t *testing.T) {
		RunFacts(t, func(t *testing.T) Facts[payroll.PostingFact] {
			s := open(t)
			return Facts[payroll.PostingFact]{
				Core: s.Core, Append: s.Postings.AppendPostings,
				List: func(ctx context.Context) ([]payroll.PostingFact, error) {
					h, err := s.Postings.PostingsOf(ctx, []hr.Pin{{Employee: "E1"}})
					return wrapped(h, err, func(e hr.Entry[payroll.Posting]) payroll.PostingFact {
						return payroll.PostingFact{Employee: "E1", Entry: e}
					})
				},
				Make: func(n int) payroll.PostingFact {
					return payroll.PostingFact{Employee: "E1", Entry: entry[payroll.Posting](n)}
				},
				Other: func(f payroll.PostingFact) payroll.PostingFact { f.Entry.Value.Run += "x"; return f },
			}
		})
		t.Run("Pages", func(t *testing.T) {
			s := open(t)
			pages(t, s.Core,
				func(ctx context.Context, id hr.EmployeeID, n int) error {
					return s.Postings.AppendPostings(ctx, payroll.PostingFact{Employee: id, Entry: entry[payroll.Posting](n)})
				},
				s.Postings.PostingsOf)
		})
	})
	t.Run("Adjustments", func(t *testing.T) {
		RunFacts(t, func(t *testing.T) Facts[payroll.AdjustmentFact] {
			s := open(t)
			return Facts[payroll.AdjustmentFact]{
				Core: s.Core, Append: s.Adjustments.AppendAdjustments,
				List: func(ctx context.Context) ([]payroll.AdjustmentFact, error) {
					h, err := s.Adjustments.AdjustmentsOf(ctx, []hr.Pin{{Employee: "E1"}})
					return wrapped(h, err, func(e hr.Entry[payroll.Adjustment]) payroll.AdjustmentFact {
						return payroll.AdjustmentFact{Employee: "E1", Entry: e}
					})
				},
				Make: func(n int) payroll.AdjustmentFact {
					return payroll.AdjustmentFact{Employee: "E1", Entry: entry[payroll.Adjustment](n)}
				},
				Other: func(f payroll.AdjustmentFact) payroll.AdjustmentFact { f.Entry.Value.Name += "x"; return f },
			}
		})
		t.Run("Pages", func(t *testing.T) {
			s := open(t)
			pages(t, s.Core,
				func(ctx context.Context, id hr.EmployeeID, n int) error {
					return s.Adjustments.AppendAdjustments(ctx, payroll.AdjustmentFact{Employee: id, Entry: entry[payroll.Adjustment](n)})
				},
				s.Adjustments.AdjustmentsOf)
		})
	})
	t.Run("Adoptions", func(t *testing.T) {
		RunFacts(t, func(t *testing.T) Facts[hr.Entry[payroll.Adoption]] {
			s := open(t)
			return Facts[hr.Entry[payroll.Adoption]]{
				Core: s.Core,
				Append: func(ctx context.Context, facts ...hr.Entry[payroll.Adoption]) error {
					return s.Tx.InTx(ctx, func(ctx context.Context) error {
						for _, f := range facts {
							if err := s.Adoptions.AppendAdoption(ctx, f); err != nil {
								return err
							}
						}
						return nil
					})
				},
				List: func(ctx context.Context) ([]hr.Entry[payroll.Adoption], error) {
					h, err := s.Adoptions.Adopted(ctx, 0)
					return h.Entries(), err
				},
				Make:  entry[payroll.Adoption],
				Other: func(e hr.Entry[payroll.Adoption]) hr.Entry[payroll.Adoption] { e.Value.Plan += "x"; return e },
			}
		})
		t.Run("a number limits what is known", func(t *testing.T) {
			s, ctx := open(t), deadline(t)
			ok(t, s.Adoptions.AppendAdoption(ctx, entry[payroll.Adoption](1)))
			ok(t, s.Adoptions.AppendAdoption(ctx, entry[payroll.Adoption](2)))
			h, err := s.Adoptions.Adopted(ctx, entry[payroll.Adoption](1).Seq)
			ok(t, err)
			Equal(t, []hr.Entry[payroll.Adoption]{entry[payroll.Adoption](1)}, h.Entries())
		})
	})
}

// entry is the nth fact of a list, every field filled and its knowledge number rising with n.
func entry[T any](n int) hr.Entry[T] {
	return Fill[hr.Entry[T]](n, func(e *hr.Entry[T]) {
		e.ID, e.Seq, e.Line = fmt.Sprintf("fact-%d", n), hr.Seq(n), 1
		e.Withdraws, e.Void = "", false
	})
}

func wrapped[T, F any](h []hr.History[T], err error, wrap func(hr.Entry[T]) F) ([]F, error) {
	var out []F
	for _, one := range h {
		for _, e := range one.Entries() {
			out = append(out, wrap(e))
		}
	}
	return out, err
}

// pages proves that a port answers one history a pin, in pin order and up to the pin's number.
func pages[T any](t *testing.T, c Core, add func(context.Context, hr.EmployeeID, int) error, of func(context.Context, []hr.Pin) ([]hr.History[T], error)) {
	ctx := deadline(t)
	ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, id := range []hr.EmployeeID{"E2", "E1"} {
			for n := 1; n <= 3; n++ {
				if err := add(ctx, id, n); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	t.Run("a page answers every pin in its order and up to its number", func(t *testing.T) {
		got, err := of(ctx, []hr.Pin{{Employee: "E2", Known: hr.Known{Own: 2}}, {Employee: "nobody"}, {Employee: "E1"}})
		ok(t, err)
		must(t, len(got) == 3, "three pins have %d answers", len(got))
		Equal(t, []hr.Entry[T]{entry[T](1), entry[T](2)}, got[0].Entries())
		must(t, len(got[1].Entries()) == 0, "an employee without facts has some")
		Equal(t, []hr.Entry[T]{entry[T](1), entry[T](2), entry[T](3)}, got[2].Entries())
	})
}

func members(t *testing.T, open func(t *testing.T) PayrollStore) {
	t.Run("members come by id, a page at a time, each once", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
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
		s, ctx := open(t), deadline(t)
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Runs.AddMembers(ctx, "R1", "E1"))
			return errStop
		}), errStop)
		got, err := s.Runs.Members(ctx, "R1", "", 10)
		ok(t, err)
		must(t, len(got) == 0, "a member is left of a unit that was rolled back")
	})
}

func results(t *testing.T, open func(t *testing.T) PayrollStore) {
	result := func(id hr.EmployeeID, seed int) payroll.Result {
		return Fill[payroll.Result](seed, func(r *payroll.Result) { r.Employee = id })
	}
	t.Run("every field of a result comes back", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1)))
		got, err := s.Results.Result(ctx, "R1", "E1")
		ok(t, err)
		Equal(t, result("E1", 1), got)
	})
	t.Run("a missing result is not found", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1)))
		_, err := s.Results.Result(ctx, "R1", "E2")
		is(t, err, storage.ErrNotFound)
		_, err = s.Results.Result(ctx, "R2", "E1")
		is(t, err, storage.ErrNotFound)
	})
	t.Run("a later result takes the place of an earlier one", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1), result("E2", 2)))
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 3)))
		got, err := s.Results.Results(ctx, "R1", "", 10)
		ok(t, err)
		Equal(t, []payroll.Result{result("E1", 3), result("E2", 2)}, got)
	})
	t.Run("results come by employee, a page at a time", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		ok(t, s.Results.PutResults(ctx, "R1", result("E3", 3), result("E1", 1), result("E2", 2)))
		got, err := s.Results.Results(ctx, "R1", "E1", 1)
		ok(t, err)
		Equal(t, []payroll.Result{result("E2", 2)}, got)
		got, err = s.Results.Results(ctx, "R1", "E3", 1)
		ok(t, err)
		must(t, len(got) == 0, "there is a page after the last")
	})
	t.Run("results are undone with their unit", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
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
		s, ctx := open(t), deadline(t)
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
}
