package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
)

// genericTopics are the rules of leave and time that belong to no country.
func genericTopics() register {
	return register{
		"generic:generic.sandwich":    sandwich,
		"generic:generic.lots_fifo":   lots,
		"generic:generic.dst_elapsed": elapsed,
	}
}

// sandwich counts all the leave that is given as requests that follow one another, each knowing those before it.
func sandwich(g *given) (map[string]any, error) {
	days := map[hr.Date]hr.HalfOfDay{}
	for i, row := range g.rows("leave", 2) {
		at := fmt.Sprintf("leave[%d]", i)
		p := hr.Period{From: g.dateOf(at, row[0]), Through: g.dateOf(at, row[1])}
		if p.Validate() != nil || p.Len() > 3660 {
			g.faults.Add(at, ruleGiven, "must be a first and a last day, at most ten years apart")
			continue
		}
		for d := range p.Days() {
			days[d] = hr.WholeDay
		}
	}
	for i, part := range g.pairs("parts") {
		at := fmt.Sprintf("parts[%d]", i)
		d := g.dateOf(at, part[0])
		half, ok := map[any]hr.HalfOfDay{"am": hr.FirstHalf, "pm": hr.SecondHalf}[part[1]]
		if _, asked := days[d]; !ok || !asked {
			g.faults.Add(at, ruleGiven, "must be am or pm on a day of leave")
		}
		days[d] = half
	}
	if g.faults.Any() || len(days) == 0 {
		return map[string]any{"days": 0, "added": 0}, nil
	}
	spans := requests(days)
	calendar, err := g.calendar(spans[0].Period.From, spans[len(spans)-1].Period.Through)
	if err != nil {
		return nil, err
	}
	var total, added decimal.Decimal
	var joined []leave.Day
	for _, s := range spans {
		s.Calendar, s.Joined = calendar, joined
		s.Counting = leave.Counting{Sandwich: leave.Sandwich(g.text("rule"))}
		counted, err := leave.Count(s)
		if err != nil {
			return nil, err
		}
		total = total.Add(counted.Total)
		for _, d := range counted.Days {
			if d.Why == leave.WeeklyCounted || d.Why == leave.HolidayCounted {
				added = added.Add(d.Quantity)
			}
		}
		joined = append(joined, counted.Days...)
	}
	return map[string]any{"days": total, "added": added}, nil
}

// requests puts days of leave into requests: a run of whole days is one, a half day another.
func requests(days map[hr.Date]hr.HalfOfDay) []leave.CountInput {
	var out []leave.CountInput
	for _, d := range slices.SortedFunc(maps.Keys(days), hr.Date.Compare) {
		half := days[d]
		if n := len(out) - 1; n >= 0 && half == hr.WholeDay && out[n].FromHalf == hr.WholeDay && out[n].Period.Through.Add(1) == d {
			out[n].Period.Through = d
			continue
		}
		out = append(out, leave.CountInput{Period: hr.Period{From: d, Through: d}, FromHalf: half})
	}
	return out
}

// calendar builds the calendar of weekly_off and holidays, with room on both sides for days off that touch the leave.
func (g *given) calendar(first, last hr.Date) (hr.Calendar, error) {
	const room = 62
	rules := hr.CalendarRules{Name: "given", Span: hr.Period{From: first.Add(-room), Through: last.Add(room)}}
	off := []any{"Sat", "Sun"}
	if g.has("weekly_off") {
		off = g.list("weekly_off")
	}
	for i, v := range off {
		rules.Off = append(rules.Off, hr.WeekdayRule{Weekday: g.weekday(fmt.Sprintf("weekly_off[%d]", i), v)})
	}
	for i, v := range g.list("holidays") {
		d := g.dateOf(fmt.Sprintf("holidays[%d]", i), v)
		if rules.Span.Contains(d) {
			rules.Entries = append(rules.Entries, hr.CalendarEntry{Date: d, Kind: hr.DayHoliday, Name: "holiday"})
		}
	}
	if g.faults.Any() {
		return hr.Calendar{}, nil
	}
	return hr.NewCalendar(rules)
}

