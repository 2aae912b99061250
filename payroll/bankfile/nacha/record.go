package nacha

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// The lines of a file, each described once for writing and reading. The comments are positions, from 1.

const width = 94

func (f *File) header(r *fixed.Record) {
	r.Literal("record", "101 ")                // 1-4, with the priority and the blank of the destination
	r.Digits("destination", &f.Destination, 9) // 5-13
	origin(r, &f.Origin)                       // 14-23
	r.Day("created", &f.Created, fixed.YYMMDD) // 24-29
	r.Clock("created_at", &f.CreatedAt)        // 30-33
	r.Text("modifier", &f.Modifier, 1, true)   // 34
	r.Literal("format", "094101")              // 35-40: record size, blocking factor, format code
	r.Text("destination_name", &f.DestinationName, 23, false)
	r.Text("origin_name", &f.OriginName, 23, false)
	r.Text("reference", &f.Reference, 8, false) // 87-94
}

// origin is a blank and a routing number, or ten characters.
func origin(r *fixed.Record, v *string) {
	text := *v
	if len(text) == 9 {
		text = " " + text
	}
	r.Raw(&text, 10)
	*v = text
	if len(text) == 10 && text[0] == ' ' && fixed.Numeric(text[1:]) {
		*v = text[1:]
	}
}

func (b *Batch) header(r *fixed.Record) {
	r.Literal("record", "5")                             // 1
	r.Count("service_class", b.class())                  // 2-4
	r.Text("company", &b.Company, 16, true)              // 5-20
	r.Text("discretionary", &b.Discretionary, 20, false) // 21-40
	r.Text("company_id", &b.CompanyID, 10, true)         // 41-50
	r.Literal("entry_class", "PPD")                      // 51-53
	r.Text("description", &b.Description, 10, true)      // 54-63
	r.Text("descriptive_date", &b.Descriptive, 6, false) // 64-69
	r.Day("effective_date", &b.Effective, fixed.YYMMDD)  // 70-75
	r.Blank("settlement_date", 3)                        // 76-78: the operator's
	r.Literal("originator_status", "1")                  // 79
	r.Digits("originating_bank", &b.Bank, 8)             // 80-87
	r.Number("batch_number", &b.Number, 7)               // 88-94
}

func (e *Entry) line(r *fixed.Record, b Batch) (addenda bool) {
	r.Literal("record", "6")                            // 1
	r.Digits("transaction_code", &e.Code, 2)            // 2-3
	r.Digits("receiving_bank", &e.Bank, 9)              // 4-12, with the check digit
	r.Secret("account", &e.Account, 17)                 // 13-29
	r.Cents("amount", &e.Amount, 10)                    // 30-39
	r.Text("id", &e.ID, 15, false)                      // 40-54
	r.Text("name", &e.Name, 22, true)                   // 55-76
	r.Text("discretionary", &e.Discretionary, 2, false) // 77-78
	mark := "0"
	if e.Addenda != "" {
		mark = "1"
	}
	r.Digits("addenda_indicator", &mark, 1) // 79
	if mark > "1" {
		r.Fault("addenda_indicator", RuleLayout, "must be 1 where an addenda follows, and 0")
	}
	r.Literal("trace", b.Bank)     // 80-87
	r.Number("trace", &e.Trace, 7) // 88-94
	return mark == "1"
}

func (e *Entry) addenda(r *fixed.Record) {
	r.Literal("record", "705")                       // 1-3
	r.Text("information", &e.Addenda, 80, true)      // 4-83
	r.Literal("sequence", "0001")                    // 84-87
	r.Literal("trace", fmt.Sprintf("%07d", e.Trace)) // 88-94
}

func (b *Batch) control(r *fixed.Record, s sums) {
	r.Literal("record", "8")                                                 // 1
	r.Count("service_class", b.class())                                      // 2-4
	r.Count("entry_addenda_count", fmt.Sprintf("%06d", s.entries+s.addenda)) // 5-10
	r.Count("entry_hash", s.hashText())                                      // 11-20
	r.Total("debit_total", s.debit, 12)                                      // 21-32
	r.Total("credit_total", s.credit, 12)                                    // 33-44
	id := b.CompanyID
	r.Text("company_id", &id, 10, true) // 45-54
	r.Blank("authentication", 19)       // 55-73
	r.Blank("reserved", 6)              // 74-79
	r.Literal("originating_bank", b.Bank)
	r.Literal("batch_number", fmt.Sprintf("%07d", b.Number)) // 88-94
	if id != b.CompanyID {
		r.Fault("company_id", RuleOrder, "differs from that of the batch header")
	}
}

func control(r *fixed.Record, batches, blocks int, s sums) {
	r.Literal("record", "9")                                                 // 1
	r.Count("batch_count", fmt.Sprintf("%06d", batches))                     // 2-7
	r.Count("block_count", fmt.Sprintf("%06d", blocks))                      // 8-13
	r.Count("entry_addenda_count", fmt.Sprintf("%08d", s.entries+s.addenda)) // 14-21
	r.Count("entry_hash", s.hashText())                                      // 22-31
	r.Total("debit_total", s.debit, 12)                                      // 32-43
	r.Total("credit_total", s.credit, 12)                                    // 44-55
	r.Blank("reserved", 39)
}

// payrollFrom is the first day on which a batch of wages must be described as PAYROLL (Nacha, operating rules, 20 March 2026).
var payrollFrom = hr.MustDate("2026-03-20")
