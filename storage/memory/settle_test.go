package memory_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
)

func amount(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// timekeepers is the company with every rule by which attendance and leave meet: three late marks cost half a day of casual leave, work on a
// day off of four hours gives half a day off and of eight a day, leave that was worked goes back, and leave by the hour without pay.
func timekeepers(t *testing.T) *company {
	t.Helper()
	c := newCompany(t)
	policy := func(id leave.TypeID, paid string, change func(*leave.Policy)) hr.Step[leave.Policy] {
		p := leave.Policy{Type: id, Name: string(id), Unit: leave.Days, Paid: amount(paid)}
		change(&p)
		return hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: p}
	}
	policies, err := leave.NewPolicies(
		policy("earned", "1", func(*leave.Policy) {}), policy("casual", "1", func(*leave.Policy) {}), policy("comp_off", "1", func(*leave.Policy) {}),
		policy("short", "0", func(p *leave.Policy) {
			p.Unit, p.Counting.Hours, p.Negative.NoLimit = leave.Hours, amount("8"), true
		}),
		policy("strict", "1", func(p *leave.Policy) { p.Attended.Refused, p.Negative.NoLimit = true, true }),
	)
	require.NoError(t, err)
	c.clocks.Policy.Thresholds = attendance.Thresholds{FullDay: 400, HalfDay: 200}
	c.clocks.Policy.Overtime = attendance.Overtime{Step: 1}
	c.clocks.Policy.WorkedLeave = attendance.WorkedLeave{HalfDay: 200, FullDay: 400}
	c.clocks.Penalty = attendance.LatePenalty{Every: 3, Days: amount("0.5"), Type: "casual"}
	c.clocks.TimeOff = attendance.TimeOff{Type: "comp_off", HalfDay: 240, FullDay: 480, Valid: 60}
	bare := c.clocks // what leave may ask: what was worked, whoever is on leave
	bare.Absences = nil
	c.away.Policies, c.away.Sheets = policies, bare
	c.clocks.Absences, c.clocks.Leave = c.away, c.away
	c.pay.Sheets, c.pay.Changes = c.clocks, []payroll.Changes{c.people, c.away, c.clocks}
	require.NoError(t, c.clocks.Validate())
	_, err = c.away.Grant(t.Context(), c.cmd(clerk), leave.Credit{Employee: "E1", Type: "casual", Kind: leave.Granted, Quantity: amount("1"), Usable: hr.MustPeriod("2026-04-01..2027-03-31")})
	require.NoError(t, err)
	return c
}

// punch records a day at work of E1, "2026-09-05 09:00 17:00", and returns the two punches.
func (c *company) punch(t *testing.T, day, in, out string) []attendance.PunchID {
	t.Helper()
	d := hr.MustDate(day)
	ids, err := c.clocks.Record(t.Context(), c.cmd(clerk), // each a reading of its own, also at an instant at which another was voided
		attendance.Punch{Employee: "E1", Device: "gate", DeviceSeq: int64(2 * c.n), At: d.At(hr.MustTimeOfDay(in), time.UTC), Direction: attendance.In},
		attendance.Punch{Employee: "E1", Device: "gate", DeviceSeq: int64(2*c.n + 1), At: d.At(hr.MustTimeOfDay(out), time.UTC), Direction: attendance.Out})
	require.NoError(t, err)
	return ids
}

func (c *company) settle(t *testing.T) []attendance.Settled {
	t.Helper()
	got, err := c.clocks.SettleLeave(t.Context(), c.cmd(clerk), monthOf(9), "E1", "E2")
	require.NoError(t, err)
	return got
}

func (c *company) left(t *testing.T, typ leave.TypeID) string {
	t.Helper()
	b, err := c.away.Balance(t.Context(), hr.View{Actor: clerk, Purpose: "test"}, "E1", typ, hr.MustDate("2026-10-01"))
	require.NoError(t, err)
	return b.String()
}

