package ca

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// PolicyFederal returns the vacation of the Canada Labour Code from a day on as a policy: the weeks of a completed year, in working days,
// credited on the anniversary that completes it; they are paid at exit. Vacation pay is [VacationFederal].
func PolicyFederal(law leave.Law, since hr.Date, daysAWeek int) (hr.Step[leave.Policy], error) {
	return policy(law, since, daysAWeek, "fed.vacation.", "Canada Labour Code", "second_years", "third_years")
}

// PolicyOntario returns the vacation of Ontario's Employment Standards Act likewise. Vacation pay is [VacationOntario].
func PolicyOntario(law leave.Law, since hr.Date, daysAWeek int) (hr.Step[leave.Policy], error) {
	return policy(law, since, daysAWeek, "on.vacation.", "Ontario Employment Standards Act 2000", "second_years")
}

func policy(law leave.Law, since hr.Date, daysAWeek int, prefix, title string, tiers ...string) (hr.Step[leave.Policy], error) {
	if daysAWeek < 1 || daysAWeek > 7 {
		return hr.Step[leave.Policy]{}, &hr.FieldError{Path: "days_a_week", Rule: RuleDay, Reason: "must be 1 to 7"}
	}
	weeks, err := law.Value(prefix+"first_weeks", since)
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	days := decimal.NewFromInt(int64(daysAWeek))
	steps := []leave.Tier{{Years: 1, PerYear: weeks.Mul(days)}}
	for _, tier := range tiers {
		from, err := law.Value(prefix+tier, since)
		if err != nil {
			return hr.Step[leave.Policy]{}, err
		}
		weeks = weeks.Add(decimal.NewFromInt(1))
		steps = append(steps, leave.Tier{Years: int(from.IntPart()), PerYear: weeks.Mul(days)})
	}
	return hr.Step[leave.Policy]{Since: since, Source: published(title, "vacation", "", ""), Value: leave.Policy{
		Type: "vacation", Name: "Vacation", Unit: leave.Days, Paid: decimal.NewFromInt(1), Year: leave.Year{Joining: true},
		Accrual: leave.Accrual{Every: leave.Anniversary}, Tiers: leave.Tiers{Steps: steps, At: leave.ReachedAtStart},
		Encashment: leave.Encashment{Exit: true},
	}}, nil
}

// SickFederal returns the medical leave with pay and the personal leave of the Canada Labour Code from a day on, by calendar year: so many
// days and no balance; of personal leave the first three are paid and the others not ([leave.PaidSteps]).
func SickFederal(law leave.Law, since hr.Date) ([]hr.Step[leave.Policy], error) {
	v, err := law.Values(since, "fed.medical.days", "fed.personal.days", "fed.personal.paid_days")
	if err != nil {
		return nil, err
	}
	medical := perYear("medical", "Medical leave with pay", v[0])
	medical.Paid = decimal.NewFromInt(1)
	personal := perYear("personal", "Personal leave", v[1])
	personal.PaidSteps = leave.PaidSteps{Steps: []leave.PaidStep{{Quantity: v[2], Paid: decimal.NewFromInt(1)}}, Per: leave.PerYear}
	source := published("Canada Labour Code", "ss.206.6, 239(1.2)", "", notReadAgain)
	return []hr.Step[leave.Policy]{{Since: since, Source: source, Value: medical}, {Since: since, Source: source, Value: personal}}, nil
}

// SickOntario returns Ontario's unpaid sick leave from a day on, by calendar year.
func SickOntario(law leave.Law, since hr.Date) (hr.Step[leave.Policy], error) {
	days, err := law.Value("on.sick.days", since)
	return hr.Step[leave.Policy]{
		Since: since, Source: published("Ontario Employment Standards Act 2000", "s.50", "", notReadAgain), Value: perYear("sick", "Sick leave", days),
	}, err
}

// perYear is a type of which so many days may be taken in a calendar year, whoever joined when: it needs no balance.
func perYear(t leave.TypeID, name string, days decimal.Decimal) leave.Policy {
	return leave.Policy{
		Type: t, Name: name, Unit: leave.Days, Negative: leave.Negative{NoLimit: true}, Limits: leave.Limits{PerYear: days},
	}
}
