package leak

import (
	"context"
	"fmt"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/need"
	"github.com/musterhr/hr/storage/storagetest"
)

// Prove tells the story over a store once as it is, and then with faults of each kind at so many of its calls, spread over the whole of it and other ones for each kind; nothing that is printed may
// show a planted value. Then it leaks in each way there is, and each leak must be seen.
func Prove(t *testing.T, samples int, open func(t *testing.T) storagetest.Ports) {
	count := storagetest.NewFaulty(open(t))
	s := NewSink()
	astray, entitled, err := Tell(s, Scene{Ports: count.Ports(), Context: count.Context, Clock: count.Clock})
	need.NoError(t, err)
	need.Empty(t, Leaks(s.String()), Around(s.String()))
	need.Empty(t, astray)
	need.Equal(t, []string{Salary, "64883.37"}, Leaks(entitled.Payslip), "a payslip is entitled to its figures, and to no number")
	need.Equal(t, []string{Account, "64883.37"}, Leaks(entitled.BankFile), "a bank file to accounts and what is paid into them")
	need.Subset(t, Leaks(entitled.Export), []string{Salary, Raise, PAN, Visa, Account}, "and a person to everything of theirs")
	calls := len(count.Calls())
	need.Greater(t, calls, 400)
	struck := 0
	for k, kind := range storagetest.FaultKinds() {
		for n := range samples {
			at := 1 + (n*len(storagetest.FaultKinds())+k)*calls/(samples*len(storagetest.FaultKinds()))
			f := storagetest.NewFaulty(open(t), storagetest.Fault{Call: at, Kind: kind, Seed: n})
			s := NewSink()
			_, _, err := Tell(s, Scene{Ports: f.Ports(), Context: f.Context, Clock: f.Clock})
			need.NoError(t, err)
			need.Empty(t, Leaks(s.String()), "%s at call %d: %s", kind, at, Around(s.String()))
			struck += len(f.Struck())
		}
	}
	need.Greater(t, struck, samples*5, "faults are not told of that never struck")
	for name, leak := range doubles() {
		t.Run("a leak is seen: "+name, func(t *testing.T) {
			s := NewSink()
			_, _, err := Tell(s, Scene{Ports: leak(s, open(t))})
			need.NoError(t, err)
			need.NotEmpty(t, Leaks(s.String()))
		})
	}
}

// doubles leak, each in a way of its own.
func doubles() map[string]func(s *Sink, p storagetest.Ports) storagetest.Ports {
	employments := func(leak func(s *Sink, e lifecycle.Employment) error) func(*Sink, storagetest.Ports) storagetest.Ports {
		return func(s *Sink, p storagetest.Ports) storagetest.Ports {
			p.Employments = leaky{p.Employments, func(e lifecycle.Employment) error { return leak(s, e) }}
			return p
		}
	}
	return map[string]func(*Sink, storagetest.Ports) storagetest.Ports{
		"an error": employments(func(_ *Sink, e lifecycle.Employment) error {
			return fmt.Errorf("account %s is not kept", e.Person.Bank.Number.Reveal())
		}),
		"a panic": employments(func(_ *Sink, e lifecycle.Employment) error { panic("account " + e.Person.Bank.Number.Reveal()) }),
		"a log": employments(func(s *Sink, e lifecycle.Employment) error {
			s.Log.Info("kept", "account", e.Person.Bank.Number.Reveal())
			return nil
		}),
		"an event": func(_ *Sink, p storagetest.Ports) storagetest.Ports {
			written := p.Written
			p.Written = func(ctx context.Context) ([]storage.Audit, []storage.Event, error) {
				audits, events, err := written(ctx)
				return audits, append(events, storage.Event{Kind: "paid", Digest: Salary}), err
			}
			return p
		},
		"the export of somebody else": func(_ *Sink, p storagetest.Ports) storagetest.Ports {
			p.Documents = everybodys{p.Documents}
			return p
		},
	}
}

// rows is lifecycle.Employments under another name than one of its methods.
type rows interface{ lifecycle.Employments }

// leaky tells what it keeps.
type leaky struct {
	rows
	leak func(lifecycle.Employment) error
}

func (l leaky) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	if err := l.rows.PutEmployment(ctx, e); err != nil {
		return err
	}
	return l.leak(e)
}

// everybodys gives everybody the documents of E1.
type everybodys struct{ lifecycle.Documents }

func (e everybodys) DocumentsOf(ctx context.Context, _ hr.EmployeeID) ([]lifecycle.Document, error) {
	list, err := e.Documents.DocumentsOf(ctx, "E1")
	for i := range list {
		list[i].Employee = "E2"
	}
	return list, err
}
