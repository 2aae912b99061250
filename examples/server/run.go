package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/musterhr/hr/examples/server/internal/serve"
)

// run serves until ctx is done, and then ends what is under way.
func run(ctx context.Context, args []string, env func(string) string, stdout io.Writer, log *slog.Logger) error {
	c, err := settings(args, env, stdout)
	if err != nil {
		return err
	}
	h, err := open(ctx, c, stdout, log)
	if err != nil {
		return err
	}
	defer func() { _ = h.close() }()
	s, err := serve.New(h.desk, serve.Options{Secure: c.secure(), Origins: c.cors, Proxies: c.behind, OIDC: h.oidc, Watch: h.watch})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w. Choose another with -addr", c.addr, err)
	}
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	address := c.origin
	if !c.production {
		address = "http://" + listener.Addr().String()
	}
	h.welcome(stdout, address)
	working, rest := context.WithCancel(ctx)
	var ended sync.WaitGroup
	ended.Go(func() { h.desk.Hooks.Run(working, 5*time.Second) })
	ended.Go(func() { h.tidy(working) })
	h.automate(working, &ended)
	defer ended.Wait()
	defer rest()
	failed := make(chan error, 1)
	go func() {
		if c.cert != "" {
			failed <- server.ServeTLS(listener, c.cert, c.tkey)
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(ending); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("requests that would not end were cut off: %w", err)
	}
	return nil
}

// tidy takes up from time to time what other programs wrote, and removes sessions that have ended.
func (h *house) tidy(ctx context.Context) {
	tick := time.NewTicker(30 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := errors.Join(h.desk.Settle(ctx), h.desk.Sessions.Sweep(ctx)); err != nil && ctx.Err() == nil {
			h.desk.Log.ErrorContext(ctx, "tidying failed", "err", err)
		}
	}
}
