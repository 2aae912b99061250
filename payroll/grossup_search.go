package payroll

import (
	"cmp"
	"math"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

const (
	firstLooks = 256                   // cells of the first round
	cellParts  = 8                     // into which a cell is cut in each later round
	mostLooks  = 100_000               // payslips, at which a search ends
	mostUnits  = 1_000_000_000_000_000 // smallest units of an amount: beyond what anybody is paid, and far from what an int64 holds
	batchLooks = 256
)

// look is one amount and what its payslip comes to, in smallest units.
type look struct {
	at    int64
	value int64
	lines []int64 // that count, with their signs: they add up to value
	err   error   // there is no payslip
}

// search is a [GrossUp] on its way.
type search struct {
	plan   *Plan
	g      GrossUp
	count  []int // the lines that count
	sign   []int64
	target int64
	wobble int64 // how far outside of its figures at both ends of a cell a line is taken to go
	batch  *Batch
	base   prepared // of the least amount
	moved  []int    // the inputs that read what moves
	terms  []int    // which of the terms each of them reads; nil where an adjustment moves
	looks  []*look
	level  map[[2]int64]bool // stretches taken to be level
	done   int
	cut    bool

	below, above *look // the nearest so far
}

// cell is the amounts between two that were looked at.
type cell struct{ a, b *look }

func newSearch(p *Plan, g GrossUp) (*search, error) {
	s := &search{plan: p, g: g, batch: p.NewBatch(batchLooks), level: map[[2]int64]bool{}}
	s.target = s.units(g.Target)
	s.wobble = decimal.New(1, p.currency.Places()).IntPart()
	for i, l := range p.lines {
		sign := int64(0)
		switch kind := p.kinds[i]; {
		case g.Aim == AimLine:
			if l.Name == g.Line {
				sign = 1
			}
		case kind == Earning:
			sign = 1
		case kind == Deduction && g.Aim == AimNet:
			sign = -1
		case kind == Employer && g.Aim != AimNet, kind == Benefit && g.Aim == AimCostToCompany:
			sign = 1
		}
		if sign != 0 {
			s.count, s.sign = append(s.count, i), append(s.sign, sign)
		}
	}
	in, err := g.With(hr.Money{Amount: g.Least, Currency: p.currency})
	if err == nil {
		s.base, err = p.prepare(in)
	}
	for j, name := range g.Terms {
		_, _, instead := s.base.adjusted(name)
		if i, reads := p.program.Input(name); reads && !instead {
			s.moved, s.terms = append(s.moved, i), append(s.terms, j)
		}
	}
	if i, reads := p.program.Input(g.Adjustment); reads {
		s.moved = append(s.moved, i)
	}
	return s, err
}

// prepared returns what [Plan.prepare] makes of the input with an amount in place: the one of the least amount with other values in it, for
// preparing each from its facts would cost many times as much as to calculate it.
func (s *search) prepared(amount hr.Money) (prepared, error) {
	w := s.base
	w.request.Values = slices.Clone(w.request.Values)
	w.request.Pieces = slices.Clone(w.request.Pieces)
	for k := range w.request.Pieces {
		piece := &w.request.Pieces[k]
		piece.Values = slices.Clone(piece.Values)
		if s.terms == nil {
			continue
		}
		agreed, _ := s.g.Input.Terms.At(piece.Period.From)
		parts, err := s.g.share(agreed, amount)
		if err != nil {
			return w, err
		}
		for n, i := range s.moved {
			piece.Values[i] = formula.Number(parts[s.terms[n]])
			w.request.Values[i] = piece.Values[i] // of the last piece, as where it changes
		}
	}
	if s.terms == nil {
		for _, i := range s.moved {
			w.request.Values[i] = formula.Number(amount.Amount)
		}
	}
	return w, nil
}

func (s *search) amount(units int64) decimal.Decimal {
	return decimal.New(units, -s.plan.currency.Places())
}

func (s *search) money(units int64) hr.Money {
	return hr.Money{Amount: s.amount(units), Currency: s.plan.currency}
}

// units counts smallest units. What an int64 does not hold is as much as one does: more than any payslip comes to.
func (s *search) units(d decimal.Decimal) int64 {
	if n := d.Shift(s.plan.currency.Places()).BigInt(); n.IsInt64() {
		return n.Int64()
	}
	return int64(d.Sign()) * math.MaxInt64
}

// lookAt calculates the payslips of amounts, in their order.
func (s *search) lookAt(at []int64) ([]*look, error) {
	out := make([]*look, 0, len(at))
	for page := range slices.Chunk(at, batchLooks) {
		if err := s.batch.Begin(s.g.Input.Period, s.g.Input.PayDate); err != nil {
			return nil, err
		}
		for _, x := range page {
			w, err := s.prepared(s.money(x))
			if err != nil {
				return nil, err
			}
			row, err := s.batch.NewRow(s.g.Input.Employee)
			if err != nil {
				return nil, err
			}
			s.batch.put(row, w)
		}
		s.batch.Calculate()
		for row, x := range page {
			out = append(out, s.read(row, x))
		}
	}
	s.done += len(at)
	s.looks = append(s.looks, out...)
	for _, l := range out {
		if slices.ContainsFunc(hr.FieldErrors(l.err), func(e *hr.FieldError) bool { return e.Rule == RuleLinePlaces }) {
			return nil, l.err // the plan must be mended: between amounts with a payslip would be as many without
		}
	}
	return out, nil
}

func (s *search) read(row int, at int64) *look {
	l := &look{at: at, err: s.batch.Err(row)}
	if l.err != nil {
		return l
	}
	places, limit := s.plan.currency.Places(), decimal.New(1, 17)
	l.lines = make([]int64, len(s.count))
	for j, i := range s.count {
		a := s.batch.Amount(row, i).Shift(places)
		if !hr.FitsPlaces(a, 0) || a.Abs().GreaterThan(limit) {
			l.err = &hr.FieldError{Path: "lines." + s.plan.lines[i].Name, Rule: RuleLinePlaces, Reason: "has a fraction of the smallest unit, or more digits than anybody is paid"}
			return l
		}
		l.lines[j] = a.IntPart() * s.sign[j]
		l.value += l.lines[j]
	}
	return l
}

// run looks at the range, closer and closer.
func (s *search) run() error {
	cells, err := s.spread()
	if err != nil {
		return err
	}
	if err := s.refine(cells, s.mayReach); err != nil {
		return err
	}
	s.sort()
	s.nearest()
	if s.hits() || s.below == nil || s.above == nil || s.cut {
		return nil
	}
	cells = nil
	for i := range s.looks[1:] {
		cells = append(cells, cell{s.looks[i], s.looks[i+1]})
	}
	err = s.refine(cells, s.mayComeNearer)
	s.sort()
	return err
}

// spread makes the first cells. Without a bound it doubles the amount until the payslip is on the other side of the target, and once more.
func (s *search) spread() ([]cell, error) {
	low, high := s.units(s.g.Least), min(s.units(s.g.Most), mostUnits)
	at := []int64{low}
	least, err := s.lookAt(at)
	if err != nil {
		return nil, err
	}
	if s.g.Most.IsZero() {
		passed := false
		for high = max(2*low, s.units(s.g.Target.Abs()), 100); !passed && high < mostUnits; high *= 2 {
			far, err := s.lookAt([]int64{high})
			if err != nil {
				return nil, err
			}
			at = append(at, high)
			passed = far[0].err != nil || least[0].err == nil && s.side(far[0]) != s.side(least[0]) || least[0].err != nil && s.side(far[0]) > 0
		}
		high = min(high, mostUnits)
	}
	seen := slices.Clone(at)
	for k := range int64(firstLooks + 1) {
		x := low + (high-low)*k/firstLooks
		if !slices.Contains(seen, x) {
			at = append(at, x)
			seen = append(seen, x)
		}
	}
	if _, err := s.lookAt(seen[len(s.looks):]); err != nil {
		return nil, err
	}
	s.sort()
	var cells []cell
	for i := range s.looks[1:] {
		cells = append(cells, cell{s.looks[i], s.looks[i+1]})
	}
	return cells, s.influence()
}

// side says where a payslip is: below the target, at it or above it.
func (s *search) side(l *look) int { return cmp.Compare(l.value, s.target) }

// influence returns why no amount can be found, where that shows already.
func (s *search) influence() error {
	var first *look
	for _, l := range s.looks {
		switch {
		case l.err != nil:
		case first == nil:
			first = l
		case !slices.Equal(first.lines, l.lines):
			return nil
		}
	}
	switch {
	case first == nil:
		return s.looks[0].err
	case len(s.looks) > 1 && first.value != s.target:
		return &hr.FieldError{Path: "terms", Rule: RuleGrossUpIdle, Reason: "move nothing that counts toward the target, whatever the amount"}
	}
	return nil
}

// refine cuts the cells that may hold something, and those in them, until none is left that can be cut.
func (s *search) refine(cells []cell, may func(cell) bool) error {
	for {
		s.nearest()
		var open []cell
		var at []int64
		for _, c := range cells {
			if inner := c.inner(); inner != nil && may(c) {
				open = append(open, c)
				at = append(at, inner...)
			}
		}
		if len(at) == 0 {
			return nil
		}
		if s.cut = s.done+len(at) > mostLooks; s.cut {
			return nil
		}
		found, err := s.lookAt(at)
		if err != nil {
			return err
		}
		cells = cells[:0:0]
		for _, c := range open {
			n := len(c.inner())
			row := append(append([]*look{c.a}, found[:n]...), c.b)
			found = found[n:]
			same := n == cellParts-1
			for _, l := range row {
				same = same && l.err == nil && l.value == c.a.value
			}
			for i := range row[1:] {
				if same {
					s.level[[2]int64{row[i].at, row[i+1].at}] = true
				} else {
					cells = append(cells, cell{row[i], row[i+1]})
				}
			}
		}
	}
}

// inner lists the amounts that cut a cell; none where its ends are neighbours.
func (c cell) inner() []int64 {
	var out []int64
	wide := c.b.at - c.a.at
	parts := min(wide, cellParts)
	for k := int64(1); k < parts; k++ {
		out = append(out, c.a.at+wide*k/parts)
	}
	return out
}

// span returns the least and the most that a payslip between the two may come to, if each line stays within its figures at both.
func (c cell) span() (low, high int64) {
	for j, a := range c.a.lines {
		low += min(a, c.b.lines[j])
		high += max(a, c.b.lines[j])
	}
	return low, high
}

// mayReach reports whether an amount of the cell may reach the target. Where one end has no payslip, the last that has is looked for.
func (s *search) mayReach(c cell) bool {
	if c.a.err != nil || c.b.err != nil {
		return (c.a.err == nil) != (c.b.err == nil)
	}
	low, high := c.span()
	return low-s.wobble <= s.target && s.target <= high+s.wobble
}

// mayComeNearer reports whether an amount of the cell may come nearer to the target than any that was looked at, or as near with less.
func (s *search) mayComeNearer(c cell) bool {
	if c.a.err != nil || c.b.err != nil {
		return false
	}
	low, high := c.span()
	return high >= s.below.value && low <= s.above.value
}

func (s *search) sort() {
	slices.SortFunc(s.looks, func(a, b *look) int { return cmp.Compare(a.at, b.at) })
}

func (s *search) hits() bool {
	return slices.ContainsFunc(s.looks, func(l *look) bool { return l.err == nil && l.value == s.target })
}

// nearest finds the payslips that come nearest to the target from below and from above, of the least amount each.
func (s *search) nearest() {
	var below, above []*look
	for _, l := range s.looks {
		switch side := s.side(l); {
		case l.err != nil:
		case side == -1:
			below = append(below, l)
		case side == 1:
			above = append(above, l)
		}
	}
	if below != nil {
		s.below = slices.MinFunc(below, func(a, b *look) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.at, b.at)) })
	}
	if above != nil {
		s.above = slices.MinFunc(above, func(a, b *look) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.at, b.at)) })
	}
}

