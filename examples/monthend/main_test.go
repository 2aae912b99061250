package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/internal/office"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files again; read the difference before you keep it")

// closed runs the program and returns what it printed, with the folder it wrote to.
func closed(t *testing.T, args ...string) (printed, out string) {
	t.Helper()
	out = filepath.Join(t.TempDir(), "out")
	var b bytes.Buffer
	require.NoError(t, run(context.Background(), append([]string{"-out", out}, args...), &b))
	return strings.ReplaceAll(b.String(), out, "OUT"), out
}

// contents returns every file below a folder by its path.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = string(raw)
		return err
	}))
	return all
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestSpecimenCompany(t *testing.T) {
	t.Parallel()
	printed, out := closed(t)
	t.Run("printed", func(t *testing.T) { asPrinted(t, printed, out) })
	t.Run("second method", func(t *testing.T) { secondMethod(t, out) })
	t.Run("shifts by the minute", func(t *testing.T) { shiftsByTheMinute(t, printed) })
	t.Run("leave by hand", func(t *testing.T) { leaveByHand(t, printed) })
	t.Run("by hand", func(t *testing.T) { byHand(t, out) })
	t.Run("files in another order", func(t *testing.T) { otherFiles(t, printed, contents(t, out)) })
	t.Run("calls in another order", func(t *testing.T) { otherCalls(t, contents(t, out)) })
}

// The golden output says what the program prints; that its figures are right is shown by the second method.
func asPrinted(t *testing.T, printed, out string) {
	golden(t, "summary.txt", printed)
	files := contents(t, out)
	for _, who := range []string{"E005", "E009", "E047", "E048", "E064"} { // arrears; overtime and a raise; a loan; the leaver; the joiner
		golden(t, who+".txt", files["payslips/"+who+".txt"])
	}
}

