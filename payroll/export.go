package payroll

import (
	"context"
	"errors"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// exportPage is how many runs are read at once.
const exportPage = 500

// Export returns what is stored about an employee here: payslips, what was paid, adjustments, debts and requests. The payslips are those of the runs that paid
// them and, where the store lists runs ([RunList]), of every other that calculated one. See [storage.Export].
func (s Service) Export(ctx context.Context, v hr.View, employee hr.EmployeeID) (hr.Extract, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.Export", employee); err != nil {
		return hr.Extract{}, err
	}
	x, err := storage.Extractor(ctx, s.Kit, v, "payroll.Export", employee)
	if err != nil {
		return hr.Extract{}, err
	}
	pins := []hr.Pin{{Employee: employee}}
	postings, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return hr.Extract{}, err
	}
	e := hr.Extract{Subject: storage.SubjectEmployee(employee), On: hr.DateOf(s.Kit.Clock(), time.UTC)}
	runs, err := s.runsWith(ctx, postings[0])
	if err != nil {
		return hr.Extract{}, err
	}
	var results []hr.Entry[Result] // the id of a result is that of its run
	for _, id := range runs {
		r, err := s.Results.Result(ctx, id, employee)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return hr.Extract{}, err
		}
		results = append(results, hr.Entry[Result]{ID: string(id), Value: r})
	}
	adjustments, err := s.Adjustments.AdjustmentsOf(ctx, pins)
	if err != nil {
		return hr.Extract{}, err
	}
	e.Sections = append(e.Sections, hr.EntriesOf(x, "Payslips, by run", "payroll.Results", results...)...)
	e.Sections = append(e.Sections, hr.EntriesOf(x, "What was paid", "payroll.Postings", postings[0]...)...)
	e.Sections = append(e.Sections, hr.EntriesOf(x, "Adjustments", "payroll.Adjustments", adjustments[0]...)...)
	if s.Debts != nil {
		debts, err := s.Debts.DebtsOf(ctx, pins)
		if err != nil {
			return hr.Extract{}, err
		}
		e.Sections = append(e.Sections, hr.EntriesOf(x, "Loans, advances and orders", "payroll.Debts", debts[0]...)...)
	}
	if s.Requests != nil {
		requests, err := s.Requests.PayrollRequestsOf(ctx, employee)
		if err != nil {
			return hr.Extract{}, err
		}
		e.Sections = append(e.Sections, hr.SectionOf(x, "Requests about pay", "payroll.Requests", func(r Request) string { return string(r.ID) }, requests...)...)
	}
	return e, nil
}

// runsWith returns the runs that may have a result of somebody with these postings, each once.
func (s Service) runsWith(ctx context.Context, postings []hr.Entry[Posting]) (runs []RunID, err error) {
	seen := map[RunID]bool{}
	add := func(id RunID) {
		if id != "" && !seen[id] {
			seen[id] = true
			runs = append(runs, id)
		}
	}
	for _, p := range postings {
		add(p.Value.Run)
	}
	list, ok := s.Runs.(RunList)
	if !ok {
		return runs, nil
	}
	for after := RunID(""); ; {
		page, err := list.RunsAfter(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return runs, err
		}
		for _, r := range page {
			add(r.ID)
		}
		after = page[len(page)-1].ID
	}
}
