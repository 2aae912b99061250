package leave

import (
	"cmp"
	"fmt"
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
	missing, err := closerOf(t, ofType(entries, t)).end(heldOf(t, policies), spells(employed), through)
	return values(missing), err
}

// endings lists the days of all employments at whose end leave is settled before through, oldest first.
func endings(held *held, spells []hr.Period, from, through hr.Date) (out []ending) {
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
func yearEnds(held *held, spell hr.Period, from, through hr.Date) []ending {
	var out []ending
	if held.since().IsZero() || from.IsZero() {
		return nil
	}
	for d := later(later(spell.From, held.since()), from); !d.IsZero() && d.Before(through) && spell.Contains(d); {
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
func (e ending) name(t TypeID) string { return string(t) + "/" + e.last.String() }

func (e ending) ref(t TypeID) hr.Ref { return hr.Ref{Kind: endingKind, ID: e.name(t)} }

// endingKind is the kind of cause of what an ending posts.
const endingKind = "leave_year"

// closer is the work of one [YearEnd]: the lots of a type and what endings have done with them.
type closer struct {
	t        TypeID
	accounts map[LotID]*account
	all      []*account
	opened   []*account // those that can be used, in the order in which they came in
	first    hr.Date    // the earliest day on which one could be used
	looked   bool       // whether the endings on record were looked at, and what first was then
	from     hr.Date
	open     []*account // those that an ending still has to look at
	missing  []*Entry
}

// closerOf reads what is on record of the type alone, and keeps the pointers.
func closerOf(t TypeID, entries []*Entry) *closer {
	n := 0 // of lots, nearly: the advance and what is not on record any more may come on top
	for _, e := range entries {
		if e.ID == string(e.Value.Lot) {
			n++
		}
	}
	c := &closer{t: t, accounts: make(map[LotID]*account, n), all: make([]*account, 0, n), opened: make([]*account, 0, n), open: make([]*account, 0, n)}
	for _, e := range entries {
		c.record(e)
	}
	return c
}

// account is a lot with its entries: what is on record, and then what is missing.
type account struct {
	turn    // the days are those of a lot whose first entry is there
	entries []*Entry
	settled []settlement
	carried []LotID // the lots that took what was left of it
	few     [2]*Entry
}

// settlement is what endings have posted of a kind for a lot.
type settlement struct {
	cause hr.Ref
	kind  Kind
	tally
}

// tally is a sum of entries and their number.
type tally struct {
	sum tenThousandths
	n   int
}

func (t tally) and(e *Entry) tally {
	t.sum.add(&e.Value.Quantity)
	t.n++
	return t
}

// of returns the account of a lot, a new one where there is none.
func (c *closer) of(lot LotID) *account {
	a := c.accounts[lot]
	if a == nil {
		a = &account{turn: turn{lot: lot}}
		a.entries = a.few[:0]
		c.accounts[lot] = a
		c.all = append(c.all, a)
	}
	return a
}

func (c *closer) record(e *Entry) {
	lot := e.Value.Lot
	a := c.of(lot)
	a.entries = append(a.entries, e)
	switch {
	case e.ID == string(lot):
		a.usable = e.Period
		c.opened, c.open = append(c.opened, a), append(c.open, a)
		if c.first.IsZero() || e.Period.From.Before(c.first) {
			c.first = e.Period.From
		}
		if e.Value.Kind == CarriedIn {
			from := c.of(LotID(e.Cause.ID))
			from.carried = append(from.carried, lot)
		}
	case e.Cause.Kind == endingKind:
		for i := range a.settled {
			if s := &a.settled[i]; s.kind == e.Value.Kind && s.cause == e.Cause {
				s.tally = s.and(e)
				return
			}
		}
		a.settled = append(a.settled, settlement{e.Cause, e.Value.Kind, tally{}.and(e)})
	}
}

// had returns what an ending has posted of a kind for the lot.
func (a *account) had(cause hr.Ref, kind Kind) tally {
	for i := range a.settled {
		if s := &a.settled[i]; s.kind == kind && s.cause == cause {
			return s.tally
		}
	}
	return tally{}
}

// end returns what is missing of the endings before through, as known today.
func (c *closer) end(held *held, spells []hr.Period, through hr.Date) ([]*Entry, error) {
	c.missing = nil
	if !c.looked || c.from != c.first {
		if err := c.reopen(held, spells); err != nil {
			return nil, err
		}
	}
	c.open = append(c.open[:0], c.opened...)
	for _, end := range endings(held, spells, c.first, through) {
		if err := c.close(end); err != nil {
			return nil, err
		}
	}
	return c.missing, nil
}

// remainder is what is left of a lot, zero where it is overdrawn.
type remainder struct {
	*account
	left decimal.Decimal
}

// remains returns, in order of consumption, the lots that could be used on the last day, with what is left of them at its end. Days
// taken later from such a lot are taken already, and what this ending posted itself is left out. A lot to which nothing comes later
// is settled with it, and no later ending looks at it again.
func (c *closer) remains(end ending, ref hr.Ref) []remainder {
	lots := make([]remainder, 0, len(c.open))
	later := c.open[:0]
	for _, a := range c.open {
		comes := a.usable.From.After(end.last)
		if a.usable.Contains(end.last) {
			var left tenThousandths
			for _, e := range a.entries {
				after := e.Period.From.After(end.last)
				comes = comes || after && !isUse(e) && e.Cause.Kind != endingKind
				if e.Value.Kind != Lapsed && e.Cause != ref && (isUse(e) || !after) {
					left.add(&e.Value.Quantity)
				}
			}
			lots = append(lots, remainder{a, notBelowZero(left.total())})
		}
		if comes {
			later = append(later, a)
		}
	}
	c.open = later
	slices.SortFunc(lots, func(a, b remainder) int { return end.policy.Consumption.compare(a.turn, b.turn) })
	return lots
}

// reopen takes back what is on record of days at whose end nothing is settled, as known today.
func (c *closer) reopen(held *held, spells []hr.Period) error {
	type gone struct {
		last hr.Date
		*account
		*settlement
	}
	c.looked, c.from = true, c.first
	var all []gone
	var until hr.Date
	for _, a := range c.all {
		for i := range a.settled {
			s := &a.settled[i]
			day, ok := strings.CutPrefix(s.cause.ID, string(c.t)+"/")
			if on, err := hr.ParseDate(day); ok && err == nil && !s.sum.isZero() {
				all, until = append(all, gone{on, a, s}), later(until, on)
			}
		}
	}
	if all == nil {
		return nil
	}
	ends := endings(held, spells, c.first, until.Add(1))
	all = slices.DeleteFunc(all, func(g gone) bool {
		return slices.ContainsFunc(ends, func(e ending) bool { return e.last == g.last })
	})
	slices.SortFunc(all, func(x, y gone) int { // what was carried on comes back before what was carried in
		return cmp.Or(cmp.Compare(y.cause.ID, x.cause.ID), cmp.Compare(x.lot, y.lot), cmp.Compare(x.kind, y.kind))
	})
	for _, g := range all {
		if err := c.settle(ending{last: g.last}, g.cause, g.account, g.kind, decimal.Decimal{}); err != nil {
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
		if len(l.carried) == 0 {
			continue
		}
		var sum tenThousandths
		c.use(carriedLot(l.lot, end.last), &sum)
		used[i] = decimal.Min(sum.total().Neg(), l.left)
		if !noLimit {
			used[i] = decimal.Min(used[i], limit)
			limit = limit.Sub(used[i])
		}
	}
	for i, l := range lots {
		carried := l.left
		if !noLimit {
			more := decimal.Min(minus(l.left, used[i]), limit)
			limit = minus(limit, more)
			carried = plus(used[i], more)
		}
		paid := minus(l.left, carried)
		if !noPay {
			paid = decimal.Min(paid, pay)
			pay = minus(pay, paid)
		}
		if err := c.settle(end, ref, l.account, CarriedOut, carried); err != nil {
			return err
		}
		if err := c.settle(end, ref, l.account, Encashed, paid); err != nil {
			return err
		}
		if err := c.settle(end, ref, l.account, Forfeited, minus(minus(l.left, carried), paid)); err != nil {
			return err
		}
	}
	return nil
}

// use adds what was taken or paid on demand of a carried lot, and of what it was carried to in turn: below zero.
func (c *closer) use(lot LotID, sum *tenThousandths) {
	a := c.accounts[lot]
	if a == nil {
		return
	}
	for _, e := range a.entries {
		if isUse(e) {
			sum.add(&e.Value.Quantity)
		}
	}
	for _, next := range a.carried {
		c.use(next, sum)
	}
}

// isUse reports whether an entry is leave that was taken, given back or paid on demand: what an ending pays is none.
func isUse(e *Entry) bool {
	kind := e.Value.Kind
	return kind == Used || kind == Returned || kind == Encashed && e.Cause.Kind != endingKind
}

// settle posts the difference between what is due of a kind for a lot and what is on record.
func (c *closer) settle(end ending, ref hr.Ref, a *account, kind Kind, due decimal.Decimal) error {
	had := a.had(ref, kind)
	missing := had.sum
	if missing.add(&due); missing.isZero() {
		return nil
	}
	lot, day, n := a.lot, end.last.Add(1), had.n
	diff := due.Add(had.sum.total())
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
	if there := c.accounts[into]; there != nil && !there.usable.From.IsZero() {
		e.ID = fmt.Sprintf("%s/%s/%s/%d", CarriedIn, end.name(c.t), lot, n+1)
		e.Cause, e.Value.Lot, e.Value.Kind, e.Value.Quantity = lotRef(lot), into, CarriedIn, diff
		known := slices.Clone(there.entries)
		if owed := c.accounts[Advance]; owed != nil {
			known = append(known, owed.entries...)
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
	return LotID(carry+last.Add(1).String()+"/") + lot
}

func (c *closer) add(e Entry) {
	c.record(&e)
	c.missing = append(c.missing, &e)
}

// Due returns everything that is missing for a type by the end of day through: leave year by leave year the credits ([Accrue]) and
// what the year's end does ([YearEnd]), and then what has lapsed ([Lapse]). The arguments are those of [Accrue].
func Due(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, through hr.Date) ([]Entry, error) {
	if err := required(through); err != nil {
		return nil, err
	}
	own := ofType(entries, t)
	ledger, err := due(heldOf(t, policies), employed, own, through)
	if err != nil {
		return nil, err
	}
	return values(ledger[len(own):]), nil
}

// due is [Due] for entries of the type alone, to which it appends what is missing.
func due(held *held, employed []hr.Period, ledger []*Entry, through hr.Date) ([]*Entry, error) {
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
	if until == nil && !slices.ContainsFunc(ledger, func(e *Entry) bool { return e.Cause.Kind == endingKind }) { // nothing is taken back
		ledger, err := accrue(held, spells, ledger, through)
		if err != nil {
			return nil, err
		}
		if len(endings(held, spells, firstUsable(ledger), through)) > 0 {
			more, err := closerOf(held.t, ledger).end(held, spells, through)
			if err != nil {
				return nil, err
			}
			ledger = append(ledger, more...)
		}
		return append(ledger, lapse(ledger, through)...), nil
	}
	c := closerOf(held.t, ledger)
	if err := c.reopen(held, spells); err != nil { // so that a credit of a year that was not worked after all is taken from its lot
		return nil, err
	}
	ledger = append(ledger, c.missing...)
	step := func(credited, day hr.Date) (err error) {
		n := len(ledger)
		if ledger, err = accrue(held, spells, ledger, credited); err != nil {
			return err
		}
		for i := n; i < len(ledger); i++ {
			c.record(ledger[i])
		}
		more, err := c.end(held, spells, day)
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
	return append(ledger, lapse(ledger, through)...), nil
}

// firstUsable is the earliest day on which a lot can be used; none where there is no lot.
func firstUsable(entries []*Entry) (first hr.Date) {
	for _, e := range entries {
		if e.ID == string(e.Value.Lot) && (first.IsZero() || e.Period.From.Before(first)) {
			first = e.Period.From
		}
	}
	return first
}
