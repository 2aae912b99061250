package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// grid is a table for a person: the first columns are words and stand to the left, the others are figures and stand to the right.
type grid struct {
	words int // how many columns hold words; at least 1
	rows  [][]string
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// rule adds a line across.
func (g *grid) rule() { g.rows = append(g.rows, nil) }

func (g *grid) print(w io.Writer) error {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	total := 2 * (len(widths) - 1)
	for _, n := range widths {
		total += n
	}
	var b strings.Builder
	for _, row := range g.rows {
		if row == nil {
			b.WriteString("   " + strings.Repeat("-", total) + "\n")
			continue
		}
		line := "   "
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				line += "  "
			}
			if i < g.words {
				line += cell + gap
			} else {
				line += gap + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// digits groups the whole part of an amount as its country does: 12,34,567.00 in India, 1,234,567.00 elsewhere.
func digits(amount string, india bool) string {
	sign := ""
	if strings.HasPrefix(amount, "-") {
		sign, amount = "-", amount[1:]
	}
	whole, frac, _ := strings.Cut(amount, ".")
	groups := []string{}
	for size := 3; len(whole) > size; {
		groups = append([]string{whole[len(whole)-size:]}, groups...)
		whole = whole[:len(whole)-size]
		if india {
			size = 2
		}
	}
	out := sign + strings.Join(append([]string{whole}, groups...), ",")
	if frac != "" {
		out += "." + frac
	}
	return out
}

// count writes "1 payslip", "2 payslips".
func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
