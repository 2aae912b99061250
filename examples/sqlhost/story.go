package main

import (
	"context"
	"fmt"
	"io"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
)

var (
	clerk = hr.Actor{ID: "clerk"}
	owner = hr.Actor{ID: "owner"}
	asked = hr.View{Actor: clerk, Purpose: "story"}
)

func do(by hr.Actor, id hr.CommandID) hr.Command {
	return hr.Command{ID: id, Actor: by, Purpose: "story"}
}

func story(ctx context.Context, w io.Writer, h *Host) error {
	if _, err := h.db.ExecContext(ctx, `INSERT INTO holiday VALUES ('2026-10-06', 'Founders'' day')`); err != nil {
		return err
	}
	a, err := wire(ctx, h)
	if err != nil {
		return err
	}
	for n, name := range []string{"Alma Specimen", "Bo Sample"} {
		if err := a.join(ctx, h, hr.EmployeeID(fmt.Sprint("E", n+1)), name, n+1); err != nil {
			return err
		}
	}
	if err := h.show(ctx, w, "Two people joined, each with a desk."); err != nil {
		return err
	}
	if err := a.holiday(ctx, w, h); err != nil {
		return err
	}
	// The host's own row cannot be written: nobody is hired.
	err = a.join(ctx, h, "E3", "Cy Example", 1)
	fmt.Fprintf(w, "\nA third person is to have desk 1, which is taken: %v\n", err)
	if err := h.show(ctx, w, "Nobody was hired:"); err != nil {
		return err
	}
	// Muster refuses: what the host has written before is gone too.
	err = h.InTx(ctx, func(ctx context.Context) error {
		if _, err := h.on(ctx).ExecContext(ctx, `UPDATE desk SET number = 9 WHERE staff = 'E2'`); err != nil {
			return err
		}
		_, err := a.Leave.Apply(ctx, do(clerk, "too-much"), leave.Application{Employee: "E2", Type: "annual", Period: hr.MustPeriod("2026-10-05..2026-10-07")})
		return err
	})
	fmt.Fprintf(w, "\nBo moves to desk 9 for good, and asks for leave that he does not have: %v\n", err)
	if err := h.show(ctx, w, "He sits where he sat:"); err != nil {
		return err
	}
	return a.payday(ctx, w)
}

// join hires somebody and gives them a desk: both or neither.
func (a app) join(ctx context.Context, h *Host, number hr.EmployeeID, name string, desk int) error {
	return h.InTx(ctx, func(ctx context.Context) error {
		hired, err := a.People.Hire(ctx, do(clerk, hr.CommandID("hire "+number)), hr.Hire{
			Employee: number, Start: hr.MustDate("2026-04-01"), Person: hr.Person{Name: name, Email: string(number) + "@example.com"},
			Terms: hr.Terms{Entity: "Example", Currency: "EUR", Calendar: "office", Pay: []hr.PayTerm{{Name: "salary", Amount: decimal.NewFromInt(3000)}}},
		})
		if err != nil {
			return err
		}
		_, err = h.on(ctx).ExecContext(ctx, `INSERT INTO desk VALUES (?, ?)`, desk, string(hired))
		return err
	})
}

// holiday is a request for leave over the host's own holiday, approved, and then read from the host's own table.
func (a app) holiday(ctx context.Context, w io.Writer, h *Host) error {
	if _, err := a.Leave.Grant(ctx, do(clerk, "grant"), leave.Credit{
		Employee: "E1", Type: "annual", Kind: leave.Granted, Quantity: decimal.NewFromInt(10), Usable: hr.MustPeriod("2026-04-01..2027-03-31"),
	}); err != nil {
		return err
	}
	id, err := a.Leave.Apply(ctx, do(clerk, "apply"), leave.Application{Employee: "E1", Type: "annual", Period: hr.MustPeriod("2026-10-05..2026-10-07")})
	if err != nil {
		return err
	}
	if err := a.Leave.Decide(ctx, do(owner, "decide"), id, leave.Decision{Agree: true}); err != nil {
		return err
	}
	rows, err := list(ctx, h, `SELECT s.name, r.type, r.first_day, r.last_day, r.state FROM leave_request r JOIN staff s ON s.number = r.staff`,
		func(scan func(into ...any) error) (string, error) {
			var name, kind, first, last, state string
			err := scan(&name, &kind, &first, &last, &state)
			return fmt.Sprintf("%s: %s leave %s..%s, %s", name, kind, first, last, state), err
		})
	if err != nil {
		return err
	}
	left, err := a.Leave.Balance(ctx, asked, "E1", "annual", hr.MustDate("2026-10-31"))
	if err != nil {
		return err
	}
	for _, row := range rows {
		fmt.Fprintf(w, "\n%s\nOf 10 days %s are left: one of the three is a holiday of the host's.\n", row, left)
	}
	return nil
}

// payday pays October.
func (a app) payday(ctx context.Context, w io.Writer) error {
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	if _, err := a.Pay.Adopt(ctx, do(owner, "adopt"), a.Plan, hr.MustPeriod("2026-04-01..")); err != nil {
		return err
	}
	month, err := a.Pay.CreateRun(ctx, do(clerk, "create"), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	if err != nil {
		return err
	}
	digest, err := a.Pay.Calculate(ctx, do(clerk, "calculate"), month)
	if err != nil {
		return err
	}
	if _, err := a.Pay.Approve(ctx, do(owner, "approve"), month, digest); err != nil {
		return err
	}
	if _, err := a.Pay.Pay(ctx, do(clerk, "pay"), month); err != nil {
		return err
	}
	slip, err := a.Pay.Payslip(ctx, asked, month, "E1")
	if err != nil {
		return err
	}
	fmt.Fprintln(w)
	return slip.Text(w)
}

// show counts rows of the host's and of Muster's that are written together.
func (h *Host) show(ctx context.Context, w io.Writer, text string) error {
	fmt.Fprintln(w, text)
	for _, query := range []string{
		`SELECT 'staff', count(*) FROM staff`, `SELECT 'desks', group_concat(number || ' ' || staff, ', ') FROM desk`,
		`SELECT 'terms, of Muster', count(*) FROM hr_terms`,
	} {
		rows, err := list(ctx, h, query, func(scan func(into ...any) error) (string, error) {
			var what, n string
			err := scan(&what, &n)
			return fmt.Sprintf("  %-18s %s", what, n), err
		})
		if err != nil {
			return err
		}
		for _, row := range rows {
			fmt.Fprintln(w, row)
		}
	}
	return nil
}
