package formula_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// faultsOf writes each fault as "line:column rule".
func faultsOf(err error) string {
	var list []string
	for _, fe := range hr.FieldErrors(err) {
		list = append(list, strings.TrimPrefix(fe.Path, "test.rules:")+" "+strings.TrimPrefix(string(fe.Rule), "payroll.formula."))
	}
	return strings.Join(list, ", ")
}

// What is as large as the language allows is accepted, and one more of the same is not.
func TestLimits(t *testing.T) {
	product := func(n int) string { return "money" + strings.Repeat("*money", n-1) }
	for _, c := range []struct{ name, at, above, want string }{
		{"digits before the point", "let x = " + strings.Repeat("9", 30), "let x = " + strings.Repeat("9", 31), "1:9 number"},
		{"digits behind the point", "let x = 0." + strings.Repeat("0", 19) + "1", "let x = 0." + strings.Repeat("0", 20) + "1", "1:9 number"},
		{"bytes", "#" + strings.Repeat(" ", formula.MaxText-1), "#" + strings.Repeat(" ", formula.MaxText), "1:1 budget"},
		{"statements", unique(formula.MaxStatements), unique(formula.MaxStatements + 1), "20001:1 budget"},
		{
			"statements, one of them unreadable", unique(formula.MaxStatements), unique(formula.MaxStatements) + "×",
			"20001:1 character, 20001:1 budget",
		},
		{"depth", "let x = " + strings.Repeat("(", 199) + "1" + strings.Repeat(")", 199), "let x = " + strings.Repeat("(", 200) + "1" + strings.Repeat(")", 200), "1:209 budget"},
		{"depth of not", "let x = " + strings.Repeat("not ", 199) + "yes", "let x = " + strings.Repeat("not ", 200) + "yes", "1:805 budget"},
		{"parts", "let x = -1" + strings.Repeat(" + 1", 4999), "let x = 1" + strings.Repeat(" + 1", 5000), "1:20009 budget"},
		{"power", "input x : " + product(16), "input x : " + product(17), "1:11 unit.word"},
		{"power below", "input x : number/" + strings.ReplaceAll(product(16), "*", "/"), "input x : number/" + strings.ReplaceAll(product(17), "*", "/"), "1:11 unit.word"},
		{"factors", "input x : money" + strings.Repeat("/money*money", 40), "input x : money" + strings.Repeat("/money*money", 40) + "/money", "1:11 unit.word"},
		{"power of a product", "let a : " + product(8) + " = 1\nlet x = a * a", "let a : " + product(8) + " = 1\nlet x = a * a * (1 money)", "2:9 unit"},
		{"power of a quotient", "let a : " + product(8) + " = 1\nlet x = 1 / a / a", "let a : " + product(8) + " = 1\nlet x = 1 / a / a / 1 money", "2:9 unit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NoError(t, build(c.at))
			require.Equal(t, c.want, faultsOf(build(c.above)))
		})
	}
}

// The statements of all files count together.
func TestStatementsOfSeveralFiles(t *testing.T) {
	half, err := formula.Parse("half", unique(formula.MaxStatements/2))
	require.NoError(t, err)
	other, err := formula.Parse("other", strings.ReplaceAll(unique(formula.MaxStatements/2), "let a", "let b"))
	require.NoError(t, err)
	one, err := formula.Parse("one", "let c = 1")
	require.NoError(t, err)
	_, err = formula.Compile(formula.Config{Files: []*formula.File{half, other}})
	require.NoError(t, err)
	_, err = formula.Compile(formula.Config{Files: []*formula.File{half, other, one}})
	require.EqualError(t, err, "one:1:1: there are more than 20000 statements ["+string(formula.RuleBudget)+"]")
}

// Suggestions are made for the first fifty unknown names, and for names of up to 64 letters.
func TestSuggestionsHaveALimit(t *testing.T) {
	var b strings.Builder
	b.WriteString("let basic = 1\n")
	for i := range 51 {
		fmt.Fprintf(&b, "let a%d = basc\n", i)
	}
	all := hr.FieldErrors(build(b.String()))
	require.Len(t, all, 51)
	for i, f := range all {
		require.Equal(t, i < 50, strings.Contains(f.Reason, "did you mean `basic`?"), f.Reason)
	}
	b.Reset()
	b.WriteString("line l in basic = 1\n")
	for i := range 51 {
		fmt.Fprintf(&b, "let a%d = sum(basc)\n", i)
	}
	all = hr.FieldErrors(build(b.String()))
	require.Len(t, all, 51)
	for i, f := range all {
		require.Equal(t, i < 50, strings.Contains(f.Reason, "did you mean `basic`?"), f.Reason)
	}
	for _, c := range []struct {
		declared, written int
		want              bool
	}{{64, 64, true}, {63, 64, true}, {64, 63, true}, {65, 64, false}, {64, 65, false}} {
		name := func(n int) string { return strings.Repeat("a", n-1) }
		err := build("let " + name(c.declared) + "b = 1\nlet x = " + name(c.written) + "c")
		require.Equal(t, c.want, strings.Contains(err.Error(), "did you mean"), "%d letters for %d", c.written, c.declared)
		err = build("line l in " + name(c.declared) + "b = 1\nlet x = sum(" + name(c.written) + "c)")
		require.Equal(t, c.want, strings.Contains(err.Error(), "did you mean"), "%d letters for %d", c.written, c.declared)
	}
}

