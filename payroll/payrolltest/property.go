package payrolltest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// Measure is what a property looks at in a payslip.
type Measure func(payroll.Payslip) decimal.Decimal

// Gross is all earnings.
func Gross(s payroll.Payslip) decimal.Decimal { return s.Total(payroll.Earning) }

// Net is what is paid out.
func Net(s payroll.Payslip) decimal.Decimal { return s.Net().Amount }

// Cost is what the employer spends.
func Cost(s payroll.Payslip) decimal.Decimal { return s.Cost().Amount }

// Of measures one line, by its name in the formulas; a payslip without it counts as zero.
func Of(line string) Measure {
	return func(s payroll.Payslip) decimal.Decimal {
		amount, _ := s.Amount(line)
		return amount
	}
}

// Monotone checks that a measure never falls when one agreed amount, such as basic pay, rises: base is calculated with each of the
// amounts in the terms of every day that have that name, in rising order. The error lists every fall, and amounts that cannot be calculated.
// Net pay may fall rightly, where a law has a cliff: the report says where.
func Monotone(plan *payroll.Plan, base payroll.Input, term string, of Measure, amounts ...decimal.Decimal) error {
	var errs []error
	rising := slices.SortedFunc(slices.Values(amounts), decimal.Decimal.Cmp)
	var before, at decimal.Decimal
	known := false
	for _, amount := range rising {
		in, found, err := withTerm(base, term, amount)
		if err != nil || !found {
			return errors.Join(fmt.Errorf("payrolltest: monotone: the terms have no %s", term), err)
		}
		slip, err := plan.Calculate(in)
		if err != nil {
			errs = append(errs, fmt.Errorf("payrolltest: monotone: %s %s: %w", term, amount, err))
			continue
		}
		now := of(slip)
		if known && now.LessThan(before) {
			errs = append(errs, fmt.Errorf("payrolltest: monotone: from %s %s to %s it falls from %s to %s", term, at, amount, before, now))
		}
		before, at, known = now, amount, true
	}
	return errors.Join(errs...)
}

// withTerm puts an amount into every step of the terms that has the name.
func withTerm(in payroll.Input, term string, amount decimal.Decimal) (payroll.Input, bool, error) {
	steps, found := in.Terms.Steps(), false
	for i := range steps {
		steps[i].Value = steps[i].Value.Clone()
		for j := range steps[i].Value.Pay {
			if steps[i].Value.Pay[j].Name == term {
				steps[i].Value.Pay[j].Amount, found = amount, true
			}
		}
	}
	var err error
	in.Terms, err = hr.NewTimeline(steps...)
	return in, found, err
}

// SplitInvariant checks that cutting the period before any of its days, where nothing changes, changes no line. Without days it cuts
// before each day of the period alone, and before all of them at once. The error lists every cut that changes something, with the lines that change.
func SplitInvariant(plan *payroll.Plan, in payroll.Input, days ...hr.Date) error {
	whole, err := plan.Calculate(in)
	if err != nil {
		return fmt.Errorf("payrolltest: split: %w", err)
	}
	if len(days) == 0 {
		days = slices.Collect(in.Period.Days())
	}
	var errs []error
	check := func(cuts ...hr.Date) {
		cut, err := cutTerms(in, cuts)
		if err == nil {
			var slip payroll.Payslip
			if slip, err = plan.Calculate(cut); err == nil {
				err = sameLines(whole, slip)
			}
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("payrolltest: split before %v: %w", cuts, err))
		}
	}
	for _, d := range days {
		check(d)
	}
	check(days...)
	return errors.Join(errs...)
}

// cutTerms repeats the terms in force on each of the days as a step of its own.
func cutTerms(in payroll.Input, days []hr.Date) (payroll.Input, error) {
	steps := in.Terms.Steps()
	for _, d := range days {
		step, ok := in.Terms.StepAt(d)
		if !ok || slices.ContainsFunc(steps, func(s hr.Step[hr.Terms]) bool { return s.Since == d }) {
			continue
		}
		step.Since = d
		steps = append(steps, step)
	}
	var err error
	in.Terms, err = hr.NewTimeline(steps...)
	return in, err
}

