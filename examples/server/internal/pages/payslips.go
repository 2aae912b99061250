package pages

import (
	"html"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// taxes are the lines of a payslip that are income tax, in the packs of the countries.
var taxes = []string{"tds", "income_tax", "paye", "federal_tax", "provincial_tax", "federal_income_tax"}

func (p *Pages) payslips(a adder) {
	a.get("/people/{employee}/payslips", p.paydays)
	a.get("/payroll/runs/{run}/payslips/{employee}", p.payslip)
	a.get("/payroll/runs/{run}/payslips/{employee}/why/{line}", p.why)
	a.get("/payroll/runs/{run}/payslips/{employee}/payslip.pdf", p.payslipPDF)
}

// yearOfPay is what somebody was paid, payslip by payslip.
type yearOfPay struct {
	Employee hr.EmployeeID
	Name     string
	Mine     bool
	Slips    []payday
	Currency hr.Currency
	Chart    chart
	Sum      payday
}

type payday struct {
	Run                    payroll.Run
	Gross, Net, Tax, Other decimal.Decimal // other: deductions beside tax
}

func paydayOf(x desk.Paid) payday {
	d := payday{Run: x.Run, Gross: x.Slip.Total(payroll.Earning), Net: x.Slip.Net().Amount}
	for _, l := range x.Slip.Lines {
		if l.Kind == payroll.Deduction && slices.Contains(taxes, l.Name) {
			d.Tax = d.Tax.Add(l.Amount)
		}
	}
	d.Other = x.Slip.Total(payroll.Deduction).Sub(d.Tax)
	return d
}

func (p *Pages) paydays(w http.ResponseWriter, r Request) error {
	employee := hr.EmployeeID(r.PathValue("employee"))
	paid, err := p.Paid(r.Context(), r.User, r.View(), employee)
	if err == nil {
		err = r.there(employee)
	}
	if err != nil {
		return err
	}
	slices.SortStableFunc(paid, func(x, y desk.Paid) int { return y.Run.PayDate.Compare(x.Run.PayDate) })
	y := yearOfPay{Employee: employee, Name: r.name(employee), Mine: employee == r.Me(), Currency: r.App.Company.Currency}
	var labels, shown []string
	var values [][]decimal.Decimal
	for _, x := range paid {
		d := paydayOf(x)
		y.Slips = append(y.Slips, d)
		y.Sum.Gross, y.Sum.Net, y.Sum.Tax, y.Sum.Other = y.Sum.Gross.Add(d.Gross), y.Sum.Net.Add(d.Net), y.Sum.Tax.Add(d.Tax), y.Sum.Other.Add(d.Other)
		if len(values) < 12 { // a year of months
			labels = append(labels, d.Run.PayDate.Month().String()[:3]+" "+d.Run.PayDate.String()[2:4])
			shown = append(shown, amount(d.Gross.Round(0), y.Currency)[:max(0, len(amount(d.Gross.Round(0), y.Currency))-3)])
			values = append(values, []decimal.Decimal{positive(d.Net), positive(d.Tax), positive(d.Other)})
		}
	}
	slices.Reverse(labels)
	slices.Reverse(shown)
	slices.Reverse(values)
	y.Chart = columns(chart{
		Title: "Gross pay by pay day, and where it went", Describes: "Each bar is the gross pay of a payslip: net pay at the bottom, income tax above it, other deductions on top. The table beside it has the figures.",
		Names: []legend{{"net", "Net pay"}, {"tax", "Income tax"}, {"other", "Other deductions"}},
	}, labels, shown, values)
	p.Show(w, r.Request, http.StatusOK, "payslips.html", y)
	return nil
}

func positive(d decimal.Decimal) decimal.Decimal { return decimal.Max(decimal.Zero, d) }

// slipPage is a payslip whose figures unfold.
type slipPage struct {
	Run      payroll.Run
	Slip     payroll.Payslip
	Name     string
	Sections []section
	Net      hr.Money
	Debts    []payroll.DebtMove
	Arrears  []payroll.Arrear
	Paid     bool
}

type section struct {
	Title string
	Lines template.HTML // see writeFigure
	Total string        // empty: lines that only inform
}

// writeFigure writes a line of a payslip, which unfolds into its explanation. at is the path of the payslip. Most of a payslip is such lines, and a
// template takes as long for one as the database for the whole payslip.
func writeFigure(b *strings.Builder, l payroll.Line, c hr.Currency, at string) {
	shown := amount(l.Amount, c)
	if l.Unit != "money" {
		shown = hr.Canonical(l.Amount) + " " + l.Unit
	}
	shown = html.EscapeString(shown)
	for _, part := range []string{
		`<details id="line-`, id(l.Name), `"><summary>`, html.EscapeString(l.Title), ` <span class="n">`, shown, "</span></summary>\n",
		`<a data-unfold href="`, html.EscapeString(at), "/why/", html.EscapeString(path(l.Name)), `">Why is it `, shown, "?</a></details>\n",
	} {
		b.WriteString(part)
	}
}

// sections groups the paid lines of a payslip, those of zero left out. at is the path of the payslip.
func sections(s payroll.Payslip, at string) (list []section) {
	english := payroll.English()
	for _, k := range []struct {
		kind  payroll.Kind
		title string
	}{{payroll.Earning, english[payroll.LabelEarnings]}, {payroll.Deduction, english[payroll.LabelDeductions]}, {payroll.Employer, english[payroll.LabelEmployer]}, {payroll.Benefit, english[payroll.LabelBenefits]}, {payroll.Info, english[payroll.LabelInformation]}} {
		sec := section{Title: k.title}
		var lines strings.Builder
		for _, l := range s.Lines {
			if l.Kind == k.kind && !l.Amount.IsZero() {
				writeFigure(&lines, l, s.Currency, at)
			}
		}
		if k.kind != payroll.Info {
			sec.Total = amount(s.Total(k.kind), s.Currency)
		}
		if sec.Lines = template.HTML(lines.String()); sec.Lines != "" { //nolint:gosec // writeFigure escapes
			list = append(list, sec)
		}
	}
	return list
}

// slip reads the payslip that a path names.
func (p *Pages) slip(r Request, verb string) (run payroll.Run, slip payroll.Payslip, err error) {
	id, employee := payroll.RunID(r.PathValue("run")), hr.EmployeeID(r.PathValue("employee"))
	if run, err = desk.Shown(r.Context(), r.App, r.View(), id, verb, employee); err == nil {
		slip, err = r.App.Pay.Payslip(r.Context(), r.View(), id, employee)
	}
	return run, slip, err
}

func (p *Pages) payslip(w http.ResponseWriter, r Request) error {
	run, slip, err := p.slip(r, "payroll.Payslip")
	if err != nil {
		return err
	}
	p.Show(w, r.Request, http.StatusOK, "payslip.html", slipPage{
		Run: run, Slip: slip, Name: r.name(slip.Employee), Sections: sections(slip, "/payroll/runs/"+path(run.ID)+"/payslips/"+path(slip.Employee)), Net: slip.Net(), Debts: slip.Debts, Arrears: slip.Arrears,
		Paid: run.State == payroll.RunPaid || run.State == payroll.RunClosed,
	})
	return nil
}

// reasons is a figure and why it is what it is.
type reasons struct {
	Run      payroll.Run
	Slip     payroll.Payslip
	Title    string
	InWords  string
	Tree     reason
	Employee hr.EmployeeID
}

// reason is a step of an explanation.
type reason struct {
	Title, Value, Rule, Note, Source string
	Period                           hr.Period
	Facts                            []string
	Parts                            []reason
	Deep                             int
}

func (p *Pages) why(w http.ResponseWriter, r Request) error {
	run, slip, err := p.slip(r, "payroll.Explain")
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(slip.Lines, func(l payroll.Line) bool { return l.Name == r.PathValue("line") }) {
		return storage.ErrNotFound
	}
	trace, err := r.App.Pay.Explain(r.Context(), r.View(), run.ID, slip.Employee, r.PathValue("line"))
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, l := range r.App.Company.Plan.Lines() {
		titles[l.Name] = l.Title
	}
	tree := reasonOf(trace, titles, slip, 0)
	p.Show(w, r.Request, http.StatusOK, "why.html", reasons{Run: run, Slip: slip, Title: tree.Title, InWords: payroll.Paragraph(trace), Tree: tree, Employee: slip.Employee})
	return nil
}

func reasonOf(t hr.Trace, titles map[string]string, s payroll.Payslip, deep int) reason {
	out := reason{Title: t.Name, Value: t.Value, Rule: t.Rule, Note: strings.ReplaceAll(t.Note, "half_up to", "rounded half up to"), Source: t.Source.String(), Deep: deep}
	if named, ok := titles[t.Name]; ok {
		out.Title = named
	}
	if name, told, ok := strings.Cut(t.Name, " ("); ok && !strings.Contains(name, " ") && strings.HasSuffix(told, ")") { // "epf (Provident fund (EPF))"
		out.Title = strings.TrimSuffix(told, ")")
	}
	if t.Period != s.Period {
		out.Period = t.Period
	}
	switch v, err := decimal.NewFromString(t.Value); {
	case err == nil && t.Unit == "money":
		places := max(s.Currency.Places(), -v.Exponent()) // exact: a step on the way may have more places than money
		out.Value = string(s.Currency) + " " + grouping(s.Currency).Group(v.StringFixed(places))
	case t.Unit == "money":
		out.Value = string(s.Currency) + " " + t.Value // a fraction
	case t.Unit != "":
		out.Value += " " + t.Unit
	}
	if told := t.Value == "" && t.Rule == "" && len(t.Parts) == 0; !told { // a fact in words: its name says it
		for _, f := range t.Refs {
			out.Facts = append(out.Facts, f.String())
		}
	}
	for _, x := range t.Parts {
		out.Parts = append(out.Parts, reasonOf(x, titles, s, deep+1))
	}
	return out
}
