package leave_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Work on Sunday 4 October gives a day off that lapses after 90 days: 4 October and 90 days is 2 January.
func TestTimeOffInLieu(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.with(t, "lieu", func(p *leave.Policy) { p.Negative, p.Expiry = leave.Negative{}, leave.Expiry{Days: 90} })
	grant := func(q string) error {
		return h.GrantLeave(ctx, h.cmd(desk), hr.LeaveGrant{Employee: "E1", Type: "lieu", Date: hr.MustDate("2026-10-04"), Quantity: dec(q), Ref: hr.Ref{Kind: "day", ID: "E1/2026-10-04"}})
	}
	require.NoError(t, grant("1"))
	require.NoError(t, grant("1"), "told twice it is one")
	require.Equal(t, "1", h.balance(t, "lieu", "2026-10-04"))
	lots, err := h.Lots(ctx, hr.View{Actor: desk}, "E1", hr.MustDate("2026-10-04"))
	require.NoError(t, err)
	require.Equal(t, hr.MustPeriod("2026-10-04..2027-01-01"), lots[0].Usable)
	require.NoError(t, grant("0.5"), "the punches are corrected: half a day")
	require.Equal(t, "0.5", h.balance(t, "lieu", "2026-10-04"))
	h.approved(t, leave.Application{Employee: "E1", Type: "lieu", Period: hr.MustPeriod("2026-10-12..2026-10-12"), FromHalf: hr.FirstHalf})
	require.NoError(t, grant("0"), "and then nothing: the half that is used up is owed")
	require.Equal(t, "-0.5", h.balance(t, "lieu", "2026-10-12"))
	require.NoError(t, grant("1"))
	require.Equal(t, "0.5", h.balance(t, "lieu", "2026-10-12"))
	before := h.head(t)
	require.Equal(t, []hr.Rule{leave.RuleEmployee, leave.RuleCreditPeriod, leave.RuleCreditQuantity, leave.RuleCreditSource, leave.RuleTypeUnknown},
		rulesOf(h.GrantLeave(ctx, h.cmd(desk), hr.LeaveGrant{Type: "x", Quantity: dec("-1")})))
	require.Equal(t, []hr.Rule{leave.RulePolicyUnit}, rulesOf(h.GrantLeave(ctx, h.cmd(desk), hr.LeaveGrant{
		Employee: "E1", Type: "lieu", Date: hr.MustDate("2026-10-04"), Quantity: dec("8"), Unit: "hours", Ref: hr.Ref{Kind: "day", ID: "E1/2026-10-05"},
	})), "eight hours are not eight days")
	require.Equal(t, before, h.head(t))
}

func TestLateMarksCostLeave(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.grant(t, "casual", "1", "2026-01-05..")
	charge := func(q string) error {
		return h.ChargeLeave(ctx, h.cmd(desk), hr.LeaveCharge{Employee: "E1", Type: "casual", Date: hr.MustDate("2026-10-09"), Quantity: dec(q), Ref: hr.Ref{Kind: "late_marks", ID: "E1/2026-10"}})
	}
	require.NoError(t, charge("0.5"))
	require.NoError(t, charge("0.5"))
	require.Equal(t, "0.5", h.balance(t, "casual", "2026-10-09"))
	require.Equal(t, []hr.Rule{leave.RuleRequestShort}, rulesOf(charge("1.5")))
	require.Equal(t, "0.5", h.balance(t, "casual", "2026-10-09"))
	require.NoError(t, charge("1"))
	require.Equal(t, "0", h.balance(t, "casual", "2026-10-09"))
	require.NoError(t, charge("0"), "the marks were wrong")
	require.Equal(t, "1", h.balance(t, "casual", "2026-10-09"))
}

