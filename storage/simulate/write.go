package simulate

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Plan says what history a seed writes.
type Plan struct {
	Company   string
	Seed      uint64
	Employees int // when it begins; more are hired
	From      hr.Date
	Months    int
	Faults    int // how many of a thousand steps something goes wrong in
	Beside    int // how many of a thousand steps happen at the same time as the one before
	Attacks   int // how many attacks a month

	Least, Most int            // pay a month in whole units; zero: 2000 to 5000
	Leave       []leave.TypeID // types that are asked for beside those of the house
	Declares    bool           // whether employees declare things that the law asks for
}

// For returns the plan in a company: its pay, its kinds of leave, its law, and a first day at which the law is known for all of its months.
func (p Plan) For(c Company) Plan {
	p.Company, p.Least, p.Most, p.Declares, p.From = c.Name, c.Least, c.Most, c.Declares != nil, c.From(p.Seed, p.Months)
	p.Leave = nil
	for _, t := range slices.Sorted(maps.Keys(c.Leave)) {
		if t != "casual" && t != "ahead" && t != "unpaid" {
			p.Leave = append(p.Leave, t)
		}
	}
	return p
}

// Write writes the history of a seed. The same plan writes the same script. The writer looks at nothing but its own dice: what a step finds when it
// is played, and whether it is refused, is not its business.
func Write(p Plan) Script {
	w := writer{p: p, rng: rand.New(rand.NewPCG(p.Seed, 1)), s: Script{Company: p.Company, Seed: p.Seed, Employees: p.Employees, From: p.From}}
	w.n = p.Employees
	if p.Least == 0 {
		w.p.Least, w.p.Most = 2000, 5000
	}
	w.add(p.From, "hr", "import", p.Employees, w.p.Least)
	w.add(p.From, "payroll", "adopt", 0, w.monthsBack(12))
	for m := range p.Months {
		w.month(m)
	}
	return w.s
}

type writer struct {
	p       Plan
	rng     *rand.Rand
	s       Script
	n       int   // the number of the employee hired last
	gone    []int // who has left, by number
	leaving []int // who leaves this month
	asked   []int // steps that asked for leave, of the last months
	lent    []int // steps that asked for a loan
	plan    int
}

// event is a step that has no number yet.
type event struct {
	day  hr.Date
	who  string
	verb string
	args []any
}

func (w *writer) add(day hr.Date, who, verb string, args ...any) int {
	step := Step{N: len(w.s.Steps) + 1, Day: day, Who: who, Verb: verb}
	for _, a := range args {
		step.Args = append(step.Args, fmt.Sprint(a))
	}
	if len(w.s.Steps) > 1 { // the first two found the house
		step.Fault = w.fault()
		step.Beside = w.rng.IntN(1000) < w.p.Beside && w.s.Steps[len(w.s.Steps)-1].Day == day
	}
	w.s.Steps = append(w.s.Steps, step)
	return step.N
}

func (w *writer) fault() Fault {
	if w.rng.IntN(1000) >= w.p.Faults {
		return Fault{}
	}
	kinds := FaultKinds()
	f := Fault{kinds[w.rng.IntN(len(kinds))], 1}
	switch {
	case f.Kind == Ahead || f.Kind == Behind:
		f.At = 1 + w.rng.IntN(10)
	case atCalls[f.Kind] != "":
		f.At = 1 + w.rng.IntN(16)
	case w.rng.IntN(4) == 0:
		f.At = 2 + w.rng.IntN(3)
	}
	return f
}

func (w *writer) monthsBack(n int) hr.Date {
	d, err := w.p.From.AddMonths(-n, hr.MonthClamp)
	if err != nil {
		panic(err) // the first of a month has every month before it
	}
	return d
}

func (w *writer) someone() hr.EmployeeID { return Employee(1 + w.rng.IntN(w.n)) }

// day is some day of a period.
func (w *writer) day(p hr.Period) hr.Date {
	n := 0
	for range p.Days() {
		n++
	}
	return p.From.Add(w.rng.IntN(n))
}

func (w *writer) pick(words ...string) string { return words[w.rng.IntN(len(words))] }

// share is a number of things that happen to n employees, each with a chance of so many in ten thousand.
func (w *writer) share(n, chance int) (times int) {
	times = n * chance / 10000
	if w.rng.IntN(10000) < n*chance%10000 {
		times++
	}
	return times
}

