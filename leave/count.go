package leave

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Calendar says what a day is for the employee; an [hr.Calendar] is one. Of a half working day the first half is worked.
type Calendar interface {
	Day(d hr.Date) (hr.Day, error)
}

// Why says why a day counts, or why it does not.
type Why string

const (
	Working        Why = "working"            // worked otherwise, so it counts
	HalfWorking    Why = "half_working_day"   // half of it is worked, and that half counts
	NotWorked      Why = "half_not_worked"    // the half that is asked for is the one not worked: nothing counts
	WeeklyOff      Why = "weekly_off"         // a day off inside the request: nothing counts
	Holiday        Why = "holiday"            // likewise a holiday, also one on a weekly off
	WeeklyCounted  Why = "weekly_off_counted" // a weekly off that the sandwich rule counts
	HolidayCounted Why = "holiday_counted"    // a holiday that the sandwich rule counts
	CountedBefore  Why = "counted_before"     // a day off that a joined request has counted already
	ByTheHour      Why = "by_the_hour"        // hours of a working day: they are beside no day off
)

// Day is one day as a request counts it.
type Day struct {
	Date     hr.Date         `json:"date" class:"private"`
	Half     hr.HalfOfDay    `json:"half,omitempty" class:"private"` // the part asked for, whether worked or not
	Quantity decimal.Decimal `json:"quantity" class:"private"`       // counted: 0, 0.5 or 1 day, or hours
	Why      Why             `json:"why" class:"private"`
	Name     string          `json:"name,omitempty" class:"public"`  // the name of the holiday, on one
	Lots     []Share         `json:"lots,omitempty" class:"private"` // where the quantity comes from; none before approval
}

// off reports whether the day is a day off.
func (d Day) off() bool {
	switch d.Why {
	case WeeklyOff, Holiday, WeeklyCounted, HolidayCounted, CountedBefore:
		return true
	}
	return false
}

// CountInput is a span of leave and what decides how it counts.
type CountInput struct {
	Period hr.Period // both days included; it must have an end
	// FromHalf and ThroughHalf cut the first and the last day. Over several days FromHalf may be the second half (leave begins
	// at noon) and ThroughHalf the first (it ends at noon). On one day either names the half, or both the same.
	FromHalf, ThroughHalf hr.HalfOfDay
	Hours                 decimal.Decimal // of leave by the hour: the hours of one day, without a half; zero for whole and half days
	Calendar              Calendar        // required
	Counting              Counting
	// Joined are the days of other requests of the same type, as [Count] gave them: together with this one they are one run
	// of leave. A day off that one of them counted is not counted again, so the parts of a run, counted one after the other
	// in any order, come to what the run counts as one request.
	Joined []Day
}

// Counted is the answer of [Count].
type Counted struct {
	Days  []Day           // by date: every day of the request, and each day off outside it that it makes count
	Total decimal.Decimal // the sum of the quantities; zero where nobody would have worked
	Trace hr.Trace
}

