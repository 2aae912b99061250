package payroll_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// tombs is a store of keys that tells which were destroyed.
type tombs struct {
	storage.Keys
	list []storage.Grave
}

func (k tombs) Graves(context.Context, storage.Grave, int) ([]storage.Grave, error) {
	return k.list, nil
}

// What a payslip was calculated from was erased, so it is not provable, and that is said with the first day; that mail and telephone were erased, or something of
// somebody else, does not excuse a difference.
func TestAPayslipOfWhoWasErasedIsNotProvable(t *testing.T) {
	w := adopted(t, 2)
	id := w.create(t)
	w.calculate(t, id)
	w.staff.terms["E001"] = hr.Since(hr.MustDate("2026-04-01"), terms("20001", "8000"))
	grave := func(e hr.EmployeeID, class hr.FieldClass, on string) storage.Grave {
		return storage.Grave{Subject: storage.SubjectEmployee(e), Class: class, On: hr.MustDate(on)}
	}
	for _, c := range []struct {
		graves []storage.Grave
		rule   hr.Rule
		says   string
	}{
		{nil, payroll.RuleRunReproduce, "does not come out the same"},
		{[]storage.Grave{grave("E001", hr.ClassContact, "2030-01-01")}, payroll.RuleRunReproduce, "does not come out the same"},
		{[]storage.Grave{grave("E002", hr.ClassPrivate, "2030-01-01")}, payroll.RuleRunReproduce, "does not come out the same"},
		{[]storage.Grave{grave("E001", hr.ClassContact, "2029-01-01"), grave("E001", hr.ClassGovernmentID, "2030-01-02"), grave("E001", hr.ClassPrivate, "2030-01-01")}, payroll.RuleRunErased, "was erased on 2030-01-01"},
	} {
		w.Keys = tombs{list: c.graves}
		_, err := w.Explain(t.Context(), asOfficer, id, "E001", "fund")
		require.Equal(t, []hr.Rule{c.rule}, rules(err))
		require.ErrorContains(t, err, c.says)
	}
}
