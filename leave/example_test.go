package leave_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage/memory"
)

// Leave from Friday to Monday, where the policy counts days off between days of leave.
func ExampleCount() {
	calendar := hr.MustCalendar(hr.CalendarRules{
		Name: "Bengaluru", Span: hr.MustPeriod("2026-01-01..2026-12-31"),
		Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
	})
	counted, err := leave.Count(leave.CountInput{
		Period: hr.MustPeriod("2026-10-09..2026-10-12"), ThroughHalf: hr.FirstHalf, // back on Monday at noon
		Calendar: calendar,
		Counting: leave.Counting{Sandwich: leave.SandwichEnclosed},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = counted.Trace.Text(os.Stdout)
	// Output:
	// leave days = 3.5 days  [2026-10-09..2026-10-12]
	//    = working days, and days off between leave and leave
	//    2026-10-09 = 1 days
	//       working
	//    2026-10-10 = 1 days
	//       weekly_off_counted
	//    2026-10-11 = 1 days
	//       weekly_off_counted
	//    2026-10-12 = 0.5 days
	//       working, first half asked for
}

// Two lots, of which one lapses at the end of March: it goes first.
func ExampleDraw() {
	lot := func(id, days, usable string) leave.Entry {
		return leave.Entry{ID: id, Period: hr.MustPeriod(usable), Value: leave.Movement{
			Type: "earned", Lot: leave.LotID(id), Kind: leave.Granted, Quantity: dec(days),
		}}
	}
	entries := []leave.Entry{lot("2026", "10", "2026-01-01.."), lot("carried", "1.5", "2026-01-01..2026-03-31")}
	days := []leave.Day{
		{Date: hr.MustDate("2026-03-30"), Quantity: dec("1")},
		{Date: hr.MustDate("2026-03-31"), Quantity: dec("1")},
	}
	drawn, short := leave.Draw(entries, leave.Policy{Type: "earned"}, days)
	for _, d := range drawn {
		for _, s := range d.Lots {
			fmt.Println(d.Date, s.Quantity, "from", s.Lot)
		}
	}
	fmt.Println("short:", short)
	fmt.Println("left on 1 January:", leave.Balance(entries, "earned", hr.MustDate("2026-01-01")))
	// Output:
	// 2026-03-30 1 from carried
	// 2026-03-31 0.5 from carried
	// 2026-03-31 0.5 from 2026
	// short: 0
	// left on 1 January: 11.5
}

// Missed runs are caught up with; what is on record is not posted again.
func ExampleAccrue() {
	policies, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: leave.Policy{
		Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: dec("1"),
		Accrual: leave.Accrual{Every: leave.Monthly, Days: dec("1.25"), Day: 1},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	employed := []hr.Period{hr.MustPeriod("2026-07-20..")}
	due, err := leave.Accrue("earned", policies["earned"], employed, nil, hr.MustDate("2026-10-31"))
	for _, e := range due {
		fmt.Println(e.ID, e.Value.Quantity)
	}
	fmt.Println(err)
	// Output:
	// accrual/earned/2026-08 1.25
	// accrual/earned/2026-09 1.25
	// accrual/earned/2026-10 1.25
	// <nil>
}

// A request over the services: asked for, approved, and seen by attendance.
func ExampleService() {
	db := memory.New()
	at := func() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }
	terms, _ := hr.NewTimeline(hr.Step[hr.Terms]{Since: hr.MustDate("2020-06-01"), Value: hr.Terms{Calendar: "blr"}})
	policies, _ := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2020-01-01"), Value: leave.Policy{
		Type: "casual", Name: "Casual leave", Unit: leave.Days, Paid: dec("1"),
	}})
	lv := leave.Service{
		Kit:      db.Kit(hr.AllowAll, at),
		Requests: db, Ledger: db, Absent: db,
		Terms: staff{"E1": terms}, Router: route{{Name: "manager", Approvers: []hr.ActorID{"boss"}}},
		Calendars: map[string]hr.Calendar{"blr": october}, Policies: policies,
	}
	ctx := context.Background()
	do := func(id hr.CommandID, actor hr.ActorID) hr.Command {
		return hr.Command{ID: id, Actor: hr.Actor{ID: actor}}
	}
	_, err := lv.Grant(ctx, do("1", "desk"), leave.Credit{
		Employee: "E1", Type: "casual", Kind: leave.Opening, Quantity: dec("4"), Usable: hr.MustPeriod("2026-10-01.."),
		Source: hr.Source{Title: "the earlier system", Dated: hr.MustDate("2026-09-30")},
	})
	fmt.Println(err)
	id, err := lv.Apply(ctx, do("2", "maya"), leave.Application{
		Employee: "E1", Type: "casual", Period: hr.MustPeriod("2026-10-05..2026-10-06"), ThroughHalf: hr.FirstHalf,
	})
	fmt.Println(err)
	fmt.Println(lv.Decide(ctx, do("3", "boss"), id, leave.Decision{Agree: true}))

	view := hr.View{Actor: hr.Actor{ID: "desk"}}
	left, err := lv.Balance(ctx, view, "E1", "casual", hr.MustDate("2026-10-31"))
	fmt.Println(left, "left", err)
	away, err := lv.Absences(ctx, view, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod("2026-10-01..2026-10-31"))
	for _, a := range away[0] {
		fmt.Println(a.Date, a.Portion(), a.Type)
	}
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
	// <nil>
	// 2.5 left <nil>
	// 2026-10-05 1 casual
	// 2026-10-06 0.5 casual
	// <nil>
}
