package ca

import "github.com/musterhr/hr"

// retention says how long records are kept. The periods were not read again for the review and carry that doubt.
func retention() []hr.Retention {
	keep := func(name, title string, months int, start hr.RetentionStart, source hr.Source) hr.Retention {
		return hr.Retention{Name: name, Title: title, Months: months, Start: start, Source: source, Reviewed: book.Reviewed, Uncertain: "known, not read again; provinces ask for other periods"}
	}
	return []hr.Retention{
		keep("ca.payroll", "Payroll: deductions, remittances, TD1 forms, T4 slips, records of employment", 72, hr.AfterTaxYear,
			hr.Source{Title: "Income Tax Act s.230(4), Canada Pension Plan s.24, Employment Insurance Act s.87", Section: "six years after the year"}),
		keep("ca.labour_code", "Hours, wages, leave and holidays of federally regulated work", 36, hr.AfterRecord, hr.Source{Title: "Canada Labour Standards Regulations", Section: "s.24"}),
		keep("ca.ontario", "Ontario: hours, wages, vacation", 36, hr.AfterExit, hr.Source{Title: "Employment Standards Act 2000 (Ontario)", Section: "s.15"}),
	}
}
