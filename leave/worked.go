package leave

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Earning says what leave is credited by work done: Give units of leave for every Per hours or days of work. The zero Earning is
// off.
//
// The law behind it is of two kinds. Where each pay period is rounded apart, what it loses is lost (Apart); otherwise the sum
// of all work is rounded and what is on record already comes off, so that no remainder is lost.
type Earning struct {
	Give   decimal.Decimal `json:"give,omitzero" class:"public"`   // 1 in "a day for every 20", 12.07 in "12.07 for every 100"
	Per    decimal.Decimal `json:"per,omitzero" class:"public"`    // hours or days of work
	Bands  []string        `json:"bands,omitempty" class:"public"` // the bands of a timesheet whose hours count; none: days worked count
	Apart  bool            `json:"apart,omitempty" class:"public"` // each period is rounded by itself
	Most   decimal.Decimal `json:"most,omitzero" class:"public"`   // of a leave year; zero: no limit
	Rounds Rounded         `json:"rounds,omitzero" class:"public"`
}

func (e Earning) off() bool {
	return e.Give.IsZero() && e.Per.IsZero() && len(e.Bands) == 0 && !e.Apart && e.Most.IsZero()
}

// Validate returns [hr.FieldError]s with RulePolicyEarning.
func (e Earning) Validate() error {
	var faults hr.Faults
	if e.off() {
		return nil
	}
	if e.Give.Sign() <= 0 {
		faults.Add("give", RulePolicyEarning, "must be above zero")
	}
	if e.Per.Sign() <= 0 {
		faults.Add("per", RulePolicyEarning, "must be above zero")
	}
	if e.Most.Sign() < 0 {
		faults.Add("most", RulePolicyEarning, "must not be below zero")
	}
	faults.Join("rounds", e.Rounds.Validate())
	return faults.Err()
}

