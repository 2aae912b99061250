package lifecycle

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
)

// RetirementDay names which day is the last when an age is reached. The empty one is none.
type RetirementDay string

// The days.
const (
	// EndOfMonth is the last day of the month in which the age is reached.
	EndOfMonth RetirementDay = "end of month"
	// EndOfMonthBefore is the same, save that whoever was born on the first of a month goes with the month before: the rule of
	// Indian government service (Fundamental Rule 56(a) and its proviso).
	EndOfMonthBefore RetirementDay = "end of month, born on the first: the month before"
	// OnBirthday is the day on which the age is reached.
	OnBirthday RetirementDay = "birthday"
	// EveOfBirthday is the day before it.
	EveOfBirthday RetirementDay = "day before the birthday"
)

// RetirementAge is the age at which employment ends.
type RetirementAge struct {
	Years  int
	Months int // beside the years, 0 to 11: 66 years and 6 months
	Day    RetirementDay
}

// last returns the last day of employment of somebody born on a day. Who was born on 29 February reaches an age on the 28th where the
// year has no 29th.
func (a RetirementAge) last(born hr.Date) (hr.Date, error) {
	reached, err := born.AddMonths(12*a.Years+a.Months, hr.MonthClamp)
	if err != nil {
		return hr.Date{}, err
	}
	switch {
	case a.Day == EndOfMonthBefore && born.Day() == 1:
		return reached.Add(-1), nil
	case a.Day == EndOfMonth, a.Day == EndOfMonthBefore:
		return reached.EndOfMonth(), nil
	case a.Day == OnBirthday:
		return reached, nil
	case a.Day == EveOfBirthday:
		return reached.Add(-1), nil
	}
	return hr.Date{}, &hr.FieldError{Path: "day", Rule: RuleRetireAge, Reason: "must name which day is the last"}
}

// RetirementRule says at what age employment ends, for whom, since when. It is the host's contract or standing order; a pack's law may be
// put into it.
type RetirementRule struct {
	Scope
	Ages hr.Timeline[RetirementAge]
}

// Last returns the last day by age of somebody born on a day: the first day on which an age that holds then is reached. Where an age
// is lowered below somebody's own, it is the day the new age holds from. A rule that holds no age yet on that day is an error that
// errors.Is finds as hr.ErrNoValue; an age that is not above zero, or without a day, is RuleRetireAge.
func (r RetirementRule) Last(born hr.Date) (hr.Date, error) {
	steps := r.Ages.Steps()
	for i, step := range steps {
		if step.Void {
			continue
		}
		if a := step.Value; a.Years <= 0 || a.Months < 0 || a.Months > 11 {
			return hr.Date{}, &hr.FieldError{Path: fmt.Sprintf("ages[%d]", i), Rule: RuleRetireAge, Reason: "must be above zero, with 0 to 11 months"}
		}
		last, err := step.Value.last(born)
		if err != nil {
			return hr.Date{}, err
		}
		if last.Before(step.Since) {
			if i == 0 {
				return hr.Date{}, fmt.Errorf("lifecycle: no retirement age for %s, before %s: %w", last, step.Since, hr.ErrNoValue)
			}
			last = step.Since
		}
		if i+1 == len(steps) || last.Before(steps[i+1].Since) {
			return last, nil
		}
	}
	return hr.Date{}, fmt.Errorf("lifecycle: no retirement age: %w", hr.ErrNoValue)
}

// retires returns the last day by age of e with terms t: the extension where one stands, or else by the first rule that fits. known is
// false where no rule does or no day of birth is known.
func (s Service) retires(e Employment, t hr.Terms) (last hr.Date, known bool, err error) {
	if !e.RetireOn.IsZero() {
		return e.RetireOn, true, nil
	}
	for _, r := range s.Retirements {
		if r.Fits(t) && !e.Person.Born.IsZero() {
			last, err := r.Last(e.Person.Born)
			return last, err == nil, err
		}
	}
	return hr.Date{}, false, nil
}

// Retirement is the end of an employment by age.
type Retirement struct {
	LastDay hr.Date // zero: the day that the rule, or an extension, gives
	Early   bool    // it may lie before that day
	Reason  string  // in the host's words
}

// Retire settles the last day by age and ends the terms with it, like [Service.Exit]. A day before the one that rule or extension gives
// needs Early (RuleRetireEarly); without a day, and without a rule and a day of birth that give one, it is RuleRetireUnknown.
func (s Service) Retire(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, r Retirement) error {
	return s.act(ctx, cmd, "lifecycle.Retire", emp, r, func(_ context.Context, d *deed) error {
		due, known, err := s.retires(d.e, d.current(d.today))
		last := r.LastDay
		switch {
		case err != nil && last.IsZero():
			return err
		case last.IsZero() && !known:
			d.faults.Add("last_day", RuleRetireUnknown, "is required: no rule gives it, or the day of birth is not known")
			d.table.move(&d.faults, &d.e, Retire)
			return nil
		case last.IsZero():
			last = due
		case known && last.Before(due) && !r.Early:
			d.faults.Add("last_day", RuleRetireEarly, "is before the age of retirement; say that it is early")
		}
		d.ends(Retire, last, r.Reason)
		return nil
	})
}

// current are the terms on a day, or else on the first day after it or the last before it that has some.
func (d *deed) current(day hr.Date) (t hr.Terms) {
	for piece, terms := range d.known.Over(hr.Period{From: d.e.Start}) {
		if t = terms; piece.Through.IsZero() || !piece.Through.Before(day) {
			return t
		}
	}
	return t
}

// ExtendService lets somebody stay beyond the age of retirement, through a day: it stands in place of the rule for them. The day must be after
// the one that holds so far, where one is known (RuleRetireEarly), and after the first day.
func (s Service) ExtendService(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, through hr.Date) error {
	return s.act(ctx, cmd, "lifecycle.ExtendService", emp, through, func(_ context.Context, d *deed) error {
		due, known, err := s.retires(d.e, d.current(d.today))
		switch {
		case err != nil:
			return err
		case !d.table.meanings[d.e.State].Employed:
			d.faults.Add("state", RuleEmploymentMove, "the employment has ended")
		case through.IsZero():
			d.faults.Missing("through", RuleRetireEarly)
		case known && !through.After(due), !through.After(d.e.Start):
			d.faults.Add("through", RuleRetireEarly, "must be after the last day by age that holds so far")
		}
		d.happened.Event, d.on = "extend_service", due
		d.e.RetireOn = through
		return nil
	})
}

// ContractThrough sets the last day of a contract for a term; no date: the contract is for good. It ends nothing by itself: [Service.Due]
// says when the day comes, and [Service.Exit] or another contract settles it. A day before the first is RuleContractEnd.
func (s Service) ContractThrough(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, through hr.Date) error {
	return s.act(ctx, cmd, "lifecycle.ContractThrough", emp, through, func(_ context.Context, d *deed) error {
		switch {
		case !d.table.meanings[d.e.State].Employed:
			d.faults.Add("state", RuleEmploymentMove, "the employment has ended")
		case !through.IsZero() && through.Before(d.e.Start):
			d.faults.Add("through", RuleContractEnd, "must not be before the first day")
		}
		d.happened.Event = "contract"
		d.e.ContractEnd = through
		return nil
	})
}
