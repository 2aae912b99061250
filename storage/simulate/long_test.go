package simulate_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/simulate"
)

// The long run: go test ./storage/simulate -run TestLongRun -log testdata/long.log -seeds 1000 -employees 20 -months 24
var (
	logFile = flag.String("log", "", "file of a long run: each history appends a line, and those that it has are not played again")
	workers = flag.Int("workers", runtime.GOMAXPROCS(0), "histories that are played at once")
	hours   = flag.Duration("for", time.Hour, "how long a long run begins new histories")
)

// TestLongRun plays many histories, some at once. It resumes: a history whose line is in the log is not played again.
func TestLongRun(t *testing.T) {
	if *logFile == "" {
		t.Skip("a long run: name its -log")
	}
	done := map[string]bool{}
	if text, err := os.ReadFile(*logFile); err == nil {
		for lines := bufio.NewScanner(strings.NewReader(string(text))); lines.Scan(); {
			done[played(lines.Text())] = true
		}
	}
	log, err := os.OpenFile(*logFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	require.NoError(t, err)
	defer func() { require.NoError(t, log.Close()) }()
	ctx, cancel := context.WithTimeout(t.Context(), *hours)
	defer cancel()
	plans := make(chan simulate.Plan)
	go func() {
		defer close(plans)
		for i := range *seeds {
			seed := *firstSeed + uint64(i)
			p := plan(seed).For(drawn(t, seed))
			if done[played(begin(p))] {
				continue
			}
			select {
			case plans <- p:
			case <-ctx.Done():
				return
			}
		}
	}()
	all, err := simulate.Companies()
	require.NoError(t, err)
	companies := map[string]simulate.Company{} // they hold no state: histories that are played at once share them
	for _, c := range all {
		companies[c.Name] = c
	}
	var one sync.Mutex
	var group sync.WaitGroup
	for range *workers {
		group.Go(func() {
			for p := range plans {
				s, company := simulate.Write(p), companies[p.Company]
				began := time.Now()
				out, err := simulate.Play(t.Context(), company, s, memory.New(), simulate.Options{})
				took := time.Since(began).Seconds()
				one.Lock()
				years := p.Employees * p.Months / 12
				_, _ = fmt.Fprintf(log, "%s years=%d steps=%d refused=%d faults=%d violations=%d seconds=%.1f years/s=%.1f digest=%s struck=%s\n", begin(p), years,
					len(out.Lines), out.Refused, out.Faults, len(out.Violations), took, float64(years)/took, out.Digest()[:16], kinds(out.Struck))
				one.Unlock()
				if err != nil || len(out.Violations) > 0 {
					t.Errorf("seed %d: %v %v", p.Seed, err, out.Violations)
					keep(t, s)
				}
			}
		})
	}
	group.Wait()
}

// begin is how the line of a history begins, which says how to play it again.
func begin(p simulate.Plan) string {
	return fmt.Sprintf("company=%s seed=%d employees=%d months=%d from=%s faults=%d beside=%d attacks=%d", p.Company, p.Seed, p.Employees, p.Months, p.From, p.Faults, p.Beside, p.Attacks)
}

// kinds lists how many faults of each kind there were: "ahead:3,behind:1".
func kinds(struck map[simulate.FaultKind]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(struck)) {
		out = append(out, fmt.Sprintf("%s:%d", k, struck[k]))
	}
	return strings.Join(out, ",")
}

func played(line string) string {
	what, _, _ := strings.Cut(line, " years=")
	return what
}

// keep writes a script that fails beside the log, to be made small and to become a story.
func keep(t *testing.T, s simulate.Script) {
	f, err := os.Create(filepath.Join(filepath.Dir(*logFile), fmt.Sprintf("failed-%d.history", s.Seed)))
	if err == nil {
		_, err = s.WriteTo(f)
		_ = f.Close()
	}
	if err != nil {
		t.Error(err)
	}
}
