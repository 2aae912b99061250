package company

import (
	"cmp"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/shopspring/decimal"
)

const (
	fileLeaveTypes   = "leave_types.csv"
	fileLeaveOpening = "leave_opening.csv"
	fileLeave        = "leave.csv"
)

// Days is a number of days of leave: whole and half ones.
type Days = decimal.Decimal

var half = decimal.New(5, -1)

// days reads a number of whole and half days above zero.
func (w row) days(column string) Days {
	d := w.amount(column)
	if w.has(column) && w.cells[column] == "" {
		w.text(column)
	} else if d.Sign() == 0 || !d.Mod(half).IsZero() {
		w.fault(column, RuleValue, "must be whole or half days above zero")
	}
	return d
}

// leaveTypes reads what kinds of leave there are.
func (r *reader) leaveTypes(c *Company) {
	s := r.sheet(fileLeaveTypes, false, "type", "name", "paid_share", "sandwich", "without_balance")
	seen := map[string]int{}
	var steps []hr.Step[leave.Policy]
	for _, w := range s.rows {
		p := leave.Policy{
			Type: leave.TypeID(w.name("type")), Name: w.text("name"), Unit: leave.Days, Paid: w.amount("paid_share"),
			Counting: leave.Counting{Sandwich: leave.Sandwich(w.optional("sandwich"))},
			Negative: leave.Negative{NoLimit: w.choice("without_balance", "yes", "no") == "yes"},
		}
		if p.Type == "" || !w.once(seen, "type", string(p.Type), "the type") {
			continue
		}
		if err := p.Validate(); err != nil {
			w.join("", err)
			continue
		}
		since, _ := hr.NewDate(max(1, c.Period.From.Year()-1), 1, 1)
		steps = append(steps, hr.Step[leave.Policy]{Since: since, Value: p, Source: hr.Source{Title: fileLeaveTypes}})
	}
	policies, err := leave.NewPolicies(steps...)
	r.faults.join(fileLeaveTypes, 0, "", err)
	c.LeaveTypes = policies
}

func (c *Company) types() map[string]bool {
	out := map[string]bool{}
	for t := range c.LeaveTypes {
		out[string(t)] = true
	}
	return out
}

// leaveOpening reads what is left of each lot when the month begins.
func (r *reader) leaveOpening(c *Company, all staff) {
	s := r.sheet(fileLeaveOpening, false, "employee", "type", "granted", "days", "expires")
	seen := map[string]int{}
	for _, w := range s.rows {
		m := all.of(w)
		lot := Lot{Row: w.place(), Credit: leave.Credit{
			Kind: leave.Opening, Type: leave.TypeID(known(w, "type", "a type of ", fileLeaveTypes, c.types())), Quantity: w.days("days"),
			Usable: hr.Period{From: w.date("granted", false), Through: w.date("expires", true)}, Source: c.Source(),
		}}
		if m == nil || lot.Usable.From.IsZero() {
			continue
		}
		if lot.Employee = m.ID(); !w.once(seen, "granted", string(m.ID())+"\x00"+string(lot.Type)+lot.Usable.From.String(), "a lot of this type and day") {
			continue
		}
		if !lot.Usable.Through.IsZero() && lot.Usable.Through.Before(lot.Usable.From) {
			w.fault("expires", hr.RulePeriodOrder, "must not be before granted")
		}
		c.Lots = append(c.Lots, lot)
	}
	slices.SortFunc(c.Lots, func(a, b Lot) int {
		return cmp.Or(cmp.Compare(a.Employee, b.Employee), cmp.Compare(a.Type, b.Type), a.Usable.From.Compare(b.Usable.From))
	})
}

// leave reads the requests that were approved.
func (r *reader) leave(c *Company, all staff) {
	s := r.sheet(fileLeave, false, "employee", "type", "from", "through", "half", "reason")
	rows := map[hr.EmployeeID][]row{}
	mine := map[hr.EmployeeID][]Leave{}
	for _, w := range s.rows {
		m := all.of(w)
		l := Leave{Row: w.place(), Application: leave.Application{
			Type:     leave.TypeID(known(w, "type", "a type of ", fileLeaveTypes, c.types())),
			Period:   hr.Period{From: w.date("from", false), Through: w.date("through", false)},
			FromHalf: hr.HalfOfDay(w.choice("half", "", "first", "second")), Reason: w.optional("reason"),
		}}
		if m == nil || l.Period.From.IsZero() || l.Period.Through.IsZero() {
			continue
		}
		l.Employee = m.ID()
		switch {
		case l.Period.Through.Before(l.Period.From):
			w.fault("through", hr.RulePeriodOrder, "must not be before from")
			continue
		case l.FromHalf != "" && l.Period.From != l.Period.Through:
			w.fault("half", leave.RuleRequestHalf, "is for a single day: from and through must be the same")
		case !m.Period().Covers(l.Period):
			w.fault("from", leave.RuleRequestEmployed, "they are employed %s only", m.Period())
		}
		for i, other := range mine[l.Employee] {
			if other.Period.Overlaps(l.Period) && (l.FromHalf == "" || other.FromHalf == "" || l.FromHalf == other.FromHalf) {
				w.fault("from", leave.RuleRequestOverlap, "shares days with line %d", rows[l.Employee][i].line)
			}
		}
		mine[l.Employee], rows[l.Employee] = append(mine[l.Employee], l), append(rows[l.Employee], w)
		c.Leave = append(c.Leave, l)
	}
	slices.SortFunc(c.Leave, func(a, b Leave) int {
		return cmp.Or(cmp.Compare(a.Employee, b.Employee), a.Period.From.Compare(b.Period.From), cmp.Compare(a.FromHalf, b.FromHalf))
	})
}
