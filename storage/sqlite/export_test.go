package sqlite

import (
	"context"
	"io/fs"

	driver "modernc.org/sqlite"

	"github.com/musterhr/hr/storage/internal/relational"
)

// Schema has the statements that the stored types need.
func Schema() []string { return relational.Schema(dialect) }

// Migrations are those of this version.
func Migrations() fs.FS { return migrations() }

// OpenAt is Open of a program with other migrations.
func OpenAt(ctx context.Context, path string, files fs.FS) (*DB, error) {
	return open(ctx, path, files)
}

// Write runs a statement on the connection that writes, to give it a limit.
func Write(ctx context.Context, db *DB, statement string) error {
	_, err := db.engine.writer.ExecContext(ctx, statement)
	return err
}

// LimitLength makes the connection that writes take no value of more bytes.
func LimitLength(ctx context.Context, db *DB, bytes int) error {
	c, err := db.engine.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_, err = driver.Limit(c, 0, bytes) // SQLITE_LIMIT_LENGTH
	return err
}
