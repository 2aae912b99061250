// Package ca is the payroll law of Canada outside Quebec as dated values and formulas, for payments from 2025 to 2026: federal and
// provincial income tax by option 1 of the CRA's guide T4127, CPP, CPP2 and EI, tax on bonuses and other pay of no period; what is remitted and
// by when, and the figures of a T4 slip. Last review: 26 November 2026.
//
//	plan, err := payroll.Compile(payroll.Config{Currency: "CAD", Packs: []payroll.Pack{ca.Pack()}, Components: yours})
//
// # What a host writes
//
// Its own pay, in components whose lines join groups:
//
//	regular           pay of the period with taxable benefits
//	bonus             bonuses, retroactive pay, vacation pay not taken: pay of no period
//	not_pensionable   what of that does not count for CPP
//	not_insurable     what of that does not count for EI: most benefits in kind
//
// These stand in the terms; claims and credits are those of the TD1 forms and of letters of authority:
//
//	pay_periods          count   of the year: 52, 53, 26, 27, 24, 12 ...; the CPP exemption is fixed by it for the year
//	province             text    AB, BC, MB, NB, NL, NS, NT, NU, ON, PE, SK, YT: where the employee reports; XX outside Canada
//	cpp_months           count   = 12; fewer for who turns 18 or 70, or elects (CPT30) in the year
//	cpp_exempt, ei_exempt, tax_exempt   yes/no = no; tax_exempt is claim code E, which leaves Ontario's health premium
//	federal_claim, federal_claim_given, provincial_claim, provincial_claim_given   without a form the basic amount; zero for a nonresident
//	rrsp, union_dues, alimony           of the period; bonus_rrsp, earlier_bonus_rrsp of bonuses
//	zone_deduction, annual_deductions, federal_credits, provincial_credits         a year
//	federal_fund_credit, provincial_fund_credit   of the period, within the limits of the fund
//	last_regular_pay     money   = 0; for a bonus that is paid by itself
//	dependants, extra_tax
//
// # The lines
//
//	contributions   pensionable, insurable, cpp_exemption; cpp, cpp2, ei (deductions); cpp_employer, cpp2_employer, ei_employer (employer); f5, f5b
//	income tax      bonus_federal_tax, bonus_provincial_tax; federal_tax, provincial_tax (deductions), which contain them
//	                bpaf, bpamb: the basic amounts that taper
//
// [RemitterFor] and [Remittances] say what is remitted to the CRA and when, [T4] the figures of an employee's year.
//
// # Editions
//
// The guide changes on 1 January and often on 1 July, when new rates are prorated over the half year. The day of payment decides which
// edition holds, also inside a pay period.
//
// # Rounding
//
// Each deduction is rounded once, half up to the cent; ratios of rates and annual amounts on the way are exact. The part of the additional
// CPP that belongs to a bonus is rounded to the cent, as the guide prints it. For the credits of CPP and EI what is deducted now is
// taken for the year, or the year so far if that is more, up to the maximum, as the CRA's online calculator does; the guide also allows the
// maximum once it is reached, which can differ by cents.
//
// # When employment ends
//
// [FinalPayDueInOntario] says by which day the last wages are paid.
//
// # Doubts
//
// They stand on the values, and every explanation shows them: the edition of 1 July 2026 was read in transcriptions that agree; Prince Edward
// Island's printed January figures are probably slips and are kept as printed; when deductions are remitted, and periods of retention, were
// not read again. A base rate of CPP of 4.75 % from 2027 is reported; nothing of 2027 is in the pack.
//
// # What it leaves out
//
// Quebec. Option 2 (cumulative averaging) and commission by form TD1X, for which there are no published figures to prove them by. The XML of T4
// slips and of the record of employment, whose schemas were not at hand.
//
// # Sources
//
// CRA guide T4127, Payroll Deductions Formulas, 120th to 123rd editions; results of the CRA's online calculator; CRA guide T4001.
//
// # A new value
//
// It can be had before a release of this package, by [payroll.Pack.Overlay]; every explanation says that the host set it. A new edition is steps of
// tax.rate, tax.constant and tax.basic for the provinces that it changes.
package ca
