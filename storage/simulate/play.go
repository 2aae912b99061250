package simulate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// Outcome is what came of a script.
type Outcome struct {
	Lines      []string    // one for each step: its number, and "ok" or the rules that refused it. The same on every store.
	Violations []Violation // what may never be; empty is good
	Refused    int         // steps that were refused
	Faults     int         // faults that happened

	Struck map[FaultKind]int // of each kind
}

// strike counts a fault that happens.
func (o *Outcome) strike(k FaultKind) {
	o.Faults++
	o.Struck[k]++
}

// Digest is the SHA-256 of the lines: two stores that did the same have the same.
func (o Outcome) Digest() string {
	sum := sha256.Sum256([]byte(strings.Join(o.Lines, "\n")))
	return hex.EncodeToString(sum[:])
}

// Violation is an invariant that did not hold.
type Violation struct {
	Step      Step   // after which step it was seen
	Invariant string // the name of the [Invariant]
	What      string // in words, without a secret value
}

// String is the violation in one line.
func (v Violation) String() string {
	return fmt.Sprintf("after step %q: %s: %s", v.Step, v.Invariant, v.What)
}

// Options say how a script is played. The zero Options are right for most.
type Options struct {
	Invariants []Invariant        // what must hold; nil: [Invariants]
	Policy     hr.Policy          // who may do what; nil: the one of the package, by the names in scripts
	Progress   func(done, of int) // told after each step, if it is not nil
	Stop       bool               // at the first violation
}

// Play plays a script in a company over a store, which must be empty. The error tells that it could not be played: what the company or the
// script lacks, or a context that is over. What went wrong in the house is in the outcome.
func Play(ctx context.Context, c Company, s Script, db Store, o Options) (Outcome, error) {
	if err := c.Validate(); err != nil {
		return Outcome{}, err
	}
	if o.Invariants == nil {
		o.Invariants = Invariants()
	}
	if o.Policy == nil {
		o.Policy = mayDo
	}
	w := &World{Company: c, Store: db, Script: s, now: s.From.At(hr.MustTimeOfDay("08:00"), c.Zone), book: newBook()}
	w.ports = storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}, db)
	p := player{w: w, o: o, rng: rand.New(rand.NewPCG(s.Seed, 0)), out: Outcome{Struck: map[FaultKind]int{}}}
	for at := 0; at < len(s.Steps); {
		if err := ctx.Err(); err != nil {
			return p.out, err
		}
		end := at + 1
		for end < len(s.Steps) && s.Steps[end].Beside {
			end++
		}
		p.play(ctx, s.Steps[at:end], lookAt(s.Steps, end))
		at = end
		if o.Progress != nil {
			o.Progress(at, len(s.Steps))
		}
		if o.Stop && len(w.violations) > 0 {
			break
		}
	}
	p.out.Violations = w.violations
	return p.out, nil
}

// everyMonth is how many employees at most are looked at as a whole at the end of a month, beside those about whom something was done: others each
// month. Of a small company it is an eighth, so that what is looked at costs no more than what is done.
const everyMonth = 24

// look is how much is looked at after a step.
type look int

const (
	touched  look = iota // those about whom something was done
	monthEnd             // and some others
	theEnd               // everybody
)

// lookAt is how much is looked at before the step at a place.
func lookAt(steps []Step, next int) look {
	switch {
	case next == len(steps):
		return theEnd
	case steps[next].Day.Month() != steps[next-1].Day.Month():
		return monthEnd
	}
	return touched
}

type player struct {
	w   *World
	o   Options
	rng *rand.Rand
	out Outcome
}

// play plays the steps that happen at once, and then looks whether everything holds.
func (p *player) play(ctx context.Context, steps []Step, how look) {
	// The clock goes by a minute a step and by the day of the script, and never back.
	day := steps[0].Day.At(hr.MustTimeOfDay("23:00"), p.w.Company.Zone)
	if day.Before(p.w.now) {
		day = p.w.now
	}
	p.w.now = day.Add(time.Minute)
	lines, calls, tasks := make([]string, len(steps)), make([]*call, len(steps)), make([]task, len(steps))
	for i, step := range steps {
		fault, units := step.Fault, 0
		tasks[i] = task{
			run:    func(turn func()) { lines[i], calls[i] = p.step(ctx, step, turn, &fault, &units) },
			frozen: func() bool { return fault.Kind == Frozen && units+1 >= fault.At },
		}
		if fault.Kind == Ahead || fault.Kind == Behind || fault.Kind == Frozen && len(steps) > 1 { // alone nobody can be frozen out
			p.out.strike(fault.Kind)
		}
	}
	together(p.rng.IntN, tasks...)
	scope := Scope{Whole: how != touched, End: how == theEnd}
	for i, step := range steps {
		p.out.Lines = append(p.out.Lines, fmt.Sprint(step.N, " ", lines[i]))
		if lines[i] != "ok" && !strings.HasPrefix(lines[i], "ok ") {
			p.out.Refused++
		} else if calls[i].part > 0 {
			p.w.book.done[step.N] = true
		}
		if strings.HasPrefix(lines[i]+" ", "ok ") {
			scope.done = append(scope.done, step)
		}
		scope.Employees = append(scope.Employees, calls[i].touched...)
		scope.requests = append(scope.requests, calls[i].asked...)
		scope.runs = append(scope.runs, calls[i].runs...)
		if first := hr.DateOf(p.w.now, p.w.Company.Zone).FirstOfMonth(); !calls[i].earliest.IsZero() && calls[i].earliest.Before(first) {
			for _, id := range calls[i].touched {
				p.w.book.late[id] = true
			}
		}
	}
	switch how {
	case monthEnd:
		scope.Employees = append(scope.Employees, p.w.sample()...)
	case theEnd:
		scope.Employees = p.w.employees()
	}
	slices.Sort(scope.Employees)
	scope.Employees = slices.Compact(scope.Employees)
	last := steps[len(steps)-1]
	if err := p.w.moved(ctx, &scope); err != nil {
		p.w.violate(last, "knowledge", "could not be looked at: "+err.Error())
	}
	p.w.read = reads{slips: map[*run][]payroll.Payslip{}, banks: map[*run]payroll.PaymentBatch{}}
	defer func() { p.w.read = reads{} }()
	for _, inv := range p.o.Invariants {
		found, err := inv.check(ctx, p.w, scope)
		if err != nil {
			found = append(found, "could not be looked at: "+err.Error())
		}
		for _, what := range found {
			p.w.violate(last, inv.Name, what)
		}
	}
}

