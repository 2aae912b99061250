package neft

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Layout is the file of one bank, as its manual describes it. The zero value of each field is what most banks do.
type Layout struct {
	Columns []Column
	Header  bool   // the first row holds the titles of the columns
	Comma   rune   // between columns; zero: a comma
	Day     string // of the letters YYYY, MM and DD: "DD/MM/YYYY"; empty: "YYYY-MM-DD"
	// Modes is what the bank calls NEFT, RTGS and the rest: {"NEFT": "N", "RTGS": "R"}. Empty: by their own names.
	Modes map[string]string
	// Types is what the bank calls SB and CA: {"SB": "10", "CA": "11"}. Empty: by their own names.
	Types map[string]string
	// Plain forbids quotes: a field that would need one, because it holds the comma, a quote or a blank at its start, is a fault.
	Plain bool
	LF    bool // lines end with LF alone; CRLF otherwise
}

// Column is one column of a layout: a field of the payment, or a text that is the same in every row.
type Column struct {
	Title string
	Field Field  // empty: Text
	Text  string // for a column without a field, such as the number of the account that pays
	Most  int    // the most characters of the column; 0: no limit of its own
	Cut   bool   // a name or a narration that is longer is cut; otherwise that is a fault
}

// Field is what a column holds, by the names of the neutral file.
type Field string

// The fields of a payment.
const (
	Seq       Field = "seq"
	Employee  Field = "employee_id"
	Name      Field = "beneficiary_name"
	Account   Field = "account_number"
	IFSC      Field = "ifsc"
	Type      Field = "account_type"
	Amount    Field = "amount" // rupees with two decimals
	Currency  Field = "currency"
	Mode      Field = "mode"
	ValueDate Field = "value_date"
	Reference Field = "reference"
	Narration Field = "narration"
)

// needed are the fields without which money goes nowhere, or nobody can tell from the file what was paid.
var needed = []Field{Name, Account, IFSC, Amount}

var dayParts = regexp.MustCompile(`^(YYYY|MM|DD)([^A-Za-z0-9]?)(YYYY|MM|DD)([^A-Za-z0-9]?)(YYYY|MM|DD)$`)

// Validate returns [hr.FieldError]s with RuleColumn, all at once: a column that is unknown or there twice, one of name, account, IFSC and amount
// that is missing, a way of writing days that does not have each part once, a name that two modes or types share.
func (l Layout) Validate() error {
	var faults hr.Faults
	known := make([]Field, len(header))
	for i, name := range header {
		known[i] = Field(name)
	}
	seen := map[Field]bool{}
	for i, c := range l.Columns {
		at := fmt.Sprintf("columns[%d]", i)
		switch {
		case c.Field == "":
		case !slices.Contains(known, c.Field):
			faults.Add(at+".field", RuleColumn, "is none of %s", strings.Join(header, ", "))
		case seen[c.Field]:
			faults.Add(at+".field", RuleColumn, "is in the layout twice")
		}
		if c.Field != "" && c.Text != "" {
			faults.Add(at, RuleColumn, "must have a field or a text, not both")
		}
		if c.Cut && (c.Most <= 0 || c.Field != Name && c.Field != Narration) {
			faults.Add(at+".cut", RuleColumn, "is for a name or a narration with a limit: nothing else may be cut")
		}
		if c.Most < 0 {
			faults.Add(at+".most", RuleColumn, "must not be below zero")
		}
		seen[c.Field] = true
	}
	for _, f := range needed {
		if !seen[f] {
			faults.Add("columns", RuleColumn, "have no %s", f)
		}
	}
	if parts := dayParts.FindStringSubmatch(l.day()); parts == nil || parts[1] == parts[3] || parts[3] == parts[5] || parts[1] == parts[5] {
		faults.Add("day", RuleColumn, "must have YYYY, MM and DD once each")
	}
	if l.Comma != 0 && (l.Comma == '"' || l.Comma == '\r' || l.Comma == '\n' || l.Comma == utf8.RuneError) {
		faults.Add("comma", RuleColumn, "must be a character that can stand between columns")
	}
	for _, names := range []struct {
		at    string
		names map[string]string
		of    []string
	}{{"modes", l.Modes, []string{"NEFT", "RTGS", "NACH", "IFT"}}, {"types", l.Types, []string{"SB", "CA"}}} {
		back := map[string]bool{}
		for _, k := range names.of {
			if v := called(names.names, k); back[v] {
				faults.Add(names.at, RuleColumn, "call two things by one name")
			} else {
				back[v] = true
			}
		}
		for k := range names.names {
			if !slices.Contains(names.of, k) {
				faults.Add(names.at, RuleColumn, "may only rename %s", strings.Join(names.of, ", "))
			}
		}
	}
	return faults.Err()
}

