package attendance

import (
	"fmt"
	"time"

	"github.com/musterhr/hr"
)

// Tier says that time beyond so many minutes is of another band.
type Tier struct {
	Beyond int    // minutes; 0: from the first
	Band   string // "overtime", "double": what pay rules multiply
}

// Tiers split the time worked in a workweek into bands, as a law of overtime does. Every minute has exactly one band: nothing is paid
// twice for being late in the day and late in the week. The order is: what the day makes of it first, then, of what is still
// regular, what the week does. The zero Tiers leave all time regular.
//
// "The larger of daily and weekly overtime", as some laws say it, is the same rule in other words: with T minutes in the week, D of
// them beyond the daily limits and a weekly limit of W, D + max(0, T-D-W) = max(D, T-W).
type Tiers struct {
	Starts  time.Weekday // the first day of the workweek; the zero value is Sunday
	Day     []Tier       // on a working day
	RestDay []Tier       // on a weekly off; empty: as on a working day
	Holiday []Tier       // on a holiday; empty: as on a rest day
	Seventh []Tier       // on the seventh day of a workweek of which every day was worked; empty: as on any other
	Week    []Tier       // of what the days leave regular, in the order of the days
}

// IsZero reports whether all time stays regular.
func (t Tiers) IsZero() bool {
	return len(t.Day)+len(t.RestDay)+len(t.Holiday)+len(t.Seventh)+len(t.Week) == 0
}

// The bands beside [BandRegular], [BandOvertime] and [BandNight] that laws of overtime use.
const (
	BandDouble = "double" // paid twice over
)

// DayKind says what a calendar makes of a day. The empty kind is a working day.
type DayKind string

// The kinds of day.
const (
	WorkingDay DayKind = ""
	RestDay    DayKind = "rest_day"
	HolidayDay DayKind = "holiday"
)

// DayWork is what was worked on one day of a workweek.
type DayWork struct {
	Minutes int
	Kind    DayKind
}

// Validate returns [hr.FieldError]s: limits that do not rise (RuleTierOrder), a band without a name or one that is no kind of
// overtime (RuleTierBand), a first day that is no weekday (RuleTierWeek).
func (t Tiers) Validate() error {
	var faults hr.Faults
	if t.Starts < time.Sunday || t.Starts > time.Saturday {
		faults.Add("starts", RuleTierWeek, "must be a weekday")
	}
	for _, list := range []struct {
		path  string
		tiers []Tier
	}{{"day", t.Day}, {"rest_day", t.RestDay}, {"holiday", t.Holiday}, {"seventh", t.Seventh}, {"week", t.Week}} {
		for i, x := range list.tiers {
			at := fmt.Sprintf("%s[%d]", list.path, i)
			if x.Beyond < 0 || i > 0 && x.Beyond <= list.tiers[i-1].Beyond {
				faults.Add(at+".beyond", RuleTierOrder, "must not be negative, and rise from tier to tier")
			}
			if x.Band == "" || x.Band == BandRegular || x.Band == BandNight {
				faults.Add(at+".band", RuleTierBand, "must be a band of its own: overtime, double")
			}
		}
	}
	return faults.Err()
}

// Split returns the bands of each day of one workweek, days[0] being its first day: regular time first, then the others in the order
// of the tiers, those above zero. The bands of a day add up to its minutes. Days that have not come yet are left out at the end:
// later days never change the bands of earlier ones.
//
// It returns [hr.FieldError]s for tiers that are not valid, more than seven days (RuleTierWeek), minutes below zero or above those of
// three days (RulePolicyMinutes) and a kind of day that is not one (RuleTierKind).
func (t Tiers) Split(days []DayWork) ([][]hr.Band, error) {
	var faults hr.Faults
	faults.Join("tiers", t.Validate())
	if len(days) > 7 {
		faults.Add("days", RuleTierWeek, "must be of one workweek: at most seven")
	}
	for i, d := range days {
		checkMinutes(&faults, fmt.Sprintf("days[%d].minutes", i), RulePolicyMinutes, d.Minutes, 72*60)
		if d.Kind != WorkingDay && d.Kind != RestDay && d.Kind != HolidayDay {
			faults.Add(fmt.Sprintf("days[%d].kind", i), RuleTierKind, "must be empty, rest_day or holiday")
		}
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	out := make([][]hr.Band, len(days))
	every := true // day so far was worked
	plain := 0    // minutes of the week so far that the days left regular
	for i, d := range days {
		every = every && d.Minutes > 0
		bands := cut(0, d.Minutes, t.of(d.Kind, i == 6 && every))
		left := minutesIn(bands, BandRegular)
		out[i] = merge(cut(plain, left, t.Week), bands)
		plain += left
	}
	return out, nil
}

// of returns the tiers that a day is read by.
func (t Tiers) of(kind DayKind, seventh bool) []Tier {
	switch {
	case kind == HolidayDay && len(t.Holiday) > 0:
		return t.Holiday
	case seventh && len(t.Seventh) > 0:
		return t.Seventh
	case kind != WorkingDay && len(t.RestDay) > 0:
		return t.RestDay
	}
	return t.Day
}

// cut returns the bands of a stretch of minutes of which before went before.
func cut(before, minutes int, tiers []Tier) (bands []hr.Band) {
	from, band := 0, BandRegular
	for _, x := range tiers {
		n := min(minutes, max(0, x.Beyond-max(from, before)))
		bands = withBand(bands, band, n)
		minutes -= n
		from, band = x.Beyond, x.Band
	}
	return withBand(bands, band, minutes)
}

// merge puts the rest of the bands behind those that the week made of the regular time.
func merge(week, day []hr.Band) []hr.Band {
	for _, b := range day {
		if b.Name != BandRegular {
			week = withBand(week, b.Name, b.Minutes)
		}
	}
	return week
}

// withBand adds minutes to the band of a name: one band a name, and none of no minutes.
func withBand(bands []hr.Band, name string, minutes int) []hr.Band {
	if minutes == 0 {
		return bands
	}
	for i := range bands {
		if bands[i].Name == name {
			bands[i].Minutes += minutes
			return bands
		}
	}
	return append(bands, hr.Band{Name: name, Minutes: minutes})
}

func minutesIn(bands []hr.Band, name string) int {
	sum := 0
	for _, b := range bands {
		if b.Name == name {
			sum += b.Minutes
		}
	}
	return sum
}
