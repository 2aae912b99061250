package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Every dated number of the pack, written down a second time from the facts document (shared/statutory/india.md, sections in the
// comments) and not from the code: a number that is added, dropped or changed in one place only fails here.
const parameterFacts = `
wages.excluded_limit       2014-09-01 100   2025-11-21 50                       # 7; before the Code nothing is added back
epf.wage_ceiling           2014-09-01 15000 2026-05-29 15000 2026-09-17 25000   # 2.1, 2.2
epf.ceiling_by_days        2014-09-01 1                                         # 2.3: a switch, on by default
epf.employee_rate          2014-09-01 12    2025-11-21 12                       # 2.2, S.O. 3582(E)
epf.employer_rate          2014-09-01 12    2025-11-21 12
epf.lower_rate             2025-11-21 10                                        # 2.2
eps.higher_rate            2014-09-01 9.49  2026-06-29 9.49                     # 2.2: higher-pension members
eps.higher_from            2014-09-01 15000 2026-06-29 15000                    # 2.2: "on wages above 15,000"
eps.rate                   2014-09-01 8.33  2026-06-29 8.33                     # 2.2: "Use 8.33 %"
edli.rate                  2014-09-01 0.5   2026-07-01 0.5                      # 2.2, S.O. 3581(E)
edli.on_total              2014-09-01 1     2026-06-29 0                        # 2.3: before 29 June 2026 on the total
epf.admin_rate             2018-06-01 0.5   2026-06-29 0.5                      # 2.2
epf.admin_minimum          2018-06-01 500   2026-06-29 500
epf.admin_minimum_empty    2018-06-01 75    2026-06-29 75
epf.due_days               2014-09-01 15    2026-06-29 15
epf.late_interest          2014-09-01 12    2025-11-21 12                       # 2.2, S.O. 2698(E); section 7Q before
epf.late_return_fee        2014-09-01 0     2026-06-29 500                      # 2.2, para 29(2)
epf.damages_rate           2024-06-14 1     2025-11-21 1                        # G.S.R. 329(E): one per cent a month or part
esi.due_day                2017-01-01 15    2026-11-21 15                       # 3
tds.deposit_day            2020-04-01 7     2026-04-01 7                        # 1.10
tds.deposit_march          2020-04-01 430   2026-04-01 430
tds.certificate_by         2020-04-01 615   2026-04-01 615
lta.journeys               2018-01-01 2     2026-04-01 2                        # 1.13
lta.carried                2018-01-01 1     2026-04-01 1
tds.not_deducted_interest  2020-04-01 1     2026-04-01 1                        # 1.10
tds.not_paid_interest      2020-04-01 1.5   2026-04-01 1.5
tds.late_statement_fee     2020-04-01 200   2026-04-01 200
tds.late_by_calendar_month 2020-04-01 1     2026-04-01 1
epf.employees              2014-09-01 20    2025-11-21 20                       # 2.1
esi.employees              2014-09-01 10    2025-11-21 10                       # 3
gratuity.employees         2014-09-01 10    2025-11-21 10                       # 6.1
eps.age                    2014-09-01 58    2026-06-29 58                       # 2.4
eps.government_rate        2014-09-01 1.16  2026-06-29 1.16                     # 2.2
bonus.allocable_share      2014-04-01 67    2025-11-21 67                       # 6.2
bonus.allocable_share_bank 2014-04-01 60    2025-11-21 60
tax.landlord_pan_rent      2020-04-01 100000 2026-04-01 100000 2027-04-01 none  # 1.12
esi.employee_rate          2017-01-01 1.75  2019-07-01 0.75  2026-05-08 0.75                     # 3
esi.employer_rate          2017-01-01 4.75  2019-07-01 3.25  2026-05-08 3.25
esi.coverage_limit         2017-01-01 21000 2026-11-21 21000
esi.coverage_limit_disability 2017-01-01 25000 2026-11-21 25000
esi.exempt_daily_wage      2019-09-06 176   2026-11-21 176
esi.on_code_wages          2017-01-01 0     2025-11-21 1
pt.year_limit              1988-12-20 2500                                      # 4
tax.new.standard_deduction 2020-04-01 0     2023-04-01 50000  2024-04-01 75000  2025-04-01 75000   2026-04-01 75000   2027-04-01 none # 1.6
tax.new.rebate_limit       2020-04-01 500000 2023-04-01 700000 2024-04-01 700000 2025-04-01 1200000 2026-04-01 1200000 2027-04-01 none # 1.7
tax.new.rebate             2020-04-01 12500 2023-04-01 25000  2024-04-01 25000  2025-04-01 60000   2026-04-01 60000   2027-04-01 none
tax.new.rebate_relief      2020-04-01 0     2023-04-01 1      2024-04-01 1      2025-04-01 1       2026-04-01 1       2027-04-01 none
tax.cess                   2018-04-01 4     2026-04-01 4      2027-04-01 none                       # 1.8
tds.no_pan_rate            2020-04-01 20    2026-04-01 20                       # 1.10
tds.rounding_step          2020-04-01 1                                         # 1.9 no. 7
`

// Limits: "<" the limit belongs to the next row, otherwise to this one; "-" is everything above.
const tableFacts = `
tds.statement_by 2020-04-01: 1 731, 2 1031, 3 131, - 531 # 1.10
tds.statement_by 2026-04-01: 1 731, 2 1031, 3 131, - 531
tax.slabs new 2020-04-01: 250000 0, 500000 5, 750000 10, 1000000 15, 1250000 20, 1500000 25, - 30 # 1.4
tax.slabs new 2023-04-01: 300000 0, 600000 5, 900000 10, 1200000 15, 1500000 20, - 30
tax.slabs new 2024-04-01: 300000 0, 700000 5, 1000000 10, 1200000 15, 1500000 20, - 30
tax.slabs new 2025-04-01: 400000 0, 800000 5, 1200000 10, 1600000 15, 2000000 20, 2400000 25, - 30
tax.slabs new 2026-04-01: 400000 0, 800000 5, 1200000 10, 1600000 15, 2000000 20, 2400000 25, - 30
tax.slabs new 2027-04-01: none
tax.surcharge new 2020-04-01: 5000000 0, 10000000 10, 20000000 15, 50000000 25, - 37 # 1.8
tax.surcharge new 2023-04-01: 5000000 0, 10000000 10, 20000000 15, - 25
tax.surcharge new 2024-04-01: 5000000 0, 10000000 10, 20000000 15, - 25
tax.surcharge new 2025-04-01: 5000000 0, 10000000 10, 20000000 15, - 25
tax.surcharge new 2026-04-01: 5000000 0, 10000000 10, 20000000 15, - 25
tax.surcharge new 2027-04-01: none
tax.surcharge_threshold new 2020-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, 50000000 20000000, - 50000000
tax.surcharge_threshold new 2023-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, - 20000000
tax.surcharge_threshold new 2024-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, - 20000000
tax.surcharge_threshold new 2025-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, - 20000000
tax.surcharge_threshold new 2026-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, - 20000000
tax.surcharge_threshold new 2027-04-01: none
pt.monthly AP 2013-02-01: 15000 0, 20000 150, - 200 # 4
pt.monthly TG 2014-06-02: 15000 0, 20000 150, - 200
pt.monthly TS 2014-06-02: 15000 0, 20000 150, - 200
pt.monthly AS 2022-04-01: 10000 0, <15000 150, <25000 180, - 208
pt.monthly AS 2025-04-01: 15000 0, <25000 180, - 208
pt.monthly GJ 2022-04-01: 12000 0, - 200
pt.monthly KA 2022-04-01: <15000 0, - 200
pt.monthly KA 2023-04-01: <25000 0, - 200
pt.monthly KA 2025-04-01: <25000 0, - 200
pt.special_month KA 2025-04-01: <25000 0, - 300
pt.monthly MH/male 2022-04-01: 7500 0, 10000 175, - 200
pt.monthly MH/male 2023-04-01: 7500 0, 10000 175, - 200
pt.special_month MH/male 2022-04-01: 7500 0, 10000 175, - 300
pt.special_month MH/male 2023-04-01: 7500 0, 10000 175, - 300
pt.monthly MH/female 2022-04-01: 10000 0, - 200
pt.monthly MH/female 2023-04-01: 25000 0, - 200
pt.special_month MH/female 2022-04-01: 10000 0, - 300
pt.special_month MH/female 2023-04-01: 25000 0, - 300
pt.period_tax MP 2022-04-01: 225000 0, 300000 1500, 400000 2000, - 2500
pt.monthly MZ 2022-04-01: 5000 0, 8000 75, 10000 120, 12000 150, 15000 180, 20000 195, - 208
pt.monthly NL 2022-04-01: 4000 0, 5000 35, 7000 75, 9000 110, 12000 180, - 208
pt.monthly OD 2022-04-01: 160000 0, 300000 125, - 200
pt.special_month OD 2022-04-01: 160000 0, 300000 125, - 300
pt.monthly OD 2026-04-01: - 0
pt.monthly PB 2023-04-01: 300000 0, - 200
pt.monthly PB 2025-04-01: 400000 0, - 200
pt.monthly SK 2022-04-01: 20000 0, 30000 125, 40000 150, - 200
pt.monthly TR 2018-07-25: 7500 0, 15000 150, - 208
pt.monthly WB 2022-04-01: 10000 0, 15000 110, 25000 130, 40000 150, - 200
pt.monthly WB 2026-10-01: 20000 0, 30000 100, 50000 140, 100000 170, - 208
pt.monthly CG 2022-04-01: - 0
` // and nil from 2022-04-01 in those that levy none, below

// Delhi, Uttar Pradesh, Haryana, Rajasthan, Uttarakhand, Himachal Pradesh, Goa, Jammu & Kashmir, Ladakh, Chandigarh, Arunachal Pradesh,
// Andaman, Lakshadweep, Dadra & Nagar Haveli and Daman & Diu.
const levyNone = "DL UP HR RJ UK HP GA JK LA CH AR AN LD DN DD"

// facts returns the lines of a text without comments and runs of blanks.
func facts(text string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out[line] = true
		}
	}
	return out
}

