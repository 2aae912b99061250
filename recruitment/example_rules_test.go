package recruitment_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// A house that gives an exercise before the interview, and makes no offer before somebody has written what they thought.
func ExampleNewPipeline() {
	const exercise, give = recruitment.State("exercise"), recruitment.Event("give_exercise")
	rows := recruitment.Machine().Rows()
	for i, r := range rows {
		if r.From == recruitment.Screening && r.On == recruitment.ToInterview {
			rows[i] = hr.Transition[recruitment.State, recruitment.Event]{From: recruitment.Screening, On: give, To: exercise}
		}
	}
	rows = append(
		rows,
		hr.Transition[recruitment.State, recruitment.Event]{From: exercise, On: recruitment.ToInterview, To: recruitment.Interviewing},
		hr.Transition[recruitment.State, recruitment.Event]{From: exercise, On: recruitment.Reject, To: recruitment.Rejected},
	)
	stages, err := hr.NewMachine(recruitment.Applied, rows...)
	if err != nil {
		fmt.Println(err)
		return
	}
	rules := recruitment.PipelineRules{
		Stages: stages,
		Guards: []recruitment.Guard{{On: recruitment.Propose, Needs: recruitment.NeedScorecard}},
		Limits: []recruitment.StageLimit{{Stage: exercise, WorkingDays: 5}},
	}
	_, err = recruitment.NewPipeline(rules)
	fmt.Println(err)
	rules.Stages = hr.MustMachine(recruitment.Applied, append(rows, hr.Transition[recruitment.State, recruitment.Event]{From: exercise, On: recruitment.Withdraw, To: recruitment.Withdrawn})...)
	pipeline, err := recruitment.NewPipeline(rules)
	fmt.Println(pipeline.Stages().Allowed(exercise), err)
	// Output:
	// stages.exercise: must be left by withdraw too [recruitment.pipeline]
	// [interview reject withdraw] <nil>
}

// An interviewer in Bengaluru, another in New York, and a candidate in London who is free after four.
func ExampleSlots() {
	clock := func(name string) *time.Location {
		zone, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		return zone
	}
	hours := func(from, until string) []recruitment.WorkHours {
		return []recruitment.WorkHours{{Day: time.Tuesday, From: hr.MustTimeOfDay(from), Until: hr.MustTimeOfDay(until)}}
	}
	tuesday := hr.MustDate("2026-12-01")
	slots, err := recruitment.Slots(recruitment.SlotSearch{
		Within: recruitment.Span{From: tuesday.At(hr.MustTimeOfDay("00:00"), time.UTC), Until: tuesday.At(hr.MustTimeOfDay("24:00"), time.UTC)},
		Length: 45 * time.Minute, Step: 30 * time.Minute, Limit: 2,
		Diaries: []recruitment.Diary{
			{Employee: "E-BLR", Zone: clock("Asia/Kolkata"), Hours: hours("14:00", "23:00")},
			{Employee: "E-NYC", Zone: clock("America/New_York"), Hours: hours("09:00", "17:00")},
			{Zone: clock("Europe/London"), Hours: hours("16:00", "21:00")},
		},
	})
	for _, s := range slots {
		fmt.Println(s.From.Format("15:04 MST"), "|", s.From.In(clock("Asia/Kolkata")).Format("15:04"), "|", s.From.In(clock("America/New_York")).Format("15:04"))
	}
	fmt.Println(err)
	// Output:
	// 16:00 UTC | 21:30 | 11:00
	// 16:30 UTC | 22:00 | 11:30
	// <nil>
}

// Points that anybody can check, and a criterion that must not count.
func ExampleCriteria_Score() {
	half, one := decimal.RequireFromString("0.5"), decimal.NewFromInt(1)
	criteria := recruitment.MustCriteria(
		recruitment.Criterion{Name: "years", Title: "Years of payroll", Weight: decimal.NewFromInt(40), Bands: []recruitment.BandShare{{From: one, Share: half}, {From: decimal.NewFromInt(4), Share: one}}},
		recruitment.Criterion{Name: "languages", Title: "Speaks Kannada", Weight: decimal.NewFromInt(10), Answers: []recruitment.AnswerShare{{Answer: "yes", Share: one}}},
	)
	score, err := criteria.Score(map[string]string{"years": "2.5", "languages": "yes"})
	for _, p := range score.Points {
		fmt.Printf("%s: %s of %s, %s %s\n", p.Criterion, p.Points, p.Weight, p.Answer, p.Why)
	}
	fmt.Println(score.Total, "of", score.Of, err)
	_, err = recruitment.NewCriteria(recruitment.Criterion{Name: "marital_status", Weight: one, Answers: []recruitment.AnswerShare{{Answer: "single", Share: one}}})
	fmt.Println(err)
	// Output:
	// years: 20 of 40, 2.5 from 1 on
	// languages: 10 of 10, yes is one of the answers
	// 30 of 50 <nil>
	// criteria[0].name: is about marriage and family, which must not count: Equality Act 2010 s.8; CHRA s.3 [recruitment.protected]
}

// 48 of 80 against 12 of 40: the second group's rate is half of the first's.
func ExampleImpactRatios() {
	groups, err := recruitment.ImpactRatios(recruitment.Group{Name: "A", Applied: 80, Selected: 48}, recruitment.Group{Name: "B", Applied: 40, Selected: 12})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range groups {
		ratio, err := g.Ratio(hr.MustRounding("0.01", hr.HalfUp))
		fmt.Println(g.Group.Name, ratio, "adverse:", g.Adverse, "small numbers:", g.Small, err)
	}
	// Output:
	// A 1 adverse: false small numbers: false <nil>
	// B 0.5 adverse: true small numbers: false <nil>
}
