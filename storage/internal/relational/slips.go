package relational

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Payslips of one plan have the same lines, so what a line is stands once, in a dictionary, and a payslip has a list of integers: each
// amount in units of the place of its line. A payslip with an amount that does not fit has its amounts as texts.

// plans is how many dictionaries are looked at before one is made anew: more than there are plans in most companies.
const plans = 16

// otherPlaces is the place to which lines that are not money are kept as integers.
const otherPlaces = 6

// dictionary says what the lines of payslips are.
type dictionary struct {
	id       string
	currency hr.Currency
	lines    []payroll.Line // without amounts
	places   []int32        // of each line
}

// covers says whether the lines of a payslip are those of d.
func (d *dictionary) covers(s *payroll.Payslip) bool {
	if d.currency != s.Currency || len(d.lines) != len(s.Lines) {
		return false
	}
	for i := range d.lines {
		if a, b := &d.lines[i], &s.Lines[i]; a.Name != b.Name || a.Title != b.Title || a.Kind != b.Kind || a.Unit != b.Unit {
			return false
		}
	}
	return true
}

func dictionaryOf(s payroll.Payslip) *dictionary {
	d := &dictionary{currency: s.Currency, lines: make([]payroll.Line, len(s.Lines))}
	for i, l := range s.Lines {
		l.Amount = decimal.Decimal{}
		d.lines[i] = l
		d.places = append(d.places, placesOf(l, s.Currency))
	}
	d.id = idOf(s.Currency, d.lines)
	return d
}

// idOf names a dictionary by what it says, so that one that was changed is found out.
func idOf(c hr.Currency, lines []payroll.Line) string {
	return hr.Digest("dictionary/1", struct {
		Currency hr.Currency
		Lines    []payroll.Line
	}{c, lines})
}

func placesOf(l payroll.Line, c hr.Currency) int32 {
	if l.Unit == "money" {
		return max(0, c.Places())
	}
	return otherPlaces
}

// units returns the amounts of a payslip as integers; ok is false where one does not fit.
func (d *dictionary) units(s *payroll.Payslip) (units []int64, ok bool) {
	units = make([]int64, len(s.Lines))
	for i := range s.Lines {
		if units[i], ok = unitsAt(s.Lines[i].Amount, d.places[i]); !ok {
			return nil, false
		}
	}
	return units, true
}

// unitsAt returns an amount in units of a place; ok is false if it has more places or is too large.
func unitsAt(d decimal.Decimal, places int32) (units int64, ok bool) {
	exponent := d.Exponent() + places
	if exponent >= 0 && d.NumDigits()+int(exponent) <= 18 { // most are, and an integer is quick
		units = d.CoefficientInt64()
		for range exponent {
			units *= 10
		}
		return units, true
	}
	u := d.Shift(places)
	if !u.IsInteger() || u.NumDigits() > 18 && u.Abs().GreaterThan(largest) {
		return 0, false
	}
	return u.IntPart(), true
}

// largest is the largest amount in units that is kept as an integer.
var largest = decimal.NewFromInt(math.MaxInt64)

var (
	// resultColumns are the columns of a result beside those of its payslip.
	resultColumns = []column{
		{name: "run", kind: Text},
		{name: "employee", kind: Text},
		{name: "failures", kind: Document},
		{name: "dictionary", kind: Text},
		{name: "units", kind: Integers},
		{name: "amounts", kind: nullDocument},
		{name: "digest", kind: Text},
	}
	// dictionaryColumns are those of a line of a dictionary.
	dictionaryColumns = []column{
		{name: "id", kind: Text},
		{name: "position", kind: Integer},
		{name: "name", kind: Text},
		{name: "title", kind: Text},
		{name: "kind", kind: Text},
		{name: "unit", kind: Text},
		{name: "places", kind: Integer},
		{name: "one", kind: Integer},
	}
)

