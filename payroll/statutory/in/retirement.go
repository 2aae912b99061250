package in

import (
	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// RetirementFund is what the growth of an employer's contributions above the limit of a year goes by: provident fund, NPS and
// superannuation of one employee together.
type RetirementFund struct {
	Excess  decimal.Decimal // contributions of this tax year above the limit: the line retirement_perquisite
	Before  decimal.Decimal // those of earlier tax years, from April 2020 on
	Taxed   decimal.Decimal // growth that was taxed in earlier tax years
	Income  decimal.Decimal // what the funds earned in this tax year
	Opening decimal.Decimal // balance of the funds on its first day
	Closing decimal.Decimal // and on its last
}

// RetirementGrowth works out how much of a year's income of the funds is a perquisite: the contributions of the year count half, the
// earlier ones and their taxed growth whole, at the rate that the income is of the average of the two balances; earlier ones beyond
// the opening balance are left out. Give it as the answer retirement_growth. To the paisa, half up; nothing without a balance. Source:
// s.17(2)(viia) of the 1961 Act and rule 3B (Notification 11/2021), s.17 of the 2025 Act, not read again. It returns
// [hr.FieldError]s with RuleNegative for amounts below zero, all at once.
func RetirementGrowth(f RetirementFund) (decimal.Decimal, error) {
	var faults hr.Faults
	notNegative(&faults, "excess", f.Excess)
	notNegative(&faults, "before", f.Before)
	notNegative(&faults, "taxed", f.Taxed)
	notNegative(&faults, "income", f.Income)
	notNegative(&faults, "opening", f.Opening)
	notNegative(&faults, "closing", f.Closing)
	balances := f.Opening.Add(f.Closing)
	if faults.Any() || balances.IsZero() {
		return decimal.Decimal{}, faults.Err()
	}
	// (excess / 2 + earlier) * income / (balances / 2), in one fraction
	earlier := decimal.Min(f.Before.Add(f.Taxed), f.Opening)
	two := decimal.NewFromInt(2)
	return paisa().Ratio(f.Excess.Add(earlier.Mul(two)).Mul(f.Income), balances)
}
