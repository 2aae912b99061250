package in

import (
	"fmt"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// BonusYear is one accounting year of an establishment: what its employees together may and must be paid as statutory bonus.
type BonusYear struct {
	Year      int             // the accounting years are numbered one by one, such as by the calendar year in which they end
	Allocable decimal.Decimal // allocable surplus; zero in a year without one
	Minimum   decimal.Decimal // minimum bonus of all employees together
	Maximum   decimal.Decimal // maximum bonus of all employees together
}

// BonusBalance is what is carried from one accounting year.
type BonusBalance struct {
	Year   int             `json:"year" class:"public"`
	Amount decimal.Decimal `json:"amount" class:"money"` // above zero
}

// BonusCarry is what is carried from year to year, oldest first: store it for the next accounting year. Only one of the two lists has entries. The zero BonusCarry is an
// establishment without a past.
type BonusCarry struct {
	SetOn  []BonusBalance `json:"set_on,omitempty" class:"money"`  // surplus beyond the maximum, to be used
	SetOff []BonusBalance `json:"set_off,omitempty" class:"money"` // shortage below the minimum, to be made good
}

// BonusAllocation is what becomes of one accounting year.
type BonusAllocation struct {
	Year   int
	Bonus  decimal.Decimal // what is paid to all employees together, from the minimum to the maximum
	Carry  BonusCarry      // after the year
	Lost   decimal.Decimal // surplus beyond what may be set on
	Lapsed []BonusBalance  // balances that the year was the last to use
	Trace  hr.Trace        // the steps, with the law
}

// AllocableSurplus is the part of an accounting year's available surplus that bonus may be paid from: 67 per cent, 60 in a bank; nothing of
// a loss. Nothing is rounded. Available surplus is what the accounts say. It returns a [hr.FieldError] for no day (RuleDay), or a
// [hr.ParameterError] where p has no value on the last day of the year.
func AllocableSurplus(p payroll.Pack, yearEnd hr.Date, available decimal.Decimal, bank bool) (decimal.Decimal, error) {
	if yearEnd.IsZero() {
		return decimal.Decimal{}, &hr.FieldError{Path: "year_end", Rule: RuleDay, Reason: "is required", Err: hr.ErrRequired}
	}
	name := "bonus.allocable_share"
	if bank {
		name = "bonus.allocable_share_bank"
	}
	share, err := value(p, name, yearEnd)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return decimal.Max(decimal.Zero, available.Mul(share).Shift(-2)), nil
}

// AllocateBonus works out the bonus of an accounting year by set-on and set-off, oldest balance first throughout: shortages of earlier
// years are made good from what the surplus has above the minimum; what is left at or above the maximum pays the maximum and sets on
// the rest, at most one more maximum; below the maximum, surplus set on earlier helps up to the maximum; below the minimum, the minimum
// is paid and the shortage set off. A balance that is not used by the end of the fourth year after its own lapses. Nothing is rounded.
//
// The law is that of the day on, the last of the accounting year. It returns all faults at once: [hr.FieldError]s for an amount below
// zero (RuleNegative), a maximum below the minimum and balances that are not from earlier years in rising order, or in both lists
// (RuleSurplus), no day (RuleDay); or a [hr.ParameterError] where p has no value.
func AllocateBonus(p payroll.Pack, on hr.Date, y BonusYear, before BonusCarry) (BonusAllocation, error) {
	if err := checkBonusYear(on, y, before); err != nil {
		return BonusAllocation{}, err
	}
	law := &reading{pack: p, on: on}
	usable := law.number("bonus.carry_years")
	if err := law.err(); err != nil {
		return BonusAllocation{}, err
	}
	a := BonusAllocation{Year: y.Year}
	t := hr.Trace{
		Name: "Bonus of year " + strconv.Itoa(y.Year), Unit: "money", Source: law.source,
		Parts: []hr.Trace{givenMoney("Allocable surplus", y.Allocable), givenMoney("Minimum bonus", y.Minimum), givenMoney("Maximum bonus", y.Maximum)},
	}
	tell := func(name string, d decimal.Decimal, note string) {
		if d.Sign() > 0 {
			t.Parts = append(t.Parts, hr.Trace{Name: name, Value: hr.Canonical(d), Unit: "money", Note: note})
		}
	}
	for _, b := range before.SetOn {
		tell(fmt.Sprintf("Set on, of year %d", b.Year), b.Amount, "carried into the year")
	}
	for _, b := range before.SetOff {
		tell(fmt.Sprintf("Set off, of year %d", b.Year), b.Amount, "carried into the year")
	}

	surplus := y.Allocable
	setOff, made := useUp(before.SetOff, decimal.Max(decimal.Zero, surplus.Sub(y.Minimum)))
	tell("Shortages made good", made, "oldest first, from what is above the minimum")
	surplus = surplus.Sub(made)
	setOn := before.SetOn
	switch {
	case surplus.Cmp(y.Maximum) >= 0:
		a.Bonus = y.Maximum
		t.Rule = "the maximum: the surplus reaches it"
		rest := surplus.Sub(y.Maximum)
		kept := decimal.Min(rest, y.Maximum)
		a.Lost = rest.Sub(kept)
		setOn = carry(setOn, y.Year, kept)
		tell("Set on this year", kept, "beyond the maximum, at most one more maximum")
		tell("Lost", a.Lost, "more cannot be set on")
	default:
		var used decimal.Decimal
		setOn, used = useUp(setOn, y.Maximum.Sub(surplus))
		tell("Surplus of earlier years used", used, "oldest first, up to the maximum")
		a.Bonus = surplus.Add(used)
		t.Rule = "the surplus, with what was set on, up to the maximum"
		if short := y.Minimum.Sub(a.Bonus); short.Sign() > 0 {
			a.Bonus = y.Minimum
			t.Rule = "the minimum: the surplus, with what was set on, does not reach it"
			setOff = carry(setOff, y.Year, short)
			tell("Set off this year", short, "missing to the minimum")
		}
	}
	var surplusGone, shortageGone []BonusBalance
	a.Carry.SetOn, surplusGone = lapse(setOn, y.Year-usable)
	a.Carry.SetOff, shortageGone = lapse(setOff, y.Year-usable)
	a.Lapsed = append(surplusGone, shortageGone...)
	for _, b := range a.Lapsed {
		tell(fmt.Sprintf("Lapsed, of year %d", b.Year), b.Amount, "this was the last year to use it")
	}
	for _, b := range a.Carry.SetOn {
		tell(fmt.Sprintf("Set on, of year %d", b.Year), b.Amount, "carried out of the year")
	}
	for _, b := range a.Carry.SetOff {
		tell(fmt.Sprintf("Set off, of year %d", b.Year), b.Amount, "carried out of the year")
	}
	t.Value = hr.Canonical(a.Bonus)
	t.Parts = append(t.Parts, law.told()...)
	a.Trace = t
	return a, nil
}

func checkBonusYear(on hr.Date, y BonusYear, before BonusCarry) error {
	var faults hr.Faults
	if on.IsZero() {
		faults.Missing("on", RuleDay)
	}
	notNegative(&faults, "allocable", y.Allocable)
	notNegative(&faults, "minimum", y.Minimum)
	notNegative(&faults, "maximum", y.Maximum)
	if y.Maximum.Cmp(y.Minimum) < 0 {
		faults.Add("maximum", RuleSurplus, "must not be below the minimum")
	}
	if len(before.SetOn) > 0 && len(before.SetOff) > 0 {
		faults.Add("before", RuleSurplus, "cannot hold both a surplus and a shortage")
	}
	for name, list := range map[string][]BonusBalance{"before.set_on": before.SetOn, "before.set_off": before.SetOff} {
		for i, b := range list {
			at := fmt.Sprintf("%s[%d]", name, i)
			if b.Amount.Sign() <= 0 {
				faults.Add(at+".amount", RuleNegative, "must be above zero")
			}
			if b.Year >= y.Year || i > 0 && b.Year <= list[i-1].Year {
				faults.Add(at+".year", RuleSurplus, "must be before the accounting year, and after the balance before it")
			}
		}
	}
	return faults.Err()
}

// useUp takes at most so much from the balances, oldest first, and returns what is left of them and what was taken.
func useUp(balances []BonusBalance, most decimal.Decimal) (left []BonusBalance, taken decimal.Decimal) {
	for _, b := range balances {
		part := decimal.Min(b.Amount, most.Sub(taken))
		taken = taken.Add(part)
		left = carry(left, b.Year, b.Amount.Sub(part))
	}
	return left, taken
}

// carry adds a balance unless it is zero.
func carry(balances []BonusBalance, year int, amount decimal.Decimal) []BonusBalance {
	if amount.Sign() <= 0 {
		return balances
	}
	return append(balances[:len(balances):len(balances)], BonusBalance{year, amount})
}

// lapse parts the balances of years up to last from the later ones.
func lapse(balances []BonusBalance, last int) (kept, gone []BonusBalance) {
	for _, b := range balances {
		if b.Year <= last {
			gone = append(gone, b)
		} else {
			kept = append(kept, b)
		}
	}
	return kept, gone
}