// month writes what happens in the m-th month, and its payroll.
func (w *writer) month(m int) {
	first, err := w.p.From.AddMonths(m, hr.MonthClamp)
	if err != nil {
		panic(err) // as in monthsBack
	}
	month := hr.MonthOf(first)
	before, _ := first.AddMonths(-1, hr.MonthClamp)
	far, _ := first.AddMonths(-1-w.rng.IntN(4), hr.MonthClamp)
	var events []event
	at := func(day hr.Date, who, verb string, args ...any) { events = append(events, event{day, who, verb, args}) }

	at(first, "hr", "accrue", month.Through)
	for i := 1; i <= w.n; i++ {
		if i%100 < clocked {
			at(month.Through, "clock", "punches", Employee(i), month, w.pick("day", "day", "day", "early", "late", "long", "night", "stays"))
		}
	}
	for range w.share(w.n, 150) {
		w.n++
		start := w.day(month)
		at(start, "hr", "hire", Employee(w.n), start, w.basic())
		at(start, "hr", "join", Employee(w.n))
	}
	for k := range w.share(w.n, 50) { // two people for a seat: the second is too late
		label, start := fmt.Sprint("post-", first, "-", k), w.day(month)
		at(first, "hr", "open", label, 1)
		for range 2 {
			w.n++
			at(first, "hr", "consider", Employee(w.n), label)
			at(first, "hr", "offer", Employee(w.n), start, w.basic())
			at(start, "hr", "accept", Employee(w.n))
			at(start, "hr", "join", Employee(w.n))
		}
	}
	for range w.share(w.n, 100) {
		last := w.day(month)
		i := 1 + w.rng.IntN(w.n)
		w.gone, w.leaving = append(w.gone, i), append(w.leaving, i)
		if w.rng.IntN(2) == 0 {
			at(first, "hr", "notice", Employee(i), first, last)
		}
		at(w.day(month), "hr", w.pick("exit", "exit", "exit", "retire", "die"), Employee(i), last)
	}
	for range w.share(w.n, 20) {
		at(w.day(month), "hr", "retire", w.someone(), "age")
	}
	if len(w.gone) > 0 && w.rng.IntN(2) == 0 {
		at(w.day(month), "hr", "erase", Employee(w.gone[w.rng.IntN(len(w.gone))]))
	}
	for range w.share(w.n, 60) {
		amount := w.p.Least/10 + w.rng.IntN(w.p.Least)
		at(w.day(month), "payroll", "lend", w.someone(), amount, 1+amount/(1+w.rng.IntN(6)), first)
	}
	for range w.share(w.n, 20) {
		at(w.day(month), "payroll", "order", w.someone(), 1+w.rng.IntN(w.p.Least/5), w.day(month))
	}
	if len(w.gone) > 0 && w.rng.IntN(3) == 0 {
		start := w.day(month)
		id := Employee(w.gone[w.rng.IntN(len(w.gone))])
		if w.rng.IntN(2) == 0 {
			at(start, "hr", "rehire", id, start, w.basic())
		} else {
			w.n++
			at(start, "hr", "rehire", id, start, w.basic(), Employee(w.n))
			id = Employee(w.n)
		}
		at(start, "hr", "join", id)
	}
	for range w.share(w.n, 300) {
		at(w.day(month), "hr", "raise", w.someone(), w.pick(first.String(), before.String(), far.String(), w.day(month).String()), w.basic())
	}
	for range w.share(w.n, 100) {
		at(w.day(month), "hr", "move", w.someone(), w.day(month), w.pick("D0", "D1", "D2"))
	}
	for range w.share(w.n, 40) {
		id, from := w.someone(), w.day(month)
		at(from, "hr", w.pick("suspend", "longleave"), id, from, from.Add(w.rng.IntN(60)), w.pick("0", "0.5"))
		at(w.day(month), "hr", "back", id, from.Add(w.rng.IntN(30)))
	}
	for range w.share(w.n, 60) {
		at(w.day(month), "hr", "bank", w.someone(), w.rng.IntN(4))
	}
	for range w.share(w.n, 200) {
		if !w.p.Declares {
			break
		}
		at(w.day(month), "hr", "declare", w.someone(), w.pick(first.String(), first.String(), before.String()), w.rng.IntN(8))
	}
	for range w.share(w.n, 40) {
		at(w.day(month), "hr", "encash", w.someone(), w.pick("casual", "ahead"), 1+w.rng.IntN(4), w.day(month))
		at(w.day(month), "hr", "roster", w.someone(), w.pick("day", "night", "office"), hr.Period{From: w.day(month), Through: month.Through})
	}
	for range w.share(w.n, 60) {
		at(w.day(month), "payroll", "adjust", w.someone(), "bonus", month, w.rng.IntN(500))
	}
	for range w.share(w.n, 100) {
		at(month.Through, "hr", "missing", w.someone(), w.day(hr.MonthOf(before)), w.pick("17:00", "18:00"), w.pick("in", "out"))
		at(month.Through, "hr", "void", w.someone(), w.day(hr.MonthOf(before)), "day", w.pick("in", "out"))
	}
	if w.rng.IntN(6) == 0 && m > 2 {
		w.plan = 1 - w.plan
		at(w.day(month), "payroll", "adopt", w.plan, w.pick(first.String(), before.String()))
	}
	w.leaves(month, hr.MonthOf(before), at)
	for range w.p.Attacks {
		w.attack(month, at)
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.day.Compare(b.day) })
	for _, e := range events {
		n := w.add(e.day, e.who, e.verb, e.args...)
		switch e.verb {
		case "leave":
			w.asked = append(w.asked, n)
		case "lend":
			w.lent = append(w.lent, n)
		}
	}
	w.decide(month.Through)
	w.payroll(month, hr.MonthOf(before))
}

