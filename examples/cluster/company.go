package main

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/postgres"
)

// What the company pays of its own accord. Provident fund, pension, insurance, professional tax and income tax are the law's.
const rules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line house_rent "House rent allowance" in earnings, gross, taxable = round(basic_pay * 40%, 0.01)
line special "Special allowance" in earnings, gross, taxable = round(basic_pay * 20%, 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
`

var (
	officer = hr.Actor{ID: "payroll officer"}
	head    = hr.Actor{ID: "payroll head"}
	since   = hr.MustDate("2026-04-01")
)

func command(by hr.Actor, id string) hr.Command {
	return hr.Command{ID: hr.CommandID(id), Actor: by, Purpose: "monthly payroll", Reason: "the month is over"}
}

var view = hr.View{Actor: officer, Purpose: "monthly payroll"}

// month is the regular run of the n-th month of the tax year.
func month(n int) (payroll.RunSpec, error) {
	from, err := since.AddMonths(n, hr.MonthClamp)
	p := hr.MonthOf(from)
	return payroll.RunSpec{Kind: payroll.RunRegular, Period: p, PayDate: p.Through}, err
}

func compile() (*payroll.Plan, error) {
	return payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{law.Pack()}, Components: []payroll.Component{{Text: rules}}})
}

// wire is what a host writes once: its services over the store of a tenant. Every process wires the same.
func wire(db *postgres.DB, plan *payroll.Plan, chunk int) (lifecycle.Service, payroll.Service) {
	kit := storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Authorize: hr.AllowAll} // a host has a policy
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db}
	return people, payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people,
		Changes: []payroll.Changes{people}, Plans: []*payroll.Plan{plan}, Chunk: chunk,
		Approvers: []hr.ApprovalLevel{{Name: "payroll head", Approvers: []hr.ActorID{head.ID}}},
	}
}

// hire brings the employees into the store of a tenant, in units of a thousand, and adopts the plan.
func hire(ctx context.Context, people lifecycle.Service, pay payroll.Service, plan *payroll.Plan, employees int, told func(done int)) error {
	for from := 0; from < employees; from += 1000 {
		var rows []lifecycle.Arrival
		for i := from; i < min(from+1000, employees); i++ {
			rows = append(rows, lifecycle.Arrival{Joined: true, Hire: hr.Hire{
				Employee: hr.EmployeeID(fmt.Sprintf("E%08d", i)), Person: hr.Person{Name: "A Specimen"}, Start: since,
				Terms: hr.Terms{
					Entity: "Example Ltd", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(int64(12000 + i%90000))}},
					Answers: []hr.Answer{
						{Name: "pf_capped", Text: "yes"},
						{Name: "eps_member", Text: "yes"},
						{Name: "esi_covered", Text: "no"},
						{Name: "pt_state", Text: "MH"},
						{Name: "gender", Text: "female"},
					},
				},
			}})
		}
		if _, err := people.Import(ctx, command(officer, fmt.Sprint("import/", from)), rows); err != nil {
			return err
		}
		told(from + len(rows))
	}
	_, err := pay.Adopt(ctx, command(officer, "adopt"), plan, hr.Period{From: since})
	return err
}
