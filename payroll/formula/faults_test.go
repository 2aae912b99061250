package formula_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

const head = `input m : money
input d : days
input n : number
input s : text
input f : yes/no
input t : date
input r : money by piece
param p : percent = 12%
bands b : money -> money
    upto 10: 1
    above: 2
bands bt : money -> money by text
    "A" above: 2
line g in grp = m
`

// Each case is what is written behind head (12 lines), the faults as "line:column rule", and a part of the hint.
var compileFaults = []struct {
	name, text, want, hint string
}{
	{"character", "line x = m × 2", "1:12 character", "write * to multiply"},
	{"quotes", "line x = m · “a”", "1:12 character", "write *"},
	{"control", "line x \"a\x01b\" = m", "1:8 character", ""},
	{"comment control", "# a\x01\nline x = m", "1:1 character", ""},
	{"control behind code", "line x = m #\ta \x7f", "1:12 character", ""},
	{"indented comment control", "line x = m\n  # a\x01\n", "2:3 character", ""},
	{"name that ends in a point", "let x = n.", "1:10 character", "letters a to z"},
	{"name and number", "let x = n.1", "1:10 character", ""},
	{"letters beyond a to z", "let x = a[n]", "1:10 character", "( )"},
	{"marks between letters and digits", "let x = @", "1:9 character", ""},
	{"back quote", "let x = `n`", "1:9 character", ""},
	{"brace", "let x = {n}", "1:9 character", "( )"},
	{"semicolon", "let x = n; n", "1:10 character", ""},
	{"open text", `line x "abc = m`, "1:8 string", "close it"},
	{"comma groups", "line x = m + 12,00,000", "1:14 number", ""},
	{"comma groups of three", "let x = max(1,200)", "1:13 number", ""},
	{"comma groups of two at the end", "let x = max(1,20", "1:13 number", ""},
	{"point at the end", "let x = 1.", "1:9 number", ""},
	{"point before a space", "let x = 1. + n", "1:9 number", ""},
	{"underscore before a space", "let x = 1_ + n", "1:9 number", ""},
	{"point before a word", "let x = 1.m", "1:9 number", ""},
	{"two points", "line x = m + 1.2.3", "1:14 number", ""},
	{"underscore", "line x = m + 1__2", "1:14 number", ""},
	{"long number", "line x = m + 1234567890123456789012345678901", "1:14 number", ""},
	{"number and word", "line x = m + 12abc", "1:14 number", ""},
	{"no such day", "let x = 2026-02-30", "1:9 date", ""},
	{"day expected", "param x : money = 1 from 12", "1:26 date", "2026-04-01"},
	{"day in a statement", "let x = n\n 2026-02-30", "2:2 date", ""},
	{"nothing yet", "let x", "1:6 syntax", ""},
	{"nothing behind a text", `line x law "Act"`, "1:17 syntax", ""},
	{"nothing behind a title", `line x "Title"`, "1:15 syntax", ""},
	{"empty title", `line x "" = m`, "1:8 syntax", "leave it out"},
	{"empty law", `line x law "" = m`, "1:12 syntax", `law "EPF`},
	{"law without quotes", "line x law Act = m", "1:12 syntax", `law "EPF`},
	{"name in quotes", `let "x" = m`, "1:5 syntax", "begins with a letter"},
	{"not a statement", "total x = 3", "1:1 statement", "begins with a space"},
	{"expected value", "line x = m +", "1:13 syntax", ""},
	{"open parenthesis", "line x = (m + 1", "1:16 syntax", "close the parenthesis"},
	{"chained comparison", "let x = 1 < n < 3", "1:15 syntax", "`and`"},
	{"two equals", "let x = n == 3", "1:11 syntax", "write ="},
	{"chained unequal", "let x = 1 != n != 3", "1:16 syntax", "`and`"},
	{"chained less", "let x = 1 <= n <= 3", "1:16 syntax", "`and`"},
	{"chained more", "let x = 1 > n > 3", "1:15 syntax", "`and`"},
	{"chained at least", "let x = 1 >= n >= 3", "1:16 syntax", "`and`"},
	{"chained equal", "let x = 1 = n = 3", "1:15 syntax", "`and`"},
	{"unequal of others", "let x = n <> 3", "1:11 syntax", "write =, !="},
	{"and of others", "let x = f && f", "1:11 syntax", "and, or"},
	{"or of others", "let x = f || f", "1:11 syntax", "and, or"},
	{"two in a row", "let x = n 3", "1:11 syntax", "operator"},
	{"text behind", `let x = n "A"`, "1:11 syntax", "operator"},
	{"missing operator", "line x = m n", "1:12 syntax", "operator"},
	{"no else", "line x = if f then 3", "1:21 syntax", "every if has an else"},
	{"if in operand", "line x = 1 + if f then m else m", "1:14 syntax", "parentheses"},
	{"reserved", "input hours : hours", "1:7 reserved", "payable_hours"},
	{"reserved function", "let max = 3", "1:5 reserved", ""},
	{"unit missing", "input x : ", "1:10 unit.word", "write money"},
	{"unit in quotes", `input x : "money"`, "1:11 unit.word", "write money"},
	{"unit cut off", "input x : money/", "1:17 unit.word", "write money"},
	{"long unit", "input x : " + strings.Repeat("money*", 100_000) + "money", "1:11 unit.word", "write money"},
	{"unit word", "input x : rupees", "1:11 unit.word", "write money"},
	{"unit product", "input x : money/text", "1:11 unit.word", ""},
	{"no step", "line x = round(m)", "1:17 rounding", "0.01"},
	{"step zero", "line x = round(m, 0)", "1:19 rounding", ""},
	{"step name", "line x = round(m, n)", "1:19 rounding", ""},
	{"step percent", "line x = round(m, 1%)", "1:19 rounding", "above zero"},
	{"mode in quotes", `line x = round(m, 1, "up")`, "1:22 rounding", "half_even"},
	{"mode", "line x = round(m, 1, nearest)", "1:22 rounding", "half_even"},
	{"mode of ceil", "line x = ceil(m, 1, up)", "1:21 rounding", "round(..., step, up)"},
	{"row text", "bands x : money -> money\n    \"A\" above: 1", "2:5 table.rows", "by text"},
	{"empty row text", "bands x : money -> money by text\n    \"\" above: 1", "2:5 table.rows", "by text"},
	{"row in quotes", "bands x : money -> money by text\n    \"A\" \"above\": 1", "2:9 table.rows", "above"},
	{"row on the first line", "bands x : money -> money above: 1", "1:26 syntax", "new, indented line"},
	{"two rows a line", "bands x : money -> money\n    upto 1: 1 above: 2", "2:15 syntax", "line of its own"},
	{"row without a value", "bands x : money -> money\n    upto 1: \n    above: 2", "2:12 syntax", "12%"},
	{"row word", "bands x : money -> money\n    from 3: 1", "2:5 table.rows", "upto 10000"},
	{"deep", "let x = " + strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300), "1:209 budget", "let"},
	{"deep minus", "let x = " + strings.Repeat("- ", 300) + "1", "1:407 budget", "let"},
	{"wide", "let x = 1" + strings.Repeat(" + 1", 6000), "1:20009 budget", "let"},
	{"group of a sum", "line x = sum(max)", "1:14 syntax", "sum(earnings)"},
	{"reserved group of a sum", "line x = sum(if)", "1:14 syntax", "sum(earnings)"},
	{"group in quotes", `line x = sum("grp")`, "1:14 syntax", "sum(earnings)"},
	{"reserved value", "line x = money", "1:10 syntax", ""},
	{"group begins", "let y = 3\n  group k", "2:3 syntax", "first column"},
	{"indented", "let y = 3\n  line x = m", "2:3 syntax", "first column"},

	{"duplicate", "let m = 3", "1:5 name.duplicate", ""},
	{"duplicate group", "line x in a, a = m", "1:14 name.duplicate", ""},
	{"unknown", "line x = basc + m\nlet basic = m", "1:10 name.unknown", "did you mean `basic`?"},
	{"unknown table", "line x = c(m)", "1:10 name.unknown", "did you mean `b`?"},
	{"group as name", "line x = grp", "1:10 name.unknown", "g"},
	{"table as name", "line x = b", "1:10 name.use", "b(...)"},
	{"name as table", "line x = n(m)", "1:10 name.use", "multiply"},
	{"unknown group", "line x = sum(grpp)", "1:10 group.unknown", "did you mean `grp`?"},
	{"cycle", "let a = bb + 1\nlet bb = a - 1", "1:5 cycle", ""},
	{"self cycle", "let a = a", "1:5 cycle", ""},
	{"group cycle", "line a in q = sum(q)", "1:6 cycle", ""},

	{"later of two cycles", "let a = 1 + cc\nlet bb = cc\nlet cc = bb", "2:5 cycle", ""},
	{"users of a cycle", "let a = bb\nlet bb = a\nline x = a + d", "1:5 cycle", ""},
	{"cycle of a kind that is stated", "let a : days = bb\nlet bb : days = a\nline x : money = a", "1:5 cycle", ""},
	{"users of what is wrong", "let x = zz + zz\nline y : money = x\nlet z = -x * x + min(x, m)", "1:9 name.unknown, 1:14 name.unknown", ""},
	{"users of what is wrong and states its unit", "let x : days = zz\nline y : money = x", "1:16 name.unknown, 2:18 unit", ""},
	{"users of a wrong line that divides", "slabs w : money -> text\n    above: 1\nline x : money = w(m / n)\nlet y : money = w(m / n)\nline z = x + y", "1:11 type", ""},
	{"users of a let that divides", "let x = m / n\nline y : money = x\nline z = round(x, 1)", "2:18 line.unrounded", "round"},
	{"users of a line that divides", "line x = m / n\nline y : money = x", "1:10 line.unrounded", "round"},
	{"users of another unit", "line x : days = m\nline y : hours = x", "1:17 unit, 2:18 unit", ""},
	{"table of what divides", "line x = b(m / n)\nslabs w : money -> percent\n    above: 1%\nline y = w(m / n)\nlet z = w(m / n)", "4:10 line.unrounded", "round"},
	{"text and number", "let x = s = 3", "1:13 type", ""},
	{"order of flags", "let x = f < yes", "1:9 type", "="},
	{"at least of texts", `let x = s >= "B"`, "1:9 type", "="},
	{"not of a number", "let x = not n", "1:13 type", "compare"},
	{"and of a number", "let x = f and n", "1:15 type", "compare"},
	{"or of a text", "let x = s or f", "1:9 type", "compare"},
	{"date plus date", "let x = t + t", "1:9 type", "later - earlier"},
	{"date less days", "let x = t - 3 days", "1:9 type", "later - earlier"},
	{"days less date", "let x = d - t", "1:13 type", "later - earlier"},
	{"text times", "let x = n * s", "1:13 type", ""},
	{"round of a text", "let x = round(s, 1)", "1:15 type", ""},
	{"min of texts", `let x = min(s, "A")`, "1:13 type, 1:16 type", ""},
	{"pieces of a text", "let x = pieces(s)", "1:16 type", ""},
	{"order of texts", `let x = s < "B"`, "1:9 type", "="},
	{"if asks", "line x = if n then m else m", "1:13 type", "compare"},
	{"minus text", "line x = -s", "1:11 type", ""},
	{"date plus", "let x = t + 3", "1:9 type", "later - earlier"},
	{"date times", "let x = t * 3", "1:9 type", ""},
	{"branches", "let x = if f then m else s", "1:26 type", ""},
	{"declared kind", "let x : text = m", "1:16 type", ""},
	{"text parameter", "param x : text = 3", "1:11 type", "let x"},
	{"text table", "bands x : text -> money\n    above: 3", "1:11 type", ""},
	{"table text", "line x = bt(n, m)", "1:13 type", ""},
	{"group kind", "line x in grp = s\nlet total = sum(grp)", "1:6 type", ""},
	{"add", "line x = m + d", "1:14 unit", ""},
	{"unit literal", "let x = m > 5 days", "1:13 unit", "write `5 money`"},
	{"percent added", "line x = m + 12%", "1:14 unit", "... * 12%"},
	{"line product", "line x = round(m * d / 30, 1)", "1:10 unit", "write `/ 30 days`"},
	{"line factor", "line x = round(m / d * 30, 1)", "1:10 unit", "write `* 30 days`"},
	{"declared unit", "let x : hours = d", "1:17 unit", ""},
	{"step unit", "line x = round(m, 1 days)", "1:19 unit", "write the step as 1"},
	{"table key", "line x = b(d)", "1:12 unit", ""},
	{"group unit", "line x in grp = d\nlet total = sum(grp)", "1:6 unit", ""},
	{"unit of a sum", "let total : days = sum(grp)", "1:20 unit", ""},
	{"unit of a sum of others", "line x in q = d\nlet total : money = sum(q)", "2:21 unit", ""},
	{"sum of texts", "line x in q = s\nlet total : money = sum(q)\nline y = total", "1:6 type", ""},
	{"parameter unit", "param x : money = 3 days", "1:19 unit", "`3`"},
	{"parameter percent", "param x : money = 3%", "1:19 unit", "without %"},
	{"parameter in hours", "param x : days = 3 hours", "1:18 unit", "`3`"},
	{"percent parameter in hours", "param x : percent = 3 hours", "1:21 unit.percent", "`3%`"},
	{"limit in another unit", "bands x : money -> money\n    upto 3 days: 1\n    above: 2", "2:10 unit", "`3`"},
	{"value in another unit", "bands x : money -> money\n    above: 2 days", "2:12 unit", "`2`"},
	{"percent of a table", "slabs x : money -> percent\n    above: 2", "2:12 unit.percent", "`2%`"},
	{"product of units", "line x = m * m", "1:10 unit", ""},
	{"quotient of units", "line x = round(m / d, 1)", "1:10 unit", ""},
	{"factor left", "let x : money = m * 3 / d", "1:17 unit", "write `* 3 days`"},
	{"power", "let a = m*m*m*m*m*m*m*m*m*m\nlet x = a * a", "2:9 unit", ""},
	{"percent of nothing", "param x : percent = 0\nslabs y : money -> percent\n    upto 5: 0.00\n    above: 5%", "", ""},
	{"percent of no days", "param x : percent = 0 days", "1:21 unit.percent", "`0%`"},
	{"percent sign", "param x : percent = 12", "1:21 unit.percent", "`12%`"},
	{"percent result", "let x : percent = n", "1:9 unit.percent", "number"},
	{"percent group", "group k : percent", "1:11 type", "money"},
	{"date group", "group k : date", "1:11 type", "money"},
	{"percent line", "line x : percent = n", "1:10 unit.percent", "number"},
	{"max of none", "line x = max(m) + m", "1:10 arguments", "max(a, b)"},
	{"min of one", "line x = min(m)", "1:10 arguments", ""},
	{"pieces of two", "line x = pieces(r, r)", "1:10 arguments", ""},
	{"table of two", "line x = b(m, m)", "1:10 arguments", "b(key)"},
	{"table without text", "line x = bt(m)", "1:10 arguments", "bt(text, key)"},
	{"first of two", "line x = first(r, r)", "1:10 arguments", ""},
	{"unrounded", "line x = m / n", "1:10 line.unrounded", "round"},
	{"unrounded let", "let h = m / n\nline x = max(h, 0)", "2:10 line.unrounded", ""},
	{"zero percent", "let x = m / 0%", "1:13 divisor", ""},
	{"zero literal", "let x = m / 0", "1:13 divisor", ""},
	{"two values a day", "param x : money = 1, 2", "1:22 parameter.steps", ""},
	{"two values of one day", "param x : money = 1 from 2026-01-01, 2 from 2026-01-01", "1:38 parameter.steps", "one value a day"},
	{"rows stay", "bands x : money -> money\n    upto 5: 1\n    upto 5: 2\n    above: 3", "3:5 table.rows", "sort"},
	{"rows below and upto", "bands x : money -> money\n    below 5: 1\n    upto 5: 2\n    above: 3", "3:5 table.rows", "sort"},
	{"rows fall", "bands x : money -> money\n    upto 5: 1\n    upto 4: 2\n    above: 3", "3:5 table.rows", "sort"},
	{"no above", "bands x : money -> money\n    upto 5: 1", "1:7 table.rows", "above"},
	{"no rows", "bands x : money -> money", "1:7 table.rows", ""},
	{"after above", "bands x : money -> money\n    above: 3\n    above: 3", "3:5 table.rows", ""},
	{"slab below", "slabs x : money -> percent\n    below 5: 1%\n    above: 3%", "2:5 table.rows", "upto"},
	{"no text", "bands x : money -> money by text\n    above: 3", "2:5 table.rows", ""},
	{"bare piece", "line x = r + m", "1:10 piece.bare", "pieces(...)"},
	{"bare piece let", "let q = r * 2\nline x = q", "2:10 piece.bare", "pieces(...)"},
	{"nested", "line x = pieces(pieces(r))", "1:17 piece.nested", ""},
	{"nested by let", "let q = r + pieces(r)\nline x = pieces(q)", "1:13 piece.nested", ""},
	{"first of whole", "line x = first(m)", "1:10 piece.first_last", ""},
	{"first of formula", "line x = first(r * 2)", "1:10 piece.first_last", ""},
	{"growth", growth(), "9:10 budget", "round"},
	{"several", "let a = zz1\nlet c = zz2\nlet e = m + d", "1:9 name.unknown, 2:9 name.unknown, 3:13 unit", ""},
	{"several rows", "bands x : money -> money\n    from 1: 3\n    upto: 3", "2:5 table.rows, 3:9 syntax", ""},
}

