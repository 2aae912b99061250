package simulate

import (
	"fmt"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	holidaysca "github.com/musterhr/hr/leave/holidays/ca"
	holidaysin "github.com/musterhr/hr/leave/holidays/in"
	holidaysuk "github.com/musterhr/hr/leave/holidays/uk"
	holidaysus "github.com/musterhr/hr/leave/holidays/us"
	leaveca "github.com/musterhr/hr/leave/statutory/ca"
	leavein "github.com/musterhr/hr/leave/statutory/in"
	leaveuk "github.com/musterhr/hr/leave/statutory/uk"

	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/uk"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// country is what makes a company one of a country.
type country struct {
	name     string
	currency hr.Currency
	zone     string
	law      hr.Period // the days of payment for which the pack has every value
	pack     payroll.Pack
	change   payroll.Overlay // an edition of the law that holds from a day inside: the second plan
	rules    string          // the house's own pay, which joins the groups of the law
	holidays []*cal.Holiday
	observe  hr.Observance
	leave    leave.Policies // beside those of the house
	least    int            // pay a month, in whole units: a history pays from it up to most
	most     int
	answers  func(n int) []hr.Answer
	declares []hr.Answer // what an employee may say anew, by number
}

// wholeMonth is how every company pays: by the day, of what the terms say a month is worth.
const wholeMonth = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money = 0
line basic_pay "Basic" in earnings, BASIC = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_given "Bonus" in earnings, BONUS, when_paid = bonus
line fund "Fund of the house" in deductions = round(2% * basic_pay, 0.01)
input lent_loan: money
input repaid_loan: money
input repaid_court: money
line loan_paid_out "Loan, paid out" in earnings, when_paid = lent_loan
line loan "Loan" in deductions, when_paid = repaid_loan
line court "Court order" in deductions, when_paid = repaid_court
`

func paying(basic, bonus string) string {
	return strings.NewReplacer("BASIC", basic, "BONUS", bonus).Replace(wholeMonth)
}

// India is a company in Karnataka: provident fund, state insurance, professional tax, welfare fund and income tax of the new regime, pay on both
// sides of the limits of each.
func India() (Company, error) {
	year := leave.Year{Month: 4, Day: 1}
	since := hr.MustDate("2015-01-01")
	annual := leave.Policies{}
	for _, step := range leavein.PrivateSector(since, year) {
		if step.Value.Type == "earned" {
			annual["earned"] = hr.Since(since, step.Value)
		}
	}
	return country{
		name: "india", currency: "INR", zone: "Asia/Kolkata", law: hr.MustPeriod("2023-01-01..2027-03-31"), pack: in.Pack(),
		change: payroll.Overlay{Name: "epf.employee_rate", Steps: []hr.ParameterStep{edition("2025-02-01", "0.11")}},
		rules: paying("wages, gross, taxable, basic_da", "wages_excluded, gross, taxable") +
			"line basic_full in full_month_wages, full_month_gross, full_month_taxable, full_month_basic_da = last(basic)\n",
		holidays: holidaysin.National(), observe: hr.ActualDay, leave: annual, least: 9000, most: 90000,
		answers: func(n int) []hr.Answer {
			esi := "no"
			if n%3 == 0 {
				esi = "yes"
			}
			return []hr.Answer{
				{Name: "pf_capped", Text: []string{"yes", "no"}[n%2]},
				{Name: "eps_member", Text: "yes"},
				{Name: "esi_covered", Text: esi},
				{Name: "pt_state", Text: "KA"},
				{Name: "gender", Text: "other"},
				{Name: "tax_regime", Text: "new"},
			}
		},
		declares: []hr.Answer{
			{Name: "esi_covered", Text: "no"}, {Name: "esi_covered", Text: "yes"}, {Name: "pf_capped", Text: "no"}, {Name: "tax_regime", Text: "old"}, {Name: "pt_state", Text: "MH"},
		},
	}.company()
}

// UnitedKingdom is a company in England: PAYE by cumulative codes, National Insurance and student loans.
func UnitedKingdom() (Company, error) {
	since := hr.MustDate("2024-04-06")
	holiday, err := leaveuk.HolidayPolicy(leaveuk.Law(), since, decimal.NewFromInt(5), leave.Year{Month: 4, Day: 1}, true)
	if err != nil {
		return Company{}, err
	}
	codes := make([][]hr.Answer, 3)
	for i, text := range []string{"1257L", "S1257L", "BR"} {
		code, err := uk.ReadTaxCode(text)
		if err != nil {
			return Company{}, err
		}
		codes[i] = code.Answers()
	}
	return country{
		name: "uk", currency: "GBP", zone: "Europe/London", law: hr.MustPeriod("2024-05-01..2027-03-31"), pack: uk.Pack(),
		change: payroll.Overlay{Name: "nic.pt_monthly", Steps: []hr.ParameterStep{edition("2025-02-01", "1000")}},
		rules:  paying("taxable, nicable", "taxable, nicable"), holidays: holidaysuk.EnglandWales(), observe: hr.ObservedDay,
		leave: leave.Policies{"holiday": hr.Since(since, holiday.Value)}, least: 900, most: 9000,
		answers: func(n int) []hr.Answer {
			return append(append([]hr.Answer{}, codes[n%3]...), hr.Answer{Name: "nic_category", Text: []string{"A", "B", "M"}[n%3]},
				hr.Answer{Name: "student_loan", Text: []string{"none", "plan2"}[n%2]})
		},
		declares: []hr.Answer{{Name: "student_loan", Text: "plan1"}, {Name: "student_loan", Text: "none"}, {Name: "postgraduate_loan", Text: "yes"}, {Name: "nic_category", Text: "C"}},
	}.company()
}

// UnitedStates is a company under federal law, in New York's zone: income tax withholding, Social Security up to its base, Medicare with the additional
// tax, unemployment.
func UnitedStates() (Company, error) {
	since := hr.MustDate("2015-01-01")
	sick := leave.Policy{
		Type: "sick", Name: "Paid sick leave", Unit: leave.Days, Paid: decimal.NewFromInt(1), Accrual: leave.Accrual{Every: leave.Yearly, PerYear: decimal.NewFromInt(5), Day: 1},
		Year: leave.Year{Month: 1, Day: 1}, CarryOver: leave.CarryOver{Closes: true, Limit: decimal.NewFromInt(5)},
	}
	return country{
		name: "us", currency: "USD", zone: "America/New_York", law: hr.MustPeriod("2023-01-01..2026-12-31"), pack: us.Pack(),
		change: payroll.Overlay{Name: "fica.wage_base", Steps: []hr.ParameterStep{edition("2025-02-01", "150000")}},
		rules:  paying("fit_wages, fica_wages, futa", "supplemental, fica_wages, futa"), holidays: holidaysus.Federal(), observe: hr.ObservedDay,
		leave: leave.Policies{"sick": hr.Since(since, sick)}, least: 2000, most: 22000,
		answers: func(n int) []hr.Answer {
			return []hr.Answer{
				{Name: "pay_frequency", Text: "monthly"},
				{Name: "w4_status", Text: []string{"S", "M", "H"}[n%3]},
				{Name: "w4_step3", Text: fmt.Sprint(n % 4 * 2000)},
				{Name: "futa_state", Text: "CA"},
			}
		},
		declares: []hr.Answer{{Name: "w4_status", Text: "M"}, {Name: "w4_status", Text: "S"}, {Name: "w4_extra", Text: "50"}, {Name: "w4_step2", Text: "yes"}},
	}.company()
}

// Canada is a company in Ontario: CPP and CPP2 up to their ceilings, EI, federal and provincial income tax.
func Canada() (Company, error) {
	since := hr.MustDate("2025-01-01")
	vacation, err := leaveca.PolicyOntario(leaveca.Law(), since, 5)
	if err != nil {
		return Company{}, err
	}
	holidays, err := holidaysca.Province("ON")
	if err != nil {
		return Company{}, err
	}
	return country{
		name: "canada", currency: "CAD", zone: "America/Toronto", law: hr.MustPeriod("2025-01-01..2026-12-31"), pack: ca.Pack(),
		change: payroll.Overlay{Name: "ei.rate", Steps: []hr.ParameterStep{edition("2025-08-01", "0.0170")}},
		rules:  paying("regular", "bonus"), holidays: holidays, observe: hr.ObservedDay,
		leave: leave.Policies{"vacation": hr.Since(since, vacation.Value)}, least: 2000, most: 12000,
		answers: func(n int) []hr.Answer {
			return []hr.Answer{{Name: "pay_periods", Text: "12"}, {Name: "province", Text: []string{"ON", "BC", "AB"}[n%3]}, {Name: "dependants", Text: fmt.Sprint(n % 3)}}
		},
		declares: []hr.Answer{{Name: "province", Text: "NS"}, {Name: "province", Text: "ON"}, {Name: "extra_tax", Text: "25"}, {Name: "ei_exempt", Text: "yes"}},
	}.company()
}

// edition is a value of an edition of the law that this house made up: a history changes to it.
func edition(since, value string) hr.ParameterStep {
	return hr.ParameterStep{
		Since: hr.MustDate(since), Value: decimal.RequireFromString(value), Source: hr.Source{Title: "an edition made up for histories"}, Reviewed: hr.MustDate("2026-11-26"),
	}
}

// Companies are the house without a law and one of each country that has a pack, in the order by which seeds choose.
func Companies() ([]Company, error) {
	var out []Company
	for _, make := range []func() (Company, error){Plain, India, UnitedKingdom, UnitedStates, Canada} {
		c, err := make()
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (l country) company() (Company, error) {
	zone, err := time.LoadLocation(l.zone)
	if err != nil {
		return Company{}, err
	}
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name: l.name, Span: hr.MustPeriod("2015-01-01..2045-12-31"), Observe: l.observe, Holidays: l.holidays,
		Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
	})
	if err != nil {
		return Company{}, err
	}
	changed, err := l.pack.Overlay(l.change)
	if err != nil {
		return Company{}, err
	}
	plans := make([]*payroll.Plan, 2)
	for i, pack := range []payroll.Pack{l.pack, changed} {
		plans[i], err = payroll.Compile(payroll.Config{Currency: l.currency, Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: l.name, Text: l.rules}}})
		if err != nil {
			return Company{}, err
		}
	}
	c, err := Plain() // the rest of the house
	if err != nil {
		return Company{}, err
	}
	c.Name, c.Plans, c.Zone, c.Chart, c.Law = l.name, plans, zone, chart(plans[0]), l.law
	c.Calendars = map[string]hr.Calendar{l.name: calendar}
	c.Least, c.Most = l.least, l.most
	shifts := map[string]attendance.Shift{}
	for id, shift := range c.Shifts {
		shift.Zone = zone
		shifts[id] = shift
	}
	c.Shifts = shifts
	for id, policy := range l.leave {
		c.Leave[id] = policy
	}
	plain := c.Terms
	c.Terms = func(n int, basic decimal.Decimal) hr.Terms {
		t := plain(n, basic)
		t.Entity, t.Currency, t.Calendar, t.Answers = l.name, l.currency, l.name, l.answers(n)
		return t
	}
	c.Declares = func(n, k int) hr.Answer { return l.declares[k%len(l.declares)] }
	return c, nil
}
