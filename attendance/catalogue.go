package attendance

import (
	"fmt"

	"github.com/musterhr/hr"
)

// Role says who should act on an exception. The empty role is nobody.
type Role string

// The roles.
const (
	EmployeeActs Role = "employee" // to ask for a correction or leave
	ManagerActs  Role = "manager"  // to decide
	OfficeActs   Role = "office"   // the people who keep the attendance
)

// ExceptionRule is one line of the catalogue: what an exception means, how much it matters, who should act, and for how long they may wait.
type ExceptionRule struct {
	Code     ExceptionCode
	Title    string // for a list that people read
	Severity Severity
	Acts     Role
	Grace    int // days after the day within which it is theirs to settle; then it is the office's
}

// Catalogue lists the rule of every exception, in the order of [ExceptionCodes]: our defaults, a fresh copy at each call.
func Catalogue() []ExceptionRule {
	titles := map[ExceptionCode]struct {
		title string
		acts  Role
		grace int
	}{
		NotEmployedPunch:   {"Punch of somebody who is not employed", OfficeActs, 0},
		OutsideWindow:      {"Punch too far from the shift", EmployeeActs, 3},
		MissingIn:          {"No punch in", EmployeeActs, 3},
		MissingOut:         {"No punch out", EmployeeActs, 3},
		NothingWorked:      {"Came and went without work", EmployeeActs, 3},
		NoShow:             {"Absent without leave", EmployeeActs, 3},
		ShortDay:           {"Worked too little", EmployeeActs, 3},
		Late:               {"Came late", ManagerActs, 7},
		EarlyExit:          {"Went early", ManagerActs, 7},
		UnapprovedOvertime: {"Overtime nobody allowed", ManagerActs, 3},
		WorkOnOffDay:       {"Worked on a day off", ManagerActs, 7},
		WorkOnLeave:        {"Worked on leave", EmployeeActs, 7},
		OffSite:            {"Punched away from the site", ManagerActs, 3},
		CorrectedPunch:     {"Punch by correction", "", 0},
		RepeatedPunch:      {"Badge read again", "", 0},
	}
	var out []ExceptionRule
	for _, code := range ExceptionCodes() {
		t := titles[code]
		out = append(out, ExceptionRule{Code: code, Title: t.title, Severity: code.Severity(), Acts: t.acts, Grace: t.grace})
	}
	return out
}

// Open is an exception that waits for somebody.
type Open struct {
	Date      hr.Date
	Exception Exception
	Title     string
	Acts      Role    // who should act on the day that was asked
	Until     hr.Date // the last day of their grace
	Overdue   bool    // it has passed, and the exception is the office's
}

// Pending lists what is out of the ordinary on the days and needs somebody, as of a day, by date: exceptions with a role, by the rules of a
// catalogue, [Catalogue] or a host's own, which also decides their severity. An exception the catalogue does not have is left out.
// A catalogue with a code twice, an unknown code, severity or role, or a negative grace is refused with RuleCatalogue.
func Pending(catalogue []ExceptionRule, days []Day, on hr.Date) ([]Open, error) {
	rules := make(map[ExceptionCode]ExceptionRule, len(catalogue))
	var faults hr.Faults
	for i, r := range catalogue {
		_, twice := rules[r.Code]
		known := r.Code.Severity() != "" && (r.Severity == Info || r.Severity == Warning || r.Severity == Problem)
		role := r.Acts == "" || r.Acts == EmployeeActs || r.Acts == ManagerActs || r.Acts == OfficeActs
		if twice || !known || !role || r.Grace < 0 {
			faults.Add(fmt.Sprintf("catalogue[%d]", i), RuleCatalogue, "must be one line a known code, with a severity, a role or none, and a grace that is not negative")
		}
		rules[r.Code] = r
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	var out []Open
	for _, d := range days {
		for _, e := range d.Exceptions {
			r, ok := rules[e.Code]
			if !ok || r.Acts == "" {
				continue
			}
			e.Severity = r.Severity
			open := Open{Date: d.Date, Exception: e, Title: r.Title, Acts: r.Acts, Until: d.Date.Add(r.Grace)}
			if on.After(open.Until) {
				open.Acts, open.Overdue = OfficeActs, true
			}
			out = append(out, open)
		}
	}
	return out, nil
}
