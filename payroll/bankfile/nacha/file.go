package nacha

import (
	"fmt"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// File is a NACHA file. It prints and logs without values.
type File struct {
	Destination     string // the routing number of the bank that gets the file
	DestinationName string
	Origin          string // who sends it: a routing number, or the 10 characters that the bank gave
	OriginName      string
	Created         hr.Date
	CreatedAt       hr.TimeOfDay
	Modifier        string // A to Z or 0 to 9: tells files of one day apart
	Reference       string // optional
	Batches         []Batch
	LF              bool // lines end with LF alone; CRLF otherwise
}

// Batch is payments of one company on one day.
type Batch struct {
	Company       string
	Discretionary string // optional, for the company
	CompanyID     string // the 10 characters that the bank gave, often 1 and the EIN
	Description   string // what the employee's bank shows: PAYROLL
	Descriptive   string // optional: a date in words, or SD and a time for same-day settlement
	Effective     hr.Date
	Bank          string // the first eight digits of the originating bank's routing number
	Number        int    // rises in the file
	Entries       []Entry
}

// Entry is one payment, or a prenote that tries an account with nothing in it.
type Entry struct {
	Code          string // one of the codes below
	Bank          string // the routing number of the receiving bank
	Account       hr.Secret
	Amount        decimal.Decimal // dollars
	ID            string          // optional: the employee
	Name          string
	Discretionary string // optional
	Trace         int    // the last seven digits of the trace number: rises in the batch
	Addenda       string // optional: up to 80 characters for the employee
}

// The transaction codes of entries.
const (
	CheckingCredit        = "22"
	CheckingCreditPrenote = "23"
	CheckingDebit         = "27"
	CheckingDebitPrenote  = "28"
	SavingsCredit         = "32"
	SavingsCreditPrenote  = "33"
	SavingsDebit          = "37"
	SavingsDebitPrenote   = "38"
)

// Totals are the control figures of a file.
type Totals struct {
	Lines             int // with those that fill the last block
	Batches           int
	Entries           int
	EntriesAndAddenda int
	Blocks            int
	Hash              string // ten digits
	Credit            decimal.Decimal
	Debit             decimal.Decimal
}

// sums are the control figures of a batch, and of the file so far.
type sums struct {
	entries, addenda int
	hash             int64
	credit, debit    decimal.Decimal
}

func (s *sums) add(e Entry) {
	s.entries++
	if e.Addenda != "" {
		s.addenda++
	}
	s.hash += hashOf(e.Bank)
	if debit(e.Code) {
		s.debit = s.debit.Add(e.Amount)
	} else {
		s.credit = s.credit.Add(e.Amount)
	}
}

func (s *sums) join(o sums) {
	s.entries, s.addenda, s.hash = s.entries+o.entries, s.addenda+o.addenda, s.hash+o.hash
	s.credit, s.debit = s.credit.Add(o.credit), s.debit.Add(o.debit)
}

// hashText keeps the low ten digits, as the format has it.
func (s sums) hashText() string { return fmt.Sprintf("%010d", s.hash%10_000_000_000) }

func hashOf(bank string) (n int64) {
	for i := range min(8, len(bank)) {
		n = n*10 + int64(bank[i]-'0')
	}
	return n
}

func debit(code string) bool {
	return code == CheckingDebit || code == SavingsDebit || code == CheckingDebitPrenote || code == SavingsDebitPrenote
}

func prenote(code string) bool {
	return code == CheckingCreditPrenote || code == SavingsCreditPrenote || code == CheckingDebitPrenote || code == SavingsDebitPrenote
}

// class is the service class of a batch: 220 is credits only, 200 has an offsetting debit.
func (b Batch) class() string {
	for _, e := range b.Entries {
		if debit(e.Code) {
			return "200"
		}
	}
	return "220"
}

// Format hides the values.
func (f File) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[nacha file of %d batches]", len(f.Batches))
}

// LogValue hides the values.
func (f File) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[nacha file of %d batches]", len(f.Batches)))
}

// Format hides the values.
func (b Batch) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[nacha batch of %d entries]", len(b.Entries))
}

// LogValue hides the values.
func (b Batch) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[nacha batch of %d entries]", len(b.Entries)))
}

// Format hides the values.
func (e Entry) Format(s fmt.State, _ rune) { _, _ = fmt.Fprintf(s, "[nacha entry %d]", e.Trace) }

// LogValue hides the values.
func (e Entry) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[nacha entry %d]", e.Trace))
}
