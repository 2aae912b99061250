package recruitment

import (
	"slices"

	"github.com/musterhr/hr"
)

// Channels that every opening has, for nothing. An opening lists those that it pays for.
const (
	ChannelDirect   = "direct"   // they wrote to us
	ChannelReferral = "referral" // an employee named them
	ChannelPool     = "pool"     // from the talent pool
)

// Channel is a way by which candidates come to an opening, and what it costs.
type Channel struct {
	Name    string   `json:"name" class:"public"`
	Cost    hr.Money `json:"cost,omitzero" class:"money"`     // once, for this opening: an advertisement
	PerHire hr.Money `json:"per_hire,omitzero" class:"money"` // for each who is hired: an agency's fee
}

// Source says how an application came. The zero Source is [ChannelDirect].
type Source struct {
	Channel  string        `json:"channel" class:"public"`
	Referrer hr.EmployeeID `json:"referrer,omitempty" class:"public"` // the employee who named them; with [ChannelReferral] only
}

// named returns the source with its channel said.
func (s Source) named() Source {
	if s.Channel == "" {
		s.Channel = ChannelDirect
		if s.Referrer != "" {
			s.Channel = ChannelReferral
		}
	}
	return s
}

func (s Source) check(f *hr.Faults, o Opening) {
	known := []string{ChannelDirect, ChannelReferral, ChannelPool}
	for _, c := range o.Channels {
		known = append(known, c.Name)
	}
	if !slices.Contains(known, s.Channel) {
		f.Add("source.channel", RuleChannel, "is not a channel of the opening")
	}
	switch {
	case s.Channel == ChannelReferral && s.Referrer == "":
		f.Missing("source.referrer", RuleReferral)
	case s.Channel != ChannelReferral && s.Referrer != "":
		f.Add("source.referrer", RuleReferral, "comes with the channel %s only", ChannelReferral)
	}
}

func checkChannels(f *hr.Faults, list []Channel) {
	seen := map[string]bool{}
	for i, c := range list {
		at := pathOf("channels", i)
		if c.Name == "" || seen[c.Name] {
			f.Add(at+".name", RuleChannel, "must be given, each once")
		}
		seen[c.Name] = true
		for _, m := range []struct {
			path string
			cost hr.Money
		}{{"cost", c.Cost}, {"per_hire", c.PerHire}} {
			if m.cost.Amount.Sign() < 0 || !m.cost.IsNothing() && !m.cost.Currency.Valid() {
				f.Add(at+"."+m.path, RuleChannel, "must be an amount in a known currency, not below zero")
			}
		}
	}
}
