package leave_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// paid lists the share of pay of each day away.
func (h *house) paid(t fataler, known hr.Seq) map[string]string {
	t.Helper()
	got, err := h.Absences(context.Background(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: known}}}, hr.MustPeriod("2026-01-01..2026-12-31"))
	require.NoError(t, err)
	out := map[string]string{}
	for _, a := range got[0] {
		out[a.Date.String()[5:]] = hr.Canonical(a.Paid)
	}
	return out
}

func steps(per leave.PaidPer, gap int, of ...string) leave.PaidSteps {
	p := leave.PaidSteps{Per: per, Gap: gap}
	for i := 0; i < len(of); i += 2 {
		p.Steps = append(p.Steps, leave.PaidStep{Quantity: dec(of[i]), Paid: dec(of[i+1])})
	}
	return p
}

// Two days in full, one and a half by half, the rest not: Monday to Friday are 1, 1, 0.5, (0.5 x 0.5 + 0.5 x 0) = 0.25, 0.
func TestPaidSteps(t *testing.T) {
	h := open(t)
	h.with(t, "sick", func(p *leave.Policy) { p.PaidSteps = steps(leave.PerYear, 0, "2", "1", "1.5", "0.5") })
	h.approved(t, ask("sick", "2026-10-12..2026-10-16"))
	require.Equal(t, map[string]string{"10-12": "1", "10-13": "1", "10-14": "0.5", "10-15": "0.25", "10-16": "0"}, h.paid(t, 0))

	// Leave of an earlier week that is approved later moves the steps, and Changes names the days that pay something else.
	known := h.head(t)
	early := h.approved(t, ask("sick", "2026-10-05..2026-10-06"))
	require.Equal(t, map[string]string{"10-05": "1", "10-06": "1", "10-12": "0.5", "10-13": "0.25", "10-14": "0", "10-15": "0", "10-16": "0"}, h.paid(t, 0))
	require.Equal(t, "1", h.paid(t, known)["10-12"], "as it was known")
	changes, err := h.Changes(t.Context(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: known}}})
	require.NoError(t, err)
	var touched []string
	for _, c := range changes {
		touched = append(touched, c.Period.String())
	}
	require.Equal(t, []string{"2026-10-05..2026-10-06", "2026-10-12..2026-10-15"}, touched, "the 16th is not paid before and after")
	require.NoError(t, h.Cancel(t.Context(), h.cmd(boss), early))
	require.Equal(t, map[string]string{"10-12": "1", "10-13": "1", "10-14": "0.5", "10-15": "0.25", "10-16": "0"}, h.paid(t, 0))
}

// The same three days in full and then nothing, by what begins them anew.
func TestWhatPaidStepsBeginAnewFor(t *testing.T) {
	asked := []string{"2026-09-28..2026-09-30", "2026-10-05..2026-10-07", "2026-10-26..2026-10-27"}
	for _, row := range []struct {
		name  string
		steps leave.PaidSteps
		want  map[string]string
	}{
		{"the year: three of eight", steps(leave.PerYear, 0, "3", "1"), map[string]string{"09-28": "1", "09-29": "1", "09-30": "1", "10-05": "0", "10-06": "0", "10-07": "0", "10-26": "0", "10-27": "0"}},
		{"twelve months", steps(leave.PerTwelve, 0, "3", "1"), map[string]string{"09-28": "1", "09-29": "1", "09-30": "1", "10-05": "0", "10-06": "0", "10-07": "0", "10-26": "0", "10-27": "0"}},
		{"a spell, days apart being others", steps(leave.PerSpell, 0, "3", "1"), map[string]string{"09-28": "1", "09-29": "1", "09-30": "1", "10-05": "1", "10-06": "1", "10-07": "1", "10-26": "1", "10-27": "1"}},
		{"a spell with four days between", steps(leave.PerSpell, 4, "3", "1"), map[string]string{"09-28": "1", "09-29": "1", "09-30": "1", "10-05": "0", "10-06": "0", "10-07": "0", "10-26": "1", "10-27": "1"}},
		{"a lot: of the first four days, of the second the rest", steps(leave.PerLot, 0, "3", "1"), map[string]string{"09-28": "1", "09-29": "1", "09-30": "1", "10-05": "0", "10-06": "1", "10-07": "1", "10-26": "1", "10-27": "0"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := open(t)
			h.with(t, "sick", func(p *leave.Policy) { p.PaidSteps, p.Negative = row.steps, leave.Negative{} })
			h.grant(t, "sick", "4", "2026-01-05..2026-11-30")
			h.grant(t, "sick", "9", "2026-01-05..")
			for _, p := range asked {
				h.approved(t, ask("sick", p))
			}
			require.Equal(t, row.want, h.paid(t, 0))
		})
	}
}

func TestPaidStepsByTheHour(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) {
		p.Unit, p.Counting, p.PaidSteps = leave.Hours, leave.Counting{Hours: dec("8")}, steps(leave.PerYear, 0, "5", "1")
	})
	for _, d := range []string{"2026-10-12", "2026-10-13"} {
		a := ask("x", d+".."+d)
		a.Hours = dec("3")
		h.approved(t, a)
	}
	require.Equal(t, map[string]string{"10-12": "1", "10-13": "0.6667"}, h.paid(t, 0), "two of three hours")
}