// A hint names the literal to write, and there is none where no literal would help.
func TestHints(t *testing.T) {
	power := "m" + strings.Repeat(" * m", 15)
	for _, c := range []struct{ text, want string }{
		{"let x = m > 5 days", "write `5 money`"},
		{"let x = n > 5 days", "write `5`"},
		{"let x = m / d > 5 days", "write `5`"},
		{"let x = 5 days > m", "write `5 money`"},
		{"let x : money = m * d / 30", "write `/ 30 days`"},
		{"let x : money = m * d / (30 days) * d / 7", "write `/ 7 days`"},
		{"let x : money = m / d * 30", "write `* 30 days`"},
		{"let x : money = 30 * m / d", "write `* 30 days`"},
		{"let x : money = -(m / d * 30)", "write `* 30 days`"},
		{"let x : money = round(m / d * 30, 1)", "write `* 30 days`"},
		{"let x : money = max(m / d * 30, m / d)", ""},
		{"let x : money = m / d * 12%", ""},
		{"let x : money = 12% * m / d", ""},
		{"let x : money = m / d * 30 + m / d", ""},
		{"let x : money = m * d * 30", ""},
		{"let x : money = 30 * m * d", ""},
		{"let x : number = 30 / m", ""},
		{"let x : money = m * d / 30 * n", "write `/ 30 days`"},
		{"let x : money = m / d / d * 30", ""},
		{"let x : money = m * m * d * d / 30", ""},
		{"let x : money = m * d / (30 money) / 7", ""},
		{"let x : number/money = " + power + " / 30", ""},
		{"let x : " + strings.ReplaceAll(power, "m", "money") + " = 30 / m", ""},
		{"let x : days = m", ""},
		{"line x = b(m / d * 30)", "write `* 30 days`"},
		{"line x = b(5 days)", "write `5 money`"},
		{"line x = m + 12%", "12% is the plain number 0.12: write `... * 12%`"},
		{"line x = 12% + m", ""},
		{"line x = min(m, m / d * 30)", "write `* 30 days`"},
		{"line x = min(m / d * 30, m)", "write `* 30 days`"},
		{"line x = m + m / d", ""},
		{"line x = m + n", ""},
		{"line x = r + m", "write pieces(...) around the part that is worked out for each piece, first(r) or last(r)"},
		{"let q = r * 2\nline x = q", "write pieces(...) around the part that is worked out for each piece"},
		{"line x = grp", "`grp` is a group: write sum(grp)"},
		{"line x = zzzzzz", "declare it with input, param or let"},
		{"line x = zzzzzz(m)", "the functions are min, max, round, ceil, floor, sum, pieces, first and last"},
		{"line x = sum(zzzzzz)", "write `in zzzzzz` behind the name of each line that belongs to it"},
		{"line x = sum(m)", "`m` is a value of its own: write it without sum"},
		{"line x = btt(m)", "did you mean `bt`?"},
		{"line x = bbt", "declare it with input, param or let"},
		{"line x = b", "write b(...)"},
		{"let x = t(m)", "write * to multiply"},
		{"let x = n + ≤", "write <="},
		{"let x = n ! n", "write != for different, not for the opposite"},
	} {
		t.Run(c.text, func(t *testing.T) {
			var f *formula.Fault
			require.ErrorAs(t, build(head+c.text), &f)
			require.Equal(t, c.want, f.Hint)
		})
	}
}

