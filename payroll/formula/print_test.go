package formula_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll/formula"
)

// What an author writes, and how it is printed.
func TestPrint(t *testing.T) {
	for _, c := range []struct{ name, given, want string }{
		{"spaces", "let  x=1+2*3", "let x = 1 + 2 * 3\n"},
		{"parentheses", "let x = ((1 - (2 - 3)) * (4)) / (5 * 6)", "let x = (1 - (2 - 3)) * 4 / (5 * 6)\n"},
		{"minus", "let x = -(1 + 2) - -3", "let x = -(1 + 2) - -3\n"},
		{"questions", "let x = not ((yes or no) and (1 < 2))", "let x = not ((yes or no) and 1 < 2)\n"},
		{"choice", "let x = 1 + (if yes then (if no then 1 else 2) else 3)", "let x = 1 + (if yes then (if no then 1 else 2) else 3)\n"},
		{"units", "let x = 1 days + 2 day * 5.0\ninput y : days * money / hours", "let x = 1 day + 2 days * 5.0\ninput y : money*days/hours\n"},
		{"literals", "param x : percent = 12 % from 2026-04-01 , -0.5%", "param x : percent = 12% from 2026-04-01, -0.5%\n"},
		{"heading", "line x \"X\" : money in a , b law \"L\" = 3", "line x \"X\" : money in a, b law \"L\" = 3\n"},
		{"comments", "#a\n#\n\n# b\nlet x = # c\n   1\n\n\n# d", "# a\n#\n\n# b\n# c\nlet x = 1\n\n# d\n"},
		{
			"rows", "slabs t : money -> percent\n  upto 4_00_000 : 0 % # nil\n  above: 5%\nlet y = 1",
			"slabs t : money -> percent\n    upto 4_00_000: 0% # nil\n    above: 5%\nlet y = 1\n",
		},
		{
			"texts", "bands t : money -> money by text\n \"A\" upto 4: 1\n \"A\" above: 2\n \"B\" above: 3",
			"bands t : money -> money by text\n    \"A\" upto 4: 1\n    above: 2\n    \"B\" above: 3\n",
		},
		{
			"long sum", "line total = first_long_component_name + second_long_component_name - third_long_component_name * 2 + 7",
			"line total =\n    first_long_component_name\n    + second_long_component_name\n    - third_long_component_name * 2\n    + 7\n",
		},
		{
			"long choice", "line total = if first_long_component_name > 3 then second_long_component_name else if yes then 1 else third_long_component_name",
			"line total =\n    if first_long_component_name > 3 then second_long_component_name\n    else if yes then 1\n    else third_long_component_name\n",
		},
		{
			"long difference", "let total = first_long_component_name - (second_long_component_name - third_long_component_name) + fourth",
			"let total =\n    first_long_component_name\n    - (second_long_component_name - third_long_component_name)\n    + fourth\n",
		},
		{
			"long product", "let total = first_long_component_name * (second_long_component_name - third_long_component_name) * 2",
			"let total = first_long_component_name * (second_long_component_name - third_long_component_name) * 2\n",
		},
		{
			"long difference of two", "let total = first_long_component_name_of_the_whole - second_long_component_name_of_the_whole_text",
			"let total =\n    first_long_component_name_of_the_whole\n    - second_long_component_name_of_the_whole_text\n",
		},
		{
			"long and", "let all = first_long_component_name > 1 and (second_long_component_name or third_long_component_name)",
			"let all =\n    first_long_component_name > 1\n    and (second_long_component_name or third_long_component_name)\n",
		},
		{
			"long or", "let all = first_long_component_name > 1 and third_long_component or second_long_component_name and yes",
			"let all =\n    first_long_component_name > 1 and third_long_component\n    or second_long_component_name and yes\n",
		},
		{
			"long comparison", "let all = first_long_component_name + third_long_component_name < second_long_component_name + fourth",
			"let all = first_long_component_name + third_long_component_name < second_long_component_name + fourth\n",
		},
		{
			"long choice in a choice", "let x = if first_long_component_name > 3 then (if second_long_component_name > 4 then 1 else 2) else third * 5",
			"let x =\n    if first_long_component_name > 3 then (if second_long_component_name > 4 then 1 else 2)\n    else third * 5\n",
		},
		{"comparison in a comparison", "let x = (1 < 2) = (yes = no)", "let x = (1 < 2) = (yes = no)\n"},
		{"not of a comparison", "let x = not 1 < 2 and (not (not yes))", "let x = not 1 < 2 and not not yes\n"},
		{"sum under minus", "let x = -(1 * 2) / -(3)", "let x = -(1 * 2) / -3\n"},
		{"choice under or", "let x = (if yes then no else yes) or no", "let x = (if yes then no else yes) or no\n"},
		{"choice asked", "let x = if (if yes then no else yes) then 1 else (if no then 2 else 3)", "let x = if (if yes then no else yes) then 1 else if no then 2 else 3\n"},
		{"calls", "let x = max( (1+2) , round( (3) ,0.5 , up ) ) - sum( g.h )", "let x = max(1 + 2, round(3, 0.5, up)) - sum(g.h)\n"},
		{"one of a unit", "let x = 1 days + 1.0 days + 1 money + 11 day - 1 hours - 1 months - 1 year", "let x = 1 day + 1.0 days + 1 money + 11 days - 1 hour - 1 month - 1 year\n"},
		{"quotes", "let x = \"A\" = s", "let x = \"A\" = s\n"},
		{"default", "input x \"X\" : days by piece = -1.5 day", "input x \"X\" : days by piece = -1.5 days\n"},
	} {
		t.Run(c.name, func(t *testing.T) { requirePrinted(t, c.given, c.want) })
	}
}

// requirePrinted sees that a text is printed in a form, and that this form is printed as it is.
func requirePrinted(t *testing.T, given, want string) {
	t.Helper()
	for _, text := range []string{given, want} {
		f, err := formula.Parse("test.rules", text)
		require.NoError(t, err)
		require.Equal(t, want, f.String())
	}
}

// A formula stands on the line of its name while it has at most 80 characters.
func TestLongFormulasAreBroken(t *testing.T) {
	for _, c := range []struct {
		length int
		want   string
	}{{80, " = "}, {81, " =\n    "}} {
		name := strings.Repeat("a", c.length-len(" + 1"))
		f, err := formula.Parse("test.rules", "let x = "+name+" + 1")
		require.NoError(t, err)
		require.Equal(t, "let x"+c.want+name+strings.Repeat("\n    + 1", c.length-80)+strings.Repeat(" + 1", 81-c.length)+"\n", f.String())
	}
}
