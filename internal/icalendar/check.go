package icalendar

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/musterhr/hr"
)

// check adds what is wrong with a calendar as a whole.
func check(f *hr.Faults, c Component) {
	at := "VCALENDAR"
	once(f, c, at, []string{"VERSION", "PRODID"}, []string{"METHOD", "CALSCALE"})
	is(f, c, "VERSION", "2.0")
	is(f, c, "CALSCALE", "GREGORIAN")
	is(f, c, "METHOD", "PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER")
	if p, ok := c.First("PRODID"); ok && p.Value == "" {
		f.Add(p.at(), RuleProperty, "PRODID must say who made the calendar")
	}
	if len(c.Parts) == 0 {
		f.Add(at, RuleProperty, "must hold an event")
	}
	var zones []string
	for _, z := range c.Parts {
		if z.Name == "VTIMEZONE" {
			zones = append(zones, checkZone(f, z))
		}
	}
	method := ""
	if p, ok := c.First("METHOD"); ok {
		method = p.Value
	}
	uids := map[string]bool{}
	for _, e := range c.Parts {
		if e.Name == "VEVENT" {
			checkEvent(f, e, method, zones, uids)
		}
	}
}

// once adds a fault for a property that must be there and is not, and for one that stands twice.
func once(f *hr.Faults, c Component, at string, required, allowed []string) {
	count := map[string]int{}
	for _, p := range c.Properties {
		count[p.Name]++
		if count[p.Name] == 2 && slices.Contains(slices.Concat(required, allowed), p.Name) {
			f.Add(p.at(), RuleProperty, "%s stands twice", p.Name)
		}
	}
	for _, name := range required {
		if count[name] == 0 {
			f.Missing(at+"."+name, RuleProperty)
		}
	}
}

// is adds a fault for a property with another value than those.
func is(f *hr.Faults, c Component, name string, values ...string) {
	if p, ok := c.First(name); ok && !slices.Contains(values, p.Value) {
		f.Add(p.at(), RuleProperty, "%s must be %s", name, strings.Join(values, ", "))
	}
}

var offsetForm = regexp.MustCompile(`^[+-]([01][0-9]|2[0-3])[0-5][0-9]([0-5][0-9])?$`)