func growth() string {
	text := "let a0 = n\n"
	for i := range 12 {
		text += fmt.Sprintf("let a%d = a%d * a%d\n", i+1, i, i)
	}
	return text + "line x = round(a12 * m, 1)"
}

func TestFaults(t *testing.T) {
	lines := strings.Count(head, "\n")
	for _, c := range compileFaults {
		t.Run(c.name, func(t *testing.T) {
			err := build(head + c.text)
			var got []string
			for _, fe := range hr.FieldErrors(err) {
				var line, column int
				place := strings.TrimPrefix(fe.Path, "test.rules:")
				_, scanErr := fmt.Sscanf(place, "%d:%d", &line, &column)
				require.NoError(t, scanErr, fe.Path)
				got = append(got, fmt.Sprintf("%d:%d %s", line-lines, column, strings.TrimPrefix(string(fe.Rule), "payroll.formula.")))
				require.ErrorIs(t, fe, hr.ErrInvalid)
			}
			require.Equal(t, c.want, strings.Join(got, ", "), "%v", err)
			if c.want == "" {
				return
			}
			var f *formula.Fault
			require.ErrorAs(t, err, &f)
			require.Equal(t, "test.rules", f.File)
			require.Contains(t, f.Hint, c.hint)
			require.Contains(t, err.Error(), string(f.Rule))
		})
	}
}

