package hr

import "strings"

// Source says where a value or a fact comes from, so that a person can look it up. The zero Source is "not stated".
type Source struct {
	Title   string `json:"title,omitempty"`   // the law, notification, circular or earlier system: "EPF Scheme 2026"
	Section string `json:"section,omitempty"` // the place inside it: "para 18(2)"
	Link    string `json:"link,omitempty"`    // where it is published
	Dated   Date   `json:"dated,omitzero"`    // the day it was published; for an import, the day the earlier system recorded the fact
	Note    string `json:"note,omitempty"`    // what a reader must know, such as a doubt about it
}

// IsZero reports whether nothing is stated.
func (s Source) IsZero() bool { return s == Source{} }

// String returns title, section and date on one line.
func (s Source) String() string {
	parts := make([]string, 0, 4)
	for _, p := range []string{s.Title, s.Section} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if !s.Dated.IsZero() {
		parts = append(parts, s.Dated.String())
	}
	if s.Note != "" {
		parts = append(parts, "("+s.Note+")")
	}
	return strings.Join(parts, ", ")
}
