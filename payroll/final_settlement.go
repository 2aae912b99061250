package payroll

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Leaver is who is settled, and what beside the last pay is settled with them: values that other domains know, each by the name of the
// input that the plan reads. Leave says how many days are paid out, lifecycle what notice is paid or recovered and which assets
// are missing, a pack for how many years gratuity is paid.
type Leaver struct {
	Employee hr.EmployeeID `class:"public"`
	Period   hr.Period     `class:"public"` // the pay period in which they leave
	PayDate  hr.Date       `class:"public"`
	Items    []FinalItem   `class:"money"`
}

// FinalItem is what one input comes to in a settlement, in all: it stands instead of a pay term or answer of its name.
type FinalItem struct {
	Input  string          `class:"public"` // "leave_days_paid"
	Amount decimal.Decimal `class:"money"`  // in the unit of the input; zero takes back what was said before
	Why    string          `class:"private"`
}

// Format hides the values.
func (Leaver) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[leaver]")) }

// LogValue hides the values.
func (Leaver) LogValue() slog.Value { return slog.StringValue("[leaver]") }

// Format hides the values.
func (i FinalItem) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[item %s]", i.Input) }

// LogValue hides the values.
func (i FinalItem) LogValue() slog.Value { return slog.StringValue("[item " + i.Input + "]") }

// Settle creates the settlement run of one leaver, in draft, with an adjustment for each item; sent again with another command and other
// items, each input comes to what is said now, and another run is created: cancel the first. Everything else is that of a run: it is
// calculated, approved and paid. Faults come together: of the run those of [Service.CreateRun], which also asks Leavers; of the items
// RuleFinalItem for one without a name, a reason, or named twice.
func (s Service) Settle(ctx context.Context, cmd hr.Command, l Leaver) (RunID, error) {
	const verb = "payroll.Settle"
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(l, l.Employee), func(ctx context.Context, cmd hr.Command) (RunID, []storage.Event, error) {
		var faults hr.Faults
		for i, item := range l.Items {
			at := fmt.Sprintf("items[%d]", i)
			if item.Input == "" || slices.ContainsFunc(l.Items[:i], func(o FinalItem) bool { return o.Input == item.Input }) {
				faults.Add(at+".input", RuleFinalItem, "must be the name of an input, each once")
			}
			if strings.TrimSpace(item.Why) == "" {
				faults.Missing(at+".why", RuleFinalItem)
			}
		}
		spec := RunSpec{Kind: RunSettlement, Period: l.Period, PayDate: l.PayDate, Employees: []hr.EmployeeID{l.Employee}}
		faults.Join("", s.checkSpec(ctx, spec))
		if faults.Any() {
			return "", nil, faults.Err()
		}
		// The guard row is held before what was said is read, so that two who settle one leaver do not both make up the difference.
		if _, err := s.take(ctx, []hr.EmployeeID{l.Employee}); err != nil {
			return "", nil, err
		}
		said, err := s.adjustedFor(ctx, l.Employee, l.Period)
		if err != nil {
			return "", nil, err
		}
		var adjustments []Adjustment
		for _, item := range l.Items {
			if change := item.Amount.Sub(said[item.Input]); !change.IsZero() {
				adjustments = append(adjustments, Adjustment{Employee: l.Employee, Name: item.Input, Period: l.Period, Amount: change, Instead: true, Reason: item.Why})
			}
		}
		if len(adjustments) > 0 {
			if _, err := s.Adjust(ctx, cmd.Child(verb, "adjust"), adjustments...); err != nil {
				return "", nil, err
			}
		}
		id, err := s.CreateRun(ctx, cmd.Child(verb, "run"), spec)
		return id, nil, err
	})
}

// adjustedFor returns what adjustments of an employee come to in one pay period, by name.
func (s Service) adjustedFor(ctx context.Context, employee hr.EmployeeID, p hr.Period) (map[string]decimal.Decimal, error) {
	lists, err := s.Adjustments.AdjustmentsOf(ctx, []hr.Pin{{Employee: employee}})
	if err != nil {
		return nil, err
	}
	h, err := hr.NewHistory(adjustmentRef, lists[0]...)
	if err != nil {
		return nil, err
	}
	sums := map[string]decimal.Decimal{}
	for _, e := range h.Live(0) {
		if e.Value.Period == p {
			sums[e.Value.Name] = sums[e.Value.Name].Add(e.Value.Amount)
		}
	}
	return sums, nil
}

