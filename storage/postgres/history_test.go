package postgres_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/storagetest"
	"github.com/musterhr/hr/storage/storagetest/history"
)

// Writers at once are explained by some order of them, at every isolation level that the server offers: see package history.
func TestHistories(t *testing.T) {
	for _, level := range []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead, pgx.Serializable} {
		t.Run(string(level), func(t *testing.T) {
			db := opened(t, postgres.Options{Isolation: level})
			var n atomic.Int64
			history.Check(t, func(*testing.T) storagetest.Ports {
				own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
				return storagetest.PortsOf(storagetest.Core{Tx: own, Log: own, Know: own, Journal: own}, own)
			})
		})
	}
}
