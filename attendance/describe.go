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

// Describe puts references to punches, rosters and permits into words, one text for each ref: "in 2026-10-07 09:03 +05:30, device gate-1",
// "on shift night 2026-10-05..2026-10-11, through team packing", "on duty allowed 2026-10-08..2026-10-08", "as planned by shift
// office, which nobody clocks", and "void of" before it for a void. The
// text is empty for a ref of another kind and for one that is not this employee's. The clock of a punch is that of the shift whose
// work day owns it, as known at v.Known, and UTC where there is none; the offset is always said. Payroll uses it to explain a figure.
func (s Service) Describe(ctx context.Context, v hr.View, employee hr.EmployeeID, refs []hr.Ref) ([]string, error) {
	const verb = "attendance.Describe"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	texts := make([]string, len(refs))
	if len(refs) == 0 {
		return texts, nil
	}
	if err := s.wired(); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	var punches []PunchID
	kinds := map[string]bool{}
	for _, r := range refs {
		if kinds[r.Kind] = true; r.Kind == "punch" {
			punches = append(punches, PunchID(r.ID))
		}
	}
	words := words{}
	for kind, say := range map[string]func() error{
		"punch":  func() error { return s.punchWords(ctx, v.Inside(verb), words, employee, punches) },
		"roster": func() error { return s.rosterWords(ctx, words, employee) },
		"permit": func() error { return s.permitWords(ctx, words, employee) },
		shiftRef: func() error { s.shiftWords(words); return nil },
	} {
		if !kinds[kind] {
			continue
		}
		if err := say(); err != nil {
			return nil, fmt.Errorf("%s: %w", verb, err)
		}
	}
	for i, r := range refs {
		texts[i] = words[hr.Ref{Kind: r.Kind, ID: r.ID}]
	}
	return texts, nil
}

// words are references put into words, by kind and id.
type words map[hr.Ref]string

// punchWords writes punches of an employee, by id.
func (s Service) punchWords(ctx context.Context, v hr.View, words words, employee hr.EmployeeID, ids []PunchID) error {
	stored, err := s.Punches.PunchesByID(ctx, ids...)
	if err != nil {
		return err
	}
	var punches []Punch
	for _, e := range stored {
		if e.Value.Employee == employee {
			punches = append(punches, e.Value)
		}
	}
	zones, err := s.zonesOf(ctx, v, employee, punches)
	if err != nil {
		return err
	}
	for _, e := range stored {
		if e.Value.Employee != employee {
			continue
		}
		text := e.Value.words(cmp.Or(zones[e.Value.ID], time.UTC))
		if e.Withdraws != "" {
			text = "void of " + text
		}
		words[hr.Ref{Kind: "punch", ID: e.ID}] = text
	}
	return nil
}

// rosterWords writes entries of the rosters of an employee, by id.
func (s Service) rosterWords(ctx context.Context, words words, employee hr.EmployeeID) error {
	rosters, err := s.Rosters.RostersOf(ctx, []hr.Pin{{Employee: employee}}, anyDay)
	if err != nil {
		return err
	}
	if err := perPin(1, "rosters", len(rosters)); err != nil {
		return err
	}
	for _, e := range rosters[0] {
		text := "off the roster"
		if !e.Void {
			text = "on shift " + s.label(e.Value.Shift)
		}
		text += " " + e.Period.String()
		if e.Value.Team != "" {
			text += ", through team " + e.Value.Team
		}
		words[hr.Ref{Kind: "roster", ID: e.ID}] = text
	}
	return nil
}

// label returns what people call a shift or rotation: its id where it has no name or is not there any more.
func (s Service) label(id string) string {
	if shift, ok := s.Shifts[id]; ok {
		return shift.Label()
	}
	return id
}

// permitWords writes permits of an employee, by id.
func (s Service) permitWords(ctx context.Context, words words, employee hr.EmployeeID) error {
	if s.Permits == nil {
		return nil
	}
	permits, err := s.Permits.PermitsOf(ctx, []hr.Pin{{Employee: employee}}, anyDay)
	if err != nil {
		return err
	}
	if err := perPin(1, "lists of permits", len(permits)); err != nil {
		return err
	}
	for _, e := range permits[0] {
		text := map[PermitKind]string{PermitOnDuty: "on duty", PermitHome: "work from home", PermitOvertime: "overtime"}[e.Value.Kind]
		if e.Value.Half != hr.WholeDay {
			text += " in " + dayPart(e.Value.Half)
		}
		if e.Value.Kind == PermitOvertime {
			text += fmt.Sprintf(" of up to %d minutes a day", e.Value.Minutes)
		}
		words[hr.Ref{Kind: "permit", ID: e.ID}] = text + " allowed " + e.Period.String()
	}
	return nil
}

// anyDay is every day there is.
var anyDay = hr.MustPeriod("0001-01-01..9999-12-31")

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
	days := s.plan(&once{}, facts[0], around, nil)
	owned, _, err := assign(days, punches)
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
