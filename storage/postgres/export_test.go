package postgres

import "github.com/musterhr/hr/storage/internal/relational"

// Schema has the statements that the stored types need.
func Schema() []string { return relational.Schema(dialect) }
