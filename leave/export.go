package leave

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Export returns what is stored about an employee here: requests, the movements of their leave, the days they were away. See [storage.Export].
func (s Service) Export(ctx context.Context, v hr.View, employee hr.EmployeeID) (hr.Extract, error) {
	if err := storage.May(ctx, s.Kit, v, "leave.Export", employee); err != nil {
		return hr.Extract{}, err
	}
	x, err := storage.Extractor(ctx, s.Kit, v, "leave.Export", employee)
	if err != nil {
		return hr.Extract{}, err
	}
	pins := []hr.Pin{{Employee: employee}}
	requests, err := s.Requests.RequestsIn(ctx, employee, hr.Period{From: firstDay})
	if err != nil {
		return hr.Extract{}, err
	}
	movements, err := s.Ledger.MovementsOf(ctx, pins)
	if err != nil {
		return hr.Extract{}, err
	}
	away, err := s.Absent.AwayOf(ctx, pins, hr.Period{})
	if err != nil {
		return hr.Extract{}, err
	}
	e := hr.Extract{Subject: storage.SubjectEmployee(employee), On: hr.DateOf(s.Kit.Clock(), time.UTC)}
	e.Sections = append(e.Sections, hr.SectionOf(x, "Leave requests", "leave.Requests", func(r Request) string { return string(r.ID) }, requests...)...)
	e.Sections = append(e.Sections, hr.EntriesOf(x, "Leave earned and taken", "leave.Ledger", movements[0]...)...)
	e.Sections = append(e.Sections, hr.EntriesOf(x, "Days away", "leave.Absent", away[0]...)...)
	return e, nil
}

// firstDay is before every request.
var firstDay = hr.MustDate("0001-01-01")
