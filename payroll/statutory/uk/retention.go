package uk

import "github.com/musterhr/hr"

// retention says how long records are kept. The periods were not read again for the review and carry that doubt.
func retention() []hr.Retention {
	years := func(name, title string, months int, start hr.RetentionStart, source hr.Source) hr.Retention {
		return hr.Retention{Name: name, Title: title, Months: months, Start: start, Source: source, Reviewed: book.Reviewed, Uncertain: notReadAgain}
	}
	return []hr.Retention{
		years("uk.paye", "PAYE: payments, deductions, codes, reports to HMRC, benefits", 36, hr.AfterTaxYear, hr.Source{Title: "Income Tax (PAYE) Regulations 2003", Section: "reg. 97"}),
		years("uk.statutory_pay", "Statutory family pay: payments, dates and evidence", 36, hr.AfterTaxYear, hr.Source{Title: "Statutory Maternity Pay (General) Regulations 1986", Section: "reg. 26"}),
		years("uk.minimum_wage", "National minimum wage: hours and pay", 72, hr.AfterRecord, hr.Source{Title: "National Minimum Wage Regulations 2015", Section: "reg. 59, six years since 1 April 2021"}),
		years("uk.working_time", "Working time, and since 6 April 2026 holiday and holiday pay", 72, hr.AfterRecord, hr.Source{Title: "Working Time Regulations 1998", Section: "reg. 9 (two years) and 16B (six years, Employment Rights Act 2025, s.35)"}),
		years("uk.pension", "Automatic enrolment: jobholders, contributions, opt-ins", 72, hr.AfterRecord, hr.Source{Title: "Employers' Duties (Registration and Compliance) Regulations 2010", Section: "reg. 8"}),
	}
}
