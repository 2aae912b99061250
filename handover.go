package hr

import (
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/shopspring/decimal"
)

// Person is who an employee is. It prints and logs without values.
type Person struct {
	Name       string      `json:"name" class:"contact"`
	Born       Date        `json:"born,omitzero" class:"private"`
	Gender     string      `json:"gender,omitempty" class:"private"` // "female", "male", "other"; empty where not stated. Some laws tell them apart.
	Email      string      `json:"email,omitempty" class:"contact"`
	Phone      string      `json:"phone,omitempty" class:"contact"`
	Identities []Identity  `json:"identities,omitempty" class:"government_id"`
	Bank       BankAccount `json:"bank,omitzero" class:"government_id"`
}

// Identity is a number that a government gave: its kind ("pan_in", "uan_in") names the rule that checks it.
type Identity struct {
	Kind   string `json:"kind" class:"public"`
	Number Secret `json:"number" class:"government_id"`
}

// BankAccount is where pay goes. It prints and logs without values. The zero BankAccount is none.
type BankAccount struct {
	Holder string `json:"holder" class:"contact"`
	Number Secret `json:"number" class:"government_id"`
	Bank   string `json:"bank" class:"private"`           // the code of the bank or branch: IFSC, routing number, sort code, BIC, transit and institution
	Kind   string `json:"kind,omitempty" class:"private"` // "savings", "current" ("checking" in North America)
}

// IsZero reports whether there is no account.
func (b BankAccount) IsZero() bool { return b == BankAccount{} }

// Identity returns the number of a kind; empty if there is none.
func (p Person) Identity(kind string) Secret {
	for _, id := range p.Identities {
		if id.Kind == kind {
			return id.Number
		}
	}
	return Secret{}
}

// PayTerm is one named amount of somebody's terms, as agreed for a full month (or as its name says): "basic" 40000.
type PayTerm struct {
	Name   string          `json:"name" class:"public"`
	Amount decimal.Decimal `json:"amount" class:"money"`
}

// Answer is one named fact that pay rules ask about and that is no amount: "pf_capped" yes, "tax_regime" new, "joined_epf"
// 2019-04-01. Yes/no is written "yes" or "no", a date in ISO form.
type Answer struct {
	Name string `json:"name" class:"public"`
	Text string `json:"text" class:"private"`
}

// Terms are what holds between employer and employee on a day: where they stand and what they are paid. They are kept as
// facts with two times, and print and log without values.
type Terms struct {
	Entity     string     `json:"entity,omitempty" class:"public"` // the legal entity that employs and pays
	Department string     `json:"department,omitempty" class:"public"`
	Position   string     `json:"position,omitempty" class:"public"`
	Grade      string     `json:"grade,omitempty" class:"public"`
	Place      string     `json:"place,omitempty" class:"public"`  // the office or site
	Region     string     `json:"region,omitempty" class:"public"` // the jurisdiction of the place: "IN-KA"
	CostCentre string     `json:"cost_centre,omitempty" class:"public"`
	Manager    EmployeeID `json:"manager,omitempty" class:"public"`
	Calendar   string     `json:"calendar,omitempty" class:"public"` // the name of the holiday calendar
	Shift      string     `json:"shift,omitempty" class:"public"`    // the shift or rotation where no roster says otherwise
	Currency   Currency   `json:"currency,omitempty" class:"public"`
	Pay        []PayTerm  `json:"pay,omitempty" class:"money"`
	Answers    []Answer   `json:"answers,omitempty" class:"private"`
}

// Amount returns the pay term of a name; ok is false if there is none.
func (t Terms) Amount(name string) (amount decimal.Decimal, ok bool) {
	for _, p := range t.Pay {
		if p.Name == name {
			return p.Amount, true
		}
	}
	return decimal.Decimal{}, false
}

// Answer returns the text of a named answer; ok is false if there is none.
func (t Terms) Answer(name string) (text string, ok bool) {
	for _, a := range t.Answers {
		if a.Name == name {
			return a.Text, true
		}
	}
	return "", false
}

// Clone returns a copy that shares nothing with t.
func (t Terms) Clone() Terms {
	t.Pay, t.Answers = slices.Clone(t.Pay), slices.Clone(t.Answers)
	return t
}

