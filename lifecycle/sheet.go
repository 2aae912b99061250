package lifecycle

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
)

// Sheet is a workforce read from a CSV file, for [Service.Import], with the line of the file that each part came from.
type Sheet struct {
	Arrivals []Arrival // in the order in which the employees first appear

	from []sheetLines // of each arrival
}

// sheetLines are the lines that one arrival came from: of each spell its hire, its changes and its leaving.
type sheetLines struct {
	spells []struct {
		hire, leave int
		later       []int
	}
}

// The steps of a line.
const (
	stepHire   = "hire"
	stepChange = "change"
	stepLeave  = "leave"
)

// ReadSheet reads a workforce with its history. The first line names the columns; each other line is one dated step of one employee, and the
// lines of an employee come by date:
//
//	employee  the number they have and keep
//	step      hire, change or leave; a hire after a leave is another spell
//	from      the first day of the step; of a leave the last day employed
//
// and, as columns that may be left out, what the step says: entity, department, position, grade, place, region, cost_centre, manager,
// calendar, shift, currency, pay.NAME and answers.NAME; with a hire also name, born, gender, email, phone, id.KIND, bank.holder,
// bank.number, bank.bank, bank.kind, joined (yes or no; empty is yes), probation_end, confirmed, contract_end, service_since; with a
// leave reason and ended (exit, retire or die; empty is exit). In a change an empty cell leaves what was there, and - takes it away. Of several
// spells the person is that of the last hire that names one.
//
// Everything that is wrong comes together, as [hr.FieldError]s under lines[n].COLUMN, n being the line of the file; what was in a cell
// is in no message. Source goes to every fact. Faults that only the service finds are told by line too: see [Sheet.Locate].
func ReadSheet(r io.Reader, source hr.Source) (Sheet, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return Sheet{}, &hr.FieldError{Path: "lines[1]", Rule: RuleSheetColumn, Reason: "must name the columns", Err: hr.ErrRequired}
	}
	if err != nil {
		return Sheet{}, sheetError(err)
	}
	head = slices.Clone(head)
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	var faults hr.Faults
	checkColumns(&faults, head)
	if faults.Any() {
		return Sheet{}, faults.Err()
	}
	b := sheetBuilder{faults: &faults, at: map[hr.EmployeeID]int{}, source: source}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			faults.Join("", sheetError(err))
			break // what follows cannot be told apart
		}
		line, _ := in.FieldPos(0)
		if len(record) != len(head) {
			faults.Add(fmt.Sprintf("lines[%d]", line), RuleSheetColumn, "has %d cells, and there are %d columns", len(record), len(head))
			continue
		}
		row := sheetRow{line: line, faults: &faults, cells: map[string]string{}, columns: head}
		for i, name := range head {
			row.cells[name] = strings.TrimSpace(record[i])
		}
		b.add(row)
	}
	if faults.Any() {
		return Sheet{}, faults.Err()
	}
	return b.sheet, nil
}

func sheetError(err error) error {
	line := 1
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		line, err = broken.Line, broken.Err
	}
	return &hr.FieldError{Path: fmt.Sprintf("lines[%d]", line), Rule: RuleSheetColumn, Reason: err.Error(), Err: err}
}

var personColumns = []string{
	"name", "born", "gender", "email", "phone", "bank.holder", "bank.number", "bank.bank", "bank.kind", "joined", "probation_end", "confirmed",
	"contract_end", "service_since", "reason", "ended",
}

const identityPath = "id."

// checkColumns adds what is wrong with the head of a sheet.
func checkColumns(f *hr.Faults, head []string) {
	for i, name := range head {
		known := slices.Contains([]string{"employee", "step", "from"}, name) || slices.Contains(personColumns, name) || clearable(name) ||
			len(name) > len(identityPath) && strings.HasPrefix(name, identityPath)
		switch {
		case !known:
			f.Add(fmt.Sprintf("lines[1].columns[%d]", i+1), RuleSheetColumn, "is no column that a sheet has")
		case slices.Contains(head[:i], name):
			f.Add("lines[1]."+name, RuleSheetColumn, "is there twice")
		}
	}
	for _, name := range []string{"employee", "step", "from"} {
		if !slices.Contains(head, name) {
			f.Missing("lines[1]."+name, RuleSheetColumn)
		}
	}
}

