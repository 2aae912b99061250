package payrolltest_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/payrolltest"
)

var update = flag.Bool("update", false, "rewrite what the stories expect")

const shopRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input overtime_hours: hours by piece
input bonus: money = 0
input shift: text = ""
input ytd_fund: money
line basic_pay "Basic" in earnings, wages = round(pieces(basic * payable_days / period_days), 0.01)
line overtime in earnings = round(pieces(basic * overtime_hours * 2 / 208 hours), 0.01)
line bonus_pay in earnings = round(bonus, 0.01)
line fund in deductions = round(12% * min(sum(wages), 25_000), 1)
line days_paid in information = pieces(payable_days)
line fund_this_year = ytd_fund + fund
line late = if shift = "late" then 1 else 0
`

func compile(t testing.TB, rules string) *payroll.Plan {
	t.Helper()
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "shop", Text: rules}}})
	require.NoError(t, err)
	return plan
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func input(basic string) payroll.Input {
	return payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"),
		Terms: hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: dec(basic)}}}),
	}
}

func TestShop(t *testing.T) {
	payrolltest.Stories(t, compile(t, shopRules), "testdata/*.story", *update)
}

// report collects what a test would have printed.
type report struct{ text string }

func (r *report) Helper() {}

func (r *report) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) + "\n" }

// A kit that nothing fails is no kit: other rules, and each figure moved by a cent, must be told.
func TestStoriesTellWhatDiffers(t *testing.T) {
	raw, err := os.ReadFile("testdata/shop.story")
	require.NoError(t, err)
	other := compile(t, strings.Replace(shopRules, "25_000", "15_000", 1))
	var r report
	payrolltest.Stories(&r, other, "testdata/*.story", false)
	require.Contains(t, r.text, "shop.story:3: A whole month\n  - deduction  fund                               2400.00\n  - net                                          17600.00\n"+
		"  + deduction  fund                               1800.00\n  + net                                          18200.00\n")
	require.Equal(t, 3, strings.Count(r.text, "shop.story:"), r.text)

	dir := t.TempDir()
	file := filepath.Join(dir, "a.story")
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(raw), "7340.00", "7340.01", 1)), 0o600))
	r = report{}
	payrolltest.Stories(&r, compile(t, shopRules), file, false)
	require.Contains(t, r.text, "a.story:25: Who leaves after the 20th")
	require.Equal(t, 1, strings.Count(r.text, "a.story:"))

	// update mends the figure and nothing else
	r = report{}
	payrolltest.Stories(&r, compile(t, shopRules), file, true)
	require.Empty(t, r.text)
	mended, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, strings.Replace(string(raw), "19.5\nstory", "19.5\n\nstory", 1), string(mended))

	// the same rows in another order, a story without rows, and a line that no plan has
	swapped := strings.Replace(string(raw), "shown      fund_this_year                     7340.00\nshown      days_paid                             19.5\n", "shown      days_paid                             19.5\nshown      fund_this_year                     7340.00\n", 1)
	require.NoError(t, os.WriteFile(file, []byte(swapped), 0o600))
	r = report{}
	payrolltest.Stories(&r, compile(t, shopRules), file, false)
	require.Contains(t, r.text, "another order")
	require.NoError(t, os.WriteFile(file, []byte("story New\nperiod 2026-10-01..2026-10-31\nterms 2026-04-01: basic 100\nshow nonsense\n----"), 0o600))
	payrolltest.Stories(&report{}, compile(t, shopRules), file, true)
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(written), "----\nearning    basic_pay                           100.00\ndeduction  fund                                 12.00\ninfo       days_paid                               31\nnet                                             88.00\nno line    nonsense\n")

	for pattern, want := range map[string]string{"testdata/none.*": "no file matches", "[": "no file matches", "testdata": "is a directory"} {
		r = report{}
		payrolltest.Stories(&r, compile(t, shopRules), pattern, false)
		require.Contains(t, r.text, want)
	}
	require.NoError(t, os.WriteFile(file, []byte("# nothing\n"), 0o600))
	payrolltest.Stories(&r, compile(t, shopRules), file, false)
	require.Contains(t, r.text, "holds no story")
	require.NoError(t, os.WriteFile(file, []byte("nothing\n"), 0o600))
	payrolltest.Stories(&r, compile(t, shopRules), file, false)
	require.Contains(t, r.text, "line 1: must come after")
}

func TestStoryFaultsAllAtOnce(t *testing.T) {
	_, err := payrolltest.ParseStories(strings.Join([]string{
		"period 2026-10-01..2026-10-31", // 1: before any story
		"story",                         // 2: no title
		"period 2026-10",                // 3
		"period 2026-10-01..2026-10-31", // 4: again
		"terms 2026-10-01: basic",       // 5: no value
		"terms 2026-13-01: basic 1",     // 6
		"unpaid 2026-10-05: 2",          // 7
		"unpaid 2026-10-05: x",          // 8: not a number, and again
		"minutes 2026-10-06: overtime 1.5",
		"adjust bonus", // 10
		"ytd fund x",   // 11
		"show a,,b",    // 12
		"salary 5",     // 13: unknown
		"employee",     // 14
		"story B",      // 15: A has no payslip, nor a period that can be read; B neither
	}, "\n"))
	var got []string
	for _, f := range hr.FieldErrors(err) {
		got = append(got, f.Path+" "+strings.TrimPrefix(string(f.Rule), "payroll.payrolltest.story."))
	}
	require.Subset(t, got, []string{
		"line 1 line", "line 2 line", "line 3 fact", "line 4 fact", "line 5 fact", "line 6 fact", "line 7 fact", "line 8 fact", "line 9 fact", "line 10 fact",
		"line 11 fact", "line 12 fact", "line 13 line", "line 14 fact", "line 2 no_payslip", "line 15 no_payslip", "line 15 fact",
	})
	for _, text := range []string{
		"story A\nperiod 2026-10-01..2026-10-31\nterms 2026-10-01: basic 1\nterms 2026-10-01: basic 2\n----\n",
		"story A\nperiod 2026-10-01..2026-10-31\nterms 2026-10-05: basic 1\nunpaid 2026-10-04: 1\n----\n",
		"story A\nperiod 2026-10-01..2026-10-31\nterms 2026-10-05: basic 1\nminutes 2026-11-04: night 1\n----\n",
		"story A\nperiod 2026-10-01..2036-10-31\n----\n",
		"story A\nperiod 2026-10-01..\n----\n",
	} {
		_, err := payrolltest.ParseStories(text)
		require.Error(t, err, text)
	}
}

func TestMonotone(t *testing.T) {
	amounts := []decimal.Decimal{dec("50000"), dec("0"), dec("20000"), dec("25000")}
	require.NoError(t, payrolltest.Monotone(compile(t, shopRules), input("1"), "basic", payrolltest.Gross, amounts...))
	require.NoError(t, payrolltest.Monotone(compile(t, shopRules), input("1"), "basic", payrolltest.Net, amounts...))
	require.NoError(t, payrolltest.Monotone(compile(t, shopRules), input("1"), "basic", payrolltest.Of("fund"), amounts...))

	cliff := compile(t, strings.Replace(shopRules, "12% * min(sum(wages), 25_000)", "if sum(wages) > 20_000 then 30% * sum(wages) else 0", 1))
	err := payrolltest.Monotone(cliff, input("1"), "basic", payrolltest.Net, amounts...)
	require.EqualError(t, err, "payrolltest: monotone: from basic 20000 to 25000 it falls from 20000 to 17500") // 25,000 less 30 %
	require.NoError(t, payrolltest.Monotone(cliff, input("1"), "basic", payrolltest.Cost, amounts...))
	require.ErrorContains(t, payrolltest.Monotone(cliff, input("1"), "wage", payrolltest.Net, amounts...), "the terms have no wage")
	require.ErrorContains(t, payrolltest.Monotone(cliff, input("1"), "basic", payrolltest.Net, dec("-1")), "basic -1: ")
}

func TestSplitInvariant(t *testing.T) {
	require.NoError(t, payrolltest.SplitInvariant(compile(t, shopRules), input("12345.67")))
	perPiece := compile(t, strings.Replace(shopRules, "round(pieces(basic * payable_days / period_days), 0.01)", "pieces(round(basic * payable_days / period_days, 0.01))", 1))
	err := payrolltest.SplitInvariant(perPiece, input("100"))
	require.ErrorContains(t, err, "2026-10-31]: basic_pay is 100.13 and was 100") // 100 / 31 is 3.2258, and 31 x 3.23 is 100.13
	require.NoError(t, payrolltest.SplitInvariant(perPiece, input("100"), hr.MustDate("2026-10-11")), "32.26 and 67.74 are 100.00: one cut does not show it")
	bad := input("100")
	bad.Employee = ""
	require.Error(t, payrolltest.SplitInvariant(perPiece, bad))
}

func TestConserves(t *testing.T) {
	plan := compile(t, shopRules)
	other := input("31000")
	other.Employee = "E2"
	require.NoError(t, payrolltest.Conserves(plan, input("20000"), other))
	below := compile(t, strings.Replace(shopRules, "12% * min(sum(wages), 25_000)", "200% * sum(wages)", 1))
	require.NoError(t, payrolltest.Conserves(below, input("20000"), other), "a negative net pay is owed to the employer, and paid to nobody")
	require.Error(t, payrolltest.Conserves(plan, input("20000"), input("20000")), "one employee twice")
	bad := input("20000")
	bad.Terms = hr.Timeline[hr.Terms]{}
	require.Error(t, payrolltest.Conserves(plan, bad))
}

func TestBoundaries(t *testing.T) {
	pack := payroll.Pack{
		TaxYear: payroll.YearStart{Month: time.April, Day: 6},
		Params:  []hr.Parameter{{Steps: []hr.ParameterStep{{Since: hr.MustDate("2024-03-15")}, {Since: hr.MustDate("2020-01-01")}}}},
		Tables:  []hr.Table{{Steps: []hr.TableStep{{Since: hr.MustDate("2024-04-20")}}}},
	}
	var got []string
	for _, d := range payrolltest.Boundaries(hr.MustPeriod("2024-02-10..2024-04-30"), pack) {
		got = append(got, d.String()[5:])
	}
	// a leap year; the tax year ends on 5 April; a parameter changes on 15 March and a table on 20 April
	require.Equal(t, []string{"02-28", "02-29", "03-01", "03-14", "03-15", "03-31", "04-01", "04-05", "04-06", "04-19", "04-20", "04-30"}, got)
}

func TestJoinersAndLeavers(t *testing.T) {
	plan := compile(t, shopRules)
	days := payrolltest.Boundaries(hr.MustPeriod("2023-12-01..2024-12-31"))
	inputs := payrolltest.JoinersAndLeavers(input("31000"), days...)
	require.Len(t, inputs, 3*len(days))
	require.NoError(t, payrolltest.Conserves(plan, inputs...))
	for i, d := range days {
		month := int64(d.DaysInMonth())
		for j, employed := range []int64{month, month - int64(d.Day()) + 1, int64(d.Day())} {
			slip, err := plan.Calculate(inputs[3*i+j])
			require.NoError(t, err)
			paid, _ := slip.Amount("days_paid")
			require.Equal(t, fmt.Sprint(employed), paid.String(), "%s", inputs[3*i+j].Employee)
		}
	}
	require.Empty(t, payrolltest.JoinersAndLeavers(payroll.Input{}, days...))
}

// What is read and not changed is written as it was; what is changed is read as it was written.
func FuzzParseStories(f *testing.F) {
	raw, err := os.ReadFile("testdata/shop.story")
	require.NoError(f, err)
	f.Add(string(raw))
	f.Add("story A\nperiod 2026-10-01..2026-10-31\n----")
	f.Add("story A\nperiod 2026-10-01..2026-10-31\n----\nstory B\nunpaid 2026-10-01: 1\n----\n\n# end")
	f.Fuzz(func(t *testing.T, text string) {
		stories, err := payrolltest.ParseStories(text)
		if err != nil {
			require.NotEmpty(t, hr.FieldErrors(err))
			require.Nil(t, stories)
			return
		}
		same, other := make([]string, len(stories)), make([]string, len(stories))
		for i, s := range stories {
			same[i], other[i] = s.Want, fmt.Sprintf("net %d\n", i)
		}
		require.Equal(t, text, payrolltest.Rewrite(text, stories, same))
		again, err := payrolltest.ParseStories(payrolltest.Rewrite(text, stories, other))
		require.NoError(t, err)
		require.Len(t, again, len(stories))
		for i, s := range again {
			require.Equal(t, other[i], s.Want)
			require.Equal(t, stories[i].Title, s.Title)
			require.Equal(t, hr.Digest("input", stories[i].Input.Timesheet), hr.Digest("input", s.Input.Timesheet))
		}
	})
}

// A reader that keeps something of a bad file, a writer that cannot write what was read, wrong totals and other bytes are each told.
func TestRoundTrip(t *testing.T) {
	read := func(r io.Reader) (string, int, error) {
		b, err := io.ReadAll(r)
		switch text := string(b); text {
		case "bad\n":
			return "", 0, errors.New("refused")
		case "half\n":
			return text, 0, errors.New("refused")
		default:
			return text, len(b), err
		}
	}
	write := func(w io.Writer, text string) (int, error) {
		if text == "stuck\n" {
			return 0, errors.New("cannot")
		}
		if text == "wrong\n" {
			return 1, nil
		}
		text = strings.TrimSuffix(text, "\n") + "\n"
		n, err := io.WriteString(w, text)
		return n, err
	}
	require.NoError(t, payrolltest.RoundTrip([]byte("good\n"), read, write))
	require.NoError(t, payrolltest.RoundTrip([]byte("bad\n"), read, write))
	require.ErrorContains(t, payrolltest.RoundTrip([]byte("half\n"), read, write), "all the same")
	require.ErrorContains(t, payrolltest.RoundTrip([]byte("stuck\n"), read, write), "is not written: cannot")
	err := payrolltest.RoundTrip([]byte("wrong\n"), read, write)
	require.ErrorContains(t, err, "totals")
	require.ErrorContains(t, err, "bytes")
	crlf := func(w io.Writer, text string) (int, error) {
		return io.WriteString(w, strings.TrimSuffix(text, "\r\n")+"\r\n")
	}
	require.NoError(t, payrolltest.RoundTrip([]byte("windows\r\n"), read, crlf))
}

// A ceiling of 15,000 takes 600 less from who earns 20,000 or more: 12 % of 5,000.
func TestBackTestOfStories(t *testing.T) {
	stories, err := payrolltest.ParseStories(`
story Little
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 10000
----
story Enough
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 20000
----
`)
	require.NoError(t, err)
	plan := compile(t, shopRules)
	require.Empty(t, payrolltest.BackTest(plan, plan, stories...))
	lower := compile(t, strings.Replace(shopRules, "25_000", "15_000", 1))
	require.Equal(t, `Enough
  Fund   2400.00 to 1800.00                                                                -600.00
     formula: formula of fund                                                              -600.00
  NET PAY   17600.00 to 18200.00                                                           +600.00
     formula: formula of fund                                                              +600.00
`, payrolltest.BackTest(plan, lower, stories...))
	asks := compile(t, shopRules+"input meals: money\nline food in deductions = meals\n")
	require.Equal(t, 2, strings.Count(payrolltest.BackTest(plan, asks, stories...), "  no payslip: terms.meals: "))
	require.Contains(t, payrolltest.BackTest(nil, plan, stories[0]), "is required")
}