// Hire is what recruitment hands to lifecycle: who joins, when, on what terms.
type Hire struct {
	Employee EmployeeID // the host's own number for them; empty: one is made
	Person   Person
	Start    Date
	Terms    Terms
	Cause    Ref // the accepted offer
}

// PayPrice is what payroll answers recruitment about terms that are not anybody's yet: what the months of Over come to. It prints and
// logs without values. The zero PayPrice is none.
type PayPrice struct {
	Over  Period `json:"over" class:"public"` // whole months, both ends included
	Gross Money  `json:"gross" class:"money"` // earnings
	Net   Money  `json:"net" class:"money"`   // earnings less deductions: what is paid out
	Cost  Money  `json:"cost" class:"money"`  // earnings and the employer's own contributions: the cost to the company
}

// HalfOfDay says which part of a day something covers. The empty value is the whole day.
type HalfOfDay string

const (
	WholeDay   HalfOfDay = ""
	FirstHalf  HalfOfDay = "first"
	SecondHalf HalfOfDay = "second"
)

// Absence is what leave hands to attendance: one approved day, half of one, or some minutes of one, away from work.
type Absence struct {
	Employee EmployeeID
	Date     Date
	Half     HalfOfDay
	Minutes  int             // of leave by the hour, wherever in the day, without a Half; zero: the whole day, or the half
	Type     string          // the leave type: "earned", "unpaid"
	Paid     decimal.Decimal // the share of pay that goes on, 0 to 1
	Ref      Ref             // the leave request
}

// Portion returns the covered part of the day: 1, or 0.5 for a half. What part leave by the hour is depends on the shift, and is not
// asked here: [Absence.Minutes] says how long it is.
func (a Absence) Portion() decimal.Decimal {
	if a.Half == WholeDay {
		return decimal.NewFromInt(1)
	}
	return decimal.New(5, -1)
}

// LeaveGrant is what attendance hands to leave for work that is repaid in time: time off in lieu, compensatory leave. Ref tells two
// grants apart: the same Ref again with another Quantity corrects the first, and 0 takes it back.
type LeaveGrant struct {
	Employee EmployeeID      `json:"employee" class:"public"`
	Type     string          `json:"type" class:"public"`  // the leave type: "comp_off"
	Date     Date            `json:"date" class:"private"` // the day of the work
	Quantity decimal.Decimal `json:"quantity" class:"private"`
	Unit     string          `json:"unit" class:"public"`             // "days" or "hours": that of the leave type
	Usable   Period          `json:"usable,omitzero" class:"private"` // both days included; the zero Period is what the leave type says
	Ref      Ref             `json:"ref" class:"public"`
	Refs     []Ref           `json:"refs,omitempty" class:"private"` // the punches behind it
}

// LeaveCharge is what attendance takes from leave: the penalty of a policy, such as half a day of casual leave for the third late
// mark. Its Ref works like that of [LeaveGrant].
type LeaveCharge struct {
	Employee EmployeeID      `json:"employee" class:"public"`
	Type     string          `json:"type" class:"public"`
	Date     Date            `json:"date" class:"private"`     // the day that made it due
	Quantity decimal.Decimal `json:"quantity" class:"private"` // in the unit of the leave type
	Ref      Ref             `json:"ref" class:"public"`
	Refs     []Ref           `json:"refs,omitempty" class:"private"` // the punches behind it
}

// LeaveReturn is what attendance gives back to leave: a day of leave, or half of one, on which the employee worked after all. The
// request stays approved and the day stays in it; what it took goes back to the lots it came from. The same Request and Date again
// with another Share correct the first, and 0 takes the return back.
type LeaveReturn struct {
	Employee EmployeeID      `json:"employee" class:"public"`
	Date     Date            `json:"date" class:"private"`
	Half     HalfOfDay       `json:"half,omitempty" class:"private"` // which absence of the day, as leave handed it over
	Share    decimal.Decimal `json:"share" class:"private"`          // of what that absence took: 0 to 1
	Request  Ref             `json:"request" class:"public"`
	Refs     []Ref           `json:"refs,omitempty" class:"private"` // the punches behind it
}

// LeaveDues are all that the days of one employee ask of leave, to be applied together. What was asked before and is not any more is
// among them with a quantity or share of 0, so that applying them twice, or again after a late fact, comes to what holds now.
type LeaveDues struct {
	Employee EmployeeID    `json:"employee" class:"public"`
	Charges  []LeaveCharge `json:"charges,omitempty" class:"private"`
	Grants   []LeaveGrant  `json:"grants,omitempty" class:"private"`
	Returns  []LeaveReturn `json:"returns,omitempty" class:"private"`
}

