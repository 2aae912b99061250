package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// Summary prints the month for a person: who was there, what was paid, what attendance found and what it cost, which leave was
// used, and the checks.
func (m Month) Summary(w io.Writer, checks []Check) error {
	when := fmt.Sprintf("%s %d", m.Period.From.Month(), m.Period.From.Year())
	if m.Period != hr.MonthOf(m.Period.From) {
		when = m.Period.String()
	}
	title := fmt.Sprintf("%s: %s, paid %s, in %s", m.Name, when, m.PayDate, m.Currency)
	if _, err := fmt.Fprintf(w, "\n%s\n%s\n", title, strings.Repeat("=", len([]rune(title)))); err != nil {
		return err
	}
	o, err := m.owed()
	if err != nil {
		return err
	}
	for _, part := range []struct {
		head string
		grid *grid
	}{
		{"People", m.people()},
		{"Pay by " + company.InCountry(m.Country).Part, m.payBy(func(t hr.Terms) string { return t.Region })},
		{"Pay by department", m.payBy(func(t hr.Terms) string { return t.Department })},
		{"What the pay is made of", m.lines()},
		{"Paid late, for earlier months", m.late()},
		{"Against the month before", m.against()},
		{"Loans and advances", m.lent()},
		{"Taken back", m.back()},
		{"Looked at before it was paid", m.looked()},
		{"What attendance found, and what it cost", m.findings()},
		{"Shifts worked", m.shiftsWorked()},
		{"Leave in the month", m.leaveUsed()},
		{"To the bank", m.bank()},
		{"Owed to " + o.to, o.grid(m)},
		{"Checks, from the written files", checked(checks)},
	} {
		if len(part.grid.rows) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(w, "\n%s\n", part.head); err != nil {
			return err
		}
		if err := part.grid.print(w); err != nil {
			return err
		}
	}
	return nil
}

func (m Month) shown(d decimal.Decimal) string { return digits(m.sum(d), m.Currency == "INR") }

func (m Month) people() *grid {
	var joined, left, changed []string
	for i, s := range m.Slips {
		for piece := range m.Terms[i].Over(m.Period) {
			if _, before := m.Terms[i].At(piece.From.Add(-1)); before && piece.From.After(m.Period.From) {
				changed = append(changed, string(s.Employee))
			}
		}
	}
	for _, e := range m.People {
		if m.Period.Contains(e.Hire.Start) {
			joined = append(joined, fmt.Sprintf("%s on %s", e.ID(), e.Hire.Start))
		}
		if !e.LastDay.IsZero() && m.Period.Contains(e.LastDay) {
			left = append(left, fmt.Sprintf("%s, last day %s", e.ID(), e.LastDay))
		}
	}
	g := &grid{words: 3}
	g.add("on the payroll", fmt.Sprint(len(m.Slips)))
	g.add("joined", fmt.Sprint(len(joined)), strings.Join(joined, "; "))
	g.add("left", fmt.Sprint(len(left)), strings.Join(left, "; "))
	g.add("terms changed inside the month", fmt.Sprint(len(changed)), strings.Join(changed, ", "))
	return g
}

// payBy sums the payslips by something of the terms on the last day.
func (m Month) payBy(of func(hr.Terms) string) *grid {
	type sums struct {
		people                       int
		gross, deductions, net, cost decimal.Decimal
	}
	by := map[string]*sums{}
	var all sums
	for i, s := range m.Slips {
		key := of(m.terms(i))
		if by[key] == nil {
			by[key] = &sums{}
		}
		for _, t := range []*sums{by[key], &all} {
			t.people++
			t.gross, t.deductions = t.gross.Add(s.Total(payroll.Earning)), t.deductions.Add(s.Total(payroll.Deduction))
			t.net, t.cost = t.net.Add(s.Net().Amount), t.cost.Add(s.Total(payroll.Employer))
		}
	}
	g := &grid{words: 1}
	g.add("", "people", "gross", "deductions", "net", "employer pays beside")
	row := func(name string, t sums) {
		g.add(name, fmt.Sprint(t.people), m.shown(t.gross), m.shown(t.deductions), m.shown(t.net), m.shown(t.cost))
	}
	for _, key := range slices.Sorted(maps.Keys(by)) {
		row(key, *by[key])
	}
	g.rule()
	row("all", all)
	return g
}

// lines sums every paid line over all payslips.
func (m Month) lines() *grid {
	g := &grid{words: 3}
	g.add("", "", "", "people", "amount")
	for _, kind := range []payroll.Kind{payroll.Earning, payroll.Deduction, payroll.Employer, payroll.Benefit, payroll.Info} {
		for _, l := range m.Plan.Lines() {
			people, total := 0, decimal.Zero
			for _, s := range m.Slips {
				a, _ := s.Amount(l.Name)
				for _, x := range s.Arrears {
					if x.Name == l.Name {
						a = a.Add(x.Amount)
					}
				}
				if !a.IsZero() {
					people, total = people+1, total.Add(a)
				}
			}
			switch {
			case people == 0 || l.Kind != kind:
			case kind != payroll.Info:
				g.add(string(kind), l.Name, l.Title, fmt.Sprint(people), m.shown(total))
			case l.Unit == "days" || l.Unit == "hours": // sums of other information say nothing
				g.add("", l.Name, l.Title, fmt.Sprint(people), hr.Canonical(total)+" "+l.Unit)
			}
		}
	}
	return g
}

