package fixed

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// Lines cuts a text into lines that all end the same way, with CRLF or with LF alone; the last may lack its end. Lines whose length
// is none of widths and lines with a character that does not print in ASCII are faults, numbered from 1; then no line is returned.
func Lines(faults *hr.Faults, in io.Reader, rule hr.Rule, widths ...int) (lines []string, lf bool, err error) {
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, false, err
	}
	text := string(raw)
	lf = !strings.Contains(text, "\r\n")
	end := "\r\n"
	if lf {
		end = "\n"
	}
	text = strings.TrimSuffix(text, end)
	if text == "" {
		faults.Add("file", rule, "is empty")
		return nil, lf, nil
	}
	lines = strings.Split(text, end)
	for i, l := range lines {
		at := fmt.Sprintf("line %d", i+1)
		switch {
		case strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r > '~' }):
			faults.Add(at, rule, "holds a character that does not print, is not ASCII, or ends the line another way than the first line")
		case len(widths) > 0 && !slices.Contains(widths, len(l)):
			faults.Add(at, rule, "has %d characters and must have %s", len(l), either(widths))
		}
	}
	if faults.Any() {
		return nil, lf, nil
	}
	return lines, lf, nil
}

// Join ends every line with CRLF, or with LF alone.
func Join(lines []string, lf bool) string {
	end := "\r\n"
	if lf {
		end = "\n"
	}
	return strings.Join(lines, end) + end
}

func either(widths []int) string {
	out := fmt.Sprint(widths[0])
	for _, w := range widths[1:] {
		out += fmt.Sprintf(" or %d", w)
	}
	return out
}
