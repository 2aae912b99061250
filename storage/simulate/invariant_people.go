package simulate

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
)

// moves are the live entries of the leave ledger of each employee, and how many were ever written.
func (w *World) moves(ctx context.Context, ids []hr.EmployeeID) (all [][]leave.Entry, written []int, err error) {
	all, err = w.Store.MovementsOf(ctx, pins(ids))
	if err != nil {
		return nil, nil, err
	}
	written = make([]int, len(all))
	for i, entries := range all {
		written[i] = len(entries)
		gone := map[string]bool{}
		for at := len(entries) - 1; at >= 0; at-- { // what is withdrawn later is gone, unless that was withdrawn too
			if e := entries[at]; e.Withdraws != "" && !gone[e.ID] {
				gone[e.Withdraws] = true
			}
		}
		all[i] = slices.DeleteFunc(entries, func(e leave.Entry) bool { return gone[e.ID] || e.Withdraws != "" || e.Void })
	}
	return all, written, nil
}

// ledgers are the live entries of those whose ledger is longer than at the last look, and at the end of a month of all who are looked at. A ledger only grows:
// one that is as long as it was says what it said.
func (w *World) ledgers(ctx context.Context, s Scope) ([]hr.EmployeeID, [][]leave.Entry, error) {
	if w.read.ledgers != nil {
		return w.read.ids, w.read.ledgers, nil
	}
	all, written, err := w.moves(ctx, s.moved)
	if err != nil {
		return nil, nil, err
	}
	w.read.ledgers = [][]leave.Entry{}
	for i, id := range s.moved {
		if n := written[i]; s.Whole || n != w.book.ledgers[id] {
			w.book.ledgers[id] = n
			w.read.ids, w.read.ledgers = append(w.read.ids, id), append(w.read.ledgers, all[i])
		}
	}
	return w.read.ids, w.read.ledgers, nil
}

// balance adds up the ledger and compares: with the lots of each type, and with the balance of one of them, another each time. What is left of a lot past its last day counts no more, although it is written off by the next run only.
func balance(ctx context.Context, w *World, s Scope) (out []string, err error) {
	ids, all, err := w.ledgers(ctx, s)
	if err != nil {
		return nil, err
	}
	day := hr.DateOf(w.now, w.Company.Zone)
	for i, entries := range all {
		past := map[leave.LotID]bool{}
		for _, e := range entries {
			if e.ID == string(e.Value.Lot) && !e.Period.Through.IsZero() && e.Period.Through.Before(day) {
				past[e.Value.Lot] = true
			}
		}
		sum := map[leave.TypeID]decimal.Decimal{}
		rest, off := map[leave.LotID]decimal.Decimal{}, map[leave.LotID]bool{}
		for _, e := range entries {
			if e.Period.From.After(day) {
				continue
			}
			if past[e.Value.Lot] {
				rest[e.Value.Lot] = rest[e.Value.Lot].Add(e.Value.Quantity)
				off[e.Value.Lot] = off[e.Value.Lot] || e.Value.Kind == leave.Lapsed
				continue
			}
			sum[e.Value.Type] = sum[e.Value.Type].Add(e.Value.Quantity)
		}
		for _, lot := range slices.Sorted(maps.Keys(off)) {
			if off[lot] && !rest[lot].IsZero() {
				out = append(out, fmt.Sprintf("what lapsed of %s of %s is not what was left of it", lot, ids[i]))
			}
		}
		lots, err := w.look().away.Lots(ctx, w.view(), ids[i], day)
		if err != nil {
			return out, err
		}
		left := map[leave.TypeID]decimal.Decimal{}
		for _, l := range lots {
			left[l.Type] = left[l.Type].Add(l.Left)
		}
		types := slices.Sorted(maps.Keys(sum))
		for n, t := range types {
			got := []decimal.Decimal{left[t]}
			if n == len(entries)%len(types) {
				own, err := w.look().away.Balance(ctx, w.view(), ids[i], t, day)
				if err != nil {
					return out, err
				}
				got = append(got, own)
			}
			for _, q := range got {
				if !q.Equal(sum[t]) {
					out = append(out, fmt.Sprintf("the balance of %s of %s is not the sum of the ledger", t, ids[i]))
				}
			}
		}
	}
	return out, nil
}

// floor follows the balance from entry to entry, in the order of their days, far into the future.
func floor(ctx context.Context, w *World, s Scope) (out []string, err error) {
	ids, all, err := w.ledgers(ctx, s)
	if err != nil {
		return nil, err
	}
	for i, entries := range all {
		byDay := make([]*leave.Entry, len(entries))
		for n := range entries {
			byDay[n] = &entries[n]
		}
		slices.SortStableFunc(byDay, func(a, b *leave.Entry) int {
			if d := a.Period.From.Compare(b.Period.From); d != 0 {
				return d
			}
			return b.Value.Quantity.Cmp(a.Value.Quantity) // what comes in on a day can be taken on it
		})
		sum := map[leave.TypeID]decimal.Decimal{}
		for _, e := range byDay {
			t := e.Value.Type
			sum[t] = sum[t].Add(e.Value.Quantity)
			if !sum[t].IsNegative() {
				continue
			}
			policy, found := w.Company.Leave[t].At(e.Period.From)
			if !found || policy.Negative.NoLimit {
				continue
			}
			if sum[t].LessThan(policy.Negative.Limit.Neg()) {
				out = append(out, fmt.Sprintf("%s of %s is below its floor on %s", t, ids[i], e.Period.From))
				break
			}
		}
	}
	return out, nil
}

