package schedule

import (
	"context"
	"net/url"
	"time"

	"github.com/musterhr/hr"
)

// Job is something that is to be done for each of its days.
type Job struct {
	// Name tells jobs apart, and is part of the ids of their commands: a job that is renamed is another one, which begins anew.
	Name string
	// At is the time of day, in the zone of the scheduler, from which the job is due. The zero time is midnight: as soon as the day has begun.
	At hr.TimeOfDay
	// On says which days are those of the job; nil: every day. It must answer the same for a day whenever it is asked, such as [MonthDay] does
	// or the working days of a calendar.
	On func(day hr.Date) bool
	// Since is the first day of the job. Zero is the day on which a scheduler sees it first.
	Since hr.Date
	// Within is how long one day may take; zero is a quarter of an hour. Then its context ends, and the day failed; what it had done stands, and the
	// next try goes on behind it.
	Within time.Duration
	// Run does the work of one day. It works through commands only ([Turn.For]), for it may run again for a day that it had done in part.
	Run func(ctx context.Context, t Turn) error
}

// MonthDay returns a rule for [Job.On]: the n-th day of each month, or its last where it has fewer; below 1 counts from the end, 0 being
// the last day.
func MonthDay(n int) func(hr.Date) bool {
	return func(day hr.Date) bool {
		last := day.EndOfMonth()
		if n < 1 {
			return day == last.Add(n)
		}
		return day.Day() == min(n, last.Day())
	}
}

// Weekday returns a rule for [Job.On]: these days of the week.
func Weekday(days ...time.Weekday) func(hr.Date) bool {
	return func(day hr.Date) bool {
		for _, d := range days {
			if day.Weekday() == d {
				return true
			}
		}
		return false
	}
}

// Turn is a job on one of its days.
type Turn struct {
	Job string
	Day hr.Date

	command hr.Command
	left    *[]Left
}

// Left is what a job left out of a day that it did.
type Left struct {
	About string // whom or what it concerns, such as an employee's number
	Err   error
}

// For returns the command for a part of the work: its id follows from the job, the day and the parts, so that the same part of the same day is the same
// command whoever sends it. Two commands of one day need different parts.
func (t Turn) For(part ...string) hr.Command {
	cmd := t.command
	for _, p := range part {
		cmd.ID += hr.CommandID("/" + url.PathEscape(p))
	}
	return cmd
}

// View returns a reading in the name of the scheduler.
func (t Turn) View() hr.View { return hr.View{Actor: t.command.Actor, Purpose: t.command.Purpose} }

// Left says that something could not be done which concerns one person or case alone. It is told with the outcome, and the day counts as
// done: use it where a later day does the same again, and return an error where nothing would. A nil err is nothing.
func (t Turn) Left(about string, err error) {
	if err != nil {
		*t.left = append(*t.left, Left{about, err})
	}
}
