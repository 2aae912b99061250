package main

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// timeTopics are the rules of working time, of no country and of four.
func timeTopics() register {
	return register{
		"generic:generic.punch_round":       punchRound,
		"generic:generic.ot_no_pyramiding":  noPyramiding,
		"generic:generic.shift_attribution": attribution,
		"in:in.ot.osh":                      overtimeOSH,
		"in:in.weekly_off.comp_deadline":    weeklyOffDeadline,
		"uk:uk.wtr.average":                 weeklyAverage,
		"uk:uk.wtr.daily_rest":              dailyRest,
		"uk:uk.wtr.break":                   breakDue,
		"uk:uk.wtr.night_average":           nightAverage,
		"us:us.flsa.regular_rate":           regularRate,
		"us:us.flsa.two_rates":              twoRates,
		"us:us.flsa.fluctuating":            fluctuating,
		"us:us.flsa.bonus_allocated":        allocatedBonus,
		"us:us.flsa.breaks":                 paidBreaks,
		"us:us.ca.overtime_day":             californiaDay,
		"us:us.ca.overtime_week":            californiaWeek,
		"us:us.ca.flat_bonus":               flatBonus,
		"us:us.ca.premium":                  breakPremium,
		"us:us.ca.breaks_due":               breaksDue,
		"us:us.final_pay":                   finalPay,
		"ca:ca.fed.overtime":                federalOvertime,
		"ca:ca.on.overtime":                 ontarioOvertime,
		"ca:ca.on.public_holiday_pay":       ontarioHolidayPay,
	}
}

// cents is how every figure of money here is rounded.
var cents = hr.MustRounding("0.01", hr.HalfUp)

// zeroOr reads a number that is 0 where the key is missing.
func (g *given) zeroOr(key string) decimal.Decimal { return g.numberOr(key, 0) }

func (g *given) wholeOr(key string, fallback int) int {
	if !g.has(key) {
		return fallback
	}
	return g.whole(key)
}

func (g *given) numbers(key string) []decimal.Decimal {
	var out []decimal.Decimal
	for i, v := range g.list(key) {
		out = append(out, g.numberAt(fmt.Sprintf("%s[%d]", key, i), v))
	}
	return out
}

// wholes reads a list of whole numbers, minutes mostly.
func (g *given) wholes(key string) []int {
	var out []int
	for i, d := range g.numbers(key) {
		if !d.IsInteger() {
			g.faults.Add(fmt.Sprintf("%s[%d]", key, i), ruleGiven, "must be a whole number")
		}
		out = append(out, int(d.IntPart()))
	}
	return out
}

func (g *given) zone(key string) *time.Location {
	zone, err := time.LoadLocation(g.text(key))
	if err != nil || zone == time.Local {
		g.faults.Add(key, ruleGiven, "must be a zone of the IANA list")
		return time.UTC
	}
	return zone
}

// punchRound rounds two punches of a day without clock changes; one that goes before it comes goes the day after.
func punchRound(g *given) (map[string]any, error) {
	day := hr.MustDate("2026-01-05")
	clock := func(key string) hr.TimeOfDay {
		t, err := hr.ParseTimeOfDay(g.text(key))
		if err != nil {
			g.faults.Add(key, ruleGiven, "must be a time written HH:MM")
		}
		return t
	}
	in, out := clock("in"), clock("out")
	last := day
	if out.Compare(in) < 0 {
		last = day.Add(1)
	}
	rounding := attendance.PunchRounding{Step: g.whole("step"), Mode: attendance.PunchRoundingMode(g.textOr("mode", string(attendance.RoundNearest)))}
	if err := rounding.Validate(); err != nil {
		return nil, err
	}
	from := rounding.Round(day.At(in, time.UTC), attendance.In, time.UTC)
	until := rounding.Round(last.At(out, time.UTC), attendance.Out, time.UTC)
	return map[string]any{"in": from.Format("15:04"), "out": until.Format("15:04"), "minutes": max(0, int(until.Sub(from).Minutes()))}, nil
}

func noPyramiding(g *given) (map[string]any, error) {
	var t attendance.Tiers
	if g.has("daily") {
		t.Day = append(t.Day, attendance.Tier{Beyond: g.whole("daily"), Band: attendance.BandOvertime})
	}
	for _, key := range []string{"double", "daily_double"} {
		if g.has(key) {
			t.Day = append(t.Day, attendance.Tier{Beyond: g.whole(key), Band: attendance.BandDouble})
		}
	}
	if g.has("weekly") {
		t.Week = []attendance.Tier{{Beyond: g.whole("weekly"), Band: attendance.BandOvertime}}
	}
	return split(t, g.wholes("minutes_by_day"))
}

// split returns the minutes of a workweek by kind.
func split(t attendance.Tiers, minutesByDay []int) (map[string]any, error) {
	_, sums, err := bands(t, minutesByDay)
	return map[string]any{
		"regular": sums[attendance.BandRegular], "overtime": sums[attendance.BandOvertime], "double": sums[attendance.BandDouble],
	}, err
}

func bands(t attendance.Tiers, minutesByDay []int) (all []hr.Band, sums map[string]int, err error) {
	days := make([]attendance.DayWork, len(minutesByDay))
	for i, m := range minutesByDay {
		days[i].Minutes = m
	}
	byDay, err := t.Split(days)
	sums = map[string]int{}
	for _, list := range byDay {
		for _, b := range list {
			sums[b.Name] += b.Minutes
		}
		all = append(all, list...)
	}
	return all, sums, err
}

func attribution(g *given) (map[string]any, error) {
	zone := g.zone("zone")
	days, err := attendance.Attribution(g.text("rule")).Days(g.instant("start", zone), g.instant("end", zone), zone)
	out := map[string]any{}
	for _, d := range days {
		out[d.Date.String()] = d.Minutes
	}
	return map[string]any{"days": out}, err
}
