package serve_test

import (
	"crypto/rand"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"runtime/debug"
	"strings"
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
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/sqlite"
)

// -load 10000 measures the server over a SQLite file with so many employees: a month of payroll from the page, and payslips read by 100 people at
// once. The readers are a process of their own, as browsers are, so the processor's time that is told is the server's. Each figure stands beside
// those of a handler that does nothing and of one that only finds out who is asking, from the same run on the same machine.
var load = flag.Int("load", 0, "how many employees to measure the server with; 0: it is not measured")

const readers = 100

func TestLoad(t *testing.T) {
	if *load == 0 {
		t.Skip("go test ./internal/serve -run TestLoad -load 10000 -v measures")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(serve.Garbage)) // as main does
	s := crowd(t, *load)
	run := month(t, s)
	token := http.Header{"Authorization": {"Bearer " + s.Token(t, "payroll, prepares", login.ScopeWrite).BearerToken()}}
	nothing, who, json, page := crew{Each: 100}, crew{Each: 100}, crew{Each: 100}, crew{Each: 100}
	for i := range readers {
		id := fmt.Sprintf("L%05d", i**load/readers)
		nothing.add("/livez", nil)
		who.add("/v1/me", token)
		json.add("/v1/payroll/runs/"+run+"/payslips/"+id, token)
		page.add("/payroll/runs/"+run+"/payslips/"+id, session(t, s, hr.EmployeeID(id)))
	}
	var plain figures
	for _, c := range []struct {
		name string
		crew
	}{
		{"nothing (/livez)", nothing}, {"who is asking (/v1/me)", who}, {"payslip as JSON, one officer", json}, {"payslip page, each their own", page},
	} {
		f := c.read(t, s.URL)
		if c.name == "nothing (/livez)" {
			plain = f
		}
		t.Logf("%d readers without a pause, %-30s %s; p99 %.1f of nothing, throughput %.2f", readers, c.name, f, ratio(f.P99, plain.P99), f.PerSecond/plain.PerSecond)
	}
	for _, c := range []struct {
		name string
		crew
	}{
		{"nothing (/livez)", nothing}, {"payslip as JSON, one officer", json}, {"payslip page, each their own", page},
	} {
		c.Each, c.Look = 10, time.Second
		t.Logf("%d readers who look at each for a second, %-30s %s", readers, c.name, c.read(t, s.URL))
	}
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// month pays September from the pages, and returns the run.
func month(t *testing.T, s *servetest.Server) string {
	t.Helper()
	begun, before := time.Now(), used(t)
	lap := func(what string) {
		t.Logf("payroll of %d employees from the page, on SQLite: %s in %.1f s, %.1f s of the processor", *load, what, time.Since(begun).Seconds(), (used(t) - before).Seconds())
		begun, before = time.Now(), used(t)
	}
	preparer, approver := s.As(t, "payroll, prepares"), s.As(t, "payroll, approves")
	begun, before = time.Now(), used(t)
	form := func(c *servetest.Client, at, path string, values url.Values) string {
		t.Helper()
		values.Set("key", rand.Text())
		next, out := c.Send(at, path, values)
		require.NotEmpty(t, next, "%s", out)
		return next
	}
	at := form(preparer, "/payroll", "/payroll/runs", url.Values{"from": {"2026-09-01"}, "through": {"2026-09-30"}, "pay_date": {"2026-09-30"}})
	lap("created")
	whole, all := time.Now(), used(t)
	run := strings.TrimPrefix(at, "/payroll/runs/")
	until := func(state payroll.RunState) payroll.Run {
		t.Helper()
		for {
			r, err := s.App().Store.Run(t.Context(), payroll.RunID(run))
			require.NoError(t, err)
			if r.State == state && (state != payroll.RunCalculated || r.Digest != "") {
				return r
			}
			require.Empty(t, s.Desk.Jobs.Of(sample.Tenant, run).Fault)
			time.Sleep(20 * time.Millisecond)
		}
	}
	form(preparer, at, at+"/calculation", url.Values{})
	calculated := until(payroll.RunCalculated)
	require.Equal(t, *load, calculated.Members)
	require.Zero(t, calculated.Failed)
	lap("calculated and stored")
	form(approver, at, at+"/approval", url.Values{"digest": {calculated.Digest}})
	lap("approved")
	form(approver, at, at+"/payment", url.Values{})
	until(payroll.RunPaid)
	lap("posted as paid")
	t.Logf("calculated, approved and paid in %.1f s, %.1f s of the processor", time.Since(whole).Seconds(), (used(t) - all).Seconds())
	return run
}

// session logs somebody in, without the second that a password takes, and returns what their browser sends.
func session(t *testing.T, s *servetest.Server, id hr.EmployeeID) http.Header {
	t.Helper()
	name := strings.ToLower(string(id)) + "@load.example"
	require.NoError(t, s.Desk.Accounts.Put(t.Context(), login.Account{Login: name, Name: "Reader", Tenant: sample.Tenant, Actor: hr.Actor{ID: hr.ActorID(id), Employee: id}}))
	u, ok, err := s.Desk.Accounts.User(t.Context(), name)
	require.NoError(t, err)
	require.True(t, ok)
	ctx, err := s.Desk.Sessions.Load(t.Context(), "")
	require.NoError(t, err)
	require.NoError(t, s.Desk.Sessions.Enter(ctx, u))
	cookie, _, err := s.Desk.Sessions.Commit(ctx)
	require.NoError(t, err)
	return http.Header{"Cookie": {s.Desk.Sessions.Cookie.Name + "=" + cookie}}
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
