package formula

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// The bound of a register is exact while its number has 31 bits, and above the number by no more than one of its last bit from there on.
func TestSizesAreKeptShort(t *testing.T) {
	for _, c := range []struct{ given, want size }{
		{size{0, 0, 0}, size{0, 0, 0}},
		{size{1<<31 - 1, 5, 7}, size{1<<31 - 1, 5, 7}},
		{size{1 << 31, 5, 7}, size{1<<30 + 1, 6, 7}},
		{size{math.MaxUint64, 0, 0}, size{1 << 31, 33, 0}},
		{size{1 << 62, 0, 3}, size{1<<30 + 1, 32, 3}},
	} {
		require.Equal(t, c.want, c.given.norm())
	}
	require.Equal(t, size{6, 3, 12}, size{2, 1, 5}.times(size{3, 2, 7}))
	require.Equal(t, size{8, 4, 7}, size{3, 4, 5}.plus(size{17, 2, 7}), "3 x 2^4 and 17 x 2^2 are 29 x 2^2, which is below 8 x 2^4")
	require.Equal(t, size{8, 4, 7}, size{17, 2, 7}.plus(size{3, 4, 5}))
	require.Equal(t, size{4, 100, 0}, size{3, 100, 0}.plus(size{1, 0, 0}))
	require.Equal(t, size{5, 40, 2}, size{3, 40, 2}.or(size{1, 40, 1}))
}

// A number may take 40,000 bits, a third of a digit for each, before the compiler refuses it.
func TestSizesUpTo40000Bits(t *testing.T) {
	for _, c := range []struct {
		s     size
		large bool
	}{
		{size{1, maxBits - 31, 0}, false},
		{size{1, maxBits - 30, 0}, true},
		{size{1, 0, 0}, false},
		{size{1, maxBits - 31 - 1000, 300}, false},
		{size{1, maxBits - 31 - 1000, 301}, true},
		{size{1, maxBits - 31 - 10, 3}, false},
		{size{1, maxBits - 31 - 9, 3}, true},
	} {
		require.Equal(t, c.large, c.s.tooLarge(), c.s)
	}
}

// A program has at most 500,000 steps: the last is taken, and the next one is a fault that is said once.
func TestProgramsOfUpTo500000Steps(t *testing.T) {
	e := &emitter{compiler: &compiler{}, it: &item{file: "many.rules", pos: Pos{3, 6}}, sizes: make([]size, maxInstrs)}
	require.Equal(t, Reg(maxInstrs), e.reg(sizeGiven, nil))
	require.Empty(t, e.errs)
	for range 3 {
		e.reg(sizeGiven, nil)
	}
	require.Len(t, e.errs, 1)
	require.ErrorContains(t, e.errs[0], "many.rules:3:6")
	require.ErrorContains(t, e.errs[0], "the program has more than 500000 steps")
}

// A product is refused from just so many factors on that it could take more than 40,000 bits: three and a third for each place, and 100 for
// the 30 digits before the point of what is given, read in a table or rounded.
func TestProductsUpTo40000Bits(t *testing.T) {
	nano := strings.Repeat("0", 19) + "1"
	for _, c := range []struct {
		name, text string
		most       int // factors
	}{
		{"a number that is given has 22 places, two of them for a percent", "let v = a\n", 230},
		{"a percent", "input q : percent\nlet v = q\n", 230},
		{"rounded to 1", "let v = round(a, 1)\n", 399},
		{"rounded to 20 places", "let v = round(a, 0." + nano + ")\n", 239},
		{"rounded to 10", "let v = round(a, 10)\n", 399},
		{"slabs of a whole number: 44 places, and 200 bits", "let v = tax(round(a, 1))\n", 115},
		{"slabs of a fraction: 66 places, and 200 bits", "let v = tax(round(a, 1) / b)\n", 95},
		{"bands", "let v = band(a)\n", 230},
		{"a kernel that rounds to 1", "let v = whole(a)\n", 399},
		{"a kernel that rounds to 20 places", "let v = fine(a)\n", 239},
	} {
		t.Run(c.name, func(t *testing.T) {
			product := func(n int) error {
				text := "input a : number\ninput b : number\nslabs tax : number -> number\n    upto 10: 0.5\n    above: 0.25\nbands band : number -> number\n    above: 3\n" + c.text
				hundreds, rest := slices.Repeat([]string{"hundred"}, n/100), slices.Repeat([]string{"v"}, n%100)
				text += "let hundred = " + strings.Join(slices.Repeat([]string{"v"}, 100), " * ") + "\nline x : number = round(" + strings.Join(append(hundreds, rest...), " * ") + ", 1)\n"
				f, err := Parse("product.rules", text)
				require.NoError(t, err)
				rounds := func(name, step string) Kernel {
					return Kernel{Name: name, Version: 1, In: []Slot{{"a", Plain}}, Out: []Slot{{"", Plain}}, Build: func(b *Builder, in []Term) ([]Term, error) {
						return []Term{b.Round(in[0], hr.MustRounding(step, hr.HalfUp))}, nil
					}}
				}
				_, err = Compile(Config{Files: []*File{f}, Kernels: []Kernel{rounds("whole", "1"), rounds("fine", "0."+nano)}})
				return err
			}
			require.NoError(t, product(c.most))
			require.ErrorContains(t, product(c.most+1), "the exact result could grow past all bounds")
		})
	}
}

