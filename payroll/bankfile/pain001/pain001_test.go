package pain001_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/pain001"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sample(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(raw)
}

const (
	sample03    = "pain001_03.xml"
	sample09    = "pain001_09.xml"
	sampleNoBIC = "pain001_09_nobic.xml"
)

var berlin = pain001.Address{Town: "Berlin", Country: "DE"}

func batch() payroll.PaymentBatch {
	pay := func(reference, name, iban, amount string) payroll.Payment {
		return payroll.Payment{Reference: reference, Amount: hr.MustMoney(amount, "EUR"), Account: hr.BankAccount{Holder: name, Number: hr.NewSecret(iban)}}
	}
	return payroll.PaymentBatch{
		PaymentDetails: payroll.PaymentDetails{
			ID: "MSG-2026-11-24-01", ValueDate: hr.MustDate("2026-11-27"), Narration: "Salary November 2026",
			From: hr.BankAccount{Holder: "Example Homes GmbH", Number: hr.NewSecret("DE10 5797 5432 3194 8757 49"), Bank: "abcddeff"},
		},
		Currency: "EUR",
		Payments: []payroll.Payment{
			pay("NOV26-0001", "Specimen Person A", "ES3701815908641661318609", "3552.19"),
			pay("NOV26-0002", "Specimen Person B", "AT68 9099 6030 8246 2819", "1914.28"),
			pay("NOV26-0003", "Specimen Person C", "AT162199351819093786", "3427.71"),
		},
	}
}

var made = time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC)

var between = regexp.MustCompile(`>\s*<`)

// same compares two documents without the blanks between elements.
func same(t *testing.T, want, got string) {
	t.Helper()
	require.Equal(t, between.ReplaceAllString(want, ">\n<"), between.ReplaceAllString(got, ">\n<"))
}

// The samples are of the project's facts about formats, where libxml2 held them against the schemas of ISO.
func TestNewGivesTheSamples(t *testing.T) {
	f, err := pain001.New(batch(), made, berlin)
	require.NoError(t, err)
	for version, name := range map[pain001.Version]string{"": sample09, pain001.V09: sample09, pain001.V03: sample03} {
		f.Version = version
		var out bytes.Buffer
		totals, err := pain001.Write(&out, f)
		require.NoError(t, err)
		same(t, sample(t, name), out.String())
		require.Equal(t, 3, totals.Transactions)
		require.Equal(t, "8894.18", totals.Sum.String()) // 3552.19 + 1914.28 + 3427.71
	}
	b := batch()
	b.ID, b.From.Bank, b.Payments = "MSG-2026-11-24-02", "", b.Payments[:1]
	f, err = pain001.New(b, made, berlin)
	require.NoError(t, err)
	var out bytes.Buffer
	_, err = pain001.Write(&out, f)
	require.NoError(t, err)
	same(t, sample(t, sampleNoBIC), out.String())
}

func TestReadSamples(t *testing.T) {
	for _, name := range []string{sample03, sample09, sampleNoBIC} {
		f, totals, err := pain001.Read(strings.NewReader(sample(t, name)))
		require.NoError(t, err, name)
		var out bytes.Buffer
		wrote, err := pain001.Write(&out, f)
		require.NoError(t, err)
		same(t, sample(t, name), out.String())
		require.Equal(t, hr.Digest("totals", totals), hr.Digest("totals", wrote))
	}
}

