package bacs_test

import (
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/bacs"
	"github.com/stretchr/testify/require"
)

// Rows in the form of the published table; the weights are those of its worked examples, whose sums are beside each case below.
const table = `
089000 089999 MOD10    0    0    0    0    0    0    7    1    3    7    1    3    7    1
107999 107999 MOD11    0    0    0    0    0    0    8    7    6    5    4    3    2    1
202959 202959 MOD11    0    0    0    0    0    0    0    7    6    5    4    3    2    1
202959 202959 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    1
938000 938696 MOD11    7    6    5    4    3    2    7    6    5    4    3    2    0    0   5
`

func TestModulus(t *testing.T) {
	w, err := bacs.ReadWeights(strings.NewReader(table))
	require.NoError(t, err)
	for _, c := range []struct {
		name, code, account string
		want                bacs.Modulus
	}{
		{"7x6+6+3x3+7x7+4+3x9+7x5+8 = 180, a multiple of 10", "08-99-99", "66374958", bacs.Holds},
		{"one more is 181", "089999", "66374959", bacs.Fails},
		{"8x8+7x8+6x8+5x3+4x7+3x4+2x9+1 = 242, 22 x 11", "107999", "88837491", bacs.Holds},
		{"243 is no multiple of 11", "107999", "88837492", bacs.Fails},
		{"143 is 13 x 11, and 60 by the digits of the products: both hold", "202959", "63748472", bacs.Holds},
		{"154 is 14 x 11, but by the digits of the products it is 65: the second row fails", "202959", "64748492", bacs.Fails},
		{"144 is no multiple of 11", "202959", "63748473", bacs.Fails},
		{"a sort code in no row", "000000", "12345678", bacs.NotChecked},
		{"one before a range", "088999", "66374958", bacs.NotChecked},
		{"an exception", "938611", "07806039", bacs.NotChecked},
	} {
		got, err := w.Check(c.code, hr.NewSecret(c.account))
		require.NoError(t, err)
		require.Equal(t, c.want, got, c.name)
	}
	_, err = w.Check("1", hr.NewSecret("12345678"))
	require.Equal(t, []string{" sort_code"}, faultsOf(err))
	_, err = w.Check("089999", hr.NewSecret("1234567"))
	require.Equal(t, []string{" account_number"}, faultsOf(err))
	require.NotContains(t, err.Error(), "1234567")

	_, err = bacs.ReadWeights(strings.NewReader("089999 089000 MOD10 0 0 0 0 0 0 7 1 3 7 1 3 7 1\n1 2\n\n089000 089999 MOD12 x 0 0 0 0 0 7 1 3 7 1 3 7 1\n"))
	require.Equal(t, []string{"line 1 weights", "line 2 weights", "line 4 weights", "line 4 weights"}, faultsOf(err))
}

// A weight has up to three digits and may be negative, and the digits of a product have no sign.
func TestWeightsAtTheirEnds(t *testing.T) {
	row := func(weight string) string {
		return "089000 089999 DBLAL 0 0 0 0 0 0 " + weight + " 1 0 0 0 0 0 0\n"
	}
	for _, c := range []struct {
		name, weight, account string
		want                  bacs.Modulus
	}{
		{"7 x -2 = -14, 1 + 4 = 5, and 5: 10", "-2", "75000000", bacs.Holds},
		{"5, and 6: 11", "-2", "76000000", bacs.Fails},
		{"2 x 999 = 1998, 1 + 9 + 9 + 8 = 27, and 3: 30", "999", "23000000", bacs.Holds},
		{"2 x -999 = -1998: 27, and 3: 30", "-999", "23000000", bacs.Holds},
	} {
		w, err := bacs.ReadWeights(strings.NewReader(row(c.weight)))
		require.NoError(t, err, c.name)
		got, err := w.Check("089999", hr.NewSecret(c.account))
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, got, c.name)
	}
	for _, weight := range []string{"1000", "-1000"} {
		_, err := bacs.ReadWeights(strings.NewReader(row(weight)))
		require.Equal(t, []string{"line 1 weights"}, faultsOf(err), weight)
	}
}
