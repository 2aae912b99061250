package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

func (h *house) due(t require.TestingT, leads lifecycle.Leads, p string) (list []string) {
	due, err := h.Due(h.ctx, view, leads, hr.MustPeriod(p))
	require.NoError(t, err)
	for _, d := range due {
		text := fmt.Sprint(d.On, " ", d.Employee, " ", d.Kind)
		if d.On != d.Day {
			text += " of " + d.Day.String()
		}
		if d.Years > 0 {
			text += fmt.Sprint(" ", d.Years)
		}
		if d.What != "" {
			text += " " + d.What
		}
		list = append(list, text)
	}
	return list
}

func TestDue(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Probations = []lifecycle.ProbationRule{{Months: 6}}
	h.Retirements = []lifecycle.RetirementRule{{Ages: hr.Since(day("2000-01-01"), lifecycle.RetirementAge{Years: 58, Day: lifecycle.EndOfMonth})}}
	_, err := h.Import(h.ctx, h.cmd(), []lifecycle.Arrival{{Hire: joiner("E4", "2024-02-29"), Joined: true, Confirmed: day("2024-09-01"), ContractEnd: day("2026-06-30")}})
	require.NoError(t, err)
	require.NoError(t, h.ContractThrough(h.ctx, h.cmd(), "E4", day("2026-11-30")))
	require.Equal(t, []string{"through lifecycle.contract.end"}, faults(h.ContractThrough(h.ctx, h.cmd(), "E4", day("2024-02-28"))))
	h.hire(t, joiner("E1", "2026-11-16"))
	for _, id := range []hr.EmployeeID{"E2", "E3", "E5", "E6"} {
		j := joiner(id, "2026-05-16")
		if id == "E3" {
			j.Person.Born = day("1969-01-20")
		}
		h.hire(t, j)
		require.NoError(t, h.Join(h.ctx, h.cmd(), id))
	}
	require.NoError(t, h.Confirm(h.ctx, h.cmd(), "E3", day("2026-05-16")))
	require.NoError(t, h.Confirm(h.ctx, h.cmd(), "E5", day("2026-05-16")))
	require.NoError(t, h.StartLongLeave(h.ctx, h.cmd(), "E3", lifecycle.AwayTerms{From: day("2026-07-01"), Through: day("2026-11-29")}))
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E5", lifecycle.NoticeDates{Given: day("2026-10-01"), LastDay: day("2026-11-30")}))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E6", day("2026-11-15"), "")) // has left: nothing is due any more
	visa := func(id, kind, expires string, renews lifecycle.DocumentID) lifecycle.DocumentID {
		doc, err := h.KeepDocument(h.ctx, h.cmd(), lifecycle.Document{ID: lifecycle.DocumentID(id), Employee: "E2", Kind: kind, Expires: day(expires)}, renews)
		require.NoError(t, err)
		return doc
	}
	visa("D1", "visa", "2026-11-20", "")
	require.Equal(t, lifecycle.DocumentID("D2"), visa("D2", "visa", "2028-11-20", "D1"))
	visa("D3", "licence", "2026-11-20", "")
	visa("D4", "medical", "2026-11-21", "")
	require.NoError(t, h.VoidDocument(h.ctx, h.cmd(), "D4"))

	november := []string{
		"2026-11-15 E2 probation",
		"2026-11-16 E1 join",
		"2026-11-20 E2 document licence",
		"2026-11-30 E3 return",
		"2026-11-30 E4 contract_end",
		"2026-11-30 E5 last_day",
	}
	require.Equal(t, november, h.due(t, nil, "2026-11-01..2026-11-30"))
	require.Equal(t, november, h.due(t, nil, "2026-11-01..2026-11-30"), "a host may ask any number of times")
	require.Equal(t, []string{"2026-11-02 E3 retirement of 2027-01-31", "2026-11-15 E2 document of 2026-11-20 licence"},
		h.due(t, lifecycle.Leads{lifecycle.DueRetirement: 90, lifecycle.DueDocument: 5, lifecycle.DueJoin: 60, lifecycle.DueProbation: 60, lifecycle.DueReturn: 60, lifecycle.DueContract: 60, lifecycle.DueLastDay: 60}, "2026-11-01..2026-11-30"))
	require.Equal(t, []string{"2027-02-28 E4 anniversary 3"}, h.due(t, nil, "2027-02-01..2027-03-01"), "of who began on 29 February")
	require.Equal(t, []string{"2028-02-29 E4 anniversary 4"}, h.due(t, nil, "2028-02-01..2028-03-31"))
	require.Equal(t, []string{"2027-02-14 E4 anniversary of 2027-02-28 3"}, h.due(t, lifecycle.Leads{lifecycle.DueAnniversary: 14}, "2027-02-01..2027-02-28"))
	_, err = h.Due(h.ctx, view, nil, hr.MustPeriod("2026-11-01.."))
	require.Equal(t, []string{"period lifecycle.due.period"}, faults(err))
}

