package leave_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

func TestGrant(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	opening := leave.Credit{Employee: "E1", Type: "casual", Kind: leave.Opening, Quantity: dec("4"), Usable: hr.MustPeriod("2026-04-01..2026-12-31"), Source: hr.Source{Title: "Old payroll", Dated: hr.MustDate("2026-03-31")}}
	lot, err := h.Grant(ctx, h.cmd(desk), opening)
	require.NoError(t, err)
	owed := opening
	owed.Quantity = dec("-2")
	owed.Type = "earned"
	advance, err := h.Grant(ctx, h.cmd(desk), owed)
	require.NoError(t, err)
	require.Equal(t, leave.Advance, advance)
	require.Equal(t, "-2", h.balance(t, "earned", "2026-04-30"))

	adjust := func(typ leave.TypeID, lot leave.LotID, q, usable string) error {
		c := leave.Credit{Employee: "E1", Type: typ, Kind: leave.Adjusted, Lot: lot, Quantity: dec(q)}
		if usable != "" {
			c.Usable = hr.MustPeriod(usable)
		}
		_, err := h.Grant(ctx, h.cmd(desk), c)
		return err
	}
	require.NoError(t, adjust("casual", lot, "-1.5", ""))
	require.Equal(t, "2.5", h.balance(t, "casual", "2026-04-01"))
	require.NoError(t, adjust("casual", lot, "0.5", "2026-05-01..2026-05-01"))
	require.Equal(t, "2.5", h.balance(t, "casual", "2026-04-30"))
	require.Equal(t, "3", h.balance(t, "casual", "2026-05-01"))
	require.NoError(t, adjust("earned", leave.Advance, "2", "2026-05-01..2026-05-01"), "forgiven")
	require.Equal(t, "0", h.balance(t, "earned", "2026-05-01"))

	for _, c := range []struct {
		name string
		err  error
		want []hr.Rule
	}{
		{"more than the lot holds", adjust("casual", lot, "-3.5", ""), []hr.Rule{leave.RuleCreditQuantity}},
		{"nothing", adjust("casual", lot, "0", ""), []hr.Rule{leave.RuleCreditQuantity}},
		{"nothing, from no lot", adjust("casual", "", "0", "2026-05-01.."), []hr.Rule{leave.RuleCreditQuantity}},
		{"forgiving nothing", adjust("earned", leave.Advance, "0", ""), []hr.Rule{leave.RuleCreditQuantity}},
		{"all that the lot holds", adjust("casual", lot, "-3", ""), nil},
		{"a lot of another type", adjust("earned", lot, "1", ""), []hr.Rule{leave.RuleCreditLot}},
		{"outside the lot's days", adjust("casual", lot, "1", "2027-01-01..2027-01-01"), []hr.Rule{leave.RuleCreditPeriod, leave.RuleCreditEmployed}},
		{"forgiving more than is owed", adjust("earned", leave.Advance, "1", ""), []hr.Rule{leave.RuleCreditQuantity}},
		{"taking without saying whence", adjust("casual", "", "-1", "2026-05-01.."), []hr.Rule{leave.RuleCreditLot}},
	} {
		require.Equal(t, c.want, rulesOf(c.err), c.name)
	}
	_, err = h.Grant(ctx, h.cmd(desk), leave.Credit{Employee: "E1", Type: "x", Kind: leave.Opening, Lot: "l", Usable: hr.Period{From: hr.MustDate("2027-01-02"), Through: hr.MustDate("2027-01-01")}})
	require.Equal(t, []hr.Rule{leave.RuleCreditSource, leave.RuleCreditLot, leave.RuleCreditQuantity, leave.RuleCreditPeriod, leave.RuleTypeUnknown, leave.RuleCreditEmployed}, rulesOf(err))
	_, err = h.Grant(ctx, h.cmd(desk), leave.Credit{Employee: "E1", Type: "casual", Kind: leave.Granted, Usable: hr.MustPeriod("2026-05-01..")})
	require.Equal(t, []hr.Rule{leave.RuleCreditQuantity}, rulesOf(err), "a grant of nothing")
	_, err = h.Grant(ctx, h.cmd(desk), leave.Credit{Kind: leave.Used, Quantity: dec("-1")})
	require.Equal(t, []hr.Rule{leave.RuleEmployee, leave.RuleCreditKind, leave.RuleCreditPeriod}, rulesOf(err))
	_, err = h.Grant(ctx, h.cmd(desk), leave.Credit{Employee: "E1", Type: "casual", Kind: leave.Granted, Quantity: dec("-1"), Usable: hr.MustPeriod("2026-05-01..")})
	require.Equal(t, []hr.Rule{leave.RuleCreditQuantity}, rulesOf(err))
}

func TestAccrueThrough(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	posted, err := h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-09-30"), "E1")
	require.NoError(t, err)
	// Employed from 5 January: credits on the 1st of February to September are 8. Those of February and March lapse
	// six months on, before 30 September: 10 entries.
	require.Equal(t, 10, posted)
	require.Equal(t, "9", h.balance(t, "earned", "2026-09-30"), "six lots of 1.5 are left")
	posted, err = h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-09-30"), "E1", "E1")
	require.NoError(t, err)
	require.Zero(t, posted)
	posted, err = h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-12-31"), "E1")
	require.NoError(t, err)
	require.Equal(t, 3+3, posted, "three more credits; April, May and June lapse")
	h.approved(t, ask("earned", "2026-12-07..2026-12-07"))

	head := h.head(t)
	posted, err = h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2024-12-31"), "E1")
	require.NoError(t, err)
	require.Zero(t, posted, "no policy holds as early as that")
	posted, err = h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-12-31"))
	require.NoError(t, err)
	require.Zero(t, posted, "for nobody")
	require.Equal(t, head, h.head(t), "and no number is taken")

	h = open(t)
	h.Policies = maps.Clone(h.Policies)
	h.Policies["zeal"] = hr.Timeline[leave.Policy]{}
	posted, err = h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-09-30"), "E1")
	require.NoError(t, err)
	require.Equal(t, 10, posted, "a type without a policy keeps nothing from the others")

	_, err = h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2028-01-01"), "E1", "")
	require.Equal(t, []hr.Rule{leave.RuleAccrualThrough, leave.RuleEmployee}, rulesOf(err))
	_, err = h.AccrueThrough(ctx, h.cmd(desk), hr.Date{}, "E1")
	require.Equal(t, []hr.Rule{leave.RuleAccrualThrough}, rulesOf(err))
}