// By hand: E1 came late on the 1st, 2nd and 3rd, which costs 0.5 of 1 casual; worked Saturday the 5th, 8 hours, which gives a day; and worked
// on Monday the 14th, on leave since, whose day goes back.
func TestAttendanceSettlesWithLeave(t *testing.T) {
	c := timekeepers(t)
	c.now = time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC)
	var late [][]attendance.PunchID
	for _, d := range []string{"2026-09-01", "2026-09-02", "2026-09-03"} {
		late = append(late, c.punch(t, d, "09:30", "17:10"))
	}
	saturday := c.punch(t, "2026-09-05", "09:00", "17:00")
	leaveID := c.onLeave(t, "earned", "2026-09-14..2026-09-15")
	monday := c.punch(t, "2026-09-14", "09:00", "17:00")

	require.Equal(t, "8", c.left(t, "earned"))
	settled := c.settle(t)
	require.Equal(t, "0.5", c.left(t, "casual"))
	require.Equal(t, "1", c.left(t, "comp_off"))
	require.Equal(t, "9", c.left(t, "earned"), "one of the two days was worked")
	c.settle(t)
	require.Equal(t, []string{"0.5", "1", "9"}, []string{c.left(t, "casual"), c.left(t, "comp_off"), c.left(t, "earned")}, "again it is the same")

	// A late fact: the third late mark, the Saturday and the Monday were wrong.
	for _, ids := range [][]attendance.PunchID{late[2], saturday, monday} {
		_, err := c.clocks.Void(t.Context(), c.cmd(boss), "E1", ids...)
		require.NoError(t, err)
	}
	changes, err := c.clocks.Changes(t.Context(), hr.View{Actor: clerk, Purpose: "test"}, []hr.Pin{{Employee: "E1", Known: settled[0].Known}})
	require.NoError(t, err)
	require.NotEmpty(t, changes, "which says to settle again")
	c.settle(t)
	require.Equal(t, []string{"1", "0", "8"}, []string{c.left(t, "casual"), c.left(t, "comp_off"), c.left(t, "earned")})
	lots, err := c.away.Lots(t.Context(), hr.View{Actor: clerk, Purpose: "test"}, "E1", hr.MustDate("2026-10-01"))
	require.NoError(t, err)
	for _, l := range lots {
		require.True(t, l.Granted.Equal(l.Taken.Add(l.Carried).Add(l.Paid).Add(l.Lapsed).Add(l.Left)), "%s", l.ID)
	}
	require.NoError(t, c.away.Cancel(t.Context(), c.cmd(boss), leaveID))
	require.Equal(t, "10", c.left(t, "earned"))
}

// Monday the 14th was worked on leave and went back. Then it turns out that E1 was on a shift on which leave stands whatever is worked.
func TestLeaveStandsAgainOnAnotherShift(t *testing.T) {
	c := timekeepers(t)
	c.now = time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC)
	c.onLeave(t, "earned", "2026-09-14..2026-09-15")
	c.punch(t, "2026-09-14", "09:00", "17:00")
	c.settle(t)
	require.Equal(t, "9", c.left(t, "earned"))
	strict := c.clocks.Policy
	strict.WorkedLeave = attendance.WorkedLeave{}
	c.clocks.Shifts, c.clocks.Policies = maps.Clone(c.clocks.Shifts), map[string]attendance.Policy{"strict": strict}
	for _, shift := range c.clocks.Shifts {
		shift.ID = "strict"
		c.clocks.Shifts["strict"] = shift
		break
	}
	_, err := c.clocks.Roster(t.Context(), c.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "strict", Period: hr.MustPeriod("2026-09-14..2026-09-14")})
	require.NoError(t, err)
	c.settle(t)
	require.Equal(t, "8", c.left(t, "earned"))
	c.settle(t)
	require.Equal(t, "8", c.left(t, "earned"))
}

// A unit that fails leaves nothing of it: the type of leave that overtime gives has no policy.
func TestSettlingIsAllOrNothing(t *testing.T) {
	c := timekeepers(t)
	c.now = time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC)
	for _, d := range []string{"2026-09-01", "2026-09-02", "2026-09-03"} {
		c.punch(t, d, "09:30", "17:10")
	}
	c.punch(t, "2026-09-05", "09:00", "17:00")
	c.clocks.TimeOff.Type = "none"
	_, err := c.clocks.SettleLeave(t.Context(), c.cmd(clerk), monthOf(9), "E1")
	require.Equal(t, leave.RuleTypeUnknown, hr.FieldErrors(err)[0].Rule)
	require.Equal(t, "1", c.left(t, "casual"))
	_, err = c.clocks.SettleLeave(t.Context(), c.cmd(clerk), hr.MustPeriod("2026-09-01.."), "")
	var rules []hr.Rule
	for _, f := range hr.FieldErrors(err) {
		rules = append(rules, f.Rule)
	}
	require.Equal(t, []hr.Rule{attendance.RulePunchEmployee, attendance.RulePeriodOpen}, rules)
}

