package payrolltest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// Story is the facts of one payslip and what they should come to.
type Story struct {
	Title string
	Line  int // of the file, where the story begins
	Input payroll.Input
	Show  []string // lines of the plan to print although they are steps on the way, or zero
	Want  string   // what should come out, by [Play]: lines that end in a line break

	from, to int // the lines of the file that hold Want, counted from 0, to not included
}

const divider = "----"

// ParseStories reads the stories of a text. A story begins with a line "story" and a title; its facts follow, one a line and in any order;
// a line of four hyphens ends them; what should come out goes on to an empty line, the next story or the end. A line that begins with #
// is a comment.
//
//	employee E7                                  the employee; E1 where there is none
//	period 2026-10-01..2026-10-31                the pay period; needed
//	paid 2026-10-31                              the pay day; the last day of the period where there is none
//	terms 2026-04-01: basic 40000, state KA      terms from a day on: a number is an amount, anything else an answer
//	gone 2026-10-21                              from this day on not employed
//	unpaid 2026-10-05: 0.5                       the unpaid part of a day
//	minutes 2026-10-06: overtime 90, night 30    time worked on a day, by band
//	adjust bonus 1234.56                         one amount for this period
//	answer tax_regime new                        one fact beside the terms
//	ytd taxable 900000                           what was posted for a line in the tax year before
//	show code_wages, hra_exempt                  steps on the way to print as well
//
// All faults come at once as [hr.FieldError]s, each with its line.
func ParseStories(text string) ([]Story, error) {
	p := parser{}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case word == "story":
			p.end()
			p.begin(i, strings.TrimSpace(rest))
		case p.now == nil:
			p.fault(i, RuleStoryLine, "must come after a line that begins with story")
		case line == divider:
			p.now.from = i + 1
			for i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" && !strings.HasPrefix(lines[i+1], "story ") {
				i++
				p.now.Want += strings.TrimRight(lines[i], " \t\r") + "\n"
			}
			p.now.to = i + 1
			p.end()
		default:
			p.fact(i, word, strings.TrimSpace(rest))
		}
	}
	p.end()
	if p.faults.Any() {
		return nil, fmt.Errorf("payrolltest: %w", p.faults.Err())
	}
	return p.stories, nil
}

type parser struct {
	faults  hr.Faults
	stories []Story
	now     *Story
	steps   []hr.Step[hr.Terms]
	unpaid  map[hr.Date]decimal.Decimal
	bands   map[hr.Date][]hr.Band
	seen    map[string]bool
}

func (p *parser) fault(line int, rule hr.Rule, reason string, args ...any) {
	p.faults.Add(fmt.Sprintf("line %d", line+1), rule, reason, args...)
}

func (p *parser) begin(line int, title string) {
	if title == "" {
		p.fault(line, RuleStoryLine, "must have a title")
	}
	*p = parser{
		faults: p.faults, stories: p.stories, now: &Story{Title: title, Line: line + 1, Input: payroll.Input{Employee: "E1"}},
		unpaid: map[hr.Date]decimal.Decimal{}, bands: map[hr.Date][]hr.Band{}, seen: map[string]bool{},
	}
}

// end finishes the story that is being read, if there is one.
func (p *parser) end() {
	s := p.now
	if s == nil {
		return
	}
	p.now = nil
	if s.from == 0 {
		p.fault(s.Line-1, RuleStoryEnd, "has no line of four hyphens, which ends its facts")
	}
	if !p.seen["period"] {
		p.fault(s.Line-1, RuleStoryFact, "has no period")
	}
	if s.Input.PayDate.IsZero() {
		s.Input.PayDate = s.Input.Period.Through
	}
	var err error
	if s.Input.Terms, err = hr.NewTimeline(p.steps...); err != nil {
		p.fault(s.Line-1, RuleStoryFact, "has two terms from one day on")
	}
	for i := range s.Input.Adjustments {
		s.Input.Adjustments[i].Employee = s.Input.Employee
	}
	p.timesheet(s)
	p.stories = append(p.stories, *s)
}

// once reports a fact that stands in the story already.
func (p *parser) once(line int, fact string) {
	if p.seen[fact] {
		p.fault(line, RuleStoryFact, "gives %s a second time", fact)
	}
	p.seen[fact] = true
}

