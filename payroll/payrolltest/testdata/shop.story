# A shop: pay by days, overtime at twice the hour, a fund of 12 % on at most 25,000.

story A whole month
# 12 % of 20,000
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 20000
----
earning    basic_pay                         20000.00
deduction  fund                               2400.00
info       days_paid                               31
net                                          17600.00

story A raise on the 16th
# 31,000 is 1,000 a day and 62,000 is 2,000: 15 x 1,000 + 16 x 2,000; the fund stops at 12 % of 25,000
period 2026-10-01..2026-10-31
paid 2026-11-02
terms 2026-04-01: basic 31000
terms 2026-10-16: basic 62000
----
earning    basic_pay                         47000.00
deduction  fund                               3000.00
info       days_paid                               31
net                                          44000.00

story Who leaves after the 20th, with half a day unpaid and overtime
# 19.5 x 1,000; 31,000 / 208 x 2 x 1.5 hours = 447.115; 12 % of 19,500; the bonus; days paid are 19.5
employee E7
period 2026-10-01..2026-10-31
terms 2026-04-01: basic 31000
gone 2026-10-21
unpaid 2026-10-05: 0.5
minutes 2026-10-06: overtime 90, night 30
adjust bonus 1000
ytd fund 5000
answer shift late
show fund_this_year, days_paid
----
earning    basic_pay                         19500.00
earning    overtime                            447.12
earning    bonus_pay                          1000.00
deduction  fund                               2340.00
info       days_paid                             19.5
net                                          18607.12
shown      fund_this_year                     7340.00
shown      days_paid                             19.5
story What is refused says why
period 2026-10-01..2026-10-31
terms 2026-04-01: basics 20000
----
fault      terms.basic payroll.input.missing
fault      terms.pay.basics payroll.input.unused