// Nothing is left of casual leave for the second half day: it comes back as short, and the first is taken.
func TestWhatTooLittleIsLeftForComesBack(t *testing.T) {
	c := timekeepers(t)
	c.now = time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC)
	for _, d := range []string{"01", "02", "03", "04", "07", "08", "09", "10", "11"} { // nine marks: 1.5 of 1
		c.punch(t, "2026-09-"+d, "09:30", "17:10")
	}
	settled := c.settle(t)
	require.Equal(t, "0", c.left(t, "casual"))
	require.Equal(t, []hr.Ref{{Kind: "late", ID: "E1:casual:2026-09-01:3"}}, settled[0].Short)
	require.Empty(t, settled[1].Short)
}

// 30,000 a month of 30 days. E1 is away on the 8th, and two of the eight hours of the 9th are leave without pay: 28.75 days are 28,750.00.
func TestLeaveByTheHourIsPaidByTheHour(t *testing.T) {
	c := timekeepers(t)
	ctx := t.Context()
	hours := leave.Application{Employee: "E1", Type: "short", Period: hr.MustPeriod("2026-09-09..2026-09-09"), Hours: amount("2")}
	id, err := c.away.Apply(ctx, c.cmd(alma), hours)
	require.NoError(t, err)
	require.NoError(t, c.away.Decide(ctx, c.cmd(boss), id, leave.Decision{Agree: true}))
	run := c.month(t, 9)
	slip, err := c.pay.Payslip(ctx, hr.View{Actor: clerk, Purpose: "test"}, run, "E1")
	require.NoError(t, err)
	require.Equal(t, "28750", slip.Total(payroll.Earning).String())

	// Cancelled after the month was paid, the quarter of a day is arrears of October: 250.00.
	require.NoError(t, c.away.Cancel(ctx, c.cmd(boss), id))
	run = c.month(t, 10)
	slip, err = c.pay.Payslip(ctx, hr.View{Actor: clerk, Purpose: "test"}, run, "E1")
	require.NoError(t, err)
	require.Equal(t, "basic_pay 250", slip.Arrears[0].Name+" "+slip.Arrears[0].Amount.String())
}

// Leave over a day that was worked is refused where the policy says so, though the request itself is on record as nothing yet.
func TestLeaveOverAWorkedDay(t *testing.T) {
	c := timekeepers(t)
	c.now = time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC)
	c.punch(t, "2026-09-14", "09:00", "17:00")
	_, err := c.away.Apply(t.Context(), c.cmd(alma), leave.Application{Employee: "E1", Type: "strict", Period: hr.MustPeriod("2026-09-14..2026-09-15")})
	require.Equal(t, leave.RuleRequestAttended, hr.FieldErrors(err)[0].Rule)
	_, err = c.away.Apply(t.Context(), c.cmd(alma), leave.Application{Employee: "E1", Type: "strict", Period: hr.MustPeriod("2026-09-15..2026-09-15")})
	require.NoError(t, err)
}

func (c *company) onLeave(t *testing.T, typ leave.TypeID, p string) leave.RequestID {
	t.Helper()
	id, err := c.away.Apply(t.Context(), c.cmd(alma), leave.Application{Employee: "E1", Type: typ, Period: hr.MustPeriod(p)})
	require.NoError(t, err)
	require.NoError(t, c.away.Decide(t.Context(), c.cmd(boss), id, leave.Decision{Agree: true}))
	return id
}

