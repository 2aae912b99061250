package cpa005_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/cpa005"
	"github.com/musterhr/hr/payroll/payrolltest"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sample(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/cpa005_sample.txt")
	require.NoError(t, err)
	return string(raw)
}

// eight are the payments of the sample: 1000.07, 1000.14 and so on to 1000.56.
func eight() payroll.PaymentBatch {
	b := payroll.PaymentBatch{
		PaymentDetails: payroll.PaymentDetails{
			ID: "NOV26", ValueDate: hr.MustDate("2026-11-27"),
			From: hr.BankAccount{Holder: "Example Homes Ltd", Number: hr.NewSecret("1112223"), Bank: "12345-001"},
		},
		Currency: "CAD",
	}
	for i := 1; i <= 8; i++ {
		b.Payments = append(b.Payments, payroll.Payment{
			Employee: hr.EmployeeID(fmt.Sprint("E", i)), Reference: fmt.Sprintf("PAY%04d", i), Amount: hr.Money{Amount: decimal.New(int64(100000+7*i), -2), Currency: "CAD"},
			Account: hr.BankAccount{Holder: fmt.Sprintf("Worker %d Specimen", i), Number: hr.NewSecret(fmt.Sprintf("700000%d", i)), Bank: fmt.Sprintf("09991000%d", i)},
		})
	}
	return b
}

func originator() cpa005.Originator {
	return cpa005.Originator{ID: "0123456789", FileNumber: 17, Created: hr.MustDate("2026-11-24"), DataCentre: "00320"}
}

// The sample is of the project's facts about formats; its payer's short name lacks the LTD that ours is cut at.
func TestNewGivesTheSample(t *testing.T) {
	f, err := cpa005.New(eight(), originator())
	require.NoError(t, err)
	require.Equal(t, "EXAMPLE HOMES L", f.Payments[0].ShortName, "15 characters")
	for i := range f.Payments {
		f.Payments[i].ShortName = "EXAMPLE HOMES"
	}
	var out bytes.Buffer
	totals, err := cpa005.Write(&out, f)
	require.NoError(t, err)
	require.Equal(t, sample(t), out.String())
	require.Equal(t, []int{4, 8}, []int{totals.Records, totals.Payments})
	require.Equal(t, "8002.52", totals.Credit.StringFixed(2)) // 8 x 1000 + 0.07 x 36

	back, read, err := cpa005.Read(&out)
	require.NoError(t, err)
	require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	require.Equal(t, hr.Digest("totals", totals), hr.Digest("totals", read))
}

func faultsOf(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path+" "+strings.TrimPrefix(string(f.Rule), "payroll.bankfile.cpa005."))
	}
	return out
}

