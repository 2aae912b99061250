package attendance

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Service keeps punches and rosters and answers what days were. Wire it as a literal; it keeps no state of its own and is safe
// for concurrent use as long as its maps are not changed.
type Service struct {
	Kit       storage.Kit
	Punches   Punches
	Rosters   Rosters
	Terms     TermsOf
	Absences  Absences               // nil: nobody is ever on leave
	Calendars map[string]hr.Calendar // by [hr.Terms].Calendar
	Shifts    map[string]Shift       // by [hr.Terms].Shift and by the roster
	Policy    Policy                 // how a day is read
	Policies  map[string]Policy      // by shift ID, for shifts that are read by another policy
}

// Validate returns everything that is wrong with the wiring: a port missing, an invalid shift or policy, a shift kept under
// another name than its ID. Every method checks what it uses; a host calls Validate once when it starts.
func (s Service) Validate() error {
	var faults hr.Faults
	faults.Join("", s.Kit.Validate())
	faults.Join("", s.wired())
	for _, id := range sorted(s.Shifts) {
		at := fmt.Sprintf("shifts[%s]", id)
		faults.Join(at, s.Shifts[id].Validate())
		if s.Shifts[id].ID != id {
			faults.Add(at+".id", RuleShiftID, "is kept under another name")
		}
	}
	faults.Join("policy", s.Policy.Validate())
	for _, id := range sorted(s.Policies) {
		at := fmt.Sprintf("policies[%s]", id)
		faults.Join(at, s.Policies[id].Validate())
		if _, ok := s.Shifts[id]; !ok {
			faults.Add(at, RuleShiftUnknown, "is kept under a name that is no shift")
		}
	}
	return faults.Err()
}

func (s Service) wired() error {
	var faults hr.Faults
	if s.Punches == nil {
		faults.Missing("punches", RuleService)
	}
	if s.Rosters == nil {
		faults.Missing("rosters", RuleService)
	}
	if s.Terms == nil {
		faults.Missing("terms", RuleService)
	}
	return faults.Err()
}

// policy returns how a shift is read.
func (s Service) policy(shift string) Policy {
	if p, ok := s.Policies[shift]; ok {
		return p
	}
	return s.Policy
}

// facts are what decides which shift an employee has on a day, as known at one pin.
type facts struct {
	terms  hr.Timeline[hr.Terms]
	roster hr.Timeline[Rostered]
}

// factsOf reads terms and rosters of the pins, in pin order. known are the pins with the numbers that zero stands for: a roster
// entry that was written since these were read does not count, as the answer will say that it used no more than them.
func (s Service) factsOf(ctx context.Context, v hr.View, pins, known []hr.Pin, p hr.Period) ([]facts, error) {
	terms, err := s.Terms.TermsOf(ctx, v, pins, p)
	if err != nil {
		return nil, err
	}
	rosters, err := s.Rosters.RostersOf(ctx, pins, p)
	if err != nil {
		return nil, err
	}
	if err := perPin(len(pins), "terms", len(terms), "rosters", len(rosters)); err != nil {
		return nil, err
	}
	out := make([]facts, len(pins))
	for i := range pins {
		history, err := hr.NewHistory("roster", rosters[i]...)
		if err != nil {
			return nil, fmt.Errorf("rosters of pin %d: %w", i, err)
		}
		out[i] = facts{terms: terms[i], roster: history.AsKnown(known[i].Known.Own)}
	}
	return out, nil
}

// perPin guards against a port that does not answer one item per pin.
func perPin(pins int, lists ...any) error {
	for i := 0; i < len(lists); i += 2 {
		if lists[i+1] != pins {
			return fmt.Errorf("attendance: %d %s for %d pins", lists[i+1], lists[i], pins)
		}
	}
	return nil
}
