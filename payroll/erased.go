package payroll

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// What a payslip says stays when somebody is erased: amounts are not sealed, and digests and sums are as they were. What it was calculated from does not: answers to
// pay rules, the day of birth, numbers that a rate depends on. So it cannot be calculated again, and that is no mismatch: it is not provable.

// differs says why a payslip does not come out the same: RuleRunErased where what it was calculated from may have been erased, else RuleRunReproduce.
func (s Service) differs(ctx context.Context, path string, employee hr.EmployeeID) error {
	erased, err := s.erased(ctx, employee)
	switch {
	case err != nil:
		return err
	case erased.IsZero():
		return &hr.FieldError{Path: path, Rule: RuleRunReproduce, Reason: "does not come out the same from what was known then"}
	}
	return &hr.FieldError{Path: path, Rule: RuleRunErased, Reason: "is not provable: what it was calculated from was erased on " + erased.String()}
}

// erased returns the day on which something was erased that pay is calculated from; zero: nothing was. Names, mail and telephone are nothing of that.
func (s Service) erased(ctx context.Context, employee hr.EmployeeID) (on hr.Date, err error) {
	if s.Keys == nil {
		return on, nil
	}
	subject := storage.SubjectEmployee(employee)
	graves, err := s.Keys.Graves(ctx, storage.Grave{Subject: subject}, len(hr.FieldClasses())) // no subject has more
	for _, g := range graves {
		if g.Subject == subject && g.Class != hr.ClassContact && (on.IsZero() || g.On.Before(on)) {
			on = g.On
		}
	}
	return on, err
}
