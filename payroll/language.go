package payroll

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Language is how a payslip is shown to who gets it. The zero Language is English with amounts ungrouped.
type Language struct {
	Tag string // BCP 47, for the JSON: "hi-IN"
	// Labels are the words, by the names of [LabelNames] and by the names of lines: {"net": "Take home", "basic_pay": "Grundgehalt"}. A
	// name without a label is in English, a line without one by its title in the plan.
	Labels   map[string]string
	Grouping Grouping
	// Words writes net pay in words below it; nil: not at all. [IndianWords] is one.
	Words func(amount decimal.Decimal) string
}

// The names of the words of a payslip beside its lines.
const (
	LabelPayslip         = "payslip"
	LabelPaid            = "paid"
	LabelEarnings        = "earnings"
	LabelGross           = "gross"
	LabelDeductions      = "deductions"
	LabelTotalDeductions = "total_deductions"
	LabelNet             = "net"
	LabelEmployer        = "employer"
	LabelBenefits        = "benefits"
	LabelInformation     = "information"
	LabelTotal           = "total"
	LabelOwed            = "owed"
)

// English returns the labels of the zero [Language]. The map is the caller's own.
func English() map[string]string {
	return map[string]string{
		LabelPayslip: "Payslip", LabelPaid: "paid", LabelEarnings: "Earnings", LabelGross: "Gross pay", LabelDeductions: "Deductions",
		LabelTotalDeductions: "Total deductions", LabelNet: "NET PAY", LabelEmployer: "Paid by the employer", LabelBenefits: "Benefits in kind",
		LabelInformation: "For information", LabelTotal: "Total", LabelOwed: "Still owed after this payslip",
	}
}

// Hindi returns the labels in Hindi: a sample of what a host adds for its own languages. The map is the caller's own, to add the
// names of lines to.
func Hindi() map[string]string {
	return map[string]string{
		LabelPayslip: "वेतन पर्ची", LabelPaid: "भुगतान", LabelEarnings: "आय", LabelGross: "सकल वेतन", LabelDeductions: "कटौतियाँ",
		LabelTotalDeductions: "कुल कटौती", LabelNet: "शुद्ध वेतन", LabelEmployer: "नियोक्ता का अंशदान", LabelBenefits: "वस्तु रूप में लाभ",
		LabelInformation: "सूचना", LabelTotal: "कुल", LabelOwed: "इस पर्ची के बाद शेष ऋण",
	}
}

// LabelNames lists the names of the words of a payslip, for who translates them.
func LabelNames() []string {
	return []string{
		LabelPayslip, LabelPaid, LabelEarnings, LabelGross, LabelDeductions, LabelTotalDeductions, LabelNet, LabelEmployer, LabelBenefits, LabelInformation, LabelTotal, LabelOwed,
	}
}

// Grouping is how the digits of an amount are put in groups before the point.
type Grouping string

// The groupings.
const (
	Ungrouped Grouping = ""          // 1234567.00
	Thousands Grouping = "thousands" // 1,234,567.00
	Lakhs     Grouping = "lakhs"     // 12,34,567.00: three digits, then two and two, as in lakh and crore
)

// Group puts commas into a plain decimal such as "-1234567.00"; its sign and what is behind the point stay as they are.
func (g Grouping) Group(text string) string {
	size := 3
	switch g {
	case Lakhs:
		size = 2
	case Thousands:
	default:
		return text
	}
	digits := strings.TrimPrefix(text, "-")
	sign := text[:len(text)-len(digits)]
	whole, rest := digits, ""
	if at := strings.IndexByte(digits, '.'); at >= 0 {
		whole, rest = digits[:at], digits[at:]
	}
	if len(whole) <= 3 {
		return text
	}
	head, out := whole[:len(whole)-3], ","+whole[len(whole)-3:]
	for len(head) > size {
		out = "," + head[len(head)-size:] + out
		head = head[:len(head)-size]
	}
	return sign + head + out + rest
}

// IndianWords writes an amount of rupees in words, as on Indian payslips: "Rupees Twelve Lakh Thirty-Four Thousand Five Hundred
// Sixty-Seven and Fifty Paise Only". Fractions of a paisa are not written.
func IndianWords(amount decimal.Decimal) string {
	rupees := amount.Abs().Truncate(0)
	paise := amount.Abs().Sub(rupees).Shift(2).IntPart()
	text := "Rupees "
	if amount.Sign() < 0 {
		text = "Minus Rupees "
	}
	text += indian(rupees)
	if paise > 0 {
		text += " and " + below100(paise) + " Paise"
	}
	return text + " Only"
}

// indian writes a whole number in crore, lakh and thousand; what is above a hundred crore repeats the crore.
func indian(n decimal.Decimal) string {
	crore := decimal.NewFromInt(10_000_000)
	var words []string
	if n.GreaterThanOrEqual(crore) {
		high, low := n.QuoRem(crore, 0)
		words = append(words, indian(high), "Crore")
		n = low
	}
	rest := n.IntPart()
	for _, step := range []struct {
		size int64
		name string
	}{{100_000, "Lakh"}, {1000, "Thousand"}, {100, "Hundred"}} {
		if count := rest / step.size; count > 0 {
			words = append(words, below100(count), step.name)
			rest %= step.size
		}
	}
	if rest > 0 || len(words) == 0 {
		words = append(words, below100(rest))
	}
	return strings.Join(words, " ")
}

var (
	small = strings.Fields("Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen")
	tens  = strings.Fields("- - Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety")
)

func below100(n int64) string {
	switch {
	case n < 20:
		return small[n]
	case n%10 == 0:
		return tens[n/10]
	}
	return tens[n/10] + "-" + small[n%10]
}
