package sqlite_test

import (
	"testing"

	"github.com/musterhr/hr/storage/storagetest"
	"github.com/musterhr/hr/storage/storagetest/history"
)

// Writers at once are explained by some order of them: see package history.
func TestHistories(t *testing.T) {
	fresh := open(t)
	history.Check(t, func(t *testing.T) storagetest.Ports {
		db, c := fresh(t)
		return storagetest.PortsOf(c, db)
	})
}
