package payroll

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Check names one thing that is looked at before a run is approved.
type Check string

const (
	CheckSharedAccount Check = "shared_account" // net pay of two employees would go to one account
	CheckNegativeNet   Check = "negative_net"   // more is deducted than earned
	CheckUnexplained   Check = "unexplained"    // an arrear that no fact explains
	CheckChange        Check = "change"         // net pay differs much from that of the period before
	CheckAttendance    Check = "attendance"     // not one day rests on a punch, a leave request or a correction
	CheckIdentity      Check = "identity"       // an identity number is missing, such as that for tax
	CheckReview        Check = "review"         // the law of a pack was not checked for long
	CheckMinimum       Check = "minimum"        // pay is below what is the least
)

// Checks says how closely a run is looked at. Shared accounts, negative net pay and unexplained arrears always are; what is zero here is
// off.
type Checks struct {
	Change     decimal.Decimal // percent of the net pay of the period before from which a difference is large
	Attendance bool            // everybody's time must rest on something
	Identities []string        // the kinds of identity number that everybody must have: "pan_in"
	ReviewDays int             // days after its review for which a pack is good, by the pay date
	Minimum    []MinimumPay    // what is paid must not be below the least
}

// MinimumPay names two lines or groups of the plan: what is paid, and the least that it must be, such as the minimum wage of a region by the hours of
// the period. Both are formulas, so rates are dated values with their sources, chosen by an answer or by piece, and an explanation of the
// second says why:
//
//	input skilled: yes/no
//	input payable_days: days by piece
//	param minimum.skilled: money/days = 612.00 from 2026-07-01, 634.50 from 2027-01-01
//	param minimum.other: money/days = 540.00 from 2026-07-01
//	line least "Minimum wage" in information = round(pieces((if skilled then minimum.skilled else minimum.other) * payable_days), 0.01)
//
// Only what is paid for the period itself counts, and only in the payslips that pay a whole period.
type MinimumPay struct {
	Paid  string // a line or a group: "earnings"
	Least string // a line
}

// Finding is something about a run that a person must see before it is approved: mend it, or override it. Its reason holds no amount.
type Finding struct {
	Check    Check           `class:"public"`
	Employee hr.EmployeeID   `class:"public"` // empty: of the whole run
	With     []hr.EmployeeID `class:"public"` // who else is concerned
	Reason   string          `class:"private"`
	Digest   string          `class:"public"` // of what was found: an override holds as long as this is the same
}

// Override is a decision to approve in spite of a finding.
type Override struct {
	Check    Check         `class:"public"`
	Employee hr.EmployeeID `class:"public"`
	Digest   string        `class:"public"` // of the finding
	By       hr.ActorID    `class:"public"`
	Reason   string        `class:"private"`
	At       time.Time     `class:"public"`
}

// overridden reports whether a finding is overridden in a run.
func (r Run) overridden(f Finding) bool {
	return slices.ContainsFunc(r.Overrides, func(o Override) bool {
		return o.Check == f.Check && o.Employee == f.Employee && o.Digest == f.Digest
	})
}

// find adds a finding about a payslip.
func find(out []Finding, check Check, s Payslip, reason string, with ...hr.EmployeeID) []Finding {
	f := Finding{Check: check, Employee: s.Employee, With: with, Reason: reason}
	s.Known, s.Settled, s.Looked = hr.Known{}, hr.Known{}, nil
	f.Digest = hr.Digest("finding/1", struct {
		Check Check
		With  []hr.EmployeeID
		Slip  string
	}{check, with, s.Digest()})
	return append(out, f)
}

