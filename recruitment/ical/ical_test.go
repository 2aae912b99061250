package ical_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/internal/icalendar"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/recruitment/ical"
)

// invitation is the workplace's sample interview: 1 December 2026 at ten in London, which is ten in UTC, for three quarters of an hour.
func invitation() ical.Invitation {
	ten := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	return ical.Invitation{
		Producer: "-//Example HR//Recruitment 1.0//EN", UID: "interview-77@hr.example", Stamp: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC),
		Interview: recruitment.Interview{Time: recruitment.Span{From: ten, Until: ten.Add(45 * time.Minute)}, Place: "Room 4; Main House"},
		Summary:   "Interview: Payroll engineer, round 2",
		Organizer: ical.Party{Name: "Hiring, Example", Mail: "hiring@hr.example"},
		Attendees: []ical.Party{{Name: "Dee Specimen", Mail: "dee@people.example"}},
	}
}

func ExampleInvitation_Write() {
	var out strings.Builder
	if err := invitation().Write(&out); err != nil {
		panic(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r", ""))
	// Output:
	// BEGIN:VCALENDAR
	// VERSION:2.0
	// PRODID:-//Example HR//Recruitment 1.0//EN
	// CALSCALE:GREGORIAN
	// METHOD:REQUEST
	// BEGIN:VEVENT
	// UID:interview-77@hr.example
	// DTSTAMP:20261124T090500Z
	// SEQUENCE:0
	// DTSTART:20261201T100000Z
	// DTEND:20261201T104500Z
	// SUMMARY:Interview: Payroll engineer\, round 2
	// LOCATION:Room 4\; Main House
	// ORGANIZER;CN="Hiring, Example":mailto:hiring@hr.example
	// ATTENDEE;CN=Dee Specimen;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TR
	//  UE:mailto:dee@people.example
	// STATUS:CONFIRMED
	// END:VEVENT
	// END:VCALENDAR
}

// A cancelled interview has the method and the status of one, and a strict reader accepts both.
func TestCancelled(t *testing.T) {
	for _, cancelled := range []bool{false, true} {
		i := invitation()
		i.Interview.Cancelled, i.Description = cancelled, "bring nothing"
		if cancelled {
			i.Interview.Sequence = 1
		}
		var out bytes.Buffer
		require.NoError(t, i.Write(&out))
		c, err := icalendar.Read(&out)
		require.NoError(t, err)
		method, _ := c.First("METHOD")
		status, _ := c.Parts[0].First("STATUS")
		sequence, _ := c.Parts[0].First("SEQUENCE")
		require.Equal(t, map[bool]string{false: "REQUEST CONFIRMED 0", true: "CANCEL CANCELLED 1"}[cancelled], method.Value+" "+status.Value+" "+sequence.Value)
	}
}

func TestInvitationRefuses(t *testing.T) {
	paths := func(i ical.Invitation) (list []string) {
		var out bytes.Buffer
		err := i.Write(&out)
		for _, f := range hr.FieldErrors(err) {
			require.Equal(t, ical.RuleInvitation, f.Rule)
			list = append(list, f.Path)
		}
		require.NotContains(t, err.Error(), "secret")
		require.Zero(t, out.Len())
		return list
	}
	require.Equal(t, []string{"producer", "uid", "summary", "stamp", "interview.time", "organizer.mail", "attendees"}, paths(ical.Invitation{}))
	bad := invitation()
	bad.Summary, bad.Interview.Place, bad.Description = "secret\r\nATTENDEE:x", "secret\x00", "secret\xff"
	bad.Interview.Time.Until = bad.Interview.Time.From.Add(time.Millisecond) // written in seconds it is no time at all
	bad.Organizer.Name = "secret\nX"
	bad.Attendees = []ical.Party{{Name: `secret"`, Mail: "secret"}, {Mail: "secret@x\r\n"}}
	require.Equal(t, []string{
		"summary", "description", "interview.place", "interview.time", "organizer.name", "attendees[0].mail", "attendees[0].name",
		"attendees[1].mail", "attendees[1].mail",
	}, paths(bad))
}
