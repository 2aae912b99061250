// Package icalendar writes and reads the iCalendar format (RFC 5545, with the methods of RFC 5546): lines, properties, components.
//
// It knows nothing of leave or interviews. leave/ical and recruitment/ical say what a calendar program should know, and this package
// says how that is written; it stands beside the domains because two of them need it and none may import another.
//
// [Component.Write] folds and escapes, and [Read] is strict: what it accepts, a calendar program accepts. What is written and read again is the
// same component.
package icalendar

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

// Rules that a calendar can break. Ids are stable; sentences may change.
const (
	RuleText     hr.Rule = "icalendar.text"     // bytes that are no UTF-8, a control character, a quote in a parameter
	RuleLine     hr.Rule = "icalendar.line"     // too long, folded or ended in another way, or not name:value
	RuleNesting  hr.Rule = "icalendar.nesting"  // a component that is not ended, or ends another
	RuleProperty hr.Rule = "icalendar.property" // missing, twice, or with a value that can not be
)

// Component is one BEGIN and END with what stands between: the calendar itself, an event, a time zone.
type Component struct {
	Name       string // "VCALENDAR", "VEVENT"
	Properties []Property
	Parts      []Component
}

// Property is one line. Value is as the format has it: a text goes through [Text] first.
type Property struct {
	Name   string // "SUMMARY"
	Params []Param
	Value  string

	line int // where it was read
}

// Param is one parameter of a property: RSVP=TRUE.
type Param struct{ Name, Value string }

// Text escapes a text for a value: backslash, semicolon, comma and line feed are escaped, a colon is not.
func Text(s string) string {
	return strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`).Replace(s)
}

// Date writes a civil day: "20261223".
func Date(d hr.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// Instant writes an instant in UTC: "20261124T090500Z". In that form it needs no time zone beside it.
func Instant(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// CheckText adds a fault under rule for a text that no value may hold: bytes that are no UTF-8, and control characters but a line feed and a
// tab. Whoever writes texts of others checks them before [Text], and says nothing of them in the message.
func CheckText(f *hr.Faults, path string, rule hr.Rule, s string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		f.Add(path, rule, "holds a control character or bytes that are no UTF-8")
	}
}

// First returns the first property of a name; ok is false if there is none.
func (c Component) First(name string) (p Property, ok bool) {
	for _, p := range c.Properties {
		if p.Name == name {
			return p, true
		}
	}
	return Property{}, false
}

// Param returns the value of a parameter, empty if there is none.
func (p Property) Param(name string) string {
	for _, x := range p.Params {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

// Add appends a property without parameters.
func (c *Component) Add(name, value string) {
	c.Properties = append(c.Properties, Property{Name: name, Value: value})
}

// Count returns how many parts of a name there are.
func (c Component) Count(name string) (n int) {
	for _, p := range c.Parts {
		if p.Name == name {
			n++
		}
	}
	return n
}

// Write writes the component: lines of at most 75 bytes that end with CR LF, none cut inside a character; a parameter that needs quotes gets
// them. Faults come first and together (RuleText), and then nothing is written.
func (c Component) Write(w io.Writer) error {
	var faults hr.Faults
	var b lines
	c.write(&b, &faults, c.Name)
	if faults.Any() {
		return faults.Err()
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (c Component) write(b *lines, f *hr.Faults, path string) {
	b.line("BEGIN:" + c.Name)
	for _, p := range c.Properties {
		at := path + "." + p.Name
		var s strings.Builder
		s.WriteString(p.Name)
		for _, x := range p.Params {
			if strings.Contains(x.Value, `"`) {
				f.Add(at+"."+x.Name, RuleText, "must not hold a quote")
			}
			CheckText(f, at+"."+x.Name, RuleText, strings.ReplaceAll(x.Value, "\n", "\r"))
			value := x.Value
			if strings.ContainsAny(value, ":;,") {
				value = `"` + value + `"`
			}
			s.WriteString(";" + x.Name + "=" + value)
		}
		CheckText(f, at, RuleText, strings.ReplaceAll(p.Value, "\n", "\r")) // a line feed here would begin another line
		b.line(s.String() + ":" + p.Value)
	}
	for i, part := range c.Parts {
		part.write(b, f, fmt.Sprintf("%s.%s[%d]", path, part.Name, i))
	}
	b.line("END:" + c.Name)
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
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		if cut == 0 { // no character at all; the check of texts has said so
			cut = room
		}
		b.WriteString(s[:cut])
		b.WriteString("\r\n ")
		s, room = s[cut:], width-1
	}
	b.WriteString(s)
	b.WriteString("\r\n")
}
