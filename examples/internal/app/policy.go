package app

import (
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// The roles of the company's people, beside what they are by the organisation: everybody is themselves, and whoever manages somebody is
// their manager.
const (
	RoleHR       = "hr"
	RolePreparer = "payroll.preparer"
	RoleApprover = "payroll.approver"
	RoleAuditor  = "auditor"
	RoleAdmin    = "admin"
)

// Policy says who may do what. Whoever may do the outermost thing may do what it does on the way: an accepted offer hires, a payroll reads
// timesheets.
func Policy(a hr.Ask) hr.Verdict {
	verb := a.Verb
	if len(a.Via) > 0 {
		verb = a.Via[0]
	}
	is := func(role string) bool { return slices.Contains(a.Actor.Roles, role) }
	domain, name, _ := strings.Cut(verb, ".")
	self, boss := a.Stands(hr.RelationSelf), a.Stands(hr.RelationManager) || a.Stands(hr.RelationDelegate)
	mine := []string{
		"attendance.Record", "attendance.Ask", "attendance.Withdraw", "attendance.Consent", "leave.Apply", "leave.Withdraw", "leave.Cancel",
		"leave.Attach", "leave.GiveBack", "payroll.Ask", "payroll.Withdraw", "payroll.Payslip", "payroll.Explain", "payroll.Owing",
	}
	decides := []string{"leave.Decide", "attendance.Decide", "attendance.Correct", "lifecycle.Decide", "lifecycle.Propose", "lifecycle.EndTask", "payroll.Decide"}
	switch {
	case domain == "audit" || domain == "server":
		if !is(RoleAdmin) && !(is(RoleAuditor) && verb == "audit.Read") {
			return hr.Verdict{Reason: "only an admin may, and of the audit an auditor"}
		}
	case is(hr.RoleScheduler) && slices.Contains(schedulerMay(), verb):
	case verb == VerbReview && (is(RolePreparer) || is(RoleApprover)):
	case is(RoleAuditor) && reads(verb):
	case is(RoleHR) && domain != "payroll" && !(self && slices.Contains(decides, verb)):
	case is(RoleHR) && slices.Contains([]string{"payroll.PriceTerms", "payroll.RequestsOf"}, verb):
	case is(RolePreparer) && (reads(verb) || domain == "payroll" && name != "Approve" && name != "Override" && name != "Adopt" && name != "Decide"):
	case is(RolePreparer) && verb == "attendance.Record":
	case is(RoleApprover) && (reads(verb) || slices.Contains([]string{"payroll.Approve", "payroll.Override", "payroll.Adopt", "payroll.Decide", "payroll.Close"}, verb)):
	case self && (slices.Contains(mine, verb) || reads(verb) && domain != "payroll" || verb == "payroll.RequestsOf" || verb == "lifecycle.EndTask"):
	case boss && (slices.Contains(decides, verb) || reads(verb) && (domain == "leave" || domain == "attendance" || slices.Contains([]string{
		"lifecycle.People", "lifecycle.Employment", "lifecycle.TermsOf", "lifecycle.ChecklistsOf", "lifecycle.Changes", "lifecycle.AwayDays",
	}, verb))):
	case slices.Contains(decides, verb) || verb == "lifecycle.EndTask": // the route of the case says who; the case refuses everybody else
	case a.Actor.Employee != "" && slices.Contains([]string{"lifecycle.Organisation", "leave.Request", "lifecycle.Route"}, verb):
	default:
		return hr.Verdict{Reason: "your role does not include this; ask whoever looks after access in your company"}
	}
	return hr.Verdict{Allow: true}
}

// reads reports whether a verb changes nothing.
func reads(verb string) bool {
	return slices.Contains(strings.Fields(`
		attendance.Changes attendance.Days attendance.Describe attendance.Diff attendance.ForLeave attendance.Muster attendance.Timesheets attendance.Workdays
		leave.Absences leave.Balance leave.Changes leave.Describe leave.Lots leave.Paid leave.PaidShares leave.Project leave.Request leave.RequestsIn leave.TeamCalendar
		lifecycle.AwayDays lifecycle.Changes lifecycle.ChecklistsOf lifecycle.DelegationsOf lifecycle.Describe lifecycle.DocumentsOf lifecycle.Due lifecycle.DueTasks
		lifecycle.Employees lifecycle.Employment lifecycle.ExplainRoute lifecycle.Happenings lifecycle.Headcount lifecycle.HistoryReport lifecycle.Organisation
		lifecycle.People lifecycle.ProposalsOf lifecycle.Route lifecycle.SettlementGates lifecycle.SharingAccount lifecycle.TermsHistory lifecycle.TermsOf
		payroll.Anomalies payroll.BackTest payroll.Compare payroll.Explain payroll.Findings payroll.GrossUp payroll.Journal payroll.Members payroll.Owing payroll.Payments
		payroll.Payslip payroll.Payslips payroll.Preview payroll.PriceTerms payroll.Replay payroll.RequestsOf payroll.Retro payroll.Run payroll.Settlement payroll.WhatIf
		recruitment.Application recruitment.ApplicationsFor recruitment.ApplicationsOf recruitment.Candidate recruitment.CandidatesAfter recruitment.Due
		recruitment.Duplicates recruitment.ErasurePlan recruitment.Explain recruitment.Interview recruitment.InterviewsWith recruitment.Opening recruitment.OpeningsAfter
		recruitment.PlanLinesAfter recruitment.Pooled recruitment.Requisition recruitment.RequisitionsAfter recruitment.ScorecardsFor`), verb)
}
