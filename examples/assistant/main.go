// Command assistant is an MCP server over the specimen company: an AI assistant finds people, explains figures, checks balances, previews the payroll and
// prepares requests, in the name of one user and with no more than that user may do. Nothing is written until a person confirms it.
//
//	go -C examples/assistant run .                     over HTTP, with a page for confirming; prints how to add it to a client
//	go -C examples/assistant run . -stdio -as E045     for a client that starts it
//	go -C examples/assistant run . -confirm DRAFT -as E045
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "assistant:", err)
		os.Exit(1)
	}
}

// log goes to stderr: over stdio the protocol has stdout for itself.
func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
