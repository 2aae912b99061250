package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// yearOf pays somebody from the nth month of 2026-27 on, April being 0, and posts each payslip for the next.
func yearOf(t testing.TB, first int, change func(*payroll.Input)) (slips []payroll.Payslip, last payroll.Input) {
	t.Helper()
	plan := salaried(t)
	year := map[string]decimal.Decimal{}
	for i := first; i < 12; i++ {
		x := declaring("old")
		x.Period = hr.MonthOf(hr.MustDate(monthOf(i) + "-01"))
		x.PayDate = x.Period.Through
		for name, amount := range year {
			x.YearToDate = append(x.YearToDate, payroll.Amount{Name: name, Amount: amount})
		}
		if change != nil {
			change(&x)
		}
		slip, err := plan.Calculate(x)
		require.NoError(t, err)
		for _, line := range slip.Lines {
			year[line.Name] = year[line.Name].Add(line.Amount)
		}
		slips, last = append(slips, slip), x
	}
	return slips, last
}

// Somebody from January on, with a car and an earlier employer. By hand: 3 x 1,58,000; the car 3 x 7,000; 9,00,000 and 50,000 of tax
// before. Rent 3 x 27,000. Savings 3 x 3,000 + 90,000. Employer's NPS 3 x 8,000. Professional tax 200 + 300 + 200.
func TestCertificate(t *testing.T) {
	slips, last := yearOf(t, 9, func(x *payroll.Input) {
		x.Answers = []hr.Answer{{Name: "car_litres", Text: "2"}, {Name: "previous_salary", Text: "900000"}, {Name: "previous_tds", Text: "50000"}}
	})
	step, _ := last.Terms.At(last.Period.From)
	c, err := in.NewCertificate(in.Certified{
		Name: "A B", PAN: hr.NewSecret("ABCPK1234L"), Slips: slips, Declared: append(step.Answers, last.Answers...), Landlords: []hr.Secret{hr.NewSecret("XYZPK1234L")},
	})
	require.NoError(t, err)
	require.Equal(t, "Form 130", c.Form)
	require.Equal(t, "2027-01-01..2027-03-31", c.Employed.String())
	require.Equal(t, "old below60", c.Regime+" "+c.Age)
	got := map[string]string{}
	for _, r := range c.Rows {
		got[r.Key] = r.Gross.String() + " " + r.Allowed.String()
	}
	// 4,74,000 + 21,000 + 9,00,000 - 81,000 - 50,000 - 700 - 2,00,000 - 99,000 - 50,000 - 24,000 - 25,000 = 8,65,300: 12,500 and 20 % of
	// 3,65,300 is 85,560, 4 % cess 3,422.40: 88,980. 50,000 of it elsewhere.
	for key, want := range map[string]string{
		"salary": "0 474000", "perquisites": "0 21000", "other_employers": "0 900000", "exempt_house_rent": "0 81000", "exempt_other": "0 0",
		"standard_deduction": "0 50000", "pt_deduction": "0 700", "house_income": "0 -200000", "savings_allowed": "99000 99000", "nps_extra_allowed": "60000 50000",
		"employer_nps_allowed": "24000 24000", "health_allowed": "28000 25000", "total_income": "0 865300", "slab_tax": "0 85560", "rebate": "0 0",
		"cess": "0 3422.4", "annual_tax": "0 88980", "tax_deducted": "0 38980", "tax_deducted_elsewhere": "0 50000", "shortfall": "0 0",
	} {
		require.Equal(t, want, got[key], key)
	}
	var b strings.Builder
	require.NoError(t, in.WriteCertificates(&b, []in.Certificate{c}))
	require.Contains(t, b.String(), "Form 130,E1,A B,ABCPK1234L,2027-01-01,2027-03-31,old,below60,nps_extra_allowed,Own NPS beyond them,s.124(3),60000.00,50000.00\n")
	require.Contains(t, b.String(), "landlord,XYZPK1234L")
	require.NotContains(t, b.String(), "rebate")
	for _, x := range []any{c, c.Rows[0], in.Certified{Slips: slips}} {
		require.NotContains(t, fmt.Sprintf("%v %+v", x, x), "474000")
	}

	_, err = in.NewCertificate(in.Certified{})
	require.Equal(t, in.RuleCertificate, hr.FieldErrors(err)[0].Rule)
	_, err = in.NewCertificate(in.Certified{Slips: slips[:2]})
	require.ErrorContains(t, err, "still projects pay")
	other := slips[0]
	other.Employee = "E2"
	_, err = in.NewCertificate(in.Certified{Slips: []payroll.Payslip{slips[2], slips[1], other}})
	require.Len(t, hr.FieldErrors(err), 4, "%v", err) // out of order twice, another employee, months to come
	require.Equal(t, "Form 16", in.CertificateForm(hr.MustDate("2026-03-31")))
}