// minutes looks at the month so far: every employed day is paid or not, as a whole, and what was worked is what lies between punches.
func minutes(ctx context.Context, w *World, s Scope) (out []string, err error) {
	look, v := w.look(), w.view()
	month := hr.MonthOf(hr.DateOf(w.now, w.Company.Zone))
	terms, err := look.people.TermsOf(ctx, v, pins(s.moved), month)
	if err != nil {
		return nil, err
	}
	punched, err := w.Store.PunchesOf(ctx, pins(s.moved), month)
	if err != nil {
		return nil, err
	}
	var whole []hr.Pin // whose time sheet is looked at; of who came to a clock the days say more, and month ends look at both
	for i, id := range s.moved {
		if s.Whole || len(punched[i]) == 0 {
			whole = append(whole, hr.Pin{Employee: id})
		}
	}
	sheets, err := look.clocks.Timesheets(ctx, v, whole, month)
	if err != nil {
		return nil, err
	}
	for i, id := range s.moved {
		employed := 0
		for d := range month.Days() {
			if _, found := terms[i].At(d); found {
				employed++
			}
		}
		days := decimal.NewFromInt(int64(employed))
		if len(whole) > 0 && whole[0].Employee == id {
			if !wholeDays(sheets[0], days) {
				out = append(out, fmt.Sprintf("%s was employed for %d days of %s, and the time sheet has others", id, employed, month))
			}
			whole, sheets = whole[1:], sheets[1:]
		}
		if len(punched[i]) == 0 && !s.Whole {
			continue
		}
		read, err := look.clocks.Days(ctx, v, id, month)
		if err != nil {
			return out, err
		}
		payable, unpaid := decimal.Zero, decimal.Zero
		for _, d := range read {
			payable, unpaid = payable.Add(d.Payable), unpaid.Add(d.Unpaid)
			out = append(out, w.between(id, d)...)
		}
		if !payable.Add(unpaid).Equal(days) {
			out = append(out, fmt.Sprintf("%s was employed for %d days of %s, and its days are others", id, employed, month))
		}
	}
	return out, nil
}

// wholeDays reports whether what is paid and what is not are so many days, day by day and in the sums.
func wholeDays(sheet hr.Timesheet, days decimal.Decimal) bool {
	payable, unpaid := decimal.Zero, decimal.Zero
	for _, d := range sheet.Days {
		payable, unpaid = payable.Add(d.Payable), unpaid.Add(d.Unpaid)
	}
	return payable.Add(unpaid).Equal(days) && payable.Equal(sheet.Payable) && unpaid.Equal(sheet.Unpaid)
}

// between compares the minutes worked on a day with those between its punches.
func (w *World) between(id hr.EmployeeID, d attendance.Day) (out []string) {
	between := 0
	var last attendance.Punch
	for _, session := range d.Sessions {
		if !session.In.At.After(last.At) && !last.At.IsZero() {
			out = append(out, fmt.Sprintf("%s on %s: two stretches of work share a minute", id, d.Date))
		}
		between += int(session.Out.At.Sub(session.In.At).Minutes())
		last = session.Out
	}
	if d.Worked > between && w.Company.Shifts[d.Shift].Kind != attendance.UnclockedShift {
		out = append(out, fmt.Sprintf("%s on %s: more minutes worked than lie between the punches", id, d.Date))
	}
	return out
}

// states compares each employment with the last thing that happened to it.
func states(ctx context.Context, w *World, s Scope) (out []string, err error) {
	rows, err := w.Store.Employments(ctx, s.Employees...)
	if err != nil {
		return nil, err
	}
	ids := make([]hr.EmployeeID, len(rows))
	for i, e := range rows {
		ids[i] = e.ID
	}
	all, err := w.Store.Happenings(ctx, pins(ids))
	if err != nil {
		return nil, err
	}
	for i, e := range rows {
		last := lifecycle.Preboarding // where everybody begins
		for _, h := range all[i] {
			if h.Value.To != "" {
				last = h.Value.To
			}
		}
		if last != e.State {
			out = append(out, fmt.Sprintf("%s is %s, and what happened leads to %s", e.ID, e.State, last))
		}
	}
	return out, nil
}

// kept is how many answers are remembered.
const kept = 24

// remembered asks again what was answered before, and remembers some more.
func remembered(ctx context.Context, w *World, s Scope) (out []string, err error) {
	if !s.Whole {
		return nil, nil
	}
	for i, a := range w.book.answers {
		if !s.End && (i+int(w.now.Month()))%3 > 0 {
			continue // a third of them each time, and all at the end
		}
		got, err := w.told(ctx, a.pin, a.period)
		if err != nil {
			return out, err
		}
		if got != a.digest {
			out = append(out, fmt.Sprintf("what was known of %s at %d for %s is answered otherwise now", a.pin.Employee, a.pin.Known.Own, a.period))
		}
	}
	ids := w.employees()
	for n := range min(3, len(ids)) {
		id := ids[(len(w.book.done)*7+n*13)%len(ids)]
		heads, err := w.Store.Heads(ctx, id)
		if err != nil {
			return out, err
		}
		if w.book.erased[id] {
			continue
		}
		a := answer{pin: heads[0], period: hr.MonthOf(hr.DateOf(w.now, w.Company.Zone))}
		if a.digest, err = w.told(ctx, a.pin, a.period); err != nil {
			return out, err
		}
		if w.book.answers = append(w.book.answers, a); len(w.book.answers) > kept {
			w.book.answers = w.book.answers[1:]
		}
	}
	return out, nil
}