// answer puts together what was found.
func (s *search) answer() (GrossedUp, error) {
	out := GrossedUp{Cut: s.cut}
	s.nearest()
	switch {
	case s.hits():
		out.Exact = true
	case s.below == nil:
		return out, &hr.FieldError{Path: "target", Rule: RuleGrossUpBelow, Reason: "is less than what the payslip comes to with any amount of the range"}
	case s.above == nil:
		return out, &hr.FieldError{Path: "target", Rule: RuleGrossUpAbove, Reason: "is more than what the payslip comes to with any amount of the range"}
	default:
		out.Below, out.Above = s.reached(s.below), s.reached(s.above)
		out.Amount = out.Below.Amount
	}
	var last *look
	for _, l := range s.looks {
		if l.err != nil {
			last = nil
			continue
		}
		if l.value == s.target {
			if joined := last != nil && last.value == s.target && s.levelBetween(last, l); joined {
				out.Ways[len(out.Ways)-1].Through = s.amount(l.at)
			} else {
				out.Ways = append(out.Ways, AmountRange{From: s.amount(l.at), Through: s.amount(l.at)})
			}
		}
		if last != nil && l.at-last.at == 1 && s.jumps(last, l) {
			c, err := s.cliff(last, l)
			if err != nil {
				return out, err
			}
			out.Cliffs = append(out.Cliffs, c)
		}
		last = l
	}
	if out.Exact {
		out.Amount = out.Ways[0].From
	}
	var err error
	if out.Input, err = s.g.With(hr.Money{Amount: out.Amount, Currency: s.plan.currency}); err != nil {
		return out, err
	}
	out.Slip, err = s.plan.Calculate(out.Input)
	out.Calculations = s.done + 1
	return out, err
}

