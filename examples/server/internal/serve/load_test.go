package serve_test

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/examples/server/internal/webhook"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/sqlite"
)

// -load 10000 measures the server over a SQLite file with so many employees: a month of payroll through the API, and payslips read by 100 at
// once. It prints figures, each beside that of a handler that does nothing, from the same run on the same machine.
var load = flag.Int("load", 0, "how many employees to measure the server with; 0: it is not measured")

func TestLoad(t *testing.T) {
	if *load == 0 {
		t.Skip("go test ./internal/serve -run TestLoad -load 10000 -v measures")
	}
	s := crowd(t, *load)
	preparer := s.Token(t, "payroll, prepares", login.ScopeWrite)

	begun := time.Now()
	var run struct{ ID string }
	status, out := preparer.Post("/v1/payroll/runs", "load-create", map[string]any{"kind": "regular", "period": "2026-09-01..2026-09-30", "pay_date": "2026-09-30"}, &run)
	require.Equal(t, http.StatusOK, status, "%s", out)
	created := time.Since(begun)
	begun = time.Now()
	status, out = preparer.Post("/v1/payroll/runs/"+run.ID+"/calculation", "load-calculate", nil, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	var progress struct {
		State    string
		Done, Of int
		Fault    string
	}
	for progress.State != "calculated" {
		require.Equal(t, http.StatusOK, preparer.Get("/v1/payroll/runs/"+run.ID+"/progress", &progress))
		require.Empty(t, progress.Fault)
		time.Sleep(20 * time.Millisecond)
	}
	calculated := time.Since(begun)
	require.Equal(t, *load, progress.Done)
	var state struct{ Failed, Members int }
	require.Equal(t, http.StatusOK, preparer.Get("/v1/payroll/runs/"+run.ID, &state))
	require.Zero(t, state.Failed)
	t.Logf("payroll of %d employees on SQLite, through the API and stored: created in %.1f s, calculated in %.1f s, %.1f s in all", state.Members, created.Seconds(), calculated.Seconds(), (created + calculated).Seconds())

	const readers, each = 100, 100
	doNothing := func(int) string { return "/livez" }
	payslip := func(int) string { return fmt.Sprintf("/v1/payroll/runs/%s/payslips/L%05d", run.ID, rand.IntN(*load)) }
	plain := hammer(t, s.URL, preparer, readers, each, 0, doNothing)
	slips := hammer(t, s.URL, preparer, readers, each, 0, payslip)
	looking := hammer(t, s.URL, preparer, readers, 10, time.Second, payslip)
	idle := hammer(t, s.URL, preparer, readers, 10, time.Second, doNothing)
	t.Logf("a handler that does nothing, %d readers at once: %s", readers, plain)
	t.Logf("a payslip of %d, %d readers at once: %s; p99 is %.1f times the plain handler's, throughput %.2f of its", *load, readers, slips, float64(slips.p99)/float64(plain.p99), slips.perSecond/plain.perSecond)
	t.Logf("%d readers who look at each payslip for about a second: %s; a handler that does nothing: %s", readers, looking, idle)
}

// figures are how long requests took.
type figures struct {
	p50, p99  time.Duration
	perSecond float64
}

func (f figures) String() string {
	return fmt.Sprintf("p50 %.1f ms, p99 %.1f ms, %.0f a second", float64(f.p50.Microseconds())/1000, float64(f.p99.Microseconds())/1000, f.perSecond)
}

// hammer has many readers read at once, each one request after another, and after looking at each for a while on average.
func hammer(t *testing.T, at string, c *servetest.Client, readers, each int, look time.Duration, path func(n int) string) figures {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers, MaxConnsPerHost: readers}}
	took := make([][]time.Duration, readers)
	read := func(path string) time.Duration {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at+path, nil)
		if err != nil {
			t.Error(err)
			return 0
		}
		r.Header.Set("Authorization", "Bearer "+c.BearerToken())
		begun := time.Now()
		answer, err := client.Do(r)
		if err != nil {
			t.Error(err)
			return 0
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
		return time.Since(begun)
	}
	for range readers { // connections and caches
		read(path(0))
	}
	begun := time.Now()
	var all sync.WaitGroup
	for i := range readers {
		all.Go(func() {
			for n := range each {
				if look > 0 {
					time.Sleep(time.Duration(rand.Int64N(int64(2 * look))))
				}
				took[i] = append(took[i], read(path(n)))
			}
		})
	}
	all.Wait()
	whole := time.Since(begun)
	flat := slices.Sorted(slices.Values(slices.Concat(took...)))
	return figures{flat[len(flat)/2], flat[len(flat)*99/100], float64(len(flat)) / whole.Seconds()}
}

// crowd is a server over a SQLite file with so many people, each on the terms of one of the specimen's.
func crowd(t *testing.T, n int) *servetest.Server {
	t.Helper()
	c, err := app.Specimen()
	require.NoError(t, err)
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "muster.db"), sqlite.Options{Tenant: sample.Tenant, Readers: 8})
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	own, err := records.OpenFile(t.Context(), filepath.Join(dir, "server.db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = own.Close() })
	now := hr.MustDate("2026-09-30").At(hr.MustTimeOfDay("20:00"), c.Zone)
	a := app.New(c, db, hr.AllowAll, func() time.Time { return now })
	by := func(id string) hr.Command {
		return hr.Command{ID: hr.CommandID(id), Actor: hr.Actor{ID: "load"}, Purpose: "load"}
	}
	_, err = a.Pay.Adopt(t.Context(), by("adopt"), c.Plan, hr.Period{From: c.First.From})
	require.NoError(t, err)
	begun := time.Now()
	var rows []lifecycle.Arrival
	for i := range n {
		e := c.People[i%60] // they all were there in September
		p := e.Hire.Person
		p.Identities = []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(fmt.Sprintf("ZZ%cPL%04dZ", 'A'+rune(i/10000), i%10000))}}
		p.Bank.Number = hr.NewSecret(fmt.Sprintf("77%09d", i))
		hire := hr.Hire{Employee: hr.EmployeeID(fmt.Sprintf("L%05d", i)), Person: p, Start: e.Hire.Start, Terms: e.Hire.Terms}
		hire.Terms.Manager = ""
		rows = append(rows, lifecycle.Arrival{Hire: hire, Joined: true, Confirmed: e.Hire.Start, Source: c.Source()})
	}
	_, err = a.People.Import(t.Context(), by("import"), rows)
	require.NoError(t, err)
	t.Logf("%d people imported in %.1f s", n, time.Since(begun).Seconds())
	accounts := login.Accounts{DB: own, Now: time.Now, Key: login.NewKey()}
	d := &desk.Desk{
		Companies: map[string]*app.App{sample.Tenant: app.New(c, db, app.Policy(), a.Kit.Now)}, Accounts: accounts, Sessions: login.NewSessions(accounts, false), Records: own,
		Log: slog.New(slog.DiscardHandler), Jobs: desk.NewJobs(), Hooks: webhook.New(own, accounts.Key, slog.New(slog.DiscardHandler), false),
	}
	require.NoError(t, sample.Accounts(t.Context(), accounts, c, false))
	require.NoError(t, d.Settle(t.Context()))
	whole, err := serve.New(d, serve.Options{Fast: true})
	require.NoError(t, err)
	server := httptest.NewServer(whole)
	t.Cleanup(server.Close)
	return servetest.Over(server, d, whole)
}
