package leave_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/ca"
	"github.com/musterhr/hr/leave/statutory/in"
	"github.com/musterhr/hr/leave/statutory/uk"
	"github.com/musterhr/hr/leave/statutory/us"
)

// Every dated number of the packages, written down a second time from the facts document (shared/statutory/leave_and_time.md) and not
// from the code: a number that is added, dropped or changed in one place only fails here.
var countries = map[string]struct {
	law   func() leave.Law
	facts string
}{
	"ca": {ca.Law, `
fed.vacation.second_years 2019-09-01 5
fed.vacation.third_years 2019-09-01 10
fed.vacation.first_weeks 2019-09-01 2
fed.vacation.week_percent 2019-09-01 2
fed.holiday.divisor 2019-09-01 20
fed.medical.days 2022-12-01 10
fed.personal.days 2019-09-01 5
fed.personal.paid_days 2019-09-01 3
on.sick.days 2019-01-01 3
on.vacation.second_years 2018-01-01 5
on.vacation.first_weeks 2018-01-01 2
on.vacation.week_percent 2018-01-01 2
on.holiday.divisor 2018-07-01 20
on.holiday.premium 2018-07-01 1.5
`},
	"in": {in.Law, `
annual.eligible_days 1949-04-01 240 2025-11-21 180
annual.joiner_part 1949-04-01 2 2025-11-21 1
annual.joiner_parts 1949-04-01 3 2025-11-21 4
annual.worked_per_day 1949-04-01 20 2025-11-21 20
annual.worked_per_day_young 1949-04-01 15 2025-11-21 15
annual.carry 1949-04-01 30 2025-11-21 30
annual.carry_young 1949-04-01 40 2025-11-21 30
shops.mh.eligible_days 2017-12-19 240
shops.mh.worked_per_day 2017-12-19 20
shops.mh.accumulate 2017-12-19 45
maternity.worked_days 2017-04-01 80 2025-11-21 80
maternity.weeks 2017-04-01 26 2025-11-21 26
maternity.weeks_before 2017-04-01 8 2025-11-21 8
maternity.weeks_third 2017-04-01 12 2025-11-21 12
maternity.weeks_before_third 2017-04-01 6 2025-11-21 6
maternity.weeks_adoption 2017-04-01 12 2025-11-21 12
maternity.adoption_age 2017-04-01 3 2025-11-21 3 2026-03-17 0
maternity.weeks_miscarriage 2017-04-01 6 2025-11-21 6
maternity.weeks_tubectomy 2017-04-01 2 2025-11-21 2
maternity.illness_months 2017-04-01 1 2025-11-21 1
nursing.breaks 2017-04-01 2 2025-11-21 2
nursing.months 2017-04-01 15 2025-11-21 15
shops.dl.earned 2026-01-01 15
shops.dl.worked_per_day 2026-01-01 0
shops.dl.eligible_days 2026-01-01 0
shops.dl.accumulate 2026-01-01 45
shops.dl.casual 2026-01-01 12
shops.dl.sick 2026-01-01 0
shops.gj.earned 2026-01-01 0
shops.gj.worked_per_day 2026-01-01 20
shops.gj.eligible_days 2026-01-01 240
shops.gj.accumulate 2026-01-01 63
shops.gj.casual 2026-01-01 7
shops.gj.sick 2026-01-01 7
shops.ka.earned 2026-01-01 0
shops.ka.worked_per_day 2026-01-01 20
shops.ka.eligible_days 2026-01-01 0
shops.ka.accumulate 2026-01-01 45
shops.ka.casual 2026-01-01 0
shops.ka.sick 2026-01-01 12
shops.tn.earned 2026-01-01 12
shops.tn.worked_per_day 2026-01-01 0
shops.tn.eligible_days 2026-01-01 0
shops.tn.accumulate 2026-01-01 24
shops.tn.casual 2026-01-01 12
shops.tn.sick 2026-01-01 12
shops.ts.earned 2026-01-01 15
shops.ts.worked_per_day 2026-01-01 0
shops.ts.eligible_days 2026-01-01 240
shops.ts.accumulate 2026-01-01 60
shops.ts.casual 2026-01-01 12
shops.ts.sick 2026-01-01 12
shops.hr.earned 2026-01-01 0
shops.hr.worked_per_day 2026-01-01 20
shops.hr.eligible_days 2026-01-01 0
shops.hr.accumulate 2026-01-01 30
shops.hr.casual 2026-01-01 7
shops.hr.sick 2026-01-01 7
shops.ap.earned 2026-01-01 15
shops.ap.worked_per_day 2026-01-01 0
shops.ap.eligible_days 2026-01-01 0
shops.ap.accumulate 2026-01-01 60
shops.ap.casual 2026-01-01 12
shops.ap.sick 2026-01-01 12
shops.wb.earned 2026-01-01 14
shops.wb.worked_per_day 2026-01-01 0
shops.wb.eligible_days 2026-01-01 0
shops.wb.accumulate 2026-01-01 28
shops.wb.casual 2026-01-01 10
shops.wb.sick 2026-01-01 14
`},
	"uk": {uk.Law, `
holiday.weeks 2009-04-01 5.6
holiday.weeks_basic 2009-04-01 4
holiday.most_days 2009-04-01 28
holiday.irregular_percent 2024-04-01 12.07
holiday.reference_weeks 2020-04-06 52
holiday.look_back_weeks 2020-04-06 104
holiday.sick_carry_months 2024-01-01 18
ssp.weekly 2024-04-06 116.75 2025-04-06 118.75 2026-04-06 123.25
ssp.percent 2026-04-06 80
ssp.weeks 2024-04-06 28
ssp.link_days 2024-04-06 56
smp.flat 2024-04-07 184.03 2025-04-06 187.18 2026-04-05 194.32
smp.percent 2024-04-07 90
smp.first_weeks 2024-04-07 6
smp.weeks 2024-04-07 39
family.paternity_weeks 2026-04-06 2
family.paternity_within 2026-04-06 52
family.paternity_notice 2026-04-06 28
family.bereaved_partner_weeks 2026-04-06 52
family.neonatal_weeks 2025-04-06 12
family.bereaved_parent_weeks 2026-04-06 2
family.bereaved_parent_within 2026-04-06 56
family.parental_weeks 2026-04-06 18
family.parental_year_weeks 2026-04-06 4
family.carer_weeks 2026-04-06 1
smp.earnings 2026-04-05 129
`},
	"us": {us.Law, `
fmla.weeks 1993-08-05 12
fmla.days_a_week 1993-08-05 5
fmla.weeks_servicemember 2009-01-16 26
fmla.employees 1993-08-05 50
fmla.months 1993-08-05 12
fmla.hours 1993-08-05 1250
ca.sick.hours_per_hour 2024-01-01 30
ca.sick.use 2024-01-01 40
ca.sick.first_day 2024-01-01 90
ca.sick.early_day 2024-01-01 120
ca.sick.early 2024-01-01 24
ca.sick.late_day 2024-01-01 200
ca.sick.late 2024-01-01 40
ca.sick.bank 2024-01-01 80
`},
}

func TestValues(t *testing.T) {
	for name, country := range countries {
		t.Run(name, func(t *testing.T) {
			law := country.law()
			var want, got []string
			for _, l := range strings.Split(strings.TrimSpace(country.facts), "\n") {
				want = append(want, strings.Join(strings.Fields(l), " "))
			}
			for _, p := range law.Parameters() {
				line := p.Name
				for _, s := range p.Steps {
					require.NotEmpty(t, s.Source.Title, p.Name)
					require.False(t, s.Reviewed.IsZero(), p.Name)
					line += fmt.Sprintf(" %s %s", s.Since, s.Value)
				}
				got = append(got, line)
				_, err := law.Value(p.Name, p.Steps[0].Since.Add(-1))
				require.ErrorIs(t, err, hr.ErrNoValue, "before its first day there is none")
			}
			require.Empty(t, cmp.Diff(want, got))
		})
	}
}
