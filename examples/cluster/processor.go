package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// spent is what processes have used of the processor: it says what work costs also on a machine that does other things meanwhile.
type spent struct{ workers, server time.Duration }

func (s spent) less(o spent) spent { return spent{s.workers - o.workers, s.server - o.server} }

// used reads what the workers and the database server have used so far. Where the server is on another machine it is counted as nothing.
func (d *show) used(ctx context.Context, workers *crowd) (s spent, err error) {
	if len(workers.at) == 0 {
		s.workers, err = processor(os.Getpid())
		if err != nil {
			return s, err
		}
	}
	for _, p := range workers.at {
		t, err := processor(p.Process.Pid)
		if err != nil {
			return s, err
		}
		s.workers += t
	}
	rows, err := d.pool.Query(ctx, "SELECT pid FROM pg_stat_activity")
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return s, err
		}
		if name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); err != nil || strings.TrimSpace(string(name)) != "postgres" {
			continue
		}
		if t, err := processor(pid); err == nil { // one may have ended
			s.server += t
		}
	}
	return s, rows.Err()
}

// tick is the unit of /proc.
const tick = 10 * time.Millisecond

// processor reads what a process has used, in its own code and in the kernel.
func processor(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // a name may have spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	var sum int64
	for _, f := range fields[11:13] { // utime, stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return time.Duration(sum) * tick, nil
}
