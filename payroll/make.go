package payroll

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// made is the payslip of one employee in a run, and what it was made from; or what prevented it.
type made struct {
	slip   Payslip
	input  Input
	posted bool // the run has posted it already: it stays as it is
	err    error
}

// make works out what a run pays each pin, as known at it: what the period comes to less what was posted for it, and the arrears of
// earlier periods. Payslips that exist may be given, to be worked out again from what was known then.
func (s Service) make(ctx context.Context, v hr.View, plan *Plan, run Run, pins []hr.Pin, then []Payslip) ([]made, error) {
	accounts, err := s.accounts(ctx, pins, run.ID)
	if err != nil {
		return nil, err
	}
	if run.Kind == RunReversal || run.Kind == RunProvisional {
		return s.copied(ctx, v, plan, run, pins, accounts)
	}
	visits := make([][]visit, len(pins))
	switch {
	case then != nil:
		for i := range pins {
			visits[i] = visitsAgain(accounts[i], then[i])
		}
	case run.Kind.looksBack():
		if visits, err = s.visits(ctx, v, run, pins, accounts); err != nil {
			return nil, err
		}
	}
	owed, err := s.retro(ctx, v, pins, accounts, visits)
	if err != nil {
		return nil, err
	}
	inputs, err := s.inputs(ctx, v, plan, run, pins, accounts, owed)
	if err != nil {
		return nil, err
	}
	out := make([]made, len(pins))
	var left []int // to be calculated
	for i, in := range inputs {
		m := &out[i]
		m.input, m.posted = in.input, accounts[i].own
		if m.err = firstOf(in.err, owed[i].err, accounts[i].paidAlready(run)); m.err != nil || m.posted && then == nil {
			continue
		}
		gone := !employedIn(m.input.Terms, run.Period) && len(m.input.Adjustments) == 0
		if gone {
			before := accounts[i].with(late(Posting{}, owed[i].arrears))
			if err := s.afterLeaving(ctx, v, pins[i], before, &m.input); err != nil {
				return nil, err
			}
		}
		m.input.left, m.input.paidFor = gone, plan.paidFor(accounts[i], run.Period)
		if s.Debts != nil {
			m.input.Overpaid = s.Overpaid
		}
		left = append(left, i)
	}
	spread(len(left), func(n int) {
		i := left[n]
		m := &out[i]
		m.slip, m.err = plan.complete(m.input, accounts[i], owed[i].arrears)
		if m.slip.PayDate != run.PayDate {
			m.slip.Due, m.slip.PayDate = m.slip.PayDate, run.PayDate
		}
		if paid, posted := accounts[i].of(run.Period); posted && run.Kind == RunOffCycle && paid.due != run.PayDate {
			m.slip.Due = paid.due // the year-to-date of later periods counts it with the rest of its period
		}
		m.slip.Looked, m.slip.Settled = lookedAt(visits[i]), accounts[i].settled
		if run.Kind.looksBack() || m.slip.Settled == (hr.Known{}) {
			m.slip.Settled = pins[i].Known
		}
	})
	return out, nil
}

// inputs gathers what the payslips of the period itself are calculated from. What stands in the place of an earlier payslip is
// calculated as it was due then.
func (s Service) inputs(ctx context.Context, v hr.View, plan *Plan, run Run, pins []hr.Pin, accounts []account, owed []owed) ([]gathered, error) {
	var periods []PayPeriod
	of := make([]int, len(pins))
	for i := range pins {
		at := PayPeriod{Period: run.Period, PayDate: run.PayDate}
		paid, posted := accounts[i].of(run.Period)
		if accounts[i].again = posted && (run.Kind == RunCorrection || paid.kind == PostingProvisional); accounts[i].again && run.Kind == RunCorrection {
			at.PayDate = paid.due
		}
		if of[i] = slices.Index(periods, at); of[i] < 0 {
			of[i] = len(periods)
			periods = append(periods, at)
		}
	}
	out := make([]gathered, len(pins))
	for k, at := range periods {
		var some []hr.Pin
		var with []account
		var place []int
		for i := range pins {
			if of[i] == k {
				base := Posting{Kind: PostingArrears, Currency: plan.Currency(), PayDate: run.PayDate}
				some, with, place = append(some, pins[i]), append(with, accounts[i].with(late(base, owed[i].arrears))), append(place, i)
			}
		}
		page, err := s.gatherEach(ctx, v, plan, some, at, with)
		if err != nil {
			return nil, err
		}
		debts, err := s.outstanding(ctx, some, with, run.Period)
		if err != nil {
			return nil, err
		}
		for j, i := range place {
			out[i] = page[j]
			out[i].input.Arrears = totals(owed[i].arrears, accounts[i], plan, run.Period)
			out[i].input.Debts = debts[j]
		}
	}
	return out, nil
}

