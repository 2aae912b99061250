package main

import (
	"encoding/csv"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The second, dumber method: pay of everybody worked out again straight from the CSV files, with fractions of package math/big and
// time.Time and nothing of Muster. It knows this one company: its shifts, its calendars, October 2026. Where the law is concerned it
// follows shared notes for India: EPF with the ceiling of 25,000 and the 50 % add-back, ESI up to the next rupee, professional tax of two
// states, income tax by the average-rate projection of the new regime.

type csvRow map[string]string

func readCSV(t *testing.T, name string) (rows []csvRow) {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for _, record := range records[1:] {
		row := csvRow{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func rat(s string) *big.Rat {
	if s == "" {
		return new(big.Rat)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("not a number: " + s)
	}
	return r
}

func add(all ...*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, r := range all {
		if r != nil {
			sum.Add(sum, r)
		}
	}
	return sum
}
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }
func whole(n int) *big.Rat       { return new(big.Rat).SetInt64(int64(n)) }
func lesser(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func greater(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

// floorTo cuts a number that is not negative to steps; halfUp takes the nearest step, ceil the next one.
func floorTo(a, step *big.Rat) *big.Rat {
	q := quo(a, step)
	return mul(new(big.Rat).SetInt(new(big.Int).Quo(q.Num(), q.Denom())), step)
}
func halfUp(a, step *big.Rat) *big.Rat { return floorTo(add(a, quo(step, whole(2))), step) }
func ceil(a, step *big.Rat) *big.Rat {
	if f := floorTo(a, step); f.Cmp(a) == 0 {
		return f
	}
	return add(floorTo(a, step), step)
}

var paisa, rupee, ten = rat("0.01"), rat("1"), rat("10")

// second is what the dumb method makes of one employee.
type second struct {
	payable, employed, overtimeHours *big.Rat
	lines                            map[string]*big.Rat
	gross, deductions, net           *big.Rat
	late                             *big.Rat // what August and September were short of
}

type secondCompany struct {
	punches              map[string][]time.Time
	leave, pay           map[string][]csvRow
	answers, ytd         map[string]csvRow
	bonus                map[string]*big.Rat
	loans                map[string][]csvRow
	onHold               map[string]csvRow
	paidShare            map[string]string
	employees            []csvRow
	holidays, plantShut  []string
	october, afterTheEnd time.Time
}

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func readSecond(t *testing.T, dir string) secondCompany {
	in := func(name string) []csvRow { return readCSV(t, filepath.Join(dir, name)) }
	c := secondCompany{
		punches: map[string][]time.Time{}, leave: map[string][]csvRow{}, pay: map[string][]csvRow{}, answers: map[string]csvRow{}, ytd: map[string]csvRow{},
		bonus: map[string]*big.Rat{}, loans: map[string][]csvRow{}, onHold: map[string]csvRow{}, paidShare: map[string]string{}, employees: in("employees.csv"),
		holidays: []string{"2026-10-02", "2026-10-20"}, plantShut: []string{"2026-10-31"}, october: day("2026-10-01"), afterTheEnd: day("2026-11-01"),
	}
	for _, r := range append(in("punches.csv"), in("corrections.csv")...) {
		at, err := time.Parse("2006-01-02 15:04:05", r["at"])
		require.NoError(t, err)
		c.punches[r["employee"]] = append(c.punches[r["employee"]], at)
	}
	for _, p := range c.punches {
		slices.SortFunc(p, time.Time.Compare)
	}
	for _, r := range in("leave.csv") {
		c.leave[r["employee"]] = append(c.leave[r["employee"]], r)
	}
	for _, r := range in("pay.csv") {
		c.pay[r["employee"]] = append(c.pay[r["employee"]], r)
	}
	for _, p := range c.pay {
		slices.SortFunc(p, func(a, b csvRow) int { return strings.Compare(a["from"], b["from"]) })
	}
	for _, r := range in("answers.csv") {
		c.answers[r["employee"]] = r
	}
	for _, r := range in("ytd.csv") {
		c.ytd[r["employee"]] = r
	}
	for _, r := range in("adjustments.csv") {
		c.bonus[r["employee"]] = add(c.bonus[r["employee"]], rat(r["amount"]))
	}
	for _, r := range in("loans.csv") {
		c.loans[r["employee"]] = append(c.loans[r["employee"]], r)
	}
	for _, r := range in("on_hold.csv") {
		c.onHold[r["employee"]] = r
	}
	for _, r := range in("leave_types.csv") {
		c.paidShare[r["type"]] = r["paid_share"]
	}
	return c
}

func (c secondCompany) off(calendar string, d time.Time) bool {
	s, nth := d.Format("2006-01-02"), (d.Day()+6)/7
	switch {
	case d.Weekday() == time.Sunday, slices.Contains(c.holidays, s):
		return true
	case calendar == "pune-plant":
		return slices.Contains(c.plantShut, s)
	}
	return d.Weekday() == time.Saturday && (nth == 2 || nth == 4)
}

// dayOf returns the payable part of a day and the minutes of overtime.
func (c secondCompany) dayOf(e csvRow, d time.Time) (payable *big.Rat, overtime int) {
	begin, minutes := map[string]time.Duration{"general": 570, "morning": 360, "night": 1320}[e["shift"]], map[string]int{"general": 510, "morning": 480, "night": 480}[e["shift"]]
	start := d.Add(begin * time.Minute)
	var mine []time.Time
	for _, p := range c.punches[e["employee"]] {
		if !p.Before(start.Add(-4*time.Hour)) && p.Before(start.Add(20*time.Hour)) {
			mine = append(mine, p.Truncate(time.Minute))
		}
	}
	worked, missing := 0, false
	if n := len(mine); n > 0 {
		present := int(mine[n-1].Sub(mine[0]).Minutes())
		missing = present <= 5 // one reading, perhaps twice
		if worked = max(0, present-30); missing {
			worked = 0
		}
	}
	// Leave: whole days are away; the sandwich of unpaid leave takes the days off between as well.
	half := rat("0.5")
	due, given := whole(1), new(big.Rat)
	if c.off(e["calendar"], d) {
		due, given = new(big.Rat), whole(1)
	}
	for _, l := range c.leave[e["employee"]] {
		if s := d.Format("2006-01-02"); s < l["from"] || s > l["through"] {
			continue
		}
		share := rat(c.paidShare[l["type"]])
		switch {
		case l["half"] != "":
			due, given = half, mul(half, share)
		case due.Sign() > 0 || l["type"] == "unpaid":
			due, given = new(big.Rat), share
		}
	}
	done := new(big.Rat)
	switch {
	case due.Sign() == 0:
	case missing:
		done = half
	case worked >= 400, due.Cmp(half) == 0 && worked >= 200:
		done = due
	case worked >= 200:
		done = half
	}
	scheduled := minutes - 30
	if c.off(e["calendar"], d) {
		scheduled = 0
	}
	extra := worked - scheduled
	if len(mine) > 0 && scheduled > 0 && mine[0].Before(start) { // coming early is no overtime
		extra -= int(start.Sub(mine[0]).Minutes())
	}
	if extra >= 30 {
		overtime = extra - extra%15
	}
	return add(given, done), overtime
}

func (c secondCompany) employee(e csvRow) second {
	id := e["employee"]
	s := second{payable: new(big.Rat), employed: new(big.Rat), overtimeHours: new(big.Rat), lines: map[string]*big.Rat{}}
	earned := map[string]*big.Rat{"basic": {}, "hra": {}, "conveyance": {}, "special": {}}
	overtimePay, minutesSoFar := new(big.Rat), 0
	var last csvRow
	for d := c.october; d.Before(c.afterTheEnd); d = d.AddDate(0, 0, 1) {
		iso := d.Format("2006-01-02")
		if iso < e["joined"] || e["left"] != "" && iso > e["left"] {
			continue
		}
		for _, p := range c.pay[id] {
			if p["from"] <= iso {
				last = p
			}
		}
		s.employed.Add(s.employed, rat("1"))
		payable, overtime := c.dayOf(e, d)
		s.payable.Add(s.payable, payable)
		for name, sum := range earned {
			sum.Add(sum, mul(rat(last[name]), quo(payable, rat("31"))))
		}
		if overtime > 0 { // hours have two places, rounded on the running total
			before := halfUp(quo(whole(minutesSoFar), rat("60")), paisa)
			minutesSoFar += overtime
			hours := sub(halfUp(quo(whole(minutesSoFar), rat("60")), paisa), before)
			s.overtimeHours.Add(s.overtimeHours, hours)
			overtimePay.Add(overtimePay, mul(mul(rat("2"), quo(rat(last["basic"]), rat("208"))), hours))
		}
	}
	for name, sum := range earned {
		s.lines[name+"_pay"] = halfUp(sum, paisa)
	}
	s.lines["overtime"] = new(big.Rat)
	if c.answers[id]["overtime_eligible"] == "yes" {
		s.lines["overtime"] = halfUp(overtimePay, paisa)
	}
	s.lines["bonus_pay"] = add(c.bonus[id])
	for _, l := range []string{"basic_pay", "hra_pay", "conveyance_pay", "special_pay", "overtime", "bonus_pay"} {
		s.gross = add(s.gross, s.lines[l])
	}
	s.late = new(big.Rat)
	for _, month := range []string{"2026-08-31", "2026-09-30"} {
		s.late = add(s.late, sub(monthly(c.onDay(id, month)), c.fullMonth(e, month)))
	}
	if c.fullMonth(e, "2026-08-31").Sign() == 0 { // not here yet
		s.late = new(big.Rat)
	}
	c.deduct(e, last, &s)
	return s
}

func (c secondCompany) deduct(e, last csvRow, s *second) {
	id, zero := e["employee"], new(big.Rat)
	included := add(s.lines["basic_pay"], s.lines["special_pay"])
	over := greater(zero, sub(sub(s.gross, included), quo(s.gross, rat("2"))))
	wages := add(included, over)
	s.lines["epf"] = halfUp(mul(rat("0.12"), lesser(wages, rat("25000"))), rupee)
	s.lines["esi"] = zero
	if c.answers[id]["esi_covered"] == "yes" {
		s.lines["esi"] = ceil(mul(rat("0.0075"), wages), rupee)
	}
	nilUpTo := rat("24999.99") // Karnataka: below 25,000; Maharashtra: women to 25,000
	if c.answers[id]["pt_state"] == "MH" {
		if nilUpTo = rat("25000"); e["gender"] == "male" {
			nilUpTo = rat("7500") // and 175 to 10,000, where nobody is
		}
	}
	s.lines["pt"] = zero
	if s.gross.Cmp(nilUpTo) > 0 {
		s.lines["pt"] = rat("200")
	}
	// August and September were run here, at the pay that was known then; what they were short of is taxed now.
	earned, taxed := rat(c.ytd[id]["taxable"]), rat(c.ytd[id]["tds"])
	for i, month := range []string{"2026-08-31", "2026-09-30"} {
		paid := c.fullMonth(e, month)
		taxed = add(taxed, taxOf(earned, taxed, paid, paid, 8-i))
		earned = add(earned, paid)
	}
	left := 6 // October to March
	if e["left"] != "" {
		left = 1
	}
	s.lines["tds"] = taxOf(earned, taxed, add(s.gross, s.late), monthly(last), left)
	s.deductions = add(s.lines["epf"], s.lines["esi"], s.lines["pt"], s.lines["tds"])
	s.net = sub(add(s.gross, s.late), s.deductions)
	for _, l := range c.loans[id] { // nothing here comes near half of the wages
		out, back := new(big.Rat), new(big.Rat)
		if l["paid_out"] == "2026-10-31" {
			out = rat(l["amount"])
		}
		for month := day(l["first"]); month.Before(c.afterTheEnd); month = month.AddDate(0, 1, 0) {
			if back = rat(l["instalment"]); month.Before(c.october) {
				l["amount"] = sub(rat(l["amount"]), back).FloatString(2)
			}
		}
		back = lesser(back, rat(l["amount"]))
		s.lines[l["name"]+"_out"], s.lines[l["name"]] = out, back
		s.net = sub(add(s.net, out), back)
	}
}

// onDay is the row of pay.csv that holds on a day, by what is known at the end of October.
func (c secondCompany) onDay(id, iso string) (row csvRow) {
	for _, p := range c.pay[id] {
		if p["from"] <= iso {
			row = p
		}
	}
	return row
}

func monthly(p csvRow) *big.Rat {
	return add(rat(p["basic"]), rat(p["hra"]), rat(p["conveyance"]), rat(p["special"]))
}

// fullMonth is what was paid in August or September, when nobody knew a second row of pay.csv.
func (c secondCompany) fullMonth(e csvRow, last string) *big.Rat {
	if e["joined"] > last {
		return new(big.Rat)
	}
	return monthly(c.pay[e["employee"]][0])
}

// taxOf is the income tax of a month of the average-rate projection: so many months are left, this one included.
func taxOf(earned, taxed, now, full *big.Rat, left int) *big.Rat {
	income := add(earned, now, mul(full, whole(left-1)))
	due := sub(annualTax(greater(new(big.Rat), sub(income, rat("75000")))), taxed)
	return halfUp(greater(new(big.Rat), quo(due, whole(left))), rupee)
}

// annualTax is the new regime of tax year 2026-27: slabs of four lakh from 5 % to 30 %, rebate to twelve lakh with marginal relief, cess
// of 4 %. Nobody here earns enough for a surcharge.
func annualTax(income *big.Rat) *big.Rat {
	income = halfUp(floorTo(income, rupee), ten)
	tax, slab := new(big.Rat), rat("400000")
	for i := range 7 {
		from := mul(slab, whole(i))
		in := greater(new(big.Rat), sub(income, from))
		if i < 6 {
			in = lesser(in, slab)
		}
		tax.Add(tax, mul(in, quo(whole(5*i), rat("100"))))
	}
	limit := rat("1200000")
	if income.Cmp(limit) <= 0 {
		return new(big.Rat)
	}
	tax = lesser(tax, sub(income, limit))
	return halfUp(floorTo(mul(tax, rat("1.04")), rupee), ten)
}
