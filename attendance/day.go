package attendance

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// DayInput is everything that decides what one day of one employee is.
type DayInput struct {
	Date        hr.Date
	NotEmployed bool   // the day is before joining or after leaving: nothing below counts
	Shift       Shift  // required, also on a weekly off
	Roster      hr.Ref // the roster entry that chose the shift; zero where the terms did
	Calendar    hr.Day // what the employee's calendar says of Date
	Absences    []hr.Absence
	Duties      []Duty
	Sites       map[string]Site // by [Punch].Site; one that is not there has no fence
	Punches     []Punch         // those that count, in any order: what [Assign] found inside the window
	Outside     []Punch         // those that belong to the day and do not count
	Policy      Policy
	NoTrace     bool // leave [Day].Trace empty: it is most of the work where nobody asks why
}

// Day is what one day of one employee was. Minutes are whole. Payable + Unpaid is 1 on every employed day, and both are 0 on a
// day that is not employed.
type Day struct {
	Date      hr.Date
	Shift     string  // the ID of the shift
	Kind      DayKind // what the calendar makes of it, whoever is on leave
	Status    Status
	Halves    Halves
	Scheduled int // minutes of work that the shift asked for, the unpaid break taken off, whoever is on leave; 0 on a day off
	Worked    int // minutes between punches, the unpaid break taken off: the sum of regular time and overtime
	Late      int // minutes after the start, where beyond the grace
	Early     int // minutes before the end, where beyond the grace
	Overtime  int
	Night     int // of Worked, in the night
	Payable   decimal.Decimal
	Unpaid    decimal.Decimal // the loss of pay

	LeaveMinutes int              // of leave by the hour, as far as work was owed
	Returns      []hr.LeaveReturn // by the rule [WorkedLeave], one for each whole or half day of leave on the day: 0 where it stands

	Bands      []hr.Band   // those above zero: the time worked by kind, and what the night and the weekend count once more
	Sessions   []Session   // the stretches of work, in order
	Exceptions []Exception // in the order of [ExceptionCodes]
	Refs       []hr.Ref    // the roster, the leave and the punches behind it
	Trace      hr.Trace
}

// Halves says what became of the two halves of a day.
type Halves struct {
	Due   int // asked for: not on leave, not off
	Done  int // of those, worked or on duty
	Leave int // on leave
}

// The names of bands.
const (
	BandRegular  = "regular"
	BandOvertime = "overtime"
	BandNight    = "night"
)

// Classify says what a day was. It is pure, and neither the order of punches and absences nor repeating a punch changes the
// answer.
//
// A day has two halves. An absence takes the halves it covers, also on a day off: what a leave request counts is decided by
// leave, and such a half is payable by the paid share of the leave. Of the rest, what the calendar does not ask for is
// payable (weekly off, holiday, the second half of a half working day). What is left is due, and is payable as far as it was
// on duty or worked: see [Duty] and [Thresholds], and [MissingPunch] where a punch is missing.
//
// It returns [hr.FieldError]s, all together: no date, an invalid shift or policy, a calendar day or an absence of another
// date, a half of the day away or on duty twice, a paid share outside 0 to 1, a punch without an instant or with an invalid direction, two
// punches of one id that say different things.
func Classify(in DayInput) (Day, error) {
	if err := in.validate(false); err != nil {
		return Day{}, err
	}
	if in.NotEmployed {
		return notEmployed(in), nil
	}
	start, end := in.Shift.Span(in.Date)
	return read(&in, start, end), nil
}

// read is [Classify] for an employed day of which the input is right and the shift lasts from start to end.
func read(in *DayInput, start, end time.Time) Day {
	r := reading{in: *in, begins: start, ends: end}
	r.begin()
	r.attend()
	r.judge()
	r.note()
	r.day.Refs = r.refs()
	if !in.NoTrace {
		r.day.Trace = r.trace()
	}
	return r.day
}

// validate returns the faults of the input. The shift, the policy and whether each punch has its own id may be known to be sound.
func (in *DayInput) validate(sound bool) error {
	var faults hr.Faults
	if in.Date.IsZero() {
		faults.Missing("date", RuleDayDate)
	}
	checkPunches(&faults, "punches", in.Punches)
	checkPunches(&faults, "outside", in.Outside)
	if !sound {
		checkIDs(&faults, []string{"punches", "outside"}, in.Punches, in.Outside)
	}
	if !in.NotEmployed {
		if !sound {
			faults.Join("shift", in.Shift.Validate())
			faults.Join("policy", in.Policy.Validate())
		}
		if in.Calendar.Date != in.Date {
			faults.Add("calendar", RuleDayCalendar, "is about another day")
		}
		checkAbsences(&faults, in.Date, in.Absences)
		checkDuties(&faults, in.Date, in.Duties, in.Absences)
	}
	return faults.Err()
}

