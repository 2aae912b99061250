package formula

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// edges are the integers around which the integer form begins to be too small.
var edges = []int64{
	0, 1, -1, 2, -2, 3, 10, -10, 1<<31 - 1, 1 << 31, -1 << 31, 3037000499, 3037000500, -3037000500, 1<<32 - 1, 1 << 32, 1 << 62, -1 << 62, 1<<62 - 1,
	math.MaxInt64 / 3, math.MaxInt64 / 7, math.MaxInt64 - 1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 499_999_999_999_999_999, 500_000_000_000_000_000,
}

// Sums, differences and products of two integers are right where they fit into 64 bits, and refused where they do not.
func TestIntegerStepsAtTheEdges(t *testing.T) {
	for _, x := range edges {
		for _, y := range edges {
			for _, op := range []struct {
				name  string
				fast  func(a, b int64) (int64, bool)
				exact func(z, a, b *big.Int) *big.Int
			}{{"+", addInt, (*big.Int).Add}, {"-", subInt, (*big.Int).Sub}, {"*", mulInt, (*big.Int).Mul}} {
				want := op.exact(new(big.Int), big.NewInt(x), big.NewInt(y))
				got, ok := op.fast(x, y)
				require.Equal(t, want.IsInt64(), ok, "%d %s %d", x, op.name, y)
				if ok {
					require.Equal(t, want.Int64(), got, "%d %s %d", x, op.name, y)
				}
			}
		}
	}
}

// exactUnits returns a function that rounds num/den with big.Rat and answers in units of the step's places.
func exactUnits(r hr.Rounding, numPlaces, denPlaces int) func(num, den int64) *big.Int {
	mode, step, units := r.Mode, rat(r.Step), rat(decimal.New(1, int32(placesOf(r.Step))))
	scale := rat(decimal.New(1, int32(denPlaces-numPlaces)))
	return func(num, den int64) *big.Int {
		x := big.NewRat(num, den)
		rounded, err := roundRat(x.Mul(x, scale), step, mode)
		if err != nil { // more than pay has
			return new(big.Int).Lsh(big.NewInt(1), 100)
		}
		return x.Mul(rounded.(*big.Rat), units).Num()
	}
}

// Every mode, over every small fraction, both signs and all halves among them: one number at a time and as columns.
func TestRounderOnSmallFractions(t *testing.T) {
	var nums []int64
	for n := int64(-26); n <= 26; n++ {
		nums = append(nums, n)
	}
	thrice, threes, fallen := make([]int64, len(nums)), make([]int64, len(nums)), make([]int64, len(nums))
	for i, n := range nums {
		thrice[i], threes[i] = 3*n, 3
	}
	for _, mode := range hr.RoundingModes() {
		for _, c := range []struct {
			step              string
			places, denPlaces int
		}{{"1", 0, 0}, {"2", 0, 0}, {"3", 0, 0}, {"5", 0, 0}, {"1", 1, 0}, {"0.5", 2, 1}, {"0.01", 0, 2}, {"10", 1, 0}} {
			r := hr.MustRounding(c.step, mode)
			exact := exactUnits(r, c.places, c.denPlaces)
			for _, den := range []int64{1, 2, 3, 4, 5, 12} {
				x, ok := newRounder(r, c.places, c.denPlaces)
				require.True(t, ok)
				dens, want := make([]int64, len(nums)), make([]int64, len(nums))
				for i, num := range nums {
					dens[i], want[i] = den, exact(num, den).Int64()
					if got, ok := x.over(num, den); !ok || got != want[i] {
						t.Fatalf("%d over %d, %s: %d, %t", num, den, r, got, ok)
					}
				}
				require.True(t, x.overs(fallen, nums, nil, dens))
				require.Equal(t, want, fallen, "a column over %d, %s", den, r)
				for i := range dens {
					dens[i] = 3 * den
				}
				require.True(t, x.overs(fallen, nums, threes, dens))
				require.Equal(t, want, fallen, "a column of products over %d, %s", den, r)
				for i, n := range nums { // no denominator stands twice in a row
					if i%2 == 0 {
						thrice[i], dens[i] = n, den
					} else {
						thrice[i], dens[i] = 3*n, 3*den
					}
				}
				require.True(t, x.overs(fallen, thrice, nil, dens))
				require.Equal(t, want, fallen, "a column over %d and its treble, %s", den, r)
				if den != 1 {
					continue
				}
				y, ok := newRounder(r, c.places, 0)
				require.True(t, ok)
				exact := exactUnits(r, c.places, 0)
				for i, num := range nums {
					want[i] = exact(num, 1).Int64()
					if got, ok := y.whole(num); !ok || got != want[i] {
						t.Fatalf("%d, %s: %d, %t", num, r, got, ok)
					}
				}
				require.True(t, y.wholes(fallen, nums))
				require.Equal(t, want, fallen, "a column, %s", r)
			}
		}
	}
}

