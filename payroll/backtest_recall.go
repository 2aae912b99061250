package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
)

// recalled keeps the answers of one port about facts. A back-test asks for the same facts twice, to prove that they are those of then and to
// play them, and a store is asked once.
type recalled[T any] map[recallKey]T

type recallKey struct {
	pin    hr.Pin
	period hr.Period
}

// answers returns one answer for each pin, asking for those that are not known yet.
func (r recalled[T]) answers(pins []hr.Pin, p hr.Period, ask func([]hr.Pin) ([]T, error)) ([]T, error) {
	var missing []hr.Pin
	for _, pin := range pins {
		if _, known := r[recallKey{pin, p}]; !known {
			missing = append(missing, pin)
		}
	}
	if missing != nil {
		given, err := ask(missing)
		if err != nil {
			return nil, err
		}
		if len(given) != len(missing) {
			return nil, fmt.Errorf("payroll: a port gave %d answers for %d pins", len(given), len(missing))
		}
		for i, pin := range missing {
			r[recallKey{pin, p}] = given[i]
		}
	}
	out := make([]T, len(pins))
	for i, pin := range pins {
		out[i] = r[recallKey{pin, p}]
	}
	return out, nil
}

// recalling returns the service with ports that remember. It is for one goroutine, and for so long as the page of a run is played.
func (s Service) recalling() Service {
	s.Terms = recalledTerms{s.Terms, recalled[hr.Timeline[hr.Terms]]{}}
	s.Adjustments = recalledAdjustments{s.Adjustments, recalled[[]hr.Entry[Adjustment]]{}}
	if s.Sheets != nil {
		s.Sheets = recalledSheets{s.Sheets, recalled[hr.Timesheet]{}}
	}
	return s
}

type recalledTerms struct {
	real Terms
	recalled[hr.Timeline[hr.Terms]]
}

func (r recalledTerms) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	return r.answers(pins, p, func(some []hr.Pin) ([]hr.Timeline[hr.Terms], error) { return r.real.TermsOf(ctx, v, some, p) })
}

type recalledSheets struct {
	real Sheets
	recalled[hr.Timesheet]
}

func (r recalledSheets) Timesheets(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	return r.answers(pins, p, func(some []hr.Pin) ([]hr.Timesheet, error) { return r.real.Timesheets(ctx, v, some, p) })
}

type recalledAdjustments struct {
	Adjustments
	recalled[[]hr.Entry[Adjustment]]
}

func (r recalledAdjustments) AdjustmentsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Adjustment], error) {
	return r.answers(pins, hr.Period{}, func(some []hr.Pin) ([][]hr.Entry[Adjustment], error) { return r.Adjustments.AdjustmentsOf(ctx, some) })
}
