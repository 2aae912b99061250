package lifecycle

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Headcount is how full a position is on a day.
type Headcount struct {
	Position string   `class:"public"`
	Title    string   `class:"public"`
	Unit     string   `class:"public"`
	Seats    int      `class:"public"` // how many the plan allows
	Occupied int      `class:"public"` // who holds it on the day
	Coming   int      `class:"public"` // who is to hold it later and does not yet: hired, or transferred from a later day
	Offered  int      `class:"public"` // seats that are promised by offers, as the asker says
	Free     int      `class:"public"` // seats that nobody holds on any day from this on and that are not offered; below zero: too many are taken
	Budget   hr.Money `class:"money"`  // for all seats, a year
}

// UnitHeadcount adds up the positions of one unit; units below it are not in it.
type UnitHeadcount struct {
	Unit                                     string
	Seats, Occupied, Coming, Offered, Vacant int
	Budget                                   []hr.Money // one a currency
}

// ByUnit adds up rows by unit, by id of the unit. Vacant counts the free seats of each position that has some.
func ByUnit(rows []Headcount) (units []UnitHeadcount) {
	for _, r := range rows {
		i, found := slices.BinarySearchFunc(units, r.Unit, func(u UnitHeadcount, id string) int { return cmp.Compare(u.Unit, id) })
		if !found {
			units = slices.Insert(units, i, UnitHeadcount{Unit: r.Unit})
		}
		u := &units[i]
		u.Seats, u.Occupied, u.Coming, u.Offered, u.Vacant = u.Seats+r.Seats, u.Occupied+r.Occupied, u.Coming+r.Coming, u.Offered+r.Offered, u.Vacant+max(0, r.Free)
		if r.Budget.IsNothing() {
			continue
		}
		j := slices.IndexFunc(u.Budget, func(m hr.Money) bool { return m.Currency == r.Budget.Currency })
		if j >= 0 {
			u.Budget[j].Amount = u.Budget[j].Amount.Add(r.Budget.Amount)
		} else {
			u.Budget = append(u.Budget, r.Budget)
		}
	}
	return units
}

// Headcount returns how full positions are on a day, by id; all of the day where none is named. offered says for a position how many offers
// stand, which recruitment knows; nil: none. A position that is not there on the day is left out.
func (s Service) Headcount(ctx context.Context, v hr.View, on hr.Date, offered map[string]int, positions ...string) ([]Headcount, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Headcount"); err != nil {
		return nil, err
	}
	return s.headcount(ctx, v, on, offered, positions...)
}

