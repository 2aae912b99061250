package memory_test

import (
	"context"
	"testing"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func TestFaults(t *testing.T) {
	storagetest.Faults(t, func(*testing.T) storagetest.Ports {
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
