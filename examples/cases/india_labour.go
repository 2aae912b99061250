package main

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// indiaLabourRules is the pay of the examples for labour law.
//
//go:embed india_labour.rules
var indiaLabourRules string

// indiaLabourTopics are what is paid beside the monthly salary: settlements, bonus, maternity benefit, overtime; and due dates. Formulas
// are asked through a plan of wages and settlement, functions directly.
func indiaLabourTopics() register {
	var book indiaLabour
	return register{
		"in:deductions":           book.deductions,
		"in:gratuity":             book.gratuity,
		"in:gratuity.tax":         book.gratuityTax,
		"in:bonus":                book.bonus,
		"in:bonus.set_on_off":     book.bonusSetOnOff,
		"in:leave_encashment.tax": book.leavePayTax,
		"in:maternity":            book.maternity,
		"in:overtime":             book.overtime,
		"in:full_and_final":       book.fullAndFinal,
	}
}

type indiaLabour struct{}

// lines calculates one payslip of the components, of somebody who leaves at the end of the month.
func (indiaLabour) lines(pack payroll.Pack, p hr.Period, sheet hr.Timesheet, facts map[string]string, components ...payroll.Component) (map[string]decimal.Decimal, error) {
	for _, c := range pack.Components {
		if c.Name == "in/wages.rules" { // the rest of the law is other topics'
			components = append(components, c)
		}
	}
	pack.Components = nil
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{pack},
		Components: append(components, payroll.Component{Name: "india_labour.rules", Text: indiaLabourRules}),
	})
	if err != nil {
		return nil, err
	}
	terms := hr.Terms{Currency: "INR"}
	for name, text := range facts {
		terms.Answers = append(terms.Answers, hr.Answer{Name: name, Text: text})
	}
	left, err := hr.NewTimeline(hr.Step[hr.Terms]{Since: p.From, Value: terms}, hr.Step[hr.Terms]{Since: p.Through.Add(1), Void: true})
	if err != nil {
		return nil, err
	}
	slip, err := plan.Calculate(payroll.Input{Employee: "example", Period: p, PayDate: p.Through, Terms: left, Timesheet: sheet})
	if err != nil {
		return nil, err
	}
	out := map[string]decimal.Decimal{}
	for _, l := range slip.Lines {
		out[l.Name] = l.Amount
	}
	return out, nil
}

func (indiaLabour) deductions(g *given) (map[string]any, error) {
	wages, asked := g.number("wages"), g.number("deductions")
	if g.faults.Any() {
		return nil, nil
	}
	c, err := in.CapDeductions(in.Pack(), octoberWages(), wages, []payroll.Amount{{Name: "deductions", Amount: asked}})
	if err != nil {
		return nil, err
	}
	carried := decimal.Zero
	for _, a := range c.Carried {
		carried = carried.Add(a.Amount)
	}
	return map[string]any{"deductible_now": c.Taken[0].Amount, "excess_carried": carried}, nil
}

func (b indiaLabour) gratuity(g *given) (map[string]any, error) {
	pack, last, covered := in.Pack(), octoberWages().Through, g.flag("covered", true)
	got := map[string]any{}
	var service in.GratuityYears
	if g.has("payable_years") {
		service = in.GratuityYears{Years: g.whole("payable_years"), Eligible: true}
	} else {
		join := g.date("join")
		last = g.date("last_day")
		if g.faults.Any() {
			return nil, nil
		}
		var err error
		if service, err = in.GratuityOf(pack, in.GratuityService{Joined: join, LastDay: last, Ending: in.EndedLeaving, Uncovered: !covered}); err != nil {
			return nil, err
		}
		got["completed_years"] = service.Completed
	}
	if g.has("cap") { // another ceiling than the law's is put on top, as a host does
		overlay(&pack, "gratuity.ceiling", last, g.number("cap"))
	}
	facts := map[string]string{"pay": g.number("monthly_wages").String(), "gratuity_covered": yesNo(covered), "gratuity_years": strconv.Itoa(service.Years)}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.lines(pack, hr.Period{From: last.FirstOfMonth(), Through: last}, hr.Timesheet{}, facts, in.Settlement()...)
	got["eligible"], got["payable_years"], got["amount"] = service.Eligible, service.Years, lines["gratuity"]
	return got, err
}

