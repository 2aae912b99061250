package pages

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

func (p *Pages) runs(a adder) {
	a.get("/payroll", p.payroll)
	a.get("/payroll/preview", p.preview)
	a.post("/payroll/runs", createRun)
	a.get("/payroll/runs/{run}", p.run)
	a.post("/payroll/runs/{run}/calculation", func(ctx context.Context, r Request) (string, string, error) {
		return p.goOn(ctx, r, "payroll.Calculate", "Calculating", func(ctx context.Context, cmd hr.Command, id payroll.RunID) error {
			r.App.Forget(id)
			_, err := r.App.Pay.Calculate(ctx, cmd, id)
			return err
		})
	})
	a.post("/payroll/runs/{run}/payment", func(ctx context.Context, r Request) (string, string, error) {
		return p.goOn(ctx, r, "payroll.Pay", "Posting as paid", func(ctx context.Context, cmd hr.Command, id payroll.RunID) error {
			_, err := r.App.Pay.Pay(ctx, cmd, id)
			return err
		})
	})
	a.post("/payroll/runs/{run}/overrides", override)
	a.post("/payroll/runs/{run}/approval", func(ctx context.Context, r Request) (string, string, error) {
		_, err := p.Approve(ctx, r.User, r.command(""), payroll.RunID(r.PathValue("run")), r.PostFormValue("digest"))
		return runPath(r), "You approved this payroll. It can be paid when everybody who is asked has.", err
	})
	a.post("/payroll/runs/{run}/closing", func(ctx context.Context, r Request) (string, string, error) {
		_, err := r.App.Pay.Close(ctx, r.command(""), payroll.RunID(r.PathValue("run")))
		return runPath(r), "This payroll is closed.", err
	})
	a.post("/payroll/runs/{run}/cancellation", func(ctx context.Context, r Request) (string, string, error) {
		_, err := r.App.Pay.Cancel(ctx, r.command(""), payroll.RunID(r.PathValue("run")))
		return "/payroll", "The payroll is cancelled. Nobody was paid by it.", err
	})
	a.get("/payroll/runs/{run}/files/{name}", p.runFile)
	a.get("/payroll/runs/{run}/variance", p.variance)
}

func runPath(r Request) string { return "/payroll/runs/" + path(r.PathValue("run")) }

// goOn does to a run what goes on after the answer; the page of the run shows how far it is.
func (p *Pages) goOn(ctx context.Context, r Request, verb, doing string, do func(ctx context.Context, cmd hr.Command, id payroll.RunID) error) (string, string, error) {
	id, cmd := payroll.RunID(r.PathValue("run")), r.command("")
	if err := storage.May(ctx, r.App.Kit, r.View(), verb); err != nil {
		return "", "", err
	}
	if _, err := r.App.Pay.Run(ctx, r.View(), id); err != nil {
		return "", "", err
	}
	ended := p.Jobs.Begin(ctx, r.User.Tenant, string(id), doing, func(ctx context.Context) error {
		return errors.Join(do(ctx, cmd, id), p.Settle(ctx))
	})
	select {
	case err := <-ended: // refused at once, or done already
		return runPath(r), "", err
	case <-patience():
		return runPath(r), "", nil
	}
}

// runsPage lists the payrolls.
type runsPage struct {
	Runs     []payroll.Run
	Create   bool
	Period   hr.Period
	PayDate  hr.Date
	Currency hr.Currency
}

// allRuns returns the payrolls that the user may see, the last pay date first.
func (p *Pages) allRuns(r Request) (list []payroll.Run, err error) {
	if err := storage.May(r.Context(), r.App.Kit, r.View(), "payroll.Run"); err != nil { // also where there is none
		return nil, err
	}
	cases, err := p.Cases(r.Context(), r.User.Tenant, desk.KindRun, 100)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		run, err := r.App.Pay.Run(r.Context(), r.View(), payroll.RunID(c.ID))
		if err != nil {
			return nil, err
		}
		list = append(list, run)
	}
	slices.SortStableFunc(list, func(x, y payroll.Run) int { return y.PayDate.Compare(x.PayDate) })
	return list, nil
}

