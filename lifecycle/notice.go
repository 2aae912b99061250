package lifecycle

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// DayRate names what a day of a monthly amount is worth when a notice is not served in full. The empty rate is none.
type DayRate string

// The rates.
const (
	ByCalendarDays DayRate = "calendar days" // each day its part of its own month: 1/31 in October, 1/28 in February
	ByThirty       DayRate = "fixed 30"      // a thirtieth of a month's amount
	ByTwentySix    DayRate = "fixed 26"      // a twenty-sixth
	ByYear         DayRate = "year of 365"   // twelve months' amounts over 365 days
)

// NoticeRule says how long the notice is and what a day that is missing costs.
type NoticeRule struct {
	Months int // whole months from the day after it was given
	Days   int // and so many days
	// CountsGiven says that the day on which it was given is the first day of the notice, by contract; otherwise the day after is.
	CountsGiven bool
	// Rate and Monthly are what a missing day is worth: a day of Monthly, the sum of the pay terms that the contract names.
	Rate     DayRate
	Monthly  hr.Money
	Rounding hr.Rounding // of the amount, once; zero: half up to the places of the currency
}

// NoticeOutcome is how a notice ended. Payroll's settlement reads it: what the employee owes for days not served is a recovery, what the
// employer owes for days not given is pay in place of notice.
type NoticeOutcome struct {
	Through     hr.Date   // the last day of the notice as it is due
	Served      int       // its calendar days up to the last day of work
	Short       hr.Period // the days that are missing; the zero Period where none is
	Days        int       // how many these are, waived ones left out
	Waived      int       // days that the other side let go: they cost nothing
	RecoverFrom bool      // the employee owes the amount: a recovery, or what a new employer buys out
	Amount      hr.Money  // above zero, or zero of the currency where no day is missing
	Explanation string    // how the days were counted, without the amount
}

// Settle works out how a notice ended: given on n.Given, the last day of work on last. Waived is how many of the missing days the other
// side lets go. A month that lacks the day ends with its last. All faults come together: no day, a last
// day before it (RuleNoticeDates), a negative length or waiver, more days waived than are missing, no monthly amount (RuleNoticeRate).
func (r NoticeRule) Settle(n NoticeDates, last hr.Date, waived int) (NoticeOutcome, error) {
	var faults hr.Faults
	if n.Given.IsZero() {
		faults.Missing("given", RuleNoticeDates)
	}
	if last.IsZero() {
		faults.Missing("last_day", RuleNoticeDates)
	} else if last.Before(n.Given) {
		faults.Add("last_day", RuleNoticeDates, "must not be before the notice")
	}
	if r.Months < 0 || r.Days < 0 {
		faults.Add("rule", RuleNoticeRate, "the length must not be negative")
	}
	if r.Monthly.Currency == "" || r.Monthly.Amount.Sign() < 0 {
		faults.Add("rule.monthly", RuleNoticeRate, "must be an amount of a currency, not negative")
	}
	switch r.Rate {
	case ByCalendarDays, ByThirty, ByTwentySix, ByYear:
	default:
		faults.Add("rule.rate", RuleNoticeRate, "must be one of: %s, %s, %s, %s", ByCalendarDays, ByThirty, ByTwentySix, ByYear)
	}
	if faults.Any() {
		return NoticeOutcome{}, faults.Err()
	}
	due, err := n.Given.AddMonths(r.Months, hr.MonthClamp)
	if err != nil {
		return NoticeOutcome{}, err
	}
	due, before := due.Add(r.Days), n.Given // the day before the first of the notice
	if r.CountsGiven {
		due, before = due.Add(-1), before.Add(-1)
	}
	o := NoticeOutcome{Through: due, RecoverFrom: !n.ByEmployer, Waived: waived, Amount: hr.Money{Currency: r.Monthly.Currency}}
	total := max(0, due.Since(before))
	o.Served = max(0, min(total, last.Since(before)))
	missing := total - o.Served
	if waived < 0 || waived > missing {
		faults.Add("waived", RuleNoticeRate, "must be 0 to %d, the days that are missing", missing)
		return NoticeOutcome{}, faults.Err()
	}
	o.Days = missing - waived
	if missing > 0 {
		o.Short = hr.Period{From: before.Add(o.Served + 1), Through: due}
	}
	o.Explanation = fmt.Sprintf("notice of %d days from %s through %s: %d served, %d missing, %d of them waived, a day by %s",
		total, before.Add(1), due, o.Served, missing, waived, r.Rate)
	if o.Days == 0 {
		return o, nil
	}
	num, den := r.worth(o)
	amount, err := r.rounding().Ratio(num, den)
	if err != nil {
		return NoticeOutcome{}, err
	}
	o.Amount.Amount = amount
	return o, nil
}

// worth returns the amount of the missing days as a fraction; of the days that are missing, the first are paid for and the last waived.
func (r NoticeRule) worth(o NoticeOutcome) (num, den decimal.Decimal) {
	days := decimal.NewFromInt(int64(o.Days))
	switch r.Rate {
	case ByThirty:
		return r.Monthly.Amount.Mul(days), decimal.NewFromInt(30)
	case ByTwentySix:
		return r.Monthly.Amount.Mul(days), decimal.NewFromInt(26)
	case ByYear:
		return r.Monthly.Amount.Mul(days).Mul(decimal.NewFromInt(12)), decimal.NewFromInt(365)
	}
	const all = 28 * 29 * 30 * 31 // every month's days divide it
	parts := int64(0)
	for i := range o.Days {
		parts += all / int64(o.Short.From.Add(i).DaysInMonth())
	}
	return r.Monthly.Amount.Mul(decimal.NewFromInt(parts)), decimal.NewFromInt(all)
}

func (r NoticeRule) rounding() hr.Rounding {
	if r.Rounding.IsZero() {
		return hr.Rounding{Step: decimal.New(1, -r.Monthly.Currency.Places()), Mode: hr.HalfUp}
	}
	return r.Rounding
}
