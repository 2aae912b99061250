package relational

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/schedule"
)

const (
	commandTable    = "hr_command"
	memberTable     = "hr_run_member"
	resultTable     = "hr_result"
	dictionaryTable = "hr_payslip_line_kind"
	namesTable      = "hr_posting_names"
	identityTable   = "hr_identity"
)

// tables says how every stored type is kept.
type tables struct {
	commands, links, events mapping
	marks                   *cases[schedule.Mark]

	runs         *cases[payroll.Run]
	chunks       *cases[payroll.RunChunk]
	slips        mapping
	slipsRead    string // the SELECT of results, up to its conditions
	dictionaries dictionaries
	postings     *facts[payroll.Posting]
	adjustments  *facts[payroll.Adjustment]
	adoptions    *facts[payroll.Adoption]
	debts        *facts[payroll.Debt]
	payrollAsked *cases[payroll.Request]

	employments *cases[lifecycle.Employment]
	terms       *facts[hr.Terms]
	happenings  *facts[lifecycle.Happening]
	proposals   *cases[lifecycle.Proposal]
	documents   *cases[lifecycle.Document]
	parts       *facts[lifecycle.Part]
	delegations *facts[lifecycle.Delegation]
	checklists  *cases[lifecycle.Checklist]
	holds       *cases[lifecycle.LegalHold]
	consents    *facts[lifecycle.Consent]

	requests  *cases[leave.Request]
	movements *facts[leave.Movement]
	away      *facts[leave.Away]

	punches *facts[attendance.Punch]
	rosters *facts[attendance.Rostered]
	permits *facts[attendance.Permit]
	asked   *cases[attendance.Request]

	openings     *cases[recruitment.Opening]
	applications *cases[recruitment.Application]
	candidates   *cases[recruitment.Candidate]
	planLines    *cases[recruitment.PlanLine]
	requisitions *cases[recruitment.Requisition]
	interviews   *cases[recruitment.Interview]
	scorecards   *cases[recruitment.Scorecard]
}

func newTables() *tables {
	t := &tables{
		commands: mapOf[storage.CommandRow](nil), links: mapOf[storage.AuditLink](nil), events: mapOf[storage.Event](nil),
		marks: newCases[schedule.Mark]("hr_schedule_mark", "job"),
		runs:  newCases[payroll.Run]("hr_run", "id"), chunks: newCases[payroll.RunChunk]("hr_run_chunk", "run", "number"),
		slips:    mapOf[payroll.Payslip](append(namesIn(resultColumns), "tenant"), "Lines"),
		postings: newPostings(), adjustments: newFacts[payroll.Adjustment]("hr_adjustment", false),
		adoptions: newFacts[payroll.Adoption]("hr_adoption", false), debts: newFacts[payroll.Debt]("hr_debt", false),
		payrollAsked: newCases[payroll.Request]("hr_payroll_request", "id"),
		employments:  newCases[lifecycle.Employment]("hr_employment", "id"), terms: newFacts[hr.Terms]("hr_terms", false),
		happenings: newFacts[lifecycle.Happening]("hr_happening", false), proposals: newCases[lifecycle.Proposal]("hr_proposal", "id"),
		documents: newCases[lifecycle.Document]("hr_employee_document", "id"), checklists: newCases[lifecycle.Checklist]("hr_checklist", "id"),
		parts: newFacts[lifecycle.Part]("hr_organisation_part", false), delegations: newFacts[lifecycle.Delegation]("hr_delegation", false),
		holds: newCases[lifecycle.LegalHold]("hr_legal_hold", "id"), consents: newFacts[lifecycle.Consent]("hr_consent", false),
		requests: newCases[leave.Request]("hr_leave_request", "id"), movements: newFacts[leave.Movement]("hr_leave_movement", false),
		away:    newFacts[leave.Away]("hr_leave_day", false),
		punches: newFacts[attendance.Punch]("hr_punch", true), rosters: newFacts[attendance.Rostered]("hr_roster", true),
		permits: newFacts[attendance.Permit]("hr_permit", true), asked: newCases[attendance.Request]("hr_attendance_request", "id"),
		openings: newCases[recruitment.Opening]("hr_opening", "id"), applications: newCases[recruitment.Application]("hr_application", "id"),
		candidates: newCases[recruitment.Candidate]("hr_candidate", "id"), planLines: newCases[recruitment.PlanLine]("hr_plan_line", "id"),
		requisitions: newCases[recruitment.Requisition]("hr_requisition", "id"), interviews: newCases[recruitment.Interview]("hr_interview", "id"),
		scorecards: newCases[recruitment.Scorecard]("hr_scorecard", "id"),
	}
	t.slipsRead = `SELECT ` + quoted("", slices.Concat(namesIn(resultColumns[1:]), t.slips.names())) + ` FROM ` + quote(resultTable) + ` WHERE "tenant" = ? AND `
	return t
}

