package attendance

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Describe puts references to punches into words, one text for each ref: "in 2026-10-07 09:03 +05:30, device gate-1". The text is
// empty for a ref of another kind and for a punch that is not this employee's. The clock is that of the employee's own shift on
// the day, and UTC where there is none; the offset is always said. Payroll uses it to explain a figure.
func (s Service) Describe(ctx context.Context, v hr.View, employee hr.EmployeeID, refs []hr.Ref) ([]string, error) {
	const verb = "attendance.Describe"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	texts := make([]string, len(refs))
	var ids []PunchID
	for _, r := range refs {
		if r.Kind == "punch" {
			ids = append(ids, PunchID(r.ID))
		}
	}
	if len(ids) == 0 {
		return texts, nil
	}
	entries, err := s.Punches.PunchesByID(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	punches := map[string]Punch{}
	for _, e := range entries {
		if e.Withdraws == "" && e.Value.Employee == employee {
			punches[e.ID] = e.Value
		}
	}
	terms := make([]hr.Timeline[hr.Terms], 1)
	if s.Terms != nil && len(punches) > 0 {
		if terms, err = s.Terms.TermsOf(ctx, v.Inside(verb), []hr.Pin{{Employee: employee, Known: v.Known}}, hr.Period{}); err != nil {
			return nil, fmt.Errorf("%s: %w", verb, err)
		}
	}
	for i, r := range refs {
		if p, ok := punches[r.ID]; ok && r.Kind == "punch" {
			texts[i] = p.words(s.zoneOn(terms[0], hr.DateOf(p.At, time.UTC)))
		}
	}
	return texts, nil
}

func (s Service) zoneOn(terms hr.Timeline[hr.Terms], d hr.Date) *time.Location {
	if t, ok := terms.At(d); ok {
		if shift, known := s.Shifts[t.Shift]; known {
			return shift.Zone
		}
	}
	return time.UTC
}

// words writes the punch for a person, on the clock of zone.
func (p Punch) words(zone *time.Location) string {
	direction := string(p.Direction)
	if direction == "" {
		direction = "at"
	}
	parts := []string{direction + " " + p.At.In(zone).Format("2006-01-02 15:04 -07:00")}
	if p.Device != "" {
		parts = append(parts, "device "+p.Device)
	}
	if p.Source == FromCorrection {
		parts = append(parts, "a correction approved by "+string(p.ApprovedBy))
	}
	return strings.Join(parts, ", ")
}