// sheetRow is one line under the names of the columns.
type sheetRow struct {
	line    int
	faults  *hr.Faults
	cells   map[string]string
	columns []string
}

func (r sheetRow) fault(column string, reason string) {
	r.faults.Add(fmt.Sprintf("lines[%d].%s", r.line, column), RuleSheetCell, "%s", reason)
}

func (r sheetRow) date(column string) (d hr.Date) {
	if text := r.cells[column]; text != "" {
		var err error
		if d, err = hr.ParseDate(text); err != nil {
			r.fault(column, "must be a date such as 2026-10-31")
		}
	}
	return d
}

// terms returns what the line makes of held.
func (r sheetRow) terms(held hr.Terms) hr.Terms {
	var c TermsChange
	for _, name := range r.columns {
		text := r.cells[name]
		if !clearable(name) || text == "" {
			continue
		}
		pay, isPay := strings.CutPrefix(name, payPath)
		answer, isAnswer := strings.CutPrefix(name, answerPath)
		switch {
		case text == "-":
			c.Clear = append(c.Clear, name)
		case isPay:
			amount, err := hr.ParseDecimal(text)
			if err != nil {
				r.fault(name, "must be an amount such as 40000 or 1234.50")
			}
			c.Set.Pay = append(c.Set.Pay, hr.PayTerm{Name: pay, Amount: amount})
		case isAnswer:
			c.Set.Answers = append(c.Set.Answers, hr.Answer{Name: answer, Text: text})
		default:
			for _, f := range fields {
				if f.name == name {
					f.set(&c.Set, text)
				}
			}
		}
	}
	return c.apply(held)
}

func (r sheetRow) person() hr.Person {
	p := hr.Person{
		Name: r.cells["name"], Born: r.date("born"), Gender: r.cells["gender"], Email: r.cells["email"], Phone: r.cells["phone"],
		Bank: hr.BankAccount{Holder: r.cells["bank.holder"], Number: hr.NewSecret(r.cells["bank.number"]), Bank: r.cells["bank.bank"], Kind: r.cells["bank.kind"]},
	}
	for _, name := range r.columns {
		if kind, is := strings.CutPrefix(name, identityPath); is && r.cells[name] != "" {
			p.Identities = append(p.Identities, hr.Identity{Kind: kind, Number: hr.NewSecret(r.cells[name])})
		}
	}
	return p
}

// sheetBuilder puts lines together.
type sheetBuilder struct {
	sheet  Sheet
	faults *hr.Faults
	at     map[hr.EmployeeID]int // the arrival of each employee
	held   []hr.Terms            // what the last line of each arrival said
	last   []hr.Date             // its day
	source hr.Source
}

func (b *sheetBuilder) add(r sheetRow) {
	id, step := hr.EmployeeID(r.cells["employee"]), r.cells["step"]
	from := r.date("from")
	if id == "" {
		r.fault("employee", "must be given")
		return
	}
	i, known := b.at[id]
	if r.cells["from"] == "" {
		r.fault("from", "must be given")
		return
	}
	if from.IsZero() {
		return // told already
	}
	employed := known && b.sheet.Arrivals[i].LastDay.IsZero()
	switch step {
	case stepHire:
		if employed {
			r.fault("step", "is a hire of somebody who is employed")
			return
		}
	case stepChange, stepLeave:
		if !employed {
			r.fault("step", "comes without a hire before it")
			return
		}
	default:
		r.fault("step", "must be hire, change or leave")
		return
	}
	if known && !from.After(b.last[i]) && (step != stepLeave || from.Before(b.last[i])) {
		r.fault("from", "must be after the line before of the same employee")
		return
	}
	if !known {
		i = len(b.sheet.Arrivals)
		b.at[id] = i
		b.sheet.Arrivals = append(b.sheet.Arrivals, Arrival{Hire: hr.Hire{Employee: id}, Source: b.source})
		b.sheet.from, b.held, b.last = append(b.sheet.from, sheetLines{}), append(b.held, hr.Terms{}), append(b.last, hr.Date{})
	}
	b.last[i] = from
	a, lines := &b.sheet.Arrivals[i], &b.sheet.from[i]
	switch step {
	case stepHire:
		b.hire(r, a, i, from)
		lines.spells = append(lines.spells, struct {
			hire, leave int
			later       []int
		}{hire: r.line})
	case stepChange:
		b.held[i] = r.terms(b.held[i])
		a.Later = append(a.Later, TermsStep{From: from, Terms: b.held[i]})
		spell := &lines.spells[len(lines.spells)-1]
		spell.later = append(spell.later, r.line)
	case stepLeave:
		a.LastDay, a.Reason, a.Ended = from, r.cells["reason"], Event(r.cells["ended"])
		if !slices.Contains([]Event{"", Exit, Retire, Die}, a.Ended) {
			r.fault("ended", "must be exit, retire or die")
		}
		lines.spells[len(lines.spells)-1].leave = r.line
	}
}

