package api

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// Organisation is the company's parts on a day.
type Organisation struct {
	On        hr.Date                 `json:"on"`
	Entities  []lifecycle.LegalEntity `json:"entities"`
	Units     []lifecycle.Unit        `json:"units"`
	Positions []lifecycle.Position    `json:"positions"`
}

type onDay struct {
	On hr.Date `query:"on" doc:"the day; empty: today"`
}

func (a *API) organisation() {
	get(a, "/v1/organisation", "organisation", "Entities, units and positions on a day", func(ctx context.Context, r Request, in *onDay) (Organisation, error) {
		o, err := r.App.People.Organisation(ctx, r.View())
		out := Organisation{On: r.day(in.On), Entities: []lifecycle.LegalEntity{}, Units: []lifecycle.Unit{}, Positions: []lifecycle.Position{}}
		if err != nil {
			return out, err
		}
		out.Units = append(out.Units, o.Units(out.On)...)
		out.Positions = append(out.Positions, o.Positions(out.On)...)
		for _, u := range out.Units {
			e, ok := o.LegalEntity(u.Entity, out.On)
			if ok && !slices.Contains(out.Entities, e) {
				out.Entities = append(out.Entities, e)
			}
		}
		return out, nil
	})
}
