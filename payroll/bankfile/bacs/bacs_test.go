package bacs_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/bacs"
	"github.com/musterhr/hr/payroll/payrolltest"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sample(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/bacs18_lines.txt")
	require.NoError(t, err)
	return string(raw)
}

func payment(employee, name, code, account, amount string) payroll.Payment {
	return payroll.Payment{
		Employee: hr.EmployeeID(employee), Amount: hr.MustMoney(amount, "GBP"),
		Account: hr.BankAccount{Holder: name, Number: hr.NewSecret(account), Bank: code},
	}
}

func batch(payments ...payroll.Payment) payroll.PaymentBatch {
	return payroll.PaymentBatch{
		PaymentDetails: payroll.PaymentDetails{
			ID: "NOV26", ValueDate: hr.MustDate("2026-11-27"), Narration: "Salary Nov 26",
			From: hr.BankAccount{Holder: "Example Homes Ltd", Number: hr.NewSecret("12345678"), Bank: "11-22-33"},
		},
		Currency: "GBP", Payments: payments,
	}
}

func three() payroll.PaymentBatch {
	return batch(payment("E1", "A Specimen", "405060", "01234567", "2150.34"), payment("E2", "B Specimen", "07 08 09", "00456789", "980.01"), payment("E3", "C Specimen", "112299", "99887766", "0.01"))
}

// The sample is of the project's facts about formats; only the narrative of its contra is in other words than ours.
func TestNewGivesTheSample(t *testing.T) {
	f, err := bacs.New(three(), true)
	require.NoError(t, err)
	f.Lines[3].User = "SALARIES NOV"
	var out bytes.Buffer
	totals, err := bacs.Write(&out, f)
	require.NoError(t, err)
	require.Equal(t, sample(t), out.String())
	require.Equal(t, 3, totals.Payments)
	require.Equal(t, "3130.36", totals.Credit.StringFixed(2)) // 2150.34 + 980.01 + 0.01
	require.True(t, totals.Contras.Equal(totals.Credit))

	back, read, err := bacs.Read(&out)
	require.NoError(t, err)
	require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	require.Equal(t, hr.Digest("totals", totals), hr.Digest("totals", read))
	require.Equal(t, "01234567", back.Lines[0].Account.Reveal(), "leading zeros stay")
}

// A file of several days: 106 characters, the last six a blank and the year and day: 27 November is day 331 of 2026, 1 December 335.
func TestSeveralDays(t *testing.T) {
	f, err := bacs.New(three(), false)
	require.NoError(t, err)
	f.LF = true
	for i, day := range []string{"2026-11-27", "2026-12-01", "2026-12-01"} {
		f.Lines[i].Day = hr.MustDate(day)
	}
	var out bytes.Buffer
	_, err = bacs.Write(&out, f)
	require.NoError(t, err)
	lines := strings.Split(out.String(), "\n")
	require.Equal(t, []string{" 26331", " 26335", " 26335"}, []string{lines[0][100:], lines[1][100:], lines[2][100:]})
	text := out.String()
	back, _, err := bacs.Read(&out)
	require.NoError(t, err)
	require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))

	_, _, err = bacs.Read(strings.NewReader(strings.Replace(text, " 26331", " 26366", 1)))
	require.ErrorContains(t, err, "line 1.processing_day", "2026 has 365 days")
	_, _, err = bacs.Read(strings.NewReader(strings.Replace(text, " 26331", "", 1)))
	require.ErrorContains(t, err, "line 2: must be as long")

	f.Lines[2].Day = hr.Date{}
	_, err = bacs.Write(&out, f)
	require.Equal(t, []string{"lines[2].processing_day processing_day"}, faultsOf(err))
}

func faultsOf(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path+" "+strings.TrimPrefix(string(f.Rule), "payroll.bankfile.bacs."))
	}
	return out
}

func TestRefusesAllAtOnce(t *testing.T) {
	b := three()
	b.Currency, b.ValueDate, b.From.Bank = "EUR", hr.MustDate("2026-11-29"), "1122"
	b.Payments[1].Account.Bank, b.Payments[2].Amount.Currency = "12345O", "EUR"
	_, err := bacs.New(b, true)
	require.Equal(t, []string{"currency currency", "value_date processing_day", "from.bank sort_code", "payments[1].account.bank sort_code", "payments[2].currency currency"}, faultsOf(err))

	b = three()
	b.Payments[0].Amount.Amount = decimal.RequireFromString("0.001")
	b.Payments[1].Account.Number = hr.NewSecret("7784740")
	b.Payments[2].Account.Holder = "Zoë"
	f, err := bacs.New(b, false)
	require.NoError(t, err)
	var out bytes.Buffer
	_, err = bacs.Write(&out, f)
	require.Equal(t, []string{"lines[0].amount amount", "lines[1].account field", "lines[2].name field"}, faultsOf(err))
	require.NotContains(t, err.Error(), "7784740")
	require.Empty(t, out.String())
	_, err = bacs.Write(&out, bacs.File{})
	require.Equal(t, []string{"file layout"}, faultsOf(err))
}

