package esic

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Rules that a row or a sheet can break.
const (
	RuleLayout hr.Rule = "payroll.statutory.in.esic.layout"
	RuleNumber hr.Rule = "payroll.statutory.in.esic.ip_number"
	RuleTwice  hr.Rule = "payroll.statutory.in.esic.ip_number_twice"
	RuleName   hr.Rule = "payroll.statutory.in.esic.ip_name"
	RuleDays   hr.Rule = "payroll.statutory.in.esic.days"
	RuleWages  hr.Rule = "payroll.statutory.in.esic.wages"
	RuleReason hr.Rule = "payroll.statutory.in.esic.reason"
	RuleLast   hr.Rule = "payroll.statutory.in.esic.last_day"
)

var header = []string{
	"IP Number", "IP Name", "No of Days for which wages paid/payable during the month",
	"Total Monthly Wages", "Reason Code for Zero workings days", "Last Working Day",
}

var (
	number = regexp.MustCompile(`^[0-9]{10}$`)
	name   = regexp.MustCompile(`^[A-Za-z][A-Za-z ]{0,84}$`)
	rupees = regexp.MustCompile(`^(0|[1-9][0-9]{0,11})$`)
)

// Reasons for a month without a paid day that a payroll can tell by itself.
const (
	ReasonNone     = 0
	ReasonLeave    = 1
	ReasonLeft     = 2
	reasonOfDeath  = 5
	reasonHighest  = 13
	dayLayout      = "02/01/2006"
	dayLayoutOther = "02-01-2006"
)

// Person is one row. It holds a number of a person and pay, so it prints without values.
type Person struct {
	Number  hr.Secret // ten digits
	Name    string
	Days    int             // for which wages are paid, 0 to 31
	Wages   decimal.Decimal // whole rupees
	Reason  int             // the code, where Days is 0; otherwise 0
	LastDay hr.Date         // where the reason wants it
}

// LogValue hides the values.
func (p Person) LogValue() slog.Value { return slog.StringValue("[ESIC row]") }

// Format hides the values.
func (p Person) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[ESIC row]") }

// Totals are the control figures of a sheet.
type Totals struct {
	Members int
	Days    int
	Wages   decimal.Decimal
}

// Check reports everything that is wrong with p at once, without a value in any message.
func (p Person) Check() error {
	var faults hr.Faults
	if !number.MatchString(p.Number.Reveal()) {
		faults.Add("ip_number", RuleNumber, "must be 10 digits")
	}
	if !name.MatchString(p.Name) || strings.HasSuffix(p.Name, " ") {
		faults.Add("ip_name", RuleName, "must be 1 to 85 letters and blanks, and begin with a letter")
	}
	if p.Days < 0 || p.Days > 31 {
		faults.Add("days", RuleDays, "must be 0 to 31")
	}
	if !rupees.MatchString(hr.Canonical(p.Wages)) {
		faults.Add("wages", RuleWages, "must be whole rupees, not below zero")
	}
	switch {
	case p.Reason < 0 || p.Reason > reasonHighest:
		faults.Add("reason", RuleReason, "must be a code from 0 to %d", reasonHighest)
	case p.Days > 0 && p.Reason != ReasonNone:
		faults.Add("reason", RuleReason, "must be left out where days were paid")
	case p.Reason >= ReasonLeft && p.Reason <= reasonOfDeath && p.LastDay.IsZero():
		faults.Add("last_day", RuleLast, "must be given with this reason")
	case p.Reason <= ReasonLeave && !p.LastDay.IsZero():
		faults.Add("last_day", RuleLast, "must be left out with this reason")
	}
	return faults.Err()
}

