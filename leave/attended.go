package leave

import (
	"context"
	"time"

	"github.com/musterhr/hr"
)

// Attended says whether leave may be asked for over time that was worked already. The zero Attended lets it be: the leave stands, and
// attendance shows work on leave and gives it back where its own rule says so.
type Attended struct {
	// Refused refuses a whole day on which any time was worked, and half a day where all that was due that day was worked. It
	// is asked when somebody applies and again when the last of the approvers agrees. Leave by the hour is not looked at: it lies beside work.
	Refused bool `json:"refused,omitempty" class:"public"`
}

// attended records the days of a request that were worked, up to the day of the command.
func (s Service) attended(ctx context.Context, faults *hr.Faults, cmd hr.Command, p Policy, employee hr.EmployeeID, days []Day) error {
	var of hr.Period
	today := hr.DateOf(cmd.At(), time.UTC).Add(1) // it may be tomorrow where they work
	asked := map[hr.Date]Day{}
	for _, d := range days {
		if d.Quantity.Sign() == 0 || d.Why == ByTheHour || d.Date.After(today) {
			continue
		}
		asked[d.Date] = d
		if of.From.IsZero() || d.Date.Before(of.From) {
			of.From = d.Date
		}
		of.Through = later(of.Through, d.Date)
	}
	if !p.Attended.Refused || len(asked) == 0 {
		return nil
	}
	if s.Sheets == nil {
		return &hr.FieldError{Path: "leave.sheets", Rule: RuleService, Reason: "is required: a policy asks whether days were worked", Err: hr.ErrRequired}
	}
	sheets, err := s.Sheets.Timesheets(ctx, cmd.View("leave.Apply", hr.Known{}), []hr.Pin{{Employee: employee}}, of)
	if err != nil {
		return err
	}
	for _, sheet := range sheets {
		for _, day := range sheet.Days {
			d, ok := asked[day.Date]
			worked := 0
			for _, b := range day.Bands {
				worked = max(worked, b.Minutes)
			}
			if ok && worked > 0 && (d.Half == hr.WholeDay || day.Payable.Equal(one)) {
				faults.Add("period", RuleRequestAttended, "%s was worked", day.Date)
			}
		}
	}
	return nil
}
