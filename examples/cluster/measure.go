package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/musterhr/hr/payroll"
)

// taken is how long the parts of one month took.
type taken struct {
	create, chunks, finish, approve, begin, post, end time.Duration
	spent                                             spent // by the chunks
}

// work is the part that any number of workers share.
func (t taken) shared() time.Duration { return t.chunks + t.post }

func (t taken) whole() time.Duration {
	return t.create + t.chunks + t.finish + t.approve + t.begin + t.post + t.end
}

// measureAll pays month after month with another number of workers each time: by the calls of one process, and by one, two and up to -workers worker
// processes. The order turns, so that each has early and late months.
func (d *show) measureAll(ctx context.Context) error {
	const tenant = "measured"
	if err := d.hire(ctx, tenant); err != nil {
		return err
	}
	months := make([][]taken, d.workers+1)
	var wal []int64
	n := 0
	for range d.rounds {
		for k := range months {
			workers := (k + n/len(months)) % len(months)
			if n > 0 { // as autovacuum does within a minute of a month; said of an empty table, plans would read all of it from then on
				if _, err := d.pool.Exec(ctx, "ANALYZE"); err != nil {
					return err
				}
			}
			before, err := d.written(ctx)
			if err != nil {
				return err
			}
			t, err := d.measure(ctx, tenant, n, workers)
			if err != nil {
				return err
			}
			after, err := d.written(ctx)
			if err != nil {
				return err
			}
			wal = append(wal, (after-before)/int64(d.employees))
			months[workers] = append(months[workers], t)
			d.say("month", "%d with %s: %s in all; chunks calculated in %s and posted in %s", n, named(workers), round(t.whole()), round(t.chunks), round(t.post))
			n++
		}
	}
	d.say("", "")
	d.say("medians", "of %d months each, seconds; employees a second are those of the chunks, calculated and posted", d.rounds)
	d.say("", "%-20s %7s %10s %7s %8s %10s %7s %7s %7s %10s %7s", "", "create", "calculate", "finish", "approve", "begin pay", "post", "end", "all", "employees", "ratio")
	base := time.Duration(0)
	for workers, all := range months {
		m := func(part func(taken) time.Duration) time.Duration { return median(all, part) }
		shared := m(taken.shared)
		if workers == 1 {
			base = shared
		}
		ratio := ""
		if workers > 0 {
			ratio = fmt.Sprintf("%.2f", base.Seconds()/shared.Seconds())
		}
		s := func(part func(taken) time.Duration) string { return fmt.Sprintf("%.1f", m(part).Seconds()) }
		d.say("", "%-20s %7s %10s %7s %8s %10s %7s %7s %7s %10d %7s", named(workers),
			s(func(t taken) time.Duration { return t.create }), s(func(t taken) time.Duration { return t.chunks }), s(func(t taken) time.Duration { return t.finish }),
			s(func(t taken) time.Duration { return t.approve }), s(func(t taken) time.Duration { return t.begin }), s(func(t taken) time.Duration { return t.post }),
			s(func(t taken) time.Duration { return t.end }), s(taken.whole), int(float64(d.employees)/shared.Seconds()), ratio)
	}
	d.say("", "")
	d.say("processor", "of the chunks: ms for an employee")
	for workers, all := range months {
		ms := func(part func(taken) time.Duration) float64 {
			return median(all, part).Seconds() * 1000 / float64(d.employees)
		}
		own, server, wall := ms(func(t taken) time.Duration { return t.spent.workers }), ms(func(t taken) time.Duration { return t.spent.server }), ms(taken.shared)
		d.say("", "%-20s %.2f by Muster and %.2f by PostgreSQL, in %.2f: %.2f processors were busy with it", named(workers), own, server, wall, (own+server)/wall)
	}
	slices.Sort(wal)
	d.say("", "")
	d.say("WAL", "%d bytes for an employee and month", wal[len(wal)/2])
	return d.sizes(ctx, n)
}

func named(workers int) string {
	switch workers {
	case 0:
		return "one process, no queue"
	case 1:
		return "1 worker"
	}
	return fmt.Sprint(workers, " workers")
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }

func median(all []taken, part func(taken) time.Duration) time.Duration {
	var parts []time.Duration
	for _, t := range all {
		parts = append(parts, part(t))
	}
	slices.Sort(parts)
	return (parts[(len(parts)-1)/2] + parts[len(parts)/2]) / 2
}

