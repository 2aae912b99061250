package payroll

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// Amount is a named amount: a line of an earlier payslip in a year-to-date, an account total.
type Amount struct {
	Name   string          `json:"name" class:"public"`
	Amount decimal.Decimal `json:"amount" class:"money"`
}

// Adjustment is an amount beside the agreed terms, such as a bonus. Name is the input of the plan that takes it; several of one name
// are added, so one below zero corrects another, and in all they are not below zero. It is paid once, with the pay period that Period
// names; one that repeats is paid whole with every pay period whose last day lies in Period, which may be open. One that stands instead
// of an agreed amount takes the place of the pay term or answer of its name; without that, to give both is a fault.
type Adjustment struct {
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Name     string          `json:"name" class:"public"`
	Period   hr.Period       `json:"period" class:"public"` // the pay period it is paid with; [Plan.Calculate] takes the zero Period for its own
	Amount   decimal.Decimal `json:"amount" class:"money"`
	Repeats  bool            `json:"repeats,omitempty" class:"public"`
	Instead  bool            `json:"instead,omitempty" class:"public"`
	Tax      TaxTiming       `json:"tax,omitempty" class:"public"` // when its tax is withheld, where the plan reads spread_NAME or now_LINE
	Reason   string          `json:"reason,omitempty" class:"private"`
	Ref      hr.Ref          `json:"ref,omitzero" class:"public"` // the fact behind it
}

// Input is everything one payslip is calculated from: the same Input and the same Plan give the same Payslip, always.
type Input struct {
	Employee hr.EmployeeID
	Period   hr.Period // the pay period, both days included
	PayDate  hr.Date   // the day it is paid: the law of some taxes goes by it
	// Terms in force on each day. A day without terms is a day not employed; the days with terms are the employed days.
	Terms hr.Timeline[hr.Terms]
	// Timesheet of the period, from attendance. The zero Timesheet means full pay for each employed day.
	Timesheet hr.Timesheet
	// Schedule is what was planned for each day of Period, in order; see [ScheduleOf]. It may be empty where the plan asks for no working
	// days and no planned hours.
	Schedule []WorkDay
	// YearToDate holds what was posted for each line in the tax year of PayDate, before this payslip: the fold [YearToDate]. What is
	// given for a line that the plan does not have is a fault, for no formula would read it.
	YearToDate []Amount
	// CalendarYear holds the same for the calendar year of PayDate, where the plan reads it: [YearToDate] with the zero [YearStart].
	CalendarYear []Amount
	// Arrears holds what this payslip pays of each line of earlier periods, in all, less what was posted of it for the period itself:
	// lines that belong to the period they are paid in may read it as arrears_LINE, or arrears_GROUP for all lines of a group.
	Arrears     []Amount
	Adjustments []Adjustment
	Answers     []hr.Answer // facts beside those of the terms; a name that both give is a fault
	// Debts are what the employee owes, with what was posted of each: the payslip lends and recovers what is due, in the order of their priority.
	Debts []Outstanding
	// Overpaid is the name under which the employee owes what net pay would be below zero; empty: it is below zero.
	Overpaid string
	Known    hr.Known // what was known; copied to the payslip

	left    bool            // nothing is earned any more: only what is paid late
	paidFor decimal.Decimal // net pay that was posted for the period, where the payslip stands in its place
}

// fill says where a declared input gets its value.
type fill struct {
	kind fillKind
	name string // the line of a year-to-date, the band of hours

	calendar bool     // a year-to-date by calendar year
	late     bool     // not a year-to-date but the arrears that are paid now
	of       []string // of these lines
	lent     bool     // of debts: what is paid out, not what is taken back
}

type fillKind int

const (
	fromTerms fillKind = iota // a pay term, an answer or an adjustment
	fromPeriod
	fromYearToDate
	fromHours
	fromMinutes
	fromDays
	fromSchedule
	fromDebts
	fromSpread
	fromNow
)

func (f fill) from() string {
	if f.late {
		return "arrears"
	}
	switch f.kind {
	case fromPeriod:
		return "period"
	case fromYearToDate:
		return "year to date"
	case fromHours, fromMinutes, fromDays:
		return "timesheet"
	case fromSchedule:
		return "schedule"
	case fromDebts:
		return "debts"
	case fromSpread, fromNow:
		return "adjustments"
	}
	return "terms"
}

// standardInputs are answered by the calculation itself.
var standardInputs = map[string]formula.Unit{
	"period_days": formula.Days, "employed_days": formula.Days,
	"wage_month": formula.Count, "months_left": formula.Count, "tax_month": formula.Count, "tax_week": formula.Count,
	"period_start": formula.Date, "period_end": formula.Date, "pay_date": formula.Date,
	"leaving": formula.Flag,
}

