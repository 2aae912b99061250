package payroll

import (
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RunID names a run.
type RunID string

// RunKind says what a run is for. The empty kind is not a kind.
type RunKind string

const (
	// RunRegular pays everybody employed in the period.
	RunRegular RunKind = "regular"
)

// RunState is where a run stands.
type RunState string

// RunEvent moves a run on.
type RunEvent string

// States and events of a run; [RunMachine] is the table.
const (
	RunDraft      RunState = "draft"
	RunCalculated RunState = "calculated"
	RunApproved   RunState = "approved"
	RunPaid       RunState = "paid"
	RunClosed     RunState = "closed"
	RunCancelled  RunState = "cancelled"

	EventCalculate RunEvent = "calculate"
	EventApprove   RunEvent = "approve"
	EventPay       RunEvent = "pay"
	EventClose     RunEvent = "close"
	EventCancel    RunEvent = "cancel"
)

// RunMachine returns the states of a run. Calculating again drops an approval.
func RunMachine() hr.Machine[RunState, RunEvent] {
	return hr.MustMachine(RunDraft,
		hr.Transition[RunState, RunEvent]{From: RunDraft, On: EventCalculate, To: RunCalculated},
		hr.Transition[RunState, RunEvent]{From: RunDraft, On: EventCancel, To: RunCancelled},
		hr.Transition[RunState, RunEvent]{From: RunCalculated, On: EventCalculate, To: RunCalculated},
		hr.Transition[RunState, RunEvent]{From: RunCalculated, On: EventApprove, To: RunApproved},
		hr.Transition[RunState, RunEvent]{From: RunCalculated, On: EventCancel, To: RunCancelled},
		hr.Transition[RunState, RunEvent]{From: RunApproved, On: EventCalculate, To: RunCalculated},
		hr.Transition[RunState, RunEvent]{From: RunApproved, On: EventPay, To: RunPaid},
		hr.Transition[RunState, RunEvent]{From: RunPaid, On: EventClose, To: RunClosed},
	)
}

// RunSpec is what a run is created from.
type RunSpec struct {
	Kind    RunKind
	Period  hr.Period // the pay period, both days included
	PayDate hr.Date
}

// Run is one payroll of one pay period: a case. Who is in it is fixed when it is created.
type Run struct {
	ID       RunID           `class:"public"`
	Kind     RunKind         `class:"public"`
	Period   hr.Period       `class:"public"`
	PayDate  hr.Date         `class:"public"`
	Plan     string          `class:"public"` // digest of the plan, from the first calculation on
	State    RunState        `class:"public"`
	Members  int             `class:"public"` // how many employees are in it
	Failed   int             `class:"public"` // how many of them have faults instead of a payslip
	Digest   string          `class:"public"` // of all results; what is approved
	Approval hr.Approval     `class:"public"`
	Version  storage.Version `class:"public"`
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
}

// Failed reports whether there is no payslip.
func (r Result) Failed() bool { return len(r.Failures) > 0 }

// resultsDigest is the digest of a run: its results in employee order, each by its own digest.
type resultsDigest struct{ parts []string }

func (d *resultsDigest) add(rs ...Result) {
	for _, r := range rs {
		d.parts = append(d.parts, hr.Digest("result/1", r))
	}
}

func (d *resultsDigest) sum() string { return hr.Digest("run/1", d.parts) }

func failuresOf(err error) []Failure {
	var out []Failure
	for _, f := range hr.FieldErrors(err) {
		reason := f.Reason
		if reason == "" {
			reason = f.Unwrap().Error()
		}
		out = append(out, Failure{Path: f.Path, Rule: f.Rule, Reason: reason})
	}
	if len(out) == 0 {
		out = append(out, Failure{Rule: RuleRunFaults, Reason: err.Error()})
	}
	slices.SortFunc(out, func(a, b Failure) int { return strings.Compare(a.Path+string(a.Rule), b.Path+string(b.Rule)) })
	return out
}
