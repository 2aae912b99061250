package nacha

import (
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
	"github.com/shopspring/decimal"
)

// Originator is what the bank agreed with the company, and what tells one file from another.
type Originator struct {
	Destination     string // the routing number of the bank that gets the file
	DestinationName string
	Origin          string // a routing number, or the 10 characters that the bank gave
	OriginName      string
	Company         string // up to 16 characters are kept
	CompanyID       string // 10 characters
	Created         hr.Date
	CreatedAt       hr.TimeOfDay
	Modifier        string // empty: A, the first file of the day
	Descriptive     string // optional: SD and a time asks for same-day settlement, as in SD1300
}

// sameDayMost is the most that an entry may pay on the day the file is made (Nacha, since 18 March 2022). A rise was under
// consultation until 18 December 2025, and no outcome was found.
var sameDayMost = decimal.NewFromInt(1_000_000)

// New makes the file of a payment batch: one batch of PPD credits, settled on the value date. Names become capitals and are cut to
// their fields. The account paid from gives the originating bank; an account is "checking" (or "current") or "savings". It returns
// [hr.FieldError]s for another currency (RuleCurrency), another kind of account (RuleCode), a value date on a Saturday or Sunday or
// before the file is made (RuleDate), and a same-day payment above 1,000,000.00 (RuleAmount). What the layout asks for, [Write] checks.
func New(b payroll.PaymentBatch, o Originator) (File, error) {
	var faults hr.Faults
	if b.Currency != "USD" {
		faults.Add("currency", RuleCurrency, "must be USD")
	}
	if day := b.ValueDate.Weekday(); b.ValueDate.Before(o.Created) || day == time.Saturday || day == time.Sunday {
		faults.Add("value_date", RuleDate, "must be a banking day, not before the file is made")
	}
	if _, err := ParseRoutingNumber(b.From.Bank); err != nil {
		faults.Join("from.bank", err)
	}
	modifier := o.Modifier
	if modifier == "" {
		modifier = "A"
	}
	batch := Batch{
		Company: fixed.Fit(o.Company, 16), CompanyID: o.CompanyID, Description: "PAYROLL", Descriptive: o.Descriptive,
		Effective: b.ValueDate, Bank: b.From.Bank[:min(8, len(b.From.Bank))], Number: 1,
	}
	sameDay := o.Created == b.ValueDate || len(o.Descriptive) == 6 && o.Descriptive[:2] == "SD"
	for i, p := range b.Payments {
		at := fmt.Sprintf("payments[%d]", i)
		e := Entry{
			Code: CheckingCredit, Bank: p.Account.Bank, Account: p.Account.Number, Amount: p.Amount.Amount,
			ID: fixed.Fit(string(p.Employee), max(15, len(p.Employee))), Name: fixed.Fit(p.Account.Holder, 22), Trace: i + 1,
		}
		switch p.Account.Kind {
		case "checking", "current":
		case "savings":
			e.Code = SavingsCredit
		default:
			faults.Add(at+".account.kind", RuleCode, "must be checking, current or savings")
		}
		if p.Amount.Currency != "USD" {
			faults.Add(at+".currency", RuleCurrency, "must be USD")
		}
		if sameDay && p.Amount.Amount.GreaterThan(sameDayMost) {
			faults.Add(at+".amount", RuleAmount, "is above what one entry may pay on the same day")
		}
		batch.Entries = append(batch.Entries, e)
	}
	if faults.Any() {
		return File{}, fmt.Errorf("nacha: %w", faults.Err())
	}
	return File{
		Destination: o.Destination, DestinationName: fixed.Fit(o.DestinationName, 23), Origin: o.Origin, OriginName: fixed.Fit(o.OriginName, 23),
		Created: o.Created, CreatedAt: o.CreatedAt, Modifier: modifier, Batches: []Batch{batch},
	}, nil
}