// dayInputs are answered from the timesheet, over a piece or the whole period.
var dayInputs = []string{"payable_days", "unpaid_days", "piece_days", "piece_days_of_30"}

func (p *Plan) fillOf(faults *hr.Faults, in formula.Input) fill {
	at := p.program.Declared(in.Name)
	wants := func(u formula.Unit, byPiece bool) {
		if in.Unit != u {
			faults.Add(at, RuleInputText, "input %s is %s, so declare it as %s", in.Name, u, u)
		}
		if in.ByPiece && !byPiece {
			faults.Add(at, RuleInputChanges, "input %s is one value for the whole period: leave out by piece", in.Name)
		}
	}
	if u, ok := standardInputs[in.Name]; ok {
		wants(u, false)
		return fill{kind: fromPeriod, name: in.Name}
	}
	if x, ok := scheduleInputs[in.Name]; ok {
		wants(x.unit, x.byPiece)
		return fill{kind: fromSchedule, name: in.Name}
	}
	if slices.Contains(dayInputs, in.Name) {
		wants(formula.Days, true)
		return fill{kind: fromDays, name: in.Name}
	}
	plain, calendar := strings.CutPrefix(in.Name, "calendar_")
	if line, ok := strings.CutPrefix(plain, "ytd_"); ok {
		if _, known := p.program.Line(line); !known {
			faults.Add(at, RuleInputYearToDate, "input %s: there is no line %s to be the year-to-date of", in.Name, line)
		}
		if in.ByPiece {
			faults.Add(at, RuleInputChanges, "input %s is one value for the whole period: leave out by piece", in.Name)
		}
		return fill{kind: fromYearToDate, name: line, calendar: calendar}
	}
	if name, ok := strings.CutPrefix(in.Name, "arrears_"); ok {
		f := fill{kind: fromYearToDate, name: in.Name, late: true}
		for _, i := range p.program.Group(name) {
			f.of = append(f.of, p.lines[i].Name)
		}
		if _, known := p.program.Line(name); known && f.of == nil {
			f.of = []string{name}
		}
		if f.of == nil && !p.program.HasGroup(name) {
			faults.Add(at, RuleInputYearToDate, "there is no line and no group %s to have arrears", name)
		}
		if in.ByPiece {
			faults.Add(at, RuleInputChanges, "is one value for the whole period: leave out by piece")
		}
		return f
	}
	if name, ok := strings.CutPrefix(in.Name, spreadPrefix); ok {
		wants(formula.Money, false)
		return fill{kind: fromSpread, name: name}
	}
	if line, ok := strings.CutPrefix(in.Name, nowPrefix); ok {
		wants(formula.Money, false)
		if _, known := p.program.Line(line); !known {
			faults.Add(at, RuleInputYearToDate, "there is no line %s that adjustments could make more of", line)
		}
		return fill{kind: fromNow, name: line}
	}
	for _, prefix := range []string{lentPrefix, repaidPrefix} {
		if name, ok := strings.CutPrefix(in.Name, prefix); ok {
			wants(formula.Money, false)
			return fill{kind: fromDebts, name: name, lent: prefix == lentPrefix}
		}
	}
	if band, ok := strings.CutSuffix(in.Name, "_hours"); ok && in.Unit == formula.Hours {
		return fill{kind: fromHours, name: band}
	}
	if band, ok := strings.CutSuffix(in.Name, "_minutes"); ok && in.Unit == formula.Count {
		return fill{kind: fromMinutes, name: band}
	}
	return fill{kind: fromTerms, name: in.Name}
}

// prepared is an Input that was checked and cut into pieces.
type prepared struct {
	in      Input
	request formula.Request
	steps   []hr.Step[hr.Terms] // the terms of each piece
	last    hr.Terms            // the terms of the last employed day
	refs    map[string][]hr.Ref // evidence of whole-period inputs
	moves   []DebtMove          // what it does to debts
}

