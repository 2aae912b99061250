package leave

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Accrue returns the credits that are due by the end of day through and not on record: it catches up with whatever runs were
// missed, and a second call posts nothing, for the ID of a credit follows from its type and its period
// ("accrual/earned/2026-10"), and where somebody is hired again in a leave year, from the day of that. The entries have no knowledge number yet.
//
// A credit falls due where a step of policies holds on its day and one of the employed periods contains it; employed periods that
// follow one another are one employment, whose first day is that of joining, so they must begin with it. An [Opening] balance of the
// type says what was there at the start of its first usable day: credits of earlier days are inside it and are not posted, those of
// that day and later are. Entries are the live ones of the employee, in any order.
//
// A credit of [Accrual].Days stands as it was posted, whatever the policy says since, unless its day turns out to lie outside every
// employment: then it is taken back. Of a year's whole ([Accrual].PerYear, [Tiers]) what was credited is compared with what is due by
// today's knowledge. In both cases the difference is an entry of its own on the same lot, of the lot's first usable day at the earliest;
// what was above the cap comes back first, and what the lot no longer holds is owed ([Advance]).
func Accrue(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, through hr.Date) ([]Entry, error) {
	if err := required(through); err != nil {
		return nil, err
	}
	own := ofType(entries, t)
	ledger, err := accrue(heldOf(t, policies), spells(employed), own, through)
	return values(ledger[len(own):]), err
}

// accrue is [Accrue] for entries of the type alone, to which it appends what is missing.
func accrue(held *held, spells []hr.Period, entries []*Entry, through hr.Date) ([]*Entry, error) {
	if held.since().IsZero() || len(spells) == 0 {
		return entries, nil
	}
	credits := 0
	for _, e := range entries {
		if e.Value.Kind == Accrued {
			credits++
		}
	}
	a := accruer{t: held.t, held: held, ledger: entries, spells: spells, through: through, posted: make(map[LotID]*posted, credits), floor: held.since()}
	a.since = later(a.spells[0].From, a.floor)
	for _, e := range a.ledger {
		a.record(e)
		if e.Value.Kind == Opening {
			a.since, a.floor = later(a.since, e.Period.From), later(a.floor, e.Period.From)
		}
	}
	if err := a.list(); err != nil {
		return entries, err
	}
	for i := range a.due {
		if err := a.post(&a.due[i]); err != nil {
			return entries, err
		}
	}
	return a.ledger, nil
}

// required refuses a run of accruals that does not say through which day.
func required(through hr.Date) error {
	if through.IsZero() {
		return &hr.FieldError{Path: "through", Rule: RuleAccrualThrough, Reason: "is required", Err: hr.ErrRequired}
	}
	return nil
}

// spells joins employed periods that follow one another, and sorts them.
func spells(employed []hr.Period) []hr.Period {
	sorted := slices.Clone(employed)
	slices.SortFunc(sorted, func(a, b hr.Period) int { return a.From.Compare(b.From) })
	var out []hr.Period
	for _, p := range sorted {
		if n := len(out) - 1; n >= 0 && (out[n].Open() || !p.From.After(out[n].Through.Add(1))) {
			if !out[n].Open() && (p.Open() || p.Through.After(out[n].Through)) {
				out[n].Through = p.Through
			}
			continue
		}
		out = append(out, p)
	}
	return out
}

// spellOn returns the employment that contains a day; false if there is none.
func spellOn(spells []hr.Period, d hr.Date) (hr.Period, bool) {
	for _, s := range spells {
		if s.Contains(d) {
			return s, true
		}
	}
	return hr.Period{}, false
}

// credit is what is due on a day.
type credit struct {
	on       hr.Date
	of       hr.Date // of a year's whole: the first day of the period that it is of
	lot      LotID
	quantity decimal.Decimal
	policy   *Policy // nil where nothing is due
	hired    hr.Date
}

// posted is what was credited to a lot, differences included.
type posted struct {
	tally
	stands bool // today's knowledge has such a credit, whatever is due
}

// accruer is the work of one [Accrue].
type accruer struct {
	t       TypeID
	held    *held
	spells  []hr.Period
	ledger  []*Entry // what is on record of the type, and then what is missing
	posted  map[LotID]*posted
	capped  map[LotID]tally // what of it was above the cap
	due     []credit        // by day
	since   hr.Date
	floor   hr.Date // as since, whenever they joined
	through hr.Date
}

