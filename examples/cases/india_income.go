package main

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// indiaIncomeTopics are income tax, from total income or from salary, and house rent allowance.
func indiaIncomeTopics(b india) register {
	tax, err := in.NewIncomeTax(b.pack)
	year := taxes{tax, err}
	return register{
		"in:income_tax.annual":     year.annual,
		"in:income_tax.relief_89":  year.relief,
		"in:income_tax.salary_new": b.taxSalary,
		"in:income_tax.salary_old": b.taxSalary,
		"in:income_tax.nps":        b.taxNPS,
		"in:hra":                   b.houseRent,
		"in:tds.schedule":          b.tds,
		"in:tds.join":              b.tds,
		"in:tds.leave":             b.tds,
		"in:tds.no_pan":            b.tdsNoPAN,
	}
}

// taxes is the tax of a year on total income, beside any payslip.
type taxes struct {
	tax in.IncomeTax
	err error // of compiling it
}

// question reads who is taxed: of the year under the key fy, on the income under the key income.
func question(g *given, fy, regime, income string) in.TaxQuestion {
	q := in.TaxQuestion{Regime: g.textOr(regime, "new"), Age: g.textOr("age", ""), NonResident: !g.flag("resident", true), Income: g.number(income)}
	if months := g.taxYear(fy); len(months) == 12 {
		q.On = months[11].Through
	}
	return q
}

func (t taxes) annual(g *given) (map[string]any, error) {
	q := question(g, "fy", "regime", "total_income")
	if t.err != nil || g.faults.Any() {
		return nil, t.err
	}
	bill, err := t.tax.Of(q)
	return map[string]any{
		"rounded_income": bill.Income, "slab_tax": bill.SlabTax, "rebate": bill.Rebate, "tax_after_rebate": bill.AfterRebate,
		"surcharge": bill.Surcharge, "surcharge_marginal_relief": bill.SurchargeRelief, "cess": bill.Cess,
		"total_exact": bill.Exact, "total": bill.Total,
	}, err
}

func (t taxes) relief(g *given) (map[string]any, error) {
	received := question(g, "received_fy", "regime_both", "total_income_with_arrears")
	earlier := in.EarlierYear{Year: question(g, "belongs_to_fy", "regime_both", "total_income_then_without_arrears"), Arrears: g.number("arrears")}
	if t.err != nil || g.faults.Any() {
		return nil, t.err
	}
	r, err := t.tax.Relief(received, earlier)
	return map[string]any{
		"extra_tax_in_year_of_receipt": r.ExtraInReceipt, "extra_tax_in_year_of_accrual": r.ExtraInEarlier, "relief": r.Relief,
	}, err
}

// taxSalary is the tax on the salary of a year, with what the employee declares.
func (b india) taxSalary(g *given) (map[string]any, error) {
	months, salary := g.taxYear("fy"), g.number("gross_salary")
	health := g.numberOr("sec80d", 0) // within its limits already: as much as may be is the family's, the rest the parents'
	own := decimal.Min(health, decimal.NewFromInt(50000))
	facts := map[string]string{
		"hra_received": g.numberOr("hra_received", 0).String(), "basic_da_year": g.numberOr("basic_da", 0).String(),
		"rent_paid": g.numberOr("rent_paid", 0).String(), "rent_city": fiftyPercent(g.flag("metro", false)),
		"previous_pt": g.numberOr("professional_tax", 0).String(), "savings": g.numberOr("sec80c_claimed", 0).String(),
		"health_self": own.String(), "health_self_senior": "yes", "health_parents": health.Sub(own).String(), "health_parents_senior": "yes",
		"home_loan_interest": g.numberOr("home_loan_interest_self_occupied", 0).String(), "nps_extra": g.numberOr("nps_own_1b", 0).String(),
		"employer_nps_year": g.numberOr("employer_nps_in_gross", 0).String(), "government_employer": g.government(),
	}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.taxOf(g, months, salary, facts)
	if err != nil {
		return nil, err
	}
	got := pick(lines, map[string]string{
		"standard_deduction": "standard_deduction", "total_income": "total_income", "tax": "annual_tax", "hra_exempt": "hra_exempt",
		"sec80c_allowed": "savings_allowed", "nps_own_1b_allowed": "nps_extra_allowed", "employer_nps_allowed": "employer_nps_allowed",
	})
	got["house_property_loss_allowed"] = lines["house_income"].Neg()
	return got, nil
}

