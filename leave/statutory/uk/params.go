package uk

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Law returns Great Britain's dated numbers of leave, each step with its source. It panics only if a literal of this package is
// malformed, which its tests would show.
func Law() leave.Law {
	l, err := leave.NewLaw(parameters()...)
	if err != nil {
		panic(err)
	}
	return l
}

func wtr(section, note string) hr.Source {
	return published("Working Time Regulations 1998 (S.I. 1998/1833)", section, "1998-07-30", note)
}

func wtr2023(section string) hr.Source {
	return published("Employment Rights (Amendment, Revocation and Transitional Provision) Regulations 2023 (S.I. 2023/1426)", section, "2023-12-07", "leave years that begin on or after 1 April 2024")
}

func family(what string) hr.Source {
	return published("Employment Rights Act 2025 and its regulations, as described by Mills & Reeve and the CIPD", what, "2026-01-22", "from 6 April 2026, from the first day of employment; the regulations were not read")
}

func parameters() []hr.Parameter {
	const (
		weeks  = "2009-04-01" // 5.6 weeks
		reform = "2024-01-01" // reg 13 and 15 as amended; accrual for leave years from 1 April 2024
		hours  = "2024-04-01"
		era    = "2026-04-06"
	)
	rates := published("Statutory pay rates 2026-27, as published in the Mondaq, VWV and Mulberry's notes", "SSP, SMP", "2025-12-09", "the order was not read")
	return []hr.Parameter{
		parameter("holiday.weeks", "Holiday in a leave year, in weeks", "number", since(weeks, "5.6", wtr("regs 13 and 13A", "4 and 1.6 weeks"))),
		parameter("holiday.weeks_basic", "Of these, the weeks of reg 13", "number", since(weeks, "4", wtr("reg 13", ""))),
		parameter("holiday.most_days", "The most days of both together", "days", since(weeks, "28", wtr("reg 13A(3)", ""))),
		parameter("holiday.irregular_percent", "Holiday of irregular-hours and part-year workers, of the hours worked", "percent", doubtful(hours, "12.07", wtr2023("reg 3, new reg 15B"), "the words are read as rounding each pay period apart; the cumulative reading gives more to short weeks")),
		parameter("holiday.reference_weeks", "Paid weeks that a week's pay and average hours are taken of", "count",
			since("2020-04-06", "52", published("Employment Rights Act 1996", "s.224 as applied", "1996-05-22", notReadAgain))),
		parameter("holiday.look_back_weeks", "The furthest week looked at for them", "count",
			since("2020-04-06", "104", published("Working Time Regulations 1998", "reg 16(3B) and 15C", "1998-07-30", notReadAgain))),
		parameter("holiday.sick_carry_months", "Months after the leave year in which leave not taken for sickness can be used", "count", since(reform, "18", wtr2023("reg 3, reg 13(15)"))),
		parameter("ssp.weekly", "Statutory sick pay, a week, at most", "money",
			since("2024-04-06", "116.75", published("Statutory pay rates 2024-25", "SSP", "", notReadAgain)),
			since("2025-04-06", "118.75", published("Statutory pay rates 2025-26", "SSP", "", notReadAgain)),
			since(era, "123.25", rates)),
		parameter("ssp.percent", "Of average weekly earnings, at most (before 6 April 2026 all had the flat rate)", "percent",
			since(era, "80", published("Employment Rights Act 2025", "SSP from the first day, without an earnings floor", "2025-12-18", "the section was not read"))),
		parameter("ssp.weeks", "Weeks of statutory sick pay in a period of linked absences", "count", since("2024-04-06", "28", published("Social Security Contributions and Benefits Act 1992", "s.155", "1992-02-13", notReadAgain))),
		parameter("ssp.link_days", "Days between two periods of sickness within which they link, and keep the first average earnings", "days",
			since("2024-04-06", "56", published("Social Security Contributions and Benefits Act 1992", "s.152(3)", "1992-02-13", notReadAgain))),
		parameter("smp.flat", "Statutory maternity pay after the first six weeks, a week, at most", "money",
			since("2024-04-07", "184.03", published("Statutory pay rates 2024-25", "SMP", "", notReadAgain)),
			since("2025-04-06", "187.18", published("Statutory pay rates 2025-26", "SMP", "", notReadAgain)),
			since("2026-04-05", "194.32", rates)),
		parameter("smp.percent", "Statutory maternity pay, of average weekly earnings", "percent",
			since("2024-04-07", "90", published("Social Security Contributions and Benefits Act 1992", "s.166", "1992-02-13", notReadAgain))),
		parameter("smp.first_weeks", "Weeks at that share without a limit", "count",
			since("2024-04-07", "6", published("Social Security Contributions and Benefits Act 1992", "s.166", "1992-02-13", notReadAgain))),
		parameter("smp.weeks", "Weeks of statutory maternity pay", "count",
			since("2024-04-07", "39", published("Social Security Contributions and Benefits Act 1992", "s.165", "1992-02-13", notReadAgain))),
		parameter("family.paternity_weeks", "Paternity leave, in weeks, from the first day of employment", "count", doubtful(era, "2", family("paternity leave"), "the length is known and not confirmed")),
		parameter("family.paternity_within", "Weeks from the birth within which it is taken", "count", doubtful(era, "52", family("paternity leave"), "known and not confirmed")),
		parameter("family.paternity_notice", "Days of notice of the dates of paternity leave", "days", since(era, "28", family("paternity leave"))),
		parameter("family.bereaved_partner_weeks", "Leave of a bereaved partner, in weeks", "count", doubtful(era, "52", family("bereaved partner's paternity leave"), "the length is known and not confirmed")),
		parameter("family.neonatal_weeks", "Neonatal care leave: the most weeks, one for each seven days in care", "count",
			doubtful("2025-04-06", "12", published("Neonatal Care (Leave and Pay) Act 2023", "", "2023-05-24", ""), "that it exists is confirmed, its length is known and not confirmed")),
		parameter("family.bereaved_parent_weeks", "Parental bereavement leave, in weeks", "count", doubtful(era, "2", published("Parental Bereavement (Leave and Pay) Act 2018", "", "2018-09-13", ""), "the first day is later than that of the Act, which was not read")),
		parameter("family.bereaved_parent_within", "Weeks from the death within which it is taken", "count", doubtful(era, "56", published("Parental Bereavement (Leave and Pay) Act 2018", "", "2018-09-13", ""), "the first day is later than that of the Act, which was not read")),
		parameter("family.parental_weeks", "Unpaid parental leave for a child, in weeks", "count", since(era, "18", family("unpaid parental leave"))),
		parameter("family.parental_year_weeks", "Of these, the most in a year", "count", since(era, "4", family("unpaid parental leave"))),
		parameter("family.carer_weeks", "Unpaid carer's leave in a year, in weeks", "count", doubtful(era, "1", published("Carer's Leave Act 2023", "", "2023-05-24", ""), "known and not confirmed; the first day is later than that of the Act")),
		parameter("smp.earnings", "Average weekly earnings from which there is statutory maternity pay", "money",
			since("2026-04-05", "129", rates)),
	}
}
