package ecr_test

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
)

// 40,000 of pay, 25,000 of it up to the ceiling; 8.33 per cent of that is 2,082.50, so 2,083.
func Example() {
	law := ecr.Law{Ceiling: decimal.NewFromInt(25000), Pension: decimal.RequireFromString("8.33"), Rates: []decimal.Decimal{decimal.NewFromInt(12)}}
	rupees := decimal.NewFromInt
	var file strings.Builder
	totals, err := ecr.Write(&file, []ecr.Member{{
		UAN: hr.NewSecret("101000000017"), Name: "ALMA SPECIMEN", Gross: rupees(40000), EPFWages: rupees(25000), EPSWages: rupees(25000),
		EDLIWages: rupees(25000), EPF: rupees(3000), EPS: rupees(2083), Difference: rupees(917),
	}}, law)
	fmt.Println(strings.TrimSpace(file.String()))
	fmt.Println(totals.Members, totals.EPF, err)

	_, _, err = ecr.Read(strings.NewReader("101000000017#~#ALMA SPECIMEN#~#40000#~#25000#~#25000#~#25000#~#3000#~#2082#~#917#~#0#~#0"), law)
	fmt.Println(err)
	// Output:
	// 101000000017#~#ALMA SPECIMEN#~#40000#~#25000#~#25000#~#25000#~#3000#~#2083#~#917#~#0#~#0
	// 1 3000 <nil>
	// ecr: read: line 1.eps_contribution: must be 8.33 per cent of EPS wages [payroll.statutory.in.ecr.contribution]
	// line 1.difference: must make, with the EPS contribution, 12 per cent of EPF wages [payroll.statutory.in.ecr.contribution]
}