// A fraction is rounded in integers just where its divisor, brought to the places of the answer, takes no more than 64 bits and the answer
// is no longer than the greatest integer; a column may give way sooner, and is never wrong.
func TestRounderAtTheEdges(t *testing.T) {
	limit, most := new(big.Int).Lsh(big.NewInt(1), 64), big.NewInt(math.MaxInt64)
	fit, gaveWay := 0, 0
	for _, mode := range hr.RoundingModes() {
		for _, c := range []struct {
			step              string
			places, denPlaces int
		}{
			{"1", 0, 0},
			{"3", 0, 0},
			{"7", 0, 0},
			{"0.01", 4, 0},
			{"1", 18, 0},
			{"1", 0, 18},
			{"0.000000000000000001", 0, 0},
			{"10", 18, 0},
			{"0.5", 0, 9},
			{"1000000000000000000", 0, 0},
			{"9223372036854775807", 0, 0},
		} {
			r := hr.MustRounding(c.step, mode)
			x, ok := newRounder(r, c.places, c.denPlaces)
			require.True(t, ok, c)
			y, ok := newRounder(r, c.places, 0)
			require.True(t, ok, c)
			shift := c.denPlaces + placesOf(r.Step) - c.places
			step, _ := unitsOf(r.Step, placesOf(r.Step))
			exact, alone := exactUnits(r, c.places, c.denPlaces), exactUnits(r, c.places, 0)
			for _, num := range edges {
				for _, den := range []int64{1, 2, 1 << 31, 150_000_000_000_000_000, 499_999_999_999_999_999, 1 << 62, math.MaxInt64} {
					want := exact(num, den)
					divisor := new(big.Int).Mul(big.NewInt(den), big.NewInt(step))
					divisor.Mul(divisor, big.NewInt(tenTo[max(-shift, 0)]))
					got, ok := x.over(num, den)
					if fits := divisor.Cmp(limit) < 0 && want.CmpAbs(most) <= 0; fits != ok || ok && got != want.Int64() {
						t.Fatalf("%d over %d at %v, %s: %d, %t", num, den, c, r, got, ok)
					}
					column := make([]int64, 7)
					fits := x.overs(column, []int64{0, 0, 0, 0, 0, num, num}, nil, []int64{den, den, den, den, den, den, 1})
					if ok {
						fit++
					}
					if !fits {
						gaveWay++
					} else if column[5] != want.Int64() {
						t.Fatalf("%d over %d at %v in a column, %s: %d", num, den, c, r, column[5])
					}
					if x.overs(column, []int64{num}, nil, []int64{den}) && column[0] != want.Int64() {
						t.Fatalf("%d over %d at %v in a column of one, %s: %d", num, den, c, r, column[0])
					}
				}
				want := alone(num, 1)
				if got, ok := y.whole(num); ok != (want.CmpAbs(most) <= 0) || ok && got != want.Int64() {
					t.Fatalf("%d at %v, %s: %d, %t", num, c, r, got, ok)
				}
				if column := []int64{0}; y.wholes(column, []int64{num}) && column[0] != want.Int64() {
					t.Fatalf("%d at %v in a column, %s: %d", num, c, r, column[0])
				}
			}
		}
	}
	require.Greater(t, fit, 1000)
	require.Greater(t, gaveWay, 1000)
}

