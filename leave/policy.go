package leave

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// TypeID names a leave type of the host: "earned", "casual", "unpaid". The empty TypeID is none.
type TypeID string

// Unit is what a leave type is counted in. The empty unit is not one.
type Unit string

const (
	Days  Unit = "days"  // whole and half days
	Hours Unit = "hours" // and parts of a day; [Counting].Hours says how many a whole working day has
)

// Policy is what holds for one leave type from a day on: a few small rules, each in a file of its own, each off at its zero
// value, none reading another's fields. Policies are kept dated in [Policies].
type Policy struct {
	Type        TypeID          `json:"type" class:"public"`
	Name        string          `json:"name" class:"public"` // what a payroll officer calls it: "Earned leave"
	Unit        Unit            `json:"unit" class:"public"`
	Paid        decimal.Decimal `json:"paid" class:"public"`                // the share of pay that goes on, 0 to 1; zero is unpaid leave
	PaidSteps   PaidSteps       `json:"paid_steps,omitzero" class:"public"` // other shares of the first days; Paid is that of what is beyond them
	Year        Year            `json:"year,omitzero" class:"public"`
	Accrual     Accrual         `json:"accrual,omitzero" class:"public"`
	Tiers       Tiers           `json:"tiers,omitzero" class:"public"`
	Earning     Earning         `json:"earning,omitzero" class:"public"`
	Occasion    Occasion        `json:"occasion,omitzero" class:"public"`
	Proration   Proration       `json:"proration,omitzero" class:"public"`
	Rounding    Rounded         `json:"rounding,omitzero" class:"public"` // of a year's whole spread over credits
	Waiting     Waiting         `json:"waiting,omitzero" class:"public"`
	Cap         Cap             `json:"cap,omitzero" class:"public"`
	Expiry      Expiry          `json:"expiry,omitzero" class:"public"`
	CarryOver   CarryOver       `json:"carry_over,omitzero" class:"public"`
	Encashment  Encashment      `json:"encashment,omitzero" class:"public"`
	Limits      Limits          `json:"limits,omitzero" class:"public"`
	Notice      Notice          `json:"notice,omitzero" class:"public"`
	Blackout    Blackout        `json:"blackout,omitzero" class:"public"`
	Documents   Documents       `json:"documents,omitzero" class:"public"`
	Coverage    Coverage        `json:"coverage,omitzero" class:"public"`
	Restricted  Restricted      `json:"restricted,omitzero" class:"public"`
	Attended    Attended        `json:"attended,omitzero" class:"public"`
	Counting    Counting        `json:"counting,omitzero" class:"public"`
	Negative    Negative        `json:"negative,omitzero" class:"public"`
	Consumption Consumption     `json:"consumption,omitzero" class:"public"`
}

// Validate returns [hr.FieldError]s for everything that is wrong with p.
func (p Policy) Validate() error {
	var faults hr.Faults
	if p.Type == "" {
		faults.Missing("type", RulePolicyType)
	}
	if p.Name == "" {
		faults.Missing("name", RulePolicyType)
	}
	switch {
	case p.Unit != Days && p.Unit != Hours:
		faults.Add("unit", RulePolicyUnit, "must be days or hours")
	case (p.Unit == Hours) != (p.Counting.Hours.Sign() > 0):
		faults.Add("counting.hours", RulePolicyUnit, "must say the hours of a day where the unit is hours, and nowhere else")
	}
	if p.Paid.Sign() < 0 || p.Paid.Cmp(one) > 0 {
		faults.Add("paid", RulePolicyPaid, "must be a share from 0 to 1")
	}
	faults.Join("paid_steps", p.PaidSteps.Validate())
	faults.Join("year", p.Year.Validate())
	faults.Join("accrual", p.Accrual.Validate())
	faults.Join("tiers", p.Tiers.Validate())
	faults.Join("earning", p.Earning.Validate())
	faults.Join("occasion", p.Occasion.Validate())
	faults.Join("proration", p.Proration.Validate())
	faults.Join("rounding", p.Rounding.Validate())
	p.together(&faults)
	faults.Join("waiting", p.Waiting.Validate())
	faults.Join("cap", p.Cap.Validate())
	faults.Join("expiry", p.Expiry.Validate())
	faults.Join("carry_over", p.CarryOver.Validate())
	faults.Join("encashment", p.Encashment.Validate())
	faults.Join("limits", p.Limits.Validate())
	faults.Join("notice", p.Notice.Validate())
	faults.Join("blackout", p.Blackout.Validate())
	faults.Join("documents", p.Documents.Validate())
	faults.Join("coverage", p.Coverage.Validate())
	faults.Join("counting", p.Counting.Validate())
	faults.Join("negative", p.Negative.Validate())
	faults.Join("consumption", p.Consumption.Validate())
	return faults.Err()
}

