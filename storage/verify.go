package storage

import (
	"context"
	"fmt"
	"time"
)

// Finding is a place where what is stored is not what was written, or does not fit the rest. It names things by their ids and never says a value.
type Finding struct {
	Check   string // what was looked at: "audit.chain"
	Where   string // what does not fit: "employee/E014, entry 3"
	Reason  string // in what way
	Derived bool   // follows from what is stored elsewhere, so that an [Inspector] can repair it
}

// String returns the finding as one line.
func (f Finding) String() string { return fmt.Sprintf("%s: %s: %s", f.Check, f.Where, f.Reason) }

// The checks of this package.
const (
	CheckAudit     = "audit.chain"    // [VerifyAudit]
	CheckOutbox    = "outbox.lag"     // [VerifyOutbox]
	CheckKnowledge = "knowledge.head" // a fact has a number that nobody was given
	CheckCommand   = "command.open"   // a command was claimed and never finished
	CheckOrphan    = "row.orphan"     // a row belongs to something that is not there
	CheckDerived   = "row.derived"    // a row that only repeats others differs from them
	CheckDamaged   = "row.damaged"    // a row cannot be read
)

// Finding returns the fault as a finding.
func (f AuditFault) Finding() Finding {
	where := f.Stream
	if f.Number > 0 {
		where = fmt.Sprintf("%s, entry %d", f.Stream, f.Number)
	}
	return Finding{Check: CheckAudit, Where: where, Reason: f.Reason}
}

// VerifyOutbox returns a finding if the oldest event that is not delivered is older than late at now. An event is not taken off the list by any repair: it
// would be lost. Deliver it, or mend what keeps it from being delivered.
func VerifyOutbox(ctx context.Context, o Outbox, now time.Time, late time.Duration) ([]Finding, error) {
	oldest, err := o.Pending(ctx, 1)
	if err != nil || len(oldest) == 0 {
		return nil, err
	}
	age := now.Sub(oldest[0].At)
	if age <= late {
		return nil, nil
	}
	return []Finding{{
		Check: CheckOutbox, Where: fmt.Sprintf("event %s of %s", oldest[0].ID, oldest[0].Stream),
		Reason: fmt.Sprintf("has waited for %s to be delivered, and those of its stream behind it", age.Truncate(time.Second)),
	}}, nil
}

// Inspector is what a store may offer beside its ports: it finds what only it can see in itself.
type Inspector interface {
	// Inspect reports rows that belong to nothing or cannot be read, knowledge numbers behind the facts, what is kept a second time and differs from the
	// first, and commands that were never finished. It changes nothing.
	Inspect(ctx context.Context, report func(Finding)) error
	// Repair derives again what follows from the rest, of which Inspect says Derived, in one unit of work, and reports what it changed. It changes no fact, no
	// case, no amount, no audit and no event.
	Repair(ctx context.Context, report func(Finding)) error
}
