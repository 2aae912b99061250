package storage

import (
	"context"

	"github.com/musterhr/hr"
)

// Exporter is a service that has data about employees: lifecycle, leave, attendance and payroll are.
type Exporter interface {
	// Export returns what is stored about an employee in the parts of this service, without what is about others.
	Export(ctx context.Context, v hr.View, employee hr.EmployeeID) (hr.Extract, error)
}

// Export returns what all the services store about an employee, in the order in which they are given. Who may not have one of the parts has none of
// them. A candidate is exported by package recruitment, by the id that they have there, and joins with [hr.Extract.Join].
func Export(ctx context.Context, v hr.View, employee hr.EmployeeID, services ...Exporter) (hr.Extract, error) {
	var whole hr.Extract
	for _, s := range services {
		part, err := s.Export(ctx, v, employee)
		if err != nil {
			return hr.Extract{}, err
		}
		whole = whole.Join(part)
	}
	return whole, nil
}

// Extractor begins the part of one service: what of an employee the viewer sees under a verb, and which ids are theirs: the employee's, and former
// ones. The service has asked [May] before.
func Extractor(ctx context.Context, k Kit, v hr.View, verb string, employee hr.EmployeeID, former ...hr.EmployeeID) (hr.Extractor, error) {
	verdict, err := Judge(ctx, k, v, verb, employee)
	x := hr.Extractor{Verdict: verdict, Employees: append([]hr.EmployeeID{employee}, former...)}
	if v.Actor.Employee == employee {
		x.Actor = v.Actor.ID
	}
	return x, err
}
