package company

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// reader gathers the faults of all files while they are read.
type reader struct {
	fsys    fs.FS
	faults  Faults
	country Country         // where the company pays
	broken  map[string]bool // files of which a part was not read: what seems to be missing there may well be in it
}

// sheet is one CSV file: a header and rows.
type sheet struct {
	r       *reader
	file    string
	columns []string // as the file has them
	rows    []row
}

// row is one line of a sheet. Its methods read a cell, and report what is wrong with it to the reader.
type row struct {
	s     *sheet
	line  int
	cells map[string]string
}

// sheet reads a CSV file: lines ending in LF, CRLF or CR, with or without a byte order mark. A row without a word in it, as spreadsheets
// leave them at the end, says nothing. All of want must be among its columns; more of them only where open is set.
func (r *reader) sheet(file string, open bool, want ...string) *sheet {
	s := &sheet{r: r, file: file}
	text, err := readText(r.fsys, file)
	switch head, _, _ := strings.Cut(strings.TrimSpace(text), "\n"); {
	case errors.Is(err, fs.ErrNotExist):
		s.refuse("is missing; a file with nothing to say needs at least its header: %s", strings.Join(want, ","))
		return s
	case err != nil:
		s.refuse("%v", err)
		return s
	case head == "":
		s.refuse("is empty; a file with nothing to say needs at least its header: %s", strings.Join(want, ","))
		return s
	case !strings.Contains(head, ",") && strings.ContainsAny(head, ";\t"):
		s.refuse("has no commas in its header; save it with commas between the cells")
		return s
	}
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			r.broken[file] = true
			r.faults.add(file, parse.Line, "", RuleFile, `is not CSV from here on: %v. A cell with a comma or a " stands in quotes, and a " in it is doubled`, parse.Err)
			break
		}
		line, _ := in.FieldPos(0)
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
			if !utf8.ValidString(record[i]) {
				r.faults.add(file, line, "", RuleFile, "is not UTF-8; save the file as CSV UTF-8")
				record[i] = ""
			}
		}
		switch {
		case s.columns == nil && !slices.ContainsFunc(record, func(c string) bool { return slices.Contains(want, c) }):
			s.refuse("does not begin with its header, which has %s", strings.Join(want, ", ")) // nothing of it is repeated: it may be a row
			return s
		case s.columns == nil:
			s.header(record, open, want)
		case strings.Join(record, "") == "":
		case len(record) != len(s.columns):
			r.broken[file] = true
			r.faults.add(file, line, "", RuleFile, "has %d cells, and the header has %d", len(record), len(s.columns))
		default:
			cells := make(map[string]string, len(record))
			for i, c := range s.columns {
				cells[c] = record[i]
			}
			s.rows = append(s.rows, row{s: s, line: line, cells: cells})
		}
	}
	return s
}

// readText reads a file that people write: without its byte order mark, and with LF at the end of a line.
func readText(fsys fs.FS, file string) (string, error) {
	raw, err := fs.ReadFile(fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", err
	case err != nil:
		return "", errors.New("cannot be read")
	case bytes.IndexByte(raw, 0) >= 0:
		return "", errors.New("is not UTF-8; save the file as CSV UTF-8")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(raw), "\ufeff")), nil
}

// refuse reports a file of which nothing was read.
func (s *sheet) refuse(reason string, args ...any) {
	s.r.broken[s.file] = true
	s.r.faults.add(s.file, 0, "", RuleFile, reason, args...)
}

func (s *sheet) header(columns []string, open bool, want []string) {
	s.columns = append([]string{}, columns...)
	for i, c := range columns {
		switch {
		case slices.Contains(columns[:i], c):
			s.r.faults.add(s.file, 1, c, RuleColumn, "is there twice")
		case c == "":
			s.r.faults.add(s.file, 1, c, RuleColumn, "column %d has no name", i+1)
		case !open && !slices.Contains(want, c):
			s.r.faults.add(s.file, 1, c, RuleColumn, "is not a column of this file; it has %s", strings.Join(want, ", "))
		}
	}
	for i, c := range want { // the first two say what a row is about
		if !slices.Contains(columns, c) {
			s.r.broken[s.file] = s.r.broken[s.file] || i < 2
			s.r.faults.add(s.file, 1, c, RuleColumn, "is missing")
		}
	}
}