func (w *writer) basic() string {
	return fmt.Sprintf("%d.%02d", w.p.Least+w.rng.IntN(w.p.Most-w.p.Least), w.rng.IntN(100))
}

// leaves lets people ask for leave, of this month, of the one before and ahead.
func (w *writer) leaves(month, before hr.Period, at func(hr.Date, string, string, ...any)) {
	for range w.share(w.n, 1500) {
		from := w.day(month)
		if w.rng.IntN(5) == 0 {
			from = w.day(before)
		}
		types := []string{"casual", "casual", "ahead", "unpaid"}
		for _, t := range w.p.Leave {
			types = append(types, string(t), string(t))
		}
		args := []any{w.pick(types...), hr.Period{From: from, Through: from.Add(w.rng.IntN(4))}}
		if w.rng.IntN(4) == 0 {
			args = append(args, "half")
		}
		at(w.day(month), string(w.someone()), "leave", args...)
	}
}

// decide decides what was asked for, and takes some of it back again.
func (w *writer) decide(day hr.Date) {
	for _, n := range w.asked {
		who := "boss"
		at := slices.IndexFunc(w.s.Steps, func(s Step) bool { return s.N == n })
		asker := w.s.Steps[at].Who
		switch w.rng.IntN(12) {
		case 0:
			who = asker // an attack
		case 1:
			w.add(day, asker, "withdraw", n)
		}
		w.add(day, who, "decide", n, w.pick("yes", "yes", "yes", "no"))
		switch w.rng.IntN(12) {
		case 0:
			w.add(day, asker, "cancel", n)
		case 1:
			w.add(day, "hr", "giveback", n, w.s.Steps[at].Args[1])
		}
	}
	for _, n := range w.lent {
		w.add(day, "boss", "agree", n, w.pick("yes", "yes", "no"))
	}
	w.asked, w.lent = nil, nil
}

// payroll runs the month, and sometimes takes a payslip of the month before back and pays it again.
func (w *writer) payroll(month, before hr.Period) {
	day := month.Through
	run := func(label string, args ...any) {
		w.add(day, "payroll", "create", append([]any{label}, args...)...)
		w.add(day, "payroll", "calculate", label)
		w.add(day, "payroll", "override", label)
		w.add(day, "boss", "approve", label)
		w.add(day, "payroll", "pay", label)
	}
	if w.rng.IntN(2) == 0 {
		id := w.someone()
		run("back-"+month.From.String(), "reversal", before, "run-"+before.From.String(), id)
		run("again-"+month.From.String(), "correction", before, "-", id)
	}
	for _, i := range w.leaving {
		if w.rng.IntN(2) == 0 {
			run(fmt.Sprint("final-", month.From, "-", i), "settlement", month, "-", Employee(i))
		}
	}
	w.leaving = nil
	label := "run-" + month.From.String()
	run(label, "regular", month)
	w.add(day, "payroll", "close", label)
	w.add(day, "clock", "deliver", w.pick("plain", "twice", "backwards"))
}

// attack tries what nobody may.
func (w *writer) attack(month hr.Period, at func(hr.Date, string, string, ...any)) {
	day := w.day(month)
	last := "run-" + month.From.Add(-1).String()[:8] + "01"
	switch w.rng.IntN(6) {
	case 0: // a ghost employee
		w.n++
		at(day, "payroll", "hire", Employee(w.n), day, w.basic())
	case 1: // a bank account that somebody else changes
		at(day, "payroll", "bank", w.someone(), 1+w.rng.IntN(3))
	case 2: // self-approval
		at(month.Through, "payroll", "approve", "run-"+month.From.String())
	case 3: // the same payment once more
		at(day, "payroll", "pay", last)
	case 4: // an edited history: a command that was done, with other content
		at(day, w.pick("payroll", "hr"), "again", 1+w.rng.IntN(len(w.s.Steps)))
	case 5: // a raise for oneself
		id := w.someone()
		at(day, string(id), "raise", id, day, "9999")
	}
}
