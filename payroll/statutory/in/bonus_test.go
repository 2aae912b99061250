package in_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

func TestBonusWagesOfAMonth(t *testing.T) {
	plan := labour(t, in.Pack())
	for _, c := range []struct{ wages, minimum, want string }{
		{"21000", "0", "7000"},
		{"21000.01", "0", "0"}, // above the limit
		{"21000", "10500", "10500"},
		{"9000", "10500", "9000"},
		{"21000", "25000", "21000"},
		{"6999.99", "0", "6999.99"},
		{"7000", "0", "7000"},
		{"0", "10500", "0"},
	} {
		figures(t, pays(t, plan, exit("2026-10-31", map[string]string{"h_full_wages": c.wages, "minimum_wage": c.minimum})), map[string]string{"bonus_wages": c.want})
	}
	// Of a month with unpaid days its part: 7,000 x 20/31 is 4,516.129.
	x := worked(exit("2026-10-31", map[string]string{"h_full_wages": "12000"}), 0)
	for i := range 11 {
		x.Timesheet.Days[i].Status, x.Timesheet.Days[i].Payable, x.Timesheet.Days[i].Unpaid = "absent", dec(0), dec(1)
	}
	x.Timesheet.Payable, x.Timesheet.Unpaid = dec(20), dec(11)
	figures(t, pays(t, plan, x), map[string]string{"bonus_wages": "4516.13"})
	figures(t, pays(t, plan, exit("2026-10-31", map[string]string{"bonus_due": "7000"})), map[string]string{"bonus": "7000", "host_taxable": "7000", "host_gross": "7000"})
}

func TestBonusOfAYear(t *testing.T) {
	for _, c := range []struct {
		name                      string
		year                      string
		wages                     string
		days                      int
		percent                   string
		eligible                  bool
		minimum, maximum, payable string
	}{
		{"7,000 a month under the Code: one twelfth of 84,000", "2026-04-01..2027-03-31", "84000", 300, "0", true, "7000", "16800", "7000"},
		{"under the Act 8.33 %: 6,997.20", "2024-04-01..2025-03-31", "84000", 300, "0", true, "6997", "16800", "6997"},
		{"2025-26 by the Act's rate", "2025-04-01..2026-03-31", "84000", 300, "0", true, "6997", "16800", "6997"},
		{"a calendar year under both", "2026-01-01..2026-12-31", "84000", 300, "0", true, "7000", "16800", "7000"},
		{"a month of 900: 75, so 100", "2026-04-01..2027-03-31", "900", 30, "0", true, "100", "180", "100"},
		{"a month of 300: the minimum of 100 stands above 20 %", "2026-04-01..2027-03-31", "300", 30, "0", true, "100", "60", "100"},
		{"1,200: one twelfth is 100", "2026-04-01..2027-03-31", "1200", 30, "0", true, "100", "240", "100"},
		{"1,206: 100.50 goes up", "2026-04-01..2027-03-31", "1206", 30, "0", true, "101", "241", "101"},
		{"29 days worked", "2026-04-01..2027-03-31", "84000", 29, "0", false, "0", "0", "0"},
		{"no month within the limit", "2026-04-01..2027-03-31", "0", 300, "0", false, "0", "0", "0"},
		{"ten per cent declared", "2026-04-01..2027-03-31", "84000", 300, "10", true, "7000", "16800", "8400"},
		{"more than the maximum", "2026-04-01..2027-03-31", "84000", 300, "25", true, "7000", "16800", "16800"},
		{"less than the minimum", "2026-04-01..2027-03-31", "84000", 300, "5", true, "7000", "16800", "7000"},
	} {
		b, err := in.BonusOf(in.Pack(), in.BonusClaim{Year: hr.MustPeriod(c.year), Wages: num(c.wages), DaysWorked: c.days, Percent: num(c.percent)})
		require.NoError(t, err, c.name)
		require.Equal(t, []any{c.eligible, c.minimum, c.maximum, c.payable}, []any{b.Eligible, b.Minimum.String(), b.Maximum.String(), b.Payable.String()}, c.name)
	}
	// Where two of the three are alike the explanation names the bound.
	for _, c := range []struct{ wages, percent, want string }{
		{"120000", "8.333", "the minimum: what is declared is not more"}, // 9,999.60, to the rupee 10,000, a twelfth of 120,000
		{"500", "25", "the minimum: what is declared is not more"},       // 20 % of 500 is the least of 100
		{"84000", "20", "the maximum: what is declared is not less"},
		{"84000", "19.99", "what is declared, between the minimum and the maximum"},
	} {
		b, err := in.BonusOf(in.Pack(), in.BonusClaim{Year: hr.MustPeriod("2026-04-01..2027-03-31"), Wages: num(c.wages), DaysWorked: 300, Percent: num(c.percent)})
		require.NoError(t, err)
		require.Equal(t, c.want, b.Trace.Rule, c.wages)
	}
	_, err := in.BonusOf(in.Pack(), in.BonusClaim{Wages: num("-777"), DaysWorked: -1, Percent: num("-777")})
	faulty(t, err, "year "+string(in.RuleMonth), "wages "+string(in.RuleNegative), "percent "+string(in.RuleNegative), "days_worked "+string(in.RuleNegative))
	_, err = in.BonusOf(in.Pack(), in.BonusClaim{Year: hr.MustPeriod("2013-04-01..2014-03-31"), Wages: num("1")})
	require.ErrorContains(t, err, "bonus.least has no value on 2014-03-31")
	require.ErrorContains(t, err, "bonus.maximum_rate has no value on 2014-03-31")
	// The switch: 2025-26 at eight and one-third per cent.
	pack := set("bonus.minimum_parts", "2026-03-01", "1")
	for i, p := range pack.Params {
		if p.Name == "bonus.minimum_of" {
			pack.Params[i].Steps = append(p.Steps, hr.ParameterStep{Since: hr.MustDate("2026-03-01"), Value: num("12"), Overlay: true, Source: hr.Source{Title: "the host"}, Reviewed: hr.MustDate("2026-03-01")})
		}
	}
	b, err := in.BonusOf(pack, in.BonusClaim{Year: hr.MustPeriod("2025-04-01..2026-03-31"), Wages: num("84000"), DaysWorked: 300})
	require.NoError(t, err)
	require.Equal(t, "7000", b.Payable.String())
}

