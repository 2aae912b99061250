package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// E1 has one record of each kind and two of terms: those of the hire and a raise. What is about M is not theirs. A port that the host does not
// keep is left out, and the others stay.
func TestAnExportHasWhatEachPortKeeps(t *testing.T) {
	h := onboarding(t)
	h.Holds, h.Consents = h.db, h.db
	h.start(t, lifecycle.Joining)
	h.change(t, "E1", raise("2026-12-01", 45000))
	_, err := h.Propose(h.ctx, h.cmd(), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposePay, Terms: raise("2027-01-01", 50000)})
	require.NoError(t, err)
	_, err = h.KeepDocument(h.ctx, h.cmd(), lifecycle.Document{ID: "D1", Employee: "E1", Kind: "visa"}, "")
	require.NoError(t, err)
	_, err = h.Delegate(h.ctx, h.cmd(), lifecycle.Delegation{From: "E1", To: "M"}, hr.MustPeriod("2026-12-01..2026-12-31"))
	require.NoError(t, err)
	for _, id := range []hr.EmployeeID{"E1", "M"} {
		_, err = h.PlaceHold(h.ctx, h.cmd(), lifecycle.LegalHold{Employee: id, Matter: "a claim"})
		require.NoError(t, err)
	}
	_, err = h.GiveConsent(h.ctx, h.cmd(), "E1", lifecycle.Consent{What: "photograph", Purpose: "intranet", Text: "1"}, hr.MustPeriod("2026-10-31.."))
	require.NoError(t, err)
	sections := func(s lifecycle.Service) (list []string) {
		x, err := s.Export(h.ctx, view, "E1")
		require.NoError(t, err)
		require.Equal(t, []any{"employee/E1", day("2026-10-31")}, []any{x.Subject, x.On})
		for _, part := range x.Sections {
			list = append(list, fmt.Sprint(part.Title, " ", len(part.Records)))
		}
		return list
	}
	all := []string{"Employment 1", "Terms 2", "What happened 2", "Proposals 1", "Documents 1", "Delegations 1", "Checklists 1", "Legal holds 1", "Consents 1"}
	require.Equal(t, all, sections(h.Service))
	for i, without := range []func(*lifecycle.Service){
		func(s *lifecycle.Service) { s.Record = nil },
		func(s *lifecycle.Service) { s.Proposals = nil },
		func(s *lifecycle.Service) { s.Documents = nil },
		func(s *lifecycle.Service) { s.Delegations = nil },
		func(s *lifecycle.Service) { s.Checklists = nil },
		func(s *lifecycle.Service) { s.Holds = nil },
		func(s *lifecycle.Service) { s.Consents = nil },
	} {
		s := h.Service
		without(&s)
		require.Equal(t, append(append([]string{}, all[:i+2]...), all[i+3:]...), sections(s), all[i+2])
	}
	_, err = h.Service.Export(h.ctx, view, "nobody")
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, faults(err))
	closed := organised(func(hr.Ask) hr.Verdict { return hr.Verdict{} })
	_, err = closed.Export(h.ctx, view, "E1")
	require.ErrorIs(t, err, hr.ErrDenied)
}

