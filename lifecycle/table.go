package lifecycle

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Meaning says what a state means to pay, leave and attendance. The zero Meaning is an end: no terms, no pay, no work.
type Meaning struct {
	Employed bool // the days have terms; in Preboarding those from the first day on
	Works    bool // they are expected at work here; without it attendance gets an absence for each day, see [Away]
	// Paid is the share of the agreed pay that goes on, 0 to 1, unless the event says another: a suspension with a subsistence
	// allowance, a secondment that the host employer pays.
	Paid       decimal.Decimal
	Accrues    bool // leave goes on accruing
	Interrupts bool // it is left for the state before it again, or for an end
	Keeps      bool // what was agreed for the days goes on: a notice ends neither a long leave nor a secondment
}

// Table is the state machine of employments with the meaning of each state. It is immutable and safe for concurrent use. The zero
// Table is that of [Standard].
type Table struct {
	machine  hr.Machine[State, Event]
	meanings map[State]Meaning
}

var (
	atWork = Meaning{Employed: true, Works: true, Paid: decimal.NewFromInt(1), Accrues: true}

	standard = Table{machine: hr.MustMachine(Preboarding, rows(map[State]map[Event]State{
		Preboarding: {Join: Probation, Postpone: Preboarding, NoShow: NeverCame, CallOff: Withdrawn, Die: Deceased},
		Probation: {
			ExtendProbation: Probation, Confirm: Confirmed, Suspend: Suspended, StartLongLeave: OnLongLeave, Second: Seconded,
			Notice: OnNotice, Exit: Exited, Retire: Retired, Die: Deceased,
		},
		Confirmed: {Suspend: Suspended, StartLongLeave: OnLongLeave, Second: Seconded, Notice: OnNotice, Exit: Exited, Retire: Retired, Die: Deceased},
		Suspended: {
			Revise: Suspended, Reinstate: Confirmed, ResumeProbation: Probation, ResumeNotice: OnNotice,
			Exit: Exited, Retire: Retired, Die: Deceased,
		},
		OnLongLeave: {
			Revise: OnLongLeave, Return: Confirmed, ResumeProbation: Probation,
			Notice: OnNotice, Exit: Exited, Retire: Retired, Die: Deceased,
		},
		Seconded: {
			Revise: Seconded, Return: Confirmed, ResumeProbation: Probation,
			Notice: OnNotice, Exit: Exited, Retire: Retired, Die: Deceased,
		},
		OnNotice: {
			NoticeWithdrawn: Confirmed, ResumeProbation: Probation, ResumeLongLeave: OnLongLeave, ResumeSecondment: Seconded,
			Suspend: Suspended, Exit: Exited, Retire: Retired, Die: Deceased,
		},
		Exited: {Rehire: Preboarding}, Retired: {Rehire: Preboarding}, NeverCame: {Rehire: Preboarding}, Withdrawn: {Rehire: Preboarding},
	})...), meanings: map[State]Meaning{
		Preboarding: atWork, Probation: atWork, Confirmed: atWork,
		Suspended:   {Employed: true, Interrupts: true},
		OnLongLeave: {Employed: true, Interrupts: true},
		Seconded:    {Employed: true, Paid: decimal.NewFromInt(1), Accrues: true, Interrupts: true},
		OnNotice:    {Employed: true, Works: true, Paid: decimal.NewFromInt(1), Accrues: true, Interrupts: true, Keeps: true},
		Exited:      {}, Retired: {}, Deceased: {}, NeverCame: {}, Withdrawn: {},
	}}
)

// rows writes a table of ways as rows.
func rows(ways map[State]map[Event]State) (list []hr.Transition[State, Event]) {
	for from, on := range ways {
		for event, to := range on {
			list = append(list, hr.Transition[State, Event]{From: from, On: event, To: to})
		}
	}
	return list
}

// Standard returns the table as it comes. Its drawing is testdata/employment.dot.
func Standard() Table { return standard }

// Machine returns the states of an employment and what leads from one to another, as in [Standard].
func Machine() hr.Machine[State, Event] { return standard.machine }

// Machine returns what leads from which state to which.
func (t Table) Machine() hr.Machine[State, Event] { return t.orStandard().machine }

// Meaning returns what a state means. A state that is not in the table means nothing: nobody is employed in it.
func (t Table) Meaning(s State) Meaning { return t.orStandard().meanings[s] }

func (t Table) orStandard() Table {
	if t.meanings == nil {
		return standard
	}
	return t
}