// A name is a suggestion where one letter in three is wrong, at most; of two that are as near the first of the alphabet is it. Letters
// of another case and a name without its first part are always meant.
func TestSuggestions(t *testing.T) {
	for _, c := range []struct{ declared, written, want string }{
		{"abc", "abd", "abc"},
		{"abc", "add", ""},
		{"abcde", "abcxx", ""},
		{"abcdef", "abcdxx", "abcdef"},
		{"abcdef", "abcxxx", ""},
		{"abcdef", "abcde", "abcdef"},
		{"abcdef", "abcdefg", "abcdef"},
		{"abcdef", "bacdef", "abcdef"},
		{"abcb abca", "abcd", "abca"},
		{"abca abcb", "abcd", "abca"},
		{"abxx abcx", "abcd", "abcx"},
		{"ABCD", "abcd", "ABCD"},
		{"epf.rate", "rate", "epf.rate"},
		{"rata epf.rate", "rate", "epf.rate"},
		{"a", "b", "a"},
		{"ab", "bcd", ""},
	} {
		t.Run(c.written+" of "+c.declared, func(t *testing.T) {
			values, groups := "", ""
			for i, name := range strings.Fields(c.declared) {
				values += "let " + name + " = 1\n"
				groups += fmt.Sprintf("line zzzzzzzzzzzzzz%d in %s = 1\n", i, name)
			}
			hint := func(text string) string {
				var f *formula.Fault
				require.ErrorAs(t, build(text), &f)
				meant, ok := strings.CutPrefix(f.Hint, "did you mean `")
				if !ok {
					return ""
				}
				return strings.TrimSuffix(meant, "`?")
			}
			require.Equal(t, c.want, hint(values+"let yyyyyyyyyyyyyyyyyyyyy = "+c.written))
			require.Equal(t, c.want, hint(groups+"let yyyyyyyyyyyyyyyyyyyyy = sum("+c.written+")"))
		})
	}
}

// Faults come in the order of files by name, lines and columns; those of the configuration first.
func TestFaultsAreSorted(t *testing.T) {
	parse := func(name, text string) *formula.File {
		f, err := formula.Parse(name, text)
		require.NoError(t, err)
		return f
	}
	_, err := formula.Compile(formula.Config{
		Files: []*formula.File{
			parse("b.rules", "line l in g, g, g = 1\nlet x = zz + yy\nlet x = 2\nlet w : percent = 1"),
			parse("a.rules", "let k = ww\nlet w = vv"),
		},
		Params: []hr.Parameter{{Name: "p", Unit: "rupees", Steps: steps("2020-01-01", "1")}},
		Tables: []hr.Table{{Name: "t", Kind: hr.Bands, Key: "money", Value: "rupees", Steps: []hr.TableStep{}}},
	})
	var got []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var f *formula.Fault
		if errors.As(e, &f) {
			got = append(got, f.Place())
			continue
		}
		got = append(got, "configuration")
	}
	require.Equal(t, []string{
		"configuration", "a.rules:1:9", "a.rules:2:5", "a.rules:2:9",
		"b.rules:1:14", "b.rules:1:17", "b.rules:2:9", "b.rules:2:14", "b.rules:3:5", "b.rules:4:9",
	}, got)
}

// A ring is shown from the formula that is written first, the shortest way around: all of it up to eleven formulas.
func TestRingsAreShown(t *testing.T) {
	ring := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "let a%d = a%d\n", i, (i+1)%n)
		}
		return b.String()
	}
	for _, c := range []struct{ name, text, want string }{
		{"itself", "let a = a", "1:5 a -> a"},
		{"the shortest way", "let c = b\nlet a = d + c\nlet d = c\nlet b = a", "1:5 c -> b -> a -> c"},
		{"the first that is written", "let z = b\nlet b = a\nlet a = b", "2:5 b -> a -> b"},
		{"through a group", "let t = sum(g)\nline b in g = 1\nline a in g = t", "1:5 t -> sum(g) -> a -> t"},
		{"two rings", "let a = b\nlet b = a + c\nlet c = d\nlet d = c", "1:5 a -> b -> a|3:5 c -> d -> c"},
		{"eleven", ring(11), "1:5 a0 -> a1 -> a2 -> a3 -> a4 -> a5 -> a6 -> a7 -> a8 -> a9 -> a10 -> a0"},
		{"twelve", ring(12), "1:5 a0 -> a1 -> a2 -> a3 -> a4 -> a5 -> a6 -> a7 -> a8 -> a9 -> ... -> a0"},
		{"thirteen", ring(13), "1:5 a0 -> a1 -> a2 -> a3 -> a4 -> a5 -> a6 -> a7 -> a8 -> a9 -> ... -> a0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, fe := range hr.FieldErrors(build(c.text)) {
				require.Equal(t, formula.RuleCycle, fe.Rule)
				ring, _ := strings.CutPrefix(fe.Reason, "the formulas need each other: ")
				got = append(got, strings.TrimPrefix(fe.Path, "test.rules:")+" "+strings.TrimSuffix(ring, ": take one of them out of the ring"))
			}
			require.Equal(t, c.want, strings.Join(got, "|"))
		})
	}
}
