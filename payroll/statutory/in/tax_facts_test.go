package in_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll/statutory/in"
)

// The numbers of the old regime, of salary income, deductions and perquisites, written down a second time from the facts document
// (shared/statutory/india.md, sections 1.5 to 1.13) for TestEveryDatedNumberIsTheOneOfTheFacts.
const incomeTaxFacts = `
tax.old.standard_deduction    2020-04-01 50000  2026-04-01 50000  2027-04-01 none # 1.6
tax.old.rebate_limit          2020-04-01 500000 2026-04-01 500000 2027-04-01 none # 1.7
tax.old.rebate                2020-04-01 12500  2026-04-01 12500  2027-04-01 none # 1.7
tds.other_credit              2020-04-01 0      2024-10-01 1      2026-04-01 1    # 1.10: from 1 October 2024
tax.savings_limit             2020-04-01 150000 2026-04-01 150000 2027-04-01 none # 1.11
tax.own_nps_share             2020-04-01 10     2026-04-01 10     2027-04-01 none
tax.own_nps_extra             2020-04-01 50000  2026-04-01 50000  2027-04-01 none
tax.old.employer_nps          2020-04-01 10     2026-04-01 10     2027-04-01 none
tax.new.employer_nps          2020-04-01 10     2024-04-01 14     2026-04-01 14   2027-04-01 none
tax.government_nps            2020-04-01 14     2026-04-01 14     2027-04-01 none
tax.retirement_limit          2020-04-01 750000 2026-04-01 750000 2027-04-01 none
tax.health_limit              2020-04-01 25000  2026-04-01 25000  2027-04-01 none
tax.health_senior             2020-04-01 50000  2026-04-01 50000  2027-04-01 none
tax.health_checkup            2020-04-01 5000   2026-04-01 5000   2027-04-01 none
tax.disability                2020-04-01 75000  2026-04-01 75000  2027-04-01 none
tax.disability_severe         2020-04-01 125000 2026-04-01 125000 2027-04-01 none
tax.treatment_limit           2020-04-01 40000  2026-04-01 40000  2027-04-01 none
tax.treatment_senior          2020-04-01 100000 2026-04-01 100000 2027-04-01 none
tax.first_home_interest       2020-04-01 50000  2026-04-01 50000  2027-04-01 none
tax.affordable_home_interest  2020-04-01 150000 2026-04-01 150000 2027-04-01 none
tax.electric_vehicle_interest 2020-04-01 150000 2026-04-01 150000 2027-04-01 none
tax.rent_month                2020-04-01 5000   2026-04-01 5000   2027-04-01 none
tax.rent_income_share         2020-04-01 25     2026-04-01 25     2027-04-01 none
tax.rent_own_share            2020-04-01 10     2026-04-01 10     2027-04-01 none
tax.savings_interest          2020-04-01 10000  2026-04-01 10000  2027-04-01 none
tax.interest_senior           2020-04-01 50000  2026-04-01 50000  2027-04-01 none
tax.house_interest            2020-04-01 200000 2026-04-01 200000 2027-04-01 none
tax.house_interest_limited    2020-04-01 30000  2026-04-01 30000  2027-04-01 none
tax.house_loss                2020-04-01 200000 2026-04-01 200000 2027-04-01 none
tax.hra_rent_share            2020-04-01 10     2026-04-01 10     2027-04-01 none # 1.12
perquisite.driver             2020-04-01 900    2026-04-01 3000   2027-04-01 none # 1.13
perquisite.meal               2020-04-01 50     2026-04-01 200    2027-04-01 none
perquisite.gifts              2020-04-01 5000   2026-04-01 15000  2027-04-01 none
perquisite.small_loan         2020-04-01 20000  2026-04-01 200000 2027-04-01 none
perquisite.school             2020-04-01 1000   2026-04-01 3000   2027-04-01 none
tax.children_education        2020-04-01 100    2026-04-01 3000   2027-04-01 none
tax.children_hostel           2020-04-01 300    2026-04-01 9000   2027-04-01 none
tax.children_at_most          2020-04-01 2      2026-04-01 2      2027-04-01 none
`

