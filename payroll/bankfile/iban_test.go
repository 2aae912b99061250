package bankfile_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The lengths by country of the project's facts about formats.
const lengths = "NO 15; BE 16; DK FI NL 18; SI 19; AT EE LT LU XK 20; CH HR LI LV 21; BG BH DE GB IE RS 22; AE GI IL OM 23; AD CZ ES PK RO SA SE SK 24; " +
	"PT 25; IS TR 26; FR GR IT MC SM 27; CY HU PL 28; QA UA 29; JO KW MU 30; MT 31"

// checked puts check digits before a number by the book: 98 less the remainder of the number with 00 in their place.
func checked(country, rest string) string {
	var digits strings.Builder
	for _, c := range rest + country + "00" {
		if c >= 'A' {
			fmt.Fprint(&digits, int(c-'A')+10)
		} else {
			digits.WriteRune(c)
		}
	}
	n, _ := new(big.Int).SetString(digits.String(), 10)
	return fmt.Sprintf("%s%02d%s", country, 98-new(big.Int).Mod(n, big.NewInt(97)).Int64(), rest)
}

// Every country takes a number of its length, found by trying letters or digits at each place, and no number a digit longer or shorter.
func TestLengths(t *testing.T) {
	countries := 0
	for group := range strings.SplitSeq(lengths, "; ") {
		words := strings.Fields(group)
		var length int
		_, err := fmt.Sscan(words[len(words)-1], &length)
		require.NoError(t, err)
		for _, country := range words[:len(words)-1] {
			countries++
			accepted := map[int]bool{}
			for n := 10; n < 36; n++ {
				for _, letters := range []int{0, 1, 4} {
					for _, tail := range []int{0, 3} { // Mauritius ends in letters
						if letters+tail > n-4 {
							continue
						}
						rest := strings.Repeat("A", letters) + strings.Repeat("1", n-4-letters-tail) + strings.Repeat("M", tail)
						if _, err := bankfile.ParseIBAN(checked(country, rest)); err == nil {
							accepted[n] = true
						}
					}
				}
			}
			require.Equal(t, map[int]bool{length: true}, accepted, country)
		}
	}
	require.Equal(t, 50, countries)
}

func TestIBAN(t *testing.T) {
	for text, want := range map[string]string{ // the first two are the examples of the registry
		"GB29NWBK60161331926819":                 "GB29NWBK60161331926819",
		"de89 3704 0044 0532 0130 00":            "DE89370400440532013000",
		" NO93 8601 1117 947 ":                   "NO9386011117947",
		"MT84 MALT 0110 0001 2345 MTLC AST0 01S": "MT84MALT011000012345MTLCAST001S",
	} {
		got, err := bankfile.ParseIBAN(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for _, bad := range []string{
		"", "DE", "GB29", "GB29NWBK6016133192681", "GB28NWBK60161331926819", "US29NWBK60161331926819", "GB29 NWBK6 0161331926819", "GB29-NWBK-6016-1331-9268-19",
		"DE8937040044053201300A", "GB2912346016133192681", "DE00370400440532013000", "DE99370400440532013000", "DE01370400440532013000", "DE٨٩370400440532013000",
		"GB29  NWBK60161331926819", "ZZ29NWBK60161331926819",
	} {
		_, err := bankfile.ParseIBAN(bad)
		faults := hr.FieldErrors(err)
		require.Len(t, faults, 1, bad)
		require.Equal(t, bankfile.RuleIBAN, faults[0].Rule)
		require.NotContains(t, err.Error(), "0044053201300")
	}
}

// A remainder by 97 finds every single wrong digit and every swap of two neighbours.
func TestIBANFindsSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		good := checked("DE", rapid.StringMatching(`[0-9]{18}`).Draw(t, "account"))
		_, err := bankfile.ParseIBAN(good)
		require.NoError(t, err)
		at := rapid.IntRange(4, 20).Draw(t, "at")
		wrong := []byte(good)
		wrong[at] = byte('0' + (int(good[at]-'0')+rapid.IntRange(1, 9).Draw(t, "by"))%10)
		_, err = bankfile.ParseIBAN(string(wrong))
		require.Error(t, err)
		if good[at] != good[at+1] {
			swapped := []byte(good)
			swapped[at], swapped[at+1] = good[at+1], good[at]
			_, err = bankfile.ParseIBAN(string(swapped))
			require.Error(t, err)
		}
	})
}

func TestBIC(t *testing.T) {
	for text, want := range map[string]string{"ABCDDEFF": "ABCDDEFF", " qwerfrppxxx ": "QWERFRPPXXX", "zxcvgb2l": "ZXCVGB2L"} {
		got, err := bankfile.ParseBIC(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, bad := range []string{"", "ABCDDEF", "ABCDDEFFX", "ABCDDEFFXX", "ABCD1EFF", "ABCDDEFFXX-", "ABCD DEFF"} {
		_, err := bankfile.ParseBIC(bad)
		require.Equal(t, bankfile.RuleBIC, hr.FieldErrors(err)[0].Rule, bad)
	}
}
