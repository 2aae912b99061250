package payroll

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Opening is what somebody else had paid an employee before, by the lines of the plan: the host's earlier system, or an earlier
// employer whose figures count for some law. From then on it counts in year-to-date figures like a payslip of its last pay day.
type Opening struct {
	Employee  hr.EmployeeID
	Period    hr.Period // what it covers
	FirstPaid hr.Date   // the first pay day in it; zero is the first day of Period
	PayDate   hr.Date   // the last pay day in it
	Currency  hr.Currency
	Lines     []Amount
	Source    hr.Source // the earlier system, or the statement of the earlier employer: required
}

// Validate returns [hr.FieldError]s with RuleOpening, all together: an employee, a currency or a source missing, a period that lacks a
// day or does not contain the pay days, pay days in the wrong order, a line without a name or given twice.
func (o Opening) Validate() error {
	var faults hr.Faults
	if o.Employee == "" {
		faults.Missing("employee", RuleOpening)
	}
	if o.Period.Validate() != nil || o.Period.Open() || !o.Period.Contains(o.PayDate) {
		faults.Add("period", RuleOpening, "must have both days and contain the last pay day")
	}
	if !o.FirstPaid.IsZero() && (!o.Period.Contains(o.FirstPaid) || o.FirstPaid.After(o.PayDate)) {
		faults.Add("first_paid", RuleOpening, "must lie in the period and not after the last pay day")
	}
	if !o.Currency.Valid() {
		faults.Add("currency", RuleOpening, "must be an ISO 4217 code")
	}
	if o.Source.Title == "" {
		faults.Missing("source", RuleOpening)
	}
	seen := map[string]bool{}
	for i, l := range o.Lines {
		at := fmt.Sprintf("lines[%d].name", i)
		switch {
		case l.Name == "":
			faults.Missing(at, RuleOpening)
		case seen[l.Name]:
			faults.Add(at, RuleOpening, "%q is given twice", l.Name)
		}
		seen[l.Name] = true
	}
	return faults.Err()
}

// fits reports what no plan of the program could use: a line that none has, an amount that no payslip could have, and pay days of two
// years where a plan sums by such a year, for one figure cannot be taken apart.
func (o Opening) fits(faults *hr.Faults, at string, plans []*Plan) {
	for i, l := range o.Lines {
		known, exact := false, true
		for _, p := range plans {
			if line, has := p.Line(l.Name); has {
				known = true
				exact = exact && (!o.Currency.Valid() || !p.kinds[line].paid() || hr.FitsPlaces(l.Amount, o.Currency.Places()))
			}
		}
		switch {
		case l.Name != "" && !known:
			faults.Add(fmt.Sprintf("%s.lines[%d].name", at, i), RuleOpening, "no plan of this program has a line %q", l.Name)
		case !exact:
			faults.Add(fmt.Sprintf("%s.lines[%d].amount", at, i), RuleOpening, "has a fraction of the smallest unit of %s", o.Currency)
		}
	}
	first := o.FirstPaid
	if first.IsZero() {
		first = o.Period.From
	}
	split := func(year YearStart) bool { return year.Of(first) != year.Of(o.PayDate) }
	const advice = "covers pay days of two %s: give an opening for each, or the first pay day where only days of the year before are covered"
	switch {
	case first.IsZero() || o.PayDate.IsZero():
	case slices.ContainsFunc(plans, func(p *Plan) bool { return split(p.TaxYear()) }):
		faults.Add(at+".period", RuleOpening, advice, "tax years")
	case slices.ContainsFunc(plans, func(p *Plan) bool { return p.asksForCalendarYear() }) && split(YearStart{}):
		faults.Add(at+".period", RuleOpening, advice, "calendar years")
	}
}

// Open takes over year-to-date figures, of one employee or of many; somebody may have several, such as one for each tax year or from
// each earlier employer, over days of their own. All faults come at once, those of [Opening.Validate] and more with RuleOpening, and
// none or all are taken: a line that no plan of the program has (it would be read by nothing), a fraction of the smallest unit, pay
// days of two tax years (or of two calendar years, where a plan sums by these), and days for which something is posted already.
func (s Service) Open(ctx context.Context, cmd hr.Command, openings ...Opening) (int, error) {
	ids := make([]hr.EmployeeID, 0, len(openings))
	for _, o := range openings {
		if !slices.Contains(ids, o.Employee) {
			ids = append(ids, o.Employee)
		}
	}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Open", storage.About(openings, ids...), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		earlier := map[hr.EmployeeID][]hr.Period{} // of this command
		for i, o := range openings {
			at := fmt.Sprintf("openings[%d]", i)
			faults.Join(at, o.Validate())
			o.fits(&faults, at, s.Plans)
			if slices.ContainsFunc(earlier[o.Employee], o.Period.Overlaps) {
				faults.Add(at+".period", RuleOpening, "overlaps another opening of the employee")
			}
			earlier[o.Employee] = append(earlier[o.Employee], o.Period)
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		taken, err := s.take(ctx, ids)
		if err != nil {
			return 0, nil, err
		}
		before, err := s.posted(ctx, ids)
		if err != nil {
			return 0, nil, err
		}
		entries := make([]hr.Entry[Posting], len(openings))
		for i, o := range openings {
			for _, p := range before[o.Employee] {
				if p.Period.Overlaps(o.Period) {
					faults.Add(fmt.Sprintf("openings[%d].period", i), RuleOpening, "overlaps %s, for which something is posted already", p.Period)
				}
			}
			t := taken[o.Employee]
			entries[i] = hr.Entry[Posting]{
				ID: cmd.NewID("opening", string(o.Employee), o.Period.String()), Seq: t.Known.Own, Line: i, Recorded: t.Recorded,
				Period: o.Period, Source: o.Source, Value: o.Posting(), Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		return len(entries), nil, s.Postings.AppendPostings(ctx, entries...)
	})
}

// Posting returns what an opening counts as: for those who keep postings themselves and sum them with [YearToDate].
func (o Opening) Posting() Posting {
	return Posting{Employee: o.Employee, Kind: PostingOpening, Period: o.Period, PayDate: o.PayDate, Currency: o.Currency, Lines: o.Lines}
}
