package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/storage/sqlite"
)

// house is everything that is open while the server runs.
type house struct {
	desk   *desk.Desk
	where  string
	closes []func() error
}

func (h *house) close() (err error) {
	for i := len(h.closes) - 1; i >= 0; i-- {
		err = errors.Join(err, h.closes[i]())
	}
	return err
}

const tenant = "sahyadri"

func open(ctx context.Context, c config, stdout io.Writer, log *slog.Logger) (h *house, err error) {
	h = &house{where: c.data}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the data cannot be made: %w. Choose another with -data", err)
	}
	key, err := keyFile(filepath.Join(c.data, "server.key"))
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(c.data, "muster.db"), sqlite.Options{Tenant: tenant, Readers: 8})
	if err != nil {
		return nil, err
	}
	h.closes = append(h.closes, db.Close)
	own, err := records.OpenFile(ctx, filepath.Join(c.data, "server.db"))
	if err != nil {
		return nil, err
	}
	h.closes = append(h.closes, own.Close)

	sample, err := app.Specimen()
	if err != nil {
		return nil, err
	}
	accounts := login.Accounts{DB: own, Now: time.Now, Key: key}
	clock, err := sampleClock(ctx, own, sample.ClosedAt)
	if err != nil {
		return nil, err
	}
	a := app.New(sample, db, app.Policy, clock)
	h.desk = &desk.Desk{
		Companies: map[string]*app.App{tenant: a}, Accounts: accounts, Sessions: login.NewSessions(accounts, c.secure()), Records: own, Log: log, Dev: !c.production,
	}
	seeded, err := a.Seeded(ctx)
	if err == nil && !seeded {
		err = seed(ctx, h.desk, a, stdout)
	}
	return h, err
}

// keyFile reads the key of the server, or makes one.
func keyFile(name string) (k login.Key, err error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		k = login.NewKey()
		return k, os.WriteFile(name, []byte(hex.EncodeToString(k[:])), 0o600)
	}
	if err != nil {
		return k, err
	}
	if n, err := hex.Decode(k[:], text); err != nil || n != len(k) {
		return k, fmt.Errorf("%s is not a key of 64 hexadecimal digits", name)
	}
	return k, nil
}
