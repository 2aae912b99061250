package hr_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// ticket is a made-up number: a letter and five digits whose sum is even, printed 2-2-2.
func ticket() hr.IdentifierRule {
	return hr.IdentifierRule{
		Kind: "ticket_xx", Title: "ticket", Form: "a letter and five digits", Match: regexp.MustCompile(`^[A-Z][0-9]{5}$`),
		Groups: []int{2, 2, 2}, Between: " -", Shown: 2, Source: hr.Source{Title: "made up"},
		Check: func(s string) bool {
			sum := 0
			for _, c := range s[1:] {
				sum += int(c - '0')
			}
			return sum%2 == 0
		},
	}
}

func TestIdentifier(t *testing.T) {
	require.NoError(t, ticket().Validate())
	for text, want := range map[string]string{
		"A11222": "A11222", "z11222": "Z11222", "{11222": "", "`11222": "", " a11222\t": "A11222", "A1-12-22": "A11222", "a1 12 22": "A11222",
		"A11223": "", "A1-12 22": "", "A11-222": "", "A-11222": "", "A1--12-22": "", "A1 12 22 ": "A11222",
		"": "", "A1122": "", "A112222": "", "A١١222": "", "ſ11222": "", "A11222\n": "", "A1\u00a012\u00a022": "",
	} {
		got, err := ticket().Parse(text)
		require.Equal(t, want, got, "%q", text)
		if want != "" {
			require.NoError(t, err)
			continue
		}
		faults := hr.FieldErrors(err)
		require.Len(t, faults, 1, "%q", text)
		require.Equal(t, hr.RuleIdentifierInvalid, faults[0].Rule)
		require.Equal(t, "ticket_xx", faults[0].Path)
		if len(text) > 2 {
			require.NotContains(t, err.Error(), text)
		}
	}
	require.Equal(t, "****22", ticket().Mask("A11222"))
	require.Equal(t, "**", ticket().Mask("22"))
	whole := ticket()
	whole.Shown = 0 // hidden whole
	require.NoError(t, whole.Validate())
	require.Equal(t, "******", whole.Mask("A11222"))
	bare := hr.IdentifierRule{Shown: -1, Between: "-", Match: regexp.MustCompile(`[0-9]`)}
	require.Len(t, hr.FieldErrors(bare.Validate()), 7, "kind, title, form, source, match, groups, shown")
}

// What is canonical is read as itself, and printing it in its groups changes nothing.
func TestCanonicalIdentifiersStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringMatching(`[ ]{0,2}[A-Za-z][0-9]([ -]?[0-9]{2}){2}`).Draw(t, "typed")
		canonical, err := ticket().Parse(typed)
		if err != nil {
			return
		}
		again, err := ticket().Parse(canonical)
		require.NoError(t, err)
		require.Equal(t, canonical, again)
		printed, err := ticket().Parse(canonical[:2] + "-" + canonical[2:4] + "-" + canonical[4:])
		require.NoError(t, err)
		require.Equal(t, canonical, printed)
	})
}

func TestRetention(t *testing.T) {
	r := hr.Retention{
		Name: "xx.register", Title: "Registers", Months: 60, Start: hr.AfterTaxYear,
		Source: hr.Source{Title: "made up"}, Reviewed: hr.MustDate("2026-11-24"),
	}
	require.NoError(t, r.Validate())
	until, err := r.Until(hr.MustDate("2024-02-29"))
	require.NoError(t, err)
	require.Equal(t, hr.MustDate("2029-02-28"), until, "February 2029 has no 29th")
	r.Months = 0
	require.Equal(t, []string{"months"}, paths(r.Validate()), "a record kept for no time needs no rule")
	require.Len(t, hr.FieldErrors(hr.Retention{Name: "X", Months: -1, Start: "birth"}.Validate()), 6)
}

// By hand from the guides: UK national insurance prints 0.0056 to 0.00 and 0.0064 to 0.01.
func TestNamedRoundings(t *testing.T) {
	for _, c := range []struct {
		name        hr.NamedRounding
		value, want string
	}{
		{hr.NearestTen, "1724995", "1725000"},
		{hr.NearestTen, "1724994.99", "1724990"},
		{hr.NearestWhole, "2082.50", "2083"},
		{hr.NearestWhole, "416.4999", "416"},
		{hr.NextWhole, "135", "135"},
		{hr.NextWhole, "135.0001", "136"},
		{hr.DownToWhole, "1048.99", "1048"},
		{hr.DownToWhole, "-0.01", "-1"},
		{hr.NearestCent, "24.605", "24.61"},
		{hr.NearestCent, "24.60499", "24.6"},
		{hr.DropBelowCent, "291.66666", "291.66"},
		{hr.FourDecimals, "1047.50009", "1047.5"},
		{hr.ThirdDecimal, "0.0056", "0"},
		{hr.ThirdDecimal, "0.00599", "0"},
		{hr.ThirdDecimal, "0.0064", "0.01"},
		{hr.ThirdDecimal, "0.006", "0.01"},
		{hr.ThirdDecimal, "12.345", "12.34"},
		{"", "1.23456", "1.23456"},
	} {
		require.True(t, c.name.Apply(dec(c.value)).Equal(dec(c.want)), "%s of %s is %s", c.name, c.value, c.name.Apply(dec(c.value)))
	}
	for _, n := range hr.NamedRoundings() {
		require.NotEmpty(t, n.Steps(), n)
	}
	require.Panics(t, func() { hr.NamedRounding("nearest_moon").Apply(dec("1")) })
}