// list lists what is due from since to through.
func (a *accruer) list() error {
	a.due = make([]credit, 0, len(a.posted)+1) // one comes to what is there, where runs follow one another
	a.byDays()
	for _, spell := range a.spells {
		if err := a.spread(spell); err != nil {
			return err
		}
	}
	a.gone()
	slices.SortStableFunc(a.due, func(x, y credit) int { return x.on.Compare(y.on) })
	return nil
}

// byDays lists the credits of days from since to through, and those on record of days that are in no employment after all.
func (a *accruer) byDays() {
	if !a.held.any(func(p *Policy) bool { return p.Accrual.Every != "" && !p.spread() }) {
		return
	}
	var away []credit
	for first := a.firstMonth(); !first.IsZero() && !first.After(a.through); first = first.EndOfMonth().Add(1) {
		for i := range a.held.steps {
			policy := a.held.policy(i)
			if policy == nil || policy.spread() {
				continue
			}
			for _, spell := range a.spells {
				day, ok := policy.Accrual.credit(first, spell.From)
				if !ok || a.held.at(day) != policy || day.Before(a.floor) || day.After(a.through) {
					continue
				}
				lot := a.held.lot(policy.Accrual, day)
				had := a.posted[lot]
				if !spell.Contains(day) {
					if had != nil {
						away = append(away, credit{on: day, lot: lot})
					}
					continue
				}
				if had != nil {
					had.stands = true
				}
				if day.Before(a.since) || had != nil && !had.sum.isZero() {
					continue // it is inside the opening balance, or stands as it is
				}
				quantity := policy.Accrual.Days
				if !policy.Tiers.off() { // an anniversary by tiers
					quantity = policy.Tiers.on(FullYears(spell.From, day))
				}
				a.due = append(a.due, credit{on: day, lot: lot, quantity: quantity, policy: policy, hired: spell.From})
			}
		}
	}
	slices.SortStableFunc(away, func(x, y credit) int { return cmp.Compare(x.lot, y.lot) })
	for i, c := range away {
		if last := i+1 == len(away) || away[i+1].lot != c.lot; last && !a.posted[c.lot].stands {
			a.due = append(a.due, c)
		}
	}
}

// firstMonth returns the first day of the month in which crediting of days begins, or of an earlier one of which there is a credit on
// record: who joined later than was known was not there yet.
func (a *accruer) firstMonth() hr.Date {
	first, text, prefix := a.since, a.since.String(), creditPrefix(a.t)
	for lot := range a.posted {
		day := strings.TrimPrefix(string(lot), prefix)
		if day >= text {
			continue
		}
		switch len(day) {
		case len("2026"):
			day += "-01"
			fallthrough
		case len("2026-01"):
			if on, err := hr.ParseDate(day + "-01"); err == nil && on.Before(first) {
				first = on
			}
		}
	}
	return later(first, a.floor).FirstOfMonth()
}

// spread lists the credits of one employment from a year's whole, each by the policy of its day and rounded by the running sum
// of its leave year.
func (a *accruer) spread(spell hr.Period) error {
	from := later(spell.From, a.held.since())
	var year hr.Period
	var months []hr.Period
	var sum runningSum
	for d := from; !d.IsZero() && !d.After(a.through); {
		policy := a.held.at(d)
		var own hr.Period
		if policy != nil && policy.spread() {
			own = policy.Year.Containing(d, spell.From)
		}
		if own.IsZero() {
			d = a.held.after(d)
			continue
		}
		if !own.Overlaps(spell) { // of a later year nothing is due: what is on record of it is another employment's, or has gone
			break
		}
		if whole := a.held.whole(policy, own, spell); whole != nil && d == own.From {
			for _, c := range whole {
				if !c.of.After(a.through) {
					c.hired = spell.From
					a.ask(c, own, spell)
				}
			}
			d = own.Through.Add(1)
			continue
		}
		if own != year {
			year, sum = own, runningSum{}
			var err error
			if months, err = monthsOf(own); err != nil {
				return err
			}
		}
		n := policy.Accrual.Every.months()
		k := 0
		for months[k+n-1].Through.Before(d) {
			k += n
		}
		c, err := policy.credited(a.t, &sum, own, months[k:k+n], spell)
		if err != nil {
			return err
		}
		a.ask(c, own, spell)
		d = months[k+n-1].Through.Add(1)
	}
	return nil
}

