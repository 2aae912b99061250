package formula_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What stands at the edge of a word, a number or a line is read as it is written; the answers are worked out by hand.
func TestEdgesOfWordsAndNumbers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"line x : number = max(1,\n  200)", "200"},
		{"line x : number = max(1,2)", "2"},
		{"line x : number = max(1,2000)", "2000"},
		{"line x : number = max(7,n)\ninput n : number = 3", "7"},
		{"line x : number = 2026-09-171", "1846"}, // 2026 less 9 less 171
		{"line x : number = 2026-09-17_1", "1846"},
		{"line x : number = 2026-9-17", "2000"},
		{"line x : number = 202-09-17", "176"},
		{"line x : number = 2026-09-1", "2016"},
		{"line x : number = 1_0.0_5", "10.05"},
		{"line x : date = 2026-09-17", "2026-09-17"},
		{"line x : number = az_AZ09.z0 + a.z + _a\nlet az_AZ09.z0 = 1\nlet a.z = 2\nlet _a = 4", "7"},
		{`line x : text = ""`, ""},
		{"line x : text = \"\u00e9#\" # \u00e9", "\u00e9#"},
		{"line x\t:\tnumber\t=\t1\t#\ttabbed", "1"},
		{"\ufeffline x : number = 1\r\n  + 2\r\n", "3"},
	} {
		t.Run(c.text, func(t *testing.T) { require.Equal(t, c.want, answer(t, c.text, nil)) })
	}
}

// Columns count characters, not bytes.
func TestColumnsCountCharacters(t *testing.T) {
	require.Equal(t, "1:15 name.unknown", faultsOf(build("line x \"\u00e9\u00e9\" = zz")))
	require.Equal(t, "1:12 syntax", faultsOf(build("line x \"\u00e9\u00e9\"")))
}

// Comments and empty lines stay where an author put them: an empty line stands before a block and is never the first line.
func TestCommentsAndEmptyLines(t *testing.T) {
	for _, c := range []struct{ name, given, want string }{
		{"empty lines above", "\n\nlet x = 1\n\n\n\nlet y = 2\nlet z = 3\n\n\n", "let x = 1\n\nlet y = 2\nlet z = 3\n"},
		{"comment above", "\n# a\nlet x = 1\n# b\nlet y = 2\n\n# c\nlet z = 3\n", "# a\nlet x = 1\n# b\nlet y = 2\n\n# c\nlet z = 3\n"},
		{"blocks of comments", "let x = 1\n# a\n# b\n\n\n# c\n\nlet y = 2\n", "let x = 1\n# a\n# b\n\n# c\n\nlet y = 2\n"},
		{"comments and no statement", "\n\n# a\n\n# b\n", "# a\n\n# b\n"},
		{"comments below", "let x = 1\n# a\n", "let x = 1\n\n# a\n"},
		{"comments within", "let x =\n\n  # a\n\n  # b\n  1 # c\nlet y = 2", "# a\n# b\n# c\nlet x = 1\nlet y = 2\n"},
		{"a gap within is none behind", "let x =\n\n  1\nlet y = 2", "let x = 1\nlet y = 2\n"},
		{"tabs and marks", "#\ta\tb#\n#\nlet x = 1\n", "# a b#\n#\nlet x = 1\n"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) { requirePrinted(t, c.given, c.want) })
	}
}

// An indented line before the first statement is a fault of its own, in its own column, and the rest of the text is read.
func TestIndentedLineBeforeAnyStatement(t *testing.T) {
	require.Equal(t, "1:4 statement, 3:9 number", faultsOf(build("   1\n\nlet x = 1.")))
	require.Equal(t, "2:1 statement, 3:1 statement", faultsOf(build("let x = 1\nx 1\ny 2")))
}
