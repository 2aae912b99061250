package report

import (
	"io"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Explain writes a trace for a person: in a paragraph, and then step by step. What was shown once, such as the payable days that every prorated line rests on, is not shown
// again, and lines of nothing are left out of sums.
func Explain(w io.Writer, t hr.Trace) error {
	if _, err := io.WriteString(w, payroll.Paragraph(t)+"\n\n"); err != nil {
		return err
	}
	return once(t, map[string]bool{}).Text(w)
}

func once(t hr.Trace, seen map[string]bool) hr.Trace {
	if key := t.Name + "\x00" + t.Period.String() + "\x00" + t.Value; len(t.Parts) > 0 {
		if seen[key] {
			return hr.Trace{Name: t.Name, Value: t.Value, Unit: t.Unit, Period: t.Period, Note: "as above"}
		}
		seen[key] = true
	}
	var parts []hr.Trace
	for _, p := range t.Parts {
		sameFact := func(before hr.Trace) bool { // a request for leave is the reason of each of its days
			return len(p.Parts) == 0 && before.Name == p.Name && slices.Equal(before.Refs, p.Refs)
		}
		if strings.HasPrefix(t.Rule, "sum(") && p.Value == "0" && p.Rule != "" {
			continue // a line of nothing adds nothing to a sum
		}
		if len(p.Refs) == 0 || !slices.ContainsFunc(parts, sameFact) {
			parts = append(parts, once(p, seen))
		}
	}
	t.Parts = parts
	return t
}
