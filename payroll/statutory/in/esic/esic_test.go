package esic_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in/esic"
)

func rules(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

func TestSampleIsReadAndWrittenAgain(t *testing.T) {
	sample, err := os.ReadFile("testdata/esic_contribution.csv")
	require.NoError(t, err)
	people, totals, err := esic.Read(bytes.NewReader(sample))
	require.NoError(t, err)
	require.Equal(t, "3 26 18500", fmt.Sprint(totals.Members, totals.Days, totals.Wages))
	require.Equal(t, hr.MustDate("2026-11-15"), people[2].LastDay)
	var b bytes.Buffer
	again, err := esic.Write(&b, people)
	require.NoError(t, err)
	require.Equal(t, string(sample), b.String())
	require.Equal(t, totals, again)
}

func TestWhatIsRefused(t *testing.T) {
	sample, err := os.ReadFile("testdata/esic_contribution.csv")
	require.NoError(t, err)
	header, _, _ := strings.Cut(string(sample), "\r\n")
	for name, c := range map[string]struct {
		row  string
		want hr.Rule
	}{
		"nobody":                        {"", esic.RuleLayout},
		"a column short":                {"3100000011,ALMA,26,18500,", esic.RuleLayout},
		"a quote astray":                {`3100000011,AL"MA,26,18500,,`, esic.RuleLayout},
		"nine digits":                   {"310000001,ALMA,26,18500,,", esic.RuleNumber},
		"twice":                         {"3100000011,ALMA,26,18500,,\n3100000011,ALMA,26,18500,,", esic.RuleTwice},
		"a dot in the name":             {"3100000011,A. ALMA,26,18500,,", esic.RuleName},
		"a part of a day":               {"3100000011,ALMA,25.5,18500,,", esic.RuleDays},
		"32 days":                       {"3100000011,ALMA,32,18500,,", esic.RuleDays},
		"paise":                         {"3100000011,ALMA,26,18500.50,,", esic.RuleWages},
		"below zero":                    {"3100000011,ALMA,26,-1,,", esic.RuleWages},
		"no day and no reason":          {"3100000011,ALMA,0,0,,", esic.RuleReason},
		"a reason beside days":          {"3100000011,ALMA,26,18500,1,", esic.RuleReason},
		"a reason that is none":         {"3100000011,ALMA,0,0,14,", esic.RuleReason},
		"left without a last day":       {"3100000011,ALMA,0,0,2,", esic.RuleLast},
		"on leave with a last day":      {"3100000011,ALMA,0,0,1,15/11/2026", esic.RuleLast},
		"a day of another calendar":     {"3100000011,ALMA,0,0,2,31/11/2026", esic.RuleLast},
		"a day written the other round": {"3100000011,ALMA,0,0,2,2026-11-15", esic.RuleLast},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := esic.Read(strings.NewReader(header + "\n" + c.row))
			require.Contains(t, rules(err), c.want)
			require.NotContains(t, err.Error(), "310000001")
			require.NotContains(t, err.Error(), "18500")
		})
	}
	_, _, err = esic.Read(strings.NewReader("IP,Name\n"))
	require.Equal(t, []hr.Rule{esic.RuleLayout}, rules(err))
	_, _, err = esic.Read(strings.NewReader(strings.Replace(header, "Days", "days", 1) + "\n3100000011,ALMA,26,18500,,"))
	require.Equal(t, []hr.Rule{esic.RuleLayout}, rules(err))
	people, _, err := esic.Read(strings.NewReader(header + "\n3100000011,ALMA,0,0,2,15-11-2026\n3100000022,BO,0,0,6,\n3100000033,CY,0,0,0,"))
	require.NoError(t, err, "the other way to write a day; 6 with or without one; 0 without")
	require.Equal(t, hr.MustDate("2026-11-15"), people[0].LastDay)
	_, err = esic.Write(&bytes.Buffer{}, nil)
	require.Equal(t, []hr.Rule{esic.RuleLayout}, rules(err))
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var people []esic.Person
		for i := range rapid.IntRange(1, 5).Draw(t, "people") {
			p := esic.Person{
				Number: hr.NewSecret(fmt.Sprintf("31%08d", i)), Name: "ALMA SPECIMEN", Days: rapid.IntRange(0, 31).Draw(t, "days"),
				Wages: decimal.NewFromInt(rapid.Int64Range(0, 50000).Draw(t, "wages")),
			}
			if p.Days == 0 {
				p.Reason = rapid.IntRange(0, 13).Draw(t, "reason")
				if p.Reason > 1 {
					p.LastDay = hr.MustDate("2026-10-01").Add(rapid.IntRange(0, 30).Draw(t, "last"))
				}
			}
			people = append(people, p)
		}
		var b bytes.Buffer
		totals, err := esic.Write(&b, people)
		if err != nil {
			t.Fatal(err)
		}
		again, read, err := esic.Read(&b)
		if err != nil || hr.Digest("t", read) != hr.Digest("t", totals) || len(again) != len(people) {
			t.Fatal("what is read is not what was written", err)
		}
		for i := range people {
			if again[i].Reason != people[i].Reason || again[i].LastDay != people[i].LastDay || !again[i].Number.Equal(people[i].Number) {
				t.Fatal("a row came back otherwise")
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	sample, err := os.ReadFile("testdata/esic_contribution.csv")
	require.NoError(f, err)
	f.Add(sample)
	f.Fuzz(func(t *testing.T, text []byte) {
		people, totals, err := esic.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		again, err := esic.Write(&b, people)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("t", totals), hr.Digest("t", again))
	})
}