// checkZone returns the name of a time zone.
func checkZone(f *hr.Faults, z Component) string {
	once(f, z, "VTIMEZONE", []string{"TZID"}, nil)
	rules := 0
	for _, r := range z.Parts {
		if r.Name != "STANDARD" && r.Name != "DAYLIGHT" {
			continue
		}
		rules++
		once(f, r, "VTIMEZONE."+r.Name, []string{"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, nil)
		for _, name := range []string{"TZOFFSETFROM", "TZOFFSETTO"} {
			if p, ok := r.First(name); ok && !offsetForm.MatchString(p.Value) {
				f.Add(p.at(), RuleProperty, "%s must be hours and minutes with a sign", name)
			}
		}
		if p, ok := r.First("DTSTART"); ok && !wallForm(p.Value) {
			f.Add(p.at(), RuleProperty, "DTSTART of a time zone must be a local time")
		}
	}
	if rules == 0 {
		f.Add("VTIMEZONE", RuleProperty, "must hold a rule")
	}
	p, _ := z.First("TZID")
	return p.Value
}

var texts = []string{"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "COMMENT"}

func checkEvent(f *hr.Faults, e Component, method string, zones []string, uids map[string]bool) {
	once(
		f, e, "VEVENT", []string{"UID", "DTSTAMP", "DTSTART"},
		[]string{"DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "SEQUENCE", "STATUS", "ORGANIZER", "CLASS", "TRANSP", "RECURRENCE-ID"},
	)
	is(f, e, "STATUS", "TENTATIVE", "CONFIRMED", "CANCELLED")
	is(f, e, "TRANSP", "OPAQUE", "TRANSPARENT")
	for _, p := range e.Properties {
		switch {
		case slices.Contains(texts, p.Name) && !escaped(p.Value):
			f.Add(p.at(), RuleProperty, "%s is not escaped", p.Name)
		case (p.Name == "ORGANIZER" || p.Name == "ATTENDEE") && !addressForm.MatchString(p.Value):
			f.Add(p.at(), RuleProperty, "%s must be an address with its scheme, as in mailto:", p.Name)
		}
	}
	if p, ok := e.First("UID"); ok {
		_, again := e.First("RECURRENCE-ID")
		if p.Value == "" || uids[p.Value] && !again {
			f.Add(p.at(), RuleProperty, "UID must be given, each once")
		}
		uids[p.Value] = true
	}
	if p, ok := e.First("DTSTAMP"); ok && (!strings.HasSuffix(p.Value, "Z") || !wallForm(strings.TrimSuffix(p.Value, "Z"))) {
		f.Add(p.at(), RuleProperty, "DTSTAMP must be in UTC")
	}
	if p, ok := e.First("SEQUENCE"); ok {
		if n, err := strconv.Atoi(p.Value); err != nil || n < 0 || strconv.Itoa(n) != p.Value {
			f.Add(p.at(), RuleProperty, "SEQUENCE must be a number, not below zero")
		}
	}
	checkTimes(f, e, zones)
	checkMethod(f, e, method)
}

// checkTimes adds what is wrong with beginning and end: both alike, in a zone that is there, and the end after the beginning.
func checkTimes(f *hr.Faults, e Component, zones []string) {
	start, hasStart := e.First("DTSTART")
	end, hasEnd := e.First("DTEND")
	for _, p := range []Property{start, end} {
		if p.Name == "" {
			continue
		}
		zone, value := p.Param("TZID"), p.Value
		switch {
		case zone != "" && !slices.Contains(zones, zone):
			f.Add(p.at(), RuleProperty, "%s is in a time zone that the calendar does not have", p.Name)
		case p.Param("VALUE") == "DATE":
			if _, err := time.Parse("20060102", value); err != nil || zone != "" {
				f.Add(p.at(), RuleProperty, "%s must be a day", p.Name)
			}
		case !wallForm(strings.TrimSuffix(value, "Z")) || zone != "" && strings.HasSuffix(value, "Z"):
			f.Add(p.at(), RuleProperty, "%s must be a time: in UTC with a Z, or in a zone without", p.Name)
		}
	}
	if !hasStart || !hasEnd {
		return
	}
	if _, both := e.First("DURATION"); both {
		f.Add(end.at(), RuleProperty, "DTEND stands beside DURATION")
	}
	kind := func(p Property) string {
		return strings.TrimPrefix(p.Param("VALUE"), "DATE-TIME") + strings.Repeat("Z", strings.Count(p.Value, "Z"))
	}
	switch {
	case kind(start) != kind(end) || (start.Param("TZID") == "") != (end.Param("TZID") == ""):
		f.Add(end.at(), RuleProperty, "DTEND must be of the kind of DTSTART")
	case start.Param("TZID") == end.Param("TZID") && end.Value <= start.Value: // of one form and length, so the texts compare as the times do
		f.Add(end.at(), RuleProperty, "DTEND must be after DTSTART: of whole days it is the day after the last")
	}
}

// checkMethod adds what a method asks of an event.
func checkMethod(f *hr.Faults, e Component, method string) {
	_, organizer := e.First("ORGANIZER")
	attendee, attendees := e.First("ATTENDEE")
	status, _ := e.First("STATUS")
	switch method {
	case "PUBLISH":
		if attendees {
			f.Add(attendee.at(), RuleProperty, "what is published invites nobody")
		}
	case "REQUEST", "CANCEL":
		if !organizer {
			f.Missing("VEVENT.ORGANIZER", RuleProperty)
		}
		if !attendees && method == "REQUEST" {
			f.Missing("VEVENT.ATTENDEE", RuleProperty)
		}
		if (method == "CANCEL") != (status.Value == "CANCELLED") {
			f.Add("VEVENT.STATUS", RuleProperty, "must be CANCELLED with the method CANCEL, and only then")
		}
		if _, ok := e.First("SEQUENCE"); method == "CANCEL" && !ok {
			f.Missing("VEVENT.SEQUENCE", RuleProperty)
		}
	}
}

var addressForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$`)

// wallForm reports whether s is a time of a wall clock, "20261201T100000", that exists.
func wallForm(s string) bool {
	_, err := time.Parse("20060102T150405", s)
	return err == nil && len(s) == len("20060102T150405")
}

// escaped reports whether a text has every character escaped that must be, and no other.
func escaped(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ',', ';':
			return false
		case '\\':
			i++
			if i == len(s) || !strings.ContainsRune(`\;,nN`, rune(s[i])) {
				return false
			}
		}
	}
	return true
}