// look returns what there is to say about one payslip, beside who shares its account.
func (c Checks) look(s Payslip, plan *Plan, before []posted, sheet hr.Timesheet, person hr.Person) (out []Finding) {
	if s.Net().Amount.Sign() < 0 {
		out = find(out, CheckNegativeNet, s, "more is deducted than earned, and a bank pays no negative amount")
	}
	if slices.ContainsFunc(s.Arrears, func(a Arrear) bool { return slices.ContainsFunc(a.Causes, ArrearCause.Unexplained) }) {
		out = find(out, CheckUnexplained, s, "has an arrear that no fact explains: "+unexplained)
	}
	if last, paid := lastNet(plan, before, s.Period); paid && c.Change.Sign() > 0 && last.Sign() > 0 {
		if (Swing{Score: 1, Percent: c.Change}).reached(s.Net().Amount.Sub(last), last) {
			out = find(out, CheckChange, s, fmt.Sprintf("net pay differs by %s %% or more from the period before", hr.Canonical(c.Change)))
		}
	}
	if c.Attendance && len(sheet.Days) > 0 && !slices.ContainsFunc(sheet.Days, func(d hr.TimesheetDay) bool { return len(d.Refs) > 0 }) {
		out = find(out, CheckAttendance, s, "not one day rests on a punch, a leave request or a correction")
	}
	for _, m := range c.Minimum {
		if paid, least := plan.sumOf(s, m.Paid), plan.sumOf(s, m.Least); paid.LessThan(least) {
			out = find(out, CheckMinimum, s, fmt.Sprintf("%s is less than %s: explain %s to see the least", m.Paid, m.Least, m.Least))
		}
	}
	for _, kind := range c.Identities {
		if person.Identity(kind).IsZero() {
			out = find(out, CheckIdentity, s, "has no "+kind)
		}
	}
	return out
}

// sumOf is what a payslip has of a line or of all lines of a group.
func (p *Plan) sumOf(s Payslip, name string) decimal.Decimal {
	sum, _ := s.Amount(name)
	for _, i := range p.program.Group(name) {
		amount, _ := s.Amount(p.lines[i].Name)
		sum = sum.Add(amount)
	}
	return sum
}

// lastNet is the net pay of the newest payslip of an earlier period.
func lastNet(plan *Plan, before []posted, p hr.Period) (net decimal.Decimal, paid bool) {
	var last posted
	for _, x := range before {
		if x.Kind == PostingPayslip && x.Period.Through.Before(p.From) && (!paid || x.Period.From.After(last.Period.From)) {
			last, paid = x, true
		}
	}
	for _, l := range last.Lines {
		if i, known := plan.program.Line(l.Name); known {
			switch plan.kinds[i] {
			case Earning:
				net = net.Add(l.Amount)
			case Deduction:
				net = net.Sub(l.Amount)
			}
		}
	}
	return net, paid
}

// ofPlan lists what is to be seen about a plan on a day, whoever is paid by it: packs that were not checked for long, and lines that are to be
// compared and that it does not have.
func (c Checks) ofPlan(plan *Plan, on hr.Date) (out []Finding) {
	for _, m := range c.Minimum {
		_, paid := plan.Line(m.Paid)
		if _, least := plan.Line(m.Least); !paid && !plan.program.HasGroup(m.Paid) || !least {
			out = append(out, Finding{
				Check: CheckMinimum, Reason: fmt.Sprintf("the plan lacks %q or %q, so nobody's pay was held against the least", m.Paid, m.Least),
				Digest: hr.Digest("finding/1", m),
			})
		}
	}
	for _, pack := range plan.reviews {
		if c.ReviewDays > 0 && on.After(pack.Reviewed.Add(c.ReviewDays)) {
			out = append(out, Finding{
				Check: CheckReview, Reason: fmt.Sprintf("the law of %s was last checked on %s, more than %d days before the pay date", pack.Name, pack.Reviewed, c.ReviewDays),
				Digest: hr.Digest("finding/1", struct {
					Pack     string
					Reviewed hr.Date
				}{pack.Name, pack.Reviewed}),
			})
		}
	}
	return out
}

// FindingRef names a finding that is overridden.
type FindingRef struct {
	Check    Check
	Employee hr.EmployeeID
	Digest   string
}

// Ref returns the name of a finding.
func (f Finding) Ref() FindingRef { return FindingRef{f.Check, f.Employee, f.Digest} }
