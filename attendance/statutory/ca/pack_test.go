package ca_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance/statutory/ca"
)

// Every value has its source and the day of its last check, which is that of the pack; a caller's copy is their own.
func TestPack(t *testing.T) {
	p := ca.Pack()
	require.NoError(t, p.Validate())
	for _, x := range p.Params {
		for _, s := range x.Steps {
			require.False(t, s.Reviewed.After(p.Reviewed), x.Name)
			require.NotEmpty(t, s.Source.Section, x.Name)
		}
	}
	p.Params[0].Name = "spoilt"
	require.NotEqual(t, "spoilt", ca.Pack().Params[0].Name)
}

// A day before the law has no value, and nothing is made up for it.
func TestNoValueBeforeTheLaw(t *testing.T) {
	p := ca.Pack()
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
}