func TestSetOnAndSetOffLapse(t *testing.T) {
	pack, on := in.Pack(), hr.MustDate("2027-03-31")
	year := func(n int, allocable string) in.BonusYear {
		return in.BonusYear{Year: n, Allocable: num(allocable), Minimum: num("100"), Maximum: num("240")}
	}
	// Year 2's balance is there to the end of year 6 and gone after it.
	carry := in.BonusCarry{SetOn: []in.BonusBalance{{Year: 2, Amount: num("50")}}}
	for n := 3; n <= 6; n++ {
		a, err := in.AllocateBonus(pack, on, year(n, "240"), carry)
		require.NoError(t, err)
		require.Equal(t, "240", a.Bonus.String())
		require.Contains(t, a.Trace.Rule, "the surplus reaches it")
		carry = a.Carry
		if n < 6 {
			require.Len(t, carry.SetOn, 1, n)
			require.Empty(t, a.Lapsed)
		} else {
			require.Empty(t, carry.SetOn)
			require.Equal(t, []in.BonusBalance{{Year: 2, Amount: num("50")}}, a.Lapsed)
		}
	}
	// In its last year a balance still helps before it lapses: 200 + 40 of 50, and 10 lapse.
	a, err := in.AllocateBonus(pack, on, year(6, "200"), in.BonusCarry{SetOn: []in.BonusBalance{{Year: 2, Amount: num("50")}}})
	require.NoError(t, err)
	require.Equal(t, "240", a.Bonus.String())
	require.Equal(t, "10", a.Lapsed[0].Amount.String())
	// So with a shortage: 130 make good 30 of 70, and 40 lapse.
	a, err = in.AllocateBonus(pack, on, year(6, "130"), in.BonusCarry{SetOff: []in.BonusBalance{{Year: 2, Amount: num("70")}}})
	require.NoError(t, err)
	require.Equal(t, "100", a.Bonus.String())
	require.Equal(t, "40", a.Lapsed[0].Amount.String())
	// A surplus of just the minimum falls short of nothing.
	a, err = in.AllocateBonus(pack, on, year(6, "100"), in.BonusCarry{})
	require.NoError(t, err)
	require.Equal(t, "100", a.Bonus.String())
	require.Empty(t, a.Carry.SetOff)
	require.NotContains(t, a.Trace.Rule, "does not reach")
	// A surplus makes shortages good, pays the maximum and sets on at most one more: 1,000 - 70 - 240 - 240 are lost.
	a, err = in.AllocateBonus(pack, on, year(5, "1000"), in.BonusCarry{SetOff: []in.BonusBalance{{Year: 2, Amount: num("30")}, {Year: 4, Amount: num("40")}}})
	require.NoError(t, err)
	require.Equal(t, []string{"240", "240", "450"}, []string{a.Bonus.String(), a.Carry.SetOn[0].Amount.String(), a.Lost.String()})
	require.Empty(t, a.Carry.SetOff)

	_, err = in.AllocateBonus(pack, hr.Date{}, in.BonusYear{Year: 3, Allocable: num("-777"), Minimum: num("-777"), Maximum: num("-778")}, in.BonusCarry{
		SetOn:  []in.BonusBalance{{Year: 3, Amount: num("1")}},
		SetOff: []in.BonusBalance{{Year: 2, Amount: num("0")}, {Year: 2, Amount: num("1")}},
	})
	faulty(t, err, "on "+string(in.RuleDay), "allocable "+string(in.RuleNegative), "minimum "+string(in.RuleNegative), "maximum "+string(in.RuleNegative),
		"maximum "+string(in.RuleSurplus), "before "+string(in.RuleSurplus), "before.set_on[0].year "+string(in.RuleSurplus),
		"before.set_off[0].amount "+string(in.RuleNegative), "before.set_off[1].year "+string(in.RuleSurplus))
	_, err = in.AllocateBonus(pack, hr.MustDate("2014-03-31"), year(1, "1"), in.BonusCarry{})
	require.ErrorContains(t, err, "bonus.carry_years has no value on 2014-03-31")
}

