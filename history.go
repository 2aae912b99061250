package hr

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Seq is a knowledge number: the order in which facts were learnt, per employee, or per tenant for definitions. Zero
// means today: everything that is known.
type Seq int64

// Known says what an answer may know: facts of the employee up to Own, and definitions (policies, parameters, adopted
// plans) up to Rules. A zero half means today.
type Known struct {
	Own   Seq `json:"own,omitempty"`
	Rules Seq `json:"rules,omitempty"`
}

// Pin is one employee and what may be known about them. A page of an answer is a slice of pins in employee order.
type Pin struct {
	Employee EmployeeID `json:"employee"`
	Known    Known      `json:"known"`
}

// Change names a period of an employee that a later fact touches: what a retro run must look at again. No employee
// means everyone.
type Change struct {
	Employee EmployeeID
	Period   Period
	Cause    Ref
}

// Entry is a fact with two times: Period says when it is true, Seq and Recorded say when we learnt it. Entries are only
// ever added. A mistake is mended by another entry: with Void, nothing holds over Period; with Withdraws, the named
// entry is read as if it had never been written (and a withdrawal may itself be withdrawn).
type Entry[T any] struct {
	ID        string    `json:"id"`
	Seq       Seq       `json:"seq"`            // the knowledge number it was learnt under
	Line      int       `json:"line,omitempty"` // order among entries of one Seq
	Recorded  time.Time `json:"recorded"`       // when it was learnt
	Period    Period    `json:"period,omitzero"`
	Value     T         `json:"value"`
	Void      bool      `json:"void,omitempty"`
	Withdraws string    `json:"withdraws,omitempty"` // the ID of an earlier entry
	Cause     Ref       `json:"cause,omitzero"`      // the case or command that led to it
	Source    Source    `json:"source,omitzero"`     // for an import: the earlier system and its date
}

// History is what is known about one thing of one employee, such as their terms. It is immutable and safe for concurrent
// use. The zero History knows nothing.
type History[T any] struct {
	kind    string
	entries []Entry[T] // by Seq, then Line
}

// NewHistory returns the history of entries in any order; kind names them in references ("terms"). All faults come
// together as [FieldError]s: an ID missing or used twice, two entries with one Seq and Line, a period missing, an entry
// that withdraws one not written before it. Entries that are in order by Seq and Line are kept as they are, and the caller does not change
// them any more; others are copied.
func NewHistory[T any](kind string, entries ...Entry[T]) (History[T], error) {
	if !learnt(entries) {
		entries = slices.Clone(entries)
		slices.SortStableFunc(entries, func(a, b Entry[T]) int { return entryOrder(&a, &b) })
	}
	if err := checkFacts(entries); err != nil {
		return History[T]{}, err
	}
	return History[T]{kind: kind, entries: entries}, nil
}

// learnt reports whether entries are in order of knowledge. A store gives them so, and an entry is large to move.
func learnt[T any](entries []Entry[T]) bool {
	for i := 1; i < len(entries); i++ {
		if entryOrder(&entries[i-1], &entries[i]) > 0 {
			return false
		}
	}
	return true
}

// checkFacts returns the faults of entries that are in order.
func checkFacts[T any](sorted []Entry[T]) error {
	var faults Faults
	seen := make(map[string]bool, len(sorted))
	for i := range sorted {
		e := &sorted[i]
		at := func(field string) string { return fmt.Sprintf("entries[%d].%s", i, field) }
		unknown, before := e.Withdraws != "" && !seen[e.Withdraws], len(seen)
		seen[e.ID] = true
		switch {
		case e.ID == "":
			faults.Missing(at("id"), RuleHistoryID)
		case len(seen) == before:
			faults.Add(at("id"), RuleHistoryID, "is used by two entries")
		}
		if e.Seq <= 0 {
			faults.Add(at("seq"), RuleHistoryOrder, "must be above zero")
		} else if i > 0 && entryOrder(&sorted[i-1], e) == 0 {
			faults.Add(at("line"), RuleHistoryOrder, "two entries with knowledge number %d and line %d", e.Seq, e.Line)
		}
		if unknown {
			faults.Add(at("withdraws"), RuleHistoryWithdraws, "names no entry written before this one")
		} else if e.Withdraws == "" && e.Period.Validate() != nil {
			faults.Add(at("period"), RuleHistoryPeriod, "must have a first day, and none after its last")
		}
	}
	return faults.Err()
}

