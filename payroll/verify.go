package payroll

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Books are the stores that [Books.Verify] compares with each other.
type Books struct {
	Runs     AllRuns
	Results  Results
	Postings AllPostings
	Know     storage.Knowledge // nil: the numbers of postings are not compared with the heads
}

// AllRuns is a store of runs that lists them.
type AllRuns interface {
	Runs
	RunList
}

// AllPostings is a store of postings that lists who has any.
type AllPostings interface {
	Postings
	Settled
}

// The checks of [Books.Verify], as a [storage.Finding] has them.
const (
	CheckRun     = "payroll.run"     // what a run says of itself: members, faults, posted payslips, the digest of its results
	CheckSlip    = "payroll.payslip" // a payslip is the one that was posted
	CheckPosting = "payroll.posting" // what is posted is what the payslip says, once
	CheckJournal = "payroll.journal" // the journal of a payslip balances, and its net pay is that of what is posted
)

// verifiedAtOnce is how many employees are looked at together.
const verifiedAtOnce = 200

// tally is what was counted of one run.
type tally struct {
	Run
	digest  resultsDigest
	results int
	failed  int
	posted  int
}

// holds reports whether the results of the run must be those of its digest: they are from the moment when all are calculated.
func (t *tally) holds() bool {
	return t.State != RunDraft && t.State != RunCalculating && t.State != RunCancelled
}

// Verify compares every payslip with the run that has it and with what is posted, and reports whatever does not fit: an edited payslip or posting, one that is
// missing or there twice, a run that has other members, results or payslips than it says. It reads everything once, a page at a time, and
// changes nothing. It does not calculate: whether a payslip follows from the facts is what [Service.Replay] proves.
func (b Books) Verify(ctx context.Context, report func(storage.Finding)) error {
	var runs []*tally
	byID := map[RunID]*tally{}
	for after := RunID(""); ; {
		page, err := b.Runs.RunsAfter(ctx, after, verifiedAtOnce)
		if err != nil {
			return err
		}
		for _, r := range page {
			t := &tally{Run: r}
			if r.State == RunPaying { // the run counts them once all are posted, and each chunk its own
				if t.Posted, err = b.postedSoFar(ctx, r.ID); err != nil {
					return err
				}
			}
			runs, byID[r.ID], after = append(runs, t), t, r.ID
		}
		if len(page) < verifiedAtOnce {
			break
		}
	}
	for after := hr.EmployeeID(""); ; {
		pins, err := b.Postings.SettledAfter(ctx, after, verifiedAtOnce)
		if err != nil {
			return err
		}
		last := len(pins) < verifiedAtOnce
		through := hr.EmployeeID("")
		if !last {
			through = pins[len(pins)-1].Employee
		}
		posted, err := b.posted(ctx, pins, byID, report)
		if err != nil {
			return err
		}
		for _, t := range runs {
			if err := b.compare(ctx, t, after, through, posted, report); err != nil {
				return err
			}
		}
		for _, key := range slices.SortedFunc(maps.Keys(posted), slipKey.compare) { // what no result has asked for
			report(storage.Finding{Check: CheckPosting, Where: key.String(), Reason: "is posted, and the run has no payslip for it"})
		}
		if last {
			break
		}
		after = through
	}
	for _, t := range runs {
		if err := b.conclude(ctx, t, report); err != nil {
			return err
		}
	}
	return nil
}

// postedSoFar adds up what the chunks of a run say that they have posted.
func (b Books) postedSoFar(ctx context.Context, id RunID) (posted int, err error) {
	err = Service{Runs: b.Runs}.eachChunk(ctx, id, func(page []RunChunk) error {
		for _, c := range page {
			posted += c.Posted
		}
		return nil
	})
	return posted, err
}

// slipKey says whose payslip of which run.
type slipKey struct {
	run      RunID
	employee hr.EmployeeID
}

func (k slipKey) compare(o slipKey) int {
	return cmp.Or(strings.Compare(string(k.run), string(o.run)), strings.Compare(string(k.employee), string(o.employee)))
}

func (k slipKey) String() string { return fmt.Sprintf("run %s, employee %s", k.run, k.employee) }

// posted returns what is posted for employees, by run. Openings are of no run.
func (b Books) posted(ctx context.Context, pins []hr.Pin, runs map[RunID]*tally, report func(storage.Finding)) (map[slipKey][]hr.Entry[Posting], error) {
	for i := range pins {
		pins[i].Known = hr.Known{}
	}
	lists, err := b.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	heads := map[hr.EmployeeID]hr.Seq{}
	if b.Know != nil {
		ids := make([]hr.EmployeeID, len(pins))
		for i, p := range pins {
			ids[i] = p.Employee
		}
		known, err := b.Know.Heads(ctx, ids...)
		if err != nil {
			return nil, err
		}
		for _, p := range known {
			heads[p.Employee] = p.Known.Own
		}
	}
	out := map[slipKey][]hr.Entry[Posting]{}
	for i, entries := range lists {
		ahead := false
		for _, e := range entries {
			key := slipKey{e.Value.Run, pins[i].Employee}
			ahead = ahead || b.Know != nil && e.Seq > heads[key.employee]
			switch {
			case e.Value.Run == "" && e.Value.Kind == PostingOpening:
			case runs[e.Value.Run] == nil:
				report(storage.Finding{Check: CheckPosting, Where: fmt.Sprintf("%s, entry %s", key, e.ID), Reason: "is posted by a run that is not there"})
			default:
				out[key] = append(out[key], e)
			}
		}
		if ahead {
			report(storage.Finding{
				Check: storage.CheckKnowledge, Where: fmt.Sprintf("employee %s", pins[i].Employee), Reason: "has postings with a number above the newest", Derived: true,
			})
		}
	}
	return out, nil
}