func TestEveryDatedNumberIsTheOneOfTheFacts(t *testing.T) {
	got := map[string]bool{}
	for _, p := range in.Pack().Params {
		line := p.Name
		for _, s := range p.Steps {
			value := s.Value.String()
			if s.Ends {
				value = "none"
			}
			line += fmt.Sprintf(" %s %s", s.Since, value)
		}
		got[line] = true
	}
	require.Empty(t, cmp.Diff(facts(parameterFacts+ofBothActs()+labourFacts+fundParameterFacts), got))
}

func TestEveryScheduleIsTheOneOfTheFacts(t *testing.T) {
	want := facts(tableFacts + tablesOfBothActs() + periodTableFacts + fundTableFacts())
	for _, state := range strings.Fields(levyNone) {
		want["pt.monthly "+state+" 2022-04-01: - 0"] = true
	}
	got := map[string]bool{}
	for _, table := range in.Pack().Tables {
		switch table.Name { // how schedules are read: TestHowSchedulesAreRead, TestMonthsOfTheFunds, TestWhenPeriodTaxIsCollected
		case "pt.looks_at", "pt.is_special_month", "pt.period_months", "pt.collects", "lwf.is_due":
			continue
		}
		for _, s := range table.Steps {
			var rows []string
			for _, r := range s.Rows {
				limit := map[hr.Bound]string{hr.UpTo: r.Limit.String(), hr.Below: "<" + r.Limit.String(), hr.Above: "-"}[r.Bound]
				rows = append(rows, limit+" "+r.Value.String())
			}
			if s.Ends {
				rows = []string{"none"}
			}
			name := strings.TrimSpace(table.Name + " " + s.Text)
			got[fmt.Sprintf("%s %s: %s", name, s.Since, strings.Join(rows, ", "))] = true
		}
	}
	require.Empty(t, cmp.Diff(want, got))
}