// E1 leaves on 30 June 2025. A law wants their numbers for 24 months, through 30 June 2027, and letters to them for 12, through
// 30 June 2026; nothing asks for the rest after the last day. While a hold stands, until when is not known; when it is over, all but the numbers is erased.
func TestAnExportSaysUntilWhenEachClassIsKept(t *testing.T) {
	h := privacy(t, hr.AllowAll)
	numbers, address := period("test.numbers", 24, hr.AfterExit, hr.ClassGovernmentID), period("test.address", 12, hr.AfterExit, hr.ClassContact)
	address.Title = "Letters"
	h.Retention = []lifecycle.KeepRule{numbers, address}
	h.hire(t, joiner("E1", "2024-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	kept := func() (list []string) {
		x, err := h.Service.Export(h.ctx, view, "E1")
		require.NoError(t, err)
		for _, k := range x.Kept {
			list = append(list, fmt.Sprint(k.Class, " ", k.Through, ": ", k.Why))
		}
		return list
	}
	const stays = "money : stays, and leads to nobody once the rest is erased"
	require.Equal(t, []string{
		"contact : the employment goes on", "government_id : the employment goes on", "private : the employment goes on", "special : the employment goes on", stays,
	}, kept())
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2025-06-30"), "resigned"))
	require.Equal(t, []string{
		"contact 2026-06-30: Letters (Act, s.1)", "government_id 2027-06-30: Records (Act, s.1)", "private 2025-06-30: ", "special 2025-06-30: ", stays,
	}, kept())
	hold, err := h.PlaceHold(h.ctx, h.cmd(), lifecycle.LegalHold{Employee: "E1", Matter: "a claim"})
	require.NoError(t, err)
	held := "a legal hold since 2026-10-31"
	require.Equal(t, []string{"contact : " + held, "government_id : " + held, "private : " + held, "special : " + held, stays}, kept())
	require.NoError(t, h.ReleaseHold(h.ctx, h.cmd(), hold))
	erased, err := h.Erase(h.ctx, h.cmd(), "E1")
	require.NoError(t, err)
	require.Equal(t, []hr.FieldClass{hr.ClassContact, hr.ClassPrivate, hr.ClassSpecial}, erased)
	require.Equal(t, []string{"contact : erased", "government_id 2027-06-30: Records (Act, s.1)", "private : erased", "special : erased", stays}, kept())
	e, err := h.Employment(h.ctx, view, "E1")
	require.NoError(t, err)
	require.True(t, e.IsErased(hr.ClassContact))
	require.False(t, e.IsErased(hr.ClassGovernmentID))
}

// The visa was issued on 31 December 2025, after the last day, and is kept for 12 months from then: the identity numbers of E1, due on 1 July 2026,
// wait for it. A house without documents has none to keep.
func TestADocumentIsHeldLikeWhatElseIsKnown(t *testing.T) {
	h := privacy(t, hr.AllowAll)
	h.Retention = []lifecycle.KeepRule{period("test.record", 12, hr.AfterRecord)}
	h.hire(t, joiner("E1", "2024-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2025-06-30"), "resigned"))
	_, err := h.KeepDocument(h.ctx, h.cmd(), lifecycle.Document{ID: "D1", Employee: "E1", Kind: "visa", Issued: day("2025-12-31")}, "")
	require.NoError(t, err)
	plan := func() (list []string) {
		lines, err := h.ErasurePlan(h.ctx, view, "E1")
		require.NoError(t, err)
		for _, l := range lines {
			if l.Class == hr.ClassGovernmentID {
				list = append(list, fmt.Sprint(l.Record, " ", l.Last, " ", l.Verdict, " ", l.Due))
			}
		}
		return list
	}
	numbers := "identity numbers and bank account 2025-06-30 erase 2026-07-01"
	require.Equal(t, []string{numbers, "document D1, visa 2025-12-31 keep 2027-01-01"}, plan())
	h.Documents = nil
	require.Equal(t, []string{numbers}, plan())
}

// A log line about a value has at most its id.
func TestALogShowsIdsAndNoValues(t *testing.T) {
	for want, v := range map[string]interface{ String() string }{
		"[employment E1]": lifecycle.Employment{ID: "E1", Person: hr.Person{Name: "Asha Rao"}}.LogValue(),
		"[checklist C1]":  lifecycle.Checklist{ID: "C1", Employee: "E1"}.LogValue(),
		"[legal hold H1]": lifecycle.LegalHold{ID: "H1", Matter: "a claim"}.LogValue(),
		"[document]":      lifecycle.Document{ID: "D1", File: "visa.pdf"}.LogValue(),
		"[arrival]":       lifecycle.Arrival{Reason: "ill"}.LogValue(),
		"[proposal]":      lifecycle.Proposal{ID: "P1"}.LogValue(),
		"[terms change]":  lifecycle.TermsChange{From: day("2026-01-01")}.LogValue(),
		"[transfer]":      lifecycle.Transfer{From: day("2026-01-01")}.LogValue(),
		"[letter offer]":  lifecycle.Letter{Kind: "offer", Body: "40000"},
		"[history of E1]": lifecycle.HistoryReport{Employee: "E1"},
	} {
		require.Equal(t, want, v.String())
	}
	require.Equal(t, "[arrival]", fmt.Sprintf("%+v", lifecycle.Arrival{Reason: "ill"}))
}
