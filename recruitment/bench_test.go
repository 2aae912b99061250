package recruitment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// The figures of more applications cost as much more.
func BenchmarkMeasure(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		way := []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview, recruitment.Propose, recruitment.Accept}
		applications := make([]recruitment.Application, n)
		for i := range applications {
			a := &applications[i]
			a.Opening, a.Source.Channel, a.State = "R1", "direct", recruitment.Applied
			a.Trail = []recruitment.Move{{To: a.State}}
			for _, on := range way[:i%5] {
				to, _ := recruitment.Machine().Next(a.State, on)
				a.Trail = append(a.Trail, recruitment.Move{On: on, From: a.State, To: to})
				a.State = to
			}
		}
		today := hr.MustDate("2026-10-01")
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				recruitment.Pipeline{}.Measure([]recruitment.Opening{{ID: "R1", Opened: today}}, applications, func(recruitment.Move) hr.Date { return today })
			}
		})
	}
}

// The slots of more weeks cost as much more.
func BenchmarkSlots(b *testing.B) {
	begin := time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC)
	people := []recruitment.Diary{{Hours: office("09:00", "17:00")}, {Zone: time.FixedZone("IST", 19800), Hours: office("09:00", "18:00")}}
	for _, weeks := range []int{1, 4, 16} {
		q := recruitment.SlotSearch{Within: recruitment.Span{From: begin, Until: begin.AddDate(0, 0, 7*weeks)}, Length: time.Hour, Diaries: people}
		b.Run(fmt.Sprint(weeks), func(b *testing.B) {
			for b.Loop() {
				if slots, err := recruitment.Slots(q); err != nil || len(slots) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
