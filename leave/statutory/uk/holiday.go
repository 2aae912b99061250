package uk

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Holiday is a year's statutory holiday of somebody with a fixed working week.
type Holiday struct {
	Days decimal.Decimal // 5.6 weeks of their days, at most 28; exact
	// Hours is the same in hours, to four decimals, half up: the hours of a week x the weeks that the days are.
	Hours decimal.Decimal
}

var (
	four    = hr.MustRounding("0.0001", hr.HalfUp)
	pence   = hr.MustRounding("0.01", hr.HalfUp)
	penceUp = hr.MustRounding("0.01", hr.Up)
	halfUp  = hr.MustRounding("0.5", hr.Ceiling) // up to half a day
	hundred = decimal.NewFromInt(100)
	twelve  = decimal.NewFromInt(12)
)

// Entitlement returns the holiday of regs 13 and 13A for a working week of so many days and, where they are known, hours; zero
// hours are not known. Never rounded down: a day a week is 5.6 days a year.
func Entitlement(law leave.Law, on hr.Date, daysAWeek, hoursAWeek decimal.Decimal) (Holiday, error) {
	var faults hr.Faults
	checkWeek(&faults, daysAWeek)
	negative(&faults, "hours_a_week", hoursAWeek)
	if faults.Any() {
		return Holiday{}, faults.Err()
	}
	v, err := law.Values(on, "holiday.weeks", "holiday.most_days")
	if err != nil {
		return Holiday{}, err
	}
	h := Holiday{Days: decimal.Min(v[0].Mul(daysAWeek), v[1])}
	h.Hours, err = four.Ratio(hoursAWeek.Mul(h.Days), daysAWeek)
	return h, err
}

func checkWeek(faults *hr.Faults, days decimal.Decimal) {
	if days.Sign() <= 0 || days.Cmp(decimal.NewFromInt(7)) > 0 {
		faults.Add("days_a_week", RuleWeek, "must be above zero and at most 7")
	}
}

func negative(faults *hr.Faults, path string, d decimal.Decimal) {
	if d.Sign() < 0 {
		faults.Add(path, RuleNegative, "must not be below zero")
	}
}

// Share is a part of a year's holiday.
type Share struct {
	Days    decimal.Decimal // to two decimals, half up
	Rounded decimal.Decimal // up to half a day, from the exact share: practice, the law has no rounding here
}

// StartedInYear returns the share of who starts inside a leave year: regs 13(5) and 13A(5), the days left from start on over the
// days of the leave year.
func StartedInYear(law leave.Law, year hr.Period, start hr.Date, daysAWeek decimal.Decimal) (Share, error) {
	var faults hr.Faults
	if year.Validate() != nil || year.Open() || !year.Contains(start) {
		faults.Add("start", RuleDay, "must lie in a leave year with a last day")
	}
	checkWeek(&faults, daysAWeek)
	if faults.Any() {
		return Share{}, faults.Err()
	}
	h, err := Entitlement(law, start, daysAWeek, decimal.Decimal{})
	if err != nil {
		return Share{}, err
	}
	num, den := h.Days.Mul(days(year.Through.Since(start)+1)), days(year.Len())
	var s Share
	if s.Days, err = pence.Ratio(num, den); err != nil {
		return Share{}, err
	}
	s.Rounded, err = halfUp.Ratio(num, den)
	return s, err
}

func days(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }

// FirstYear returns what may be taken so far in the first year of employment, reg 15A: a twelfth on the first day of each month,
// month 1 the first, up to half a day. It limits what may be taken and changes no entitlement; from month 12 all may be.
func FirstYear(law leave.Law, on hr.Date, daysAWeek decimal.Decimal, month int) (decimal.Decimal, error) {
	if month < 1 {
		return decimal.Decimal{}, &hr.FieldError{Path: "month", Rule: RuleNegative, Reason: "must be 1 for the first month of employment, or later"}
	}
	h, err := Entitlement(law, on, daysAWeek, decimal.Decimal{})
	if err != nil || month >= 12 {
		return h.Days, err
	}
	return halfUp.Ratio(h.Days.Mul(days(month)), twelve)
}

// Left is what a leaver has earned and is owed.
type Left struct {
	Accrued decimal.Decimal // to four decimals, half up
	Owed    decimal.Decimal // accrued less taken, of the exact figure; below zero only an agreement lets it be recovered
}

// Leaver returns A x B - C of reg 14: the year's holiday, times the part of the leave year that is over, less what was taken.
func Leaver(law leave.Law, on hr.Date, daysAWeek decimal.Decimal, expired, yearDays int, taken decimal.Decimal) (Left, error) {
	var faults hr.Faults
	if yearDays < 1 || expired < 0 || expired > yearDays {
		faults.Add("expired", RuleDay, "must be no more than the days of the leave year")
	}
	negative(&faults, "taken", taken)
	if faults.Any() {
		return Left{}, faults.Err()
	}
	h, err := Entitlement(law, on, daysAWeek, decimal.Decimal{})
	if err != nil {
		return Left{}, err
	}
	var l Left
	num, den := h.Days.Mul(days(expired)), days(yearDays)
	if l.Accrued, err = four.Ratio(num, den); err != nil {
		return Left{}, err
	}
	l.Owed, err = four.Ratio(num.Sub(taken.Mul(den)), den)
	return l, err
}

// FullTime is what a comparable full-time worker has.
type FullTime struct {
	Days, BankHolidays, Week decimal.Decimal // days of holiday, bank holidays on top of them, days of a week
}

// Bookable is the holiday of a part-time worker, to four decimals, half up.
type Bookable struct {
	Total decimal.Decimal // pro rata, never below the statutory entitlement
	Left  decimal.Decimal // after the bank holidays on own working days came off
}

// PartTime returns the pro-rata share of the Part-time Workers Regulations 2000: (days + bank holidays) x own days / full-time
// days. The bank holidays that fall on own working days come off what can be booked.
func PartTime(law leave.Law, on hr.Date, full FullTime, daysAWeek, ownBankHolidays decimal.Decimal) (Bookable, error) {
	var faults hr.Faults
	negative(&faults, "full.days", full.Days)
	negative(&faults, "full.bank_holidays", full.BankHolidays)
	negative(&faults, "own_bank_holidays", ownBankHolidays)
	if full.Week.Sign() <= 0 {
		faults.Add("full.week", RuleWeek, "must be above zero")
	}
	if faults.Any() {
		return Bookable{}, faults.Err()
	}
	h, err := Entitlement(law, on, daysAWeek, decimal.Decimal{})
	if err != nil {
		return Bookable{}, err
	}
	num := full.Days.Add(full.BankHolidays).Mul(daysAWeek)
	if least := h.Days.Mul(full.Week); num.Cmp(least) < 0 {
		num = least
	}
	var b Bookable
	if b.Total, err = four.Ratio(num, full.Week); err != nil {
		return Bookable{}, err
	}
	b.Left, err = four.Ratio(num.Sub(ownBankHolidays.Mul(full.Week)), full.Week)
	return b, err
}
