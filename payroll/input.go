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

// Adjustment is one amount for one pay period beside the agreed terms, such as a bonus. Name is the input of the plan that
// takes it; several of one name are added.
type Adjustment struct {
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Name     string          `json:"name" class:"public"`
	Period   hr.Period       `json:"period" class:"public"` // the pay period it is paid with
	Amount   decimal.Decimal `json:"amount" class:"money"`
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
	// YearToDate holds what was posted for each line in the tax year of PayDate, before this payslip. See [YearToDate].
	YearToDate  []Amount
	Adjustments []Adjustment
	Answers     []hr.Answer // facts beside those of the terms; a name that both give is a fault
	Known       hr.Known    // what was known; copied to the payslip
}

// fill says where a declared input gets its value.
type fill struct {
	kind fillKind
	name string // the line of a year-to-date, the band of hours
}

type fillKind int

const (
	fromTerms fillKind = iota // a pay term, an answer or an adjustment
	fromPeriod
	fromYearToDate
	fromHours
	fromMinutes
	fromDays
)

func (f fill) from() string {
	switch f.kind {
	case fromPeriod:
		return "period"
	case fromYearToDate:
		return "year to date"
	case fromHours, fromMinutes, fromDays:
		return "timesheet"
	}
	return "terms"
}

// standardInputs are answered by the calculation itself.
var standardInputs = map[string]formula.Unit{
	"period_days": formula.Days, "employed_days": formula.Days,
	"wage_month": formula.Count, "months_left": formula.Count,
	"period_start": formula.Date, "period_end": formula.Date, "pay_date": formula.Date,
	"leaving": formula.Flag,
}

// dayInputs are answered from the timesheet, over a piece or the whole period.
var dayInputs = []string{"payable_days", "unpaid_days", "piece_days"}

