package payroll

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// PayPeriod is a pay period and the day on which it is paid.
type PayPeriod struct {
	Period  hr.Period `class:"public"`
	PayDate hr.Date   `class:"public"`
}

// visit is a period of one employee that is calculated again.
type visit struct {
	PayPeriod
	posted map[string]decimal.Decimal // for it
	then   map[string]decimal.Decimal // what of that when the account was compared
	since  []hr.Ref                   // the runs that posted the rest
	first  bool                       // all of it was posted since: nothing was compared yet
	missed bool                       // nothing was posted for it
	causes []hr.Ref
}

// visitsOf lists the periods of an account that changes touch, oldest first: those posted by other runs that are not taken back, and
// those of missed for which nothing is posted. A period for which something was posted since the account was compared, such as a
// provisional payslip, is always among them. Where an earned line reads what was earned
// before, every later period follows the first that is touched.
func visitsOf(a account, changes []hr.Change, own hr.Period, missed []PayPeriod, carries bool) []visit {
	var out []visit
	periods := a.periods()
	for _, m := range missed {
		if m.Period != own && !slices.ContainsFunc(a.postings, func(p posted) bool { return p.Period.Overlaps(m.Period) }) {
			periods = append(periods, paidPeriod{period: m.Period, due: m.PayDate})
		}
	}
	slices.SortStableFunc(periods, func(x, y paidPeriod) int { return x.period.From.Compare(y.period.From) })
	for i := range periods {
		p := &periods[i]
		if p.period == own || p.closed() {
			continue
		}
		causes := p.since()
		for _, c := range changes {
			if c.Period.Overlaps(p.period) && !slices.Contains(causes, c.Cause) {
				causes = append(causes, c.Cause)
			}
		}
		if causes == nil && p.parts != nil && (!carries || len(out) == 0) {
			continue
		}
		v := p.visit(p.period, p.due)
		v.causes = causes
		out = append(out, v)
	}
	return out
}

func (p *paidPeriod) visit(period hr.Period, due hr.Date) visit {
	v := visit{PayPeriod: PayPeriod{Period: period, PayDate: due}, since: p.since(), missed: p.parts == nil}
	v.posted, v.then = p.lines(), p.then()
	if v.first = len(v.then) == 0 || p.shut; v.first {
		v.then = v.posted
	}
	return v
}

// visitsAgain lists the visits behind a payslip that exists, so that it can be calculated again whatever was learnt since.
func visitsAgain(a account, slip Payslip) []visit {
	out := make([]visit, len(slip.Looked))
	for i, x := range slip.Looked {
		paid, _ := a.of(x.Period)
		out[i] = paid.visit(x.Period, x.Due)
		out[i].causes = x.Refs
	}
	return out
}

// lookedAt is what a payslip keeps of its visits.
func lookedAt(visits []visit) []Looked {
	var out []Looked
	for _, v := range visits {
		out = append(out, Looked{Period: v.Period, Due: v.PayDate, Refs: v.causes})
	}
	return out
}

// step is one moment of knowledge between what was settled and what is known now, and the facts that were learnt with it.
type step struct {
	known hr.Known
	refs  []hr.Ref
}

// stepsOf orders the causes of visits by when they were learnt: adopted plans first, then the employee's own facts. Where one of those
// has no number, nobody can say what came before it, and all of them are one step. The last step is what is known now.
func stepsOf(settled, now hr.Known, visits []visit) []step {
	type moment struct {
		rank int
		seq  hr.Seq
	}
	refs := map[moment][]hr.Ref{}
	unnumbered := slices.ContainsFunc(visits, func(v visit) bool {
		return slices.ContainsFunc(v.causes, func(r hr.Ref) bool { return r.Seq == 0 })
	})
	for _, v := range visits {
		for _, ref := range v.causes {
			m := moment{2, 0}
			switch {
			case ref.Kind == adoptionRef:
				m = moment{0, ref.Seq}
			case ref.Seq > settled.Own && !unnumbered:
				m = moment{1, ref.Seq}
			}
			if !slices.Contains(refs[m], ref) {
				refs[m] = append(refs[m], ref)
			}
		}
	}
	moments := make([]moment, 0, len(refs))
	for m := range refs {
		moments = append(moments, m)
	}
	slices.SortFunc(moments, func(a, b moment) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.seq, b.seq)) })
	steps := []step{{known: settled}}
	for _, m := range moments {
		known := hr.Known{Own: m.seq, Rules: now.Rules}
		if m.rank == 0 {
			known = hr.Known{Own: settled.Own, Rules: m.seq}
		}
		steps = append(steps, step{known, sortedRefs(refs[m])})
	}
	if len(moments) == 0 {
		return append(steps, step{known: now})
	}
	steps[len(steps)-1].known = now
	return steps
}

func sortedRefs(refs []hr.Ref) []hr.Ref {
	slices.SortFunc(refs, func(a, b hr.Ref) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
	})
	return refs
}

