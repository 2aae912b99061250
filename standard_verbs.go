package hr

import "slices"

// The verbs of each domain, spelt out: a new one is granted to nobody until it is written here and into testdata/access.md.

func attendanceReads() []string {
	return []string{
		"attendance.Changes", "attendance.Days", "attendance.Describe", "attendance.Diff", "attendance.Export", "attendance.ForLeave", "attendance.Muster", "attendance.Timesheets", "attendance.Workdays",
	}
}

func attendanceWrites() []string {
	return []string{
		"attendance.Ask", "attendance.Consent", "attendance.Correct", "attendance.Decide", "attendance.Escalate", "attendance.Record", "attendance.Roster",
		"attendance.SettleLeave", "attendance.Void", "attendance.Withdraw",
	}
}

func leaveReads() []string {
	return []string{
		"leave.Absences", "leave.Balance", "leave.Changes", "leave.Describe", "leave.Export", "leave.Lots", "leave.Paid", "leave.Project", "leave.Request", "leave.RequestsIn", "leave.TeamCalendar",
	}
}

func leaveWrites() []string {
	return []string{
		"leave.AccrueThrough", "leave.Apply", "leave.Attach", "leave.Cancel", "leave.ChargeLeave", "leave.Decide", "leave.EarnFrom", "leave.Encash", "leave.Escalate",
		"leave.GiveBack", "leave.Grant", "leave.GrantLeave", "leave.GrantOccasion", "leave.Settle", "leave.Withdraw",
	}
}

func lifecycleReads() []string {
	return []string{
		"lifecycle.AwayDays", "lifecycle.Changes", "lifecycle.ChecklistsOf", "lifecycle.ConsentsOf", "lifecycle.DelegationsOf", "lifecycle.Describe", "lifecycle.DocumentsOf", "lifecycle.Due",
		"lifecycle.DueErasures", "lifecycle.DueTasks", "lifecycle.Employees", "lifecycle.Employment", "lifecycle.ErasurePlan", "lifecycle.ExplainRoute", "lifecycle.Export", "lifecycle.FreeSeats", "lifecycle.Happenings", "lifecycle.Headcount",
		"lifecycle.HistoryReport", "lifecycle.HoldsOn", "lifecycle.Organisation", "lifecycle.People", "lifecycle.ProposalsOf", "lifecycle.SettlementGates", "lifecycle.SharingAccount",
		"lifecycle.TermsHistory", "lifecycle.TermsOf", "lifecycle.Vacant",
	}
}

func lifecycleWrites() []string {
	return []string{
		"lifecycle.ApplyProposal", "lifecycle.CallOff", "lifecycle.CancelProposal", "lifecycle.ChangePerson", "lifecycle.ChangeTerms", "lifecycle.Confirm",
		"lifecycle.ContractThrough", "lifecycle.Decide", "lifecycle.Delegate", "lifecycle.EndDelegation", "lifecycle.EndTask", "lifecycle.Erase", "lifecycle.Exit", "lifecycle.ExtendProbation",
		"lifecycle.ExtendService", "lifecycle.GiveConsent", "lifecycle.GiveNotice", "lifecycle.Hire", "lifecycle.Import", "lifecycle.Join", "lifecycle.KeepDocument", "lifecycle.Move", "lifecycle.NoShow",
		"lifecycle.Organise", "lifecycle.PlaceHold", "lifecycle.Postpone", "lifecycle.Propose", "lifecycle.RecordDeath", "lifecycle.Rehire", "lifecycle.ReleaseHold", "lifecycle.Retire", "lifecycle.Return", "lifecycle.Revise",
		"lifecycle.Second", "lifecycle.Settle", "lifecycle.StartChecklist", "lifecycle.StartLongLeave", "lifecycle.Suspend", "lifecycle.Transfer", "lifecycle.VoidDocument",
		"lifecycle.WithdrawConsent", "lifecycle.WithdrawNotice", "lifecycle.WithdrawTerms",
	}
}

func payrollReads() []string {
	return []string{
		"payroll.Anomalies", "payroll.BackTest", "payroll.Compare", "payroll.Explain", "payroll.Export", "payroll.Findings", "payroll.GrossUp", "payroll.Journal", "payroll.Members", "payroll.Owing",
		"payroll.Payments", "payroll.Payslip", "payroll.Payslips", "payroll.Preview", "payroll.PriceTerms", "payroll.Progress", "payroll.Replay", "payroll.RequestsOf", "payroll.Retro", "payroll.Run",
		"payroll.Settlement", "payroll.WhatIf",
	}
}

func payrollWrites() []string {
	return []string{
		"payroll.Adjust", "payroll.Adopt", "payroll.Approve", "payroll.Ask", "payroll.Attach", "payroll.Calculate", "payroll.Cancel", "payroll.Close", "payroll.CreateRun",
		"payroll.Decide", "payroll.Escalate", "payroll.Open", "payroll.Override", "payroll.Pay", "payroll.PayBonus", "payroll.Settle", "payroll.Withdraw",
	}
}

func recruitmentReads() []string {
	return []string{
		"recruitment.Application", "recruitment.ApplicationsFor", "recruitment.ApplicationsOf", "recruitment.Candidate", "recruitment.CandidatesAfter", "recruitment.Due",
		"recruitment.Duplicates", "recruitment.ErasurePlan", "recruitment.Explain", "recruitment.ExportCandidate", "recruitment.Interview", "recruitment.InterviewsWith", "recruitment.Opening",
		"recruitment.OpeningsAfter", "recruitment.PlanLinesAfter", "recruitment.Pooled", "recruitment.Requisition", "recruitment.RequisitionsAfter", "recruitment.ScorecardsFor",
	}
}

