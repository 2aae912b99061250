package in_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// The dated numbers of labour welfare funds and of professional tax by the half-year or year, written down a second time from the
// facts document (sections 4 and 5).
const fundParameterFacts = `
pt.spread            2022-04-01 1
pt.meghalaya_2022    2022-04-01 0
pt.march_in_april    2022-04-01 0
lwf.haryana_rate     2022-04-01 0.2
lwf.haryana_cap      2022-04-01 31    2025-01-01 34    2026-01-01 35
lwf.haryana_employer 2022-04-01 2
`

const periodTableFacts = `
pt.monthly PB 2022-04-01: 250000 0, - 200
pt.monthly PB/old 2022-04-01: 250000 0, - 200
pt.paid_by AP 2022-04-01: - 10
pt.paid_by TG 2022-04-01: - 10
pt.paid_by TS 2022-04-01: - 10
pt.paid_by GJ 2022-04-01: - 15
pt.paid_by KA 2022-04-01: - 20
pt.paid_by MP 2022-04-01: - 10
pt.paid_by WB 2022-04-01: - 21
pt.paid_by MH 2026-03-01: - 15
pt.paid_by KL 2022-04-01: 3 228, 9 831, - 228
pt.paid_by TN-CHENNAI 2022-04-01: 3 331, 9 930, - 331
pt.paid_by BR 2022-04-01: - 1130
pt.paid_by NL 2022-04-01: - 10430
lwf.paid_by DL 2022-04-01: 6 715, - 115
lwf.paid_by MH 2022-04-01: 6 715, - 115
lwf.paid_by AP 2022-04-01: - 131
lwf.paid_by KA 2022-04-01: - 115
lwf.paid_by TN 2022-04-01: - 131
lwf.paid_by TN-CHENNAI 2022-04-01: - 131
lwf.paid_by TG 2022-04-01: - 131
lwf.paid_by TS 2022-04-01: - 131
pt.period_tax BR 2022-04-01: 300000 0, 500000 1000, 1000000 2000, - 2500
pt.period_tax JH 2022-04-01: 300000 0, 500000 1200, 800000 1800, 1000000 2100, - 2500
pt.period_tax KL 2022-04-01: <12000 0, <18000 120, <30000 180, <45000 300, <60000 450, <75000 600, <100000 750, <125000 1000, - 1250
pt.period_tax KL 2024-10-01: <12000 0, <18000 320, <30000 450, <45000 600, <100000 750, <125000 1000, - 1250
pt.period_tax ML 2022-04-01: 50000 0, 75000 200, 100000 300, 150000 500, 200000 750, 250000 1000, 300000 1250, 350000 1500, 400000 1800, 450000 2100, 500000 2400, - 2500
pt.period_tax ML/2022 2022-04-01: 180000 0, 300000 500, 500000 1000, 750000 1500, - 2500
pt.period_tax MN 2022-04-01: 50000 0, 75000 1200, 100000 2000, 125000 2400, - 2500
pt.period_tax PY 2022-04-01: <100000 0, 200000 250, 300000 500, 400000 750, 500000 1000, - 1250
pt.period_tax TN-CHENNAI 2022-04-01: 21000 0, 30000 135, 45000 315, 60000 690, 75000 1025, - 1250
pt.period_tax TN-CHENNAI 2024-10-01: 21000 0, 30000 180, 45000 425, 60000 930, 75000 1025, - 1250
`

// State, since when, employee / employer, months; wages that bands end at in front of an amount.
const fundFacts = `
AP         2022-04-01  30         70          12
CH         2022-04-01  5          20          1 2 3 4 5 6 7 8 9 10 11 12
CG         2022-04-01  15         45          6 12
DL         2022-04-01  0.75       2.25        6 12
GA         2022-04-01  60         180         6 12
GJ         2022-04-01  6          12          6 12
KA         2022-04-01  20         40          12
KA         2025-01-01  50         100         12
KL         2022-04-01  45         45          6 12
KL-SHOPS   2022-04-01  50         50          1 2 3 4 5 6 7 8 9 10 11 12
MP         2022-04-01  10         30          6 12
MH         2022-04-01  3000:6,12  3000:18,36  6 12
MH         2024-03-18  25         75          6 12
OD         2022-04-01  10         20          6 12
PB         2022-04-01  5          20          1 2 3 4 5 6 7 8 9 10 11 12
TN         2022-04-01  20         40          12
TN-CHENNAI 2022-04-01  20         40          12
TG         2022-04-01  2          5           12
TS         2022-04-01  2          5           12
WB         2022-04-01  3          15          6 12
WB         2024-01-01  3          30          6 12
`

