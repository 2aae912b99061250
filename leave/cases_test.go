package leave_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// The rows of testdata/time_leave.json are those of ../shared/cases/time_leave.json whose topics this package covers; each
// names its source.
type row struct {
	ID     string          `json:"id"`
	Topic  string          `json:"topic"`
	Given  json.RawMessage `json:"given"`
	Expect json.RawMessage `json:"expect"`
}

func rows(t *testing.T, topic string, fresh func() (in, out any), check func(id string)) {
	t.Helper()
	text, err := os.ReadFile("testdata/time_leave.json")
	require.NoError(t, err)
	var file struct {
		Cases []row `json:"cases"`
	}
	require.NoError(t, json.Unmarshal(text, &file))
	n := 0
	for _, r := range file.Cases {
		if r.Topic != topic {
			continue
		}
		n++
		in, out := fresh()
		require.NoError(t, json.Unmarshal(r.Given, in), r.ID)
		require.NoError(t, json.Unmarshal(r.Expect, out), r.ID)
		check(r.ID)
	}
	require.NotZero(t, n)
}

func TestSandwichCases(t *testing.T) {
	type given struct {
		Leave     [][2]hr.Date      `json:"leave"`
		Parts     map[string]string `json:"parts"`
		Rule      leave.Sandwich    `json:"rule"`
		WeeklyOff []string          `json:"weekly_off"`
		Holidays  []hr.Date         `json:"holidays"`
	}
	type expect struct {
		Days  decimal.Decimal `json:"days"`
		Added decimal.Decimal `json:"added"`
	}
	var in given
	var want expect
	fresh := func() (any, any) { in, want = given{}, expect{}; return &in, &want }
	rows(t, "generic.sandwich", fresh, func(id string) {
		if in.WeeklyOff == nil {
			in.WeeklyOff = []string{"Sat", "Sun"}
		}
		rules := hr.CalendarRules{Span: hr.MustPeriod("2026-01-01..2026-12-31")}
		for d := time.Sunday; d <= time.Saturday; d++ {
			for _, name := range in.WeeklyOff {
				if d.String()[:3] == name {
					rules.Off = append(rules.Off, hr.WeekdayRule{Weekday: d})
				}
			}
		}
		for _, d := range in.Holidays {
			rules.Entries = append(rules.Entries, hr.CalendarEntry{Date: d, Kind: hr.DayHoliday, Name: "holiday"})
		}
		calendar := hr.MustCalendar(rules)
		part := map[string]hr.HalfOfDay{"am": hr.FirstHalf, "pm": hr.SecondHalf}
		var total, added decimal.Decimal
		var joined []leave.Day
		for _, l := range in.Leave {
			counted, err := leave.Count(leave.CountInput{
				Period:   hr.Period{From: l[0], Through: l[1]},
				FromHalf: part[in.Parts[l[0].String()]], ThroughHalf: part[in.Parts[l[1].String()]],
				Calendar: calendar, Counting: leave.Counting{Sandwich: in.Rule}, Joined: joined,
			})
			require.NoError(t, err, id)
			joined = append(joined, counted.Days...)
			total = total.Add(counted.Total)
			for _, d := range counted.Days {
				if d.Why == leave.WeeklyCounted || d.Why == leave.HolidayCounted {
					added = added.Add(d.Quantity)
				}
			}
		}
		require.Equal(t, want.Days.String(), total.String(), "%s: days", id)
		require.Equal(t, want.Added.String(), added.String(), "%s: added", id)
	})
}

func TestLotsCases(t *testing.T) {
	type lot struct {
		id       string
		quantity decimal.Decimal
		usable   hr.Period
	}
	type given struct {
		Lots  [][4]any    `json:"lots"`
		Uses  [][2]any    `json:"uses"`
		Order leave.Order `json:"order"`
		On    hr.Date     `json:"on"`
	}
	type expect struct {
		Taken   map[string]decimal.Decimal `json:"taken"`
		Short   decimal.Decimal            `json:"short"`
		Expired decimal.Decimal            `json:"expired"`
		Balance decimal.Decimal            `json:"balance"`
	}
	var in given
	var want expect
	fresh := func() (any, any) { in, want = given{}, expect{}; return &in, &want }
	rows(t, "generic.lots_fifo", fresh, func(id string) {
		var entries []leave.Entry
		for i, l := range in.Lots {
			through, _ := l[3].(string)
			own := lot{l[0].(string), decimal.NewFromFloat(l[1].(float64)), hr.Period{From: hr.MustDate(l[2].(string))}}
			require.NoError(t, own.usable.Through.UnmarshalText([]byte(through)))
			entries = append(entries, credit(own.id, hr.Seq(i+1), own.quantity, own.usable))
		}
		policy := leave.Policy{Type: "earned", Consumption: leave.Consumption{Order: in.Order}}
		taken := map[string]string{}
		var short decimal.Decimal
		for i, u := range in.Uses {
			day := leave.Day{Date: hr.MustDate(u[0].(string)), Quantity: decimal.NewFromFloat(u[1].(float64))}
			drawn, missing := leave.Draw(entries, policy, []leave.Day{day})
			short = short.Add(missing)
			for j, s := range drawn[0].Lots {
				entries = append(entries, use(hr.Seq(100+i), j, s, day.Date))
				had := decimal.RequireFromString("0" + taken[string(s.Lot)])
				taken[string(s.Lot)] = had.Add(s.Quantity).String()
			}
		}
		var expired decimal.Decimal
		for _, l := range leave.Lots(entries, in.On) {
			expired = expired.Add(l.Lapsed)
		}
		wantTaken := map[string]string{}
		for l, q := range want.Taken {
			wantTaken[l] = q.String()
		}
		require.Equal(t, wantTaken, taken, id)
		require.Equal(t, want.Short.String(), short.String(), id)
		require.Equal(t, want.Expired.String(), expired.String(), id)
		require.Equal(t, want.Balance.String(), leave.Balance(entries, "earned", in.On).String(), id)
	})
}

// credit is an entry that opens a lot.
func credit(id string, seq hr.Seq, quantity decimal.Decimal, usable hr.Period) leave.Entry {
	return leave.Entry{
		ID: id, Seq: seq, Recorded: time.Unix(int64(seq), 0), Period: usable,
		Value: leave.Movement{Type: "earned", Lot: leave.LotID(id), Kind: leave.Granted, Quantity: quantity},
	}
}

// use is an entry that takes from a lot.
func use(seq hr.Seq, line int, s leave.Share, on hr.Date) leave.Entry {
	return leave.Entry{
		ID: "use/" + on.String() + "/" + string(s.Lot), Seq: seq, Line: line, Recorded: time.Unix(int64(seq), 0),
		Period: hr.Period{From: on, Through: on},
		Value:  leave.Movement{Type: "earned", Lot: s.Lot, Kind: leave.Used, Quantity: s.Quantity.Neg()},
	}
}
