package report

import (
	"fmt"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/holidays/ca"
	"github.com/musterhr/hr/leave/holidays/us"
	"github.com/musterhr/hr/payroll"
	canada "github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/uk"
	states "github.com/musterhr/hr/payroll/statutory/us"
)

const fileOwed = "owed.csv"

// owed is what an authority is owed, as its country counts: rows of what, how much and by when.
type owed struct {
	to      string // "HMRC"
	rows    [][3]string
	run     decimal.Decimal // what this payroll owes before allowances, both sides
	columns []string        // of the register, which come to the same
}

// owed works out what the authority of the country is owed once this payroll is paid. India's files say it themselves.
func (m Month) owed() (owed, error) {
	own, all := m.postings()
	switch m.Country {
	case "uk":
		return m.owedHMRC(own, all)
	case "us":
		return m.owedIRS(own, all)
	case "ca":
		return m.owedCRA(own, all)
	}
	return owed{}, nil
}

// postings are what this payroll posts, and that with what was paid in the tax year before.
func (m Month) postings() (own, all []payroll.Posting) {
	for _, s := range m.Slips {
		own = append(own, payroll.PostingsFor(payroll.Run{Kind: payroll.RunRegular, Period: m.Period, PayDate: m.PayDate}, s)...)
	}
	for _, o := range m.Paid() {
		all = append(all, payroll.Posting{Employee: o.Employee, Kind: payroll.PostingOpening, Period: o.Period, PayDate: o.PayDate, Currency: o.Currency, Lines: o.Lines})
	}
	return own, append(all, own...)
}

func (m Month) owedHMRC(own, all []payroll.Posting) (owed, error) {
	scheme := uk.Scheme{EmploymentAllowance: m.More["employment_allowance"] == "yes"}
	months, err := uk.DueToHMRC(m.Pack, scheme, all, m.PayDate)
	if err != nil {
		return owed{}, err
	}
	alone, err := uk.DueToHMRC(m.Pack, uk.Scheme{}, own, m.PayDate)
	if err != nil {
		return owed{}, err
	}
	due, this := months[len(months)-1], alone[len(alone)-1]
	o := owed{to: "HMRC", columns: []string{"paye", "student_loan_deduction", "postgraduate_loan_deduction", "employee_nic", "employer_nic"}}
	o.run = this.IncomeTax.Add(this.StudentLoans).Add(this.EmployeeNIC).Add(this.EmployerNIC)
	for _, x := range []struct {
		name   string
		amount decimal.Decimal
	}{
		{"income tax", due.IncomeTax},
		{"student and postgraduate loans", due.StudentLoans},
		{"National Insurance, employees", due.EmployeeNIC},
		{"National Insurance, employer", due.EmployerNIC},
		{"Apprenticeship Levy", due.Levy},
		{"family pay recovered", due.Recovered.Add(due.Compensation).Neg()},
		{"Employment Allowance", due.EmploymentAllowance.Neg()},
	} {
		if !x.amount.IsZero() {
			o.rows = append(o.rows, [3]string{x.name, m.sum(x.amount)})
		}
	}
	o.rows = append(o.rows, [3]string{fmt.Sprintf("due for tax month %d, %s", due.Number, due.Month), m.sum(due.Due), due.PayBy.String()})
	return o, nil
}

// business is the calendar of banks and tax offices: weekends and a country's holidays off, for the year of the payroll and the next.
func (m Month) business(r hr.CalendarRules) (hr.Calendar, error) {
	r.Name, r.Off = "business days", []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}
	year := payroll.YearStart{}
	r.Span = year.Of(m.PayDate)
	r.Span.Through = year.Of(r.Span.Through.Add(1)).Through
	return hr.NewCalendar(r)
}

func (m Month) owedIRS(own, all []payroll.Posting) (owed, error) {
	c, err := m.business(hr.CalendarRules{Holidays: us.Federal(), Observe: hr.ObservedDay})
	if err != nil {
		return owed{}, err
	}
	o := owed{to: "the Treasury", columns: []string{
		"federal_income_tax", "supplemental_income_tax", "social_security", "social_security_employer", "medicare", "medicare_employer", "additional_medicare",
	}}
	liabilities, err := states.Liabilities(own, m.paidOn())
	if err != nil {
		return owed{}, err
	}
	for _, l := range liabilities {
		o.run = o.run.Add(l.Total())
		o.rows = append(o.rows, [3]string{"income tax withheld", m.sum(l.IncomeTax)}, [3]string{"Social Security, both sides", m.sum(l.SocialSecurity)}, [3]string{"Medicare, both sides", m.sum(l.Medicare)})
	}
	deposits, err := states.Deposits(m.Pack, states.Schedule(m.More["deposits"]), liabilities, c)
	if err != nil {
		return owed{}, err
	}
	for _, d := range deposits {
		o.rows = append(o.rows, [3]string{"deposit of taxes paid " + d.Paid.Through.String(), m.sum(d.Amount), d.Due.String()})
	}
	futa, err := states.FUTADeposits(m.Pack, all, m.PayDate, c)
	if err != nil {
		return owed{}, err
	}
	for _, d := range futa {
		o.rows = append(o.rows, [3]string{"deposit of unemployment tax up to " + d.Paid.Through.String(), m.sum(d.Amount), d.Due.String()})
	}
	return o, nil
}

func (m Month) paidOn() hr.Period { return hr.Period{From: m.PayDate, Through: m.PayDate} }

func (m Month) owedCRA(own, _ []payroll.Posting) (owed, error) {
	c, err := m.business(hr.CalendarRules{Holidays: ca.Federal(), Observe: hr.ActualDay})
	if err != nil {
		return owed{}, err
	}
	o := owed{to: "the CRA", columns: []string{"cpp", "cpp_employer", "cpp2", "cpp2_employer", "ei", "ei_employer", "federal_tax", "provincial_tax"}}
	remitted, err := canada.Remittances(m.Pack, canada.Remitter(m.More["remitter"]), own, m.paidOn(), c)
	if err != nil {
		return owed{}, err
	}
	for _, r := range remitted {
		o.run = o.run.Add(r.Total)
		o.rows = append(
			o.rows, [3]string{"CPP of both sides", m.sum(r.CPP)}, [3]string{"EI of both sides", m.sum(r.EI)}, [3]string{"income tax", m.sum(r.Tax)},
			[3]string{"remittance of payments " + r.Paid.String(), m.sum(r.Total), r.Due.String()},
		)
	}
	return o, nil
}

func (o owed) write(w io.Writer) error {
	rows := make([][]string, 0, len(o.rows))
	for _, r := range o.rows {
		rows = append(rows, r[:])
	}
	return table(w, []string{"what", "amount", "by"}, rows)
}

func (o owed) grid(m Month) *grid {
	g := &grid{words: 1}
	for _, r := range o.rows {
		by := ""
		if r[2] != "" {
			by = "by " + r[2]
		}
		g.add(r[0], digits(r[1], m.Country == "in"), by)
	}
	return g
}