// revision is one visit on its way through the steps.
type revision struct {
	visit
	value  map[string]decimal.Decimal // what the lines come to, as far as the steps have gone
	causes map[string][]ArrearCause   // of each line
	refs   []hr.Ref                   // of steps at which nothing could be calculated: they count with the next
}

func revise(v visit) *revision {
	r := &revision{visit: v, value: map[string]decimal.Decimal{}, causes: map[string][]ArrearCause{}}
	for name, amount := range v.then {
		r.value[name] = amount
	}
	for name, amount := range v.posted {
		if d := v.then[name].Sub(amount); !d.IsZero() {
			r.causes[name] = []ArrearCause{{Refs: v.since, Amount: d}}
		}
	}
	return r
}

// move goes to the values of the next step, and charges the differences to its cause.
func (r *revision) move(to map[string]decimal.Decimal, c ArrearCause) {
	c.Refs = sortedRefs(append(r.refs, c.Refs...))
	r.refs = nil
	for name := range r.value {
		if _, has := to[name]; !has {
			to[name] = decimal.Zero
		}
	}
	for name, amount := range to {
		if d := amount.Sub(r.value[name]); !d.IsZero() {
			c.Amount = d
			r.causes[name] = append(r.causes[name], c)
		}
	}
	r.value = to
}

// posting is the difference to what was posted at a step, as it would be posted.
func (r *revision) posting(posted map[string]decimal.Decimal) Posting {
	p := Posting{Kind: PostingArrears, Period: r.Period, PayDate: r.PayDate, Due: r.PayDate}
	for name, amount := range r.value {
		if d := amount.Sub(posted[name]); !d.IsZero() {
			p.Lines = append(p.Lines, Amount{Name: name, Amount: d})
		}
	}
	return p
}

// earned calculates a payslip as far as it belongs to the period it was earned in: those lines, by name.
func (p *Plan) earned(in Input) (map[string]decimal.Decimal, error) {
	w, err := p.prepare(in)
	if err != nil {
		return nil, ofPayslip(in.Employee, in.Period, in.PayDate, err)
	}
	result, err := p.program.Run(w.request)
	if err != nil {
		return nil, ofPayslip(in.Employee, in.Period, in.PayDate, err)
	}
	out := make(map[string]decimal.Decimal, len(p.lines))
	for i, l := range p.lines {
		if !p.whenPaid[l.Name] {
			out[l.Name] = result.Amount(i)
		}
	}
	var faults hr.Faults
	for _, i := range p.fine {
		if amount, earned := out[p.lines[i].Name]; earned {
			p.checkPlaces(&faults, i, amount)
		}
	}
	return out, faults.Err()
}

// arrears returns what is left of a revision, in the order of the plan. A line that was posted and that the plan lacks is taken back
// as one of the other plans describes it; where none does, it is a fault.
func (r *revision) arrears(plan *Plan, others []*Plan) ([]Arrear, error) {
	var out []Arrear
	var faults hr.Faults
	seen := map[string]bool{}
	add := func(l Line) {
		seen[l.Name] = true
		if d := r.value[l.Name].Sub(r.posted[l.Name]); !d.IsZero() {
			out = append(out, Arrear{Name: l.Name, Title: l.Title, Kind: l.Kind, Unit: l.Unit, Period: r.Period, Due: r.PayDate, Amount: d, Causes: r.causes[l.Name]})
		}
	}
	for _, p := range append([]*Plan{plan}, others...) {
		for _, l := range p.blank {
			if _, has := r.value[l.Name]; has && !seen[l.Name] && !p.whenPaid[l.Name] {
				add(l)
			}
			seen[l.Name] = true
		}
	}
	for name := range r.value {
		if !seen[name] {
			faults.Add("arrears."+name, RuleRetroLine, "was posted for %s, and no plan of this program has such a line", r.Period)
		}
	}
	return out, faults.Err()
}

// lessPosted takes from a payslip what was posted already for its own period: of every line where the payslip stands in the place of
// what was posted, and else of the lines that are earned.
func (p *Plan) lessPosted(s Payslip, paid paidPeriod, instead bool) (Payslip, error) {
	var faults hr.Faults
	s.Lines = slices.Clone(s.Lines)
	lines := paid.lines()
	has := map[string]bool{}
	for i, l := range s.Lines {
		has[l.Name] = true
		if instead || !p.whenPaid[l.Name] {
			s.Lines[i].Amount = l.Amount.Sub(lines[l.Name])
		}
	}
	for name, amount := range lines {
		if !has[name] && !amount.IsZero() {
			faults.Add("lines."+name, RuleRetroLine, "was posted for %s, and the plan has no such line", paid.period)
		}
	}
	if faults.Any() {
		return Payslip{}, fmt.Errorf("payroll: payslip of %s: %w", s.Employee, faults.Err())
	}
	return s, nil
}
