package lifecycle_test

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/memory"
)

func basicFrom(from string, amount int64) lifecycle.TermsChange {
	return lifecycle.TermsChange{
		From: hr.MustDate(from),
		Set:  hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(amount)}}},
	}
}

// known is somebody who joined in January and moves to the lab in July.
func known() hr.History[hr.Terms] {
	ops := hr.Terms{Entity: "ACME-IN", Department: "Ops", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(40000)}}}
	lab := ops.Clone()
	lab.Department = "Lab"
	h, err := hr.NewHistory("terms",
		hr.Entry[hr.Terms]{ID: "hire", Seq: 1, Period: hr.MustPeriod("2026-01-01.."), Value: ops},
		hr.Entry[hr.Terms]{ID: "transfer", Seq: 2, Period: hr.MustPeriod("2026-07-01.."), Value: lab},
	)
	if err != nil {
		panic(err)
	}
	return h
}

// A raise from March ends before the transfer that is known for July, unless it is carried onward: then each later step keeps what the
// raise does not name.
func ExampleChange() {
	raise := basicFrom("2026-03-01", 45000)
	for _, onward := range []bool{false, true} {
		raise.Onward = onward
		entries, err := lifecycle.Change(known(), raise)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("onward:", onward)
		for _, e := range entries {
			basic, _ := e.Value.Amount("basic")
			fmt.Println(" ", e.Period, e.Value.Department, basic)
		}
	}
	// Output:
	// onward: false
	//   2026-03-01..2026-06-30 Ops 45000
	// onward: true
	//   2026-03-01..2026-06-30 Ops 45000
	//   2026-07-01.. Lab 45000
}

// Every fault of a change comes at once, and no amount is in it.
func ExampleChange_faults() {
	c := basicFrom("2025-12-31", -45000)
	c.Clear = []string{"currency"}
	_, err := lifecycle.Change(known(), c)
	for _, f := range hr.FieldErrors(err) {
		fmt.Println(f)
	}
	// Output:
	// set.pay[0].amount: must not be negative [lifecycle.terms.pay_amount]
	// clear[0]: currency must always be there; set another [lifecycle.terms.clear]
	// from: must be a day of the employment [lifecycle.terms.outside_employment]
}

// An employee from the hire to the last day.
func Example() {
	ctx, db := context.Background(), memory.New()
	now := func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }
	people := lifecycle.Service{Kit: db.Kit(hr.AllowAll, now), Employments: db, Facts: db}
	n := 0
	cmd := func() hr.Command {
		n++
		return hr.Command{ID: hr.CommandID(fmt.Sprint("command-", n)), Actor: hr.Actor{ID: "hr-desk"}}
	}
	id, err := people.Hire(ctx, cmd(), hr.Hire{
		Employee: "E1", Person: hr.Person{Name: "Asha Rao"}, Start: hr.MustDate("2026-03-02"),
		Terms: hr.Terms{Entity: "ACME-IN", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(40000)}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(people.Confirm(ctx, cmd(), id, hr.MustDate("2026-09-01")))
	fmt.Println(people.Join(ctx, cmd(), id))
	raised, err := people.ChangeTerms(ctx, cmd(), id, basicFrom("2026-06-01", 45000))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(people.Exit(ctx, cmd(), id, hr.MustDate("2026-12-31"), "resigned"))

	show := func() {
		lines, err := people.TermsOf(ctx, hr.View{Actor: hr.Actor{ID: "hr-desk"}}, []hr.Pin{{Employee: id}}, hr.MustPeriod("2026-01-01.."))
		if err != nil {
			fmt.Println(err)
			return
		}
		for piece, terms := range lines[0].Over(hr.MustPeriod("2026-01-01..")) {
			basic, _ := terms.Amount("basic")
			fmt.Println(piece, basic)
		}
	}
	show()
	if _, err = people.WithdrawTerms(ctx, cmd(), id, raised); err != nil {
		fmt.Println(err)
	}
	show()
	// Output:
	// lifecycle.Confirm: state: confirm is not possible in state preboarding; allowed: call_off, die, join, no_show, postpone [hr.machine.transition] [lifecycle.employment.transition]
	// <nil>
	// <nil>
	// 2026-03-02..2026-05-31 40000
	// 2026-06-01..2026-12-31 45000
	// 2026-03-02..2026-12-31 40000
}

// The buttons of a page.
func ExampleMachine() {
	m := lifecycle.Machine()
	for _, s := range m.States() {
		fmt.Println(s, m.Allowed(s))
	}
	// Output:
	// confirmed [die exit give_notice retire second start_long_leave suspend]
	// deceased []
	// exited [rehire]
	// never_came [rehire]
	// on_long_leave [die exit give_notice resume_probation retire return revise]
	// on_notice [die exit resume_long_leave resume_probation resume_secondment retire suspend withdraw_notice]
	// preboarding [call_off die join no_show postpone]
	// probation [confirm die exit extend_probation give_notice retire second start_long_leave suspend]
	// retired [rehire]
	// seconded [die exit give_notice resume_probation retire return revise]
	// suspended [die exit reinstate resume_notice resume_probation retire revise]
	// withdrawn [rehire]
}
