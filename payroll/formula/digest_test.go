package formula_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// Digests lie in the payslips of hosts, so what is hashed is written out here by hand: whoever changes it raises muster.formula/1.
func TestWhatIsDigested(t *testing.T) {
	text := `
bands t : money -> money by text
    "B" above: 3.0
    "A" upto 4.50: 1
    above: 2 # dear
slabs u : money -> percent
    upto 5: 0%
    above: 10%
input a "Title" : money = 1.50
input s : text
input r : days by piece
input f : yes/no = no
param own : percent = 12% from 2026-04-01, 8.0%
param nobody : money = 7
let unused = nobody
let k = (a * own) + 3.0 money
let j = k * 1_0
line x "X" in h, g law "L" = round(j, 0.10) + t(s, a) + u(sum(e)) + twice(pay)
line y in e = ceil(shut * 2, 1) + (if f and s != "A" then -1 else 0)
line z : days = max(pieces(r), 5 days)
`
	file, err := formula.Parse("d.rules", text)
	require.NoError(t, err)
	shut := hr.Parameter{Name: "shut", Unit: "money", Steps: steps("2026-01-01", "6", "2020-01-01", "5.50")}
	shut.Steps[0].Ends = true
	shut.Steps[0].Value = decimal.Decimal{}
	pay := hr.Parameter{Name: "pay", Unit: "money", Basis: hr.ByPayDate, Steps: steps("2020-01-01", "9")}
	twice := func(name string) formula.Kernel {
		return formula.Kernel{
			Name: name, Version: 3, In: []formula.Slot{{Name: "what", Unit: formula.Money}}, Out: []formula.Slot{{Unit: formula.Money}},
			Build: func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
				return []formula.Term{b.Add(in[0], in[0])}, nil
			},
		}
	}
	p, err := formula.Compile(formula.Config{
		Files: []*formula.File{file}, Params: []hr.Parameter{shut, pay}, Kernels: []formula.Kernel{twice("thrice"), twice("twice")},
	})
	require.NoError(t, err)

	h := sha256.New()
	for _, field := range []string{
		"muster.formula/1",
		"input", "a", "money", "false", "1 1.5",
		"input", "s", "text", "false", "0 ",
		"input", "r", "days", "true", "0 ",
		"input", "f", "yes/no", "false", "4 no",
		"line", "x", "money", "round(j, half_up to 0.1) + t(s, a) + u(sum(e)) + twice(pay)", "g,h",
		"line", "y", "money", `round(shut * 2, ceiling to 1) + (if f and s != "A" then -1 else 0)`, "e",
		"line", "z", "days", "max(pieces(r), 5 days)", "",
		"let", "j", "money", "k * 10",
		"let", "k", "money", "a * own + 3 money",
		"param", "own", "percent", "period_end", "0001-01-01", "8", "2026-04-01", "12",
		"param", "pay", "money", "pay_date", "2020-01-01", "9",
		"param", "shut", "money", "period_end", "2020-01-01", "5.5", "2026-01-01", "ends",
		"table", "t", "bands", "money", "money", "true", "period_end",
		"step", "A", "0001-01-01", "false", "upto", "4.5", "1", "above", "2",
		"step", "B", "0001-01-01", "false", "above", "3",
		"table", "u", "slabs", "money", "percent", "false", "period_end",
		"step", "", "0001-01-01", "false", "upto", "5", "0", "above", "10",
		"kernel", "twice", "3", "what", "money", "", "money",
	} {
		fmt.Fprintf(h, "%d:%s;", len(field), field)
	}
	require.Equal(t, hex.EncodeToString(h.Sum(nil)), p.Digest())
}
