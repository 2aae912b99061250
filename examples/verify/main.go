// Verify reads everything that Muster keeps in a database and says what is not as it was written. Copy it, or run it where the database is:
//
//	go run ./examples/verify -sqlite muster.db -checkpoint audit.json
//	go run ./examples/verify -postgres "postgres://reader@localhost/hr" -tenant acme
//
// It looks at the audit, entry by entry, and against a checkpoint of before; at every payslip, its journal and what is posted; at numbers, rows that
// belong to nothing, commands and events. It exits with 0 where everything fits, with 1 after a line for each finding, and with 2 where it could
// not look. It changes nothing, unless it is told to -repair what follows from the rest; it never changes money, a fact, the audit or an event.
//
// A database that is sealed is verified without its keys: of texts about people, and of what they are found by, nothing is said then. With -master and -marks, files of
// Tink's keysets in plain JSON, these are verified too. Your master key is in a key management service: put its AEAD into open.
//
// A checkpoint is what shows that the end of the audit was cut off: -save writes one after everything was found to fit. Keep it where whoever can write to
// the database cannot write.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/sqlite"
	"github.com/musterhr/hr/storage/tinkkeys"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	code, err := run(ctx, os.Args[1:], os.Stdout, time.Now())
	if err != nil {
		fmt.Fprintln(os.Stderr, "verify:", err)
	}
	os.Exit(code) //nolint:gocritic // stop would only give the signal back
}

// How it ends.
const (
	fits      = 0
	findings  = 1
	cannotSay = 2
)

// store is what is verified; a host's own store is verified in the same way.
type store interface {
	storage.AuditTrail
	storage.Outbox
	storage.Inspector
	payroll.AllRuns
	payroll.Results
	payroll.AllPostings
}

type options struct {
	sqlite, postgres, tenant, checkpoint, save string
	master, marks                              string
	late                                       time.Duration
	repair                                     bool
}

func run(ctx context.Context, args []string, out io.Writer, now time.Time) (int, error) {
	var o options
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&o.sqlite, "sqlite", "", "the `FILE` of an SQLite database")
	flags.StringVar(&o.postgres, "postgres", "", "the `DSN` of a PostgreSQL database")
	flags.StringVar(&o.tenant, "tenant", "", "the company whose store is verified; empty where there is one")
	flags.StringVar(&o.master, "master", "", "the `FILE` of the master keyset of a sealed database; empty: it is verified without its keys")
	flags.StringVar(&o.marks, "marks", "", "the `FILE` of the keyset for marks, with -master")
	flags.StringVar(&o.checkpoint, "checkpoint", "", "a `FILE` that -save has written before")
	flags.StringVar(&o.save, "save", "", "the `FILE` to write a checkpoint to, if everything fits")
	flags.DurationVar(&o.late, "late", 15*time.Minute, "how long an event may wait to be delivered")
	flags.BoolVar(&o.repair, "repair", false, "first derive again what follows from the rest")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return fits, nil
		}
		return cannotSay, err
	}
	db, closeDB, err := open(ctx, o)
	if err != nil {
		return cannotSay, err
	}
	defer closeDB()
	before, err := readCheckpoint(o.checkpoint)
	if err != nil {
		return cannotSay, err
	}
	if o.repair {
		if err := db.Repair(ctx, func(f storage.Finding) { fmt.Fprintln(out, "repaired:", f) }); err != nil {
			return cannotSay, err
		}
	}
	found, err := verify(ctx, db, before, now, o.late, out)
	switch {
	case err != nil:
		return cannotSay, err
	case found > 0:
		fmt.Fprintf(out, "%d findings\n", found)
		return findings, nil
	}
	heads, err := storage.TakeCheckpoint(ctx, db, now)
	if err != nil {
		return cannotSay, err
	}
	if len(heads.Heads) == 0 {
		return cannotSay, fmt.Errorf("there is nothing of tenant %q in this database", o.tenant)
	}
	entries := int64(0)
	for _, h := range heads.Heads {
		entries += h.Number
	}
	fmt.Fprintf(out, "everything fits: %d entries of the audit in %d chains\n", entries, len(heads.Heads))
	return fits, writeCheckpoint(o.save, heads)
}

func open(ctx context.Context, o options) (store, func(), error) {
	cipher, err := cipherOf(o.master, o.marks)
	if err != nil {
		return nil, nil, err
	}
	blind := cipher == nil && !o.repair // who repairs a sealed database needs its keys, and is told so
	switch {
	case (o.sqlite == "") == (o.postgres == ""):
		return nil, nil, errors.New("give either -sqlite FILE or -postgres DSN")
	case o.sqlite != "":
		if _, err := os.Stat(o.sqlite); err != nil { // opening would make it
			return nil, nil, err
		}
		db, err := sqlite.Open(ctx, o.sqlite, sqlite.Options{Tenant: o.tenant, Cipher: cipher, Blind: blind})
		if err != nil {
			return nil, nil, err
		}
		return db, func() { _ = db.Close() }, nil
	}
	db, err := postgres.Open(ctx, o.postgres, postgres.Options{Tenant: o.tenant, Cipher: cipher, Blind: blind})
	if err != nil {
		return nil, nil, err
	}
	if err := db.Check(ctx); err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, db.Close, nil
}

// cipherOf reads the keysets of a sealed database; nil where there are none.
func cipherOf(master, marks string) (storage.Cipher, error) {
	if master == "" && marks == "" {
		return nil, nil
	}
	masterSet, err := readKeyset(master)
	if err != nil {
		return nil, err
	}
	markSet, err := readKeyset(marks)
	if err != nil {
		return nil, err
	}
	wrapping, err := aead.New(masterSet)
	if err != nil {
		return nil, err
	}
	return tinkkeys.New(wrapping, markSet)
}

func readKeyset(file string) (*keyset.Handle, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was read
	return insecurecleartextkeyset.Read(keyset.NewJSONReader(f))
}

// verify writes a line for each finding and returns how many there are.
func verify(ctx context.Context, db store, before []storage.Checkpoint, now time.Time, late time.Duration, out io.Writer) (found int, err error) {
	report := func(f storage.Finding) {
		found++
		fmt.Fprintln(out, f)
	}
	parts := []struct {
		name string
		look func() error
	}{
		{"audit", func() error {
			faults, err := storage.VerifyAudit(ctx, db, before...)
			for _, f := range faults {
				report(f.Finding())
			}
			return err
		}},
		{"payroll", func() error {
			return payroll.Books{Runs: db, Results: db, Postings: db}.Verify(ctx, report)
		}},
		{"rows", func() error { return db.Inspect(ctx, report) }},
		{"outbox", func() error {
			waiting, err := storage.VerifyOutbox(ctx, db, now, late)
			for _, f := range waiting {
				report(f)
			}
			return err
		}},
	}
	for _, p := range parts {
		if err := p.look(); err != nil {
			if ctx.Err() != nil {
				return found, ctx.Err()
			}
			report(storage.Finding{Check: storage.CheckDamaged, Where: p.name, Reason: "cannot be read to the end: " + err.Error()})
		}
	}
	return found, nil
}

func readCheckpoint(file string) ([]storage.Checkpoint, error) {
	if file == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var c storage.Checkpoint
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("%s is no checkpoint: %w", file, err)
	}
	return []storage.Checkpoint{c}, nil
}

func writeCheckpoint(file string, c storage.Checkpoint) error {
	if file == "" {
		return nil
	}
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o600)
}
