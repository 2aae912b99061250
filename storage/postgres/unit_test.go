package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// inUnit asks the server, inside a unit, for what holds in it.
func inUnit(t *testing.T, db *postgres.DB, settings ...string) (out []string) {
	t.Helper()
	require.NoError(t, db.InTx(t.Context(), func(ctx context.Context) error {
		tx, ok := db.Tx(ctx)
		require.True(t, ok)
		for _, name := range settings {
			var value string
			require.NoError(t, tx.QueryRow(ctx, "SELECT current_setting($1)", name).Scan(&value))
			out = append(out, value)
		}
		return nil
	}))
	return out
}

// Every unit has the limits and the level that the options ask for, and those that the documentation promises where they ask for none: without them a
// process that freezes with a guard row keeps everybody from it.
func TestUnitsHaveLimitsAndALevel(t *testing.T) {
	path := database(t)
	for _, c := range []struct {
		options postgres.Options
		want    []string
	}{
		{postgres.Options{}, []string{"1min", "1min", "read committed"}},
		{postgres.Options{Statement: 5 * time.Second, Idle: 7 * time.Second, Isolation: pgx.RepeatableRead}, []string{"5s", "7s", "repeatable read"}},
		{postgres.Options{Isolation: pgx.Serializable}, []string{"1min", "1min", "serializable"}},
	} {
		db, err := postgres.Open(t.Context(), path, c.options)
		require.NoError(t, err)
		require.Equal(t, c.want, inUnit(t, db, "statement_timeout", "idle_in_transaction_session_timeout", "transaction_isolation"))
		db.Close()
	}
}

// A unit that waits between two statements for longer than Idle is ended by the server, and its guard row is free for who comes next.
func TestAFrozenUnitIsEnded(t *testing.T) {
	frozen, path := openedAt(t, postgres.Options{Idle: 200 * time.Millisecond})
	other, err := postgres.Open(t.Context(), path)
	require.NoError(t, err)
	defer other.Close()
	short, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err = frozen.InTx(t.Context(), func(ctx context.Context) error {
		if err := take(ctx, frozen, "E1"); err != nil {
			return err
		}
		require.NoError(t, other.InTx(short, func(ctx context.Context) error { return take(ctx, other, "E1") }), "which waits for the first")
		return take(ctx, frozen, "E1")
	})
	require.ErrorIs(t, err, storage.ErrUnavailable)
	pins, err := other.Heads(t.Context(), "E1")
	require.NoError(t, err)
	require.Equal(t, hr.Seq(1), pins[0].Known.Own, "nothing of the first is left")
}

// Who holds a guard row and does not read what the server has for them is past every limit of time. EndFrozen ends them, and nobody else.
func TestAUnitThatDoesNotReadIsEnded(t *testing.T) {
	db, path := openedAt(t)
	frozen, err := pgx.Connect(t.Context(), path)
	require.NoError(t, err)
	defer func() { _ = frozen.Close(context.Background()) }()
	tx, err := frozen.Begin(t.Context())
	require.NoError(t, err)
	require.NoError(t, take(db.With(t.Context(), tx), db, "E1"))
	_, err = tx.Query(t.Context(), "SELECT repeat('x', 1000) FROM generate_series(1, 100000)") // which nobody reads
	require.NoError(t, err)
	taken := make(chan error, 1)
	go func() {
		taken <- db.InTx(t.Context(), func(ctx context.Context) error { return take(ctx, db, "E1") })
	}()
	ended, err := db.EndFrozen(t.Context(), time.Hour)
	require.NoError(t, err)
	require.Zero(t, ended, "it is not long enough")
	require.Eventually(t, func() bool {
		ended, err := db.EndFrozen(t.Context(), time.Millisecond)
		return err == nil && ended == 1
	}, 20*time.Second, 10*time.Millisecond)
	require.NoError(t, <-taken, "who waited for it goes on")
}

// A transaction of the host's holds what the host writes and what Muster writes: both are there, or neither.
func TestATransactionOfTheHostsIsOneWithOurs(t *testing.T) {
	db, path := openedAt(t)
	own, err := pgxpool.New(t.Context(), path)
	require.NoError(t, err)
	defer own.Close()
	_, err = own.Exec(t.Context(), "CREATE TABLE desk (id text)")
	require.NoError(t, err)
	there := func() (n [2]int) {
		require.NoError(t, own.QueryRow(t.Context(), "SELECT (SELECT count(*) FROM desk), (SELECT count(*) FROM hr_audit)").Scan(&n[0], &n[1]))
		return n
	}
	move := func(policy hr.Policy, end func(pgx.Tx) error) error {
		tx, err := own.Begin(t.Context())
		require.NoError(t, err)
		_, err = tx.Exec(t.Context(), "INSERT INTO desk VALUES ('D1')")
		require.NoError(t, err)
		called := scenario.Note(db.With(t.Context(), tx), db.Kit(policy, time.Now), "c1")
		require.NoError(t, end(tx))
		return called
	}
	commit := func(tx pgx.Tx) error { return tx.Commit(t.Context()) }
	rollback := func(tx pgx.Tx) error { return tx.Rollback(t.Context()) }
	require.NoError(t, move(hr.AllowAll, rollback))
	require.Equal(t, [2]int{0, 0}, there())
	refused := move(nil, rollback)
	require.ErrorIs(t, refused, hr.ErrDenied)
	require.Equal(t, [2]int{0, 0}, there(), "the line of the refusal is rolled back too")
	require.NoError(t, storage.RecordRefusal(t.Context(), db.Kit(nil, time.Now), refused))
	require.Equal(t, [2]int{0, 1}, there(), "and is written when the host asks for it")
	require.NoError(t, move(hr.AllowAll, commit))
	require.Equal(t, [2]int{1, 2}, there())
}

// Every key, every index and every reference begins with the tenant, but for the numbers by which events and audits are ordered.
func TestTheTenantIsInEveryKey(t *testing.T) {
	_, path := openedAt(t)
	c, err := pgx.Connect(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close(context.Background())) }()
	rows, err := c.Query(t.Context(), `SELECT i.indexrelid::regclass::text, a.attname::text, i.indisprimary FROM pg_index AS i JOIN pg_class AS k ON k.oid = i.indrelid
		JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE k.relnamespace = 'public'::regnamespace AND k.relname <> 'hr_migration'
		UNION ALL SELECT f.conname, a.attname, false FROM pg_constraint AS f JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
			WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace`)
	require.NoError(t, err)
	type key struct {
		Name, First string
		Primary     bool
	}
	keys, err := pgx.CollectRows(rows, pgx.RowToStructByPos[key])
	require.NoError(t, err)
	require.Greater(t, len(keys), 90)
	for _, k := range keys {
		if k.First == "position" && (k.Name == "hr_audit_pkey" || k.Name == "hr_event_pkey") {
			continue
		}
		require.Equal(t, "tenant", k.First, k.Name)
	}
}