// Extend returns the table with a host's own states, each with its meaning, and rows. A row may use an event of [Standard] where it
// leads where that event leads there; other events are moved by [Service.Move]. All faults come together as [hr.FieldError]s:
//
//   - a state without a meaning, one whose meaning is already fixed, a meaning without a state (RuleTableMeaning);
//   - pay, work or leave where nobody is employed, and a share of pay outside 0 to 1 (RuleTableMeaning);
//   - a way out of an end, save Rehire to the first state, and none at all out of Deceased (RuleTableEnd);
//   - an interruption without a way back to a state that it can begin from (RuleTableBack);
//   - an event of Standard that leads to somewhere else (RuleTableEvent);
//   - rows without a part or given twice, a state that cannot be reached (hr.RuleMachineRow, hr.RuleMachineReach).
func (t Table) Extend(states map[State]Meaning, more ...hr.Transition[State, Event]) (Table, error) {
	t = t.orStandard()
	var faults hr.Faults
	all := maps.Clone(t.meanings)
	for _, s := range slices.Sorted(maps.Keys(states)) {
		at, m := fmt.Sprintf("states[%s]", s), states[s]
		if _, taken := all[s]; taken {
			faults.Add(at, RuleTableMeaning, "has its meaning already")
			continue
		}
		if !m.Employed && (m.Works || m.Accrues || m.Interrupts || m.Keeps || !m.Paid.IsZero()) {
			faults.Add(at, RuleTableMeaning, "is not employed, so nobody works, is paid or goes back in it")
		}
		if m.Paid.Sign() < 0 || m.Paid.GreaterThan(atWork.Paid) {
			faults.Add(at+".paid", RuleTableMeaning, "must be a share of 0 to 1")
		}
		all[s] = m
	}
	rows := t.machine.Rows()
	leads := func(from State, to State) bool {
		return slices.ContainsFunc(rows, func(r hr.Transition[State, Event]) bool { return r.From == from && r.To == to })
	}
	rows = append(rows, more...)
	for i, r := range more {
		at := fmt.Sprintf("rows[%d]", i)
		if r.On == "" {
			faults.Missing(at+".on", hr.RuleMachineRow)
		}
		if slices.ContainsFunc(rows[:len(rows)-len(more)+i], func(o hr.Transition[State, Event]) bool { return o.From == r.From && o.On == r.On }) {
			faults.Add(at, hr.RuleMachineRow, "is the second row for %s on %s", r.From, r.On)
		}
		from, knownFrom := all[r.From]
		to, knownTo := all[r.To]
		if !knownFrom || !knownTo {
			faults.Add(at, RuleTableMeaning, "has a state whose meaning is not given")
			continue
		}
		rehire := r.On == Rehire
		if !from.Employed && (!rehire || r.To != t.machine.Start() || r.From == Deceased) || from.Employed && rehire {
			faults.Add(at, RuleTableEnd, "%s on %s to %s: from an end only %s leads on, to %s, and from %s nothing does", r.From, r.On, r.To, Rehire, t.machine.Start(), Deceased)
		}
		if to.Interrupts && r.From != r.To && !leads(r.To, r.From) {
			faults.Add(at, RuleTableBack, "%s interrupts %s, and no row leads back", r.To, r.From)
		}
		if uses := t.targets(r.On); len(uses) > 0 && !slices.Contains(uses, r.To) && !back(all[r.From], r.On) {
			faults.Add(at, RuleTableEvent, "%s leads to %v, not to %s; give the event a name of its own", r.On, uses, r.To)
		}
	}
	if faults.Any() {
		return Table{}, faults.Err()
	}
	m, err := hr.NewMachine(t.machine.Start(), rows...)
	faults.Join("", err)
	for _, s := range slices.Sorted(maps.Keys(states)) {
		if err == nil && !slices.Contains(m.States(), s) {
			faults.Add(fmt.Sprintf("states[%s]", s), hr.RuleMachineReach, "no row leads to it")
		}
	}
	if faults.Any() {
		return Table{}, faults.Err()
	}
	return Table{machine: m, meanings: all}, nil
}

// back reports whether a host's interruption may use an event of the standard table to go back: [Service.Return] does.
func back(from Meaning, on Event) bool { return from.Interrupts && (on == Return || on == Revise) }

// targets are the states that an event leads to.
func (t Table) targets(on Event) (states []State) {
	for _, r := range t.machine.Rows() {
		if r.On == on {
			states = append(states, r.To)
		}
	}
	slices.Sort(states)
	return slices.Compact(states)
}

// to returns the event that leads from a state to another; of several the first by name.
func (t Table) to(from, to State) (Event, bool) {
	for _, r := range t.machine.Rows() {
		if r.From == from && r.To == to {
			return r.On, true
		}
	}
	return "", false
}

// move moves e by on, or adds why that is not possible. An interruption remembers what it came from, and forgets it when it is left.
func (t Table) move(f *hr.Faults, e *Employment, on Event) {
	t = t.orStandard()
	next, err := t.machine.Next(e.State, on)
	if err != nil {
		f.Join("", &hr.FieldError{Path: "state", Rule: RuleEmploymentMove, Reason: err.Error(), Err: err})
		return
	}
	switch at := slices.Index(e.Behind, next); {
	case next == e.State:
	case at >= 0:
		e.Behind = slices.Clone(e.Behind[at+1:])
	case t.meanings[next].Interrupts:
		e.Behind = slices.Insert(slices.Clone(e.Behind), 0, e.State)
	default:
		e.Behind = nil
	}
	if len(e.Behind) == 0 {
		e.Behind = nil
	}
	e.State = next
}