// Somebody whose age of retirement no rule holds is told beside what is due of the others, and their own trial is not forgotten.
func TestDueOfOthersBesideAFault(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Probations = []lifecycle.ProbationRule{{Months: 6}}
	h.Retirements = []lifecycle.RetirementRule{{Ages: hr.Since(day("2040-01-01"), lifecycle.RetirementAge{Years: 58, Day: lifecycle.EndOfMonth})}}
	for _, id := range []hr.EmployeeID{"E1", "E2", "E3"} {
		j := joiner(id, "2026-05-16")
		j.Person.Born = day("1990-01-20") // 58 in 2048, when there is an age
		if id == "E2" {
			j.Person.Born = day("1969-01-20") // 58 in 2027, when there is none
		}
		h.hire(t, j)
		require.NoError(t, h.Join(h.ctx, h.cmd(), id))
	}
	due, err := h.Due(h.ctx, view, nil, hr.MustPeriod("2026-11-01..2026-11-30"))
	var list []string
	for _, d := range due {
		list = append(list, fmt.Sprint(d.On, " ", d.Employee, " ", d.Kind))
	}
	require.Equal(t, []string{"2026-11-15 E1 probation", "2026-11-15 E2 probation", "2026-11-15 E3 probation"}, list)
	var of lifecycle.DueFaults
	require.ErrorAs(t, err, &of)
	require.Len(t, of, 1)
	require.Equal(t, hr.EmployeeID("E2"), of[0].Employee)
	require.ErrorIs(t, err, hr.ErrNoValue)
	require.ErrorContains(t, err, "lifecycle: due of E2: ")

	h.Retirements[0].Place = "Goa" // and nobody is there, so that nobody is asked of
	require.Len(t, h.due(t, nil, "2026-11-01..2026-11-30"), 3)
	h.change(t, "E2", lifecycle.TermsChange{From: day("2026-10-01"), Set: hr.Terms{Place: "Goa"}})
	_, err = h.Due(h.ctx, view, nil, hr.MustPeriod("2026-11-01..2026-11-30"))
	require.ErrorContains(t, err, "lifecycle: due of E2: ")
}

// What is due in two periods that meet is what is due in both together: nothing falls between, and nothing comes twice.
func TestDueOfTwoPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := day("2026-01-01")
		date := func(name string) hr.Date { return from.Add(rapid.IntRange(-800, 1200).Draw(t, name)) }
		e := lifecycle.Employment{
			ID: "E1", State: rapid.SampledFrom([]lifecycle.State{"preboarding", "probation", "confirmed", "on_notice", "exited"}).Draw(t, "state"), Start: date("start"),
			ProbationEnd: date("probation"), ContractEnd: date("contract"), Away: lifecycle.AwayDates{From: from, Through: date("back")}, Notice: lifecycle.NoticeDates{LastDay: date("last")},
		}
		facts := lifecycle.DueFacts{Employment: e, Retires: date("retires"), Documents: []lifecycle.Document{{ID: "D1", Expires: date("d1")}, {ID: "D2", Expires: date("d2")}}}
		leads := lifecycle.Leads{}
		for _, k := range []lifecycle.DueKind{lifecycle.DueAnniversary, lifecycle.DueDocument, lifecycle.DueRetirement} {
			leads[k] = rapid.IntRange(0, 500).Draw(t, "lead")
		}
		n, cut := rapid.IntRange(1, 900).Draw(t, "days"), 0
		cut = rapid.IntRange(0, n-1).Draw(t, "cut")
		of := func(from, through hr.Date) []lifecycle.Due {
			return lifecycle.DueOf(lifecycle.Table{}, facts, leads, hr.Period{From: from, Through: through})
		}
		both := of(from, from.Add(n))
		require.Equal(t, both, append(of(from, from.Add(cut)), of(from.Add(cut+1), from.Add(n))...))
		anniversaries := 0
		for years := 1; years < 10; years++ { // a dumber way
			day, err := e.Start.AddMonths(12*years, hr.MonthClamp)
			require.NoError(t, err)
			if on := day.Add(-leads[lifecycle.DueAnniversary]); e.State != "exited" && !on.Before(from) && !on.After(from.Add(n)) {
				anniversaries++
			}
		}
		for _, d := range both {
			if d.Kind == lifecycle.DueAnniversary {
				anniversaries--
			}
		}
		require.Zero(t, anniversaries)
	})
}

func TestDocumentsRefuse(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	h.hire(t, joiner("E2", "2026-01-01"))
	keep := func(d lifecycle.Document, renews lifecycle.DocumentID) []string {
		_, err := h.KeepDocument(h.ctx, h.cmd(), d, renews)
		return faults(err)
	}
	visa := lifecycle.Document{ID: "D1", Employee: "E1", Kind: "visa", Issued: day("2026-01-01"), Expires: day("2027-01-01")}
	require.Empty(t, keep(visa, ""))
	before := h.state(t)
	late := visa
	late.Kind, late.Expires = "", day("2025-12-31")
	require.Equal(t, []string{"document.kind lifecycle.document", "document.expires lifecycle.document.dates", "document.id lifecycle.document"}, keep(late, ""))
	next := lifecycle.Document{Employee: "E2", Kind: "visa"}
	require.Equal(t, []string{"renews lifecycle.document.unknown"}, keep(next, "D1"), "another employee's")
	require.Equal(t, []string{"renews lifecycle.document.unknown"}, keep(lifecycle.Document{Employee: "E1", Kind: "licence"}, "D1"))
	require.Equal(t, []string{"renews lifecycle.document.unknown"}, keep(lifecycle.Document{Employee: "E1", Kind: "visa"}, "D9"))
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, keep(lifecycle.Document{Employee: "E9", Kind: "visa"}, ""))
	require.Equal(t, []string{"document lifecycle.document.unknown"}, faults(h.VoidDocument(h.ctx, h.cmd(), "D9")))
	require.Equal(t, before, h.state(t))
	require.Empty(t, keep(lifecycle.Document{Employee: "E1", Kind: "visa"}, "D1"))
	require.Equal(t, []string{"renews lifecycle.document"}, keep(lifecycle.Document{Employee: "E1", Kind: "visa"}, "D1"), "renewed already")
	list, err := h.DocumentsOf(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Len(t, list, 2)
	h.Service.Documents = nil
	require.Equal(t, []string{"lifecycle.documents lifecycle.service"}, keep(visa, ""))
}
