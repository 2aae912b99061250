package hr

import (
	"fmt"
	"io"
	"strings"
)

// Ref points at a stored fact: a punch, a leave request, a terms entry, a posting. Evidence is kept as references; whoever
// may see the fact looks it up. The zero Ref points at nothing.
type Ref struct {
	Kind string `json:"kind,omitempty"` // "punch", "leave", "terms"
	ID   string `json:"id,omitempty"`
	Seq  Seq    `json:"seq,omitempty"` // the knowledge number under which it was learnt, if any
}

// IsZero reports whether r points at nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// String returns "kind id", with "#seq" where the knowledge number is known.
func (r Ref) String() string {
	s := strings.TrimSpace(r.Kind + " " + r.ID)
	if r.Seq != 0 {
		s += fmt.Sprintf(" #%d", r.Seq)
	}
	return s
}

// Trace is one step of reasoning and, under Parts, the steps it rests on: why a figure is what it is. Its leaves are
// given values, dated parameters with their source, and references to facts. A Trace holds pay, so it prints through
// [Trace.Text] only; fmt and log show its name.
type Trace struct {
	Name   string  `json:"name"`            // what was worked out: "epf", "hours worked"
	Value  string  `json:"value,omitempty"` // its exact value, as a person writes it
	Unit   string  `json:"unit,omitempty"`  // "money", "days", "hours"; empty for a plain number or a text
	Rule   string  `json:"rule,omitempty"`  // the formula, or the rule that was applied, in words
	Note   string  `json:"note,omitempty"`  // what happened on the way: how it was rounded, which branch was taken
	Period Period  `json:"period,omitzero"` // the days it is about, if they are not the whole question
	Source Source  `json:"source,omitzero"` // the law or document behind it
	Refs   []Ref   `json:"refs,omitempty"`  // the facts it was read from
	Parts  []Trace `json:"parts,omitempty"` // what it was worked out from, in order
}

// String shows the name only; see [Trace.Text].
func (t Trace) String() string { return "trace of " + t.Name }

// GoString shows the name only; see [Trace.Text].
func (t Trace) GoString() string { return "hr.Trace{" + t.Name + "}" }

// Format shows the name only, whatever the verb; see [Trace.Text].
func (t Trace) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, t.String()) }

// Text writes the whole tree for a person, one step a line, indented under what it explains.
func (t Trace) Text(w io.Writer) error { return t.text(w, 0) }

func (t Trace) text(w io.Writer, depth int) error {
	var b strings.Builder
	indent := strings.Repeat("   ", depth)
	b.WriteString(indent + t.Name)
	if t.Value != "" {
		b.WriteString(" = " + t.Value)
	}
	if t.Unit != "" {
		b.WriteString(" " + t.Unit)
	}
	if !t.Period.IsZero() {
		b.WriteString("  [" + t.Period.String() + "]")
	}
	b.WriteString("\n")
	detail := func(label, text string) {
		if text != "" {
			b.WriteString(indent + "   " + label + text + "\n")
		}
	}
	detail("= ", t.Rule)
	detail("", t.Note)
	detail("source: ", t.Source.String())
	described := t.Value == "" && t.Rule == "" && len(t.Parts) == 0 // a fact in words: its name says it
	if !described {
		refs := make([]string, len(t.Refs))
		for i, r := range t.Refs {
			refs[i] = r.String()
		}
		detail("facts: ", strings.Join(refs, "; "))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	for _, p := range t.Parts {
		if err := p.text(w, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// Leaves walks to every trace without parts, left to right.
func (t Trace) Leaves(yield func(Trace) bool) bool {
	if len(t.Parts) == 0 {
		return yield(t)
	}
	for _, p := range t.Parts {
		if !p.Leaves(yield) {
			return false
		}
	}
	return true
}
