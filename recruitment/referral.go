package recruitment

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ReferralPolicy says what an employee gets for naming somebody who is hired. The zero policy pays nothing and lets every employee
// refer but the candidate themself.
type ReferralPolicy struct {
	Bonus      hr.Money // nothing: none
	WaitMonths int      // whole months from the first day of work to the day the bonus is due; a day that month lacks is its last day
	Name       string   // the input of the pay rules that takes the bonus: "referral_bonus"
	NotManager bool     // who will lead the new person may not refer them
	NotApprove bool     // neither may who is to approve, or has approved, the requisition behind the opening
}

// ReferralState is where the bonus of a [Referral] stands. The empty state is no bonus.
type ReferralState string

const (
	ReferralWaiting ReferralState = "waiting" // the candidate is hired; the bonus is due on Due
	ReferralPaid    ReferralState = "paid"    // handed to payroll
	ReferralLost    ReferralState = "lost"    // one of the two was not employed any more on that day
)

// Referral is the bonus for naming a candidate who was hired: what it is, since the acceptance, and what became of it.
type Referral struct {
	Bonus hr.Money      `json:"bonus,omitzero" class:"money"`
	Due   hr.Date       `json:"due,omitzero" class:"private"` // the day on which both must be employed
	State ReferralState `json:"state,omitempty" class:"private"`
}

// checkReferrer adds what keeps somebody from referring a candidate for an opening. Who shares with the candidate what makes two records
// duplicates refers themself.
func (s Service) checkReferrer(ctx context.Context, v hr.View, f *hr.Faults, by hr.EmployeeID, c Candidate, o Opening) error {
	if by == "" {
		return nil
	}
	self := by == c.Employee
	if s.People != nil {
		people, err := s.People.People(ctx, v, by)
		if len(hr.FieldErrors(err)) == 0 && err != nil {
			return err
		}
		if err != nil {
			f.Add("source.referrer", RuleReferral, "must be an employee")
		} else {
			_, same := s.Policy.Match.Compare(Candidate{Keys: MatchKeys(people[0])}, c)
			self = self || same
		}
	}
	if self {
		f.Add("source.referrer", RuleReferralSelf, "nobody refers themself")
	}
	if s.Policy.Referral.NotManager && by == o.Manager {
		f.Add("source.referrer", RuleReferralBarred, "will lead the new person")
	}
	if !s.Policy.Referral.NotApprove || o.Requisition == "" {
		return nil
	}
	r, err := s.requisition(ctx, o.Requisition)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(r.Approval.Levels, func(l hr.ApprovalLevel) bool { return slices.Contains(l.Approvers, hr.ActorID(by)) }) {
		f.Add("source.referrer", RuleReferralBarred, "approves the hiring")
	}
	return nil
}

// referral is the bonus that the acceptance of an offer brings about.
func (p ReferralPolicy) referral(by hr.EmployeeID, start hr.Date) (Referral, error) {
	if by == "" || p.Bonus.Amount.Sign() <= 0 {
		return Referral{}, nil
	}
	due, err := start.AddMonths(p.WaitMonths, hr.MonthClamp)
	return Referral{Bonus: p.Bonus, Due: due, State: ReferralWaiting}, err
}

// SettleReferral pays the bonus of an application whose day has come, with the pay period given, or records that it is lost: who
// referred and who was hired must both be employed on the day it is due. However often it is sent, it is paid once. It refuses an application without a
// bonus that waits (RuleReferralState) and one whose day has not come (RuleReferralEarly). It returns what became of it.
func (s Service) SettleReferral(ctx context.Context, cmd hr.Command, id ApplicationID, pay hr.Period) (ReferralState, error) {
	const verb = "recruitment.SettleReferral"
	args := struct {
		Application ApplicationID
		Pay         hr.Period
	}{id, pay}
	about := storage.AboutCase(args, func(ctx context.Context) ([]hr.EmployeeID, error) {
		a, err := s.application(ctx, id)
		return slices.DeleteFunc([]hr.EmployeeID{a.Source.Referrer}, func(e hr.EmployeeID) bool { return e == "" }), err
	})
	return do(ctx, s, cmd, verb, about, func(ctx context.Context, cmd hr.Command) (ReferralState, []storage.Event, error) {
		a, err := s.application(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		faults.Join("pay", pay.Validate())
		switch {
		case a.Referral.State != ReferralWaiting:
			faults.Add("referral", RuleReferralState, "no bonus of this application waits")
		case a.Referral.Due.After(s.today(cmd)):
			faults.Add("referral", RuleReferralEarly, "is due on %s", a.Referral.Due)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		due := hr.Period{From: a.Referral.Due, Through: a.Referral.Due}
		lines, err := s.Terms.TermsOf(ctx, cmd.View(verb, hr.Known{}), []hr.Pin{{Employee: a.Source.Referrer}, {Employee: a.HiredAs}}, due)
		if err != nil {
			return "", nil, err
		}
		a.Referral.State = ReferralPaid
		for _, line := range lines {
			if _, employed := line.At(a.Referral.Due); !employed {
				a.Referral.State = ReferralLost
			}
		}
		if a.Referral.State == ReferralPaid {
			if err := s.Bonuses.PayBonus(ctx, cmd.Child(verb, "bonus"), a.Source.Referrer, s.Policy.Referral.Name, pay, a.Referral.Bonus); err != nil {
				return "", nil, err
			}
		}
		done := event(cmd, "referral."+string(a.Referral.State), "application", string(id))
		done.Subject = a.Source.Referrer
		return a.Referral.State, []storage.Event{done}, s.Applications.PutApplication(ctx, a)
	}, need{"terms", s.Terms != nil}, need{"bonuses", s.Bonuses != nil})
}
