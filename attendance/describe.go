package attendance

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Describe puts references to punches into words, one text for each ref: "in 2026-10-07 09:03 +05:30, device gate-1", and "void of"
// before it for a void. The text is empty for a ref of another kind and for a punch that is not this employee's. The clock is that
// of the shift whose work day owns the punch, as known at v.Known, and UTC where there is none; the offset is always said. Payroll
// uses it to explain a figure.
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
	if err := s.wired(); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	stored, err := s.Punches.PunchesByID(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	entries := map[string]hr.Entry[Punch]{}
	var punches []Punch
	for _, e := range stored {
		if e.Value.Employee == employee {
			entries[e.ID] = e
			punches = append(punches, e.Value)
		}
	}
	zones, err := s.zonesOf(ctx, v.Inside(verb), employee, punches)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	for i, r := range refs {
		e, ok := entries[r.ID]
		if !ok || r.Kind != "punch" {
			continue
		}
		texts[i] = e.Value.words(cmp.Or(zones[e.Value.ID], time.UTC))
		if e.Withdraws != "" {
			texts[i] = "void of " + texts[i]
		}
	}
	return texts, nil
}

// zonesOf returns the zone of the shift that owns each punch, where one does.
func (s Service) zonesOf(ctx context.Context, v hr.View, employee hr.EmployeeID, punches []Punch) (map[PunchID]*time.Location, error) {
	if len(punches) == 0 {
		return nil, nil
	}
	pins := []hr.Pin{{Employee: employee, Known: v.Known}}
	around := padded(span(punches), 2*spill)
	facts, err := s.factsOf(ctx, v, pins, pins, around)
	if err != nil {
		return nil, err
	}
	days := s.plan(&once{}, facts[0], around)
	owned, _, err := Assign(workDays(days), punches)
	if err != nil {
		return nil, err
	}
	zones := make(map[PunchID]*time.Location, len(punches))
	for i, d := range owned {
		for _, p := range slices.Concat(d.Inside, d.Outside) {
			zones[p.ID] = days[i].Shift.Zone
		}
	}
	return zones, nil
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