// measure pays one month with a number of worker processes; 0 is by the calls of this process.
func (d *show) measure(ctx context.Context, tenant string, n, count int) (t taken, err error) {
	_, _, pay := d.tenant(tenant)
	spec, err := month(n)
	if err != nil {
		return t, err
	}
	workers := &crowd{dsn: d.dsn, errs: os.Stderr}
	defer func() { err = errors.Join(err, workers.stop()) }()
	for range count {
		if _, err := workers.start(); err != nil {
			return t, err
		}
	}
	if count > 0 {
		time.Sleep(500 * time.Millisecond) // until all listen
	}
	at := time.Now()
	lap := func(part *time.Duration) { *part, at = time.Since(at), time.Now() }
	// shared is called around the parts that the workers share
	var before spent
	shared := func(begins bool) error {
		now, err := d.used(ctx, workers)
		if begins {
			before = now
		} else {
			s := now.less(before)
			t.spent.workers, t.spent.server = t.spent.workers+s.workers, t.spent.server+s.server
		}
		return err
	}
	cmd := func(verb string) string { return fmt.Sprint(n, "/", verb) }
	var id payroll.RunID
	if count == 0 {
		if id, err = pay.CreateRun(ctx, command(officer, cmd("create")), spec); err != nil {
			return t, err
		}
		calculate := command(officer, cmd("calculate"))
		chunks, err := pay.BeginCalculate(ctx, calculate, id)
		if err != nil {
			return t, err
		}
		lap(&t.create)
		if err := shared(true); err != nil {
			return t, err
		}
		for i := range chunks {
			if err := pay.CalculateChunk(ctx, calculate, id, i); err != nil {
				return t, err
			}
		}
		lap(&t.chunks)
		if err := shared(false); err != nil {
			return t, err
		}
		if _, err := pay.FinishCalculate(ctx, calculate, id); err != nil {
			return t, err
		}
		lap(&t.finish)
	} else {
		if id, err = d.crew.Start(ctx, command(officer, cmd("create")), tenant, spec); err != nil {
			return t, err
		}
		lap(&t.create)
		if err := shared(true); err != nil {
			return t, err
		}
		if err := d.wait(ctx, tenant, id, func(p payroll.RunProgress) bool { return p.Calculated == p.Members }); err != nil {
			return t, err
		}
		lap(&t.chunks)
		if err := shared(false); err != nil {
			return t, err
		}
		if err := d.wait(ctx, tenant, id, func(p payroll.RunProgress) bool { return p.State == payroll.RunCalculated }); err != nil {
			return t, err
		}
		lap(&t.finish)
	}
	run, err := pay.Run(ctx, view, id)
	if err != nil {
		return t, err
	}
	if run.Failed > 0 {
		return t, fmt.Errorf("%d employees have faults", run.Failed)
	}
	if _, err := pay.Approve(ctx, command(head, cmd("approve")), id, run.Digest); err != nil {
		return t, err
	}
	lap(&t.approve)
	if count == 0 {
		post := command(officer, cmd("pay"))
		chunks, err := pay.BeginPay(ctx, post, id)
		if err != nil {
			return t, err
		}
		lap(&t.begin)
		if err := shared(true); err != nil {
			return t, err
		}
		for i := range chunks {
			if err := pay.PayChunk(ctx, post, id, i); err != nil {
				return t, err
			}
		}
		lap(&t.post)
		if err := shared(false); err != nil {
			return t, err
		}
		if _, err := pay.FinishPay(ctx, post, id); err != nil {
			return t, err
		}
	} else {
		if err := d.crew.Pay(ctx, command(officer, cmd("pay")), tenant, id); err != nil {
			return t, err
		}
		lap(&t.begin)
		if err := shared(true); err != nil {
			return t, err
		}
		if err := d.wait(ctx, tenant, id, func(p payroll.RunProgress) bool { return p.Posted == p.Members }); err != nil {
			return t, err
		}
		lap(&t.post)
		if err := shared(false); err != nil {
			return t, err
		}
		if err := d.wait(ctx, tenant, id, func(p payroll.RunProgress) bool { return p.State == payroll.RunPaid }); err != nil {
			return t, err
		}
	}
	lap(&t.end)
	return t, nil
}

// wait asks for the progress of a run until it is as wanted.
func (d *show) wait(ctx context.Context, tenant string, id payroll.RunID, wanted func(payroll.RunProgress) bool) error {
	for {
		p, err := d.crew.Progress(ctx, view, tenant, id)
		if err != nil {
			return err
		}
		if p.GivenUp > 0 {
			return fmt.Errorf("jobs were given up: %s", p.Reason)
		}
		if wanted(p.RunProgress) {
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// written is how many bytes the server has written to its log since it began.
func (d *show) written(ctx context.Context) (n int64, err error) {
	err = d.pool.QueryRow(ctx, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint").Scan(&n)
	return n, err
}

// sizes tells what a month takes on disk, table by table, with indexes.
func (d *show) sizes(ctx context.Context, months int) error {
	rows, err := d.pool.Query(ctx, `SELECT c.relname, pg_total_relation_size(c.oid), pg_relation_size(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname = current_schema() AND pg_total_relation_size(c.oid) > 100000 ORDER BY 2 DESC`)
	if err != nil {
		return err
	}
	defer rows.Close()
	d.say("size", "%-24s %12s %24s", "table", "MB", "bytes an employee month")
	for rows.Next() {
		var name string
		var all, heap int64
		if err := rows.Scan(&name, &all, &heap); err != nil {
			return err
		}
		d.say("", "%-24s %12.1f %24d, %d of them rows", name, float64(all)/1e6, all/int64(d.employees*months), heap/int64(d.employees*months))
	}
	return rows.Err()
}
