package company_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/stretchr/testify/require"
)

const sample = "../../monthend/company"

// specimen returns the files of the specimen company, to be spoilt.
func specimen(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(os.DirFS(sample), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(sample + "/" + name)
		files[name] = &fstest.MapFile{Data: raw}
		return err
	}))
	return files
}

// fault is where something is wrong and by which rule, without the words.
type fault struct {
	file   string
	line   int
	column string
	rule   hr.Rule
}

func faultsOf(err error) (out []fault) {
	var all company.Faults
	if errors.As(err, &all) {
		for _, f := range all {
			out = append(out, fault{f.File, f.Line, f.Column, f.Rule})
		}
	}
	return out
}

// edit replaces one text of a file that must be there.
type edit struct{ file, old, new string }

func TestEveryFaultHasItsPlace(t *testing.T) {
	for _, x := range []struct {
		name string
		edit
		want []fault
	}{
		{
			"an impossible date",
			edit{"employees.csv", "E006,Santosh Pawar,male,1988-04-14", "E006,Santosh Pawar,male,1988-02-30"},
			[]fault{{"employees.csv", 7, "born", hr.RuleDateInvalid}},
		},
		{"an employee twice", edit{"employees.csv", "\nE007,", "\nE006,"}, []fault{
			{"employees.csv", 8, "employee", company.RuleDuplicate}, {"pay.csv", 8, "employee", company.RuleUnknown},
		}},
		{"a bank account twice", edit{"employees.csv", "88000015838", "88000007919"}, []fault{{"employees.csv", 3, "account", company.RuleDuplicate}}},
		{"a manager who is nobody", edit{"employees.csv", "CC100,,pune-office", "CC100,E999,pune-office"}, []fault{{"employees.csv", 2, "manager", lifecycle.RuleManagerUnknown}}},
		{"an unknown shift", edit{"employees.csv", "pune-office,general\nE002", "pune-office,evening\nE002"}, []fault{{"employees.csv", 2, "shift", company.RuleUnknown}}},
		{"a government number of the wrong form", edit{"employees.csv", "ZZZPD0001Z", "ZZZPD001Z"}, []fault{{"employees.csv", 2, "pan", hr.RuleIdentifierInvalid}}},
		{"a punch for nobody", edit{"punches.csv", "E001,2026-10-01 09:", "E901,2026-10-01 09:"}, []fault{{"punches.csv", 2, "employee", company.RuleUnknown}}},
		{
			"a punch after the leaver left",
			edit{"punches.csv", "employee,at,direction,device\n", "employee,at,direction,device\nE048,2026-10-22 09:30:00,in,GATE-BLR-1\n"},
			[]fault{{"punches.csv", 2, "at", attendance.RulePunchNotEmployed}},
		},
		{"a punch of another month", edit{"punches.csv", "E001,2026-10-01 09:", "E001,2026-08-01 09:"}, []fault{{"punches.csv", 2, "at", company.RuleValue}}},
		{
			"a punch after closing",
			edit{"punches.csv", "employee,at,direction,device\n", "employee,at,direction,device\nE001,2026-10-31 22:30:00,out,GATE-PUNE-1\n"},
			[]fault{{"punches.csv", 2, "at", attendance.RulePunchFuture}},
		},
		{"an impossible day of a punch", edit{"punches.csv", "E001,2026-10-01 09:", "E001,2026-13-01 09:"}, []fault{{"punches.csv", 2, "at", hr.RuleDateInvalid}}},
		{"an impossible time of a punch", edit{"punches.csv", "E001,2026-10-01 09:", "E001,2026-10-01 29:"}, []fault{{"punches.csv", 2, "at", company.RuleValue}}},
		{"an unknown component", edit{"adjustments.csv", ",bonus,18000", ",bonsu,18000"}, []fault{{"adjustments.csv", 2, "component", company.RuleNotUsed}}},
		{"a negative bonus", edit{"adjustments.csv", ",bonus,18000", ",bonus,-18000"}, []fault{{"adjustments.csv", 2, "amount", company.RuleNegative}}},
		{"a negative salary", edit{"pay.csv", "E001,2026-04-01,100000", "E001,2026-04-01,-100000"}, []fault{{"pay.csv", 2, "basic", company.RuleNegative}}},
		{"a pay column that no rule reads", edit{"pay.csv", "employee,from,basic,hra", "employee,from,basic,rent"}, []fault{{"pay.csv", 1, "rent", company.RuleNotUsed}}},
		{"an amount with a comma", edit{"pay.csv", "E001,2026-04-01,100000", `E001,2026-04-01,"1,00,000"`}, []fault{{"pay.csv", 2, "basic", company.RuleValue}}},
		{"no pay on the first day", edit{"pay.csv", "E001,2026-04-01", "E001,2026-10-02"}, []fault{{"employees.csv", 2, "employee", hr.RuleRequired}}},
		{"an answer nobody asks for", edit{"answers.csv", "pf_capped", "pf_caped"}, []fault{{"answers.csv", 1, "pf_caped", company.RuleNotUsed}}},
		{"neither yes nor no", edit{"answers.csv", "E001,yes", "E001,ja"}, []fault{{"answers.csv", 2, "pf_capped", company.RuleValue}}},
		{"a year-to-date of no line", edit{"ytd.csv", "employee,taxable,tds", "employee,taxable,tax"}, []fault{{"ytd.csv", 1, "tax", payroll.RuleLineUnknown}}},
		{"a column too much", edit{"leave.csv", "employee,type,from,through,half,reason", "employee,type,from,through,half,why"}, []fault{
			{"leave.csv", 1, "reason", company.RuleColumn}, {"leave.csv", 1, "why", company.RuleColumn},
		}},
		{"a row too short", edit{"shifts.csv", "22:00,06:00,30", "22:00,06:00"}, []fault{
			{"employees.csv", 6, "shift", company.RuleUnknown}, {"shifts.csv", 4, "", company.RuleFile},
		}},
		{"leave after leaving", edit{"leave.csv", "reason\n", "reason\nE048,casual,2026-10-21,2026-10-22,,rest\n"}, []fault{{"leave.csv", 2, "from", leave.RuleRequestEmployed}}},
		{"half of two days", edit{"leave.csv", "reason\n", "reason\nE001,casual,2026-10-21,2026-10-22,first,rest\n"}, []fault{{"leave.csv", 2, "half", leave.RuleRequestHalf}}},
		{"leave twice", edit{"leave.csv", "reason\n", "reason\nE046,casual,2026-10-06,2026-10-06,,rest\n"}, []fault{{"leave.csv", 3, "from", leave.RuleRequestOverlap}}},
		{"an unknown leave type", edit{"leave.csv", "E046,earned", "E046,earnt"}, []fault{{"leave.csv", 2, "type", company.RuleUnknown}}},
		{"a third of a day", edit{"leave_opening.csv", "E001,earned,2026-04-01,18", "E001,earned,2026-04-01,18.3"}, []fault{{"leave_opening.csv", 2, "days", company.RuleValue}}},
		{"one's own correction", edit{"corrections.csv", "supervisor,E005", "supervisor,E008"}, []fault{{"corrections.csv", 2, "approved_by", attendance.RuleCorrectionSelf}}},
		{"one person for both", edit{"company.csv", "approved_by,E059", "approved_by,E060"}, []fault{{"company.csv", 14, "value", hr.RuleApprovalConflict}}},
		{"an unknown setting", edit{"company.csv", "narration,", "narrative,"}, []fault{
			{"company.csv", 0, "", hr.RuleRequired}, {"company.csv", 12, "setting", company.RuleUnknown},
		}},
		{"no such zone", edit{"company.csv", "Asia/Kolkata", "Asia/Poona"}, []fault{{"company.csv", 5, "value", company.RuleValue}}},
		{"a sixth Saturday", edit{"calendars.csv", "pune-office,weekly_off,Saturday 2 4", "pune-office,weekly_off,Saturday 2 6"}, []fault{{"calendars.csv", 11, "day", hr.RuleCalendarDay}}},
		{"a holiday without a name", edit{"calendars.csv", "2026-10-20,Dasara", "2026-10-20,"}, []fault{{"calendars.csv", 6, "name", hr.RuleRequired}}},
		{"a line without an account", edit{"chart.csv", "basic_pay,5110 Basic pay,", "basic_pay,,5110 Basic pay"}, []fault{{"chart.csv", 2, "debit", payroll.RuleChartAccount}}},
		{"a paid line that is not in the chart", edit{"chart.csv", "hra_pay,5120 House rent allowance,\n", ""}, []fault{{"chart.csv", 0, "", payroll.RuleChartAccount}}},
		{"a quote that never ends", edit{"leave_types.csv", "sick,Sick leave", `sick,"Sick leave`}, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := specimen(t)
			text := string(files[x.file].Data)
			require.Contains(t, text, x.old)
			files[x.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, x.old, x.new, 1))}
			_, err := company.Read(files)
			require.Error(t, err)
			got := faultsOf(err)
			require.NotEmpty(t, got)
			for _, want := range x.want {
				require.Contains(t, got, want, "%v", err)
			}
			if x.want != nil && !strings.Contains(x.name, "twice") && !strings.Contains(x.name, "column") {
				require.Len(t, got, max(len(x.want), count(got, x.want)), "%v", err)
			}
			for _, secret := range []string{"88000007919", "88000015838", "100000", "18000", "1,00,000", "ZZZPD"} {
				require.NotContains(t, err.Error(), secret, "a fault repeats no account and no amount")
			}
		})
	}
}

