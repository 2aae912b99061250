package attendance_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Each row is a day on a shift 09:00 to 18:00 without a break, and how its punches pair: "09:00-18:00" a stretch of work, "09:00-?" and
// "?-18:00" a punch alone, "=09:03" one set aside as repeated.
func TestPairing(t *testing.T) {
	typed, alternate := attendance.PairTyped, attendance.PairAlternate
	for _, row := range []struct {
		name    string
		pairing attendance.Pairing
		within  int
		punches string
		want    string
	}{
		{"in and out", typed, 0, "i09:00 o18:00", "09:00-18:00"},
		{"given in the wrong order", typed, 0, "o18:00 i14:00 i09:00 o13:00", "09:00-13:00 14:00-18:00"},
		{"unknown directions alternate", typed, 0, "?09:00 ?13:00 ?14:00 ?18:00", "09:00-13:00 14:00-18:00"},
		{"an odd number of unknown ones leaves the last alone", typed, 0, "?09:00 ?13:00 ?14:00", "09:00-13:00 14:00-?"},
		{"an unknown one goes where somebody is in", typed, 0, "i09:00 ?18:00", "09:00-18:00"},
		{"an unknown one comes where nobody is in", typed, 0, "i09:00 o13:00 ?14:00 o18:00", "09:00-13:00 14:00-18:00"},
		{"in twice: no punch says when the first went", typed, 0, "i09:00 i14:00 o18:00", "09:00-? 14:00-18:00"},
		{"out twice: no punch says when the second came", typed, 0, "i09:00 o13:00 o18:00", "09:00-13:00 ?-18:00"},
		{"all alone", typed, 0, "o09:00 i18:00", "?-09:00 18:00-?"},
		{"going and coming at one instant", typed, 0, "i13:00 o13:00 i09:00 o18:00", "09:00-13:00 13:00-18:00"},
		{"directions not trusted", alternate, 0, "o09:00 o13:00 i14:00 i18:00", "09:00-13:00 14:00-18:00"},
		{"not trusted, an odd number", alternate, 0, "o09:00 i13:00 o18:00", "09:00-13:00 18:00-?"},
		{"within the time of a repeat, to the second", typed, 5, "i09:00 i09:05 i09:05:01 o18:00", "09:00-? 09:05-18:00 =09:05"},
		{"counted from the one that counts, not from the last repeat", typed, 5, "i09:00 i09:04 i09:08 o18:00", "09:00-? 09:08-18:00 =09:04"},
		{"the first going counts", typed, 5, "i09:00 o18:00 o18:02", "09:00-18:00 =18:02"},
		{"another direction is no repeat", typed, 5, "i09:00 o09:02 i09:04 o18:00", "09:00-09:02 09:04-18:00"},
		{"unknown ones repeat each other", typed, 5, "?09:00 ?09:01 ?18:00 ?18:01", "09:00-18:00 =09:01 =18:01"},
		{"not trusted, any two repeat", alternate, 5, "i09:00 o09:01 i18:00", "09:00-18:00 =09:01"},
		{"without the rule every punch counts", typed, 0, "i09:00 i09:01 o18:00", "09:00-? 09:01-18:00"},
		{"over midnight", typed, 0, "i22:00 +o06:00", "22:00-06:00"},
	} {
		t.Run(row.name, func(t *testing.T) {
			given := punches(t, "2026-10-05", row.punches)
			got, err := attendance.Classify(attendance.DayInput{
				Date: day("2026-10-05"), Shift: shift(t, "general", "09:00", "18:00"), Calendar: workday("2026-10-05"), Punches: given,
				Policy: attendance.Policy{Pairing: row.pairing, Duplicates: attendance.Duplicates{Within: row.within}},
			})
			require.NoError(t, err)
			require.Equal(t, row.want, paired(t, got, given))
		})
	}
}

// paired writes the stretches of work and the lone punches by time, then those set aside.
func paired(t *testing.T, d attendance.Day, given []attendance.Punch) string {
	t.Helper()
	loc := zone(t, "Asia/Kolkata")
	hhmm := func(at time.Time) string { return at.In(loc).Format("15:04") }
	byRef := map[hr.Ref]attendance.Punch{}
	for _, p := range given {
		p.ID = p.Derive()
		byRef[p.Ref()] = p
	}
	type word struct {
		at   time.Time
		text string
	}
	var words []word
	for _, s := range d.Sessions {
		words = append(words, word{s.In.At, hhmm(s.In.At) + "-" + hhmm(s.Out.At)})
	}
	for _, e := range d.Exceptions {
		p := byRef[e.Ref]
		switch e.Code {
		case attendance.MissingIn:
			words = append(words, word{p.At, "?-" + hhmm(p.At)})
		case attendance.MissingOut:
			words = append(words, word{p.At, hhmm(p.At) + "-?"})
		case attendance.RepeatedPunch:
			words = append(words, word{p.At.Add(1000 * time.Hour), "=" + hhmm(p.At)})
		}
	}
	slices.SortStableFunc(words, func(a, b word) int { return a.at.Compare(b.at) })
	var out []string
	for _, w := range words {
		out = append(out, w.text)
	}
	return strings.Join(out, " ")
}
