package leave_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// week is a calendar that any bytes can say: by the day of the month, the halves worked and whether it is a holiday.
type week []byte

func (w week) Day(d hr.Date) (hr.Day, error) {
	day := hr.Day{Date: d, Halves: 2}
	if len(w) == 0 {
		return day, nil
	}
	b := w[d.Day()%len(w)]
	if day.Halves = int(b) % 3; day.Halves == 0 {
		day.WeeklyOff = b&4 == 0
		if !day.WeeklyOff || b&8 != 0 {
			day.Holiday = "fair"
		}
	}
	return day, nil
}

// FuzzCount reads any bytes as a calendar and as requests that follow one another, with halves at their ends, and counts them one after the
// other by one sandwich rule. Whatever they say: the parts of a run come to what the run counts as one request, in either order; a day
// counts once at most and no more than it is long; and by no rule less than what is worked of it.
func FuzzCount(f *testing.F) {
	f.Add([]byte{2, 2, 2, 2, 2, 0, 0}, []byte{3, 2, 0, 1, 4, 0}, byte(1))
	f.Add([]byte{1, 4, 8, 2, 12, 0, 5}, []byte{1, 0, 1, 7, 3, 2, 0, 9, 1}, byte(4))
	f.Add([]byte{}, []byte{0, 0, 3}, byte(6))
	f.Fuzz(func(t *testing.T, days, parts []byte, by byte) {
		rules := []leave.Sandwich{"", leave.SandwichNone, leave.SandwichEnclosed, leave.SandwichWeeklyOff, leave.SandwichHolidays, leave.SandwichEdges, leave.SandwichCalendar}
		rule := leave.Counting{Sandwich: rules[int(by)%len(rules)]}
		calendar := week(days)
		first := hr.MustDate("2026-02-03")
		var spans []leave.CountInput
		at := 0
		for i := 0; i+2 < len(parts) && i < 18; i += 3 {
			at += int(parts[i]) % 5
			length := int(parts[i+1]) % 8
			in := leave.CountInput{Period: hr.Period{From: first.Add(at), Through: first.Add(at + length)}, Calendar: calendar, Counting: rule}
			if length > 0 && parts[i+2]&1 != 0 {
				in.FromHalf = hr.SecondHalf
			}
			if length > 0 && parts[i+2]&2 != 0 {
				in.ThroughHalf = hr.FirstHalf
			}
			if length == 0 && parts[i+2]&3 != 0 {
				in.FromHalf = []hr.HalfOfDay{hr.FirstHalf, hr.FirstHalf, hr.SecondHalf}[parts[i+2]%3]
			}
			spans = append(spans, in)
			at += length + 1
		}
		count := func(spans []leave.CountInput) decimal.Decimal {
			var joined []leave.Day
			sum := decimal.Zero
			on := map[hr.Date]decimal.Decimal{}
			for _, in := range spans {
				in.Joined = joined
				got, err := leave.Count(in)
				require.NoError(t, err)
				for _, d := range got.Days {
					on[d.Date] = on[d.Date].Add(d.Quantity)
					require.False(t, on[d.Date].GreaterThan(decimal.NewFromInt(1)), "%s counts %s", d.Date, on[d.Date])
				}
				joined, sum = append(joined, got.Days...), sum.Add(got.Total)
				bare := in
				bare.Counting, bare.Joined = leave.Counting{}, nil
				least, err := leave.Count(bare)
				require.NoError(t, err)
				require.False(t, got.Total.LessThan(least.Total))
			}
			return sum
		}
		forward := count(spans)
		slices.Reverse(spans)
		require.Equal(t, forward.String(), count(spans).String(), "the order of requests")
	})
}

// FuzzLedger reads any bytes as a ledger of one type: lots with a last day or without, uses, returns, adjustments and lapses by any
// amount. Whatever it holds: every lot adds up on every day, the balance is the sum of the lots and of the plain entries once the lapses
// are on record, and neither the order of entries nor asking twice changes a byte of it.
func FuzzLedger(f *testing.F) {
	f.Add([]byte{0, 10, 40, 3, 1, 0, 20, 2, 2, 0, 60, 1}, uint16(50))
	f.Add([]byte{0, 1, 0, 9, 4, 0, 3, 3, 1, 0, 9, 7, 3, 0, 90, 2}, uint16(120))
	f.Fuzz(func(t *testing.T, moves []byte, when uint16) {
		first := hr.MustDate("2026-01-01")
		var entries []leave.Entry
		var lots []leave.LotID
		for i := 0; i+3 < len(moves) && i < 240; i += 4 {
			day := first.Add(int(moves[i+1]) * 2)
			e := leave.Entry{ID: fmt.Sprint("e", i), Seq: hr.Seq(i + 1), Period: hr.Period{From: day, Through: day}, Value: leave.Movement{Type: "earned"}}
			quantity := decimal.New(int64(moves[i+3]), -1)
			if moves[i]%5 == 0 || len(lots) == 0 {
				e.Value.Lot, e.Value.Kind, e.Value.Quantity = leave.LotID(e.ID), leave.Accrued, quantity
				if e.Period.Through = (hr.Date{}); moves[i+2] > 0 {
					e.Period.Through = day.Add(int(moves[i+2]))
				}
				lots = append(lots, e.Value.Lot)
			} else {
				e.Value.Lot = lots[int(moves[i+2])%len(lots)]
				e.Value.Kind = []leave.Kind{leave.Used, leave.Returned, leave.Adjusted, leave.Encashed}[moves[i]%4]
				if e.Value.Quantity = quantity.Neg(); moves[i]%4 == 1 {
					e.Value.Quantity = quantity
				}
			}
			entries = append(entries, e)
		}
		on := first.Add(int(when) % 800)
		sum := decimal.Zero
		for _, l := range leave.Lots(entries, on) {
			require.True(t, l.Granted.Equal(l.Taken.Add(l.Carried).Add(l.Paid).Add(l.Lapsed).Add(l.Left)), "%s", l.ID)
			sum = sum.Add(l.Left)
		}
		balance := leave.Balance(entries, "earned", on)
		other := slices.Clone(entries)
		slices.Reverse(other)
		require.Equal(t, balance.String(), leave.Balance(other, "earned", on).String())
		require.Equal(t, fmt.Sprint(leave.Lots(entries, on)), fmt.Sprint(leave.Lots(other, on)))
		posted := append(slices.Clone(entries), leave.Lapse(entries, on)...)
		require.Empty(t, leave.Lapse(posted, on), "posted once")
		require.Equal(t, balance.String(), leave.Balance(posted, "earned", on).String())
		if early := slices.ContainsFunc(entries, func(e leave.Entry) bool { // of a lot that is not open yet on its day, or not any more
			for _, l := range entries {
				if l.ID == string(e.Value.Lot) {
					return !l.Period.Contains(e.Period.From)
				}
			}
			return true
		}); !early {
			require.Equal(t, sum.String(), balance.String())
		}
	})
}
