package sif_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/sif"
	"github.com/musterhr/hr/payroll/payrolltest"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sample(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/wps_sample.sif")
	require.NoError(t, err)
	return string(raw)
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func batch() (payroll.PaymentBatch, sif.Employer, map[hr.EmployeeID]sif.Pay) {
	november := hr.MustPeriod("2026-11-01..2026-11-30")
	pay := func(employee, bank, account, amount string) payroll.Payment {
		return payroll.Payment{
			Employee: hr.EmployeeID(employee), Amount: hr.MustMoney(amount, "AED"), Account: hr.BankAccount{Number: hr.NewSecret(account), Bank: bank},
		}
	}
	return payroll.PaymentBatch{Currency: "AED", Payments: []payroll.Payment{
			pay("E1", "099900001", "AE80 1186 2527 6018 9555 979", "4550.50"), pay("E2", "099900002", "AE307114710497465075291", "1850.25"),
		}},
		sif.Employer{
			ID: "12345", Bank: "099900001", Created: hr.MustDate("2026-11-24"), CreatedAt: hr.MustTimeOfDay("09:05"), Month: hr.MustDate("2026-11-30"), Reference: "NOV26",
		},
		map[hr.EmployeeID]sif.Pay{
			"E1": {Person: hr.NewSecret("12345678901"), Period: november, Fixed: dec("4200"), Variable: dec("350.50")},
			"E2": {Person: hr.NewSecret("12345678902"), Period: november, Fixed: dec("1850.25"), UnpaidLeave: 3},
		}
}

// The sample is of the project's facts about formats.
func TestNewGivesTheSample(t *testing.T) {
	f, err := sif.New(batch())
	require.NoError(t, err)
	var out bytes.Buffer
	totals, err := sif.Write(&out, f)
	require.NoError(t, err)
	require.Equal(t, sample(t), out.String())
	require.Equal(t, 2, totals.Employees)
	require.Equal(t, "6400.75", totals.Amount.String()) // 4200.00 + 350.50 + 1850.25
	require.Equal(t, "0000000012345261124090530.SIF", sif.FileName(f, 30))

	back, read, err := sif.Read(&out)
	require.NoError(t, err)
	require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	require.Equal(t, hr.Digest("totals", totals), hr.Digest("totals", read))
}

func faultsOf(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path+" "+strings.TrimPrefix(string(f.Rule), "payroll.bankfile.sif."))
	}
	return out
}