// Everything that a file may have beside what New puts in, and another spelling of the same document.
func TestEverythingOptional(t *testing.T) {
	f, err := pain001.New(batch(), time.Date(2026, 11, 24, 9, 5, 0, 250_000_000, time.FixedZone("", 3600)), pain001.Address{
		Street: "Weg", Building: "1a", PostCode: "10115", Town: "Berlin", Country: "DE", Lines: []string{"Hof 2"},
	})
	require.NoError(t, err)
	f.InitiatorID = "CUC-0001"
	f.Instructions[0].Single, f.Instructions[0].DebtorID, f.Instructions[0].Currency, f.Instructions[0].For = true, "ORG 77", true, "Example Works GmbH"
	c := &f.Instructions[0].Credits[0]
	c.Instruction, c.UETR, c.Bank, c.Address, c.Text = "I-1", "eb6305c9-1f7f-49de-aed0-16487c27b42d", "ABCDESMM", pain001.Address{Town: "Madrid", Country: "ES"}, ""
	var out bytes.Buffer
	_, err = pain001.Write(&out, f)
	require.NoError(t, err)
	require.Contains(t, out.String(), "<CreDtTm>2026-11-24T09:05:00.25+01:00</CreDtTm>")
	require.Contains(t, out.String(), "<BtchBookg>false</BtchBookg>")
	compact := between.ReplaceAllString(out.String(), "><")
	require.Contains(t, compact, "<InitgPty><Nm>Example Homes GmbH</Nm><Id><OrgId><Othr><Id>CUC-0001</Id></Othr></OrgId></Id></InitgPty>")
	require.Contains(t, compact, "</IBAN></Id><Ccy>EUR</Ccy></DbtrAcct>")
	require.Contains(t, compact, "</DbtrAgt><UltmtDbtr><Nm>Example Works GmbH</Nm></UltmtDbtr><ChrgBr>")
	back, _, err := pain001.Read(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	var again bytes.Buffer
	_, err = pain001.Write(&again, back)
	require.NoError(t, err)
	require.Equal(t, out.String(), again.String())

	prefixed := regexp.MustCompile(`<(/?)([A-Z])`).ReplaceAllString(sample(t, sample09), "<${1}p:$2")
	prefixed = strings.Replace(prefixed, "xmlns=", `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x y" xmlns:p=`, 1)
	for _, text := range []string{
		prefixed,
		strings.ReplaceAll(sample(t, sample09), "\n", "\r\n"),
		strings.Replace(sample(t, sample09), "<PmtInf>", "<!-- salaries --><PmtInf>", 1),
		strings.Replace(sample(t, sample09), "<BtchBookg>true</BtchBookg>", "", 1),
		strings.Replace(sample(t, sample09), "<ChrgBr>SLEV</ChrgBr>", "", 1),
		regexp.MustCompile(`(?s)(TRF.*?)<NbOfTxs>3</NbOfTxs>\s*<CtrlSum>8894.18</CtrlSum>`).ReplaceAllString(sample(t, sample09), "$1"),
		strings.Replace(sample(t, sample09), "<Purp><Cd>SALA</Cd></Purp>", "", 1),
	} {
		f, _, err := pain001.Read(strings.NewReader(text))
		require.NoError(t, err, text)
		var out bytes.Buffer
		_, err = pain001.Write(&out, f)
		require.NoError(t, err)
		same(t, sample(t, sample09), out.String())
	}
}

func faultsOf(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path+" "+strings.TrimPrefix(string(f.Rule), "payroll.bankfile.pain001."))
	}
	return out
}

