package postgres

import (
	"io/fs"

	"github.com/musterhr/hr/storage/internal/relational"
)

// Schema has the statements that the stored types need.
func Schema() []string { return relational.Schema(dialect) }

// Migrations are those of this version.
func Migrations() fs.FS { return migrations() }

// Of returns db as a program has it that has other migrations.
func Of(db *DB, files fs.FS) *DB {
	e := *db.engine
	e.files = files
	return &DB{DB: relational.Open(&e, "", nil), engine: &e}
}
