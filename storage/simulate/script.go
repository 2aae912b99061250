package simulate

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
)

// Script is a history: what happens in a company, step by step. The zero Script is empty and cannot be played.
type Script struct {
	Company   string  // the name of the [Company] it is played in
	Seed      uint64  // what the ids, and the order of those who act at once, follow from
	Employees int     // how many there are when it begins
	From      hr.Date // its first day
	Steps     []Step  // by day
}

// Step is one thing that somebody does, or tries.
type Step struct {
	N      int      // its number, which names it in later steps and in what is reported
	Beside bool     // it happens at the same time as the step before it
	Day    hr.Date  // when
	Who    string   // "hr", "payroll", "boss", "clock", or the number of an employee
	Verb   string   // one of [Verbs]
	Args   []string // what the verb says
	Fault  Fault    // what goes wrong the first time; zero: nothing
}

// String is the step as a script writes it.
func (s Step) String() string {
	var b strings.Builder
	if s.Beside {
		b.WriteString("& ")
	}
	fmt.Fprintf(&b, "%d %s %s %s", s.N, s.Day, s.Who, s.Verb)
	for _, a := range s.Args {
		b.WriteString(" " + a)
	}
	if !s.Fault.IsZero() {
		b.WriteString(" ! " + s.Fault.String())
	}
	return b.String()
}

// WriteTo writes the script as [Read] reads it.
func (s Script) WriteTo(w io.Writer) (n int64, err error) {
	var b strings.Builder
	fmt.Fprintf(&b, "history 1 company=%s seed=%d employees=%d from=%s\n", s.Company, s.Seed, s.Employees, s.From)
	for _, step := range s.Steps {
		b.WriteString(step.String() + "\n")
	}
	wrote, err := io.WriteString(w, b.String())
	return int64(wrote), err
}

// Read reads a script: a first line that says where it begins, and a line for each step. Empty lines and those that begin with "#" are
// comments. Every fault of the text is reported, with RuleScript and the number of its line as path.
func Read(r io.Reader) (Script, error) {
	var s Script
	var faults hr.Faults
	lines, n, begun := bufio.NewScanner(r), 0, false
	for lines.Scan() {
		n++
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		path := "line " + strconv.Itoa(n)
		if !begun {
			begun = true
			if err := s.begin(text); err != nil {
				faults.Add(path, RuleScript, "begins no history: %s", err)
			}
			continue
		}
		step, err := readStep(text)
		if err != nil {
			faults.Add(path, RuleScript, "is no step: %s", err)
			continue
		}
		if last := len(s.Steps) - 1; last >= 0 && (step.Day.Before(s.Steps[last].Day) || step.N <= s.Steps[last].N) {
			faults.Add(path, RuleScript, "is out of order: days do not go back, and numbers rise")
		}
		s.Steps = append(s.Steps, step)
	}
	if err := lines.Err(); err != nil {
		return Script{}, err
	}
	if !begun {
		faults.Add("", RuleScript, "is empty: the first line is \"history 1 company=... seed=... employees=... from=...\"")
	}
	if faults.Any() {
		return Script{}, faults.Err()
	}
	return s, nil
}

func (s *Script) begin(text string) (err error) {
	words := strings.Fields(text)
	if len(words) != 6 || words[0] != "history" || words[1] != "1" {
		return fmt.Errorf("it is \"history 1 company=... seed=... employees=... from=...\"")
	}
	named := map[string]string{}
	for _, w := range words[2:] {
		name, value, _ := strings.Cut(w, "=")
		named[name] = value
	}
	s.Company = named["company"]
	if s.Seed, err = strconv.ParseUint(named["seed"], 10, 64); err != nil {
		return fmt.Errorf("seed is a number from 0 on")
	}
	if s.Employees, err = strconv.Atoi(named["employees"]); err != nil || s.Employees < 0 {
		return fmt.Errorf("employees is a number from 0 on")
	}
	s.From, err = hr.ParseDate(named["from"])
	return err
}

func readStep(text string) (s Step, err error) {
	words := strings.Fields(text)
	if words[0] == "&" {
		s.Beside, words = true, words[1:]
	}
	if len(words) < 4 {
		return s, fmt.Errorf("it is \"NUMBER DAY WHO VERB ...\"")
	}
	if s.N, err = strconv.Atoi(words[0]); err != nil {
		return s, fmt.Errorf("it begins with a number")
	}
	if s.Day, err = hr.ParseDate(words[1]); err != nil {
		return s, err
	}
	s.Who, s.Verb, s.Args = words[2], words[3], words[4:]
	if _, known := verbs[s.Verb]; !known {
		return s, fmt.Errorf("there is no verb %q", s.Verb)
	}
	for i, w := range s.Args {
		if w == "!" {
			if s.Fault, err = readFault(s.Args[i+1:]); err != nil {
				return s, err
			}
			s.Args = s.Args[:i]
			break
		}
	}
	if len(s.Args) == 0 {
		s.Args = nil
	}
	return s, nil
}
