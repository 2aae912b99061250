package neft_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// hdfc is the layout of one client's specification in the project's facts about formats: no header, no quotes, no special characters.
func hdfc() neft.Layout {
	return neft.Layout{
		Day: "YYYYMMDD", Plain: true,
		Columns: []neft.Column{
			{Title: "Reference", Field: neft.Reference, Most: 15},
			{Title: "Name", Field: neft.Name, Most: 20, Cut: true},
			{Title: "Account", Field: neft.Account, Most: 30},
			{Title: "IFSC", Field: neft.IFSC, Most: 11},
			{Title: "Type", Field: neft.Type, Most: 2},
			{Title: "Amount", Field: neft.Amount, Most: 15},
			{Title: "Date", Field: neft.ValueDate},
		},
		Types: map[string]string{"SB": "10", "CA": "11"},
	}
}

// icici has a header, semicolons, its own words for the modes, and the payer's account in each row.
func icici() neft.Layout {
	return neft.Layout{
		Header: true, Comma: ';', Day: "DD/MM/YYYY", LF: true,
		Columns: []neft.Column{
			{Title: "Debit Ac No", Text: "000405001234"},
			{Title: "Beneficiary Ac No", Field: neft.Account},
			{Title: "Beneficiary Name", Field: neft.Name},
			{Title: "Amt", Field: neft.Amount},
			{Title: "Pay Mod", Field: neft.Mode},
			{Title: "Date", Field: neft.ValueDate},
			{Title: "IFSC", Field: neft.IFSC},
			{Title: "Remarks", Field: neft.Narration},
		},
		Modes: map[string]string{"NEFT": "N", "RTGS": "R", "IFT": "I"},
	}
}

func two() payroll.PaymentBatch {
	return batch(
		payment("E1", "ALMA SPECIMEN OF SOME LENGTH", "000123456789", "QWER0001234", "savings", "45210.00"),
		payment("E2", "BO SPECIMEN", "98765432101", "ASDF0T12345", "current", "250000.50"),
	)
}

func TestBanksOwnColumns(t *testing.T) {
	for name, c := range map[string]struct {
		layout neft.Layout
		want   string
	}{
		"without header or quotes": {hdfc(), "NOV26-E1,ALMA SPECIMEN OF SOM,000123456789,QWER0001234,10,45210.00,20261130\r\n" +
			"NOV26-E2,BO SPECIMEN,98765432101,ASDF0T12345,11,250000.50,20261130\r\n"},
		"with header and own words": {icici(), "Debit Ac No;Beneficiary Ac No;Beneficiary Name;Amt;Pay Mod;Date;IFSC;Remarks\n" +
			"000405001234;000123456789;ALMA SPECIMEN OF SOME LENGTH;45210.00;N;30/11/2026;QWER0001234;SALARY NOV 2026\n" +
			"000405001234;98765432101;BO SPECIMEN;250000.50;R;30/11/2026;ASDF0T12345;SALARY NOV 2026\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			totals, err := c.layout.Write(&out, two())
			require.NoError(t, err)
			require.Equal(t, c.want, out.String())
			rows, read, err := c.layout.Read(&out)
			require.NoError(t, err)
			require.Equal(t, totals.Payments, read.Payments)
			require.True(t, totals.Amount.Equal(read.Amount))
			require.Equal(t, "000123456789", rows[0].Account.Reveal())
			require.Equal(t, hr.MustDate("2026-11-30"), rows[1].ValueDate)
		})
	}
}

// What leaves Write and Read of the neutral file as its map of columns is the neutral file.
func TestNeutralFileIsALayout(t *testing.T) {
	l := neft.Layout{Header: true}
	for _, f := range []neft.Field{
		neft.Seq, neft.Employee, neft.Name, neft.Account, neft.IFSC, neft.Type, neft.Amount, neft.Currency, neft.Mode, neft.ValueDate, neft.Reference, neft.Narration,
	} {
		l.Columns = append(l.Columns, neft.Column{Title: string(f), Field: f})
	}
	var own, neutral bytes.Buffer
	_, err := l.Write(&own, two())
	require.NoError(t, err)
	_, err = neft.Write(&neutral, two())
	require.NoError(t, err)
	require.Equal(t, neutral.String(), own.String())
	want, _, err := neft.Read(&neutral)
	require.NoError(t, err)
	got, _, err := l.Read(&own)
	require.NoError(t, err)
	require.Equal(t, hr.Digest("rows", want), hr.Digest("rows", got))
}

