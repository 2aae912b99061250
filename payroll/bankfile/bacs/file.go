package bacs

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
	"github.com/shopspring/decimal"
)

// File is the payment lines of a file, contras among them. It prints and logs without values.
type File struct {
	Lines []Line
	LF    bool // lines end with LF alone; CRLF otherwise
}

// Line is a credit, or a contra that balances credits. It prints and logs without values.
type Line struct {
	SortCode  string // of the account that is paid; of the payer in a contra
	Account   hr.Secret
	Contra    bool
	PayerCode string // the sort code of the payer
	Payer     hr.Secret
	Free      string          // 32-35: 0000, or blank
	Amount    decimal.Decimal // pounds
	User      string          // the name of the payer; in a contra, a narrative
	Reference string          // what the payee reads; in a contra, CONTRA
	Name      string          // the name of who is paid; in a contra, the payer's
	Day       hr.Date         // the processing day of this line; zero in a file of one day, whose lines do not say it
}

// Totals are the control figures of a file. A contra is no payment.
type Totals struct {
	Payments int
	Credit   decimal.Decimal
	Contras  decimal.Decimal // zero, or the same as Credit
}

const contra = "CONTRA"

// line is the one description of a line, for writing and reading. The comments are positions, from 1.
func (l *Line) line(r *fixed.Record) {
	r.Digits("sort_code", &l.SortCode, 6)    // 1-6
	r.SecretDigits("account", &l.Account, 8) // 7-14
	r.Literal("account_type", "0")           // 15
	code := "99"
	if l.Contra {
		code = "17"
	}
	r.Digits("transaction_code", &code, 2)       // 16-17
	r.Digits("payer_sort_code", &l.PayerCode, 6) // 18-23
	r.SecretDigits("payer_account", &l.Payer, 8) // 24-31
	r.Text("free", &l.Free, 4, false)            // 32-35
	r.Cents("amount", &l.Amount, 11)             // 36-46
	r.Text("user", &l.User, 18, true)            // 47-64
	r.Text("reference", &l.Reference, 18, true)  // 65-82
	r.Text("name", &l.Name, 18, true)            // 83-100
	l.Contra = code == "17"
	if code != "17" && code != "99" {
		r.Fault("transaction_code", RuleField, "must be 99, a credit, or 17, a contra of credits")
	}
	if l.Free != "" && l.Free != "0000" {
		r.Fault("free", RuleField, "must be blank or zeros: it carries nothing since 6 April 2023")
	}
	if l.Amount.Sign() <= 0 {
		r.Fault("amount", RuleAmount, "must be above zero")
	}
	if l.Contra && (l.SortCode != l.PayerCode || l.Account != l.Payer) {
		r.Fault("account", RuleContra, "of a contra must be the payer's own on both sides")
	}
	if l.Contra && l.Reference != contra {
		r.Fault("reference", RuleContra, "of a contra must be CONTRA")
	}
}

func (l *Line) day(r *fixed.Record) {
	r.Literal("processing_day", " ")             // 101
	r.Day("processing_day", &l.Day, fixed.YYDDD) // 102-106
}

// balance sums a file and holds each contra against the credits of its account and day.
func (f File) balance(faults *hr.Faults, at func(int) string) (t Totals) {
	type side struct {
		code    string
		account hr.Secret
		day     hr.Date
	}
	credits, contras := map[side]decimal.Decimal{}, map[side]decimal.Decimal{}
	last := map[side]int{}
	for i, l := range f.Lines {
		s := side{l.PayerCode, l.Payer, l.Day}
		if l.Contra {
			if _, twice := contras[s]; twice {
				faults.Add(at(i), RuleContra, "is a second contra of one account and day")
			}
			contras[s], last[s] = contras[s].Add(l.Amount), i
			t.Contras = t.Contras.Add(l.Amount)
			continue
		}
		t.Payments++
		t.Credit = t.Credit.Add(l.Amount)
		credits[s] = credits[s].Add(l.Amount)
	}
	if t.Payments == 0 {
		faults.Add("file", RuleLayout, "holds no payment")
	}
	for i, l := range f.Lines {
		s := side{l.PayerCode, l.Payer, l.Day}
		if where, ok := last[s]; ok && where == i && !contras[s].Equal(credits[s]) {
			faults.Add(at(i)+".amount", RuleContra, "is not the sum of the payments of its account and day")
		} else if !ok && len(last) > 0 && !l.Contra {
			faults.Add(at(i), RuleContra, "has no contra, though other payments have")
		}
	}
	return t
}