func TestRefusesAllAtOnce(t *testing.T) {
	b, o, pay := batch()
	b.Currency, b.Payments[1].Amount.Currency = "QAR", "QAR"
	wrong := pay["E1"]
	wrong.Variable = dec("350.49")
	_, err := sif.New(b, o, map[hr.EmployeeID]sif.Pay{"E1": wrong})
	require.Equal(t, []string{"currency currency", "pay[E1] pay", "pay[E2] pay", "payments[1].currency currency"}, faultsOf(err))
	require.NotContains(t, err.Error(), "350.49")

	f, err := sif.New(batch())
	require.NoError(t, err)
	f.Employer, f.Bank, f.Created, f.CreatedAt, f.Month, f.Reference = "1", "1", hr.Date{}, hr.MustTimeOfDay("09:05:01"), hr.MustDate("2026-12-02"), "a,b"
	e := &f.Employees[0]
	e.Person, e.Bank, e.Account, e.Fixed, e.Variable = hr.NewSecret("99"), "x", hr.NewSecret("DE10579754323194875749"), dec("-1"), dec("0.001")
	f.Employees[1].UnpaidLeave = 31
	f.Employees = append(f.Employees, f.Employees[1], f.Employees[1])
	f.Employees[2].UnpaidLeave, f.Employees[3].Period = 0, hr.Period{From: hr.MustDate("2026-11-01")}
	var out bytes.Buffer
	_, err = sif.Write(&out, f)
	require.Equal(t, []string{
		"file.employer field", "file.bank field", "file.created field", "file.created_at field", "file.month month", "file.reference field",
		"employees[0].person field", "employees[0].bank field", "employees[0].account field", "employees[0].period month",
		"employees[0].fixed amount", "employees[0].variable amount", "employees[0].fixed amount",
		"employees[1].unpaid_leave days", "employees[2].period month", "employees[3].period days", "employees[2].person person_twice", "employees[3].person person_twice",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "DE1057")
	require.Empty(t, out.String())
}

func TestReadIsStrict(t *testing.T) {
	for _, c := range []struct{ name, old, new, fault string }{
		{"a total", "6400.75", "6400.76", "line 3.total"},
		{"a count", ",2,6400.75", ",3,6400.75", "line 3.employees"},
		{"pay that is not the total's", "4200.00", "4200.01", "line 3.total"},
		{"another currency", "AED", "USD", "line 3.currency"},
		{"a check digit of an IBAN", "AE80118", "AE81118", "line 1.account"},
		{"an IBAN of another country", "AE801186252760189555979", "DE10579754323194875749", "line 1.account"},
		{"an IBAN in groups", "AE801186252760189555979", "AE80 1186 2527 6018 9555 979", "line 1.account"},
		{"a person who is not filled", "00012345678901", "12345678901", "line 1.person"},
		{"a person twice", "00012345678902", "00012345678901", "line 2.person"},
		{"a routing code", "099900002", "09990002", "line 2.bank"},
		{"days that are not the period's", "2026-11-30,30,4200", "2026-11-30,31,4200", "line 1.days"},
		{"a period that ends before it begins", "2026-11-01,2026-11-30,30,4200", "2026-11-30,2026-11-01,30,4200", "line 1.period"},
		{"a period of another month", "112026", "122026", "line 1.period"},
		{"a month that no year has", "112026", "132026", "line 3.month"},
		{"a day that no calendar has", "2026-11-30", "2026-11-31", "line 1.through"},
		{"more leave than days", ",0.00,3\r", ",0.00,31\r", "line 2.unpaid_leave"},
		{"half a day", ",0.00,3\r", ",0.00,3.5\r", "line 2.unpaid_leave"},
		{"one decimal", "350.50", "350.5", "line 1.variable"},
		{"a negative amount", "350.50", "-350.50", "line 1.variable"},
		{"nothing paid", "1850.25,0.00", "0.00,0.00", "line 2.fixed"},
		{"an account as the days", "2026-11-30,30,4200", "2026-11-30,12345678901,4200", "line 1.days: is something else"},
		{"an account as the count", ",2,6400.75", ",12345678901,6400.75", "line 3.employees: is something else"},
		{"a column too many", "350.50,0", "350.50,0,", "line 1: must be EDR"},
		{"another record", "EDR,00012345678902", "EVP,00012345678902", "line 2: must be EDR"},
		{"an employer who is not filled", "0000000012345", "12345", "line 3.employer"},
		{"an hour that no day has", ",0905,", ",2505,", "line 3.created_at"},
		{"a reference that is empty", ",NOV26", ",", "line 3.reference"},
		{"a letter that is not ASCII", "NOV26", "NÖV26", "line 3: holds"},
		{"no end", "SCR,0000000012345", "EDR,0000000012345", "line 3: must be SCR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sample(t), c.old, c.new, 1)
			require.NotEqual(t, sample(t), text)
			_, _, err := sif.Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			for _, secret := range []string{"AE80", "12345678901", "4200.0", "350.5", "6400"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
	_, _, err := sif.Read(strings.NewReader(""))
	require.ErrorContains(t, err, "is empty")
	lines := strings.SplitAfter(sample(t), "\n")
	_, _, err = sif.Read(strings.NewReader(lines[2]))
	require.ErrorContains(t, err, "employees: are missing")
	_, _, err = sif.Read(strings.NewReader(strings.Replace(sample(t), ",NOV26", "", 1)))
	require.NoError(t, err, "the reference is optional")
	_, _, err = sif.Read(strings.NewReader(strings.Replace(sample(t), "AE801186252760189555979", "5217290000000001", 1)))
	require.NoError(t, err, "pay may go to a card")
}

func TestNothingPrintsValues(t *testing.T) {
	f, _, err := sif.Read(strings.NewReader(sample(t)))
	require.NoError(t, err)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "file", f, "employee", f.Employees[0], "pay", sif.Pay{Fixed: dec("4200")})
	for _, text := range []string{log.String(), fmt.Sprintf("%v %+v %#v %v %#v %v", f, f, f, f.Employees, f.Employees[0], sif.Pay{Fixed: dec("4200")})} {
		require.NotContains(t, text, "AE80")
		require.NotContains(t, text, "4200")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o, pay := batch()
		b.Payments = b.Payments[:1]
		for i := range rapid.IntRange(0, 6).Draw(t, "payments") {
			id := hr.EmployeeID(fmt.Sprint("X", i))
			fixed, variable := decimal.New(rapid.Int64Range(1, 9_999_999).Draw(t, "fixed"), -2), decimal.New(rapid.Int64Range(0, 9_999_999).Draw(t, "variable"), -2)
			pay[id] = sif.Pay{Person: hr.NewSecret(fmt.Sprint(i + 1)), Period: pay["E1"].Period, Fixed: fixed, Variable: variable, UnpaidLeave: rapid.IntRange(0, 30).Draw(t, "leave")}
			b.Payments = append(b.Payments, payroll.Payment{
				Employee: id, Amount: hr.Money{Amount: fixed.Add(variable), Currency: "AED"},
				Account: hr.BankAccount{Number: hr.NewSecret(rapid.StringMatching(`[0-9]{16}`).Draw(t, "card")), Bank: rapid.StringMatching(`[0-9]{9}`).Draw(t, "bank")},
			})
		}
		f, err := sif.New(b, o, pay)
		require.NoError(t, err)
		var out bytes.Buffer
		wrote, err := sif.Write(&out, f)
		require.NoError(t, err)
		require.True(t, wrote.Amount.Equal(b.Total().Amount))
		back, read, err := sif.Read(&out)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("totals", wrote), hr.Digest("totals", read))
		require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	})
}

// Whatever is read: a faulty file gives nothing, and a good one is written as the same bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f)))
	f.Add([]byte(strings.ReplaceAll(sample(f), "\r\n", "\n")))
	f.Add([]byte(strings.ReplaceAll(sample(f), ",NOV26\r\n", "")))
	f.Fuzz(func(t *testing.T, b []byte) { require.NoError(t, payrolltest.RoundTrip(b, sif.Read, sif.Write)) })
}

func Example() {
	f, err := sif.New(batch())
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	totals, err := sif.Write(&out, f)
	if err != nil {
		panic(err)
	}
	fmt.Println(sif.FileName(f, 0), "pays", totals.Employees, "employees", totals.Amount)
	// Output: 0000000012345261124090500.SIF pays 2 employees 6400.75
}
