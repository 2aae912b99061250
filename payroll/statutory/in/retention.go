package in

import "github.com/musterhr/hr"

// retention says how long records are kept. These periods were not read again for the review and carry that doubt; a host that knows
// better changes the value in the pack.
func retention() []hr.Retention {
	const unread = "long-settled practice that was not read again; the rules under the Codes may differ by state"
	years := func(name, title string, n int, start hr.RetentionStart, source hr.Source) hr.Retention {
		return hr.Retention{Name: name, Title: title, Months: 12 * n, Start: start, Source: source, Reviewed: reviewed(), Uncertain: unread}
	}
	return []hr.Retention{
		years("in.wage_register", "Registers of wages, attendance and deductions, and wage slips", 5, hr.AfterRecord, codeOnWages("s.50")),
		years("in.salary_tax", "Tax on salary: computations, declarations and proofs, certificates and statements", 7, hr.AfterTaxYear,
			taxAct1961("s.44AA with r.6F(5) of the 1962 Rules: six years after the assessment year")),
		years("in.provident_fund", "Provident fund: returns, challans and declarations", 5, hr.AfterExit, epfScheme2026("records of the employer")),
		years("in.state_insurance", "State insurance: register of employees, returns and accident book", 5, hr.AfterRecord, centralRules2026("registers")),
	}
}
