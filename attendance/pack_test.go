package attendance_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/attendance/statutory/ca"
	india "github.com/musterhr/hr/attendance/statutory/in"
	"github.com/musterhr/hr/attendance/statutory/uk"
	"github.com/musterhr/hr/attendance/statutory/us"
)

var packs = map[string]func() attendance.Pack{"ca": ca.Pack, "in": india.Pack, "uk": uk.Pack, "us": us.Pack}

// Every value has its source and the day of its last check, which is that of the pack; a caller's copy is their own.
func TestPack(t *testing.T) {
	for country, pack := range packs {
		t.Run(country, func(t *testing.T) {
			p := pack()
			require.NoError(t, p.Validate())
			for _, x := range p.Params {
				for _, s := range x.Steps {
					require.False(t, s.Reviewed.After(p.Reviewed), x.Name)
					require.NotEmpty(t, s.Source.Section, x.Name)
				}
			}
			p.Params[0].Name = "spoilt"
			require.NotEqual(t, "spoilt", pack().Params[0].Name)
		})
	}
}

// A day before the law has no value, and nothing is made up for it.
func TestNoValueBeforeTheLaw(t *testing.T) {
	for country, pack := range packs {
		t.Run(country, func(t *testing.T) {
			p := pack()
			for _, x := range p.Params {
				_, err := p.At(x.Name, hr.MustDate("1930-01-01"))
				require.ErrorIs(t, err, hr.ErrNoValue, x.Name)
				step, err := p.At(x.Name, p.Reviewed)
				if len(x.Steps) == 1 || !x.Steps[len(x.Steps)-1].Ends {
					require.NoError(t, err, x.Name)
					require.False(t, step.Since.IsZero())
				}
			}
			_, err := p.Value("no.such", p.Reviewed)
			require.ErrorIs(t, err, hr.ErrNoValue)
			_, err = p.Minutes("no.such", p.Reviewed)
			require.ErrorIs(t, err, hr.ErrNoValue)
		})
	}
}

// A parameter in hours is read as 60 minutes an hour, one that is counted as the minutes it says; what is less than a minute is cut off.
func TestMinutesOfAParameter(t *testing.T) {
	of := func(name, unit, value string) hr.Parameter {
		return hr.Parameter{Name: name, Unit: unit, Steps: []hr.ParameterStep{{
			Since: day("2026-01-01"), Value: decimal.RequireFromString(value), Source: hr.Source{Title: "an act"}, Reviewed: day("2026-10-01"),
		}}}
	}
	pack := attendance.Pack{Code: "xx", Params: []hr.Parameter{of("rest", "count", "45"), of("day", "hours", "7.5"), of("odd", "hours", "0.99"), of("fine", "count", "30.9")}}
	require.NoError(t, pack.Validate())
	for name, want := range map[string]int{"rest": 45, "day": 450, "odd": 59, "fine": 30} { // 59.4
		got, err := pack.Minutes(name, day("2026-10-05"))
		require.NoError(t, err)
		require.Equal(t, want, got, name)
		_, err = pack.Minutes(name, day("2025-12-31"))
		var missing *hr.ParameterError
		require.True(t, errors.As(err, &missing))
		require.Equal(t, []string{name, "2025-12-31"}, []string{missing.Name, missing.On.String()})
	}
	pack.Params = append(pack.Params, of("day", "hours", "8"), of("", "hours", "8"))
	require.Equal(t, []string{"params[4].name", "params[5].name"}, paths(pack.Validate()))
	require.Equal(t, []hr.Rule{attendance.RulePackTwice, hr.RuleParameterName}, rules(pack.Validate()))
}
