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

func (h *house) pay() payroll.Service {
	return payroll.Service{
		Kit: h.kit, Runs: h.Runs, Results: h.Results, Postings: h.Postings, Adjustments: h.Adjustments, Adoptions: h.Adoptions, Debts: h.Debts,
		Terms: steady{}, Staff: steady{}, People: steady{}, Plans: []*payroll.Plan{payPlan()}, Chunk: 2,
		Approvers: []hr.ApprovalLevel{{Name: "approver", Approvers: []hr.ActorID{approver.ID}}},
	}
}

var october = hr.MustPeriod("2026-10-01..2026-10-31")

// rulesSteps adopt the rules and add a bonus for everybody.
func (h *house) rulesSteps() []step {
	pay := h.pay()
	return []step{
		{name: "adopt", take: func(ctx context.Context) (any, error) {
			return pay.Adopt(ctx, by(clerk, "adopt"), payPlan(), hr.Period{From: begins})
		}},
		{name: "adjust", take: func(ctx context.Context) (any, error) {
			var bonuses []payroll.Adjustment
			for _, id := range staff {
				bonuses = append(bonuses, payroll.Adjustment{Employee: id, Name: "bonus", Period: october, Amount: decimal.NewFromInt(500)})
			}
			return pay.Adjust(ctx, by(clerk, "adjust"), bonuses...)
		}},
	}
}

// rulesStory is what comes before a payroll.
var rulesStory = scenario{name: "pay rules", needs: []string{"Adjustments", "Adoptions"}, tell: func(h *house) story {
	return story{
		steps: h.rulesSteps(),
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			adjusted, err := h.Adjustments.AdjustmentsOf(ctx, pinsOf(staff...))
			gather(&g, adjusted, err)
			adopted, err := h.Adoptions.Adopted(ctx, 0)
			gather(&g, adopted, err)
			return g.result(h.stored(ctx, staff...))
		},
	}
}}

// payrollStory runs a month in two chunks.
var payrollStory = scenario{name: "payroll", needs: []string{"Runs", "Results", "Postings", "Adjustments", "Adoptions"}, tell: func(h *house) story {
	pay := h.pay()
	var id payroll.RunID
	var digest string
	return story{
		before: h.rulesSteps(),
		steps: []step{
			{name: "create", take: func(ctx context.Context) (_ any, err error) {
				id, err = pay.CreateRun(ctx, by(clerk, "create"), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
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
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			made := payroll.RunID(by(clerk, "create").Stamp(noon, "seed").NewID("run"))
			run, err := h.Runs.Run(ctx, made)
			gather(&g, run, err)
			members, err := h.Runs.Members(ctx, made, "", 10)
			gather(&g, members, err)
			chunks, err := h.Runs.Chunks(ctx, made, 0, 10)
			gather(&g, chunks, err)
			results, err := h.Results.Results(ctx, made, "", 10)
			gather(&g, results, err)
			posted, err := h.Postings.PostingsOf(ctx, pinsOf(staff...))
			gather(&g, posted, err)
			return g.result(h.stored(ctx, staff...))
		},
	}
}}