// count returns how many faults are of the wanted kinds: one mistake may show in many rows.
func count(got, want []fault) (n int) {
	for _, g := range got {
		for _, w := range want {
			if g.file == w.file && g.column == w.column && g.rule == w.rule {
				n++
				break
			}
		}
	}
	return n
}

func TestAllFaultsOfAllFilesComeTogether(t *testing.T) {
	files := specimen(t)
	spoil := func(file, old, now string) {
		files[file] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[file].Data), old, now, 1))}
	}
	spoil("employees.csv", "1968-11-02", "1968-11-31")
	spoil("pay.csv", "E001,2026-04-01,100000", "E001,2026-04-01,-1")
	spoil("pay.rules", "input bonus", "inputt bonus")
	spoil("punches.csv", "E001,2026-10-01 09:", "E901,2026-10-01 09:")
	delete(files, "leave.csv")
	_, err := company.Read(files)
	got := faultsOf(err)
	require.Contains(t, got, fault{"employees.csv", 2, "born", hr.RuleDateInvalid})
	require.Contains(t, got, fault{"pay.csv", 2, "basic", company.RuleNegative})
	require.Contains(t, got, fault{"punches.csv", 2, "employee", company.RuleUnknown})
	require.Contains(t, got, fault{"leave.csv", 0, "", company.RuleFile})
	line := 0
	for _, f := range got {
		if f.file == "pay.rules" {
			line = f.line
		}
	}
	require.Equal(t, 1+strings.Count(strings.Split(string(files["pay.rules"].Data), "inputt")[0], "\n"), line, "%v", err)
}

func TestFormsOfTheSameFiles(t *testing.T) {
	plain, err := company.Read(specimen(t))
	require.NoError(t, err)
	files := specimen(t)
	for name, f := range files {
		files[name] = &fstest.MapFile{Data: []byte("\ufeff" + strings.ReplaceAll(string(f.Data), "\n", "\r\n"))}
	}
	again, err := company.Read(files)
	require.NoError(t, err)
	require.Equal(t, plain.Plan.Digest(), again.Plan.Digest())
	plain.Plan, again.Plan = nil, nil
	require.Equal(t, plain, again)
}

func TestMissingFolder(t *testing.T) {
	_, err := company.Read(os.DirFS(t.TempDir() + "/nowhere"))
	require.ErrorContains(t, err, "the company's folder cannot be opened")
	require.Empty(t, faultsOf(err))
}

func TestMissingFiles(t *testing.T) {
	_, err := company.Read(fstest.MapFS{})
	got := faultsOf(err)
	require.Len(t, got, 16, "one fault for each file: %v", err)
	for _, f := range got {
		require.Equal(t, company.RuleFile, f.rule)
	}
}
