package leave_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// drawLedger draws a ledger of lots with uses, some of them returned, that [leave.Draw] gave.
func drawLedger(t *rapid.T, policy leave.Policy) []leave.Entry {
	first := hr.MustDate("2026-01-01")
	var entries []leave.Entry
	line := 0
	add := func(e leave.Entry) {
		line++
		e.ID, e.Seq = cmpOr(e.ID, fmt.Sprintf("e%03d", line)), hr.Seq(line)
		entries = append(entries, e)
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "lots") {
		usable := hr.Period{From: first.Add(rapid.IntRange(0, 200).Draw(t, "from"))}
		if rapid.Bool().Draw(t, "lapses") {
			usable.Through = usable.From.Add(rapid.IntRange(0, 200).Draw(t, "days"))
		}
		add(credit(fmt.Sprintf("lot%d", i), 1, decimal.New(int64(rapid.IntRange(1, 40).Draw(t, "quarters"))*25, -2), usable))
	}
	for range rapid.IntRange(0, 20).Draw(t, "uses") {
		day := leave.Day{Date: first.Add(rapid.IntRange(0, 400).Draw(t, "day")), Quantity: dec("0.5")}
		drawn, short := leave.Draw(entries, policy, []leave.Day{day})
		if short.Sign() > 0 {
			continue
		}
		back := rapid.IntRange(0, 3).Draw(t, "returned") == 0
		for _, s := range drawn[0].Lots {
			u := use(1, 0, s, day.Date)
			u.ID = ""
			add(u)
			if back {
				u.Value.Kind, u.Value.Quantity = leave.Returned, s.Quantity
				add(u)
			}
		}
	}
	return entries
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func drawPolicy(t *rapid.T) leave.Policy {
	return leave.Policy{
		Type:        "earned",
		Negative:    leave.Negative{Limit: decimal.NewFromInt(int64(rapid.IntRange(0, 2).Draw(t, "limit")))},
		Consumption: leave.Consumption{Order: rapid.SampledFrom([]leave.Order{"", leave.ByExpiry, leave.ByGrant}).Draw(t, "order")},
	}
}

func TestLotsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := drawPolicy(t)
		entries := drawLedger(t, policy)
		on := hr.MustDate("2026-01-01").Add(rapid.IntRange(-5, 450).Draw(t, "on"))
		lots := leave.Lots(entries, on)
		var left decimal.Decimal
		for _, l := range lots {
			require.True(t, l.Granted.Equal(l.Taken.Add(l.Lapsed).Add(l.Left)), "granted = taken + lapsed + left")
			if l.ID == leave.Advance {
				require.False(t, l.Left.Neg().GreaterThan(policy.Negative.Limit), "owed within the limit")
			} else {
				require.False(t, l.Left.IsNegative(), "no lot gives what it does not hold")
			}
			left = left.Add(l.Left)
		}
		balance := leave.Balance(entries, "earned", on)
		require.True(t, left.Equal(balance))
		require.Equal(t, balance.String(), leave.Balance(rapid.Permutation(entries).Draw(t, "shuffled"), "earned", on).String(), "order of entries")

		// Once the lapses are posted, the balance is the plain sum of the ledger up to the day.
		posted := append(entries, numbered(leave.Lapse(entries, on), 1000)...)
		require.Empty(t, leave.Lapse(posted, on), "posted once")
		var sum decimal.Decimal
		for _, e := range posted {
			if !e.Period.From.After(on) {
				sum = sum.Add(e.Value.Quantity)
			}
		}
		require.Equal(t, balance.String(), leave.Balance(posted, "earned", on).String(), "a lapse on record changes no balance")
		require.Equal(t, balance.String(), sum.String(), "replay")
	})
}

func numbered(entries []leave.Entry, seq hr.Seq) []leave.Entry {
	for i := range entries {
		entries[i].Seq, entries[i].Line, entries[i].Recorded = seq, i, time.Unix(int64(seq), 0)
	}
	return entries
}