// fiftyPercent is a city of either kind, by the names of the pack: one that has counted in every year.
func fiftyPercent(metro bool) string {
	if metro {
		return in.HRACity("Delhi")
	}
	return in.HRACity("")
}

// government reads the employer's type: anything but private is the Government's.
func (g *given) government() string { return yesNo(g.textOr("employer_type", "private") != "private") }

func (b india) taxNPS(g *given) (map[string]any, error) {
	months, salary := g.taxYear("fy"), g.number("gross_salary_including_employer_nps")
	facts := map[string]string{
		"basic_da_year": g.number("basic_da").String(), "employer_nps_year": g.number("employer_nps").String(), "government_employer": g.government(),
	}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.taxOf(g, months, salary, facts)
	return pick(lines, map[string]string{"deduction_allowed": "employer_nps_allowed", "total_income": "total_income", "tax": "annual_tax"}), err
}

// houseRent is the exemption of a year in which nothing changed.
func (b india) houseRent(g *given) (map[string]any, error) {
	months, hra, city := g.taxYear("fy"), g.number("annual_hra"), in.HRACity(g.text("city"))
	facts := map[string]string{
		"hra_received": hra.String(), "basic_da_year": g.number("annual_basic_da").String(), "rent_paid": g.number("annual_rent").String(), "rent_city": city,
		"tax_regime": g.textOr("regime", "old"),
	}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.taxOf(g, months, hra, facts)
	if err != nil {
		return nil, err
	}
	exempt := lines["hra_exempt"]
	half, err := b.halfOfSalary(city, months[11].Through)
	return map[string]any{"fifty_percent_city": half, "exempt": exempt, "taxable_hra": hra.Sub(exempt)}, err
}

// halfOfSalary says whether a city is one of those in which half of salary counts.
func (b india) halfOfSalary(city string, on hr.Date) (bool, error) {
	for _, t := range b.pack.Tables {
		if t.Name == "tax.hra_share" {
			step, err := t.At(city, on)
			if err != nil {
				return false, err
			}
			_, share := step.Lookup(decimal.Zero)
			return share.Equal(decimal.NewFromInt(50)), nil
		}
	}
	return false, &hr.ParameterError{Name: "tax.hra_share", On: on}
}

func (b india) tdsNoPAN(g *given) (map[string]any, error) {
	months, total := g.taxYear("fy"), g.number("total_income")
	if g.faults.Any() {
		return nil, nil
	}
	// What is given is taxable income: income that the employee reports has no standard deduction.
	lines, err := b.taxOf(g, months, decimal.Zero, map[string]string{"other_income": total.String()})
	if err != nil {
		return nil, err
	}
	average := decimal.Zero
	if total.IsPositive() {
		average, err = hr.MustRounding("0.01", hr.HalfUp).Ratio(lines["annual_tax"].Mul(decimal.NewFromInt(100)), total)
	}
	return map[string]any{"average_rate_percent": average, "annual_tds": lines["tax_to_deduct"]}, err
}

// personal are the facts of a schedule that the example may leave out.
func (g *given) personal() map[string]string {
	return map[string]string{
		"tax_regime": g.textOr("regime", "new"), "tax_age": g.textOr("age", "below60"),
		"resident": yesNo(g.flag("resident", true)), "has_pan": yesNo(g.flag("pan", true)),
		"previous_salary": g.numberOr("previous_employer_salary", 0).String(), "previous_tds": g.numberOr("previous_employer_tds", 0).String(),
	}
}
