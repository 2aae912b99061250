package app

import (
	"context"
	"io"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/office"
)

// SeededAt is the moment on the company's clock at which [App.Seed] ends and the program begins: the evening on which the month is closed.
func (a *App) SeededAt() time.Time { return a.Company.ClosedAt }

// Seeded reports whether the store has the company's people already.
func (a *App) Seeded(ctx context.Context) (bool, error) {
	ids, err := a.Store.EmployedIn(ctx, a.Company.Period, "", 1)
	return len(ids) > 0, err
}

// Seed fills an empty store with the company's past, as it happened and on its own clock, and says what it does. It works as everybody
// at once, so it has a policy of its own that allows everything.
func (a *App) Seed(ctx context.Context, says io.Writer) error {
	now := a.Company.First.From.At(hr.MustTimeOfDay("09:00"), a.Company.Zone)
	past := New(a.Company, a.Store, hr.AllowAll, func() time.Time { return now })
	o := office.Over(a.Company, past.People, past.Leave, past.Time, past.Pay, past.Hiring, &now, says)
	if _, err := o.Prepare(ctx); err != nil {
		return err
	}
	return past.live(ctx, &now)
}