// build parses and compiles, and returns every fault.
func build(text string) error {
	f, err := formula.Parse("test.rules", text)
	if err != nil {
		return err
	}
	_, err = formula.Compile(formula.Config{Files: []*formula.File{f}})
	return err
}

func TestBudgets(t *testing.T) {
	_, err := formula.Parse("big", strings.Repeat("#", formula.MaxText+1))
	requireRule(t, err, formula.RuleBudget)
	_, err = formula.Parse("many", strings.Repeat("let a = 1\n", formula.MaxStatements+1))
	requireRule(t, err, formula.RuleBudget)
	_, err = formula.Parse("bytes", "let a = \xff")
	requireRule(t, err, formula.RuleCharacter)
	_, err = formula.Parse("indent", "   let a = 1")
	requireRule(t, err, formula.RuleStatement)
	half, err := formula.Parse("half", unique(formula.MaxStatements/2+1))
	require.NoError(t, err)
	_, err = formula.Compile(formula.Config{Files: []*formula.File{half, half}})
	requireRule(t, err, formula.RuleBudget)

	// Lets by piece are worked out in every pieces(...): 2,000 of one in 2,000 of the other would be millions of steps.
	var b strings.Builder
	b.WriteString("input r : number by piece\nlet a0 = r\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "let a%d = a%d + 1\nline x%d : number = pieces(a2000)\n", i+1, i, i)
	}
	requireRule(t, build(b.String()), formula.RuleBudget)
}

