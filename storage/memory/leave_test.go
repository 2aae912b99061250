package memory_test

import (
	"testing"

	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func TestLeave(t *testing.T) {
	storagetest.Leave(t, func(*testing.T) storagetest.LeaveStore {
		db := memory.New()
		return storagetest.LeaveStore{
			Core:     storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
			Requests: db, Ledger: db, Absent: db,
		}
	})
}