// A rounding has an integer form up to a shift of 18 places to either side, which is as far as powers of ten fit, and no further.
func TestRounderShiftsByUpTo18Places(t *testing.T) {
	whole := hr.MustRounding("1", hr.HalfUp)
	for _, c := range []struct {
		step              string
		places, denPlaces int
		ok                bool
	}{
		{"1", 18, 0, true},
		{"1", 19, 0, false},
		{"1", 0, 18, true},
		{"1", 0, 19, false},
		{"0.1", 0, 17, true},
		{"0.1", 0, 18, false},
		{"10", 18, 0, true},
		{"20", 18, 0, false}, // 10^19 takes 64 bits, twice as much 65
		{"0.000000000000000001", 0, 0, true},
		{"0.0000000000000000001", 0, 0, false},
		{"9223372036854775807", 0, 0, true},
		{"9223372036854775808", 0, 0, false},
	} {
		_, ok := newRounder(hr.MustRounding(c.step, hr.HalfUp), c.places, c.denPlaces)
		require.Equal(t, c.ok, ok, c)
	}
	x, ok := newRounder(whole, 18, 0)
	require.True(t, ok)
	got, ok := x.whole(1_500_000_000_000_000_000)
	require.True(t, ok)
	require.Equal(t, int64(2), got, "1.5 with 18 places")
	x, ok = newRounder(whole, 0, 18)
	require.True(t, ok)
	got, ok = x.over(3, 2_000_000_000_000_000_000)
	require.True(t, ok)
	require.Equal(t, int64(2), got, "3 over 2 with 18 places")
}

// A column whose product or whose scaled divisor does not fit says so.
func TestColumnsOfFractionsThatDoNotFit(t *testing.T) {
	x, ok := newRounder(hr.MustRounding("0.01", hr.HalfUp), 4, 0)
	require.True(t, ok)
	to := make([]int64, 1)
	require.True(t, x.overs(to, []int64{3_037_000_499}, []int64{3_037_000_499}, []int64{1000}))
	require.Equal(t, int64(92_233_720_309_262), to[0]) // 3,037,000,499^2 = 9,223,372,030,926,249,001; 100,000 of them make a step
	require.False(t, x.overs(to, []int64{3_037_000_500}, []int64{3_037_000_500}, []int64{1000}), "its square is above 2^63")
	require.False(t, x.overs(to, []int64{1}, nil, []int64{1 << 58}), "a hundred of them take 65 bits")
	y, ok := newRounder(hr.MustRounding("3", hr.HalfUp), 0, 0)
	require.True(t, ok)
	for _, num := range []int64{math.MaxInt64, math.MinInt64} { // the nearest multiple of three: 2^63-2 fits, 2^63+1 does not
		require.Equal(t, num > 0, y.wholes(to, []int64{num}))
		require.Equal(t, num > 0, y.overs(to, []int64{num}, nil, []int64{1}))
	}
}

// An amount over so great a number that the divisor takes all of 64 bits: rounded up, what is above nothing is a step, in columns too.
func TestGreatDivisorsInColumns(t *testing.T) {
	f, err := Parse("great.rules", "input a : number\ninput b : count\nline x : number = round(a / b, 0.01, up)\n")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	c := p.NewColumns(2*few, false)
	c.Begin(hr.MustPeriod("2026-04-01..2026-04-30"), hr.Date{})
	for range 2 * few {
		row := c.Add()
		c.SetUnits(row, 0, 4_000_000_000_000_000_000) // 400,000,000,000,000
		c.SetUnits(row, 1, 150_000_000_000_000_000)
	}
	c.Calculate()
	for row := range c.Rows() {
		require.NoError(t, c.Err(row))
		require.Equal(t, "0.01", c.Amount(row, 0).String())
	}
	require.Zero(t, c.InDecimals())
}
