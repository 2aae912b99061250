package nacha_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/nacha"
	"github.com/musterhr/hr/payroll/payrolltest"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sample(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/nacha_sample.ach")
	require.NoError(t, err)
	return string(raw)
}

func dollars(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// The sample is of the project's facts about formats, where another program read it too; its figures are worked out there.
func TestReadSample(t *testing.T) {
	f, totals, err := nacha.Read(strings.NewReader(sample(t)))
	require.NoError(t, err)
	require.Equal(t, "0494838260", totals.Hash)               // 99887766 + 98765432 + 97531864 + 98765432 + 99887766
	require.Equal(t, "8130.36", totals.Credit.StringFixed(2)) // 2150.34 + 980.01 + 0.01 + 5000.00
	require.True(t, totals.Debit.IsZero())
	require.Equal(t, []int{20, 2, 5, 6, 2}, []int{totals.Lines, totals.Batches, totals.Entries, totals.EntriesAndAddenda, totals.Blocks})
	require.Equal(t, "1123456780", f.Origin)
	require.Equal(t, hr.MustDate("2026-11-27"), f.Batches[0].Effective)
	require.Equal(t, "NET PAY NOV 2026", f.Batches[0].Entries[1].Addenda)
	require.Equal(t, "5550001112223334X", f.Batches[0].Entries[2].Account.Reveal(), "letters stay")
	require.Equal(t, "0001234567", f.Batches[0].Entries[0].Account.Reveal(), "leading zeros stay")
	require.Equal(t, nacha.SavingsCredit, f.Batches[0].Entries[1].Code)

	var out bytes.Buffer
	wrote, err := nacha.Write(&out, f)
	require.NoError(t, err)
	require.Equal(t, sample(t), out.String())
	require.Equal(t, totals, wrote)

	f, _, err = nacha.Read(strings.NewReader(strings.ReplaceAll(sample(t), "\r\n", "\n")))
	require.NoError(t, err)
	require.True(t, f.LF)
}

// batch pays the three live entries of the sample's first batch, in its words.
func batch() payroll.PaymentBatch {
	pay := func(employee, name, bank, account, kind, amount string) payroll.Payment {
		return payroll.Payment{
			Employee: hr.EmployeeID(employee), Reference: "NOV26-" + employee, Amount: hr.MustMoney(amount, "USD"),
			Account: hr.BankAccount{Holder: name, Number: hr.NewSecret(account), Bank: bank, Kind: kind},
		}
	}
	return payroll.PaymentBatch{
		PaymentDetails: payroll.PaymentDetails{ID: "NOV26", ValueDate: hr.MustDate("2026-11-27"), From: hr.BankAccount{Bank: "012990014", Number: hr.NewSecret("77"), Holder: "Example Homes"}},
		Currency:       "USD",
		Payments: []payroll.Payment{
			pay("EMP0001", "Alma Specimen", "998877662", "0001234567", "checking", "2150.34"),
			pay("EMP0002", "Bo Specimen", "987654320", "88-77001", "savings", "980.01"),
			pay("EMP0003", "A name longer than twenty-two", "975318649", "5550001112223334X", "current", "0.01"),
		},
	}
}

func originator() nacha.Originator {
	return nacha.Originator{
		Destination: "012990014", DestinationName: "Example First Bank", Origin: "1123456780", OriginName: "Example Homes LLC",
		Company: "Example Homes", CompanyID: "1123456780", Created: hr.MustDate("2026-11-24"), CreatedAt: hr.MustTimeOfDay("09:05"),
	}
}

// A batch becomes lines that can be counted by hand: hash 99887766 + 98765432 + 97531864 = 296185062, credits 3130.36, 7 lines in
// a block of ten.
func TestNewAndWrite(t *testing.T) {
	f, err := nacha.New(batch(), originator())
	require.NoError(t, err)
	var out bytes.Buffer
	totals, err := nacha.Write(&out, f)
	require.NoError(t, err)
	lines := strings.Split(out.String(), "\r\n")
	require.Equal(t, "101 01299001411234567802611240905A094101EXAMPLE FIRST BANK     EXAMPLE HOMES LLC              ", lines[0])
	require.Equal(t, "5220EXAMPLE HOMES                       1123456780PPDPAYROLL         261127   1012990010000001", lines[1])
	require.Equal(t, "6229988776620001234567       0000215034EMP0001        ALMA SPECIMEN           0012990010000001", lines[2])
	require.Equal(t, "63298765432088-77001         0000098001EMP0002        BO SPECIMEN             0012990010000002", lines[3])
	require.Equal(t, "6229753186495550001112223334X0000000001EMP0003        A NAME LONGER THAN TWE  0012990010000003", lines[4])
	require.Equal(t, "82200000030296185062000000000000000000313036"+"1123456780                         012990010000001", lines[5])
	require.Equal(t, "9000001000001000000030296185062000000000000000000313036"+strings.Repeat(" ", 39), lines[6])
	require.Equal(t, []string{strings.Repeat("9", 94), strings.Repeat("9", 94), strings.Repeat("9", 94), ""}, lines[7:])
	require.Equal(t, "0296185062", totals.Hash)

	back, read, err := nacha.Read(&out)
	require.NoError(t, err)
	require.Equal(t, totals, read)
	require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
}

func faultsOf(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path+" "+strings.TrimPrefix(string(f.Rule), "payroll.bankfile.nacha."))
	}
	return out
}

