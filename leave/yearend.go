package leave

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// YearEnd returns the entries that are missing for the leave years of a type that have ended by day through, and for an employment
// that has: what is left of each lot that could be used on the last day is carried to a new lot of the next year ([CarryOver]), paid
// ([Encashment]), or lapses. They count from the day after, so the balance of the last day still shows it all.
//
// What was posted is compared with what today's knowledge gives, and the answer is the difference: after leave of the old year that
// came late, what is carried is less, and the entries say by how much; what an ending did that is none any more, such as the year ends
// after a last day that was put back, is taken back. A second call posts nothing. Lots are carried in the order in which they are used
// up; a carried lot is named after the lot it is left of. Employed periods must begin with the day of joining.
func YearEnd(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, through hr.Date) ([]Entry, error) {
	if err := required(through); err != nil {
		return nil, err
	}
	return yearEnd(t, heldOf(policies), spells(employed), entries, through)
}

func yearEnd(t TypeID, held held, spells []hr.Period, entries []Entry, through hr.Date) ([]Entry, error) {
	c := closerOf(t, entries)
	if err := c.reopen(held, spells); err != nil {
		return nil, err
	}
	for _, end := range endings(held, spells, c.first(), through) {
		if err := c.close(end); err != nil {
			return nil, err
		}
	}
	return c.missing, nil
}

// reopened returns what takes back the endings on record that are none any more, so that a credit of a year that was not worked after all is
// taken from its lot.
func reopened(t TypeID, held held, spells []hr.Period, entries []Entry) ([]Entry, error) {
	if !slices.ContainsFunc(entries, func(e Entry) bool { return e.Cause.Kind == endingKind }) {
		return nil, nil
	}
	c := closerOf(t, entries)
	err := c.reopen(held, spells)
	return c.missing, err
}

// endings lists the days of all employments at whose end leave is settled before through, oldest first.
func endings(held held, spells []hr.Period, from, through hr.Date) (out []ending) {
	for _, spell := range spells {
		out = append(out, yearEnds(held, spell, from, through)...)
	}
	return out
}

// ending is a day at whose end leave is settled.
type ending struct {
	last   hr.Date // the last day of the leave year or of the employment
	policy *Policy
	exit   bool
}

// yearEnds lists the days of one employment at whose end leave is settled before through, oldest first.
func yearEnds(held held, spell hr.Period, from, through hr.Date) []ending {
	var out []ending
	if len(held) == 0 || from.IsZero() {
		return nil
	}
	for d := later(later(spell.From, held[0].Since), from); !d.IsZero() && d.Before(through) && spell.Contains(d); {
		var year hr.Period
		if policy := held.at(d); policy != nil {
			year = policy.Year.Containing(d, spell.From)
		}
		if year.IsZero() { // no policy on this day
			d = held.after(d)
			continue
		}
		if last := held.at(year.Through); last != nil && year.Through.Before(through) && last.CarryOver.Closes && spell.Contains(year.Through.Add(1)) {
			out = append(out, ending{last: year.Through, policy: last})
		}
		d = year.Through.Add(1)
	}
	if !spell.Open() && spell.Through.Before(through) {
		if policy := held.at(spell.Through); policy != nil && policy.Encashment.Exit {
			out = append(out, ending{last: spell.Through, policy: policy, exit: true})
		}
	}
	return out
}

// name tells the endings of a type apart: it is in the ID and the cause of what they post.
func (e ending) name(t TypeID) string { return fmt.Sprintf("%s/%s", t, e.last) }

func (e ending) ref(t TypeID) hr.Ref { return hr.Ref{Kind: endingKind, ID: e.name(t)} }

// endingKind is the kind of cause of what an ending posts.
const endingKind = "leave_year"

// closer is the work of one [YearEnd].
type closer struct {
	t        TypeID
	accounts map[LotID]*account
	open     []LotID           // the lots that an ending still has to look at
	carried  map[LotID][]LotID // the lots that took what was left of a lot
	missing  []Entry
	posted   map[settled]tally // what endings have posted
}

// closerOf reads what is on record, and keeps pointers to it.
func closerOf(t TypeID, entries []Entry) closer {
	c := closer{t: t, accounts: map[LotID]*account{}, carried: map[LotID][]LotID{}, posted: map[settled]tally{}}
	for i := range entries {
		c.record(&entries[i])
	}
	return c
}

// account is a lot with its entries: what is on record, and then what is missing.
type account struct {
	opened  bool // its first entry is there, which says when it can be used
	usable  hr.Period
	entries []*Entry
}

// settled is a kind of settlement of a lot at an ending.
type settled struct {
	cause hr.Ref
	lot   LotID
	kind  Kind
}

func (s settled) newest(o settled) int {
	return cmp.Or(cmp.Compare(o.cause.ID, s.cause.ID), cmp.Compare(s.lot, o.lot), cmp.Compare(s.kind, o.kind))
}

// tally is a sum of entries and their number.
type tally struct {
	sum decimal.Decimal
	n   int
}

