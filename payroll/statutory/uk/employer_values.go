package uk

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

func familyPay() hr.Source {
	return hr.Source{Title: "HMRC, Rates and thresholds for employers", Section: "statutory family pay"}
}

// notReadAgain is the doubt about values that are known and were not read again at the review.
const notReadAgain = "known, not read again"

// sickParams are those of statutory sick pay. Before 6 April 2026 there was no share of earnings: with the earnings floor of that time, which
// lies above the flat rate, 100 % says the same.
func sickParams() []hr.Parameter {
	source := hr.Source{Title: "HMRC, Rates and thresholds for employers", Section: "statutory sick pay; since 6 April 2026 as amended by the Employment Rights Act 2025"}
	flat := yearly("ssp.flat_week", "Statutory sick pay, most of a week", "money", source, "116.75", "118.75", "123.25")
	share := yearly("ssp.share", "Statutory sick pay, share of average weekly earnings", "percent", source, "100", "", "80")
	floor := yearly("ssp.earnings_floor", "Average weekly earnings from which sick pay is due", "money", source, "123", "125", "0")
	weeks := yearly("ssp.weeks", "Most weeks of sick pay of one employer", "count", source, "28")
	for i := range 2 {
		flat.Steps[i] = law.Doubtful(flat.Steps[i], notReadAgain)
		floor.Steps[i] = law.Doubtful(floor.Steps[i], notReadAgain)
	}
	share.Steps[0] = law.Doubtful(share.Steps[0], "stands for no share: the flat rate lay below the earnings floor")
	return []hr.Parameter{flat, share, floor, weeks}
}

func familyParams() []hr.Parameter {
	source := familyPay()
	flat := yearly("family_pay.flat_week", "Statutory maternity, paternity, adoption, shared parental and bereavement pay, a week", "money", source, "184.03", "187.18", "194.32")
	for i := range 2 {
		flat.Steps[i] = law.Doubtful(flat.Steps[i], notReadAgain)
	}
	return []hr.Parameter{
		flat,
		yearly("family_pay.share", "Share of average weekly earnings", "percent", source, "90"),
		yearly("family_pay.first_weeks", "Weeks of maternity pay at that share without a limit", "count", source, "6"),
		yearly("family_pay.maternity_weeks", "Most weeks of maternity pay", "count", source, "39"),
		yearly("family_pay.recovery", "Share that the employer recovers", "percent", source, "92"),
		yearly("family_pay.small_employer_recovery", "Share that a small employer recovers", "percent", source, "103", "108.5", "109"),
		yearly("family_pay.small_employer_limit", "Class 1 contributions of the prior year up to which an employer is small", "money", source, "45000"),
	}
}

// pensionParams are the limits of automatic enrolment, the same in all three years.
func pensionParams() []hr.Parameter {
	source := hr.Source{Title: "The Pensions Regulator, Automatic enrolment earnings threshold", Section: "Pensions Act 2008, s.3, 13 and 20"}
	var list []hr.Parameter
	for _, t := range []struct {
		name, title                                      string
		weekly, fortnightly, fourweekly, monthly, annual string
	}{
		{"trigger", "Earnings from which an eligible jobholder is enrolled", "192", "384", "768", "833", "10000"},
		{"lower", "Lower limit of qualifying earnings", "120", "240", "480", "520", "6240"},
		{"upper", "Upper limit of qualifying earnings", "967", "1934", "3867", "4189", "50270"},
	} {
		for _, every := range [][2]string{{"weekly", t.weekly}, {"fortnightly", t.fortnightly}, {"fourweekly", t.fourweekly}, {"monthly", t.monthly}, {"annual", t.annual}} {
			list = append(list, yearly("pension."+t.name+"_"+every[0], t.title+", "+every[0], "money", source, every[1]))
		}
	}
	return append(list,
		yearly("pension.minimum_total", "Least contribution of both sides, of qualifying earnings", "percent", source, "8"),
		yearly("pension.minimum_employer", "Least contribution of the employer in it", "percent", source, "3"),
	)
}

func employerParams() []hr.Parameter {
	source := contributions("employer's payments")
	by := yearly("hmrc.pay_day_electronic", "Day of the month by which an electronic payment to HMRC is cleared", "count",
		hr.Source{Title: "Income Tax (PAYE) Regulations 2003", Section: "reg. 69"}, "22")
	by.Steps[0] = law.Doubtful(by.Steps[0], "known, not read again; by post it is the 19th, and the bank's working days before it are the host's")
	return []hr.Parameter{
		yearly("employment_allowance", "Employment Allowance a year", "money", source, "5000", "10500"),
		yearly("apprenticeship_levy.rate", "Apprenticeship Levy, share of the pay bill", "percent", source, "0.5"),
		yearly("apprenticeship_levy.allowance", "Apprenticeship Levy allowance a year", "money", source, "15000"),
		yearly("class_1a.rate", "Class 1A contributions on benefits", "percent", source, "13.8", "15"),
		by,
	}
}
