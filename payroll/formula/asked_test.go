package formula

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// asksOf writes of each step of the columns under which answer of which input alone it is looked at.
func asksOf(t *testing.T, text string) string {
	t.Helper()
	p := programOf(t, text)
	names := map[int32]string{}
	for _, in := range p.ints.reads {
		names[in.reg] = p.inputs[in.input].Name
	}
	var list []string
	for _, s := range p.ints.columns {
		switch {
		case s.only == 0:
			list = append(list, stepNames[s.op])
		case s.onlyYes:
			list = append(list, stepNames[s.op]+" if "+names[s.only])
		default:
			list = append(list, stepNames[s.op]+" unless "+names[s.only])
		}
	}
	return strings.Join(list, ", ")
}

// A step that only one side of one question needs hangs on that question; one that both sides or a line need does not.
func TestWhatStepsHangOn(t *testing.T) {
	const inputs = "input a : number\ninput b : number\ninput f : yes/no\ninput g : yes/no\n"
	for _, c := range []struct{ name, text, want string }{
		{"one side", "line x : number = if f then a * b else 0", "mul if f, select"},
		{"the other side", "line x : number = if f then 0 else a * b", "mul unless f, select"},
		{"both sides", "line x : number = if f then a * b else -(a * b)", "mul, neg unless f, select"},
		{"a line too", "line x : number = if f then a * b else 0\nline y : number = a * b", "mul, select"},
		{"one side of two questions", "line x : number = if f then a * b else 0\nline y : number = if g then a * b else 0", "mul, select, select"},
		{"one side of one question twice", "line x : number = if f then a * b else 0\nline y : number = if f then 1 + a * b else 0", "mul if f, select, add if f, select"},
		{"within a side", "line x : number = if f then (if g then a * b else 0) else 0", "mul if f, select if f, select"},
		{"and", "line x : yes/no = f and a * b > 1", "mul if f, less if f, and"},
		{"or", "line x : yes/no = f or a * b > 1", "mul unless f, less unless f, or"},
		{"the question itself", "line x : number = if f and g then a * b else 0", "and, mul if , select"},
		{"behind a step", "line x : number = if f then round(a * b, 1) else 0", "mul if f, round if f, select"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, asksOf(t, inputs+c.text)) })
	}
}

// Each chunk of rows is asked anew, and each row: what the first says decides nothing for the second. Nobody looks at what divides by
// nothing or is too long for integers, so every row stays in them.
func TestQuestionsAreAskedOfEachRow(t *testing.T) {
	p := programOf(t, "input a : number\ninput b : number\ninput f : yes/no\ninput p : number\ninput q : number\n"+
		"line x : number = if f then round(a / b, 0.01) else a * b\nline y : yes/no = f and a / b > 2\nline z : yes/no = not f or a / b > 2\n"+
		"line v : number = if f then p * p else 1\nline w : number = if f then 1 else q * q\nline u : yes/no = f and p * p > 8\nline o : yes/no = f or q * q > 9\n")
	answers := map[string]func(row int) bool{
		"nobody, then all": func(row int) bool { return row >= chunk },
		"all, then nobody": func(row int) bool { return row < chunk },
		"one in each":      func(row int) bool { return row%chunk == 5 },
		"all but one":      func(row int) bool { return row%chunk != 5 },
		"the last":         func(row int) bool { return row == 3*chunk-1 },
	}
	for name, yes := range answers {
		t.Run(name, func(t *testing.T) {
			c := p.NewColumns(3*chunk, false)
			for range 2 {
				c.Begin(hr.MustPeriod("2026-04-01..2026-04-30"), hr.Date{})
				for row := range 3 * chunk {
					c.Add()
					c.Set(row, 0, Number(decimal.NewFromInt(int64(row))))
					short, long := int64(3), int64(4_000_000_000_000)
					given := []int64{0, long, short} // b, p, q
					if yes(row) {
						given = []int64{4, short, long}
					}
					c.Set(row, 2, YesNo(yes(row)))
					for i, input := range []int{1, 3, 4} {
						c.Set(row, input, Number(decimal.NewFromInt(given[i])))
					}
				}
				c.Calculate()
				require.Zero(t, c.InDecimals())
				for row := range 3 * chunk {
					want := "0 no yes 1 9 no no"
					if yes(row) {
						more := YesNo(row > 8).String()
						want = fmt.Sprint(decimal.NewFromInt(int64(row)).Div(decimal.NewFromInt(4)), " ", more, " ", more, " 9 1 yes yes")
					}
					var got []string
					for line, l := range p.lines {
						units, places := c.Units(line)
						got = append(got, p.valueOf(l.it.typ.kind, units[row], places).String())
					}
					require.Equal(t, want, strings.Join(got, " "), row)
				}
			}
		})
	}
}

// A failure that somebody asks for is an error of its row, and one that nobody asks for is none: row by row as the decimals have it.
func TestFailuresThatAreAskedFor(t *testing.T) {
	const inputs = "input a : number\ninput b : number\ninput f : yes/no\ninput g : yes/no\nlet k = a / b > 2\nlet r = round(a / b, 1)\n"
	for _, text := range []string{
		": number = if f then r else 7",
		": number = if f then 7 else r",
		": number = if f then r else -r",
		": number = if f then (if g then r else 1) else 7",
		": number = if f then max(r, 3) + 1 else 7",
		": number = if f then (if r > 2 then 5 else 6) else 7",
		": yes/no = f and k",
		": yes/no = f or k",
		": yes/no = f and not k",
		": yes/no = g or (f and k)",
		": yes/no = g and (f or k)",
		": yes/no = if g then k else f",
		": yes/no = (f and k) or (g and k)",
		": yes/no = (f or k) and (g or k)",
		": number = (if f then r else 1) + (if g then r else 1)",
		": yes/no = (f and k) = (g or k)",
		": yes/no = f and (g or k) and (if k then g else f)",
	} {
		t.Run(text, func(t *testing.T) {
			p := programOf(t, inputs+"line x "+text+"\n")
			for _, steps := range []bool{false, true} {
				c := p.NewColumns(2*chunk, steps)
				period := hr.MustPeriod("2026-04-01..2026-04-30")
				c.Begin(period, hr.Date{})
				var given [][]Value
				for row := range 2 * chunk {
					values := []Value{Number(decimal.NewFromInt(9)), Number(decimal.NewFromInt(int64(row & 1 * 3))), YesNo(row&2 != 0), YesNo(row&4 != 0)}
					given = append(given, values)
					c.Add()
					for i, v := range values {
						c.Set(row, i, v)
					}
				}
				c.Calculate()
				failed := 0
				for row, values := range given {
					res, err := p.RunDecimals(Request{Period: period, Values: values})
					require.Equal(t, fmt.Sprint(err), fmt.Sprint(c.Err(row)), row)
					if err != nil {
						failed++
						continue
					}
					units, places := c.Units(0)
					require.Equal(t, res.Value(0).String(), p.valueOf(p.lines[0].it.typ.kind, units[row], places).String(), row)
				}
				if !steps {
					require.Equal(t, failed, c.InDecimals(), "only rows with an error leave the integers")
				}
			}
		})
	}
}