// Band is time worked of one kind on a day: "regular", "overtime", "night". Minutes are whole; turning them into decimal
// hours happens once, in [Timesheet.Hours].
type Band struct {
	Name    string `json:"name" class:"public"`
	Minutes int    `json:"minutes" class:"private"`
}

// TimesheetDay is one day an employee was employed: Payable + Unpaid is 1.
type TimesheetDay struct {
	Date    Date            `json:"date" class:"private"`
	Status  string          `json:"status" class:"private"` // "present", "weekly_off", "holiday", "leave", "absent", ...
	Payable decimal.Decimal `json:"payable" class:"private"`
	Unpaid  decimal.Decimal `json:"unpaid" class:"private"`
	Bands   []Band          `json:"bands,omitempty" class:"private"`
	Refs    []Ref           `json:"refs,omitempty" class:"private"` // the punches, leave requests and corrections behind it
}

// Timesheet is what attendance hands to payroll: the payable and unpaid days of one employee in one pay period, by day and
// with evidence. A late fact makes a new Revision; the digest tells two apart.
type Timesheet struct {
	Employee EmployeeID      `json:"employee" class:"public"`
	Period   Period          `json:"period" class:"public"` // the pay period; Days are those of it that were employed
	Payable  decimal.Decimal `json:"payable" class:"private"`
	Unpaid   decimal.Decimal `json:"unpaid" class:"private"`
	Bands    []Band          `json:"bands,omitempty" class:"private"` // totals of the days, by name
	Days     []TimesheetDay  `json:"days" class:"private"`
	Known    Known           `json:"known,omitzero" class:"public"`
	Revision int             `json:"revision,omitempty" class:"public"`
}

// Digest returns the digest of what the timesheet says, its Known and Revision left out.
func (t Timesheet) Digest() string {
	t.Known, t.Revision = Known{}, 0
	return Digest("timesheet/1", t)
}

// Hours returns the time of a band in decimal hours, over p or, for the zero Period, over the whole timesheet: minutes
// divided by 60 and rounded by r. It is the one place where minutes become hours.
func (t Timesheet) Hours(band string, p Period, r Rounding) (decimal.Decimal, error) {
	return r.Ratio(decimal.NewFromInt(int64(t.Minutes(band, p))), decimal.NewFromInt(60))
}

// Minutes returns the minutes of a band, over p or, for the zero Period, over the whole timesheet.
func (t Timesheet) Minutes(band string, p Period) int {
	minutes := 0
	for _, d := range t.Days {
		for _, b := range d.Bands {
			if b.Name == band && (p.IsZero() || p.Contains(d.Date)) {
				minutes += b.Minutes
			}
		}
	}
	return minutes
}

// PayableIn returns the payable days of the part of the timesheet inside p.
func (t Timesheet) PayableIn(p Period) decimal.Decimal {
	var sum decimal.Decimal
	for _, d := range t.Days {
		if p.Contains(d.Date) {
			sum = sum.Add(d.Payable)
		}
	}
	return sum
}

// RefsIn returns the evidence of the days inside p that meet the condition, in order of day.
func (t Timesheet) RefsIn(p Period, when func(TimesheetDay) bool) []Ref {
	var refs []Ref
	for _, d := range t.Days {
		if p.Contains(d.Date) && when(d) {
			refs = append(refs, d.Refs...)
		}
	}
	return refs
}

