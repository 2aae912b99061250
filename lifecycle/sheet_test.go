package lifecycle_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

const workforce = `employee,step,from,name,born,id.pan_in,bank.holder,bank.number,bank.bank,entity,department,manager,currency,pay.basic,pay.hra,answers.pf_capped,confirmed,joined,reason,ended
E9,hire,2010-01-01,Zoe,1980-05-01,AAAPA1234A,Zoe,111222,MUST0000001,ACME-IN,Ops,,INR,100,50,yes,2010-07-01,,,
E1,hire,2024-01-01,Anil,,,,,,ACME-IN,Ops,E9,INR,40000,,,,no,,
E9,change,2011-01-01,,,,,,,,Lab,,,200,-,,,,,
E9,leave,2012-12-31,,,,,,,,,,,,,,,,moved away,
E9,hire,2020-01-01,,,,,,,ACME-IN,Ops,,INR,300,,,2020-01-01,,,
E9,change,2021-01-01,,,,,,,,,,,400,,,,,,
`

func TestASheetIsImported(t *testing.T) {
	sheet, err := lifecycle.ReadSheet(strings.NewReader("\ufeff"+workforce), legacy)
	require.NoError(t, err)
	h := newHouse(hr.AllowAll)
	ids, err := h.Import(h.ctx, h.cmd(), sheet.Arrivals)
	require.NoError(t, sheet.Locate(err))
	require.Equal(t, []hr.EmployeeID{"E9", "E1"}, ids)
	says := func(emp hr.EmployeeID, on string) string {
		terms, employed := h.terms(t, emp, 0).At(day(on))
		if !employed {
			return ""
		}
		basic, _ := terms.Amount("basic")
		hra, has := terms.Amount("hra")
		capped, _ := terms.Answer("pf_capped")
		return strings.TrimSpace(fmt.Sprint(terms.Department, " ", basic, " ", hra, " ", has, " ", capped))
	}
	for on, want := range map[string]string{
		"2009-12-31": "", "2010-01-01": "Ops 100 50 true yes", "2010-12-31": "Ops 100 50 true yes", "2011-01-01": "Lab 200 0 false yes", "2012-12-31": "Lab 200 0 false yes",
		"2013-01-01": "", "2020-01-01": "Ops 300 0 false", "2021-01-01": "Ops 400 0 false",
	} {
		require.Equal(t, want, says("E9", on), on)
	}
	e := h.get(t, "E9")
	require.Equal(t, "Zoe 1980-05-01 confirmed AAAPA1234A MUST0000001 [{ACME-IN 2010-01-01 2012-12-31 exited moved away}]",
		fmt.Sprint(e.Person.Name, " ", e.Person.Born, " ", e.State, " ", e.Person.Identity("pan_in").Reveal(), " ", e.Person.Bank.Bank, " ", e.Earlier))
	require.Equal(t, lifecycle.Preboarding, h.get(t, "E1").State)
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, legacy, history.Entries()[0].Source)
}

// Everything that is wrong with a file comes at once, with line and column and without what was in the cell.
func TestASheetTellsLineAndColumn(t *testing.T) {
	_, err := lifecycle.ReadSheet(strings.NewReader(`employee,step,from,name,currency,pay.basic,joined,confirmed,ended
E1,hire,1 March,Asha,INR,secret-amount,perhaps,soon,
,hire,2026-01-01,,,,,,
E2,change,2026-01-01,,,,,,
E3,hire,2026-01-01,Mira,INR,1,,,
E3,hire,2026-02-01,Mira,INR,1,,,
E3,change,2026-01-01,,,,,,
E3,jump,2026-03-01,,,,,,
E3,change,,,,,,,
E3,change,2026-04-01,too few
E3,leave,2026-04-01,,,,,,fired
E3,leave,2026-05-01,,,,,,
`), legacy)
	require.Equal(t, []string{
		"lines[2].from", "lines[3].employee", "lines[4].step", "lines[6].step", "lines[7].from", "lines[8].step", "lines[9].from", "lines[10]", "lines[11].ended", "lines[12].step",
	}, paths(err), err)
	require.NotContains(t, err.Error(), "secret-amount")
	_, err = lifecycle.ReadSheet(strings.NewReader("employee,step,from,pay.basic,born,joined\nE1,hire,2026-01-01,secret-amount,soon,perhaps\n"), legacy)
	require.Equal(t, []string{"lines[2].pay.basic", "lines[2].born", "lines[2].joined"}, paths(err), err)
	require.NotContains(t, err.Error(), "secret-amount")
	_, err = lifecycle.ReadSheet(strings.NewReader("employee,step,salary,step,pay.,id.,id.x,answers.\n"), legacy)
	require.Equal(t, []string{"lines[1].columns[3]", "lines[1].step", "lines[1].columns[5]", "lines[1].columns[6]", "lines[1].columns[8]", "lines[1].from"}, paths(err), err)
	_, err = lifecycle.ReadSheet(strings.NewReader(""), legacy)
	require.ErrorIs(t, err, hr.ErrRequired)
	_, err = lifecycle.ReadSheet(strings.NewReader("employee,step,from\nE1,hire,\"2026\n"), legacy)
	require.Equal(t, []string{"lines[2]"}, paths(err), err)
}

