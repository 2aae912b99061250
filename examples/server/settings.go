package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

var errHelp = flag.ErrHelp

// config is how the server was started.
type config struct {
	addr       string
	data       string
	postgres   string
	production bool
	origin     string // how browsers reach it: "https://hr.example.com"
}

func settings(args []string, env func(string) string, stdout io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("server", flag.ContinueOnError)
	flags.SetOutput(stdout)
	flags.StringVar(&c.addr, "addr", "127.0.0.1:8080", "where to listen")
	flags.StringVar(&c.data, "data", "", "the `folder` for the SQLite files (default: muster in the folder of this user's caches)")
	flags.StringVar(&c.postgres, "postgres", env("MUSTER_POSTGRES_DSN"), "the `DSN` of a Postgres database, in the place of SQLite")
	flags.BoolVar(&c.production, "production", false, "no sample company, and no insecure setting")
	flags.StringVar(&c.origin, "origin", "", "the `address` by which browsers reach the server, https://hr.example.com")
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("%q is not understood: see -help", flags.Arg(0))
	}
	if c.data == "" {
		caches, err := os.UserCacheDir()
		if err != nil {
			return c, errors.New("say with -data where to keep the files: this user has no folder for caches")
		}
		c.data = filepath.Join(caches, "muster")
	}
	return c, nil
}

func (c config) secure() bool { return c.production }