func TestLayoutFaultsAllAtOnce(t *testing.T) {
	l := neft.Layout{
		Day: "DD.MM.MM", Comma: '"', Modes: map[string]string{"NEFT": "RTGS", "UPI": "U"}, Types: map[string]string{"SB": "CA"},
		Columns: []neft.Column{
			{Field: "iban"}, {Field: neft.Name, Cut: true}, {Field: neft.Name}, {Field: neft.Account, Text: "1"}, {Field: neft.Amount, Most: 5, Cut: true}, {Text: "x", Most: -1},
		},
	}
	var out bytes.Buffer
	_, err := l.Write(&out, two())
	require.ElementsMatch(t, []string{
		"layout.columns[0].field payroll.bankfile.neft.column", "layout.columns[1].cut payroll.bankfile.neft.column", "layout.columns[2].field payroll.bankfile.neft.column",
		"layout.columns[3] payroll.bankfile.neft.column", "layout.columns[4].cut payroll.bankfile.neft.column", "layout.columns[5].most payroll.bankfile.neft.column",
		"layout.columns payroll.bankfile.neft.column", "layout.day payroll.bankfile.neft.column", "layout.comma payroll.bankfile.neft.column",
		"layout.modes payroll.bankfile.neft.column", "layout.modes payroll.bankfile.neft.column", "layout.types payroll.bankfile.neft.column",
	}, faultsOf(err))
	_, _, err = l.Read(strings.NewReader(""))
	require.ErrorContains(t, err, "layout.columns")

	l = hdfc()
	b := two()
	b.Payments[0].Reference = "A-REFERENCE-TOO-LONG"
	b.Payments[1].Account.Holder = "SPECIMEN, BO"
	_, err = l.Write(&out, b)
	require.Equal(t, []string{"payments[0].reference payroll.bankfile.neft.field", "payments[1].beneficiary_name payroll.bankfile.neft.field"}, faultsOf(err))
	b = two()
	b.Payments[0].Account.Number = hr.NewSecret("12 34")
	_, err = l.Write(&out, b)
	require.Equal(t, []string{"payments[0].account_number payroll.bankfile.neft.field"}, faultsOf(err), "the rules of every file hold in every layout")
	require.Empty(t, out.String())
}

func TestLayoutReadIsStrict(t *testing.T) {
	var out bytes.Buffer
	_, err := icici().Write(&out, two())
	require.NoError(t, err)
	for _, c := range []struct{ name, old, new, fault string }{
		{"another header", "Amt", "Amount", "line 1: the header"},
		{"another payer", "000405001234", "000405001235", "line 2.Debit Ac No"},
		{"another mode", ";N;", ";X;", "line 2.mode"},
		{"the neutral word for a mode", ";N;", ";NEFT;", "line 2.mode"},
		{"the mode of another amount", ";N;", ";R;", "line 2.mode"},
		{"a day written another way", "30/11/2026", "2026/11/30", "line 2.value_date"},
		{"a day that no calendar has", "30/11/2026", "31/11/2026", "line 2.value_date"},
		{"other marks between the parts", "30/11/2026", "30-11-2026", "line 2.value_date"},
		{"one decimal", "45210.00", "45210.0", "line 2.amount"},
		{"an IFSC", "QWER0001234", "QWER1001234", "line 2.ifsc"},
		{"an account twice", "98765432101;BO SPECIMEN;250000.50;R;30/11/2026;ASDF0T12345", "000123456789;BO SPECIMEN;250000.50;R;30/11/2026;QWER0001234", "line 3.account_number"},
		{"a column too few", ";SALARY NOV 2026\n000", "\n000", "line 2: is not a row of 8 columns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(out.String(), c.old, c.new, 1)
			require.NotEqual(t, out.String(), text)
			_, _, err := icici().Read(strings.NewReader(text))
			require.ErrorContains(t, err, c.fault)
			require.NotContains(t, err.Error(), "000123456789")
		})
	}
	_, _, err = icici().Read(strings.NewReader(""))
	require.ErrorContains(t, err, "the header is missing")
	long := strings.Replace("NOV26-E1,ALMA,000123456789,QWER0001234,10,45210.00,20261130\r\n", "NOV26-E1", "A-REFERENCE-TOO-LONG", 1)
	_, _, err = hdfc().Read(strings.NewReader(long))
	require.ErrorContains(t, err, "line 1.reference")
}

