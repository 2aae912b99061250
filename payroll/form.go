package payroll

import (
	"fmt"
	"io"

	"github.com/musterhr/hr"
)

// Form is a return or a file that an authority wants, as a writer: the monthly file of a provident fund, say. It is pure; what it
// writes goes where the host says.
type Form struct {
	Name   string    // "ecr"
	Title  string    // what a payroll officer calls it
	File   string    // a name to save it under: "ecr.txt"
	Due    string    // until when it is filed, in words
	Source hr.Source // where the layout is published
	// Write writes the form and returns its control figures; where nobody is in it, it writes nothing. It refuses, before anything is written, payslips that do not fit
	// the layout, with every fault at once and without a number of anybody in any.
	Write func(w io.Writer, pack Pack, of FormInput) (FormTotals, error)
}

// FormInput is what a form is written from.
type FormInput struct {
	Period  hr.Period                   // the wage period, both days included
	Slips   []Payslip                   // of the period, in any order; the form has them by employee
	People  map[hr.EmployeeID]hr.Person // of all payslips: names and numbers
	LastDay map[hr.EmployeeID]hr.Date   // the last day of those who left in the period
	Reasons map[hr.EmployeeID]int       // the code of the authority for who has no paid day; where it is missing the form chooses
}

// FormTotals are the control figures of a form, by name, in the order of the form.
type FormTotals []Amount

// WriteForm writes the form of a name. It returns a [hr.FieldError] with RuleForm if the pack has none.
func (p Pack) WriteForm(w io.Writer, name string, of FormInput) (FormTotals, error) {
	for _, f := range p.Forms {
		if f.Name == name {
			of.Slips = bySlip(of.Slips)
			return f.Write(w, p, of)
		}
	}
	return nil, &hr.FieldError{Path: "form", Rule: RuleForm, Reason: fmt.Sprintf("the pack of %s has no form %q", p.Name, name)}
}
