package postgres

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/internal/relational"
)

// copied is rows in the binary form of COPY, which is made as the server takes it: the driver's own way asks for the types of the columns
// and looks for a way to write each value, which costs as much as the server does.
//
// The form is that of https://www.postgresql.org/docs/current/sql-copy.html.
type copied struct {
	kinds []relational.Kind
	rows  int
	row   func(i int) []any
	types *pgtype.Map // for what is not simple

	begun, ended bool
	next         int
	made         []byte // and not read yet
	buffer       []byte
}

func copyStatement(to relational.Target) string {
	columns := make([]string, len(to.Columns))
	for i, c := range to.Columns {
		columns[i] = pgx.Identifier{c}.Sanitize()
	}
	return "COPY " + pgx.Identifier{to.Table}.Sanitize() + " (" + strings.Join(columns, ", ") + ") FROM STDIN BINARY"
}

// Read implements io.Reader.
func (c *copied) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(c.made) == 0 {
			if c.ended {
				break
			}
			if err := c.more(len(p)); err != nil {
				return 0, err
			}
		}
		taken := copy(p[n:], c.made)
		n, c.made = n+taken, c.made[taken:]
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// more makes rows until there is enough to send.
func (c *copied) more(enough int) (err error) {
	b := c.buffer[:0]
	if !c.begun {
		c.begun = true
		b = append(b, "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	}
	for ; c.next < c.rows && len(b) < enough; c.next++ {
		values := c.row(c.next)
		b = binary.BigEndian.AppendUint16(b, uint16(len(values))) //nolint:gosec // columns of a table
		for i, v := range values {
			if b, err = c.add(b, c.kinds[i], v); err != nil {
				return err
			}
		}
	}
	if c.next == c.rows {
		c.ended = true
		b = append(b, 0xff, 0xff) // no more rows
	}
	c.buffer, c.made = b, b
	return nil
}

// add appends a value: its length and then its bytes. A length of -1 is null.
func (c *copied) add(b []byte, k relational.Kind, v any) ([]byte, error) {
	if v == nil {
		return append(b, 0xff, 0xff, 0xff, 0xff), nil
	}
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	switch x := v.(type) {
	case string:
		if k == relational.Document {
			b = append(b, 1) // the version of jsonb's form
		}
		b = append(b, x...)
	case int64:
		b = binary.BigEndian.AppendUint64(b, uint64(x)) //nolint:gosec // the bits as they are
	case bool:
		b = append(b, 0)
		if x {
			b[len(b)-1] = 1
		}
	case []byte:
		b = append(b, x...)
	case hr.Date:
		b = binary.BigEndian.AppendUint32(b, uint32(x.Since(epoch))) //nolint:gosec // likewise
	case time.Time:
		b = binary.BigEndian.AppendUint64(b, uint64(x.UnixMicro()-epochMicros)) //nolint:gosec // likewise
	case []int64:
		b = binary.BigEndian.AppendUint32(b, 1) // dimensions
		b = binary.BigEndian.AppendUint32(b, 0) // none of them is null
		b = binary.BigEndian.AppendUint32(b, pgtype.Int8OID)
		b = binary.BigEndian.AppendUint32(b, uint32(len(x))) //nolint:gosec // lines of a payslip
		b = binary.BigEndian.AppendUint32(b, 1)              // the first is number 1
		for _, n := range x {
			b = binary.BigEndian.AppendUint32(b, 8)
			b = binary.BigEndian.AppendUint64(b, uint64(n)) //nolint:gosec // likewise
		}
	case decimal.Decimal:
		var err error
		if b, err = c.types.Encode(pgtype.NumericOID, pgtype.BinaryFormatCode, value(k, x), b); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("postgres: a %T has no column", v)
	}
	binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at-4)) //nolint:gosec // a value has less than 2 GB, or the server refuses it
	return b, nil
}

// Days and instants are counted from the year 2000.
var (
	epoch       = hr.MustDate("2000-01-01")
	epochMicros = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
)
