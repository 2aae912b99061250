package formula

import (
	"math"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// intValues is what the integer form reads of the law on one day: uniforms and the rows of tables.
type intValues struct {
	values  []int64 // by register, up to the last uniform
	failing []bool  // by register: there is no value, or none that fits
	slow    bool    // a value that is needed in any case is failing: nobody can be calculated in integers
	lookups []intTable
}

// intTable is what one lookup finds, by number of the text; 0 where the table is not by text.
type intTable struct{ texts []intRows }

// intRows are the rows for one text; none where there is no value, or one that does not fit.
type intRows []intRow

// intRow holds up to and with its limit; the last one above all.
type intRow struct {
	limit int64 // at the places of the key; with a denominator its multiple is the limit
	short int64 // 1 where the limit itself is not in the row
	above bool
	upto  int64 // without a denominator, the last key in the row
	value int64
	low   int64 // of slabs: where the slice begins, and what there is below it
	base  int64
}

// epochs lists, in order, the days on which anything that the program reads changes.
func (p *Program) epochs() []hr.Date {
	var days []hr.Date
	for _, x := range p.params {
		for _, s := range x.Steps {
			days = append(days, s.Since)
		}
	}
	for _, t := range p.tables {
		for _, s := range t.Steps {
			days = append(days, s.Since)
		}
	}
	slices.SortFunc(days, hr.Date.Compare)
	return slices.Compact(days)
}

// epoch returns how many changes there have been up to and with d: two days of one epoch have the same law.
func (p *Program) epoch(d hr.Date) int {
	return sort.Search(len(p.changes), func(i int) bool { return p.changes[i].After(d) })
}

type epochPair struct{ day, pay int }

// intsAt returns the values at the end of a period or piece that is paid on pay.
func (p *Program) intsAt(day, pay hr.Date) *intValues {
	key := epochPair{day: p.epoch(day)}
	if p.needPayDate {
		key.pay = p.epoch(pay)
	}
	if v, ok := p.intsBound.Load(key); ok {
		return v.(*intValues)
	}
	now := p.at(day)
	later := now
	if p.needPayDate {
		later = p.at(pay)
	}
	v, _ := p.intsBound.LoadOrStore(key, p.bindInts(now, later))
	return v.(*intValues)
}

func (p *Program) bindInts(now, pay *binding) *intValues {
	f := p.ints
	v := &intValues{values: make([]int64, len(f.uniforms)+1), failing: make([]bool, len(f.uniforms)+1)}
	for i, u := range f.uniforms {
		var ok bool
		if u.param >= 0 {
			b := now
			if p.params[u.param].Basis == hr.ByPayDate {
				b = pay
			}
			x := b.params[u.param]
			v.values[i+1], ok = unitsOf(x.value, u.places)
			ok = ok && x.err == nil
		} else {
			v.values[i+1], ok = f.units(p.consts[u.constant], u.places)
		}
		v.failing[i+1] = !ok
		v.slow = v.slow || !ok && !f.carries[i+1]
	}
	for _, x := range f.lookups {
		b := now
		if p.tables[x.table].Basis == hr.ByPayDate {
			b = pay
		}
		t := intTable{texts: make([]intRows, 1)}
		if p.tables[x.table].ByText {
			t.texts = make([]intRows, len(f.texts)+1)
		}
		for text, rows := range b.tables[x.table].rows {
			if rows.err == nil {
				t.texts[f.texts[text]] = x.rows(rows.rows)
			}
		}
		v.lookups = append(v.lookups, t)
	}
	return v
}

// units writes a value as an integer; a text that no formula names is 0.
func (f *integers) units(v Value, places int) (int64, bool) {
	switch v.kind {
	case numeric:
		return unitsOf(v.num, places)
	case dated:
		return int64(v.day.Since(always)), true
	case flagged:
		return int64(btoi(v.yes)), true
	case worded:
		id, ok := f.texts[v.text]
		return id, ok || !f.blind
	}
	return 0, false
}

// rows writes rows in integers; none where one does not fit.
func (x lookup) rows(list []hr.TableRow) intRows {
	out := make(intRows, len(list))
	low, base := int64(0), decimal.Zero
	for i, r := range list {
		row := intRow{above: r.Bound == hr.Above, upto: math.MaxInt64, low: low}
		var ok bool
		if row.value, ok = unitsOf(r.Value, x.values); !ok {
			return nil
		}
		if row.base, ok = unitsOf(base, 0); !ok {
			return nil
		}
		if !row.above {
			if row.limit, ok = unitsOf(r.Limit, x.limits); !ok {
				return nil
			}
			if row.limit, ok = mulInt(row.limit, x.limitUp); !ok {
				return nil
			}
			if r.Bound == hr.Below {
				row.short = 1
			}
			if row.upto, ok = subInt(row.limit, row.short); !ok {
				return nil
			}
			high := max(low, row.limit)
			slice := decimal.NewFromInt(high).Sub(decimal.NewFromInt(low))
			base, low = base.Add(slice.Mul(decimal.NewFromInt(row.value))), high
		}
		out[i] = row
	}
	return out
}

// find returns the row that a key without a denominator falls in; there is one above all.
func (rows intRows) find(key int64) *intRow {
	i := 0
	for key > rows[i].upto {
		i++
	}
	return &rows[i]
}

// band returns the row's value that key/den falls in; a den of 0 is none.
func (x *lookup) band(rows intRows, key, den int64) (value int64, ok bool) {
	if rows == nil {
		return 0, false
	}
	if x.keyUp != 1 {
		if key, ok = mulInt(key, x.keyUp); !ok {
			return 0, false
		}
	}
	if den == 0 {
		return rows.find(key).value, true
	}
	for i := range rows {
		r := &rows[i]
		if r.above {
			return r.value, true
		}
		limit, ok := mulInt(r.limit, den)
		if !ok {
			return 0, false
		}
		if key < limit || key == limit && r.short == 0 {
			return r.value, true
		}
	}
	return 0, false
}

// slab returns the sum over the slices of key/den, times den.
func (x *lookup) slab(rows intRows, key, den int64) (sum int64, ok bool) {
	if rows == nil {
		return 0, false
	}
	if x.keyUp != 1 {
		if key, ok = mulInt(key, x.keyUp); !ok {
			return 0, false
		}
	}
	if key <= 0 {
		return 0, true
	}
	if den == 0 {
		r := rows.find(key)
		part, ok := mulInt(key-r.low, r.value) // the key is above zero, and so is low
		if !ok {
			return 0, false
		}
		return addInt(part, r.base)
	}
	low := int64(0)
	for i := range rows {
		r, high := &rows[i], key
		if !r.above {
			limit, fits := mulInt(r.limit, den)
			if !fits {
				return 0, false
			}
			high = min(high, limit)
		}
		high = max(high, low)
		part, fits := mulInt(high-low, r.value)
		if !fits {
			return 0, false
		}
		if sum, ok = addInt(sum, part); !ok {
			return 0, false
		}
		low = high
	}
	return sum, true
}
