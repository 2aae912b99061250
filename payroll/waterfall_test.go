package payroll_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

func rupees(s string) hr.Money { return hr.MustMoney(s, "INR") }

func taken(t require.TestingT, net, protected string, claims ...payroll.Claim) (out []string) {
	got, err := payroll.Waterfall(rupees(net), dec(protected), claims...)
	require.NoError(t, err)
	for _, r := range got {
		out = append(out, r.Name+" "+r.Taken.String()+" left "+r.Left.String())
	}
	return out
}

func TestWaterfall(t *testing.T) {
	court := payroll.Claim{Name: "court", Amount: dec("400"), Priority: 1}
	loan := payroll.Claim{Name: "loan", Amount: dec("300"), Priority: 2}
	advance := payroll.Claim{Name: "advance", Amount: dec("600"), Priority: 2, Most: dec("150")}
	require.Equal(t, []string{"court 400 left 0", "loan 300 left 0", "advance 150 left 450"}, taken(t, "2000", "1000", court, loan, advance), "850 of 1,000")
	require.Equal(t, []string{"loan 0 left 300", "court 400 left 0"}, taken(t, "1400", "1000", loan, court), "the first takes all there is, in whatever order they come")
	// 200 are left for 300 and 150: 133.333 and 66.667, the unit that is over to the larger remainder.
	require.Equal(t, []string{"court 400 left 0", "loan 133.33 left 166.67", "advance 66.67 left 533.33"}, taken(t, "1600", "1000", court, loan, advance))
	require.Equal(t, []string{"court 0 left 400"}, taken(t, "900", "1000", court), "below what is protected nothing is taken")
	require.Equal(t, []string{"court 0 left 400"}, taken(t, "-5", "0", court))
	require.Empty(t, taken(t, "5", "0"))
	// Of one rank: 400 above what is protected from the first are shared, 200 each; the 600 below are the second's alone.
	first, second := payroll.Claim{Name: "first", Amount: dec("800"), Protected: dec("1600")}, payroll.Claim{Name: "second", Amount: dec("900")}
	require.Equal(t, []string{"first 200 left 600", "second 800 left 100"}, taken(t, "2000", "1000", first, payroll.Claim{Name: "second", Amount: dec("900"), Most: dec("800")}))
	require.Equal(t, []string{"first 188.24 left 611.76", "second 811.76 left 88.24"}, taken(t, "2000", "1000", first, second), "400 by 800 and 900")
	// A later rank with more protection counts what was taken before it.
	require.Equal(t, []string{"court 400 left 0", "first 0 left 800"}, taken(t, "2000", "0", court, payroll.Claim{Name: "first", Amount: dec("800"), Priority: 2, Protected: dec("1600")}))
}