// prepare checks in, cuts its period into pieces and fills every input of the plan, or reports all faults at once. Further cuts change
// no total, save where a formula rounds each piece.
func (p *Plan) prepare(in Input, further ...hr.Date) (prepared, error) {
	var faults hr.Faults
	if in.Employee == "" {
		faults.Missing("employee", RuleInputEmployee)
	}
	p.checkPeriod(&faults, in.Period, in.PayDate)
	if faults.Any() {
		return prepared{}, faults.Err()
	}
	w := prepared{in: in, refs: map[string][]hr.Ref{}}
	w.request = formula.Request{Period: in.Period, PayDate: in.PayDate}
	cuts := append(p.program.Cuts(in.Period), further...)
	for stretch, step := range in.Terms.StepsOver(in.Period) {
		if step.Value.Currency != "" && step.Value.Currency != p.currency {
			faults.Add("terms.currency", RuleInputCurrency, "the plan pays in %s and the terms since %s are in another currency", p.currency, step.Since)
		}
		for _, piece := range stretch.Cut(cuts...) {
			w.request.Pieces = append(w.request.Pieces, formula.Piece{Period: piece, Values: make([]formula.Value, len(p.inputs))})
			w.steps = append(w.steps, step)
		}
		w.last = step.Value
	}
	if len(w.steps) == 0 {
		faults.Add("terms", RuleNotEmployed, "hold on no day of %s: the employee is not employed in it", in.Period)
		return prepared{}, faults.Err()
	}
	w.checkTimesheet(&faults)
	w.checkSchedule(&faults, p)
	w.checkNames(&faults, p)
	p.checkYearToDate(&faults, "year_to_date", in.YearToDate)
	p.checkYearToDate(&faults, "calendar_year", in.CalendarYear)
	w.request.Values = make([]formula.Value, len(p.inputs))
	for i, input := range p.inputs {
		p.fillInput(&faults, &w, i, input)
	}
	if faults.Any() {
		return prepared{}, faults.Err()
	}
	w.request.Evidence = w.evidence(p)
	if err := p.taxNow(&w); err != nil {
		return prepared{}, err
	}
	if err := p.settleDebts(&w); err != nil {
		return prepared{}, err
	}
	return w, nil
}

// checkPeriod holds the days of a calculation against the calendar and the review of the packs.
func (p *Plan) checkPeriod(faults *hr.Faults, period hr.Period, payDate hr.Date) {
	if err := period.Validate(); err != nil || period.Open() {
		faults.Add("period", RuleInputPeriod, "must have a first and a last day")
	}
	if payDate.IsZero() {
		faults.Missing("pay_date", RuleInputPayDate)
	}
	p.checkReview(faults, period, payDate)
}

func (w *prepared) employedDays() int {
	days := 0
	for _, piece := range w.request.Pieces {
		days += piece.Period.Len()
	}
	return days
}

// monthsLeft counts the months of the tax year that are still paid, this one included: to the end of the year or, where it is known that the terms end
// before, to the month of their last day. Wages of a year before are counted by their pay date alone.
func (w *prepared) monthsLeft(year YearStart) int {
	if w.leaving() {
		return 1
	}
	left, through := year.MonthsLeft(w.in.PayDate), w.in.Period.Through
	if !year.Of(w.in.PayDate).Contains(through) {
		return left
	}
	for _, step := range w.in.Terms.Steps() {
		if last := step.Since.Add(-1); step.Void && last.After(through) {
			return min(left, 12*(last.Year()-through.Year())+int(last.Month())-int(through.Month())+1)
		}
	}
	return left
}

func (w *prepared) leaving() bool {
	_, stays := w.in.Terms.At(w.in.Period.Through.Add(1))
	return !stays
}

// checkTimesheet makes sure that a given timesheet is this employee's, of this period, and about exactly the employed days.
func (w *prepared) checkTimesheet(faults *hr.Faults) {
	ts := w.in.Timesheet
	if ts.Period.IsZero() {
		if ts.Employee != "" || len(ts.Days) > 0 {
			faults.Missing("timesheet.period", RuleInputTimesheet)
		}
		return
	}
	if ts.Employee != w.in.Employee || ts.Period != w.in.Period {
		faults.Add("timesheet", RuleInputTimesheet, "belongs to another employee or another period")
		return
	}
	faults.Join("timesheet", ts.Validate())
	i := 0
	for _, piece := range w.request.Pieces {
		for d := range piece.Period.Days() {
			if i >= len(ts.Days) || ts.Days[i].Date != d {
				faults.Add("timesheet.days", RuleInputTimesheet, "%s is employed and the timesheet does not follow: it must have each employed day, and no other", d)
				return
			}
			i++
		}
	}
	if i < len(ts.Days) {
		faults.Add("timesheet.days", RuleInputTimesheet, "%s is in the timesheet and not employed", ts.Days[i].Date)
	}
}

