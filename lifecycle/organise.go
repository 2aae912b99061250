package lifecycle

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// PartChange says that a part of the organisation is so on the days of Period, both included, or, with Ends, that it is not there on
// them. An open Period is for good, also over what was known for later.
type PartChange struct {
	Period hr.Period `json:"period" class:"public"`
	Part   Part      `json:"part" class:"public"`
	Ends   bool      `json:"ends,omitempty" class:"public"`
}

// Organise changes the organisation: entities, units, positions, dotted lines; new ones, other ones, ended ones, for the past or the
// future. What comes of all changes together must be whole on every day that they touch. Faults come together: a part that is not one
// (RuleOrgPart), days that are none (RuleOrgPeriod), what is named and not there (RuleOrgUnknown), units or positions that would run in
// a circle (RuleOrgCycle), negative seats or budget (RuleOrgSeats), a dotted line that leads nowhere (RuleOrgDotted), somebody who is no
// employee (RuleManagerUnknown), and a position with fewer seats than people in it (RuleHeadcount). It returns the number of the
// definitions it is known under.
func (s Service) Organise(ctx context.Context, cmd hr.Command, changes ...PartChange) (hr.Seq, error) {
	return do(ctx, s, cmd, "lifecycle.Organise", changes, func(ctx context.Context, cmd hr.Command) (hr.Seq, []storage.Event, error) {
		if s.Structure == nil {
			return 0, nil, unwired("structure")
		}
		var faults hr.Faults
		guards := []hr.EmployeeID{hr.Everyone}
		for i, c := range changes {
			at := fmt.Sprintf("changes[%d]", i)
			c.Part.check(&faults, at+".part")
			if c.Period.From.IsZero() || c.Period.Validate() != nil {
				faults.Add(at+".period", RuleOrgPeriod, "must have a first day, and none after its last")
			}
			guards = append(guards, seatGuards(c.Part.Position.ID)...)
		}
		if len(changes) == 0 {
			faults.Missing("changes", RuleOrgPart)
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, guards...)
		if err != nil {
			return 0, nil, err
		}
		known, err := s.Structure.Parts(ctx, 0)
		if err != nil {
			return 0, nil, err
		}
		var added []hr.Entry[Part]
		for i, c := range changes {
			added = append(added, hr.Entry[Part]{
				ID: cmd.NewID("part", strconv.Itoa(i)), Seq: taken[0].Known.Rules, Line: i, Recorded: taken[0].Recorded,
				Period: c.Period, Value: c.Part, Void: c.Ends, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			})
		}
		org, err := NewOrganisation(append(known, added...), 0)
		if err != nil {
			return 0, nil, err
		}
		if err := s.checkOrganised(ctx, &faults, org, changes); err != nil {
			return 0, nil, err
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		if err := s.Structure.AppendParts(ctx, added...); err != nil {
			return 0, nil, err
		}
		return taken[0].Known.Rules, []storage.Event{{
			ID: cmd.NewID("event", "organised"), Stream: "lifecycle/organisation", Kind: "lifecycle.organised",
			Ref: hr.Ref{Kind: "organisation", Seq: taken[0].Known.Rules}, At: cmd.At(),
		}}, nil
	})
}

// checkOrganised adds what is wrong with the organisation as it will be, on the days of the changes.
func (s Service) checkOrganised(ctx context.Context, f *hr.Faults, org Organisation, changes []PartChange) error {
	where := map[partKey]string{}
	var people []hr.EmployeeID
	var periods []hr.Period
	var positions []string
	for i, c := range changes {
		k, _ := c.Part.key()
		where[k] = fmt.Sprintf("changes[%d].part", i)
		periods = append(periods, c.Period)
		if !c.Ends {
			people = append(people, c.Part.Unit.Head, c.Part.Dotted.Employee, c.Part.Dotted.To)
		}
		if id := c.Part.Position.ID; id != "" {
			positions = append(positions, id)
		}
	}
	path := func(k partKey) string {
		if at, changed := where[k]; changed {
			return at
		}
		return "changes" // it is another part that the changes make wrong
	}
	seen := map[string]bool{}
	for _, day := range org.days(periods) {
		var own hr.Faults
		org.check(&own, day, path)
		for _, e := range hr.FieldErrors(own.Err()) { // one fault may last for years: it is told of its first day
			if k := e.Path + string(e.Rule); !seen[k] {
				seen[k] = true
				f.Join("", e)
			}
		}
	}
	rows, err := s.Employments.Employments(ctx, people...)
	if err != nil {
		return err
	}
	for i, c := range changes {
		for _, id := range []hr.EmployeeID{c.Part.Unit.Head, c.Part.Dotted.Employee, c.Part.Dotted.To} {
			if _, known := find(rows, id); id != "" && !c.Ends && !known {
				f.Add(fmt.Sprintf("changes[%d].part", i), RuleManagerUnknown, "names somebody who is no employee")
			}
		}
	}
	return s.checkSeats(ctx, f, "changes", org, positions, nil, func(_ string, day hr.Date) bool {
		return slices.ContainsFunc(periods, func(p hr.Period) bool { return p.Contains(day) })
	})
}

// Organisation returns the organisation as known at v.Known.Rules; zero is today.
func (s Service) Organisation(ctx context.Context, v hr.View) (Organisation, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Organisation"); err != nil {
		return Organisation{}, err
	}
	return s.organisation(ctx, v.Known.Rules)
}

// organisation reads the organisation; without a port it has no part.
func (s Service) organisation(ctx context.Context, rules hr.Seq) (Organisation, error) {
	if s.Structure == nil {
		return Organisation{}, nil
	}
	entries, err := s.Structure.Parts(ctx, rules)
	if err != nil {
		return Organisation{}, err
	}
	return NewOrganisation(entries, rules)
}

func unwired(port string) *hr.FieldError {
	return &hr.FieldError{Path: "lifecycle." + port, Rule: RuleService, Reason: "is required for this", Err: hr.ErrRequired}
}
