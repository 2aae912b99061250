package sqlite

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/internal/relational"
	"github.com/shopspring/decimal"
)

// dialect is SQLite's: it has texts and integers, so days, instants and decimals are texts that sort by time or read back exactly.
var dialect = relational.Dialect{
	Name: "sqlite",
	Types: relational.Types{
		relational.Text: "text", relational.Integer: "bigint", relational.Boolean: "boolean", relational.Decimal: "text", relational.Day: "text",
		relational.Instant: "text", relational.Secret: "text", relational.Document: "text", relational.Integers: "text", relational.Bytes: "blob",
	},
	Batch:    200, // the driver binds many parameters slowly
	Tables:   "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')",
	Position: "integer PRIMARY KEY AUTOINCREMENT",
	Value:    value,
	List:     func(p *[]int64) any { return integers{p} },
	Whole:    `? GLOB '[[]*]' AND instr(?, '.') = 0`,
	Lines: `SELECT r.tenant, r.run, r.employee, r.period_from, r.period_through, r.pay_date, r.currency, k.position, k.name, k.title, k.kind, k.unit,
  CASE WHEN r.units IS NULL THEN json_extract(r.amounts, '$[' || k.position || ']')
    WHEN k.places = 0 THEN CAST(json_extract(r.units, '$[' || k.position || ']') AS text)
    ELSE printf('%s%d.%0' || k.places || 'd', CASE WHEN json_extract(r.units, '$[' || k.position || ']') < 0 THEN '-' ELSE '' END,
      abs(json_extract(r.units, '$[' || k.position || ']')) / k.one, abs(json_extract(r.units, '$[' || k.position || ']')) % k.one)
  END AS amount
FROM hr_result AS r JOIN hr_payslip_line_kind AS k ON k.tenant = r.tenant AND k.id = r.dictionary`,
}

func value(k relational.Kind, v any) any {
	switch x := v.(type) {
	case hr.Date:
		return x.String()
	case time.Time:
		return relational.InstantText(x)
	case decimal.Decimal:
		return x.String()
	case []int64:
		list := make([]byte, 0, 8*len(x)+2)
		list = append(list, '[')
		for i, n := range x {
			if i > 0 {
				list = append(list, ',')
			}
			list = strconv.AppendInt(list, n, 10)
		}
		return string(append(list, ']'))
	}
	return v
}

// integers reads a list of integers.
type integers struct{ list *[]int64 }

// Scan implements sql.Scanner.
func (i integers) Scan(src any) error {
	switch x := src.(type) {
	case nil:
		*i.list = nil
		return nil
	case string:
		list, err := integersIn(x)
		if err != nil {
			return fmt.Errorf("sqlite: stored amounts are damaged: %w", err)
		}
		*i.list = list
		return nil
	}
	return fmt.Errorf("sqlite: %T is no list of integers", src)
}

// integersIn reads what value has written of a list of integers. Whatever else is a list in JSON is read too.
func integersIn(text string) (list []int64, err error) {
	inner, opens := strings.CutPrefix(text, "[")
	inner, closes := strings.CutSuffix(inner, "]")
	if !opens || !closes || inner == "" {
		err := json.Unmarshal([]byte(text), &list)
		return list, err
	}
	list = make([]int64, 0, strings.Count(inner, ",")+1)
	for one := range strings.SplitSeq(inner, ",") {
		n, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			list = nil
			err := json.Unmarshal([]byte(text), &list)
			return list, err
		}
		list = append(list, n)
	}
	return list, nil
}
