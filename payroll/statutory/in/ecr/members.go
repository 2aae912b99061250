package ecr

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// UANKind is the kind of identity that a member needs.
const UANKind = "uan_in"

// MembersOf returns the members among payslips of India's pack, in their order: those whose line epf_member is 1. Gross wages are all
// earnings. It returns every [hr.FieldError] at once, by employee: a line that the plan does not have (the payslip is of another
// plan), a person or a UAN that is missing.
func MembersOf(of payroll.FormInput) ([]Member, error) {
	var faults hr.Faults
	var members []Member
	for _, s := range of.Slips {
		at := fmt.Sprintf("payslips[%s]", s.Employee)
		figure := func(line string) decimal.Decimal {
			a, ok := s.Amount(line)
			if !ok {
				faults.Add(at+"."+line, RuleLayout, "is no line of the payslip: the plan is without India's provident fund")
			}
			return a
		}
		if !figure("epf_member").IsPositive() {
			continue
		}
		person, known := of.People[s.Employee]
		number := person.Identity(UANKind)
		if !known || number.IsZero() {
			faults.Missing(at+".uan", RuleUAN)
		}
		if s.Period != of.Period {
			faults.Add(at+".period", RuleLayout, "is %s, and not the wage month %s", s.Period, of.Period)
		}
		members = append(members, Member{
			UAN: number, Name: person.Name,
			Gross:      rounding.Apply(s.Total(payroll.Earning)),
			EPFWages:   rounding.Apply(figure("epf_wages")),
			EPSWages:   rounding.Apply(figure("eps_wages")),
			EDLIWages:  rounding.Apply(figure("edli_wages")),
			EPF:        figure("epf").Add(figure("vpf")),
			EPS:        figure("eps"),
			Difference: figure("epf_employer"),
			NCPDays:    int(figure("epf_ncp_days").IntPart()),
		})
	}
	return members, faults.Err()
}