func recruitmentWrites() []string {
	return []string{
		"recruitment.Accept", "recruitment.AddCandidate", "recruitment.Advance", "recruitment.AdvanceAll", "recruitment.Apply", "recruitment.CancelInterview",
		"recruitment.CancelRequisition", "recruitment.CloseOpening", "recruitment.CorrectCandidate", "recruitment.DecideOffer", "recruitment.DecideRequisition",
		"recruitment.Decline", "recruitment.Erase", "recruitment.EscalateOffer", "recruitment.EscalateRequisition", "recruitment.GiveConsent", "recruitment.MakeOffer",
		"recruitment.MergeCandidates", "recruitment.Open", "recruitment.PlaceHold", "recruitment.Pool", "recruitment.Reject", "recruitment.RejectAll", "recruitment.ReleaseHold",
		"recruitment.Request", "recruitment.Reschedule",
		"recruitment.Schedule", "recruitment.Screen", "recruitment.SetPlan", "recruitment.SettleReferral", "recruitment.SubmitScorecard", "recruitment.Withdraw",
		"recruitment.WithdrawConsent",
	}
}

// notAboutSelf lists what somebody gives, decides or changes at their own judgement. What only follows from rules (a credit of leave, a
// payroll for everybody) and what others must still approve is not there.
func notAboutSelf() []string {
	return []string{
		"attendance.Correct", "attendance.Decide", "attendance.Record", "attendance.Roster", "attendance.Void",
		"leave.ChargeLeave", "leave.Decide", "leave.Encash", "leave.Grant", "leave.GrantLeave", "leave.GrantOccasion",
		"lifecycle.ApplyProposal", "lifecycle.CallOff", "lifecycle.ChangePerson", "lifecycle.ChangeTerms", "lifecycle.Confirm", "lifecycle.ContractThrough", "lifecycle.Decide",
		"lifecycle.Erase", "lifecycle.Exit", "lifecycle.ExtendProbation", "lifecycle.ExtendService", "lifecycle.Hire", "lifecycle.Import", "lifecycle.Join", "lifecycle.KeepDocument",
		"lifecycle.Move", "lifecycle.NoShow", "lifecycle.PlaceHold", "lifecycle.Postpone", "lifecycle.RecordDeath", "lifecycle.Rehire", "lifecycle.ReleaseHold", "lifecycle.Retire", "lifecycle.Return", "lifecycle.Revise",
		"lifecycle.Second", "lifecycle.Settle", "lifecycle.StartLongLeave", "lifecycle.Suspend", "lifecycle.Transfer", "lifecycle.VoidDocument", "lifecycle.WithdrawNotice",
		"lifecycle.WithdrawTerms",
		"payroll.Adjust", "payroll.Attach", "payroll.CreateRun", "payroll.Decide", "payroll.Open", "payroll.PayBonus", "payroll.Settle",
		"recruitment.SettleReferral",
	}
}

// insideGrants are what an allowed call may do further on: its own rights were asked when it began.
func insideGrants() []Grant {
	leaveSteps := []string{"leave.PaidShares", "leave.YearEnd"} // steps of several verbs, which read under a name of their own
	return []Grant{
		{Name: "what attendance needs", Via: slices.Concat(attendanceReads(), attendanceWrites()), Verbs: []string{"leave.Absences", "lifecycle.AwayDays", "lifecycle.TermsOf"}},
		{Name: "what leave needs", Via: slices.Concat(leaveReads(), leaveWrites(), leaveSteps), Verbs: []string{"attendance.Timesheets", "attendance.Workdays", "lifecycle.TermsOf"}},
		{Name: "what a route needs", Via: []string{"lifecycle.Route"}, Verbs: []string{"leave.Absences", "lifecycle.AwayDays"}},
		{Name: "what payroll needs", Via: slices.Concat(payrollReads(), payrollWrites()), Verbs: []string{
			"attendance.Changes", "attendance.Describe", "attendance.Timesheets", "leave.Changes", "leave.Describe",
			"lifecycle.Changes", "lifecycle.Describe", "lifecycle.Employees", "lifecycle.People", "lifecycle.SettlementGates", "lifecycle.TermsOf",
		}},
		{Name: "what recruitment needs", Via: slices.Concat(recruitmentReads(), recruitmentWrites()), Verbs: []string{
			"lifecycle.FreeSeats", "lifecycle.People", "lifecycle.TermsOf", "payroll.PriceTerms",
		}},
		{Name: "a request that was approved", Via: []string{"attendance.Decide"}, Verbs: []string{"attendance.Correct", "attendance.Roster", "attendance.Void"}},
		{Name: "what attendance owes leave", Via: []string{"attendance.SettleLeave"}, Verbs: []string{"leave.Settle"}},
		{Name: "an offer that was accepted", Role: RoleRecruiter, Via: []string{"recruitment.Accept"}, Verbs: []string{"lifecycle.Hire"}},
		{Name: "a referral that was hired", Role: RoleRecruiter, Via: []string{"recruitment.SettleReferral"}, Verbs: []string{"payroll.PayBonus"}},
		{Name: "a bonus", Via: []string{"payroll.PayBonus"}, Verbs: []string{"payroll.Adjust"}},
		{Name: "a settlement", Via: []string{"payroll.Settle"}, Verbs: []string{"payroll.Adjust", "payroll.CreateRun"}},
	}
}
