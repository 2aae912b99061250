package ca

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
	"github.com/musterhr/hr/payroll/statutory/internal/paid"
)

// Remitter is how often an employer remits deductions. The empty type is none.
type Remitter string

// The types of remitter of CRA guide T4001.
const (
	Quarterly  Remitter = "quarterly"
	Regular    Remitter = "regular"    // each month
	Threshold1 Remitter = "threshold1" // twice a month
	Threshold2 Remitter = "threshold2" // four times a month
)

// RemitterFor returns the type of a calendar year from the average monthly withholding of the year two years before. Quarterly remitting is
// only for who keeps the conditions (a clean record, or new and small), which the host knows. It returns a [hr.FieldError] for an
// average below zero (RuleNegative) and a [hr.ParameterError] for a day without known values.
func RemitterFor(p payroll.Pack, on hr.Date, averageMonthly decimal.Decimal, mayRemitQuarterly bool) (Remitter, error) {
	if averageMonthly.Sign() < 0 {
		return "", &hr.FieldError{Path: "average_monthly", Rule: RuleNegative, Reason: "must not be below zero"}
	}
	at := &law.Reading{Pack: p, On: on}
	quarterly, first, second := at.Value("remit.quarterly_below"), at.Value("remit.threshold1_from"), at.Value("remit.threshold2_from")
	switch {
	case at.Err() != nil:
		return "", at.Err()
	case averageMonthly.Cmp(second) >= 0:
		return Threshold2, nil
	case averageMonthly.Cmp(first) >= 0:
		return Threshold1, nil
	case mayRemitQuarterly && averageMonthly.Cmp(quarterly) < 0:
		return Quarterly, nil
	}
	return Regular, nil
}

// Remittance is what is remitted to the CRA for the payments of some days, by the boxes of statement PD7A, in dollars. It prints without
// values.
type Remittance struct {
	Paid         hr.Period       // the days of payment that it covers
	CPP          decimal.Decimal // both sides, with CPP2
	EI           decimal.Decimal // both sides
	Tax          decimal.Decimal // federal and provincial
	Total        decimal.Decimal
	GrossPayroll decimal.Decimal // of the month or quarter it is in, as the statement asks: regular pay and bonuses of these payments
	Employees    int             // paid in it
	Due          hr.Date
	Trace        hr.Trace
}

// Format hides the values.
func (r Remittance) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[remittance %s]", r.Paid) }