func TestStatement(t *testing.T) {
	slips, _ := yearOf(t, 6, nil)
	entry := func(i int) in.StatementEntry {
		return in.StatementEntry{Name: "A B", PAN: hr.NewSecret("ABCPK1234L"), Section: "92B", Slip: slips[i], Deposited: dueDay(t)(in.TaxDepositDue(in.Pack(), slips[i].PayDate))}
	}
	s, err := in.NewStatement(in.Pack(), hr.MustDate("2026-12-15"), []in.StatementEntry{entry(0), entry(1), entry(2)})
	require.NoError(t, err)
	require.Equal(t, "Form 138 202627 2026-10-01..2026-12-31 2027-01-31", strings.Join([]string{s.Form, s.TaxYear, s.Quarter.String(), s.Due.String()}, " "))
	require.Len(t, s.Rows, 3)
	sum := decimal.Zero
	for _, r := range s.Rows {
		require.True(t, r.Tax.Add(r.Surcharge).Add(r.Cess).Equal(r.Total), "the parts make the total")
		sum = sum.Add(r.Total)
	}
	require.Equal(t, sum.String(), s.Total.String())
	require.Equal(t, "474000", s.Amount.String())
	var b strings.Builder
	require.NoError(t, s.Write(&b))
	require.True(t, strings.HasPrefix(b.String(), "serial,employee,pan,name,section,paid,deducted,amount,total,deposited,deposit_date,reason,certificate\n1,E1,ABCPK1234L,A B,92B,31102026,31102026,158000.00,"), b.String())
	require.Contains(t, b.String(), "TOTAL,")
	require.NotContains(t, fmt.Sprintf("%v %+v %v", s, s.Rows[0], entry(0)), "474000")

	bad := entry(0)
	bad.Section, bad.Deposited = "", hr.MustDate("2026-10-30")
	_, err = in.NewStatement(in.Pack(), hr.MustDate("2026-07-01"), []in.StatementEntry{bad, {Section: "92B", Slip: payroll.Payslip{PayDate: hr.MustDate("2026-07-31")}}})
	require.Len(t, hr.FieldErrors(err), 3+5, "%v", err)
	_, err = in.NewStatement(in.Pack(), hr.Date{}, nil)
	require.Equal(t, in.RuleStatement, hr.FieldErrors(err)[0].Rule)
}

// Of 1,33,600 of a year on 50,10,000 (10,83,000, surcharge 7,000, cess 43,600) a month deducts 94,467: cess 43,600 / 11,33,600 of it is
// 3,633.35 and surcharge 583.34. Without a PAN and 20 % of income above the tax, all is tax.
func TestStatementSplitsTheDeduction(t *testing.T) {
	slip := payroll.Payslip{Employee: "E1", PayDate: hr.MustDate("2026-03-31"), Lines: []payroll.Line{
		{Name: "taxable", Amount: dec(423750)},
		{Name: "tds", Amount: dec(94467)},
		{Name: "annual_tax_exact", Amount: dec(1133600)},
		{Name: "annual_tax", Amount: dec(1133600)},
		{Name: "tax_to_deduct", Amount: dec(1133600)},
		{Name: "surcharge", Amount: dec(7000)},
		{Name: "cess", Amount: dec(43600)},
	}}
	s, err := in.NewStatement(in.Pack(), slip.PayDate, []in.StatementEntry{{Section: "92B", Slip: slip}})
	require.NoError(t, err)
	r := s.Rows[0]
	require.Equal(t, []string{"90251", "583", "3633"}, []string{r.Tax.String(), r.Surcharge.String(), r.Cess.String()})
	require.Equal(t, "Form 24Q", s.Form)
	var b strings.Builder
	require.NoError(t, s.Write(&b))
	require.Contains(t, b.String(), "423750.00,90251.00,583.00,3633.00,94467.00,0.00,,,\n")

	slip.Lines[4].Amount = dec(2000000)
	s, err = in.NewStatement(in.Pack(), slip.PayDate, []in.StatementEntry{{Section: "92B", Slip: slip}})
	require.NoError(t, err)
	require.Equal(t, "94467", s.Rows[0].Tax.String())
}

