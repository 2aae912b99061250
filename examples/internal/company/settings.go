package company

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

const (
	fileCompany    = "company.csv"
	fileCalendars  = "calendars.csv"
	fileShifts     = "shifts.csv"
	fileAttendance = "attendance.csv"
)

// company reads who pays, in what, for which month and when.
func (r *reader) company(c *Company) (set map[string]row) {
	s, set := r.named(fileCompany)
	get := func(name string) string { return set[name].text("value") }
	for i, of := range countries() {
		if w := set["currency"]; i == 0 || w.optional("value") == string(of.Currency) {
			r.country = of
		}
	}
	c.Country = r.country.Code
	bank := "bank_" + r.country.branch.name
	r.settled(s, set, append([]string{
		"name", "entity", "currency", "zone", "month", "pay_date", "closed_at",
		"bank_holder", "bank_account", bank, "narration", "prepared_by", "approved_by",
	}, r.country.settings...)...)
	c.Name, c.Entity, c.Narration = get("name"), get("entity"), get("narration")
	currency, err := hr.ParseCurrency(get("currency"))
	if get("currency") != "" {
		set["currency"].join("value", err)
		if err == nil && currency != r.country.Currency {
			set["currency"].fault("value", RuleValue, "must be INR, GBP, USD or CAD: the currencies of the countries whose law the program pays by")
		}
	}
	c.More = map[string]string{}
	for _, name := range r.country.settings {
		c.More[name] = get(name)
		if kind, ok := r.country.numbered[name]; ok {
			set[name].identity(r.country.Law, "value", kind)
		}
	}
	c.Currency, c.Zone = currency, time.UTC
	if name := get("zone"); name != "" {
		zone, err := time.LoadLocation(name)
		if err != nil || name == "Local" {
			set["zone"].fault("value", RuleValue, "must be a zone of the IANA database, such as Asia/Kolkata")
		} else {
			c.Zone = zone
		}
	}
	month := func(name string) (p hr.Period) {
		if _, given := set[name]; !given {
			return p
		}
		if text := get(name); text != "" {
			first, err := hr.ParseDate(text + "-01")
			if err == nil {
				p = hr.MonthOf(first)
			} else if p, err = hr.ParsePeriod(text); err != nil || p.Open() {
				p = hr.Period{}
				set[name].fault("value", hr.RuleDateInvalid, "must be a month written YYYY-MM, or a pay period such as 2026-10-05..2026-10-18")
			}
		}
		return p
	}
	c.First, c.Period = month("first_month"), month("month")
	if _, earlier := set["first_month"]; !earlier { // only the one that is closed is run here
		c.First = c.Period
	}
	if c.First.From.After(c.Period.From) && !c.Period.IsZero() {
		set["first_month"].fault("value", hr.RulePeriodOrder, "must not be after month")
	}
	if w, looked := set["change_percent"]; looked {
		c.ChangePercent = w.number("value")
	}
	c.PayDate = set["pay_date"].date("value", false)
	c.ClosedAt = set["closed_at"].instant("value", c.Zone)
	c.Bank = hr.BankAccount{
		Holder: get("bank_holder"), Number: set["bank_account"].bank("value", r.country.account, false),
		Bank: set[bank].bank("value", r.country.branch, false).Reveal(), Kind: "current",
	}
	c.PreparedBy, c.ApprovedBy = ActorOf(hr.EmployeeID(get("prepared_by"))), ActorOf(hr.EmployeeID(get("approved_by")))
	if c.PreparedBy.ID == c.ApprovedBy.ID && c.ApprovedBy.ID != "" {
		set["approved_by"].fault("value", hr.RuleApprovalConflict, "must be another person than prepared_by")
	}
	return set
}

// actors reports a name in company.csv that nobody has: a payroll is prepared and approved by employees.
func (r *reader) actors(set map[string]row, all staff) {
	for _, name := range []string{"prepared_by", "approved_by"} {
		if id := set[name].optional("value"); id != "" && all[id] == nil && len(all) > 0 && !r.broken[fileEmployees] {
			set[name].fault("value", RuleUnknown, "is not in %s", fileEmployees)
		}
	}
}

