package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/sheet"
	"github.com/musterhr/hr/examples/server/internal/web"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// File is something to save.
type File struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// file adds a route that answers with a file.
func file[I any](a *API, path, tag, summary string, h func(ctx context.Context, r Request, in *I) (desk.File, error)) {
	a.routes = append(a.routes, "GET "+path)
	huma.Register(a.huma, huma.Operation{
		OperationID: operation("GET", path), Method: http.MethodGet, Path: path, Tags: []string{tag}, Summary: summary, Errors: []int{401, 403, 404, 422, 500},
		Responses: map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{"application/octet-stream": {}}}},
	}, func(ctx context.Context, in *I) (*File, error) {
		u, ok := login.From(ctx)
		if !ok {
			return nil, web.NewProblem(http.StatusUnauthorized, web.RuleLogin, "Log in first.")
		}
		f, err := h(ctx, Request{User: u, App: a.Of(u)}, in)
		if err != nil {
			return nil, web.ProblemOf(ctx, a.Log, err)
		}
		return &File{Type: f.Type, Disposition: `attachment; filename="` + f.Name + `"`, Body: f.Bytes}, nil
	})
}

type csvIn struct {
	Writing
	Type    string `header:"Content-Type" doc:"text/csv"`
	RawBody []byte `contentType:"text/csv"`
}

// FileName is a file of a run that can be had.
type FileName struct {
	Name  string `json:"name" example:"register.xlsx"`
	Title string `json:"title"`
}

// Imported says how much came in.
type Imported struct {
	Rows int `json:"rows"`
}

func (a *API) files() {
	get(a, "/v1/payroll/runs/{run}/files", "files", "The files that can be had of a run", func(ctx context.Context, r Request, in *RunPath) (List[FileName], error) {
		if _, err := r.App.Pay.Run(ctx, r.View(), in.Run); err != nil {
			return List[FileName]{}, err
		}
		var out []FileName
		for _, f := range desk.RunFiles(r.App) {
			out = append(out, FileName(f))
		}
		return whole(out), nil
	})
	type fileIn struct {
		RunPath
		Name string `path:"name" maxLength:"100"`
	}
	file(a, "/v1/payroll/runs/{run}/files/{name}", "files", "One file of a run: register, journal, bank file, files of authorities", func(ctx context.Context, r Request, in *fileIn) (desk.File, error) {
		return desk.RunFile(ctx, r.App, r.View(), in.Run, in.Name)
	})
	type balancesIn struct {
		Name string  `path:"name" enum:"leave-balances.csv,leave-balances.xlsx"`
		On   hr.Date `query:"on"`
	}
	file(a, "/v1/exports/{name}", "files", "What everybody has left of each leave type", func(ctx context.Context, r Request, in *balancesIn) (desk.File, error) {
		return r.balancesFile(ctx, in.Name, r.day(in.On))
	})
	a.imports()
}

func (r Request) balancesFile(ctx context.Context, name string, on hr.Date) (desk.File, error) {
	table := sheet.Table{Head: []string{"employee", "name", "type", "balance"}}
	ids, err := r.App.People.Employees(ctx, r.View(), hr.Period{From: on, Through: on}, "", 0)
	if err != nil {
		return desk.File{}, err
	}
	people, err := r.people(ctx, on, ids...)
	if err != nil {
		return desk.File{}, err
	}
	for _, p := range people {
		balances, err := r.balances(ctx, p.ID, on)
		if err != nil {
			return desk.File{}, err
		}
		for _, b := range balances {
			table.Rows = append(table.Rows, []sheet.Cell{sheet.Text(p.ID), sheet.Text(p.Name), sheet.Text(b.Type), sheet.Amount(b.Balance, 2)})
		}
	}
	return desk.TableFile(name, table)
}

func (a *API) imports() {
	upload(a, "/v1/imports/people", "Take over people from an earlier system, with the history of their terms", func(ctx context.Context, r Request, cmd hr.Command, in csvIn) (Imported, error) {
		if _, err := sheet.Read(in.RawBody, true, []string{"employee", "step", "from"}); err != nil {
			return Imported{}, err
		}
		s, err := lifecycle.ReadSheet(bytes.NewReader(in.RawBody), hr.Source{Title: "import by " + string(cmd.Actor.ID), Dated: r.App.Today()})
		if err != nil {
			return Imported{}, err
		}
		ids, err := r.App.People.Import(ctx, cmd, s.Arrivals)
		return Imported{len(ids)}, s.Locate(err)
	})
	upload(a, "/v1/imports/punches", "Take over punches of clocks", func(ctx context.Context, r Request, cmd hr.Command, in csvIn) (Imported, error) {
		punches, err := readPunches(in.RawBody, r.App.Company.Zone)
		if err != nil {
			return Imported{}, err
		}
		ids, err := r.App.Time.Record(ctx, cmd, punches...)
		return Imported{len(ids)}, err
	})
}

// upload adds a route that takes a CSV file.
func upload[O any](a *API, path, summary string, h func(ctx context.Context, r Request, cmd hr.Command, in csvIn) (O, error)) {
	post(a, path, "files", summary, func(ctx context.Context, r Request, cmd hr.Command, in csvIn) (out O, err error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), app.VerbImport); err != nil {
			return out, err
		}
		return h(ctx, r, cmd, in)
	})
	a.Schema().Paths[path].Post.MaxBodyBytes = web.MaxUpload
}

// readPunches reads employee, at, direction and device: at is 2026-10-05 09:28:41 on the company's clock, or with a zone as RFC 3339 has it.
func readPunches(raw []byte, zone *time.Location) ([]attendance.Punch, error) {
	rows, err := sheet.Read(raw, false, []string{"employee", "at", "direction"}, "device")
	if err != nil {
		return nil, err
	}
	var faults hr.Faults
	out := make([]attendance.Punch, len(rows))
	for i, row := range rows {
		at := func(column string) string { return "lines[" + itoa(int64(row.Line)) + "]." + column }
		p := attendance.Punch{Employee: hr.EmployeeID(row.Cells["employee"]), Device: row.Cells["device"], Source: attendance.FromImport}
		if p.Employee == "" {
			faults.Missing(at("employee"), hr.RuleRequired)
		}
		when, err := time.ParseInLocation("2006-01-02 15:04:05", row.Cells["at"], zone)
		if err != nil {
			when, err = time.Parse(time.RFC3339, row.Cells["at"])
		}
		if err != nil {
			faults.Add(at("at"), hr.RuleInvalid, "must be a day and a time, 2026-10-05 09:28:41")
		}
		switch d := attendance.Direction(row.Cells["direction"]); d {
		case attendance.In, attendance.Out, "":
			p.At, p.Direction = when, d
		default:
			faults.Add(at("direction"), hr.RuleInvalid, "must be in, out or empty")
		}
		out[i] = p
	}
	return out, faults.Err()
}
