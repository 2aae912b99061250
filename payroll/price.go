package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// PriceTerms returns what terms come to in the calendar months of over, each calculated as a payslip by the plan adopted for it and paid
// on its last day: for somebody who is employed on them before, during and after, with full pay, and to whom nothing was paid before over. So the
// price of a year that begins with a tax year is what the law makes of that year; of one that does not, each part is its tax year's. Working
// days are those of the calendar that the terms name. It writes nothing and is asked about nobody. It refuses months that are not whole
// (RulePrice), another currency than the plan's, and whatever keeps a payslip from being calculated.
func (s Service) PriceTerms(ctx context.Context, v hr.View, terms hr.Terms, over hr.Period) (hr.PayPrice, error) {
	const verb = "payroll.PriceTerms"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return hr.PayPrice{}, err
	}
	if over.Validate() != nil || over.Open() || over.From != over.From.FirstOfMonth() || over.Through != over.Through.EndOfMonth() {
		return hr.PayPrice{}, fmt.Errorf("%s: %w", verb, &hr.FieldError{Path: "over", Rule: RulePrice, Reason: "must be whole months"})
	}
	price := hr.PayPrice{Over: over}
	var paid []hr.Entry[Posting]
	for month := hr.MonthOf(over.From); !month.From.After(over.Through); month = hr.MonthOf(month.Through.Add(1)) {
		plan, err := s.planAt(ctx, month, 0)
		if err != nil {
			return hr.PayPrice{}, fmt.Errorf("%s: %w", verb, err)
		}
		slip, err := s.priceMonth(plan, terms, month, paid)
		if err != nil {
			return hr.PayPrice{}, fmt.Errorf("%s: %w", verb, err)
		}
		for _, p := range PostingsFor(Run{Kind: RunRegular}, slip) {
			paid = append(paid, hr.Entry[Posting]{Value: p})
		}
		gross := hr.Money{Amount: slip.Total(Earning), Currency: slip.Currency}
		for _, x := range []struct {
			sum *hr.Money
			add hr.Money
		}{{&price.Gross, gross}, {&price.Net, slip.Net()}, {&price.Cost, slip.Cost()}} {
			if *x.sum, err = x.sum.Add(x.add); err != nil {
				return hr.PayPrice{}, fmt.Errorf("%s: %w", verb, err)
			}
		}
	}
	return price, nil
}

// priceMonth calculates one month on terms, after what was paid before.
func (s Service) priceMonth(plan *Plan, terms hr.Terms, month hr.Period, paid []hr.Entry[Posting]) (Payslip, error) {
	if terms.Currency != "" && terms.Currency != plan.Currency() {
		return Payslip{}, &hr.FieldError{Path: "terms.currency", Rule: RulePrice, Reason: fmt.Sprintf("must be %s, which the plan pays", plan.Currency())}
	}
	in := Input{
		Employee: "price", Period: month, PayDate: month.Through, Terms: hr.Since(month.From.Add(-1), terms),
		YearToDate:   plan.ofPlan(YearToDate(paid, plan.TaxYear(), month.Through)),
		CalendarYear: plan.ofPlan(YearToDate(paid, YearStart{}, month.Through)),
	}
	if plan.asksForSchedule() {
		calendar, ok := s.Calendars[terms.Calendar]
		if !ok {
			return Payslip{}, &hr.FieldError{Path: "terms.calendar", Rule: RulePrice, Reason: "must name a calendar: the plan asks for working days"}
		}
		var err error
		if in.Schedule, err = ScheduleOf(calendar, month, s.DayMinutes); err != nil {
			return Payslip{}, err
		}
	}
	return plan.Calculate(in)
}

// PayBonus adds an amount to what an employee is paid in a pay period, as [Service.Adjust] does: for those who know an amount to pay and nothing of
// payroll, such as recruitment with a bonus for a referral. name is the input of the plan that takes it; the currency must be that of the
// plan adopted for the period (RulePrice).
func (s Service) PayBonus(ctx context.Context, cmd hr.Command, employee hr.EmployeeID, name string, period hr.Period, amount hr.Money) error {
	const verb = "payroll.PayBonus"
	args := struct {
		Employee hr.EmployeeID
		Name     string
		Period   hr.Period
		Amount   hr.Money
	}{employee, name, period, amount}
	_, err := storage.Do(ctx, s.Kit, cmd, verb, storage.About(args, employee), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		plan, err := s.planAt(ctx, period, 0)
		if err == nil && plan.Currency() != amount.Currency {
			err = &hr.FieldError{Path: "amount.currency", Rule: RulePrice, Reason: fmt.Sprintf("must be %s, which the plan pays", plan.Currency())}
		}
		if err != nil {
			return 0, nil, err
		}
		n, err := s.Adjust(ctx, cmd.Child(verb, "adjust"), Adjustment{Employee: employee, Name: name, Period: period, Amount: amount.Amount})
		return n, nil, err
	})
	return err
}