// overlay puts a value on top of a parameter from a day on, unless the law has the same.
func overlay(pack *payroll.Pack, name string, since hr.Date, v decimal.Decimal) {
	for i, p := range pack.Params {
		if p.Name != name {
			continue
		}
		if step, err := p.At(since); err == nil && step.Value.Equal(v) {
			return
		}
		pack.Params[i].Steps = append(p.Steps, hr.ParameterStep{
			Since: since, Value: v, Overlay: true, Source: hr.Source{Title: "the example"}, Reviewed: since,
		})
	}
}

func (b indiaLabour) gratuityTax(g *given) (map[string]any, error) {
	facts := map[string]string{
		"gratuity_agreed": g.number("gratuity_paid").String(), "gratuity_exempt_before": g.numberOr("earlier_exemption", 0).String(),
	}
	if g.has("average_salary_10_months") {
		facts["gratuity_covered"], facts["gratuity_years"] = "no", g.number("service_years").String()
		facts["gratuity_average_salary"] = g.number("average_salary_10_months").String()
	} else {
		facts["gratuity_years"], facts["pay"] = g.number("payable_years").String(), g.number("monthly_wages").String()
	}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.lines(in.Pack(), octoberWages(), hr.Timesheet{}, facts, in.Settlement()...)
	return pick(lines, map[string]string{"exempt": "gratuity_exempt", "taxable": "gratuity_taxable"}), err
}

func (b indiaLabour) leavePayTax(g *given) (map[string]any, error) {
	facts := map[string]string{
		"gratuity_years":       "0",
		"leave_pay_agreed":     g.number("amount_received").String(),
		"leave_average_salary": g.number("average_salary_10_months").String(),
		"leave_days_at_credit": g.number("leave_days_at_credit").String(),
		"leave_service_years":  g.number("completed_years").String(),
		"leave_exempt_before":  g.numberOr("earlier_exemption", 0).String(),
	}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.lines(in.Pack(), octoberWages(), hr.Timesheet{}, facts, in.Settlement()...)
	return pick(lines, map[string]string{"exempt": "leave_pay_exempt", "taxable": "leave_pay_taxable"}), err
}

func (b indiaLabour) bonus(g *given) (map[string]any, error) {
	year := g.financialYear("fy")
	facts := map[string]string{"pay": g.number("monthly_wage").String(), "minimum_wage": g.numberOr("minimum_wage", 0).String()}
	months := g.number("months")
	if g.faults.Any() {
		return nil, nil
	}
	month := hr.MonthOf(year.Through)
	lines, err := b.lines(in.Pack(), month, hr.Timesheet{}, facts, in.Bonus())
	if err != nil {
		return nil, err
	}
	bonus, err := in.BonusOf(in.Pack(), in.BonusClaim{Year: year, Wages: lines["bonus_wages"].Mul(months), DaysWorked: year.Len()})
	return map[string]any{"eligible": bonus.Eligible, "minimum_bonus": bonus.Minimum, "maximum_bonus_20": bonus.Maximum}, err
}

// financialYear reads "2026-27".
func (g *given) financialYear(key string) hr.Period {
	text := g.text(key)
	first, _, _ := strings.Cut(text, "-")
	year, err := strconv.Atoi(first)
	from, dateErr := hr.NewDate(year, time.April, 1)
	if err != nil || dateErr != nil || text != fmt.Sprintf("%04d-%02d", year, (year+1)%100) {
		g.faults.Add(key, ruleGiven, "must be a financial year written 2026-27")
		return hr.Period{}
	}
	through, _ := hr.NewDate(year+1, time.March, 31)
	return hr.Period{From: from, Through: through}
}

