package in_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Topics that a monthly payslip does not show, each a second time in whole numbers over random values.

// Relief on arrears: four taxes or more, each of a whole year.
func TestReliefAgreesWithTheSecondWay(t *testing.T) {
	tax := incomeTax(t)
	ten := func(n int64) int64 { return (max(0, n) + 5) / 10 * 10 }
	rapid.Check(t, func(rt *rapid.T) {
		regime := rapid.SampledFrom(taxRegimes).Draw(rt, "regime")
		question := func(year int, income int64) in.TaxQuestion {
			return in.TaxQuestion{On: hr.MustDate(fmt.Sprintf("%d-10-31", year)), Regime: regime, Income: dec(income)}
		}
		income := rapid.Int64Range(0, 9_000_000).Draw(rt, "income")
		var earlier []in.EarlierYear
		all, then := int64(0), int64(0)
		for _, year := range rapid.SliceOfNDistinct(rapid.IntRange(2020, 2025), 1, 4, rapid.ID).Draw(rt, "years") {
			part, was := rapid.Int64Range(1, 900_000).Draw(rt, "arrears"), rapid.Int64Range(0, 9_000_000).Draw(rt, "income then")
			all += part
			then += plainTax(year, regime, in.Below60, true, ten(was+part)) - plainTax(year, regime, in.Below60, true, ten(was))
			earlier = append(earlier, in.EarlierYear{Year: question(year, was), Arrears: dec(part)})
		}
		now := plainTax(2026, regime, in.Below60, true, ten(income+all)) - plainTax(2026, regime, in.Below60, true, ten(income))
		got, err := tax.Relief(question(2026, income+all), earlier...)
		require.NoError(rt, err)
		require.Equal(rt, max(0, now-then), got.Relief.IntPart())
	})
}

// Bonus: 8.33 % to 2025-26 and a twelfth from 2026-27, at least 100, at most 20 %.
func TestBonusAgreesWithTheSecondWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wages, percent := rapid.Int64Range(0, 84_000).Draw(rt, "wages"), rapid.Int64Range(0, 25).Draw(rt, "percent")
		days, code := rapid.IntRange(0, 60).Draw(rt, "days"), rapid.Bool().Draw(rt, "code")
		claim := in.BonusClaim{Year: hr.MustPeriod("2025-04-01..2026-03-31"), Wages: dec(wages), DaysWorked: days, Percent: dec(percent)}
		floor := max(100, (wages*833*2+10_000)/20_000)
		if code {
			claim.Year, floor = hr.MustPeriod("2026-04-01..2027-03-31"), max(100, (wages*2+12)/24)
		}
		ceiling := (wages*2 + 5) / 10 // a fifth, half up
		want := max(floor, min(ceiling, (wages*percent*2+100)/200))
		if days < 30 || wages == 0 {
			want = 0
		}
		got, err := in.BonusOf(in.Pack(), claim)
		require.NoError(rt, err)
		require.Equal(rt, want, got.Payable.IntPart())
		require.True(rt, got.Payable.IsInteger())
	})
}

// Maternity benefit by the days of the weeks.
func TestMaternityAgreesWithTheSecondWay(t *testing.T) {
	weeks := map[in.MaternityEvent]int64{in.Adoption: 12, in.Commissioning: 12, in.Miscarriage: 6, in.Tubectomy: 2}
	rapid.Check(t, func(rt *rapid.T) {
		event := rapid.SampledFrom([]in.MaternityEvent{in.Birth, in.Adoption, in.Commissioning, in.Miscarriage, in.Tubectomy}).Draw(rt, "event")
		children, worked := rapid.IntRange(0, 4).Draw(rt, "children"), rapid.IntRange(70, 90).Draw(rt, "worked")
		paise, care := rapid.Int64Range(0, 1_000_000).Draw(rt, "paise a day"), rapid.Bool().Draw(rt, "care")
		n, bonus := weeks[event], int64(0)
		if event == in.Birth {
			n = map[bool]int64{true: 12, false: 26}[children >= 2]
			if !care {
				bonus = 3500
			}
		}
		if worked < 80 {
			n, bonus = 0, 0
		}
		got, err := in.Maternity(in.Pack(), in.MaternityClaim{On: hr.MustDate("2026-10-01"), Event: event, SurvivingChildren: children, DaysWorked: worked, AverageDailyWage: decimal.New(paise, -2), FreeCare: care})
		require.NoError(rt, err)
		require.True(rt, got.Amount.Equal(decimal.New(paise*7*n, -2)), "%s", got.Amount)
		require.Equal(rt, bonus, got.MedicalBonus.IntPart())
	})
}

