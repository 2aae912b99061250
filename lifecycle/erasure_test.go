package lifecycle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

func period(name string, months int, start hr.RetentionStart, classes ...hr.FieldClass) lifecycle.KeepRule {
	return lifecycle.KeepRule{
		Retention: hr.Retention{Name: name, Title: "Records", Months: months, Start: start, Source: hr.Source{Title: "Act", Section: "s.1"}, Reviewed: day("2026-01-01")},
		Classes:   classes, TaxYear: lifecycle.DayOfYear{Month: time.April, Day: 6},
	}
}

// gone is somebody who left on 5 April 2026, the last day of a British tax year.
var gone = lifecycle.Employment{ID: "E1", State: lifecycle.Exited, Start: day("2020-01-01"), LastDay: day("2026-04-05")}

func held(last string) []lifecycle.HeldRecord {
	return []lifecycle.HeldRecord{
		{Class: hr.ClassContact, Record: "name", Last: day(last)},
		{Class: hr.ClassGovernmentID, Record: "numbers", Last: day(last)},
		{Class: hr.ClassPrivate, Record: "birth", Last: day(last)},
	}
}

func plan(t *testing.T, f lifecycle.ErasureFacts, today string, rules ...lifecycle.KeepRule) (lines []string, due []hr.FieldClass) {
	t.Helper()
	p, err := lifecycle.PlanErasure(lifecycle.Table{}, f, rules, day(today))
	require.NoError(t, err)
	for _, l := range p {
		text := fmt.Sprintf("%s %s", l.Class, l.Verdict)
		if !l.Due.IsZero() {
			text += " " + l.Due.String()
		}
		for _, w := range l.Why {
			text += " [" + w.Rule + " " + w.Through.String() + "]"
		}
		lines = append(lines, text)
	}
	return lines, lifecycle.ClassesDue(p)
}

// Days by hand. 36 months after 5 April 2026 end on 5 April 2029. A settlement of 30 April 2026 is of the next tax year, which ends on 5 April 2027.
func TestTheLongestPeriodOfAClassDecides(t *testing.T) {
	tax := period("uk.paye", 36, hr.AfterTaxYear, hr.ClassContact, hr.ClassGovernmentID)
	wage := period("uk.minimum_wage", 72, hr.AfterRecord, hr.ClassContact)
	exit := period("test.exit", 12, hr.AfterExit)
	f := lifecycle.ErasureFacts{Employment: gone, Held: held("2026-04-05")}
	lines, due := plan(t, f, "2029-04-05", tax, wage, exit)
	require.Equal(t, []string{
		"contact keep 2032-04-06 [uk.minimum_wage 2032-04-05] [uk.paye 2029-04-05] [test.exit 2027-04-05]",
		"government_id keep 2029-04-06 [uk.paye 2029-04-05] [test.exit 2027-04-05]",
		"private erase 2027-04-06 [test.exit 2027-04-05]",
		"money stays",
	}, lines)
	require.Equal(t, []hr.FieldClass{hr.ClassPrivate}, due)
	_, due = plan(t, f, "2029-04-06", tax, wage, exit)
	require.Equal(t, []hr.FieldClass{hr.ClassGovernmentID, hr.ClassPrivate}, due)

	f.Held = held("2026-04-30") // paid after the last day
	lines, _ = plan(t, f, "2027-01-01", tax)
	require.Equal(t, "contact keep 2030-04-06 [uk.paye 2030-04-05]", lines[0])
	require.Equal(t, "private erase 2026-04-06", lines[2], "nothing asks for it after the last day")
}

func TestOneRecordKeepsItsClass(t *testing.T) {
	f := lifecycle.ErasureFacts{Employment: gone, Held: append(held("2026-04-05"), lifecycle.HeldRecord{Class: hr.ClassContact, Record: "a later letter", Last: day("2026-12-31")})}
	lines, due := plan(t, f, "2027-04-06", period("test.record", 12, hr.AfterRecord))
	require.Equal(t, "contact erase 2027-04-06 [test.record 2027-04-05]", lines[0])
	require.Equal(t, "contact keep 2028-01-01 [test.record 2027-12-31]", lines[3])
	require.Equal(t, []hr.FieldClass{hr.ClassGovernmentID, hr.ClassPrivate}, due)
}

func TestAHoldHoldsEverything(t *testing.T) {
	rule := period("test.exit", 12, hr.AfterExit)
	f := lifecycle.ErasureFacts{Employment: gone, Held: held("2026-04-05"), Holds: []lifecycle.LegalHold{{ID: "H1", Since: day("2026-05-01")}}}
	lines, due := plan(t, f, "2040-01-01", rule)
	require.Equal(t, "contact held 2027-04-06 [hold/H1 ] [test.exit 2027-04-05]", lines[0])
	require.Empty(t, due)
	f.Holds[0].Released = day("2030-01-01")
	_, due = plan(t, f, "2040-01-01", rule)
	require.Len(t, due, 3)
}

