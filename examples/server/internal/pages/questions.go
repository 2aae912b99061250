package pages

import (
	"net/http"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// questions are the pages that ask what would be, and change nothing.
func (p *Pages) questions(a adder) {
	a.get("/payroll/what-if", p.whatIf)
	a.get("/payroll/back-test", p.backTest)
	a.answer("/payroll/back-test", p.backTest) // the rules are too long for an address; it changes nothing
}

// whatIfPage asks what a change of pay would cost.
type whatIfPage struct {
	Period   hr.Period
	Term     string
	Terms    []string
	Percent  string
	Employee string
	Asked    bool
	Impact   payroll.Impact
	Figures  figures
	Chart    chart
	People   []personImpact
}

type personImpact struct {
	payroll.PersonImpact
	Name string
}

// peopleShown is how many people a page of an answer names, the largest change first.
const peopleShown = 25

func (p *Pages) whatIf(w http.ResponseWriter, r Request) error {
	if err := storage.May(r.Context(), r.App.Kit, r.View(), "payroll.WhatIf"); err != nil {
		return err
	}
	c, q := r.App.Company, r.URL.Query()
	page := whatIfPage{Term: q.Get("term"), Percent: q.Get("percent"), Employee: q.Get("employee"), Asked: q.Has("term"), Terms: payTerms(c.People[0].Hire.Terms)}
	list, err := p.allRuns(r)
	if err != nil {
		return err
	}
	page.Period = nextMonth(r, list)
	if page.Asked {
		var faults hr.Faults
		page.Period = hr.Period{From: dayField(r, "from", &faults), Through: dayField(r, "through", &faults)}
		percent, err := decimal.NewFromString(page.Percent)
		if err != nil || percent.Exponent() < -4 || percent.Abs().GreaterThan(decimal.NewFromInt(1000)) {
			faults.Add("percent", hr.RuleInvalid, "must be a number, such as 5 or -2.5")
		}
		if err := faults.Err(); err != nil {
			return err
		}
		page.Impact, err = r.App.Pay.WhatIf(r.Context(), r.View(), payroll.RunSpec{Kind: payroll.RunRegular, Period: page.Period, PayDate: page.Period.Through},
			payroll.WhatIf{Terms: []payroll.TermChange{{Employee: hr.EmployeeID(page.Employee), Name: page.Term, Percent: percent}}})
		if err != nil {
			return err
		}
		m := page.Impact
		page.Figures = figures{Title: "What would be paid otherwise", Before: "Now", Now: "Then", Currency: m.Currency, Lines: m.Lines, Sums: []payroll.LineVariance{named(m.Net, "Net pay"), named(m.Cost, "Cost to the company")}}
		page.Chart = page.Figures.chart("Bars to the right are more than now, bars to the left less. The table below has the figures.")
		shown := m.People[:min(len(m.People), peopleShown)]
		for _, x := range shown {
			page.People = append(page.People, personImpact{x, r.name(x.Employee)})
		}
	}
	p.Show(w, r.Request, http.StatusOK, "what-if.html", page)
	return nil
}

// payTerms lists the names of what is agreed as pay.
func payTerms(t hr.Terms) (names []string) {
	for _, p := range t.Pay {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}

// backTestPage plays paid months again with other rules.
type backTestPage struct {
	Rules   string
	Period  hr.Period
	Asked   bool
	Answer  payroll.BackTested
	Figures figures
	Chart   chart
	People  []backTestedPerson
}

type backTestedPerson struct {
	payroll.BackTestedPerson
	Name string
}

func (p *Pages) backTest(w http.ResponseWriter, r Request) error {
	if err := storage.May(r.Context(), r.App.Kit, r.View(), "payroll.BackTest"); err != nil {
		return err
	}
	today := r.App.Today()
	page := backTestPage{Rules: r.App.Company.Rules, Period: hr.Period{From: today.Add(-366), Through: today}, Asked: r.Method == http.MethodPost}
	if page.Asked {
		page.Rules = r.PostFormValue("rules")
		plan, err := r.App.Company.Compile(page.Rules)
		if err != nil {
			return err
		}
		if page.Answer, err = r.App.Pay.BackTest(r.Context(), r.View(), payroll.BackTest{Plan: plan, Over: page.Period}); err != nil {
			return err
		}
		b := page.Answer
		page.Figures = figures{Title: "What would have been paid otherwise", Before: "Paid", Now: "By these rules", Currency: b.Currency, Lines: b.Lines, Sums: []payroll.LineVariance{named(b.Net, "Net pay"), named(b.Cost, "Cost to the company")}}
		page.Chart = page.Figures.chart("Bars to the right are more than was paid, bars to the left less. The table below has the figures.")
		for _, x := range b.People[:min(len(b.People), peopleShown)] {
			page.People = append(page.People, backTestedPerson{x, r.name(x.Employee)})
		}
	}
	p.Show(w, r.Request, http.StatusOK, "back-test.html", page)
	return nil
}
