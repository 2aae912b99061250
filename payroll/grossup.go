package payroll

import (
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// Aim says what of a payslip a [GrossUp] brings to its target. The empty aim is none.
type Aim string

// The aims. Each is of the payslip that [Plan.Calculate] gives, so without arrears.
const (
	AimNet           Aim = "net"             // net pay
	AimCost          Aim = "cost"            // what the employer spends: earnings and the employer's contributions
	AimCostToCompany Aim = "cost_to_company" // the same and benefits in kind
	AimLine          Aim = "line"            // one line of the plan: whatever else the host calls cost to company, or take-home pay
)

// GrossUp asks which agreed amount brings a payslip to a target: a net pay that was promised, a budget, a cost to company. Everything
// but that amount is as Input says, and the payslip is calculated by the plan's own components, whatever they are.
type GrossUp struct {
	Input  Input
	Aim    Aim
	Line   string          // of AimLine
	Target decimal.Decimal // in the smallest unit of the currency
	// Terms are the pay terms that move, on every employed day of the period: one takes the amount itself, several share it in the
	// proportion they have in Input, by largest remainder, so that they add up to it (basic and the allowances that go with it).
	Terms []string
	// Adjustment is what moves instead of terms: the amounts of this name beside the terms, such as a bonus, are together the amount.
	Adjustment string
	// Least and Most bound the amount, both included, and so does what anybody is paid: 10^15 of the smallest unit. A zero Most is no bound: the search
	// goes to twice the first amount that it finds on the other side of the target.
	Least, Most decimal.Decimal
}

// GrossedUp is the answer to a [GrossUp]. It prints and logs without values.
type GrossedUp struct {
	// Exact says that Amount brings the payslip to the target. Where no amount does, because of a cliff, Amount is the one whose payslip
	// comes nearest from below.
	Exact  bool
	Amount decimal.Decimal // the least that does
	Input  Input           // with Amount in place
	Slip   Payslip         // of Input
	// Ways are all amounts that reach the target, as stretches of neighbouring amounts, rising. More than one stretch means that a cliff,
	// or a rounding, brings more than one amount to the same.
	Ways []AmountRange
	// Below and Above are the nearest that can be reached where the target cannot, of the least amount each.
	Below, Above Reached
	// Cliffs are the pairs of neighbouring amounts between which the payslip jumps over the target, or falls back from it, rising.
	Cliffs []Cliff
	// Calculations says how many payslips were calculated to find this.
	Calculations int
	// Cut says that the search ended at its limit of 100,000 calculations: what it found is right, and there may be more.
	Cut bool
}

// AmountRange is a stretch of amounts, both included, a smallest unit apart.
type AmountRange struct{ From, Through decimal.Decimal }

// Reached is an amount and what its payslip comes to.
type Reached struct{ Amount, Value decimal.Decimal }

// Cliff is where one smallest unit more of the amount makes a jump.
type Cliff struct {
	Before, After Reached
	Lines         []LineChange // the lines that jump, the largest first; Causes are left out
}

// Jump returns by how much the payslip jumps: more than a smallest unit up, or down.
func (c Cliff) Jump() decimal.Decimal { return c.After.Value.Sub(c.Before.Value) }

// With returns the input with an amount, in the currency of the plan, in place of what moves. Faults are those of [Plan.GrossUp] about terms.
func (g GrossUp) With(amount hr.Money) (Input, error) {
	in := g.Input
	if g.Adjustment != "" {
		in.Adjustments = slices.DeleteFunc(slices.Clone(in.Adjustments), func(a Adjustment) bool { return a.Name == g.Adjustment })
		own := Adjustment{Employee: in.Employee, Name: g.Adjustment}
		for _, a := range g.Input.Adjustments {
			if a.Name == g.Adjustment {
				own = a
			}
		}
		own.Amount = amount.Amount
		in.Adjustments = append(in.Adjustments, own)
		return in, nil
	}
	var faults hr.Faults
	said := map[string]bool{}
	fault := func(path, reason string) {
		if !said[path] {
			faults.Add(path, RuleGrossUpTerm, "%s", reason)
		}
		said[path] = true
	}
	steps := g.Input.Terms.Steps()
	for i := range steps {
		if steps[i].Void || !touches(steps, i, in.Period) {
			continue
		}
		at := make([]int, len(g.Terms))
		for j, name := range g.Terms {
			if at[j] = slices.IndexFunc(steps[i].Value.Pay, func(t hr.PayTerm) bool { return t.Name == name }); at[j] < 0 {
				fault(fmt.Sprintf("terms[%d]", j), fmt.Sprintf("there is no pay term %q on some employed day of the period", name))
			}
		}
		if faults.Any() {
			continue
		}
		parts, err := g.share(steps[i].Value, amount)
		if err != nil {
			fault("terms", "have no proportion: none of them is above zero on some employed day, or one is below it")
			continue
		}
		steps[i].Value = steps[i].Value.Clone()
		for j, part := range parts {
			steps[i].Value.Pay[at[j]].Amount = part
		}
	}
	if faults.Any() {
		return Input{}, faults.Err()
	}
	var err error
	in.Terms, err = hr.NewTimeline(steps...)
	return in, err
}

// share splits an amount over the terms that move, in the proportion they have in t.
func (g GrossUp) share(t hr.Terms, amount hr.Money) ([]decimal.Decimal, error) {
	if len(g.Terms) == 1 {
		return []decimal.Decimal{amount.Amount}, nil
	}
	weights := make([]decimal.Decimal, len(g.Terms))
	for j, name := range g.Terms {
		weights[j], _ = t.Amount(name)
	}
	parts, err := hr.Allocate(amount, weights...)
	out := make([]decimal.Decimal, len(parts))
	for j, part := range parts {
		out[j] = part.Amount
	}
	return out, err
}

// touches reports whether step i holds on some day of p.
func touches(steps []hr.Step[hr.Terms], i int, p hr.Period) bool {
	held := hr.Period{From: steps[i].Since}
	if i+1 < len(steps) {
		held.Through = steps[i+1].Since.Add(-1)
	}
	return held.Overlaps(p)
}

// check returns every fault of g that can be told before anything is calculated.
func (p *Plan) checkGrossUp(g GrossUp) error {
	var faults hr.Faults
	exact := func(path string, d decimal.Decimal) {
		if !hr.FitsPlaces(d, p.currency.Places()) {
			faults.Add(path, hr.RuleMoneyPlaces, "has a fraction of the smallest unit of %s", p.currency)
		}
	}
	switch g.Aim {
	case AimNet, AimCost, AimCostToCompany:
		if g.Line != "" {
			faults.Add("line", RuleGrossUpAim, "is only for the aim %q", AimLine)
		}
	case AimLine:
		if i, known := p.Line(g.Line); !known {
			faults.Add("line", RuleLineUnknown, "the plan has no line %q", g.Line)
		} else if p.lines[i].Unit != formula.Money {
			faults.Add("line", RuleGrossUpAim, "is no money, but %s", p.lines[i].Unit)
		}
	default:
		faults.Add("aim", RuleGrossUpAim, "must be one of %v", []Aim{AimNet, AimCost, AimCostToCompany, AimLine})
	}
	exact("target", g.Target)
	if (len(g.Terms) == 0) == (g.Adjustment == "") {
		faults.Add("terms", RuleGrossUpTerm, "either pay terms or an adjustment must move, and not both")
	}
	for j, name := range g.Terms {
		if slices.Contains(g.Terms[:j], name) {
			faults.Add(fmt.Sprintf("terms[%d]", j), RuleGrossUpTerm, "is named twice")
		}
	}
	exact("least", g.Least)
	exact("most", g.Most)
	if g.Least.Sign() < 0 || g.Most.Sign() < 0 {
		faults.Add("least", RuleGrossUpRange, "and most must not be negative")
	}
	if !g.Most.IsZero() && g.Most.LessThan(g.Least) || g.Least.GreaterThan(decimal.New(mostUnits, -p.currency.Places())) {
		faults.Add("most", RuleGrossUpRange, "must not be below least, nor least beyond what anybody is paid")
	}
	if faults.Any() {
		return faults.Err()
	}
	return nil
}

// GrossUp finds the amount that brings the payslip of g to its target: exactly, where one does to the smallest unit of the currency, and
// else the nearest from below and from above with the cliff between them.
//
// The search looks at 256 amounts spread over the range, and then ever closer wherever the target may lie between two neighbours,
// down to amounts a smallest unit apart. Pay need not rise with the amount. Between two neighbours each line that counts is taken to stay
// within its figures at both, or a whole unit of currency outside; earnings and deductions are bounded apart from each other, so
// that a net pay which falls where a deduction jumps is seen. What is found is always right, for each answer is a calculated payslip; that
// nothing is missed holds for every plan whose lines keep to this. A line that rises and falls again by more than a whole unit between
// two neighbours of the first 256 can hide an amount. A stretch in which nine evenly spaced amounts come to the same is taken to be level.
//
// It calculates 256 payslips and some hundreds more, in batches. Faults come as [hr.FieldError]s: RuleGrossUpAim, RuleGrossUpTerm,
// RuleGrossUpRange and [hr.RuleMoneyPlaces] for what is asked, all together, then those of [Plan.Calculate] where no amount has a payslip;
// RuleGrossUpIdle where the amount moves nothing that counts, RuleGrossUpBelow and RuleGrossUpAbove for a target that is less, or more,
// than any amount in the range comes to.
func (p *Plan) GrossUp(g GrossUp) (GrossedUp, error) {
	if err := p.checkGrossUp(g); err != nil {
		return GrossedUp{}, fmt.Errorf("payroll: gross-up of %s: %w", g.Input.Employee, err)
	}
	s, err := newSearch(p, g)
	if err == nil {
		err = s.run()
	}
	if err != nil {
		return GrossedUp{}, fmt.Errorf("payroll: gross-up of %s: %w", g.Input.Employee, err)
	}
	out, err := s.answer()
	if err != nil {
		return GrossedUp{}, fmt.Errorf("payroll: gross-up of %s: %w", g.Input.Employee, err)
	}
	return out, nil
}

// Format hides the values.
func (g GrossUp) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[gross-up of %s %s]", g.Input.Employee, g.Input.Period)
}

// LogValue hides the values.
func (g GrossUp) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(g)) }

// Format hides the values.
func (g GrossedUp) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[grossed-up payslip %s %s]", g.Input.Employee, g.Input.Period)
}

// LogValue hides the values.
func (g GrossedUp) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(g)) }

// Format hides the values.
func (AmountRange) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[amounts]") }

// LogValue hides the values.
func (AmountRange) LogValue() slog.Value { return slog.StringValue("[amounts]") }

// Format hides the values.
func (Reached) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[amount reached]") }

// LogValue hides the values.
func (Reached) LogValue() slog.Value { return slog.StringValue("[amount reached]") }

// Format hides the values.
func (c Cliff) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[cliff of %d lines]", len(c.Lines))
}

// LogValue hides the values.
func (c Cliff) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }
