package icalendar_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/internal/icalendar"
)

const samples = "../../examples/cases/testdata/formats/"

func sample(t testing.TB, name string) string {
	raw, err := os.ReadFile(filepath.Join(samples, name))
	require.NoError(t, err)
	return string(raw)
}

// The workplace's three calendars are read, and written again they are the same bytes: the same order, folds and escapes.
func TestSamples(t *testing.T) {
	for name, events := range map[string]int{"leave_feed.ics": 2, "interview_request.ics": 1, "interview_cancel.ics": 1} {
		raw := sample(t, name)
		c, err := icalendar.Read(strings.NewReader(raw))
		require.NoError(t, err, name)
		require.Equal(t, events, c.Count("VEVENT"))
		var out bytes.Buffer
		require.NoError(t, c.Write(&out))
		require.Equal(t, raw, out.String(), name)
	}
	for file, change := range map[string][2]string{ // what is said in another way is accepted too
		"interview_request.ics": {"DTSTART;TZID=", "DTSTART;VALUE=DATE-TIME;TZID="},
		"interview_cancel.ics":  {"ATTENDEE;", "X-COMING;"},
		"leave_feed.ics":        {"BEGIN:VEVENT", "begin:vevent"},
	} {
		_, err := icalendar.Read(strings.NewReader(strings.ReplaceAll(sample(t, file), change[0], change[1])))
		require.NoError(t, err, change)
	}
	c, err := icalendar.Read(strings.NewReader(sample(t, "interview_request.ics")))
	require.NoError(t, err)
	attendee, ok := c.Parts[1].First("ATTENDEE")
	require.True(t, ok)
	require.Equal(t, "mailto:dee@people.example", attendee.Value)
	require.Equal(t, "TRUE", attendee.Param("RSVP"))
	organizer, _ := c.Parts[1].First("ORGANIZER")
	require.Equal(t, "Hiring, Example", organizer.Param("CN"))
	require.Empty(t, organizer.Param("ROLE"))
	_, ok = c.First("NAME")
	require.False(t, ok)
}

// Each fault, made out of a good calendar by changing one thing, is found by its rule.
func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		file, old, new string
		want           hr.Rule
	}{
		"lines that end with LF alone":           {"interview_request.ics", "\r\n", "\n", icalendar.RuleLine},
		"no end of the last line":                {"interview_request.ics", "END:VCALENDAR\r\n", "END:VCALENDAR", icalendar.RuleLine},
		"an empty line":                          {"interview_request.ics", "END:VEVENT\r\n", "END:VEVENT\r\n\r\n", icalendar.RuleLine},
		"a line of 76 bytes":                     {"interview_request.ics", "SUMMARY:", "SUMMARY:" + strings.Repeat("x", 40), icalendar.RuleLine},
		"a character cut by the fold":            {"leave_feed.ics", "éé\r\n é", "éé\xc3\r\n \xa9é", icalendar.RuleLine},
		"a control character":                    {"interview_request.ics", "Payroll", "Pay\x07roll", icalendar.RuleLine},
		"a line without a colon":                 {"interview_request.ics", "SEQUENCE:0", "SEQUENCE 0", icalendar.RuleLine},
		"a parameter with a bare quote":          {"interview_request.ics", "CN=Dee Specimen", "CN=Dee \"Specimen", icalendar.RuleLine},
		"an event that is not ended":             {"interview_request.ics", "END:VEVENT\r\n", "", icalendar.RuleNesting},
		"an end of something else":               {"interview_request.ics", "END:VEVENT", "END:VTODO", icalendar.RuleNesting},
		"something behind the calendar":          {"interview_request.ics", "END:VCALENDAR\r\n", "END:VCALENDAR\r\nX-A:1\r\n", icalendar.RuleNesting},
		"no calendar":                            {"interview_request.ics", "VCALENDAR", "VTODO", icalendar.RuleNesting},
		"another version":                        {"interview_request.ics", "VERSION:2.0", "VERSION:1.0", icalendar.RuleProperty},
		"no version":                             {"interview_request.ics", "VERSION:2.0\r\n", "", icalendar.RuleProperty},
		"no maker":                               {"interview_request.ics", "PRODID:-//Example HR//Leave 1.0//EN\r\n", "", icalendar.RuleProperty},
		"two methods":                            {"interview_request.ics", "METHOD:REQUEST\r\n", "METHOD:REQUEST\r\nMETHOD:REQUEST\r\n", icalendar.RuleProperty},
		"a method that is not":                   {"interview_request.ics", "METHOD:REQUEST", "METHOD:INVITE", icalendar.RuleProperty},
		"no UID":                                 {"interview_request.ics", "UID:interview-77@hr.example\r\n", "", icalendar.RuleProperty},
		"a UID twice":                            {"leave_feed.ics", "leave-0002", "leave-0001", icalendar.RuleProperty},
		"no stamp":                               {"interview_request.ics", "DTSTAMP:20261124T090500Z\r\n", "", icalendar.RuleProperty},
		"a stamp on a local clock":               {"interview_request.ics", "20261124T090500Z", "20261124T090500", icalendar.RuleProperty},
		"no beginning":                           {"interview_request.ics", "DTSTART;TZID=Europe/London:20261201T100000\r\n", "", icalendar.RuleProperty},
		"an end before the beginning":            {"interview_request.ics", "20261201T104500", "20261201T094500", icalendar.RuleProperty},
		"an end that is the last day":            {"leave_feed.ics", "DTEND;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261127", icalendar.RuleProperty},
		"an end of another kind":                 {"leave_feed.ics", "DTEND;VALUE=DATE:20261128", "DTEND:20261128T000000Z", icalendar.RuleProperty},
		"a day that is not":                      {"leave_feed.ics", "DTSTART;VALUE=DATE:20261127", "DTSTART;VALUE=DATE:20261131", icalendar.RuleProperty},
		"an hour that is not":                    {"interview_request.ics", "20261201T100000", "20261201T250000", icalendar.RuleProperty},
		"a zone that is not there":               {"interview_request.ics", "TZID=Europe/London:20261201T100000", "TZID=Europe/Paris:20261201T100000", icalendar.RuleProperty},
		"a zone and UTC":                         {"interview_request.ics", "London:20261201T100000", "London:20261201T100000Z", icalendar.RuleProperty},
		"an offset that is not":                  {"interview_request.ics", "TZOFFSETTO:+0100", "TZOFFSETTO:1 hour", icalendar.RuleProperty},
		"a zone without a name":                  {"interview_request.ics", "TZID:Europe/London\r\n", "", icalendar.RuleProperty},
		"a comma that is not escaped":            {"interview_request.ics", `engineer\, round`, `engineer, round`, icalendar.RuleProperty},
		"an escape that is not":                  {"interview_request.ics", `engineer\, round`, `engineer\x round`, icalendar.RuleProperty},
		"a sequence that is no number":           {"interview_request.ics", "SEQUENCE:0", "SEQUENCE:-1", icalendar.RuleProperty},
		"a status that is not":                   {"interview_request.ics", "STATUS:CONFIRMED", "STATUS:SURE", icalendar.RuleProperty},
		"an invitation from nobody":              {"interview_request.ics", "ORGANIZER;CN=\"Hiring, Example\":mailto:hiring@hr.example\r\n", "", icalendar.RuleProperty},
		"an organizer without a scheme":          {"interview_request.ics", "mailto:hiring@hr.example", "hiring@hr.example", icalendar.RuleProperty},
		"an invitation of nobody":                {"interview_request.ics", "ATTENDEE;", "X-COMING;", icalendar.RuleProperty},
		"a cancellation that is confirmed":       {"interview_cancel.ics", "STATUS:CANCELLED", "STATUS:CONFIRMED", icalendar.RuleProperty},
		"a cancellation without a sequence":      {"interview_cancel.ics", "SEQUENCE:1\r\n", "", icalendar.RuleProperty},
		"a request that is cancelled":            {"interview_request.ics", "STATUS:CONFIRMED", "STATUS:CANCELLED", icalendar.RuleProperty},
		"something published with an invitation": {"interview_request.ics", "METHOD:REQUEST", "METHOD:PUBLISH", icalendar.RuleProperty},
	} {
		good := sample(t, c.file)
		bad := strings.Replace(good, c.old, c.new, 1)
		if strings.HasPrefix(name, "lines that end") || name == "no calendar" {
			bad = strings.ReplaceAll(good, c.old, c.new)
		}
		require.NotEqual(t, good, bad, name)
		_, err := icalendar.Read(strings.NewReader(bad))
		var rules []hr.Rule
		for _, f := range hr.FieldErrors(err) {
			rules = append(rules, f.Rule)
		}
		require.Contains(t, rules, c.want, "%s: %v", name, err)
		require.NotContains(t, err.Error(), "Specimen", name)
	}
}

