package formula

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

func tableRows(parts ...string) (rows []hr.TableRow) {
	for i := 0; i < len(parts); i += 3 {
		rows = append(rows, hr.TableRow{Bound: hr.Bound(parts[i]), Limit: decimal.RequireFromString(parts[i+1]), Value: decimal.RequireFromString(parts[i+2])})
	}
	return rows
}

// lookupAt is a lookup with limits of so many places for keys and denominators of so many, as it is lowered.
func lookupAt(limits, values, key, den int) lookup {
	common := max(key, limits+den)
	return lookup{limits: limits, values: values, keyUp: tenTo[common-key], limitUp: tenTo[common-limits-den]}
}

// Every key around the limits of a table, as it is and over a denominator, is in the row, and in the slices, that big.Rat finds.
func TestTablesInIntegers(t *testing.T) {
	for _, rows := range [][]hr.TableRow{
		tableRows("upto", "1", "1", "below", "2", "2.5", "upto", "2", "4", "upto", "3.5", "3", "above", "0", "7"),
		tableRows("below", "1.5", "-1", "above", "0", "0.5"),
		tableRows("above", "0", "3"),
		tableRows("upto", "0", "2", "below", "0.5", "3", "above", "0", "1"),
		tableRows("below", "-1", "2", "upto", "0", "3", "above", "0", "1"),
	} {
		for _, kind := range []hr.TableKind{hr.Bands, hr.Slabs} {
			if kind == hr.Slabs && rows[0].Limit.Sign() < 0 {
				continue // slabs begin at zero
			}
			for _, c := range []struct{ key, den int }{{0, 0}, {1, 0}, {3, 1}, {0, 2}} {
				for den := range int64(4) {
					denPlaces := c.den
					if den == 0 {
						denPlaces = 0
					}
					x := lookupAt(1, 1, c.key, denPlaces)
					list := x.rows(rows)
					require.Len(t, list, len(rows))
					var nums []int64
					for num := int64(-12); num <= 36; num++ {
						nums = append(nums, num)
					}
					for _, r := range rows { // and around each limit
						limit := r.Limit.Shift(int32(c.key - denPlaces)).Mul(decimal.NewFromInt(max(den, 1))).IntPart()
						nums = append(nums, limit-1, limit, limit+1)
					}
					for _, num := range nums {
						exact := rat(decimal.New(num, -int32(c.key)))
						if den != 0 {
							exact.Quo(exact, rat(decimal.New(den, -int32(denPlaces))))
						}
						want := tableRat(hr.Table{Kind: kind, Key: "number", Value: "number"}, rows, exact)
						var got int64
						var ok bool
						places := 1
						if kind == hr.Slabs {
							got, ok = x.slab(list, num, den)
							places += max(c.key, 1+denPlaces)
							if den != 0 { // a numerator
								want.Mul(want, rat(decimal.New(den, -int32(denPlaces))))
							}
						} else {
							got, ok = x.band(list, num, den)
						}
						if !ok || want.Cmp(rat(decimal.New(got, -int32(places)))) != 0 {
							t.Fatalf("%s, %d of %d places over %d of %d: %d, %t, and not %s", kind, num, c.key, den, denPlaces, got, ok, want.RatString())
						}
					}
				}
			}
		}
	}
}

// The greatest key whose answer fits is answered, and the next one is not; so it is with a denominator of one.
func TestSlabsAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		rows []hr.TableRow
		key  int64 // the greatest
	}{
		{tableRows("above", "0", "1"), math.MaxInt64},
		{tableRows("above", "0", "2"), math.MaxInt64 / 2},
		{tableRows("upto", "10", "3", "above", "0", "1"), math.MaxInt64 - 20},                                         // 30 for the first ten
		{tableRows("upto", "10", "0", "above", "0", "2"), math.MaxInt64/2 + 10},                                       // nothing for the first ten
		{tableRows("upto", "10", "1", "upto", "20", "0", "above", "0", "2"), (math.MaxInt64-10)/2 + 20},               // ten for them, and nothing for the next ten
		{tableRows("upto", "1000000000000000000", "9", "above", "0", "1"), math.MaxInt64 - 8_000_000_000_000_000_000}, // 9 x 10^18 for the first 10^18
	} {
		x := lookupAt(0, 0, 0, 0)
		list := x.rows(c.rows)
		require.NotNil(t, list)
		for _, den := range []int64{0, 1} {
			for key := c.key - 2; key <= c.key; key++ {
				got, ok := x.slab(list, key, den)
				want := tableRat(hr.Table{Kind: hr.Slabs}, c.rows, new(big.Rat).SetInt64(key))
				require.True(t, ok, "%d over %d", key, den)
				require.Equal(t, want.RatString(), big.NewInt(got).String(), "%d over %d", key, den)
				if key == math.MaxInt64 {
					break
				}
			}
			if c.key < math.MaxInt64 {
				_, ok := x.slab(list, c.key+1, den)
				require.False(t, ok, "%d over %d", c.key+1, den)
			}
		}
	}
}