// moved finds those of whom something was written since they were last looked at. What is known of the others is what was known then, so that
// what follows from it alone holds as it did.
func (w *World) moved(ctx context.Context, s *Scope) error {
	heads, err := w.Store.Heads(ctx, s.Employees...)
	if err != nil {
		return err
	}
	for _, h := range heads {
		if s.Whole || w.book.seen[h.Employee] != h.Known {
			s.moved = append(s.moved, h.Employee)
		}
		w.book.seen[h.Employee] = h.Known
	}
	return nil
}

// tries is how often a host sends a command again that got no answer.
const tries = 5

// step plays one step until it is answered: what a fault of the script kept from an answer is sent again, as it was.
func (p *player) step(ctx context.Context, step Step, turn func(), fault *Fault, units *int) (line string, c *call) {
	now := p.w.now
	switch fault.Kind {
	case Ahead:
		now = now.Add(time.Duration(fault.At) * time.Minute)
	case Behind:
		now = now.Add(-time.Duration(fault.At) * time.Minute)
	}
	for range tries {
		var err error
		ports, ctx, clock := p.w.ports, ctx, func() time.Time { return now }
		var calls *storagetest.Faulty
		if kind, at := atCalls[fault.Kind]; at {
			calls = storagetest.NewFaulty(ports, storagetest.Fault{Call: fault.At, Kind: kind, Seed: step.N})
			ports, ctx, clock = calls.Ports(), calls.Context(ctx), calls.Clock(clock)
		}
		tx := faulty{Transactor: mirroring{ports.Tx, &p.w.book.mirror}, turn: turn, fault: fault, units: units, fired: p.out.strike}
		c = &call{
			usage:    verbs[step.Verb].usage,
			services: p.w.wire(ports, tx, p.o.Policy, clock), w: p.w, ctx: ctx, step: step,
			view: hr.View{Actor: actor(step.Who), Purpose: "history"},
		}
		err = c.attempt()
		if calls != nil {
			for range calls.Struck() {
				p.out.strike(fault.Kind)
			}
			for _, what := range calls.Complaints() {
				p.w.violate(step, "failing calls", what)
			}
			if len(calls.Struck()) > 0 && c.struckBy(err) {
				err = errFault
			}
			*fault = Fault{}
		}
		if err == nil && fault.Kind == Repeat {
			*fault = Fault{}
			p.out.strike(Repeat)
			*units = 0
			continue // the same commands again: the answers must be the first ones
		}
		switch {
		case errors.Is(err, errFault):
			*units = 0
			continue
		case len(c.faults) > 0:
			p.w.violate(step, "script", errors.Join(c.faults...).Error())
			return "no step", c
		}
		return p.answer(step, c, err), c
	}
	p.w.violate(step, "answered", "a command that is sent again and again gets no answer")
	return "no answer", c
}

// attempt runs the verb once. A process that is killed is one that gives no answer.
func (c *call) attempt() (err error) {
	defer func() {
		switch r := recover(); r.(type) {
		case nil:
		case crash, *storagetest.Fault:
			err = errFault
		default:
			c.w.violate(c.step, "no panic", "the step panics")
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return verbs[c.step.Verb].run(c)
}

// struckBy reports whether an error is what a single call that failed led to.
func (c *call) struckBy(err error) bool {
	var fault *storagetest.Fault
	return errors.As(err, &fault) || err != nil && c.ctx.Err() != nil && errors.Is(err, c.ctx.Err())
}

// answer puts what came of a step into words that are the same on every store, and looks whether an error is one that a host can use.
func (p *player) answer(step Step, c *call, err error) string {
	if err == nil {
		return strings.Join(append([]string{"ok"}, c.log...), " ")
	}
	p.w.leaks(step, err)
	var rules []string
	for _, f := range hr.FieldErrors(err) {
		rules = append(rules, string(f.Rule))
	}
	switch {
	case errors.Is(err, hr.ErrDenied):
		rules = append(rules, "denied")
	case errors.Is(err, storage.ErrErased):
		rules = append(rules, "erased")
	case errors.Is(err, storage.ErrConflict):
		rules = append(rules, "conflict")
	case errors.Is(err, storage.ErrNotFound) && len(rules) == 0:
		rules = append(rules, "not found")
	}
	if len(rules) == 0 {
		p.w.violate(step, "typed errors", "an error says no rule: "+err.Error())
		rules = []string{"error"}
	}
	slices.Sort(rules)
	return "refused " + strings.Join(slices.Compact(rules), " ")
}
