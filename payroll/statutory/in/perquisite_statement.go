package in

import (
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// PerquisiteForm names the statement of benefits in kind that goes with the annual certificate of salary paid on a day: Form 12BA, or
// Form 123 from 1 April 2026 (Rules 2026, r.204), which may also stand in Form 130.
func PerquisiteForm(paid hr.Date) string {
	if underNewAct(paid) {
		return "Form 123"
	}
	return "Form 12BA"
}

// PerquisiteItem is a row of the form by its number.
type PerquisiteItem int

// The items of the form, as Form 12BA numbers them since April 2021. The numbers of Form 123 were not read.
const (
	ItemAccommodation PerquisiteItem = iota + 1
	ItemCar
	ItemDomesticStaff // sweeper, gardener, watchman, personal attendant
	ItemUtilities     // gas, electricity, water
	ItemLoan
	ItemHoliday
	ItemTravel
	ItemMeals
	ItemEducation
	ItemGifts
	ItemCreditCard
	ItemClub
	ItemAssetUse
	ItemAssetTransfer
	ItemOtherBenefit
	ItemStartUpShares // stock options of an eligible start-up
	ItemShares        // other stock options
	ItemFunds         // contributions above the limit, s.17(2)(vii)
	ItemFundGrowth    // and their growth, s.17(2)(viia)
	ItemOther         // other benefits or amenities
)

var itemTitles = [...]string{
	"Accommodation", "Cars and other vehicles", "Domestic staff", "Gas, electricity, water", "Loans at low or no interest", "Holidays", "Travel",
	"Meals", "Education", "Gifts and vouchers", "Credit card", "Club", "Use of assets", "Transfer of assets", "Any other benefit, service or privilege",
	"Stock options of an eligible start-up", "Other stock options", "Contributions to funds above the limit", "Growth of those contributions", "Other benefits or amenities",
}

// ownItems are the items of this pack's lines.
func ownItems() map[string]PerquisiteItem {
	return map[string]PerquisiteItem{
		"housing_benefit": ItemAccommodation, "car_benefit": ItemCar, "loan_benefit": ItemLoan, "meals_benefit": ItemMeals,
		"school_benefit": ItemEducation, "gifts_benefit": ItemGifts,
	}
}

// PerquisiteStatement is the data of Form 12BA, Form 123 from April 2026: what each benefit in kind was worth in a tax year, what the
// employee paid for it, and the tax. It prints and logs without values. A certificate of salary up to 1,50,000 goes without it (rule 26A
// of the 1962 Rules, not read again).
type PerquisiteStatement struct {
	Form     string          `class:"public"` // "Form 12BA" or "Form 123"
	Employee hr.EmployeeID   `class:"public"`
	Name     string          `class:"contact"`
	PAN      hr.Secret       `class:"government_id"`
	TaxYear  hr.Period       `class:"public"`
	Salary   decimal.Decimal `class:"money"` // income under the head Salaries other than from benefits in kind: paid, before exemptions
	Rows     []PerquisiteRow `class:"money"` // every item of the form in order, zero ones too
	Total    decimal.Decimal `class:"money"` // of what is taxed
	Deducted decimal.Decimal `class:"money"` // tax deducted from salary
	Borne    decimal.Decimal `class:"money"` // tax on benefits in kind that the employer paid itself
}

// PerquisiteRow is one item: Value less Recovered is Taxed.
type PerquisiteRow struct {
	Item      PerquisiteItem  `class:"public"`
	Title     string          `class:"public"`
	Value     decimal.Decimal `class:"money"`
	Recovered decimal.Decimal `class:"money"` // from the employee; known here for the house alone
	Taxed     decimal.Decimal `class:"money"`
}

// LogValue hides the values.
func (s PerquisiteStatement) LogValue() slog.Value { return slog.StringValue("[perquisite statement]") }

// Format hides the values.
func (s PerquisiteStatement) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[perquisite statement %s %s]", s.Employee, s.TaxYear)
}

// LogValue hides the values.
func (r PerquisiteRow) LogValue() slog.Value {
	return slog.StringValue("[perquisite row " + strconv.Itoa(int(r.Item)) + "]")
}

