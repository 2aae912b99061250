package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// month is two payslips of 100.00 and 250.50 with everything that belongs to them.
func month(t *testing.T) Month {
	t.Helper()
	period := hr.MustPeriod("2026-10-01..2026-10-31")
	m := Month{Company: company.Company{Settings: company.Settings{Name: "Example", Currency: "INR", Period: period, PayDate: period.Through}}}
	m.Chart = payroll.Chart{NetPay: "2110", Lines: []payroll.ChartLine{{Line: "basic_pay", Debit: "5110"}}}
	accounts := map[hr.EmployeeID]hr.BankAccount{}
	for id, amount := range map[hr.EmployeeID]string{"E1": "100.00", "E2": "250.50"} {
		m.Slips = append(m.Slips, payroll.Payslip{Employee: id, Period: period, PayDate: period.Through, Currency: "INR", Lines: []payroll.Line{
			{Name: "basic_pay", Title: "Basic", Kind: payroll.Earning, Unit: "money", Amount: decimal.RequireFromString(amount)},
		}})
		accounts[id] = hr.BankAccount{Holder: "Specimen", Number: hr.NewSecret("1234567" + string(id[1:])), Bank: "SPEC0000001"}
	}
	var err error
	m.Journal, err = payroll.Post(m.Slips, m.Chart)
	require.NoError(t, err)
	m.Batch, err = payroll.NewPaymentBatch(m.Slips, accounts, payroll.PaymentDetails{ID: "T", ValueDate: period.Through, From: accounts["E1"]})
	require.NoError(t, err)
	for _, s := range m.Slips {
		sheet := hr.Timesheet{Employee: s.Employee, Period: period}
		for d := range period.Days() {
			sheet.Days = append(sheet.Days, hr.TimesheetDay{Date: d, Status: "present", Payable: decimal.NewFromInt(1)})
		}
		m.Sheets = append(m.Sheets, sheet)
		m.Terms = append(m.Terms, hr.Since(period.From, hr.Terms{Region: "IN-MH"}))
	}
	return m
}

func TestChecksHoldForAWholeMonth(t *testing.T) {
	checks, err := month(t).Write(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	figures := map[string]string{}
	for _, c := range checks {
		figures[c.Name] = c.Figure
	}
	require.Equal(t, map[string]string{
		"payslips = register": "350.50", "register adds up": "350.50", "register = journal": "350.50", "journal balances": "350.50",
		"register = bank file + held": "350.50", "payable + unpaid = employed": "62 days",
	}, figures)
}

// Each mistake is one that a program could make on the way; the check that finds it is named, and no folder is left behind.
func TestWhatIsLostOnTheWayIsFound(t *testing.T) {
	for name, lose := range map[string]func(*Month){
		"register = bank file + held": func(m *Month) { m.Batch.Payments = m.Batch.Payments[:1] },
		"register = journal":          func(m *Month) { m.Journal.Entries = m.Journal.Entries[:2] },
		"journal balances":            func(m *Month) { m.Journal.Entries = m.Journal.Entries[:3] },
		"payable + unpaid = employed": func(m *Month) { m.Sheets[0].Days = m.Sheets[0].Days[1:] },
	} {
		m := month(t)
		lose(&m)
		parent := t.TempDir()
		_, err := m.Write(filepath.Join(parent, "out"))
		require.ErrorContains(t, err, "check failed: "+name)
		left, err := os.ReadDir(parent)
		require.NoError(t, err)
		require.Empty(t, left)
	}
}

func TestDigits(t *testing.T) {
	for _, x := range []struct{ amount, india, elsewhere string }{
		{"0.00", "0.00", "0.00"},
		{"999.50", "999.50", "999.50"},
		{"1000.00", "1,000.00", "1,000.00"},
		{"100000.00", "1,00,000.00", "100,000.00"},
		{"-1234567.89", "-12,34,567.89", "-1,234,567.89"},
		{"1234567890", "1,23,45,67,890", "1,234,567,890"},
	} {
		require.Equal(t, x.india, digits(x.amount, true))
		require.Equal(t, x.elsewhere, digits(x.amount, false))
	}
}

func TestExplainShowsAThingOnce(t *testing.T) {
	days := hr.Trace{Name: "payable_days", Value: "29", Unit: "days", Parts: []hr.Trace{{Name: "punch in"}}}
	var b bytes.Buffer
	require.NoError(t, Explain(&b, hr.Trace{Name: "gross", Value: "2", Parts: []hr.Trace{
		{Name: "basic", Value: "1", Parts: []hr.Trace{days}}, {Name: "hra", Value: "1", Parts: []hr.Trace{days}},
	}}))
	require.Equal(t, `Gross is 2. Given: basic is 1; hra is 1.

gross = 2
   basic = 1
      payable_days = 29 days
         punch in
   hra = 1
      payable_days = 29 days
         as above
`, b.String())
}
