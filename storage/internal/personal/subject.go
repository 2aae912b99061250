package personal

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
)

// Subject says about whom a case or an audit entry is. The empty subject is nobody in particular, and nothing of it is sealed.
func Subject(v any) string {
	switch x := v.(type) {
	case lifecycle.Employment:
		return storage.SubjectEmployee(x.ID)
	case lifecycle.Proposal:
		return storage.SubjectEmployee(x.Employee)
	case lifecycle.Document:
		return storage.SubjectEmployee(x.Employee)
	case lifecycle.Checklist:
		return storage.SubjectEmployee(x.Employee)
	case lifecycle.LegalHold:
		return storage.SubjectEmployee(x.Employee)
	case leave.Request:
		return storage.SubjectEmployee(x.Employee)
	case attendance.Request:
		return storage.SubjectEmployee(x.Employee)
	case payroll.Request:
		return storage.SubjectEmployee(x.Employee)
	case recruitment.Candidate:
		return recruitment.SubjectCandidate(x.ID)
	case recruitment.Application:
		return recruitment.SubjectCandidate(x.Candidate)
	case recruitment.Interview:
		return recruitment.SubjectCandidate(x.Candidate)
	case recruitment.Scorecard:
		return recruitment.SubjectApplication(x.Application)
	case storage.AuditLink:
		return SubjectOfStream(x.Stream)
	}
	return ""
}

// IsAboutSomebody says whether values of the type of v are about one subject each.
func IsAboutSomebody(v any) bool { return Subject(v) != "" }

// SubjectOfFacts says about whom the facts are that stand under an employee.
func SubjectOfFacts(id hr.EmployeeID) string {
	if id == hr.Everyone {
		return ""
	}
	return storage.SubjectEmployee(id)
}

// SubjectOfStream says about whom a chain of audit entries is.
func SubjectOfStream(stream string) string {
	if strings.HasPrefix(stream, "employee/") {
		return stream
	}
	return ""
}

// EmployeeOf is the reverse of storage.SubjectEmployee.
func EmployeeOf(subject string) (id hr.EmployeeID, ok bool) {
	text, ok := strings.CutPrefix(subject, "employee/")
	return hr.EmployeeID(text), ok
}

// CandidateOf is the reverse of recruitment.SubjectCandidate.
func CandidateOf(subject string) (id recruitment.CandidateID, ok bool) {
	text, ok := strings.CutPrefix(subject, "candidate/")
	return recruitment.CandidateID(text), ok
}

// Check returns an error for classes that have no keys.
func Check(classes []hr.FieldClass) error {
	for _, c := range classes {
		if !slices.Contains(Classes(), c) {
			return fmt.Errorf("storage: class %q has no key to destroy", c)
		}
	}
	return nil
}