// compare looks at the results of a run of the employees after one and through another (empty: all the rest), and takes what is posted for them out of posted.
func (b Books) compare(ctx context.Context, t *tally, after, through hr.EmployeeID, posted map[slipKey][]hr.Entry[Posting], report func(storage.Finding)) error {
	for {
		page, err := b.Results.Results(ctx, t.ID, after, verifiedAtOnce)
		if err != nil {
			return fmt.Errorf("run %s: %w", t.ID, err)
		}
		for _, r := range page {
			if through != "" && r.Employee > through {
				return nil
			}
			after = r.Employee
			key := slipKey{t.ID, r.Employee}
			entries := posted[key]
			delete(posted, key)
			t.results++
			if t.holds() {
				t.digest.add(r.content())
			}
			if r.Failed() {
				t.failed++
			}
			if len(entries) > 0 {
				t.posted++
			}
			compareSlip(t, r, entries, func(check, reason string) {
				report(storage.Finding{Check: check, Where: key.String(), Reason: reason})
			})
		}
		if len(page) < verifiedAtOnce {
			return nil
		}
	}
}

// compareSlip compares one payslip with what is posted for it.
func compareSlip(t *tally, r Result, entries []hr.Entry[Posting], fault func(check, reason string)) {
	switch {
	case r.Failed():
		if len(entries) > 0 {
			fault(CheckPosting, "is posted, and has faults instead of a payslip")
		}
		return
	case len(entries) == 0:
		if t.State == RunPaid || t.State == RunClosed {
			fault(CheckPosting, "has a payslip that is not posted, and the run is "+string(t.State))
		}
		return
	case t.Posted == 0:
		fault(CheckPosting, "is posted, and the run has posted nothing")
		return
	}
	digest := r.Slip.Digest()
	want := postingsOf(t.Run, r.Slip, digest)
	if len(entries) != len(want) {
		fault(CheckPosting, fmt.Sprintf("has %d postings, and its payslip makes %d", len(entries), len(want)))
		return
	}
	for i, e := range entries {
		if e.Value.Slip != digest {
			fault(CheckSlip, "is not the payslip that was posted")
			return
		}
		want[i].Settled = e.Value.Settled // which the payment moves on where nothing was learnt meanwhile
		if e.Period != want[i].Period || hr.Digest("posting/1", e.Value) != hr.Digest("posting/1", want[i]) {
			fault(CheckPosting, fmt.Sprintf("entry %s is not what the payslip says", e.ID))
			return
		}
	}
	if reason := outOfBalance(r.Slip, entries); reason != "" {
		fault(CheckJournal, reason)
	}
}

// outOfBalance says in what way the journal of a payslip and what is posted for it do not agree; empty: they do.
func outOfBalance(slip Payslip, entries []hr.Entry[Posting]) string {
	const net = "net pay"
	chart := Chart{NetPay: net}
	kinds := map[string]Kind{}
	for _, l := range slip.all() {
		if _, known := kinds[l.Name]; !known {
			chart.Lines = append(chart.Lines, ChartLine{Line: l.Name, Debit: "debit", Credit: "credit"})
		}
		kinds[l.Name] = l.Kind
	}
	journal, err := Post([]Payslip{slip}, chart)
	if err != nil {
		return "its journal cannot be made or does not balance"
	}
	var booked, posted decimal.Decimal
	for _, e := range journal.Entries {
		if e.Account == net {
			booked = booked.Add(e.Credit).Sub(e.Debit)
		}
	}
	for _, e := range entries {
		for _, l := range e.Value.Lines {
			switch kinds[l.Name] {
			case Earning:
				posted = posted.Add(l.Amount)
			case Deduction:
				posted = posted.Sub(l.Amount)
			}
		}
	}
	if !booked.Equal(posted) {
		return "the net pay of its journal is not that of what is posted"
	}
	return ""
}

// conclude compares what a run says of itself with what was counted.
func (b Books) conclude(ctx context.Context, t *tally, report func(storage.Finding)) error {
	fault := func(format string, args ...any) {
		report(storage.Finding{Check: CheckRun, Where: "run " + string(t.ID), Reason: fmt.Sprintf(format, args...)})
	}
	members := 0
	for after := hr.EmployeeID(""); ; {
		page, err := b.Runs.Members(ctx, t.ID, after, verifiedAtOnce)
		if err != nil {
			return err
		}
		if members += len(page); len(page) < verifiedAtOnce {
			break
		}
		after = page[len(page)-1]
	}
	if members != t.Members {
		fault("says that it has %d members, and has %d", t.Members, members)
	}
	if t.posted != t.Posted {
		fault("says that it has posted %d payslips, and %d are posted", t.Posted, t.posted)
	}
	if !t.holds() {
		return nil
	}
	if t.results != t.Members {
		fault("says that it has %d members, and has %d results", t.Members, t.results)
	}
	if t.failed != t.Failed {
		fault("says that %d of its members have faults, and %d have", t.Failed, t.failed)
	}
	if t.digest.sum() != t.Digest {
		fault("its results are not those of its digest, which is what was approved")
	}
	return nil
}