func TestRefusesAllAtOnce(t *testing.T) {
	b := batch()
	b.Currency, b.ValueDate, b.Payments[2].Amount.Currency = "USD", hr.MustDate("2026-11-23"), "USD"
	_, err := pain001.New(b, made, berlin)
	require.Equal(t, []string{"currency currency", "value_date execution_date", "payments[2].currency currency"}, faultsOf(err))

	f, err := pain001.New(batch(), made, pain001.Address{Lines: []string{"Weg 1", "10115 Berlin"}})
	require.NoError(t, err)
	f.Message, f.Created, f.Initiator = "/MSG", time.Time{}, strings.Repeat("x", 71)
	i := &f.Instructions[0]
	i.ID, i.Day, i.Bank, i.Account = "a//b", hr.Date{}, "ABC", hr.NewSecret("DE11579754323194875749")
	i.Credits[0].Amount, i.Credits[0].Name = decimal.RequireFromString("0.005"), "Ω"
	i.Credits[1].Amount, i.Credits[1].ID, i.Credits[1].UETR = decimal.RequireFromString("1000000000"), "NOV26-0001", "EB6305C9-1F7F-49DE-AED0-16487C27B42D"
	i.Credits[2].Text, i.Credits[2].Name, i.Credits[2].Bank, i.Credits[2].Instruction = strings.Repeat("x", 141), " A", "abcddeff", strings.Repeat("9", 36)
	var out bytes.Buffer
	_, err = pain001.Write(&out, f)
	require.Equal(t, []string{
		"GrpHdr.MsgId characters", "GrpHdr.CreDtTm field", "GrpHdr.InitgPty.Nm field", "PmtInf[0].PmtInfId characters", "PmtInf[0].ReqdExctnDt execution_date",
		"PmtInf[0].Dbtr.PstlAdr address", "PmtInf[0].DbtrAcct account", "PmtInf[0].DbtrAgt bank",
		"PmtInf[0].CdtTrfTxInf[0].Amt amount", "PmtInf[0].CdtTrfTxInf[0].Cdtr.Nm characters",
		"PmtInf[0].CdtTrfTxInf[1].PmtId.EndToEndId identification_twice", "PmtInf[0].CdtTrfTxInf[1].PmtId.UETR field", "PmtInf[0].CdtTrfTxInf[1].Amt amount",
		"PmtInf[0].CdtTrfTxInf[2].PmtId.InstrId field", "PmtInf[0].CdtTrfTxInf[2].CdtrAgt bank", "PmtInf[0].CdtTrfTxInf[2].Cdtr.Nm characters", "PmtInf[0].CdtTrfTxInf[2].RmtInf.Ustrd field",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "DE11")
	require.Empty(t, out.String())

	_, err = pain001.Write(&out, pain001.File{Version: "pain.001.001.11", Instructions: make([]pain001.Instruction, 1)})
	require.Subset(t, faultsOf(err), []string{"version version", "PmtInf[0].CdtTrfTxInf field"})
	_, err = pain001.Write(&out, pain001.File{})
	require.Contains(t, faultsOf(err), "PmtInf field")
}

func TestReadIsStrict(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, fault string }{
		{"a count", sample09, "<NbOfTxs>3<", "<NbOfTxs>4<", "GrpHdr.NbOfTxs: is 4, and there are 3 payments"},
		{"a count of an instruction", sample09, "</BtchBookg>\n      <NbOfTxs>3<", "</BtchBookg>\n      <NbOfTxs>2<", "PmtInf[0].NbOfTxs: is 2"},
		{"a sum", sample09, "8894.18", "8894.19", "GrpHdr.CtrlSum"},
		{"a sum of an instruction", sample09, "<CtrlSum>8894.18</CtrlSum>\n      <PmtTpInf", "<CtrlSum>8894.19</CtrlSum>\n      <PmtTpInf", "PmtInf[0].CtrlSum"},
		{"an amount", sample09, "3552.19", "3552.20", "GrpHdr.CtrlSum"},
		{"three decimals", sample09, "3552.19", "3552.190001", "CdtTrfTxInf[0].Amt"},
		{"nothing", sample09, "3552.19", "0.00", "CdtTrfTxInf[0].Amt"},
		{"a negative amount", sample09, "3552.19", "-3552.19", "CdtTrfTxInf[0].Amt"},
		{"an exponent", sample09, "3552.19", "3.55219E3", "CdtTrfTxInf[0].Amt"},
		{"another currency", sample09, `Ccy="EUR"`, `Ccy="USD"`, "CdtTrfTxInf[0].Amt"},
		{"a check digit", sample09, "ES37", "ES38", "CdtTrfTxInf[0].CdtrAcct"},
		{"the payer's check digit", sample09, "DE10", "DE11", "PmtInf[0].DbtrAcct"},
		{"an IBAN in groups", sample09, "ES3701815908641661318609", "ES37 0181 5908 6416 6131 8609", "CdtTrfTxInf[0].CdtrAcct"},
		{"a reference twice", sample09, "NOV26-0002", "NOV26-0001", "CdtTrfTxInf[1].PmtId.EndToEndId"},
		{"a reference that ends with a slash", sample09, "NOV26-0002", "NOV26-0002/", "CdtTrfTxInf[1].PmtId.EndToEndId"},
		{"a letter with an accent", sample09, "Specimen Person B", "Spécimen Person B", "CdtTrfTxInf[1].Cdtr.Nm"},
		{"a name of 71 letters", sample09, "Specimen Person B", strings.Repeat("x", 71), "CdtTrfTxInf[1].Cdtr.Nm"},
		{"no name", sample09, "<Cdtr><Nm>Specimen Person B</Nm></Cdtr>", "<Cdtr><Nm></Nm></Cdtr>", "CdtTrfTxInf[1].Cdtr.Nm"},
		{"another purpose", sample09, "<CtgyPurp><Cd>SALA", "<CtgyPurp><Cd>SUPP", "PmtInf[0].PmtTpInf.CtgyPurp"},
		{"no purpose", sample09, "<CtgyPurp><Cd>SALA</Cd></CtgyPurp>", "", "PmtInf[0].PmtTpInf.CtgyPurp"},
		{"a payment of another purpose", sample09, "<Purp><Cd>SALA", "<Purp><Cd>RENT", "CdtTrfTxInf[0].Purp"},
		{"another service", sample09, "<SvcLvl><Cd>SEPA", "<SvcLvl><Cd>URGP", "PmtInf[0].PmtTpInf.SvcLvl"},
		{"another method", sample09, ">TRF<", ">CHK<", "PmtInf[0].PmtMtd"},
		{"other charges", sample09, ">SLEV<", ">DEBT<", "PmtInf[0].ChrgBr"},
		{"another booking", sample09, ">true<", ">yes<", "PmtInf[0].BtchBookg"},
		{"the date of .03 in .09", sample09, "<Dt>2026-11-27</Dt>", "2026-11-27", "PmtInf[0].ReqdExctnDt"},
		{"the date of .09 in .03", sample03, "<ReqdExctnDt>2026-11-27<", "<ReqdExctnDt><Dt>2026-11-27</Dt><", "PmtInf[0].ReqdExctnDt"},
		{"the bank of .03 in .09", sample09, "BICFI", "BIC", "line "},
		{"the bank of .03 in .09, both ends", sample09, "<BICFI>ABCDDEFF</BICFI>", "<BIC>ABCDDEFF</BIC>", "PmtInf[0].DbtrAgt"},
		{"a bank that is none", sample09, "ABCDDEFF", "ABCD1EFF", "PmtInf[0].DbtrAgt"},
		{"another word for no bank", sampleNoBIC, "NOTPROVIDED", "NONE", "PmtInf[0].DbtrAgt"},
		{"no bank at all", sample09, "<BICFI>ABCDDEFF</BICFI>", "", "PmtInf[0].DbtrAgt"},
		{"an address without a town", sample09, "<TwnNm>Berlin</TwnNm>", "", "PmtInf[0].Dbtr.PstlAdr"},
		{"an address of lines", sample09, "<TwnNm>Berlin</TwnNm><Ctry>DE</Ctry>", "<AdrLine>Weg 1</AdrLine>", "PmtInf[0].Dbtr.PstlAdr"},
		{"an empty address", sample09, "<PstlAdr><TwnNm>Berlin</TwnNm><Ctry>DE</Ctry></PstlAdr>", "<PstlAdr></PstlAdr>", "PmtInf[0].Dbtr.PstlAdr"},
		{"elements in another order", sample09, "<MsgId>MSG-2026-11-24-01</MsgId>\n      <CreDtTm>2026-11-24T09:05:00</CreDtTm>", "<CreDtTm>2026-11-24T09:05:00</CreDtTm>\n      <MsgId>MSG-2026-11-24-01</MsgId>", "line 5: must be the beginning of MsgId"},
		{"an element twice", sample09, "<PmtMtd>TRF</PmtMtd>", "<PmtMtd>TRF</PmtMtd><PmtMtd>TRF</PmtMtd>", "line 13: must be the beginning of BtchBookg"},
		{"an element that is unknown", sample09, "<ChrgBr>", "<InstrForDbtrAgt>x</InstrForDbtrAgt><ChrgBr>", "must be the beginning of ChrgBr"},
		{"an ultimate debtor without a name", sample09, "<ChrgBr>", "<UltmtDbtr><Nm></Nm></UltmtDbtr><ChrgBr>", "PmtInf[0].UltmtDbtr"},
		{"an account in another currency", sample09, "</IBAN></Id></DbtrAcct>", "</IBAN></Id><Ccy>CHF</Ccy></DbtrAcct>", "PmtInf[0].DbtrAcct.Ccy"},
		{"a payee with a number", sample09, "<Cdtr><Nm>Specimen Person B</Nm>", "<Cdtr><Nm>Specimen Person B</Nm><Id><OrgId><Othr><Id>1</Id></Othr></OrgId></Id>", "CdtTrfTxInf[1].Cdtr"},
		{"a sender with an empty number", sample09, "GmbH</Nm></InitgPty>", "GmbH</Nm><Id><OrgId><Othr><Id></Id></Othr></OrgId></Id></InitgPty>", "GrpHdr.InitgPty.Id"},
		{"a sender with an address", sample09, "GmbH</Nm></InitgPty>", "GmbH</Nm><PstlAdr><TwnNm>Berlin</TwnNm><Ctry>DE</Ctry></PstlAdr></InitgPty>", "GrpHdr.InitgPty"},
		{"an attribute that is unknown", sample09, "<MsgId>", `<MsgId a="b">`, "line 5: must be the beginning of MsgId"},
		{"a text between elements", sample09, "<PmtInf>", "x<PmtInf>", "must be the beginning of PmtInf"},
		{"another namespace", sample09, "pain.001.001.09", "pain.001.001.11", "Document: must be"},
		{"another message", sample09, "xsd:pain.001", "xsd:pain.008", "Document: must be"},
		{"an element of another namespace", sample09, "<PmtMtd>", `<PmtMtd xmlns="urn:x">`, "must be the beginning of PmtMtd"},
		{"a day that no calendar has", sample09, "2026-11-27", "2026-11-31", "PmtInf[0].ReqdExctnDt"},
		{"no time", sample09, "2026-11-24T09:05:00", "2026-11-24", "GrpHdr.CreDtTm"},
		{"an open element", sample09, "</PmtInf>", "", "line "},
		{"a document type", sample09, "<Document", "<!DOCTYPE x><Document", "line "},
		{"something at the end", sample09, "</Document>", "</Document><Document/>", "holds something after"},
		{"a byte order mark", sample09, "<?xml", "\ufeff<?xml", "line 1: must be UTF-8"},
		{"another encoding", sample09, "UTF-8", "ISO-8859-1", "line 1: is not"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sample(t, c.file), c.old, c.new, 1)
			require.NotEqual(t, sample(t, c.file), text)
			_, _, err := pain001.Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			require.NotEmpty(t, hr.FieldErrors(err))
			for _, secret := range []string{"ES37", "3552", "8894", "Specimen", "DE10"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
	for _, text := range []string{"", "<", "<Document/>", "\xff"} {
		_, _, err := pain001.Read(strings.NewReader(text))
		require.NotEmpty(t, hr.FieldErrors(err), text)
	}
}

func TestNothingPrintsValues(t *testing.T) {
	f, _, err := pain001.Read(strings.NewReader(sample(t, sample09)))
	require.NoError(t, err)
	var log bytes.Buffer
	i := f.Instructions[0]
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "file", f, "instruction", i, "credit", i.Credits[0])
	for _, text := range []string{log.String(), fmt.Sprintf("%v %+v %#v %v %#v %v %#v", f, f, f, i, i, i.Credits, i.Credits[0])} {
		require.NotContains(t, text, "ES37")
		require.NotContains(t, text, "3552")
		require.NotContains(t, text, "Specimen")
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{"Zoë Łuczak": "Zoe Luczak", "Straße & Söhne": "Strasse + Sohne", "Ægir Þór": "AEgir THor", "İpek Çağ": "Ipek Cag", " O’Neill ": "O'Neill", "Ω": "Ω"} {
		require.Equal(t, want, pain001.Plain(text))
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := batch()
		one := b.Payments[0]
		b.Payments = nil
		for i := range rapid.IntRange(1, 8).Draw(t, "payments") {
			one.Reference = fmt.Sprint("R", i)
			one.Amount.Amount = decimal.New(rapid.Int64Range(1, 99_999_999_999).Draw(t, "cents"), -2)
			one.Account.Holder = rapid.StringMatching(`[A-Za-zäöüéß0-9/?:().,'+-][A-Za-zäöüéß0-9/?:().,'+ -]{0,30}[A-Za-zäöü]`).Draw(t, "name")
			b.Payments = append(b.Payments, one)
		}
		f, err := pain001.New(b, made, berlin)
		require.NoError(t, err)
		f.Version = rapid.SampledFrom([]pain001.Version{pain001.V03, pain001.V09}).Draw(t, "version")
		var out bytes.Buffer
		wrote, err := pain001.Write(&out, f)
		require.NoError(t, err)
		require.True(t, wrote.Sum.Equal(b.Total().Amount))
		back, read, err := pain001.Read(&out)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("totals", wrote), hr.Digest("totals", read))
		require.Equal(t, hr.Digest("instructions", f.Instructions), hr.Digest("instructions", back.Instructions))
	})
}

