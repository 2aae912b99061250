package uk

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
)

// TaxCode is a tax code taken apart. The zero TaxCode is none.
type TaxCode struct {
	Region string // "rUK", "wales" (C) or "scotland" (S): whose rates hold
	Kind   string // "free" (1257L, 0T), "k", "flat" (BR, D0...) or "none" (NT)
	Number int    // of a free or a K code
	Band   int    // of a flat code: which band's rate, 1 the lowest
	Week1  bool   // week 1 or month 1 basis: each payment stands alone
}

var taxCode = regexp.MustCompile(`^([SC]?)(?:(\d{1,6})([LMNT])|K(\d{1,4})|(BR)|D(\d)|(NT))(?: ?(W1/M1|W1|M1|X|NONCUM))?$`)

// ReadTaxCode reads a code as it is written on a notice: "1257L", "S1257L W1", "CK475", "0T M1", "SD2". Capitals do not matter. A code that
// HMRC cannot issue is a [hr.FieldError] with RuleTaxCode: an unknown form, K0, a rate that the region does not have (D2, SD4).
// Source: HMRC specification for PAYE tax table routines v24.0, para 3.3.2; PAYE manual PAYE11015.
func ReadTaxCode(s string) (TaxCode, error) {
	fault := func(reason string) (TaxCode, error) {
		return TaxCode{}, &hr.FieldError{Path: "tax_code", Rule: RuleTaxCode, Reason: reason}
	}
	m := taxCode.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil {
		return fault("is no tax code: write one such as 1257L, S1257L, K475, BR, D0, 0T or NT, with W1 or M1 behind it for week 1 basis")
	}
	c := TaxCode{Region: map[string]string{"": "rUK", "C": "wales", "S": "scotland"}[m[1]], Week1: m[8] != ""}
	top := map[string]int{"rUK": 3, "wales": 3, "scotland": 6}[c.Region]
	basic := map[string]int{"rUK": 1, "wales": 1, "scotland": 2}[c.Region]
	switch {
	case m[2] != "":
		c.Kind = "free"
		c.Number, _ = strconv.Atoi(m[2])
		if c.Number == 0 && m[3] != "T" {
			return fault("a code without an allowance is written 0T")
		}
	case m[4] != "":
		c.Kind = "k"
		if c.Number, _ = strconv.Atoi(m[4]); c.Number == 0 {
			return fault("a K code has a number from 1")
		}
	case m[5] != "":
		c.Kind, c.Band = "flat", basic
	case m[6] != "":
		c.Kind = "flat"
		if c.Band = basic + 1 + int(m[6][0]-'0'); c.Band > top {
			return fault("there is no such rate: D0 and D1, in Scotland SD0 to SD3")
		}
	default:
		c.Kind = "none"
	}
	return c, nil
}

// Answers returns the code as the pack's formulas ask for it.
func (c TaxCode) Answers() []hr.Answer {
	week1 := "no"
	if c.Week1 {
		week1 = "yes"
	}
	return []hr.Answer{
		{Name: "tax_region", Text: c.Region},
		{Name: "tax_code_kind", Text: c.Kind},
		{Name: "tax_code_number", Text: strconv.Itoa(c.Number)},
		{Name: "tax_code_band", Text: strconv.Itoa(c.Band)},
		{Name: "tax_week1", Text: week1},
	}
}