func (l Layout) day() string {
	if l.Day == "" {
		return "YYYY-MM-DD"
	}
	return l.Day
}

func called(names map[string]string, k string) string {
	if v, ok := names[k]; ok {
		return v
	}
	return k
}

// Write writes the payments of b in the bank's columns; holds are not in the file. The rules of [Write] hold, whatever columns there
// are; a field that is too long for its column is a fault unless the column may cut it. Nothing is written of a batch with a fault.
func (l Layout) Write(w io.Writer, b payroll.PaymentBatch) (Totals, error) {
	var faults hr.Faults
	faults.Join("layout", l.Validate())
	rows, t := rowsOf(&faults, b)
	var records [][]string
	if l.Header {
		records = append(records, l.titles())
	}
	for i, row := range rows {
		record := make([]string, len(l.Columns))
		for c, column := range l.Columns {
			at := fmt.Sprintf("payments[%d].%s", i, column.name())
			cell := l.cell(column, row)
			if n := utf8.RuneCountInString(cell); column.Most > 0 && n > column.Most {
				if !column.Cut {
					faults.Add(at, RuleField, "has more than %d characters", column.Most)
				}
				cell = strings.TrimSpace(string([]rune(cell)[:column.Most]))
			}
			if l.Plain && quoted(cell, l.comma()) {
				faults.Add(at, RuleField, "holds what the bank cannot read without quotes")
			}
			record[c] = cell
		}
		records = append(records, record)
	}
	if faults.Any() {
		return Totals{}, fmt.Errorf("neft: write: %w", faults.Err())
	}
	out := csv.NewWriter(w)
	out.UseCRLF, out.Comma = !l.LF, l.comma()
	if err := out.WriteAll(records); err != nil {
		return Totals{}, fmt.Errorf("neft: write: %w", err)
	}
	return t, nil
}

func (l Layout) comma() rune {
	if l.Comma == 0 {
		return ','
	}
	return l.Comma
}

func (l Layout) titles() []string {
	out := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		out[i] = c.Title
	}
	return out
}

// name is how a fault calls a column.
func (c Column) name() string {
	if c.Field == "" {
		return c.Title
	}
	return string(c.Field)
}

func quoted(cell string, comma rune) bool {
	return strings.ContainsRune(cell, comma) || strings.ContainsAny(cell, "\"\r\n") || strings.HasPrefix(cell, " ")
}

func (l Layout) cell(c Column, r Row) string {
	switch c.Field {
	case Seq:
		return strconv.Itoa(r.Seq)
	case Employee:
		return string(r.Employee)
	case Name:
		return r.Name
	case Account:
		return r.Account.Reveal()
	case IFSC:
		return r.IFSC
	case Type:
		return called(l.Types, r.Type)
	case Amount:
		return r.Amount.AmountText()
	case Currency:
		return string(r.Amount.Currency)
	case Mode:
		return called(l.Modes, r.Mode)
	case ValueDate:
		return writeDay(l.day(), r.ValueDate)
	case Reference:
		return r.Reference
	case Narration:
		return r.Narration
	}
	return c.Text
}

func writeDay(layout string, d hr.Date) string {
	y, m, day := d.Parts()
	return strings.NewReplacer("YYYY", fmt.Sprintf("%04d", y), "MM", fmt.Sprintf("%02d", int(m)), "DD", fmt.Sprintf("%02d", day)).Replace(layout)
}
