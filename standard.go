package hr

import "slices"

// The roles of [StandardAccess]. A host may have others: it adds grants for them.
const (
	RoleHR              = "hr"               // keeps the people, leave, attendance; proposes what needs approval
	RoleHRApprover      = "hr.approver"      // decides what HR proposes: pay, promotions, transfers, bank accounts
	RolePayrollPreparer = "payroll.preparer" // prepares runs and everything that goes into them
	RolePayrollApprover = "payroll.approver" // approves runs and lets them be paid
	RoleAuditor         = "auditor"          // reads everything, the audit too, and writes nothing
	RoleAdmin           = "admin"            // settings: the organisation, pay plans, headcount; sees no pay and no identity
	RoleRecruiter       = "recruiter"        // recruitment, from the opening to the accepted offer
	RoleHiring          = "hiring"           // asks for staff, interviews, decides on requisitions and offers where a route names them
	RoleScheduler       = "scheduler"        // the program that does what falls due
	RoleImporter        = "importer"         // the program that brings punches, rosters and the data of an earlier system
)

// VerbAudit is what a host asks ([Policy], or May of package storage) before it shows the audit, which no service does.
const VerbAudit = "storage.Audit"

// StandardAccess returns the access that most hosts begin with, as a value of its own that they may change. In short:
//
//   - Everybody reads their own record, leave, attendance and payslips in full, asks, and takes back what they asked for.
//   - A manager reads and decides on leave, attendance and requests of those below them. They see no pay but that of a proposal or request
//     that they are asked to decide on, and no identity number, account or reason of an absence that may speak of health.
//   - A delegate has that part of it which the manager lent, sees no pay in it, and has nothing about themselves.
//   - The roles have what stands beside them. Nobody gives, decides or changes pay about themselves; preparer and approver, HR and its
//     approver, an auditor and whoever writes are two persons.
//   - A call inside an allowed one may read what that needs: a payroll its timesheets, a leave request the calendar of the team. An
//     accepted offer hires, and a referral pays its bonus, for a recruiter who may do neither directly.
//
// testdata/access.md says it verb by verb.
func StandardAccess() Access {
	return Access{
		Grants:       slices.Concat(selfGrants(), managerGrants(), officeGrants(), payrollGrants(), hiringGrants(), programGrants(), insideGrants()),
		NotAboutSelf: notAboutSelf(),
		Exclusive: []Exclusion{
			{RolePayrollPreparer, RolePayrollApprover, "who prepares a payroll does not approve it"},
			{RoleHR, RoleHRApprover, "who proposes a change of pay or of a bank account does not approve it"},
			{RoleHR, RolePayrollApprover, "who sets pay does not let it be paid"},
			{RoleAdmin, RolePayrollPreparer, "who changes the rules of pay does not calculate it"},
			{RoleAdmin, RolePayrollApprover, "who changes the rules of pay does not let it be paid"},
			{RoleAuditor, RoleHR, auditorWhy},
			{RoleAuditor, RoleHRApprover, auditorWhy},
			{RoleAuditor, RolePayrollPreparer, auditorWhy},
			{RoleAuditor, RolePayrollApprover, auditorWhy},
			{RoleAuditor, RoleAdmin, auditorWhy},
			{RoleAuditor, RoleRecruiter, auditorWhy},
		},
	}
}

const auditorWhy = "who audits does not do what is audited"

func everything() []FieldClass { return FieldClasses() }

// ordinary is what is seen of somebody without pay, identity and health.
func ordinary() []FieldClass { return []FieldClass{ClassPublic, ClassContact, ClassPrivate} }

// withPay is what who works on pay sees: no identity number.
func withPay() []FieldClass { return append(ordinary(), ClassMoney) }

func figures() []FieldClass { return []FieldClass{ClassPublic, ClassContact} }