// complete calculates a payslip with its arrears, less what was posted for its period already. Who has left earns nothing in the
// period, and only the lines that belong to the period of payment are worked out.
func (p *Plan) complete(in Input, a account, arrears []Arrear) (Payslip, error) {
	slip, err := p.Calculate(in)
	if err != nil {
		return Payslip{}, err
	}
	if in.left {
		for i, l := range slip.Lines {
			if !p.whenPaid[l.Name] || len(arrears) == 0 {
				slip.Lines[i].Amount = decimal.Zero
			}
		}
	}
	if paid, posted := a.of(in.Period); posted {
		if slip, err = p.lessPosted(slip, paid, a.again); err != nil {
			return Payslip{}, err
		}
		if a.again {
			slip.Debts = addMoves(slip.Debts, paid.debts(), true)
		}
	}
	slip.Arrears = arrears
	return slip, nil
}

// afterLeaving completes the input of somebody who is not employed in the period any more and may be owed something: the last terms,
// and not a day of pay. Of somebody for whom no period is posted it leaves the input as it is, and that is refused.
func (s Service) afterLeaving(ctx context.Context, v hr.View, pin hr.Pin, a account, in *Input) error {
	periods := a.periods()
	for _, p := range slices.Backward(periods) {
		terms, err := s.Terms.TermsOf(ctx, v, []hr.Pin{pin}, p.period)
		if err != nil {
			return err
		}
		var last hr.Terms
		found := false
		for _, step := range terms[0].StepsOver(p.period) {
			last, found = step.Value, true
		}
		if !found {
			continue
		}
		in.Terms, err = hr.NewTimeline(hr.Step[hr.Terms]{Since: in.Period.From, Value: last}, hr.Step[hr.Terms]{Since: in.Period.Through.Add(1), Void: true})
		if err != nil {
			return err
		}
		in.Timesheet = hr.Timesheet{Employee: in.Employee, Period: in.Period}
		for d := range in.Period.Days() {
			in.Timesheet.Days = append(in.Timesheet.Days, hr.TimesheetDay{Date: d, Status: "left", Unpaid: decimal.NewFromInt(1)})
		}
		in.Timesheet.Unpaid = decimal.NewFromInt(int64(in.Period.Len()))
		return nil
	}
	return nil
}

// paidAlready is the fault of an employee who cannot be paid by a run any more: days of the period are in another pay period, or a
// payslip of the whole period is posted and the run is none that pays beside it.
func (a account) paidAlready(run Run) error {
	var faults hr.Faults
	for _, p := range a.periods() {
		switch {
		case !p.period.Overlaps(run.Period):
		case p.period != run.Period:
			faults.Add("run.period", RuleRunPaid, "was paid already, for %s, by run %s", p.period, p.by)
		case run.Kind == RunCorrection, p.kind == PostingOffCycle, p.kind == PostingArrears, p.kind == "":
		case run.Kind == RunOffCycle && !p.closed():
		case p.kind == PostingProvisional && run.Kind != RunProvisional:
		case p.closed():
			faults.Add("run.period", RuleRunPaid, "was paid and reversed: a correction run pays it again")
		default:
			faults.Add("run.period", RuleRunPaid, "was paid already, for %s, by run %s", p.period, p.by)
		}
	}
	return faults.Err()
}

func employedIn(t hr.Timeline[hr.Terms], p hr.Period) bool {
	for range t.Over(p) {
		return true
	}
	return false
}

// totals lists arrears by line. What was posted for the period itself is taken off: a line that belongs to the period of its payment then sees what is paid now, and
// nothing twice.
func totals(arrears []Arrear, a account, p *Plan, period hr.Period) []Amount {
	var out []Amount
	for _, x := range arrears {
		out = append(out, Amount{Name: x.Name, Amount: x.Amount})
	}
	if paid, posted := a.of(period); posted && !a.again {
		lines := paid.lines()
		for _, l := range p.blank {
			if amount := lines[l.Name]; !amount.IsZero() && !p.whenPaid[l.Name] {
				out = append(out, Amount{Name: l.Name, Amount: amount.Neg()})
			}
		}
	}
	return out
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// remake works out a payslip that exists from what was known when it was made. Should it come out differently (the store forgot, or the
// engine changed) the error is a [hr.FieldError] with RuleRunReproduce, or with RuleRunErased where what it was calculated from may have been erased.
func (s Service) remake(ctx context.Context, v hr.View, run Run, slip Payslip) (made, error) {
	plan, err := s.planOf(slip.Plan)
	if err != nil {
		return made{}, err
	}
	then, err := s.make(ctx, v.At(slip.Known), plan, run, []hr.Pin{{Employee: slip.Employee, Known: slip.Known}}, []Payslip{slip})
	if err != nil {
		return made{}, err
	}
	if then[0].err != nil || then[0].slip.Digest() != slip.Digest() {
		return made{}, s.differs(ctx, fmt.Sprintf("payslip[%s]", slip.Employee), slip.Employee)
	}
	return then[0], nil
}
