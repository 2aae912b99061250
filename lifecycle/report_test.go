package lifecycle_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// told is a house in which E1 was hired, confirmed, raised by mistake and set right, suspended, and has left.
func told(t require.TestingT) *house {
	h := newHouse(hr.AllowAll)
	why := func(reason string) hr.Command {
		cmd := h.cmd()
		cmd.Reason = reason
		return cmd
	}
	_, err := h.Hire(h.ctx, why("opening 12"), joiner("E1", "2026-01-01"))
	require.NoError(t, err)
	require.NoError(t, h.Join(h.ctx, why("came"), "E1"))
	slip, err := h.ChangeTerms(h.ctx, why("=slip of the pen"), "E1", raise("2026-03-01", 4500))
	require.NoError(t, err)
	_, err = h.WithdrawTerms(h.ctx, why("corrected"), "E1", slip)
	require.NoError(t, err)
	require.NoError(t, h.Suspend(h.ctx, why("enquiry"), "E1", lifecycle.AwayTerms{From: day("2026-05-01"), Through: day("2026-05-31")}))
	require.NoError(t, h.Exit(h.ctx, why(""), "E1", day("2026-06-30"), "resigned"))
	return h
}

func TestHistoryReport(t *testing.T) {
	h := told(t)
	report, err := h.HistoryReport(h.ctx, view, "E1")
	require.NoError(t, err)
	var rows []string
	for _, r := range report.Rows {
		require.Equal(t, hr.ActorID("hr-desk"), r.By)
		require.True(t, r.Recorded.After(noon.Add(-1)))
		rows = append(rows, strings.TrimSpace(fmt.Sprintf("%d %s: %s %q to %q, %s %s", r.Known, r.Event, r.What, r.Before, r.After, r.Days, r.Why)))
	}
	require.Equal(t, []string{
		`1 hire: entity "" to "ACME-IN", 2026-01-01.. opening 12`,
		`1 hire: department "" to "Ops", 2026-01-01.. opening 12`,
		`1 hire: currency "" to "INR", 2026-01-01.. opening 12`,
		`1 hire: pay.basic "" to "40000", 2026-01-01.. opening 12`,
		`2 join: state "" to "probation", 2026-01-01..2026-01-01 came`,
		`3 change_terms: pay.basic "40000" to "4500", 2026-03-01.. =slip of the pen`,
		`4 withdraw_terms: pay.basic "4500" to "40000", 2026-03-01.. corrected`,
		`5 suspend: state "probation" to "suspended", 2026-05-01..2026-05-01 enquiry`,
		`5 suspend: answers.accrues_leave "" to "no", 2026-05-01..2026-05-31 enquiry`,
		`5 suspend: answers.pay_share "" to "0", 2026-05-01..2026-05-31 enquiry`,
		`5 suspend: answers.standing "" to "suspended", 2026-05-01..2026-05-31 enquiry`,
		`6 exit: state "suspended" to "exited", 2026-06-30..2026-06-30`,
		`6 exit: terms "employed" to "", 2026-07-01..`,
	}, rows)

	then, err := h.HistoryReport(h.ctx, view.At(hr.Known{Own: 3}), "E1")
	require.NoError(t, err)
	require.Equal(t, report.Rows[:6], then.Rows, "as known then, the slip was not corrected yet")

	var out bytes.Buffer
	require.NoError(t, report.CSV(&out))
	cells, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, cells, len(rows)+1)
	require.Equal(t, []string{"3", "2026-10-31T12:00:00Z", "change_terms", "pay.basic", "40000", "4500", "2026-03-01", "", "hr-desk", "'=slip of the pen", "", "", ""}, cells[6], "a reason is no formula of a spreadsheet")
	require.NotContains(t, fmt.Sprintf("%v %+v", report, report), "40000", "a report prints without pay")
	_, err = h.HistoryReport(h.ctx, view, "E9")
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, faults(err))

	h.Service.Record = nil // a host that keeps no record still has what changed, and when it was learnt
	report, err = h.HistoryReport(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Len(t, report.Rows, 10)
	require.Empty(t, report.Rows[0].By)
}

// A raise that goes through a transfer in May is one change, in one row; so is what changes beside it.
func TestAChangeThroughALaterStepIsOneRow(t *testing.T) {
	h := confirmed(t)
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-05-01"), Set: hr.Terms{Department: "Lab"}})
	c := raise("2026-03-01", 45000)
	c.Onward, c.Set.Grade = true, "G7"
	h.change(t, "E1", c)
	report, err := h.HistoryReport(h.ctx, view, "E1")
	require.NoError(t, err)
	var rows []string
	for _, r := range report.Rows[len(report.Rows)-2:] {
		rows = append(rows, fmt.Sprintf("%d %s %q to %q, %s", r.Known, r.What, r.Before, r.After, r.Days))
	}
	require.Equal(t, []string{`5 grade "" to "G7", 2026-03-01..`, `5 pay.basic "40000" to "45000", 2026-03-01..`}, rows)
}

func ExampleHistoryReport_Text() {
	h := told(panics{})
	report, err := h.HistoryReport(h.ctx, view, "E1")
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	if err := report.Text(&out); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(out.String()) {
		fmt.Println(strings.TrimRight(line, " \n"))
	}
	// Output:
	// History of E1
	// 1  2026-10-31 12:00  hire, by hr-desk, opening 12
	//   2026-01-01..  entity      ACME-IN
	//   2026-01-01..  department  Ops
	//   2026-01-01..  currency    INR
	//   2026-01-01..  pay.basic   40000
	// 2  2026-10-31 12:00  join, by hr-desk, came
	//   2026-01-01  state  probation
	// 3  2026-10-31 12:00  change_terms, by hr-desk, =slip of the pen
	//   2026-03-01..  pay.basic  40000 -> 4500
	// 4  2026-10-31 12:00  withdraw_terms, by hr-desk, corrected
	//   2026-03-01..  pay.basic  4500 -> 40000
	// 5  2026-10-31 12:00  suspend, by hr-desk, enquiry
	//   2026-05-01              state                  probation -> suspended
	//   2026-05-01..2026-05-31  answers.accrues_leave  no
	//   2026-05-01..2026-05-31  answers.pay_share      0
	//   2026-05-01..2026-05-31  answers.standing       suspended
	// 6  2026-10-31 12:00  exit, by hr-desk, resigned
	//   2026-06-30    state  suspended -> exited
	//   2026-07-01..  terms  employed ends
}

// panics stands in for a test where there is none.
type panics struct{}

func (panics) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (panics) FailNow()                          { panic("failed") }
