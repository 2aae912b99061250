package in

import (
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// The regimes of income tax and the ages of the old one, in the words of the inputs tax_regime and tax_age.
const (
	NewRegime = "new"
	OldRegime = "old"

	Below60   = "below60"
	From60    = "60to79"
	From80    = "80plus"
	ageSenior = 60
	ageSuper  = 80
)

// TaxAge returns the age that counts for the slabs of the old regime in the tax year of day, in the words of the input tax_age: reached
// by the last day of the year, 31 March. An age is completed on the day before the birthday, so who is born on 1 April 1967 counts
// as 60 in the year to 31 March 2027. Source: CBDT Circular 28/2016, not read again. The zero birth day counts as below 60.
func TaxAge(born, day hr.Date) string {
	if born.IsZero() || day.IsZero() {
		return Below60
	}
	reached := func(years int) bool {
		birthday, err := born.AddMonths(12*years, hr.MonthClamp)
		return err == nil && !birthday.After(taxYearOf(day).Through.Add(1))
	}
	switch {
	case reached(ageSuper):
		return From80
	case reached(ageSenior):
		return From60
	}
	return Below60
}

// taxYearOf returns the tax year that contains day: April to March.
func taxYearOf(day hr.Date) hr.Period { return payroll.YearStart{Month: 4, Day: 1}.Of(day) }

// TaxQuestion is a total income to work out the tax of a year on. The zero NonResident is a resident.
type TaxQuestion struct {
	On          hr.Date         // a day of the tax year
	Regime      string          // NewRegime or OldRegime
	Age         string          // Below60, From60 or From80; empty is Below60
	NonResident bool            // no rebate, and the slabs of those below 60
	Income      decimal.Decimal // total income, before it is rounded to ten
}

// TaxBill is the tax of a year, step by step as the law goes. It prints without values.
type TaxBill struct {
	Income          decimal.Decimal // rounded to ten
	SlabTax         decimal.Decimal // exact, as all below but the last
	Rebate          decimal.Decimal // what is taken off, marginal relief included
	AfterRebate     decimal.Decimal
	SurchargeRelief decimal.Decimal // what marginal relief takes off the surcharge
	Surcharge       decimal.Decimal // after that relief
	Cess            decimal.Decimal
	Exact           decimal.Decimal // before the last rounding
	Total           decimal.Decimal // rounded to ten: the tax to pay
}

// LogValue hides the values.
func (TaxBill) LogValue() slog.Value { return slog.StringValue("[tax bill]") }

// Format hides the values.
func (TaxBill) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[tax bill]") }

// IncomeTax works out the tax of a year on a total income by the formulas of a pack, those that payslips go by: to compare the two
// regimes, for relief on arrears, for a settlement. Build it with [NewIncomeTax]; it is immutable and safe for concurrent use.
type IncomeTax struct {
	program *formula.Program
}

const yearRules = `
input year_income "Total income" : money
line taxable_income "Taxable income of the year" law "Income-tax Act 2025, s.516; to March 2026 s.288A of the 1961 Act" = round(max(0, year_income), 10)
`

// NewIncomeTax compiles the income tax of p, with the host's overlays if it has any. It returns the faults of the formulas, and a
// [hr.FieldError] with RuleNoIncomeTax for a pack without the component in/income_tax.rules.
func NewIncomeTax(p payroll.Pack) (IncomeTax, error) {
	i := slices.IndexFunc(p.Components, func(c payroll.Component) bool { return c.Name == "in/income_tax.rules" })
	if i < 0 {
		return IncomeTax{}, &hr.FieldError{Path: "components", Rule: RuleNoIncomeTax, Reason: "the pack has no in/income_tax.rules"}
	}
	cfg := formula.Config{Params: p.Params, Tables: p.Tables}
	for _, c := range []payroll.Component{p.Components[i], {Name: "in/year.rules", Text: yearRules}} {
		file, err := formula.Parse(c.Name, c.Text)
		if err != nil {
			return IncomeTax{}, err
		}
		cfg.Files = append(cfg.Files, file)
	}
	program, err := formula.Compile(cfg)
	return IncomeTax{program}, err
}

// Of returns the tax on q. A negative income is taken as none. It returns [hr.FieldError]s for an unknown regime or age and a missing
// day, all at once, and a [hr.ParameterError] for a tax year without rates.
func (t IncomeTax) Of(q TaxQuestion) (TaxBill, error) {
	var faults hr.Faults
	q.check(&faults, "")
	if faults.Any() {
		return TaxBill{}, faults.Err()
	}
	return t.of(q)
}

func (q TaxQuestion) check(faults *hr.Faults, at string) {
	if q.On.IsZero() {
		faults.Missing(at+"on", RuleTaxDay)
	}
	if q.Regime != NewRegime && q.Regime != OldRegime {
		faults.Add(at+"regime", RuleRegime, "must be %s or %s", NewRegime, OldRegime)
	}
	if !slices.Contains([]string{"", Below60, From60, From80}, q.Age) {
		faults.Add(at+"age", RuleTaxAge, "must be %s, %s or %s", Below60, From60, From80)
	}
}

func (t IncomeTax) of(q TaxQuestion) (TaxBill, error) {
	if q.Age == "" {
		q.Age = Below60
	}
	given := map[string]formula.Value{
		"tax_regime": formula.Text(q.Regime), "tax_age": formula.Text(q.Age),
		"resident": formula.YesNo(!q.NonResident), "year_income": formula.Number(q.Income),
	}
	req := formula.Request{Period: hr.MonthOf(q.On), PayDate: q.On}
	for _, in := range t.program.Inputs() {
		req.Values = append(req.Values, given[in.Name])
	}
	result, err := t.program.Run(req)
	if err != nil {
		return TaxBill{}, fmt.Errorf("income tax: %w", err)
	}
	line := func(name string) decimal.Decimal {
		i, _ := t.program.Line(name)
		return result.Amount(i)
	}
	return TaxBill{
		Income: line("taxable_income"), SlabTax: line("slab_tax"), Rebate: line("rebate"), AfterRebate: line("tax_after_rebate"),
		SurchargeRelief: line("surcharge_relief"), Surcharge: line("surcharge"), Cess: line("cess"),
		Exact: line("annual_tax_exact"), Total: line("annual_tax"),
	}, nil
}
