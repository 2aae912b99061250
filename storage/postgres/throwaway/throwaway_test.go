package throwaway_test

import (
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/postgres/throwaway"
)

func TestStart(t *testing.T) {
	dsn, stop, err := throwaway.Start("max_connections=7")
	if err != nil && os.Getenv("MUSTER_POSTGRES_REQUIRED") == "" {
		t.Skip("no PostgreSQL: install its server:", err)
	}
	require.NoError(t, err)
	c, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	var n string
	require.NoError(t, c.QueryRow(t.Context(), "SHOW max_connections").Scan(&n))
	require.Equal(t, "7", n)
	require.NoError(t, c.Close(t.Context()))
	stop()
	_, err = pgx.Connect(t.Context(), dsn)
	require.Error(t, err, "the server is still there")
}