// ask lists a credit of a year's whole if it is its time. The credit is named by the first day of its period, and by the day of joining too for who was
// employed in that leave year before: each employment has its own.
func (a *accruer) ask(c credit, year, spell hr.Period) {
	for _, other := range a.spells {
		if other.From.Before(spell.From) && other.Overlaps(year) {
			c.lot += LotID("/" + spell.From.String())
			break
		}
	}
	if had := a.posted[c.lot]; had != nil {
		had.stands = true
	}
	if !c.on.Before(a.since) && !c.on.After(a.through) {
		a.due = append(a.due, c)
	}
}

// gone lists the credits on record of days before joining, or of an employment that did not begin on its day after all, as known today: nothing
// is due for them.
func (a *accruer) gone() {
	var out []credit
	for lot, had := range a.posted {
		if had.stands {
			continue
		}
		period, joined, _ := strings.Cut(strings.TrimPrefix(string(lot), creditPrefix(a.t)), "/")
		from, err := hr.ParseDate(period)
		if err != nil || from.Before(a.floor) || from.After(a.through) {
			continue
		}
		on, _ := hr.ParseDate(joined) // none in the first employment of a leave year
		from = later(from, on)
		out = append(out, credit{on: from, lot: lot})
	}
	slices.SortFunc(out, func(x, y credit) int { return cmp.Compare(x.lot, y.lot) })
	a.due = append(a.due, out...)
}

// spread reports whether p credits a year's whole.
func (p *Policy) spread() bool {
	return p.Accrual.Every != "" && p.Accrual.Every != Anniversary && (p.Accrual.PerYear.Sign() != 0 || !p.Tiers.off())
}

// credited returns the credit for the next months of a leave year, whose sum so far is given, rounded so that the sum is.
func (p *Policy) credited(t TypeID, sum *runningSum, year hr.Period, months []hr.Period, spell hr.Period) (credit, error) {
	c, part := p.part(year, months, spell)
	var err error
	c.quantity, err = sum.next(part, p.Rounding)
	c.lot, c.policy, c.hired = LotID(creditPrefix(t)+c.of.String()), p, spell.From
	return c, err
}

// part returns the day of the credit for some months of a leave year, and its exact quantity.
func (p *Policy) part(year hr.Period, months []hr.Period, spell hr.Period) (credit, *big.Rat) {
	period := hr.Period{From: months[0].From, Through: months[len(months)-1].Through}
	on := period.Through
	if !p.Accrual.AtEnd {
		on = months[0].From.Add(min(p.Accrual.Day, months[0].Len()) - 1)
	}
	earns := spell
	if p.Waiting.Lost {
		if over, err := p.Waiting.Over(spell.From); err == nil {
			earns.From = later(earns.From, over)
		}
	}
	perYear := p.Accrual.PerYear.Rat()
	switch {
	case p.Tiers.At == ReachedDaily:
		perYear = p.Tiers.exact(period, spell.From)
	case !p.Tiers.off():
		perYear = p.Tiers.exact(year, spell.From)
	}
	worth := new(big.Rat) // in months
	switch m := p.Proration.Method; {
	case m == "":
		if !p.Accrual.AtEnd && p.Tiers.At == ReachedDaily {
			on = later(on, earns.From) // the tiers leave out the days before joining themselves
		}
		if earns.Contains(on) {
			worth.SetInt64(int64(len(months)))
		}
	case !earns.Through.IsZero() && earns.Through.Before(earns.From):
	default:
		on = later(on, earns.From)
		if !p.Proration.Leaving {
			earns.Through = hr.Date{}
		}
		if m == ByDays {
			worth.Mul(m.share(period, nil, earns), big.NewRat(int64(len(months)), 1))
			break
		}
		for _, month := range months {
			worth.Add(worth, m.ofMonth(month, earns))
		}
	}
	if p.Proration.Method != "" && !spell.Open() && on.After(spell.Through) {
		on = spell.Through // the last day of an employment settles what it still earns
	}
	worth.Mul(worth, big.NewRat(1, 12))
	return credit{on: on, of: period.From}, worth.Mul(worth, perYear)
}

