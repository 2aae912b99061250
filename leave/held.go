package leave

import (
	"slices"

	"github.com/musterhr/hr"
)

// held is a type's policy with the days from which it holds. It is copied once for a calculation and pointed into from there: a [Policy] is large, and a calculation asks for it every
// month of an employment.
type held []hr.Step[Policy]

func heldOf(policies hr.Timeline[Policy]) held { return policies.Steps() }

// at returns the policy that holds on a day, nil where none does.
func (h held) at(d hr.Date) *Policy {
	for i := len(h) - 1; i >= 0 && !d.IsZero(); i-- {
		if !h[i].Since.After(d) {
			return h.policy(i)
		}
	}
	return nil
}

// policy is that of a step, nil where it says that there is none.
func (h held) policy(i int) *Policy {
	if h[i].Void {
		return nil
	}
	return &h[i].Value
}

// after returns the first day after d on which another step begins; none if there is none.
func (h held) after(d hr.Date) hr.Date {
	for _, s := range h {
		if s.Since.After(d) {
			return s.Since
		}
	}
	return hr.Date{}
}

// any reports whether a policy is like that.
func (h held) any(like func(*Policy) bool) bool {
	return slices.ContainsFunc(h, func(s hr.Step[Policy]) bool { return !s.Void && like(&s.Value) })
}