func TestLapseIsCorrectedByALateUse(t *testing.T) {
	entries := []leave.Entry{credit("a", 1, dec("5"), hr.MustPeriod("2026-01-01..2026-03-31"))}
	require.Empty(t, leave.Lapse(entries, hr.MustDate("2026-03-31")), "the last day is still usable")
	first := leave.Lapse(entries, hr.MustDate("2026-04-01"))
	require.Len(t, first, 1)
	require.Equal(t, "lapse/earned/a/1", first[0].ID)
	require.Equal(t, "-5", first[0].Value.Quantity.String())
	require.Equal(t, hr.MustPeriod("2026-04-01..2026-04-01"), first[0].Period)
	entries = append(entries, numbered(first, 2)...)

	// Leave of 30 March is approved in April: two of the five were not lapsed after all.
	policy := leave.Policy{Type: "earned"}
	drawn, short := leave.Draw(entries, policy, []leave.Day{{Date: hr.MustDate("2026-03-30"), Quantity: dec("2")}})
	require.True(t, short.IsZero())
	entries = append(entries, use(3, 0, drawn[0].Lots[0], drawn[0].Date))
	second := leave.Lapse(entries, hr.MustDate("2026-04-30"))
	require.Len(t, second, 1)
	require.Equal(t, "lapse/earned/a/2", second[0].ID)
	require.Equal(t, "2", second[0].Value.Quantity.String())
	entries = append(entries, numbered(second, 4)...)
	lot := leave.Lots(entries, hr.MustDate("2026-04-30"))[0]
	require.Equal(t, []string{"5", "2", "3", "0"}, []string{lot.Granted.String(), lot.Taken.String(), lot.Lapsed.String(), lot.Left.String()})
}

func TestDrawInAdvance(t *testing.T) {
	policy := leave.Policy{Type: "earned", Negative: leave.Negative{Limit: dec("2")}}
	day := func(d, q string) leave.Day { return leave.Day{Date: hr.MustDate(d), Quantity: dec(q)} }
	entries := []leave.Entry{credit("a", 1, dec("1.5"), hr.MustPeriod("2026-01-01.."))}

	drawn, short := leave.Draw(entries, policy, []leave.Day{day("2026-01-05", "1"), day("2026-01-06", "1"), day("2026-01-07", "1"), day("2026-01-08", "1")})
	// 1.5 in the lot and 2 in advance: 3.5 of the 4 days.
	require.Equal(t, "0.5", short.String())
	require.Equal(t, "a 0.5, advance 0.5", shares(drawn[1]))

	// Owing 2, a credit of 1 brings the balance to -1: one more day may be taken, and it comes from the credit.
	entries = append(entries, use(2, 0, leave.Share{Lot: "a", Quantity: dec("1.5")}, hr.MustDate("2026-01-05")),
		use(2, 1, leave.Share{Lot: leave.Advance, Quantity: dec("2")}, hr.MustDate("2026-01-06")),
		credit("b", 3, dec("1"), hr.MustPeriod("2026-02-01..")))
	require.Equal(t, "-1", leave.Balance(entries, "earned", hr.MustDate("2026-02-01")).String())
	drawn, short = leave.Draw(entries, policy, []leave.Day{day("2026-02-03", "2")})
	require.Equal(t, "1", short.String())
	require.Equal(t, "b 1", shares(drawn[0]))

	// Without the limit nothing of the credit may be used while 2 are owed.
	policy.Negative = leave.Negative{}
	drawn, short = leave.Draw(entries, policy, []leave.Day{day("2026-02-03", "1")})
	require.Equal(t, "1", short.String())
	require.Empty(t, drawn[0].Lots)

	// A type without limit needs no balance.
	_, short = leave.Draw(nil, leave.Policy{Type: "unpaid", Negative: leave.Negative{NoLimit: true}}, []leave.Day{day("2026-02-03", "300")})
	require.True(t, short.IsZero())
}

