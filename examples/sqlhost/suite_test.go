package main

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// open returns the host over a file of its own. Units run one after the other, as in every SQLite file.
func open(t *testing.T) (*Host, storagetest.Core) {
	h, err := Open(t.Context(), filepath.Join(t.TempDir(), "host.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	return h, storagetest.Core{
		Tx: h, Log: h.muster, Know: h.muster, Journal: h.muster, Serial: true,
		Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
			if audits, err = h.muster.Audits(ctx); err == nil {
				events, err = h.muster.Events(ctx)
			}
			return audits, events, err
		},
	}
}

// The host's transaction is a unit of work, with Muster's own ports in it.
func TestCore(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storagetest.Core { _, c := open(t); return c })
}

// The two ports that the host keeps in its own tables, and beside them what shares their units.
func TestLeave(t *testing.T) {
	storagetest.Leave(t, func(t *testing.T) storagetest.LeaveStore {
		h, c := open(t)
		for _, number := range []hr.EmployeeID{"E1", "E2"} { // a request is of somebody on the staff
			require.NoError(t, h.PutEmployment(t.Context(), lifecycle.Employment{ID: number, Start: hr.MustDate("2026-04-01")}))
		}
		return storagetest.LeaveStore{Core: c, Requests: h, Ledger: h.muster, Absent: h.muster}
	})
}

func TestLifecycle(t *testing.T) {
	storagetest.Lifecycle(t, func(t *testing.T) storagetest.LifecycleStore {
		h, c := open(t)
		return storagetest.LifecycleStore{Core: c, Employments: h, Facts: h.muster}
	})
}
