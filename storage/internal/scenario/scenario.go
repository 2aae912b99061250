// Package scenario is a payroll that can be killed at any moment and begun again: months of a small company, paid one after the other by
// commands whose ids follow from the month. Whoever runs it again sends the same commands, and goes on where it stopped. The tests of the SQL
// stores run it in processes that they kill and freeze, and then [Verify] what is there. Beside it are [Payslips] that are hard to keep exactly.
package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Store is what the scenario needs of a store.
type Store interface {
	storage.Transactor
	storage.Log
	storage.Knowledge
	storage.Journal
	lifecycle.Employments
	lifecycle.Facts
	payroll.Runs
	payroll.Results
	payroll.Postings
	payroll.Adjustments
	payroll.Adoptions
}

// Company is how much there is to do.
type Company struct {
	Employees int
	Months    int
	Chunk     int
}

const rules = `input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line fund "Fund" in deductions = round(basic_pay * 12%, 1)
line employer_fund "Employer's fund" in employer = fund
`

var (
	preparer = hr.Actor{ID: "preparer"}
	approver = hr.Actor{ID: "approver"}
	begins   = hr.MustDate("2020-04-01")
)

// Services wires what the scenario calls.
func (c Company) Services(db Store) (lifecycle.Service, payroll.Service, *payroll.Plan, error) {
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}}, Components: []payroll.Component{{Text: rules}},
	})
	if err != nil {
		return lifecycle.Service{}, payroll.Service{}, nil, err
	}
	kit := storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Secret: secret, Authorize: hr.AllowAll}
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db}
	return people, payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people,
		Changes: []payroll.Changes{people}, Plans: []*payroll.Plan{plan}, Chunk: c.Chunk,
		Approvers: []hr.ApprovalLevel{{Name: "approver", Approvers: []hr.ActorID{approver.ID}}},
	}, plan, nil
}

// secret keys the log of commands, as it must over a store that seals.
var secret = []byte("thirty-two bytes and more of test")

func command(by hr.Actor, id string) hr.Command {
	return hr.Command{ID: hr.CommandID(id), Actor: by, Purpose: "monthly payroll", Reason: "the month is over"}
}

func employee(n int) hr.EmployeeID { return hr.EmployeeID(fmt.Sprintf("E%05d", n)) }

func basic(n int) decimal.Decimal { return decimal.New(int64(2000000+100*n), -2) }

func (c Company) month(n int) (hr.Period, string) {
	from, err := begins.AddMonths(n, hr.MonthClamp)
	if err != nil {
		panic(err) // the first of a month has every month after it
	}
	p := hr.MonthOf(from)
	return p, p.From.String()[:7]
}

// Work does what is left of everything: it hires, and then creates, calculates, approves, pays and closes the run of each month. It says what it has
// done after each command. The same work may be done by several processes at once: a command of another is then waited for, or refused because it
// has overtaken this one, and is sent again.
func (c Company) Work(ctx context.Context, db Store, done func(step string)) error {
	people, pay, plan, err := c.Services(db)
	if err != nil {
		return err
	}
	step := func(name string, call func(cmd func(hr.Actor) hr.Command) error) error {
		for try := 1; ; try++ {
			err := call(func(by hr.Actor) hr.Command { return command(by, name) })
			if err == nil {
				done(name)
				return nil
			}
			if try == 20 || ctx.Err() != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	err = step("import", func(cmd func(hr.Actor) hr.Command) error {
		rows := make([]lifecycle.Arrival, c.Employees)
		for i := range rows {
			terms := hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: basic(i)}}}
			rows[i] = lifecycle.Arrival{Hire: hr.Hire{Employee: employee(i), Person: hr.Person{Name: "A Specimen"}, Start: begins, Terms: terms}, Joined: true}
		}
		_, err := people.Import(ctx, cmd(preparer), rows)
		return err
	})
	if err == nil {
		err = step("adopt", func(cmd func(hr.Actor) hr.Command) error {
			_, err := pay.Adopt(ctx, cmd(preparer), plan, hr.Period{From: begins})
			return err
		})
	}
	for n := 0; n < c.Months && err == nil; n++ {
		period, name := c.month(n)
		var id payroll.RunID
		var digest string
		for _, s := range []struct {
			name string
			call func(cmd func(hr.Actor) hr.Command) error
		}{
			{"create", func(cmd func(hr.Actor) hr.Command) (err error) {
				id, err = pay.CreateRun(ctx, cmd(preparer), payroll.RunSpec{Kind: payroll.RunRegular, Period: period, PayDate: period.Through})
				return err
			}},
			{"calculate", func(cmd func(hr.Actor) hr.Command) (err error) {
				digest, err = pay.Calculate(ctx, cmd(preparer), id)
				return err
			}},
			{"approve", func(cmd func(hr.Actor) hr.Command) error {
				_, err := pay.Approve(ctx, cmd(approver), id, digest)
				return err
			}},
			{"pay", func(cmd func(hr.Actor) hr.Command) error { _, err := pay.Pay(ctx, cmd(preparer), id); return err }},
			{"close", func(cmd func(hr.Actor) hr.Command) error { _, err := pay.Close(ctx, cmd(preparer), id); return err }},
		} {
			if err = step(name+"/"+s.name, s.call); err != nil {
				break
			}
		}
	}
	return err
}

// Verify returns every way in which the store is not what one process would have left that nobody disturbed: each month is one closed run with one
// payslip and one posting for each employee, of the amount that arithmetic gives, and nothing else is posted.
func (c Company) Verify(ctx context.Context, db Store) error {
	_, pay, _, err := c.Services(db)
	if err != nil {
		return err
	}
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	pins := make([]hr.Pin, c.Employees)
	for i := range pins {
		pins[i].Employee = employee(i)
	}
	posted, err := db.PostingsOf(ctx, pins)
	if err != nil {
		return err
	}
	for i, entries := range posted {
		if len(entries) != c.Months {
			fault("%s has %d postings in %d months", employee(i), len(entries), c.Months)
		}
	}
	view := hr.View{Actor: preparer, Purpose: "verification"}
	for n := range c.Months {
		period, name := c.month(n)
		row, fresh, err := db.Claim(ctx, storage.CommandRow{ID: hr.CommandID(name + "/create")})
		if err != nil {
			return err
		}
		if fresh {
			fault("%s: no run was created", name)
			continue
		}
		id := payroll.RunID(string(row.Result[1 : len(row.Result)-1])) // a JSON text
		run, err := pay.Run(ctx, view, id)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if run.State != payroll.RunClosed || run.Members != c.Employees || run.Posted != c.Employees {
			fault("%s: the run is %s with %d members and %d posted", name, run.State, run.Members, run.Posted)
		}
		results, err := pay.Members(ctx, view, id, "", c.Employees+1)
		if err != nil {
			return err
		}
		if len(results) != c.Employees {
			fault("%s: %d results for %d employees", name, len(results), c.Employees)
		}
		for i, r := range results {
			want := basic(i)
			if got, ok := r.Slip.Amount("basic_pay"); !ok || !got.Equal(want) || r.Employee != employee(i) {
				fault("%s: result %d is not that of %s, or not its amount", name, i, employee(i))
			}
		}
		for i, entries := range posted {
			found := 0
			for _, e := range entries {
				if e.Value.Run == id && e.Value.Period == period {
					found++
				}
			}
			if found != 1 {
				fault("%s: %s is posted %d times", name, employee(i), found)
			}
		}
	}
	return errors.Join(faults...)
}
