package payroll_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func indianSlip() payroll.Payslip {
	return payroll.Payslip{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"), Currency: "INR",
		Lines: []payroll.Line{
			{Name: "basic_pay", Title: "Basic", Kind: payroll.Earning, Unit: "money", Amount: dec("1234567.5")},
			{Name: "nothing", Title: "Nothing", Kind: payroll.Earning, Unit: "money"},
			{Name: "recovery", Title: "Recovery", Kind: payroll.Earning, Unit: "money", Amount: dec("-1000")},
			{Name: "fund", Title: "Provident fund", Kind: payroll.Deduction, Unit: "money", Amount: dec("3000")},
			{Name: "fund_employer", Title: "Provident fund", Kind: payroll.Employer, Unit: "money", Amount: dec("917")},
			{Name: "days", Title: "Days", Kind: payroll.Info, Unit: "days", Amount: dec("30.5")},
			{Name: "step", Title: "Step", Kind: payroll.Working, Unit: "money", Amount: dec("7")},
		},
	}
}

// Net: 1234567.50 - 1000.00 - 3000.00 = 1230567.50.
func TestStatementInHindi(t *testing.T) {
	words := payroll.Hindi()
	words["basic_pay"] = "मूल वेतन"
	statement := indianSlip().Statement(payroll.Language{Tag: "hi-IN", Labels: words, Grouping: payroll.Lakhs, Words: payroll.IndianWords})
	var out bytes.Buffer
	require.NoError(t, statement.Text(&out))
	for _, want := range []string{"वेतन पर्ची E1   2026-10-01..2026-10-31   भुगतान 2026-10-31   INR\n", "मूल वेतन", "12,34,567.50\n", "  Recovery", "-1,000.00\n", "30.5\n", "Rupees Twelve Lakh Thirty Thousand Five Hundred Sixty-Seven and Fifty Paise Only\n"} {
		require.Contains(t, out.String(), want)
	}
	require.Regexp(t, `\nशुद्ध वेतन +12,30,567\.50\n`, out.String())
	require.NotContains(t, out.String(), "Nothing")
	require.NotContains(t, out.String(), "Step")

	raw, err := json.Marshal(statement)
	require.NoError(t, err)
	var got struct {
		Language string
		Title    string
		PayDate  string `json:"pay_date"`
		Sections []struct {
			Kind  string
			Title string
			Rows  []struct{ Line, Label, Amount string }
			Total *struct{ Label, Amount string }
		}
		Net   struct{ Label, Amount string }
		Words string `json:"net_in_words"`
	}
	require.NoError(t, json.Unmarshal(raw, &got))
	require.Equal(t, []string{"hi-IN", "वेतन पर्ची", "2026-10-31", "12,30,567.50"}, []string{got.Language, got.Title, got.PayDate, got.Net.Amount})
	require.Len(t, got.Sections, 4)
	require.Equal(t, "मूल वेतन", got.Sections[0].Rows[0].Label)
	require.Equal(t, "12,33,567.50", got.Sections[0].Total.Amount)
	require.Nil(t, got.Sections[3].Total, "lines that inform have no sum")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %v %v", statement, statement, statement, statement.Sections, statement.Sections[0].Rows), "567")
}

func TestStatementInEnglishIsText(t *testing.T) {
	var text, statement bytes.Buffer
	require.NoError(t, indianSlip().Text(&text))
	require.NoError(t, indianSlip().Statement(payroll.Language{Labels: payroll.English()}).Text(&statement))
	require.Equal(t, text.String(), statement.String())
	require.Equal(t, `Payslip E1   2026-10-01..2026-10-31   paid 2026-10-31   INR
----------------------------------------------------------------
Earnings
  Basic                                               1234567.50
  Recovery                                              -1000.00
Gross pay                                             1233567.50
Deductions
  Provident fund                                         3000.00
Total deductions                                         3000.00
NET PAY                                               1230567.50
Paid by the employer
  Provident fund                                          917.00
Total                                                     917.00
For information
  Days                                                      30.5
`, text.String())
	text.Reset()
	require.NoError(t, payroll.Payslip{Employee: "E2", Currency: "INR"}.Text(&text))
	require.Contains(t, text.String(), "NET PAY                                                     0.00\n")
}