// Days beyond the twelve months count no more: a year later to the day they are paid in full again.
func TestTwelveMonthsRoll(t *testing.T) {
	policy := leave.Policy{Type: "sick", Name: "Sick leave", Unit: leave.Days, PaidSteps: steps(leave.PerTwelve, 0, "1", "1")}
	use := func(id, day string) leave.Entry {
		return leave.Entry{ID: id, Period: hr.MustPeriod(day + ".." + day), Value: leave.Movement{Type: "sick", Lot: leave.Advance, Kind: leave.Used, Quantity: dec("-1"), Request: leave.RequestID(id)}}
	}
	got := leave.PaidShares("sick", hr.Since(hr.MustDate("2020-01-01"), policy), []hr.Period{hr.MustPeriod("2020-01-01..")},
		[]leave.Entry{use("a", "2025-03-10"), use("b", "2026-03-09"), use("c", "2026-03-10"), use("d", "2027-03-10")})
	require.Equal(t, "0", got["b"][hr.MustDate("2026-03-09")].String(), "that of 10 March 2025 is within the twelve months")
	require.Equal(t, "0", got["c"][hr.MustDate("2026-03-10")].String(), "that of the day before is")
	require.Equal(t, "1", got["d"][hr.MustDate("2027-03-10")].String(), "a year later nothing is")
}

func TestPaidStepsRefuse(t *testing.T) {
	for _, bad := range []leave.PaidSteps{
		{Per: leave.PerYear},
		{Per: "month", Steps: []leave.PaidStep{{Quantity: one, Paid: one}}},
		{Steps: []leave.PaidStep{{Quantity: one, Paid: one}}},
		steps(leave.PerYear, 0, "0", "1"), steps(leave.PerYear, 0, "1", "1.1"), steps(leave.PerYear, 3, "1", "1"), steps(leave.PerSpell, -1, "1", "1"),
	} {
		require.Equal(t, []hr.Rule{leave.RulePolicyPaidSteps}, rulesOf(bad.Validate()), "%v", bad)
	}
	require.NoError(t, leave.PaidSteps{}.Validate())
}

var one = decimal.NewFromInt(1)

// One day of each lot in full. The first has one and a half: the second day is half of it, which is not paid, and half of the next lot, which is.
func TestADayOfTwoLotsUsesUpBoth(t *testing.T) {
	h := open(t)
	h.with(t, "sick", func(p *leave.Policy) { p.PaidSteps, p.Negative = steps(leave.PerLot, 0, "1", "1"), leave.Negative{} })
	h.grant(t, "sick", "1.5", "2026-01-05..2026-11-30")
	h.grant(t, "sick", "9", "2026-01-05..")
	h.approved(t, ask("sick", "2026-10-12..2026-10-15"))
	require.Equal(t, map[string]string{"10-12": "1", "10-13": "0.5", "10-14": "0.5", "10-15": "0"}, h.paid(t, 0))
}

// Of a spell with up to four days between three days are paid. A day that was given back lies in none: from the 7th to the 16th is too far.
func TestADayGivenBackJoinsNoSpells(t *testing.T) {
	h := open(t)
	h.with(t, "sick", func(p *leave.Policy) { p.PaidSteps = steps(leave.PerSpell, 4, "3", "1") })
	h.approved(t, ask("sick", "2026-10-05..2026-10-07"))
	between := h.approved(t, ask("sick", "2026-10-12..2026-10-12"))
	h.approved(t, ask("sick", "2026-10-16..2026-10-16"))
	require.Equal(t, []string{"0", "0"}, []string{h.paid(t, 0)["10-12"], h.paid(t, 0)["10-16"]})
	require.NoError(t, h.Cancel(t.Context(), h.cmd(boss), between))
	require.Equal(t, map[string]string{"10-05": "1", "10-06": "1", "10-07": "1", "10-16": "1"}, h.paid(t, 0))
}

// Half a day of each lot in full. Of a day of leave half was worked and went back to its lot: the half that is left is paid in full.
func TestWhatWentBackUsesUpNoStep(t *testing.T) {
	policy := leave.Policy{Type: "sick", Name: "Sick leave", Unit: leave.Days, PaidSteps: steps(leave.PerLot, 0, "0.5", "1")}
	move := func(id string, kind leave.Kind, quantity string) leave.Entry {
		return leave.Entry{ID: id, Period: hr.MustPeriod("2026-03-10..2026-03-10"), Value: leave.Movement{Type: "sick", Lot: "lot", Kind: kind, Quantity: dec(quantity), Request: "r"}}
	}
	got := leave.PaidShares("sick", hr.Since(hr.MustDate("2020-01-01"), policy), []hr.Period{hr.MustPeriod("2020-01-01..")},
		[]leave.Entry{move("1", leave.Used, "-1"), move("2", leave.Returned, "0.5")})
	require.Equal(t, "1", got["r"][hr.MustDate("2026-03-10")].String())
}
