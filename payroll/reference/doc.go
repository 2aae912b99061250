// Package reference is one payslip to measure with: a monthly Indian payslip of 23 lines whose rules are frozen, so that speed can
// be compared over the years and between engines.
//
// It is not law. Its ceilings, rates and slabs stand in its text, without dates or sources, and never change; nobody should be paid by it.
// The law of India is package payroll/statutory/in.
//
//	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: reference.Components(), Packs: packs})
//
// where packs only say when the tax year begins.
//
// A caller gives the monthly rates (basic_rate, conveyance_rate, medical_rate, lta_rate, special_rate, food_rate), overtime_hours,
// payable_days of period_days, pf_capped, pt_table ("0" to "3"), taxable_before and tds_before (this tax year, before this payslip) and
// months_left. Everything is one value for the whole month.
//
// The lines are basic, hra, conveyance, medical, lta, special, food, overtime, gross, pf_wage, epf, eps, epf_employer, edli, epf_admin,
// esi, esi_employer, pt, tds, deductions, net, round_off and employer_cost.
//
// # Invariants
//
//   - gross is the sum of the eight earnings, and net + deductions = gross + round_off.
//   - The 120 worked payslips of testdata/reference.json come out to the paisa.
package reference

import (
	_ "embed"

	"github.com/musterhr/hr/payroll"
)

//go:embed reference.rules
var text string

// Components returns the reference payslip as one component, for [payroll.Compile] without a pack.
func Components() []payroll.Component {
	return []payroll.Component{{Name: "reference.rules", Text: text}}
}