// E1 works four days and is off two, from Tuesday 1 September: off on the 5th and 6th, the 11th and 12th. Leave from Thursday the 10th to Tuesday
// the 15th takes the four days worked, Sunday the 13th among them, where the office's calendar would count Thursday, Friday, Monday and
// Tuesday; and of Saturday the 12th alone nothing is worked.
func TestLeaveCountsByTheTurnsOfTheEmployee(t *testing.T) {
	c := timekeepers(t)
	c.now = time.Date(2026, 8, 31, 9, 0, 0, 0, time.UTC)
	day, off := attendance.RotationDay{Shift: "day"}, attendance.RotationDay{Shift: "day", Off: true}
	c.clocks.Rotations = map[string]attendance.Rotation{"turns": {ID: "turns", Begins: hr.MustDate("2026-09-01"), Days: []attendance.RotationDay{day, day, day, day, off, off}}}
	bare := c.clocks
	bare.Absences = nil
	c.away.Workdays = bare
	_, err := c.clocks.Roster(t.Context(), c.cmd(clerk), attendance.Assignment{Employee: "E1", Shift: "turns", Period: hr.MustPeriod("2026-09-01..2026-09-30")})
	require.NoError(t, err)
	_, err = c.away.Apply(t.Context(), c.cmd(alma), leave.Application{Employee: "E1", Type: "earned", Period: hr.MustPeriod("2026-09-12..2026-09-12")})
	require.Equal(t, leave.RuleRequestNoWork, hr.FieldErrors(err)[0].Rule)
	id := c.onLeave(t, "earned", "2026-09-10..2026-09-15")
	r, err := c.away.Request(t.Context(), hr.View{Actor: clerk, Purpose: "test"}, id)
	require.NoError(t, err)
	var counted []string
	for _, d := range r.Days {
		if d.Quantity.Sign() > 0 {
			counted = append(counted, d.Date.String()[8:])
		}
	}
	require.Equal(t, []string{"10", "13", "14", "15"}, counted)
}

// Leave, punches, voids, cancellations and settlings in any order: once settled, the balances are those of a world in which only what stands at the
// end ever happened, every lot adds up, and settling again changes nothing.
func TestSettlingComesToWhatStands(t *testing.T) {
	view := hr.View{Actor: clerk, Purpose: "test"}
	weekdays := []string{"2026-09-01", "2026-09-02", "2026-09-03", "2026-09-07", "2026-09-08", "2026-09-09"}
	rapid.Check(t, func(rt *rapid.T) {
		c, fresh := timekeepers(t), timekeepers(t)
		for _, x := range []*company{c, fresh} {
			x.now = time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC)
		}
		worked, away := map[string][]attendance.PunchID{}, map[string]leave.RequestID{}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			day := rapid.SampledFrom(append([]string{"2026-09-05", "2026-09-06"}, weekdays...)).Draw(rt, "day")
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				if worked[day] == nil {
					worked[day] = c.punch(t, day, "09:30", "17:45")
				}
			case 1:
				if worked[day] != nil {
					_, err := c.clocks.Void(t.Context(), c.cmd(boss), "E1", worked[day]...)
					require.NoError(t, err)
					worked[day] = nil
				}
			case 2:
				if slices.Contains(weekdays, day) {
					if id, ok := away[day]; ok {
						require.NoError(t, c.away.Cancel(t.Context(), c.cmd(boss), id))
						delete(away, day)
					} else {
						away[day] = c.onLeave(t, "earned", day+".."+day)
					}
				}
			case 3:
				c.settle(t)
			}
		}
		c.settle(t)
		entries := func() int {
			pages, err := c.away.Ledger.MovementsOf(t.Context(), []hr.Pin{{Employee: "E1"}})
			require.NoError(t, err)
			return len(pages[0])
		}
		n := entries()
		c.settle(t)
		require.Equal(t, n, entries(), "settled is settled")
		for _, day := range slices.Sorted(maps.Keys(worked)) {
			if worked[day] != nil {
				fresh.punch(t, day, "09:30", "17:45")
			}
		}
		for _, day := range slices.Sorted(maps.Keys(away)) {
			fresh.onLeave(t, "earned", day+".."+day)
		}
		fresh.settle(t)
		for _, typ := range []leave.TypeID{"earned", "casual", "comp_off"} {
			require.Equal(t, fresh.left(t, typ), c.left(t, typ), typ)
		}
		lots, err := c.away.Lots(t.Context(), view, "E1", hr.MustDate("2026-10-01"))
		require.NoError(t, err)
		for _, l := range lots {
			require.True(t, l.Granted.Equal(l.Taken.Add(l.Carried).Add(l.Paid).Add(l.Lapsed).Add(l.Left)), "%s", l.ID)
		}
	})
}
