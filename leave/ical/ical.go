// Package ical writes leave as an iCalendar feed (RFC 5545): all-day events that a calendar program subscribes to.
//
// A feed of leave is personal data. What an event says is up to the host, and nothing of a request's reason is in it by itself; who may
// read the feed is for the host to guard. UIDs must be stable, and hard to guess where the address of the feed is all that protects it.
package ical

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/musterhr/hr"
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

// Write writes the feed: lines of at most 75 bytes that end with CR LF, none cut inside a character. The day after the last is its end,
// as the format has it. Events come in the order given. All faults come first, together, as [hr.FieldError]s with RuleEvent and
// without any text of the event, and then nothing is written.
func (f Feed) Write(w io.Writer) error {
	if err := f.validate(); err != nil {
		return err
	}
	var b lines
	b.line("BEGIN:VCALENDAR")
	b.line("VERSION:2.0")
	b.line("PRODID:" + escape(f.Producer))
	b.line("CALSCALE:GREGORIAN")
	b.line("METHOD:PUBLISH")
	if f.Name != "" {
		b.line("X-WR-CALNAME:" + escape(f.Name))
	}
	for _, e := range f.Events {
		e.write(&b)
	}
	b.line("END:VCALENDAR")
	_, err := w.Write(b.Bytes())
	return err
}

func (f Feed) validate() error {
	var faults hr.Faults
	if f.Producer == "" {
		faults.Missing("producer", RuleEvent)
	}
	text(&faults, "producer", f.Producer)
	text(&faults, "name", f.Name)
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
		text(&faults, at+".uid", e.UID)
		text(&faults, at+".summary", e.Summary)
		text(&faults, at+".description", e.Description)
	}
	return faults.Err()
}

// text records what no text may hold: bytes that are no UTF-8, and control characters but a line feed and a tab.
func text(faults *hr.Faults, path, s string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		faults.Add(path, RuleEvent, "holds a control character or bytes that are no UTF-8")
	}
}

func (e Event) write(b *lines) {
	b.line("BEGIN:VEVENT")
	b.line("UID:" + escape(e.UID))
	b.line("DTSTAMP:" + e.Stamp.UTC().Format("20060102T150405Z"))
	b.line(fmt.Sprintf("SEQUENCE:%d", e.Sequence))
	b.line("DTSTART;VALUE=DATE:" + day(e.Days.From))
	b.line("DTEND;VALUE=DATE:" + day(e.Days.Through.Add(1)))
	b.line("SUMMARY:" + escape(e.Summary))
	if e.Description != "" {
		b.line("DESCRIPTION:" + escape(e.Description))
	}
	if e.Cancelled {
		b.line("STATUS:CANCELLED")
	} else {
		b.line("STATUS:CONFIRMED")
	}
	b.line("TRANSP:TRANSPARENT")
	if e.Public {
		b.line("CLASS:PUBLIC")
	} else {
		b.line("CLASS:PRIVATE")
	}
	b.line("END:VEVENT")
}

func day(d hr.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// escape writes a text value: backslash, semicolon, comma and line feed are escaped, a colon is not.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`).Replace(s)
}

// lines gathers folded lines.
type lines struct{ bytes.Buffer }

// width is the most bytes of a line without its end.
const width = 75

// line writes one line, folded: a continuation begins with a blank, which counts, and no character is cut.
func (b *lines) line(s string) {
	room := width
	for len(s) > room {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut])
		b.WriteString("\r\n ")
		s, room = s[cut:], width-1
	}
	b.WriteString(s)
	b.WriteString("\r\n")
}
