package cpa005

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
	"github.com/shopspring/decimal"
)

// payroll200 is the transaction type of payroll deposits.
const payroll200 = "200"

// File is a file of payroll credits in Canadian dollars. It prints and logs without values.
type File struct {
	Originator string // the 10 characters that the bank gave
	Number     int    // 1 to 9999: rises from file to file
	Created    hr.Date
	DataCentre string // five digits: where the bank takes the file
	Payments   []Payment
	LF         bool // lines end with LF alone; CRLF otherwise
}

// Payment is one credit. It prints and logs without values.
type Payment struct {
	Amount            decimal.Decimal // dollars
	Date              hr.Date         // the day the money is available
	Institution       string          // a zero, three digits of the institution, five of the branch
	Account           hr.Secret
	ShortName         string // the payer, 15 characters
	Name              string // who is paid, 30 characters
	LongName          string // the payer, 30 characters
	Reference         string // up to 19 characters
	ReturnInstitution string // where money that cannot be paid goes back to
	ReturnAccount     hr.Secret
	Sundry            string // optional, 15 characters
}

// Totals are the control figures of a file.
type Totals struct {
	Records  int
	Payments int
	Credit   decimal.Decimal
}

// Write writes a file and returns its control figures. A file that breaks a rule is refused before anything is written, with every
// [hr.FieldError] at once and no account number in any.
func Write(w io.Writer, f File) (Totals, error) {
	var faults hr.Faults
	line := func(at string) *fixed.Record { return fixed.Writing(&faults, at, rules, allowed) }
	header := line("file")
	f.header(header)
	f.check(&faults, "file")
	records := []string{header.Line()}
	var t Totals
	for first := 0; first < len(f.Payments); first += segments {
		r := line("file")
		f.begin(r, "C", len(records)+1)
		for i := first; i < first+segments; i++ {
			if i >= len(f.Payments) {
				r.Blank("filler", segment)
				continue
			}
			r.At = fmt.Sprintf("payments[%d]", i)
			p := f.Payments[i]
			p.line(r, &f)
			t.Credit = t.Credit.Add(p.Amount)
		}
		records = append(records, r.Line())
	}
	t.Payments, t.Records = len(f.Payments), len(records)+1
	trailer := line("file")
	f.trailer(trailer, t.Records, t.Payments, t.Credit)
	records = append(records, trailer.Line())
	if faults.Any() {
		return Totals{}, fmt.Errorf("cpa005: write: %w", faults.Err())
	}
	if _, err := io.WriteString(w, fixed.Join(records, f.LF)); err != nil {
		return Totals{}, fmt.Errorf("cpa005: write: %w", err)
	}
	return t, nil
}

func (f *File) check(faults *hr.Faults, at string) {
	if f.Number < 1 {
		faults.Add(at+".file_number", RuleField, "must be 1 to 9999")
	}
	if len(f.Payments) == 0 {
		faults.Add(at, RuleOrder, "holds no payment")
	}
}

// Read reads a file strictly: every record as [Write] makes it, and the trailer against what the credits come to. All faults come at
// once, each with its line and segment and without what stands in it. Lines end with CRLF or with LF, all alike.
func Read(in io.Reader) (File, Totals, error) {
	var faults hr.Faults
	records, lf, err := fixed.Lines(&faults, in, RuleLayout, width)
	if err != nil {
		return File{}, Totals{}, fmt.Errorf("cpa005: read: %w", err)
	}
	f := File{LF: lf}
	var t Totals
	if !faults.Any() {
		t = f.read(&faults, records)
	}
	if faults.Any() {
		return File{}, Totals{}, fmt.Errorf("cpa005: read: %w", faults.Err())
	}
	return f, t, nil
}

func (f *File) read(faults *hr.Faults, records []string) (t Totals) {
	record := func(i int, kind string) (*fixed.Record, bool) {
		at := fmt.Sprintf("line %d", i+1)
		if records[i][:1] != kind {
			faults.Add(at, RuleOrder, "must be a record %s: a header (A), credits (C) and a trailer (Z), in this order", kind)
			return nil, false
		}
		return fixed.Reading(faults, at, rules, allowed, records[i]), true
	}
	header, ok := record(0, "A")
	if !ok {
		return t
	}
	f.header(header)
	last := len(records) - 1
	for i := 1; i < last; i++ {
		r, ok := record(i, "C")
		if !ok {
			return t
		}
		f.begin(r, "C", i+1)
		at, ended := r.At, false
		for s := range segments {
			r.At = fmt.Sprintf("%s.segment[%d]", at, s)
			text := records[i][24+s*segment : 24+(s+1)*segment]
			if strings.Trim(text, " ") == "" && s > 0 && i == last-1 {
				r.Blank("filler", segment)
				ended = true
				continue
			}
			if ended {
				faults.Add(r.At, RuleOrder, "must not follow an unused segment")
			}
			var p Payment
			p.line(r, f)
			t.Credit = t.Credit.Add(p.Amount)
			f.Payments = append(f.Payments, p)
		}
	}
	f.check(faults, "line 1")
	t.Records, t.Payments = len(records), len(f.Payments)
	if last == 0 {
		faults.Add("line 2", RuleOrder, "is missing")
		return t
	}
	if trailer, ok := record(last, "Z"); ok {
		f.trailer(trailer, t.Records, t.Payments, t.Credit)
	}
	return t
}

// Originator is what the bank agreed with the company, and what tells one file from another.
type Originator struct {
	ID         string // 10 characters
	FileNumber int    // 1 to 9999
	Created    hr.Date
	DataCentre string // five digits
}

// New makes the file of a payment batch: a credit for each payment on the value date, with money that cannot be paid going back to the
// account paid from. Names become capitals and are cut to their fields. It returns [hr.FieldError]s for another currency
// (RuleCurrency) and a branch that is not one (RuleInstitution); what the layout asks for, [Write] checks.
func New(b payroll.PaymentBatch, o Originator) (File, error) {
	var faults hr.Faults
	if b.Currency != "CAD" {
		faults.Add("currency", RuleCurrency, "must be CAD")
	}
	back, err := ParseInstitution(b.From.Bank)
	faults.Join("from.bank", err)
	f := File{Originator: o.ID, Number: o.FileNumber, Created: o.Created, DataCentre: o.DataCentre}
	for i, p := range b.Payments {
		at := fmt.Sprintf("payments[%d]", i)
		to, err := ParseInstitution(p.Account.Bank)
		faults.Join(at+".account.bank", err)
		if p.Amount.Currency != "CAD" {
			faults.Add(at+".currency", RuleCurrency, "must be CAD")
		}
		f.Payments = append(f.Payments, Payment{
			Amount: p.Amount.Amount, Date: b.ValueDate, Institution: to, Account: p.Account.Number,
			ShortName: fixed.Fit(b.From.Holder, 15), Name: fixed.Fit(p.Account.Holder, 30), LongName: fixed.Fit(b.From.Holder, 30),
			Reference: strings.ToUpper(p.Reference), ReturnInstitution: back, ReturnAccount: b.From.Number,
		})
	}
	if faults.Any() {
		return File{}, fmt.Errorf("cpa005: %w", faults.Err())
	}
	return f, nil
}

// Format hides the values.
func (f File) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[cpa005 file of %d payments]", len(f.Payments))
}

// LogValue hides the values.
func (f File) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[cpa005 file of %d payments]", len(f.Payments)))
}

// Format hides the values.
func (p Payment) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, "[cpa005 payment]") }

// LogValue hides the values.
func (p Payment) LogValue() slog.Value { return slog.StringValue("[cpa005 payment]") }
