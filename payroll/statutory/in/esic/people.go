package esic

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// NumberKind is the kind of identity that an insured person needs.
const NumberKind = "esic_ip_in"

// PeopleOf returns the insured persons among payslips of India's pack, in their order: those whose line esi_member is 1. Where no day
// was paid the reason is the one given, else left for who has a last day and on leave for everybody else. It returns every
// [hr.FieldError] at once, by employee: a line that the plan does not have, a person or a number that is missing.
func PeopleOf(of payroll.FormInput) ([]Person, error) {
	var faults hr.Faults
	var people []Person
	for _, s := range of.Slips {
		at := fmt.Sprintf("payslips[%s]", s.Employee)
		figure := func(line string) decimal.Decimal {
			a, ok := s.Amount(line)
			if !ok {
				faults.Add(at+"."+line, RuleLayout, "is no line of the payslip: the plan is without India's state insurance")
			}
			return a
		}
		if !figure("esi_member").IsPositive() {
			continue
		}
		person, known := of.People[s.Employee]
		n := person.Identity(NumberKind)
		if !known || n.IsZero() {
			faults.Missing(at+".ip_number", RuleNumber)
		}
		if s.Period != of.Period {
			faults.Add(at+".period", RuleLayout, "is %s, and not the wage month %s", s.Period, of.Period)
		}
		p := Person{Number: n, Name: person.Name, Days: int(figure("esi_days").IntPart()), Wages: hr.NearestWhole.Apply(figure("esi_wages"))}
		if p.Days == 0 {
			last := of.LastDay[s.Employee]
			given, ok := of.Reasons[s.Employee]
			switch {
			case ok:
				p.Reason = given
			case !last.IsZero():
				p.Reason = ReasonLeft
			default:
				p.Reason = ReasonLeave
			}
			if p.Reason > ReasonLeave {
				p.LastDay = last
			}
		}
		people = append(people, p)
	}
	return people, faults.Err()
}
