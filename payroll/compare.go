package payroll

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/shopspring/decimal"
)

// Cause says why a line of a payslip differs from another payslip's. The empty cause is none.
type Cause string

// The causes, in the order in which [Compare] lets each of them change.
const (
	CauseFormula    Cause = "formula"      // another plan: its formulas, steps, or the values in it
	CauseParameter  Cause = "parameter"    // a dated value of the law, read for another day
	CauseInput      Cause = "input"        // a pay term, an answer or an adjustment
	CauseYearToDate Cause = "year_to_date" // what was posted before
	CausePeriod     Cause = "period"       // a fact of the period: wage_month, months_left, its first and last day, the day of payment, leaving
	CauseDays       Cause = "days"         // days and hours, and the pieces of the period
	CauseRounding   Cause = "rounding"     // a plan that rounds each piece pays a finer cut of the period otherwise
)

// Basis is what one payslip is calculated from.
type Basis struct {
	Plan  *Plan
	Input Input
}

// Attribution is the part of a difference that one cause made.
type Attribution struct {
	Cause  Cause
	What   string // which input, parameter or formula, with its values: "basic 20000 to 24000"
	Input  string // the name of the input, where the cause is one alone
	Amount decimal.Decimal
	// Together says that What names several causes, which cannot be told apart.
	Together bool
}

// LineChange is one line that differs. The amounts of its causes add up to After less Before exactly; a cause of nothing is left out.
type LineChange struct {
	Name, Title   string
	Kind          Kind
	Before, After decimal.Decimal // zero where a plan has no such line
	Causes        []Attribution   // in the order of the causes
}

// Difference returns After less Before.
func (l LineChange) Difference() decimal.Decimal { return l.After.Sub(l.Before) }

// Comparison is what differs between two payslips of one employee, such as this month's and last month's, or a payslip with the facts
// of then and of today. It prints and logs without values; [Comparison.Text] shows it.
type Comparison struct {
	Employee      hr.EmployeeID
	Currency      hr.Currency
	Before, After hr.Period
	Lines         []LineChange // those that differ, in the order of the later plan; then those that it has no more
	Net           LineChange   // net pay with its causes, also where it does not differ
}

// Compare says which lines of two payslips differ, by how much and why. It begins with the first payslip and lets one cause after
// another change to what it is in the second, in the order of the causes above and, within one, of the plan's inputs; what a line
// moves at each step is the part of that cause. So the parts add up to the difference whatever the formulas, and what two causes make
// together (a raise on a day more) belongs to the later of them. Values by piece meet by the day of their period, the 16th the 16th.
// Where what lies between two payslips cannot be calculated, as where a formula has no answer for it, the cause goes together with the
// next.
//
// It returns [hr.FieldError]s with RuleCompare for two employees or currencies, and the errors of [Plan.Calculate].
func Compare(before, after Basis) (Comparison, error) {
	var faults hr.Faults
	if before.Plan == nil || after.Plan == nil {
		faults.Missing("plan", RuleCompare)
		return Comparison{}, faults.Err()
	}
	if before.Input.Employee != after.Input.Employee {
		faults.Add("employee", RuleCompare, "is another in each payslip")
	}
	if before.Plan.currency != after.Plan.currency {
		faults.Add("currency", RuleCompare, "is another in each payslip")
	}
	if faults.Any() {
		return Comparison{}, faults.Err()
	}
	c, err := newComparer(before, after)
	if err != nil {
		return Comparison{}, err
	}
	return c.compare(), nil
}

// Text writes the comparison for a person: each line of the payslip that differs with its causes, and net pay.
func (c Comparison) Text(w io.Writer) error {
	var b strings.Builder
	places := max(0, c.Currency.Places())
	row := func(text, amount string) {
		gap := max(1, compareWidth-utf8.RuneCountInString(text)-utf8.RuneCountInString(amount))
		b.WriteString(text + strings.Repeat(" ", gap) + amount + "\n")
	}
	write := func(d decimal.Decimal) string {
		if hr.FitsPlaces(d, places) {
			return d.StringFixed(places)
		}
		return hr.Canonical(d)
	}
	signed := func(d decimal.Decimal) string {
		if d.Sign() > 0 {
			return "+" + write(d)
		}
		return write(d)
	}
	fmt.Fprintf(&b, "Payslip %s   %s", c.Employee, c.After)
	if c.Before != c.After {
		fmt.Fprintf(&b, ", and before it %s", c.Before)
	}
	fmt.Fprintf(&b, "   %s\n", c.Currency)
	for _, l := range append(c.Lines[:len(c.Lines):len(c.Lines)], c.Net) {
		if l.Kind == Working {
			continue
		}
		row(fmt.Sprintf("%s   %s to %s", l.Title, write(l.Before), write(l.After)), signed(l.Difference()))
		for _, a := range l.Causes {
			row(fmt.Sprintf("   %s: %s", strings.ReplaceAll(string(a.Cause), "_", " "), a.What), signed(a.Amount))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const compareWidth = 96

// Format hides the values.
func (c Comparison) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[comparison of %s %s and %s]", c.Employee, c.Before, c.After)
}

// LogValue hides the values.
func (c Comparison) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[comparison of %s %s and %s]", c.Employee, c.Before, c.After))
}

// Format hides the values.
func (l LineChange) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[change of %s]", l.Name) }

// LogValue hides the values.
func (l LineChange) LogValue() slog.Value { return slog.StringValue("[change of " + l.Name + "]") }

// Format hides the values.
func (a Attribution) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[part of %s]", a.Cause) }

// LogValue hides the values.
func (a Attribution) LogValue() slog.Value {
	return slog.StringValue("[part of " + string(a.Cause) + "]")
}

// LogValue hides the values.
func (b Basis) LogValue() slog.Value { return b.Input.LogValue() }

// Format hides the values.
func (b Basis) Format(f fmt.State, verb rune) { b.Input.Format(f, verb) }

// Compare says what differs between an employee's payslips of two runs, and why. Both are calculated again from the facts as they
// were known then; one that does not come out the same is a [hr.FieldError] with RuleRunReproduce, or RuleRunErased as in [Service.Explain].
func (s Service) Compare(ctx context.Context, v hr.View, before, after RunID, employee hr.EmployeeID) (Comparison, error) {
	const verb = "payroll.Compare"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return Comparison{}, err
	}
	var sides [2]Basis
	for i, id := range []RunID{before, after} {
		slip, err := s.shown(ctx, v, id, employee)
		if err != nil {
			return Comparison{}, err
		}
		if sides[i], err = s.again(ctx, v.Inside(verb).At(slip.Known), id, slip); err != nil {
			return Comparison{}, err
		}
	}
	return Compare(sides[0], sides[1])
}