func TestNewRefusesAllAtOnce(t *testing.T) {
	b, o := batch(), originator()
	b.Currency, b.ValueDate, b.From.Bank = "INR", hr.MustDate("2026-11-28"), "012990015"
	b.Payments[0].Account.Kind, b.Payments[1].Amount.Currency = "", "INR"
	o.Descriptive, b.Payments[2].Amount.Amount = "SD1300", dollars("1000000.01")
	_, err := nacha.New(b, o)
	require.Equal(t, []string{
		"currency currency", "value_date effective_date", "from.bank routing_number", "payments[0].account.kind transaction_code",
		"payments[1].currency currency", "payments[2].amount amount",
	}, faultsOf(err))
	b = batch()
	b.ValueDate = hr.MustDate("2026-11-23")
	_, err = nacha.New(b, originator())
	require.Equal(t, []string{"value_date effective_date"}, faultsOf(err), "before the file is made")
}

func TestWriteRefusesAllAtOnceAndWritesNothing(t *testing.T) {
	f, err := nacha.New(batch(), originator())
	require.NoError(t, err)
	f.Destination, f.Origin, f.Modifier, f.Created = "000000000", "12 456780", "a", hr.Date{}
	f.CreatedAt = hr.MustTimeOfDay("09:05:30")
	b := &f.Batches[0]
	b.Description, b.Number = "WAGES", 0
	b.Entries[0].Account, b.Entries[0].Amount = hr.NewSecret("123456789012345678"), dollars("0.005")
	b.Entries[1].Bank, b.Entries[1].Name, b.Entries[1].Code = "987654321", "Bö", "21"
	b.Entries[2].Trace, b.Entries[2].Amount = 2, dollars("100000000.00")
	var out bytes.Buffer
	_, err = nacha.Write(&out, f)
	require.ElementsMatch(t, []string{
		"file.destination routing_number", "file.origin field", "file.modifier field", "file.created field", "file.created_at field",
		"batches[0].description description", "batches[0].batch_number order", "batches[0].entries[0].account field", "batches[0].entries[0].amount amount",
		"batches[0].entries[1].receiving_bank routing_number", "batches[0].entries[1].name field", "batches[0].entries[1].transaction_code transaction_code",
		"batches[0].entries[2].trace trace", "batches[0].entries[2].amount amount", // 10 digits of cents end at 99,999,999.99
		"batches[0].control.credit_total amount", "file.control.credit_total amount", // half a cent is in no sum
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "123456789012345678")
	require.NotContains(t, err.Error(), "100000000")
	require.Empty(t, out.String())

	_, err = nacha.Write(&out, nacha.File{})
	require.Contains(t, faultsOf(err), "batches order")
}

func TestReadIsStrict(t *testing.T) {
	all := strings.Repeat("9", 94) + "\r\n"
	for _, c := range []struct{ name, old, new, fault string }{
		{"a check digit", "62299887766200012", "62299887766300012", "line 3.receiving_bank"},
		{"no such bank", "62299887766200012", "62200000000000012", "line 3.receiving_bank"},
		{"a bank that is not the hash's", "62299887766200012", "62201299001400012", "line 8.entry_hash"},
		{"an amount that is not the total's", "0000215034", "0000215035", "line 8.credit_total"},
		{"a batch total", "000000313036112", "000000313035112", "line 8.credit_total"},
		{"a file total", "000000813036 ", "000000813035 ", "line 12.credit_total"},
		{"a count", "8220000005", "8220000004", "line 8.entry_addenda_count"},
		{"a file count", "9000002000002000000060", "9000002000002000000050", "line 12.entry_addenda_count"},
		{"a batch count", "9000002000002", "9000003000002", "line 12.batch_count"},
		{"a block count", "9000002000002", "9000002000003", "line 12.block_count"},
		{"a file hash", "0494838260", "0494838261", "line 12.entry_hash"},
		{"a mixed class without a debit", "5220EXAMPLE", "5200EXAMPLE", "line 2.service_class"},
		{"a control of another class", "8220000005", "8200000005", "line 8.service_class"},
		{"a debit in a batch of credits", "62299887766200012", "62799887766200012", "line 2.service_class"},
		{"another entry class", "PPDPAYROLL   ", "CCDPAYROLL   ", "line 2.entry_class"},
		{"another description", "PPDPAYROLL   ", "PPDSALARY    ", "line 2.description"},
		{"a settlement date from us", "261127   1012", "2611273311012", "line 2.settlement_date"},
		{"a day that no calendar has", "261127261127", "261127261131", "line 2.effective_date"},
		{"a company that its control has not", "000313036112345678", "000313036212345678", "line 8.company_id"},
		{"a prenote with money", "0000000000EMP0004", "0000000001EMP0004", "line 7.amount"},
		{"a payment of nothing", "0000000001EMP0003", "0000000000EMP0003", "line 6.amount"},
		{"another code", "623987654320", "624987654320", "line 7.transaction_code"},
		{"an account that is not at the left", "000777           ", " 000777          ", "line 7.account"},
		{"an account with a dot", "000777 ", "000.77 ", "line 7.account"},
		{"small letters", "BO SPECIMEN", "Bo SPECIMEN", "line 4.name"},
		{"no name", "BO SPECIMEN", "           ", "line 4.name"},
		{"an amount with a blank", "0000098001", " 000098001", "line 4.amount"},
		{"a trace of another bank", "  1012990010000002", "  1012990020000002", "line 4.trace"},
		{"a trace that does not rise", "  1012990010000002", "  1012990010000001", "line 4.trace"},
		{"an addenda of another entry", "00010000002\r\n", "00010000003\r\n", "line 5.trace"},
		{"an addenda that is not announced", "  1012990010000002", "  0012990010000002", "line 5: must be an entry"},
		{"an announced addenda that is missing", "  0012990010000001", "  1012990010000001", "line 4: must be the addenda"},
		{"an addenda indicator of another kind", "  0012990010000001", "  2012990010000001", "line 3.addenda_indicator"},
		{"a line too short", "BO SPECIMEN  ", "BO SPECIMEN ", "line 4: has 93 characters"},
		{"a tab", "BO SPECIMEN", "BO\tSPECIMEN", "line 4: holds"},
		{"one line end of another kind", "0012990010000001\r\n632", "0012990010000001\n632", "line 3: "},
		{"a block that is not full", all + all, all, "line 20: is missing"},
		{"a block too many", all + all, strings.Repeat(all, 12), "line 21: must be nines"},
		{"a line after the end", all, strings.Repeat("9", 93) + "8\r\n", "line 13: must be nines"},
		{"no header", "101 0129", "201 0129", "line 1: must be the file header"},
		{"a header of a bad number", "101 012990014", "101 012990015", "line 1.destination"},
		{"an origin with a blank", "1123456780261124", "112345 780261124", "line 1.origin"},
		{"a batch without its control", "822000000503949", "922000000503949", "line 8: must be an entry"},
		{"an hour that no day has", "2611240905A", "2611242505A", "line 1.created_at"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sample(t), c.old, c.new, 1)
			require.NotEqual(t, sample(t), text)
			_, _, err := nacha.Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			require.NotEmpty(t, hr.FieldErrors(err))
			for _, secret := range []string{"0001234567", "88-77001", "2150.34", "215034"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
	for _, text := range []string{"", "\n", "\r\n"} {
		_, _, err := nacha.Read(strings.NewReader(text))
		require.ErrorContains(t, err, string(nacha.RuleLayout))
	}
}

func TestBatchNumbersRise(t *testing.T) {
	text := strings.ReplaceAll(sample(t), "012990010000002\r\n622", "012990010000001\r\n622")
	text = strings.Replace(text, "012990010000002\r\n9", "012990010000001\r\n9", 1)
	_, _, err := nacha.Read(strings.NewReader(text))
	require.Equal(t, []string{"line 9.batch_number order"}, faultsOf(err))
}

// An offsetting debit makes a batch of class 200, whose debits are their own total; a batch of debits alone is no payroll.
func TestOffsettingDebit(t *testing.T) {
	f, err := nacha.New(batch(), originator())
	require.NoError(t, err)
	b := &f.Batches[0]
	b.Entries = append(b.Entries, nacha.Entry{Code: nacha.CheckingDebit, Bank: "012990014", Account: hr.NewSecret("77"), Amount: dollars("3130.36"), Name: "EXAMPLE HOMES", Trace: 4})
	var out bytes.Buffer
	totals, err := nacha.Write(&out, f)
	require.NoError(t, err)
	require.True(t, totals.Debit.Equal(totals.Credit))
	require.Contains(t, out.String(), "\r\n5200EXAMPLE")
	_, read, err := nacha.Read(&out)
	require.NoError(t, err)
	require.Equal(t, totals, read)
	b.Entries = b.Entries[3:]
	_, err = nacha.Write(&out, f)
	require.Equal(t, []string{"batches[0] transaction_code"}, faultsOf(err))
}

// The hash keeps its low ten digits: 101 banks of 99,999,999 or so pass ten digits.
func TestHashDropsWhatOverflows(t *testing.T) {
	f, err := nacha.New(batch(), originator())
	require.NoError(t, err)
	b := &f.Batches[0]
	e := b.Entries[0]
	b.Entries = nil
	for i := range 101 {
		e.Trace = i + 1
		b.Entries = append(b.Entries, e)
	}
	var out bytes.Buffer
	totals, err := nacha.Write(&out, f)
	require.NoError(t, err)
	require.Equal(t, "0088664366", totals.Hash) // 101 x 99887766 = 10088664366
	_, _, err = nacha.Read(&out)
	require.NoError(t, err)
}

func TestNothingPrintsValues(t *testing.T) {
	f, _, err := nacha.Read(strings.NewReader(sample(t)))
	require.NoError(t, err)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "file", f, "batch", f.Batches[0], "entry", f.Batches[0].Entries[0])
	b := f.Batches[0]
	for _, text := range []string{log.String(), fmt.Sprintf("%v %+v %#v %v %+v", f, f, f, b, b.Entries), fmt.Sprintf("%s %#v", b.Entries[0], b.Entries[0])} {
		require.NotContains(t, text, "0001234567")
		require.NotContains(t, text, "2150")
		require.NotContains(t, text, "ALMA")
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	banks := []string{"998877662", "987654320", "975318649", "012990014"}
	rapid.Check(t, func(t *rapid.T) {
		b := batch()
		b.Payments = nil
		for i := range rapid.IntRange(1, 25).Draw(t, "payments") {
			b.Payments = append(b.Payments, payroll.Payment{
				Employee: hr.EmployeeID(fmt.Sprint("E", i)), Amount: hr.Money{Amount: decimal.New(rapid.Int64Range(1, 9_999_999_999).Draw(t, "cents"), -2), Currency: "USD"},
				Account: hr.BankAccount{
					Holder: rapid.StringMatching(`[A-Z][A-Za-z .'-]{0,30}[a-z]`).Draw(t, "name"), Number: hr.NewSecret(rapid.StringMatching(`[0-9]{4,17}`).Draw(t, "account")),
					Bank: rapid.SampledFrom(banks).Draw(t, "bank"), Kind: rapid.SampledFrom([]string{"checking", "savings"}).Draw(t, "kind"),
				},
			})
		}
		f, err := nacha.New(b, originator())
		require.NoError(t, err)
		var out bytes.Buffer
		wrote, err := nacha.Write(&out, f)
		require.NoError(t, err)
		require.True(t, wrote.Credit.Equal(b.Total().Amount))
		back, read, err := nacha.Read(&out)
		require.NoError(t, err)
		require.Equal(t, wrote, read)
		require.Equal(t, hr.Digest("file", f), hr.Digest("file", back))
	})
}

// Whatever is read: a faulty file gives nothing, and a good one is written as the same bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f)))
	f.Add([]byte(strings.ReplaceAll(sample(f), "\r\n", "\n")))
	f.Add([]byte(strings.TrimSuffix(sample(f), "\r\n")))
	f.Fuzz(func(t *testing.T, b []byte) { require.NoError(t, payrolltest.RoundTrip(b, nacha.Read, nacha.Write)) })
}

// The last digit of a routing number is the one that makes 3(d1+d4+d7) + 7(d2+d5+d8) + (d3+d6+d9) a multiple of ten: one of ten.
func TestRoutingNumber(t *testing.T) {
	n, err := nacha.ParseRoutingNumber(" 019993904 ")
	require.NoError(t, err)
	require.Equal(t, "019993904", n)
	passed := 0
	for d := '0'; d <= '9'; d++ {
		if _, err := nacha.ParseRoutingNumber("12345678" + string(d)); err == nil {
			require.Equal(t, '0', d) // 3(1+4+7) + 7(2+5+8) + 3+6 = 36 + 105 + 9 = 150
			passed++
		}
	}
	require.Equal(t, 1, passed)
	for _, bad := range []string{"", "000000000", "10999615", "1099-9615", "0199939041", "٠١٩٩٩٣٩٠٤"} {
		_, err := nacha.ParseRoutingNumber(bad)
		require.Equal(t, []string{" routing_number"}, faultsOf(err), bad)
	}
}

func Example() {
	f, err := nacha.New(batch(), originator())
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	totals, err := nacha.Write(&out, f)
	if err != nil {
		panic(err)
	}
	fmt.Println(totals.Entries, "payments of", totals.Credit, "and the hash", totals.Hash)
	_, back, err := nacha.Read(&out)
	fmt.Println("read back:", back.Credit.Equal(totals.Credit) && back.Hash == totals.Hash, err)
	// Output:
	// 3 payments of 3130.36 and the hash 0296185062
	// read back: true <nil>
}
