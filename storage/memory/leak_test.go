package memory_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/leak"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// A person is recruited, hired, paid, paid again after a raise that came late, lost and erased, with planted values and everything that can go wrong on the way. Logs,
// errors, panics, events, the audit, the command log and the export of somebody else show no salary, account or identity number.
func TestNothingThatIsPrintedShowsPayOrNumbers(t *testing.T) {
	leak.Prove(t, 4, func(*testing.T) storagetest.Ports {
		db := memory.New()
		return storagetest.PortsOf(storagetest.Core{
			Tx: db, Log: db, Know: db, Journal: db, Serial: true,
			Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
				if audits, err = db.Audits(ctx); err == nil {
					events, err = db.Events(ctx)
				}
				return audits, events, err
			},
		}, db)
	})
}

// The sink would see what is printed: the same values without their containers are found.
func TestTheSinkSeesWhatLeaks(t *testing.T) {
	for _, careless := range []any{
		fmt.Errorf("account %s is wrong", leak.Account),
		&hr.FieldError{Path: "person.identities[0]", Rule: "x", Reason: leak.PAN + " is taken"},
		map[string]any{"basic": leak.Salary},
		struct{ Number string }{leak.Account},
		decimal.RequireFromString(leak.Raise),
	} {
		s := leak.NewSink()
		s.See("careless", careless)
		require.NotEmpty(t, leak.Leaks(s.String()), "%T", careless)
	}
	require.Equal(t, []string{leak.Account}, leak.Leaks("7373137e 87373137 a7373137 "+leak.Account+"-1"), "digits inside of an address or a digest are no amount")
	require.Equal(t, []string{"7373137"}, leak.Leaks("a7373137 units=7373137;"))
}