// checkNames refuses money that no rule would see, values given from two sides or twice by one, and amounts below zero.
func (w *prepared) checkNames(faults *hr.Faults, p *Plan) {
	said := map[string]bool{}
	say := func(path string, rule hr.Rule, reason string, args ...any) {
		if !said[path+string(rule)] { // once, however many pieces the terms hold on
			faults.Add(path, rule, reason, args...)
		}
		said[path+string(rule)] = true
	}
	given := map[string]string{}
	claim := func(name, by string, pays bool) {
		if before, twice := given[name]; twice && before != by {
			say(by+"."+name, RuleInputTwice, "is given by %s and by %s", before, by)
		}
		given[name] = by
		switch i, declared := p.program.Input(name); {
		case declared && p.fills[i].kind != fromTerms:
			say(by+"."+name, RuleInputUnused, "is answered by payroll itself, from the %s", p.fills[i].from())
		case !pays:
		case !declared:
			say(by+"."+name, RuleInputUnused, "no rule of the plan declares it as an input, so it would not be paid")
		case !numeric(p.inputs[i].Unit):
			say(by+"."+name, RuleInputText, "is an amount, and the plan asks for %s", p.inputs[i].Unit)
		}
	}
	answers := func(by string, list []hr.Answer) {
		names := map[string]bool{}
		for _, a := range list {
			claim(a.Name, by, false)
			if names[a.Name] {
				say(by+"."+a.Name, RuleInputTwice, "is given twice")
			}
			names[a.Name] = true
		}
	}
	for _, step := range w.steps {
		names := map[string]bool{}
		for _, t := range step.Value.Pay {
			claim(t.Name, "terms.pay", true)
			if names[t.Name] {
				say("terms.pay."+t.Name, RuleInputTwice, "is given twice, and would be paid once")
			}
			names[t.Name] = true
			if t.Amount.Sign() < 0 {
				say("terms.pay."+t.Name, RuleInputNegative, "is money, on %s, and must not be negative", step.Since)
			}
		}
		answers("terms.answers", step.Value.Answers)
	}
	answers("answers", w.in.Answers)
	w.checkTiming(p, func(path, name, wants string) {
		if wants == "" {
			say(path, RuleAdjustment, "says neither now nor spread of its tax")
			return
		}
		say(path, RuleInputUnused, "no rule of the plan declares %s as an input, so its tax would not be withheld as it says", wants)
	})
	for i, a := range w.in.Adjustments {
		if a.Instead && given[a.Name] != "" && given[a.Name] != "adjustments" {
			delete(given, a.Name)
		}
		if a.Employee != w.in.Employee {
			faults.Add(fmt.Sprintf("adjustments[%d].employee", i), RuleAdjustment, "is another employee")
		}
		if !a.Period.IsZero() && !a.paidWith(w.in.Period) {
			faults.Add(fmt.Sprintf("adjustments[%d].period", i), RuleAdjustment, "is %s, and not the pay period %s", a.Period, w.in.Period)
		}
		claim(a.Name, "adjustments", true)
		if sum, _, _ := w.adjusted(a.Name); sum.Sign() < 0 {
			say("adjustments."+a.Name, RuleInputNegative, "is money, paid with %s, and must not be negative in all", w.in.Period)
		}
	}
}

// paidWith reports whether an adjustment is paid with a pay period.
func (a Adjustment) paidWith(p hr.Period) bool {
	if a.Repeats {
		return a.Period.Contains(p.Through)
	}
	return a.Period == p
}

// evidence points each input at the facts behind it, for explanations.
func (w *prepared) evidence(p *Plan) func(input string, piece int) []hr.Ref {
	return func(input string, piece int) []hr.Ref {
		i, ok := p.program.Input(input)
		if !ok {
			return nil
		}
		over := w.in.Period
		if piece >= 0 {
			over = w.request.Pieces[piece].Period
		}
		f := p.fills[i]
		switch f.kind {
		case fromHours, fromMinutes:
			return w.in.Timesheet.RefsIn(over, func(d hr.TimesheetDay) bool {
				return slices.ContainsFunc(d.Bands, func(b hr.Band) bool { return b.Name == f.name && b.Minutes > 0 })
			})
		case fromDays, fromSchedule:
			return w.in.Timesheet.RefsIn(over, func(d hr.TimesheetDay) bool {
				return strings.HasPrefix(f.name, "payable_") || strings.HasPrefix(f.name, "unpaid_") && d.Unpaid.Sign() > 0
			})
		case fromDebts:
			return w.refs[input]
		case fromTerms:
			if refs, ok := w.refs[input]; ok {
				return refs
			}
			at := len(w.steps) - 1
			if piece >= 0 {
				at = piece
			}
			_, pays := w.steps[at].Value.Amount(input)
			_, answers := w.steps[at].Value.Answer(input)
			if ref := w.steps[at].Ref; !ref.IsZero() && (pays || answers) { // not where a default holds
				return []hr.Ref{ref}
			}
		}
		return nil
	}
}