func TestNothingIsDueWhileTheEmploymentGoesOn(t *testing.T) {
	rule := period("test.exit", 1, hr.AfterExit)
	on := gone
	on.State, on.LastDay = lifecycle.Confirmed, hr.Date{}
	lines, due := plan(t, lifecycle.ErasureFacts{Employment: on, Held: held("2026-04-05")}, "2090-01-01", rule)
	require.Equal(t, "contact keep [employment ]", lines[0])
	require.Empty(t, due)
	_, due = plan(t, lifecycle.ErasureFacts{Employment: gone, Held: held("2026-04-05")}, "2026-04-05", rule) // the last day itself
	require.Empty(t, due)
	gone := gone
	gone.Erased = []lifecycle.Erasing{{Class: hr.ClassContact, On: day("2030-01-01")}}
	lines, due = plan(t, lifecycle.ErasureFacts{Employment: gone, Held: held("2026-04-05")}, "2031-01-01", rule)
	require.Equal(t, "contact erased", lines[0])
	require.NotContains(t, due, hr.ClassContact)
}

func TestARuleThatCannotBeCountedIsAnError(t *testing.T) {
	wrong := period("test.tax", 12, hr.AfterTaxYear, hr.ClassMoney)
	wrong.TaxYear = lifecycle.DayOfYear{Month: time.February, Day: 30}
	_, err := lifecycle.PlanErasure(lifecycle.Table{}, lifecycle.ErasureFacts{Employment: gone}, []lifecycle.KeepRule{wrong, {}}, day("2030-01-01"))
	require.Equal(t, []string{"rules[0].classes[0] lifecycle.erasure.rules", "rules[0].tax_year lifecycle.erasure.rules"}, faults(err))
}

// privacy is a house that may forget.
func privacy(t *testing.T, policy hr.Policy) *house {
	h := newHouse(policy)
	h.Holds, h.Consents, h.Keys, h.Retention = h.db, h.db, h.db, []lifecycle.KeepRule{period("test.exit", 12, hr.AfterExit)}
	return h
}

func TestEraseIsRefused(t *testing.T) {
	h := privacy(t, hr.AllowAll)
	h.hire(t, joiner("E1", "2024-01-01"))
	_, err := h.Erase(h.ctx, h.cmd(), "E1")
	require.Equal(t, []string{"employee lifecycle.erasure.early"}, faults(err))
	_, err = h.Erase(h.ctx, h.cmd(), "E9")
	require.ErrorIs(t, err, storage.ErrNotFound)
	none := *h
	none.Keys = nil
	_, err = none.Erase(h.ctx, h.cmd(), "E1")
	require.Equal(t, []string{"lifecycle.keys lifecycle.service"}, faults(err))
	none = *h
	none.Retention = nil
	_, err = none.Erase(h.ctx, h.cmd(), "E1")
	require.Equal(t, []string{"lifecycle.retention lifecycle.service"}, faults(err))

	strict := privacy(t, func(a hr.Ask) hr.Verdict { return hr.Verdict{Allow: a.Verb != "lifecycle.Erase"} })
	strict.hire(t, joiner("E1", "2024-01-01"))
	_, err = strict.Erase(h.ctx, h.cmd(), "E1")
	require.ErrorIs(t, err, hr.ErrDenied)
}

func TestDueErasuresAreActions(t *testing.T) {
	h := privacy(t, hr.AllowAll)
	h.hire(t, joiner("E1", "2024-01-01"))
	h.hire(t, joiner("E2", "2024-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2025-06-30"), "resigned"))
	due := func(p string) (out []string) {
		list, err := h.DueErasures(h.ctx, view, hr.MustPeriod(p))
		require.NoError(t, err)
		for _, d := range list {
			out = append(out, fmt.Sprint(d.Employee, " ", d.On, " ", d.Day, " ", d.What))
		}
		return out
	}
	require.Empty(t, due("2026-06-01..2026-06-30")) // 12 months after 30 June 2025
	require.Equal(t, []string{"E1 2026-07-01 2026-07-01 contact", "E1 2026-07-01 2026-07-01 government_id", "E1 2026-07-01 2026-07-01 private", "E1 2026-07-01 2026-07-01 special"}, due("2026-07-01..2026-07-31"))
	require.Equal(t, "E1 2026-09-01 2026-07-01 contact", due("2026-09-01..2026-09-30")[0], "what was due before is due still")
	hold, err := h.PlaceHold(h.ctx, h.cmd(), lifecycle.LegalHold{Employee: "E1", Matter: "a claim"})
	require.NoError(t, err)
	require.Equal(t, "E1 2026-09-01 2026-07-01 contact (held)", due("2026-09-01..2026-09-30")[0])
	require.NoError(t, h.ReleaseHold(h.ctx, h.cmd(), hold))
	erased, err := h.Erase(h.ctx, h.cmd(), "E1")
	require.NoError(t, err)
	require.Len(t, erased, 4)
	require.Empty(t, due("2026-09-01..2026-09-30"))
	people, err := h.People(h.ctx, view, "E1", "E2")
	require.NoError(t, err)
	require.Equal(t, []string{"", "Asha Rao"}, []string{people[0].Name, people[1].Name}, "and nobody else is held up")
	require.Contains(t, h.events(t), "lifecycle.erased E1")
	_, err = h.DueErasures(h.ctx, view, hr.Period{From: day("2026-01-01")})
	require.Equal(t, []string{"period lifecycle.due.period"}, faults(err))
}