func (s Service) headcount(ctx context.Context, v hr.View, on hr.Date, offered map[string]int, positions ...string) ([]Headcount, error) {
	org, err := s.organisation(ctx, v.Known.Rules)
	if err != nil {
		return nil, err
	}
	var rows []Headcount
	var ids []string
	for _, p := range org.Positions(on) {
		if len(positions) == 0 || slices.Contains(positions, p.ID) {
			rows = append(rows, Headcount{Position: p.ID, Title: p.Title, Unit: p.Unit, Seats: p.Seats, Offered: offered[p.ID], Budget: p.Budget})
			ids = append(ids, p.ID)
		}
	}
	held, err := s.holders(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := byPosition(held)
	for i := range rows {
		r := &rows[i]
		for _, line := range lines[r.Position] {
			switch {
			case holdsPosition(line, r.Position, on):
				r.Occupied++
			case slices.ContainsFunc(line.Steps(), func(st hr.Step[hr.Terms]) bool {
				return st.Since.After(on) && !st.Void && st.Value.Position == r.Position
			}):
				r.Coming++
			}
		}
		for day, people := range occupied(lines[r.Position], r.Position, append(org.parts[partKey{"position", r.Position}].Changes(hr.Period{From: on}), on)) {
			p, _ := org.Position(r.Position, day)
			switch {
			case day == on:
				r.Free = p.Seats - people
			case day.After(on):
				r.Free = min(r.Free, p.Seats-people)
			}
		}
		r.Free -= r.Offered
	}
	return rows, nil
}

// byPosition lists the terms of those who ever hold each position.
func byPosition(held chart) map[string][]hr.Timeline[hr.Terms] {
	lines := map[string][]hr.Timeline[hr.Terms]{}
	for _, line := range held {
		for _, id := range positionsOf(line) {
			lines[id] = append(lines[id], line)
		}
	}
	return lines
}

// occupied walks the days on which the number of people in a position changes, with others, in order: how many hold it from then on.
func occupied(lines []hr.Timeline[hr.Terms], position string, others []hr.Date) iter.Seq2[hr.Date, int] {
	return func(yield func(hr.Date, int) bool) {
		change := map[hr.Date]int{}
		for _, d := range others {
			change[d] += 0
		}
		for _, line := range lines {
			held := false
			for _, st := range line.Steps() {
				holds := !st.Void && st.Value.Position == position
				switch {
				case holds && !held:
					change[st.Since]++
				case held && !holds:
					change[st.Since]--
				}
				held = holds
			}
		}
		people := 0
		for _, day := range slices.SortedFunc(maps.Keys(change), hr.Date.Compare) {
			people += change[day]
			if !yield(day, people) {
				return
			}
		}
	}
}

// FreeSeats returns how many seats of a position are free for good from a day on, whoever took the others, as [Service.Headcount] counts
// them; recruitment asks it. A position that is not in the unit on that day is RuleOrgUnknown.
func (s Service) FreeSeats(ctx context.Context, v hr.View, unit, position string, on hr.Date) (int, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.FreeSeats"); err != nil {
		return 0, err
	}
	rows, err := s.headcount(ctx, v, on, nil, position)
	if err != nil {
		return 0, err
	}
	if len(rows) == 0 || rows[0].Unit != unit {
		return 0, &hr.FieldError{Path: "position", Rule: RuleOrgUnknown, Reason: "is not in the unit on that day"}
	}
	return rows[0].Free, nil
}

// Vacant lists the positions of a day that have free seats, by id, as [Service.Headcount] counts them.
func (s Service) Vacant(ctx context.Context, v hr.View, on hr.Date, offered map[string]int) ([]Headcount, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Vacant"); err != nil {
		return nil, err
	}
	rows, err := s.headcount(ctx, v, on, offered)
	return slices.DeleteFunc(rows, func(h Headcount) bool { return h.Free <= 0 }), err
}

func holdsPosition(line hr.Timeline[hr.Terms], position string, on hr.Date) bool {
	t, employed := line.At(on)
	return employed && t.Position == position
}

// holders returns the terms of everybody who ever held one of the positions, of others too perhaps.
func (s Service) holders(ctx context.Context, positions []string) (chart, error) {
	out := chart{}
	if len(positions) == 0 {
		return out, nil
	}
	wanted := map[string]bool{}
	for _, id := range positions {
		wanted[id] = true
	}
	read := func(ids []hr.EmployeeID) error {
		pins := make([]hr.Pin, len(ids))
		for i, id := range ids {
			pins[i].Employee = id
		}
		lines, err := timelines(ctx, s.Facts, pins)
		for i, line := range lines {
			if slices.ContainsFunc(line.Steps(), func(st hr.Step[hr.Terms]) bool { return wanted[st.Value.Position] }) {
				out[ids[i]] = line
			}
		}
		return err
	}
	if store, offers := s.Facts.(Holders); offers {
		ids, err := store.HoldersOf(ctx, positions...)
		if err != nil {
			return nil, err
		}
		return out, read(ids)
	}
	const page = 1000
	for after := hr.EmployeeID(""); ; {
		ids, err := s.Employments.EmployedIn(ctx, hr.Period{From: hr.MustDate("0001-01-01")}, after, page)
		if err != nil || len(ids) == 0 {
			return out, err
		}
		if err := read(ids); err != nil {
			return nil, err
		}
		after = ids[len(ids)-1]
	}
}