// liveAt walks the entries that count as known at k, which are in order, from the newest back: those not withdrawn, without the
// withdrawals themselves.
func liveAt[T any](entries []Entry[T], k Seq) iter.Seq[*Entry[T]] {
	return func(yield func(*Entry[T]) bool) {
		var withdrawn map[string]bool
		for i := len(entries) - 1; i >= 0; i-- {
			e := &entries[i]
			switch {
			case k != 0 && e.Seq > k, withdrawn[e.ID]:
			case e.Withdraws != "":
				if withdrawn == nil {
					withdrawn = map[string]bool{}
				}
				withdrawn[e.Withdraws] = true
			default:
				if !yield(e) {
					return
				}
			}
		}
	}
}

func entryOrder[T any](a, b *Entry[T]) int {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Line, b.Line))
}

// Live returns the entries that count as known at k, oldest knowledge first: those not withdrawn, without the
// withdrawals themselves. Use it for facts that stand beside each other, such as punches or ledger entries. What it returns can be the
// history's own: the caller appends to it, and does not change what is in it.
func (h History[T]) Live(k Seq) []Entry[T] {
	n := len(h.entries)
	if n == 0 {
		return nil
	}
	if k == 0 || h.entries[n-1].Seq <= k {
		if !withdraws(h.entries) {
			return h.entries[:n:n]
		}
	}
	live := make([]Entry[T], len(h.entries)) // filled from behind
	at := len(live)
	for e := range liveAt(h.entries, k) {
		at--
		live[at] = *e
	}
	if at == len(live) {
		return nil
	}
	return live[at:]
}

// withdraws reports whether one of the entries withdraws another.
func withdraws[T any](entries []Entry[T]) bool {
	for i := range entries {
		if entries[i].Withdraws != "" {
			return true
		}
	}
	return false
}

// Standing returns the values that hold as known at k, oldest knowledge first: those of [History.Live] that are not void.
func (h History[T]) Standing(k Seq) []T {
	values := make([]T, len(h.entries)) // filled from behind
	at := len(values)
	for e := range liveAt(h.entries, k) {
		if !e.Void {
			at--
			values[at] = e.Value
		}
	}
	return values[at:]
}

// AsKnown returns the timeline in valid time as known at k: each live entry painted over the older ones on the days of
// its period. Use it for facts of which one holds at a time, such as terms.
func (h History[T]) AsKnown(k Seq) Timeline[T] {
	if len(h.entries) == 0 {
		return Timeline[T]{}
	}
	live := make([]*Entry[T], 0, len(h.entries)) // the newest first
	for e := range liveAt(h.entries, k) {
		live = append(live, e)
	}
	days := make([]Date, 0, 2*len(live))
	for _, e := range live {
		days = append(days, e.Period.From)
		if next := e.Period.Through.Add(1); !next.IsZero() {
			days = append(days, next)
		}
	}
	slices.SortFunc(days, Date.Compare)
	days = slices.Compact(days)
	var steps []Step[T]
	for _, d := range days {
		step := Step[T]{Since: d, Void: true}
		for _, e := range live {
			if e.Period.Contains(d) {
				step = Step[T]{Since: d, Source: e.Source, Ref: h.Ref(*e), Void: e.Void}
				if !e.Void {
					step.Value = e.Value
				}
				break
			}
		}
		if len(steps) > 0 && steps[len(steps)-1].Ref == step.Ref { // the same entry goes on, or none does
			continue
		}
		steps = append(steps, step)
	}
	return Timeline[T]{steps: steps}
}

// Ref returns the reference to an entry of h.
func (h History[T]) Ref(e Entry[T]) Ref { return Ref{Kind: h.kind, ID: e.ID, Seq: e.Seq} }

// Entries returns a copy of everything ever written, oldest knowledge first.
func (h History[T]) Entries() []Entry[T] { return slices.Clone(h.entries) }

// Head returns the newest knowledge number in h; zero if it knows nothing.
func (h History[T]) Head() Seq {
	if len(h.entries) == 0 {
		return 0
	}
	return h.entries[len(h.entries)-1].Seq
}
