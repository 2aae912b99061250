package in_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll/statutory/in"
)

// The numbers of the old regime, of salary income, deductions and perquisites, written down a second time from the facts document
// (shared/statutory/india.md, sections 1.5 to 1.13) for TestEveryDatedNumberIsTheOneOfTheFacts. Most hold from 1 April 2020 under
// the old Act, from 1 April 2026 under the new one, and end on 1 April 2027: the first number, and the second where it is another.
const incomeTaxFacts = `
tax.old.standard_deduction    50000          # 1.6
tax.old.rebate_limit          500000         # 1.7
tax.old.rebate                12500
tax.savings_limit             150000         # 1.11
tax.own_nps_share             10
tax.own_nps_extra             50000
tax.old.employer_nps          10
tax.government_nps            14
tax.retirement_limit          750000
tax.health_limit              25000
tax.health_senior             50000
tax.health_checkup            5000
tax.disability                75000
tax.disability_severe         125000
tax.treatment_limit           40000
tax.treatment_senior          100000
tax.first_home_interest       50000
tax.affordable_home_interest  150000
tax.electric_vehicle_interest 150000
tax.rent_month                5000
tax.rent_income_share         25
tax.rent_own_share            10
tax.savings_interest          10000
tax.interest_senior           50000
tax.house_interest            200000
tax.house_interest_limited    30000
tax.house_loss                200000
tax.hra_rent_share            10             # 1.12
perquisite.driver             900    3000    # 1.13
perquisite.meal               50     200
perquisite.gifts              5000   15000
perquisite.small_loan         20000  200000
perquisite.school             1000   3000
perquisite.furniture          10             # rule 3(1), Table I
perquisite.all_above_limit    0
tax.children_education        100    3000
tax.children_hostel           300    9000
tax.children_at_most          2
`

// Those that changed on another day too; the cities of rule 3(1) by Notification 65/2023.
const incomeTaxHistory = `
tds.other_credit              2020-04-01 0       2024-10-01 1       2026-04-01 1 # 1.10: from 1 October 2024
tax.new.employer_nps          2020-04-01 10      2024-04-01 14      2026-04-01 14      2027-04-01 none
perquisite.large_city         2020-04-01 2500000 2023-09-01 4000000 2026-04-01 4000000 2027-04-01 none
perquisite.medium_city        2020-04-01 1000000 2023-09-01 1500000 2026-04-01 1500000 2027-04-01 none
`

// The tables by the same days: rows before April 2026, and after "|" those since where they are others.
const incomeTaxTableFacts = `
tax.slabs old: 250000 0, 500000 5, 1000000 20, - 30 # 1.5
tax.slabs old/60to79: 300000 0, 500000 5, 1000000 20, - 30
tax.slabs old/80plus: 500000 0, 1000000 20, - 30
tax.surcharge old: 5000000 0, 10000000 10, 20000000 15, 50000000 25, - 37 # 1.8
tax.surcharge_threshold old: 5000000 0, 10000000 5000000, 20000000 10000000, 50000000 20000000, - 50000000
tax.hra_share Chennai: - 50 # 1.12
tax.hra_share Delhi: - 50
tax.hra_share Kolkata: - 50
tax.hra_share Mumbai: - 50
tax.hra_share Ahmedabad: - 40 | - 50
tax.hra_share Bengaluru: - 40 | - 50
tax.hra_share Hyderabad: - 40 | - 50
tax.hra_share Pune: - 40 | - 50
tax.hra_share other: - 40
perquisite.car employer: 0 0, 1.6 1800, - 2400 | 0 0, 1.6 5000, - 7000 # 1.13
perquisite.car employee: 0 0, 1.6 600, - 900 | 0 0, 1.6 2000, - 3000
perquisite.housing large: - 15 | - 10
perquisite.housing medium: - 10 | - 7.5
perquisite.housing small: - 7.5 | - 5
perquisite.housing hired: - 15 | - 10
perquisite.housing hotel: - 24
`

// The employer's house changed on 1 September 2023 already.
const housingHistory = `
perquisite.housing large 2023-09-01: - 10
perquisite.housing medium 2023-09-01: - 7.5
perquisite.housing small 2023-09-01: - 5
perquisite.housing hired 2023-09-01: - 10
perquisite.housing hotel 2023-09-01: - 24
`

// ofBothActs gives the numbers of incomeTaxFacts their days.
func ofBothActs() string {
	var b strings.Builder
	for line := range strings.Lines(incomeTaxFacts) {
		line, _, _ = strings.Cut(line, "#")
		if f := strings.Fields(line); len(f) > 0 {
			fmt.Fprintf(&b, "%s 2020-04-01 %s 2026-04-01 %s 2027-04-01 none\n", f[0], f[1], f[len(f)-1])
		}
	}
	return b.String() + incomeTaxHistory
}

// tablesOfBothActs gives the rows of incomeTaxTableFacts their days.
func tablesOfBothActs() string {
	var b strings.Builder
	for line := range strings.Lines(incomeTaxTableFacts) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
		name, list, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		before, since, changed := strings.Cut(list, " | ")
		if !changed {
			since = before
		}
		fmt.Fprintf(&b, "%[1]s 2020-04-01: %[2]s\n%[1]s 2026-04-01: %[3]s\n%[1]s 2027-04-01: none\n", name, before, since)
	}
	return b.String() + housingHistory
}

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
