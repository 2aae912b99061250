package app_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/memory"
)

func TestSeedLeavesOctoberToBeRun(t *testing.T) {
	c, err := app.Specimen()
	require.NoError(t, err)
	a := app.New(c, memory.New(), app.Policy(), func() time.Time { return c.ClosedAt.Add(time.Hour) })
	require.NoError(t, a.Seed(t.Context(), io.Discard))
	by := hr.Actor{ID: "E060", Employee: "E060", Roles: []string{hr.RolePayrollPreparer}}
	v := hr.View{Actor: by, Purpose: "test"}
	rs, err := a.Pay.Preview(t.Context(), v, payroll.RunSpec{Kind: payroll.RunRegular, Period: c.Period, PayDate: c.PayDate})
	require.NoError(t, err)
	require.Len(t, rs, 66)
}