func TestWriteRefuses(t *testing.T) {
	c := icalendar.Component{Name: "VCALENDAR"}
	c.Add("SUMMARY", "secret\nATTENDEE:x")
	c.Properties = append(c.Properties, icalendar.Property{Name: "ORGANIZER", Params: []icalendar.Param{{Name: "CN", Value: `secret"`}}, Value: "secret\xff"})
	var out bytes.Buffer
	err := c.Write(&out)
	require.Len(t, hr.FieldErrors(err), 3)
	require.NotContains(t, err.Error(), "secret")
	require.Zero(t, out.Len())
}

// Whatever the texts: no line is longer than 75 bytes or cut inside a character, and reading gives back what was written.
func TestWrittenAndRead(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab ,;:\\\n\tnéüß漢字😀")), 0, 200, -1)
	rapid.Check(t, func(t *rapid.T) {
		e := icalendar.Component{Name: "VEVENT"}
		e.Add("UID", "u@hr")
		e.Add("DTSTAMP", "20261124T090500Z")
		e.Add("DTSTART", "20261124T090500Z")
		e.Add("SUMMARY", icalendar.Text(text.Draw(t, "summary")))
		name := strings.NewReplacer("\n", "", "\t", "").Replace(text.Draw(t, "name"))
		e.Properties = append(e.Properties, icalendar.Property{Name: "CONTACT", Params: []icalendar.Param{{Name: "CN", Value: name}}, Value: "x"})
		c := icalendar.Component{Name: "VCALENDAR", Parts: []icalendar.Component{e}}
		c.Add("VERSION", "2.0")
		c.Add("PRODID", "p")
		var out bytes.Buffer
		require.NoError(t, c.Write(&out))
		for _, l := range strings.Split(out.String(), "\r\n") {
			require.LessOrEqual(t, len(l), 75)
			require.True(t, utf8.ValidString(l))
		}
		back, err := icalendar.Read(&out)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(c, back, cmpopts.IgnoreUnexported(icalendar.Property{})))
	})
}

// Whatever the bytes: reading does not fail otherwise than with an error, and what it accepts is written and read again alike.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"leave_feed.ics", "interview_request.ics", "interview_cancel.ics"} {
		f.Add(sample(f, name))
	}
	f.Fuzz(func(t *testing.T, raw string) {
		c, err := icalendar.Read(strings.NewReader(raw))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if c.Write(&out) != nil { // a parameter of several quoted values is read and not written
			return
		}
		back, err := icalendar.Read(&out)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(c, back, cmpopts.IgnoreUnexported(icalendar.Property{})))
	})
}
