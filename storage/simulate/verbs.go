package simulate

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// verb is something that a step can do.
type verb struct {
	usage string // its arguments
	means string
	run   func(*call) error
}

// verbs are all of them. The map is made once by [verbTable] and never written to.
var verbs = verbTable()

// Verbs returns what steps can say: each verb with its arguments and what it means.
func Verbs() map[string]string {
	out := map[string]string{}
	for name, v := range verbs {
		out[name+" "+v.usage] = v.means
	}
	return out
}

func verbTable() map[string]verb {
	return map[string]verb{
		"import": {"COUNT [BASIC]", "takes over the first COUNT employees, who joined a year before the history begins, on BASIC or 2000 and up to three quarters more", (*call).takeOver},
		"hire":   {"EMPLOYEE START BASIC", "hires somebody", (*call).hire},
		"rehire": {"EMPLOYEE START BASIC [NUMBER]", "hires a former employee again, under the number they had or a new one", (*call).rehire},
		"join":   {"EMPLOYEE", "the first day has come", func(c *call) error { return c.people.Join(c.ctx, c.cmd(), c.employee(0)) }},
		"raise":  {"EMPLOYEE FROM BASIC", "pays another basic from a day on, which may be long past", (*call).raise},
		"move":   {"EMPLOYEE FROM DEPARTMENT", "moves somebody to another department", (*call).move},
		"notice": {"EMPLOYEE GIVEN LAST", "gives notice", func(c *call) error {
			return c.people.GiveNotice(c.ctx, c.cmd(), c.employee(0), lifecycle.NoticeDates{Given: c.day(1), LastDay: c.day(2)})
		}},
		"exit": {"EMPLOYEE LAST", "ends an employment", func(c *call) error { return c.people.Exit(c.ctx, c.cmd(), c.employee(0), c.day(1), "left") }},
		"retire": {"EMPLOYEE LAST|age", "retires, on a day or at the age of the house's rule", func(c *call) error {
			if c.word(1) == "age" {
				return c.people.Retire(c.ctx, c.cmd(), c.employee(0), lifecycle.Retirement{Reason: "retired"})
			}
			return c.people.Retire(c.ctx, c.cmd(), c.employee(0), lifecycle.Retirement{LastDay: c.day(1), Early: true, Reason: "retired"})
		}},
		"erase": {"EMPLOYEE", "forgets who somebody was who left long ago", (*call).erase},
		"die":   {"EMPLOYEE ON", "dies in service", func(c *call) error { return c.people.RecordDeath(c.ctx, c.cmd(), c.employee(0), c.day(1)) }},
		"suspend": {"EMPLOYEE FROM THROUGH SHARE", "is suspended, on a share of the pay", func(c *call) error {
			return c.people.Suspend(c.ctx, c.cmd(), c.employee(0), c.awayTerms())
		}},
		"longleave": {"EMPLOYEE FROM THROUGH SHARE", "is away for long, on a share of the pay", func(c *call) error {
			return c.people.StartLongLeave(c.ctx, c.cmd(), c.employee(0), c.awayTerms())
		}},
		"back": {"EMPLOYEE ON", "is back", func(c *call) error {
			return c.people.Return(c.ctx, c.cmd(), c.employee(0), lifecycle.Back{On: c.day(1)})
		}},
		"bank":    {"EMPLOYEE K", "is paid into the K-th account", (*call).bank},
		"declare": {"EMPLOYEE FROM K", "says the K-th of what the law asks employees, from a day on", (*call).declare},

		"accrue":   {"THROUGH", "credits leave to everybody", (*call).accrue},
		"leave":    {"TYPE PERIOD [half]", "asks for leave", (*call).leave},
		"decide":   {"STEP yes|no", "decides about the leave that was asked for in a step", (*call).decide},
		"cancel":   {"STEP", "cancels leave that was agreed", func(c *call) error { return c.away.Cancel(c.ctx, c.cmd(), c.request(0)) }},
		"withdraw": {"STEP", "takes back a request for leave", func(c *call) error { return c.away.Withdraw(c.ctx, c.cmd(), c.request(0)) }},
		"giveback": {"STEP PERIOD", "gives days of leave back", func(c *call) error { return c.away.GiveBack(c.ctx, c.cmd(), c.request(0), c.period(1)) }},
		"encash": {"EMPLOYEE TYPE QUANTITY ON", "is paid for leave instead of taking it", func(c *call) error {
			_, err := c.away.Encash(c.ctx, c.cmd(), leave.Encashing{Employee: c.employee(0), Type: leave.TypeID(c.word(1)), Quantity: c.amount(2), On: c.day(3)})
			return err
		}},

		"punches": {"EMPLOYEE PERIOD HABIT", "is clocked on the working days of a period", (*call).punches},
		"missing": {"EMPLOYEE DAY TIME in|out", "a punch was missing", (*call).missing},
		"void":    {"EMPLOYEE DAY HABIT in|out", "a punch was wrong", (*call).void},
		"roster": {"EMPLOYEE SHIFT PERIOD", "works another shift", func(c *call) error {
			_, err := c.clocks.Roster(c.ctx, c.cmd(), attendance.Assignment{Employee: c.employee(0), Shift: c.word(1), Period: c.period(2)})
			return err
		}},

		"adopt":     {"PLAN FROM", "pays by another plan from a day on: the law has changed", (*call).adopt},
		"adjust":    {"EMPLOYEE NAME PERIOD AMOUNT", "pays an amount beside the terms", (*call).adjust},
		"lend":      {"EMPLOYEE AMOUNT INSTALMENT FROM", "asks for a loan for somebody, paid out with the first pay from a day on", (*call).lend},
		"agree":     {"STEP yes|no", "decides about the loan that was asked for in a step", (*call).agree},
		"order":     {"EMPLOYEE AMOUNT FROM", "records what a court orders to be withheld a month, twelve times", (*call).order},
		"create":    {"LABEL KIND PERIOD [OF EMPLOYEE]", "begins a payroll run", (*call).create},
		"calculate": {"LABEL", "calculates it", (*call).calculate},
		"override":  {"LABEL", "lets its findings pass", (*call).override},
		"approve":   {"LABEL", "approves it", (*call).approve},
		"pay":       {"LABEL", "pays it", (*call).pay},
		"close":     {"LABEL", "closes it", func(c *call) error { _, err := c.services.pay.Close(c.ctx, c.cmd(), c.run(0).id); return err }},

		"open":     {"LABEL SEATS", "looks for people", (*call).open},
		"consider": {"EMPLOYEE LABEL", "takes up who would have that number for an opening, as far as an offer", (*call).consider},
		"offer":    {"EMPLOYEE START BASIC", "offers them the job", (*call).offer},
		"accept":   {"EMPLOYEE", "they accept, and are hired", (*call).accept},

		"deliver": {"plain|twice|backwards", "brings the events that wait to a consumer, each once, or twice, or the newest first", (*call).deliver},

		"again": {"STEP", "an attack: sends the commands of a step again under their ids, with other content", (*call).again},
	}
}