func (indiaLabour) bonusSetOnOff(g *given) (map[string]any, error) {
	least, most := g.number("minimum_bonus"), g.number("maximum_bonus")
	var carry in.BonusCarry
	years := []any{}
	for i, v := range g.list("allocable_surplus_by_year") {
		surplus := g.numberAt(fmt.Sprintf("allocable_surplus_by_year[%d]", i), v)
		if g.faults.Any() {
			return nil, nil
		}
		a, err := in.AllocateBonus(in.Pack(), hr.MustDate("2027-03-31"), in.BonusYear{Year: i + 1, Allocable: surplus, Minimum: least, Maximum: most}, carry)
		if err != nil {
			return nil, err
		}
		carry = a.Carry
		years = append(years, map[string]any{
			"year": a.Year, "allocable_surplus": surplus, "bonus": a.Bonus, "set_on": byYear(carry.SetOn), "set_off": byYear(carry.SetOff),
		})
	}
	return map[string]any{"years": years}, nil
}

func byYear(balances []in.BonusBalance) map[string]any {
	out := map[string]any{}
	for _, b := range balances {
		out[strconv.Itoa(b.Year)] = b.Amount
	}
	return out
}

func (indiaLabour) maternity(g *given) (map[string]any, error) {
	claim := in.MaternityClaim{
		On: octoberWages().Through, Event: in.MaternityEvent(g.textOr("kind", string(in.Birth))), DaysWorked: 365,
		AverageDailyWage: g.number("average_daily_wage"),
	}
	if g.has("surviving_children") {
		claim.SurvivingChildren = g.whole("surviving_children")
	}
	if g.has("days_worked_12m") {
		claim.DaysWorked = g.whole("days_worked_12m")
	}
	if g.faults.Any() {
		return nil, nil
	}
	b, err := in.Maternity(in.Pack(), claim)
	return map[string]any{"paid_days": b.Days, "weeks": b.Weeks, "amount": b.Amount}, err
}

// rateShown is a host's line: the plain rate of an hour of overtime, to the paisa.
var rateShown = payroll.Component{Name: "rate", Text: "line hourly_rate : money/hours = round(overtime.rate, 0.01)"}

// overtime spreads the hours over the days of a month, as a timesheet has them.
func (b indiaLabour) overtime(g *given) (map[string]any, error) {
	wages, minutes := g.number("monthly_wages"), g.number("overtime_hours").Mul(decimal.NewFromInt(60))
	p := octoberWages()
	if !minutes.IsInteger() || minutes.Sign() < 0 || minutes.GreaterThan(decimal.NewFromInt(int64(24*60*p.Len()))) {
		g.faults.Add("overtime_hours", ruleGiven, "must be whole minutes that fit into a month")
	}
	if g.faults.Any() {
		return nil, nil
	}
	ts := sheet("example", p, 0)
	left := int(minutes.IntPart())
	for i := range ts.Days {
		day := min(left, 24*60)
		if day > 0 {
			ts.Days[i].Bands = []hr.Band{{Name: "overtime", Minutes: day}}
		}
		left -= day
	}
	lines, err := b.lines(in.Pack(), p, ts, map[string]string{"pay": wages.String()}, in.OvertimePay(), rateShown)
	return pick(lines, map[string]string{"hourly_rate": "hourly_rate", "overtime_pay": "overtime"}), err
}

func (indiaLabour) fullAndFinal(g *given) (map[string]any, error) {
	last := g.date("last_working_day")
	if g.faults.Any() {
		return nil, nil
	}
	calendar, err := g.calendar(last, last)
	if err != nil || g.faults.Any() {
		return nil, err
	}
	due, err := in.FullAndFinalDue(in.Pack(), last, calendar)
	return map[string]any{"due": due.Day}, err
}