const incomeTaxTableFacts = `
tax.slabs old 2020-04-01: 250000 0, 500000 5, 1000000 20, - 30 # 1.5
tax.slabs old 2026-04-01: 250000 0, 500000 5, 1000000 20, - 30
tax.slabs old 2027-04-01: none
tax.slabs old/60to79 2020-04-01: 300000 0, 500000 5, 1000000 20, - 30
tax.slabs old/60to79 2026-04-01: 300000 0, 500000 5, 1000000 20, - 30
tax.slabs old/60to79 2027-04-01: none
tax.slabs old/80plus 2020-04-01: 500000 0, 1000000 20, - 30
tax.slabs old/80plus 2026-04-01: 500000 0, 1000000 20, - 30
tax.slabs old/80plus 2027-04-01: none
tax.surcharge old 2020-04-01: 5000000 0, 10000000 10, 20000000 15, 50000000 25, - 37 # 1.8
tax.surcharge old 2026-04-01: 5000000 0, 10000000 10, 20000000 15, 50000000 25, - 37
tax.surcharge old 2027-04-01: none
tax.surcharge_threshold old 2020-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, 50000000 20000000, - 50000000
tax.surcharge_threshold old 2026-04-01: 5000000 0, 10000000 5000000, 20000000 10000000, 50000000 20000000, - 50000000
tax.surcharge_threshold old 2027-04-01: none
tax.hra_share Chennai 2020-04-01: - 50 # 1.12
tax.hra_share Chennai 2026-04-01: - 50
tax.hra_share Chennai 2027-04-01: none
tax.hra_share Delhi 2020-04-01: - 50
tax.hra_share Delhi 2026-04-01: - 50
tax.hra_share Delhi 2027-04-01: none
tax.hra_share Kolkata 2020-04-01: - 50
tax.hra_share Kolkata 2026-04-01: - 50
tax.hra_share Kolkata 2027-04-01: none
tax.hra_share Mumbai 2020-04-01: - 50
tax.hra_share Mumbai 2026-04-01: - 50
tax.hra_share Mumbai 2027-04-01: none
tax.hra_share Ahmedabad 2020-04-01: - 40
tax.hra_share Ahmedabad 2026-04-01: - 50
tax.hra_share Ahmedabad 2027-04-01: none
tax.hra_share Bengaluru 2020-04-01: - 40
tax.hra_share Bengaluru 2026-04-01: - 50
tax.hra_share Bengaluru 2027-04-01: none
tax.hra_share Hyderabad 2020-04-01: - 40
tax.hra_share Hyderabad 2026-04-01: - 50
tax.hra_share Hyderabad 2027-04-01: none
tax.hra_share Pune 2020-04-01: - 40
tax.hra_share Pune 2026-04-01: - 50
tax.hra_share Pune 2027-04-01: none
tax.hra_share other 2020-04-01: - 40
tax.hra_share other 2026-04-01: - 40
tax.hra_share other 2027-04-01: none
perquisite.car employer 2020-04-01: 0 0, 1.6 1800, - 2400 # 1.13
perquisite.car employer 2026-04-01: 0 0, 1.6 5000, - 7000
perquisite.car employer 2027-04-01: none
perquisite.car employee 2020-04-01: 0 0, 1.6 600, - 900
perquisite.car employee 2026-04-01: 0 0, 1.6 2000, - 3000
perquisite.car employee 2027-04-01: none
perquisite.housing large 2023-09-01: - 10
perquisite.housing large 2026-04-01: - 10
perquisite.housing large 2027-04-01: none
perquisite.housing medium 2023-09-01: - 7.5
perquisite.housing medium 2026-04-01: - 7.5
perquisite.housing medium 2027-04-01: none
perquisite.housing small 2023-09-01: - 5
perquisite.housing small 2026-04-01: - 5
perquisite.housing small 2027-04-01: none
`

// The page of the package names everything that a host may answer.
func TestThePageNamesWhatAHostAnswers(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	for _, input := range compiled(t, in.Pack()).p.Inputs() {
		if !strings.HasPrefix(input.Name, "ytd_") && !strings.HasPrefix(input.Name, "t_") && input.Name != "period_days" {
			require.Regexp(t, `\b`+input.Name+`\b`, string(page))
		}
	}
}
