package postgres_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// Every call of every story fails once: see storagetest.Faults.
func TestFaults(t *testing.T) {
	crash.Alone(t)
	db := opened(t)
	var n atomic.Int64
	storagetest.Faults(t, func(*testing.T) storagetest.Ports {
		own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
		p := storagetest.PortsOf(storagetest.Core{
			Tx: own, Log: own, Know: own, Journal: own,
			Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
				if audits, err = own.Audits(ctx); err == nil {
					events, err = own.Events(ctx)
				}
				return audits, events, err
			},
		}, own)
		p.Again = map[storagetest.FaultKind]error{
			storagetest.FaultSerialization: &pgconn.PgError{Code: "40001", Message: "could not serialize access"},
			storagetest.FaultDeadlock:      &pgconn.PgError{Code: "40P01", Message: "deadlock detected"},
		}
		return p
	})
}
