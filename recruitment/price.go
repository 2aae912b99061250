package recruitment

import (
	"context"

	"github.com/musterhr/hr"
)

// Price is what an offer comes to, through the payroll plan that will pay it: gross, net and cost to the employer of one month and of a year.
// The month is the first whole calendar month of work, the year the twelve that begin with it. The zero Price is none.
type Price struct {
	Month hr.PayPrice `json:"month,omitzero" class:"money"`
	Year  hr.PayPrice `json:"year,omitzero" class:"money"`
}

// Months returns the first whole month of work for somebody who starts on a day, and the twelve months that begin with it.
func Months(start hr.Date) (month, year hr.Period, err error) {
	first := start
	if first != start.FirstOfMonth() {
		first = start.EndOfMonth().Add(1)
	}
	next, err := first.AddMonths(12, hr.MonthClamp)
	return hr.MonthOf(first), hr.Period{From: first, Through: next.Add(-1)}, err
}

// price asks the pricer, where there is one. What it refuses is a fault of the offer.
func (s Service) price(ctx context.Context, v hr.View, f *hr.Faults, o Offer) (p Price, err error) {
	if s.Pricer == nil {
		return Price{}, nil
	}
	month, year, err := Months(o.Start)
	if err != nil {
		f.Join("offer.start", err)
		return Price{}, nil
	}
	for _, x := range []struct {
		into *hr.PayPrice
		over hr.Period
	}{{&p.Month, month}, {&p.Year, year}} {
		*x.into, err = s.Pricer.PriceTerms(ctx, v, o.Terms, x.over)
		if len(hr.FieldErrors(err)) > 0 {
			f.Join("offer.price", err)
			return Price{}, nil
		}
		if err != nil {
			return Price{}, err
		}
	}
	return p, nil
}

// checkCost adds a fault where an offer costs more in a year than was approved for the seat.
func (s Service) checkCost(ctx context.Context, f *hr.Faults, o Opening, p Price) error {
	if o.Requisition == "" || p.Year.Cost.IsNothing() {
		return nil
	}
	r, err := s.requisition(ctx, o.Requisition)
	if err != nil || r.Cost.IsNothing() {
		return err
	}
	switch {
	case r.Cost.Currency != p.Year.Cost.Currency:
		f.Add("offer.price", RuleBudget, "is in another currency than what was approved for the seat")
	case p.Year.Cost.Amount.GreaterThan(r.Cost.Amount):
		f.Add("offer.price", RuleBudget, "costs more in a year than was approved for the seat")
	}
	return nil
}
