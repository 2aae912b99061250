package payroll

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"

	"github.com/musterhr/hr"
)

// Statement is a payslip in somebody's language: every word and every amount as a text, ready to be shown. Its JSON is those texts; it prints and logs
// without values, and [Statement.Text] shows it.
type Statement struct {
	Language string             `json:"language,omitempty" class:"public"`
	Title    string             `json:"title" class:"public"`
	Employee hr.EmployeeID      `json:"employee" class:"public"`
	Period   hr.Period          `json:"period" class:"public"`
	Paid     string             `json:"paid" class:"public"` // the word before the day
	PayDate  hr.Date            `json:"pay_date" class:"public"`
	Currency hr.Currency        `json:"currency" class:"public"`
	Sections []StatementSection `json:"sections" class:"money"`
	Net      StatementRow       `json:"net" class:"money"`
	NetWords string             `json:"net_in_words,omitempty" class:"money"`
}

// StatementSection is the lines of one kind. A section without lines is not there.
type StatementSection struct {
	Kind  Kind           `json:"kind" class:"public"`
	Title string         `json:"title" class:"public"`
	Rows  []StatementRow `json:"rows" class:"money"`
	Total *StatementRow  `json:"total,omitempty" class:"money"` // none for lines that only inform
}

// StatementRow is a label and an amount.
type StatementRow struct {
	Line   string `json:"line,omitempty" class:"public"` // the name in the formulas
	Label  string `json:"label" class:"public"`
	Amount string `json:"amount" class:"money"`
}

// Statement puts the payslip into a language: earnings, deductions, net pay, what the employer pays beside it, and the lines that
// inform; last what is left of debts that it lends or recovers, by the label repaid_NAME. Lines of zero are left out. Amounts of money have the currency's places and are grouped; days and hours are as they are.
func (s Payslip) Statement(in Language) Statement {
	label := func(name, fallback string) string {
		if text := in.Labels[name]; text != "" {
			return text
		}
		return fallback
	}
	english := English()
	word := func(name string) string { return label(name, english[name]) }
	places := max(0, s.Currency.Places())
	out := Statement{
		Language: in.Tag, Title: word(LabelPayslip), Employee: s.Employee, Period: s.Period, Paid: word(LabelPaid), PayDate: s.PayDate, Currency: s.Currency,
		Net: StatementRow{Label: word(LabelNet), Amount: in.Grouping.Group(s.Net().AmountText())},
	}
	if in.Words != nil {
		out.NetWords = in.Words(s.Net().Amount)
	}
	for _, section := range []struct {
		kind        Kind
		head, total string
	}{
		{Earning, LabelEarnings, LabelGross},
		{Deduction, LabelDeductions, LabelTotalDeductions},
		{Employer, LabelEmployer, LabelTotal},
		{Benefit, LabelBenefits, LabelTotal},
		{Info, LabelInformation, ""},
	} {
		one := StatementSection{Kind: section.kind, Title: word(section.head)}
		for _, l := range s.Lines {
			if l.Kind == section.kind && !l.Amount.IsZero() {
				one.Rows = append(one.Rows, StatementRow{Line: l.Name, Label: label(l.Name, l.Title), Amount: in.Grouping.Group(l.text(places))})
			}
		}
		for _, a := range s.Arrears {
			if a.Kind == section.kind && !a.Amount.IsZero() {
				name := fmt.Sprintf("%s, %s", label(a.Name, a.Title), a.Period)
				one.Rows = append(one.Rows, StatementRow{Line: a.Name, Label: name, Amount: in.Grouping.Group(a.line().text(places))})
			}
		}
		if len(one.Rows) == 0 {
			continue
		}
		if section.total != "" {
			one.Total = &StatementRow{Label: word(section.total), Amount: in.Grouping.Group(s.Total(section.kind).StringFixed(places))}
		}
		out.Sections = append(out.Sections, one)
	}
	owed := StatementSection{Kind: Info, Title: word(LabelOwed)}
	for _, m := range s.Debts {
		if m.Left.Sign() > 0 {
			owed.Rows = append(owed.Rows, StatementRow{Line: repaidPrefix + m.Name, Label: label(repaidPrefix+m.Name, capital(m.Name)), Amount: in.Grouping.Group(m.Left.StringFixed(places))})
		}
	}
	if owed.Rows != nil {
		out.Sections = append(out.Sections, owed)
	}
	return out
}

const slipWidth = 64

// Text writes the statement as lines of a fixed width.
func (s Statement) Text(w io.Writer) error {
	var b strings.Builder
	row := func(label, amount string) {
		b.WriteString(label + strings.Repeat(" ", max(1, slipWidth-columns(label)-columns(amount))) + amount + "\n")
	}
	fmt.Fprintf(&b, "%s %s   %s   %s %s   %s\n", s.Title, s.Employee, s.Period, s.Paid, s.PayDate, s.Currency)
	b.WriteString(strings.Repeat("-", slipWidth) + "\n")
	net := func() {
		row(s.Net.Label, s.Net.Amount)
		if s.NetWords != "" {
			b.WriteString(s.NetWords + "\n")
		}
	}
	shown := false
	for _, section := range s.Sections {
		if !shown && section.Kind != Earning && section.Kind != Deduction {
			net()
			shown = true
		}
		b.WriteString(section.Title + "\n")
		for _, r := range section.Rows {
			row("  "+r.Label, r.Amount)
		}
		if section.Total != nil {
			row(section.Total.Label, section.Total.Amount)
		}
	}
	if !shown {
		net()
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// columns counts what a text takes on a line: marks that stand above or below a letter, as in Hindi, take nothing.
func columns(text string) (n int) {
	for _, r := range text {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

// Format hides the values.
func (s Statement) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[statement %s %s]", s.Employee, s.Period)
}

// LogValue hides the values.
func (s Statement) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[statement %s %s]", s.Employee, s.Period))
}

// Format hides the values.
func (s StatementSection) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[statement section %s]", s.Title)
}

// LogValue hides the values.
func (s StatementSection) LogValue() slog.Value {
	return slog.StringValue("[statement section " + s.Title + "]")
}

// Format hides the value.
func (r StatementRow) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[statement row %s]", r.Label)
}

// LogValue hides the value.
func (r StatementRow) LogValue() slog.Value {
	return slog.StringValue("[statement row " + r.Label + "]")
}