func unique(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "let a%d = 1\n", i)
	}
	return b.String()
}

func requireRule(t testing.TB, err error, rule hr.Rule) {
	t.Helper()
	var fe *hr.FieldError
	require.ErrorAs(t, err, &fe)
	require.Equal(t, rule, fe.Rule, err.Error())
}

// Texts at the limit are read in a blink, whatever their shape.
func TestLargeTexts(t *testing.T) {
	for name, text := range map[string]string{
		"one line": "let a = " + strings.Repeat("- 1 ", formula.MaxText/5),
		"groups":   "line x in g" + strings.Repeat(", g", formula.MaxText/4) + " = 3",
		"rows":     "bands b : money -> money by text\n" + texts(20_000) + "line x = b(\"t7\", 3)",
		"unknown":  strings.ReplaceAll(unique(formula.MaxStatements), " 1", " unknown_name"),
		"comments": strings.Repeat("#\n\n", formula.MaxText/4),
	} {
		t.Run(name, func(t *testing.T) {
			f, err := formula.Parse("large", text)
			if err != nil {
				return
			}
			p, err := formula.Compile(formula.Config{Files: []*formula.File{f}})
			if err != nil {
				return
			}
			_, err = p.Run(formula.Request{Period: april})
			require.NoError(t, err)
		})
	}
}