// What is paid of earlier months stands beside the lines of its kind with its month, and counts in their sum; what is owed after it, and by which debt, stands last.
// What is nothing is left out. 1,000.00 + 200.00 - 50.00 = 1,150.00.
func TestAStatementOfArrearsAndDebts(t *testing.T) {
	arrear := func(name, title string, kind payroll.Kind, amount string) payroll.Arrear {
		return payroll.Arrear{Name: name, Title: title, Kind: kind, Unit: "money", Period: hr.MustPeriod("2026-09-01..2026-09-30"), Amount: dec(amount)}
	}
	slip := payroll.Payslip{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"), Currency: "INR",
		Lines: []payroll.Line{{Name: "basic_pay", Title: "Basic", Kind: payroll.Earning, Unit: "money", Amount: dec("1000")}},
		Arrears: []payroll.Arrear{
			arrear("basic_pay", "Basic", payroll.Earning, "200"), arrear("bonus", "Bonus", payroll.Earning, "0"), arrear("fund", "Provident fund", payroll.Deduction, "50"),
		},
		Debts: []payroll.DebtMove{
			{Debt: "D1", Name: "loan", Left: dec("6000")}, {Debt: "D2", Name: "advance_pay"}, {Debt: "D3", Name: "court_order", Left: dec("0.5")},
		},
	}
	statement := slip.Statement(payroll.Language{Labels: map[string]string{"repaid_loan": "Staff loan"}, Grouping: payroll.Lakhs})
	var out bytes.Buffer
	require.NoError(t, statement.Text(&out))
	require.Equal(t, `Payslip E1   2026-10-01..2026-10-31   paid 2026-10-31   INR
----------------------------------------------------------------
Earnings
  Basic                                                 1,000.00
  Basic, 2026-09-01..2026-09-30                           200.00
Gross pay                                               1,200.00
Deductions
  Provident fund, 2026-09-01..2026-09-30                   50.00
Total deductions                                           50.00
NET PAY                                                 1,150.00
Still owed after this payslip
  Staff loan                                            6,000.00
  Court order                                               0.50
`, out.String())
	owed := statement.Sections[len(statement.Sections)-1]
	require.Equal(t, []string{"repaid_loan", "repaid_court_order"}, []string{owed.Rows[0].Line, owed.Rows[1].Line})
	require.Equal(t, "[statement section Still owed after this payslip] [statement row Staff loan]", fmt.Sprint(owed.LogValue(), " ", owed.Rows[0].LogValue()))
}

func TestEveryWordHasALabel(t *testing.T) {
	for name, labels := range map[string]map[string]string{"English": payroll.English(), "Hindi": payroll.Hindi()} {
		require.Len(t, labels, len(payroll.LabelNames()), name)
		for _, word := range payroll.LabelNames() {
			require.NotEmpty(t, labels[word], "%s: %s", name, word)
		}
	}
}

func TestGrouping(t *testing.T) {
	for _, c := range []struct{ text, thousands, lakhs string }{
		{"0.00", "0.00", "0.00"},
		{"999", "999", "999"},
		{".1250", ".1250", ".1250"},
		{"1000", "1,000", "1,000"},
		{"-1000.50", "-1,000.50", "-1,000.50"},
		{"99999.99", "99,999.99", "99,999.99"},
		{"100000.00", "100,000.00", "1,00,000.00"},
		{"1234567.00", "1,234,567.00", "12,34,567.00"},
		{"10000000.00", "10,000,000.00", "1,00,00,000.00"},
		{"-12345678901.5", "-12,345,678,901.5", "-12,34,56,78,901.5"},
	} {
		require.Equal(t, c.thousands, payroll.Thousands.Group(c.text))
		require.Equal(t, c.lakhs, payroll.Lakhs.Group(c.text))
		require.Equal(t, c.text, payroll.Ungrouped.Group(c.text))
	}
	rapid.Check(t, func(t *rapid.T) { // without its commas it is the number, and no group is empty
		text := decimal.New(rapid.Int64().Draw(t, "units"), -2).StringFixed(2)
		for _, g := range []payroll.Grouping{payroll.Thousands, payroll.Lakhs} {
			grouped := g.Group(text)
			require.Equal(t, text, strings.ReplaceAll(grouped, ",", ""))
			require.NotRegexp(t, `^-?,|,,|,\.|,$`, grouped)
		}
	})
}

func TestIndianWords(t *testing.T) {
	for text, want := range map[string]string{
		"0":              "Rupees Zero Only",
		"0.05":           "Rupees Zero and Five Paise Only",
		"19":             "Rupees Nineteen Only",
		"20":             "Rupees Twenty Only",
		"100":            "Rupees One Hundred Only",
		"1005.40":        "Rupees One Thousand Five and Forty Paise Only",
		"1234567.50":     "Rupees Twelve Lakh Thirty-Four Thousand Five Hundred Sixty-Seven and Fifty Paise Only",
		"20000000":       "Rupees Two Crore Only",
		"1230000000045":  "Rupees One Lakh Twenty-Three Thousand Crore Forty-Five Only",
		"-90":            "Minus Rupees Ninety Only",
		"12345678901.99": "Rupees One Thousand Two Hundred Thirty-Four Crore Fifty-Six Lakh Seventy-Eight Thousand Nine Hundred One and Ninety-Nine Paise Only",
	} {
		require.Equal(t, want, payroll.IndianWords(dec(text)))
	}
}

// A payslip as an employee in India reads it.
func ExamplePayslip_Statement() {
	slip := payroll.Payslip{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"), Currency: "INR",
		Lines: []payroll.Line{
			{Name: "basic_pay", Title: "Basic", Kind: payroll.Earning, Unit: "money", Amount: decimal.NewFromInt(125000)},
			{Name: "fund", Title: "Provident fund", Kind: payroll.Deduction, Unit: "money", Amount: decimal.NewFromInt(3000)},
		},
	}
	labels := map[string]string{payroll.LabelNet: "TAKE HOME", "basic_pay": "Basic salary"}
	if err := slip.Statement(payroll.Language{Labels: labels, Grouping: payroll.Lakhs, Words: payroll.IndianWords}).Text(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// Payslip E1   2026-10-01..2026-10-31   paid 2026-10-31   INR
	// ----------------------------------------------------------------
	// Earnings
	//   Basic salary                                       1,25,000.00
	// Gross pay                                            1,25,000.00
	// Deductions
	//   Provident fund                                        3,000.00
	// Total deductions                                        3,000.00
	// TAKE HOME                                            1,22,000.00
	// Rupees One Lakh Twenty-Two Thousand Only
}
