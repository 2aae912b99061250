package us

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// notReadAgain marks long-settled law that was not checked word by word for this review.
const notReadAgain = "long-settled law, not read again for this review"

// reviewed is the day on which a person last checked the values of this package against their sources.
const reviewed = "2026-11-24"

func published(title, section, dated, note string) hr.Source {
	s := hr.Source{Title: title, Section: section, Note: note}
	if dated != "" {
		s.Dated = hr.MustDate(dated)
	}
	return s
}

func since(day, value string, s hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Value: decimal.RequireFromString(value), Source: s, Reviewed: hr.MustDate(reviewed)}
}

func doubtful(day, value string, s hr.Source, why string) hr.ParameterStep {
	step := since(day, value, s)
	step.Uncertain = why
	return step
}

func parameter(name, title, unit string, steps ...hr.ParameterStep) hr.Parameter {
	return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: steps}
}