func (p *parser) fact(line int, word, rest string) {
	in := &p.now.Input
	switch word {
	case "employee":
		p.once(line, word)
		if in.Employee = hr.EmployeeID(rest); rest == "" {
			p.fault(line, RuleStoryFact, "must name the employee")
		}
	case "period":
		p.once(line, word)
		var err error
		if in.Period, err = hr.ParsePeriod(rest); err != nil || in.Period.Open() || in.Period.Len() > 366 {
			p.fault(line, RuleStoryFact, "must be a period written YYYY-MM-DD..YYYY-MM-DD, of at most a year")
			in.Period = hr.Period{}
		}
	case "paid":
		p.once(line, word)
		in.PayDate = p.day(line, rest)
	case "gone":
		p.steps = append(p.steps, hr.Step[hr.Terms]{Since: p.day(line, rest), Void: true})
	case "terms":
		day, list := p.dated(line, rest)
		step := hr.Step[hr.Terms]{Since: day}
		for _, item := range list {
			name, value := item[0], item[1]
			if amount, err := hr.ParseDecimal(value); err == nil {
				step.Value.Pay = append(step.Value.Pay, hr.PayTerm{Name: name, Amount: amount})
			} else {
				step.Value.Answers = append(step.Value.Answers, hr.Answer{Name: name, Text: value})
			}
		}
		p.steps = append(p.steps, step)
	case "unpaid":
		day, part, _ := strings.Cut(rest, ":")
		d := p.day(line, strings.TrimSpace(day))
		p.once(line, "unpaid "+d.String())
		p.unpaid[d] = p.number(line, strings.TrimSpace(part))
		if p.unpaid[d].Sign() <= 0 || p.unpaid[d].GreaterThan(decimal.NewFromInt(1)) {
			p.fault(line, RuleStoryFact, "must be a part of a day, above 0 and at most 1")
		}
	case "minutes":
		d, list := p.dated(line, rest)
		p.once(line, "minutes "+d.String())
		for _, item := range list {
			n := p.number(line, item[1])
			if !n.IsInteger() || n.Sign() < 0 || n.GreaterThan(decimal.NewFromInt(24*60)) {
				p.fault(line, RuleStoryFact, "must be whole minutes of a day")
			}
			p.bands[d] = append(p.bands[d], hr.Band{Name: item[0], Minutes: int(n.IntPart())})
		}
	case "adjust":
		name, amount := p.pair(line, rest)
		in.Adjustments = append(in.Adjustments, payroll.Adjustment{Name: name, Amount: p.number(line, amount)})
	case "answer":
		name, text := p.pair(line, rest)
		in.Answers = append(in.Answers, hr.Answer{Name: name, Text: text})
	case "ytd":
		name, amount := p.pair(line, rest)
		in.YearToDate = append(in.YearToDate, payroll.Amount{Name: name, Amount: p.number(line, amount)})
	case "show":
		for _, name := range strings.Split(rest, ",") {
			if name = strings.TrimSpace(name); name == "" {
				p.fault(line, RuleStoryFact, "must name lines of the plan")
			}
			p.now.Show = append(p.now.Show, name)
		}
	default:
		p.fault(line, RuleStoryLine, "must begin with employee, period, paid, terms, gone, unpaid, minutes, adjust, answer, ytd, show or ----")
	}
}

func (p *parser) day(line int, text string) hr.Date {
	d, err := hr.ParseDate(text)
	if err != nil {
		p.fault(line, RuleStoryFact, "must have a day written YYYY-MM-DD")
	}
	return d
}

func (p *parser) number(line int, text string) decimal.Decimal {
	d, err := hr.ParseDecimal(text)
	if err != nil {
		p.fault(line, RuleStoryFact, "must have a plain decimal")
	}
	return d
}

// pair reads a name and the rest.
func (p *parser) pair(line int, text string) (name, value string) {
	name, value, _ = strings.Cut(text, " ")
	if value = strings.TrimSpace(value); name == "" || value == "" {
		p.fault(line, RuleStoryFact, "must have a name and a value")
	}
	return name, value
}

// dated reads a day, a colon, and names with values between commas.
func (p *parser) dated(line int, text string) (hr.Date, [][2]string) {
	day, list, _ := strings.Cut(text, ":")
	var out [][2]string
	for _, item := range strings.Split(list, ",") {
		name, value := p.pair(line, strings.TrimSpace(item))
		out = append(out, [2]string{name, value})
	}
	return p.day(line, strings.TrimSpace(day)), out
}

// timesheet makes the timesheet of a story that says something about days: every employed day is present and paid but for what is said.
func (p *parser) timesheet(s *Story) {
	if len(p.unpaid)+len(p.bands) == 0 {
		return
	}
	one := decimal.NewFromInt(1)
	ts := hr.Timesheet{Employee: s.Input.Employee, Period: s.Input.Period}
	totals := map[string]int{}
	var names []string
	said := len(p.unpaid)
	for d := range p.bands {
		if _, both := p.unpaid[d]; !both {
			said++
		}
	}
	for stretch := range s.Input.Terms.StepsOver(s.Input.Period) {
		for d := range stretch.Days() {
			day := hr.TimesheetDay{Date: d, Status: "present", Payable: one.Sub(p.unpaid[d]), Unpaid: p.unpaid[d], Bands: p.bands[d]}
			if _, unpaid := p.unpaid[d]; unpaid || len(day.Bands) > 0 {
				said--
			}
			ts.Payable, ts.Unpaid = ts.Payable.Add(day.Payable), ts.Unpaid.Add(day.Unpaid)
			for _, b := range day.Bands {
				if _, known := totals[b.Name]; !known {
					names = append(names, b.Name)
				}
				totals[b.Name] += b.Minutes
			}
			ts.Days = append(ts.Days, day)
		}
	}
	if said > 0 {
		p.fault(s.Line-1, RuleStoryFact, "says something of a day that is not employed or not in the period")
	}
	slices.Sort(names)
	for _, n := range names {
		ts.Bands = append(ts.Bands, hr.Band{Name: n, Minutes: totals[n]})
	}
	s.Input.Timesheet = ts
}
