package payroll

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/storage"
)

// RunID names a run.
type RunID string

// RunKind says what a run is for. The empty kind is not a kind.
type RunKind string

const (
	RunRegular     RunKind = "regular"     // pays everybody employed in the period, and who is owed something from before
	RunOffCycle    RunKind = "off_cycle"   // pays those who are named beside the regular run: the difference to what is posted for the period
	RunCorrection  RunKind = "correction"  // pays those who are named a paid or reversed period again: the difference to what is posted for it
	RunReversal    RunKind = "reversal"    // takes back the payslips of another run, line by line
	RunSettlement  RunKind = "settlement"  // pays those who leave, with all that earlier periods owe them
	RunProvisional RunKind = "provisional" // repeats the payslips of another run; the regular run of the period trues them up
)

// looksBack reports whether a run compares the periods before its own.
func (k RunKind) looksBack() bool { return k == RunRegular || k == RunSettlement }

// posts returns the kind of what a run posts for its own period.
func (k RunKind) posts() PostingKind {
	switch k {
	case RunOffCycle:
		return PostingOffCycle
	case RunReversal:
		return PostingReversal
	case RunProvisional:
		return PostingProvisional
	}
	return PostingPayslip
}

// RunState is where a run stands.
type RunState string

// approved reports whether the results of a run are approved and stand.
func (s RunState) approved() bool {
	return s == RunApproved || s == RunPaying || s == RunPaid || s == RunClosed
}

// RunEvent moves a run on.
type RunEvent string

// States and events of a run; [RunMachine] is the table.
const (
	RunDraft       RunState = "draft"
	RunCalculating RunState = "calculating" // begun; chunks are stored one by one
	RunCalculated  RunState = "calculated"
	RunApproved    RunState = "approved"
	RunPaying      RunState = "paying" // begun; chunks are posted one by one
	RunPaid        RunState = "paid"
	RunClosed      RunState = "closed"
	RunCancelled   RunState = "cancelled"

	EventCalculate  RunEvent = "calculate"
	EventCalculated RunEvent = "calculated" // the last chunk is stored; nobody sends it
	EventApprove    RunEvent = "approve"
	EventPay        RunEvent = "pay"
	EventPosted     RunEvent = "posted" // the last chunk is posted; nobody sends it
	EventClose      RunEvent = "close"
	EventCancel     RunEvent = "cancel"
)

// RunMachine returns the states of a run. Calculating drops an approval before the first payslip is replaced, and nothing is
// calculated once everybody is paid.
func RunMachine() hr.Machine[RunState, RunEvent] {
	return hr.MustMachine(RunDraft,
		hr.Transition[RunState, RunEvent]{From: RunDraft, On: EventCalculate, To: RunCalculating},
		hr.Transition[RunState, RunEvent]{From: RunDraft, On: EventCancel, To: RunCancelled},
		hr.Transition[RunState, RunEvent]{From: RunCalculating, On: EventCalculate, To: RunCalculating},
		hr.Transition[RunState, RunEvent]{From: RunCalculating, On: EventCalculated, To: RunCalculated},
		hr.Transition[RunState, RunEvent]{From: RunCalculating, On: EventCancel, To: RunCancelled},
		hr.Transition[RunState, RunEvent]{From: RunCalculated, On: EventCalculate, To: RunCalculating},
		hr.Transition[RunState, RunEvent]{From: RunCalculated, On: EventApprove, To: RunApproved},
		hr.Transition[RunState, RunEvent]{From: RunCalculated, On: EventCancel, To: RunCancelled},
		hr.Transition[RunState, RunEvent]{From: RunApproved, On: EventCalculate, To: RunCalculating},
		hr.Transition[RunState, RunEvent]{From: RunApproved, On: EventPay, To: RunPaying},
		hr.Transition[RunState, RunEvent]{From: RunPaying, On: EventPay, To: RunPaying},
		hr.Transition[RunState, RunEvent]{From: RunPaying, On: EventCalculate, To: RunCalculating},
		hr.Transition[RunState, RunEvent]{From: RunPaying, On: EventPosted, To: RunPaid},
		hr.Transition[RunState, RunEvent]{From: RunPaid, On: EventClose, To: RunClosed},
	)
}

// RunSpec is what a run is created from.
type RunSpec struct {
	Kind      RunKind
	Period    hr.Period // the pay period, both days included; of a reversal that of the run it takes back
	PayDate   hr.Date
	Reason    string          // why it is not a regular run: required of every kind but regular and settlement
	Of        RunID           // the run that a reversal takes back and a provisional run repeats
	Employees []hr.EmployeeID // who is paid: required of off-cycle, correction, reversal and settlement; a regular run and a provisional one find them
	// Earlier lists pay periods before, for a regular run: who was employed in one and has nothing posted for it, such as a joiner after
	// the cut-off, is paid for it now.
	Earlier []PayPeriod
}

