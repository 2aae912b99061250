package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/assistant/internal/assistant"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/storage/sqlite"
)

func run(ctx context.Context, args []string, stdin io.ReadCloser, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("assistant", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", filepath.Join(os.TempDir(), "muster-assistant"), "the folder of the specimen company and of drafts; it is made if it is not there")
	addr := flags.String("addr", "127.0.0.1:8093", "where to listen")
	stdio := flags.Bool("stdio", false, "speak over standard input and output, for a client that starts the program")
	as := flags.String("as", "", "with -stdio and -confirm: the number of the user")
	confirm := flags.String("confirm", "", "show a draft and confirm it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	a, closes, err := open(ctx, *data, stderr)
	if err != nil {
		return err
	}
	defer closes()
	if !*stdio && *confirm == "" {
		return serve(ctx, a, *addr, stdout)
	}
	users := cast(a.App)
	at := slices.IndexFunc(users, func(u assistant.User) bool { return string(u.Actor.ID) == *as })
	if at < 0 {
		return fmt.Errorf("-as must be one of %s", numbers(users))
	}
	if *confirm != "" {
		return decide(ctx, a, users[at].Actor, *confirm, stdin, stdout)
	}
	fmt.Fprintf(stderr, "Works in the name of %s (%s). Drafts are confirmed with: go -C examples/assistant run . -data %s -as %s -confirm DRAFT\n", users[at].Name, *as, *data, *as)
	return a.Server(users[at].Actor).Run(ctx, &mcp.IOTransport{Reader: stdin, Writer: noClose{stdout}})
}

type noClose struct{ io.Writer }

func (noClose) Close() error { return nil }

// open opens the specimen company in a folder, and sets it up the first time.
func open(ctx context.Context, dir string, stderr io.Writer) (*assistant.Assistant, func(), error) {
	drafts := filepath.Join(dir, "drafts")
	if err := os.MkdirAll(drafts, 0o700); err != nil {
		return nil, nil, fmt.Errorf("the folder of the data cannot be made: %w. Choose another with -data", err)
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, "muster.db"))
	if err != nil {
		return nil, nil, err
	}
	closes := func() { _ = db.Close() }
	a, err := specimen(ctx, db, filepath.Join(dir, "began"), stderr)
	if err != nil {
		closes()
		return nil, nil, err
	}
	return &assistant.Assistant{App: a, Drafts: &assistant.Drafts{Dir: drafts, App: a}, Log: logTo(stderr)}, closes, nil
}

// specimen is the specimen company on the evening of 31 October 2026; its clock goes on from the moment at which it was set up, which a file keeps.
func specimen(ctx context.Context, db app.Store, mark string, stderr io.Writer) (*app.App, error) {
	c, err := app.Specimen()
	if err != nil {
		return nil, err
	}
	access := hr.StandardAccess()
	var began time.Time
	a := app.New(c, db, access.Decide, func() time.Time { return c.ClosedAt.Add(time.Since(began)) })
	seeded, err := a.Seeded(ctx)
	if err != nil {
		return nil, err
	}
	if !seeded {
		fmt.Fprintln(stderr, "Setting up the specimen company, once...")
		if err := a.Seed(ctx, io.Discard); err != nil {
			return nil, err
		}
		if err := os.WriteFile(mark, []byte(time.Now().UTC().Format(time.RFC3339)), 0o600); err != nil {
			return nil, err
		}
	}
	text, err := os.ReadFile(mark)
	if err == nil {
		began, err = time.Parse(time.RFC3339, string(text))
	}
	if err != nil {
		return nil, fmt.Errorf("%s does not say when the company was set up: %w. Remove the folder, and it is set up again", mark, err)
	}
	return a, nil
}

// cast are the users of the specimen company, one for each role, with no secrets yet.
func cast(a *app.App) (users []assistant.User) {
	for _, p := range []struct {
		id   hr.EmployeeID
		role string
	}{
		{"E045", ""},
		{"E044", ""}, // the manager of E045
		{"E063", hr.RoleHR},
		{"E060", hr.RolePayrollPreparer},
		{"E059", hr.RolePayrollApprover},
		{"E064", hr.RoleRecruiter},
		{"E065", hr.RoleAdmin},
	} {
		u := assistant.User{Actor: hr.Actor{ID: hr.ActorID(p.id), Employee: p.id}, Name: string(p.id)}
		if p.role != "" {
			u.Actor.Roles = []string{p.role}
		}
		for _, e := range a.Company.People {
			if e.ID() == p.id {
				u.Name = e.Hire.Person.Name
			}
		}
		users = append(users, u)
	}
	return users
}

func numbers(users []assistant.User) string {
	var all []string
	for _, u := range users {
		all = append(all, fmt.Sprintf("%s (%s)", u.Actor.ID, strings.Join(append(u.Actor.Roles, u.Name), ", ")))
	}
	return strings.Join(all, "; ")
}

// decide shows a draft to the person at the terminal, and does it if they say yes.
func decide(ctx context.Context, a *assistant.Assistant, person hr.Actor, id string, stdin io.Reader, stdout io.Writer) error {
	d, err := a.Drafts.Mine(person.ID, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s\n", d.Does)
	switch {
	case d.Apply != nil && d.Apply.Reason != "":
		fmt.Fprintf(stdout, "Reason: %q\n", d.Apply.Reason)
	case d.Decide != nil && d.Decide.Says.Reason != "":
		fmt.Fprintf(stdout, "Reason: %q\n", d.Decide.Says.Reason)
	case d.Letter != nil:
		fmt.Fprintf(stdout, "\n%s\n\n%s\n\n", d.Letter.Subject, d.Letter.Body)
	}
	fmt.Fprint(stdout, "Confirm? Type yes: ")
	answer, err := bufio.NewReader(stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if strings.TrimSpace(answer) != "yes" {
		fmt.Fprintln(stdout, "Not confirmed. It still waits.")
		return nil
	}
	did, err := a.Drafts.Confirm(ctx, person, id, true)
	if err == nil {
		fmt.Fprintf(stdout, "Done: %s.\n", did)
	}
	return err
}

// serve listens until ctx is done. Tokens and passwords are made anew at each start.
func serve(ctx context.Context, a *assistant.Assistant, addr string, stdout io.Writer) error {
	users := cast(a.App)
	for i := range users {
		users[i].Token, users[i].Password = rand.Text(), rand.Text()
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w. Choose another with -addr", addr, err)
	}
	base := "http://" + listener.Addr().String()
	welcome(stdout, base, users)
	server := &http.Server{Handler: a.Handler(users), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		_ = server.Close() // streams that clients hold open
	}
	return nil
}

func welcome(w io.Writer, base string, users []assistant.User) {
	fmt.Fprintf(w, "An assistant works for one user. These are the users, each with a token for the assistant and a password for the person:\n\n")
	for _, u := range users {
		fmt.Fprintf(w, "  %s  %-20s %-17s token %s  password %s\n", u.Actor.ID, u.Name, strings.Join(u.Actor.Roles, ", "), u.Token, u.Password)
	}
	fmt.Fprintf(w, "\nAdd it to a client over HTTP, as %s:\n\n", users[0].Name)
	fmt.Fprintf(w, "  {\"mcpServers\": {\"muster\": {\"type\": \"http\", \"url\": %q, \"headers\": {\"Authorization\": \"Bearer %s\"}}}}\n", base+"/mcp", users[0].Token)
	fmt.Fprintf(w, "\nor for a client that starts it itself:\n\n")
	fmt.Fprintf(w, "  {\"mcpServers\": {\"muster\": {\"command\": \"go\", \"args\": [\"-C\", \"examples/assistant\", \"run\", \".\", \"-stdio\", \"-as\", %q]}}}\n", users[0].Actor.ID)
	fmt.Fprintf(w, "\nWhat it prepares waits under %s/drafts: log in there with number and password. Ctrl-C ends the program.\n", base)
}
