# Months of a small office under India's law; the components are in example_test.go. Figures are worked out by hand beside each story.

story A full month in Karnataka, in the middle of the tax year
# Wages: 60,000 and what of house rent is above half of all pay, (1,50,000 / 2 = 75,000, so 15,000 is added): 75,000.
# EPF on the ceiling of 25,000: 12 % = 3,000; EPS 8.33 % = 2,083 half up; the employer's EPF is the rest, 917.
# EDLI and its administration are half a per cent each: 125.
# Tax: 9,00,000 so far and 6 x 1,50,000 is 18,00,000, less 75,000: 1,20,000 + 20 % of 1,25,000 = 1,45,000, and 4 % cess 1,50,800.
# 75,402 of it is deducted; a sixth of the rest, 12,566.33, goes to the rupee.
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 60000, hra 90000, pf_capped yes, eps_member yes, esi_covered no, pt_state KA, tax_regime new
ytd taxable 900000
ytd tds 75402
show code_wages, annual_tax
----
deduction  epf                                3000.00
employer   eps                                2083.00
employer   epf_employer                        917.00
employer   edli                                125.00
employer   epf_admin                           125.00
deduction  pt                                  200.00
deduction  tds                               12566.00
earning    basic_pay                         60000.00
earning    hra_pay                           90000.00
net                                         134234.00
shown      code_wages                        75000.00
shown      annual_tax                       150800.00

story Who joins on the 12th and said nothing of earlier pay
# 20 of 31 days: 60,000 x 20 / 31 = 38,709.68 and 90,000 x 20 / 31 = 58,064.52, in all 96,774.20; with five full months within the rebate.
period 2026-10-01..2026-10-31
terms 2026-10-12: basic 60000, hra 90000, pf_capped yes, eps_member yes, esi_covered no, pt_state KA, tax_regime new
show annual_tax
----
deduction  epf                                3000.00
employer   eps                                2083.00
employer   epf_employer                        917.00
employer   edli                                125.00
employer   epf_admin                           125.00
deduction  pt                                  200.00
earning    basic_pay                         38709.68
earning    hra_pay                           58064.52
net                                          93574.20
shown      annual_tax                            0.00

story Who leaves on the 15th pays the whole balance
# 15 of 31 days: 29,032.26 and 43,548.39. 18,00,000 + 72,580.65 - 75,000 = 17,97,580: 1,20,000 + 39,516, and cess 1,65,900 to ten.
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 60000, hra 90000, pf_capped yes, eps_member yes, esi_covered no, pt_state KA, tax_regime new
gone 2026-10-16
ytd taxable 1800000
ytd tds 100000
show annual_tax
----
deduction  epf                                3000.00
employer   eps                                2083.00
employer   epf_employer                        917.00
employer   edli                                125.00
employer   epf_admin                           125.00
deduction  pt                                  200.00
deduction  tds                               65900.00
earning    basic_pay                         29032.26
earning    hra_pay                           43548.39
net                                           3480.65
shown      annual_tax                       165900.00

story The month in which the ceiling of the provident fund rose
# EPFO's example: 20,000 of wages in September 2026 are 16 days on at most 15,000 and 14 days on at most 25,000:
# 15,000 x 16 / 30 + 20,000 x 14 / 30 = 8,000 + 9,333.33 = 17,333.33; 12 % is 2,080.
period 2026-09-01..2026-09-30
terms 2026-04-01: basic 20000, hra 0, pf_capped yes, eps_member yes, esi_covered no, pt_state KA, tax_regime new
show epf_wages
----
deduction  epf                                2080.00
employer   eps                                1444.00
employer   epf_employer                        636.00
employer   edli                                 87.00
employer   epf_admin                            87.00
earning    basic_pay                         20000.00
net                                          17920.00
shown      epf_wages                         17333.33

story Without the answers that the law needs, everything that is missing is told
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 60000, hra 90000
----
fault      terms.eps_member payroll.input.missing
fault      terms.esi_covered payroll.input.missing
fault      terms.pf_capped payroll.input.missing
fault      terms.pt_state payroll.input.missing
