package recruitment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// A requisition and an offer that nobody decides in time are put to those whom the level names, once, and these then decide.
func TestWhatWaitsIsEscalated(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Policy.OfferApproved = true
	h.Router = route{{Name: "desk", Approvers: []hr.ActorID{"head"}, Within: 2, Escalate: []hr.ActorID{"chief"}}}

	h.line(t, 1, "")
	asked, err := h.Request(h.ctx, h.cmd(), requisition(1))
	require.NoError(t, err)
	r, err := h.Service.Requisition(h.ctx, view, asked)
	require.NoError(t, err)
	require.False(t, r.Approval.Opened(0).IsZero(), "that a level is overdue can be told")
	_, err = h.DecideRequisition(h.ctx, h.by(chief), asked, true, "")
	require.Equal(t, hr.RuleApprovalActor, hr.FieldErrors(err)[0].Rule, "not asked yet")
	require.NoError(t, h.EscalateRequisition(h.ctx, h.cmd(), asked, 0))
	before := h.state(t)
	require.Equal(t, hr.RuleApprovalEscalation, hr.FieldErrors(h.EscalateRequisition(h.ctx, h.cmd(), asked, 0))[0].Rule, "once")
	require.Equal(t, before, h.state(t))
	state, err := h.DecideRequisition(h.ctx, h.by(chief), asked, true, "")
	require.NoError(t, err)
	require.Equal(t, recruitment.Approved, state)
	require.Error(t, h.EscalateRequisition(h.ctx, h.cmd(), asked, 0), "it is decided")

	id := h.applied(t, h.open(t, 1), toOffer...)
	require.Equal(t, recruitment.OfferWaiting, h.get(t, id).Offer.State)
	require.Equal(t, []string{"number recruitment.offer.number"}, faults(h.EscalateOffer(h.ctx, h.cmd(), id, 2, 0)))
	require.NoError(t, h.EscalateOffer(h.ctx, h.cmd(), id, 1, 0))
	offer, err := h.DecideOffer(h.ctx, h.by(chief), id, 1, true, "")
	require.NoError(t, err)
	require.Equal(t, recruitment.OfferOpen, offer)
	require.Equal(t, []string{"offer.state recruitment.offer.state"}, faults(h.EscalateOffer(h.ctx, h.cmd(), id, 1, 0)))
}
