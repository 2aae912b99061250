package postgres

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/internal/relational"
)

// dialect is PostgreSQL's. Texts compare by their bytes, so that ids come in the order that the ports promise, whatever the locale. A
// division keeps no more places than its operands where the quotient is long, so the view gives it nine: no line has more than six.
var dialect = relational.Dialect{
	Name: "postgres",
	Types: relational.Types{
		relational.Text: `text COLLATE "C"`, relational.Integer: "bigint", relational.Boolean: "boolean", relational.Decimal: "numeric", relational.Day: "date",
		relational.Instant: "timestamptz", relational.Secret: `text COLLATE "C"`, relational.Document: "jsonb", relational.Integers: "bigint[]", relational.Bytes: "bytea",
	},
	Numbered:      true,
	Arrays:        true,
	Batch:         2000,
	Position:      "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
	MigrationLock: "SELECT pg_advisory_xact_lock(7316877374)", // any number that is ours
	Tables:        "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')",
	Value:         value,
	List:          func(p *[]int64) any { return p },
	Whole:         "array_ndims(?) IS NULL OR array_ndims(?) = 1 AND array_position(?, NULL) IS NULL",
	Lines: `SELECT r.tenant, r.run, r.employee, r.period_from, r.period_through, r.pay_date, r.currency, k.position, k.name, k.title, k.kind, k.unit,
  CASE WHEN r.units IS NULL THEN (r.amounts ->> k.position::int)::numeric
    ELSE round(r.units[k.position + 1]::numeric(38, 9) / k.one, k.places::int)
  END AS amount
FROM hr_result AS r JOIN hr_payslip_line_kind AS k ON k.tenant = r.tenant AND k.id = r.dictionary`,
}

// value gives days and decimals in the types of the driver.
func value(_ relational.Kind, v any) any {
	switch x := v.(type) {
	case hr.Date:
		y, m, d := x.Parts()
		return pgtype.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Valid: true}
	case decimal.Decimal:
		return pgtype.Numeric{Int: x.Coefficient(), Exp: x.Exponent(), Valid: true}
	}
	return v
}