// checkLeavers adds what stands in the way of settling those of spec.
func (s Service) checkLeavers(ctx context.Context, v hr.View, spec RunSpec) error {
	if s.Leavers == nil || spec.Kind != RunSettlement {
		return nil
	}
	open, err := s.Leavers.SettlementGates(ctx, v, spec.Employees...)
	if err != nil {
		return err
	}
	var faults hr.Faults
	for i, whys := range open {
		for _, why := range whys {
			faults.Add(fmt.Sprintf("employees[%d]", i), RuleFinalGate, "cannot be settled: %s", why)
		}
	}
	return faults.Err()
}

// FinalDue is the day by which the law wants a settlement paid, as a pack of law says; the zero FinalDue is none.
type FinalDue struct {
	Day hr.Date
	Law hr.Source
}

// Settlement returns what the settlement of an employee came to, for lifecycle: each line with an amount, and why, as [Service.Explain] and
// [Paragraph] say it, with the reasons of what was given. It refuses a run that is no settlement or is not paid (RuleFinalUnpaid), and what
// Explain refuses.
func (s Service) Settlement(ctx context.Context, v hr.View, id RunID, employee hr.EmployeeID, lastDay hr.Date, due FinalDue) (hr.Settlement, error) {
	const verb = "payroll.Settlement"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return hr.Settlement{}, err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return hr.Settlement{}, err
	}
	if run.Kind != RunSettlement || run.State != RunPaid && run.State != RunClosed {
		return hr.Settlement{}, &hr.FieldError{Path: "run", Rule: RuleFinalUnpaid, Reason: "must be a settlement that is paid"}
	}
	slip, err := s.payslip(ctx, id, employee)
	if err != nil {
		return hr.Settlement{}, err
	}
	inside := v.Inside(verb).At(slip.Known)
	basis, err := s.again(ctx, inside, id, slip)
	if err != nil {
		return hr.Settlement{}, err
	}
	set := hr.Settlement{
		Employee: employee, LastDay: lastDay, Run: hr.Ref{Kind: "run", ID: string(id)}, PaidOn: run.PayDate, Due: due.Day, Law: due.Law,
		Net: slip.Net(), Digest: slip.Digest(),
	}
	for _, l := range slip.Lines {
		if l.Amount.IsZero() || !l.Kind.posted() {
			continue
		}
		trace, err := basis.Plan.Explain(basis.Input, l.Name)
		if err != nil {
			return hr.Settlement{}, err
		}
		refs := refsIn(trace)
		if trace, err = s.describe(ctx, inside, employee, trace); err != nil {
			return hr.Settlement{}, err
		}
		why := Paragraph(trace)
		for _, a := range basis.Input.Adjustments {
			if a.Reason != "" && slices.Contains(refs, a.Ref) {
				why += " " + a.Reason + "."
			}
		}
		set.Lines = append(set.Lines, hr.SettlementLine{Name: l.Name, Title: l.Title, Kind: string(l.Kind), Amount: l.Amount, Why: why, Refs: refs})
	}
	for _, a := range slip.Arrears {
		if !a.Kind.posted() {
			continue
		}
		var refs []hr.Ref
		for _, c := range a.Causes {
			refs = append(refs, c.Refs...)
		}
		set.Lines = append(set.Lines, hr.SettlementLine{
			Name: a.Name, Title: a.Title, Kind: string(a.Kind), For: a.Period, Amount: a.Amount,
			Why: fmt.Sprintf("%s was paid before what is known now.", a.Period), Refs: refs,
		})
	}
	return set, nil
}

// refsIn lists the facts of a trace and of everything under it, each once, in order.
func refsIn(t hr.Trace) (refs []hr.Ref) {
	for _, r := range t.Refs {
		if !slices.Contains(refs, r) {
			refs = append(refs, r)
		}
	}
	for _, p := range t.Parts {
		for _, r := range refsIn(p) {
			if !slices.Contains(refs, r) {
				refs = append(refs, r)
			}
		}
	}
	return refs
}