func TestOccasion(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.with(t, "paternity", func(p *leave.Policy) {
		p.Negative, p.Occasion = leave.Negative{}, leave.Occasion{Days: dec("5"), Before: 14, Months: 6, Times: 1}
	})
	on := hr.MustDate("2026-10-20")
	give := func(cause string) (leave.LotID, error) {
		return h.GrantOccasion(ctx, h.cmd(desk), "E1", "paternity", on, hr.Ref{Kind: "birth", ID: cause})
	}
	lot, err := give("b1")
	require.NoError(t, err)
	again, err := give("b1")
	require.NoError(t, err)
	require.Equal(t, lot, again)
	lots, err := h.Lots(ctx, hr.View{Actor: desk}, "E1", on)
	require.NoError(t, err)
	require.Len(t, lots, 1)
	require.Equal(t, hr.MustPeriod("2026-10-06..2027-04-19"), lots[0].Usable)
	_, err = give("b2")
	require.Equal(t, []hr.Rule{leave.RulePolicyOccasion}, rulesOf(err))
	_, err = h.GrantOccasion(ctx, h.cmd(desk), "", "casual", on, hr.Ref{})
	require.Equal(t, []hr.Rule{leave.RuleEmployee}, rulesOf(err))
	_, err = h.GrantOccasion(ctx, h.cmd(desk), "E1", "casual", on, hr.Ref{})
	require.Equal(t, []hr.Rule{leave.RulePolicyOccasion, leave.RuleCreditPeriod}, rulesOf(err))
}

func TestEncash(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.with(t, "x", func(p *leave.Policy) {
		p.Negative, p.Encashment = leave.Negative{}, leave.Encashment{Asked: true, Keep: dec("5")}
	})
	h.grant(t, "x", "3", "2026-01-05..2026-10-31")
	h.grant(t, "x", "6", "2026-01-05..")
	ask := leave.Encashing{Employee: "E1", Type: "x", Quantity: dec("4.5"), On: hr.MustDate("2026-10-05")}
	_, err := h.Encash(ctx, h.cmd(desk), ask)
	require.Equal(t, []hr.Rule{leave.RulePolicyEncashment}, rulesOf(err), "9 less 4.5 is less than 5")
	ask.Quantity = dec("4")
	_, err = h.Encash(ctx, h.cmd(desk), ask)
	require.NoError(t, err)
	require.Equal(t, "5", h.balance(t, "x", "2026-10-05"))
	paid, err := h.Paid(ctx, hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-01..2026-10-31"))
	require.NoError(t, err)
	require.Len(t, paid, 2, "three days of the lot that lapses, and one")
	require.Equal(t, "4", paid[0].Quantity.Add(paid[1].Quantity).String())
	_, err = h.Encash(ctx, h.cmd(desk), leave.Encashing{Type: "casual", On: hr.MustDate("2026-10-05")})
	require.Equal(t, []hr.Rule{leave.RuleEmployee, leave.RuleCreditQuantity, leave.RulePolicyEncashment}, rulesOf(err))
}

// sheet is a month with so many minutes of regular work on its first day.
func sheet(month string, minutes int) hr.Timesheet {
	p := hr.MonthOf(hr.MustDate(month + "-01"))
	s := hr.Timesheet{Employee: "E1", Period: p}
	for d := range p.Days() {
		day := hr.TimesheetDay{Date: d, Status: "present", Payable: dec("1")}
		if d == p.From {
			day.Bands = []hr.Band{{Name: "regular", Minutes: minutes}}
		}
		s.Days = append(s.Days, day)
		s.Payable = s.Payable.Add(day.Payable)
	}
	return s
}

// One hour for 30 worked, whole hours, the remainder kept: 100 hours are 3.33, 200 are 6.67, 260 are 8.67.
func TestEarnFromTimesheets(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.with(t, "sick", func(p *leave.Policy) {
		p.Negative = leave.Negative{}
		p.Earning = leave.Earning{Give: dec("1"), Per: dec("30"), Bands: []string{"regular"}, Rounds: leave.Rounded{Step: dec("1"), Mode: hr.Down}}
	})
	earn := func(want int, sheets ...hr.Timesheet) {
		n, err := h.EarnFrom(ctx, h.cmd(desk), sheets...)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	earn(2, sheet("2026-02", 6000), sheet("2026-03", 6000))
	require.Equal(t, "3", h.balance(t, "sick", "2026-02-28"))
	require.Equal(t, "6", h.balance(t, "sick", "2026-03-31"))
	earn(0, sheet("2026-02", 6000), sheet("2026-03", 6000))
	earn(1, sheet("2026-04", 3600))
	require.Equal(t, "8", h.balance(t, "sick", "2026-04-30"))
	earn(1, sheet("2026-03", 3600)) // a revised sheet: 100 + 60 + 60 hours are 7.33
	require.Equal(t, "7", h.balance(t, "sick", "2026-04-30"))
	_, err := h.EarnFrom(ctx, h.cmd(desk))
	require.Equal(t, []hr.Rule{leave.RuleWorked}, rulesOf(err))
	other := sheet("2026-05", 60)
	other.Employee = "E2"
	_, err = h.EarnFrom(ctx, h.cmd(desk), sheet("2026-05", 60), other)
	require.Equal(t, []hr.Rule{leave.RuleWorked}, rulesOf(err))

	// Days worked: one for twenty.
	p := leave.Policy{Type: "el", Name: "EL", Unit: leave.Days, Earning: leave.Earning{Give: dec("1"), Per: dec("20"), Rounds: leave.Rounded{Step: dec("0.01"), Mode: hr.Down}}}
	made, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: p})
	require.NoError(t, err)
	s := sheet("2026-05", 480)
	s.Days[1].Bands, s.Days[1].Status = []hr.Band{{Name: "regular", Minutes: 240}}, "half_day"
	due, err := leave.Earned("el", made["el"], []hr.Period{hr.MustPeriod("2026-01-01..")}, nil, s)
	require.NoError(t, err)
	require.Equal(t, []string{"earning/el/2026-05-01 accrual 0.07 @ 2026-05-31"}, posted(due), "1.5 / 20 is 0.075")
	s.Days[2].Bands, s.Days[3].Bands, s.Days[3].Status = s.Days[0].Bands, s.Days[1].Bands, "half_leave"
	due, err = leave.Earned("el", made["el"], []hr.Period{hr.MustPeriod("2026-01-01..")}, nil, s)
	require.NoError(t, err)
	require.Equal(t, []string{"earning/el/2026-05-01 accrual 0.15 @ 2026-05-31"}, posted(due), "two days and two halves: 3 / 20")
}

