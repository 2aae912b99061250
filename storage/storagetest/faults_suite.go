package storagetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Faults proves what a host needs of a store that fails. It tells stories that go through the services and whatever ports the host keeps (hire,
// change a bank account, take leave, correct a punch, accept an offer, pay a month, deliver an event), each once for every call that it makes of
// the store, with a fault at that call, and sees to it that
//
//   - no unit is torn: after k commits the store has what it has after k commits without faults, whatever failed;
//   - the outermost unit runs again after a failure to serialise, a deadlock or a busy store, and nobody notices;
//   - any other failure reaches the caller as the error that it was, and a unit in which a call has failed never commits;
//   - the same commands sent again finish, with the answers and in the state of a story without faults: no payslip, payment or
//     accrual twice, and none missing, also where the database lied about a commit (an event that was delivered stays delivered, though
//     its consumer trusted the lie: that alone no sender can mend);
//   - every call has the context of the caller, and ends with it;
//   - a clock that jumps and a store that is slow change nothing.
//
// A fault strikes every call of every story: one kind at each, in turn, and each commit is also lost and left unreported. The environment
// variable MUSTER_FAULTS=all makes it every kind at every call, and MUSTER_FAULTS=2, or another number, begins the turns elsewhere. What was tried is
// logged, and so are the stories for which the host does not keep the ports.
func Faults(t *testing.T, open func(t *testing.T) Ports) {
	turn, every := 1, false
	if asked := os.Getenv("MUSTER_FAULTS"); asked == "all" {
		every = true
	} else if n, err := strconv.Atoi(asked); err == nil {
		turn = n
	}
	for _, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) {
			if missing := s.missing(open(t)); missing != nil {
				t.Logf("not offered: there is no such story without Ports.%s", strings.Join(missing, ", Ports."))
				return
			}
			s.disturb(t, open, turn, every)
		})
	}
}

// undisturbed is how a story goes without faults.
type undisturbed struct {
	calls   []string
	answers []any
	after   [][]any // what is stored after so many commits
	end     []any   // what is stored when all is done
}

func (s scenario) undisturbed(t *testing.T, open func(t *testing.T) Ports) (u undisturbed) {
	t.Helper()
	ctx := deadline(t)
	ports := open(t)
	calm := s.calm(t, ctx, ports)
	look := func() []any {
		t.Helper()
		got, err := calm.look(ctx)
		ok(t, err)
		return got
	}
	f := NewFaulty(ports)
	u.after = append(u.after, look())
	f.ended = func(units int, _ bool) {
		if units == len(u.after) {
			u.after = append(u.after, look())
		}
	}
	for _, step := range s.tell(newHouse(f.Ports(), f.Clock)).steps {
		answer, err := step.take(ctx)
		must(t, err == nil, "%s fails in a store without faults: %v", step.name, err)
		u.answers = append(u.answers, answer)
	}
	u.calls, u.end = f.Calls(), look()
	return u
}

// calm tells the story without faults on the same store, to prepare it and to look at it.
func (s scenario) calm(t *testing.T, ctx context.Context, p Ports) story {
	t.Helper()
	calm := s.tell(newHouse(p, func(now func() time.Time) func() time.Time { return now }))
	for _, step := range calm.before {
		_, err := step.take(ctx)
		must(t, err == nil, "%s: %v", step.name, err)
	}
	return calm
}

// disturb tells the story with one fault after the other.
func (s scenario) disturb(t *testing.T, open func(t *testing.T) Ports, turn int, every bool) {
	u := s.undisturbed(t, open)
	again := open(t).Again
	for _, k := range FaultKinds() {
		if k.again() && again[k] == nil {
			t.Logf("not offered: the store never reports %q by itself, so Faulty runs the unit again in its place", k)
		}
	}
	ways := len(faultsAt(1, "")) // in which a call that is no commit can fail
	all, tried, failed := 0, 0, 0
	for n, name := range u.calls {
		for i, fault := range faultsAt(n+1, name) {
			all++
			if !every && !fault.Kind.commits() && i != (n+turn)%ways {
				continue
			}
			tried++
			if problem := s.told(t, open(t), u, fault); problem != "" {
				t.Errorf("%s at call %d of %d, %s (seed %d): %s", fault.Kind, n+1, len(u.calls), name, fault.Seed, problem)
				if failed++; failed == 5 {
					t.Fatal("and so on")
				}
			}
		}
	}
	t.Logf("%d calls in %d units, each with a fault: %d of %d faults tried", len(u.calls), len(u.after)-1, tried, all)
}

