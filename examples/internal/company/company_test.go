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
	"github.com/musterhr/hr/payroll/formula"
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

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
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
	t.Parallel()
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
		{"an answer nobody asks for", edit{"answers.csv", "pf_capped", "pf_caped"}, []fault{
			{"answers.csv", 1, "pf_caped", company.RuleNotUsed}, {"answers.csv", 1, "pf_capped", company.RuleColumn},
		}},
		{"neither yes nor no", edit{"answers.csv", "E001,yes", "E001,ja"}, []fault{{"answers.csv", 2, "pf_capped", company.RuleValue}}},
		{"a year-to-date of no line", edit{"ytd.csv", "employee,taxable,tds", "employee,taxable,tax"}, []fault{{"ytd.csv", 1, "tax", payroll.RuleLineUnknown}}},
		{"a column too much", edit{"leave.csv", "employee,type,from,through,half,reason", "employee,type,from,through,half,why"}, []fault{
			{"leave.csv", 1, "reason", company.RuleColumn}, {"leave.csv", 1, "why", company.RuleColumn},
		}},
		{"a row too short", edit{"shifts.csv", "22:00,06:00,30", "22:00,06:00"}, []fault{{"shifts.csv", 4, "", company.RuleFile}}},
		{"an empty file", edit{"shifts.csv", string(must(os.ReadFile(sample + "/shifts.csv"))), ""}, []fault{{"shifts.csv", 0, "", company.RuleFile}}},
		{"semicolons", edit{"corrections.csv", "employee,at,direction,reason,approved_by", "employee;at;direction;reason;approved_by"}, []fault{{"corrections.csv", 0, "", company.RuleFile}}},
		{"a file in UTF-16", edit{"leave.csv", "employee", "\x00employee"}, []fault{{"leave.csv", 0, "", company.RuleFile}}},
		{"a bonus of a part of a paisa", edit{"adjustments.csv", ",bonus,18000", ",bonus,18000.005"}, []fault{{"adjustments.csv", 2, "amount", hr.RuleMoneyPlaces}}},
		{"a row of nobody", edit{"answers.csv", "E003,yes,yes,no,MH,new,no\n", ""}, []fault{{"employees.csv", 4, "employee", hr.RuleRequired}}},
		{"an answer left out", edit{"answers.csv", "E003,yes,yes,no,MH", "E003,yes,yes,no,"}, []fault{{"answers.csv", 4, "pt_state", payroll.RuleInputMissing}}},
		{"an answer that no table has", edit{"answers.csv", "E003,yes,yes,no,MH", "E003,yes,yes,no,Maharashtra"}, []fault{{"answers.csv", 4, "", formula.RuleTableText}}},
		{"a loan of nothing, twice what is wrong", edit{"loans.csv", "E047,loan,60000,5000,", "E047,loan,0,-1,"}, []fault{{"loans.csv", 2, "instalment", company.RuleNegative}}},
		{"a loan of nothing", edit{"loans.csv", "E047,loan,60000", "E047,loan,0"}, []fault{{"loans.csv", 2, "", payroll.RuleLoan}}},
		{"a loan that no rule takes back", edit{"loans.csv", "E047,loan", "E047,lone"}, []fault{{"loans.csv", 2, "name", company.RuleNotUsed}}},
		{"a hold of nobody", edit{"on_hold.csv", "E058", "E999"}, []fault{{"on_hold.csv", 2, "employee", company.RuleUnknown}}},
		{"the month itself taken back", edit{"taken_back.csv", "2026-09", "2026-10"}, []fault{{"taken_back.csv", 2, "month", company.RuleValue}}},
		{"a finding seen twice", edit{"seen.csv", "change,E022,", "change,E005,"}, []fault{{"seen.csv", 3, "check", company.RuleDuplicate}}},
		{"a first month after the month", edit{"company.csv", "first_month,2026-08", "first_month,2026-11"}, []fault{
			{"company.csv", 15, "value", hr.RulePeriodOrder}, {"taken_back.csv", 2, "month", company.RuleValue},
		}},
		{"no month", edit{"company.csv", "month,2026-10", "month,"}, []fault{{"company.csv", 6, "value", hr.RuleRequired}}},
		{"an answer's column left out", edit{"answers.csv", "pt_state", "esi_wage"}, []fault{
			{"answers.csv", 1, "esi_wage", company.RuleNotUsed}, {"answers.csv", 1, "pt_state", company.RuleColumn},
		}},
		{"who prepares is nobody", edit{"company.csv", "prepared_by,E060", "prepared_by,E960"}, []fault{{"company.csv", 13, "value", company.RuleUnknown}}},
		{"the company's account of the wrong form", edit{"company.csv", "bank_account,9", "bank_account,no"}, []fault{{"company.csv", 10, "value", hr.RuleIdentifierInvalid}}},
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
			t.Parallel()
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