// Haryana: 0.2 % of pay to the rupee, at most 31, 34, 35; the employer twice that.
func TestHaryanasFundAgreesWithTheSecondWay(t *testing.T) {
	l := compiled(t, in.Pack())
	rapid.Check(t, func(rt *rapid.T) {
		gross := rapid.Int64Range(0, 40_000).Draw(rt, "gross")
		month := rapid.SampledFrom([]string{"2024-12", "2025-01", "2025-12", "2026-01", "2026-10"}).Draw(rt, "month")
		want := min((gross*4+1000)/2000, map[string]int64{"2024": 31, "2025": 34, "2026": 35}[month[:4]])
		r := l.run(t, month, map[string]string{"pt_state": "HR", "t_gross": fmt.Sprint(gross)})
		r.is("lwf", fmt.Sprint(want))
		r.is("lwf_employer", fmt.Sprint(2*want))
	})
}

// Level pay for a whole half-year or year, in every state that taxes by one: five, or eleven, equal shares and the rest.
func TestPeriodTaxOfLevelPayAgreesWithTheSecondWay(t *testing.T) {
	l := compiled(t, in.Pack())
	type schedule struct {
		months int64
		below  bool // the limits of all rows belong to the next one; otherwise to their own
		rows   [][2]int64
		top    int64
	}
	schedules := map[string]schedule{ // the facts document, 4
		"KL":         {6, true, [][2]int64{{12000, 0}, {18000, 320}, {30000, 450}, {45000, 600}, {100000, 750}, {125000, 1000}}, 1250},
		"PY":         {6, false, [][2]int64{{99999, 0}, {200000, 250}, {300000, 500}, {400000, 750}, {500000, 1000}}, 1250},
		"TN-CHENNAI": {6, false, [][2]int64{{21000, 0}, {30000, 180}, {45000, 425}, {60000, 930}, {75000, 1025}}, 1250},
		"BR":         {12, false, [][2]int64{{300000, 0}, {500000, 1000}, {1000000, 2000}}, 2500},
		"JH":         {12, false, [][2]int64{{300000, 0}, {500000, 1200}, {800000, 1800}, {1000000, 2100}}, 2500},
		"MN":         {12, false, [][2]int64{{50000, 0}, {75000, 1200}, {100000, 2000}, {125000, 2400}}, 2500},
	}
	rapid.Check(t, func(rt *rapid.T) {
		state := rapid.SampledFrom([]string{"KL", "PY", "TN-CHENNAI", "BR", "JH", "MN"}).Draw(rt, "state")
		s, pay := schedules[state], rapid.OneOf(rapid.Int64Range(0, 20_000), rapid.Int64Range(0, 120_000)).Draw(rt, "pay")
		tax := s.top
		for i := len(s.rows) - 1; i >= 0; i-- {
			if of := pay * s.months; of < s.rows[i][0] || !s.below && of == s.rows[i][0] {
				tax = s.rows[i][1]
			}
		}
		var want []string
		for i := range s.months {
			share := tax / s.months
			if i == s.months-1 {
				share = tax - share*(s.months-1)
			}
			want = append(want, fmt.Sprint(share))
		}
		require.Equal(rt, want, ptYear(t, l, state, 0, 11, level(pay))[:s.months])
	})
}
