package us

import "github.com/musterhr/hr"

// retention says how long records are kept by federal law. The periods were not read again for the review and carry that doubt.
func retention() []hr.Retention {
	keep := func(name, title string, months int, start hr.RetentionStart, source hr.Source) hr.Retention {
		return hr.Retention{Name: name, Title: title, Months: months, Start: start, Source: source, Reviewed: book.Reviewed, Uncertain: "known, not read again; states ask for longer"}
	}
	return []hr.Retention{
		keep("us.employment_tax", "Employment taxes: wages, withholding, deposits, forms W-4 and returns", 4*12+4, hr.AfterTaxYear,
			hr.Source{Title: "26 CFR 31.6001-1", Section: "(e)(2): four years after the tax is due or paid, the last of which is in April", Link: "https://www.irs.gov/pub15"}),
		keep("us.payroll", "Payroll records, agreements, sales and purchases", 36, hr.AfterRecord, hr.Source{Title: "29 CFR 516.5"}),
		keep("us.time", "Time cards, wage rate tables, work schedules, additions to and deductions from wages", 24, hr.AfterRecord, hr.Source{Title: "29 CFR 516.6"}),
		keep("us.family_leave", "FMLA: leave taken, notices, disputes", 36, hr.AfterRecord, hr.Source{Title: "29 CFR 825.500"}),
	}
}
