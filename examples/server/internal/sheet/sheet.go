// Package sheet writes tables for spreadsheets, as CSV and as xlsx, and reads CSV that people send. A cell that a spreadsheet would take for a
// formula is written as a text, and is refused where it comes in.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/musterhr/hr"
)

// Rules of CSV that is sent.
const (
	RuleCSV     hr.Rule = "server.csv"         // it is not CSV, or a row does not fit the header
	RuleColumn  hr.Rule = "server.csv.column"  // a column is missing, unknown, or there twice
	RuleFormula hr.Rule = "server.csv.formula" // a cell that a spreadsheet would run
	RuleRows    hr.Rule = "server.csv.rows"    // no row, or too many
)

// MaxRows is how many rows a file may have.
const MaxRows = 100_000

// Table is a header and rows.
type Table struct {
	Head []string
	Rows [][]Cell
}

// Cell is a text or a number.
type Cell struct {
	Text   string
	Number decimal.Decimal
	Places int32 // of the number; -1: it is a text
}

// Text is a cell that is shown as it is, whatever it looks like.
func Text[T ~string](s T) Cell { return Cell{Text: string(s), Places: -1} }

// Amount is a number with so many places.
func Amount(d decimal.Decimal, places int32) Cell { return Cell{Number: d, Places: places} }

// WriteCSV writes the table as CSV, in UTF-8.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(harmless(t.Head)) // an error stays, and Error returns it
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = c.Text
			if c.Places >= 0 {
				cells[i] = c.Number.StringFixed(c.Places) // a number may begin with a minus
			} else {
				cells[i] = Harmless(c.Text)
			}
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

func harmless(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = Harmless(s)
	}
	return out
}

// Harmless puts an apostrophe before a text that a spreadsheet would take for a formula, as https://owasp.org/www-community/attacks/CSV_Injection
// says: one that begins with = + - @, a tab or a line break, also behind spaces or a quote.
func Harmless(s string) string {
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	if bare := strings.TrimLeft(s, " \u00a0\"'"); bare != "" && strings.ContainsAny(bare[:1], "=+-@") || strings.HasPrefix(bare, "＝") || strings.HasPrefix(bare, "＋") || strings.HasPrefix(bare, "－") || strings.HasPrefix(bare, "＠") {
		return "'" + s
	}
	return s
}

// WriteXLSX writes the table as a workbook with one sheet. Texts are texts there, never formulas; numbers are numbers, to the 15 digits that a
// spreadsheet has.
func (t Table) WriteXLSX(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	styles := map[int32]int{}
	style := func(places int32) (int, error) {
		if id, ok := styles[places]; ok {
			return id, nil
		}
		format := "0"
		if places > 0 {
			format += "." + strings.Repeat("0", int(places))
		}
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		styles[places] = id
		return id, err
	}
	head := make([]any, len(t.Head))
	for i, h := range t.Head {
		head[i] = h
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for n, row := range t.Rows {
		cells := make([]any, len(row))
		for i, c := range row {
			cells[i] = c.Text // excelize writes a string as an inline text
			if c.Places >= 0 {
				id, err := style(c.Places)
				if err != nil {
					return err
				}
				cells[i] = excelize.Cell{StyleID: id, Value: c.Number.InexactFloat64()}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, n+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

// Row is a line of a CSV file, by column.
type Row struct {
	Line  int
	Cells map[string]string
}

// Read reads CSV with a header. All faults come together, as [hr.FieldError]s under lines[n].COLUMN, n being the line of the file; what was
// in a cell is in no message. A column that is in neither list is a fault; open lets it pass.
func Read(raw []byte, open bool, need []string, may ...string) (rows []Row, err error) {
	var faults hr.Faults
	text := bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return nil, &hr.FieldError{Rule: RuleCSV, Reason: "is not UTF-8; save the file as CSV UTF-8"}
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	var head []string
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			faults.Add(fmt.Sprintf("lines[%d]", parse.Line), RuleCSV, `is not CSV from here on: a cell with a comma or a " stands in quotes, and a " in it is doubled`)
			break
		}
		line, _ := in.FieldPos(0)
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		switch {
		case head == nil:
			head = record
			columns(&faults, head, open, need, may)
		case strings.Join(record, "") == "":
		case len(record) != len(head):
			faults.Add(fmt.Sprintf("lines[%d]", line), RuleCSV, "has %d cells, and the header has %d", len(record), len(head))
		case len(rows) >= MaxRows:
			faults.Add("", RuleRows, "has more than %d rows; send it in parts", MaxRows)
			return nil, faults.Err()
		default:
			row := Row{Line: line, Cells: map[string]string{}}
			for i, c := range head {
				row.Cells[c] = record[i]
				if formula(record[i]) {
					faults.Add(fmt.Sprintf("lines[%d].%s", line, c), RuleFormula, "begins like a formula; take the = or @ away")
				}
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 && !faults.Any() {
		faults.Add("", RuleRows, "has no row; the first line names the columns, and each other line is a row")
	}
	return rows, faults.Err()
}

// formula reports whether a cell would run: telephone numbers begin with +, and amounts with -.
func formula(cell string) bool {
	bare := strings.TrimLeft(cell, " '\"")
	return strings.HasPrefix(bare, "=") || strings.HasPrefix(bare, "@")
}

func columns(faults *hr.Faults, head []string, open bool, need, may []string) {
	seen := map[string]bool{}
	for _, c := range head {
		if seen[c] {
			faults.Add("columns", RuleColumn, "%q is there twice", c)
		}
		seen[c] = true
		known := open
		for _, k := range append(append([]string{}, need...), may...) {
			known = known || k == c
		}
		if !known {
			faults.Add("columns", RuleColumn, "one is not known; there are %s", strings.Join(append(append([]string{}, need...), may...), ", "))
		}
	}
	for _, c := range need {
		if !seen[c] {
			faults.Add("columns", RuleColumn, "%s is missing", c)
		}
	}
}
