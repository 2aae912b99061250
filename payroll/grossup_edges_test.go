package payroll_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll"
)

// 200 from 25,000 on. What comes to the target on one side of a cliff, just before it or just on it, still falls back from it there. A line that is only told jumps
// too, and is no cause: it pays nobody.
func TestACliffOnTheTargetItself(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = basic\nline tax in deductions = if basic >= 25_000 then 200 else 0\nline told in information = if basic >= 25_000 then 7_000 else 0\n")
	for target, want := range map[string][]string{
		"24999.99": {"24999.99 to 24999.99", "25199.99 to 25199.99"},
		"24800":    {"24800.00 to 24800.00", "25000.00 to 25000.00"},
	} {
		found, err := plan.GrossUp(toNet(target))
		require.NoError(t, err)
		require.Equal(t, want, ways(found))
		require.Equal(t, []string{"24999.99 to 25000.00: -199.99, tax 200.00"}, cliffs(found), target)
	}
}

// Where the aim is a line of the host's own, that line is what jumps, beside the lines that are paid: a car of 3,000 from a basic pay of 10,000 on, in a package that counts twelve months.
func TestACliffOfTheLineThatIsAimedAt(t *testing.T) {
	g := toNet("130000")
	g.Aim, g.Line = payroll.AimLine, "package"
	found, err := grossPlan(t, "input basic: money\nline pay in earnings = basic\nline package in information = 12 * basic + (if basic >= 10_000 then 36_000 else 0)\nline told in information = if basic >= 10_000 then 7 else 0\n").GrossUp(g)
	require.NoError(t, err)
	require.False(t, found.Exact, "119,999.88 and 156,000")
	require.Equal(t, []string{"9999.99 to 10000.00: 36000.12, package 36000.12"}, cliffs(found))
}

// Without a bound the amount is doubled from the target on, 12,000 and 24,000, of which the second is on the other side, and once more.
func TestASearchWithoutABoundEndsAtTwiceTheFirstOnTheOtherSide(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = if basic >= 15_000 then 12_000 else 0\n")
	found, err := plan.GrossUp(toNet("12000"))
	require.NoError(t, err)
	require.Equal(t, []string{"15000.00 to 48000.00"}, ways(found))
}

// The same where the least amount has no payslip, for then above the target is the other side: 12,000 comes to the target itself, and 24,000 is beyond.
func TestASearchWithoutABoundWhoseLeastHasNoPayslip(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = if basic < 25_000 then basic else 12_000\nline levy in deductions = 0 * round(basic * basic / basic, 1)\n")
	found, err := plan.GrossUp(toNet("12000"))
	require.NoError(t, err)
	require.Equal(t, []string{"12000.00 to 12000.00", "25000.00 to 48000.00"}, ways(found))
}

// A search ends at 100,000 payslips, and not before. The part of a rupee is kept, so that any amount below 7,62,350 may bring 99.50, and none from there on: 1,000 are too much.
// Of 256 cells of 3,906.25 that are 195 and the one in which the pay jumps; of eight parts of each 8 x 195 and 1 and the one of the jump, of eight parts of those 64 x 195 + 8 + 2
// and the one of the jump: 14,249 cells of seven payslips each, and the 257 at the ends of the first make 100,000. One more is the payslip of the answer.
func TestASearchEndsAtItsLimitAndNotBefore(t *testing.T) {
	g := toNet("99.50")
	g.Most = dec("1000000")
	found, err := grossPlan(t, "input basic: money\nline pay in earnings = if basic >= 762_350 then 1_000 else 100\nline kept in deductions = basic - floor(basic, 1)\n").GrossUp(g)
	require.NoError(t, err)
	require.True(t, found.Cut)
	require.Empty(t, found.Cliffs)
	require.Equal(t, 100_001, found.Calculations)
}

// Bounds that are one amount leave one payslip to look at. It reaches the target, which takes that payslip and the one that is given back, or it comes to less or more.
func TestASearchOfOneAmount(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = basic\n")
	for target, want := range map[string][]string{"50000": nil, "49999.99": {"target payroll.gross_up.below"}, "50000.01": {"target payroll.gross_up.above"}} {
		g := toNet(target)
		g.Least, g.Most = dec("50000"), dec("50000")
		found, err := plan.GrossUp(g)
		require.Equal(t, want, faultsOf(err), target)
		if err == nil {
			require.Equal(t, []string{"50000.00 to 50000.00"}, ways(found))
			require.Equal(t, 2, found.Calculations)
		}
	}
}

// Between two of the first 256 amounts, which are whole, a line may go a whole unit outside of its figures at both: at every 50 paise one rupee is kept, or one is given.
func TestALineThatGoesAWholeUnitOutside(t *testing.T) {
	for line, target := range map[string]string{"deductions": "99", "earnings": "101"} {
		plan := grossPlan(t, "input basic: money\nline pay in earnings = if basic >= 250 then 200 else 100\nline odd in "+line+" = if basic - floor(basic, 1) = 0.50 then 1 else 0\n")
		g := toNet(target)
		g.Most = dec("256")
		found, err := plan.GrossUp(g)
		require.NoError(t, err)
		got := ways(found)
		require.Len(t, got, 250)
		require.Equal(t, []string{"0.50 to 0.50", "249.50 to 249.50"}, []string{got[0], got[249]})
	}
}

// Of all amounts that come to the nearest below, or above, the least is told, wherever the first 256 amounts lie: pay in steps of a thousand that rises, and that falls.
func TestTheNearestIsOfTheLeastAmount(t *testing.T) {
	for pay, want := range map[string][2]string{
		"floor(basic, 1_000)":                {"1000.00 1000.00", "2000.00 2000.00"},
		"max(0, 9_000 - ceil(basic, 1_000))": {"7000.01 1000.00", "6000.01 2000.00"},
	} {
		g := toNet("1500")
		g.Most = dec("25700")
		found, err := grossPlan(t, "input basic: money\nline pay in earnings = "+pay+"\n").GrossUp(g)
		require.NoError(t, err)
		require.False(t, found.Exact)
		text := func(r payroll.Reached) string { return r.Amount.StringFixed(2) + " " + r.Value.StringFixed(2) }
		require.Equal(t, want, [2]string{text(found.Below), text(found.Above)}, pay)
		require.True(t, found.Amount.Equal(found.Below.Amount))
	}
}

// What is beyond what anybody is paid is not taken for something else: a target of 2^64 paise and 1,000 rupees is not reached by 1,000, and a bound beyond is no bound.
func TestAGrossUpBeyondWhatAnybodyIsPaid(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = basic\n")
	_, err := plan.GrossUp(toNet("184467440737096516.16"))
	require.Equal(t, []string{"target payroll.gross_up.above"}, faultsOf(err))
	g := toNet("1000")
	g.Most = dec("184467440737095516.16")
	found, err := plan.GrossUp(g)
	require.NoError(t, err)
	require.Equal(t, []string{"1000.00 to 1000.00"}, ways(found))
}

// A line that is only told may have a fraction of a paisa, and then no amount can be looked for by it.
func TestALineToAimAtHasWholePaise(t *testing.T) {
	g := toNet("100")
	g.Aim, g.Line = payroll.AimLine, "share"
	_, err := grossPlan(t, "input basic: money\nline pay in earnings = basic\nline share in information = 12.5% * basic\n").GrossUp(g)
	require.Equal(t, []string{"lines.share payroll.line.places"}, faultsOf(err))
}
