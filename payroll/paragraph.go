package payroll

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/musterhr/hr"
)

// Paragraph says what a trace of [Plan.Explain] or [Service.Explain] says, in plain sentences that a clerk can read aloud: what the
// figure is and by which law, how it was worked out and rounded, and from which inputs and dated values of the law, each with its
// section. The figures it was worked out from are told too, one step down; what lies deeper is left to the tree. Whatever in the
// whole tree is doubtful, or was set by the host on top of a pack, is said at the end. It holds pay, as the trace does.
func Paragraph(t hr.Trace) string {
	s := speech{said: map[string]bool{}}
	s.say("%s is %s%s%s", told(t.Name), worth(t), during(t), under(t.Source))
	s.tell(t, 0)
	if s.deeper {
		s.say("How the figures behind these came about is in the full explanation")
	}
	s.mind(t, map[string]bool{})
	return strings.Join(s.sentences, " ")
}

// tellingDepth is how many steps down formulas are read out.
const tellingDepth = 1

type speech struct {
	sentences []string
	said      map[string]bool
	deeper    bool // something was left to the tree
}

// say adds a sentence, once.
func (s *speech) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text == "" || s.said[text] {
		return
	}
	s.said[text] = true
	if end := text[len(text)-1]; end != '.' && end != '?' {
		text += "."
	}
	first, size := utf8.DecodeRuneInString(text)
	s.sentences = append(s.sentences, string(unicode.ToUpper(first))+text[size:])
}

// tell reads out how t was worked out, and then what it was worked out from.
func (s *speech) tell(t hr.Trace, depth int) {
	if note := spoken(titled(t.Note, t.Parts)); t.Rule != "" && note != "" && note != "shown above" {
		if depth == 0 {
			s.say("It was worked out so: %s", note)
		} else {
			s.say("%s was worked out so: %s", told(t.Name), note)
		}
	}
	var given []string
	var behind []hr.Trace
	for _, p := range t.Parts {
		switch {
		case isFact(p):
		case strings.HasPrefix(p.Name, "piece ") && p.Rule != "":
			s.piece(p)
		case p.Rule == "" && p.Source.IsZero():
			given = append(given, input(p))
		default:
			behind = append(behind, p)
		}
	}
	if len(given) > 0 {
		s.say("Given: %s", strings.Join(given, "; "))
	}
	for _, p := range behind {
		note := ""
		if p.Rule == "" { // a dated value: its note says since when
			note, _, _ = cutMarks(p.Note)
			note = prefixed(", ", strings.ReplaceAll(note, "; ", ", "))
		}
		s.say("%s is %s%s%s", told(p.Name), worth(p), note, under(p.Source))
	}
	for _, p := range behind {
		if p.Rule == "" || len(p.Parts) == 0 {
			continue
		}
		if depth >= tellingDepth {
			s.deeper = true
			continue
		}
		s.tell(p, depth+1)
	}
}

var named = regexp.MustCompile(`[a-z][a-z0-9_.]*(\([^()]*\))?`)

// titled puts the titles of the figures behind a note in the place of their names: `"Months left" above 1: no`.
func titled(note string, parts []hr.Trace) string {
	titles := map[string]string{}
	for _, p := range parts {
		if name, title, ok := strings.Cut(p.Name, " ("); ok && strings.HasSuffix(title, ")") {
			titles[name] = `"` + title[:len(title)-1] + `"`
		}
	}
	return named.ReplaceAllStringFunc(note, func(word string) string {
		name, _, _ := strings.Cut(word, "(")
		if title, ok := titles[name]; ok {
			return title
		}
		return word
	})
}

// piece reads out one stretch of the period.
func (s *speech) piece(p hr.Trace) {
	var given []string
	for _, x := range p.Parts {
		if !isFact(x) {
			given = append(given, input(x))
		}
	}
	s.say("From %s to %s: %s%s", p.Period.From, p.Period.Through, spoken(p.Note), prefixed(", where ", strings.Join(given, "; ")))
}