// hire begins a spell: the one before, if there is one, becomes an earlier one.
func (b *sheetBuilder) hire(r sheetRow, a *Arrival, i int, from hr.Date) {
	if !a.Hire.Start.IsZero() {
		a.Earlier = append(a.Earlier, ArrivedSpell{Start: a.Hire.Start, Terms: a.Hire.Terms, Later: a.Later, LastDay: a.LastDay, Ended: a.Ended, Reason: a.Reason})
		a.Later, a.LastDay, a.Ended, a.Reason = nil, hr.Date{}, "", ""
	}
	b.held[i] = r.terms(hr.Terms{})
	a.Hire.Start, a.Hire.Terms = from, b.held[i]
	if p := r.person(); p.Name != "" || a.Hire.Person.Name == "" {
		a.Hire.Person = p
	}
	switch r.cells["joined"] {
	case "", "yes", "no":
	default:
		r.fault("joined", "must be yes or no")
	}
	a.Joined = r.cells["joined"] != "no"
	a.ProbationEnd, a.Confirmed, a.ContractEnd, a.ServiceSince = r.date("probation_end"), r.date("confirmed"), r.date("contract_end"), r.date("service_since")
}

var (
	rowPath   = regexp.MustCompile(`^rows\[(\d+)\]\.?(.*)$`)
	spellPath = regexp.MustCompile(`^earlier\[(\d+)\]\.?(.*)$`)
	laterPath = regexp.MustCompile(`^later\[(\d+)\]\.?(.*)$`)
	partPath  = regexp.MustCompile(`^(pay|answers|identities)\[(\d+)\]`)
)

// Locate tells the faults of [Service.Import] by line and column of the file: rows[0].later[1].terms.pay[0].amount is lines[7].pay.basic. What
// is no fault of a row stays as it is. A nil error stays nil.
func (s Sheet) Locate(err error) error {
	list := hr.FieldErrors(err)
	if err == nil || len(list) == 0 {
		return err
	}
	var faults hr.Faults
	for _, f := range list {
		faults.Join("", &hr.FieldError{Path: s.locate(f.Path), Rule: f.Rule, Reason: f.Reason, Err: f.Err})
	}
	return faults.Err()
}

func (s Sheet) locate(path string) string {
	m := rowPath.FindStringSubmatch(path)
	if m == nil {
		return path
	}
	n, _ := strconv.Atoi(m[1])
	if n >= len(s.from) {
		return path
	}
	a, spells, rest := s.Arrivals[n], s.from[n].spells, m[2]
	spell, terms := spells[len(spells)-1], a.Hire.Terms
	later := a.Later
	if m := spellPath.FindStringSubmatch(rest); m != nil {
		i, _ := strconv.Atoi(m[1])
		spell, terms, later, rest = spells[i], a.Earlier[i].Terms, a.Earlier[i].Later, m[2]
	}
	line := spell.hire
	if m := laterPath.FindStringSubmatch(rest); m != nil {
		i, _ := strconv.Atoi(m[1])
		line, terms, rest = spell.later[i], later[i].Terms, m[2]
	}
	rest = strings.TrimPrefix(rest, "hire.")
	switch {
	case rest == "last_day":
		rest = "from"
		if spell.leave > 0 {
			line = spell.leave
		}
	case rest == "start":
		rest = "from"
	case rest == "state", rest == "":
		rest = "step"
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "terms."), "person.")
	if m := partPath.FindStringSubmatch(rest); m != nil {
		i, _ := strconv.Atoi(m[2])
		switch m[1] {
		case "pay":
			rest = payPath + terms.Pay[i].Name
		case "answers":
			rest = answerPath + terms.Answers[i].Name
		case "identities":
			rest = identityPath + a.Hire.Person.Identities[i].Kind
		}
	}
	return fmt.Sprintf("lines[%d].%s", line, rest)
}