// more returns the columns beside the named ones, sorted.
func (s *sheet) more(named ...string) []string {
	var out []string
	for _, c := range s.columns {
		if c != "" && !slices.Contains(named, c) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// has reports whether the file has the column; a cell of a missing column is no fault of its own.
func (w row) has(column string) bool { _, ok := w.cells[column]; return ok }

// place says where the row stands, for errors that come later.
func (w row) place() string { return fmt.Sprintf("%s line %d", w.s.file, w.line) }

func (w row) fault(column string, rule hr.Rule, reason string, args ...any) {
	w.s.r.faults.add(w.s.file, w.line, column, rule, reason, args...)
}

func (w row) join(column string, err error) { w.s.r.faults.join(w.s.file, w.line, column, err) }

func (w row) optional(column string) string { return w.cells[column] }

// text reads a cell that must not be empty.
func (w row) text(column string) string {
	v := w.cells[column]
	if v == "" && w.has(column) {
		w.fault(column, hr.RuleRequired, "must not be empty")
	}
	return v
}

// name reads an id: something that is also part of a file name.
func (w row) name(column string) string {
	v := w.text(column)
	if strings.ContainsFunc(v, func(c rune) bool {
		return c > '~' || !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_')
	}) {
		w.fault(column, RuleValue, "must be letters, digits, - and _ only")
	}
	return v
}

// choice reads one of several words.
func (w row) choice(column string, words ...string) string {
	v := w.cells[column]
	if !slices.Contains(words, v) && w.has(column) {
		shown := slices.Clone(words)
		if at := slices.Index(shown, ""); at >= 0 {
			shown[at] = "empty"
		}
		last := len(shown) - 1
		w.fault(column, RuleValue, "must be %s or %s", strings.Join(shown[:last], ", "), shown[last])
	}
	return v
}

// date reads a day; an empty cell is no date, and a fault unless optional.
func (w row) date(column string, optional bool) hr.Date {
	v := w.cells[column]
	if v == "" {
		if !optional {
			w.text(column)
		}
		return hr.Date{}
	}
	d, err := hr.ParseDate(v)
	w.join(column, err)
	return d
}

// amount reads a decimal that is not below zero; an empty cell is zero. No fault repeats it.
func (w row) amount(column string) decimal.Decimal {
	v := w.cells[column]
	if v == "" {
		return decimal.Decimal{}
	}
	d, err := hr.ParseDecimal(v)
	switch {
	case err != nil:
		w.fault(column, RuleValue, "must be a plain decimal such as 1250.50")
	case d.Sign() < 0:
		w.fault(column, RuleNegative, "must not be below zero")
	}
	return d
}

// payable reports an amount that nobody can pay: one with a part of the currency's smallest unit.
func (w row) payable(column string, amount decimal.Decimal, c hr.Currency) {
	if c.Valid() && !amount.Equal(amount.Truncate(c.Places())) {
		w.fault(column, hr.RuleMoneyPlaces, "must not have more than %d places", c.Places())
	}
}

// number reads a whole number that is not below zero; an empty cell is zero.
func (w row) number(column string) int {
	v := w.cells[column]
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' || n > 1<<20 {
			w.fault(column, RuleValue, "must be a whole number")
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// timeOfDay reads "22:00"; an empty cell is midnight.
func (w row) timeOfDay(column string) hr.TimeOfDay {
	if w.cells[column] == "" {
		return hr.TimeOfDay{}
	}
	t, err := hr.ParseTimeOfDay(w.cells[column])
	w.join(column, err)
	return t
}

// instant reads "2026-10-05 09:28:41" on the clock of a zone. A day that no calendar has is a fault of its own.
func (w row) instant(column string, zone *time.Location) time.Time {
	v := w.text(column)
	if v == "" {
		return time.Time{}
	}
	day, clock, ok := strings.Cut(v, " ")
	d, err := hr.ParseDate(day)
	if ok && err != nil {
		w.join(column, err)
		return time.Time{}
	}
	t, err := hr.ParseTimeOfDay(clock)
	if !ok || err != nil {
		w.fault(column, RuleValue, "must be a day and a time written YYYY-MM-DD HH:MM:SS")
		return time.Time{}
	}
	return d.At(t, zone)
}

// once reports a second row about the same thing, and whether this is the first.
func (w row) once(seen map[string]int, column, key, what string) bool {
	if before, twice := seen[key]; twice {
		w.fault(column, RuleDuplicate, "%s is already in line %d", what, before)
		return false
	}
	seen[key] = w.line
	return true
}

// settings reads a file of name,value rows as one row whose columns are the names, each with the line it stands in.
func (r *reader) settings(file string, names ...string) map[string]row {
	s, out := r.named(file)
	r.settled(s, out, names...)
	return out
}

// named reads the rows of a file of settings by name, whatever names it has.
func (r *reader) named(file string) (*sheet, map[string]row) {
	s := r.sheet(file, false, "setting", "value")
	out := map[string]row{}
	seen := map[string]int{}
	for _, w := range s.rows {
		if name := w.text("setting"); name != "" && w.once(seen, "setting", name, "the setting") {
			out[name] = w
		}
	}
	return s, out
}

// settled reports settings that are not among the names, and names without a setting.
func (r *reader) settled(s *sheet, out map[string]row, names ...string) {
	for _, w := range s.rows {
		if name := w.optional("setting"); name != "" && out[name].line == w.line && !slices.Contains(names, name) {
			w.fault("setting", RuleUnknown, "is not a setting of this file; it has %s", strings.Join(names, ", "))
		}
	}
	for _, name := range names {
		if _, ok := out[name]; !ok {
			if !r.broken[s.file] {
				r.faults.add(s.file, 0, "", hr.RuleRequired, "the setting %s is missing", name)
			}
			out[name] = row{s: s, cells: map[string]string{}}
		}
	}
}