// The order in which lots are used up, by hand: which lot gives the one day that is asked for on 5 March.
func TestConsumption(t *testing.T) {
	lots := func(usable ...string) (entries []leave.Entry) {
		for i, u := range usable {
			entries = append(entries, credit(string(rune('a'+i)), hr.Seq(i+1), dec("1"), hr.MustPeriod(u)))
		}
		return entries
	}
	for _, c := range []struct {
		why     string
		order   leave.Order
		entries []leave.Entry
		want    string
	}{
		{"what lapses soonest goes first, though it came later", leave.ByExpiry, lots("2026-01-01..2026-12-31", "2026-03-01..2026-04-30"), "b 1"},
		{"which is the default", "", lots("2026-01-01..2026-12-31", "2026-03-01..2026-04-30"), "b 1"},
		{"the oldest goes first, whenever it lapses", leave.ByGrant, lots("2026-03-01..2026-04-30", "2026-01-01..2026-12-31"), "b 1"},
		{"also before one that never lapses", leave.ByGrant, lots("2026-02-01..", "2026-01-01..2026-12-31"), "b 1"},
		{"what never lapses goes last", leave.ByExpiry, lots("2026-01-01..", "2026-03-01..2026-12-31"), "b 1"},
		{"wherever it stands", leave.ByExpiry, lots("2026-03-01..2026-12-31", "2026-01-01.."), "a 1"},
		{"of two that lapse together the older", leave.ByExpiry, lots("2026-02-01..2026-12-31", "2026-01-01..2026-12-31"), "b 1"},
		{"of two that never lapse the older", leave.ByExpiry, lots("2026-02-01..", "2026-01-01.."), "b 1"},
		{"of two alike the one with the smaller id", leave.ByGrant, lots("2026-01-01..", "2026-01-01.."), "a 1"},
		{"a lot that lapsed the day before gives nothing", leave.ByExpiry, lots("2026-01-01..2026-03-04", "2026-01-01.."), "b 1"},
		{"on its last day a lot gives", leave.ByExpiry, lots("2026-01-01..2026-03-05", "2026-01-01.."), "a 1"},
		{"a lot of tomorrow gives nothing", leave.ByGrant, lots("2026-03-06..", "2026-03-05.."), "b 1"},
	} {
		policy := leave.Policy{Type: "earned", Consumption: leave.Consumption{Order: c.order}}
		drawn, short := leave.Draw(c.entries, policy, []leave.Day{{Date: hr.MustDate("2026-03-05"), Quantity: dec("1")}})
		require.True(t, short.IsZero(), c.why)
		require.Equal(t, c.want, shares(drawn[0]), c.why)
	}
	casual := credit("c", 9, dec("5"), hr.MustPeriod("2026-01-01.."))
	casual.Value.Type = "casual"
	_, short := leave.Draw([]leave.Entry{casual}, leave.Policy{Type: "earned"}, []leave.Day{{Date: hr.MustDate("2026-03-05"), Quantity: dec("1")}})
	require.Equal(t, "1", short.String(), "another type's lot gives nothing")
	drawn, _ := leave.Draw(lots("2026-01-01.."), leave.Policy{Type: "earned"}, []leave.Day{{Date: hr.MustDate("2026-03-05"), Lots: []leave.Share{{Lot: "stale", Quantity: dec("1")}}}})
	require.Empty(t, drawn[0].Lots, "a day that counts nothing takes nothing")
}

// shares writes what each lot gave to a day.
func shares(d leave.Day) string {
	var parts []string
	for _, s := range d.Lots {
		parts = append(parts, string(s.Lot)+" "+s.Quantity.String())
	}
	return strings.Join(parts, ", ")
}