func checkPunches(faults *hr.Faults, path string, punches []Punch) {
	for i := range punches {
		p := &punches[i]
		if p.At.IsZero() {
			faults.Missing(fmt.Sprintf("%s[%d].at", path, i), RulePunchAt)
		}
		if p.Direction != "" && p.Direction != In && p.Direction != Out {
			faults.Add(fmt.Sprintf("%s[%d].direction", path, i), RulePunchDirection, "must be in, out, or empty where it is unknown")
		}
	}
}

func checkAbsences(faults *hr.Faults, date hr.Date, absences []hr.Absence) {
	var away [2]bool
	for i, a := range absences {
		at := fmt.Sprintf("absences[%d]", i)
		if a.Date != date {
			faults.Add(at+".date", RuleAbsenceDate, "is of another day")
		}
		if a.Half != hr.WholeDay && a.Half != hr.FirstHalf && a.Half != hr.SecondHalf {
			faults.Add(at+".half", RuleAbsenceHalf, "must be first, second, or empty for the whole day")
			continue
		}
		if a.Minutes < 0 || a.Minutes > 1440 || a.Minutes > 0 && a.Half != hr.WholeDay {
			faults.Add(at+".minutes", RuleAbsenceMinutes, "must be 0 to 1440, and 0 beside a half")
			continue
		}
		if a.Paid.Sign() < 0 || a.Paid.Cmp(one) > 0 {
			faults.Add(at+".paid", RuleAbsencePaid, "must be a share of 0 to 1")
		}
		for h := range away {
			if covers(a, h) {
				if away[h] {
					faults.Add(at+".half", RuleAbsenceOverlap, "the %s half of %s is away twice", halfNames[h], date)
				}
				away[h] = true
			}
		}
	}
	for i, a := range absences {
		if a.Minutes > 0 && away == [2]bool{true, true} {
			faults.Add(fmt.Sprintf("absences[%d].minutes", i), RuleAbsenceOverlap, "%s is away as a whole", date)
		}
	}
}

var (
	one       = decimal.NewFromInt(1)
	half      = decimal.New(5, -1)
	halfNames = [2]hr.HalfOfDay{hr.FirstHalf, hr.SecondHalf}
)

// covers reports whether an absence takes a half of the day; leave by the hour takes none.
func covers(a hr.Absence, h int) bool {
	return a.Minutes == 0 && (a.Half == hr.WholeDay || a.Half == halfNames[h])
}

func notEmployed(in DayInput) Day {
	d := Day{Date: in.Date, Status: StatusNotEmployed}
	for _, p := range inOrder(append(in.Punches[:len(in.Punches):len(in.Punches)], in.Outside...)) {
		d.Exceptions = append(d.Exceptions, exception(NotEmployedPunch, p.Ref(), "a punch on a day that is not employed"))
		d.Refs = append(d.Refs, p.Ref())
	}
	if !in.NoTrace {
		d.Trace = hr.Trace{Name: in.Date.String(), Value: string(d.Status), Refs: d.Refs}
	}
	return d
}

func exception(code ExceptionCode, ref hr.Ref, detail string, args ...any) Exception {
	return Exception{Code: code, Severity: code.Severity(), Detail: fmt.Sprintf(detail, args...), Ref: ref}
}

// TimesheetDay returns what payroll needs of d.
func (d Day) TimesheetDay() hr.TimesheetDay {
	return hr.TimesheetDay{Date: d.Date, Status: string(d.Status), Payable: d.Payable, Unpaid: d.Unpaid, Bands: d.Bands, Refs: d.Refs}
}

// Has reports whether the day shows an exception of this kind.
func (d Day) Has(code ExceptionCode) bool {
	for _, e := range d.Exceptions {
		if e.Code == code {
			return true
		}
	}
	return false
}

// clock writes an instant as the shift's clock shows it, to the minute.
func (in DayInput) clock(t time.Time) string { return t.In(in.Shift.Zone).Format("15:04") }