// seatGuards are the guard rows that two who take the last seat of a position wait for. They are rows of nobody: nothing is learnt under
// them. They sort behind the ids of employees.
func seatGuards(positions ...string) (ids []hr.EmployeeID) {
	for _, p := range positions {
		if p != "" {
			ids = append(ids, hr.EmployeeID("~position/"+p))
		}
	}
	return ids
}

// positionsOf lists the positions that a line of terms names, each once.
func positionsOf(line hr.Timeline[hr.Terms]) (ids []string) {
	for _, st := range line.Steps() {
		if p := st.Value.Position; p != "" && !slices.Contains(ids, p) {
			ids = append(ids, p)
		}
	}
	return ids
}

// checkSeats adds where a position of org holds more people than it has seats, with the terms of some as they will be, on the days that
// touched picks: what was too full before is nobody's fault now. A position that is not in the organisation on a day has no limit.
func (s Service) checkSeats(ctx context.Context, f *hr.Faults, path string, org Organisation, positions []string, changed chart, touched func(position string, day hr.Date) bool) error {
	held, err := s.holders(ctx, positions)
	if err != nil {
		return err
	}
	for id, line := range changed {
		held[id] = line
	}
	lines := byPosition(held)
	for _, id := range positions {
		var steps []hr.Date
		for _, st := range org.parts[partKey{"position", id}].Steps() {
			steps = append(steps, st.Since)
		}
		for day, people := range occupied(lines[id], id, steps) {
			if p, limited := org.Position(id, day); limited && people > p.Seats && touched(id, day) {
				f.Add(path, RuleHeadcount, "on %s position %s would hold %d of %d", day, id, people, p.Seats)
				break
			}
		}
	}
	return nil
}

// checkArrivals adds where people who are imported together, whose terms are in lines, take more seats of a position than it has.
func (s Service) checkArrivals(ctx context.Context, f *hr.Faults, path string, lines chart, ids []hr.EmployeeID) error {
	if s.Structure == nil {
		return nil
	}
	arriving := chart{}
	var positions []string
	for _, id := range ids {
		arriving[id] = lines[id]
		positions = append(positions, positionsOf(lines[id])...)
	}
	slices.Sort(positions)
	if positions = slices.Compact(positions); len(positions) == 0 {
		return nil
	}
	if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, seatGuards(positions...)...); err != nil {
		return err
	}
	org, err := s.organisation(ctx, 0)
	if err != nil {
		return err
	}
	return s.checkSeats(ctx, f, path, org, positions, arriving, func(position string, day hr.Date) bool {
		for _, line := range arriving {
			if holdsPosition(line, position, day) {
				return true
			}
		}
		return false
	})
}

// checkTaken adds where somebody, whose terms entries change, takes a seat of a position that has none left. It holds the guard rows of the
// positions first; they sort behind those of employees, so that whoever holds both took them in one order.
func (s Service) checkTaken(ctx context.Context, f *hr.Faults, path string, emp hr.EmployeeID, entries []hr.Entry[hr.Terms]) error {
	if s.Structure == nil || len(entries) == 0 {
		return nil
	}
	all, err := histories(ctx, s.Facts, []hr.Pin{{Employee: emp}})
	if err != nil {
		return err
	}
	now, err := hr.NewHistory(kindTerms, append(all[0].Entries(), numbered(all[0].Head()+1, entries)...)...)
	if err != nil {
		return nil // the entries are wrong in themselves, which is told already
	}
	before, line := all[0].AsKnown(0), now.AsKnown(0)
	takes := func(position string, day hr.Date) bool {
		return holdsPosition(line, position, day) && !holdsPosition(before, position, day)
	}
	positions := slices.DeleteFunc(positionsOf(line), func(id string) bool {
		return !slices.ContainsFunc(slices.Concat(line.Steps(), before.Steps()), func(st hr.Step[hr.Terms]) bool { return takes(id, st.Since) })
	})
	if len(positions) == 0 {
		return nil
	}
	if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, seatGuards(positions...)...); err != nil {
		return err
	}
	org, err := s.organisation(ctx, 0)
	if err != nil {
		return err
	}
	return s.checkSeats(ctx, f, path, org, positions, chart{emp: line}, takes)
}
