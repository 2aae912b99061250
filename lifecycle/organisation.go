package lifecycle

import (
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// LegalEntity is who employs and pays; [hr.Terms.Entity] names one.
type LegalEntity struct {
	ID       string      `json:"id" class:"public"`
	Name     string      `json:"name,omitempty" class:"public"`
	Country  string      `json:"country,omitempty" class:"public"`
	Currency hr.Currency `json:"currency,omitempty" class:"public"`
}

// Unit is a part of the organisation; [hr.Terms.Department] names one. Units are a tree on every day.
type Unit struct {
	ID     string        `json:"id" class:"public"`
	Name   string        `json:"name,omitempty" class:"public"`
	Entity string        `json:"entity,omitempty" class:"public"` // the legal entity it belongs to; empty: it cuts across them
	Parent string        `json:"parent,omitempty" class:"public"` // the unit above; empty: it is at the top
	Head   hr.EmployeeID `json:"head,omitempty" class:"public"`   // empty: vacant
}

// Position is a place to work for so many people; [hr.Terms.Position] names one. Whose position reports to which is a tree on every day.
type Position struct {
	ID        string   `json:"id" class:"public"`
	Title     string   `json:"title,omitempty" class:"public"`
	Unit      string   `json:"unit" class:"public"`
	Grade     string   `json:"grade,omitempty" class:"public"`
	Seats     int      `json:"seats" class:"public"`                // how many people may hold it at once; 0: nobody
	Budget    hr.Money `json:"budget,omitzero" class:"money"`       // for all of them, a year, by plan
	ReportsTo string   `json:"reports_to,omitempty" class:"public"` // the position above; empty: none
}

// DottedLine says that somebody also answers to another, beside their manager: for a project, for a function.
type DottedLine struct {
	ID       string        `json:"id" class:"public"`
	Employee hr.EmployeeID `json:"employee" class:"public"`
	To       hr.EmployeeID `json:"to" class:"public"`
	For      string        `json:"for,omitempty" class:"public"` // in the host's words
}

// Part is one piece of the organisation: exactly one of its fields has an ID.
type Part struct {
	Entity   LegalEntity `json:"entity,omitzero" class:"public"`
	Unit     Unit        `json:"unit,omitzero" class:"public"`
	Position Position    `json:"position,omitzero" class:"public"`
	Dotted   DottedLine  `json:"dotted,omitzero" class:"public"`
}

// partKey tells the things of an organisation apart: the same id may name a unit and a position.
type partKey struct{ kind, id string }

// key returns what p is; ok is false unless p is exactly one thing.
func (p Part) key() (k partKey, ok bool) {
	n := 0
	for _, x := range []partKey{{"entity", p.Entity.ID}, {"unit", p.Unit.ID}, {"position", p.Position.ID}, {"dotted", p.Dotted.ID}} {
		if x.id != "" {
			k, n = x, n+1
		}
	}
	return k, n == 1
}

// Organisation is what is known of the organisation, by date. It is immutable; the zero Organisation has no part.
type Organisation struct {
	parts map[partKey]hr.Timeline[Part]
}

// NewOrganisation returns the organisation that entries say, as known at a number of the definitions; zero is today. Its errors are those
// of [hr.NewHistory], and RuleOrgPart for an entry that is not exactly one thing.
func NewOrganisation(entries []hr.Entry[Part], rules hr.Seq) (Organisation, error) {
	lists := map[partKey][]hr.Entry[Part]{}
	for _, e := range entries {
		k, ok := e.Value.key()
		if !ok {
			return Organisation{}, &hr.FieldError{Path: "entries", Rule: RuleOrgPart, Reason: "an entry is not exactly one part"}
		}
		lists[k] = append(lists[k], e)
	}
	o := Organisation{parts: map[partKey]hr.Timeline[Part]{}}
	for k, list := range lists {
		h, err := hr.NewHistory("organisation", list...)
		if err != nil {
			return Organisation{}, err
		}
		o.parts[k] = h.AsKnown(rules)
	}
	return o, nil
}

func (o Organisation) at(kind, id string, on hr.Date) (Part, bool) {
	return o.parts[partKey{kind, id}].At(on)
}

// keys lists everything of a kind that ever was, by id.
func (o Organisation) keys(kind string) []partKey {
	all := slices.SortedFunc(maps.Keys(o.parts), func(a, b partKey) int { return strings.Compare(a.id, b.id) })
	return slices.DeleteFunc(all, func(k partKey) bool { return k.kind != kind })
}

// LegalEntity returns a legal entity as it is on a day.
func (o Organisation) LegalEntity(id string, on hr.Date) (LegalEntity, bool) {
	p, ok := o.at("entity", id, on)
	return p.Entity, ok
}

// Unit returns a unit as it is on a day.
func (o Organisation) Unit(id string, on hr.Date) (Unit, bool) {
	p, ok := o.at("unit", id, on)
	return p.Unit, ok
}

// Position returns a position as it is on a day.
func (o Organisation) Position(id string, on hr.Date) (Position, bool) {
	p, ok := o.at("position", id, on)
	return p.Position, ok
}

// Units lists the units of a day, by id.
func (o Organisation) Units(on hr.Date) (units []Unit) {
	for _, k := range o.keys("unit") {
		if u, ok := o.Unit(k.id, on); ok {
			units = append(units, u)
		}
	}
	return units
}

// Positions lists the positions of a day, by id.
func (o Organisation) Positions(on hr.Date) (positions []Position) {
	for _, k := range o.keys("position") {
		if p, ok := o.Position(k.id, on); ok {
			positions = append(positions, p)
		}
	}
	return positions
}

// Above returns a unit and those above it on a day, the nearest first, each once; nothing where the unit is not there.
func (o Organisation) Above(unit string, on hr.Date) (up []Unit) {
	for unit != "" {
		u, ok := o.Unit(unit, on)
		if !ok || slices.ContainsFunc(up, func(x Unit) bool { return x.ID == u.ID }) {
			return up
		}
		up = append(up, u)
		unit = u.Parent
	}
	return up
}

// PositionsAbove returns the positions that a position reports to on a day, the nearest first, each once.
func (o Organisation) PositionsAbove(position string, on hr.Date) (up []Position) {
	at, ok := o.Position(position, on)
	for ok && at.ReportsTo != "" {
		if slices.ContainsFunc(up, func(x Position) bool { return x.ID == at.ReportsTo }) {
			return up
		}
		if at, ok = o.Position(at.ReportsTo, on); ok {
			up = append(up, at)
		}
	}
	return up
}

// DottedLines lists to whom somebody also answers on a day, by id of the line.
func (o Organisation) DottedLines(employee hr.EmployeeID, on hr.Date) (lines []DottedLine) {
	for _, k := range o.keys("dotted") {
		if p, ok := o.at("dotted", k.id, on); ok && p.Dotted.Employee == employee {
			lines = append(lines, p.Dotted)
		}
	}
	return lines
}

// days lists, of the days of periods, those on which something about the organisation is not as it was the day before.
func (o Organisation) days(periods []hr.Period) []hr.Date {
	var days []hr.Date
	for _, p := range periods {
		days = append(days, p.From)
		for _, line := range o.parts {
			for _, s := range line.Steps() {
				if p.Contains(s.Since) {
					days = append(days, s.Since)
				}
			}
		}
	}
	slices.SortFunc(days, hr.Date.Compare)
	return slices.Compact(days)
}

// check adds what is wrong with the organisation on a day; path leads to a part.
func (o Organisation) check(f *hr.Faults, on hr.Date, path func(partKey) string) {
	for _, u := range o.Units(on) {
		at := path(partKey{"unit", u.ID}) + ".unit"
		if _, ok := o.LegalEntity(u.Entity, on); u.Entity != "" && !ok {
			f.Add(at+".entity", RuleOrgUnknown, "unit %s: there is no entity %s on %s", u.ID, u.Entity, on)
		}
		if _, ok := o.Unit(u.Parent, on); u.Parent != "" && !ok {
			f.Add(at+".parent", RuleOrgUnknown, "unit %s: there is no unit %s on %s", u.ID, u.Parent, on)
		}
		if up := o.Above(u.ID, on); up[len(up)-1].Parent != "" && slices.ContainsFunc(up, func(x Unit) bool { return x.ID == up[len(up)-1].Parent }) {
			f.Add(at+".parent", RuleOrgCycle, "unit %s: on %s the units above it run in a circle", u.ID, on)
		}
	}
	for _, p := range o.Positions(on) {
		at := path(partKey{"position", p.ID}) + ".position"
		if _, ok := o.Unit(p.Unit, on); !ok {
			f.Add(at+".unit", RuleOrgUnknown, "position %s: there is no unit %s on %s", p.ID, p.Unit, on)
		}
		if _, ok := o.Position(p.ReportsTo, on); p.ReportsTo != "" && !ok {
			f.Add(at+".reports_to", RuleOrgUnknown, "position %s: there is no position %s on %s", p.ID, p.ReportsTo, on)
		}
		if up := o.PositionsAbove(p.ID, on); slices.ContainsFunc(up, func(x Position) bool { return x.ID == p.ID }) {
			f.Add(at+".reports_to", RuleOrgCycle, "position %s: on %s it would stand above itself", p.ID, on)
		}
	}
}

// check adds what is wrong with p by itself.
func (p Part) check(f *hr.Faults, at string) {
	if _, ok := p.key(); !ok {
		f.Add(at, RuleOrgPart, "must be one entity, unit, position or dotted line, with its id")
	}
	if p.Position.Seats < 0 || p.Position.Budget.Amount.Sign() < 0 {
		f.Add(at+".position", RuleOrgSeats, "seats and budget must not be negative")
	}
	if d := p.Dotted; d.ID != "" && (d.Employee == "" || d.To == "" || d.Employee == d.To) {
		f.Add(at+".dotted", RuleOrgDotted, "must lead from one employee to another")
	}
}