func (s *search) levelBetween(a, b *look) bool {
	return b.at-a.at == 1 || s.level[[2]int64{a.at, b.at}]
}

// jumps reports whether a payslip goes over the target without reaching it, or falls back to it or over it.
func (s *search) jumps(a, b *look) bool {
	over := a.value < s.target && s.target < b.value
	back := a.value > b.value && a.value >= s.target && s.target >= b.value
	return over || back
}

func (s *search) reached(l *look) Reached {
	return Reached{Amount: s.amount(l.at), Value: s.amount(l.value)}
}

// cliff names the lines that jump between two neighbouring amounts: by more than a smallest unit or, where none does, at all.
func (s *search) cliff(a, b *look) (Cliff, error) {
	c := Cliff{Before: s.reached(a), After: s.reached(b)}
	var sides [2]Payslip
	for i, l := range []*look{a, b} {
		in, err := s.g.With(s.money(l.at))
		if err != nil {
			return c, err
		}
		if sides[i], err = s.plan.Calculate(in); err != nil {
			return c, err
		}
	}
	s.done += 2
	var all, jumps []LineChange
	unit := s.amount(1)
	for i, l := range sides[0].Lines {
		change := LineChange{Name: l.Name, Title: l.Title, Kind: l.Kind, Before: l.Amount, After: sides[1].Lines[i].Amount}
		if !l.Kind.paid() && l.Name != s.g.Line || change.Difference().IsZero() {
			continue
		}
		all = append(all, change)
		if change.Difference().Abs().GreaterThan(unit) {
			jumps = append(jumps, change)
		}
	}
	if c.Lines = jumps; jumps == nil {
		c.Lines = all
	}
	slices.SortStableFunc(c.Lines, func(x, y LineChange) int { return y.Difference().Abs().Cmp(x.Difference().Abs()) })
	return c, nil
}
