package attendance_test

import (
	"testing"

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