var weekdays = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// calendars reads what is worked and what is free. A calendar knows the year of the month that is closed and the years beside it.
func (r *reader) calendars(c *Company) {
	s := r.sheet(fileCalendars, false, "calendar", "kind", "day", "name")
	if c.Period.IsZero() {
		return // a fault of company.csv, and told
	}
	var span hr.Period
	span.From, _ = hr.NewDate(c.Period.From.Year()-1, time.January, 1)
	span.Through, _ = hr.NewDate(c.Period.From.Year()+1, time.December, 31)
	rules := map[string]*hr.CalendarRules{}
	first := map[string]row{}
	seen := map[string]int{}
	for _, w := range s.rows {
		name, kind := w.name("calendar"), w.choice("kind", "weekly_off", "half_day", "national", "holiday", "restricted", "working", "half", "off")
		day := w.text("day")
		if !w.once(seen, "day", name+"\x00"+kind+"\x00"+day, "the entry") {
			continue
		}
		of := rules[name]
		if of == nil {
			of = &hr.CalendarRules{Name: name, Span: span}
			rules[name], first[name] = of, w
		}
		switch kind {
		case "weekly_off":
			of.Off = append(of.Off, w.weekday("day"))
		case "half_day":
			of.Half = append(of.Half, w.weekday("day"))
		case "national":
			list, known := r.country.holidays[day]
			if !known {
				w.fault("day", RuleUnknown, "must be one of %s: whose holidays this program brings", sortedKeys(r.country.holidays))
				continue
			}
			of.Holidays, of.Observe = list(), r.country.observe
		case "holiday", "restricted", "working", "half", "off":
			date := w.date("day", false)
			if (kind == "holiday" || kind == "restricted") && w.optional("name") == "" {
				w.fault("name", hr.RuleRequired, "must not be empty")
				continue
			}
			if date.IsZero() {
				continue
			}
			if !span.Contains(date) {
				w.fault("day", hr.RuleCalendarEntry, "lies outside %s, the days the calendars of this month know", span)
				continue
			}
			of.Entries = append(of.Entries, hr.CalendarEntry{Date: date, Kind: hr.DayKind(kind), Name: w.optional("name")})
		}
	}
	c.Calendars = map[string]hr.Calendar{}
	for name, of := range rules {
		slices.SortFunc(of.Entries, func(a, b hr.CalendarEntry) int {
			if n := a.Date.Compare(b.Date); n != 0 {
				return n
			}
			return strings.Compare(string(a.Kind), string(b.Kind))
		})
		calendar, err := hr.NewCalendar(*of)
		first[name].join("", err)
		c.Calendars[name] = calendar
	}
}

// weekday reads "Sunday" or "Saturday 2 4": every one, or the second and fourth of each month.
func (w row) weekday(column string) hr.WeekdayRule {
	words := strings.Fields(w.cells[column])
	rule := hr.WeekdayRule{}
	for i, word := range words {
		if i == 0 {
			at := slices.Index(weekdays, word)
			if at < 0 {
				w.fault(column, hr.RuleCalendarDay, `must be a day of the week such as "Sunday", or "Saturday 2 4" for the second and fourth`)
				return rule
			}
			rule.Weekday = time.Weekday(at)
			continue
		}
		n, err := strconv.Atoi(word)
		if err != nil || n != -1 && (n < 1 || n > 5) {
			w.fault(column, hr.RuleCalendarDay, "the numbers after the weekday must be 1 to 5, or -1 for the last of the month")
			return rule
		}
		rule.Nth = append(rule.Nth, n)
	}
	return rule
}

// shifts reads when work begins and ends.
func (r *reader) shifts(c *Company) {
	s := r.sheet(fileShifts, false, "shift", "name", "start", "end", "break_minutes")
	c.Shifts = map[string]attendance.Shift{}
	seen := map[string]int{}
	for _, w := range s.rows {
		shift := attendance.Shift{
			ID: w.name("shift"), Name: w.optional("name"), Zone: c.Zone, Start: w.timeOfDay("start"), End: w.timeOfDay("end"),
			Break: attendance.Break{Minutes: w.number("break_minutes")},
		}
		if shift.ID == "" || !w.once(seen, "shift", shift.ID, "the shift") {
			continue
		}
		w.join("", shift.Validate())
		c.Shifts[shift.ID] = shift
	}
}

// attendance reads how a day is read.
func (r *reader) attendance(c *Company) {
	set := r.settings(fileAttendance, "duplicates_within_minutes", "grace_late_minutes", "grace_early_minutes", "full_day_minutes", "half_day_minutes",
		"overtime_step_minutes", "overtime_minimum_minutes", "missing_punch_pays_halves", "night_from", "night_until", "late_marks", "late_marks_cost")
	minutes := func(name string) int { return set[name+"_minutes"].number("value") }
	c.Attendance = attendance.Policy{
		Duplicates:   attendance.Duplicates{Within: minutes("duplicates_within")},
		Grace:        attendance.Grace{Late: minutes("grace_late"), Early: minutes("grace_early")},
		Thresholds:   attendance.Thresholds{FullDay: minutes("full_day"), HalfDay: minutes("half_day")},
		Overtime:     attendance.Overtime{Step: minutes("overtime_step"), Minimum: minutes("overtime_minimum")},
		MissingPunch: attendance.MissingPunch{Halves: set["missing_punch_pays_halves"].number("value")},
		Night:        attendance.Night{From: set["night_from"].timeOfDay("value"), Until: set["night_until"].timeOfDay("value")},
	}
	r.faults.join(fileAttendance, 0, "", c.Attendance.Validate())
	if marks := set["late_marks"].number("value"); marks > 0 {
		c.Late = attendance.LatePenalty{Every: marks, Days: decimal.New(5, -1), Type: set["late_marks_cost"].text("value")}
	}
}

// known reports a name that the files do not have.
func known[V any](w row, column, what, file string, names map[string]V) string {
	v := w.text(column)
	if _, ok := names[v]; !ok && v != "" && len(names) > 0 && !w.s.r.broken[file] {
		w.fault(column, RuleUnknown, "is not %s%s; there is %s", what, file, sortedKeys(names))
	}
	return v
}

func sortedKeys[V any](m map[string]V) string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return strings.Join(keys, ", ")
}