func TestRefusesAllAtOnce(t *testing.T) {
	b := eight()
	b.Currency, b.From.Bank, b.Payments[0].Account.Bank, b.Payments[1].Amount.Currency = "USD", "123", "199910001", "USD"
	_, err := cpa005.New(b, originator())
	require.Equal(t, []string{"currency currency", "from.bank institution", "payments[0].account.bank institution", "payments[1].currency currency"}, faultsOf(err))

	f, err := cpa005.New(eight(), originator())
	require.NoError(t, err)
	f.Originator, f.Number, f.DataCentre = "SHORT", 10000, "32"
	f.Payments[0].Account = hr.NewSecret("1234567890123")
	f.Payments[1].Amount = decimal.RequireFromString("100000000")
	f.Payments[2].Name, f.Payments[2].Amount = "Zoë", decimal.Zero
	f.Payments[3].Date, f.Payments[3].ReturnAccount = hr.Date{}, hr.NewSecret("11-22")
	f.Payments[4].ReturnInstitution = "199910001"
	var out bytes.Buffer
	_, err = cpa005.Write(&out, f)
	require.ElementsMatch(t, []string{
		"file.originator field", "file.file_number field", "file.data_centre field", "payments[0].account field", "payments[1].amount amount",
		"payments[2].name field", "payments[2].amount amount", "payments[3].payment_date field", "payments[3].return_account field",
		"payments[4].return_institution institution",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "1234567890123")
	require.Empty(t, out.String())
	_, err = cpa005.Write(&out, cpa005.File{Originator: "0123456789", Created: hr.MustDate("2026-11-24"), DataCentre: "00320"})
	require.Equal(t, []string{"file.file_number field", "file order"}, faultsOf(err))
}

func TestReadIsStrict(t *testing.T) {
	records := strings.SplitAfter(sample(t), "\n")
	for _, c := range []struct{ name, old, new, fault string }{
		{"an amount that is not the total's", "0000100007", "0000100008", "line 4.credit_total"},
		{"a total", "00000000800252", "00000000800253", "line 4.credit_total"},
		{"a count of payments", "00000008000000", "00000009000000", "line 4.credit_count"},
		{"a debit", "Z0000000040123456789001700000000000000", "Z0000000040123456789001700000000000001", "line 4.debits"},
		{"a record's number", "C000000003", "C000000004", "line 3.record_count"},
		{"another originator", "C0000000030123456789", "C0000000030123456788", "line 3.originator"},
		{"another file", "Z00000000401234567890017", "Z00000000401234567890018", "line 4.file_number"},
		{"another currency", "CAD", "USD", "line 1.currency"},
		{"a payment day that no year has", "0000100007026331", "0000100007026366", "line 2.segment[0].payment_date"},
		{"another type", "2000000100007", "4500000100007", "line 2.segment[0].transaction_type"},
		{"nothing paid", "2000000100014", "2000000000000", "line 2.segment[1].amount"},
		{"an institution that does not begin with zero", "099910001", "199910001", "line 2.segment[0].institution"},
		{"a letter in an account", "7000001 ", "70X0001 ", "line 2.segment[0].account"},
		{"no account", "7000001 ", "        ", "line 2.segment[0].account"},
		{"a trace of our own", "7000002     00", "7000002     01", "line 2.segment[1].item_trace"},
		{"small letters", "WORKER 3", "Worker 3", "line 2.segment[2].name"},
		{"a reference that begins with a blank", "PAY0001 ", " PAY0001", "line 2.segment[0].reference"},
		{"a file without credits", records[1] + records[2], "", "line 2.record_count"},
		{"a header in the middle", records[1], records[0], "line 2: must be a record C"},
		{"no header", records[0], "", "line 1: must be a record A"},
		{"no trailer", records[3], "", "line 3: must be a record Z"},
		{"a record too short", "CAD ", "CAD", "line 1: has 1463"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sample(t), c.old, c.new, 1)
			require.NotEqual(t, sample(t), text)
			_, _, err := cpa005.Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			for _, secret := range []string{"7000001", "1112223", "100007", "1000.07"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
	_, _, err := cpa005.Read(strings.NewReader(records[0]))
	require.ErrorContains(t, err, "line 2: is missing")

	blank := strings.Repeat(" ", 240)
	hole := records[0] + records[1][:24+240] + blank + records[1][24+480:] + records[2] + records[3]
	_, _, err = cpa005.Read(strings.NewReader(hole))
	require.ErrorContains(t, err, "line 2.segment[1]", "only the last record has unused segments")
	gap := records[0] + records[1] + records[2][:24] + records[2][24:264] + blank + records[2][264:504] + records[2][24+720:] + records[3]
	_, _, err = cpa005.Read(strings.NewReader(gap))
	require.ErrorContains(t, err, "line 3.segment[2]: must not follow an unused segment")
}

func TestNothingPrintsValues(t *testing.T) {
	f, _, err := cpa005.Read(strings.NewReader(sample(t)))
	require.NoError(t, err)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "file", f, "payment", f.Payments[0])
	for _, text := range []string{log.String(), fmt.Sprintf("%v %+v %#v %v %#v", f, f, f, f.Payments, f.Payments[0])} {
		require.NotContains(t, text, "7000001")
		require.NotContains(t, text, "1000.07")
		require.NotContains(t, text, "WORKER")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := eight()
		b.Payments = nil
		for i := range rapid.IntRange(1, 14).Draw(t, "payments") {
			b.Payments = append(b.Payments, payroll.Payment{
				Reference: fmt.Sprintf("pay-%d", i), Amount: hr.Money{Amount: decimal.New(rapid.Int64Range(1, 9_999_999_999).Draw(t, "cents"), -2), Currency: "CAD"},
				Account: hr.BankAccount{
					Holder: rapid.StringMatching(`[A-Z][A-Za-z .'-]{0,40}[a-z]`).Draw(t, "name"),
					Number: hr.NewSecret(rapid.StringMatching(`[0-9]{1,12}`).Draw(t, "account")), Bank: "0" + rapid.StringMatching(`[0-9]{8}`).Draw(t, "bank"),
				},
			})
		}
		f, err := cpa005.New(b, originator())
		require.NoError(t, err)
		var out bytes.Buffer
		wrote, err := cpa005.Write(&out, f)
		require.NoError(t, err)
		require.True(t, wrote.Credit.Equal(b.Total().Amount))
		back, read, err := cpa005.Read(&out)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("totals", wrote), hr.Digest("totals", read))
		require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	})
}

// Whatever is read: a faulty file gives nothing, and a good one is written as the same bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f)))
	f.Add([]byte(strings.ReplaceAll(sample(f), "\r\n", "\n")))
	f.Fuzz(func(t *testing.T, b []byte) { require.NoError(t, payrolltest.RoundTrip(b, cpa005.Read, cpa005.Write)) })
}

func TestInstitution(t *testing.T) {
	for text, want := range map[string]string{"099910001": "099910001", "10001-999": "099910001", " 12345-001 ": "000112345"} {
		got, err := cpa005.ParseInstitution(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for _, bad := range []string{"", "99910001", "199910001", "10001 999", "1000-1999", "10001-99O"} {
		_, err := cpa005.ParseInstitution(bad)
		require.Equal(t, []string{" institution"}, faultsOf(err), bad)
	}
}

func Example() {
	f, err := cpa005.New(eight(), originator())
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	totals, err := cpa005.Write(&out, f)
	if err != nil {
		panic(err)
	}
	fmt.Println(totals.Payments, "payments of", totals.Credit, "in", totals.Records, "records")
	// Output: 8 payments of 8002.52 in 4 records
}