// dueDay is the day of an answer that is no error.
func dueDay(t testing.TB) func(in.Due, error) hr.Date {
	return func(d in.Due, err error) hr.Date {
		t.Helper()
		require.NoError(t, err)
		return d.Day
	}
}

func TestTaxDates(t *testing.T) {
	for paid, want := range map[string][4]string{ // deposit, quarter, statement, certificate
		"2026-04-30": {"2026-05-07", "2026-04-01..2026-06-30", "2026-07-31", "2027-06-15"},
		"2026-06-30": {"2026-07-07", "2026-04-01..2026-06-30", "2026-07-31", "2027-06-15"},
		"2026-07-01": {"2026-08-07", "2026-07-01..2026-09-30", "2026-10-31", "2027-06-15"},
		"2026-12-31": {"2027-01-07", "2026-10-01..2026-12-31", "2027-01-31", "2027-06-15"},
		"2027-01-31": {"2027-02-07", "2027-01-01..2027-03-31", "2027-05-31", "2027-06-15"},
		"2027-03-31": {"2027-04-30", "2027-01-01..2027-03-31", "2027-05-31", "2027-06-15"},
	} {
		d, p := hr.MustDate(paid), in.Pack()
		deposit, statement, certificate := dueDay(t)(in.TaxDepositDue(p, d)), dueDay(t)(in.StatementDue(p, d)), dueDay(t)(in.CertificateDue(p, d))
		require.Equal(t, want, [4]string{deposit.String(), in.TaxQuarter(d).String(), statement.String(), certificate.String()}, paid)
	}
	require.True(t, in.TaxQuarter(hr.Date{}).IsZero())
	for _, due := range []func(payroll.Pack, hr.Date) (in.Due, error){in.TaxDepositDue, in.StatementDue, in.CertificateDue} {
		_, err := due(in.Pack(), hr.Date{})
		require.Equal(t, in.RuleDay, hr.FieldErrors(err)[0].Rule)
		_, err = due(in.Pack(), hr.MustDate("2020-03-31"))
		require.ErrorIs(t, err, hr.ErrNoValue)
	}
	require.Equal(t, "Form 12BB Form 124", in.ClaimForm(hr.MustDate("2026-03-31"))+" "+in.ClaimForm(hr.MustDate("2026-04-01")))
	require.Equal(t, "Form 12B Form 122", in.EarlierEmployerForm(hr.MustDate("2026-03-31"))+" "+in.EarlierEmployerForm(hr.MustDate("2026-04-01")))
	require.Equal(t, "Form 24Q Form 138", in.StatementForm(hr.MustDate("2026-03-31"))+" "+in.StatementForm(hr.MustDate("2026-04-01")))
}

func TestLeaveTravelJourneys(t *testing.T) {
	for day, want := range map[string]string{"2022-01-01": "2022-01-01..2025-12-31", "2025-12-31": "2022-01-01..2025-12-31", "2026-01-01": "2026-01-01..2029-12-31", "2021-06-01": "2018-01-01..2021-12-31"} {
		require.Equal(t, want, in.LTABlock(hr.MustDate(day)).String(), day)
	}
	for _, c := range []struct {
		day, taken string
		want       int
	}{
		{"2026-06-01", "", 3},                                 // one carried over, and two
		{"2027-01-01", "", 2},                                 // the one carried over was for 2026
		{"2026-06-01", "2023-01-01 2024-01-01", 2},            // nothing left to carry
		{"2026-06-01", "2023-01-01 2026-02-01", 2},            // the carried one is used first
		{"2027-06-01", "2023-01-01 2026-02-01", 2},            // and is not counted in the block
		{"2026-06-01", "2026-02-01 2026-03-01 2026-04-01", 0}, // all three
		{"2028-06-01", "2026-02-01 2027-03-01 2028-04-01", 0}, // one carried, two own
		{"2026-03-01", "2026-02-01 2026-04-01", 2},            // what comes later is not looked at
	} {
		var taken []hr.Date
		for _, d := range strings.Fields(c.taken) {
			taken = append(taken, hr.MustDate(d))
		}
		got, err := in.LTAJourneysLeft(in.Pack(), hr.MustDate(c.day), taken...)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
	_, err := in.LTAJourneysLeft(in.Pack(), hr.Date{})
	require.Equal(t, in.RuleTaxDay, hr.FieldErrors(err)[0].Rule)
	require.True(t, in.LTABlock(hr.Date{}).IsZero())
}
