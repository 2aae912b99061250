package neft_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func payment(employee, name, account, ifsc, kind, amount string) payroll.Payment {
	return payroll.Payment{
		Employee: hr.EmployeeID(employee), Reference: "NOV26-" + employee, Amount: hr.MustMoney(amount, "INR"),
		Account: hr.BankAccount{Holder: name, Number: hr.NewSecret(account), Bank: ifsc, Kind: kind},
	}
}

func batch(payments ...payroll.Payment) payroll.PaymentBatch {
	return payroll.PaymentBatch{
		PaymentDetails: payroll.PaymentDetails{ID: "NOV26", ValueDate: hr.MustDate("2026-11-30"), Narration: "SALARY NOV 2026"},
		Currency:       "INR", Payments: payments,
	}
}

// The expected bytes are the sample of the project's facts about formats, not our own output.
func TestWriteGivesTheSample(t *testing.T) {
	want, err := os.ReadFile("testdata/neft_neutral.csv")
	require.NoError(t, err)
	var out bytes.Buffer
	totals, err := neft.Write(&out, batch(
		payment("E1", "ALMA SPECIMEN", "000123456789", "QWER0001234", "savings", "45210.00"),
		payment("E2", "BO SPECIMEN", "98765432101", "ASDF0T12345", "current", "250000.50"),
		payment("E3", "SPECIMEN, CY", "00001", "ZXCV0000001", "savings", "1.00"),
	))
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
	require.Equal(t, 3, totals.Payments)
	require.Equal(t, "295211.5", totals.Amount.String())

	rows, read, err := neft.Read(&out)
	require.NoError(t, err)
	require.True(t, totals.Amount.Equal(read.Amount))
	require.Equal(t, "000123456789", rows[0].Account.Reveal(), "leading zeros stay")
	require.Equal(t, "RTGS", rows[1].Mode, "2,00,000 and more goes by RTGS")
}

func TestWriteRefusesEverythingAtOnceAndWritesNothing(t *testing.T) {
	var out bytes.Buffer
	bad := payment("E1", "", "12 34", "QWER1001234", "gold", "0.50")
	good := batch(bad)
	good.ValueDate = hr.Date{}
	_, err := neft.Write(&out, good)
	var rules []hr.Rule
	for _, f := range hr.FieldErrors(err) {
		rules = append(rules, f.Rule)
	}
	require.Equal(t, []hr.Rule{neft.RuleField, neft.RuleField, neft.RuleField, neft.RuleField, neft.RuleAmount, neft.RuleField}, rules)
	require.NotContains(t, err.Error(), "12 34")
	require.Empty(t, out.String())

	dollars := payment("E1", "A", "1234", "QWER0001234", "", "5.00")
	dollars.Amount.Currency = "USD"
	_, err = neft.Write(&out, batch(dollars))
	require.ErrorContains(t, err, string(neft.RuleCurrency))
}

func TestReadIsStrict(t *testing.T) {
	sample, err := os.ReadFile("testdata/neft_neutral.csv")
	require.NoError(t, err)
	for _, c := range []struct{ name, old, new, fault string }{
		{"another header", "seq,employee_id", "no,employee_id", "line 1: the header"},
		{"a sequence with a gap", "\n2,E2", "\n4,E2", "line 3.seq"},
		{"one decimal", "45210.00", "45210.0", "line 2.amount"},
		{"an exponent", "45210.00", "4.521e4", "line 2.amount"},
		{"a negative amount", "45210.00", "-45210.00", "line 2.amount"},
		{"RTGS below its floor", ",INR,NEFT,2026-11-30,NOV26-E1", ",INR,RTGS,2026-11-30,NOV26-E1", "line 2.mode"},
		{"NEFT above RTGS's floor", ",INR,RTGS", ",INR,NEFT", "line 3.mode"},
		{"an IFSC whose fifth is no zero", "QWER0001234", "QWER1001234", "line 2.ifsc"},
		{"a day that no calendar has", "2026-11-30,NOV26-E1", "2026-11-31,NOV26-E1", "line 2.value_date"},
		{"a reference twice", "NOV26-E2", "NOV26-E1", "line 3.reference"},
		{"a column too few", ",SALARY NOV 2026\r\n2,", "\r\n2,", "line 2: is not a row of 12 columns"},
		{"an open quote", `"SPECIMEN, CY"`, `"SPECIMEN, CY`, "is not a row"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(sample), c.old, c.new, 1)
			require.NotEqual(t, string(sample), text)
			_, _, err := neft.Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			require.NotContains(t, err.Error(), "000123456789")
		})
	}
	_, _, err = neft.Read(strings.NewReader(""))
	require.ErrorContains(t, err, "header is missing")
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var payments []payroll.Payment
		for i := range rapid.IntRange(0, 8).Draw(t, "payments") {
			p := payment(string(rune('A'+i)), rapid.StringMatching(`[A-Z][A-Za-z ,.'"]{0,20}`).Draw(t, "name"),
				rapid.StringMatching(`[0-9]{9,18}`).Draw(t, "account"), rapid.StringMatching(`[A-Z]{4}0[A-Z0-9]{6}`).Draw(t, "ifsc"),
				rapid.SampledFrom([]string{"savings", "current", ""}).Draw(t, "kind"), "1.00")
			p.Amount.Amount = decimal.New(rapid.Int64Range(100, 90_000_000).Draw(t, "paise"), -2)
			payments = append(payments, p)
		}
		var out bytes.Buffer
		wrote, err := neft.Write(&out, batch(payments...))
		require.NoError(t, err)
		rows, read, err := neft.Read(&out)
		require.NoError(t, err)
		require.Equal(t, wrote.Payments, read.Payments)
		require.True(t, wrote.Amount.Equal(read.Amount))
		for i, p := range payments {
			require.Equal(t, p.Account.Number.Reveal(), rows[i].Account.Reveal())
			require.Equal(t, p.Account.Holder, rows[i].Name)
			require.True(t, p.Amount.Equal(rows[i].Amount))
		}
	})
}

func FuzzRead(f *testing.F) {
	sample, err := os.ReadFile("testdata/neft_neutral.csv")
	require.NoError(f, err)
	f.Add(sample)
	f.Add([]byte("seq\n\"x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		rows, totals, err := neft.Read(bytes.NewReader(b))
		if err != nil {
			require.Empty(t, rows, "faulty files give no rows")
			return
		}
		sum := decimal.Zero
		for _, r := range rows {
			sum = sum.Add(r.Amount.Amount)
		}
		require.True(t, sum.Equal(totals.Amount))
		require.Equal(t, len(rows), totals.Payments)
	})
}