// together records rules that do not go together.
func (p Policy) together(faults *hr.Faults) {
	a := p.Accrual
	if a.Every != "" && a.Days.Sign() == 0 && a.PerYear.Sign() == 0 && p.Tiers.off() {
		faults.Add("accrual.days", RulePolicyAccrual, "must be above zero, or a year's whole or tiers must say how much")
	}
	if !p.Tiers.off() && (a.Every == "" || a.Days.Sign() != 0 || a.PerYear.Sign() != 0) {
		faults.Add("tiers", RulePolicyTiers, "say how much, and the accrual only when: two rules for one credit")
	}
	if p.Proration.Method != "" && !p.spread() {
		faults.Add("proration", RulePolicyProration, "belongs to a year's whole")
	}
	if p.Proration.Method != "" && p.Tiers.At == ReachedDaily {
		faults.Add("proration", RulePolicyProration, "is inside daily tiers already")
	}
	if p.Waiting.Lost && p.Accrual.Every != "" && !p.spread() {
		faults.Add("waiting.lost", RulePolicyWaiting, "belongs to a year's whole")
	}
}

// Policies are the dated policies of a company, by type. Build them with [NewPolicies]. The first day of a request decides
// which step counts it; the day of a credit decides which step accrues it.
type Policies map[TypeID]hr.Timeline[Policy]

// NewPolicies sorts steps by their type. All faults come together as [hr.FieldError]s: those of [Policy.Validate], and two
// steps of one type on one day (RulePolicyType).
func NewPolicies(steps ...hr.Step[Policy]) (Policies, error) {
	var faults hr.Faults
	byType := map[TypeID][]hr.Step[Policy]{}
	for i, s := range steps {
		at := fmt.Sprintf("steps[%d]", i)
		if !s.Void {
			faults.Join(at+".value", s.Value.Validate())
		} else if s.Value.Type == "" {
			faults.Missing(at+".value.type", RulePolicyType)
		}
		if s.Since.IsZero() {
			faults.Missing(at+".since", RulePolicyType)
		}
		for _, other := range byType[s.Value.Type] {
			if other.Since == s.Since {
				faults.Add(at+".since", RulePolicyType, "a second policy for the type from this day on")
			}
		}
		byType[s.Value.Type] = append(byType[s.Value.Type], s)
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	out := Policies{}
	for t, own := range byType {
		timeline, err := hr.NewTimeline(own...)
		if err != nil {
			return nil, err
		}
		out[t] = timeline
	}
	return out, nil
}

// At returns the policy of a type on a day, or a [hr.FieldError] with RuleTypeUnknown: a day without a policy never takes
// the latest one.
func (p Policies) At(t TypeID, on hr.Date) (Policy, error) {
	policy, ok := p[t].At(on)
	if !ok {
		return Policy{}, &hr.FieldError{Path: "type", Rule: RuleTypeUnknown, Reason: fmt.Sprintf("has no policy on %s", on), Err: hr.ErrNoValue}
	}
	return policy, nil
}

// one and half are the two amounts a day can count.
var (
	one  = decimal.NewFromInt(1)
	half = decimal.New(5, -1)
)