// Write writes a file and returns its control figures. Either every line says its processing day or none does. A file that breaks a rule
// is refused before anything is written, with every [hr.FieldError] at once and no account number in any.
func Write(w io.Writer, f File) (Totals, error) {
	var faults hr.Faults
	lines := make([]string, len(f.Lines))
	at := func(i int) string { return fmt.Sprintf("lines[%d]", i) }
	for i, l := range f.Lines {
		r := fixed.Writing(&faults, at(i), rules, allowed)
		l.line(r)
		if l.Day.IsZero() != f.Lines[0].Day.IsZero() {
			faults.Add(at(i)+".processing_day", RuleDate, "must be given for every line or for none")
		} else if !l.Day.IsZero() {
			l.day(r)
		}
		lines[i] = r.Line()
	}
	t := f.balance(&faults, at)
	if faults.Any() {
		return Totals{}, fmt.Errorf("bacs: write: %w", faults.Err())
	}
	if _, err := io.WriteString(w, fixed.Join(lines, f.LF)); err != nil {
		return Totals{}, fmt.Errorf("bacs: write: %w", err)
	}
	return t, nil
}

// Read reads a file strictly: every line as [Write] makes it, all of 100 characters or all of 106, and every contra against what it
// balances. All faults come at once, each with its line and without what stands in it. Lines end with CRLF or with LF, all alike.
func Read(r io.Reader) (File, Totals, error) {
	var faults hr.Faults
	lines, lf, err := fixed.Lines(&faults, r, RuleLayout, 100, 106)
	if err != nil {
		return File{}, Totals{}, fmt.Errorf("bacs: read: %w", err)
	}
	f := File{LF: lf}
	at := func(i int) string { return fmt.Sprintf("line %d", i+1) }
	for i, text := range lines {
		if len(text) != len(lines[0]) {
			faults.Add(at(i), RuleLayout, "must be as long as the first line")
			continue
		}
		var l Line
		rec := fixed.Reading(&faults, at(i), rules, allowed, text)
		l.line(rec)
		if len(text) == 106 {
			l.day(rec)
		}
		f.Lines = append(f.Lines, l)
	}
	var t Totals
	if !faults.Any() {
		t = f.balance(&faults, at)
	}
	if faults.Any() {
		return File{}, Totals{}, fmt.Errorf("bacs: read: %w", faults.Err())
	}
	return f, t, nil
}

// New makes the file of a payment batch: a credit for each payment, in the account holder's name and with the narration as reference,
// and with contra a line that balances them. The value date is the day the money arrives; a file of one day leaves it to the label or the
// software that sends it, so it is only looked at: a Saturday or Sunday is refused (RuleDate), as is another currency than GBP
// (RuleCurrency). Names and narration become capitals and are cut to 18 characters.
func New(b payroll.PaymentBatch, contras bool) (File, error) {
	var faults hr.Faults
	if b.Currency != "GBP" {
		faults.Add("currency", RuleCurrency, "must be GBP")
	}
	if day := b.ValueDate.Weekday(); day == time.Saturday || day == time.Sunday {
		faults.Add("value_date", RuleDate, "must be a banking day")
	}
	code, err := ParseSortCode(b.From.Bank)
	faults.Join("from.bank", err)
	user := fixed.Fit(b.From.Holder, 18)
	var f File
	for i, p := range b.Payments {
		to, err := ParseSortCode(p.Account.Bank)
		faults.Join(fmt.Sprintf("payments[%d].account.bank", i), err)
		if p.Amount.Currency != "GBP" {
			faults.Add(fmt.Sprintf("payments[%d].currency", i), RuleCurrency, "must be GBP")
		}
		f.Lines = append(f.Lines, Line{
			SortCode: to, Account: p.Account.Number, PayerCode: code, Payer: b.From.Number, Free: "0000", Amount: p.Amount.Amount,
			User: user, Reference: fixed.Fit(b.Narration, 18), Name: fixed.Fit(p.Account.Holder, 18),
		})
	}
	if contras {
		f.Lines = append(f.Lines, Line{
			SortCode: code, Account: b.From.Number, Contra: true, PayerCode: code, Payer: b.From.Number, Free: "0000", Amount: b.Total().Amount,
			User: fixed.Fit(b.Narration, 18), Reference: contra, Name: user,
		})
	}
	if faults.Any() {
		return File{}, fmt.Errorf("bacs: %w", faults.Err())
	}
	return f, nil
}

// Format hides the values.
func (f File) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[bacs file of %d lines]", len(f.Lines))
}

// LogValue hides the values.
func (f File) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[bacs file of %d lines]", len(f.Lines)))
}

// Format hides the values.
func (l Line) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, "[bacs line]") }

// LogValue hides the values.
func (l Line) LogValue() slog.Value { return slog.StringValue("[bacs line]") }
