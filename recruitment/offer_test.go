package recruitment_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

func TestAnOfferTakesTheTermsOfTheOpening(t *testing.T) {
	h := newHouse(hr.AllowAll)
	id := h.applied(t, h.open(t, 1), toOffer...)
	want := good()
	want.Terms, want.State, want.Number = terms(), recruitment.OfferOpen, 1
	require.Equal(t, want, h.get(t, id).Offer)

	// A new offer stands in the place of the one before; what it says itself it keeps, and its state is not the caller's.
	better := good()
	better.Terms = hr.Terms{Entity: "ACME-UK", Currency: "GBP"}
	better.State = recruitment.OfferAccepted
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, better))
	better.State, better.Number = recruitment.OfferOpen, 2
	require.Equal(t, better, h.get(t, id).Offer)

	// The one before stays on record and can not be accepted any more.
	want.State = recruitment.OfferReplaced
	require.Equal(t, []recruitment.Offer{want}, h.get(t, id).Earlier)
	before := h.state(t)
	_, err := h.Accept(h.ctx, h.cmd(), id, 1)
	require.Equal(t, []string{"number recruitment.offer.number"}, faults(err))
	_, err = h.Accept(h.ctx, h.cmd(), id, 3)
	require.Equal(t, []string{"number recruitment.offer.number"}, faults(err))
	require.Equal(t, before, h.state(t))
	_, err = h.Accept(h.ctx, h.cmd(), id, 2)
	require.NoError(t, err)
}

func TestAnOfferReportsEveryFaultAtOnce(t *testing.T) {
	h := newHouse(hr.AllowAll)
	bare, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Title: "Chemist", Seats: 1})
	require.NoError(t, err)
	id := h.applied(t, bare, toOffer[:2]...)
	applied := h.applied(t, bare)
	amount := decimal.NewFromInt(-717171)
	before := h.state(t)
	for name, c := range map[string]struct {
		offer recruitment.Offer
		want  []string
	}{
		"nothing": {recruitment.Offer{}, []string{
			"offer.start recruitment.offer.start", "offer.expires recruitment.offer.expires",
			"offer.terms.entity recruitment.offer.entity", "offer.terms.currency recruitment.offer.currency",
		}},
		"everything": {
			recruitment.Offer{Expires: day("2026-09-30"), Terms: hr.Terms{
				Currency: "Rs", Pay: []hr.PayTerm{{Name: "basic", Amount: amount}, {Name: "basic"}, {}},
			}},
			[]string{
				"offer.start recruitment.offer.start", "offer.expires recruitment.offer.expires", "offer.terms.entity recruitment.offer.entity",
				"offer.terms.currency recruitment.offer.currency", "offer.terms.pay[0].amount recruitment.offer.pay",
				"offer.terms.pay[1].name recruitment.offer.pay", "offer.terms.pay[2].name recruitment.offer.pay",
			},
		},
		"to be accepted after the first day": {
			recruitment.Offer{Start: day("2026-11-02"), Expires: day("2026-11-03"), Terms: terms()}, []string{"offer.expires recruitment.offer.expires"},
		},
	} {
		err := h.MakeOffer(h.ctx, h.cmd(), id, c.offer)
		require.Equal(t, c.want, faults(err), "%s: %v", name, err)
		require.NotContains(t, err.Error(), "717171", name)
	}
	err = h.MakeOffer(h.ctx, h.cmd(), applied, recruitment.Offer{Start: day("2026-11-02"), Terms: terms()})
	require.ErrorContains(t, err, "offer.expires: is required")
	require.Equal(t, []string{"state recruitment.application.transition", "offer.expires recruitment.offer.expires"}, faults(err), "the stage among them")
	require.Equal(t, before, h.state(t))

	onTheDay := recruitment.Offer{Start: day("2026-10-01"), Expires: day("2026-10-01"), Terms: terms()}
	cmd := h.cmd()
	require.NoError(t, h.MakeOffer(h.ctx, cmd, id, onTheDay), "offered, accepted and begun on one day")
	require.NoError(t, h.MakeOffer(h.ctx, cmd, id, onTheDay), "the same command again")
	onTheDay.Terms.Pay[0].Amount = onTheDay.Terms.Pay[0].Amount.Add(decimal.NewFromInt(1))
	err = h.MakeOffer(h.ctx, cmd, id, onTheDay)
	require.ErrorIs(t, err, storage.ErrReused)
	require.NotContains(t, err.Error(), "717172")
}

// An offer is accepted through its last day, in the zone of the service, and not after it.
func TestTheLastDayOfAnOffer(t *testing.T) {
	india := time.FixedZone("IST", 5*3600+1800)
	for name, c := range map[string]struct {
		zone *time.Location
		at   string
		open bool
	}{
		"the last minute in UTC":          {nil, "2026-10-15T23:59:00Z", true},
		"midnight in UTC":                 {nil, "2026-10-16T00:00:00Z", false},
		"the last minute in India":        {india, "2026-10-15T18:29:00Z", true},
		"midnight in India":               {india, "2026-10-15T18:30:00Z", false},
		"the evening before, in New York": {time.FixedZone("EST", -5*3600), "2026-10-16T04:59:00Z", true},
	} {
		h := newHouse(hr.AllowAll)
		opening := h.open(t, 1)
		id := h.applied(t, opening, toOffer...)
		h.Zone = c.zone
		var err error
		h.now, err = time.Parse(time.RFC3339, c.at)
		require.NoError(t, err)
		before := h.state(t)
		_, err = h.Accept(h.ctx, h.cmd(), id, h.number(id))
		if c.open {
			require.NoError(t, err, name)
			continue
		}
		require.Equal(t, []string{"offer.expires recruitment.offer.expired"}, faults(err), name)
		require.ErrorContains(t, err, "2026-10-15")
		require.Equal(t, before, h.state(t), name)
		fresh := good()
		fresh.Expires = day("2026-10-31")
		require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, fresh), "a new offer opens it again")
		_, err = h.Accept(h.ctx, h.cmd(), id, h.number(id))
		require.NoError(t, err, name)
	}
}
