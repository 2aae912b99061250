// Package ical writes leave as an iCalendar feed (RFC 5545): all-day events that a calendar program subscribes to.
//
// A feed of leave is personal data. What an event says is up to the host, and nothing of a request's reason is in it by itself; who may
// read the feed is for the host to guard. UIDs must be stable, and hard to guess where the address of the feed is all that protects it.
package ical

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/internal/icalendar"
)

// RuleEvent is broken by an event that a calendar program could not read.
const RuleEvent hr.Rule = "leave.ical.event"

// Feed is what one calendar shows.
type Feed struct {
	Producer string // who made it: "-//Example HR//Leave 1.0//EN"
	Name     string // what a calendar program calls it; empty for none
	Events   []Event
}

// Event is a run of whole days. The same UID again with a higher Sequence replaces it; Cancelled takes it off.
type Event struct {
	UID         string    // the same for ever: "leave-0001@hr.example"
	Stamp       time.Time // when the event was made or changed
	Sequence    int       // 0 at first; one more at each change of days and at a cancellation
	Days        hr.Period // both ends included; it must have an end
	Summary     string    // what is shown
	Description string    // empty for none
	Cancelled   bool
	Public      bool // others may see the details; otherwise the event is private
}

// Write writes the feed. The day after the last is an event's end, as the format has it. Events come in the order given. All faults come
// first, together, as [hr.FieldError]s with RuleEvent and without any text of the event, and then nothing is written.
func (f Feed) Write(w io.Writer) error {
	if err := f.validate(); err != nil {
		return err
	}
	calendar := icalendar.Component{Name: "VCALENDAR"}
	calendar.Add("VERSION", "2.0")
	calendar.Add("PRODID", icalendar.Text(f.Producer))
	calendar.Add("CALSCALE", "GREGORIAN")
	calendar.Add("METHOD", "PUBLISH")
	if f.Name != "" {
		calendar.Add("X-WR-CALNAME", icalendar.Text(f.Name))
	}
	for _, e := range f.Events {
		calendar.Parts = append(calendar.Parts, e.component())
	}
	return calendar.Write(w)
}

func (f Feed) validate() error {
	var faults hr.Faults
	if f.Producer == "" {
		faults.Missing("producer", RuleEvent)
	}
	icalendar.CheckText(&faults, "producer", RuleEvent, f.Producer)
	icalendar.CheckText(&faults, "name", RuleEvent, f.Name)
	seen := map[string]bool{}
	for i, e := range f.Events {
		at := fmt.Sprintf("events[%d]", i)
		switch {
		case e.UID == "":
			faults.Missing(at+".uid", RuleEvent)
		case seen[e.UID]:
			faults.Add(at+".uid", RuleEvent, "comes twice")
		}
		seen[e.UID] = true
		if e.Stamp.IsZero() {
			faults.Missing(at+".stamp", RuleEvent)
		}
		if e.Sequence < 0 {
			faults.Add(at+".sequence", RuleEvent, "must not be below zero")
		}
		if e.Days.Validate() != nil || e.Days.Open() || e.Days.Through.Add(1).IsZero() {
			faults.Add(at+".days", RuleEvent, "must have a first and a last day")
		}
		if e.Summary == "" {
			faults.Missing(at+".summary", RuleEvent)
		}
		icalendar.CheckText(&faults, at+".uid", RuleEvent, e.UID)
		icalendar.CheckText(&faults, at+".summary", RuleEvent, e.Summary)
		icalendar.CheckText(&faults, at+".description", RuleEvent, e.Description)
	}
	return faults.Err()
}

func (e Event) component() icalendar.Component {
	c := icalendar.Component{Name: "VEVENT"}
	c.Add("UID", icalendar.Text(e.UID))
	c.Add("DTSTAMP", icalendar.Instant(e.Stamp))
	c.Add("SEQUENCE", strconv.Itoa(e.Sequence))
	day := []icalendar.Param{{Name: "VALUE", Value: "DATE"}}
	c.Properties = append(
		c.Properties,
		icalendar.Property{Name: "DTSTART", Params: day, Value: icalendar.Date(e.Days.From)},
		icalendar.Property{Name: "DTEND", Params: day, Value: icalendar.Date(e.Days.Through.Add(1))},
	)
	c.Add("SUMMARY", icalendar.Text(e.Summary))
	if e.Description != "" {
		c.Add("DESCRIPTION", icalendar.Text(e.Description))
	}
	status, class := "CONFIRMED", "PRIVATE"
	if e.Cancelled {
		status = "CANCELLED"
	}
	if e.Public {
		class = "PUBLIC"
	}
	c.Add("STATUS", status)
	c.Add("TRANSP", "TRANSPARENT")
	c.Add("CLASS", class)
	return c
}
