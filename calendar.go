package hr

import (
	"fmt"
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/shopspring/decimal"
)

// DayKind says what an own dated entry of a calendar makes of a day. The empty kind is not a kind.
type DayKind string

const (
	DayHoliday    DayKind = "holiday"    // nobody works; beside a weekly off, both are remembered
	DayRestricted DayKind = "restricted" // a working day that an employee may choose as a holiday from the list
	DayWorking    DayKind = "working"    // a full working day, whatever the week or a holiday says: a make-up day
	DayHalf       DayKind = "half"       // half a working day
	DayOff        DayKind = "off"        // off like a weekly off, such as a shutdown; not a holiday
)

// CalendarEntry is one day of the host's own list: a company, state or restricted holiday, a make-up day.
type CalendarEntry struct {
	Date Date
	Kind DayKind
	Name string
}

// WeekdayRule picks a weekday: every one, or the nth of each month. {Saturday, nil} is every Saturday, {Saturday, {2, 4}} the
// second and fourth, {Saturday, {-1}} the last.
type WeekdayRule struct {
	Weekday time.Weekday
	Nth     []int // 1 to 5, or -1 for the last; empty for every one
}

// Observance says which day of a rickar/cal holiday counts when a substitution rule moves it. The empty value is not one:
// the choice changes who is paid, so it is made.
type Observance string

const (
	ActualDay   Observance = "actual"   // the day itself, also on a weekend
	ObservedDay Observance = "observed" // the substituted day only
	BothDays    Observance = "both"
)

// CalendarRules is what a [Calendar] is built from.
type CalendarRules struct {
	Name     string
	Span     Period         // the days the calendar knows, both ends required; to ask outside is an error
	Off      []WeekdayRule  // weekly offs
	Half     []WeekdayRule  // half working days; an off wins over a half
	Holidays []*cal.Holiday // a country's list from rickar/cal, such as gb.Holidays; copied on the way in
	Observe  Observance     // required with Holidays
	Entries  []CalendarEntry
}

// Day is what a calendar knows of one day. A holiday on a weekly off is both.
type Day struct {
	Date       Date
	Halves     int    // halves of the day that are worked: 0, 1 or 2
	WeeklyOff  bool   // off by the weekly pattern or a DayOff entry
	Holiday    string // the holiday's name; empty where there is none
	Restricted string // the name of a restricted holiday that may be chosen; empty where there is none
}

// Working reports whether any part of the day is worked.
func (d Day) Working() bool { return d.Halves > 0 }

// Portion returns the worked part of the day: 0, 0.5 or 1.
func (d Day) Portion() decimal.Decimal { return decimal.New(int64(d.Halves)*5, -1) }

// Calendar answers what a day is: working, half, weekly off, holiday. It is computed once, immutable, and safe for
// concurrent use. The zero Calendar knows no day.
//
// It takes holidays from rickar/cal by rule and year and asks nothing of that package's calendars, whose cache races with
// AddHoliday, whose zone is the machine's, and whose IsWorkday forgets the actual day when a holiday was moved.
type Calendar struct {
	name string
	span Period
	days []Day
}

// NewCalendar computes the calendar. All faults come together as [FieldError]s: a span that is open or longer than 200
// years (RuleCalendarSpan), an nth weekday out of range (RuleCalendarDay), an entry without a name, of an unknown kind,
// outside the span or contradicting another on its day, a holiday without a name or a rule (RuleCalendarEntry), holidays
// without an Observe (RuleCalendarDay).
func NewCalendar(r CalendarRules) (Calendar, error) {
	var faults Faults
	if err := r.Span.Validate(); err != nil {
		faults.Join("span", err)
	} else if r.Span.Open() || r.Span.Len() > 366*200 {
		faults.Add("span", RuleCalendarSpan, "must have a last day, at most 200 years on")
	}
	checkWeek(&faults, "off", r.Off)
	checkWeek(&faults, "half", r.Half)
	if len(r.Holidays) > 0 && r.Observe != ActualDay && r.Observe != ObservedDay && r.Observe != BothDays {
		faults.Add("observe", RuleCalendarDay, "must be actual, observed or both: it decides which day is paid")
	}
	for i, h := range r.Holidays { // rickar/cal would say that such a holiday never falls
		if h == nil || h.Func == nil || h.Name == "" {
			faults.Add(fmt.Sprintf("holidays[%d]", i), RuleCalendarEntry, "needs a name and a rule for its day")
		}
	}
	own := checkEntries(&faults, r)
	if faults.Any() {
		return Calendar{}, faults.Err()
	}
	holidays := holidaysOf(r)
	c := Calendar{name: r.Name, span: r.Span, days: make([]Day, 0, r.Span.Len())}
	for d := range r.Span.Days() {
		day := Day{Date: d, Halves: 2, Holiday: holidays[d]}
		switch {
		case matches(r.Off, d):
			day.Halves, day.WeeklyOff = 0, true
		case matches(r.Half, d):
			day.Halves = 1
		}
		if day.Holiday != "" {
			day.Halves = 0
		}
		for _, e := range own[d] {
			switch e.Kind {
			case DayHoliday:
				day.Halves, day.Holiday = 0, e.Name
			case DayRestricted:
				day.Restricted = e.Name
			case DayWorking:
				day.Halves, day.WeeklyOff, day.Holiday = 2, false, ""
			case DayHalf:
				day.Halves, day.WeeklyOff, day.Holiday = 1, false, ""
			case DayOff:
				day.Halves, day.WeeklyOff = 0, true
			}
		}
		c.days = append(c.days, day)
	}
	return c, nil
}

