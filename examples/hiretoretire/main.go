// Command hiretoretire tells a working life: thirty years of one person, from the day a colleague named her to the age of pension. Every
// line of it went through the services of Muster, wired over the store in memory: recruitment, lifecycle, leave, attendance and payroll.
//
//	go run ./examples/hiretoretire                       the timeline
//	go run ./examples/hiretoretire -year 2015            one year in full: every fact of it, with who knew it when
//	go run ./examples/hiretoretire -explain gratuity     why a line of the final settlement is what it is
//
// Everybody and every company in it is made up. The clock is part of the story, so it is the same story each time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func run(ctx context.Context, args []string, w io.Writer) error {
	flags := flag.NewFlagSet("hiretoretire", flag.ContinueOnError)
	year := flags.Int("year", 0, "tell this year in full")
	line := flags.String("explain", "", "explain this line of the final settlement: gratuity, leave_pay, tds ...")
	if err := flags.Parse(args); err != nil {
		return err
	}
	t, err := live(ctx)
	if err != nil {
		return err
	}
	return t.show(w, *year, *line)
}

// show tells the whole, or one year in full, or why a line of the settlement is what it is.
func (t *tale) show(w io.Writer, year int, line string) error {
	p := printer{w: w}
	switch {
	case line != "":
		t.explain(&p, line)
	case year != 0:
		t.inFull(&p, year)
	default:
		t.timeline(&p)
		t.settlement(&p)
		t.figures(&p)
	}
	return errors.Join(t.err, p.err)
}

// live plays the whole story.
func live(ctx context.Context) (*tale, error) {
	house, err := open()
	if err != nil {
		return nil, err
	}
	t := &tale{house: house, ctx: ctx}
	t.play(slices.Concat(hiring(), career(), absences(), holidays(), payrolls(), farewell()))
	return t, t.err
}
