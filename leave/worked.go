package leave

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Earning says what leave is credited by work done: Give units of leave for every Per hours or days of work. The zero Earning is
// off.
//
// The law behind it is of two kinds. Where each pay period is rounded apart, what it loses is lost (Apart); otherwise the sum
// of all work is rounded and what is on record already comes off, so that no remainder is lost.
type Earning struct {
	Give   decimal.Decimal `json:"give,omitzero" class:"public"`   // 1 in "a day for every 20", 12.07 in "12.07 for every 100"
	Per    decimal.Decimal `json:"per,omitzero" class:"public"`    // hours or days of work
	Bands  []string        `json:"bands,omitempty" class:"public"` // the bands of a timesheet whose hours count; none: days worked count
	Apart  bool            `json:"apart,omitempty" class:"public"` // each period is rounded by itself
	Most   decimal.Decimal `json:"most,omitzero" class:"public"`   // of a leave year; zero: no limit
	Rounds Rounded         `json:"rounds,omitzero" class:"public"`
}

func (e Earning) off() bool {
	return e.Give.IsZero() && e.Per.IsZero() && len(e.Bands) == 0 && !e.Apart && e.Most.IsZero()
}

// Validate returns [hr.FieldError]s with RulePolicyEarning.
func (e Earning) Validate() error {
	var faults hr.Faults
	if e.off() {
		return nil
	}
	if e.Give.Sign() <= 0 {
		faults.Add("give", RulePolicyEarning, "must be above zero")
	}
	if e.Per.Sign() <= 0 {
		faults.Add("per", RulePolicyEarning, "must be above zero")
	}
	if e.Most.Sign() < 0 {
		faults.Add("most", RulePolicyEarning, "must not be below zero")
	}
	faults.Join("rounds", e.Rounds.Validate())
	return faults.Err()
}

// Credits returns what each of the periods of one leave year earns, in order, given the hours or days worked in it. With Apart
// each is rounded by itself; otherwise credit k is R(w1+...+wk) - R(w1+...+w(k-1)). Together they never pass Most.
func (e Earning) Credits(worked []decimal.Decimal) ([]decimal.Decimal, error) {
	var faults hr.Faults
	faults.Join("", e.Validate())
	for i, w := range worked {
		if w.Sign() < 0 {
			faults.Add(fmt.Sprintf("worked[%d]", i), RuleWorked, "must not be below zero")
		}
	}
	if e.off() {
		faults.Missing("give", RulePolicyEarning)
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	parts := make([]*big.Rat, len(worked))
	rate := new(big.Rat).Quo(e.Give.Rat(), e.Per.Rat())
	for i, w := range worked {
		parts[i] = new(big.Rat).Mul(rate, w.Rat())
	}
	out, err := running(parts, e.Rounds)
	if e.Apart {
		for i, p := range parts {
			if out[i], err = e.Rounds.of(p); err != nil {
				break
			}
		}
	}
	if err != nil || e.Most.IsZero() {
		return out, err
	}
	var sum decimal.Decimal
	for i := range out {
		out[i] = decimal.Min(out[i], e.Most.Sub(sum))
		sum = sum.Add(out[i])
	}
	return out, nil
}

// worked returns the hours of the bands of a timesheet, or without bands the days on which somebody worked: whole days present,
// and halves of the others.
func (e Earning) worked(s hr.Timesheet, p hr.Period) *big.Rat {
	if len(e.Bands) > 0 {
		minutes := 0
		for _, b := range e.Bands {
			minutes += s.Minutes(b, p)
		}
		return big.NewRat(int64(minutes), 60)
	}
	days := new(big.Rat)
	for _, d := range s.Days {
		minutes := 0
		for _, b := range d.Bands {
			minutes += b.Minutes
		}
		switch {
		case !p.Contains(d.Date) || minutes == 0:
		case d.Status == "half_day" || d.Status == "half_leave":
			days.Add(days, big.NewRat(1, 2))
		default:
			days.Add(days, big.NewRat(1, 1))
		}
	}
	return days
}