// Hired on 1 November with 90 days of waiting: what November and December earn can be used from 30 January, and is of the leave year in which it
// was worked. One hour for 30 and at most 3 a year: 45 hours are 1.5, with 45 more 3, and the 90 of January are 3 of the next year.
func TestWaitingDoesNotMoveWhatWorkEarnedToTheNextYear(t *testing.T) {
	p := earned(leave.Accrual{}, leave.Expiry{})
	p.Earning = leave.Earning{Give: dec("1"), Per: dec("30"), Bands: []string{"regular"}, Most: dec("3"), Rounds: leave.Rounded{Step: dec("1"), Mode: hr.Down}}
	p.Waiting = leave.Waiting{Days: 90}
	employed := []hr.Period{hr.MustPeriod("2026-11-01..")}
	sheets := []hr.Timesheet{sheet("2026-11", 45*60), sheet("2026-12", 45*60), sheet("2027-01", 90*60)}
	due, err := leave.Earned("earned", held(t, p), employed, nil, sheets...)
	require.NoError(t, err)
	require.Equal(t, []string{
		"earning/earned/2026-11-01 accrual 1 @ 2027-01-30", "earning/earned/2026-12-01 accrual 2 @ 2027-01-30", "earning/earned/2027-01-01 accrual 3 @ 2027-01-31",
	}, posted(due))
	again, err := leave.Earned("earned", held(t, p), employed, due, sheets...)
	require.NoError(t, err)
	require.Empty(t, again)
	revised, err := leave.Earned("earned", held(t, p), employed, due, sheet("2026-12", 15*60)) // 60 hours are 2
	require.NoError(t, err)
	require.Equal(t, []string{"earning/earned/2026-12-01 accrual -1 @ 2027-01-30"}, posted(revised))
}