// Remittances returns what is remitted of the payments of a period, oldest first; periods of remitting in which nobody was paid are left
// out. postings are those of everybody on one payroll account; each counts by its day of payment. The period should begin and end where
// remitting does (a month, or a quarter). c is a calendar of business days, with the federal holidays.
//
// A regular remitter pays the deductions of a month by the 15th of the next, a quarterly one those of a quarter by the 15th of the month after it. At
// threshold 1 those of the 1st to the 15th are due on the 25th, of the rest on the 10th of the next month. At threshold 2 a month is cut on the 7th, 14th and
// 21st, and each part is due on the third working day after it. A day that is no business day moves to the next.
//
// It returns [hr.FieldError]s for postings in another currency or without a day (RulePostings) and another type of remitter
// (RuleRemitter), a [hr.ParameterError] for a day without known values and the error of [hr.Calendar.Day] where the calendar ends
// too early.
func Remittances(p payroll.Pack, of Remitter, postings []payroll.Posting, in hr.Period, c hr.Calendar) ([]Remittance, error) {
	if err := paid.Check(postings, "CAD", RulePostings); err != nil {
		return nil, err
	}
	var out []Remittance
	var last hr.Period
	for _, day := range paid.Days(postings, in) {
		stretch, err := stretchOf(of, day)
		if err != nil {
			return nil, err
		}
		if stretch == last {
			continue
		}
		last = stretch
		r, err := remit(p, of, postings, stretch, c)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// stretchOf returns the days of payment that are remitted together with a day.
func stretchOf(of Remitter, day hr.Date) (hr.Period, error) {
	month := hr.MonthOf(day)
	cut := func(ends ...int) hr.Period {
		p := month
		for _, end := range ends {
			if day.Day() <= end {
				p.Through = month.From.Add(end - 1)
				return p
			}
			p.From = month.From.Add(end)
		}
		return p
	}
	switch of {
	case Regular:
		return month, nil
	case Threshold1:
		return cut(15), nil
	case Threshold2:
		return cut(7, 14, 21), nil
	case Quarterly:
		from, err := hr.NewDate(day.Year(), (day.Month()-1)/3*3+1, 1)
		if err != nil {
			return month, err
		}
		end, err := from.AddMonths(2, hr.MonthClamp)
		return hr.Period{From: from, Through: end.EndOfMonth()}, err
	}
	return hr.Period{}, &hr.FieldError{Path: "remitter", Rule: RuleRemitter, Reason: "must be quarterly, regular, threshold1 or threshold2"}
}

func remit(p payroll.Pack, of Remitter, postings []payroll.Posting, stretch hr.Period, c hr.Calendar) (Remittance, error) {
	sum := func(names ...string) decimal.Decimal { return paid.Sum(postings, stretch, names...) }
	r := Remittance{
		Paid: stretch, CPP: sum("cpp", "cpp_employer", "cpp2", "cpp2_employer"), EI: sum("ei", "ei_employer"), Tax: sum("federal_tax", "provincial_tax"),
		GrossPayroll: sum("regular_pay", "bonus_pay"),
	}
	r.Total = r.CPP.Add(r.EI).Add(r.Tax)
	people := map[hr.EmployeeID]bool{}
	for _, x := range postings {
		if stretch.Contains(x.PayDate) {
			people[x.Employee] = true
		}
	}
	r.Employees = len(people)

	at := &law.Reading{Pack: p, On: stretch.From}
	next := stretch.Through.EndOfMonth()
	var rule string
	switch {
	case of == Threshold2:
		days := at.Number("remit.threshold2_days")
		rule = "working days after the last day of the stretch"
		r.Due = stretch.Through
		for range days {
			var err error
			if r.Due, err = paid.Working(r.Due.Add(1), c); err != nil {
				return r, err
			}
		}
	case of == Threshold1 && stretch.Through != next:
		r.Due, rule = stretch.From.Add(at.Number("remit.threshold1_first_day")-1), "that day of the month, for payments up to the 15th"
	case of == Threshold1:
		r.Due, rule = next.Add(at.Number("remit.threshold1_second_day")), "that day of the next month, for payments after the 15th"
	default:
		r.Due, rule = next.Add(at.Number("remit.regular_day")), "that day of the month after"
	}
	if err := at.Err(); err != nil {
		return r, err
	}
	var err error
	if r.Due, err = paid.Working(r.Due, c); err != nil {
		return r, err
	}
	part := func(name string, d decimal.Decimal) hr.Trace {
		return hr.Trace{Name: name, Value: hr.Canonical(d), Unit: "money"}
	}
	r.Trace = hr.Trace{
		Name: "Remittance to the CRA", Value: hr.Canonical(r.Total), Unit: "money", Period: stretch, Rule: rule,
		Note: "contributions of both sides and tax, due " + r.Due.Weekday().String() + " " + r.Due.String(), Source: t4001("chapter 8"),
		Parts: append([]hr.Trace{part("CPP of both sides", r.CPP), part("EI of both sides", r.EI), part("Income tax", r.Tax)}, at.Told()...),
	}
	return r, nil
}

func t4001(section string) hr.Source {
	return hr.Source{Title: "CRA guide T4001, Employers' Guide: Payroll Deductions and Remittances", Section: section}
}

// remitParams are when deductions are remitted. They are long settled and were not read again.
func remitParams() []hr.Parameter {
	list := []hr.Parameter{
		remitted("remit.quarterly_below", "Average monthly withholding below which a quarterly remitter is", "money", "3000"),
		remitted("remit.threshold1_from", "Average monthly withholding from which remitting is twice a month", "money", "25000"),
		remitted("remit.threshold2_from", "Average monthly withholding from which remitting is four times a month", "money", "100000"),
		remitted("remit.regular_day", "Day of the month after by which a regular or quarterly remitter pays", "count", "15"),
		remitted("remit.threshold1_first_day", "Day of the month by which payments up to the 15th are remitted", "count", "25"),
		remitted("remit.threshold1_second_day", "Day of the next month by which later payments are remitted", "count", "10"),
		remitted("remit.threshold2_days", "Working days after a stretch within which it is remitted", "count", "3"),
	}
	return list
}

func remitted(name, title, unit, value string) hr.Parameter {
	first := law.Doubtful(book.Since(from2025, value, t4001("chapter 8")), "known, not read again")
	return hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate, Steps: []hr.ParameterStep{first, book.Ends(ends, t4001(""))}}
}

// Statement is the figures of one employee's T4 slip, by its boxes, in dollars. It prints without values.
type Statement struct {
	Year        hr.Period
	Income      decimal.Decimal // box 14
	CPP         decimal.Decimal // box 16
	CPP2        decimal.Decimal // box 16A
	EI          decimal.Decimal // box 18
	Tax         decimal.Decimal // box 22
	Insurable   decimal.Decimal // box 24: at most what premiums are due on
	Pensionable decimal.Decimal // box 26: at most what contributions are due on
}

// Format hides the values.
func (s Statement) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[T4 %s]", s.Year) }

// T4 sums the year of one employee from what was posted; nothing is worked out again, and boxes 24 and 26 stop at the year's maxima. It returns
// [hr.FieldError]s for postings in another currency or without a day (RulePostings), a [hr.ParameterError] for a year without known
// values, and the error of [hr.NewDate] for no year.
func T4(p payroll.Pack, postings []payroll.Posting, year int) (Statement, error) {
	if err := paid.Check(postings, "CAD", RulePostings); err != nil {
		return Statement{}, err
	}
	first, err := hr.NewDate(year, time.January, 1)
	if err != nil {
		return Statement{}, err
	}
	s := Statement{Year: p.TaxYear.Of(first)}
	at := &law.Reading{Pack: p, On: s.Year.Through}
	sum := func(names ...string) decimal.Decimal { return paid.Sum(postings, s.Year, names...) }
	s.Income, s.CPP, s.CPP2, s.EI = sum("regular_pay", "bonus_pay"), sum("cpp"), sum("cpp2"), sum("ei")
	s.Tax = sum("federal_tax", "provincial_tax")
	s.Insurable = decimal.Min(sum("insurable"), at.Value("ei.maximum_insurable"))
	s.Pensionable = decimal.Min(sum("pensionable"), at.Value("cpp.yampe"))
	return s, at.Err()
}
