package leave

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// PaidSteps pay leave in steps: the first thirty days in full, the next thirty by half, and what is beyond by [Policy].Paid. The zero
// PaidSteps are off: every day is paid by Policy.Paid.
//
// Days are counted in order of date, whenever they were approved. A day over the end of a step is paid by its parts, rounded once to
// four decimals. Leave of an earlier day that is approved or cancelled later moves the steps of the days after it: their days away are
// stated again, and [Service.Changes] names them, so that payroll settles the difference.
type PaidSteps struct {
	Steps []PaidStep `json:"steps,omitempty" class:"public"`
	Per   PaidPer    `json:"per,omitempty" class:"public"`
	Gap   int        `json:"gap,omitempty" class:"public"` // with PerSpell: the most calendar days between two days of one spell; 3 spans a weekend
}

// PaidStep is the share of pay of so many days, or hours where the type is counted in hours.
type PaidStep struct {
	Quantity decimal.Decimal `json:"quantity" class:"public"` // above zero
	Paid     decimal.Decimal `json:"paid" class:"public"`     // 0 to 1
}

// PaidPer says what the steps begin anew for.
type PaidPer string

// The ways to count.
const (
	PerYear   PaidPer = "year"    // each leave year
	PerSpell  PaidPer = "spell"   // each spell of absence: days of the type with no more than Gap days between them
	PerLot    PaidPer = "lot"     // each lot the days are taken from, such as that of a birth
	PerTwelve PaidPer = "rolling" // never: the days of the type in the twelve months up to the day have used up the steps
)

// off reports that every day is paid alike.
func (p PaidSteps) off() bool { return len(p.Steps) == 0 }

// Validate returns [hr.FieldError]s with RulePolicyPaidSteps.
func (p PaidSteps) Validate() error {
	var faults hr.Faults
	for i, s := range p.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		if s.Quantity.Sign() <= 0 {
			faults.Add(at+".quantity", RulePolicyPaidSteps, "must be above zero")
		}
		if s.Paid.Sign() < 0 || s.Paid.Cmp(one) > 0 {
			faults.Add(at+".paid", RulePolicyPaidSteps, "must be a share from 0 to 1")
		}
	}
	switch p.Per {
	case PerYear, PerSpell, PerLot, PerTwelve:
		if p.off() {
			faults.Missing("steps", RulePolicyPaidSteps)
		}
	case "":
		if !p.off() {
			faults.Missing("per", RulePolicyPaidSteps)
		}
	default:
		faults.Add("per", RulePolicyPaidSteps, "must be year, spell, lot or rolling")
	}
	if p.Gap < 0 || p.Gap > 0 && p.Per != PerSpell {
		faults.Add("gap", RulePolicyPaidSteps, "belongs to spells, and must not be below zero")
	}
	return faults.Err()
}

// share returns the part of pay of a quantity that comes after so much, the rest being paid by beyond.
func (p PaidSteps) share(after, quantity, beyond decimal.Decimal) decimal.Decimal {
	var paid decimal.Decimal
	left := quantity
	for _, s := range p.Steps {
		open := notBelowZero(s.Quantity.Sub(after))
		after = notBelowZero(after.Sub(s.Quantity))
		part := decimal.Min(open, left)
		paid, left = paid.Add(part.Mul(s.Paid)), left.Sub(part)
	}
	paid = paid.Add(left.Mul(beyond))
	share, err := shareOfPay.Ratio(paid, quantity)
	if err != nil { // nothing of a day
		return beyond
	}
	return share
}

// shareOfPay rounds the share of a day that lies in two steps.
var shareOfPay = hr.MustRounding("0.0001", hr.HalfUp)

// taken is a day of leave of one type, as the ledger has it.
type taken struct {
	day      hr.Date
	request  RequestID
	quantity decimal.Decimal
	shares   []Share // by lot
}

// takenOf returns the days of a type that are taken and not given back, by date.
func takenOf(entries []Entry, t TypeID) []taken {
	type key struct {
		day     hr.Date
		request RequestID
	}
	at := map[key]int{}
	var out []taken
	for _, e := range entries {
		m := e.Value
		if m.Type != t || m.Request == "" || m.Kind != Used && m.Kind != Returned {
			continue
		}
		k := key{e.Period.From, m.Request}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, taken{day: k.day, request: k.request})
		}
		d := &out[i]
		d.quantity = d.quantity.Sub(m.Quantity)
		j := slices.IndexFunc(d.shares, func(s Share) bool { return s.Lot == m.Lot })
		if j >= 0 {
			d.shares[j].Quantity = d.shares[j].Quantity.Sub(m.Quantity)
		} else {
			d.shares = append(d.shares, Share{m.Lot, m.Quantity.Neg()})
		}
	}
	out = slices.DeleteFunc(out, func(d taken) bool { return d.quantity.Sign() <= 0 })
	slices.SortFunc(out, func(a, b taken) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.request, b.request)) })
	return out
}