// PutResults implements [payroll.Results].
func (db *DB) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	return db.write(ctx, func(c writer) error {
		of := make([]*dictionary, len(rs))
		var dicts []*dictionary
		for i := range rs {
			n := slices.IndexFunc(dicts, func(d *dictionary) bool { return d.covers(&rs[i].Slip) })
			if n < 0 {
				dict := dictionaryOf(rs[i].Slip)
				if err := db.putDictionary(ctx, c, dict); err != nil {
					return err
				}
				dicts = append([]*dictionary{dict}, dicts[:min(len(dicts), plans-1)]...)
				n = 0
			}
			of[i] = dicts[n]
		}
		var row []any
		to := target(resultTable, append(slices.Clone(resultColumns), db.slips.columns...), "run", "employee")
		_, err := c.Add(ctx, to, true, len(rs), func(i int) []any {
			r := &rs[i]
			var units, texts any
			if list, ok := of[i].units(&r.Slip); ok {
				units = list
			} else {
				amounts := make([]string, len(r.Slip.Lines))
				for k, l := range r.Slip.Lines {
					amounts[k] = l.Amount.String()
				}
				texts = encodeDocument(reflect.ValueOf(amounts))
			}
			row = append(row[:0], db.tenant, string(run), string(r.Employee), encodeDocument(reflect.ValueOf(r.Failures)), of[i].id, units, texts, r.Digest)
			row = db.slips.values(row, reflect.ValueOf(&r.Slip).Elem())
			return row
		})
		return err
	})
}

// putDictionary stores a dictionary that is not there yet. One that is there is all there: its lines were written together.
func (db *DB) putDictionary(ctx context.Context, c writer, dict *dictionary) error {
	there, err := ids[string](ctx, c, `SELECT "id" FROM `+quote(dictionaryTable)+` WHERE "tenant" = ? AND "id" = ? LIMIT 1`, db.tenant, dict.id)
	if err != nil || len(there) > 0 {
		return err
	}
	_, err = c.Add(ctx, target(dictionaryTable, dictionaryColumns, "id", "position"), false, len(dict.lines), func(i int) []any {
		l, places := dict.lines[i], dict.places[i]
		return []any{db.tenant, dict.id, int64(i), l.Name, l.Title, string(l.Kind), l.Unit, int64(places), decimal.New(1, places).IntPart()}
	})
	return err
}

// Result implements [payroll.Results].
func (db *DB) Result(ctx context.Context, run payroll.RunID, employee hr.EmployeeID) (r payroll.Result, err error) {
	err = db.read(ctx, func(c Conn) error {
		found, err := db.results(ctx, c, `"run" = ? AND "employee" = ?`, string(run), string(employee))
		if err == nil && len(found) == 0 {
			return storage.ErrNotFound
		}
		if err == nil {
			r = found[0]
		}
		return err
	})
	return r, err
}

// Results implements [payroll.Results].
func (db *DB) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.Result, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.results(ctx, c, `"run" = ? AND "employee" > ? ORDER BY "employee" LIMIT ?`, string(run), string(after), int64(max(0, limit)))
		return err
	})
	return out, err
}

// ResultHeads implements [payroll.ResultHeads].
func (db *DB) ResultHeads(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.ResultHead, err error) {
	q := `SELECT "employee", "known_own", "known_rules", "digest", CASE WHEN "failures" = '[]' THEN 0 ELSE 1 END FROM ` + quote(resultTable) +
		` WHERE "tenant" = ? AND "run" = ? AND "employee" > ? ORDER BY "employee" LIMIT ?`
	err = db.read(ctx, func(c Conn) error {
		return c.Query(ctx, q, []any{db.tenant, string(run), string(after), int64(max(0, limit))}, func(scan func(...any) error) error {
			var employee, digest string
			var own, rules, failed int64
			if err := scan(&employee, &own, &rules, &digest, &failed); err != nil {
				return at(resultTable, err, employee)
			}
			out = append(out, payroll.ResultHead{Employee: hr.EmployeeID(employee), Known: hr.Known{Own: hr.Seq(own), Rules: hr.Seq(rules)}, Digest: digest, Failed: failed == 1})
			return nil
		})
	})
	return out, err
}

