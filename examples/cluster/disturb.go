package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/riverrun"
)

// disturb pays the same month alone and in many processes of which some die, and compares.
func (d *show) disturb(ctx context.Context) (err error) {
	for _, name := range []string{"alone", "together"} {
		if err := d.hire(ctx, name); err != nil {
			return err
		}
	}
	want, err := d.alone(ctx, "alone", 0)
	if err != nil {
		return err
	}
	workers := &crowd{dsn: d.dsn, errs: os.Stderr}
	defer func() { err = errors.Join(err, workers.stop()) }()
	for range d.workers {
		p, err := workers.start()
		if err != nil {
			return err
		}
		d.say("together", "worker %d", p.Process.Pid)
	}
	_, _, pay := d.tenant("together")
	spec, err := month(0)
	if err != nil {
		return err
	}
	begun := time.Now()
	id, err := d.crew.Start(ctx, command(officer, "0/create"), "together", spec)
	if err != nil {
		return err
	}
	if err := d.hurt(ctx, workers, id, "calculated", payroll.RunCalculated, func(p riverrun.Progress) int { return p.Calculated }); err != nil {
		return err
	}
	run, err := pay.Run(ctx, view, id)
	if err != nil {
		return err
	}
	d.say("together", "calculated %d employees in %s", run.Members, since1(begun))
	begun = time.Now()
	if _, err := pay.Approve(ctx, command(head, "0/approve"), id, run.Digest); err != nil {
		return err
	}
	if err := d.crew.Pay(ctx, command(officer, "0/pay"), "together", id); err != nil {
		return err
	}
	if err := d.hurt(ctx, workers, id, "posted", payroll.RunPaid, func(p riverrun.Progress) int { return p.Posted }); err != nil {
		return err
	}
	d.say("together", "paid them in %s", since1(begun))
	if _, err := pay.Close(ctx, command(officer, "0/close"), id); err != nil {
		return err
	}
	return d.compare(ctx, id, want, run.Digest, workers.killed)
}

// hurt waits until a run is in a state. On the way it kills workers, freezes one, and thaws it once the others have done the rest.
func (d *show) hurt(ctx context.Context, workers *crowd, id payroll.RunID, what string, until payroll.RunState, done func(riverrun.Progress) int) error {
	kills, freezes := 0, 0
	first, err := d.crew.Progress(ctx, view, "together", id)
	if err != nil {
		return err
	}
	last, told := first, first
	due := func(n int) bool { return done(last) >= (n+1)*d.employees/(d.kills+2) && last.State != until }
	for last.State != until {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
		if last, err = d.crew.Progress(ctx, view, "together", id); err != nil {
			return err
		}
		if last.GivenUp > 0 {
			return fmt.Errorf("jobs were given up: %s", last.Reason)
		}
		switch {
		case kills < d.kills && due(kills):
			kills++
			gone, instead, err := workers.kill()
			if err != nil {
				return err
			}
			d.say("together", "%d of %d are %s: killed worker %d, and worker %d comes", done(last), d.employees, what, gone, instead)
		case kills == d.kills && freezes == 0 && due(kills):
			freezes++
			pid, err := workers.freeze()
			if err != nil {
				return err
			}
			d.say("together", "%d of %d are %s: froze worker %d", done(last), d.employees, what, pid)
		case last.At.Sub(told.At) > 2*time.Second:
			d.say("together", "%d of %d are %s, %d a second", done(last), d.employees, what, last.Rate(told))
			told = last
		}
	}
	if kills < d.kills || freezes == 0 {
		return errors.New("the work was done before everybody was hurt: there must be more employees")
	}
	pids, err := workers.thaw()
	d.say("together", "%d of %d are %s: thawed worker %v, which goes on with what it knew", done(last), d.employees, what, pids)
	return err
}

// compare is the proof: everybody once, one payment each, the same digest.
func (d *show) compare(ctx context.Context, id payroll.RunID, alone, together string, killed int) error {
	time.Sleep(time.Second) // whoever was thawed has its chance to do harm
	db, _, pay := d.tenant("together")
	run, err := pay.Run(ctx, view, id)
	if err != nil {
		return err
	}
	employees, payments, wrong := 0, 0, 0
	for after := hr.EmployeeID(""); ; {
		results, err := pay.Members(ctx, view, id, after, 1000)
		if err != nil {
			return err
		}
		if len(results) == 0 {
			break
		}
		after = results[len(results)-1].Employee
		pins := make([]hr.Pin, len(results))
		for i, r := range results {
			pins[i].Employee = r.Employee
		}
		posted, err := db.PostingsOf(ctx, pins)
		if err != nil {
			return err
		}
		for i, entries := range posted {
			payments += len(entries)
			if len(entries) != 1 || entries[0].Value.Run != id || entries[0].Value.Slip != results[i].Slip.Digest() {
				wrong++
			}
		}
		employees += len(results)
	}
	d.say("everybody", "%d employees have %d payslips and %d payments, %d of them not exactly one of their own; %d workers were killed", d.employees, employees, payments, wrong, killed)
	d.say("run", "%s, %d members, %d posted", run.State, run.Members, run.Posted)
	d.say("alone", "digest %s", alone)
	d.say("together", "digest %s", together)
	if employees != d.employees || payments != d.employees || wrong > 0 || run.Posted != d.employees || alone != together {
		return errors.New("that is not what one process left")
	}
	d.say("the same", "everybody once, one payment each, the same digest")
	return nil
}
