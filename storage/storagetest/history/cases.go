package history

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// row is what a writer reads of a case, and the state of the model. The zero row is a case that is not there.
type row struct {
	Version storage.Version
	Text    string
}

// put reads the case, or puts Row with the version that the writer believes in.
type put struct {
	Read bool
	Row  row
}

// seen is what was read, or whether the put was refused.
type seen struct {
	Row      row
	Conflict bool
}

// port is one case of a port that keeps cases.
type port struct {
	name string
	get  func(ctx context.Context) (row, error)
	put  func(ctx context.Context, r row) error
}

// casePorts are the ports of p that keep cases and on which writers of different people meet.
func casePorts(p storagetest.Ports) (ports []port) {
	if p.Employments != nil {
		ports = append(ports, port{"employments", func(ctx context.Context) (row, error) {
			e, err := p.Employments.Employment(ctx, employee)
			return row{e.Version, e.Person.Name}, err
		}, func(ctx context.Context, r row) error {
			return p.Employments.PutEmployment(ctx, storagetest.Fill[lifecycle.Employment](1, func(e *lifecycle.Employment) { e.ID, e.Version, e.Person.Name = employee, r.Version, r.Text }))
		}})
	}
	if p.LeaveRequests != nil {
		ports = append(ports, port{"leave requests", func(ctx context.Context) (row, error) {
			q, err := p.LeaveRequests.Request(ctx, "R1")
			return row{q.Version, q.Reason}, err
		}, func(ctx context.Context, r row) error {
			return p.LeaveRequests.PutRequest(ctx, storagetest.Fill[leave.Request](1, func(q *leave.Request) { q.ID, q.Version, q.Reason = "R1", r.Version, r.Text }))
		}})
	}
	if p.Runs != nil {
		ports = append(ports, port{"runs", func(ctx context.Context) (row, error) {
			run, err := p.Runs.Run(ctx, "R1")
			return row{run.Version, run.Reason}, err
		}, func(ctx context.Context, r row) error {
			return p.Runs.PutRun(ctx, storagetest.Fill[payroll.Run](1, func(run *payroll.Run) {
				run.ID, run.Of, run.Members, run.Version, run.Reason = "R1", "", run.Members+10, r.Version, r.Text
			}))
		}})
	}
	if p.Openings != nil {
		ports = append(ports, port{"openings", func(ctx context.Context) (row, error) {
			o, err := p.Openings.Opening(ctx, "O1")
			return row{o.Version, o.Title}, err
		}, func(ctx context.Context, r row) error {
			return p.Openings.PutOpening(ctx, storagetest.Fill[recruitment.Opening](1, func(o *recruitment.Opening) {
				o.ID, o.Requisition, o.Seats, o.Version, o.Title = "O1", "", o.Seats+10, r.Version, r.Text
			}))
		}})
	}
	return ports
}

// cases are rows that several put at once: who has an old version is refused, and who is not refused has put upon what they had read.
var cases = kind{
	name: "a case is put only upon the version that is there",
	missing: func(p storagetest.Ports) string {
		if casePorts(p) == nil {
			return "one of Ports.Employments, LeaveRequests, Runs and Openings"
		}
		return ""
	},
	run: func(t testing.TB, p storagetest.Ports, seed uint64, writers int) (operations int) {
		t.Helper()
		m := model[row, put, seen]{step: func(have row, in put, out seen) (row, bool) {
			switch {
			case in.Read:
				return have, out.Row == have
			case out.Conflict:
				return have, in.Row.Version != have.Version
			}
			return row{have.Version + 1, in.Row.Text}, in.Row.Version == have.Version
		}}
		for _, c := range casePorts(p) {
			operations += history(t, m, seed, writers, func(int) writer[put, seen] {
				var believed storage.Version
				return func(r *rand.Rand) (put, func(ctx context.Context) (seen, error)) {
					in := put{Row: row{believed, string(hr.Digest("text/1", r.Uint64()))[:8]}}
					if r.IntN(2) == 0 {
						in = put{Read: true}
					}
					return in, func(ctx context.Context) (out seen, err error) {
						if in.Read {
							out.Row, err = c.get(ctx)
							if errors.Is(err, storage.ErrNotFound) {
								out.Row, err = row{}, nil
							}
							believed = out.Row.Version
							return out, err
						}
						err = p.Tx.InTx(ctx, func(ctx context.Context) error { return c.put(ctx, in.Row) })
						if out.Conflict = errors.Is(err, storage.ErrConflict); out.Conflict {
							return out, nil
						}
						believed = in.Row.Version + 1
						return out, err
					}
				}
			})
		}
		return operations
	},
}
