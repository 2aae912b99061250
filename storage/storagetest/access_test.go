package storagetest_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/storagetest"
)

// A host takes the standard access, adds a role of its own, and keeps who may do what as a file that a person has read.
func ExampleWriteAccess() {
	access := hr.StandardAccess()
	access.Grants = append(access.Grants, hr.Grant{
		Name: "the works doctor", Role: "doctor", Verbs: []string{"leave.Request", "leave.RequestsIn"}, Classes: []hr.FieldClass{hr.ClassPublic, hr.ClassSpecial},
	})
	if err := access.Validate(); err != nil {
		panic(err)
	}
	verbs := []string{"leave.Decide", "leave.Request", "payroll.Payslip", "payroll.Approve"}
	_ = storagetest.WriteAccess(os.Stdout, access.Decide, verbs, hr.RoleHR, hr.RolePayrollPreparer, hr.RolePayrollApprover, "doctor")
	// Output:
	// leave.Decide: manager; delegate; hr
	// leave.Request: self pcvgms; manager pcv; delegate pcv; hr pcvgms; doctor ps
	// payroll.Payslip: self pcvgms; payroll.preparer pcvgm; payroll.approver pcvgm
	// payroll.Approve: payroll.approver
}

func TestWriteAccessAsksEveryVerb(t *testing.T) {
	verbs := storagetest.Verbs()
	require.Greater(t, len(verbs), 150)
	require.True(t, slices.IsSorted(verbs))
	for _, verb := range []string{"attendance.Days", "leave.Apply", "lifecycle.Hire", "payroll.Payslip", "recruitment.Accept"} {
		require.Contains(t, verbs, verb)
	}
	require.NotContains(t, verbs, "lifecycle.Route", "which takes neither a command nor a view")
	var page bytes.Buffer
	require.NoError(t, storagetest.WriteAccess(&page, hr.StandardAccess().Decide, verbs, hr.RoleAuditor))
	require.Equal(t, len(verbs), strings.Count(page.String(), "\n"))
	page.Reset()
	require.NoError(t, storagetest.WriteAccess(&page, nil, verbs[:1], hr.RoleHR))
	require.Equal(t, verbs[0]+": nobody\n", page.String())
	require.Error(t, storagetest.WriteAccess(full{}, hr.AllowAll, verbs))
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }
