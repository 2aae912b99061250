// Command server is an HR server over the packages of Muster: pages for people and a JSON API for programs.
//
//	go -C examples/server run .
//
// Without any setup it makes a folder with a SQLite file in it, fills it with the specimen company, and prints addresses and logins. That is development mode: everybody
// knows the passwords, so it listens on this machine only.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // the zones of the company, also on a machine that has none

	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/telemetry"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serve.Garbage)
	}
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, slog.New(telemetry.Logs(slog.NewJSONHandler(os.Stderr, nil)))); err != nil && !errors.Is(err, errHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