func selfGrants() []Grant {
	return []Grant{
		{Name: "one's own record", Relation: RelationSelf, Classes: everything(), Verbs: []string{
			"attendance.Changes", "attendance.Days", "attendance.Describe", "attendance.Export", "attendance.ForLeave", "attendance.Muster", "attendance.Timesheets", "attendance.Workdays",
			"leave.Absences", "leave.Balance", "leave.Changes", "leave.Describe", "leave.Export", "leave.Lots", "leave.Paid", "leave.Project", "leave.Request", "leave.RequestsIn", "leave.TeamCalendar",
			"lifecycle.AwayDays", "lifecycle.Changes", "lifecycle.ChecklistsOf", "lifecycle.ConsentsOf", "lifecycle.DelegationsOf", "lifecycle.Describe", "lifecycle.DocumentsOf", "lifecycle.Employment",
			"lifecycle.ExplainRoute", "lifecycle.Export", "lifecycle.HistoryReport", "lifecycle.Happenings", "lifecycle.People", "lifecycle.TermsHistory", "lifecycle.TermsOf",
			"payroll.Compare", "payroll.Explain", "payroll.Export", "payroll.Owing", "payroll.Payslip", "payroll.RequestsOf", "payroll.Settlement",
		}},
		{Name: "what concerns two", Relation: RelationSelf, OneIs: true, Classes: []FieldClass{ClassPublic}, Verbs: []string{"attendance.Diff"}},
		{Name: "asking for oneself", Relation: RelationSelf, Verbs: []string{
			"leave.Apply", "leave.Attach", "leave.Cancel", "leave.GiveBack", "leave.Withdraw",
			"lifecycle.Delegate", "lifecycle.EndDelegation", "lifecycle.EndTask", "lifecycle.GiveConsent", "lifecycle.GiveNotice", "lifecycle.Propose", "lifecycle.WithdrawConsent",
			"payroll.Ask", "payroll.Withdraw",
		}},
		{Name: "asking for oneself, with a colleague", Relation: RelationSelf, OneIs: true, Verbs: []string{
			"attendance.Ask", "attendance.Consent", "attendance.Withdraw",
		}},
	}
}

// managerGrants are those of managers, and beside each kind of approval what of it a delegate gets.
func managerGrants() []Grant {
	deciding := []struct {
		name    string
		lent    []string
		oneIs   bool
		classes []FieldClass
		reads   []string
		decides []string
	}{
		{
			"leave",
			[]string{"leave.request"},
			false, ordinary(),
			[]string{"leave.Absences", "leave.Balance", "leave.Project", "leave.Request", "leave.RequestsIn", "leave.TeamCalendar"},
			[]string{"leave.Decide"},
		},
		{
			"attendance",
			[]string{"attendance.correction", "attendance.permit", "attendance.swap"},
			true, ordinary(),
			[]string{"attendance.Diff"},
			[]string{"attendance.Decide"},
		},
		{
			"proposals",
			[]string{"lifecycle.pay_revision", "lifecycle.promotion", "lifecycle.transfer"},
			false, withPay(),
			[]string{"lifecycle.ProposalsOf"},
			[]string{"lifecycle.Decide"},
		},
		{
			"requests about pay",
			[]string{"payroll.debt", "payroll.expense"},
			false, withPay(),
			[]string{"payroll.RequestsOf"},
			[]string{"payroll.Decide"},
		},
	}
	grants := []Grant{
		{Name: "the team", Relation: RelationManager, Classes: ordinary(), Verbs: []string{
			"attendance.Days", "attendance.Muster", "attendance.Timesheets", "attendance.Workdays",
			"leave.Lots",
			"lifecycle.AwayDays", "lifecycle.ChecklistsOf", "lifecycle.DelegationsOf", "lifecycle.Employment", "lifecycle.ExplainRoute", "lifecycle.People", "lifecycle.TermsOf",
		}},
		{Name: "leading the team", Relation: RelationManager, Verbs: []string{
			"attendance.Ask", "attendance.Roster", "attendance.Withdraw",
			"leave.Apply", "leave.Withdraw",
			"lifecycle.EndTask", "lifecycle.Propose",
		}},
	}
	for _, d := range deciding {
		grants = append(grants,
			Grant{Name: "the team's " + d.name, Relation: RelationManager, OneIs: d.oneIs, Classes: d.classes, Verbs: d.reads},
			Grant{Name: "deciding on the team's " + d.name, Relation: RelationManager, OneIs: d.oneIs, Verbs: d.decides})
		for _, kind := range d.lent {
			grants = append(grants,
				Grant{Name: d.name + " that a manager lent", Relation: RelationDelegate, Lent: kind, OneIs: d.oneIs, Classes: ordinary(), Verbs: d.reads},
				Grant{Name: "deciding on " + d.name + " for a manager", Relation: RelationDelegate, Lent: kind, OneIs: d.oneIs, Verbs: d.decides})
		}
	}
	return grants
}

