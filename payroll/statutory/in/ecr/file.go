package ecr

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Totals are the control figures of a file, which the challan repeats.
type Totals struct {
	Members    int
	EPFWages   decimal.Decimal
	EPSWages   decimal.Decimal
	EDLIWages  decimal.Decimal
	EPF        decimal.Decimal // employees' shares, with voluntary contributions
	EPS        decimal.Decimal
	Difference decimal.Decimal
	Refund     decimal.Decimal
}

func (t *Totals) add(m Member) {
	t.Members++
	t.EPFWages, t.EPSWages, t.EDLIWages = t.EPFWages.Add(m.EPFWages), t.EPSWages.Add(m.EPSWages), t.EDLIWages.Add(m.EDLIWages)
	t.EPF, t.EPS, t.Difference, t.Refund = t.EPF.Add(m.EPF), t.EPS.Add(m.EPS), t.Difference.Add(m.Difference), t.Refund.Add(m.Refund)
}

// Write writes a file and returns its control figures. Members that do not fit the layout or the law are refused before anything is
// written, with every [hr.FieldError] at once, each with the place of the member and no value. Lines end in CRLF.
func Write(w io.Writer, members []Member, law Law) (Totals, error) {
	var faults hr.Faults
	var t Totals
	var b strings.Builder
	seen := map[hr.Secret]bool{}
	for i, m := range members {
		check(&faults, fmt.Sprintf("members[%d]", i), m, law, seen)
		t.add(m)
		b.WriteString(m.Line() + "\r\n")
	}
	if len(members) == 0 {
		faults.Add("members", RuleLayout, "are none")
	}
	if faults.Any() {
		return Totals{}, fmt.Errorf("ecr: write: %w", faults.Err())
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return Totals{}, fmt.Errorf("ecr: write: %w", err)
	}
	return t, nil
}

func check(faults *hr.Faults, at string, m Member, law Law, seen map[hr.Secret]bool) {
	faults.Join(at, m.Check(law))
	if !m.UAN.IsZero() && seen[m.UAN] {
		faults.Add(at+".uan", RuleTwice, "is in the file twice")
	}
	seen[m.UAN] = true
}

// Read reads a file strictly; see the package comment. All faults come at once, each with its line and field and without what stands in
// it. Line ends may be LF or CRLF, and the last may be missing; an empty line, a header or a separator at the end of a line is refused.
func Read(r io.Reader, law Law) ([]Member, Totals, error) {
	var faults hr.Faults
	var members []Member
	var t Totals
	seen := map[hr.Secret]bool{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		at := fmt.Sprintf("line %d", n)
		m, err := parse(lines.Text())
		if err != nil {
			faults.Join(at, err)
			continue
		}
		check(&faults, at, m, law, seen)
		members = append(members, m)
		t.add(m)
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		faults.Add("line", RuleLayout, "one is far longer than %d fields can be", len(fields))
	case err != nil:
		return nil, Totals{}, fmt.Errorf("ecr: read: %w", err)
	}
	if len(members) == 0 && !faults.Any() {
		faults.Add("line 1", RuleLayout, "is missing: the file is empty")
	}
	if faults.Any() {
		return nil, Totals{}, fmt.Errorf("ecr: read: %w", faults.Err())
	}
	return members, t, nil
}

func parse(line string) (Member, error) {
	texts := strings.Split(line, separator)
	if len(texts) != len(fields) {
		return Member{}, &hr.FieldError{Rule: RuleLayout, Reason: fmt.Sprintf("must have %d fields with %s between them, and has %d", len(fields), separator, len(texts))}
	}
	var faults hr.Faults
	amount := func(i int) decimal.Decimal {
		if !rupees.MatchString(texts[i]) {
			faults.Add(fields[i], RuleAmount, "must be whole rupees, written with digits only and no zero in front")
			return decimal.Decimal{}
		}
		return decimal.RequireFromString(texts[i])
	}
	m := Member{
		UAN: hr.NewSecret(texts[0]), Name: texts[1], Gross: amount(2), EPFWages: amount(3), EPSWages: amount(4), EDLIWages: amount(5),
		EPF: amount(6), EPS: amount(7), Difference: amount(8), Refund: amount(10),
	}
	days, err := strconv.Atoi(texts[9])
	if err != nil || strconv.Itoa(days) != texts[9] {
		faults.Add(fields[9], RuleDays, "must be whole days, written with digits only")
	}
	m.NCPDays = days
	return m, faults.Err()
}
