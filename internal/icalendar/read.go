package icalendar

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/musterhr/hr"
)

// Read reads one calendar strictly and returns its VCALENDAR. Lines must end with CR LF, be at most 75 bytes of UTF-8 and be folded outside
// characters; components must be nested and ended; what each must hold is checked (see check.go). All faults come together as
// [hr.FieldError]s with their line, and without what it says.
func Read(r io.Reader) (Component, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return Component{}, err
	}
	var faults hr.Faults
	var root Component
	stack := []*Component{&root}
	for _, l := range unfold(&faults, string(raw)) {
		p, ok := parse(&faults, l)
		if !ok {
			continue
		}
		top := stack[len(stack)-1]
		switch p.Name {
		case "BEGIN":
			top.Parts = append(top.Parts, Component{Name: strings.ToUpper(p.Value)})
			stack = append(stack, &top.Parts[len(top.Parts)-1])
		case "END":
			if len(stack) == 1 || top.Name != strings.ToUpper(p.Value) {
				faults.Add(p.at(), RuleNesting, "ends what has not begun")
				continue
			}
			stack = stack[:len(stack)-1]
		default:
			if len(stack) == 1 {
				faults.Add(p.at(), RuleNesting, "stands outside the calendar")
			}
			top.Properties = append(top.Properties, p)
		}
	}
	for _, c := range stack[1:] {
		faults.Add("file", RuleNesting, "%s is not ended", c.Name)
	}
	if faults.Any() {
		return Component{}, faults.Err()
	}
	if len(root.Parts) != 1 || root.Parts[0].Name != "VCALENDAR" {
		return Component{}, &hr.FieldError{Path: "file", Rule: RuleNesting, Reason: "must hold one VCALENDAR"}
	}
	check(&faults, root.Parts[0])
	return root.Parts[0], faults.Err()
}

// at says where a property was read.
func (p Property) at() string { return fmt.Sprintf("line %d", p.line) }

// line is one content line: unfolded, with the number of its first line in the file.
type line struct {
	text   string
	number int
}

// unfold puts folded lines together and adds what is wrong with their form.
func unfold(f *hr.Faults, raw string) (out []line) {
	rest, ended := strings.CutSuffix(raw, "\r\n")
	if !ended {
		f.Add("file", RuleLine, "must end with CR LF")
	}
	for i, text := range strings.Split(rest, "\r\n") {
		at := fmt.Sprintf("line %d", i+1)
		switch {
		case len(text) > width:
			f.Add(at, RuleLine, "is longer than %d bytes", width)
		case !utf8.ValidString(text):
			f.Add(at, RuleLine, "is no UTF-8, or folded inside a character")
		case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }):
			f.Add(at, RuleLine, "holds a control character: lines end with CR LF")
		case text == "":
			f.Add(at, RuleLine, "is empty")
		}
		if more, folded := cutBlank(text); folded {
			if len(out) == 0 {
				f.Add(at, RuleLine, "goes on with nothing")
				continue
			}
			out[len(out)-1].text += more
			continue
		}
		out = append(out, line{text, i + 1})
	}
	return out
}

func cutBlank(text string) (more string, folded bool) {
	if text != "" && (text[0] == ' ' || text[0] == '\t') {
		return text[1:], true
	}
	return text, false
}

var (
	nameForm  = regexp.MustCompile(`^[A-Za-z0-9-]+`)
	paramForm = regexp.MustCompile(`^;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)`)
)

// parse reads name, parameters and value of a line.
func parse(f *hr.Faults, l line) (Property, bool) {
	p := Property{line: l.number}
	name := nameForm.FindString(l.text)
	rest := l.text[len(name):]
	p.Name = strings.ToUpper(name)
	for m := paramForm.FindStringSubmatch(rest); m != nil; m = paramForm.FindStringSubmatch(rest) {
		value := m[2]
		if strings.HasPrefix(value, `"`) && strings.Count(value, `"`) == 2 && strings.HasSuffix(value, `"`) {
			value = strings.Trim(value, `"`)
		}
		p.Params = append(p.Params, Param{strings.ToUpper(m[1]), value})
		rest = rest[len(m[0]):]
	}
	value, ok := strings.CutPrefix(rest, ":")
	if name == "" || !ok {
		f.Add(p.at(), RuleLine, "must be a name, parameters and, after a colon, a value")
		return p, false
	}
	p.Value = value
	return p, true
}