// Count says how many days a span of leave takes, and why, day by day. It reads the calendar no further than the sandwich
// rule needs. All faults come together as [hr.FieldError]s: a period that is not one (RuleRequestPeriod), halves that leave a
// gap (RuleRequestHalf), an unknown rule (RulePolicyCounting), a day the calendar does not know (its own error).
func Count(in CountInput) (Counted, error) {
	var faults hr.Faults
	s := span{in.Period, in.FromHalf, in.ThroughHalf, in.Hours}
	faults.Join("", s.validate())
	faults.Join("counting", in.Counting.Validate())
	if !in.Hours.IsZero() && (in.Hours.IsNegative() || in.Period.From != in.Period.Through || in.FromHalf+in.ThroughHalf != "" || in.Counting.Hours.IsZero()) {
		faults.Add("hours", RuleRequestHours, "must be above zero, of one day without a half, and of a type that is counted in hours")
	}
	if in.Calendar == nil {
		faults.Missing("calendar", RuleRequestCalendar)
	}
	if faults.Any() {
		return Counted{}, faults.Err()
	}
	c := counter{in: in, own: s, leave: map[hr.Date][2]bool{}, before: map[hr.Date]bool{}, known: map[hr.Date]hr.Day{}}
	if err := c.count(); err != nil {
		return Counted{}, err
	}
	if in.Hours.Sign() > 0 {
		d := &c.days[0]
		if in.Hours.Cmp(d.Quantity) > 0 {
			return Counted{}, &hr.FieldError{Path: "hours", Rule: RuleRequestHours, Reason: fmt.Sprintf("must be at most %s, what is worked on %s", d.Quantity, d.Date)}
		}
		d.Quantity, d.Why = in.Hours, ByTheHour
	}
	slices.SortFunc(c.days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	unit := string(Days)
	if !in.Counting.Hours.IsZero() {
		unit = string(Hours)
	}
	out := Counted{Days: c.days, Trace: hr.Trace{Name: "leave " + unit, Unit: unit, Rule: in.Counting.text(), Period: in.Period}}
	for _, d := range c.days {
		out.Total = out.Total.Add(d.Quantity)
		part := hr.Trace{Name: d.Date.String(), Value: d.Quantity.String(), Unit: unit, Note: string(d.Why), Rule: d.Name}
		if d.Half != hr.WholeDay {
			part.Note += ", " + string(d.Half) + " half asked for"
		}
		out.Trace.Parts = append(out.Trace.Parts, part)
	}
	out.Trace.Value = out.Total.String()
	return out, nil
}

// counter is the work of one [Count].
type counter struct {
	in     CountInput
	own    span
	leave  map[hr.Date][2]bool // which halves are leave, of this request and the joined ones
	before map[hr.Date]bool    // days off that a joined request has counted
	reach  hr.Period           // from the first to the last day with leave of any of them
	known  map[hr.Date]hr.Day  // the calendar, as far as it was read
	days   []Day
}

func (c *counter) day(d hr.Date) (hr.Day, error) {
	if day, ok := c.known[d]; ok {
		return day, nil
	}
	day, err := c.in.Calendar.Day(d)
	if err != nil {
		return day, err
	}
	c.known[d] = day
	return day, nil
}

func (c *counter) count() error {
	c.reach = c.own.period
	for _, j := range c.in.Joined {
		if j.off() {
			c.before[j.Date] = c.before[j.Date] || j.Quantity.Sign() > 0
			continue
		}
		if j.Why == ByTheHour {
			continue
		}
		c.leave[j.Date] = either(c.leave[j.Date], halves(j.Half))
		if j.Date.Before(c.reach.From) {
			c.reach.From = j.Date
		}
		if j.Date.After(c.reach.Through) {
			c.reach.Through = j.Date
		}
	}
	if _, err := c.day(c.own.period.Through); err != nil { // a span of centuries fails here and not after them
		return err
	}
	for d := range c.own.period.Days() {
		day, err := c.day(d)
		if err != nil {
			return err
		}
		asked := c.own.half(d)
		if c.in.Hours.IsZero() {
			c.leave[d] = either(c.leave[d], halves(asked))
		}
		out := Day{Date: d, Half: asked, Why: Working}
		for i := range day.Halves {
			if halves(asked)[i] {
				out.Quantity = out.Quantity.Add(half)
			}
		}
		if c.in.Counting.Sandwich == SandwichCalendar {
			out.Quantity = c.in.Counting.counted(portion(asked))
			if out.Why = Working; !day.Working() {
				out.Why = WeeklyCounted
			}
			if day.Holiday != "" && !day.Working() {
				out.Why, out.Name = HolidayCounted, day.Holiday
			}
			if c.before[d] {
				out.Quantity, out.Why = decimal.Decimal{}, CountedBefore
			}
			c.days = append(c.days, out)
			continue
		}
		out.Quantity = c.in.Counting.counted(out.Quantity)
		switch {
		case day.Holiday != "" && !day.Working():
			out.Why, out.Name = Holiday, day.Holiday
		case !day.Working():
			out.Why = WeeklyOff
		case out.Quantity.IsZero():
			out.Why = NotWorked
		case day.Halves == 1:
			out.Why = HalfWorking
		}
		c.days = append(c.days, out)
	}
	if c.in.Counting.off() || c.in.Hours.Sign() > 0 {
		return nil
	}
	return c.sandwich()
}

// sandwich looks at each run of days off that this request lies in or touches.
func (c *counter) sandwich() error {
	first, err := c.edge(c.own.period.From, -1)
	if err != nil {
		return err
	}
	last, err := c.edge(c.own.period.Through, +1)
	if err != nil {
		return err
	}
	var run hr.Period
	for d := first; !d.After(last); d = d.Add(1) {
		day := c.known[d] // the request's own days and the way to both edges have been read
		if !day.Working() {
			if run.IsZero() {
				run.From = d
			}
			run.Through = d
		}
		if !run.IsZero() && (day.Working() || d == last) {
			c.judge(run)
			run = hr.Period{}
		}
	}
	return nil
}

// edge walks from d outward over days off, as far as the rule needs to look and no longer than a run of days off can be, and returns the
// last of them.
func (c *counter) edge(d hr.Date, step int) (hr.Date, error) {
	for n := 0; n < far && c.looks(d.Add(step)); n++ {
		day, err := c.day(d.Add(step))
		if err != nil {
			return d, err
		}
		if day.Working() {
			break
		}
		d = d.Add(step)
	}
	return d, nil
}

// looks reports whether it matters what d is: past all leave it only does to the rule that counts edges.
func (c *counter) looks(d hr.Date) bool {
	return !d.IsZero() && (c.in.Counting.Sandwich == SandwichEdges || c.reach.Contains(d))
}

// judge counts the days of one run of days off if the leave around it makes them count.
func (c *counter) judge(run hr.Period) {
	before, ownBefore := c.side(run.From.Add(-1), func(d hr.Day) int { return d.Halves - 1 }) // its last half worked
	after, ownAfter := c.side(run.Through.Add(1), func(hr.Day) int { return 0 })              // its first half worked
	ours := ownBefore || ownAfter || run.Overlaps(c.own.period)
	if longest := c.in.Counting.Longest; !ours || !c.in.Counting.touched(before, after) || longest > 0 && run.Len() > longest {
		return
	}
	for d := range run.Days() {
		day := c.known[d]
		if !c.in.Counting.counts(day) {
			continue
		}
		out := Day{Date: d, Quantity: c.in.Counting.counted(one), Why: WeeklyCounted}
		if day.Holiday != "" {
			out.Why, out.Name = HolidayCounted, day.Holiday
		}
		inside := slices.IndexFunc(c.days, func(o Day) bool { return o.Date == d })
		if c.before[d] {
			out.Quantity, out.Why = decimal.Decimal{}, CountedBefore
		}
		switch {
		case inside >= 0:
			c.days[inside] = out
		case !c.before[d]:
			c.days = append(c.days, out)
		}
	}
}

// side reports whether the half of d that is next to a run of days off is leave, and whether it is this request's. A day that
// was not read lies past all leave.
func (c *counter) side(d hr.Date, nearest func(hr.Day) int) (leave, own bool) {
	day, read := c.known[d]
	if !read {
		return false, false
	}
	i := nearest(day)
	return c.leave[d][i], c.own.period.Contains(d) && halves(c.own.half(d))[i]
}

// portion returns the part of a day: 1, or 0.5 for a half.
func portion(h hr.HalfOfDay) decimal.Decimal { return hr.Absence{Half: h}.Portion() }

// span is a run of leave: days, and where it begins and ends inside the first and the last.
type span struct {
	period        hr.Period
	from, through hr.HalfOfDay
	hours         decimal.Decimal
}

func (s span) validate() error {
	var faults hr.Faults
	switch {
	case s.period.From.IsZero():
		faults.Missing("period.from", RuleRequestPeriod)
	case s.period.Through.IsZero():
		faults.Missing("period.through", RuleRequestPeriod)
	case s.period.Through.Before(s.period.From):
		faults.Add("period.through", RuleRequestPeriod, "must not be before from")
	}
	days := !faults.Any()
	for _, h := range []struct {
		path string
		half hr.HalfOfDay
	}{{"from_half", s.from}, {"through_half", s.through}} {
		if h.half != hr.WholeDay && h.half != hr.FirstHalf && h.half != hr.SecondHalf {
			faults.Add(h.path, RuleRequestHalf, "must be empty, first or second")
		}
	}
	if !days { // whether a half fits depends on them
		return faults.Err()
	}
	switch several := s.period.From != s.period.Through; {
	case several && s.from == hr.FirstHalf:
		faults.Add("from_half", RuleRequestHalf, "over several days leave begins with a whole day or at noon")
	case !several && s.from != "" && s.through != "" && s.from != s.through:
		faults.Add("through_half", RuleRequestHalf, "one day has one half or is whole")
	}
	if s.period.From != s.period.Through && s.through == hr.SecondHalf {
		faults.Add("through_half", RuleRequestHalf, "over several days leave ends with a whole day or at noon")
	}
	return faults.Err()
}

// half returns the part of d, a day of the span, that is asked for.
func (s span) half(d hr.Date) hr.HalfOfDay {
	switch {
	case s.period.From == s.period.Through:
		return cmp.Or(s.from, s.through)
	case d == s.period.From:
		return s.from
	case d == s.period.Through:
		return s.through
	}
	return hr.WholeDay
}

// halves says which halves of a day a part of it covers: the first, the second.
func halves(h hr.HalfOfDay) [2]bool {
	return [2]bool{h != hr.SecondHalf, h != hr.FirstHalf}
}

func either(a, b [2]bool) [2]bool { return [2]bool{a[0] || b[0], a[1] || b[1]} }

// shares returns the first day on which both spans ask for the same time, and whether that is half a day for both.
func (s span) shares(o span) (day hr.Date, bothHalf, ok bool) {
	common, _ := s.period.Intersect(o.period)
	for d := range common.Days() {
		a, b := s.half(d), o.half(d)
		if x, y := halves(a), halves(b); x[0] && y[0] || x[1] && y[1] {
			return d, a != hr.WholeDay && b != hr.WholeDay, true
		}
	}
	return hr.Date{}, false, false
}