// Schema returns the statements that make the tables of a dialect: what the migrations come to.
func Schema(d Dialect) []string {
	t := newTables()
	var out []string
	table := func(name string, columns []column, key ...string) {
		lines := []string{`  "tenant" ` + d.Types[Text] + ` NOT NULL`}
		for _, c := range columns {
			lines = append(lines, "  "+definition(d, c))
		}
		lines = append(lines, `  PRIMARY KEY (`+quoted("", append([]string{"tenant"}, key...))+`)`)
		lines = append(lines, constraints(d, name, columns, key)...)
		out = append(out, "CREATE TABLE "+quote(name)+" (\n"+strings.Join(lines, ",\n")+"\n)")
	}
	index := func(name, suffix string, columns ...string) {
		out = append(out, "CREATE INDEX "+quote(name+"_"+suffix)+" ON "+quote(name)+" ("+quoted("", append([]string{"tenant"}, columns...))+")")
	}
	table(commandTable, t.commands.columns, "id")
	table(guardTable, []column{{name: "employee", kind: Text}, {name: "seq", kind: Integer}, {name: "recorded", kind: Instant}}, "employee")
	table(knowledgeTable, []column{{name: "employee", kind: Text}, {name: "quarter", kind: Integer}, {name: "seq", kind: Integer}, {name: "recorded", kind: Instant}}, "employee", "quarter")
	table(headTable, []column{{name: "stream", kind: Text}, {name: "number", kind: Integer}, {name: "hash", kind: Text}}, "stream")
	journal := func(name string, columns []column, key ...string) {
		lines := []string{`  "position" ` + d.Position, `  "tenant" ` + d.Types[Text] + ` NOT NULL`}
		for _, c := range columns {
			lines = append(lines, "  "+definition(d, c))
		}
		lines = append(lines, constraints(d, name, columns, key)...)
		out = append(out, "CREATE TABLE "+quote(name)+" (\n"+strings.Join(lines, ",\n")+"\n)")
	}
	unique := func(name string, columns ...string) {
		out = append(out, "CREATE UNIQUE INDEX "+quote(name+"_"+columns[len(columns)-1])+" ON "+quote(name)+" ("+quoted("", append([]string{"tenant"}, columns...))+")")
	}
	table(keyTable, keyColumns(), "subject", "class")
	journal(auditTable, append(slices.Clone(t.links.columns), sealedColumn), "stream")
	unique(auditTable, "stream", "number")
	journal(eventTable, append([]column{{name: "pending", kind: Boolean}}, t.events.columns...), "id")
	unique(eventTable, "id")
	out = append(out, "CREATE INDEX \"hr_event_pending\" ON "+quote(eventTable)+` ("tenant", "position") WHERE "pending"`)
	table(seenTable, []column{{name: "consumer", kind: Text}, {name: "event", kind: Text}}, "consumer", "event")
	cases := func(name string, columns []column, key ...string) { table(name, columns, key...) }
	facts := func(name string, wide bool, columns []column) {
		if wide {
			table(name, columns, "id")
			index(name, "day", "employee", "period_from", "seq")
		} else {
			table(name, columns, "employee", "id")
		}
		index(name, "seq", "employee", "seq", "line")
	}
	cases(t.marks.name, t.marks.columns(), t.marks.keys...)
	cases(t.runs.name, t.runs.columns(), t.runs.keys...)
	cases(t.chunks.name, t.chunks.columns(), t.chunks.keys...)
	table(memberTable, memberColumns, "run", "employee")
	table(dictionaryTable, dictionaryColumns, "id", "position")
	table(resultTable, append(slices.Clone(resultColumns), t.slips.columns...), "run", "employee")
	table(namesTable, namesColumns, "id")
	facts(t.postings.name, t.postings.wide, t.postings.columns())
	facts(t.adjustments.name, t.adjustments.wide, t.adjustments.columns())
	facts(t.adoptions.name, t.adoptions.wide, t.adoptions.columns())
	facts(t.debts.name, t.debts.wide, t.debts.columns())
	cases(t.payrollAsked.name, t.payrollAsked.columns(), t.payrollAsked.keys...)
	index(t.payrollAsked.name, "employee", "employee", "id")
	cases(t.employments.name, t.employments.columns(), t.employments.keys...)
	index(t.employments.name, "account", "person_bank_bank", "person_bank_number")
	table(identityTable, []column{{name: "kind", kind: Text}, {name: "number", kind: Secret}, {name: "employee", kind: Text}}, "kind", "number", "employee")
	index(identityTable, "employee", "employee")
	facts(t.terms.name, t.terms.wide, t.terms.columns())
	index(t.terms.name, "position", "position", "employee")
	index(t.terms.name, "manager", "manager", "employee")
	facts(t.happenings.name, t.happenings.wide, t.happenings.columns())
	cases(t.proposals.name, t.proposals.columns(), t.proposals.keys...)
	index(t.proposals.name, "employee", "employee", "id")
	cases(t.documents.name, t.documents.columns(), t.documents.keys...)
	index(t.documents.name, "employee", "employee", "id")
	index(t.documents.name, "expires", "expires", "id")
	facts(t.parts.name, t.parts.wide, t.parts.columns())
	facts(t.delegations.name, t.delegations.wide, t.delegations.columns())
	cases(t.checklists.name, t.checklists.columns(), t.checklists.keys...)
	index(t.checklists.name, "employee", "employee", "id")
	index(t.checklists.name, "due", "next_due", "id")
	cases(t.holds.name, t.holds.columns(), t.holds.keys...)
	index(t.holds.name, "employee", "employee", "id")
	facts(t.consents.name, t.consents.wide, t.consents.columns())
	cases(t.requests.name, t.requests.columns(), t.requests.keys...)
	index(t.requests.name, "employee", "employee", "period_from")
	facts(t.movements.name, t.movements.wide, t.movements.columns())
	facts(t.away.name, t.away.wide, t.away.columns())
	facts(t.punches.name, t.punches.wide, t.punches.columns())
	facts(t.rosters.name, t.rosters.wide, t.rosters.columns())
	facts(t.permits.name, t.permits.wide, t.permits.columns())
	cases(t.asked.name, t.asked.columns(), t.asked.keys...)
	index(t.asked.name, "employee", "employee", "period_from")
	cases(t.planLines.name, t.planLines.columns(), t.planLines.keys...)
	cases(t.requisitions.name, t.requisitions.columns(), t.requisitions.keys...)
	cases(t.openings.name, t.openings.columns(), t.openings.keys...)
	cases(t.candidates.name, t.candidates.columns(), t.candidates.keys...)
	cases(t.applications.name, t.applications.columns(), t.applications.keys...)
	index(t.applications.name, "opening", "opening", "id")
	index(t.applications.name, "candidate", "candidate", "id")
	cases(t.interviews.name, t.interviews.columns(), t.interviews.keys...)
	index(t.interviews.name, "candidate", "candidate", "id")
	cases(t.scorecards.name, t.scorecards.columns(), t.scorecards.keys...)
	index(t.scorecards.name, "application", "application", "id")
	table(wordTable, []column{{name: "kind", kind: Text}, {name: "word", kind: Text}, {name: "id", kind: Text}}, "kind", "word", "id")
	index(wordTable, "id", "kind", "id")
	return append(out, "CREATE VIEW \"payslip_line\" AS\n"+d.Lines)
}

// definition is a column in a CREATE TABLE.
func definition(d Dialect, c column) string {
	null := " NOT NULL"
	switch c.kind {
	case Day, Instant, Bytes, Integers, nullDocument, reference:
		null = ""
	}
	return fmt.Sprintf("%s %s%s", quote(c.name), d.Types[c.kind.stored()], null)
}

const (
	nullDocument Kind = -1 // a document that need not be there
	reference    Kind = -2 // the id of a row that is there; null where it is empty
)

// stored is the kind that a database has for a column.
func (k Kind) stored() Kind {
	switch k {
	case nullDocument:
		return Document
	case reference:
		return Text
	}
	return k
}