func (t tally) and(e *Entry) tally { return tally{t.sum.Add(e.Value.Quantity), t.n + 1} }

func (c *closer) record(e *Entry) {
	if e.Value.Type != c.t {
		return
	}
	lot := e.Value.Lot
	a := c.accounts[lot]
	if a == nil {
		a = &account{}
		c.accounts[lot] = a
	}
	a.entries = append(a.entries, e)
	switch {
	case e.ID == string(lot):
		a.opened, a.usable = true, e.Period
		c.open = append(c.open, lot)
		if e.Value.Kind == CarriedIn {
			c.carried[LotID(e.Cause.ID)] = append(c.carried[LotID(e.Cause.ID)], lot)
		}
	case e.Cause.Kind == endingKind:
		key := settled{e.Cause, lot, e.Value.Kind}
		c.posted[key] = c.posted[key].and(e)
	}
}

// first returns the earliest day on which a lot of the type could be used.
func (c *closer) first() (first hr.Date) {
	for _, id := range c.open {
		if from := c.accounts[id].usable.From; first.IsZero() || from.Before(first) {
			first = from
		}
	}
	return first
}

// remains returns, in order of consumption, the lots that could be used on the last day, with what is left of them at its end. Days
// taken later from such a lot are taken already, and what this ending posted itself is left out. A lot to which nothing comes later
// is settled with it, and no later ending looks at it again.
func (c *closer) remains(end ending, ref hr.Ref) []Lot {
	var lots []Lot
	var later []LotID
	for _, id := range c.open {
		a := c.accounts[id]
		comes := a.usable.From.After(end.last)
		if a.usable.Contains(end.last) {
			before := make([]*Entry, 0, len(a.entries))
			for _, e := range a.entries {
				after := e.Period.From.After(end.last)
				comes = comes || after && !isUse(e) && e.Cause.Kind != endingKind
				if e.Value.Kind != Lapsed && e.Cause != ref && (isUse(e) || !after) {
					before = append(before, e)
				}
			}
			if len(before) > 0 {
				lots = append(lots, foldLot(before))
			}
		}
		if comes {
			later = append(later, id)
		}
	}
	c.open = later
	slices.SortFunc(lots, end.policy.Consumption.compare)
	return lots
}

// reopen takes back what is on record of days at whose end nothing is settled, as known today.
func (c *closer) reopen(held held, spells []hr.Period) error {
	last := map[settled]hr.Date{}
	var until hr.Date
	for key := range c.posted {
		day, ok := strings.CutPrefix(key.cause.ID, string(c.t)+"/")
		if on, err := hr.ParseDate(day); ok && err == nil && key.cause.Kind == endingKind {
			last[key], until = on, later(until, on)
		}
	}
	if len(last) == 0 {
		return nil
	}
	ends := endings(held, spells, c.first(), until.Add(1))
	for _, key := range slices.SortedFunc(maps.Keys(last), settled.newest) { // what was carried on comes back before what was carried in
		if slices.ContainsFunc(ends, func(e ending) bool { return e.last == last[key] }) {
			continue
		}
		if err := c.settle(ending{last: last[key]}, key.cause, key.lot, key.kind, decimal.Decimal{}); err != nil {
			return err
		}
	}
	return nil
}

func (c *closer) close(end ending) error {
	p := end.policy
	limit, noLimit := p.CarryOver.Limit, p.CarryOver.NoLimit
	pay, noPay := p.Encashment.YearEnd, p.Encashment.YearEndAll
	if end.exit {
		limit, noLimit = decimal.Decimal{}, false
		pay, noPay = p.Encashment.ExitMost, p.Encashment.ExitMost.IsZero()
	}
	ref := end.ref(c.t)
	lots := c.remains(end, ref)
	used := make([]decimal.Decimal, len(lots)) // what is used already of what was carried stays carried, whatever its place in the order
	for i, l := range lots {
		used[i] = decimal.Min(c.used(carriedLot(l.ID, end.last)), decimal.Max(l.Left, decimal.Decimal{}))
		if !noLimit {
			used[i] = decimal.Min(used[i], limit)
			limit = limit.Sub(used[i])
		}
	}
	for i, l := range lots {
		left := decimal.Max(l.Left, decimal.Decimal{})
		carried := left
		if !noLimit {
			more := decimal.Min(left.Sub(used[i]), limit)
			limit = limit.Sub(more)
			carried = used[i].Add(more)
		}
		paid := left.Sub(carried)
		if !noPay {
			paid = decimal.Min(paid, pay)
			pay = pay.Sub(paid)
		}
		if err := c.settle(end, ref, l.ID, CarriedOut, carried); err != nil {
			return err
		}
		if err := c.settle(end, ref, l.ID, Encashed, paid); err != nil {
			return err
		}
		if err := c.settle(end, ref, l.ID, Forfeited, left.Sub(carried).Sub(paid)); err != nil {
			return err
		}
	}
	return nil
}