// A file without its header begins with a row, and no fault repeats what stands in it.
func TestWithoutHeaders(t *testing.T) {
	files := specimen(t)
	var want []fault
	for name, f := range files {
		if strings.HasSuffix(name, ".csv") {
			_, rows, _ := strings.Cut(string(f.Data), "\n")
			files[name] = &fstest.MapFile{Data: []byte(rows)}
			want = append(want, fault{name, 0, "", company.RuleFile})
		}
	}
	_, err := company.Read(files)
	require.ElementsMatch(t, want, faultsOf(err))
	for _, secret := range []string{"88000007919", "990000000001", "ZZZPD0001Z", "100000", "800000", "97500", "18000"} {
		require.NotContains(t, err.Error(), secret)
	}
}

// An account number that slipped into any other cell is in no message.
func TestNoFaultRepeatsACell(t *testing.T) {
	t.Parallel()
	const slipped = "987654321012"
	for _, name := range []string{
		"loans.csv", "on_hold.csv", "taken_back.csv", "seen.csv",
		"company.csv", "employees.csv", "pay.csv", "answers.csv", "ytd.csv", "punches.csv", "corrections.csv", "leave.csv", "leave_opening.csv", "adjustments.csv",
	} {
		for keep := range 3 { // all cells, all but the first, all but the first two: a row that is about nobody is not read further
			files := specimen(t)
			lines := strings.Split(string(files[name].Data), "\n")
			cells := strings.Split(lines[1], ",")
			for i := min(keep, len(cells)); i < len(cells); i++ {
				cells[i] = slipped
			}
			lines[1] = strings.Join(cells, ",")
			files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
			if _, err := company.Read(files); err != nil {
				require.NotContains(t, err.Error(), slipped, "%s", name)
			}
		}
	}
}

// What the law in the program does not reach is one fault of the month, not one of each person.
func TestBeyondTheLaw(t *testing.T) {
	for day, rule := range map[string]hr.Rule{
		"2027-06-30": hr.RuleParameterMissing, // no Finance Act yet
		"2031-10-31": payroll.RulePackReview,  // nobody has looked at the law of that year
	} {
		files := specimen(t)
		files["company.csv"].Data = []byte(strings.Replace(string(files["company.csv"].Data), "pay_date,2026-10-31", "pay_date,"+day, 1))
		files["ytd.csv"].Data = []byte("employee\n")
		_, err := company.Read(files)
		require.NotEmpty(t, faultsOf(err))
		for _, f := range faultsOf(err) {
			require.Equal(t, fault{"company.csv", 0, "", rule}, f)
		}
		require.ErrorContains(t, err, day)
	}
}

// Who is in a file of an authority needs the number that it goes by.
func TestNumbersThatTheFilesNeed(t *testing.T) {
	files := specimen(t)
	files["employees.csv"].Data = []byte(strings.NewReplacer("999900000001", "", "9999900008", "").Replace(string(files["employees.csv"].Data)))
	_, err := company.Read(files)
	require.Equal(t, []fault{{"employees.csv", 2, "uan", hr.RuleRequired}, {"employees.csv", 9, "esic_ip", hr.RuleRequired}}, faultsOf(err))
}

