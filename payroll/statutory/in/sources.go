package in

import "github.com/musterhr/hr"

// The sources of this package. The values were read in dated, cited sources that quote or reproduce the official wording; the gazette
// itself was not opened. Where a note says "not read again", it is long-settled law that was not checked word by word.

const notReadAgain = "long-settled law, not read again for this review"

func published(title, section, dated, note string) hr.Source {
	s := hr.Source{Title: title, Section: section, Note: note}
	if dated != "" {
		s.Dated = hr.MustDate(dated)
	}
	return s
}

func codeOnWages(section string) hr.Source {
	return published("Code on Wages 2019 (in force 21 November 2025)", section, "2019-08-08", "")
}

func epfAct1952(section string) hr.Source {
	return published("Employees' Provident Funds and Miscellaneous Provisions Act 1952", section, "1952-03-04", notReadAgain)
}

func epfScheme2026(section string) hr.Source {
	return published("Employees' Provident Funds Scheme 2026, G.S.R. 525(E)", section, "2026-06-29", "the date is the day it holds from; the day of publication was not read")
}

func ceilingFAQ(section string) hr.Source {
	return published("EPFO, Wage Ceiling FAQs", section, "2026-09-24", "an FAQ is not law")
}

// notification is a gazette notification; heldFrom is one of which only the day it holds from is known.
func notification(number, subject, dated string) hr.Source {
	return published(number, subject, dated, "")
}

func heldFrom(number, subject, day string) hr.Source {
	return published(number, subject, day, "the date is the day it holds from; the day of publication was not read")
}

func esic(section string) hr.Source {
	return published("Employees' State Insurance Corporation, contribution and coverage pages", section, "", "read in September and October 2026; the pages carry no date")
}

func centralRules2026(section string) hr.Source {
	return published("Social Security (Central) Rules 2026, G.S.R. 344(E)", section, "2026-05-08", "")
}

func article276() hr.Source {
	return published("Constitution of India", "Article 276(2)", "1988-12-20", "as amended by the Sixtieth Amendment; "+notReadAgain)
}

func taxAct2025(section string) hr.Source {
	return published("Income-tax Act 2025 (Act 30 of 2025), as amended by the Finance Act 2026", section, "2025-08-21", "")
}

func taxAct1961(section string) hr.Source {
	return published("Income-tax Act 1961", section, "1961-09-13", notReadAgain)
}

func financeAct(year, section, dated string) hr.Source {
	return published("Finance Act "+year, section, dated, "")
}

func taxRules2026(section string) hr.Source {
	return published("Income-tax Rules 2026, G.S.R. 198(E)", section, "2026-03-20", "")
}

func taxRules1962(section string) hr.Source {
	return published("Income-tax Rules 1962", section, "1962-03-26", notReadAgain)
}

// mapped is a section of the 2025 Act of which only the number was confirmed: its figure is that of the 1961 Act.
func mapped(section string) hr.Source {
	s := taxAct2025(section)
	s.Note = "the section was read in lists of old and new numbers; the figure is that of the 1961 Act, not read again"
	return s
}