func officeGrants() []Grant {
	return []Grant{
		{Name: "HR reads", Role: RoleHR, Classes: everything(), Verbs: slices.Concat(attendanceReads(), leaveReads(), lifecycleReads(), []string{
			"payroll.Export", "payroll.PriceTerms", "payroll.RequestsOf",
			"recruitment.Application", "recruitment.ApplicationsFor", "recruitment.ApplicationsOf", "recruitment.Candidate", "recruitment.ExportCandidate", "recruitment.Opening", "recruitment.OpeningsAfter",
			"recruitment.PlanLinesAfter", "recruitment.Requisition", "recruitment.RequisitionsAfter",
		})},
		{Name: "HR", Role: RoleHR, Verbs: slices.Concat(attendanceWrites(), leaveWrites(), slices.DeleteFunc(lifecycleWrites(), func(v string) bool {
			return v == "lifecycle.Decide" || v == "lifecycle.Organise" || v == "lifecycle.Import" || v == "lifecycle.Settle"
		}), []string{"payroll.Ask", "payroll.Decide", "payroll.Withdraw", "recruitment.DecideRequisition", "recruitment.DecideOffer", "recruitment.Erase", "recruitment.PlaceHold", "recruitment.ReleaseHold"})},
		{Name: "the approver of HR reads", Role: RoleHRApprover, Classes: everything(), Verbs: []string{
			"lifecycle.Employment", "lifecycle.ExplainRoute", "lifecycle.HistoryReport", "lifecycle.People", "lifecycle.ProposalsOf", "lifecycle.SharingAccount", "lifecycle.TermsHistory", "lifecycle.TermsOf",
		}},
		{Name: "the approver of HR", Role: RoleHRApprover, Verbs: []string{"lifecycle.Decide", "recruitment.DecideOffer", "recruitment.DecideRequisition"}},
		{Name: "audit", Role: RoleAuditor, Classes: everything(), Verbs: slices.Concat(
			attendanceReads(), leaveReads(), lifecycleReads(), payrollReads(), recruitmentReads(), []string{VerbAudit})},
		{Name: "administration reads", Role: RoleAdmin, Classes: figures(), Verbs: []string{
			"lifecycle.DelegationsOf", "lifecycle.Employees", "lifecycle.FreeSeats", "lifecycle.Headcount", "lifecycle.Organisation", "lifecycle.People", "lifecycle.Vacant",
			"recruitment.PlanLinesAfter",
		}},
		{Name: "administration", Role: RoleAdmin, Verbs: []string{"lifecycle.Organise", "lifecycle.EndDelegation", "payroll.Adopt", "recruitment.SetPlan"}},
	}
}