// Any choice of columns that has the needed ones writes a file that reads back as the same payments.
func TestEveryLayoutIsReadBack(t *testing.T) {
	optional := []neft.Field{neft.Seq, neft.Employee, neft.Type, neft.Currency, neft.Mode, neft.ValueDate, neft.Reference, neft.Narration}
	rapid.Check(t, func(t *rapid.T) {
		l := neft.Layout{
			Header: rapid.Bool().Draw(t, "header"), LF: rapid.Bool().Draw(t, "lf"), Comma: rapid.SampledFrom([]rune{0, ';', '|', '\t'}).Draw(t, "comma"),
			Day: rapid.SampledFrom([]string{"", "DDMMYYYY", "DD-MM-YYYY", "YYYY.MM.DD"}).Draw(t, "day"), Modes: map[string]string{"RTGS": "RTG"},
		}
		fields := append([]neft.Field{neft.Name, neft.Account, neft.IFSC, neft.Amount, ""}, rapid.SliceOfNDistinct(rapid.SampledFrom(optional), 0, 8, rapid.ID).Draw(t, "fields")...)
		for i, f := range rapid.Permutation(fields).Draw(t, "order") {
			l.Columns = append(l.Columns, neft.Column{Title: fmt.Sprint("C", i), Field: f})
		}
		b := two()
		b.Payments[0].Amount.Amount = decimal.New(rapid.Int64Range(100, 90_000_000).Draw(t, "paise"), -2)
		var out bytes.Buffer
		wrote, err := l.Write(&out, b)
		require.NoError(t, err)
		rows, read, err := l.Read(&out)
		require.NoError(t, err)
		require.True(t, wrote.Amount.Equal(read.Amount))
		for i, p := range b.Payments {
			require.Equal(t, p.Account.Number, rows[i].Account)
			require.Equal(t, p.Account.Holder, rows[i].Name)
			require.True(t, p.Amount.Equal(rows[i].Amount))
		}
	})
}

func FuzzLayoutRead(f *testing.F) {
	for _, l := range []neft.Layout{hdfc(), icici()} {
		var out bytes.Buffer
		_, err := l.Write(&out, two())
		require.NoError(f, err)
		f.Add(out.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l := icici()
		rows, totals, err := l.Read(bytes.NewReader(b))
		if err != nil {
			require.Empty(t, rows, "faulty files give no rows")
			return
		}
		sum := decimal.Zero
		for _, r := range rows {
			sum = sum.Add(r.Amount.Amount)
			require.Contains(t, []string{"NEFT", "RTGS", "NACH", "IFT"}, r.Mode)
		}
		require.True(t, sum.Equal(totals.Amount))
	})
}

func TestIFSC(t *testing.T) {
	code, err := neft.ParseIFSC(" baar0347165 ")
	require.NoError(t, err)
	require.Equal(t, "BAAR0347165", code)
	for _, bad := range []string{"", "EUGWO062430", "JYWY1749924", "RRGE020769", "VNF10367800", "KQLB0704-29"} {
		_, err := neft.ParseIFSC(bad)
		require.Equal(t, neft.RuleIFSC, hr.FieldErrors(err)[0].Rule, bad)
	}
}