func sameLines(want, got payroll.Payslip) error {
	var errs []error
	for i, l := range want.Lines {
		if !l.Amount.Equal(got.Lines[i].Amount) {
			errs = append(errs, fmt.Errorf("%s is %s and was %s", l.Name, got.Lines[i].Amount, l.Amount))
		}
	}
	return errors.Join(errs...)
}

// Conserves checks that no money is made or lost between a payslip and the bank: the lines add up to the payslip, the payslips of a
// period to the register and to a journal that balances and owes the employees their net pay, and payments with holds to net pay; and that calculating
// again gives the same payslip. Inputs of one period must be of different employees. Every second one has a bank account. A net pay below zero is
// left out of the payments, for no bank pays it. The error lists every violation.
func Conserves(plan *payroll.Plan, inputs ...payroll.Input) error {
	var errs []error
	slips := map[hr.Period][]payroll.Payslip{}
	var periods []hr.Period
	for _, in := range inputs {
		slip, err := plan.Calculate(in)
		if err != nil {
			errs = append(errs, fmt.Errorf("payrolltest: conservation: %s: %w", in.Employee, err))
			continue
		}
		if again, err := plan.Calculate(in); err != nil || again.Digest() != slip.Digest() {
			errs = append(errs, fmt.Errorf("payrolltest: conservation: %s: calculating again gives another payslip", in.Employee))
		}
		if slips[in.Period] == nil {
			periods = append(periods, in.Period)
		}
		slips[in.Period] = append(slips[in.Period], slip)
	}
	for _, p := range periods {
		if err := conserves(chart(plan), slips[p]); err != nil {
			errs = append(errs, fmt.Errorf("payrolltest: conservation: %s: %w", p, err))
		}
	}
	return errors.Join(errs...)
}

func conserves(chart payroll.Chart, slips []payroll.Payslip) error {
	var errs []error
	same := func(what string, got, want decimal.Decimal, err error) {
		if err != nil {
			errs = append(errs, err)
		} else if !got.Equal(want) {
			errs = append(errs, fmt.Errorf("%s comes to %s and the lines of the payslips to %s", what, got, want))
		}
	}
	var payable []payroll.Payslip
	accounts := map[hr.EmployeeID]hr.BankAccount{}
	var net, due decimal.Decimal
	for i, slip := range slips {
		own := decimal.Zero
		for _, l := range slip.Lines {
			switch l.Kind {
			case payroll.Earning:
				own = own.Add(l.Amount)
			case payroll.Deduction:
				own = own.Sub(l.Amount)
			}
		}
		same("net pay of "+string(slip.Employee), slip.Net().Amount, own, nil)
		net = net.Add(own)
		if own.Sign() >= 0 {
			payable, due = append(payable, slip), due.Add(own)
		}
		if i%2 == 0 {
			accounts[slip.Employee] = hr.BankAccount{Number: hr.NewSecret(fmt.Sprintf("%09d", i+1)), Bank: "TEST"}
		}
	}
	register, err := payroll.NewRegister(slips)
	same("the register", register.Total.Net, net, err)
	journal, err := payroll.Post(slips, chart)
	same("what the journal owes", owes(journal), net, err)
	batch, err := payroll.NewPaymentBatch(payable, accounts, payroll.PaymentDetails{
		ID: "TEST", ValueDate: slips[0].PayDate, From: hr.BankAccount{Number: hr.NewSecret("0"), Bank: "TEST"},
	})
	same("payments with holds", batch.Total().Amount.Add(batch.Held().Amount), due, err)
	return errors.Join(errs...)
}

const netAccount = "net pay"

// chart maps every line of a plan to accounts of its own.
func chart(plan *payroll.Plan) payroll.Chart {
	c := payroll.Chart{NetPay: netAccount}
	for _, l := range plan.Lines() {
		c.Lines = append(c.Lines, payroll.ChartLine{Line: l.Name, Debit: "cost of " + l.Name, Credit: "owed for " + l.Name})
	}
	return c
}

func owes(j payroll.Journal) (sum decimal.Decimal) {
	for _, e := range j.Entries {
		if e.Account == netAccount {
			sum = sum.Add(e.Credit).Sub(e.Debit)
		}
	}
	return sum
}
