package desk

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/server/internal/sheet"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/bacs"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/musterhr/hr/storage"
)

// File is something to save.
type File struct {
	Name  string
	Type  string
	Bytes []byte
}

// RunFileName is a file of a run that can be had.
type RunFileName struct{ Name, Title string }

const (
	typeCSV  = "text/csv; charset=utf-8"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeText = "text/plain; charset=utf-8"
)

// TableFile writes a table as the ending of a name says: .csv or .xlsx.
func TableFile(name string, t sheet.Table) (File, error) {
	var b bytes.Buffer
	if strings.HasSuffix(name, ".xlsx") {
		err := t.WriteXLSX(&b)
		return File{name, typeXLSX, b.Bytes()}, err
	}
	err := t.WriteCSV(&b)
	return File{name, typeCSV, b.Bytes()}, err
}

// RunFiles lists the files that can be had of a run of a company.
func RunFiles(a *app.App) []RunFileName {
	list := []RunFileName{
		{"register.csv", "Pay register"},
		{"register.xlsx", "Pay register, for a spreadsheet"},
		{"journal.csv", "Journal for the accounts"},
		{"journal.xlsx", "Journal, for a spreadsheet"},
	}
	switch a.Company.Country {
	case "in":
		list = append(list, RunFileName{"bank.csv", "Bank file, NEFT"})
	case "uk":
		list = append(list, RunFileName{"bacs.txt", "Bank file, Bacs"})
	}
	for _, f := range company.InCountry(a.Company.Country).Law.Forms {
		list = append(list, RunFileName{f.File, f.Title})
	}
	return list
}

// RunFile writes one file of a run, or storage.ErrNotFound. The files of banks and authorities are as these want them, byte for byte: they are for
// their programs and not for a spreadsheet.
func RunFile(ctx context.Context, a *app.App, v hr.View, id payroll.RunID, name string) (File, error) {
	run, err := a.Pay.Run(ctx, v, id)
	if err != nil {
		return File{}, err
	}
	switch name {
	case "register.csv", "register.xlsx":
		slips, err := a.Pay.Payslips(ctx, v, id)
		if err != nil {
			return File{}, err
		}
		table, err := register(slips)
		if err != nil {
			return File{}, err
		}
		return TableFile(name, table)
	case "journal.csv", "journal.xlsx":
		journal, err := a.Pay.Journal(ctx, v, id, a.Company.Chart)
		if err != nil {
			return File{}, err
		}
		return TableFile(name, journalTable(journal))
	case "bank.csv", "bacs.txt":
		return bankFile(ctx, a, v, run, name)
	}
	return form(ctx, a, v, run, name)
}

func register(slips []payroll.Payslip) (sheet.Table, error) {
	r, err := payroll.NewRegister(slips)
	if err != nil {
		return sheet.Table{}, err
	}
	places := r.Currency.Places()
	t := sheet.Table{Head: []string{"employee", "period", "pay date"}}
	for _, c := range r.Columns {
		t.Head = append(t.Head, c.Title)
	}
	t.Head = append(t.Head, "gross", "deductions", "net", "cost")
	row := func(x payroll.RegisterRow, who string) {
		cells := []sheet.Cell{sheet.Text(who), sheet.Text(x.Period.String()), sheet.Text(x.PayDate.String())}
		for i := range r.Columns {
			n := places
			if r.Columns[i].Unit != "money" {
				n = max(0, -x.Amounts[i].Exponent())
			}
			cells = append(cells, sheet.Amount(x.Amounts[i], n))
		}
		cells = append(cells, sheet.Amount(x.Gross, places), sheet.Amount(x.Deductions, places), sheet.Amount(x.Net, places), sheet.Amount(x.Cost, places))
		t.Rows = append(t.Rows, cells)
	}
	for _, x := range r.Rows {
		row(x, string(x.Employee))
	}
	row(r.Total, "total")
	return t, nil
}

func journalTable(j payroll.Journal) sheet.Table {
	t := sheet.Table{Head: []string{"account", "cost centre", "employee", "line", "debit", "credit"}}
	for _, e := range j.Entries {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.Text(e.Account), sheet.Text(e.CostCentre), sheet.Text(e.Employee), sheet.Text(e.Line), sheet.Amount(e.Debit, j.Currency.Places()), sheet.Amount(e.Credit, j.Currency.Places()),
		})
	}
	return t
}

// bankFile writes what goes to the bank. What cannot be paid is held, and stands in the journal.
func bankFile(ctx context.Context, a *app.App, v hr.View, run payroll.Run, name string) (File, error) {
	c := a.Company
	batch, err := a.Pay.Payments(ctx, v, run.ID, payroll.PaymentDetails{
		ID: string(run.Period.From.String()[:7]), ValueDate: run.PayDate, From: c.Bank, Narration: "SALARY " + run.Period.From.String()[:7], OnHold: c.OnHold,
	})
	if err != nil {
		return File{}, err
	}
	var b bytes.Buffer
	switch {
	case name == "bank.csv" && c.Country == "in":
		_, err = neft.Write(&b, batch)
		return File{name, typeCSV, b.Bytes()}, err
	case name == "bacs.txt" && c.Country == "uk":
		f, err := bacs.New(batch, true)
		if err == nil {
			_, err = bacs.Write(&b, f)
		}
		return File{name, typeText, b.Bytes()}, err
	}
	return File{}, storage.ErrNotFound
}

// form writes a file of an authority, as the law of the company's country has it.
func form(ctx context.Context, a *app.App, v hr.View, run payroll.Run, name string) (File, error) {
	law := company.InCountry(a.Company.Country).Law
	at := slices.IndexFunc(law.Forms, func(f payroll.Form) bool { return f.File == name })
	if at < 0 {
		return File{}, storage.ErrNotFound
	}
	slips, err := a.Pay.Payslips(ctx, v, run.ID)
	if err != nil {
		return File{}, err
	}
	ids := make([]hr.EmployeeID, len(slips))
	for i, s := range slips {
		ids[i] = s.Employee
	}
	people, err := a.People.People(ctx, v, ids...)
	if err != nil {
		return File{}, err
	}
	in := payroll.FormInput{Period: run.Period, Slips: slips, People: map[hr.EmployeeID]hr.Person{}, LastDay: map[hr.EmployeeID]hr.Date{}}
	rows, err := a.Store.Employments(ctx, ids...)
	if err != nil {
		return File{}, err
	}
	for i, id := range ids {
		in.People[id] = people[i]
	}
	for _, e := range rows {
		if run.Period.Contains(e.LastDay) {
			in.LastDay[e.ID] = e.LastDay
		}
	}
	var b bytes.Buffer
	_, err = law.WriteForm(&b, law.Forms[at].Name, in)
	kind := typeText
	if strings.HasSuffix(name, ".csv") {
		kind = typeCSV
	}
	return File{name, kind, b.Bytes()}, err
}
