package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/ical"
)

func write(t require.TestingT, f ical.Feed) string {
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return out.String()
}

func event(uid, days string) ical.Event {
	return ical.Event{UID: uid, Stamp: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), Days: hr.MustPeriod(days), Summary: "Away"}
}

// The two events of the workplace's sample feed, line by line but for the texts, which are our own: the day after the last is the end,
// special characters are escaped, and the fold falls where 75 bytes end before a character would be cut.
func TestFeed(t *testing.T) {
	long := event("a@hr", "2026-12-23..2027-01-01")
	long.Summary = "Alma: annual leave"
	long.Description = "Back; with Bo, Cy\nC:\\x " + strings.Repeat("é", 40)
	short := event("b@hr", "2026-11-27..2026-11-27")
	short.Sequence, short.Cancelled, short.Public = 2, true, true
	got := write(t, ical.Feed{Producer: "-//Example HR//Leave 1.0//EN", Name: "Team leave", Events: []ical.Event{long, short}})
	want := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example HR//Leave 1.0//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:Team leave",
		"BEGIN:VEVENT", "UID:a@hr", "DTSTAMP:20261124T090500Z", "SEQUENCE:0", "DTSTART;VALUE=DATE:20261223", "DTEND;VALUE=DATE:20270102",
		"SUMMARY:Alma: annual leave",
		// "DESCRIPTION:" is 12 bytes and the text before the é 26: with 18 é of two bytes it is 74, and a nineteenth would be 76.
		`DESCRIPTION:Back\; with Bo\, Cy\nC:\\x ` + strings.Repeat("é", 18), " " + strings.Repeat("é", 22),
		"STATUS:CONFIRMED", "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT",
		"BEGIN:VEVENT", "UID:b@hr", "DTSTAMP:20261124T090500Z", "SEQUENCE:2", "DTSTART;VALUE=DATE:20261127", "DTEND;VALUE=DATE:20261128",
		"SUMMARY:Away", "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "CLASS:PUBLIC", "END:VEVENT", "END:VCALENDAR",
	}
	require.Equal(t, strings.Join(want, "\r\n")+"\r\n", got)
}

func TestFeedRefuses(t *testing.T) {
	bad := ical.Event{UID: "a", Sequence: -1, Days: hr.MustPeriod("2026-12-23.."), Summary: "secret\r\nATTENDEE:x", Description: "secret\xff"}
	var out bytes.Buffer
	err := ical.Feed{Events: []ical.Event{{UID: "a"}, bad}}.Write(&out)
	var paths []string
	for _, f := range hr.FieldErrors(err) {
		require.Equal(t, ical.RuleEvent, f.Rule)
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"producer", "events[0].stamp", "events[0].days", "events[0].summary",
		"events[1].uid", "events[1].stamp", "events[1].sequence", "events[1].days", "events[1].summary", "events[1].description",
	}, paths)
	require.NotContains(t, err.Error(), "secret")
	require.Zero(t, out.Len())
}

// Whatever the text: no line is longer than 75 bytes, none is cut inside a character, nothing adds a line, and unfolding and unescaping
// gives the text back.
func TestFeedText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := event("a@hr", "2026-11-27..2026-11-27")
		e.Summary = rapid.StringOfN(rapid.RuneFrom([]rune("ab ,;:\\\n\tnéüß漢字😀")), 1, 200, -1).Draw(t, "summary")
		got := write(t, ical.Feed{Producer: "p", Events: []ical.Event{e}})
		var unfolded []string
		for _, l := range strings.Split(strings.TrimSuffix(got, "\r\n"), "\r\n") {
			require.LessOrEqual(t, len(l), 75)
			require.True(t, utf8.ValidString(l))
			require.NotContains(t, l, "\n")
			if rest, ok := strings.CutPrefix(l, " "); ok {
				unfolded[len(unfolded)-1] += rest
				continue
			}
			unfolded = append(unfolded, l)
		}
		require.Len(t, unfolded, 5+11+1)
		var back strings.Builder
		text := strings.TrimPrefix(unfolded[11], "SUMMARY:")
		for i := 0; i < len(text); i++ {
			if text[i] == '\\' {
				i++
				if text[i] == 'n' {
					back.WriteByte('\n')
					continue
				}
			}
			back.WriteByte(text[i])
		}
		require.Equal(t, e.Summary, back.String())
	})
}

// FuzzFeed writes any text as a feed and reads it back as a reader of RFC 5545 would: unfold, split at the first colon, unescape. What no
// text may hold is refused.
func FuzzFeed(f *testing.F) {
	f.Add("away", "at home; back, soon\nor later\\", "u1")
	f.Add("ferié é ☃ "+strings.Repeat("long ", 40), "", "a:b;c,d")
	f.Add("bad\x00", "\xff", "")
	f.Fuzz(func(t *testing.T, summary, description, uid string) {
		feed := ical.Feed{Producer: "-//test//EN", Events: []ical.Event{{
			UID: uid, Stamp: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Days: hr.MustPeriod("2026-10-05..2026-10-06"), Summary: summary, Description: description,
		}}}
		var out bytes.Buffer
		if err := feed.Write(&out); err != nil {
			require.NotEmpty(t, hr.FieldErrors(err))
			require.Empty(t, out.String(), "nothing of a refused feed is written")
			return
		}
		got := map[string]string{}
		for _, line := range strings.Split(out.String(), "\r\n") {
			require.LessOrEqual(t, len(line), 75)
			require.True(t, utf8.ValidString(line), "no character is cut")
		}
		for _, line := range strings.Split(strings.ReplaceAll(out.String(), "\r\n ", ""), "\r\n") {
			name, value, _ := strings.Cut(line, ":")
			var b strings.Builder
			for i := 0; i < len(value); i++ {
				if value[i] == '\\' && i+1 < len(value) {
					if i++; value[i] == 'n' {
						b.WriteByte('\n')
						continue
					}
				}
				b.WriteByte(value[i])
			}
			got[name] = b.String()
		}
		require.Equal(t, summary, got["SUMMARY"])
		require.Equal(t, uid, got["UID"])
		require.Equal(t, description, got["DESCRIPTION"])
	})
}
