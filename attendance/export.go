package attendance

import (
	"context"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Export returns what is stored about an employee here: punches, shifts, permits and requests. Of a request that is about two, what is about the
// other is left out. See [storage.Export].
func (s Service) Export(ctx context.Context, v hr.View, employee hr.EmployeeID) (hr.Extract, error) {
	if err := storage.May(ctx, s.Kit, v, "attendance.Export", employee); err != nil {
		return hr.Extract{}, err
	}
	x, err := storage.Extractor(ctx, s.Kit, v, "attendance.Export", employee)
	if err != nil {
		return hr.Extract{}, err
	}
	pins := []hr.Pin{{Employee: employee}}
	e := hr.Extract{Subject: storage.SubjectEmployee(employee), On: hr.DateOf(s.Kit.Clock(), time.UTC)}
	punches, err := s.Punches.PunchesSince(ctx, pins)
	if err != nil {
		return hr.Extract{}, err
	}
	rosters, err := s.Rosters.RostersSince(ctx, pins)
	if err != nil {
		return hr.Extract{}, err
	}
	e.Sections = append(e.Sections, hr.EntriesOf(x, "Punches", "attendance.Punches", punches[0]...)...)
	e.Sections = append(e.Sections, hr.EntriesOf(x, "Shifts", "attendance.Rosters", rosters[0]...)...)
	if s.Permits != nil {
		permits, err := s.Permits.PermitsSince(ctx, pins)
		if err != nil {
			return hr.Extract{}, err
		}
		e.Sections = append(e.Sections, hr.EntriesOf(x, "What was allowed", "attendance.Permits", permits[0]...)...)
	}
	if s.Requests != nil {
		requests, err := s.Requests.AttendanceRequestsIn(ctx, employee, hr.Period{From: hr.MustDate("0001-01-01")})
		if err != nil {
			return hr.Extract{}, err
		}
		for i := range requests {
			requests[i] = requests[i].partOf(employee)
		}
		e.Sections = append(e.Sections, hr.SectionOf(x, "Requests about attendance", "attendance.Requests", func(r Request) string { return string(r.ID) }, requests...)...)
	}
	return e, nil
}

// partOf is what of a request is about one employee.
func (r Request) partOf(employee hr.EmployeeID) Request {
	r.Corrections = slices.DeleteFunc(slices.Clone(r.Corrections), func(c Correction) bool { return c.Employee != "" && c.Employee != employee })
	if r.Permit.Employee != "" && r.Permit.Employee != employee {
		r.Permit = Permit{}
	}
	return r
}