func (g *given) weekday(at string, v any) time.Weekday {
	name := g.textAt(at, v)
	for w := time.Sunday; w <= time.Saturday; w++ {
		if strings.HasPrefix(w.String(), name) && len(name) >= 3 {
			return w
		}
	}
	g.faults.Add(at, ruleGiven, "must be a weekday: Mon to Sun")
	return time.Sunday
}

// pairs reads an object {"a": b}, or the same as rows [["a", b]], in the order of the names. A missing key has none.
func (g *given) pairs(key string) [][]any {
	o, ok := g.values[key].(map[string]any)
	if !ok {
		return g.rows(key, 2)
	}
	var out [][]any
	for _, name := range slices.Sorted(maps.Keys(o)) {
		out = append(out, []any{name, o[name]})
	}
	return out
}

// lots keeps a ledger of the lots, draws each use from it, and looks at it on a day.
func lots(g *given) (map[string]any, error) {
	policy := leave.Policy{
		Type: "given", Name: "Given", Unit: leave.Days,
		Consumption: leave.Consumption{Order: leave.Order(g.textOr("order", string(leave.ByExpiry)))},
	}
	var ledger []leave.Entry
	for i, row := range g.rows("lots", 4) {
		at := fmt.Sprintf("lots[%d]", i)
		id := g.textAt(at, row[0])
		usable := hr.Period{From: g.dateOf(at, row[2])}
		if row[3] != nil {
			usable.Through = g.dateOf(at, row[3])
		}
		ledger = append(ledger, leave.Entry{ID: id, Period: usable, Value: leave.Movement{
			Type: policy.Type, Lot: leave.LotID(id), Kind: leave.Granted, Quantity: g.numberAt(at, row[1]),
		}})
	}
	var short decimal.Decimal
	taken := map[string]decimal.Decimal{}
	for i, row := range g.rows("uses", 2) {
		at := fmt.Sprintf("uses[%d]", i)
		day := leave.Day{Date: g.dateOf(at, row[0]), Quantity: g.numberAt(at, row[1])}
		if g.faults.Any() {
			break
		}
		drawn, missing := leave.Draw(ledger, policy, []leave.Day{day})
		short = short.Add(missing)
		for j, share := range drawn[0].Lots {
			taken[string(share.Lot)] = taken[string(share.Lot)].Add(share.Quantity)
			ledger = append(ledger, leave.Entry{
				ID: fmt.Sprintf("use/%d/%d", i, j), Period: hr.Period{From: day.Date, Through: day.Date},
				Value: leave.Movement{Type: policy.Type, Lot: share.Lot, Kind: leave.Used, Quantity: share.Quantity.Neg()},
			})
		}
	}
	on := g.date("on")
	if g.faults.Any() {
		return nil, nil
	}
	if err := policy.Validate(); err != nil {
		return nil, err
	}
	var expired decimal.Decimal
	for _, lot := range leave.Lots(ledger, on) {
		expired = expired.Add(lot.Lapsed)
	}
	out := map[string]any{}
	for id, q := range taken {
		out[id] = q
	}
	return map[string]any{"taken": out, "short": short, "expired": expired, "balance": leave.Balance(ledger, policy.Type, on)}, nil
}

// elapsed is the length of a session between two readings of a clock.
func elapsed(g *given) (map[string]any, error) {
	zone, err := time.LoadLocation(g.text("zone"))
	if err != nil {
		g.faults.Add("zone", ruleGiven, "must be a zone of the IANA list")
		return nil, nil
	}
	s := attendance.Session{In: attendance.Punch{At: g.instant("start", zone)}, Out: attendance.Punch{At: g.instant("end", zone)}}
	return map[string]any{"minutes": s.Minutes()}, nil
}

// instant reads "2026-10-25T01:30" as the clocks of zone show it, or with an offset where the hour comes twice.
func (g *given) instant(key string, zone *time.Location) time.Time {
	text := g.text(key)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	day, clock, _ := strings.Cut(text, "T")
	t, err := hr.ParseTimeOfDay(clock)
	if err != nil {
		g.faults.Add(key, ruleGiven, "must be a local time written YYYY-MM-DDTHH:MM, with an offset or without")
	}
	return g.dateOf(key, day).At(t, zone)
}