// 1 October: 1.5 days a month on the 1st, six months each. With what is due by the end of November and a day that waits.
func TestProject(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	_, err := h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-10-01"), "E1")
	require.NoError(t, err)
	h.apply(t, ask("earned", "2026-11-09..2026-11-09"))
	got, err := h.Project(ctx, hr.View{Actor: desk}, "E1", "earned", hr.MustDate("2026-11-30"))
	require.NoError(t, err)
	// On 30 November the lots of June to October are usable, 7.5, and that of November comes. The lot of 1 June, which lapses by then, is
	// used last in time and first in order: the day of 9 November comes from it.
	require.Equal(t, "7.5 1.5 1 8", got.Now.String()+" "+got.Credits.String()+" "+got.Planned.String()+" "+got.Balance.String())
	require.True(t, got.Short.Equal(decimal.Decimal{}))
	require.Equal(t, "9", h.balance(t, "earned", "2026-10-01"), "and nothing is written")
	_, err = h.Project(ctx, hr.View{Actor: desk}, "E1", "earned", hr.Date{})
	require.Equal(t, []hr.Rule{leave.RuleAccrualThrough}, rulesOf(err))
}

// The leave year ends on 30 June. A day of May that is approved in October, after the year's end was posted, comes off what lapsed, and
// the next year is as it was; cancelling it lapses the day again.
func TestBackdatedLeaveAcrossAYearEnd(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.with(t, "x", func(p *leave.Policy) {
		p.Negative, p.Year = leave.Negative{}, leave.Year{Month: 7, Day: 1}
		p.CarryOver = leave.CarryOver{Closes: true, Limit: dec("2")}
		p.Encashment = leave.Encashment{YearEnd: dec("1")}
	})
	h.grant(t, "x", "4", "2026-01-05..")
	_, err := h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-07-31"), "E1")
	require.NoError(t, err)
	require.Equal(t, "4", h.balance(t, "x", "2026-06-30"))
	require.Equal(t, "2", h.balance(t, "x", "2026-07-01"))
	lots := h.lots(t)
	posted := h.head(t)
	first := h.approved(t, ask("x", "2026-05-04..2026-05-04"))
	require.Equal(t, "3", h.balance(t, "x", "2026-06-30"))
	require.Equal(t, "2", h.balance(t, "x", "2026-07-01"), "the day that had lapsed")
	second := h.approved(t, ask("x", "2026-05-05..2026-05-06"))
	require.Equal(t, "1", h.balance(t, "x", "2026-06-30"))
	require.Equal(t, "1", h.balance(t, "x", "2026-07-01"), "the day that was paid, and one that was carried")
	paid, err := h.Paid(ctx, hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-07-01..2026-07-01"))
	require.NoError(t, err)
	require.Len(t, paid, 2)
	require.Equal(t, "0", paid[0].Quantity.Add(paid[1].Quantity).String(), "payroll takes the day back")
	then, err := h.Balance(ctx, hr.View{Actor: desk, Known: hr.Known{Own: posted}}, "E1", "x", hr.MustDate("2026-07-01"))
	require.NoError(t, err)
	require.Equal(t, "2", then.String(), "as it was known then")
	h.refuses(t, ask("x", "2026-05-11..2026-05-12"), leave.RuleRequestShort)
	for _, id := range []leave.RequestID{first, second} {
		require.NoError(t, h.Cancel(ctx, h.cmd(maya), id))
	}
	require.Equal(t, lots, h.lots(t), "every lot is as it was")
}

// E1 is employed from 5 January to 18 December 2026, and both days are known: 24 days a year by months touched are 24, by complete months
// (February to November) 20, and by days 348 of 365, 22.88. A run in March that knows the last day credits no more than one in December.
func TestBothEndsOfAnEmploymentProrate(t *testing.T) {
	for method, want := range map[leave.Method]string{leave.ByMonthsTouched: "24", leave.ByMonthsComplete: "20", leave.ByDays: "22.88"} {
		for _, through := range []string{"2026-03-10", "2026-12-18", "2027-02-01"} {
			h := open(t)
			h.with(t, "x", func(p *leave.Policy) {
				p.Accrual = leave.Accrual{Every: leave.Yearly, PerYear: dec("24"), Day: 1}
				p.Proration, p.Rounding = leave.Proration{Method: method, Leaving: true}, hundredth
			})
			_, err := h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate(through), "E1")
			require.NoError(t, err)
			require.Equal(t, want, h.balance(t, "x", "2026-12-18"), "%s, run through %s", method, through)
		}
	}
}
