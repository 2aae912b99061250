package uk_test

import (
	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

func d(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func on(s string) hr.Date { return hr.MustDate(s) }

func rulesOf(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}
