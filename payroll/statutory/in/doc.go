// Package in is the law of India on a monthly payslip, as data and formulas: wages under the Code on Wages, provident fund (EPF, EPS,
// EDLI), state insurance (ESI), professional tax, labour welfare funds, and income tax deducted from salary under either regime. [Pack] is
// the whole; pass it to [payroll.Compile] beside your own components. Gratuity, bonus, leave paid out, overtime, maternity benefit, the limit on
// deductions and due dates are beside it. Last review: 24 November 2026.
//
//	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: yours})
//
// # What a host writes
//
// Your lines join groups, and the law reads the groups. A group that you have nothing for stays empty.
//
//	wages                included pay: basic, dearness allowance, retaining allowance, and whatever is not excluded
//	wages_excluded       pay under items (a) to (i): house rent, conveyance, overtime, bonus outside the terms, commission
//	wages_terminal       items (j) and (k), gratuity and retrenchment: count in all remuneration, never in the excess
//	wages_in_kind        given in kind in place of wages: wages up to 15 per cent of those in money
//	gross                everything that professional tax looks at, and ESI where it goes by gross pay
//	taxable              taxable salary of the month, benefits in kind included, one-off pay included
//	full_month_wages     what the lines above are worth in a full month, without one-off pay and unpaid days:
//	full_month_gross     included wages; all pay, excluded and included; taxable salary
//	full_month_taxable
//
// These inputs are asked for. Answers and pay terms come from the terms of the employee; those with a value here may be left out.
//
//	pf_capped            yes/no   contributions only up to the wage ceiling
//	eps_member           yes/no   member of the pension scheme; no from the day of turning 58, by day
//	esi_covered          yes/no   decided for the contribution period: see ESICovered
//	pt_state             text     two letters of the place of work; TN-CHENNAI for that city; those without the tax are known and nil
//	gender               text     "female", "male" or "other"; needed in Maharashtra only
//	tax_regime           text     = "new", or "old" for who chose it in writing; another one is refused
//	tax_age              text     = "below60"; "60to79" or "80plus" from [TaxAge]: the slabs of the old regime
//	pf_member            yes/no   = yes
//	epf_lower_rate       yes/no   = no; an establishment of a class notified for 10 %
//	higher_pension       yes/no   = no; the joint option: EPS on actual pay, 9.49 % of what lies above 15,000
//	international_worker yes/no   = no; no ceiling for EPF (contested in courts)
//	vpf_amount           money    = 0; voluntary, rupees a month
//	vpf_percent          percent  = 0; voluntary, of PF wages before the ceiling, beside the amount
//	disability           yes/no   = no; raises the ESI limit in esi_within_limit
//	pt_exempt            yes/no   = no
//	lwf_member           yes/no   = yes; no for whom the Act of the state leaves out, mostly managers
//	lwf_state            text     = the state of professional tax; KL-SHOPS for shops in Kerala
//	resident, has_pan    yes/no   = yes
//	previous_salary      money    = 0; from earlier employers this tax year, net of what is exempt
//	previous_tds         money    = 0
//
// Payroll fills piece_days, payable_days, unpaid_days, employed_days, wage_month, months_left, leaving and the year to date of taxable,
// tds, pt and the lines that begin with pt_ by itself.
//
// # The lines
//
//	wages                code_wages, wages_added_back
//	provident fund       epf_wages, eps_wages, edli_wages; epf, vpf (deductions); eps, epf_employer, edli, epf_admin (employer)
//	state insurance      esi_wages; esi (deduction); esi_employer (employer); esi_coverage_wages, esi_within_limit (for the next decision)
//	professional tax     pt_gross; pt (deduction); pt_period, and for later months pt_first_half, pt_gross_first_half and their like
//	welfare fund         lwf (deduction), lwf_employer (employer)
//	for the files        epf_member, epf_ncp_days; esi_member, esi_days
//	income tax           taxable, projected_salary, standard_deduction, total_income, taxable_income; slab_tax, rebate, tax_after_rebate,
//	                     surcharge, surcharge_relief, cess, annual_tax_exact, annual_tax; tax_to_deduct, tax_accounted; tds (deduction);
//	                     perquisite_tax (employer): tax on benefits in kind that the employer pays itself, within perquisite_tax_year
//
// taxable_income is rounded to ten; rebate is after its marginal relief, surcharge after surcharge_relief; annual_tax_exact is before
// the last rounding to ten and annual_tax after it. Exact wages before any rounding have names too, for lines of your own:
// epf.wages_exact, eps.wages_exact, edli.wages_exact.
//
// # Income tax
//
// The lines go from pay to tds as the law goes, and [NewTaxSheet] puts them on one page with the sections of the Act that the day of
// payment is under. Each file of formulas holds one step:
//
//	tds.rules            the salary of the year as it stands, the tax to deduct, and its share of this month
//	salary_income.rules  what of it is exempt, standard deduction, professional tax, houses, other income
//	tax_deductions.rules Chapter VIII (80C to 80U), each limit by itself
//	income_tax.rules     slabs, rebate, surcharge with their marginal reliefs, cess, roundings
//	perquisites.rules    what benefits in kind are worth; their lines join taxable by themselves
//
// Pay that the tax looks at joins one more group each, beside taxable, and the last three have a full_month group too:
//
//	children_education, children_hostel   those allowances
//	superannuation       the employer's contribution to such a fund; nothing of it is in taxable
//	housing_salary       the pay that the value of the employer's house goes by
//	basic_da             basic, dearness allowance that counts for retirement, commission fixed on turnover
//	hra                  house rent allowance
//	employer_nps         the employer's contribution to NPS, which is in taxable too
//
// What the employee declares (Form 12BB, 124 from April 2026) is answered with figures of the whole tax year, but for rent and the
// benefits in kind, which are those of the month. All of it may be left out; what only the old regime looks at changes nothing
// in the new one.
//
//	rent_paid, rent_city                      rent a month, and the city as [HRACity] names it: exempt month by month, so a raise counts
//	                                          from its month, and another rent or home from its day; [LandlordPANNeeded] asks for the landlord
//	lta_exempt, children, children_in_hostel  see [LTAJourneysLeft]; the allowances are exempt for two children at most
//	other_exempt                              what else of taxable pay is exempt, in either regime: gratuity, leave pay, duty travel
//	home_loan_interest, home_loan_limited     the home lived in; limited for repairs, or if it was not finished in five years
//	let_out_income, let_out_loss              a house let out, after interest
//	other_income, other_tax_paid              reported by the employee (Form 12BAA, 122): income, and tax deducted or collected on it
//	savings, nps, nps_extra, agnipath         80C, 80CCD(1), 80CCD(1B), 80CCH; the own provident fund is counted by itself
//	health_self, health_checkup, health_parents, health_self_senior, health_parents_senior                       80D
//	disability, disability_severe, dependant_disability, dependant_disability_severe, treatment, treatment_senior 80U, 80DD, 80DDB
//	education_loan_interest, first_home_interest, affordable_home_interest, electric_vehicle_interest             80E to 80EEB
//	donations_allowed, rent_without_hra, rent_months, savings_interest, deposit_interest                          80G, 80GG, 80TTA, 80TTB
//	government_employer                       14 per cent of salary for the employer's NPS
//	previous_salary, previous_tds, previous_pt  from earlier employers (Form 12B, 122)
//	relief_89                                 relief on arrears from [IncomeTax.Relief], once its form is furnished
//	retirement_growth                         of contributions above 7,50,000, from [RetirementGrowth]
//	car_litres, car_running, car_driver, meals, meals_cost, gifts_value, loan_outstanding, loan_rate, loan_market_rate, school_children,
//	school_cost                               benefits in kind
//	housing, housing_charges, housing_most, furniture_cost, furniture_hire, housing_rent   the employer's house: its own by the size of the
//	                                          city ([HousingCity]), hired, or a hotel; with furniture
//	perquisite_tax_share                      100 where the employer pays the tax on benefits in kind itself, less for a part of it: a benefit
//	                                          in kind of yours that goes on joins full_month_benefits beside benefits
//
// An answer in money that changes inside a month is refused, as pay is: let a new declaration hold from the first of a month.
//
// Beside the payslip: [IncomeTax] is the tax of a year on any total income, to compare the regimes and for relief on arrears.
// [NewCertificate] has the data of Form 16 Part B, Form 130 Part C from 2026-27, and of the yearly annexure; [NewPerquisiteStatement] those
// of Form 12BA or 123 beside it; [NewStatement] those of the quarterly statement, Form 24Q or 138. All write neutral CSV: no valid file
// is claimed, since the layouts are checked by the department's tool and that of Form 138 for the last quarter was not out.
// [TaxDepositDue], [StatementDue] and [CertificateDue] are the days to keep; [TaxLateOf] and [StatementFee] say what it costs not to.
//
// # Beside the monthly salary
//
// These are not in the pack's components, since most payslips have none of them. Compile [Settlement], [Bonus], [OvertimePay] and
// [PaymentWages] into the plans that need them; their dated values are in the pack. Where days and years decide there is a function,
// whose answer has a Trace: the reasoning for a person, with the law. The components go by wages.full_month, the wages of a full month
// with the add-back, from the full_month groups.
//
//	gratuity             GratuityOf counts the years; Settlement pays: gratuity, gratuity_exempt, gratuity_taxable
//	leave paid out       Settlement: leave_pay, leave_pay_exempt, leave_pay_taxable
//	end of service       Settlement: retrenchment, voluntary_retirement, each with its _exempt and _taxable; notice, notice_recovery
//	bonus                Bonus: bonus_wages, which pay of a month counts; BonusOf, somebody's bonus of an accounting year;
//	                     AllocableSurplus and AllocateBonus, set-on and set-off of the establishment; the line bonus pays the input bonus_due
//	overtime             OvertimePay: overtime, twice overtime.rate for the hours of the band overtime
//	maternity benefit    Maternity
//	deductions           CapDeductions: at most half of the wages for payment, the rest waits; PaymentWages: these wages, payment_wages;
//	                     Recoveries: the line deductions_room, within which payroll recovers loans and orders.
//	                     Conveyance, house rent, award pay and overtime are wages there: such lines join wages_for_payment beside
//	                     wages_excluded
//	due dates            FullAndFinalDue, GratuityDue, BonusDue, WagesDue
//
// Their inputs, with a value where one may be left out:
//
//	gratuity_years           count    from GratuityOf; 0 where nothing is due
//	gratuity_months          count    = 0; of a fixed term, from GratuityOf
//	gratuity_covered         yes/no   = yes; no where neither the Act of 1972 nor the Code covers the employer
//	gratuity_agreed          money    = 0; what is paid, where it is not the statutory amount: not below it, which is yours to see
//	gratuity_average_salary  money    = 0; a month, of the last ten: the exemption where not covered
//	gratuity_exempt_before   money    = 0; lowers the limit of a lifetime, as leave_exempt_before does
//	leave_days_paid          days     = 0; or leave_pay_agreed, an amount
//	leave_average_salary     money    = 0; with leave_days_at_credit and leave_service_years, completed ones: the exemption
//	retrenchment_compensation, retrenchment_by_law, voluntary_compensation, notice_pay, notice_short   money = 0
//	voluntary_exempt_before  yes/no   = no
//	minimum_wage             money    = 0; a month: bonus is worked out on it where it is above 7,000
//	bonus_due                money    = 0; from BonusOf, in the month of payment
//
// Bonus goes by the law of the last day of the accounting year, whenever it is paid; the exemptions by the day of payment; the rest by
// the last day of the period, so let the period of a settlement end with the last day of service.
//
// # Which date decides
//
// Wages, provident fund, state insurance and professional tax go by the last day of the wage month; income tax by the day of payment,
// so salary paid from 1 April 2026 is under the Income-tax Act 2025. In a month with two wage ceilings each part goes by its own.
// Income tax ends on 31 March 2027: a later payment is refused until its Finance Act is entered, or a host says with [Continued] that
// its values go on. There is no income tax
// before 1 April 2020, and no schedule of professional tax before 1 April 2022 where its first day is not known.
//
// # Professional tax
//
// By the pay of the month: AP, AS, GJ, KA, MH, MZ, NL, SK, TG (also TS), TR, WB. By the pay of the year, in monthly amounts: OD to
// March 2026. By taxable income: PB. By the pay of the half-year: KL, PY, TN-CHENNAI. By the pay of the year: BR, JH, MP, MN, ML. Nil: CG, DL,
// UP, HR, RJ, UK, HP, GA, JK, LA, CH, AR, AN, LD, DN, DD. Karnataka (from April 2025) and Maharashtra take 300 in February, OD in
// March. TN alone is refused: each local body has its table; lay yours over as TN-COIMBATORE, with rows in
// pt.looks_at (6), pt.period_months (6), pt.period_tax and pt.collects. Nobody pays more than 2,500 in a tax year.
//
// Tax of a half-year or a year is worked out in every month on the pay so far and what a full month is worth for the rest, and spread:
// each month its share of the months that are paid, whole rupees down, and the last month or the month of leaving what is left. So
// 1,250 are 208 for five months and 210. Too much is not given back.
//
// # Labour welfare funds
//
// In the months that the state collects in, and nothing in others: AP, KA, TG, TN in December; CG, DL, GA, GJ, KL, MH, MP, OD, WB in June
// and December; CH, HR, PB and KL-SHOPS monthly. Haryana takes a share of wages with a cap. Other states have none that was found.
//
// # Files and numbers
//
// [payroll.Pack.WriteForm] writes "ecr" (package ecr) and "esic" (package esic) from the payslips of a month; each can be read back
// strictly. The pack's Identifiers are PAN, PAN of a person, Aadhaar, UAN, ESIC's numbers of insured persons and employers, TAN and IFSC.
// [NewEPFChallan] is what an establishment pays to EPFO, by account; its [AdminCharges] have a minimum.
//
// [EPFDue], [ESIDue], [PTDue] and [LWFDue] are the days to pay by; [EPFLateOf] is interest, damages and the fee for a late return of EPF.
// [EPFExcluded] and [EPSMember] decide who is a member on joining, [EPSEnds] from when the pension scheme ends, [ESICovered] who is
// under ESI; how many employees bring a law over an establishment are epf.employees, esi.employees and gratuity.employees.
//
// # Doubtful, and how to decide otherwise
//
// A doubtful value carries the reason in Uncertain, which every explanation shows. To change a value or bring in a new notification, lay
// a step over the pack with [payroll.Pack.Overlay]; explanations say that it is yours. Twelve months after the review plans refuse:
// see [payroll.Extension].
//
//	epf.ceiling_by_days   1   September 2026 is split by days, as EPFO's FAQ does (0: the ceiling of the last day for all of it)
//	esi.on_code_wages     1   from 21 November 2025 ESI goes by wages with the add-back (0: by gross pay)
//	tds.rounding_step     1   monthly income tax to the rupee; no section says so
//	perquisite_tax_share      the tax that the employer bears is the year's tax by taxable income; s.192(1B) says by income from salary. The
//	                          sub-section of s.392 was not read
//	perquisite.all_above_limit 0   gifts and school places above their limit are taxed by what is above (1: wholly)
//	perquisite.housing    from April 2026: read in texts about the draft Rules of 2026, as the populations of cities
//	tds.late_by_calendar_month 1   interest on late tax by the calendar months it touches, as the department counts (0: from day to day)
//	epf.late_interest     12  by days of 365; epf.damages_rate 1 a month goes on under the Code, whose rate was not read
//	lta.journeys, lta.carried   2 and 1 from April 2026: whether the Rules of 2026 changed leave travel was not checked
//	pt.march_in_april     0   wages of March paid in April bear no tax of a half-year; February takes the rest (1: March bears its share)
//	pt.paid_by tables         Maharashtra, Kerala, Chennai, Nagaland
//	pt.spread             1   tax of a half-year or year is spread (0: all of it in the month that the state collects in, and after)
//	pt.meghalaya_2022     0   Meghalaya by its twelve steps (1: by the schedule of the cabinet's decision)
//	tds.no_pan_rate       20  per cent of taxable income, without cess, and whatever the rebate
//	perquisite tables and allowances for children from April 2026: read in texts about the draft Rules of 2026, r.15
//	new regime from April 2026: that s.202(1) and the cap of surcharge hold for salary is practice; the wiring was not found
//	pt tables                 Odisha nil from April 2026, Gujarat at exactly 12,000, Chhattisgarh not collected, and others
//	lwf tables                Goa, Kerala, Madhya Pradesh, Odisha; that a state has no fund
//	eps.rate              8.33 per cent as EPFO's examples have it, not eight and one-third
//	wages.terminal_counts 1   gratuity and retrenchment count in all remuneration, as in the Ministry's picture (0: a later FAQ is reported to leave them out)
//	wages.in_kind_limit   15  per cent of the wages in money; whether what is in kind is part of the whole is not said
//	gratuity.fixed_term_by_months 1   a fixed term is paid by completed months (0: a part of a year over six months is a year)
//	gratuity.death_by_months 0   after a death a part of a year over six months is a year (1: paid by completed months)
//	gratuity.ceiling          20 lakh under the Code, which leaves it to a notification; none was found
//	gratuity.fifth_year_days  240, and 190 in a week of five days: case law, only where the days worked are given
//	gratuity.uncovered_days   15 of 30 for each completed year where nothing covers (0: none): practice, no law
//	gratuity_exempt.on_code_wages 1   the exemption goes by wages with the add-back (0: by included pay, as under the Act of 1972)
//	leave_pay.month_days      30; some divide by 26
//	bonus.minimum_parts, bonus.minimum_of   8.33 of 100 for the accounting year 2025-26, which is under two laws (1 of 12: the Code's)
//	notice.lowers_taxable 0   notice recovered does not lower taxable salary (1: it does)
//	settlement.working_days   2, counted from the day after without weekly offs and holidays
//	exemptions from April 2026: the limits of the Act of 1961 go on
//	ESI from 21 November 2026: the rules before were saved to about that day, and the same values go on
//
// Salary of earlier months that is paid now (arrears_taxable, which payroll answers; arrears_benefits of it in kind) is taxed in the month of
// its payment. Tax on one-off pay is spread like the rest; of an adjustment that says so it is withheld at once (now_tax_to_deduct, which
// payroll answers).
//
// # Left out
//
// Income at special rates, and capital gains; entertainment allowance. Benefits in kind without an input here (stock options, assets,
// utilities, club, travel), a house of the Government's and a second house on transfer: a line of the host's own in benefits, taxable.
// Eligibility stays with the host beyond the functions above: whether an establishment is covered, who is brought in by a higher ceiling,
// a pension put off to 60, which exemption of a state's professional tax holds (ages of 60 or 65, disability, parents, armed forces:
// pt_exempt). Gratuity of seasonal work and of government service, interest on gratuity paid late, available surplus itself, interest on
// late ESI, the amount that the law on industrial relations asks for on retrenchment, a limit on hours of overtime, minimum wages: not
// here, or given by the host.
//
// # Known deviations
//
//   - EPS in the month of turning 58 goes by the days before the birthday if eps_member becomes no on that day; whether EPFO wants it so is
//     not said. An answer that stands for the whole month gives all or nothing.
//   - Who joins or leaves in September 2026: the two ceilings are weighed by the days employed, so a joiner of the 17th is under 25,000
//     for the month. EPFO's FAQ has whole months only.
//   - In Kerala, Puducherry and Chennai wages of March that are paid in April bear no professional tax unless pt.march_in_april is 1; then
//     six times that month stand for the half-year, since what was paid before is in the tax year before. Where tax goes by the year,
//     the year is that of payment.
//   - On payslips EDLI and administration charges are rounded for each member. What the establishment pays, its minimum, and rounding on
//     its total before 29 June 2026 are in [NewEPFChallan].
//   - November 2025 is under the Code as a whole, although it began on the 21st.
//   - House rent allowance is worked out by the pay period, and within it another rent or city by days; pay and allowance of a month with a raise
//     in it are taken at their average.
//   - Professional tax of the months to come is taken at this month's, within the year's limit, so Karnataka's and Maharashtra's extra 100
//     of February is deducted from February on. The deduction for rent (80GG) looks at income before professional tax.
//   - The employer's contributions above 7,50,000 and the allowances for children are projected at this month's.
//   - The employer does not refund: tax deducted beyond what is due stays with the year, and the employee claims it in the return.
//   - A house is valued month by month, on the pay of that month; its limit by the cost inflation index is the answer housing_most.
//   - Tax on benefits in kind that the employer paid stays paid when the benefits end, and the contributions above 7,50,000 have no part in it.
//   - Meals are valued alike in both regimes. lta_exempt, other_exempt and donations_allowed are taken as given: who answers them has looked
//     at the bills and the limits.
//   - Negative wages contribute nothing.
//   - Notice paid out is taken as item (k), and leave paid out as no remuneration at all. A yearly bonus counts in the month of payment.
//   - Wages of a full month, and so gratuity, overtime and bonus, leave out what is given in kind.
//   - "other" in Maharashtra is on the schedule of men, who have the general one.
//
// # Sources
//
// Every value names its own. They were read in dated texts that quote or reproduce the official wording; the gazette itself was not opened.
//
// # Invariants
//
//   - Employee's share = EPS + difference, for a member on equal rates; EPS wages are at most EPF wages.
//   - What is deducted over a tax year, with what the employer bears, is the tax of that year, to the rupee, however its pay falls on the
//     months, unless a projection was higher than what came.
//   - Where marginal relief holds, a rupee more of income is never more than a rupee of tax and surcharge; only the rebate of the old
//     regime has a cliff.
//   - More pay is never less of any tax or contribution here.
//   - A date, a state or a regime without a value is an error that names it, never the latest value and never zero.
package in
