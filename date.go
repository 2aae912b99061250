package hr

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a civil day, without a time and without a zone. The zero Date is "no date". Dates compare with ==, order
// with [Date.Compare], and serve as map keys. A Date is only ever a real day from 0001-01-01 to 9999-12-31.
type Date struct {
	n int32 // days from 0001-01-01, which is 1; 0 is no date
}

const lastDay = 3652059 // 9999-12-31

// NewDate returns the day, or a [FieldError] with RuleDateInvalid for one that no calendar has, such as 31 February.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < time.January || month > time.December || day < 1 || day > daysIn(year, month) {
		return Date{}, &FieldError{Rule: RuleDateInvalid, Reason: fmt.Sprintf("%04d-%02d-%02d is not a day of the calendar", year, int(month), day)}
	}
	return civil(year, month, day), nil
}

// ParseDate reads an ISO day such as "2026-10-31". The empty text is an error; see [Date.UnmarshalText] for optional dates.
func ParseDate(s string) (Date, error) {
	var y, m, d int
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		var ok [3]bool
		y, ok[0] = digits(s[0:4])
		m, ok[1] = digits(s[5:7])
		d, ok[2] = digits(s[8:10])
		if ok[0] && ok[1] && ok[2] {
			return NewDate(y, time.Month(m), d)
		}
	}
	return Date{}, &FieldError{Rule: RuleDateInvalid, Reason: "must be a day written YYYY-MM-DD"}
}

// MustDate is [ParseDate] for literals in tests and package-level tables; it panics on a fault.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the civil day that instant t falls on in zone loc.
func DateOf(t time.Time, loc *time.Location) Date {
	_, off := t.In(loc).Zone()
	shown := t.Unix() + int64(off)
	n := shown/86400 + unixDay
	if shown%86400 < 0 {
		n--
	}
	if n < 1 || n > lastDay {
		return Date{}
	}
	return Date{int32(n)}
}

// civil counts the days in years that begin in March, so that the day of a leap year is their last.
func civil(y int, m time.Month, d int) Date {
	since := int(m) - 3 // months since March
	if since < 0 {
		y, since = y-1, since+12
	}
	return Date{int32(y*365 + y/4 - y/100 + y/400 + (153*since+2)/5 + d - beforeMarch)}
}

// beforeMarch moves that count: 1 March of the year 0 is -305, for 1 January of the year 1 is 1.
const beforeMarch = 306

const unixDay = 719163 // ordinal of 1970-01-01

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(y int, m time.Month) int {
	switch {
	case m == time.February && y%4 == 0 && (y%100 != 0 || y%400 == 0):
		return 29
	case m == time.February:
		return 28
	case m == time.April, m == time.June, m == time.September, m == time.November:
		return 30
	}
	return 31
}

func (d Date) utc() time.Time { return time.Unix(int64(d.n-unixDay)*86400, 0).UTC() }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Year returns the calendar year; 0 for no date.
func (d Date) Year() int { y, _, _ := d.Parts(); return y }

// Month returns the calendar month; 0 for no date.
func (d Date) Month() time.Month { _, m, _ := d.Parts(); return m }

// Day returns the day of the month; 0 for no date.
func (d Date) Day() int { _, _, day := d.Parts(); return day }

// Parts returns year, month and day; all 0 for no date.
func (d Date) Parts() (int, time.Month, int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	n := int(d.n) + beforeMarch - 1 // days since 1 March of the year 0
	era := n / daysOf400Years
	n %= daysOf400Years
	year := (n - n/1460 + n/36524 - n/(daysOf400Years-1)) / 365
	n -= year*365 + year/4 - year/100
	month := (5*n + 2) / 153 // from March
	day := n - (153*month+2)/5 + 1
	year += era * 400
	if month += 3; month > 12 {
		year, month = year+1, month-12
	}
	return year, time.Month(month), day
}

const daysOf400Years = 146097

// Weekday returns the day of the week. No date has none; it reads as Sunday.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// Add returns the day n days later, earlier for a negative n. Past either end of the calendar, and from no date, the
// answer is no date.
func (d Date) Add(n int) Date {
	sum := int64(d.n) + int64(n)
	if d.IsZero() || sum < 1 || sum > lastDay {
		return Date{}
	}
	return Date{int32(sum)}
}

// Since returns the number of days from o to d, negative if d is earlier: d == o.Add(d.Since(o)).
func (d Date) Since(o Date) int { return int(d.n) - int(o.n) }

// Compare returns -1, 0 or +1 as d is before, on or after o. No date comes before every day.
func (d Date) Compare(o Date) int { return cmp.Compare(d.n, o.n) }

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.n < o.n }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.n > o.n }

// DaysInMonth returns the number of days of d's month, 28 to 31; 0 for no date.
func (d Date) DaysInMonth() int {
	if d.IsZero() {
		return 0
	}
	y, m, _ := d.Parts()
	return daysIn(y, m)
}

// FirstOfMonth returns the first day of d's month.
func (d Date) FirstOfMonth() Date {
	if d.IsZero() {
		return d
	}
	return d.Add(1 - d.Day())
}