func (p *Plan) fillOf(faults *hr.Faults, in formula.Input) fill {
	at := "input " + in.Name
	wants := func(u formula.Unit, byPiece bool) {
		if in.Unit != u {
			faults.Add(at, RuleInputText, "is %s, so declare it as %s", u, u)
		}
		if in.ByPiece && !byPiece {
			faults.Add(at, RuleInputChanges, "is one value for the whole period: leave out by piece")
		}
	}
	if u, ok := standardInputs[in.Name]; ok {
		wants(u, false)
		return fill{kind: fromPeriod, name: in.Name}
	}
	if slices.Contains(dayInputs, in.Name) {
		wants(formula.Days, true)
		return fill{kind: fromDays, name: in.Name}
	}
	if line, ok := strings.CutPrefix(in.Name, "ytd_"); ok {
		if _, known := p.program.Line(line); !known {
			faults.Add(at, RuleInputYearToDate, "there is no line %s to be the year-to-date of", line)
		}
		if in.ByPiece {
			faults.Add(at, RuleInputChanges, "is one value for the whole period: leave out by piece")
		}
		return fill{kind: fromYearToDate, name: line}
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
}

// prepare checks in, cuts its period into pieces and fills every input of the plan, or reports all faults at once.
func (p *Plan) prepare(in Input) (prepared, error) {
	var faults hr.Faults
	if in.Employee == "" {
		faults.Missing("employee", RuleInputEmployee)
	}
	if err := in.Period.Validate(); err != nil || in.Period.Open() {
		faults.Add("period", RuleInputPeriod, "must have a first and a last day")
	}
	if in.PayDate.IsZero() {
		faults.Missing("pay_date", RuleInputPayDate)
	}
	if faults.Any() {
		return prepared{}, faults.Err()
	}
	w := prepared{in: in, refs: map[string][]hr.Ref{}}
	w.request = formula.Request{Period: in.Period, PayDate: in.PayDate}
	cuts := p.program.Cuts(in.Period)
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
	w.checkNames(&faults, p)
	w.request.Values = make([]formula.Value, len(p.inputs))
	for i, input := range p.inputs {
		p.fillInput(&faults, &w, i, input)
	}
	if faults.Any() {
		return prepared{}, faults.Err()
	}
	w.request.Evidence = w.evidence(p)
	return w, nil
}

func (w *prepared) employedDays() int {
	days := 0
	for _, piece := range w.request.Pieces {
		days += piece.Period.Len()
	}
	return days
}

func (w *prepared) leaving() bool {
	_, stays := w.in.Terms.At(w.in.Period.Through.Add(1))
	return !stays
}

// checkTimesheet makes sure that a given timesheet is this employee's, of this period, and about exactly the employed days.
func (w *prepared) checkTimesheet(faults *hr.Faults) {
	ts := w.in.Timesheet
	if ts.Period.IsZero() {
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

// checkNames refuses money that no rule would see, and values given from two sides.
func (w *prepared) checkNames(faults *hr.Faults, p *Plan) {
	given := map[string]string{}
	claim := func(name, by string, mustBeRead bool) {
		if before, twice := given[name]; twice && before != by {
			faults.Add(by+"."+name, RuleInputTwice, "is given by %s and by %s", before, by)
		}
		given[name] = by
		i, declared := p.program.Input(name)
		if mustBeRead && (!declared || p.fills[i].kind != fromTerms) {
			faults.Add(by+"."+name, RuleInputUnused, "no rule of the plan declares it as an input, so it would not be paid")
		}
	}
	for _, step := range w.steps {
		for _, t := range step.Value.Pay {
			claim(t.Name, "terms.pay", true)
		}
	}
	for _, a := range w.last.Answers {
		claim(a.Name, "terms.answers", false)
	}
	for _, a := range w.in.Answers {
		claim(a.Name, "answers", false)
	}
	for i, a := range w.in.Adjustments {
		if a.Employee != w.in.Employee {
			faults.Add(fmt.Sprintf("adjustments[%d].employee", i), RuleAdjustment, "is another employee")
		}
		claim(a.Name, "adjustments", true)
	}
}

func (p *Plan) fillInput(faults *hr.Faults, w *prepared, i int, in formula.Input) {
	f := p.fills[i]
	switch f.kind {
	case fromPeriod:
		w.request.Values[i] = w.standard(p, in.Name)
	case fromYearToDate:
		sum := decimal.Zero
		for _, a := range w.in.YearToDate {
			if a.Name == f.name {
				sum = sum.Add(a.Amount)
			}
		}
		w.request.Values[i] = formula.Number(sum)
	case fromDays, fromHours, fromMinutes:
		whole := decimal.Zero
		for j := range w.request.Pieces {
			v := w.fromTimesheet(f, w.request.Pieces[j].Period)
			w.request.Pieces[j].Values[i] = formula.Number(v)
			whole = whole.Add(v)
		}
		w.request.Values[i] = formula.Number(whole)
	case fromTerms:
		w.fillTerm(faults, i, in)
	}
}

func (w *prepared) standard(p *Plan, name string) formula.Value {
	count := func(n int) formula.Value { return formula.Number(decimal.NewFromInt(int64(n))) }
	switch name {
	case "period_days":
		return count(w.in.Period.Len())
	case "employed_days":
		return count(w.employedDays())
	case "wage_month":
		return count(int(w.in.Period.Through.Month()))
	case "months_left":
		if w.leaving() {
			return count(1)
		}
		return count(p.year.MonthsLeft(w.in.PayDate))
	case "period_start":
		return formula.Day(w.in.Period.From)
	case "period_end":
		return formula.Day(w.in.Period.Through)
	case "pay_date":
		return formula.Day(w.in.PayDate)
	}
	return formula.YesNo(w.leaving())
}

var toHundred = hr.MustRounding("0.01", hr.HalfUp)

// fromTimesheet answers days, minutes or hours of one piece. Hours are rounded to two places on the running total of the
// period and a piece gets the difference, so that cutting a period changes no total.
func (w *prepared) fromTimesheet(f fill, piece hr.Period) decimal.Decimal {
	ts := w.in.Timesheet
	none := ts.Period.IsZero()
	switch {
	case f.name == "piece_days" || none && f.name == "payable_days":
		return decimal.NewFromInt(int64(piece.Len()))
	case none:
		return decimal.Zero
	case f.kind == fromDays && f.name == "payable_days":
		return ts.PayableIn(piece)
	case f.kind == fromDays:
		return decimal.NewFromInt(int64(piece.Len())).Sub(ts.PayableIn(piece))
	case f.kind == fromMinutes:
		return decimal.NewFromInt(int64(ts.Minutes(f.name, piece)))
	}
	hours := func(through hr.Date) decimal.Decimal {
		if through.Before(w.in.Period.From) {
			return decimal.Zero
		}
		h, err := ts.Hours(f.name, hr.Period{From: w.in.Period.From, Through: through}, toHundred)
		if err != nil { // the rounding is ours and valid
			panic(err)
		}
		return h
	}
	return hours(piece.Through).Sub(hours(piece.From.Add(-1)))
}

// fillTerm finds the value of a named input among adjustments, answers and pay terms.
func (w *prepared) fillTerm(faults *hr.Faults, i int, in formula.Input) {
	if sum, refs, ok := w.adjusted(in.Name); ok {
		v := formula.Number(sum)
		w.set(faults, i, in, v)
		w.refs[in.Name] = refs
		return
	}
	for _, a := range w.in.Answers {
		if a.Name == in.Name {
			w.set(faults, i, in, readAnswer(faults, "answers."+a.Name, a.Text, in.Unit))
			return
		}
	}
	var whole formula.Value
	for j, step := range w.steps {
		v, found := termOf(faults, step.Value, in)
		if !found {
			v = in.Default
		}
		if v.IsZero() {
			faults.Add("terms."+in.Name, RuleInputMissing, "is needed by the plan and not given for %s", w.request.Pieces[j].Period)
			return
		}
		w.request.Pieces[j].Values[i] = v
		if !in.ByPiece && j > 0 && !whole.Equal(v) && in.Unit == formula.Money {
			faults.Add("terms."+in.Name, RuleInputChanges, "changes on %s, inside the period: declare the input by piece", w.request.Pieces[j].Period.From)
		}
		whole = v // an answer that changes is the one of the last employed day
	}
	w.request.Values[i] = whole
}

func (w *prepared) set(faults *hr.Faults, i int, in formula.Input, v formula.Value) {
	if in.ByPiece {
		faults.Add("input "+in.Name, RuleInputChanges, "is one value for the whole period: leave out by piece")
	}
	w.request.Values[i] = v
}

func (w *prepared) adjusted(name string) (sum decimal.Decimal, refs []hr.Ref, ok bool) {
	for _, a := range w.in.Adjustments {
		if a.Name == name {
			sum, ok = sum.Add(a.Amount), true
			if !a.Ref.IsZero() {
				refs = append(refs, a.Ref)
			}
		}
	}
	return sum, refs, ok
}

func termOf(faults *hr.Faults, t hr.Terms, in formula.Input) (formula.Value, bool) {
	if amount, ok := t.Amount(in.Name); ok {
		return formula.Number(amount), true
	}
	if text, ok := t.Answer(in.Name); ok {
		return readAnswer(faults, "terms.answers."+in.Name, text, in.Unit), true
	}
	return formula.Value{}, false
}

// readAnswer reads the text of an answer in the unit that the input declares.
func readAnswer(faults *hr.Faults, at, text string, unit formula.Unit) formula.Value {
	switch unit {
	case formula.Words:
		return formula.Text(text)
	case formula.Flag:
		if text == "yes" || text == "no" {
			return formula.YesNo(text == "yes")
		}
		faults.Add(at, RuleInputText, "must be yes or no")
		return formula.YesNo(false)
	case formula.Date:
		d, err := hr.ParseDate(text)
		if err != nil {
			faults.Add(at, RuleInputText, "must be a day written YYYY-MM-DD")
			d = hr.MustDate("0001-01-01")
		}
		return formula.Day(d)
	}
	n, err := hr.ParseDecimal(text)
	if err != nil {
		faults.Add(at, RuleInputText, "must be a plain decimal, in %s", unit)
	}
	return formula.Number(n)
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
		case fromDays:
			return w.in.Timesheet.RefsIn(over, func(d hr.TimesheetDay) bool {
				return f.name == "payable_days" || f.name == "unpaid_days" && d.Unpaid.Sign() > 0
			})
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
