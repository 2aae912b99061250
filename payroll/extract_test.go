package payroll_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Whoever asks for what is stored about an employee gets the payslips of each run, paid or only calculated, and what else there is, of nobody else; what the
// host does not keep has no section.
func TestExportIsEverythingAboutOneEmployee(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	_, err := w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E001", Name: "bonus", Period: october, Amount: dec("5000")})
	require.NoError(t, err)
	paid := w.pay(t, "2026-09-01..2026-09-30")
	draft := w.create(t)
	w.calculate(t, draft)
	sections := func(e hr.EmployeeID) map[string][]string {
		x, err := w.Export(ctx, asOfficer, e)
		require.NoError(t, err)
		require.Equal(t, "employee/"+string(e), x.Subject)
		out := map[string][]string{}
		for _, s := range x.Sections {
			out[s.Source] = []string{}
			for _, r := range s.Records {
				out[s.Source] = append(out[s.Source], r.ID)
			}
		}
		return out
	}
	has := sections("E001")
	require.ElementsMatch(t, []string{string(paid), string(draft)}, has["payroll.Results"])
	require.Len(t, has["payroll.Postings"], 1)
	require.Len(t, has["payroll.Adjustments"], 1)
	require.NotContains(t, sections("E002"), "payroll.Adjustments")
	require.Empty(t, sections("E009"), "nobody knows them")

	w.Debts, w.Requests = w.db, w.db
	require.NoError(t, w.db.PutPayrollRequest(ctx, payroll.Request{ID: "R1", Employee: "E001", State: payroll.RequestPending}))
	_, err = w.Attach(ctx, hr.Command{ID: "court", Actor: officer, Reason: "an order"}, payroll.Debt{ID: "O1", Employee: "E001", Kind: payroll.DebtOrder, Name: "court", Order: payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Amount: dec("1")}})
	require.NoError(t, err)
	has = sections("E001")
	require.Equal(t, []string{"R1"}, has["payroll.Requests"])
	require.Len(t, has["payroll.Debts"], 1)

	w.Runs = struct{ payroll.Runs }{w.db} // a store that does not list runs knows those that paid
	require.Equal(t, []string{string(paid)}, sections("E001")["payroll.Results"])
	w.Results = goneResults{w.db}
	_, err = w.Export(ctx, asOfficer, "E001")
	require.ErrorIs(t, err, errCrash)
	w.Results, w.Postings = w.db, gonePostings{w.db}
	_, err = w.Export(ctx, asOfficer, "E001")
	require.ErrorIs(t, err, errCrash)
	w.Kit.Authorize = nil
	_, err = w.Export(ctx, asOfficer, "E001")
	require.ErrorIs(t, err, hr.ErrDenied)
}

// goneResults and gonePostings are stores that are down.
type goneResults struct{ resultsPort }

func (goneResults) Result(context.Context, payroll.RunID, hr.EmployeeID) (payroll.Result, error) {
	return payroll.Result{}, errCrash
}

type gonePostings struct{ postingsPort }

func (gonePostings) PostingsOf(context.Context, []hr.Pin) ([][]hr.Entry[payroll.Posting], error) {
	return nil, errCrash
}