func texts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " \"t%d\" above: %d\n", i, i)
	}
	return b.String()
}

// A chain as long as a program may be neither overflows nor crawls.
func TestLongChain(t *testing.T) {
	var b strings.Builder
	b.WriteString("input a0 : money\n")
	const n = formula.MaxStatements - 2
	for i := range n {
		fmt.Fprintf(&b, "let a%d = a%d + 1\n", n-i, n-i-1)
	}
	fmt.Fprintf(&b, "line x = a%d\n", n)
	p := compile(t, b.String())
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("1")}, Trace: true})
	require.NoError(t, err)
	require.Equal(t, fmt.Sprint(n+1), res.Amount(0).String())
	tr, err := res.Trace(0)
	require.NoError(t, err)
	tr.Leaves(func(l hr.Trace) bool {
		require.Contains(t, l.Note, "too deep")
		return true
	})
}

func TestConfigurationFaults(t *testing.T) {
	f, err := formula.Parse("a.rules", "let epf.rate = 3")
	require.NoError(t, err)
	p := hr.Parameter{Name: "epf.rate", Unit: "wages", Steps: []hr.ParameterStep{{Since: hr.MustDate("2020-01-01"), Value: decimal.New(1, 40)}}}
	tb := hr.Table{Name: "pt", Kind: hr.Bands, Key: "money", Value: "text"}
	_, err = formula.Compile(formula.Config{Files: []*formula.File{f}, Params: []hr.Parameter{p, p}, Tables: []hr.Table{tb}})
	var got []string
	for _, fe := range hr.FieldErrors(err) {
		got = append(got, fe.Path+" "+string(fe.Rule))
	}
	require.Equal(t, []string{
		"params.epf.rate.steps[0].source hr.parameter.source", "params.epf.rate.steps[0].reviewed hr.parameter.source",
		"params.epf.rate.unit payroll.formula.unit.word", "params.epf.rate.steps[0].value payroll.formula.budget",
		"params.epf.rate.steps[0].source hr.parameter.source", "params.epf.rate.steps[0].reviewed hr.parameter.source",
		"params.epf.rate.unit payroll.formula.unit.word", "params.epf.rate.steps[0].value payroll.formula.budget",
		"params.epf.rate.name payroll.formula.name.duplicate",
		"tables.pt.steps hr.parameter.step", "tables.pt payroll.formula.unit.word",
		"a.rules:1:5 payroll.formula.name.duplicate",
	}, got)
}