// used returns what was taken or paid on demand of a carried lot, and of what it was carried to in turn.
func (c *closer) used(lot LotID) (sum decimal.Decimal) {
	a := c.accounts[lot]
	if a == nil {
		return sum
	}
	for _, e := range a.entries {
		if isUse(e) {
			sum = sum.Sub(e.Value.Quantity)
		}
	}
	for _, next := range c.carried[lot] {
		sum = sum.Add(c.used(next))
	}
	return sum
}

// isUse reports whether an entry is leave that was taken, given back or paid on demand: what an ending pays is none.
func isUse(e *Entry) bool {
	kind := e.Value.Kind
	return kind == Used || kind == Returned || kind == Encashed && e.Cause.Kind != endingKind
}

// settle posts the difference between what is due of a kind for a lot and what is on record.
func (c *closer) settle(end ending, ref hr.Ref, lot LotID, kind Kind, due decimal.Decimal) error {
	day := end.last.Add(1)
	had := c.posted[settled{ref, lot, kind}]
	diff, n := due.Add(had.sum), had.n
	if diff.IsZero() {
		return nil
	}
	e := Entry{
		ID:     fmt.Sprintf("%s/%s/%s/%d", kind, end.name(c.t), lot, n+1),
		Period: hr.Period{From: day, Through: day}, Cause: ref,
		Value: Movement{Type: c.t, Lot: lot, Kind: kind, Quantity: diff.Neg()},
	}
	c.add(e)
	if kind != CarriedOut {
		return nil
	}
	into := carriedLot(lot, end.last)
	if there := c.accounts[into]; there != nil && there.opened {
		e.ID = fmt.Sprintf("%s/%s/%s/%d", CarriedIn, end.name(c.t), lot, n+1)
		e.Cause, e.Value.Lot, e.Value.Kind, e.Value.Quantity = lotRef(lot), into, CarriedIn, diff
		var known []Entry
		for _, a := range []*account{there, c.accounts[Advance]} {
			if a != nil {
				for _, e := range a.entries {
					known = append(known, *e)
				}
			}
		}
		for _, part := range heldBack(known, e) {
			c.add(part)
		}
		return nil
	}
	usable, err := Expiry{Months: end.policy.CarryOver.Months}.usable(day)
	if err != nil {
		return err
	}
	c.add(Entry{
		ID: string(into), Period: usable, Cause: lotRef(lot),
		Value: Movement{Type: c.t, Lot: into, Kind: CarriedIn, Quantity: diff},
	})
	return nil
}

// carry begins the name of every carried lot.
const carry = "carry/"

// carriedLot names the lot that takes what was left of another at the end of a day.
func carriedLot(lot LotID, last hr.Date) LotID {
	return LotID(fmt.Sprintf("%s%s/%s", carry, last.Add(1), lot))
}

func (c *closer) add(e Entry) {
	c.record(&e)
	c.missing = append(c.missing, e)
}

// Due returns everything that is missing for a type by the end of day through: leave year by leave year the credits ([Accrue]) and
// what the year's end does ([YearEnd]), and then what has lapsed ([Lapse]). The arguments are those of [Accrue].
func Due(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, through hr.Date) ([]Entry, error) {
	if err := required(through); err != nil {
		return nil, err
	}
	own := ofType(entries, t)
	ledger, err := due(t, heldOf(policies), employed, own, through)
	if err != nil {
		return nil, err
	}
	return ledger[len(own):], nil
}

// due is [Due] for entries of the type alone, to which it appends what is missing.
func due(t TypeID, held held, employed []hr.Period, ledger []Entry, through hr.Date) ([]Entry, error) {
	if len(ledger) == 0 && !held.any(func(p *Policy) bool { return p.Accrual.Every != "" }) {
		return nil, nil // nothing is credited by time, and nothing is there to end
	}
	spells := spells(employed)
	var until []hr.Date                                                    // the first days after the endings that come first
	if held.any(func(p *Policy) bool { return !p.Cap.Balance.IsZero() }) { // a credit's cap asks what the years before have left
		for _, end := range endings(held, spells, hr.MustDate("0001-01-01"), through) {
			until = append(until, end.last.Add(1))
		}
	}
	slices.SortFunc(until, hr.Date.Compare)
	more, err := reopened(t, held, spells, ledger)
	if err != nil {
		return nil, err
	}
	ledger = append(ledger, more...)
	step := func(credited, day hr.Date) error {
		if ledger, err = accrue(t, held, spells, ledger, credited); err != nil {
			return err
		}
		more, err := yearEnd(t, held, spells, ledger, day)
		ledger = append(ledger, more...)
		return err
	}
	for _, day := range slices.Compact(until) {
		if err := step(day.Add(-1), day); err != nil { // the credits of the day itself are of the new year
			return nil, err
		}
	}
	if err := step(through, through); err != nil {
		return nil, err
	}
	return append(ledger, lapse(ledger, t, through)...), nil
}