// post adds what is missing of a credit.
func (a *accruer) post(c *credit) error {
	had := a.posted[c.lot]
	if had == nil {
		if c.quantity.Sign() == 0 {
			return nil
		}
		return a.open(c)
	}
	if had.sum.is(&c.quantity) {
		return nil
	}
	due := c.quantity.Sub(had.sum.total())
	on := c.on
	for _, e := range a.ledger {
		if e.ID == string(c.lot) {
			on = later(on, e.Period.From) // nothing is in a lot before its first day
		}
	}
	fix := Entry{
		ID: fmt.Sprintf("%s/%d", c.lot, had.n), Period: hr.Period{From: on, Through: on}, Cause: lotRef(c.lot),
		Value: Movement{Type: a.t, Lot: c.lot, Kind: Accrued, Quantity: due},
	}
	taken := due.IsNegative()
	if taken {
		a.cap(fix, decimal.Max(due, a.capped[c.lot].sum.total())) // what was above the cap comes back first
	}
	for _, e := range heldBack(a.ledger, fix) {
		a.add(e)
	}
	if !taken && c.policy != nil && !c.policy.Cap.Balance.IsZero() {
		a.cap(fix, c.policy.Cap.over(balance(a.ledger, on), due))
	}
	return nil
}

// cap takes off what a credit is above the cap, or gives that back: below zero.
func (a *accruer) cap(credit Entry, off decimal.Decimal) {
	if off.IsZero() {
		return
	}
	lot := credit.Value.Lot
	id := string(lot) + "/cap"
	if n := a.capped[lot].n; n > 0 {
		id = fmt.Sprintf("%s/%d", id, n)
	}
	on := credit.Period.From
	a.add(Entry{
		ID: id, Period: hr.Period{From: on, Through: on}, Cause: lotRef(lot),
		Value: Movement{Type: a.t, Lot: lot, Kind: Capped, Quantity: off.Neg()},
	})
}

// open credits a new lot, and takes off what is above the cap.
func (a *accruer) open(c *credit) error {
	usable, err := c.policy.Expiry.usable(c.on)
	if err != nil {
		return err
	}
	over, err := c.policy.Waiting.Over(c.hired)
	if err != nil {
		return err
	}
	if usable.From.Before(over) {
		usable.From = over
		if !usable.Through.IsZero() && usable.Through.Before(over) {
			return nil // it would lapse before it could be used
		}
	}
	e := Entry{ID: string(c.lot), Period: usable, Value: Movement{Type: a.t, Lot: c.lot, Kind: Accrued, Quantity: c.quantity}}
	a.add(e)
	if !c.policy.Cap.Balance.IsZero() {
		a.cap(e, c.policy.Cap.over(balance(a.ledger, usable.From), c.quantity))
	}
	return nil
}

func (a *accruer) add(e Entry) {
	a.ledger = append(a.ledger, &e)
	a.record(&e)
}

func (a *accruer) record(e *Entry) {
	m := &e.Value
	if m.Kind == Capped {
		if a.capped == nil {
			a.capped = map[LotID]tally{}
		}
		a.capped[m.Lot] = a.capped[m.Lot].and(e)
	}
	if m.Kind == Accrued {
		lot := m.Lot
		if e.Cause.Kind == lotRef("").Kind { // a difference, of which a part may be owed
			lot = LotID(e.Cause.ID)
		}
		had := a.posted[lot]
		if had == nil {
			had = &posted{}
			a.posted[lot] = had
		}
		had.tally = had.and(e)
	}
}

// creditPrefix begins the name of every lot that is credited of a type by the passing of time.
func creditPrefix(t TypeID) string { return "accrual/" + string(t) + "/" }

// lotRef refers to the lot that an entry corrects or comes from.
func lotRef(lot LotID) hr.Ref { return hr.Ref{Kind: "leave_lot", ID: string(lot)} }

func later(a, b hr.Date) hr.Date {
	if a.After(b) {
		return a
	}
	return b
}
