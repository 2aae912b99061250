package hr

import (
	"errors"
	"fmt"
	"strings"
)

// Sentinels that a caller branches on with errors.Is. The detail travels in a [FieldError].
var (
	// ErrRequired: something that must be given is missing.
	ErrRequired = errors.New("required")
	// ErrInvalid: something is given and cannot be accepted.
	ErrInvalid = errors.New("invalid")
	// ErrDuplicate: the same thing is given twice.
	ErrDuplicate = errors.New("duplicate")
	// ErrNoValue: a dated value has nothing for the date that was asked.
	ErrNoValue = errors.New("no value for the date")
	// ErrDenied: the actor may not do this. Package storage returns it with the verdict.
	ErrDenied = errors.New("not allowed")
)

// Rule is the stable name of a rule that an input can break: dotted lower-case words that begin with the package,
// such as "leave.request.overlap". A rule id is part of the API and never changes its meaning; the sentence beside it
// may. Every package declares its ids as constants of this type, and a test proves them unique.
type Rule string

// Rules of the root vocabulary.
const (
	RuleRequired         Rule = "hr.required"
	RuleInvalid          Rule = "hr.invalid"
	RuleDateInvalid      Rule = "hr.date.invalid"
	RuleDateRange        Rule = "hr.date.range"
	RuleMonthRule        Rule = "hr.date.month_rule"
	RulePeriodOrder      Rule = "hr.period.order"
	RuleTimeOfDayInvalid Rule = "hr.time_of_day.invalid"
	RuleCurrencyUnknown  Rule = "hr.currency.unknown"
	RuleCurrencyMismatch Rule = "hr.money.currency_mismatch"
	RuleMoneyInvalid     Rule = "hr.money.invalid"
	RuleMoneyPlaces      Rule = "hr.money.places"
	RuleRoundingStep     Rule = "hr.rounding.step"
	RuleRoundingMode     Rule = "hr.rounding.mode"
	RuleRoundingDivisor  Rule = "hr.rounding.divisor"
	RuleAllocateWeights  Rule = "hr.allocate.weights"
	RuleTimelineOrder    Rule = "hr.timeline.same_day"
	RuleHistoryID        Rule = "hr.history.id"
	RuleHistoryOrder     Rule = "hr.history.order"
	RuleHistoryWithdraws Rule = "hr.history.withdraws"
	RuleHistoryPeriod    Rule = "hr.history.period"
	RuleMachineRow       Rule = "hr.machine.row"
	RuleMachineReach     Rule = "hr.machine.unreachable"
	RuleMachineMove      Rule = "hr.machine.transition"
	RuleCalendarDay      Rule = "hr.calendar.day"
	RuleCalendarSpan     Rule = "hr.calendar.span"
	RuleCalendarEntry    Rule = "hr.calendar.entry"
	RuleParameterName    Rule = "hr.parameter.name"
	RuleParameterStep    Rule = "hr.parameter.step"
	RuleParameterSource  Rule = "hr.parameter.source"
	RuleParameterMissing Rule = "hr.parameter.missing"
	RuleAccessGrant      Rule = "hr.access.grant"
	RuleAccessExclusive  Rule = "hr.access.exclusive"
	RuleIdentifierRule   Rule = "hr.identifier.rule"
	RuleRetention        Rule = "hr.retention"
	RuleTableRows        Rule = "hr.table.rows"
	RuleTableText        Rule = "hr.table.text"
	RuleCommandID        Rule = "hr.command.id"
	RuleCommandActor     Rule = "hr.command.actor"
	RuleApprovalActor    Rule = "hr.approval.actor"
	RuleApprovalConflict Rule = "hr.approval.conflict"
	RuleApprovalDone     Rule = "hr.approval.done"
	RuleApprovalRoute    Rule = "hr.approval.route"
	// A level that was escalated already, or that names nobody to escalate to.
	RuleApprovalEscalation Rule = "hr.approval.escalation"
	RuleTimesheetBalance   Rule = "hr.timesheet.balance"
	RuleSecretInvalid      Rule = "hr.secret.invalid"
	RuleIdentifierInvalid  Rule = "hr.identifier.invalid"
)