func (c *call) takeOver() error {
	rows := make([]lifecycle.Arrival, c.number(0))
	start, err := c.w.Script.From.AddMonths(-12, hr.MonthClamp)
	if err != nil {
		return err
	}
	least := decimal.NewFromInt(2000)
	if c.has(1) {
		least = c.amount(1)
	}
	for i := range rows {
		n := i + 1
		basic := least.Add(least.Mul(decimal.New(int64(5*(n%150)), -3)))
		rows[i] = lifecycle.Arrival{
			Hire: hr.Hire{Employee: c.touch(Employee(n)), Person: c.w.Company.Person(n), Start: start, Terms: c.w.Company.Terms(n, basic)}, Joined: true,
		}
	}
	if _, err := c.people.Import(c.ctx, c.cmd(), rows); err != nil {
		return err
	}
	for _, r := range rows {
		c.w.book.hired[r.Hire.Employee] = c.step.N
		c.w.book.said[r.Hire.Employee] = r.Hire.Person.Bank
	}
	return nil
}

// hiring is who the first three words of a step are about.
func (c *call) hiring() hr.Hire {
	id := c.employee(0)
	return hr.Hire{Employee: id, Person: c.w.Company.Person(index(id)), Start: c.day(1), Terms: c.w.Company.Terms(index(id), c.amount(2))}
}

