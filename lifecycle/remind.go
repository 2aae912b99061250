package lifecycle

import (
	"cmp"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// OpenApproval is an approval that waits, with the case that it belongs to.
type OpenApproval struct {
	Case     hr.Ref
	Approval hr.Approval
}

// DueAction is something for the host to do about an approval.
type DueAction struct {
	Case  hr.Ref
	Do    DueVerb
	Level int          // of the approval
	Name  string       // of the level
	To    []hr.ActorID // who is reminded, or who is asked too, sorted
	Due   hr.Date      // the day by the end of which the level should have agreed
}

// DueVerb is what a [DueAction] is about.
type DueVerb string

const (
	Remind   DueVerb = "remind"   // the level is due within the days given, or overdue and nobody else can be asked
	Escalate DueVerb = "escalate" // the level is overdue: apply [hr.Approval.Escalate]
)

// DueApprovals says what to do about open approvals on a day: levels due on it or within so many calendar days after are reminded of,
// overdue levels are escalated once, and reminded of after. Those who have decided are not reminded. It is pure: a host
// polls it, acts, and may ask again. Calendars are by the name that levels give; one that is missing is a [hr.FieldError] with RuleRouteCalendar, and
// the days of a calendar must reach to the due day. Actions come by due day, then case, then level.
func DueApprovals(open []OpenApproval, day hr.Date, within int, zone *time.Location, calendars map[string]hr.Calendar) ([]DueAction, error) {
	var actions []DueAction
	var faults hr.Faults
	for _, o := range open {
		a := o.Approval
		for _, level := range a.Open() {
			l := a.Levels[level]
			if l.Within == 0 {
				continue
			}
			c, known := calendars[l.Calendar]
			if !known {
				faults.Add("calendars", RuleRouteCalendar, "calendar %q is missing", l.Calendar)
				continue
			}
			due, err := a.Due(level, c, zone)
			if err != nil {
				faults.Join("", err)
				continue
			}
			if due.IsZero() || due.After(day.Add(within)) {
				continue
			}
			act := DueAction{Case: o.Case, Do: Remind, Level: level, Name: l.Name, Due: due}
			if escalated, err := a.Escalate(level, time.Time{}); due.Before(day) && err == nil {
				act.Do, act.To = Escalate, escalated.Escalations[len(escalated.Escalations)-1].To
			} else {
				act.To = waiting(a, level)
			}
			slices.Sort(act.To)
			actions = append(actions, act)
		}
	}
	slices.SortStableFunc(actions, func(a, b DueAction) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Case.Kind, b.Case.Kind), cmp.Compare(a.Case.ID, b.Case.ID), cmp.Compare(a.Level, b.Level))
	})
	return actions, faults.Err()
}

// waiting lists who may still decide on a level: its approvers and those who stand in for them.
func waiting(a hr.Approval, level int) (ids []hr.ActorID) {
	l := a.Levels[level]
	ids = append(ids, l.Approvers...)
	for _, in := range l.StandIns {
		ids = append(ids, in.By)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return slices.DeleteFunc(ids, func(id hr.ActorID) bool {
		_, err := a.Decide(hr.Actor{ID: id}, true, "", time.Time{})
		return err != nil
	})
}
