package payroll

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

func (p *Plan) fillInput(faults *hr.Faults, w *prepared, i int, in formula.Input) {
	f := p.fills[i]
	switch f.kind {
	case fromPeriod:
		w.request.Values[i] = w.standard(p, in.Name)
	case fromYearToDate:
		paid := w.in.YearToDate
		if f.calendar {
			paid = w.in.CalendarYear
		}
		sum := decimal.Zero
		if !f.late {
			sum = sumOf(paid, f.name)
		}
		for _, name := range f.of {
			sum = sum.Add(sumOf(w.in.Arrears, name))
		}
		w.request.Values[i] = formula.Number(sum)
	case fromSchedule:
		w.fillSchedule(i, in)
	case fromDays, fromHours, fromMinutes:
		if n := w.in.Period.Len(); f.name == "piece_days_of_30" && (n < 28 || n > 31) {
			faults.Add("period", RuleInputPeriod, "is no month, and the plan counts the days of a month of thirty")
		}
		whole := decimal.Zero
		for j := range w.request.Pieces {
			v := w.fromTimesheet(f, w.request.Pieces[j].Period)
			w.request.Pieces[j].Values[i] = formula.Number(v)
			whole = whole.Add(v)
		}
		w.request.Values[i] = formula.Number(whole)
	case fromSpread:
		w.request.Values[i] = formula.Number(w.spread(f.name))
	case fromDebts, fromNow:
		w.request.Values[i] = formula.Number(decimal.Zero) // until it is known what the payslip comes to without
	case fromTerms:
		w.fillTerm(faults, i, in)
	}
}

func sumOf(amounts []Amount, name string) decimal.Decimal {
	sum := decimal.Zero
	for _, a := range amounts {
		if a.Name == name {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
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
		return count(w.monthsLeft(p.year))
	case "tax_month":
		return count(13 - p.year.MonthsLeft(w.in.PayDate))
	case "tax_week":
		return count(w.in.PayDate.Since(p.year.Of(w.in.PayDate).From)/7 + 1)
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
	case f.name == "piece_days_of_30":
		return decimal.NewFromInt(int64(w.thirtieth(piece.Through) - w.thirtieth(piece.From.Add(-1))))
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
			w.request.Values[i] = readAnswer(faults, "answers."+a.Name, a.Text, in.Unit, w.in.Period.Through)
			for j := range w.request.Pieces { // one answer, so the same in every piece
				w.request.Pieces[j].Values[i] = w.request.Values[i]
			}
			return
		}
	}
	var whole formula.Value
	paid := false // by a pay term, on some day
	for j, step := range w.steps {
		v, source := termOf(faults, step, in)
		if source == nowhere {
			v = in.Default
		}
		paid = paid || source == aPayTerm
		if v.IsZero() {
			faults.Add("terms."+in.Name, RuleInputMissing, "is needed by the plan and not given for %s", w.request.Pieces[j].Period)
			return
		}
		w.request.Pieces[j].Values[i] = v
		if !in.ByPiece && j > 0 && !whole.Equal(v) && (paid || in.Unit == formula.Money) {
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

// source says what of the terms answers an input.
type source int

const (
	nowhere source = iota
	aPayTerm
	anAnswer
)

func termOf(faults *hr.Faults, t hr.Step[hr.Terms], in formula.Input) (formula.Value, source) {
	if amount, ok := t.Value.Amount(in.Name); ok {
		return formula.Number(amount), aPayTerm
	}
	if text, ok := t.Value.Answer(in.Name); ok {
		return readAnswer(faults, "terms.answers."+in.Name, text, in.Unit, t.Since), anAnswer
	}
	return formula.Value{}, nowhere
}

// readAnswer reads the text of an answer in the unit that the input declares; on is the day it is given for.
func readAnswer(faults *hr.Faults, at, text string, unit formula.Unit, on hr.Date) formula.Value {
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
	switch {
	case err != nil:
		faults.Add(at, RuleInputText, "must be a plain decimal, in %s", unit)
	case unit == formula.Money && n.Sign() < 0:
		faults.Add(at, RuleInputNegative, "is money, on %s, and must not be negative", on)
	}
	return formula.Number(n)
}