func paths(err error) (list []string) {
	for _, f := range hr.FieldErrors(err) {
		list = append(list, f.Path)
	}
	return list
}

// What only the service finds is told by line and column too.
func TestFaultsOfAnImportAreLocated(t *testing.T) {
	sheet, err := lifecycle.ReadSheet(strings.NewReader(`employee,step,from,name,gender,id.pan_in,bank.number,entity,manager,currency,pay.basic,pay.hra,answers.standing,confirmed
E1,hire,2010-01-01,Asha,,AAAPA1234A,,,,INR,1,-5,,
E1,change,2011-01-01,,,,,,,Rs,-7,,suspended,
E1,leave,2012-12-31,,,,,,,,,,,
E1,hire,2026-01-01,,,,,ACME-IN,,INR,1,,,2025-01-01
E2,hire,2026-01-01,,F,AAAPA1234A,99,ACME-IN,E2,INR,1,,,
`), legacy)
	require.NoError(t, err)
	h := newHouse(hr.AllowAll)
	_, err = h.Import(h.ctx, h.cmd(), sheet.Arrivals)
	err = sheet.Locate(err)
	require.Equal(t, []string{
		"lines[2].entity lifecycle.terms.entity", "lines[2].pay.hra lifecycle.terms.pay_amount",
		"lines[3].entity lifecycle.terms.entity", "lines[3].currency lifecycle.terms.currency", "lines[3].pay.basic lifecycle.terms.pay_amount",
		"lines[3].pay.hra lifecycle.terms.pay_amount", "lines[3].answers.standing lifecycle.terms.standing",
		"lines[5].confirmed lifecycle.employment.confirm",
		"lines[6].name lifecycle.person.name", "lines[6].gender lifecycle.person.gender", "lines[6].bank.bank lifecycle.person.bank", "lines[6].bank.holder lifecycle.person.bank",
		"lines[6].manager lifecycle.manager.cycle", "lines[6].id.pan_in lifecycle.employment.twin",
	}, faults(err), err)
	require.NotContains(t, err.Error(), "AAAPA")
	require.NoError(t, sheet.Locate(nil))
	require.ErrorIs(t, sheet.Locate(errBroken), errBroken)
}

// A last day is told by the line of the leaving, and where there is none by that of the hire. What no row of the sheet is at fault for stays.
func TestWhereALastDayIsLocated(t *testing.T) {
	sheet, err := lifecycle.ReadSheet(strings.NewReader(workforce), legacy)
	require.NoError(t, err)
	for path, want := range map[string]string{
		"rows[0].earlier[0].last_day":        "lines[5].from",
		"rows[0].earlier[0].start":           "lines[2].from",
		"rows[0].earlier[0].later[0].from":   "lines[4].from",
		"rows[0].last_day":                   "lines[6].from",
		"rows[1].last_day":                   "lines[3].from",
		"rows[1].state":                      "lines[3].step",
		"rows[2].hire.start":                 "rows[2].hire.start",
		"lifecycle.facts":                    "lifecycle.facts",
		"rows[0].hire.terms.pay[0].amount":   "lines[6].pay.basic",
		"rows[0].later[0].terms.department":  "lines[7].department",
		"rows[0].person.identities[0].value": "lines[6].id.pan_in",
	} {
		require.Equal(t, []string{want}, paths(sheet.Locate(&hr.FieldError{Path: path, Rule: lifecycle.RuleExitLastDay, Reason: "x"})))
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add(workforce)
	f.Add("employee,step,from\nE1,hire,2026-01-01\nE1,leave,2026-01-01\nE1,hire,2026-01-02\n")
	f.Fuzz(func(t *testing.T, text string) {
		sheet, err := lifecycle.ReadSheet(strings.NewReader(text), legacy)
		if err != nil {
			require.NotEmpty(t, hr.FieldErrors(err), "%v", err)
			return
		}
		h := newHouse(hr.AllowAll)
		_, err = h.Import(h.ctx, h.cmd(), sheet.Arrivals)
		for _, p := range paths(sheet.Locate(err)) {
			require.NotContains(t, p, "rows[")
		}
	})
}
