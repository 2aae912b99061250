// Package sets says which values the stored types have that are one of a few: kinds, states, halves of a day. The schema of the SQL stores checks
// them, and the conformance suites fill them. A test reads the constants of the domains and fails where one is missing here.
//
// Not among them are sets that a host may widen: the stages of an application and the states of an employment.
package sets

import (
	"reflect"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
)

// all are the sets by type. The empty value is not in them, also where it means something.
var all = func() map[reflect.Type][]string {
	m := map[reflect.Type][]string{}
	set(m, hr.FirstHalf, hr.SecondHalf)
	set(m, payroll.RunRegular, payroll.RunOffCycle, payroll.RunCorrection, payroll.RunReversal, payroll.RunSettlement, payroll.RunProvisional)
	set(m, payroll.RunMachine().States()...)
	set(m, payroll.PostingPayslip, payroll.PostingOffCycle, payroll.PostingProvisional, payroll.PostingArrears, payroll.PostingReversal, payroll.PostingOpening)
	set(m, payroll.DebtLoan, payroll.DebtOverpaid, payroll.DebtOrder)
	set(m, payroll.AskDebt, payroll.AskExpense)
	set(m, payroll.RequestPending, payroll.RequestApproved, payroll.RequestRefused, payroll.RequestWithdrawn)
	set(m, payroll.TaxNow, payroll.TaxSpread)
	set(m, payroll.Earning, payroll.Deduction, payroll.Employer, payroll.Benefit, payroll.Info, payroll.Working)
	set(m, leave.Requested, leave.Approved, leave.Refused, leave.Withdrawn, leave.Cancelled)
	set(m, leave.Opening, leave.Granted, leave.Accrued, leave.Adjusted, leave.Used, leave.Returned, leave.Lapsed, leave.Capped,
		leave.CarriedOut, leave.CarriedIn, leave.Encashed, leave.Forfeited)
	set(m, attendance.In, attendance.Out)
	set(m, attendance.FromDevice, attendance.FromWeb, attendance.FromImport, attendance.FromCorrection)
	set(m, attendance.PermitOnDuty, attendance.PermitHome, attendance.PermitOvertime)
	set(m, attendance.AskCorrection, attendance.AskSwap, attendance.AskPermit)
	set(m, attendance.RequestConsenting, attendance.RequestPending, attendance.RequestApproved, attendance.RequestRefused, attendance.RequestWithdrawn)
	set(m, recruitment.OfferWaiting, recruitment.OfferOpen, recruitment.OfferRefused, recruitment.OfferReplaced, recruitment.OfferAccepted,
		recruitment.OfferDeclined, recruitment.OfferDropped)
	set(m, recruitment.ReferralWaiting, recruitment.ReferralPaid, recruitment.ReferralLost)
	set(m, recruitment.Requested, recruitment.Approved, recruitment.Refused, recruitment.Cancelled)
	set(m, recruitment.StrongYes, recruitment.Yes, recruitment.No, recruitment.StrongNo)
	set(m, lifecycle.Joining, lifecycle.Leaving)
	set(m, lifecycle.ProposePay, lifecycle.ProposePromotion, lifecycle.ProposeTransfer, lifecycle.ProposePerson, lifecycle.ProposeBank)
	set(m, lifecycle.ProposalPending, lifecycle.ProposalApproved, lifecycle.ProposalApplied, lifecycle.ProposalRefused, lifecycle.ProposalCancelled)
	return m
}()

func set[T ~string](m map[reflect.Type][]string, values ...T) {
	for _, v := range values {
		t := reflect.TypeFor[T]()
		m[t] = append(m[t], string(v))
	}
}

// Of returns the values of a type that are not empty, or nothing where the type is no closed set.
func Of(t reflect.Type) []string { return all[t] }

// Types returns the types that are closed sets, in no order.
func Types() []reflect.Type {
	var out []reflect.Type
	for t := range all {
		out = append(out, t)
	}
	return out
}
