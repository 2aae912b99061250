package payrolltest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// T is what a test gives: *testing.T is one.
type T interface {
	Helper()
	Errorf(format string, args ...any)
}

// Play returns what comes out of a story: a row for each line of the payslip that is not zero, with its kind and name, and net pay; then
// the lines that the story shows. A story that is refused gives a row for each fault instead: its path and its rule, for a sentence may change.
func Play(plan *payroll.Plan, s Story) string {
	slip, err := plan.Calculate(s.Input)
	if err != nil {
		return faults(err)
	}
	var b strings.Builder
	row := func(kind, name, amount string) { fmt.Fprintf(&b, "%-10s %-26s %15s\n", kind, name, amount) }
	for _, l := range slip.Lines {
		if l.Kind != payroll.Working && !l.Amount.IsZero() {
			row(string(l.Kind), l.Name, shown(slip.Currency, l))
		}
	}
	row("net", "", slip.Net().AmountText())
	for _, name := range s.Show {
		i := slices.IndexFunc(slip.Lines, func(l payroll.Line) bool { return l.Name == name })
		if i < 0 {
			row("no line", name, "")
			continue
		}
		row("shown", name, shown(slip.Currency, slip.Lines[i]))
	}
	return trimmed(b.String())
}

func shown(c hr.Currency, l payroll.Line) string {
	if l.Unit == "money" {
		return hr.Money{Amount: l.Amount, Currency: c}.AmountText()
	}
	return hr.Canonical(l.Amount)
}

func faults(err error) string {
	var rows []string
	for _, f := range hr.FieldErrors(err) {
		rows = append(rows, trimmed(fmt.Sprintf("fault      %s %s\n", f.Path, f.Rule)))
	}
	if len(rows) == 0 {
		rows = []string{"fault      " + strings.ReplaceAll(err.Error(), "\n", "; ") + "\n"}
	}
	slices.Sort(rows)
	return strings.Join(slices.Compact(rows), "")
}

// trimmed takes the blanks from the ends of lines, as [ParseStories] does.
func trimmed(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return b.String()
}

// Stories plays every story of the files that match a pattern of [filepath.Glob] and reports those that come out otherwise, each with its
// file, line and title and the rows that differ. With update it writes what comes out into the files instead, and changes nothing else in
// them. A pattern without a file, a file without a story, and a file that cannot be read are errors.
func Stories(t T, plan *payroll.Plan, pattern string, update bool) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Errorf("payrolltest: no file matches %s", pattern)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("payrolltest: %v", err)
			continue
		}
		stories, err := ParseStories(string(raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(stories) == 0 {
			t.Errorf("%s: holds no story", name)
		}
		outcomes := make([]string, len(stories))
		for i, s := range stories {
			outcomes[i] = Play(plan, s)
			if !update && outcomes[i] != s.Want {
				t.Errorf("%s:%d: %s\n%s", name, s.Line, s.Title, difference(s.Want, outcomes[i]))
			}
		}
		if rewritten := Rewrite(string(raw), stories, outcomes); update && rewritten != string(raw) {
			if err := os.WriteFile(name, []byte(rewritten), 0o600); err != nil {
				t.Errorf("payrolltest: %v", err)
			}
		}
	}
}

// Rewrite returns the text of a story file with other outcomes, one for each of its stories; everything else stays byte for byte.
func Rewrite(text string, stories []Story, outcomes []string) string {
	lines := strings.Split(text, "\n")
	var out []string
	next := 0
	for i, s := range stories {
		out = append(out, lines[next:s.from]...)
		if outcomes[i] != s.Want {
			out = append(out, strings.Split(strings.TrimSuffix(outcomes[i], "\n"), "\n")...)
			if s.to == len(lines) {
				out = append(out, "")
			} else if strings.HasPrefix(lines[s.to], "story ") {
				out = append(out, "")
			}
		} else {
			out = append(out, lines[s.from:s.to]...)
		}
		next = s.to
	}
	return strings.Join(append(out, lines[next:]...), "\n")
}

// difference shows the rows that only one side has, wanted ones with a minus; where the same rows stand in another order, all.
func difference(want, got string) string {
	w, g := rows(want), rows(got)
	var b strings.Builder
	for _, r := range w {
		if !slices.Contains(g, r) {
			b.WriteString("  - " + r + "\n")
		}
	}
	for _, r := range g {
		if !slices.Contains(w, r) {
			b.WriteString("  + " + r + "\n")
		}
	}
	if b.Len() == 0 {
		return "the rows come in another order:\n" + got
	}
	return b.String()
}

func rows(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}
