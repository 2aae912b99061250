package relational

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// The lines of postings are kept like those of payslips: which lines they are stands once for each set of names, and a posting has a list of
// integers, in units of the finest place that one of its amounts needs.

func newPostings() *facts[payroll.Posting] {
	t := newFacts[payroll.Posting]("hr_posting", false, "Lines")
	t.more = &postedLines{}
	return t
}

// finest is the finest place to which posted amounts are kept as integers.
const finest = 9

// postedLines keeps the lines of a posting.
type postedLines struct {
	last  atomic.Pointer[namedLines]
	ids   sync.Map // the id of a list of names, so that it is not digested for every posting
	lists sync.Map // the list of names that a text is, likewise
}

// namedLines are the names of the lines of a posting, and the id of that list.
type namedLines struct {
	id    string
	names []string
}

func (*postedLines) columns() []column {
	return []column{{name: "lines", kind: Text}, {name: "places", kind: Integer}, {name: "units", kind: Integers}, {name: "amounts", kind: nullDocument}}
}

func (*postedLines) selected() string {
	return `f."lines", (SELECT n."names" FROM ` + quote(namesTable) + ` AS n WHERE n."tenant" = f."tenant" AND n."id" = f."lines"), f."places", f."units", f."amounts"`
}

func (p *postedLines) values(dst []any, v *payroll.Posting) []any {
	id := p.idOf(v.Lines)
	var places int32
	for i := range v.Lines {
		places = max(places, -v.Lines[i].Amount.Exponent())
	}
	places = min(places, finest)
	units := make([]int64, len(v.Lines))
	for i := range v.Lines {
		var ok bool
		if units[i], ok = unitsAt(v.Lines[i].Amount, places); !ok {
			texts := make([]string, len(v.Lines))
			for k, l := range v.Lines {
				texts[k] = l.Amount.String()
			}
			return append(dst, id, int64(0), nil, encodeDocument(reflect.ValueOf(texts)))
		}
	}
	return append(dst, id, int64(places), units, nil)
}

func (p *postedLines) cells(dst []any, d Dialect, v *payroll.Posting) (dest []any, done func() error) {
	var id, names string
	var places int64
	var units []int64
	var amounts []string
	return append(dst, &id, text{&names}, &places, d.List(&units), texts{&amounts}), func() error {
		list, err := p.listIn(id, names)
		if err != nil {
			return err
		}
		if len(list) != len(units)+len(amounts) {
			return &storage.DamagedError{Column: "units"}
		}
		for i, name := range list {
			line := payroll.Amount{Name: name}
			if amounts == nil {
				line.Amount = decimal.New(units[i], -int32(places)) //nolint:gosec // at most finest
			} else if line.Amount, err = decimal.NewFromString(amounts[i]); err != nil {
				return &storage.DamagedError{Column: "amounts"}
			}
			v.Lines = append(v.Lines, line)
		}
		return nil
	}
}

// text reads a text in whatever form the driver has it, and null as an empty one.
type text struct{ s *string }

// Scan implements sql.Scanner.
func (t text) Scan(src any) (err error) {
	if src != nil {
		*t.s, err = textOf(src)
	}
	return err
}

// idOf returns the id of the names of lines. Most postings have those of the one before.
func (p *postedLines) idOf(lines []payroll.Amount) string {
	last := p.last.Load()
	if last != nil && slices.EqualFunc(last.names, lines, func(name string, l payroll.Amount) bool { return name == l.Name }) {
		return last.id
	}
	id := p.find(lines)
	p.last.Store(&namedLines{id, namesOf(lines)})
	return id
}

func (p *postedLines) find(lines []payroll.Amount) string {
	joined := make([]byte, 0, 16*len(lines))
	for i := range lines {
		joined = append(append(joined, lines[i].Name...), 0)
	}
	if id, known := p.ids.Load(string(joined)); known {
		return id.(string)
	}
	id := namesID(namesOf(lines))
	p.ids.Store(string(joined), id)
	return id
}

func namesOf(lines []payroll.Amount) []string {
	names := make([]string, len(lines))
	for i := range lines {
		names[i] = lines[i].Name
	}
	return names
}

// listIn returns the list of names that a document is, which must be that of its id.
func (p *postedLines) listIn(id, document string) ([]string, error) {
	if known, ok := p.lists.Load(document); ok && known.(*namedLines).id == id {
		return known.(*namedLines).names, nil
	}
	var list []string
	if err := json.Unmarshal([]byte(document), &list); err != nil || namesID(list) != id {
		return nil, at(namesTable, &storage.DamagedError{}, id)
	}
	p.lists.Store(document, &namedLines{id, list})
	return list, nil
}

func namesID(names []string) string { return hr.Digest("names/1", names) }

// namesColumns are those of a list of names.
var namesColumns = []column{{name: "id", kind: Text}, {name: "names", kind: Document}}

// putNames stores the lists of names that are not there yet.
func (db *DB) putNames(ctx context.Context, c writer, entries []hr.Entry[payroll.Posting]) error {
	kept := db.postings.more.(*postedLines)
	given := map[string][]payroll.Amount{}
	var order []string
	for i := range entries {
		lines := entries[i].Value.Lines
		id := kept.idOf(lines)
		if _, known := given[id]; !known {
			given[id] = lines
			order = append(order, id)
		}
	}
	there, err := ids[string](ctx, c, `SELECT "id" FROM `+quote(namesTable)+` WHERE "tenant" = ? AND "id" IN (`+list(len(order))+`)`, append([]any{db.tenant}, anyOf(order)...)...)
	if err != nil {
		return err
	}
	order = slices.DeleteFunc(order, func(id string) bool { return slices.Contains(there, id) })
	_, err = c.Add(ctx, target(namesTable, namesColumns, "id"), false, len(order), func(i int) []any {
		return []any{db.tenant, order[i], encodeDocument(reflect.ValueOf(namesOf(given[order[i]])))}
	})
	return err
}
