// Package ical writes interviews as iCalendar invitations (RFC 5545, 5546): what a calendar program puts into the diaries of those who
// meet, moves when the interview is moved, and takes out when it is cancelled.
//
// An invitation is sent by mail or whatever the host has; this package makes the bytes. Times are written in UTC, so that each program shows
// them on its owner's clock and none needs rules of a zone.
package ical

import (
	"io"
	"regexp"
	"strconv"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/internal/icalendar"
	"github.com/musterhr/hr/recruitment"
)

// RuleInvitation is broken by an invitation that a calendar program could not read.
const RuleInvitation hr.Rule = "recruitment.ical.invitation"

// Party is somebody who takes part.
type Party struct {
	Name string // empty: the address alone
	Mail string // "dee@people.example"
}

// Invitation is what one interview says to calendar programs: a request to come or, once it is cancelled, that it is off. Programs go by UID
// and the interview's Sequence, so the same interview always has the same UID.
type Invitation struct {
	Producer    string    // who made it: "-//Example HR//Recruitment 1.0//EN"
	UID         string    // the same for ever, and hard to guess: "interview-77@hr.example"
	Stamp       time.Time // when it was made or changed
	Interview   recruitment.Interview
	Summary     string // what is shown; who reads diaries reads it
	Description string // empty for none
	Organizer   Party
	Attendees   []Party // interviewers and the candidate; each sees the others
}

var mailForm = regexp.MustCompile(`^[^\s@:;,"<>]+@[^\s@:;,"<>]+$`)

// Write writes the invitation, with the method CANCEL if the interview is cancelled, else REQUEST. All faults come first, together, as
// [hr.FieldError]s with RuleInvitation and without any text or address, and then nothing is written.
func (i Invitation) Write(w io.Writer) error {
	if err := i.validate(); err != nil {
		return err
	}
	method, status := "REQUEST", "CONFIRMED"
	if i.Interview.Cancelled {
		method, status = "CANCEL", "CANCELLED"
	}
	e := icalendar.Component{Name: "VEVENT"}
	e.Add("UID", icalendar.Text(i.UID))
	e.Add("DTSTAMP", icalendar.Instant(i.Stamp))
	e.Add("SEQUENCE", strconv.Itoa(i.Interview.Sequence))
	e.Add("DTSTART", icalendar.Instant(i.Interview.Time.From))
	e.Add("DTEND", icalendar.Instant(i.Interview.Time.Until))
	e.Add("SUMMARY", icalendar.Text(i.Summary))
	for _, x := range []struct{ name, text string }{{"DESCRIPTION", i.Description}, {"LOCATION", i.Interview.Place}} {
		if x.text != "" {
			e.Add(x.name, icalendar.Text(x.text))
		}
	}
	e.Properties = append(e.Properties, i.Organizer.property("ORGANIZER"))
	for _, p := range i.Attendees {
		e.Properties = append(e.Properties, p.property(
			"ATTENDEE", icalendar.Param{Name: "ROLE", Value: "REQ-PARTICIPANT"},
			icalendar.Param{Name: "PARTSTAT", Value: "NEEDS-ACTION"}, icalendar.Param{Name: "RSVP", Value: "TRUE"},
		))
	}
	e.Add("STATUS", status)
	calendar := icalendar.Component{Name: "VCALENDAR", Parts: []icalendar.Component{e}}
	calendar.Add("VERSION", "2.0")
	calendar.Add("PRODID", icalendar.Text(i.Producer))
	calendar.Add("CALSCALE", "GREGORIAN")
	calendar.Add("METHOD", method)
	return calendar.Write(w)
}

func (p Party) property(name string, params ...icalendar.Param) icalendar.Property {
	if p.Name != "" {
		params = append([]icalendar.Param{{Name: "CN", Value: p.Name}}, params...)
	}
	return icalendar.Property{Name: name, Params: params, Value: "mailto:" + p.Mail}
}

func (i Invitation) validate() error {
	var faults hr.Faults
	for _, x := range []struct{ path, text string }{{"producer", i.Producer}, {"uid", i.UID}, {"summary", i.Summary}} {
		if x.text == "" {
			faults.Missing(x.path, RuleInvitation)
		}
		icalendar.CheckText(&faults, x.path, RuleInvitation, x.text)
	}
	icalendar.CheckText(&faults, "description", RuleInvitation, i.Description)
	icalendar.CheckText(&faults, "interview.place", RuleInvitation, i.Interview.Place)
	if i.Stamp.IsZero() {
		faults.Missing("stamp", RuleInvitation)
	}
	t := i.Interview.Time
	if t.From.IsZero() || t.Until.Truncate(time.Second).Compare(t.From.Truncate(time.Second)) <= 0 {
		faults.Add("interview.time", RuleInvitation, "must have a beginning and, a second after it at least, an end")
	}
	i.Organizer.validate(&faults, "organizer")
	if len(i.Attendees) == 0 {
		faults.Missing("attendees", RuleInvitation)
	}
	for n, p := range i.Attendees {
		p.validate(&faults, "attendees["+strconv.Itoa(n)+"]")
	}
	return faults.Err()
}

var nameForm = regexp.MustCompile(`^[^"\x00-\x1f\x7f-\x{9f}]*$`)

func (p Party) validate(f *hr.Faults, at string) {
	if !mailForm.MatchString(p.Mail) {
		f.Add(at+".mail", RuleInvitation, "must be an address")
	}
	icalendar.CheckText(f, at+".mail", RuleInvitation, p.Mail)
	icalendar.CheckText(f, at+".name", RuleInvitation, p.Name)
	if !nameForm.MatchString(p.Name) {
		f.Add(at+".name", RuleInvitation, "must hold no quote and no line break")
	}
}