// mind says what of the whole tree a person should not take for settled law.
func (s *speech) mind(t hr.Trace, seen map[string]bool) {
	if _, doubt, overlay := cutMarks(t.Note); t.Value != "" {
		if doubt != "" && !seen[doubt] { // several values may share one doubt
			seen[doubt] = true
			s.say("Mind that %s is doubtful: %s", told(t.Name), doubt)
		}
		if overlay && !seen[t.Name] {
			seen[t.Name] = true
			s.say("Mind that %s was set by the host on top of the law's pack", told(t.Name))
		}
	}
	for _, p := range t.Parts {
		s.mind(p, seen)
	}
}

const (
	doubtful  = "doubtful: "
	byTheHost = "set by the host on top of the pack"
)

// cutMarks takes the marks of a dated value off its note.
func cutMarks(note string) (rest, doubt string, overlay bool) {
	rest, overlay = strings.CutSuffix(note, byTheHost)
	rest = strings.TrimSuffix(rest, "; ")
	if before, after, found := strings.Cut(rest, doubtful); found {
		return strings.TrimSuffix(before, "; "), after, overlay
	}
	return rest, "", overlay
}

// isFact reports whether t is a fact put into words, without a value of its own.
func isFact(t hr.Trace) bool { return t.Value == "" && t.Rule == "" && len(t.Parts) == 0 }

// told is the name that a person uses: the title, or the name in words.
func told(name string) string {
	if _, title, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(title, ")") {
		return title[:len(title)-1]
	}
	return strings.NewReplacer("_", " ", ".", " ").Replace(name)
}

func worth(t hr.Trace) string {
	if t.Unit == "" || t.Unit == "money" || t.Unit == "count" || t.Unit == "number" {
		return t.Value
	}
	if t.Value == "1" {
		return t.Value + " " + strings.TrimSuffix(t.Unit, "s")
	}
	return t.Value + " " + t.Unit
}

func during(t hr.Trace) string {
	if t.Period.IsZero() {
		return ""
	}
	return fmt.Sprintf(" from %s to %s", t.Period.From, t.Period.Through)
}

func under(s hr.Source) string { return prefixed(", by ", s.String()) }

func prefixed(with, text string) string {
	if text == "" {
		return ""
	}
	return with + text
}

// input reads out a given value with what is behind it: the facts themselves where they are few, otherwise how many.
func input(t hr.Trace) string {
	var facts []string
	for _, r := range t.Refs {
		facts = append(facts, strings.TrimSpace(r.Kind+" "+r.ID))
	}
	for _, p := range t.Parts {
		if isFact(p) {
			facts = append(facts, p.Name)
		}
	}
	if len(facts) > 2 {
		facts = []string{fmt.Sprintf("%d facts", len(facts))}
	}
	from := prefixed(", from ", strings.Join(facts, " and "))
	if note, _, _ := cutMarks(t.Note); note != "" && note != "shown above" && t.Rule == "" && t.Source.IsZero() {
		from += " (" + note + ")"
	}
	return told(t.Name) + " is " + worth(t) + from
}

var (
	roundedTo = regexp.MustCompile(` ; (half_up|half_down|half_even|up|down|ceiling|floor) to ([0-9.]+)( gives)?`)
	answered  = regexp.MustCompile(`(^|; )([^;]+): (yes|no)(;|$)`)
	modes     = map[string]string{
		"half_up": "to the nearest %s, a half away from zero", "half_down": "to the nearest %s, a half toward zero", "half_even": "to the nearest %s, a half to the even one",
		"up": "away from zero to %s", "down": "toward zero to %s", "ceiling": "up to %s", "floor": "down to %s",
	}
	signs = strings.NewReplacer(" x ", " times ", " * ", " times ", " / ", " divided by ", " + ", " plus ", " - ", " less ",
		" <= ", " at most ", " >= ", " at least ", " < ", " below ", " > ", " above ", " != ", " other than ", " = ", " is ", "_", " ")
)

// spoken puts a note of a formula into words: "12% x 25000 = 3000 ; half_up to 1" and "leaving: no".
func spoken(note string) string {
	note = roundedTo.ReplaceAllStringFunc(note, func(m string) string {
		parts := roundedTo.FindStringSubmatch(m)
		return ", rounded " + fmt.Sprintf(modes[parts[1]], parts[2]) + strings.Replace(parts[3], " gives", ", giving", 1)
	})
	note = answered.ReplaceAllString(note, "${1}whether ${2}: ${3}${4}")
	return signs.Replace(note)
}