func (p *Pages) payroll(w http.ResponseWriter, r Request) error {
	list, err := p.allRuns(r)
	if err != nil {
		return err
	}
	page := runsPage{Runs: list, Create: r.allowed("payroll.CreateRun"), Period: nextMonth(r, list)}
	page.PayDate = page.Period.Through
	p.Show(w, r.Request, http.StatusOK, "payroll.html", page)
	return nil
}

// nextMonth is the month after the last one that was run.
func nextMonth(r Request, runs []payroll.Run) hr.Period {
	for _, run := range runs {
		if run.Kind == payroll.RunRegular && run.State != payroll.RunCancelled {
			return hr.MonthOf(run.Period.Through.Add(1))
		}
	}
	return hr.MonthOf(r.App.Today())
}

// spec reads what a run is made from; the faults come back too.
func spec(r Request) (payroll.RunSpec, error) {
	var faults hr.Faults
	s := payroll.RunSpec{Kind: payroll.RunRegular, Period: hr.Period{From: dayField(r, "from", &faults), Through: dayField(r, "through", &faults)}, PayDate: dayField(r, "pay_date", &faults)}
	return s, faults.Err()
}

// previewPage is what a run would pay.
type previewPage struct {
	Spec     payroll.RunSpec
	Results  []payroll.Result
	Names    map[hr.EmployeeID]string
	Failed   int
	Gross    decimal.Decimal
	Net      decimal.Decimal
	Cost     decimal.Decimal
	Currency hr.Currency
	Create   bool
}

func (p *Pages) preview(w http.ResponseWriter, r Request) error {
	s, err := spec(r)
	if err != nil {
		return err
	}
	results, err := r.App.Pay.Preview(r.Context(), r.View(), s)
	if err != nil {
		return err
	}
	page := previewPage{Spec: s, Results: results, Currency: r.App.Company.Currency, Create: r.allowed("payroll.CreateRun")}
	ids := make([]hr.EmployeeID, len(results))
	for i, x := range results {
		ids[i] = x.Employee
		if x.Failed() {
			page.Failed++
			continue
		}
		page.Gross, page.Net, page.Cost = page.Gross.Add(x.Slip.Total(payroll.Earning)), page.Net.Add(x.Slip.Net().Amount), page.Cost.Add(x.Slip.Cost().Amount)
	}
	page.Names = r.names(ids...)
	p.Show(w, r.Request, http.StatusOK, "preview.html", page)
	return nil
}

func createRun(ctx context.Context, r Request) (string, string, error) {
	s, err := spec(r)
	if err != nil {
		return "", "", err
	}
	id, err := r.App.Pay.CreateRun(ctx, r.command(""), s)
	return "/payroll/runs/" + path(id), "The payroll is made, and who is in it is fixed. Calculate it next.", err
}

// runPage is a payroll from its beginning to paid.
type runPage struct {
	Run       payroll.Run
	Job       desk.Job
	Done      int
	Steps     []step
	Findings  []finding
	Open      int // findings that nobody has let pass
	Overrides []payroll.Override
	Unusual   int // payslips that the review finds unusual
	Unseen    int // of them those that nobody has resolved
	Waits     []string
	Members   []member
	Next      hr.EmployeeID
	Files     []desk.RunFileName
	Currency  hr.Currency
	May       map[string]bool
}

func (page runPage) refresh() int {
	if page.Job.Doing != "" {
		return 2
	}
	return 0
}

type step struct {
	Text    string
	Done    bool
	Current bool
}

type finding struct {
	payroll.Finding
	Name       string
	With       []string
	Overridden *payroll.Override
}

type member struct {
	payroll.Result
	Name string
}

// membersShown is how many members a page of a run has.
const membersShown = 100

func (p *Pages) run(w http.ResponseWriter, r Request) error {
	ctx, id := r.Context(), payroll.RunID(r.PathValue("run"))
	run, err := r.App.Pay.Run(ctx, r.View(), id)
	if err != nil {
		return err
	}
	page := runPage{
		Run: run, Job: p.Jobs.Of(r.User.Tenant, string(id)), Done: r.App.Calculated(id), Currency: r.App.Company.Currency, Overrides: run.Overrides,
		Steps: steps(run), May: map[string]bool{},
	}
	if run.Digest != "" {
		page.Done = run.Posted
	}
	for _, verb := range []string{"Calculate", "Override", "Approve", "Pay", "Close", "Cancel"} {
		page.May[verb] = r.allowed("payroll." + verb)
	}
	if page.Job.Doing == "" && run.Digest != "" {
		if err := p.results(ctx, r, &page); err != nil {
			return err
		}
	}
	p.Show(w, r.Request, http.StatusOK, "run.html", page)
	return nil
}

