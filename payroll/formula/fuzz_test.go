package formula

import (
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

func seeds(f *testing.F) []string {
	text, err := os.ReadFile("testdata/reference.rules")
	require.NoError(f, err)
	return []string{
		string(text), "", "#", "# a\n\n# b\n\nlet x = 1 # c\n\n\n  # d\nlet y = 2\n# e\n\n# f",
		"input r \"Rate\" : money/days by piece\r\nlet k = r * 2\nline x in a, b.c law \"L\" = pieces(k * 3 days) - first(r) * 1 day\n",
		"bands pt : money -> money by text # head\n\n    \"MH\" upto 7_500: 0 # none\n    # inner\n    above: 200 money\n    \"KA\" below -3: 1\n    above: -2\nline x = pt(\"MH\", 5)",
		"slabs tax : money -> percent\n    upto 10: 0%\n    above: 5%\nparam p.q : percent = 12% from 2026-04-01, -1% from 2027-04-01\nline x = round(tax(500) * p.q / 3, 0.05, half_even)",
		"let x = if not (1 < 2 and yes) or no then - -3 else if 2 = 3 then (1 - (2 - 3)) / (4 / 5) else min(1, (2 + 3) * 4, max(5, 6))",
		"let d = 2026-09-17 - 2026-09-01\nlet e = d > 3 days\nline x = if e then ceil(1.5, 1) else floor(1.5, 0.5)",
		"let # first\n  x # second\n  = 1 # third", "let a = b\nlet b = c + sum(g)\nline c in g = a", "line x = 1 / 0", "let x = (((((((", "let if = 3", "param x : money = 3 from 2026-02-30",
	}
}

// Whatever the text, Parse returns, and what it accepts prints and reads back as the same file.
func FuzzParse(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse("fuzz.rules", text)
		if err != nil {
			require.NotEmpty(t, hr.FieldErrors(err))
			return
		}
		requireSameText(t, file)
	})
}

// Whatever the text and the values, compiling and running return, and every answer can be explained.
func FuzzRun(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s, int64(12345), uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, n int64, scale uint8) {
		file, err := Parse("fuzz.rules", text)
		if err != nil {
			return
		}
		p, err := Compile(Config{Files: []*File{file}})
		if err != nil {
			require.NotEmpty(t, hr.FieldErrors(err))
			return
		}
		values := make([]Value, len(p.inputs))
		for i, k := range p.inputKind {
			switch k {
			case numeric:
				values[i] = Number(decimal.New(n+int64(i), -int32(scale%maxPlaces)))
			case worded:
				values[i] = Text("MH")
			case dated:
				values[i] = Day(always.Add(int(n & 0xfffff)))
			case flagged:
				values[i] = YesNo(n&1 == 1)
			}
		}
		req := Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: values, Trace: true}
		for _, piece := range req.Period.Cut(hr.MustDate("2026-04-11")) {
			req.Pieces = append(req.Pieces, Piece{piece, values})
		}
		res, _ := p.Run(req)
		for i := range p.lines {
			_, err := res.Trace(i)
			require.Equal(t, res.Err(i), err)
		}
	})
}