func TestReadIsStrict(t *testing.T) {
	for _, c := range []struct{ name, old, new, fault string }{
		{"a contra of another sum", "00000313036", "00000313035", "line 4.amount"},
		{"a payment of another amount", "00000215034", "00000215035", "line 4.amount"},
		{"a contra on another account", "11223312345678017", "11223312345679017", "line 4.account"},
		{"a contra of another payer", "01711223312345678", "01711223312345679", "line 4"},
		{"a contra by another name", "CONTRA  ", "BALANCE ", "line 4.reference"},
		{"another code", "09911223312345678000000000215034", "01811223312345678000000000215034", "line 1.transaction_code"},
		{"nothing paid", "00000000001EX", "00000000000EX", "line 3.amount"},
		{"a letter in a sort code", "405060", "40506O", "line 1.sort_code"},
		{"a blank in an account", "01234567", " 1234567", "line 1.account"},
		{"a blank in an amount", "00000215034", "     215034", "line 1.amount"},
		{"an old hash", "78000000000215034", "78/ABC00000215034", "line 1.free"},
		{"another account type", "0123456709911", "0123456719911", "line 1.account_type"},
		{"small letters", "A SPECIMEN", "a SPECIMEN", "line 1.name"},
		{"a comma", "A SPECIMEN", "A,SPECIMEN", "line 1.name"},
		{"no name", "B SPECIMEN", "          ", "line 2.name"},
		{"a name that begins with a blank", "B SPECIMEN ", " B SPECIMEN", "line 2.name"},
		{"a line too short", "A SPECIMEN ", "A SPECIMEN", "line 1: has 99"},
		{"a blank line", "\r\n0708", "\r\n\r\n0708", "line 2: has 0"},
		{"a pound sign", "A SPECIMEN", "A£SPECIME", "line 1: holds"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sample(t), c.old, c.new, 1)
			require.NotEqual(t, sample(t), text)
			_, _, err := bacs.Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			for _, secret := range []string{"01234567", "12345678", "2150.34", "215034"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
	lines := strings.SplitAfter(sample(t), "\n")
	_, _, err := bacs.Read(strings.NewReader(lines[3]))
	require.ErrorContains(t, err, "holds no payment")
	_, _, err = bacs.Read(strings.NewReader(sample(t) + lines[3]))
	require.ErrorContains(t, err, "line 5: is a second contra")
	other := strings.Replace(lines[0], "11223312345678", "11223387654321", 1)
	_, _, err = bacs.Read(strings.NewReader(other + sample(t)))
	require.ErrorContains(t, err, "line 1: has no contra")
	_, _, err = bacs.Read(strings.NewReader(strings.Join(lines[:3], "")))
	require.NoError(t, err, "the contra may be added later")
}

func TestNothingPrintsValues(t *testing.T) {
	f, _, err := bacs.Read(strings.NewReader(sample(t)))
	require.NoError(t, err)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "file", f, "line", f.Lines[0])
	for _, text := range []string{log.String(), fmt.Sprintf("%v %+v %#v %v %#v", f, f, f, f.Lines, f.Lines[0])} {
		require.NotContains(t, text, "01234567")
		require.NotContains(t, text, "2150")
		require.NotContains(t, text, "SPECIMEN")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var payments []payroll.Payment
		for i := range rapid.IntRange(1, 8).Draw(t, "payments") {
			p := payment(fmt.Sprint("E", i), rapid.StringMatching(`[A-Z][A-Za-z0-9 .&/-]{0,30}[a-z]`).Draw(t, "name"),
				rapid.StringMatching(`[0-9]{6}`).Draw(t, "code"), rapid.StringMatching(`[0-9]{8}`).Draw(t, "account"), "1.00")
			p.Amount.Amount = decimal.New(rapid.Int64Range(1, 9_999_999_999).Draw(t, "pence"), -2)
			payments = append(payments, p)
		}
		b := batch(payments...)
		f, err := bacs.New(b, rapid.Bool().Draw(t, "contra"))
		require.NoError(t, err)
		var out bytes.Buffer
		wrote, err := bacs.Write(&out, f)
		require.NoError(t, err)
		require.True(t, wrote.Credit.Equal(b.Total().Amount))
		back, read, err := bacs.Read(&out)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("totals", wrote), hr.Digest("totals", read))
		require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	})
}

// Whatever is read: a faulty file gives nothing, and a good one is written as the same bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f)))
	f.Add([]byte(strings.ReplaceAll(sample(f), "\r\n", "\n")))
	f.Add([]byte(strings.ReplaceAll(sample(f), "\r\n", " 26331\r\n")))
	f.Fuzz(func(t *testing.T, b []byte) { require.NoError(t, payrolltest.RoundTrip(b, bacs.Read, bacs.Write)) })
}

func Example() {
	f, err := bacs.New(three(), true)
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	totals, err := bacs.Write(&out, f)
	if err != nil {
		panic(err)
	}
	fmt.Println(totals.Payments, "payments of", totals.Credit, "and a contra of", totals.Contras)
	lines := strings.Split(out.String(), "\r\n")
	fmt.Println(strings.TrimSpace(lines[0]))
	fmt.Println(strings.TrimSpace(lines[3]))
	// Output:
	// 3 payments of 3130.36 and a contra of 3130.36
	// 4050600123456709911223312345678000000000215034EXAMPLE HOMES LTD SALARY NOV 26     A SPECIMEN
	// 1122331234567801711223312345678000000000313036SALARY NOV 26     CONTRA            EXAMPLE HOMES LTD
}