func steps(run payroll.Run) []step {
	at := map[payroll.RunState]int{
		payroll.RunDraft: 0, payroll.RunCalculating: 1, payroll.RunCalculated: 2, payroll.RunApproved: 3, payroll.RunPaying: 3, payroll.RunPaid: 4, payroll.RunClosed: 5,
	}
	now, known := at[run.State]
	if !known {
		return nil
	}
	var list []step
	for i, text := range []string{"Made", "Calculate", "Check and approve", "Pay", "Close"} {
		list = append(list, step{text, i < now || i == 0, i == max(1, now)})
	}
	return list
}

// results adds what is there once a run is calculated.
func (p *Pages) results(ctx context.Context, r Request, page *runPage) error {
	id := page.Run.ID
	if page.Run.State == payroll.RunCalculated {
		found, err := r.App.Pay.Findings(ctx, r.View(), id)
		if err != nil {
			return err
		}
		for _, f := range found {
			x := finding{Finding: f}
			if f.Employee != "" {
				x.Name = r.name(f.Employee)
			}
			for _, other := range f.With {
				x.With = append(x.With, r.name(other))
			}
			for i, o := range page.Run.Overrides {
				if o.Check == f.Check && o.Employee == f.Employee && o.Digest == f.Digest {
					x.Overridden = &page.Run.Overrides[i]
				}
			}
			if x.Overridden == nil {
				page.Open++
			}
			page.Findings = append(page.Findings, x)
		}
		list, err := p.Unusual(ctx, r.User, r.View(), page.Run)
		if err != nil {
			return err
		}
		page.Unusual, page.Unseen = len(list), len(desk.Open(list))
		page.Waits = r.waits(page.Run.Approval)
		if len(page.Run.Approval.Levels) == 0 {
			for _, level := range r.App.Pay.Approvers {
				for _, a := range level.Approvers {
					page.Waits = append(page.Waits, r.name(hr.EmployeeID(a)))
				}
			}
		}
	}
	results, err := r.App.Pay.Members(ctx, r.View(), id, hr.EmployeeID(r.URL.Query().Get("after")), membersShown)
	if err != nil {
		return err
	}
	ids := make([]hr.EmployeeID, len(results))
	for i, x := range results {
		ids[i] = x.Employee
	}
	names := r.names(ids...)
	for _, x := range results {
		page.Members = append(page.Members, member{x, names[x.Employee]})
	}
	if len(ids) == membersShown {
		page.Next = ids[len(ids)-1]
	}
	if page.Run.Failed == 0 && page.Run.State != payroll.RunCancelled {
		page.Files = desk.RunFiles(r.App)
	}
	return nil
}

// override lets the findings that were ticked pass.
func override(ctx context.Context, r Request) (string, string, error) {
	var refs []payroll.FindingRef
	for _, ticked := range r.PostForm["finding"] {
		parts := strings.SplitN(ticked, "|", 3)
		if len(parts) == 3 {
			refs = append(refs, payroll.FindingRef{Check: payroll.Check(parts[0]), Employee: hr.EmployeeID(parts[1]), Digest: parts[2]})
		}
	}
	if len(refs) == 0 {
		return "", "", &hr.FieldError{Path: "finding", Rule: hr.RuleRequired, Reason: "tick what you have looked at"}
	}
	_, err := r.App.Pay.Override(ctx, r.command(r.PostFormValue("reason")), payroll.RunID(r.PathValue("run")), refs...)
	return runPath(r) + "#checks", "Your reason is on record.", err
}

func (p *Pages) runFile(w http.ResponseWriter, r Request) error {
	f, err := desk.RunFile(r.Context(), r.App, r.View(), payroll.RunID(r.PathValue("run")), r.PathValue("name"))
	if err != nil {
		return err
	}
	save(w, f)
	return nil
}

// save answers with a file to be saved.
func save(w http.ResponseWriter, f desk.File) {
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
	_, _ = w.Write(f.Bytes)
}
