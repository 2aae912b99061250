package attendance

import (
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// PermitKind says what a [Permit] allows.
type PermitKind string

// The kinds of permit. The first two are also those of [Duty].
const (
	PermitOnDuty   PermitKind = "on_duty"
	PermitHome     PermitKind = "work_from_home"
	PermitOvertime PermitKind = "overtime"
)

// Permit is the stored fact that somebody allowed work away from the clock, or overtime, on the days of its entry.
type Permit struct {
	Employee hr.EmployeeID `json:"employee" class:"public"`
	Kind     PermitKind    `json:"kind" class:"public"`
	Half     hr.HalfOfDay  `json:"half,omitempty" class:"private"`    // of a duty; empty: the whole day
	Minutes  int           `json:"minutes,omitempty" class:"private"` // of overtime, on each day
	At       time.Time     `json:"at" class:"private"`                // when it was allowed
}

// Validate returns [hr.FieldError]s with RulePermit: an unknown kind, a half that is none, minutes where none belong or none where they do.
func (p Permit) Validate() error {
	var faults hr.Faults
	switch p.Kind {
	case PermitOnDuty, PermitHome, PermitOvertime:
	default:
		faults.Add("kind", RulePermit, "must be on_duty, work_from_home or overtime")
	}
	if p.Half != hr.WholeDay && (p.Kind == PermitOvertime || p.Half != hr.FirstHalf && p.Half != hr.SecondHalf) {
		faults.Add("half", RulePermit, "must be first, second, or empty for the whole day; overtime has none")
	}
	if (p.Kind == PermitOvertime) != (p.Minutes > 0) || p.Minutes < 0 || p.Minutes > 1440 {
		faults.Add("minutes", RulePermit, "must be 1 to 1440 of overtime, and nothing of another kind")
	}
	return faults.Err()
}

// permits are what was allowed to one employee, as known at one pin.
type permits []hr.Entry[Permit]

func permitsFrom(entries []hr.Entry[Permit], known hr.Seq) (permits, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	history, err := hr.NewHistory("permit", entries...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(history.Live(known)), func(e hr.Entry[Permit]) bool { return e.Void }), nil
}

// duties returns the duties of a day. Where two of them cover one half the older stands, and leave goes before both.
func (p permits) duties(d hr.Date, absences []hr.Absence) []Duty {
	var taken [2]bool
	for _, a := range absences {
		for h := range taken {
			taken[h] = taken[h] || covers(a, h)
		}
	}
	var out []Duty
	for _, e := range p {
		if e.Value.Kind == PermitOvertime || !e.Period.Contains(d) {
			continue
		}
		duty := Duty{Employee: e.Value.Employee, Date: d, Half: e.Value.Half, Kind: DutyKind(e.Value.Kind), Ref: permitRef(e)}
		for h := range taken {
			if !taken[h] && duty.covers(h) {
				part := duty
				part.Half = halfNames[h]
				out = append(out, part)
				taken[h] = true
			}
		}
	}
	if len(out) == 2 && out[0].Ref == out[1].Ref {
		out = out[:1]
		out[0].Half = hr.WholeDay
	}
	return out
}

// allowances returns the overtime allowed on a day.
func (p permits) allowances(d hr.Date) []Allowance {
	var out []Allowance
	for _, e := range p {
		if e.Value.Kind == PermitOvertime && e.Period.Contains(d) {
			out = append(out, Allowance{Employee: e.Value.Employee, Date: d, Minutes: e.Value.Minutes, At: e.Value.At, Ref: permitRef(e)})
		}
	}
	return out
}

func permitRef(e hr.Entry[Permit]) hr.Ref { return hr.Ref{Kind: "permit", ID: e.ID, Seq: e.Seq} }