// Credits returns what each of the periods of one leave year earns, in order, given the hours or days worked in it. With Apart
// each is rounded by itself; otherwise credit k is R(w1+...+wk) - R(w1+...+w(k-1)). Together they never pass Most.
func (e Earning) Credits(worked []decimal.Decimal) ([]decimal.Decimal, error) {
	var faults hr.Faults
	faults.Join("", e.Validate())
	for i, w := range worked {
		if w.Sign() < 0 {
			faults.Add(fmt.Sprintf("worked[%d]", i), RuleWorked, "must not be below zero")
		}
	}
	if e.off() {
		faults.Missing("give", RulePolicyEarning)
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	parts := make([]*big.Rat, len(worked))
	rate := new(big.Rat).Quo(e.Give.Rat(), e.Per.Rat())
	for i, w := range worked {
		parts[i] = new(big.Rat).Mul(rate, w.Rat())
	}
	out, err := running(parts, e.Rounds)
	if e.Apart {
		for i, p := range parts {
			if out[i], err = e.Rounds.of(p); err != nil {
				break
			}
		}
	}
	if err != nil || e.Most.IsZero() {
		return out, err
	}
	var sum decimal.Decimal
	for i := range out {
		out[i] = decimal.Min(out[i], e.Most.Sub(sum))
		sum = sum.Add(out[i])
	}
	return out, nil
}

// worked returns the basis of a timesheet: the minutes of the bands, or without bands the days on which somebody worked, halves of
// half days.
func (e Earning) worked(s hr.Timesheet) decimal.Decimal {
	minutes := 0
	for _, b := range e.Bands {
		minutes += s.Minutes(b, hr.Period{})
	}
	if len(e.Bands) > 0 {
		return decimal.NewFromInt(int64(minutes))
	}
	var days decimal.Decimal
	for _, d := range s.Days {
		minutes := 0
		for _, b := range d.Bands {
			minutes += b.Minutes
		}
		switch {
		case minutes == 0:
		case d.Status == "half_day" || d.Status == "half_leave":
			days = days.Add(half)
		default:
			days = days.Add(one)
		}
	}
	return days
}

// earns returns what a basis earns, rounded once.
func (e Earning) earns(basis decimal.Decimal) (decimal.Decimal, error) {
	per := e.Per.Rat()
	if len(e.Bands) > 0 {
		per.Mul(per, big.NewRat(60, 1))
	}
	return e.Rounds.of(new(big.Rat).Mul(basis.Rat(), per.Quo(e.Give.Rat(), per)))
}

// Earned returns the credits that timesheets earn and that are not on record, one for each sheet, on its last day
// ("earning/earned/2026-10-01"). The ledger keeps what each was made of, so that the next goes on where the last one ended, and a
// sheet of the same period that says something else posts the difference. All sheets must be of the employee whose live entries
// these are. A sheet without a policy that earns by work on its last day earns nothing.
func Earned(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, sheets ...hr.Timesheet) ([]Entry, error) {
	var faults hr.Faults
	for i, s := range sheets {
		if at := fmt.Sprintf("sheets[%d]", i); s.Period.Validate() != nil || s.Period.Open() {
			faults.Add(at+".period", RuleWorked, "must have a first and a last day")
		} else if s.Employee != sheets[0].Employee {
			faults.Add(at+".employee", RuleWorked, "is another employee's")
		}
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	var missing []Entry
	for _, s := range sheets {
		p, ok := policies.At(s.Period.Through)
		spell, works := spellOn(spells(employed), s.Period.Through)
		if !works { // a leaver's last sheet
			spell, works = spellOn(spells(employed), s.Period.From)
		}
		if !ok || !works || p.Earning.off() {
			continue
		}
		e, due, err := p.earned(s, spell.From, append(entries[:len(entries):len(entries)], missing...))
		if err != nil {
			return nil, err
		}
		if due {
			missing = append(missing, heldBack(appendType(ofType(entries, e.Value.Type), missing, e.Value.Type), e)...)
		}
	}
	return missing, nil
}

// earned returns the entry that is missing for one timesheet; false if there is none.
func (p Policy) earned(s hr.Timesheet, hired hr.Date, ledger []Entry) (e Entry, due bool, err error) {
	year := p.Year.Containing(s.Period.Through, hired)
	lot := LotID(fmt.Sprintf("earning/%s/%s", p.Type, s.Period.From))
	basis := p.Earning.worked(s)
	credited := creditedIn(ledger, p.Type)
	var had, rest struct{ basis, quantity decimal.Decimal }
	n := 0
	for _, e := range ledger {
		m := e.Value
		if m.Type != p.Type || !strings.HasPrefix(e.ID, "earning/") {
			continue
		}
		if m.Lot == lot || e.Cause == lotRef(lot) {
			had.basis, had.quantity, n = had.basis.Add(m.Basis), had.quantity.Add(m.Quantity), n+1
		} else if year.Contains(credited(e)) {
			rest.basis, rest.quantity = rest.basis.Add(m.Basis), rest.quantity.Add(m.Quantity)
		}
	}
	if had.basis.Equal(basis) {
		return Entry{}, false, nil
	}
	quantity, err := p.Earning.earns(basis)
	if !p.Earning.Apart && err == nil {
		quantity, err = p.Earning.earns(rest.basis.Add(basis))
		quantity = quantity.Sub(rest.quantity)
	}
	if err != nil {
		return Entry{}, false, err
	}
	if most := p.Earning.Most; !most.IsZero() {
		quantity = decimal.Min(quantity, most.Sub(rest.quantity))
	}
	usable, err := p.Expiry.usable(s.Period.Through)
	if err != nil {
		return Entry{}, false, err
	}
	over, err := p.Waiting.Over(hired)
	if usable.From = later(usable.From, over); !usable.Open() && usable.Through.Before(usable.From) {
		return Entry{}, false, err // it would lapse before it could be used
	}
	e = Entry{ID: string(lot), Period: usable, Cause: hr.Ref{Kind: sheetKind, ID: s.Period.String()}, Value: Movement{Type: p.Type, Lot: lot, Kind: Accrued, Quantity: quantity, Basis: basis}}
	if n > 0 {
		e.ID, e.Cause = fmt.Sprintf("%s/%d", lot, n), lotRef(lot)
		e.Period.Through = e.Period.From
		e.Value.Quantity, e.Value.Basis = quantity.Sub(had.quantity), basis.Sub(had.basis)
	}
	return e, true, err
}

// sheetKind is the kind of the cause of leave earned by work: the pay period of its timesheet.
const sheetKind = "timesheet"

// creditedIn returns what says on which day an entry of leave earned by work was credited: the last day of its timesheet, also where a time
// of waiting lets it be used only later.
func creditedIn(ledger []Entry, t TypeID) func(Entry) hr.Date {
	days := map[string]hr.Date{} // by lot
	for _, e := range ledger {
		if e.Value.Type == t && e.Cause.Kind == sheetKind {
			if period, err := hr.ParsePeriod(e.Cause.ID); err == nil {
				days[e.Cause.ID], days[lotRef(LotID(e.ID)).ID] = period.Through, period.Through
			}
		}
	}
	return func(e Entry) hr.Date {
		if d, ok := days[e.Cause.ID]; ok {
			return d
		}
		return e.Period.From
	}
}