// Write writes a sheet and returns its control figures. Rows that do not fit are refused before anything is written, with every
// [hr.FieldError] at once and no value in any.
func Write(w io.Writer, people []Person) (Totals, error) {
	var faults hr.Faults
	var t Totals
	rows := [][]string{header}
	seen := map[hr.Secret]bool{}
	for i, p := range people {
		t.add(&faults, fmt.Sprintf("people[%d]", i), p, seen)
		rows = append(rows, p.row())
	}
	if len(people) == 0 {
		faults.Add("people", RuleLayout, "are none")
	}
	if faults.Any() {
		return Totals{}, fmt.Errorf("esic: write: %w", faults.Err())
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.WriteAll(rows); err != nil {
		return Totals{}, fmt.Errorf("esic: write: %w", err)
	}
	return t, nil
}

func (t *Totals) add(faults *hr.Faults, at string, p Person, seen map[hr.Secret]bool) {
	faults.Join(at, p.Check())
	if !p.Number.IsZero() && seen[p.Number] {
		faults.Add(at+".ip_number", RuleTwice, "is in the sheet twice")
	}
	seen[p.Number] = true
	t.Members++
	t.Days += p.Days
	t.Wages = t.Wages.Add(p.Wages)
}

func (p Person) row() []string {
	reason, last := "", ""
	if p.Days == 0 {
		reason = strconv.Itoa(p.Reason)
	}
	if !p.LastDay.IsZero() {
		last = fmt.Sprintf("%02d/%02d/%04d", p.LastDay.Day(), int(p.LastDay.Month()), p.LastDay.Year())
	}
	return []string{p.Number.Reveal(), p.Name, strconv.Itoa(p.Days), hr.Canonical(p.Wages), reason, last}
}

// Read reads a sheet strictly; see the package comment. All faults come at once, each with its line and without what stands in it.
// Lines may end in LF or CRLF.
func Read(r io.Reader) ([]Person, Totals, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, Totals{}, fmt.Errorf("esic: read: %w", err)
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = len(header)
	var faults hr.Faults
	var people []Person
	var t Totals
	seen := map[hr.Secret]bool{}
	for first := true; ; first = false {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			faults.Add(fmt.Sprintf("line %d", broken.Line), RuleLayout, "is not a row of %d columns", len(header))
			if !errors.Is(err, csv.ErrFieldCount) {
				break
			}
			continue
		}
		line, _ := in.FieldPos(0)
		at := fmt.Sprintf("line %d", line)
		if first {
			if !slices.Equal(record, header) {
				faults.Add(at, RuleLayout, "the header must be %s", strings.Join(header, ","))
				break
			}
			continue
		}
		p, err := parse(record)
		if err != nil {
			faults.Join(at, err)
			continue
		}
		t.add(&faults, at, p, seen)
		people = append(people, p)
	}
	if len(people) == 0 && !faults.Any() {
		faults.Add("line 1", RuleLayout, "nobody is in the sheet")
	}
	if faults.Any() {
		return nil, Totals{}, fmt.Errorf("esic: read: %w", faults.Err())
	}
	return people, t, nil
}

func parse(record []string) (Person, error) {
	var faults hr.Faults
	whole := func(path, text string, rule hr.Rule) int {
		n, err := strconv.Atoi(text)
		if err != nil || strconv.Itoa(n) != text {
			faults.Add(path, rule, "must be a whole number, written with digits only")
		}
		return n
	}
	p := Person{Number: hr.NewSecret(record[0]), Name: record[1], Days: whole("days", record[2], RuleDays)}
	if !rupees.MatchString(record[3]) {
		faults.Add("wages", RuleWages, "must be whole rupees, written with digits only")
	} else {
		p.Wages = decimal.RequireFromString(record[3])
	}
	switch {
	case record[4] != "":
		p.Reason = whole("reason", record[4], RuleReason)
	case p.Days == 0:
		faults.Add("reason", RuleReason, "must be given where no day was paid")
	}
	if record[5] != "" {
		for _, layout := range []string{dayLayout, dayLayoutOther} {
			if at, err := time.Parse(layout, record[5]); err == nil {
				p.LastDay, _ = hr.NewDate(at.Year(), at.Month(), at.Day())
			}
		}
		if p.LastDay.IsZero() {
			faults.Add("last_day", RuleLast, "must be a day written dd/mm/yyyy or dd-mm-yyyy")
		}
	}
	return p, faults.Err()
}