func TestBalanceAsKnown(t *testing.T) {
	h, err := leave.History(
		credit("a", 1, dec("2"), hr.MustPeriod("2026-01-01..")),
		use(5, 0, leave.Share{Lot: "a", Quantity: dec("1")}, hr.MustDate("2026-01-10")),
	)
	require.NoError(t, err)
	on := hr.MustDate("2026-01-31")
	require.Equal(t, "2", leave.Balance(h.Live(4), "earned", on).String())
	require.Equal(t, "1", leave.Balance(h.Live(5), "earned", on).String())
	require.Equal(t, "2", leave.Balance(h.Live(0), "earned", hr.MustDate("2026-01-09")).String(), "before the day")
}

// A balance is exact to the last of four decimals, and for quantities of any size.
func TestBalanceIsExact(t *testing.T) {
	for _, c := range []struct{ in, out, left string }{
		{"0.1234", "0.0001", "0.1233"},
		{"2.5000", "0.25", "2.25"},
		{"0.12345", "0.1", "0.02345"},
		{"1000000000000000", "0.5", "999999999999999.5"},
		{"999999999", "999999999", "0"},
	} {
		h, err := leave.History(
			credit("a", 1, dec(c.in), hr.MustPeriod("2026-01-01..")),
			use(2, 0, leave.Share{Lot: "a", Quantity: dec(c.out)}, hr.MustDate("2026-01-10")),
		)
		require.NoError(t, err)
		require.Equal(t, c.left, leave.Balance(h.Live(0), "earned", hr.MustDate("2026-01-31")).String())
	}
}

// BenchmarkBalance is the balance after 1, 10 and 40 years: 12 credits and 18 days taken a year.
func BenchmarkBalance(b *testing.B) {
	for _, years := range []int{1, 10, 40} {
		var entries []leave.Entry
		seq := hr.Seq(0)
		for m := range years * 12 {
			from, err := hr.MustDate("1990-01-01").AddMonths(m, hr.MonthClamp)
			require.NoError(b, err)
			seq++
			entries = append(entries, credit(fmt.Sprintf("lot%d", m), seq, dec("1.5"), hr.Period{From: from}))
			for i, q := range []string{"1", "0.5"} {
				seq++
				entries = append(entries, use(seq, 0, leave.Share{Lot: leave.LotID(fmt.Sprintf("lot%d", m)), Quantity: dec(q)}, from.Add(i+10)))
			}
		}
		on := hr.MustDate("2030-01-01")
		b.Run(fmt.Sprintf("years=%d/entries=%d", years, len(entries)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				leave.Balance(entries, "earned", on)
			}
		})
	}
}

// Lots come by type, first usable day and id, in whatever order they were learnt of; what is owed stands at the day of the first debt.
func TestLotsStandInOrder(t *testing.T) {
	lot := func(typ leave.TypeID, id, from string) leave.Entry {
		return leave.Entry{ID: id, Period: hr.MustPeriod(from + ".."), Value: leave.Movement{Type: typ, Lot: leave.LotID(id), Kind: leave.Granted, Quantity: dec("1")}}
	}
	owed := leave.Entry{ID: "debt", Period: hr.MustPeriod("2026-03-01..2026-03-01"), Value: leave.Movement{Type: "b", Lot: leave.Advance, Kind: leave.Used, Quantity: dec("-1")}}
	entries := []leave.Entry{
		lot("c", "1", "2026-01-01"), lot("b", "4", "2026-02-01"), owed, lot("b", "2", "2026-04-01"), lot("b", "3", "2026-02-01"), lot("a", "9", "2026-05-01"),
	}
	for range entries {
		entries = append(entries[1:], entries[0])
		var got []string
		for _, l := range leave.Lots(entries, hr.MustDate("2026-12-31")) {
			got = append(got, string(l.Type)+" "+string(l.ID))
		}
		require.Equal(t, []string{"a 9", "b 3", "b 4", "b advance", "b 2", "c 1"}, got)
	}
}
