package payroll_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// refuses is a store of terms that has an error for one employee.
type refuses struct {
	*learnt
	of  hr.EmployeeID
	err error
}

func (r refuses) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	for _, pin := range pins {
		if pin.Employee == r.of {
			return nil, r.err
		}
	}
	return r.learnt.TermsOf(ctx, v, pins, p)
}

// An error of a host about one employee is a failure of that employee with all that the host says; what it joins are failures of their own, and a fault is told by its field.
func TestFailuresSayWhatTheHostSays(t *testing.T) {
	lost := fmt.Errorf("no contract 7: %w", storage.ErrNotFound)
	fault := &hr.FieldError{Path: "contract.grade", Rule: "host.grade", Reason: "is not known"}
	for name, c := range map[string]struct {
		err  error
		want []payroll.Failure
	}{
		"an error with its place": {fmt.Errorf("contracts: %w", lost), []payroll.Failure{{Rule: payroll.RuleRunFaults, Reason: "contracts: no contract 7: " + storage.ErrNotFound.Error()}}},
		"a fault with its place":  {fmt.Errorf("contracts: %w", fault), []payroll.Failure{{Path: "contract.grade", Rule: "host.grade", Reason: "is not known"}}},
		"an error and a fault": {fmt.Errorf("contracts: %w", errors.Join(lost, fault)), []payroll.Failure{
			{Rule: payroll.RuleRunFaults, Reason: "no contract 7: " + storage.ErrNotFound.Error()}, {Path: "contract.grade", Rule: "host.grade", Reason: "is not known"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newLate(t, latePlan(t, "1_00_000"))
			for _, e := range []hr.EmployeeID{"E1", "E2"} {
				w.pays(t, e, "2026-04-01..", "30000")
			}
			w.Terms = refuses{w.facts, "E2", c.err}
			results, err := w.Preview(t.Context(), asOfficer, regular(9))
			require.NoError(t, err)
			require.Empty(t, results[0].Failures)
			require.Equal(t, c.want, results[1].Failures)
		})
	}
}