func TestHolds(t *testing.T) {
	h := privacy(t, hr.AllowAll)
	h.hire(t, joiner("E1", "2024-01-01"))
	id, err := h.PlaceHold(h.ctx, h.cmd(), lifecycle.LegalHold{Employee: "E1", Matter: "a claim", Released: day("2020-01-01"), Version: 7})
	require.NoError(t, err)
	_, err = h.PlaceHold(h.ctx, h.cmd(), lifecycle.LegalHold{ID: id, Employee: "E1"})
	require.Equal(t, []string{"hold.matter lifecycle.hold", "hold.id lifecycle.hold"}, faults(err))
	_, err = h.PlaceHold(h.ctx, h.cmd(), lifecycle.LegalHold{Employee: "E9", Matter: "a claim"})
	require.ErrorIs(t, err, storage.ErrNotFound)
	require.NoError(t, h.ReleaseHold(h.ctx, h.cmd(), id))
	require.Equal(t, []string{"hold lifecycle.hold.unknown"}, faults(h.ReleaseHold(h.ctx, h.cmd(), id)))
	require.Equal(t, []string{"hold lifecycle.hold.unknown"}, faults(h.ReleaseHold(h.ctx, h.cmd(), "H9")))
	list, err := h.HoldsOn(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, []hr.Date{day("2026-10-31"), day("2026-10-31")}, []hr.Date{list[0].Since, list[0].Released})
}

func TestConsentsHaveTwoTimes(t *testing.T) {
	h := privacy(t, hr.AllowAll)
	h.hire(t, joiner("E1", "2024-01-01"))
	photo := lifecycle.Consent{What: "photograph", Purpose: "intranet", Text: "intranet-1", Withdrawn: true}
	may := func(what, purpose, on string, k hr.Seq) bool {
		all, err := h.ConsentsOf(h.ctx, view, "E1")
		require.NoError(t, err)
		return lifecycle.MayUse(all, what, purpose, day(on), k)
	}
	require.False(t, may("photograph", "intranet", "2026-10-31", 0), "nobody asked")
	_, err := h.WithdrawConsent(h.ctx, h.cmd(), "E1", "telephone", "rota") // always possible
	require.NoError(t, err)
	_, err = h.GiveConsent(h.ctx, h.cmd(), "E1", photo, hr.Period{From: day("2026-03-01"), Through: day("2027-02-28")})
	require.NoError(t, err)
	all, err := h.ConsentsOf(h.ctx, view, "E1")
	require.NoError(t, err)
	given := all.Head()
	for on, want := range map[string]bool{"2026-02-28": false, "2026-03-01": true, "2027-02-28": true, "2027-03-01": false} {
		require.Equal(t, want, may("photograph", "intranet", on, 0), on)
	}
	require.False(t, may("photograph", "advertisement", "2026-10-31", 0), "a consent is for one purpose")
	for range 2 {
		_, err = h.WithdrawConsent(h.ctx, h.cmd(), "E1", "photograph", "intranet")
		require.NoError(t, err)
	}
	require.True(t, may("photograph", "intranet", "2026-10-30", 0), "the day before it was withdrawn")
	require.False(t, may("photograph", "intranet", "2026-10-31", 0))
	require.True(t, may("photograph", "intranet", "2026-10-31", given), "as was known then")
	_, err = h.GiveConsent(h.ctx, h.cmd(), "E1", photo, hr.Period{From: day("2026-10-31")})
	require.NoError(t, err)
	require.True(t, may("photograph", "intranet", "2030-01-01", 0), "given again")

	_, err = h.GiveConsent(h.ctx, h.cmd(), "E1", lifecycle.Consent{What: "x", Purpose: "y", Text: "z"}, hr.Period{From: day("2026-11-01")})
	require.Equal(t, []string{"period.from lifecycle.consent"}, faults(err))
	_, err = h.GiveConsent(h.ctx, h.cmd(), "E1", lifecycle.Consent{}, hr.Period{})
	require.ElementsMatch(t, []string{"consent.what lifecycle.consent", "consent.purpose lifecycle.consent", "consent.text lifecycle.consent", "period lifecycle.consent"}, faults(err))
	_, err = h.WithdrawConsent(h.ctx, h.cmd(), "E1", "", "")
	require.ElementsMatch(t, []string{"what lifecycle.consent", "purpose lifecycle.consent"}, faults(err))
}