// No fund is known of: Bihar, UP, Rajasthan, Jharkhand, Assam and the other states and territories.
const fundNone = "AN AR AS BR DD DN HP JH JK LA LD ML MN MZ NL PY RJ SK TR UK UP"

// fundTableFacts turns fundFacts into the lines of tableFacts.
func fundTableFacts() string {
	var b strings.Builder
	for line := range strings.Lines(fundFacts) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		for i, table := range []string{"lwf.employee", "lwf.employer"} {
			rows := "- " + f[2+i]
			if limit, amounts, banded := strings.Cut(f[2+i], ":"); banded {
				low, high, _ := strings.Cut(amounts, ",")
				rows = limit + " " + low + ", - " + high
			}
			fmt.Fprintf(&b, "%s %s %s: %s\n", table, f[0], f[1], rows)
		}
	}
	return b.String()
}

// tables are those of the pack by name, for tests that only read.
var tables = sync.OnceValue(func() map[string]hr.Table {
	out := map[string]hr.Table{}
	for _, table := range in.Pack().Tables {
		out[table.Name] = table
	}
	return out
})

// read answers a table for a state on a day.
func read(t testing.TB, table, state, day string, key int64) string {
	s, err := tables()[table].At(state, hr.MustDate(day))
	require.NoError(t, err, "%s %s", table, state)
	_, v := s.Lookup(dec(key))
	return v.String()
}

func TestMonthsOfTheFunds(t *testing.T) {
	seen := map[string]bool{"HR": true}
	for line := range strings.Lines(fundFacts) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		seen[f[0]] = true
		for month := int64(1); month <= 12; month++ {
			want := "0"
			for _, m := range f[4:] {
				if m == fmt.Sprint(month) {
					want = "1"
				}
			}
			require.Equal(t, want, read(t, "lwf.is_due", f[0], f[1], month), "%s in month %d", f[0], month)
		}
	}
	for month := int64(1); month <= 12; month++ {
		require.Equal(t, "1", read(t, "lwf.is_due", "HR", "2026-10-31", month))
		for _, state := range strings.Fields(fundNone) {
			seen[state] = true
			require.Equal(t, "0", read(t, "lwf.is_due", state, "2026-10-31", month), state)
		}
	}
	for _, state := range tables()["lwf.is_due"].Texts() {
		require.True(t, seen[state], state)
	}
	// Every state that has, or has not, a professional tax has, or has not, a fund.
	for _, state := range tables()["pt.looks_at"].Texts() {
		state, _, _ = strings.Cut(state, "/")
		require.True(t, seen[state], state)
	}
}

// What is left of a half-year's or year's tax is collected from August and February on in Kerala, September and March in Chennai,
// November in Bihar; its share every month in Madhya Pradesh.
func TestWhenPeriodTaxIsCollected(t *testing.T) {
	for state, months := range map[string]string{
		"KL": " 2 3 8 9 ", "TN-CHENNAI": " 3 9 ", "PY": " 3 9 ", "BR": " 1 2 3 11 12 ", "JH": " 3 ", "ML": " 3 ", "ML/2022": " 3 ", "MN": " 3 ",
	} {
		for month := int64(1); month <= 12; month++ {
			want := "0"
			if strings.Contains(months, fmt.Sprintf(" %d ", month)) {
				want = "1"
			}
			require.Equal(t, want, read(t, "pt.collects", state, "2026-10-31", month), "%s %d", state, month)
		}
	}
	for month := int64(1); month <= 12; month++ {
		require.Equal(t, "2", read(t, "pt.collects", "MP", "2026-10-31", month))
	}
	require.Len(t, tables()["pt.collects"].Texts(), 9)
}
