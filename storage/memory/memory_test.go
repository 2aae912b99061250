package memory_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// core opens a fresh memory database as the suites see it: the whole harness of a host's own store looks like this.
func core(*testing.T) storagetest.Core {
	db := memory.New()
	return storagetest.Core{
		Tx: db, Log: db, Know: db, Journal: db, Serial: true,
		Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
			if audits, err = db.Audits(ctx); err == nil {
				events, err = db.Events(ctx)
			}
			return audits, events, err
		},
	}
}

func TestCore(t *testing.T) { storagetest.Run(t, core) }