// faultsAt returns every fault of a call: each kind with both its seeds and, last, what can only become of a commit.
func faultsAt(call int, name string) (out []Fault) {
	for seed := range 2 {
		for _, k := range FaultKinds() {
			if !k.commits() {
				out = append(out, Fault{Call: call, Kind: k, Seed: seed})
			}
		}
	}
	if name == commit {
		out = append(out, Fault{Call: call, Kind: FaultUnreported}, Fault{Call: call, Kind: FaultLost})
	}
	return out
}

// told tells the story with a fault, and again without, and returns what went wrong.
func (s scenario) told(t *testing.T, p Ports, u undisturbed, fault Fault) (problem string) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	calm := s.calm(t, ctx, p)
	differs := func(want, got any) string {
		d := differ{anyClock: fault.Kind == FaultClock}
		d.compare("value", reflect.ValueOf(&want).Elem(), reflect.ValueOf(&got).Elem())
		return strings.Join(d.lines, "\n")
	}
	f := NewFaulty(p, fault)
	torn := ""
	f.ended = func(units int, hit bool) {
		if !hit {
			return
		}
		got, err := calm.look(ctx)
		if err != nil {
			torn = err.Error()
		} else if units >= len(u.after) {
			torn = "there are more units than without faults"
		} else if d := differs(u.after[units], got); d != "" {
			torn = fmt.Sprintf("after %d commits the store has not what it had without faults:\n%s", units, d)
		}
	}
	steps := s.tell(newHouse(f.Ports(), f.Clock)).steps
	send := func(i int) (answer any, err error) {
		defer func() {
			if r := recover(); r != nil {
				thrown, ours := r.(*Fault)
				if !ours {
					panic(r)
				}
				err = thrown
			}
		}()
		return steps[i].take(f.Context(ctx))
	}
	for i, step := range steps {
		before := len(f.Struck())
		answer, err := send(i)
		if len(f.Struck()) > before {
			if wrong := f.judge(fault, err); wrong != "" {
				return step.name + ": " + wrong
			}
			if torn != "" {
				return step.name + ": " + torn
			}
			if fault.Kind == FaultLost {
				if step.trusts {
					return ""
				}
				break // once it is known, everything is sent again
			}
			if err != nil { // the host sends the command again
				answer, err = send(i)
			}
		}
		if err != nil {
			return fmt.Sprintf("%s, sent again: %v", step.name, err)
		}
		if d := differs(u.answers[i], answer); d != "" {
			return fmt.Sprintf("%s has another answer than without faults:\n%s", step.name, d)
		}
	}
	for i, step := range steps {
		answer, err := send(i)
		if err != nil {
			return fmt.Sprintf("%s, when everything is sent again: %v", step.name, err)
		}
		if d := differs(u.answers[i], answer); d != "" {
			return fmt.Sprintf("%s has another answer when everything is sent again:\n%s", step.name, d)
		}
	}
	if complaints := f.Complaints(); complaints != nil {
		return strings.Join(slices.Compact(complaints), "; ")
	}
	end, err := calm.look(ctx)
	if err != nil {
		return err.Error()
	}
	if d := differs(u.end, end); d != "" {
		return "when all is done the store has not what it had without faults:\n" + d
	}
	return ""
}

// judge says what is wrong with the answer of the command that the fault has struck.
func (f *Faulty) judge(fault Fault, err error) string {
	var want error
	switch k := fault.Kind; {
	case k == FaultLost:
		return "" // a command that finds out is right to refuse
	case k.harmless() || k.again() && !f.outside:
		if err != nil {
			return fmt.Sprintf("nothing should have failed: %v", err)
		}
		return ""
	case k == FaultCancel:
		want = context.Canceled
	case k == FaultDeadline:
		want = context.DeadlineExceeded
	default:
		want = f.inner.Again[k]
	}
	var ours *Fault
	switch {
	case err == nil:
		return "the store failed, and the command says that it went through"
	case want != nil && !errors.Is(err, want), want == nil && !errors.As(err, &ours):
		return fmt.Sprintf("the error is not the one of the store: %v", err)
	}
	return ""
}