func (c *call) hire() error {
	h := c.hiring()
	if _, err := c.people.Hire(c.ctx, c.cmd(), h); err != nil {
		return err
	}
	c.w.book.hired[h.Employee], c.w.book.said[h.Employee] = c.step.N, h.Person.Bank
	return nil
}

func (c *call) rehire() error {
	h := c.hiring()
	former := h.Employee
	h.Person = hr.Person{}
	if c.has(3) {
		h.Employee = c.employee(3)
		h.Terms = c.w.Company.Terms(index(h.Employee), c.amount(2))
	}
	if _, err := c.people.Rehire(c.ctx, c.cmd(), lifecycle.Rehiring{Former: former, Hire: h}); err != nil {
		return err
	}
	if _, known := c.w.book.hired[h.Employee]; !known {
		c.w.book.hired[h.Employee], c.w.book.said[h.Employee] = c.step.N, c.w.book.said[former]
	}
	return nil
}

func (c *call) raise() error {
	set := hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: c.amount(2)}}}
	_, err := c.people.ChangeTerms(c.ctx, c.cmd(), c.employee(0), lifecycle.TermsChange{From: c.day(1), Set: set})
	return err
}

func (c *call) move() error {
	_, err := c.people.ChangeTerms(c.ctx, c.cmd(), c.employee(0), lifecycle.TermsChange{From: c.day(1), Set: hr.Terms{Department: c.word(2)}})
	return err
}

func (c *call) declare() error {
	id, from := c.employee(0), c.day(1)
	if c.w.Company.Declares == nil {
		return nil
	}
	set := hr.Terms{Answers: []hr.Answer{c.w.Company.Declares(index(id), c.number(2))}}
	_, err := c.people.ChangeTerms(c.ctx, c.cmd(), id, lifecycle.TermsChange{From: from, Set: set})
	return err
}

func (c *call) awayTerms() lifecycle.AwayTerms {
	return lifecycle.AwayTerms{From: c.day(1), Through: c.day(2), Pay: []lifecycle.PayStep{{Share: c.amount(3)}}}
}

func (c *call) bank() error {
	id, k := c.employee(0), c.number(1)
	e, err := c.people.Employment(c.ctx, c.view, id)
	if err != nil {
		return err
	}
	p := e.Person
	p.Bank = c.w.Company.Bank(index(id), k)
	if err := c.people.ChangePerson(c.ctx, c.cmd(), id, p); err != nil {
		return err
	}
	if c.step.Who == "hr" || c.step.Who == string(id) { // nobody else may say so, whatever a policy lets pass
		c.w.book.said[id] = p.Bank
	}
	return nil
}

// adopt lets a plan pay from a day on.
func (c *call) adopt() error {
	n := c.number(0)
	if n < 0 || n >= len(c.w.Company.Plans) {
		n = 0
	}
	_, err := c.services.pay.Adopt(c.ctx, c.cmd(), c.w.Company.Plans[n], hr.Period{From: c.day(1)})
	return err
}

func (c *call) adjust() error {
	_, err := c.services.pay.Adjust(c.ctx, c.cmd(), payroll.Adjustment{Employee: c.employee(0), Name: c.word(1), Period: c.period(2), Amount: c.amount(3)})
	return err
}