// rupeeLedger is the dumb second way: every rupee that is carried is one entry with its year, oldest first.
type rupeeLedger struct{ on, off []int }

func (l *rupeeLedger) year(n, surplus, least, most int) (bonus int) {
	for surplus > least && len(l.off) > 0 { // a rupee above the minimum makes the oldest shortage good
		surplus, l.off = surplus-1, l.off[1:]
	}
	for kept := 0; surplus > most; surplus-- {
		if kept < most {
			l.on, kept = append(l.on, n), kept+1
		}
	}
	for surplus < most && len(l.on) > 0 {
		surplus, l.on = surplus+1, l.on[1:]
	}
	for ; surplus < least; surplus++ {
		l.off = append(l.off, n)
	}
	old := func(list []int) (young []int) {
		for _, y := range list {
			if n < y+4 {
				young = append(young, y)
			}
		}
		return young
	}
	l.on, l.off = old(l.on), old(l.off)
	return surplus
}

func TestSetOnAndSetOffByRupees(t *testing.T) {
	pack, on := in.Pack(), hr.MustDate("2027-03-31")
	rapid.Check(t, func(rt *rapid.T) {
		least := rapid.IntRange(0, 60).Draw(rt, "minimum")
		most := least + rapid.IntRange(0, 90).Draw(rt, "more")
		var ledger rupeeLedger
		var carry in.BonusCarry
		sum := func(list []in.BonusBalance) (total int64, by map[int]int) {
			by = map[int]int{}
			for _, b := range list {
				total += b.Amount.IntPart()
				by[b.Year] = int(b.Amount.IntPart())
			}
			return total, by
		}
		count := func(list []int) map[int]int {
			by := map[int]int{}
			for _, y := range list {
				by[y]++
			}
			return by
		}
		for n, surplus := range rapid.SliceOfN(rapid.IntRange(0, 400), 1, 14).Draw(rt, "surplus") {
			a, err := in.AllocateBonus(pack, on, in.BonusYear{Year: n, Allocable: dec(int64(surplus)), Minimum: dec(int64(least)), Maximum: dec(int64(most))}, carry)
			require.NoError(rt, err)
			if want := ledger.year(n, surplus, least, most); !a.Bonus.Equal(dec(int64(want))) {
				rt.Fatalf("year %d pays %s, want %d", n, a.Bonus, want)
			}
			onBefore, _ := sum(carry.SetOn)
			offBefore, _ := sum(carry.SetOff)
			onAfter, onBy := sum(a.Carry.SetOn)
			offAfter, offBy := sum(a.Carry.SetOff)
			require.Equal(rt, count(ledger.on), onBy)
			require.Equal(rt, count(ledger.off), offBy)
			require.False(rt, onAfter > 0 && offAfter > 0, "never both")
			lapsed, _ := sum(a.Lapsed)
			if offBefore+offAfter > 0 { // what lapses is a shortage, not a surplus
				lapsed = -lapsed
			}
			// Rupees: what comes in and was carried is paid, carried on, lost or has lapsed.
			came, went := int64(surplus)+onBefore-offBefore, a.Bonus.IntPart()+onAfter-offAfter+a.Lost.IntPart()+lapsed
			if came != went {
				rt.Fatalf("year %d: %d came, %d went", n, came, went)
			}
			carry = a.Carry
		}
	})
}
