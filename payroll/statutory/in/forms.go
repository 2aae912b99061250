package in

import (
	"io"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
	insured "github.com/musterhr/hr/payroll/statutory/in/esic"
	"github.com/shopspring/decimal"
)

// forms are the monthly files of the provident fund and of state insurance.
func forms() []payroll.Form {
	return []payroll.Form{
		{
			Name: "ecr", Title: "Provident fund: electronic challan-cum-return", File: "ecr.txt",
			Due:    "15 days after the month closes",
			Source: published("EPFO, ECR version 2", "eleven fields", "", "unchanged by the revamped ECR of September 2025; read in a published file"),
			Write:  writeECR,
		},
		{
			Name: "esic", Title: "State insurance: monthly contribution", File: "esic.csv",
			Due:    "the 15th of the next month",
			Source: published("ESIC, monthly contribution template", "six columns", "", "read in several projects; save the CSV as .xls for the portal"),
			Write:  writeESIC,
		},
	}
}

// ECRLaw returns what the contributions of a wage month are held against, by the parameters of p on its last day. It returns a
// [hr.ParameterError] for a month without a value, and a [hr.FieldError] for a month without an end.
func ECRLaw(p payroll.Pack, month hr.Period) (ecr.Law, error) {
	if err := month.Validate(); err != nil || month.Open() {
		return ecr.Law{}, &hr.FieldError{Path: "month", Rule: RuleMonth, Reason: "must have a first and a last day"}
	}
	var law ecr.Law
	var err error
	if law.Ceiling, err = p.Value("epf.wage_ceiling", month.Through); err != nil {
		return law, err
	}
	if law.Pension, err = p.Value("eps.rate", month.Through); err != nil {
		return law, err
	}
	if law.Higher, err = p.Value("eps.higher_rate", month.Through); err != nil {
		return law, err
	}
	if law.HigherFrom, err = p.Value("eps.higher_from", month.Through); err != nil {
		return law, err
	}
	rate, err := p.Value("epf.employer_rate", month.Through)
	if err != nil {
		return law, err
	}
	law.Rates = []decimal.Decimal{rate}
	if lower, err := p.Value("epf.lower_rate", month.Through); err == nil { // there was none before 21 November 2025
		law.Rates = append(law.Rates, lower)
	}
	return law, nil
}

func writeECR(w io.Writer, p payroll.Pack, of payroll.FormInput) (payroll.FormTotals, error) {
	law, err := ECRLaw(p, of.Period)
	if err != nil {
		return nil, err
	}
	members, err := ecr.MembersOf(of)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	t, err := ecr.Write(w, members, law)
	if err != nil {
		return nil, err
	}
	return payroll.FormTotals{
		{Name: "members", Amount: decimal.NewFromInt(int64(t.Members))},
		{Name: "epf_wages", Amount: t.EPFWages},
		{Name: "eps_wages", Amount: t.EPSWages},
		{Name: "edli_wages", Amount: t.EDLIWages},
		{Name: "employee_share", Amount: t.EPF},
		{Name: "eps", Amount: t.EPS},
		{Name: "difference", Amount: t.Difference},
	}, nil
}

func writeESIC(w io.Writer, _ payroll.Pack, of payroll.FormInput) (payroll.FormTotals, error) {
	people, err := insured.PeopleOf(of)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	t, err := insured.Write(w, people)
	if err != nil {
		return nil, err
	}
	return payroll.FormTotals{
		{Name: "members", Amount: decimal.NewFromInt(int64(t.Members))},
		{Name: "days", Amount: decimal.NewFromInt(int64(t.Days))},
		{Name: "wages", Amount: t.Wages},
	}, nil
}