// Format hides the values.
func (r PerquisiteRow) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[perquisite row %d]", r.Item)
}

// NewPerquisiteStatement makes the statement of the tax year that a certificate is made of. yours says at which item benefits count
// that come from lines of the host's own; a line of the group benefits that is in neither list counts as "other". Profits in lieu of
// salary are not told apart: they are in Salary. Its errors are those of [NewCertificate], and a [hr.FieldError] with
// RuleCertificate for an item that the form does not have.
func NewPerquisiteStatement(from Certified, yours map[string]PerquisiteItem) (PerquisiteStatement, error) {
	var faults hr.Faults
	items := ownItems()
	for line, item := range yours {
		if item < ItemAccommodation || item > ItemOther {
			faults.Add("items."+line, RuleCertificate, "must be an item of the form, 1 to %d", ItemOther)
		}
		items[line] = item
	}
	year, err := from.year()
	faults.Join("", err)
	if faults.Any() {
		return PerquisiteStatement{}, faults.Err()
	}
	last := year.last
	s := PerquisiteStatement{
		Form: PerquisiteForm(last.PayDate), Employee: last.Employee, Name: from.Name, PAN: from.PAN, TaxYear: year.period,
		Salary: year.totals["taxable"].Sub(year.benefits), Deducted: year.totals["tds"], Borne: year.totals["perquisite_tax"],
	}
	for i, title := range itemTitles {
		s.Rows = append(s.Rows, PerquisiteRow{Item: PerquisiteItem(i + 1), Title: title})
	}
	add := func(item PerquisiteItem, taxed, recovered decimal.Decimal) {
		r := &s.Rows[item-1]
		r.Taxed, r.Recovered = r.Taxed.Add(taxed), r.Recovered.Add(recovered)
		r.Value = r.Taxed.Add(r.Recovered)
		s.Total = s.Total.Add(taxed)
	}
	for _, slip := range from.Slips {
		for _, l := range slip.Lines {
			if l.Kind != payroll.Benefit {
				continue
			}
			item, known := items[l.Name]
			if !known {
				item = ItemOther
			}
			add(item, l.Amount, decimal.Zero)
		}
	}
	house := year.totals["housing_value"].Sub(year.totals["housing_benefit"])
	add(ItemAccommodation, decimal.Zero, house)
	for line, item := range map[string]PerquisiteItem{"retirement_perquisite": ItemFunds, "retirement_growth_taxed": ItemFundGrowth} {
		amount, _ := last.Amount(line)
		add(item, amount, decimal.Zero)
	}
	return s, nil
}

// WritePerquisiteStatements writes statements as CSV, a line for each item that is not zero, then one with the totals, with the taxes
// after it. It is no official layout. PANs are in it.
func WritePerquisiteStatements(w io.Writer, list []PerquisiteStatement) error {
	rows := [][]string{{"form", "employee", "name", "pan", "tax_year", "item", "title", "value", "recovered", "taxed"}}
	for _, s := range list {
		head := []string{s.Form, string(s.Employee), s.Name, s.PAN.Reveal(), s.TaxYear.String()}
		line := func(item, title string, value, recovered, taxed string) {
			rows = append(rows, append(append([]string(nil), head...), item, title, value, recovered, taxed))
		}
		var value, recovered decimal.Decimal
		for _, r := range s.Rows {
			value, recovered = value.Add(r.Value), recovered.Add(r.Recovered)
			if !r.Value.IsZero() {
				line(strconv.Itoa(int(r.Item)), r.Title, r.Value.StringFixed(2), r.Recovered.StringFixed(2), r.Taxed.StringFixed(2))
			}
		}
		line("total", "Benefits in kind", value.StringFixed(2), recovered.StringFixed(2), s.Total.StringFixed(2))
		line("salary", "Salary other than benefits in kind", "", "", s.Salary.StringFixed(2))
		line("deducted", "Tax deducted from salary", "", "", s.Deducted.StringFixed(2))
		line("borne", "Tax on benefits in kind paid by the employer", "", "", s.Borne.StringFixed(2))
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("perquisite statements: %w", err)
	}
	return nil
}
