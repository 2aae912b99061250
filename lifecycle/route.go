package lifecycle

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
)

// Route says who approves what ask is about: one level, at which the direct manager of each subject on ask.On must agree. A manager
// acts under the actor id of the same text as their employee id. Where a subject has no manager who is employed on that day, or only
// one who prepared the case or benefits from it, one of Service.Fallback approves instead, without those who prepared or benefit. If
// nobody is left, or ask.On is missing, it is a [hr.FieldError] with RuleRouteNobody.
func (s Service) Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	if ask.On.IsZero() {
		return nil, &hr.FieldError{Path: "on", Rule: RuleRouteNobody, Reason: "is required: managers change by date", Err: hr.ErrRequired}
	}
	barred := func(a hr.ActorID) bool {
		return a == ask.Preparer.ID || a == hr.ActorID(ask.Preparer.Employee) || slices.Contains(ask.Subjects, hr.EmployeeID(a))
	}
	lines := chart{}
	if err := lines.climb(ctx, s.Facts, ask.On, ask.Subjects...); err != nil {
		return nil, err
	}
	var approvers []hr.ActorID
	direct := len(ask.Subjects) > 0
	for _, subject := range ask.Subjects {
		up := lines.above(subject, ask.On)
		if len(up) == 0 || barred(hr.ActorID(up[0])) {
			direct = false
			break
		}
		approvers = append(approvers, hr.ActorID(up[0]))
	}
	if direct {
		slices.Sort(approvers)
		approvers = slices.Compact(approvers)
		return []hr.ApprovalLevel{{Name: "manager", Approvers: approvers, Need: len(approvers)}}, nil
	}
	fallback := slices.DeleteFunc(slices.Clone(s.Fallback), barred)
	if len(fallback) == 0 {
		return nil, &hr.FieldError{Path: "approvers", Rule: RuleRouteNobody, Reason: "no manager can approve this, and nobody is set to do it instead"}
	}
	return []hr.ApprovalLevel{{Name: "fallback", Approvers: fallback, Need: 1}}, nil
}