func TestWaterfallRefusesWithAllFaults(t *testing.T) {
	_, err := payroll.Waterfall(rupees("1000"), dec("-1"), payroll.Claim{Amount: dec("-987654")}, payroll.Claim{Name: "a", Amount: dec("1.005"), Most: dec("-1")}, payroll.Claim{Name: "a"})
	require.Equal(t, []string{
		"protected payroll.claim", "claims[0].name payroll.claim", "claims[0].amount payroll.claim",
		"claims[1].amount payroll.claim", "claims[1].most payroll.claim", "claims[2].name payroll.claim",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "987654")
	_, err = payroll.Waterfall(hr.Money{}, dec("0"))
	require.Equal(t, []string{"net.currency payroll.claim"}, faultsOf(err))
}

// Taken and left are what was asked; the protected net stays; nobody waits behind a later one; and all that may be taken is.
func TestWaterfallConserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := func(name string, top int) decimal.Decimal {
			return decimal.New(int64(rapid.IntRange(0, top).Draw(t, name)), -2)
		}
		net, protected := cents("net", 500_000), cents("protected", 300_000)
		var claims []payroll.Claim
		asked := decimal.Zero
		for i := range rapid.IntRange(0, 6).Draw(t, "claims") {
			c := payroll.Claim{Name: fmt.Sprint(i), Amount: cents("amount", 200_000), Most: cents("most", 100_000), Protected: cents("kept", 300_000), Priority: rapid.IntRange(0, 3).Draw(t, "priority")}
			claims = append(claims, c)
			asked = asked.Add(limit(c))
		}
		got, err := payroll.Waterfall(hr.Money{Amount: net, Currency: "INR"}, protected, claims...)
		require.NoError(t, err)
		sum := decimal.Zero
		for i, r := range got {
			require.True(t, r.Taken.Add(r.Left).Equal(claims[i].Amount))
			require.False(t, r.Taken.IsNegative())
			require.False(t, r.Taken.GreaterThan(limit(claims[i])))
			sum = sum.Add(r.Taken)
			before := decimal.Zero // by its own rank and those before
			for j, other := range got {
				if claims[j].Priority <= claims[i].Priority && !claims[j].Protected.LessThan(claims[i].Protected) || claims[j].Priority < claims[i].Priority {
					before = before.Add(other.Taken)
				}
			}
			if r.Taken.IsPositive() {
				require.False(t, net.Sub(before).LessThan(decimal.Max(protected, claims[i].Protected)), "what is protected from it")
			}
			for j, later := range got {
				if claims[j].Priority > claims[i].Priority && later.Taken.IsPositive() && !claims[i].Protected.GreaterThan(claims[j].Protected) {
					require.True(t, r.Taken.Equal(limit(claims[i])), "somebody waits behind a later one")
				}
			}
		}
		room := decimal.Max(decimal.Zero, net.Sub(protected))
		require.False(t, sum.GreaterThan(decimal.Min(asked, room)))
		same := true
		for _, c := range claims {
			same = same && !c.Protected.GreaterThan(protected)
		}
		if same {
			require.True(t, sum.Equal(decimal.Min(asked, room)), "all that may be taken is")
		}
	})
}

func limit(c payroll.Claim) decimal.Decimal {
	if c.Most.IsZero() {
		return c.Amount
	}
	return decimal.Min(c.Amount, c.Most)
}

// 1,000 by 300: three instalments and 100, a month skipped; closed early all that is left at once; what was not taken is asked again.
func TestALoanIsAskedFor(t *testing.T) {
	loan := payroll.Loan{Principal: dec("1000"), Instalment: dec("300"), First: hr.MustDate("2026-08-01"), Skip: []hr.Period{month(9)}}
	require.NoError(t, loan.Validate())
	var dates []hr.Date
	for m := 7; m <= 12; m++ {
		dates = append(dates, month(m).Through)
	}
	told := func(repaid string) (out []string) {
		for _, i := range loan.Schedule(dec(repaid), dates...) {
			out = append(out, fmt.Sprintf("%d %s left %s", i.PayDate.Month(), i.Amount.String(), i.Left.String()))
		}
		return out
	}
	require.Equal(t, []string{"8 300 left 700", "10 300 left 400", "11 300 left 100", "12 100 left 0"}, told("0"))
	loan.Close = hr.MustDate("2026-10-15")
	require.Equal(t, []string{"8 300 left 700", "10 700 left 0"}, told("0"))
	require.Empty(t, told("1000"))
	require.Equal(t, "250", loan.Ask(month(8).Through, dec("750")).String())
	bad := payroll.Loan{Close: hr.MustDate("2026-01-01"), Skip: []hr.Period{{}}}
	require.Equal(t, []string{"principal payroll.loan", "instalment payroll.loan", "first payroll.loan", "skip[0] payroll.loan"}, faultsOf(bad.Validate()))
}

// What a log line says of a claim, of what was taken for it and of a line that changed is which, and not how much.
func TestALogLineNamesAndHasNoAmount(t *testing.T) {
	require.Equal(t, "[claim rent]", payroll.Claim{Name: "rent", Amount: dec("717171")}.LogValue().String())
	require.Equal(t, "[recovery rent]", payroll.Recovery{Name: "rent", Taken: dec("717171")}.LogValue().String())
	require.Equal(t, "[variance of basic]", payroll.LineVariance{Line: "basic", Now: dec("717171")}.LogValue().String())
}
