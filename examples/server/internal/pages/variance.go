package pages

import (
	"net/http"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// patience is how long a form waits for what goes on, so that a fault of the first moment is told at once.
func patience() <-chan time.Time { return time.After(150 * time.Millisecond) }

// figures are lines of two payrolls beside each other.
type figures struct {
	Title       string
	Before, Now string
	Currency    hr.Currency
	Lines       []payroll.LineVariance
	Sums        []payroll.LineVariance
}

// chart draws how the lines differ, the largest first.
func (f figures) chart(describes string) chart {
	sorted := slices.SortedStableFunc(slices.Values(f.Lines), func(x, y payroll.LineVariance) int { return y.Change().Abs().Cmp(x.Change().Abs()) })
	var labels []string
	var values []decimal.Decimal
	for _, l := range sorted[:min(len(sorted), 12)] {
		labels, values = append(labels, l.Title), append(values, l.Change())
	}
	return rows(chart{Title: f.Title, Describes: describes}, labels, values, f.Currency)
}

// variancePage is a payroll against the one before.
type variancePage struct {
	Run, Before payroll.Run
	Figures     figures
	Chart       chart
	People      []personVariance
	Same        bool
}

type personVariance struct {
	payroll.EmployeeVariance
	Name string
}

func (p *Pages) variance(w http.ResponseWriter, r Request) error {
	ctx, id := r.Context(), payroll.RunID(r.PathValue("run"))
	run, err := r.App.Pay.Run(ctx, r.View(), id)
	if err != nil {
		return err
	}
	list, err := p.allRuns(r)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(x payroll.Run) bool {
		return x.Kind == payroll.RunRegular && x.Period.Through.Before(run.Period.From) && (x.State == payroll.RunPaid || x.State == payroll.RunClosed)
	})
	if at < 0 || run.Digest == "" {
		return storage.ErrNotFound
	}
	page := variancePage{Run: run, Before: list[at]}
	now, err := r.App.Pay.Payslips(ctx, r.View(), id)
	if err != nil {
		return err
	}
	before, err := r.App.Pay.Payslips(ctx, r.View(), page.Before.ID)
	if err != nil {
		return err
	}
	v, err := payroll.NewVariance(before, now)
	if err != nil {
		return err
	}
	page.Figures = figures{
		Title: "What changed, line by line", Before: month(page.Before.Period.From), Now: month(run.Period.From), Currency: v.Currency, Lines: v.Total.Lines,
		Sums: []payroll.LineVariance{named(v.Total.Net, "Net pay")},
	}
	page.Chart = page.Figures.chart("Bars to the right are more than in the month before, bars to the left less. The table below has the figures.")
	ids := make([]hr.EmployeeID, len(v.Employees))
	for i, e := range v.Employees {
		ids[i] = e.Employee
	}
	names := r.names(ids...)
	for _, e := range v.Employees {
		page.People = append(page.People, personVariance{e, names[e.Employee]})
	}
	slices.SortStableFunc(page.People, func(x, y personVariance) int { return y.Net.Change().Abs().Cmp(x.Net.Change().Abs()) })
	p.Show(w, r.Request, http.StatusOK, "variance.html", page)
	return nil
}

func named(v payroll.LineVariance, title string) payroll.LineVariance {
	v.Title = title
	return v
}
