package cpa005

import (
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
	"github.com/shopspring/decimal"
)

// The records of a file, each described once for writing and reading. The comments are positions, from 1.

const (
	width    = 1464
	segments = 6
	segment  = 240
)

// begin is what every record begins with: its kind, its number, the originator and the number of the file.
func (f *File) begin(r *fixed.Record, kind string, number int) {
	r.Literal("record", kind)                            // 1
	r.Count("record_count", fmt.Sprintf("%09d", number)) // 2-10
	if kind == "A" {
		r.Text("originator", &f.Originator, 10, true) // 11-20
		r.Number("file_number", &f.Number, 4)         // 21-24
		return
	}
	r.Literal("originator", fmt.Sprintf("%-10s", f.Originator))
	r.Literal("file_number", fmt.Sprintf("%04d", f.Number))
}

func (f *File) header(r *fixed.Record) {
	f.begin(r, "A", 1)
	r.Literal("created", "0")                 // 25
	r.Day("created", &f.Created, fixed.YYDDD) // 26-30
	r.Digits("data_centre", &f.DataCentre, 5) // 31-35
	r.Blank("reserved", 20)                   // 36-55
	r.Literal("currency", "CAD")              // 56-58
	r.Blank("filler", width-58)
	if len(f.Originator) != 10 {
		r.Fault("originator", RuleField, "must have the 10 characters that the bank gave")
	}
}

// line is one segment. The comments are positions in it.
func (p *Payment) line(r *fixed.Record, f *File) {
	r.Literal("transaction_type", payroll200)               // 1-3
	r.Cents("amount", &p.Amount, 10)                        // 4-13
	r.Literal("payment_date", "0")                          // 14
	r.Day("payment_date", &p.Date, fixed.YYDDD)             // 15-19
	r.Digits("institution", &p.Institution, 9)              // 20-28
	r.Secret("account", &p.Account, 12)                     // 29-40
	r.Literal("item_trace", strings.Repeat("0", 22))        // 41-62: the bank's
	r.Literal("stored_type", "000")                         // 63-65
	r.Text("short_name", &p.ShortName, 15, true)            // 66-80
	r.Text("name", &p.Name, 30, true)                       // 81-110
	r.Text("long_name", &p.LongName, 30, true)              // 111-140
	r.Literal("originator", f.Originator)                   // 141-150
	r.Text("reference", &p.Reference, 19, true)             // 151-169
	r.Digits("return_institution", &p.ReturnInstitution, 9) // 170-178
	r.Secret("return_account", &p.ReturnAccount, 12)        // 179-190
	r.Text("sundry", &p.Sundry, 15, false)                  // 191-205
	r.Blank("filler", 22)                                   // 206-227
	r.Blank("settlement", 2)                                // 228-229
	r.Literal("invalid_element", strings.Repeat("0", 11))   // 230-240
	p.check(r)
}

func (p *Payment) check(r *fixed.Record) {
	if p.Amount.Sign() <= 0 {
		r.Fault("amount", RuleAmount, "must be above zero")
	}
	for _, id := range []struct{ name, text string }{{"institution", p.Institution}, {"return_institution", p.ReturnInstitution}} {
		if len(id.text) == 9 && fixed.Numeric(id.text) && id.text[0] != '0' { // otherwise its field has said so
			r.Fault(id.name, RuleInstitution, "must be a zero, three digits of the institution and five of the branch")
		}
	}
	for _, number := range []struct {
		name string
		text hr.Secret
	}{{"account", p.Account}, {"return_account", p.ReturnAccount}} {
		if s := number.text.Reveal(); s != "" && !fixed.Numeric(s) {
			r.Fault(number.name, RuleField, "must be digits")
		}
	}
}

func (f *File) trailer(r *fixed.Record, number, count int, credit decimal.Decimal) {
	f.begin(r, "Z", number)
	r.Literal("debits", strings.Repeat("0", 22))        // 25-46: value and number
	r.Total("credit_total", credit, 14)                 // 47-60
	r.Count("credit_count", fmt.Sprintf("%08d", count)) // 61-68
	r.Literal("corrections", strings.Repeat("0", 44))   // 69-112
	r.Blank("filler", width-112)
}
