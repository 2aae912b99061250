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

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/telemetry"
	"github.com/musterhr/hr/examples/server/internal/webhook"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/sqlite"
)

// house is everything that is open while the server runs.
type house struct {
	desk   *desk.Desk
	watch  *telemetry.Telemetry
	oidc   *login.OIDC
	where  string
	closes []func() error
}

func (h *house) close() (err error) {
	for i := len(h.closes) - 1; i >= 0; i-- {
		err = errors.Join(err, h.closes[i]())
	}
	return err
}

// ownTenant names the one company of a server in production.
const ownTenant = "company"

// specimenSetting marks records that the specimen company was set up in.
const specimenSetting = "specimen"

func open(ctx context.Context, c config, stdout io.Writer, log *slog.Logger) (h *house, err error) {
	h = &house{where: c.data}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	tenant := sample.Tenant
	if c.production {
		tenant = ownTenant
	}
	if h.watch, err = telemetry.New(ctx, telemetry.Options{Traces: c.traces, Out: stdout}); err != nil {
		return nil, err
	}
	h.closes = append(h.closes, func() error { // what is told of the last requests is sent, for as long as somebody takes it
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return h.watch.Close(ctx)
	})
	db, own, err := h.stores(ctx, c, tenant)
	if err != nil {
		return nil, err
	}
	key := c.key
	if !c.hasKey {
		if key, err = keyFile(filepath.Join(c.data, "server.key")); err != nil {
			return nil, err
		}
	}
	accounts := login.Accounts{DB: own, Now: time.Now, Key: key}
	h.desk = &desk.Desk{
		Accounts: accounts, Sessions: login.NewSessions(accounts, c.secure()), Records: own, Log: log, Jobs: desk.NewJobs(), Hooks: webhook.New(own, key, log, c.private), Dev: !c.production,
	}
	h.desk.Accounts.Record = h.desk.RecordLogin
	h.closes = append(h.closes, func() error { h.desk.Jobs.Close(); return nil })
	if c.issuer != "" {
		if h.oidc, err = login.NewOIDC(ctx, accounts, c.issuer, c.client, c.oidcSecret, c.origin+"/login/oidc/return"); err != nil {
			return nil, err
		}
	}
	if c.production {
		err = h.production(ctx, c, db)
	} else {
		err = h.specimen(ctx, c, db, stdout)
	}
	if err != nil {
		return h, err
	}
	for _, a := range h.desk.Companies {
		if err := h.watch.WatchOutbox(a.Store, a.Kit.Clock); err != nil {
			return h, err
		}
	}
	return h, nil
}

// observer is told of every call of the services: the trace first, so that what is logged about a call has its span.
func (h *house) observer() storage.Observer {
	return storage.Observers{h.watch.Observer, storage.LogObserver{Logger: h.desk.Log}}
}

// stores opens the database of the company and the records of the server: Postgres where there is a DSN, and files otherwise.
func (h *house) stores(ctx context.Context, c config, tenant string) (app.Store, *records.DB, error) {
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		return nil, nil, fmt.Errorf("the folder of the data cannot be made: %w. Choose another with -data", err)
	}
	if c.postgres != "" {
		h.where = "the Postgres database"
		db, err := postgres.Open(ctx, c.postgres, postgres.Options{Tenant: tenant})
		if err != nil {
			return nil, nil, err
		}
		h.closes = append(h.closes, func() error { db.Close(); return nil })
		if err := db.Migrate(ctx); err != nil {
			return nil, nil, err
		}
		own, err := records.OpenPostgres(ctx, c.postgres)
		if err == nil {
			h.closes = append(h.closes, own.Close)
		}
		return db, own, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(c.data, "muster.db"), sqlite.Options{Tenant: tenant, Readers: 8})
	if err != nil {
		return nil, nil, err
	}
	h.closes = append(h.closes, db.Close)
	own, err := records.OpenFile(ctx, filepath.Join(c.data, "server.db"))
	if err == nil {
		h.closes = append(h.closes, own.Close)
	}
	return db, own, err
}

// specimen opens the specimen company, and sets it up the first time.
func (h *house) specimen(ctx context.Context, c config, db app.Store, stdout io.Writer) error {
	of, err := readCompany(c)
	if err != nil {
		return err
	}
	clock, err := sample.Clock(ctx, h.desk.Records, of.ClosedAt)
	if err != nil {
		return err
	}
	a := app.Observed(of, db, app.Policy(), clock, h.observer())
	h.desk.Companies = map[string]*app.App{sample.Tenant: a}
	seeded, err := a.Seeded(ctx)
	if err != nil || seeded {
		return err
	}
	if err := h.desk.Records.Set(ctx, specimenSetting, "yes"); err != nil {
		return err
	}
	return seed(ctx, h.desk, a, stdout)
}

// production opens the company of a folder, and makes the account of its first admin.
func (h *house) production(ctx context.Context, c config, db app.Store) error {
	mark, err := h.desk.Records.Setting(ctx, specimenSetting)
	if err == nil && mark != "" {
		err = errors.New("the server does not start: the specimen company is in this database, and everybody knows its passwords. Give -data another folder, or MUSTER_POSTGRES_DSN another database")
	}
	if err != nil {
		return err
	}
	of, err := readCompany(c)
	if err != nil {
		return err
	}
	h.desk.Companies = map[string]*app.App{ownTenant: app.Observed(of, db, app.Policy(), time.Now, h.observer())}
	all, err := h.desk.Accounts.Each(ctx, ownTenant)
	switch {
	case err != nil || len(all) > 0:
		return err
	case c.admin == "" || c.adminSecret == "":
		return errors.New("the server does not start: nobody could log in. Give -admin and MUSTER_ADMIN_PASSWORD for the first account; it makes the others under /v1/admin/accounts")
	}
	return h.desk.Accounts.Put(ctx, login.Account{
		Login: c.admin, Name: "Admin", Tenant: ownTenant, Password: c.adminSecret, Actor: hr.Actor{ID: hr.ActorID(c.admin), Roles: []string{hr.RoleAdmin}},
	})
}

func readCompany(c config) (company.Company, error) {
	if c.company == "" {
		return app.Specimen()
	}
	folder, err := company.Folder(c.company)
	if err != nil {
		return company.Company{}, err
	}
	of, err := company.Read(folder)
	if err != nil {
		return of, fmt.Errorf("%w\n\nMend what is named above and start again; examples/monthend/company/README.md says what each file and column means", err)
	}
	return of, nil
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
