package recruitment_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// C1, into whose record C0 was merged, applied twice, was interviewed and rated once, and is hired under NEW after an offer under TEMP. Who named them and who
// met them is another person. A house without interviews has none.
func TestAnExportIsEverythingAboutOneCandidate(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Policy.Retention = retention()
	who, twin := h.person(t, "C1", hr.Person{Name: "Bo"}), h.person(t, "C0", hr.Person{Name: "Bo"})
	h.applied(t, h.open(t, 1)) // somebody else's
	first, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), twin, recruitment.Source{})
	require.NoError(t, err)
	require.NoError(t, h.MergeCandidates(h.ctx, h.cmd(), twin, who))
	id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), who, recruitment.Source{Referrer: "E1"})
	require.NoError(t, err)
	for _, on := range toOffer[:2] {
		require.NoError(t, buttons[on](h, id))
	}
	talk := h.talk(t, id, "E1")
	h.after(t, talk)
	h.submit(t, talk, "E1", recruitment.Yes)
	for i, number := range []hr.EmployeeID{"TEMP", "NEW"} {
		offer := good()
		offer.Employee = number
		require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, offer), i)
	}
	export := func() (hr.Extract, []string) {
		x, err := h.ExportCandidate(h.ctx, view, who)
		require.NoError(t, err)
		require.Equal(t, "candidate/C1", x.Subject)
		var list []string
		for _, s := range x.Sections {
			list = append(list, fmt.Sprint(s.Title, " ", len(s.Records)))
		}
		return x, list
	}
	x, list := export()
	require.Equal(t, []string{"Candidate 2", "Applications 2", "Interviews 1", "What interviewers wrote 1"}, list)
	going := hr.Keeping{Class: hr.ClassContact, Record: "everything about the candidate", Why: "application " + string(min(first, id)) + " is going on"}
	require.Equal(t, []hr.Keeping{going}, x.Kept)

	_, err = h.Accept(h.ctx, h.cmd(), id, 2)
	require.NoError(t, err)
	require.NoError(t, h.Reject(h.ctx, h.cmd(), first, "filled"))
	x, _ = export()
	// Both ended on 2 October 2026, of which six months end on 2 April 2027.
	require.Equal(t, []hr.Keeping{{Class: hr.ClassContact, Record: "everything about the candidate", Through: day("2027-04-02"), Why: "specimen.candidates through 2027-04-02"}}, x.Kept)
	items := map[string]string{}
	for _, s := range x.Sections {
		for _, r := range s.Records {
			for _, i := range r.Items {
				if r.ID != string(first) {
					items[i.Path] = i.Value.Reveal() + i.Withheld
				}
			}
		}
	}
	require.Equal(t, []string{"NEW", "NEW", "TEMP", hr.WithheldPerson, hr.WithheldPerson}, []string{
		items["hired_as"], items["offer.employee"], items["earlier[0].employee"], items["source.referrer"], items["interviewers[0]"],
	})

	h.Policy.Retention = nil
	x, _ = export()
	require.Equal(t, []hr.Keeping{{Class: hr.ClassContact, Record: "everything about the candidate", Through: day("2026-10-01")}}, x.Kept, "nothing asks for it today")
	h.Scorecards = nil
	_, list = export()
	require.Equal(t, []string{"Candidate 2", "Applications 2", "Interviews 1"}, list)
	h.Interviews = nil
	_, list = export()
	require.Equal(t, []string{"Candidate 2", "Applications 2"}, list)
	_, err = h.ExportCandidate(h.ctx, view, "C9")
	require.Equal(t, []string{"candidate recruitment.candidate.unknown"}, faults(err))
}
