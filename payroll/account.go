package payroll

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// account is what was posted for one employee, without what a run itself has posted.
type account struct {
	postings []posted // oldest first
	seq      hr.Seq   // of the newest posting that compared: what was posted by then is what was compared
	own      bool     // the run has posted already
	again    bool     // the period that is calculated was paid: it is calculated as it was then, not beside what was paid
	settled  hr.Known // through where every posted period was compared; zero where nothing is posted
}

// posted is a posting and the number under which it is known; zero where it is about to be posted.
type posted struct {
	Posting
	seq hr.Seq
}

// accounts reads what is posted as known at each pin, leaving out what the run itself has posted.
func (s Service) accounts(ctx context.Context, pins []hr.Pin, run RunID) ([]account, error) {
	lists, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	if len(lists) != len(pins) {
		return nil, fmt.Errorf("payroll: a port gave %d answers for %d pins", len(lists), len(pins))
	}
	out := make([]account, len(pins))
	for i, pin := range pins {
		live, err := livePostings(lists[i], pin)
		if err != nil {
			return nil, err
		}
		a := &out[i]
		for _, e := range live {
			if run != "" && e.Value.Run == run { // a preview has no run, and neither has what was taken over
				a.own = true
				continue
			}
			a.postings = append(a.postings, posted{e.Value, e.Seq})
			if e.Value.Settled != (hr.Known{}) && e.Value.Settled != a.settled {
				a.settled, a.seq = e.Value.Settled, e.Seq
			}
		}
	}
	return out, nil
}

// paidPeriod is what an account holds for one period earned.
type paidPeriod struct {
	period hr.Period
	due    hr.Date
	parts  []*posted   // all that was posted for it, oldest first
	seq    hr.Seq      // of the newest posting that compared
	shut   bool        // it was taken back then, and so was not compared
	kind   PostingKind // of the newest posting that is no arrear: what the period is paid by
	by     RunID
}

// closed reports whether retro leaves the period alone: until a correction run posts it again.
func (p *paidPeriod) closed() bool { return p.kind == PostingReversal }

// lines sums what was posted, by line.
func (p *paidPeriod) lines() map[string]decimal.Decimal {
	return p.sum(func(*posted) bool { return true })
}

// then sums what of it was posted when the account was compared, by line.
func (p *paidPeriod) then() map[string]decimal.Decimal {
	return p.sum(func(x *posted) bool { return x.seq <= p.seq })
}

func (p *paidPeriod) sum(counts func(*posted) bool) map[string]decimal.Decimal {
	out := map[string]decimal.Decimal{}
	for _, x := range p.parts {
		if counts(x) {
			for i := range x.Lines {
				l := &x.Lines[i]
				out[l.Name] = out[l.Name].Add(l.Amount)
			}
		}
	}
	return out
}

// since names the runs that posted something after the account was compared.
func (p *paidPeriod) since() (runs []hr.Ref) {
	for _, x := range p.parts {
		if x.seq > p.seq {
			runs = append(runs, hr.Ref{Kind: runRef, ID: string(x.Run), Seq: x.seq})
		}
	}
	return runs
}

// debts sums what was moved of debts, by debt.
func (p *paidPeriod) debts() (moves []DebtMove) {
	for _, x := range p.parts {
		moves = addMoves(moves, x.Debts, false)
	}
	return moves
}

// take adds a posting of the period.
func (p *paidPeriod) take(x *posted) {
	p.parts = append(p.parts, x)
	switch {
	case x.Kind == PostingArrears, x.Kind == PostingOffCycle && p.kind != "", x.Kind == PostingReversal && x.Of != p.by:
	default:
		p.kind, p.by, p.due = x.Kind, x.Run, x.due()
		if x.seq <= p.seq {
			p.shut = x.Kind == PostingReversal
		}
	}
}

// periods returns what was posted for each period, oldest first. Openings are of an earlier system, and no period of ours.
func (a account) periods() []paidPeriod {
	out := make([]paidPeriod, 0, len(a.postings))
	for n := range a.postings {
		x := &a.postings[n]
		if x.Kind == PostingOpening {
			continue
		}
		i := len(out) - 1
		for i >= 0 && out[i].period != x.Period {
			i--
		}
		if i < 0 {
			i = len(out)
			out = append(out, paidPeriod{period: x.Period, due: x.due(), seq: a.seq})
		}
		out[i].take(x)
	}
	slices.SortFunc(out, func(x, y paidPeriod) int {
		return cmp.Or(x.period.From.Compare(y.period.From), x.period.Through.Compare(y.period.Through))
	})
	return out
}

// of returns what was posted for one period.
func (a account) of(period hr.Period) (p paidPeriod, found bool) {
	for n := range a.postings {
		x := &a.postings[n]
		if x.Kind == PostingOpening || x.Period != period {
			continue
		}
		if !found {
			p, found = paidPeriod{period: period, due: x.due(), seq: a.seq}, true
		}
		p.take(x)
	}
	return p, found
}

// with returns the account with differences that are about to be posted.
func (a account) with(late []Posting) account {
	if len(late) == 0 {
		return a
	}
	a.postings = slices.Clone(a.postings)
	for _, p := range late {
		a.postings = append(a.postings, posted{Posting: p})
	}
	return a
}

// at returns the account as it was at a number, but with all that was compared.
func (a account) at(own hr.Seq) account {
	a.postings = slices.DeleteFunc(slices.Clone(a.postings), func(p posted) bool { return p.seq > max(a.seq, own) })
	return a
}

// toDate is the year-to-date that a payslip of a period reads: a line that belongs to the period of its payment by the day it was
// paid, every other by the day on which the period that earned it was due; of that very period nothing, for that is what is
// calculated.
func (a account) toDate(p *Plan, year YearStart, period hr.Period, payDate hr.Date) []Amount {
	window := hr.Period{From: year.Of(payDate).From, Through: payDate}
	sums := map[string]decimal.Decimal{}
	for i := range a.postings {
		x := &a.postings[i]
		own := x.Period == period
		earned, paid := !own && window.Contains(x.due()), !(own && a.again) && window.Contains(x.PayDate)
		for j := range x.Lines {
			l := &x.Lines[j]
			if earned && !p.whenPaid[l.Name] || paid && p.whenPaid[l.Name] {
				sums[l.Name] = sums[l.Name].Add(l.Amount)
			}
		}
	}
	return amountsOf(sums)
}