// Where a key or a limit, brought to common places or times the denominator, does not fit, a lookup says so.
func TestLookupsThatDoNotFit(t *testing.T) {
	rows := tableRows("upto", "10", "1", "above", "0", "1")
	fine := lookupAt(1, 0, 0, 0) // the key comes at one place more
	list := fine.rows(rows)
	for _, find := range []func(intRows, int64, int64) (int64, bool){fine.band, fine.slab} {
		_, ok := find(list, math.MaxInt64/10, 0)
		require.True(t, ok)
		_, ok = find(list, math.MaxInt64/10+1, 0)
		require.False(t, ok)
		_, ok = find(nil, 1, 0)
		require.False(t, ok, "a table without rows")
	}
	x := lookupAt(0, 0, 0, 0)
	list = x.rows(rows)
	for _, find := range []func(intRows, int64, int64) (int64, bool){x.band, x.slab} {
		_, ok := find(list, 5, math.MaxInt64/10)
		require.True(t, ok)
		_, ok = find(list, 5, math.MaxInt64/10+1)
		require.False(t, ok)
	}
	for _, c := range []struct {
		x    lookup
		rows []hr.TableRow
		fits bool
	}{
		{x, tableRows("above", "0", "9223372036854775807"), true},
		{x, tableRows("above", "0", "9223372036854775808"), false},
		{x, tableRows("above", "0", "0.5"), false},
		{lookupAt(0, 1, 0, 0), tableRows("above", "0", "0.5"), true},
		{x, tableRows("upto", "9223372036854775807", "0", "above", "0", "1"), true},
		{x, tableRows("upto", "9223372036854775808", "0", "above", "0", "1"), false},
		{lookupAt(0, 0, 1, 0), tableRows("upto", "922337203685477580", "0", "above", "0", "1"), true},
		{lookupAt(0, 0, 1, 0), tableRows("upto", "922337203685477581", "0", "above", "0", "1"), false},
		{x, tableRows("below", "-9223372036854775807", "0", "above", "0", "1"), true},
		{x, tableRows("below", "-9223372036854775808", "0", "above", "0", "1"), false},
		{x, tableRows("upto", "-9223372036854775808", "0", "above", "0", "1"), true},
		{x, tableRows("upto", "3074457345618258602", "3", "above", "0", "1"), true}, // 2^63-2 for all of it
		{x, tableRows("upto", "3074457345618258603", "3", "above", "0", "1"), false},
	} {
		require.Equal(t, c.fits, c.x.rows(c.rows) != nil, c.rows)
	}
}

// Sums of fractions over pieces are in lowest terms, and refused where a part of them takes more than 64 bits.
func TestFractionsAddExactly(t *testing.T) {
	for _, c := range []struct{ n1, d1, n2, d2 int64 }{
		{1, 2, 1, 3},
		{1, 6, 1, 3},
		{-1, 2, 1, 2},
		{1, 4, -3, 4},
		{-1, 3, -1, 6},
		{0, 5, 0, 7},
		{5, 1, 1, 1 << 62},
		{1, 3037000499, 1, 3037000500},
		{1, 3037000500, 1, 3037000501},
		{math.MaxInt64, 1, 1, 2},
		{math.MaxInt64 - 1, 1, 1, 1},
		{math.MaxInt64, 1, 1, 1},
		{math.MinInt64, 1, -1, 1},
		{math.MinInt64, 3, 1, 3},
		{math.MaxInt64 / 2, 3, 1, 6},
		{1, math.MaxInt64, 1, 1},
		{1, math.MaxInt64, 1, math.MaxInt64},
		{-7, 12, 5, 18},
	} {
		want := new(big.Rat).Add(big.NewRat(c.n1, c.d1), big.NewRat(c.n2, c.d2))
		num, den, ok := addFractions(c.n1, c.d1, c.n2, c.d2)
		if ok {
			require.Equal(t, want.String(), big.NewInt(num).String()+"/"+big.NewInt(den).String())
		}
		// on the way there are both numerators over the least common denominator, and their sum
		least := new(big.Int).Mul(big.NewInt(c.d1), big.NewInt(c.d2))
		least.Quo(least, new(big.Int).GCD(nil, nil, big.NewInt(c.d1), big.NewInt(c.d2)))
		a, b := new(big.Int).Mul(big.NewInt(c.n1), least), new(big.Int).Mul(big.NewInt(c.n2), least)
		a.Quo(a, big.NewInt(c.d1))
		b.Quo(b, big.NewInt(c.d2))
		fits := least.IsInt64() && a.IsInt64() && b.IsInt64() && new(big.Int).Add(a, b).IsInt64()
		require.Equal(t, fits, ok, c)
	}
	for _, c := range [][3]int64{{12, 18, 6}, {18, 12, 6}, {12, -18, 6}, {7, 0, 7}, {1, math.MinInt64, 1}, {6, math.MinInt64, 2}, {5, 7, 1}} {
		require.Equal(t, c[2], gcd(c[0], c[1]), c)
	}
}