// Whatever is read: a faulty file gives nothing; a good one is written, read, and written as the same bytes.
func FuzzRead(f *testing.F) {
	for _, name := range []string{sample03, sample09, sampleNoBIC} {
		f.Add([]byte(sample(f, name)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, totals, err := pain001.Read(bytes.NewReader(b))
		if err != nil {
			require.Empty(t, file.Instructions)
			return
		}
		var first, second bytes.Buffer
		wrote, err := pain001.Write(&first, file)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("totals", totals), hr.Digest("totals", wrote))
		again, _, err := pain001.Read(bytes.NewReader(first.Bytes()))
		require.NoError(t, err)
		_, err = pain001.Write(&second, again)
		require.NoError(t, err)
		require.Equal(t, first.String(), second.String())
	})
}

func Example() {
	f, err := pain001.New(batch(), made, pain001.Address{Town: "Berlin", Country: "DE"})
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	totals, err := pain001.Write(&out, f)
	if err != nil {
		panic(err)
	}
	fmt.Println(totals.Transactions, "payments of", totals.Sum)
	back, _, err := pain001.Read(&out)
	fmt.Println(back.Version, back.Message, err)
	// Output:
	// 3 payments of 8894.18
	// pain.001.001.09 MSG-2026-11-24-01 <nil>
}
