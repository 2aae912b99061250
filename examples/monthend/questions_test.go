package main

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/internal/office"
	"github.com/musterhr/hr/payroll"
)

// specimenWith is the specimen company with another text in one of its files.
func specimenWith(t *testing.T, file, old, text string) company.Company {
	t.Helper()
	folder, err := fs.Sub(specimen, "company")
	require.NoError(t, err)
	files := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(folder, path)
		if path == file {
			require.Contains(t, string(raw), old)
			raw = []byte(strings.Replace(string(raw), old, text, 1))
		}
		files[path] = &fstest.MapFile{Data: raw}
		return err
	}))
	c, err := company.Read(files)
	require.NoError(t, err)
	return c
}

// The closed month of the whole company, from punches and leave to payslips, can be asked: it is proven to come out again, a candidate is played
// over it, and amounts are found, all from the facts that the services keep.
func TestQuestionsAboutTheClosedMonth(t *testing.T) {
	ctx := context.Background()
	o := office.Open(specimenWith(t, "pay.rules", "", ""), io.Discard)
	runs, err := o.Close(ctx)
	require.NoError(t, err)
	paid := runs.Month
	slips, err := o.Pay.Payslips(ctx, o.View(), paid)
	require.NoError(t, err)

	same, err := o.Pay.BackTest(ctx, o.View(), payroll.BackTest{Plan: o.Plan, Over: o.Period})
	require.NoError(t, err)
	require.Empty(t, same.Unproven)
	require.Empty(t, same.People)
	require.Equal(t, len(slips), same.Same)

	// Overtime once and not twice: half of it, to a paisa by rounding, of everybody who has some.
	once := specimenWith(t, "pay.rules", "param overtime_rate: number = 2 from", "param overtime_rate: number = 1 from").Plan
	got, err := o.Pay.BackTest(ctx, o.View(), payroll.BackTest{Plan: once, Over: o.Period, Workers: 2})
	require.NoError(t, err)
	require.Empty(t, got.Failed)
	overtime := map[hr.EmployeeID]decimal.Decimal{}
	for _, s := range slips {
		if amount, _ := s.Amount("overtime"); !amount.IsZero() {
			overtime[s.Employee] = amount
		}
	}
	require.Len(t, got.People, len(overtime))
	require.NotEmpty(t, overtime)
	for _, p := range got.People {
		for _, l := range p.Lines {
			if l.Line == "overtime" {
				require.True(t, l.Before.Equal(overtime[p.Employee]))
				require.True(t, l.Now.Add(l.Now).Sub(l.Before).Abs().LessThanOrEqual(decimal.New(1, -2)), p.Employee)
			}
		}
		require.True(t, p.Net.Change().Sign() < 0)
	}

	// What a correction would pay is what was paid, and more with a raise.
	who := slips[20]
	spec := payroll.RunSpec{Kind: payroll.RunCorrection, Period: o.Period, PayDate: o.PayDate.Add(5), Reason: "what if", Employees: []hr.EmployeeID{who.Employee}}
	impact, err := o.Pay.WhatIf(ctx, o.View(), spec, payroll.WhatIf{Terms: []payroll.TermChange{{Name: "basic", Percent: decimal.NewFromInt(10)}}})
	require.NoError(t, err)
	require.Len(t, impact.People, 1)
	require.True(t, impact.Net.Before.Equal(who.Net().Amount))
	require.True(t, impact.Net.Change().Sign() > 0)

	target := who.Cost().Amount.Add(decimal.NewFromInt(5000))
	found, err := o.Pay.GrossUp(ctx, o.View(), who.Employee, payroll.PayPeriod{Period: o.Period, PayDate: o.PayDate}, payroll.GrossUp{Aim: payroll.AimCost, Target: target, Terms: []string{"basic", "hra"}})
	require.NoError(t, err)
	if found.Exact {
		require.True(t, found.Slip.Cost().Amount.Equal(target))
	} else {
		require.NotEmpty(t, found.Cliffs)
	}

	list, err := o.Pay.Anomalies(ctx, o.View(), paid, payroll.AnomalyRules{Unpaid: 3, Unworked: 3, Account: 1, Peers: payroll.Peers{Score: 1, Times: decimal.NewFromInt(5)}}, nil)
	require.NoError(t, err)
	for _, a := range list {
		require.NotEmpty(t, a.Signs[0].Reason)
	}
}