// PaidShares returns the share of pay of each day of leave of a type, by request and day, as its steps have it ([PaidSteps]) or, without
// steps, as [Policy].Paid says. Policies are those of the type; the first day of a request that counts decides which one holds for
// it. Entries are the live ones of one employee, in any order; employed periods must begin with the day of joining.
func PaidShares(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry) map[RequestID]map[hr.Date]decimal.Decimal {
	days := takenOf(entries, t)
	joined := spells(employed)
	first := map[RequestID]hr.Date{}
	for _, d := range days {
		if _, ok := first[d.request]; !ok {
			first[d.request] = d.day
		}
	}
	out := map[RequestID]map[hr.Date]decimal.Decimal{}
	var spell hr.Date // the first day of the spell of the day before
	lots := map[LotID]decimal.Decimal{}
	for i, d := range days {
		if i == 0 {
			spell = d.day
		}
		p, ok := policies.At(first[d.request])
		if !ok {
			continue
		}
		if i > 0 && d.day.Since(days[i-1].day)-1 > p.PaidSteps.Gap {
			spell = d.day
		}
		paid := p.Paid
		switch steps := p.PaidSteps; steps.Per {
		case "":
		case PerLot:
			var sum decimal.Decimal
			for _, s := range d.shares {
				sum = sum.Add(steps.share(lots[s.Lot], s.Quantity, p.Paid).Mul(s.Quantity))
			}
			if share, err := shareOfPay.Ratio(sum, d.quantity); err == nil {
				paid = share
			}
		default:
			since := spell
			switch steps.Per {
			case PerYear:
				hired, _ := spellOn(joined, d.day)
				since = p.Year.Containing(d.day, hired.From).From
			case PerTwelve:
				back, err := d.day.AddMonths(-12, hr.MonthClamp)
				if err == nil {
					since = back.Add(1)
				}
			}
			var before decimal.Decimal
			for _, o := range days[:i] {
				if !o.day.Before(since) {
					before = before.Add(o.quantity)
				}
			}
			paid = steps.share(before, d.quantity, p.Paid)
		}
		for _, s := range d.shares {
			lots[s.Lot] = lots[s.Lot].Add(s.Quantity)
		}
		if out[d.request] == nil {
			out[d.request] = map[hr.Date]decimal.Decimal{}
		}
		out[d.request][d.day] = paid
	}
	return out
}

// stepped states again the days away of the book's employee whose share of pay the book's movements change. Entries are the live ones
// that the book was made on.
func (s Service) stepped(ctx context.Context, cmd hr.Command, b *book, entries []Entry) error {
	touched := map[TypeID]bool{}
	for _, e := range b.movements {
		t := e.Value.Type
		touched[t] = e.Value.Request != "" && slices.ContainsFunc(s.Policies[t].Steps(), func(p hr.Step[Policy]) bool { return !p.Value.PaidSteps.off() }) || touched[t]
	}
	if !slices.Contains(slices.Collect(maps.Values(touched)), true) {
		return nil
	}
	pins := []hr.Pin{{Employee: b.taken.Employee}}
	terms, err := s.Terms.TermsOf(ctx, cmd.View("leave.PaidShares", hr.Known{}), pins, ever)
	if err != nil {
		return err
	}
	histories, err := s.awayOf(ctx, pins, hr.Period{})
	if err != nil {
		return err
	}
	gone := map[string]bool{}
	for _, e := range b.away {
		gone[e.Withdraws] = true
	}
	all := append(slices.Clone(entries), b.movements...)
	for _, t := range slices.Sorted(maps.Keys(touched)) {
		if !touched[t] {
			continue
		}
		shares := PaidShares(t, s.Policies[t], employments(terms[0]), all)
		for i := range b.away {
			if v := &b.away[i].Value; b.away[i].Withdraws == "" && v.Type == t {
				v.Paid = share(shares, v.Request, b.away[i].Period.From, v.Paid)
			}
		}
		for _, e := range histories[0].Live(0) {
			paid := share(shares, e.Value.Request, e.Period.From, e.Value.Paid)
			if e.Value.Type != t || gone[e.ID] || paid.Equal(e.Value.Paid) {
				continue
			}
			now := AwayEntry{Period: e.Period, Value: e.Value, Cause: e.Cause}
			now.Value.Paid = paid
			b.record(AwayEntry{ID: e.ID + "/withdrawn", Period: e.Period, Withdraws: e.ID, Value: Away{Request: e.Value.Request}, Cause: e.Cause})
			b.record(now)
		}
	}
	return nil
}

func share(of map[RequestID]map[hr.Date]decimal.Decimal, r RequestID, d hr.Date, otherwise decimal.Decimal) decimal.Decimal {
	if paid, ok := of[r][d]; ok {
		return paid
	}
	return otherwise
}
