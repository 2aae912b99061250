package formula

import (
	"fmt"
	"io"
	"slices"

	"github.com/musterhr/hr"
)

// Piece is a stretch of days of the period in which nothing changes: neither a rate nor a rule.
type Piece struct {
	Period hr.Period
	Values []Value // by input; only those of inputs by piece are read
}

// Request is one calculation. It holds pay, so it prints without values.
type Request struct {
	Period  hr.Period // required, with an end
	PayDate hr.Date   // required where a parameter or table is read by the day of payment
	Values  []Value   // by input; those of inputs by piece are not read
	Pieces  []Piece   // in order, inside the period, without overlap; required where the program reads anything by piece
	Trace   bool      // keep what [Result.Trace] needs

	// Evidence returns the facts behind an input, for traces; piece is -1 for a value of the whole period. It may be nil,
	// and is only called by [Result.Trace].
	Evidence func(input string, piece int) []hr.Ref
}

// Format shows the period only, whatever the verb.
func (r Request) Format(s fmt.State, _ rune) {
	_, _ = io.WriteString(s, "formula request for "+r.Period.String())
}

// Format shows the period only, whatever the verb.
func (p Piece) Format(s fmt.State, _ rune) {
	_, _ = io.WriteString(s, "piece "+p.Period.String())
}

// complete fills in the defaults of inputs that are not given, in copies: the request is the caller's.
func (p *Program) complete(r Request) Request {
	filled := func(values []Value, byPiece bool) []Value {
		out := make([]Value, max(len(values), len(p.inputs)))
		copy(out, values)
		for i, in := range p.inputs {
			if in.ByPiece == byPiece && out[i].IsZero() {
				out[i] = in.Default
			}
		}
		return out
	}
	r.Values, r.Pieces = filled(r.Values, false), slices.Clone(r.Pieces)
	for i, piece := range r.Pieces {
		r.Pieces[i].Values = filled(piece.Values, true)
	}
	return r
}

// validate reports everything that is wrong with a complete request.
func (p *Program) validate(r Request) error {
	var faults hr.Faults
	if err := r.Period.Validate(); err != nil || r.Period.Open() {
		faults.Add("period", RuleRequestPeriod, "must have a first and a last day")
	}
	if p.needPayDate && r.PayDate.IsZero() {
		faults.Missing("payDate", RuleRequestPayDate)
	}
	if len(r.Values) > len(p.inputs) {
		faults.Add("values", RuleRequestInput, "there are %d inputs", len(p.inputs))
	}
	for i, in := range p.inputs {
		if !in.ByPiece {
			p.given(&faults, -1, i, r.Values)
		}
	}
	p.validatePieces(&faults, r)
	return faults.Err()
}

// given checks the value of one input, of the period where piece is -1; the request is complete.
func (p *Program) given(faults *hr.Faults, piece, i int, values []Value) {
	v := values[i]
	if v.kind == p.inputKind[i] && (v.kind != numeric || fits(v.num)) {
		return
	}
	path := fmt.Sprintf("values[%d] %s", i, p.inputs[i].Name)
	if piece >= 0 {
		path = fmt.Sprintf("pieces[%d].%s", piece, path)
	}
	switch {
	case v.IsZero():
		faults.Missing(path, RuleRequestInput)
	case v.kind != p.inputKind[i]:
		faults.Add(path, RuleRequestType, "must be %s", dim{kind: p.inputKind[i]}.noun())
	default:
		faults.Add(path, RuleRequestSize, "must have at most %d digits before the point and %d behind it", maxWhole, maxPlaces)
	}
}

// noun names a kind of value for a sentence.
func (d dim) noun() string {
	switch d.kind {
	case dated:
		return "a day"
	case worded:
		return "a text"
	case flagged:
		return "a yes or a no"
	}
	return "a number"
}

func (p *Program) validatePieces(faults *hr.Faults, r Request) {
	if p.needPieces && len(r.Pieces) == 0 {
		faults.Missing("pieces", RuleRequestPieces)
	}
	if len(r.Pieces) > MaxPieces {
		faults.Add("pieces", RuleRequestPieces, "are more than %d", MaxPieces)
		return
	}
	for i, piece := range r.Pieces {
		period := func(reason string) { faults.Add(fmt.Sprintf("pieces[%d].period", i), RuleRequestPieces, "%s", reason) }
		switch {
		case piece.Period.Validate() != nil || piece.Period.Open():
			period("must have a first and a last day")
		case !r.Period.Covers(piece.Period):
			period("must lie inside the period")
		case i > 0 && !piece.Period.From.After(r.Pieces[i-1].Period.Through):
			period("must begin after the piece before it ends")
		}
		if len(piece.Values) > len(p.inputs) {
			faults.Add(fmt.Sprintf("pieces[%d].values", i), RuleRequestInput, "there are %d inputs", len(p.inputs))
		}
		for j, in := range p.inputs {
			if in.ByPiece {
				p.given(faults, i, j, piece.Values)
			}
		}
	}
}
