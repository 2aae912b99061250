package leave_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// A request of two days from one lot: the request, what was granted and the two days taken, and the two days away. Another's are not there.
func TestExport(t *testing.T) {
	h := open(t)
	h.Terms.(staff)["E2"] = h.Terms.(staff)["E1"]
	lot := h.grant(t, "casual", "3", "2026-01-05..")
	id := h.approved(t, ask("casual", "2026-11-02..2026-11-03"))
	theirs := ask("unpaid", "2026-11-02..2026-11-02")
	theirs.Employee = "E2"
	h.approved(t, theirs)
	x, err := h.Export(t.Context(), hr.View{Actor: desk}, "E1")
	require.NoError(t, err)
	require.Equal(t, "2026-10-01", x.On.String())
	got, count := map[string][]string{}, map[string]int{}
	for _, s := range x.Sections {
		for _, r := range s.Records {
			got[s.Title] = append(got[s.Title], r.ID)
			count[s.Title]++
		}
	}
	require.Equal(t, map[string]int{"Leave requests": 1, "Leave earned and taken": 3, "Days away": 2}, count)
	require.Equal(t, []string{string(id)}, got["Leave requests"])
	require.Contains(t, got["Leave earned and taken"], string(lot))

	whole := h.Service
	broken := errors.New("broken")
	for name, fail := range map[string]func(s *leave.Service){
		"requests": func(s *leave.Service) { s.Requests = noRequests{s.Requests, broken} },
		"ledger":   func(s *leave.Service) { s.Ledger = noLedger{s.Ledger, broken} },
		"absences": func(s *leave.Service) { s.Absent = noAbsent{s.Absent, broken} },
	} {
		s := whole
		fail(&s)
		_, err := s.Export(t.Context(), hr.View{Actor: desk}, "E1")
		require.ErrorIs(t, err, broken, name)
	}
	h.Kit.Authorize = func(hr.Ask) hr.Verdict { return hr.Verdict{} }
	_, err = h.Export(t.Context(), hr.View{Actor: desk}, "E1")
	require.ErrorIs(t, err, hr.ErrDenied)
}

type noRequests struct {
	leave.Requests
	err error
}

func (n noRequests) RequestsIn(context.Context, hr.EmployeeID, hr.Period) ([]leave.Request, error) {
	return nil, n.err
}

type noLedger struct {
	leave.Ledger
	err error
}

func (n noLedger) MovementsOf(context.Context, []hr.Pin) ([][]leave.Entry, error) { return nil, n.err }

type noAbsent struct {
	leave.Absent
	err error
}

func (n noAbsent) AwayOf(context.Context, []hr.Pin, hr.Period) ([][]leave.AwayEntry, error) {
	return nil, n.err
}
