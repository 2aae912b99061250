package recruitment

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Share is Of among In, an exact fraction.
type Share struct{ Of, In int }

// Rate returns the fraction, rounded once; of nothing it is the error of [hr.Rounding.Ratio].
func (s Share) Rate(r hr.Rounding) (decimal.Decimal, error) {
	return r.Ratio(decimal.NewFromInt(int64(s.Of)), decimal.NewFromInt(int64(s.In)))
}

// Days sums up lengths of time in whole days: how many there were, all together, and the ends of their range.
type Days struct{ Count, Total, Shortest, Longest int }

// Mean returns Total over Count, rounded once; of nothing it is the error of [hr.Rounding.Ratio].
func (d Days) Mean(r hr.Rounding) (decimal.Decimal, error) {
	return Share{d.Total, d.Count}.Rate(r)
}

func (d *Days) add(n int) {
	if d.Count == 0 {
		d.Shortest = n
	}
	d.Shortest, d.Longest = min(d.Shortest, n), max(d.Longest, n)
	d.Count++
	d.Total += n
}

// Step is one stage of the funnel, for one channel: of those who came to it, how many went on, and how many ended there.
type Step struct {
	Stage   State
	Channel string
	Reached int
	Passed  int // went on to another stage that is not an end, or were hired
	Ended   int // rejected, declined or withdrawn from here
}

// SourceFigures is what became of those who came by one channel, and what it cost.
type SourceFigures struct {
	Channel string
	Applied int
	Offered int
	Hired   int
	Cost    []hr.Money // by currency: the channel's own cost, the fees for hires, the bonuses for referrals that were paid or wait
}

// CostPerHire returns what one hire by the channel cost, in each currency, rounded once; nothing where nobody was hired.
func (s SourceFigures) CostPerHire(r hr.Rounding) ([]hr.Money, error) {
	if s.Hired == 0 {
		return nil, nil
	}
	out := make([]hr.Money, len(s.Cost))
	for i, c := range s.Cost {
		each, err := r.Ratio(c.Amount, decimal.NewFromInt(int64(s.Hired)))
		if err != nil {
			return nil, err
		}
		out[i] = hr.Money{Amount: each, Currency: c.Currency}
	}
	return out, nil
}

// Figures say how hiring goes. They hold counts, days and costs, and nothing that leads to a person.
type Figures struct {
	Funnel     []Step          // by stage, then by channel
	Sources    []SourceFigures // by channel
	TimeToHire Days            // from the application to the acceptance
	TimeToFill Days            // from the day the opening was published to the acceptance
	Acceptance Share           // offers accepted, among those that were accepted, declined, or dropped by who had one
	Reasons    []ReasonCount   // why applications ended, by event and reason
}

// ReasonCount says how often an event had a reason of the catalogue. Reasons that are texts are counted together, under none: a text may
// say who somebody is.
type ReasonCount struct {
	On     Event
	Reason string
	Count  int
}

// Measure works out the figures of openings and their applications: those of a year, a unit, whatever the caller has chosen. An application for
// another opening is left out. dayOf says on what day a move was. It reads the stages and never the person, so an erasure changes nothing.
func (p Pipeline) Measure(openings []Opening, applications []Application, dayOf func(Move) hr.Date) Figures {
	var f Figures
	opening := map[OpeningID]Opening{}
	sources := map[string]*tally{}
	by := func(channel string) *tally {
		if sources[channel] == nil {
			sources[channel] = &tally{cost: map[hr.Currency]decimal.Decimal{}}
		}
		return sources[channel]
	}
	for _, o := range openings {
		opening[o.ID] = o
		for _, c := range o.Channels {
			by(c.Name).spend(c.Cost)
		}
	}
	steps := map[Step]*Step{}
	reasons := map[ReasonCount]int{}
	for _, a := range applications {
		o, ours := opening[a.Opening]
		if !ours || len(a.Trail) == 0 {
			continue
		}
		p.follow(a, steps, reasons)
		channel := by(a.Source.Channel)
		channel.applied++
		last := a.Trail[len(a.Trail)-1]
		if slices.ContainsFunc(a.Trail, func(m Move) bool { return m.On == Propose }) {
			channel.offered++
			if last.On == Accept || last.On == Decline || last.On == Withdraw && last.From == Offered {
				f.Acceptance.In++
			}
		}
		if a.State != Accepted {
			continue
		}
		f.Acceptance.Of++
		channel.hired++
		i := slices.IndexFunc(o.Channels, func(c Channel) bool { return c.Name == a.Source.Channel })
		if i >= 0 {
			channel.spend(o.Channels[i].PerHire)
		}
		if a.Referral.State == ReferralWaiting || a.Referral.State == ReferralPaid {
			channel.spend(a.Referral.Bonus)
		}
		f.TimeToHire.add(dayOf(last).Since(dayOf(a.Trail[0])))
		f.TimeToFill.add(dayOf(last).Since(o.Opened))
	}
	for _, s := range steps {
		f.Funnel = append(f.Funnel, *s)
	}
	slices.SortFunc(f.Funnel, func(a, b Step) int { return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Channel, b.Channel)) })
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f.Sources = append(f.Sources, sources[name].figures(name))
	}
	for r, n := range reasons {
		r.Count = n
		f.Reasons = append(f.Reasons, r)
	}
	slices.SortFunc(f.Reasons, func(a, b ReasonCount) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Reason, b.Reason)) })
	return f
}

// follow counts the stages that an application has seen, each once.
func (p Pipeline) follow(a Application, steps map[Step]*Step, reasons map[ReasonCount]int) {
	reached, passed := map[State]bool{}, map[State]bool{}
	for _, m := range a.Trail {
		reached[m.To] = true
		if m.From != m.To && (p.Live(m.To) || m.To == Accepted) {
			passed[m.From] = true
		}
	}
	last := a.Trail[len(a.Trail)-1]
	for s := range reached {
		key := Step{Stage: s, Channel: a.Source.Channel}
		if steps[key] == nil {
			steps[key] = &Step{Stage: s, Channel: a.Source.Channel}
		}
		steps[key].Reached++
		switch {
		case !p.Live(last.To) && last.To != Accepted && s == last.From:
			steps[key].Ended++
		case passed[s]:
			steps[key].Passed++
		}
	}
	if last.On == Reject || last.On == Decline || last.On == Withdraw {
		reasons[ReasonCount{On: last.On, Reason: last.Code}]++
	}
}

// tally gathers the figures of a channel.
type tally struct {
	applied, offered, hired int
	cost                    map[hr.Currency]decimal.Decimal
}

func (t *tally) spend(m hr.Money) {
	if !m.IsNothing() {
		t.cost[m.Currency] = t.cost[m.Currency].Add(m.Amount)
	}
}

func (t *tally) figures(channel string) SourceFigures {
	s := SourceFigures{Channel: channel, Applied: t.applied, Offered: t.offered, Hired: t.hired}
	for _, c := range slices.Sorted(maps.Keys(t.cost)) {
		s.Cost = append(s.Cost, hr.Money{Amount: t.cost[c], Currency: c})
	}
	return s
}
