package payroll

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Opening is what an earlier system had paid an employee in a tax year before the host moved to Muster, by the lines of the plan.
type Opening struct {
	Employee hr.EmployeeID
	Period   hr.Period // what it covers
	PayDate  hr.Date   // the last pay day in it; it decides the tax year
	Currency hr.Currency
	Lines    []Amount
	Source   hr.Source // the earlier system: required
}

// Open takes over year-to-date figures. All faults come at once ([RuleOpening]), and none or all are taken: what is missing, a line
// that no plan of the program has (it would be read by nothing), and days for which something is posted already.
func (s Service) Open(ctx context.Context, cmd hr.Command, openings ...Opening) (int, error) {
	ids := make([]hr.EmployeeID, len(openings))
	for i, o := range openings {
		ids[i] = o.Employee
	}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Open", storage.About(openings, ids...), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		seen := map[hr.EmployeeID]bool{}
		for i, o := range openings {
			at := fmt.Sprintf("openings[%d]", i)
			if o.Employee == "" || seen[o.Employee] {
				faults.Add(at+".employee", RuleOpening, "must be given, once in a command")
			}
			seen[o.Employee] = true
			if o.Period.Validate() != nil || o.Period.Open() || !o.Period.Contains(o.PayDate) {
				faults.Add(at+".period", RuleOpening, "must have both days and contain the last pay day")
			}
			if !o.Currency.Valid() {
				faults.Add(at+".currency", RuleOpening, "must be an ISO 4217 code")
			}
			if o.Source.Title == "" {
				faults.Missing(at+".source", RuleOpening)
			}
			for j, l := range o.Lines {
				if !slices.ContainsFunc(s.Plans, func(p *Plan) bool { _, has := p.program.Line(l.Name); return has }) {
					faults.Add(fmt.Sprintf("%s.lines[%d].name", at, j), RuleOpening, "no plan of this program has a line %q", l.Name)
				}
			}
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
				ID: cmd.NewID("opening", string(o.Employee)), Seq: t.Known.Own, Recorded: t.Recorded, Period: o.Period, Source: o.Source,
				Value: Posting{Employee: o.Employee, Kind: PostingOpening, Period: o.Period, PayDate: o.PayDate, Currency: o.Currency, Lines: o.Lines},
				Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		return len(entries), nil, s.Postings.AppendPostings(ctx, entries...)
	})
}