func secondMethod(t *testing.T, out string) {
	c := readSecond(t, "company")
	require.GreaterOrEqual(t, len(c.employees), 60)
	total, heldBack := new(big.Rat), new(big.Rat)
	regular, overtime := 0, 0
	for _, e := range c.employees {
		id, want := e["employee"], c.employee(e)
		raw, err := os.ReadFile(filepath.Join(out, "payslips", id+".json"))
		require.NoError(t, err)
		var slip struct {
			Lines   []struct{ Name, Kind, Amount string }
			Arrears []struct{ Name, Kind, Amount string }
		}
		require.NoError(t, json.Unmarshal(raw, &slip))
		got := map[string]*big.Rat{}
		for _, l := range slip.Lines {
			got[l.Name] = rat(l.Amount)
		}
		late := new(big.Rat)
		for _, a := range slip.Arrears {
			if a.Kind == "earning" {
				late.Add(late, rat(a.Amount))
			}
		}
		require.Equal(t, want.late.FloatString(2), late.FloatString(2), "arrears of %s", id)
		for line, amount := range want.lines {
			require.Equal(t, amount.FloatString(2), got[line].FloatString(2), "%s of %s", line, id)
		}
		require.Equal(t, want.payable.FloatString(2), got["paid_days"].FloatString(2), "payable days of %s", id)
		require.Equal(t, sub(want.employed, want.payable).FloatString(2), got["lost_days"].FloatString(2), "unpaid days of %s", id)
		require.Equal(t, want.overtimeHours.FloatString(2), got["overtime_worked"].FloatString(2), "overtime of %s", id)
		total.Add(total, want.net)
		if _, held := c.onHold[id]; held {
			heldBack.Add(heldBack, want.net)
		}
		if want.lines["overtime"].Sign() > 0 {
			overtime++
		}
		// Where nothing happened, gross pay is the row of pay.csv.
		if want.payable.Cmp(rat("31")) == 0 && len(c.pay[id]) == 1 && len(c.loans[id]) == 0 && want.lines["overtime"].Sign() == 0 && c.bonus[id] == nil {
			p := c.pay[id][0]
			require.Equal(t, add(rat(p["basic"]), rat(p["hra"]), rat(p["conveyance"]), rat(p["special"])).FloatString(2), want.gross.FloatString(2), id)
			regular++
		}
	}
	require.Greater(t, regular, 30, "most people have nothing out of the ordinary")
	require.Greater(t, overtime, 5)

	net := total.FloatString(2)
	register := readCSV(t, filepath.Join(out, "register.csv"))
	require.Equal(t, net, register[len(register)-1]["net"], "the register's row of totals")
	debit, credit, owed := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, r := range readCSV(t, filepath.Join(out, "journal.csv")) {
		debit.Add(debit, rat(r["debit"]))
		credit.Add(credit, rat(r["credit"]))
		if r["line"] == "" {
			owed.Add(owed, sub(rat(r["credit"]), rat(r["debit"])))
		}
	}
	require.Equal(t, debit.FloatString(2), credit.FloatString(2))
	require.Equal(t, net, owed.FloatString(2), "what the journal owes the employees")
	bank, err := os.Open(filepath.Join(out, "bank.csv"))
	require.NoError(t, err)
	_, totals, err := neft.Read(bank)
	require.NoError(t, errorsOf(err, bank.Close()))
	require.Equal(t, sub(total, heldBack).FloatString(2), totals.Amount.StringFixed(2), "the bank file")
	require.Positive(t, heldBack.Sign())
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// The figures below are worked out by hand, so that neither method can be wrong in the same way as the other.
func byHand(t *testing.T, out string) {
	for _, x := range []struct{ employee, line, amount, why string }{
		{"E033", "basic_pay", "17129.03", "16,200 for 15 days and 18,000 for 16: (243,000 + 288,000) / 31 = 17,129.0323"},
		{"E047", "loan", "5000.00", "the second of twelve instalments"},
		{"E022", "advance", "6000.00", "September's advance, all of it"},
		{"E048", "basic_pay", "24522.58", "the leaver: 36,200 x 21 / 31 = 24,522.5806"},
		{"E064", "basic_pay", "10000.00", "the joiner: 15,500 x 20 / 31"},
		{"E064", "paid_days", "20", "12 to 31 October"},
		{"E057", "epf", "1800.00", "wages 12,000 and 3,000 added back of 18,000 excluded in 30,000: 12 % of 15,000"},
		{"E002", "epf", "3000.00", "12 % of the ceiling of 25,000"},
	} {
		raw, err := os.ReadFile(filepath.Join(out, "payslips", x.employee+".json"))
		require.NoError(t, err)
		var slip struct {
			Lines []struct{ Name, Amount string }
		}
		require.NoError(t, json.Unmarshal(raw, &slip))
		found := ""
		for _, l := range slip.Lines {
			if l.Name == x.line {
				found = l.Amount
			}
		}
		require.Equal(t, x.amount, found, "%s of %s: %s", x.line, x.employee, x.why)
	}
}

// scrambled copies the company with the rows and columns of every file in another order, CRLF and a byte order mark.
func scrambled(t *testing.T, seed uint64) string {
	t.Helper()
	dir, random := t.TempDir(), rand.New(rand.NewPCG(seed, seed))
	for name, text := range contents(t, "company") {
		if strings.HasSuffix(name, ".csv") {
			records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			require.NoError(t, err)
			columns := random.Perm(len(records[0]))
			for i, record := range records {
				moved := make([]string, len(record))
				for to, from := range columns {
					moved[to] = record[from]
				}
				records[i] = moved
			}
			rows := records[1:]
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			w.UseCRLF = true
			require.NoError(t, w.WriteAll(records))
			text = "\ufeff" + b.String()
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

// The order of rows and columns changes no byte.
func otherFiles(t *testing.T, printed string, want map[string]string) {
	require.Greater(t, len(want), 130)
	for seed := range uint64(1) {
		dir := scrambled(t, seed)
		again, out := closed(t, "-company", dir)
		require.Equal(t, printed, again)
		same(t, want, contents(t, out))
		for _, name := range []string{"employees.csv", "punches.csv", "leave.csv", "pay.csv"} {
			require.NotEqual(t, contents(t, "company")[name][:200], contents(t, dir)[name][:200], "%s was not shuffled", name)
		}
	}
}

// The files are sorted while they are read. The services must not need that: what reaches them in another order is the same month.
func otherCalls(t *testing.T, want map[string]string) {
	for seed := range uint64(1) {
		c, err := company.Read(os.DirFS("company"))
		require.NoError(t, err)
		random := rand.New(rand.NewPCG(seed, 2))
		for _, shuffled := range []struct {
			n    int
			swap func(i, j int)
		}{
			{len(c.People), reflect.Swapper(c.People)},
			{len(c.Punches), reflect.Swapper(c.Punches)},
			{len(c.Corrections), reflect.Swapper(c.Corrections)},
			{len(c.Lots), reflect.Swapper(c.Lots)},
			{len(c.Leave), reflect.Swapper(c.Leave)},
			{len(c.Adjustments), reflect.Swapper(c.Adjustments)},
			{len(c.Loans), reflect.Swapper(c.Loans)},
			{len(c.Seen), reflect.Swapper(c.Seen)},
		} {
			require.Greater(t, shuffled.n, 1)
			random.Shuffle(shuffled.n, shuffled.swap)
		}
		ctx, o := context.Background(), office.Open(c, io.Discard)
		runs, err := o.Close(ctx)
		require.NoError(t, err)
		month, err := gather(ctx, o, runs)
		require.NoError(t, err)
		out := filepath.Join(t.TempDir(), "out")
		_, err = month.Write(out)
		require.NoError(t, err)
		same(t, want, contents(t, out))
	}
}

// same compares two folders file by file, so that a difference is shown where it is.
func same(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name := range want {
		require.Equal(t, want[name], got[name], name)
	}
	require.Len(t, got, len(want))
}

func TestExplainReachesTheGround(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		what  string
		needs []string
	}{
		{"E014/epf", []string{"epf", "12", "25000", "2026-09-17", "punch", "half_up"}},
		{"E009/overtime", []string{
			"Code on Wages 2019", "half_up to 0.01", "overtime_rate = 2\n", "holds since 2025-11-21", "punch in 2026-10-05 05:54",
			// 5 October: 05:54 to 15:33, from 06:00 on, less half an hour, less the 7.5 hours of the shift: 93 minutes, 90 in steps of 15
			"overtime_hours = 4 hours  [2026-10-01..2026-10-11]\n", "minutes: 2026-10-05 90, 2026-10-06 90, 2026-10-08 60\n",
		}},
		{"E033/basic_pay", []string{"2026-10-01..2026-10-15", "2026-10-16..2026-10-31", "16200", "18000", "terms", "punch"}},
	} {
		var b bytes.Buffer
		out := filepath.Join(t.TempDir(), "out")
		require.NoError(t, run(context.Background(), []string{"-out", out, "-explain", x.what}, &b))
		for _, need := range x.needs {
			require.Contains(t, b.String(), need, x.what)
		}
		require.NoDirExists(t, out, "an explanation writes nothing")
		if x.what == "E014/epf" {
			require.Equal(t, 1, strings.Count(b.String(), "leave unpaid 2026-10-21..2026-10-22"), "a request is told once, not for each day")
		}
	}
	for _, wrong := range []string{"E014", "E014/rent", "E999/epf"} {
		require.Error(t, run(context.Background(), []string{"-explain", wrong}, io.Discard), wrong)
	}
}

func TestNothingIsWrittenWhenSomethingIsWrong(t *testing.T) {
	t.Parallel()
	dir := scrambled(t, 7)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "adjustments.csv"), []byte("employee,component,amount,reason\nE001,rent,100,none\n"), 0o644))
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	err := run(context.Background(), []string{"-company", dir, "-out", out}, io.Discard)
	require.ErrorContains(t, err, "adjustments.csv line 2, column component: no rule")
	left, err := os.ReadDir(parent)
	require.NoError(t, err)
	require.Empty(t, left)

	// A good month, then a bad one: the good one stays.
	require.NoError(t, run(context.Background(), []string{"-out", out}, io.Discard))
	good := contents(t, out)
	require.Error(t, run(context.Background(), []string{"-company", dir, "-out", out}, io.Discard))
	require.Equal(t, good, contents(t, out))
	require.NoError(t, run(context.Background(), []string{"-out", out}, io.Discard), "an earlier month is replaced")
	require.Equal(t, good, contents(t, out))

	// A folder with other things in it is left alone.
	require.NoError(t, os.WriteFile(filepath.Join(parent, "letter.txt"), []byte("dear"), 0o644))
	err = run(context.Background(), []string{"-out", parent}, io.Discard)
	require.ErrorContains(t, err, "choose another folder with -out")
	require.FileExists(t, filepath.Join(parent, "letter.txt"))
}

