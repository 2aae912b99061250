package in

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

func wageDeductionParams() []hr.Parameter {
	return []hr.Parameter{{
		Name: "deductions.limit", Title: "Share of the wages of a wage period that deductions may take", Unit: "percent",
		Steps: []hr.ParameterStep{since(codesInForce, "50", codeOnWages("s.18(3)"))},
	}}
}

// CappedDeductions is what deductions may take in a wage period, and what waits.
type CappedDeductions struct {
	Limit   decimal.Decimal  // all deductions together at most, to the paisa, down
	Taken   []payroll.Amount // of each deduction, in the order given; zero where nothing may be taken
	Carried []payroll.Amount // what goes to the next wage period, in the order given; only those that wait
	Trace   hr.Trace         // of the sum that is taken, with the law
}

// CapDeductions limits the deductions of a wage period to half of its wages. The first in the list is taken first, so tax and provident
// fund stand before loans and recoveries; what finds no room is carried to the next period, where the host gives it again. Wages are
// those for the payment of wages: the line payment_wages of [PaymentWages].
//
// It returns all faults at once: [hr.FieldError]s for no wage period (RuleMonth), an amount below zero (RuleNegative) and a deduction
// without a name or named twice (RuleDeduction); or a [hr.ParameterError] where p has no limit on the last day of the period.
func CapDeductions(p payroll.Pack, period hr.Period, wages decimal.Decimal, deductions []payroll.Amount) (CappedDeductions, error) {
	var faults hr.Faults
	if err := period.Validate(); err != nil || period.Open() {
		faults.Add("period", RuleMonth, "must have a first and a last day")
	}
	notNegative(&faults, "wages", wages)
	named := map[string]bool{}
	for i, d := range deductions {
		at := fmt.Sprintf("deductions[%d]", i)
		switch {
		case d.Name == "":
			faults.Missing(at+".name", RuleDeduction)
		case named[d.Name]:
			faults.Add(at+".name", RuleDeduction, "is there twice: what is carried could not be told apart")
		}
		named[d.Name] = true
		notNegative(&faults, at+".amount", d.Amount)
	}
	if faults.Any() {
		return CappedDeductions{}, faults.Err()
	}
	law := &reading{pack: p, on: period.Through}
	share := law.value("deductions.limit")
	if err := law.err(); err != nil {
		return CappedDeductions{}, err
	}
	limit, err := hr.MustRounding("0.01", hr.Down).Ratio(wages.Mul(share), decimal.NewFromInt(100))
	if err != nil {
		return CappedDeductions{}, err
	}
	c := CappedDeductions{Limit: limit}
	left := limit
	t := hr.Trace{
		Name: "Deductions taken", Unit: "money", Rule: "in the order given, up to the limit", Period: period, Source: law.source,
		Parts: []hr.Trace{{
			Name: "Limit", Value: hr.Canonical(limit), Unit: "money", Rule: "wages * " + hr.Canonical(share) + "%", Note: "down to 0.01",
			Parts: append([]hr.Trace{givenMoney("Wages for payment", wages)}, law.told()...),
		}},
	}
	for _, d := range deductions {
		taken := decimal.Min(d.Amount, left)
		left = left.Sub(taken)
		c.Taken = append(c.Taken, payroll.Amount{Name: d.Name, Amount: taken})
		note := "in full"
		if waits := d.Amount.Sub(taken); waits.Sign() > 0 {
			c.Carried = append(c.Carried, payroll.Amount{Name: d.Name, Amount: waits})
			note = fmt.Sprintf("of %s; %s goes to the next wage period", hr.Canonical(d.Amount), hr.Canonical(waits))
		}
		t.Parts = append(t.Parts, hr.Trace{Name: d.Name, Value: hr.Canonical(taken), Unit: "money", Note: note})
	}
	t.Value = hr.Canonical(limit.Sub(left))
	c.Trace = t
	return c, nil
}