// FieldError says which field of an input breaks which rule. It never contains the value that was given: a salary or
// an account number must not reach a log through an error.
type FieldError struct {
	// Path leads to the field as the host sent it: "lines[2].rate". Empty: the input as a whole.
	Path string
	// Rule is the stable id of the rule that is broken.
	Rule Rule
	// Reason says in plain words what is wrong and what would be right. Values that identify or pay a person stay out.
	Reason string
	// Err is the sentinel or the cause, for errors.Is and errors.As. Nil reads as ErrInvalid.
	Err error
}

// Error returns "path: reason [rule]".
func (e *FieldError) Error() string {
	reason := e.Reason
	if reason == "" {
		reason = e.Unwrap().Error()
	}
	if e.Path == "" {
		return fmt.Sprintf("%s [%s]", reason, e.Rule)
	}
	return fmt.Sprintf("%s: %s [%s]", e.Path, reason, e.Rule)
}

// Unwrap returns Err, or ErrInvalid where none was set.
func (e *FieldError) Unwrap() error {
	if e.Err == nil {
		return ErrInvalid
	}
	return e.Err
}

// Faults gathers everything that is wrong with one input, so that all of it is reported together. The zero value is
// ready to use and holds no fault.
type Faults struct {
	errs []error
}

// Add records that the field at path breaks rule; reason is a sentence with optional fmt arguments.
func (f *Faults) Add(path string, rule Rule, reason string, args ...any) {
	f.errs = append(f.errs, &FieldError{Path: path, Rule: rule, Reason: fmt.Sprintf(reason, args...)})
}

// Missing records that the field at path must be given.
func (f *Faults) Missing(path string, rule Rule) {
	f.errs = append(f.errs, &FieldError{Path: path, Rule: rule, Reason: "is required", Err: ErrRequired})
}

// Join records the faults of a part whose fields lie under path. A nil err adds nothing.
func (f *Faults) Join(path string, err error) {
	f.errs = append(f.errs, under(path, err)...)
}

// Any reports whether a fault was recorded.
func (f *Faults) Any() bool { return len(f.errs) > 0 }

// Err returns nil when there is no fault, and otherwise one error that unwraps to every fault in the order recorded.
func (f *Faults) Err() error {
	if len(f.errs) == 0 {
		return nil
	}
	return errors.Join(f.errs...)
}

// FieldErrors lists every [FieldError] inside err, in order: what a form or an API shows beside its fields.
func FieldErrors(err error) []*FieldError {
	var list []*FieldError
	for _, e := range flatten(err) {
		var fe *FieldError
		if errors.As(e, &fe) {
			list = append(list, fe)
		}
	}
	return list
}

func flatten(err error) []error {
	switch e := err.(type) {
	case nil:
		return nil
	case *FieldError:
		return []error{e}
	case interface{ Unwrap() []error }:
		var all []error
		for _, inner := range e.Unwrap() {
			all = append(all, flatten(inner)...)
		}
		return all
	case interface{ Unwrap() error }:
		if inner := flatten(e.Unwrap()); len(inner) > 1 {
			return inner
		}
	}
	return []error{err}
}

func under(path string, err error) []error {
	all := flatten(err)
	for i, e := range all {
		fe, ok := e.(*FieldError)
		if !ok {
			all[i] = &FieldError{Path: path, Rule: RuleInvalid, Reason: e.Error(), Err: e}
			var typed *FieldError
			if errors.As(e, &typed) {
				all[i] = &FieldError{Path: joinPath(path, typed.Path), Rule: typed.Rule, Reason: typed.Reason, Err: e}
			}
			continue
		}
		all[i] = &FieldError{Path: joinPath(path, fe.Path), Rule: fe.Rule, Reason: fe.Reason, Err: fe.Err}
	}
	return all
}

func joinPath(outer, inner string) string {
	switch {
	case outer == "":
		return inner
	case inner == "":
		return outer
	case strings.HasPrefix(inner, "["):
		return outer + inner
	}
	return outer + "." + inner
}
