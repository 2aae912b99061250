package formula_test

import (
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
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := formula.Parse("test.rules", c.given)
			require.NoError(t, err)
			require.Equal(t, c.want, f.String())
			again, err := formula.Parse("test.rules", c.want)
			require.NoError(t, err)
			require.Equal(t, c.want, again.String())
		})
	}
}