// What grows past all bounds is a fault at the product that does, and said once.
func TestWhatGrowsPastAllBoundsIsAFault(t *testing.T) {
	text := "input a : number\nlet b0 = a\n"
	for i := range 12 {
		text += fmt.Sprintf("let b%d = b%d * b%d\n", i+1, i, i)
	}
	f, err := Parse("grow.rules", text+"line x : number = round(b12, 1)\n")
	require.NoError(t, err)
	_, err = Compile(Config{Files: []*File{f}})
	// a has 100 bits before the point and 22 places, 73 bits, behind it; 40,000 bits are the product of 231 of them, and b8 is that of 256
	require.ErrorContains(t, err, "grow.rules:10:10: ")
	require.Equal(t, 1, strings.Count(err.Error(), string(RuleBudget)))
}

// The sum of fractions over pieces may have 4096 bits on each side, and is a fault of its line with one more.
func TestSumsOfFractionsOfUpTo4096Bits(t *testing.T) {
	// the 102nd power of 2^20 is squared: 2^4080
	p := program(t, "input d : number by piece\ninput n : number by piece\ninput m : number by piece\nlet a : number = "+strings.TrimSuffix(strings.Repeat("d * ", 102), " * ")+
		"\nline x : number = round(pieces(a * a * n / (a * a * m)), 1)\n")
	run := func(n, m int64) (Result, error) {
		april := hr.MustPeriod("2026-04-01..2026-04-30")
		values := func(list ...int64) (v []Value) {
			for _, x := range list {
				v = append(v, Number(decimal.NewFromInt(x)))
			}
			return v
		}
		return p.Run(Request{Period: april, Pieces: []Piece{{april, values(1<<20, n, m)}}})
	}
	for _, c := range []struct {
		n, m int64
		want string
	}{{1 << 15, 1 << 15, "1"}, {1 << 15, 1 << 14, "2"}, {1 << 16, 1 << 15, ""}, {1 << 15, 1 << 16, ""}} {
		res, err := run(c.n, c.m)
		if c.want == "" {
			require.ErrorContains(t, err, string(RuleTooLarge))
			require.ErrorContains(t, err, "the sum over pieces")
			continue
		}
		require.NoError(t, err)
		require.Equal(t, c.want, res.Value(0).String())
	}
}

// A fault quotes a formula up to 60 characters whole, and cuts a longer one to 60.
func TestFaultsQuoteFormulasBriefly(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{strings.Repeat("a", 60), strings.Repeat("a", 60)},
		{strings.Repeat("b", 61), strings.Repeat("b", 57) + "..."},
		{strings.Repeat("c", 90), strings.Repeat("c", 57) + "..."},
	} {
		require.Equal(t, c.want, brief(&ref{name: c.given}))
	}
	require.Equal(t, `s = "`+strings.Repeat("é", 52)+"...", brief(&binary{op: "=", l: &ref{name: "s"}, r: &quoted{text: strings.Repeat("é", 80)}}))
}
