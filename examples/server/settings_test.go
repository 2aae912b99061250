package main

import (
	"bytes"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const goodKey = "00112233445566778899aabbccddeeff0123456789abcdef0f1e2d3c4b5a6978"

// What would not be safe is refused before anything is opened, all of it at once.
func TestRefusesToStartInsecurely(t *testing.T) {
	good := []string{"-production", "-company", "../monthend/company", "-origin", "https://hr.example.com", "-proxy", "10.0.0.0/8"}
	for _, c := range []struct {
		name string
		args []string
		env  map[string]string
		want []string // in order; none: it is safe
	}{
		{"development", nil, nil, nil},
		{"development for everybody", []string{"-addr", "0.0.0.0:8080"}, nil, []string{"everybody knows the passwords"}},
		{"development for everybody, by no address", []string{"-addr", ":8080"}, nil, []string{"everybody knows the passwords"}},
		{"all sites", []string{"-cors", "*"}, nil, []string{"every site on the web"}},
		{"all sites of a domain", []string{"-cors", "https://*.example.com"}, nil, []string{"every site on the web"}},
		{"production with nothing", []string{"-production"}, nil, []string{"MUSTER_KEY is missing", "-company is missing", "-origin must", "nobody speaks https"}},
		{"production", good, map[string]string{"MUSTER_KEY": goodKey}, nil},
		{"a short key", good, map[string]string{"MUSTER_KEY": "abc"}, []string{"MUSTER_KEY must be 64"}},
		{"a typed key", good, map[string]string{"MUSTER_KEY": strings.Repeat("00", 32)}, []string{"not random"}},
		{"http", append(good, "-origin", "http://hr.example.com"), map[string]string{"MUSTER_KEY": goodKey}, []string{"-origin must"}},
		{"half a certificate", append(good, "-tls-cert", "x"), map[string]string{"MUSTER_KEY": goodKey}, []string{"go together"}},
		{"private webhooks", append(good, "-webhook-private"), map[string]string{"MUSTER_KEY": goodKey}, []string{"-webhook-private"}},
		{"a site without https", append(good, "-cors", "http://app.example.com"), map[string]string{"MUSTER_KEY": goodKey}, []string{"-cors http"}},
		{"the specimen's password", good, map[string]string{"MUSTER_KEY": goodKey, "MUSTER_ADMIN_PASSWORD": "specimen password"}, []string{"MUSTER_ADMIN_PASSWORD"}},
		{"a short password", good, map[string]string{"MUSTER_KEY": goodKey, "MUSTER_ADMIN_PASSWORD": "hunter2"}, []string{"MUSTER_ADMIN_PASSWORD"}},
		{"a database without TLS", good, map[string]string{"MUSTER_KEY": goodKey, "MUSTER_POSTGRES_DSN": "postgres://u:secret@db.example/hr?sslmode=disable"}, []string{"sslmode"}},
		{"a database that may do without TLS", good, map[string]string{"MUSTER_KEY": goodKey, "MUSTER_POSTGRES_DSN": "postgres://u:secret@db.example/hr?sslmode=prefer"}, []string{"sslmode"}},
		{"a database with TLS", good, map[string]string{"MUSTER_KEY": goodKey, "MUSTER_POSTGRES_DSN": "postgres://u:secret@db.example/hr?sslmode=verify-full"}, nil},
		{"a database of this machine", good, map[string]string{"MUSTER_KEY": goodKey, "MUSTER_POSTGRES_DSN": "postgres:///hr?host=/run/postgresql"}, nil},
		{"traces to nowhere", []string{"-traces", "otel.example.com"}, nil, []string{"-traces must be"}},
		{"traces in the clear", append(good, "-traces", "http://otel.example.com:4318"), map[string]string{"MUSTER_KEY": goodKey}, []string{"-traces must begin"}},
		{"traces to this machine", append(good, "-traces", "http://127.0.0.1:4318"), map[string]string{"MUSTER_KEY": goodKey}, nil},
		{"traces by https", append(good, "-traces", "https://otel.example.com:4318"), map[string]string{"MUSTER_KEY": goodKey}, nil},
		{"a proxy that is none", append(good, "-proxy", "proxy.example"), map[string]string{"MUSTER_KEY": goodKey}, []string{"-proxy"}},
		{"half an identity provider", append(good, "-oidc-issuer", "https://id.example"), map[string]string{"MUSTER_KEY": goodKey}, []string{"go together"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := settings(c.args, func(name string) string { return c.env[name] }, io.Discard)
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			require.NotContains(t, err.Error(), ":secret")
			require.NotContains(t, err.Error(), goodKey)
			require.Len(t, strings.Split(err.Error(), "\n"), 1+len(c.want), err.Error())
			for _, w := range c.want {
				require.Contains(t, err.Error(), w)
			}
		})
	}
}

// Production refuses a database that has the specimen company in it, and one that nobody could log in to.
func TestProductionWantsItsOwnDatabase(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-production", "-company", "../monthend/company", "-origin", "https://hr.example.com", "-proxy", "10.0.0.0/8", "-data", dir, "-admin", "admin@example.com"}
	env := map[string]string{"MUSTER_KEY": goodKey}
	read := func() config {
		c, err := settings(args, func(name string) string { return env[name] }, io.Discard)
		require.NoError(t, err)
		return c
	}
	log := slog.New(slog.DiscardHandler)
	_, err := open(t.Context(), read(), io.Discard, log)
	require.ErrorContains(t, err, "nobody could log in")

	env["MUSTER_ADMIN_PASSWORD"] = "four words of no sense"
	h, err := open(t.Context(), read(), io.Discard, log)
	require.NoError(t, err)
	u, err := h.desk.Accounts.Check(t.Context(), "admin@example.com", "four words of no sense", "")
	require.NoError(t, err)
	require.Equal(t, ownTenant, u.Tenant)
	var said bytes.Buffer
	h.welcome(&said, "https://hr.example.com")
	require.NotContains(t, said.String(), "password")
	require.NoError(t, h.desk.Records.Set(t.Context(), specimenSetting, "yes"))
	require.NoError(t, h.close())

	_, err = open(t.Context(), read(), io.Discard, log)
	require.ErrorContains(t, err, "everybody knows its passwords")
}