// Run is one payroll of one pay period: a case. Who is in it is fixed when it is created.
type Run struct {
	ID        RunID           `class:"public"`
	Kind      RunKind         `class:"public"`
	Period    hr.Period       `class:"public"`
	PayDate   hr.Date         `class:"public"`
	Reason    string          `class:"private"`
	Of        RunID           `class:"public"`
	Earlier   []PayPeriod     `class:"public"`
	Plan      string          `class:"public"` // digest of the plan, from the first calculation on
	State     RunState        `class:"public"`
	Members   int             `class:"public"` // how many employees are in it
	Chunk     int             `class:"public"` // how many of them are one unit of work: fixed, so that a retry cuts them the same way
	Failed    int             `class:"public"` // how many of them have faults instead of a payslip
	Posted    int             `class:"public"` // how many payslips were posted when the state last changed: [Service.Progress] counts those of a run that is paying
	Digest    string          `class:"public"` // of all results; what is approved. Empty while they are calculated
	Approval  hr.Approval     `class:"public"`
	Overrides []Override      `class:"private"`
	Version   storage.Version `class:"public"`
}

// Failure is one fault that kept an employee's payslip from being calculated, in the words of an [hr.FieldError].
type Failure struct {
	Path   string  `class:"private"`
	Rule   hr.Rule `class:"public"`
	Reason string  `class:"private"`
}

// Result is what a run has for one member: a payslip, or the faults that prevented it.
type Result struct {
	Employee hr.EmployeeID `class:"public"`
	Slip     Payslip       `class:"money"` // the zero Payslip where there are failures
	Failures []Failure     `class:"private"`
	Digest   string        `class:"public"` // of all the rest, from the calculation: what is approved is the digest of these. Empty: none was made
}

// Failed reports whether there is no payslip.
func (r Result) Failed() bool { return len(r.Failures) > 0 }

// chunks returns how many units of work a run has.
func (r Run) chunks() int { return (r.Members + r.Chunk - 1) / r.Chunk }

// resultsDigest is the digest of a run: its results in employee order, each by its own digest.
type resultsDigest struct{ parts []string }

func (d *resultsDigest) add(digest string) { d.parts = append(d.parts, digest) }

// content is the digest of what a result says, whatever it has as its Digest.
func (r *Result) content() string { return r.contentWith(r.Slip.Digest()) }

// contentWith is content where the digest of the payslip is known.
func (r *Result) contentWith(slip string) string {
	return hr.Digest("result/2", &struct {
		Employee hr.EmployeeID
		Slip     string
		Failures []Failure
	}{r.Employee, slip, r.Failures})
}

// Head returns what a run must know of a result.
func (r Result) Head() ResultHead {
	return ResultHead{Employee: r.Employee, Known: r.Slip.Known, Digest: r.Digest, Failed: r.Failed()}
}

// digestOf is the digest of the results of one chunk, from theirs.
func digestOf(results []Result) string {
	var d resultsDigest
	for _, r := range results {
		d.add(r.Digest)
	}
	return d.sum()
}

func (d *resultsDigest) sum() string { return hr.Digest("run/1", d.parts) }

// failuresOf puts every fault inside err into words, sorted.
func failuresOf(err error) []Failure {
	var out []Failure
	for _, e := range faultsIn(err) {
		f := Failure{Rule: RuleRunFaults, Reason: e.Error()}
		var field *hr.FieldError
		var line *formula.LineError
		switch {
		case errors.As(e, &line):
			f.Path, f.Reason = "lines."+line.Line, line.Err.Error()
			if errors.As(e, &field) {
				f.Rule = field.Rule
			} else if errors.Is(e, hr.ErrNoValue) {
				f.Rule = hr.RuleParameterMissing
			}
		case errors.As(e, &field):
			if f.Path, f.Rule, f.Reason = field.Path, field.Rule, field.Reason; f.Reason == "" {
				f.Reason = field.Unwrap().Error()
			}
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Failure) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(string(a.Rule), string(b.Rule)), strings.Compare(a.Reason, b.Reason))
	})
	return out
}

// faultsIn takes joined errors apart.
func faultsIn(err error) []error {
	switch e := err.(type) {
	case *hr.FieldError, *formula.LineError:
		return []error{err}
	case interface{ Unwrap() []error }:
		var all []error
		for _, inner := range e.Unwrap() {
			all = append(all, faultsIn(inner)...)
		}
		return all
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			if all := faultsIn(inner); len(all) > 1 || isFault(all[0]) {
				return all
			}
		}
	}
	return []error{err}
}

func isFault(err error) bool {
	switch err.(type) {
	case *hr.FieldError, *formula.LineError:
		return true
	}
	return false
}
