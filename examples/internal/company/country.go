package company

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"

	"github.com/rickar/cal/v2"

	"github.com/musterhr/hr"
	ca "github.com/musterhr/hr/leave/holidays/ca"
	"github.com/musterhr/hr/leave/holidays/in"
	uk "github.com/musterhr/hr/leave/holidays/uk"
	us "github.com/musterhr/hr/leave/holidays/us"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/bacs"
	"github.com/musterhr/hr/payroll/bankfile/cpa005"
	"github.com/musterhr/hr/payroll/bankfile/nacha"
	canada "github.com/musterhr/hr/payroll/statutory/ca"
	india "github.com/musterhr/hr/payroll/statutory/in"
	kingdom "github.com/musterhr/hr/payroll/statutory/uk"
	states "github.com/musterhr/hr/payroll/statutory/us"
)

// Country is where a company pays: the law, and what of the files differs from country to country. It follows from the currency.
type Country struct {
	Code     string // "uk"
	Currency hr.Currency
	Law      payroll.Pack
	Part     string // what its parts are called: "state"

	numbers     []string          // columns of employees.csv with government numbers, each of the kind COLUMN_CODE
	branch      column            // the bank's branch, of employees.csv and with bank_ before it of company.csv
	account     column            // its name is account
	settings    []string          // what company.csv says beside the rest
	numbered    map[string]string // settings that are numbers of an authority, by kind
	holidays    map[string]func() []*cal.Holiday
	observe     hr.Observance
	codes       map[string]func(string) ([]hr.Answer, error) // columns of answers.csv that stand for several answers
	needsNumber []neededNumber
	components  []payroll.Component // of the law, which the company's rules read
	taxNumber   string              // the kind of the number without which nobody should be paid; empty: there is none
}

// column is a column whose cells have one form.
type column struct {
	name string
	form string
	ok   func(string) bool
}

// neededNumber is a government number that somebody with an amount in a line must have.
type neededNumber struct{ line, column, why string }

func shape(form string) func(string) bool { return regexp.MustCompile(form).MatchString }

func parses(parse func(string) (string, error)) func(string) bool {
	return func(s string) bool { _, err := parse(s); return err == nil }
}

func digits(form, of string) column { return column{"account", form, shape(of)} }

// countries are those that the program pays in.
func countries() []Country {
	provinces := map[string]func() []*cal.Holiday{"CA": ca.Federal}
	for _, code := range ca.Provinces() {
		provinces["CA-"+code] = func() []*cal.Holiday {
			list, err := ca.Province(code)
			if err != nil { // the code is one that it listed
				panic(err)
			}
			return list
		}
	}
	return []Country{
		{
			Code: "in", Currency: "INR", Law: india.Pack(), Part: "state", numbers: []string{"pan", "uan", "esic_ip"},
			branch: column{"ifsc", "four letters, a zero, six letters or digits", shape(`^[A-Z]{4}0[A-Z0-9]{6}$`)}, account: digits("5 to 18 digits", `^[0-9]{5,18}$`),
			holidays: map[string]func() []*cal.Holiday{"IN": in.National}, observe: hr.ActualDay,
			settings: []string{"first_month", "change_percent"}, components: []payroll.Component{india.PaymentWages(), india.Recoveries()}, taxNumber: "pan_in",
			needsNumber: []neededNumber{
				{"epf_member", "uan", "is needed by the file of EPFO: they are a member of the provident fund"},
				{"esi_member", "esic_ip", "is needed by the sheet of ESIC: they are covered by ESI"},
			},
		},
		{
			Code: "uk", Currency: "GBP", Law: kingdom.Pack(), Part: "nation", numbers: []string{"nino"},
			branch: column{"sort_code", "six digits", parses(bacs.ParseSortCode)}, account: digits("8 digits", `^[0-9]{8}$`),
			settings: []string{"employment_allowance"},
			holidays: map[string]func() []*cal.Holiday{"GB-EAW": uk.EnglandWales, "GB-SCT": uk.Scotland, "GB-NIR": uk.NorthernIreland}, observe: hr.ObservedDay,
			codes: map[string]func(string) ([]hr.Answer, error){"tax_code": func(s string) ([]hr.Answer, error) {
				code, err := kingdom.ReadTaxCode(s)
				return code.Answers(), err
			}},
		},
		{
			Code: "us", Currency: "USD", Law: states.Pack(), Part: "state", numbers: []string{"ssn"},
			branch: column{"routing", "nine digits with their check digit", parses(nacha.ParseRoutingNumber)}, account: digits("4 to 17 digits", `^[0-9]{4,17}$`),
			settings: []string{"bank_name", "ein", "deposits"}, numbered: map[string]string{"ein": "ein_us"},
			holidays: map[string]func() []*cal.Holiday{"US": us.Federal}, observe: hr.ObservedDay,
		},
		{
			Code: "ca", Currency: "CAD", Law: canada.Pack(), Part: "province", numbers: []string{"sin"},
			branch: column{"branch", "transit and institution such as 10001-999, or nine digits", parses(cpa005.ParseInstitution)}, account: digits("5 to 12 digits", `^[0-9]{5,12}$`),
			settings: []string{"originator", "data_centre", "file_number", "remitter"},
			holidays: provinces, observe: hr.ActualDay,
		},
	}
}

// InCountry returns the country of a code that [Codes] has.
func InCountry(code string) (of Country) {
	for _, c := range countries() {
		if c.Code == code {
			of = c
		}
	}
	return of
}

// Codes are the countries that the program pays in.
func Codes() (list []string) {
	for _, c := range countries() {
		list = append(list, c.Code)
	}
	return list
}

// Open opens the folder that a person names, or without one the specimen company of a country, which is kept in company or
// company-CODE.
func Open(specimens fs.FS, country, dir string) (fs.FS, error) {
	switch {
	case dir != "":
		return Folder(dir)
	case country == "in":
		return fs.Sub(specimens, "company")
	case slices.Contains(Codes(), country):
		return fs.Sub(specimens, "company-"+country)
	}
	return nil, fmt.Errorf("-country must be one of %v", Codes())
}

// bank reads a bank account number or branch that is optional, and reports one of the wrong form without repeating it.
func (w row) bank(name string, c column, optional bool) hr.Secret {
	v := w.cells[name]
	switch {
	case v == "" && !optional:
		w.text(name)
	case v != "" && !c.ok(v):
		w.fault(name, hr.RuleIdentifierInvalid, "must be %s", c.form)
	}
	return hr.NewSecret(v)
}

// coded reads a cell that stands for several answers; ok is false for a column that does not.
func (c Country) coded(w row, name, text string) (answers []hr.Answer, ok bool) {
	read, ok := c.codes[name]
	if !ok {
		return nil, false
	}
	answers, err := read(text)
	var fault *hr.FieldError
	if errors.As(err, &fault) {
		w.fault(name, fault.Rule, "%s", fault.Reason)
		return nil, true
	}
	return answers, true
}