// EndOfMonth returns the last day of d's month.
func (d Date) EndOfMonth() Date {
	if d.IsZero() {
		return d
	}
	return d.Add(d.DaysInMonth() - d.Day())
}

// MonthRule names what "a month later" means when the day does not exist there. Contracts and laws differ, so there is
// no default: the empty rule is an error.
type MonthRule string

const (
	// MonthClamp keeps the day and takes the last of the month where it is missing: 31 Jan + 1 = 28 Feb, 28 Feb + 1 = 28 Mar.
	MonthClamp MonthRule = "clamp"
	// MonthEndSticks is MonthClamp, and a last day of a month stays one: 28 Feb + 1 = 31 Mar.
	MonthEndSticks MonthRule = "end_sticks"
	// MonthOverflow runs on into the month after: 31 Jan + 1 = 3 Mar (2 Mar in a leap year), as time.Time.AddDate does.
	MonthOverflow MonthRule = "overflow"
)

// AddMonths returns the day n months later under rule. It returns a [FieldError] for an unknown rule (RuleMonthRule)
// and for a result outside the calendar or from no date (RuleDateRange).
func (d Date) AddMonths(n int, rule MonthRule) (Date, error) {
	switch rule {
	case MonthClamp, MonthEndSticks, MonthOverflow:
	default:
		return Date{}, &FieldError{Path: "rule", Rule: RuleMonthRule, Reason: "must be clamp, end_sticks or overflow"}
	}
	y, m, day := d.Parts()
	months := int64(y)*12 + int64(m) - 1 + int64(n)
	ty, tm := int(months/12), time.Month(months%12+1)
	if d.IsZero() || months < 12 || ty > 9999 {
		return Date{}, &FieldError{Rule: RuleDateRange, Reason: "is outside the calendar of years 1 to 9999"}
	}
	if rule == MonthOverflow {
		return civil(ty, tm, 1).Add(day - 1), nil
	}
	last := daysIn(ty, tm)
	if rule == MonthEndSticks && day == d.DaysInMonth() {
		day = last
	}
	return civil(ty, tm, min(day, last)), nil
}

// At returns the instant at which a clock in zone loc shows t on day d. TimeOfDay 24:00 is the start of the next day.
// A wall time that a clock change skips is the instant of the change; one that comes twice is the first of the two.
func (d Date) At(t TimeOfDay, loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	wall := d.utc().Add(time.Duration(t.Seconds()) * time.Second)
	near := wall.In(loc) // what UTC shows: less than a day and a half from the instant that is asked for
	from, until := near.ZoneBounds()
	if (from.IsZero() || near.Sub(from) > noChange) && (until.IsZero() || until.Sub(near) > noChange) {
		_, off := near.Zone()
		return near.Add(-time.Duration(off) * time.Second)
	}
	return d.aroundChange(t, loc)
}

// noChange is how far from a clock change an instant must be for the change not to matter: no zone is that far from UTC, and no change is
// of more than a day.
const noChange = 72 * time.Hour

// aroundChange is [Date.At] where a clock change may be near.
func (d Date) aroundChange(t TimeOfDay, loc *time.Location) time.Time {
	y, m, day := d.Parts()
	at := time.Date(y, m, day, 0, 0, t.Seconds(), 0, loc)
	wall := d.utc().Add(time.Duration(t.Seconds()) * time.Second)
	shown := func(i time.Time) time.Time {
		_, off := i.Zone()
		return i.UTC().Add(time.Duration(off) * time.Second)
	}
	from, until := at.ZoneBounds()
	switch at := shown(at); { // skipped: time.Date counted as on one side of the change, and came out on the other
	case at.After(wall):
		return from
	case at.Before(wall):
		return until
	}
	if !from.IsZero() && at.Sub(from) < 48*time.Hour { // perhaps it was shown before the change too: no change is of more than a day
		_, off := from.Add(-1).Zone()
		first := wall.Add(-time.Duration(off) * time.Second).In(loc)
		if first.Before(from) && shown(first).Equal(wall) {
			return first
		}
	}
	return at
}

// String returns the ISO form, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.appendText(make([]byte, 0, 10)))
}

// appendText appends the form of [Date.String] of a day.
func (d Date) appendText(b []byte) []byte {
	y, m, day := d.Parts()
	b = appendPadded(b, y, 4)
	b = appendPadded(append(b, '-'), int(m), 2)
	return appendPadded(append(b, '-'), day, 2)
}

func appendPadded(b []byte, n, width int) []byte {
	at := len(b)
	for range width {
		b = append(b, '0')
	}
	for i := at + width - 1; i >= at; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// MarshalText returns the ISO form; no date is the empty text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; the empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Value stores the ISO text; no date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what [Date.Value] stored, and the date columns of drivers that return a time.Time: its civil day is taken
// as it stands, without moving it to another zone.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = DateOf(v, v.Location())
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return &FieldError{Rule: RuleDateInvalid, Reason: fmt.Sprintf("cannot be read from a column of type %T", src)}
}