// Validate returns [FieldError]s with RuleTimesheetBalance unless every day is payable plus unpaid exactly once, days rise
// inside the period, and the totals are the sums of the days.
func (t Timesheet) Validate() error {
	var faults Faults
	var payable, unpaid decimal.Decimal
	wholes := [2]int64{} // days that are payable, and unpaid, as a whole: most are, and counting them adds no decimals
	for i := range t.Days {
		d := &t.Days[i]
		at := func(field string) string { return fmt.Sprintf("days[%d]%s", i, field) }
		if !t.Period.Contains(d.Date) || i > 0 && !d.Date.After(t.Days[i-1].Date) {
			faults.Add(at(".date"), RuleTimesheetBalance, "days must rise inside the period")
		}
		switch {
		case d.Unpaid.IsZero() && d.Payable.Equal(one):
			wholes[0]++
		case d.Payable.IsZero() && d.Unpaid.Equal(one):
			wholes[1]++
		default:
			if d.Payable.IsNegative() || d.Unpaid.IsNegative() || !d.Payable.Add(d.Unpaid).Equal(one) {
				faults.Add(at(""), RuleTimesheetBalance, "payable and unpaid must make one day")
			}
			payable, unpaid = payable.Add(d.Payable), unpaid.Add(d.Unpaid)
		}
		for _, b := range d.Bands {
			if b.Minutes < 0 {
				faults.Add(at(".bands"), RuleTimesheetBalance, "minutes must not be negative")
			}
		}
	}
	payable, unpaid = payable.Add(decimal.NewFromInt(wholes[0])), unpaid.Add(decimal.NewFromInt(wholes[1]))
	if !payable.Equal(t.Payable) || !unpaid.Equal(t.Unpaid) {
		faults.Add("payable", RuleTimesheetBalance, "totals must be the sums of the days")
	}
	return faults.Err()
}

var one = decimal.NewFromInt(1)

// Settlement is what payroll hands to lifecycle once somebody who left is paid: the last pay with all that is owed either way.
type Settlement struct {
	Employee EmployeeID       `json:"employee" class:"public"`
	LastDay  Date             `json:"last_day" class:"private"`
	Run      Ref              `json:"run" class:"public"`
	PaidOn   Date             `json:"paid_on" class:"private"`
	Due      Date             `json:"due,omitzero" class:"private"`  // the day by which the law wants it paid; zero: none is known
	Law      Source           `json:"law,omitzero" class:"public"`   // that says so
	Net      Money            `json:"net" class:"money"`             // below zero: the employee owes it
	Lines    []SettlementLine `json:"lines,omitempty" class:"money"` // every line with an amount; earnings less deductions are Net
	Digest   string           `json:"digest" class:"public"`         // of the payslip
}

// SettlementLine is one figure of a [Settlement].
type SettlementLine struct {
	Name   string          `json:"name" class:"public"`
	Title  string          `json:"title" class:"public"`
	Kind   string          `json:"kind" class:"public"`          // "earning", "deduction", "employer"
	For    Period          `json:"for,omitzero" class:"private"` // of arrears: the earlier period; zero: the last one
	Amount decimal.Decimal `json:"amount" class:"money"`
	Why    string          `json:"why,omitempty" class:"money"`    // in sentences
	Refs   []Ref           `json:"refs,omitempty" class:"private"` // the facts behind it
}

// Late reports whether it was paid after the day by which the law wants it.
func (s Settlement) Late() bool { return !s.Due.IsZero() && s.PaidOn.After(s.Due) }

// The containers below hold pay or identity: whatever the verb, fmt and slog see their kind only.

// Format hides the values.
func (Person) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[person]") }

// LogValue hides the values.
func (Person) LogValue() slog.Value { return slog.StringValue("[person]") }

// Format hides the values.
func (BankAccount) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[bank account]") }

// LogValue hides the values.
func (BankAccount) LogValue() slog.Value { return slog.StringValue("[bank account]") }

// Format hides the values.
func (Terms) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[terms]") }

// LogValue hides the values.
func (Terms) LogValue() slog.Value { return slog.StringValue("[terms]") }

// Format hides the values.
func (PayTerm) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[pay term]") }

// LogValue hides the values.
func (PayTerm) LogValue() slog.Value { return slog.StringValue("[pay term]") }

// Format hides the values.
func (Hire) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[hire]") }

// LogValue hides the values.
func (Hire) LogValue() slog.Value { return slog.StringValue("[hire]") }

// Format hides the values.
func (s Settlement) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "[settlement of "+string(s.Employee)+"]")
}

// LogValue hides the values.
func (s Settlement) LogValue() slog.Value {
	return slog.StringValue("[settlement of " + string(s.Employee) + "]")
}

// Format hides the values.
func (l SettlementLine) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "[settlement line "+l.Name+"]")
}

// LogValue hides the values.
func (l SettlementLine) LogValue() slog.Value {
	return slog.StringValue("[settlement line " + l.Name + "]")
}

// Format hides the values.
func (PayPrice) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[pay price]") }

// LogValue hides the values.
func (PayPrice) LogValue() slog.Value { return slog.StringValue("[pay price]") }