// Numbers of the configuration have the digits of pay, a parameter is a number, and a table leads from a number to a number.
func TestConfigurationOfNumbers(t *testing.T) {
	n := decimal.RequireFromString
	long, longer := n(strings.Repeat("9", 30)), n("1"+strings.Repeat("0", 30))
	fine, finer := n("0."+strings.Repeat("0", 19)+"1"), n("0."+strings.Repeat("0", 20)+"1")
	table := func(name, key, value string, rows ...hr.TableRow) hr.Table {
		return hr.Table{Name: name, Kind: hr.Bands, Key: key, Value: value, Steps: []hr.TableStep{
			{Since: hr.MustDate("2020-01-01"), Rows: rows, Source: source, Reviewed: hr.MustDate("2020-01-01")},
		}}
	}
	above := func(v decimal.Decimal) hr.TableRow { return hr.TableRow{Bound: hr.Above, Value: v} }
	upTo := func(limit, v decimal.Decimal) hr.TableRow { return hr.TableRow{Bound: hr.UpTo, Limit: limit, Value: v} }
	param := func(name, unit string, values ...decimal.Decimal) hr.Parameter {
		p := hr.Parameter{Name: name, Unit: unit}
		for i, v := range values {
			d := hr.MustDate("2020-01-01").Add(i)
			p.Steps = append(p.Steps, hr.ParameterStep{Since: d, Value: v, Source: source, Reviewed: d})
		}
		return p
	}
	cfg := formula.Config{
		Params: []hr.Parameter{param("p", "money", long, long.Neg(), fine)},
		Tables: []hr.Table{table("t", "money", "money", upTo(fine, long), upTo(long, fine), above(long.Neg()))},
	}
	_, err := formula.Compile(cfg)
	require.NoError(t, err)
	cfg = formula.Config{
		Params: []hr.Parameter{param("p", "money", long, longer, finer, longer.Neg()), param("q", "text", long), param("r", "date", long)},
		Tables: []hr.Table{
			table("t", "money", "money", upTo(finer, long), upTo(long, finer), above(long)), table("u", "money", "money", upTo(longer, long), above(longer)),
			table("v", "date", "money", above(long)), table("w", "money", "yes/no", above(long)), table("x", "rupees", "money", above(long)),
		},
	}
	_, err = formula.Compile(cfg)
	var got []string
	for _, fe := range hr.FieldErrors(err) {
		got = append(got, fe.Path+" "+strings.TrimPrefix(string(fe.Rule), "payroll.formula."))
	}
	require.Equal(t, []string{
		"params.p.steps[1].value budget", "params.p.steps[2].value budget", "params.p.steps[3].value budget", "params.q.unit unit.word", "params.r.unit unit.word",
		"tables.t.steps[0].rows[0] budget", "tables.t.steps[0].rows[1] budget", "tables.u.steps[0].rows[0] budget", "tables.u.steps[0].rows[1] budget",
		"tables.v unit.word", "tables.w unit.word", "tables.x.key.unit unit.word", "tables.x unit.word",
	}, got)

	_, err = formula.Compile(formula.Config{Params: []hr.Parameter{{}}, Tables: []hr.Table{{}}})
	require.ErrorContains(t, err, "params[0].unit")
	require.ErrorContains(t, err, "tables[0].key.unit")

	slabs := table("s", "money*money*money*money*money*money*money*money", "money*money*money*money*money*money*money*money", above(n("1")))
	slabs.Kind = hr.Slabs
	_, err = formula.Compile(formula.Config{Tables: []hr.Table{slabs}})
	require.NoError(t, err)
	slabs.Value += "*money"
	_, err = formula.Compile(formula.Config{Tables: []hr.Table{slabs}})
	requireRule(t, err, formula.RuleUnitWord)
}

// A table has a row for what lies above the last limit, and each of its parts has one.
func TestRowsAboveTheLastLimit(t *testing.T) {
	err := build("bands x : money -> money\n    upto 5: 1")
	require.ErrorContains(t, err, "test.rules:1:7: the table has no row for what lies above the last limit: ")
	err = build("bands x : money -> money by text\n    \"A\" above: 2\n    \"B\" upto 5: 1")
	require.ErrorContains(t, err, "test.rules:1:7: the part \"B\" has no row for what lies above the last limit: ")
	require.NotContains(t, err.Error(), `"A"`)
}

// A text says where what it declares twice was declared before, and a configuration is named as such.
func TestDeclaredBefore(t *testing.T) {
	require.ErrorContains(t, build("let a = 1\nline a = 2"), "test.rules:2:6: `a` is already a let, declared at test.rules:1: ")
	require.ErrorContains(t, build("bands a : money -> money\n  above: 1\nparam a : money = 2"), "test.rules:3:7: `a` is already a table, declared at test.rules:1: ")
	require.ErrorContains(t, build("param a : money = 2\nline x = a\ninput a : money"), "test.rules:3:7: `a` is already a parameter, declared at test.rules:1: ")
	require.ErrorContains(t, build("line a = 2\ninput a : money"), "test.rules:2:7: `a` is already a line, declared at test.rules:1: ")
	require.ErrorContains(t, build("input a : money\nline x = a\ninput a : days"), "test.rules:3:7: `a` is already an input, declared at test.rules:1: ")
	f, err := formula.Parse("test.rules", "let epf.rate = 1")
	require.NoError(t, err)
	cfg := pack()
	cfg.Files = []*formula.File{f}
	_, err = formula.Compile(cfg)
	require.ErrorContains(t, err, "test.rules:1:5: `epf.rate` is already a parameter, declared in the configuration: ")
}