// MustCalendar is [NewCalendar] for literals in tests and examples; it panics on a fault.
func MustCalendar(r CalendarRules) Calendar {
	c, err := NewCalendar(r)
	if err != nil {
		panic(err)
	}
	return c
}

func checkWeek(faults *Faults, path string, rules []WeekdayRule) {
	for i, w := range rules {
		if w.Weekday < time.Sunday || w.Weekday > time.Saturday {
			faults.Add(fmt.Sprintf("%s[%d].weekday", path, i), RuleCalendarDay, "is not a day of the week")
		}
		for j, n := range w.Nth {
			if n != -1 && (n < 1 || n > 5) {
				faults.Add(fmt.Sprintf("%s[%d].nth[%d]", path, i, j), RuleCalendarDay, "must be 1 to 5, or -1 for the last")
			}
		}
	}
}

func checkEntries(faults *Faults, r CalendarRules) map[Date][]CalendarEntry {
	own := make(map[Date][]CalendarEntry, len(r.Entries))
	for i, e := range r.Entries {
		at := fmt.Sprintf("entries[%d]", i)
		switch e.Kind {
		case DayHoliday, DayRestricted:
			if e.Name == "" {
				faults.Missing(at+".name", RuleCalendarEntry)
			}
		case DayWorking, DayHalf, DayOff:
		default:
			faults.Add(at+".kind", RuleCalendarEntry, "must be holiday, restricted, working, half or off")
		}
		if !r.Span.Contains(e.Date) {
			faults.Add(at+".date", RuleCalendarEntry, "is outside the calendar's span")
		}
		for _, other := range own[e.Date] {
			if (other.Kind == DayRestricted) == (e.Kind == DayRestricted) {
				faults.Add(at+".date", RuleCalendarEntry, "a second entry for %s", e.Date)
			}
		}
		own[e.Date] = append(own[e.Date], e)
	}
	return own
}

// civilDay returns the day that rickar/cal means. It answers with the start of the day in the machine's zone; where clocks
// go forward at midnight that start does not exist, and time.Date gives 23:00 of the day before.
func civilDay(t time.Time) Date {
	if t.Hour() == 23 {
		next := t.Add(time.Hour)
		_, before := t.Zone()
		if _, after := next.Zone(); after != before {
			t = next
		}
	}
	return DateOf(t, t.Location())
}

// holidaysOf names the holiday on each day; where two fall together the names are joined.
func holidaysOf(r CalendarRules) map[Date]string {
	named := map[Date]string{}
	add := func(t time.Time, name string) {
		if t.IsZero() {
			return
		}
		d := civilDay(t)
		switch have := named[d]; {
		case have == "":
			named[d] = name
		case have != name:
			named[d] = have + ", " + name
		}
	}
	for _, h := range r.Holidays {
		h = h.Clone(nil)
		for year := max(1, r.Span.From.Year()-1); year <= min(9999, r.Span.Through.Year()+1); year++ {
			actual, observed := h.Calc(year) // one year either side: an observed day may lie over the year's end
			if r.Observe != ObservedDay {
				add(actual, h.Name)
			}
			if r.Observe != ActualDay {
				add(observed, h.Name)
			}
		}
	}
	return named
}

func matches(rules []WeekdayRule, d Date) bool {
	for _, w := range rules {
		if d.Weekday() != w.Weekday {
			continue
		}
		nth := (d.Day() + 6) / 7
		last := d.Day()+7 > d.DaysInMonth()
		if len(w.Nth) == 0 || slices.Contains(w.Nth, nth) || last && slices.Contains(w.Nth, -1) {
			return true
		}
	}
	return false
}

// Name returns the name given in the rules.
func (c Calendar) Name() string { return c.name }

// Span returns the days the calendar knows.
func (c Calendar) Span() Period { return c.span }

// Day returns what d is, or a [FieldError] with RuleCalendarSpan for a day the calendar does not know.
func (c Calendar) Day(d Date) (Day, error) {
	if !c.span.Contains(d) {
		return Day{}, &FieldError{Path: "date", Rule: RuleCalendarSpan, Reason: fmt.Sprintf("%s is outside the calendar %q, which knows %s", d, c.name, c.span), Err: ErrNoValue}
	}
	return c.days[d.Since(c.span.From)], nil
}

// Days returns what each day of p is, in order, with the error of [Calendar.Day] if one is not known.
func (c Calendar) Days(p Period) ([]Day, error) {
	if p.IsZero() {
		return nil, nil
	}
	for _, d := range []Date{p.From, p.last()} {
		if _, err := c.Day(d); err != nil {
			return nil, err
		}
	}
	from := p.From.Since(c.span.From)
	return slices.Clone(c.days[from : from+p.Len()]), nil
}

// WorkingDays returns the working days of p, half days as 0.5, with the error of [Calendar.Days].
func (c Calendar) WorkingDays(p Period) (decimal.Decimal, error) {
	days, err := c.Days(p)
	halves := 0
	for _, d := range days {
		halves += d.Halves
	}
	return decimal.New(int64(halves)*5, -1), err
}

// AddWorkingDays returns the nth day after d on which any work is done, the nth before it for a negative n, and d itself for
// 0: the due date of a task. It returns the error of [Calendar.Day] when it leaves the span.
func (c Calendar) AddWorkingDays(d Date, n int) (Date, error) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.Add(step)
		day, err := c.Day(d)
		if err != nil {
			return Date{}, err
		}
		if day.Working() {
			n--
		}
	}
	return d, nil
}
