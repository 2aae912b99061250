package storagetest

import (
	"context"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// payRules pay a month, a bonus where there is one, and a fund.
const payRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay "Bonus" in earnings = bonus
line fund "Fund" in deductions = round(10% * basic_pay, 0.01)
`

// payPlan is compiled once for all the times that the story is told.
var payPlan = sync.OnceValue(func() *payroll.Plan {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "works", Text: payRules}}})
	if err != nil {
		panic(err) // these rules are fixed
	}
	return plan
})

// payrollStory runs a month in two chunks, from the adoption of the rules to the closed run.
var payrollStory = scenario{name: "payroll", needs: []string{"Runs", "Results", "Postings", "Adjustments", "Adoptions"}, tell: func(h *house) story {
	plan := payPlan()
	pay := payroll.Service{
		Kit: h.kit, Runs: h.Runs, Results: h.Results, Postings: h.Postings, Adjustments: h.Adjustments, Adoptions: h.Adoptions, Debts: h.Debts,
		Terms: steady{}, Staff: steady{}, People: steady{}, Plans: []*payroll.Plan{plan}, Chunk: 2,
		Approvers: []hr.ApprovalLevel{{Name: "approver", Approvers: []hr.ActorID{approver.ID}}},
	}
	month := hr.MustPeriod("2026-10-01..2026-10-31")
	var id payroll.RunID
	var digest string
	return story{
		steps: []step{
			{name: "adopt", take: func(ctx context.Context) (any, error) {
				return pay.Adopt(ctx, by(clerk, "adopt"), plan, hr.Period{From: begins})
			}},
			{name: "adjust", take: func(ctx context.Context) (any, error) {
				var bonuses []payroll.Adjustment
				for _, id := range staff {
					bonuses = append(bonuses, payroll.Adjustment{Employee: id, Name: "bonus", Period: month, Amount: decimal.NewFromInt(500)})
				}
				return pay.Adjust(ctx, by(clerk, "adjust"), bonuses...)
			}},
			{name: "create", take: func(ctx context.Context) (_ any, err error) {
				id, err = pay.CreateRun(ctx, by(clerk, "create"), payroll.RunSpec{Kind: payroll.RunRegular, Period: month, PayDate: month.Through})
				return id, err
			}},
			{name: "calculate", take: func(ctx context.Context) (_ any, err error) {
				digest, err = pay.Calculate(ctx, by(clerk, "calculate"), id)
				return digest, err
			}},
			{name: "approve", take: func(ctx context.Context) (any, error) {
				return pay.Approve(ctx, by(approver, "approve"), id, digest)
			}},
			{name: "pay", take: func(ctx context.Context) (any, error) { return pay.Pay(ctx, by(clerk, "pay"), id) }},
			{name: "close", take: func(ctx context.Context) (any, error) { return pay.Close(ctx, by(clerk, "close"), id) }},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			made := payroll.RunID(by(clerk, "create").Stamp(noon, "seed").NewID("run"))
			run, err := h.Runs.Run(ctx, made)
			gather(&g, run, err)
			members, err := h.Runs.Members(ctx, made, "", 10)
			gather(&g, members, err)
			results, err := h.Results.Results(ctx, made, "", 10)
			gather(&g, results, err)
			posted, err := h.Postings.PostingsOf(ctx, pinsOf(staff...))
			gather(&g, posted, err)
			adjusted, err := h.Adjustments.AdjustmentsOf(ctx, pinsOf(staff...))
			gather(&g, adjusted, err)
			adopted, err := h.Adoptions.Adopted(ctx, 0)
			gather(&g, adopted, err)
			return g.result(h.stored(ctx, staff...))
		},
	}
}}
