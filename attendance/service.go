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
	Permits   Permits                // nil: nothing is allowed beyond the clock
	Requests  Requests               // nil, as the Router: nothing can be asked for
	Router    Router                 // who approves
	Closings  Closings               // nil: no day is closed
	Leave     Leave                  // what [Service.SettleLeave] applies leave through; nil: nothing is
	Devices   map[string]Device      // by [Punch].Device; nil: any device is known
	Calendars map[string]hr.Calendar // by [hr.Terms].Calendar
	Shifts    map[string]Shift       // by [hr.Terms].Shift and by the roster
	Rotations map[string]Rotation    // by the same names
	Policy    Policy                 // how a day is read
	Policies  map[string]Policy      // by shift ID, for shifts that are read by another policy
	Sites     map[string]Site        // by [Punch].Site; one that is not there has no fence

	TimeOff TimeOff     // which overtime is banked as leave; zero: all is paid
	Penalty LatePenalty // what coming late costs; zero: nothing

	// Tiers are the laws of overtime by [hr.Terms].Region, each as it changed: a workweek is split by the tiers of its first day, and all
	// time worked counts, early arrival too. A region that is not there has the overtime of the Policy.
	Tiers map[string]hr.Timeline[Tiers]
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
	s.checkRotations(&faults)
	for _, id := range sorted(s.Sites) {
		at := fmt.Sprintf("sites[%s]", id)
		faults.Join(at, s.Sites[id].Validate())
		if s.Sites[id].ID != id {
			faults.Add(at+".id", RuleSiteID, "is kept under another name")
		}
	}
	for _, id := range sorted(s.Devices) {
		if s.Devices[id].ID != id {
			faults.Add(fmt.Sprintf("devices[%s].id", id), RulePunchDevice, "is kept under another name")
		}
	}
	for _, region := range sorted(s.Tiers) {
		for _, step := range s.Tiers[region].Steps() {
			if !step.Void {
				faults.Join(fmt.Sprintf("tiers[%s].%s", region, step.Since), step.Value.Validate())
			}
		}
	}
	faults.Join("time_off", s.TimeOff.Validate())
	faults.Join("penalty", s.Penalty.Validate())
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
	roster hr.Timeline[Rostered] // their own
	team   hr.Timeline[Rostered] // that of their teams

	permits permits
}

func factsFrom(terms hr.Timeline[hr.Terms], rosters []hr.Entry[Rostered], known hr.Seq) (facts, error) {
	f := facts{terms: terms}
	var own, teams []hr.Entry[Rostered]
	for _, e := range rosters {
		if e.Value.Team == "" {
			own = append(own, e)
		} else {
			teams = append(teams, e)
		}
	}
	history, err := hr.NewHistory("roster", own...)
	if err != nil {
		return facts{}, err
	}
	f.roster = history.AsKnown(known)
	if history, err = hr.NewHistory("roster", teams...); err != nil {
		return facts{}, err
	}
	f.team = history.AsKnown(known)
	return f, nil
}

// rostered returns what the rosters say of a day: the employee's own before that of a team.
func (f *facts) rostered(d hr.Date) (hr.Step[Rostered], bool) {
	if step, ok := f.roster.StepAt(d); ok {
		return step, true
	}
	return f.team.StepAt(d)
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
		if out[i], err = factsFrom(terms[i], rosters[i], known[i].Known.Own); err != nil {
			return nil, fmt.Errorf("rosters of pin %d: %w", i, err)
		}
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