// Which month is special, and what is looked at: Maharashtra always, Karnataka from April 2025, in February; until it ended,
// Odisha in March and by the pay of the year; Punjab by taxable income; Kerala, Puducherry and Chennai by the half-year; Bihar,
// Jharkhand, Madhya Pradesh, Manipur and Meghalaya by the year; everybody else by the month and alike each month.
func TestHowSchedulesAreRead(t *testing.T) {
	states := tables()["pt.looks_at"].Texts()
	require.Equal(t, states, tables()["pt.period_months"].Texts())
	for _, state := range states {
		looks, months := "1", "1"
		switch state {
		case "OD":
			looks = "12"
		case "PB", "PB/old":
			looks = "0"
		case "KL", "PY", "TN-CHENNAI":
			looks, months = "6", "6"
		case "BR", "JH", "MN", "ML", "ML/2022", "MP":
			looks, months = "12", "12"
		}
		for day, special := range map[string]map[string]int64{
			"2025-03-31": {"MH/male": 2, "MH/female": 2, "OD": 3},
			"2025-04-01": {"KA": 2, "MH/male": 2, "MH/female": 2, "OD": 3},
			"2026-04-01": {"KA": 2, "MH/male": 2, "MH/female": 2},
		} {
			require.Equal(t, looks, read(t, "pt.looks_at", state, day, 10), state)
			require.Equal(t, months, read(t, "pt.period_months", state, day, 10), state)
			for month := int64(1); month <= 12 && months == "1"; month++ {
				want := "0"
				if special[state] == month {
					want = "1"
				}
				require.Equal(t, want, read(t, "pt.is_special_month", state, day, month), "%s %s %d", state, day, month)
			}
		}
	}
}

func dec(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