// findings counts the exceptions by kind. The cost of a day is the agreed pay of that day for the part of it that is unpaid; where a
// day shows several exceptions, the first in the order of [attendance.ExceptionCodes] bears it, and where it shows none, it is leave.
func (m Month) findings() *grid {
	type found struct {
		times        int
		people       map[hr.EmployeeID]bool
		unpaid, cost decimal.Decimal
	}
	by := map[attendance.ExceptionCode]*found{}
	at := func(code attendance.ExceptionCode, id hr.EmployeeID) *found {
		if by[code] == nil {
			by[code] = &found{people: map[hr.EmployeeID]bool{}}
		}
		by[code].times++
		by[code].people[id] = true
		return by[code]
	}
	var all found
	for i, s := range m.Slips {
		for _, d := range m.Days[s.Employee] {
			var bears *found
			for n, e := range d.Exceptions {
				if f := at(e.Code, s.Employee); n == 0 {
					bears = f
				}
			}
			if bears == nil && !d.Unpaid.IsZero() {
				bears = at(withoutPay, s.Employee)
			}
			if bears != nil {
				cost := m.agreed(i, d.Date).Mul(d.Unpaid)
				bears.unpaid, bears.cost = bears.unpaid.Add(d.Unpaid), bears.cost.Add(cost)
				all.unpaid, all.cost = all.unpaid.Add(d.Unpaid), all.cost.Add(cost)
			}
		}
	}
	g := &grid{words: 2}
	g.add("", "", "times", "people", "unpaid days", "agreed pay of those days")
	for _, code := range append(attendance.ExceptionCodes(), withoutPay) {
		if f := by[code]; f != nil {
			name := strings.ReplaceAll(string(code), "_", " ")
			g.add(name, string(code.Severity()), fmt.Sprint(f.times), fmt.Sprint(len(f.people)), hr.Canonical(f.unpaid), m.ofMonth(f.cost))
		}
	}
	g.rule()
	g.add("all", "", "", "", hr.Canonical(all.unpaid), m.ofMonth(all.cost))
	return g
}

const withoutPay attendance.ExceptionCode = "leave_without_pay"

// ofMonth divides a sum of full months' pay by the days of the month.
func (m Month) ofMonth(cost decimal.Decimal) string {
	paisa := hr.Rounding{Step: decimal.New(1, -m.Currency.Places()), Mode: hr.HalfUp}
	share, err := paisa.Ratio(cost, decimal.NewFromInt(int64(m.Period.Len())))
	if err != nil || share.IsZero() { // a month has days and a currency has places
		return ""
	}
	return m.shown(share)
}

// agreed sums the pay terms of the i-th employee on a day: what a full month is worth.
func (m Month) agreed(i int, d hr.Date) (sum decimal.Decimal) {
	t, _ := m.Terms[i].At(d)
	for _, p := range t.Pay {
		sum = sum.Add(p.Amount)
	}
	return sum
}

// leaveUsed counts the days of the month that were taken, by type and by the lot they came from.
func (m Month) leaveUsed() *grid {
	type key struct {
		t   leave.TypeID
		lot string
	}
	used := map[key]decimal.Decimal{}
	people := map[key]map[hr.EmployeeID]bool{}
	enclosed := map[key]decimal.Decimal{}
	for _, of := range m.Leave {
		lots := map[leave.LotID]leave.Lot{}
		for _, l := range of.Lots {
			lots[l.ID] = l
		}
		for _, r := range of.Requests {
			for _, d := range r.Days {
				if r.State != leave.Approved || !m.Period.Contains(d.Date) {
					continue
				}
				for _, share := range d.Lots {
					k := key{r.Type, lotName(lots[share.Lot])}
					used[k] = used[k].Add(share.Quantity)
					if d.Why == leave.WeeklyCounted || d.Why == leave.HolidayCounted {
						enclosed[k] = enclosed[k].Add(share.Quantity)
					}
					if people[k] == nil {
						people[k] = map[hr.EmployeeID]bool{}
					}
					people[k][of.Employee] = true
				}
			}
		}
	}
	g := &grid{words: 2}
	keys := slices.SortedFunc(maps.Keys(used), func(a, b key) int { return strings.Compare(string(a.t)+a.lot, string(b.t)+b.lot) })
	for _, k := range keys {
		if len(g.rows) == 0 {
			g.add("", "taken from", "people", "days", "of them off, between leave")
		}
		g.add(string(k.t), k.lot, fmt.Sprint(len(people[k])), hr.Canonical(used[k]), hr.Canonical(enclosed[k]))
	}
	return g
}

func lotName(l leave.Lot) string {
	switch {
	case l.ID == "" || l.ID == leave.Advance:
		return "no balance needed"
	case l.Usable.Open():
		return fmt.Sprintf("the lot of %s", l.Usable.From)
	}
	return fmt.Sprintf("the lot of %s, which lapses after %s", l.Usable.From, l.Usable.Through)
}

func (m Month) bank() *grid {
	g := &grid{words: 1}
	g.add(count(len(m.Batch.Payments), "payment"), m.shown(m.Batch.Total().Amount))
	for _, h := range m.Batch.Holds {
		g.add(fmt.Sprintf("held: %s, %s", h.Employee, h.Reason), m.shown(h.Amount.Amount))
	}
	return g
}

func checked(checks []Check) *grid {
	g := &grid{words: 2}
	for _, c := range checks {
		g.add("ok  "+c.Name, c.Against, c.Figure)
	}
	return g
}