func TestPeopleOfPayslips(t *testing.T) {
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	slip := func(id hr.EmployeeID, member, days, wages int64) payroll.Payslip {
		line := func(name string, v decimal.Decimal) payroll.Line { return payroll.Line{Name: name, Amount: v} }
		return payroll.Payslip{Employee: id, Period: october, Lines: []payroll.Line{
			line("esi_member", decimal.NewFromInt(member)), line("esi_days", decimal.NewFromInt(days)), line("esi_wages", decimal.New(wages, -2)),
		}}
	}
	people := map[hr.EmployeeID]hr.Person{}
	of := payroll.FormInput{Period: october, People: people, LastDay: map[hr.EmployeeID]hr.Date{"E3": hr.MustDate("2026-10-05"), "E4": hr.MustDate("2026-10-06")}, Reasons: map[hr.EmployeeID]int{"E4": 5}}
	for i, s := range []payroll.Payslip{slip("E1", 1, 26, 1850050), slip("E2", 1, 0, 0), slip("E3", 1, 0, 0), slip("E4", 1, 0, 0), slip("E5", 0, 30, 0)} {
		of.Slips = append(of.Slips, s)
		people[s.Employee] = hr.Person{Name: "ALMA", Identities: []hr.Identity{{Kind: "esic_ip_in", Number: hr.NewSecret(fmt.Sprintf("310000000%d", i))}}}
	}
	rows, err := esic.PeopleOf(of)
	require.NoError(t, err)
	require.Len(t, rows, 4, "E5 is not covered")
	var b bytes.Buffer
	_, err = esic.Write(&b, rows)
	require.NoError(t, err)
	_, body, _ := strings.Cut(b.String(), "\r\n")
	require.Equal(t, "3100000000,ALMA,26,18501,,\r\n3100000001,ALMA,0,0,1,\r\n3100000002,ALMA,0,0,2,05/10/2026\r\n3100000003,ALMA,0,0,5,06/10/2026\r\n", body)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", rows[0], rows, rows[0], slog.AnyValue(rows[0])), "3100000000")

	of.People = nil
	of.Slips = []payroll.Payslip{{Employee: "E9", Period: october}, slip("E1", 1, 26, 1)}
	of.Slips[1].Period = hr.MustPeriod("2026-09-01..2026-09-30")
	_, err = esic.PeopleOf(of)
	require.ElementsMatch(t, []hr.Rule{esic.RuleLayout, esic.RuleLayout, esic.RuleNumber}, rules(err))
}
