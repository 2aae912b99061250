package attendance

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// MusterRoll is who was there on which day of a pay period: a row an employee, a mark a day.
type MusterRoll struct {
	Period hr.Period
	Rows   []MusterRow
}

// MusterRow is one employee's days and what they add up to.
type MusterRow struct {
	Employee hr.EmployeeID
	Marks    []string // one a day of the period; see [Day.Mark]
	Summary  Summary
}

// Summary counts what the days of one employee were. Days are exact: those with a half of it are 0.5. Employed is payable + unpaid.
type Summary struct {
	Employed, Payable, Unpaid   decimal.Decimal
	Present                     decimal.Decimal // worked, on duty or at home
	Absent                      decimal.Decimal // due, and neither worked nor on leave
	Leave                       decimal.Decimal // on leave, paid or not
	WeeklyOffs, Holidays        int             // days without leave on which nothing was due
	MissingPunches              int             // days to be settled
	LateMarks, EarlyExits       int             // days
	LateMinutes, EarlyMinutes   int
	Worked, Overtime, Night     int // minutes
	Unapproved, Banked, Weekend int // minutes
	Problems                    int // exceptions of severity Problem
	LeaveMinutes                int // of leave by the hour, which is in no half of Leave
}

// Muster makes the muster roll of a pay period from the days of each employee, in the order given. days[i] are every day of the period
// once, in any order, as for [Summarize], and so are the faults.
func Muster(pay hr.Period, employees []hr.EmployeeID, days [][]Day) (MusterRoll, error) {
	var faults hr.Faults
	checkPeriod(&faults, "period", pay)
	if len(employees) != len(days) {
		faults.Add("days", RuleTimesheetDays, "must be a list for each employee")
	}
	if faults.Any() {
		return MusterRoll{}, faults.Err()
	}
	roll := MusterRoll{Period: pay, Rows: make([]MusterRow, len(employees))}
	for i, id := range employees {
		if _, err := Summarize(id, pay, days[i]); err != nil { // its checks are ours
			faults.Join(fmt.Sprintf("rows[%d]", i), err)
			continue
		}
		row := MusterRow{Employee: id, Marks: make([]string, pay.Len())}
		for _, d := range days[i] {
			row.Marks[d.Date.Since(pay.From)] = d.Mark()
			row.Summary.add(d)
		}
		roll.Rows[i] = row
	}
	if faults.Any() {
		return MusterRoll{}, faults.Err()
	}
	return roll, nil
}

// Muster returns the muster roll of the pins for a pay period, in pin order, with the errors of [Service.Timesheets].
func (s Service) Muster(ctx context.Context, v hr.View, pins []hr.Pin, pay hr.Period) (MusterRoll, error) {
	const verb = "attendance.Muster"
	if err := storage.May(ctx, s.Kit, v, verb, subjects(pins)...); err != nil {
		return MusterRoll{}, err
	}
	days, err := s.days(ctx, v.Inside(verb), pins, pay, answer{untraced: true})
	if err != nil {
		return MusterRoll{}, fmt.Errorf("%s: %w", verb, err)
	}
	return Muster(pay, subjects(pins), days)
}

// Mark is what a muster roll writes for the day: P present, HD half a day, A absent, WO weekly off, H holiday, L leave, LWP leave without
// pay, HL half a day of leave, OD on duty, WFH at home, MP a punch is missing, and - on a day that is not employed.
func (d Day) Mark() string {
	switch d.Status {
	case StatusPresent:
		return "P"
	case StatusHalfDay:
		return "HD"
	case StatusAbsent:
		return "A"
	case StatusWeeklyOff:
		return "WO"
	case StatusHoliday:
		return "H"
	case StatusLeave:
		return "L"
	case StatusUnpaidLeave:
		return "LWP"
	case StatusHalfLeave:
		return "HL"
	case StatusOnDuty:
		return "OD"
	case StatusHome:
		return "WFH"
	case StatusMissingPunch:
		return "MP"
	}
	return "-"
}

func (s *Summary) add(d Day) {
	if d.Status == StatusNotEmployed {
		return
	}
	s.Employed = s.Employed.Add(one)
	s.Payable, s.Unpaid = s.Payable.Add(d.Payable), s.Unpaid.Add(d.Unpaid)
	halves := func(n int) decimal.Decimal { return decimal.New(int64(n)*5, -1) }
	s.Present, s.Absent, s.Leave = s.Present.Add(halves(d.Halves.Done)), s.Absent.Add(halves(d.Halves.Due-d.Halves.Done)), s.Leave.Add(halves(d.Halves.Leave))
	switch d.Status {
	case StatusWeeklyOff:
		s.WeeklyOffs++
	case StatusHoliday:
		s.Holidays++
	case StatusMissingPunch:
		s.MissingPunches++
	}
	if d.Late > 0 {
		s.LateMarks++
	}
	if d.Early > 0 {
		s.EarlyExits++
	}
	s.LateMinutes, s.EarlyMinutes = s.LateMinutes+d.Late, s.EarlyMinutes+d.Early
	s.Worked, s.Overtime, s.Night = s.Worked+d.Worked, s.Overtime+d.Overtime, s.Night+minutesIn(d.Bands, BandNight)
	s.Unapproved += minutesIn(d.Bands, BandUnapproved)
	s.LeaveMinutes += d.LeaveMinutes
	s.Banked += minutesIn(d.Bands, BandBanked)
	s.Weekend += minutesIn(d.Bands, BandWeekend)
	for _, e := range d.Exceptions {
		if e.Severity == Problem {
			s.Problems++
		}
	}
}

// WriteCSV writes the roll: a header, then an employee a line with a mark a day and the payable and unpaid days.
func (m MusterRoll) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	header := []string{"employee"}
	for d := range m.Period.Days() {
		header = append(header, d.String())
	}
	lines := [][]string{append(header, "payable", "unpaid")}
	for _, r := range m.Rows {
		line := append([]string{string(r.Employee)}, r.Marks...)
		lines = append(lines, append(line, hr.Canonical(r.Summary.Payable), hr.Canonical(r.Summary.Unpaid)))
	}
	return out.WriteAll(lines)
}

// WriteSummaryCSV writes the monthly summary: a header, then an employee a line. Minutes are minutes.
func (m MusterRoll) WriteSummaryCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{{
		"employee", "from", "through", "employed", "payable", "unpaid", "present", "absent", "leave", "weekly_offs", "holidays", "missing_punches",
		"late_marks", "late_minutes", "early_exits", "early_minutes", "worked_minutes", "overtime_minutes", "unapproved_minutes", "banked_minutes",
		"night_minutes", "weekend_minutes", "problems", "leave_minutes",
	}}
	for _, r := range m.Rows {
		s := r.Summary
		line := []string{string(r.Employee), m.Period.From.String(), m.Period.Through.String()}
		for _, d := range []decimal.Decimal{s.Employed, s.Payable, s.Unpaid, s.Present, s.Absent, s.Leave} {
			line = append(line, hr.Canonical(d))
		}
		for _, n := range []int{
			s.WeeklyOffs, s.Holidays, s.MissingPunches, s.LateMarks, s.LateMinutes, s.EarlyExits, s.EarlyMinutes, s.Worked, s.Overtime, s.Unapproved, s.Banked,
			s.Night, s.Weekend, s.Problems, s.LeaveMinutes,
		} {
			line = append(line, strconv.Itoa(n))
		}
		lines = append(lines, line)
	}
	return out.WriteAll(lines)
}