func (db *DB) results(ctx context.Context, c Conn, where string, args ...any) (out []payroll.Result, err error) {
	type amounts struct {
		dictionary string
		units      []int64
		texts      []string
	}
	var stored []amounts
	q := db.slipsRead + where
	err = c.Query(ctx, q, append([]any{db.tenant}, args...), func(scan func(...any) error) error {
		var r payroll.Result
		var a amounts
		var employee string
		row := reflect.ValueOf(&r).Elem()
		dest := []any{
			&employee, &cell{row.FieldByName("Failures"), "failures", Document, 0},
			&a.dictionary, db.engine.Dialect().List(&a.units),
			texts{&a.texts},
			&r.Digest,
		}
		if err := scan(db.slips.cells(dest, row.FieldByName("Slip"))...); err != nil {
			return at(resultTable, err, employee)
		}
		r.Employee = hr.EmployeeID(employee)
		out, stored = append(out, r), append(stored, a)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var lines []payroll.Line
	for i, a := range stored {
		slip := &out[i].Slip
		if i == 0 || a.dictionary != stored[i-1].dictionary || slip.Currency != out[i-1].Slip.Currency {
			if lines, err = db.linesOf(ctx, c, slip.Currency, a.dictionary, len(a.units) > 0); err != nil {
				return nil, err
			}
		}
		if len(a.units)+len(a.texts) != len(lines) {
			return nil, at(resultTable, &storage.DamagedError{Column: "units"}, string(out[i].Employee))
		}
		if len(lines) > 0 {
			slip.Lines = make([]payroll.Line, 0, len(lines))
		}
		for k, l := range lines {
			if a.texts != nil {
				if l.Amount, err = decimal.NewFromString(a.texts[k]); err != nil {
					return nil, at(resultTable, &storage.DamagedError{Column: "amounts"}, string(out[i].Employee))
				}
			} else {
				l.Amount = decimal.New(a.units[k], -placesOf(l, slip.Currency))
			}
			slip.Lines = append(slip.Lines, l)
		}
	}
	return out, nil
}

// linesOf returns the lines that a dictionary names. What was read once and found right is kept: it is named by what it says, so it never says
// anything else, whosever it is.
func (db *DB) linesOf(ctx context.Context, c Conn, currency hr.Currency, id string, needed bool) ([]payroll.Line, error) {
	if known, ok := db.dictionaries.get(dictionaryKey{db.tenant, id, currency}); ok {
		return known, nil
	}
	lines, err := db.dictionary(ctx, c, id)
	if err != nil || len(lines) == 0 && !needed {
		return nil, err
	}
	if idOf(currency, lines) != id {
		return nil, at(dictionaryTable, &storage.DamagedError{}, id)
	}
	db.dictionaries.put(dictionaryKey{db.tenant, id, currency}, lines)
	return lines, nil
}

// dictionaryKey is what a dictionary that was read is kept under.
type dictionaryKey struct {
	tenant, id string
	currency   hr.Currency
}

// dictionaries keeps those that were read. There is one for each plan that pays, and more only where lines come and go.
type dictionaries struct {
	mu    sync.RWMutex
	lines map[dictionaryKey][]payroll.Line
}

// mostDictionaries is how many are kept; then all are forgotten.
const mostDictionaries = 1000

func (d *dictionaries) get(k dictionaryKey) ([]payroll.Line, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	lines, ok := d.lines[k]
	return lines, ok
}

func (d *dictionaries) put(k dictionaryKey, lines []payroll.Line) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lines == nil || len(d.lines) >= mostDictionaries {
		d.lines = map[dictionaryKey][]payroll.Line{}
	}
	d.lines[k] = lines
}

// texts reads a list of texts, or nothing.
type texts struct{ list *[]string }

// Scan implements sql.Scanner.
func (t texts) Scan(src any) error {
	if src == nil {
		return nil
	}
	text, err := textOf(src)
	if err != nil {
		return err
	}
	*t.list = []string{}
	return json.Unmarshal([]byte(text), t.list)
}

func (db *DB) dictionary(ctx context.Context, c Conn, id string) (lines []payroll.Line, err error) {
	err = c.Query(ctx, `SELECT "name", "title", "kind", "unit" FROM `+quote(dictionaryTable)+` WHERE "tenant" = ? AND "id" = ? ORDER BY "position"`, []any{db.tenant, id},
		func(scan func(...any) error) error {
			var l payroll.Line
			var kind string
			err := scan(&l.Name, &l.Title, &kind, &l.Unit)
			l.Kind = payroll.Kind(kind)
			lines = append(lines, l)
			return err
		})
	return lines, err
}
