package nacha

import (
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// What a line must keep beyond the places and paddings of its fields: the same for writing and reading.

func (f *File) check(faults *hr.Faults, at string) {
	routing(faults, at+".destination", f.Destination)
	switch {
	case len(f.Origin) == 9:
		routing(faults, at+".origin", f.Origin)
	case len(f.Origin) != 10 || strings.ContainsFunc(f.Origin, func(r rune) bool { return r > '~' || !allowed(byte(r)) }):
		faults.Add(at+".origin", RuleField, "must be a routing number or ten characters without a blank")
	}
	if m := f.Modifier; len(m) == 1 && allowed(m[0]) && (m[0] < 'A' || m[0] > 'Z') && (m[0] < '0' || m[0] > '9') {
		faults.Add(at+".modifier", RuleField, "must be A to Z or 0 to 9")
	}
}

func (b *Batch) check(faults *hr.Faults, at string, after int) {
	if b.Number <= after {
		faults.Add(at+".batch_number", RuleOrder, "must be above that of the batch before")
	}
	if !b.Effective.Before(payrollFrom) && !strings.HasPrefix(b.Description, "PAYROLL") {
		faults.Add(at+".description", RuleDescription, "must begin with PAYROLL, as wages must since %s", payrollFrom)
	}
	if len(b.Entries) == 0 {
		faults.Add(at, RuleOrder, "has no entry")
	}
}

func (e *Entry) check(faults *hr.Faults, at string, after int) {
	routing(faults, at+".receiving_bank", e.Bank)
	switch e.Code {
	case CheckingCredit, CheckingCreditPrenote, CheckingDebit, CheckingDebitPrenote, SavingsCredit, SavingsCreditPrenote, SavingsDebit, SavingsDebitPrenote:
	default:
		faults.Add(at+".transaction_code", RuleCode, "must be 22 or 32 for a credit, 23 or 33 for its prenote, 27 or 37 for an offsetting debit, 28 or 38 for its prenote")
	}
	switch {
	case prenote(e.Code) && !e.Amount.IsZero():
		faults.Add(at+".amount", RuleAmount, "must be zero in a prenote")
	case !prenote(e.Code) && e.Amount.Sign() <= 0:
		faults.Add(at+".amount", RuleAmount, "must be above zero")
	}
	for _, c := range []byte(e.Account.Reveal()) {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && c != '-' && c != ' ' {
			faults.Add(at+".account", RuleField, "must be digits, capitals, hyphens and blanks between them")
			break
		}
	}
	if e.Trace <= after {
		faults.Add(at+".trace", RuleTrace, "must rise in the batch")
	}
}

func routing(faults *hr.Faults, at, number string) {
	if len(number) == 9 && fixed.Numeric(number) { // otherwise its field has said so
		_, err := ParseRoutingNumber(number)
		faults.Join(at, err)
	}
}

// mixed reports a batch that only takes money: it is no payroll.
func (b *Batch) mixed(faults *hr.Faults, at string) {
	for _, e := range b.Entries {
		if !debit(e.Code) {
			return
		}
	}
	if len(b.Entries) > 0 {
		faults.Add(at, RuleCode, "holds no credit")
	}
}

func batchPath(i int) string { return fmt.Sprintf("batches[%d]", i) }
