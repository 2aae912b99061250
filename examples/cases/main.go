// Command cases runs worked examples of law and pay rules through Muster's packages and compares every figure.
//
//	go run ./examples/cases [-json] [-topic a,b] FILE...
//
// A file is {"cases": [{"id", "country", "topic", "given", "expect", "tolerance"}]}, a list of identifiers
// ({"kind", "value", "valid", "canonical"}) or a list of bank and return files ({"file", "format", "valid", "totals"}).
// Numbers compare as exact decimals, within the tolerance where one is given, and only the keys that expect has are looked at.
//
// Each case that differs is one line: its id, the key, what came out and what was wanted. With -json every case is one line
// {"id": ..., "got": {...}} instead. The last line is "cases: N passed, M failed". The exit code is 1 if a case failed, and 2
// if a file cannot be read or nothing was there to run. A topic that no function here answers counts as failed.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("cases", flag.ContinueOnError)
	flags.SetOutput(stderr)
	asJSON := flags.Bool("json", false, "print what each case comes to instead of what differs")
	only := flags.String("topic", "", "run only these `topics`, separated by commas")
	flags.Usage = func() {
		_, _ = fmt.Fprintln(stderr, "usage: cases [-json] [-topic a,b] FILE...")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() == 0 {
		flags.Usage()
		return 2
	}
	var all []example
	for _, name := range flags.Args() {
		list, err := read(name)
		if err != nil {
			_, _ = fmt.Fprintln(stderr, "cases:", err)
			return 2
		}
		all = append(all, list...)
	}
	if *only != "" {
		all = choose(all, strings.Split(*only, ","))
	}
	if len(all) == 0 {
		_, _ = fmt.Fprintln(stderr, "cases: no case to run")
		return 2
	}
	out := bufio.NewWriter(stdout)
	failed := report(out, all, *asJSON)
	if err := out.Flush(); err != nil {
		_, _ = fmt.Fprintln(stderr, "cases:", err)
		return 2
	}
	if failed > 0 {
		return 1
	}
	return 0
}

// choose keeps the examples of some topics.
func choose(all []example, names []string) []example {
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[strings.TrimSpace(n)] = true
	}
	var kept []example
	for _, e := range all {
		if wanted[e.Topic] {
			kept = append(kept, e)
		}
	}
	return kept
}

// report runs the examples in order and prints one line for each that differs, or for each with asJSON, then the totals.
func report(w io.Writer, all []example, asJSON bool) (failed int) {
	book := topics()
	for _, e := range all {
		got, err := book.answer(e)
		var diffs []difference
		if err == nil {
			diffs = compare(got, e)
		}
		if err != nil || len(diffs) > 0 {
			failed++
		}
		if asJSON {
			line := struct {
				ID    string         `json:"id"`
				Got   map[string]any `json:"got"`
				Error string         `json:"error,omitempty"`
			}{ID: e.ID, Got: map[string]any{}}
			if err != nil {
				line.Error = err.Error()
			}
			for key, v := range got {
				line.Got[key] = printable(v)
			}
			text, err := json.Marshal(line)
			if err != nil { // a topic returned something that is no number, text, yes/no, list or object
				text = fmt.Appendf(nil, `{"id":%q,"error":%q}`, e.ID, err)
			}
			_, _ = fmt.Fprintf(w, "%s\n", text)
			continue
		}
		switch {
		case err != nil:
			_, _ = fmt.Fprintf(w, "%s  %s\n", e.ID, oneLine(err))
		case len(diffs) == 1:
			_, _ = fmt.Fprintf(w, "%s  %s\n", e.ID, diffs[0])
		case len(diffs) > 1:
			_, _ = fmt.Fprintf(w, "%s  %s (and %d more)\n", e.ID, diffs[0], len(diffs)-1)
		}
	}
	_, _ = fmt.Fprintf(w, "cases: %d passed, %d failed\n", len(all)-failed, failed)
	return failed
}

// oneLine keeps an error with several faults on one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