// Many faults that are alike do not bury the others: ten are written out, and the lines of all others are named.
func TestManyFaultsThatAreAlike(t *testing.T) {
	files := specimen(t)
	var rows strings.Builder
	rows.WriteString("employee,type,from,through,half,reason\n")
	for i := range 14 { // lines 2 to 15; line 9 is about somebody
		rows.WriteString(map[bool]string{true: "E001", false: "E901"}[i == 7] + ",casual,2026-10-05,2026-10-05,,rest\n")
	}
	files["leave.csv"] = &fstest.MapFile{Data: []byte(rows.String())}
	files["adjustments.csv"] = &fstest.MapFile{Data: []byte("employee,component,amount,reason\nE001,bonus,-1,no\n")}
	_, err := company.Read(files)
	require.Len(t, faultsOf(err), 14, "every one is there")
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 12)
	require.Contains(t, lines[0], "adjustments.csv line 2")
	require.Contains(t, lines[1], "leave.csv line 2, column employee: is not in employees.csv")
	require.Contains(t, lines[10], "leave.csv line 12")
	require.Equal(t, "and 3 more like leave.csv line 2, in lines 13-15", lines[11])
}

func TestAnAnswerThatNoTableHasSaysWhatThereIs(t *testing.T) {
	files := specimen(t)
	files["answers.csv"].Data = []byte(strings.Replace(string(files["answers.csv"].Data), "E003,yes,yes,no,MH,new", "E003,yes,yes,no,MH,flat", 1))
	_, err := company.Read(files)
	require.ErrorContains(t, err, "answers.csv line 4: gives no payslip: table `tax.surcharge_threshold` has no rows for what `tax_regime` says; it has new, old")
}

func TestLine(t *testing.T) {
	c, err := company.Read(specimen(t))
	require.NoError(t, err)
	employee, line, err := c.Line("E014/epf")
	require.NoError(t, err)
	require.Equal(t, hr.EmployeeID("E014"), employee)
	require.Equal(t, "epf", line)
	for _, wrong := range []string{"E014", "E014/", "E014/rent", "E014/EPF"} {
		_, _, err := c.Line(wrong)
		require.ErrorContains(t, err, "basic_pay", "%s: the lines that there are", wrong)
	}
	for _, wrong := range []string{"E999/epf", "e014/epf", "/epf", "epf"} {
		_, _, err := c.Line(wrong)
		require.ErrorContains(t, err, "is no employee of employees.csv", wrong)
	}
}

func TestFormsOfTheSameFiles(t *testing.T) {
	plain, err := company.Read(specimen(t))
	require.NoError(t, err)
	digest := plain.Plan.Digest()
	plain.Plan = nil
	for _, end := range []string{"\r\n", "\r"} {
		files := specimen(t)
		for name, f := range files {
			text := string(f.Data)
			if strings.HasSuffix(name, ".csv") { // spreadsheets leave empty rows at the end
				head, _, _ := strings.Cut(text, "\n")
				text += strings.Repeat(",", strings.Count(head, ",")) + "\n"
			}
			files[name] = &fstest.MapFile{Data: []byte("\ufeff" + strings.ReplaceAll(text, "\n", end))}
		}
		again, err := company.Read(files)
		require.NoError(t, err)
		require.Equal(t, digest, again.Plan.Digest())
		again.Plan = nil
		require.Equal(t, plain, again)
	}
}

func TestMissingFolder(t *testing.T) {
	_, err := company.Folder(t.TempDir() + "/nowhere")
	require.ErrorContains(t, err, "the company's folder cannot be opened")
	require.Empty(t, faultsOf(err))
}

func TestMissingFiles(t *testing.T) {
	_, err := company.Read(fstest.MapFS{})
	got := faultsOf(err)
	require.Len(t, got, 20, "one fault for each file: %v", err)
	for _, f := range got {
		require.Equal(t, company.RuleFile, f.rule)
	}
}
