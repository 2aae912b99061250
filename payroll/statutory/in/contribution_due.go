package in

import (
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// contributionDueTables say by which day the states want professional tax and the labour welfare fund, where the facts know it.
func contributionDueTables() []hr.Table {
	pt := hr.Table{
		Name: "pt.paid_by", Title: "Professional tax is paid by: up to 31, a day of the next month; above it, month and day of the year (1130 is 30 November), 10000 more in the next",
		Kind: hr.Bands, Key: "count", Value: "count", ByText: true,
	}
	everyMonth := func(state, day string, source hr.Source, doubt string, dayOfMonth int64) {
		pt.Steps = append(pt.Steps, doubtfulRows(state, day, source, doubt, above(dayOfMonth)))
	}
	act := func(state string) hr.Source { return stateAct(state, "day of payment", "") }
	for _, s := range []struct {
		state, name string
		day         int64
	}{{"AP", "Andhra Pradesh", 10}, {"TG", "Telangana", 10}, {"TS", "Telangana", 10}, {"GJ", "Gujarat", 15}, {"KA", "Karnataka", 20}, {"MP", "Madhya Pradesh", 10}, {"WB", "West Bengal", 21}} {
		everyMonth(s.state, ptFirst, act(s.name), "", s.day)
	}
	everyMonth("MH", "2026-03-01", act("Maharashtra"), "that the day moved to the 15th in March 2026 is reported; monthly or yearly goes by the size of the establishment", 15)
	const lastDay = "the month is stated and not the day; its last day is taken, and 28 February"
	halves := func(state, name string, first, second int64) {
		pt.Steps = append(pt.Steps, doubtfulRows(state, ptFirst, act(name), lastDay, upTo(3, second), upTo(9, first), above(second)))
	}
	halves("KL", "Kerala", 831, 228)
	halves("TN-CHENNAI", "Greater Chennai", 930, 331)
	pt.Steps = append(pt.Steps, rows("BR", ptFirst, act("Bihar"), above(1130)), doubtfulRows("NL", ptFirst, act("Nagaland"), "whether the 30 April is that of the year or the one after it is not said; the one after is taken", above(10430)))

	lwf := hr.Table{
		Name: "lwf.paid_by", Title: "Labour welfare fund of a month is paid by: month and day (115 is 15 January)",
		Kind: hr.Bands, Key: "count", Value: "count", ByText: true,
	}
	for _, s := range []struct {
		states, name string
		june, later  int64
	}{{"DL", "Delhi", 715, 115}, {"MH", "Maharashtra", 715, 115}, {"AP", "Andhra Pradesh", 0, 131}, {"KA", "Karnataka", 0, 115}, {"TN", "Tamil Nadu", 0, 131}, {"TN-CHENNAI", "Tamil Nadu", 0, 131}, {"TG", "Telangana", 0, 131}, {"TS", "Telangana", 0, 131}} {
		lines := []hr.TableRow{above(s.later)}
		if s.june > 0 {
			lines = []hr.TableRow{upTo(6, s.june), above(s.later)}
		}
		lwf.Steps = append(lwf.Steps, rows(s.states, lwfFirst, stateFund(s.name, "day of payment"), lines...))
	}
	return []hr.Table{pt, lwf}
}

// EPFDue returns the day by which contributions and return of a wage month reach EPFO, 15 days after it. Its errors are those of
// [GratuityDue].
func EPFDue(p payroll.Pack, monthEnd hr.Date) (Due, error) {
	law, days, err := dueFrom(p, "month_end", monthEnd, "epf.due_days")
	if err != nil {
		return Due{}, err
	}
	return law.due("EPF due", monthEnd.EndOfMonth().Add(days), fmt.Sprintf("%d days after the month", days), given("Wage month ends", weekday(monthEnd), "")), nil
}

// ESIDue returns the day by which contributions of a wage month reach ESIC, the 15th of the next. Its errors are those of [GratuityDue].
func ESIDue(p payroll.Pack, monthEnd hr.Date) (Due, error) {
	law, day, err := dueFrom(p, "month_end", monthEnd, "esi.due_day")
	if err != nil {
		return Due{}, err
	}
	return law.due("ESI due", monthEnd.EndOfMonth().Add(day), fmt.Sprintf("day %d of the next month", day), given("Wage month ends", weekday(monthEnd), "")), nil
}

// PTDue returns the day by which the professional tax of a wage month is paid to a state: MH for both of Maharashtra's schedules. For a tax
// of the half-year or year it is the day of that one, which may be before the month. It returns a [hr.FieldError] for no day (RuleDay) and
// for a state whose day is not known (hr.RuleTableText), and a [hr.ParameterError] for a month before the first day that is.
func PTDue(p payroll.Pack, state string, monthEnd hr.Date) (Due, error) {
	return stateDue(p, "pt.paid_by", "Professional tax due", state, monthEnd)
}

// LWFDue returns the day by which the labour welfare fund of a month of contribution is paid, with the errors of [PTDue].
func LWFDue(p payroll.Pack, state string, monthEnd hr.Date) (Due, error) {
	return stateDue(p, "lwf.paid_by", "Labour welfare fund due", state, monthEnd)
}

func stateDue(p payroll.Pack, table, name, state string, monthEnd hr.Date) (Due, error) {
	if monthEnd.IsZero() {
		return Due{}, &hr.FieldError{Path: "month_end", Rule: RuleDay, Reason: "is required", Err: hr.ErrRequired}
	}
	at, source, doubt, err := readTable(p, table, state, monthEnd, int(monthEnd.Month()))
	if err != nil {
		return Due{}, err
	}
	day, rule := monthEnd.EndOfMonth().Add(at), fmt.Sprintf("day %d of the next month", at)
	if at > 31 {
		month, dayOfMonth, year := time.Month(at/100%100), at%100, taxYearOf(monthEnd).From.Year()+at/10000
		if month < time.April {
			year++
		}
		rule = fmt.Sprintf("%d %s", dayOfMonth, month)
		if day, err = hr.NewDate(year, month, dayOfMonth); err != nil { // past the end of the calendar
			return Due{}, err
		}
	}
	r := &reading{source: source}
	d := r.due(name, day, rule, given("Month ends", weekday(monthEnd), ""))
	if doubt != "" {
		d.Trace.Note = "doubtful: " + doubt
	}
	return d, nil
}

// readTable answers a table of whole numbers for a text and a key on a day, with where it says so and what is doubtful about it.
func readTable(p payroll.Pack, name, text string, on hr.Date, key int) (answer int, source hr.Source, doubt string, err error) {
	i := slices.IndexFunc(p.Tables, func(t hr.Table) bool { return t.Name == name })
	if i < 0 {
		return 0, source, "", &hr.ParameterError{Name: name, On: on}
	}
	step, err := p.Tables[i].At(text, on)
	if err != nil {
		return 0, source, "", err
	}
	_, value := step.Lookup(decimal.NewFromInt(int64(key)))
	return int(value.IntPart()), step.Source, step.Uncertain, nil
}
