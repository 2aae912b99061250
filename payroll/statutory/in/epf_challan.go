package in

import (
	"fmt"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// EPFChallan is what an establishment pays to EPFO for a wage month, by the accounts of the challan. It prints without values.
type EPFChallan struct {
	Month   hr.Period       `class:"public"`
	Due     hr.Date         `class:"public"`
	Members int             `class:"public"` // with EPF wages in the month
	EPF     decimal.Decimal `class:"money"`  // account 1: employees' shares, voluntary ones too, and the employer's difference
	Admin   decimal.Decimal `class:"money"`  // account 2: administration charges, with their minimum
	EPS     decimal.Decimal `class:"money"`  // account 10
	EDLI    decimal.Decimal `class:"money"`  // account 21; account 22, its administration, is nil since April 2017
	Total   decimal.Decimal `class:"money"`
}

// LogValue hides the values.
func (EPFChallan) LogValue() slog.Value { return slog.StringValue("[EPF challan]") }

// Format hides the values.
func (c EPFChallan) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[EPF challan %s]", c.Month) }

// NewEPFChallan adds up the payslips of a wage month, of all who have one; who is no member adds nothing. EDLI is the sum of its lines, or
// the rate on the sum of the wages where edli.on_total says so, as it was before the Scheme of 2026; administration charges are
// [AdminCharges]. All faults come at once: [hr.FieldError]s with RuleMonth for a month without a first and a last day and a payslip of
// another one, with RuleFundLines for one without the lines of the provident fund; or a [hr.ParameterError] where p has no value.
func NewEPFChallan(p payroll.Pack, month hr.Period, slips []payroll.Payslip) (EPFChallan, error) {
	var faults hr.Faults
	if err := month.Validate(); err != nil || month.Open() {
		faults.Add("month", RuleMonth, "must have a first and a last day")
	}
	sums := map[string]decimal.Decimal{}
	c := EPFChallan{Month: month}
	for i, slip := range slips {
		if slip.Period != month {
			faults.Add(fmt.Sprintf("slips[%d].period", i), RuleMonth, "is another wage month")
		}
		for _, line := range []string{"epf", "vpf", "epf_employer", "eps", "edli", "epf_wages", "edli_wages"} {
			amount, ok := slip.Amount(line)
			if !ok {
				faults.Add(fmt.Sprintf("slips[%d].lines.%s", i, line), RuleFundLines, "is missing: the plan has no provident fund of this pack")
			}
			sums[line] = sums[line].Add(amount)
			if line == "epf_wages" && amount.IsPositive() {
				c.Members++
			}
		}
	}
	if faults.Any() {
		return EPFChallan{}, faults.Err()
	}
	law := &reading{pack: p, on: month.Through}
	rate, onTotal := law.value("edli.rate"), law.number("edli.on_total") == 1
	if err := law.err(); err != nil {
		return EPFChallan{}, err
	}
	due, err := EPFDue(p, month.Through)
	if err != nil {
		return EPFChallan{}, err
	}
	if c.Admin, err = AdminCharges(p, month, sums["epf_wages"], c.Members); err != nil {
		return EPFChallan{}, err
	}
	c.Due, c.EPS, c.EDLI = due.Day, sums["eps"], sums["edli"]
	if onTotal {
		c.EDLI = percentOf(sums["edli_wages"], rate)
	}
	c.EPF = sums["epf"].Add(sums["vpf"]).Add(sums["epf_employer"])
	c.Total = c.EPF.Add(c.Admin).Add(c.EPS).Add(c.EDLI)
	return c, nil
}