func TestWhatAServiceRefusesNamesTheRow(t *testing.T) {
	t.Parallel()
	dir := scrambled(t, 9)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "leave.csv"), []byte("employee,type,from,through,half,reason\n"+
		"E001,casual,2026-10-05,2026-10-16,,far too long\nE060,earned,2026-10-11,2026-10-11,,a Sunday\nE002,earned,2026-10-05,2026-10-05,,fine\n"), 0o600))
	var printed bytes.Buffer
	err := run(context.Background(), []string{"-company", dir, "-out", filepath.Join(t.TempDir(), "out")}, &printed)
	require.ErrorContains(t, err, "leave.csv line 2: leave.Apply: ")
	require.ErrorContains(t, err, "leave.csv line 3: leave.Apply: ")
	require.NotContains(t, err.Error(), "line 4")

	require.NotContains(t, printed.String(), "approved", "nothing is said to be done that was refused")
}

// The first and the last day of the month belong to it.
func TestWhoComesAndGoesOnTheEdges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range contents(t, "company") {
		switch name {
		case "employees.csv":
			text = strings.Replace(text, "2026-06-15,,", "2026-10-01,,", 1) // E066
			text = strings.Replace(text, "2020-06-15,2026-10-21,", "2020-06-15,2026-10-31,", 1)
		case "pay.csv", "ytd.csv", "leave_opening.csv":
			var kept strings.Builder
			for row := range strings.Lines(text) {
				if row = strings.Replace(row, "E066,2026-06-15,19000", "E066,2026-10-01,19000", 1); name == "pay.csv" || !strings.HasPrefix(row, "E066,") {
					kept.WriteString(row)
				}
			}
			text = kept.String()
		case "leave.csv":
			text = strings.Replace(text, "E066,casual,2026-10-16,2026-10-16,,Durga Puja\n", "", 1)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	printed, _ := closed(t, "-company", dir)
	require.Contains(t, printed, "E064 on 2026-10-12; E066 on 2026-10-01\n")
	require.Contains(t, printed, "E048, last day 2026-10-31\n")
}

func TestNothingToSay(t *testing.T) {
	t.Parallel()
	dir := scrambled(t, 13)
	for _, name := range []string{"punches.csv", "corrections.csv", "leave.csv", "leave_opening.csv", "adjustments.csv", "ytd.csv"} {
		header, _, _ := strings.Cut(contents(t, "company")[name], "\n")
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(header+"\n"), 0o600))
	}
	err := run(context.Background(), []string{"-company", dir, "-out", filepath.Join(t.TempDir(), "out")}, io.Discard)
	require.ErrorContains(t, err, "attendance,E001: not one day rests on a punch", "a payroll of a month that nobody was seen in waits for a person")
	seen := "check,employee,reason\nattendance,,The clocks were down\nchange,,The clocks were down\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "seen.csv"), []byte(seen), 0o600))
	printed, _ := closed(t, "-company", dir)
	require.Contains(t, printed, "no show", "nobody was seen")
	require.Contains(t, printed, "ok  payable + unpaid = employed")
}

func TestArguments(t *testing.T) {
	require.NoError(t, run(context.Background(), []string{"-help"}, io.Discard))
	require.Error(t, run(context.Background(), []string{"-nonsense"}, io.Discard))
	require.ErrorContains(t, run(context.Background(), []string{"october"}, io.Discard), "october")
}