func payrollGrants() []Grant {
	beside := []string{
		"attendance.Changes", "attendance.Describe", "attendance.Muster", "attendance.Timesheets",
		"leave.Absences", "leave.Changes", "leave.Describe", "leave.Paid",
		"lifecycle.AwayDays", "lifecycle.Changes", "lifecycle.Describe", "lifecycle.Employees", "lifecycle.Employment", "lifecycle.People",
		"lifecycle.SettlementGates", "lifecycle.SharingAccount", "lifecycle.TermsHistory", "lifecycle.TermsOf",
	}
	reads := slices.DeleteFunc(payrollReads(), func(v string) bool { return v == "payroll.Export" }) // what somebody asks for of themselves is not needed to pay them
	paid := []FieldClass{ClassPublic, ClassContact, ClassPrivate, ClassGovernmentID, ClassMoney}     // all but health
	return []Grant{
		{Name: "preparing payroll, reading", Role: RolePayrollPreparer, Classes: paid, Verbs: slices.Concat(reads, beside)},
		{Name: "preparing payroll", Role: RolePayrollPreparer, Verbs: []string{
			"attendance.SettleLeave", "leave.EarnFrom", "leave.Encash", "lifecycle.Settle",
			"payroll.Adjust", "payroll.Attach", "payroll.Calculate", "payroll.Cancel", "payroll.Close", "payroll.CreateRun",
			"payroll.Escalate", "payroll.Open", "payroll.Override", "payroll.PayBonus", "payroll.Settle",
		}},
		{Name: "approving payroll, reading", Role: RolePayrollApprover, Classes: paid, Verbs: slices.Concat(reads, beside)},
		{Name: "approving payroll", Role: RolePayrollApprover, Verbs: []string{"payroll.Approve", "payroll.Decide", "payroll.Pay"}},
	}
}

func hiringGrants() []Grant {
	return []Grant{
		{Name: "recruiting, reading", Role: RoleRecruiter, Classes: withPay(), Verbs: append(slices.DeleteFunc(recruitmentReads(), func(v string) bool { return v == "recruitment.ExportCandidate" }),
			"lifecycle.FreeSeats", "lifecycle.Headcount", "lifecycle.Organisation", "lifecycle.Vacant", "payroll.PriceTerms")},
		{Name: "recruiting", Role: RoleRecruiter, Verbs: slices.DeleteFunc(recruitmentWrites(), func(v string) bool {
			return v == "recruitment.SetPlan" || v == "recruitment.DecideOffer" || v == "recruitment.DecideRequisition" || v == "recruitment.PlaceHold" || v == "recruitment.ReleaseHold"
		})},
		{Name: "hiring for one's unit, reading", Role: RoleHiring, Classes: ordinary(), Verbs: []string{
			"recruitment.Application", "recruitment.ApplicationsFor", "recruitment.Candidate", "recruitment.Interview", "recruitment.InterviewsWith",
			"recruitment.Opening", "recruitment.OpeningsAfter", "recruitment.Requisition", "recruitment.ScorecardsFor",
		}},
		{Name: "hiring for one's unit", Role: RoleHiring, Verbs: []string{
			"recruitment.CancelRequisition", "recruitment.DecideOffer", "recruitment.DecideRequisition", "recruitment.Request", "recruitment.SubmitScorecard",
		}},
	}
}

func programGrants() []Grant {
	return []Grant{
		{Name: "what falls due, reading", Role: RoleScheduler, Classes: figures(), Verbs: []string{
			"lifecycle.Due", "lifecycle.DueErasures", "lifecycle.DueTasks", "lifecycle.Employees", "recruitment.Due", "recruitment.ErasurePlan", "recruitment.OpeningsAfter",
		}},
		{Name: "what falls due", Role: RoleScheduler, Verbs: []string{
			"attendance.Escalate", "attendance.SettleLeave", "leave.AccrueThrough", "leave.EarnFrom", "leave.Escalate",
			"lifecycle.ApplyProposal", "payroll.Escalate", "recruitment.Erase", "recruitment.EscalateOffer", "recruitment.EscalateRequisition",
		}},
		{Name: "import", Role: RoleImporter, Verbs: []string{"attendance.Record", "attendance.Roster", "leave.Grant", "lifecycle.Import", "payroll.Open"}},
	}
}
