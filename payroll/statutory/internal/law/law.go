// Package law builds the dated values of packs: a parameter or a table in one line each, with its source and the day it was last
// checked.
package law

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Book is where a pack writes its values from: everything in it was last checked on Reviewed.
type Book struct{ Reviewed hr.Date }

// Since is the value of a parameter from a day on. It panics for what is no day and no number: both are literals of a pack.
func (b Book) Since(day, value string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Value: decimal.RequireFromString(value), Source: source, Reviewed: b.Reviewed}
}

// Doubtful is a step with the reason for the doubt, which every explanation shows.
func Doubtful(s hr.ParameterStep, why string) hr.ParameterStep {
	s.Uncertain = why
	return s
}

// Ends is the day from which a parameter has no value.
func (b Book) Ends(day string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Ends: true, Source: source, Reviewed: b.Reviewed}
}

// Rows is the schedule of one text from a day on.
func (b Book) Rows(text, day string, source hr.Source, rows ...hr.TableRow) hr.TableStep {
	return hr.TableStep{Text: text, Since: hr.MustDate(day), Rows: rows, Source: source, Reviewed: b.Reviewed}
}

// RowsEnd is the day from which a text has no rows.
func (b Book) RowsEnd(text, day string, source hr.Source) hr.TableStep {
	return hr.TableStep{Text: text, Since: hr.MustDate(day), Ends: true, Source: source, Reviewed: b.Reviewed}
}

// UpTo is a row whose limit belongs to it.
func UpTo(limit, value string) hr.TableRow { return row(hr.UpTo, limit, value) }

// Below is a row whose limit belongs to the next.
func Below(limit, value string) hr.TableRow { return row(hr.Below, limit, value) }

// Above is the last row.
func Above(value string) hr.TableRow { return row(hr.Above, "0", value) }

func row(bound hr.Bound, limit, value string) hr.TableRow {
	return hr.TableRow{Bound: bound, Limit: decimal.RequireFromString(limit), Value: decimal.RequireFromString(value)}
}
