package neft

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Read reads the bank's file back, so that what it pays can be compared with what was approved. A field that the layout does not have
// is empty in the rows, and for the rules that a row must keep it counts as right; what is there keeps all of them, as [Read] holds the neutral file
// to them. Texts that are the same in every row must be. All faults come at once, each with its line and without what stands in it.
func (l Layout) Read(r io.Reader) ([]Row, Totals, error) {
	var faults hr.Faults
	faults.Join("layout", l.Validate())
	if faults.Any() {
		return nil, Totals{}, fmt.Errorf("neft: read: %w", faults.Err())
	}
	in := csv.NewReader(r)
	in.Comma, in.FieldsPerRecord = l.comma(), len(l.Columns)
	var rows []Row
	var t Totals
	seen := newOnce()
	first := l.Header
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			if first {
				faults.Add("line 1", RuleLayout, "the header is missing")
			}
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			faults.Add(fmt.Sprintf("line %d", broken.Line), RuleLayout, "is not a row of %d columns", len(l.Columns))
			if !errors.Is(err, csv.ErrFieldCount) {
				break
			}
			continue
		}
		if err != nil {
			return nil, Totals{}, fmt.Errorf("neft: read: %w", err)
		}
		line, _ := in.FieldPos(0)
		at := fmt.Sprintf("line %d", line)
		if first {
			first = false
			if !slices.Equal(record, l.titles()) {
				faults.Add(at, RuleLayout, "the header must be %s", strings.Join(l.titles(), string(l.comma())))
				break
			}
			continue
		}
		row, err := l.parse(record, len(rows)+1)
		faults.Join(at, err)
		l.once(seen, &faults, at, row)
		rows = append(rows, row)
		t.Payments++
		t.Amount = t.Amount.Add(row.Amount.Amount)
	}
	if faults.Any() {
		return nil, Totals{}, fmt.Errorf("neft: read: %w", faults.Err())
	}
	return rows, t, nil
}

// parse fills what the layout does not have with what is right, checks the row as any other, and takes the filling out again.
func (l Layout) parse(record []string, seq int) (Row, error) {
	var faults hr.Faults
	row := Row{Amount: hr.Money{Currency: "INR"}}
	amount := decimal.Zero
	has := map[Field]bool{}
	for i, c := range l.Columns {
		cell := record[i]
		has[c.Field] = true
		if c.Most > 0 && len([]rune(cell)) > c.Most {
			faults.Add(c.name(), RuleField, "has more than %d characters", c.Most)
		}
		var err error
		switch c.Field {
		case "":
			if cell != c.Text {
				faults.Add(c.name(), RuleField, "must be the same in every row")
			}
		case Seq:
			if row.Seq, err = strconv.Atoi(cell); err != nil || row.Seq != seq || strconv.Itoa(seq) != cell {
				faults.Add("seq", RuleSequence, "must rise by one from 1")
			}
		case Employee:
			row.Employee = hr.EmployeeID(cell)
		case Name:
			row.Name = cell
		case Account:
			row.Account = hr.NewSecret(cell)
		case IFSC:
			row.IFSC = cell
		case Type:
			row.Type = caller(l.Types, cell, "SB", "CA")
		case Amount:
			if amount, err = hr.ParseDecimal(cell); err != nil || amount.StringFixed(2) != cell {
				faults.Add("amount", RuleAmount, "must be written with two decimals and no zero in front")
			}
		case Currency:
			row.Amount.Currency = hr.Currency(cell)
		case Mode:
			row.Mode = caller(l.Modes, cell, "NEFT", "RTGS", "NACH", "IFT")
		case ValueDate:
			if row.ValueDate, err = parseDay(l.day(), cell); err != nil {
				faults.Add("value_date", RuleField, "must be a day written %s", l.day())
			}
		case Reference:
			row.Reference = cell
		case Narration:
			row.Narration = cell
		}
	}
	row.Amount.Amount = amount
	if faults.Any() {
		return row, faults.Err()
	}
	filled := row
	for field, fill := range map[Field]func(){
		Employee:  func() { filled.Employee = "-" },
		Type:      func() { filled.Type = "SB" },
		Mode:      func() { filled.Mode = modeOf(amount) },
		ValueDate: func() { filled.ValueDate = hr.MustDate("2000-01-01") },
		Reference: func() { filled.Reference = "-" },
	} {
		if !has[field] {
			fill()
		}
	}
	return row, filled.check()
}

// once leaves out the reference where the layout has none.
func (l Layout) once(seen once, faults *hr.Faults, at string, row Row) {
	if !slices.ContainsFunc(l.Columns, func(c Column) bool { return c.Field == Reference }) {
		row.Reference = at
	}
	seen.check(faults, at, row)
}

// caller finds what the bank calls by this name; a name of nothing comes back as it is, for check to refuse.
func caller(names map[string]string, cell string, of ...string) string {
	for _, k := range of {
		if called(names, k) == cell {
			return k
		}
	}
	return "unknown"
}

func parseDay(layout, cell string) (hr.Date, error) {
	part := func(name string) string {
		at := strings.Index(layout, name)
		return cell[at : at+len(name)]
	}
	if len(cell) != len(layout) {
		return hr.Date{}, &hr.FieldError{Rule: RuleField}
	}
	d, err := hr.ParseDate(part("YYYY") + "-" + part("MM") + "-" + part("DD"))
	if err == nil && writeDay(layout, d) != cell {
		err = &hr.FieldError{Rule: RuleField}
	}
	return d, err
}
