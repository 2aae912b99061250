package office

import (
	"context"
	"errors"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/internal/report"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/recruitment"
)

// takeOver takes over who is there, with what they are paid when the first month that is run here begins.
func (o *Office) takeOver(ctx context.Context) error {
	taken, err := o.People.Import(ctx, o.by(o.PreparedBy, "import"), o.Arrivals())
	if err != nil {
		return err
	}
	o.say("Took over %d employees from the earlier system.", len(taken))
	return nil
}

// staff hires who joins through an accepted offer, and records raises and exits.
func (o *Office) staff(ctx context.Context) error {
	hrs := o.PreparedBy
	for _, e := range o.Company.People {
		id := string(e.ID())
		if e.Offer {
			if err := o.hire(ctx, e); err != nil {
				return err
			}
			o.say("Hired %s through an accepted offer; the first day is %s.", id, e.Hire.Start)
		}
		for _, change := range e.Changes {
			if _, err := o.People.ChangeTerms(ctx, o.by(hrs, "terms", id, change.From.String()), e.ID(), change); err != nil {
				return err
			}
			late := ""
			if change.From.Before(o.Period.From) {
				late = ": agreed late, so earlier months owe the difference"
			}
			o.say("Changed the pay of %s from %s on%s.", id, change.From, late)
		}
		if !e.LastDay.IsZero() {
			if err := o.People.Exit(ctx, o.by(hrs, "exit", id), e.ID(), e.LastDay, "left"); err != nil {
				return err
			}
			o.say("Recorded the exit of %s; the last day is %s.", id, e.LastDay)
		}
	}
	return nil
}

// hire goes the way of a candidate: opening, application, interview, offer, acceptance. The acceptance makes the employee.
func (o *Office) hire(ctx context.Context, e company.Employee) error {
	id, t, hrs := string(e.ID()), e.Hire.Terms, o.PreparedBy
	opening, err := o.Hiring.Open(ctx, o.by(hrs, "opening", id), recruitment.Opening{Title: t.Position, Seats: 1, Terms: t})
	person, fault := o.Hiring.AddCandidate(ctx, o.by(hrs, "candidate", id), recruitment.Candidate{Person: e.Hire.Person})
	if err := errors.Join(err, fault); err != nil {
		return err
	}
	candidate, err := o.Hiring.Apply(ctx, o.by(hrs, "apply", id), opening, person, recruitment.Source{})
	if err != nil {
		return err
	}
	for _, on := range []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview} {
		if err := o.Hiring.Advance(ctx, o.by(hrs, string(on), id), candidate, on); err != nil {
			return err
		}
	}
	offer := recruitment.Offer{Employee: e.ID(), Start: e.Hire.Start, Expires: e.Hire.Start, Terms: t}
	if err := o.Hiring.MakeOffer(ctx, o.by(hrs, "offer", id), candidate, offer); err != nil {
		return err
	}
	if _, err := o.Hiring.Accept(ctx, o.by(hrs, "accept", id), candidate, 1); err != nil {
		return err
	}
	return o.People.Join(ctx, o.by(hrs, "join", id), e.ID())
}

// absence brings over leave balances, applies for leave in the name of each employee and lets the manager decide.
func (o *Office) absence(ctx context.Context) (faults error) {
	for _, l := range o.Lots {
		_, err := o.Leave.Grant(ctx, o.by(o.PreparedBy, "lot", l.Key()), l.Credit)
		faults = report.Refused(faults, l.Row, err)
	}
	for _, l := range o.Company.Leave {
		request, err := o.Leave.Apply(ctx, o.by(company.ActorOf(l.Employee), "leave", l.Key()), l.Application)
		if err == nil {
			err = o.Leave.Decide(ctx, o.by(o.Approver(l.Employee), "decide", l.Key()), request, leave.Decision{Agree: true})
		}
		faults = report.Refused(faults, l.Row, err)
	}
	if faults == nil {
		o.say("Brought over %d leave balances.", len(o.Lots))
		o.say("Counted and approved %d leave requests.", len(o.Company.Leave))
	}
	return faults
}

// clocks records the punches of the gates, and those that were missing and that somebody vouches for.
func (o *Office) clocks(ctx context.Context) (faults error) {
	*o.now = o.ClosedAt
	if len(o.Punches) > 0 {
		_, err := o.Time.Record(ctx, o.by(o.PreparedBy, "punches"), o.Punches...)
		faults = report.Refused(faults, "punches.csv", err)
	}
	for _, x := range o.Corrections {
		cmd := o.by(company.ActorOf(x.ApprovedBy), "correction", x.Key())
		cmd.Reason = x.Reason
		_, err := o.Time.Correct(ctx, cmd, x.Correction)
		faults = report.Refused(faults, x.Row, err)
	}
	if faults == nil {
		o.say("Recorded %d punches, and %d that were missing.", len(o.Punches), len(o.Corrections))
	}
	return faults
}

// settle takes from leave what late marks cost.
func (o *Office) settle(ctx context.Context) error {
	if o.Late.IsZero() {
		return nil
	}
	ids, pins := make([]hr.EmployeeID, len(o.Company.People)), make([]hr.Pin, len(o.Company.People))
	for i, e := range o.Company.People {
		ids[i], pins[i].Employee = e.ID(), e.ID()
	}
	asked, err := o.Time.ForLeave(ctx, o.View(), pins, o.Period)
	if err != nil {
		return err
	}
	charges, short := 0, 0
	for _, a := range asked {
		charges += len(a.Charges)
	}
	settled, err := o.Time.SettleLeave(ctx, o.by(o.PreparedBy, "settle"), o.Period, ids...)
	for _, s := range settled {
		short += len(s.Short)
	}
	o.say("Took half a day of %s leave for each %d late marks: %d times, and %d times too little was left.", o.Late.Type, o.Late.Every, charges-short, short)
	return err
}
