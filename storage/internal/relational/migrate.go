package relational

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	// ErrSchemaNewer: the database was migrated by a later program. Use that program, or a later one.
	ErrSchemaNewer = errors.New("the schema of the database is newer than this program")
	// ErrSchemaOlder: migrations are missing. Call Migrate.
	ErrSchemaOlder = errors.New("the schema of the database is older than this program: call Migrate")
	// ErrSchemaForeign: a migration of that number was applied with another text. Somebody else's tables, or an edited migration.
	ErrSchemaForeign = errors.New("the schema of the database was made by other migrations")
)

// migration is one numbered step of the schema.
type migration struct {
	number   int64
	name     string
	text     string
	checksum string
}

// migrations reads files named NUMBER_NAME.sql, in order of number. Statements end with a semicolon at the end of a line.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var out []migration
	for i, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		number, title, _ := strings.Cut(strings.TrimSuffix(name, ".sql"), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n != int64(i+1) {
			return nil, fmt.Errorf("relational: migration %s is not number %d", name, i+1)
		}
		sum := sha256.Sum256(raw)
		out = append(out, migration{n, title, string(raw), hex.EncodeToString(sum[:])})
	}
	return out, nil
}

const migrationTable = `CREATE TABLE IF NOT EXISTS "hr_migration" ("number" bigint PRIMARY KEY, "name" text NOT NULL, "checksum" text NOT NULL, "applied" text NOT NULL)`

// Migrate brings the schema to that of the files, in one transaction that Lock serialises with those of other processes. What is applied
// already is compared and not applied again.
func Migrate(ctx context.Context, engine Engine, files fs.FS, now time.Time) error {
	steps, err := migrations(files)
	if err != nil {
		return err
	}
	tx, err := engine.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	c := reader{tx, engine.Dialect()}
	if lock := engine.Dialect().MigrationLock; lock != "" {
		if err := tx.Query(ctx, lock, nil, func(func(...any) error) error { return nil }); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, migrationTable); err != nil {
		return err
	}
	done, err := compare(ctx, c, steps)
	if err != nil {
		return err
	}
	for _, m := range steps[done:] {
		for _, statement := range strings.Split(m.text, ";\n") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("migration %d %s: %w", m.number, m.name, err)
			}
		}
		if _, err := c.Exec(ctx, `INSERT INTO "hr_migration" ("number", "name", "checksum", "applied") VALUES (?, ?, ?, ?)`,
			m.number, m.name, m.checksum, now.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// Check says whether the schema is that of the files: nil, or one of the errors above.
func Check(ctx context.Context, engine Engine, files fs.FS) error {
	steps, err := migrations(files)
	if err != nil {
		return err
	}
	done, err := compare(ctx, reader{engine.Reader(), engine.Dialect()}, steps)
	if err == nil && done < len(steps) {
		err = ErrSchemaOlder
	}
	return err
}

// compare returns how many of the steps the database has.
func compare(ctx context.Context, c Conn, steps []migration) (done int, err error) {
	err = c.Query(ctx, `SELECT "number", "checksum" FROM "hr_migration" ORDER BY "number"`, nil, func(scan func(...any) error) error {
		var n int64
		var checksum string
		if err := scan(&n, &checksum); err != nil {
			return err
		}
		switch {
		case n > int64(len(steps)):
			return fmt.Errorf("%w: it is at %d, the program at %d", ErrSchemaNewer, n, len(steps))
		case n != int64(done+1) || steps[done].checksum != checksum:
			return fmt.Errorf("%w: number %d", ErrSchemaForeign, n)
		}
		done++
		return nil
	})
	return done, err
}
