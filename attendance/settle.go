package attendance

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ForLeave is what a pay period of one employee asks of leave. Each item has an id of its own, so that applying it twice is applying it
// once; a late fact may change what is asked. [Service.SettleLeave] applies it.
type ForLeave struct {
	Employee hr.EmployeeID
	Known    hr.Known
	Charges  []hr.LeaveCharge // for coming late: see [LatePenalty]
	Grants   []hr.LeaveGrant  // for overtime that is banked: see [TimeOff]
	Returns  []hr.LeaveReturn // for leave on which they worked: see [WorkedLeave]
}

// ForLeave returns, in pin order, what the pay period p asks of leave, with the errors of [Service.Days] for all of them together.
func (s Service) ForLeave(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]ForLeave, error) {
	const verb = "attendance.ForLeave"
	if err := storage.May(ctx, s.Kit, v, verb, subjects(pins)...); err != nil {
		return nil, err
	}
	out, err := s.forLeave(ctx, v.Inside(verb), pins, p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	for i := range out { // what stands needs nothing
		out[i].Returns = slices.DeleteFunc(out[i].Returns, func(r hr.LeaveReturn) bool { return r.Share.IsZero() })
	}
	return out, nil
}

func (s Service) forLeave(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]ForLeave, error) {
	paid := s
	paid.TimeOff = TimeOff{} // the overtime as it is before it is banked
	out := make([]ForLeave, len(pins))
	err := paid.eachDays(ctx, v, pins, p, answer{untraced: true}, func(i int, pin hr.Pin, days []Day) (err error) {
		out[i] = ForLeave{Employee: pin.Employee, Known: pin.Known}
		if out[i].Charges, err = s.Penalty.Charge(pin.Employee, p, days); err != nil {
			return err
		}
		if _, out[i].Grants, err = s.TimeOff.Bank(pin.Employee, days); err != nil {
			return err
		}
		for _, d := range days {
			for _, r := range d.Returns {
				r.Employee = pin.Employee
				out[i].Returns = append(out[i].Returns, r)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, s.standing(ctx, v, pins, p, out)
}

// standing adds a return of nothing for the leave of days whose shift has no rule [WorkedLeave] while another of the service has: a roster
// may have changed since the leave was given back.
func (s Service) standing(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period, asked []ForLeave) error {
	rule := !s.Policy.WorkedLeave.IsZero()
	for _, policy := range s.Policies {
		rule = rule || !policy.WorkedLeave.IsZero()
	}
	if !rule || len(s.Policies) == 0 || s.Absences == nil {
		return nil
	}
	absences, err := s.Absences.Absences(ctx, v, pins, p)
	if err != nil {
		return err
	}
	if err := perPin(len(pins), "lists of absences", len(absences)); err != nil {
		return err
	}
	for i := range asked {
		for _, a := range absences[i] {
			if a.Minutes > 0 || a.Ref.IsZero() || slices.ContainsFunc(asked[i].Returns, func(r hr.LeaveReturn) bool { return r.Request == a.Ref && r.Date == a.Date && r.Half == a.Half }) {
				continue
			}
			asked[i].Returns = append(asked[i].Returns, hr.LeaveReturn{Employee: asked[i].Employee, Date: a.Date, Half: a.Half, Request: a.Ref})
		}
	}
	return nil
}

// Settled is what came of settling one employee's pay period with leave.
type Settled struct {
	Employee hr.EmployeeID
	Known    hr.Known // what was used: [Service.Changes] since then says whether to settle again
	Short    []hr.Ref // the charges for which too little leave is left: nothing was taken, and somebody must decide
}

// SettleLeave applies what the pay period p asks of leave through [Service.Leave], in this unit of work: charges for coming late, grants
// for overtime that is banked, and leave that was worked. All of it is derived from what is known now, and what was asked before and is
// not any more is taken back, so a host calls it when a period is over and again when [Service.Changes] names a day of it: the
// second call comes to what holds now, and without a late fact it changes nothing. Call it with the same pay periods each time, since
// late marks are counted in them.
//
// The employees' guard rows are held from before their days are read. The errors are those of [Service.Days], and those of leave, such as a
// leave type without a policy; then nothing is applied for anybody.
func (s Service) SettleLeave(ctx context.Context, cmd hr.Command, p hr.Period, ids ...hr.EmployeeID) ([]Settled, error) {
	const verb = "attendance.SettleLeave"
	args := struct {
		Period hr.Period
		IDs    []hr.EmployeeID
	}{p, ids}
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(args, ids...), func(ctx context.Context, cmd hr.Command) ([]Settled, []storage.Event, error) {
		var faults hr.Faults
		faults.Join("", s.wired())
		if s.Leave == nil {
			faults.Missing("leave", RuleService)
		}
		if len(ids) == 0 {
			faults.Missing("ids", RuleEmpty)
		}
		for i, id := range ids {
			if id == "" {
				faults.Missing(fmt.Sprintf("ids[%d]", i), RulePunchEmployee)
			}
		}
		checkPeriod(&faults, "period", p)
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		people := distinct(ids)
		if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, people...); err != nil {
			return nil, nil, err
		}
		pins := make([]hr.Pin, len(people))
		for i, id := range people {
			pins[i] = hr.Pin{Employee: id}
		}
		asked, err := s.forLeave(ctx, cmd.View(verb, hr.Known{}), pins, p)
		if err != nil {
			return nil, nil, err
		}
		out := make([]Settled, len(asked))
		for i, a := range asked {
			out[i] = Settled{Employee: a.Employee, Known: a.Known}
			dues := s.dues(a, p)
			if len(dues.Charges)+len(dues.Grants)+len(dues.Returns) == 0 {
				continue
			}
			if out[i].Short, err = s.Leave.Settle(ctx, cmd.Child(verb, string(a.Employee)), dues); err != nil {
				return nil, nil, err
			}
		}
		return out, nil, nil
	})
}

// dues are what a pay period asks of leave, and, with nothing in them, what it could have asked for at another time: each day could
// have banked overtime, and each further so many days could have been late marks.
func (s Service) dues(a ForLeave, p hr.Period) hr.LeaveDues {
	dues := hr.LeaveDues{Employee: a.Employee, Charges: a.Charges, Grants: a.Grants, Returns: a.Returns}
	if !s.Penalty.IsZero() {
		for n := range p.Len() / s.Penalty.Every {
			if n >= len(a.Charges) {
				dues.Charges = append(dues.Charges, hr.LeaveCharge{Employee: a.Employee, Type: s.Penalty.Type, Date: p.Through, Ref: s.Penalty.ref(a.Employee, p, n+1)})
			}
		}
	}
	if !s.TimeOff.IsZero() {
		given := map[hr.Date]bool{}
		for _, g := range a.Grants {
			given[g.Date] = true
		}
		for d := range p.Days() {
			if !given[d] {
				dues.Grants = append(dues.Grants, hr.LeaveGrant{Employee: a.Employee, Type: s.TimeOff.Type, Date: d, Ref: s.TimeOff.ref(a.Employee, d)})
			}
		}
	}
	return dues
}

// ref names the charge of the n-th so many marks of a pay period.
func (p LatePenalty) ref(employee hr.EmployeeID, pay hr.Period, n int) hr.Ref {
	return hr.Ref{Kind: "late", ID: escape(string(employee)) + ":" + escape(p.Type) + ":" + pay.From.String() + ":" + strconv.Itoa(n)}
}

// ref names the grant for the overtime of a day.
func (r TimeOff) ref(employee hr.EmployeeID, d hr.Date) hr.Ref {
	return hr.Ref{Kind: "time_off", ID: escape(string(employee)) + ":" + escape(r.Type) + ":" + d.String()}
}