func TestWarnings(t *testing.T) {
	p := compile(t, "input a : money\ninput r : money by piece\nparam c : money = 1 from 2020-01-01, 2 from 2026-04-10\nlet cc = c\nline x = pieces(min(r, cc))")
	var got []string
	for _, w := range p.Warnings() {
		got = append(got, fmt.Sprintf("%d:%d %s", w.Line, w.Column, w.Rule))
	}
	require.Equal(t, []string{"5:24 payroll.formula.warning.whole_in_pieces", "1:7 payroll.formula.warning.unused"}, got)
}

// A let that is one value for the period is warned of inside pieces(...) where what it reads may change on a day within: not where it has one
// value, and not where it goes by the day of payment.
func TestWhatIsReadWholeInPieces(t *testing.T) {
	const inputs = "input r : money by piece\ninput m : money\ninput s : text\nparam one : money = 1\nparam two : money = 1, 2 from 2026-04-10\n" +
		"bands own : money -> money\n  above: 1\n"
	for _, c := range []struct {
		formula string
		want    int
	}{
		{"let k = m\nline x = pieces(r + k)", 0},
		{"let k = one\nline x = pieces(r + k)", 0},
		{"let k = two\nline x = pieces(r + k)", 1},
		{"let k = two\nlet l = k\nline x = pieces(r + l)", 1},
		{"let k = two\nline x = pieces(r) + k", 0},
		{"let k = two + r\nline x = pieces(k)", 0},
		{"let k = pieces(r + two)\nline x = pieces(r + k)", 0},
		{"let k = epf.ceiling\nline x = pieces(r + k)", 1},
		{"let k = m * epf.rate\nline x = pieces(r + k)", 0},
		{"let k = m * tax.rate\nline x = pieces(r + k)", 0},
		{"let k = own(m)\nline x = pieces(r + k)", 0},
		{"let k = pt(s, m)\nline x = pieces(r + k)", 1},
		{"let k = pieces(pt(s, m) + r)\nline x = pieces(r + k)", 0},
		{"let k = paid(m)\nline x = pieces(r + k)", 0},
		{"let k = flat(s, m)\nline x = pieces(r + k)", 0},
	} {
		t.Run(c.formula, func(t *testing.T) {
			f, err := formula.Parse("test.rules", inputs+c.formula)
			require.NoError(t, err)
			cfg := pack()
			paid := cfg.Tables[0]
			paid.Name, paid.Basis, paid.ByText = "paid", hr.ByPayDate, false
			paid.Steps = append([]hr.TableStep(nil), paid.Steps[:2]...)
			for i := range paid.Steps {
				paid.Steps[i].Text = ""
			}
			flat := cfg.Tables[0]
			flat.Name = "flat"
			flat.Steps = flat.Steps[1:] // each text has rows of one day
			cfg.Tables = append(cfg.Tables, paid, flat)
			cfg.Files = []*formula.File{f}
			p, err := formula.Compile(cfg)
			require.NoError(t, err)
			got := 0
			for _, w := range p.Warnings() {
				if w.Rule == formula.RuleWholeRead {
					got++
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

// Every rule id is one of its own, and every one of them is proved by some test of this package.
func TestRules(t *testing.T) {
	text, err := os.ReadFile("rules.go")
	require.NoError(t, err)
	seen := map[string]bool{}
	tests := ""
	for _, name := range []string{"faults_test.go", "run_test.go", "trace_test.go", "kernel_test.go", "agree_test.go"} {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		tests += string(b)
	}
	for _, m := range regexp.MustCompile(`(Rule\w+)\s+hr\.Rule = "(payroll\.formula\.([a-z_.]+))"`).FindAllStringSubmatch(string(text), -1) {
		require.False(t, seen[m[2]], m[2])
		seen[m[2]] = true
		proved := strings.Contains(tests, m[1]) || regexp.MustCompile(`\d `+regexp.QuoteMeta(m[3])+`[",]`).MatchString(tests) || strings.Contains(tests, m[2]+`"`)
		require.True(t, proved, "%s is proved by no test", m[1])
	}
	require.Greater(t, len(seen), 30)
	require.Equal(t, len(seen), strings.Count(string(text), "hr.Rule ="))
}

func TestFaultIsAFieldError(t *testing.T) {
	err := build("line x = y")
	var f *formula.Fault
	require.ErrorAs(t, err, &f)
	require.Equal(t, formula.Pos{Line: 1, Column: 10}, f.Pos)
	require.Equal(t, "test.rules:1:10: nothing is named `y`: did you mean `x`? [payroll.formula.name.unknown]", err.Error())
	var fe *hr.FieldError
	require.True(t, errors.As(f, &fe))
	require.Equal(t, "test.rules:1:10", fe.Path)
}
