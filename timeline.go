package hr

import (
	"fmt"
	"iter"
	"slices"
	"sort"
)

// Step is one value of a [Timeline]: it holds from Since, that day included, until the next step.
type Step[T any] struct {
	Since  Date
	Value  T      // the zero value where Void
	Void   bool   // from Since on nothing holds
	Source Source // where the value comes from: a law, a letter, an earlier system
	Ref    Ref    // the fact that set it; the zero Ref where there is none, as for a parameter
}

// Timeline is a value that changes on known days: a salary, a shift, a rate. It is immutable and safe for concurrent
// use. The zero Timeline has no value on any day, and no value is never "the latest": before the first step there is none.
type Timeline[T any] struct {
	steps []Step[T]
}

// NewTimeline returns the timeline of steps in any order. Two steps on one day, or a step without a day, are
// [FieldError]s with RuleTimelineOrder, all reported together.
func NewTimeline[T any](steps ...Step[T]) (Timeline[T], error) {
	sorted := slices.Clone(steps)
	slices.SortStableFunc(sorted, func(a, b Step[T]) int { return a.Since.Compare(b.Since) })
	var faults Faults
	for i, s := range sorted {
		switch {
		case s.Since.IsZero():
			faults.Add(fmt.Sprintf("steps[%d].since", i), RuleTimelineOrder, "a step needs the day it holds from")
		case i > 0 && sorted[i-1].Since == s.Since:
			faults.Add(fmt.Sprintf("steps[%d].since", i), RuleTimelineOrder, "two steps on %s", s.Since)
		}
	}
	if faults.Any() {
		return Timeline[T]{}, faults.Err()
	}
	return Timeline[T]{steps: sorted}, nil
}

// At returns the value that holds on d; ok is false when none does.
func (t Timeline[T]) At(d Date) (value T, ok bool) {
	i := t.index(d)
	if i < 0 {
		return value, false
	}
	return t.steps[i].Value, true
}

// StepAt is [Timeline.At] with the day the value has held since, its source and its fact.
func (t Timeline[T]) StepAt(d Date) (Step[T], bool) {
	i := t.index(d)
	if i < 0 {
		return Step[T]{}, false
	}
	return t.steps[i], true
}

// index returns which step holds on d; -1 where none does.
func (t Timeline[T]) index(d Date) int {
	after := sort.Search(len(t.steps), func(i int) bool { return t.steps[i].Since.After(d) })
	if after == 0 || t.steps[after-1].Void || d.IsZero() {
		return -1
	}
	return after - 1
}

// Over walks the pieces of p in order, each with the value that holds on all its days. Days without a value are left
// out, so the pieces of a gap-free timeline are exactly p.
func (t Timeline[T]) Over(p Period) iter.Seq2[Period, T] {
	return func(yield func(Period, T) bool) {
		for piece, s := range t.StepsOver(p) {
			if !yield(piece, s.Value) {
				return
			}
		}
	}
}

// StepsOver is [Timeline.Over] with the whole step.
func (t Timeline[T]) StepsOver(p Period) iter.Seq2[Period, Step[T]] {
	return func(yield func(Period, Step[T]) bool) {
		for i, s := range t.steps {
			held := Period{From: s.Since}
			if i+1 < len(t.steps) {
				held.Through = t.steps[i+1].Since.Add(-1)
			}
			piece, ok := held.Intersect(p)
			if !ok || s.Void {
				continue
			}
			if !yield(piece, s) {
				return
			}
		}
	}
}

// Steps returns a copy of all steps, oldest first.
func (t Timeline[T]) Steps() []Step[T] { return slices.Clone(t.steps) }

// Changes lists the days inside p on which another step begins, its first day left out: where to cut p into pieces.
func (t Timeline[T]) Changes(p Period) []Date {
	var days []Date
	for _, s := range t.steps {
		if s.Since != p.From && p.Contains(s.Since) {
			days = append(days, s.Since)
		}
	}
	return days
}

// IsZero reports whether t has no step at all.
func (t Timeline[T]) IsZero() bool { return len(t.steps) == 0 }

// Since returns the timeline of one value that holds from d on: terms that never changed, a rate without an end.
func Since[T any](d Date, value T) Timeline[T] {
	return Timeline[T]{steps: []Step[T]{{Since: d, Value: value}}}
}
