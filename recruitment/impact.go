package recruitment

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Group is how many of a group applied and how many of them were selected: hired, or let through a stage. What group somebody belongs to is
// theirs to say, is kept apart from their application, and comes in here as counts alone.
type Group struct {
	Name     string
	Applied  int
	Selected int
}

// Impact compares the selection rate of one group with that of the group that has the highest.
type Impact struct {
	Group   Group
	Rate    Share           // selected among applied
	Highest Share           // of the group with the highest rate
	Num     decimal.Decimal // the impact ratio is Num / Den, exactly: Rate / Highest
	Den     decimal.Decimal
	Adverse bool // the ratio is below four fifths
	// Small is a warning: a difference as large as this comes about by chance more than one time in twenty, by Fisher's exact test of both
	// sides. The four fifths say little then, in either direction.
	Small bool
}

// Ratio returns the impact ratio, rounded once.
func (i Impact) Ratio(r hr.Rounding) (decimal.Decimal, error) { return r.Ratio(i.Num, i.Den) }

// ImpactSource is where the rule of four fifths and its caution about small numbers are published.
func ImpactSource() hr.Source {
	return hr.Source{Title: "Uniform Guidelines on Employee Selection Procedures (1978)", Section: "29 CFR 1607.4(D); Questions and Answers 10-21, 44 FR 11996"}
}

// ImpactRatios compares each group with the one that has the highest selection rate, by the rule of four fifths (see [ImpactSource]), in the
// order given. A rate below four fifths of the highest is a sign of adverse impact and no proof of it. It refuses a group without a name or twice, with nobody
// who applied, or with more selected than applied (RuleImpact); of nobody selected at all there is no highest rate and no answer.
func ImpactRatios(groups ...Group) ([]Impact, error) {
	var faults hr.Faults
	seen := map[string]bool{}
	best := Group{Applied: 1}
	for i, g := range groups {
		at := pathOf("groups", i)
		if g.Name == "" || seen[g.Name] {
			faults.Add(at+".name", RuleImpact, "must be given, each once")
		}
		seen[g.Name] = true
		if g.Applied < 1 || g.Selected < 0 || g.Selected > g.Applied {
			faults.Add(at, RuleImpact, "must have somebody who applied, and no more selected than that")
		}
		if g.Selected*best.Applied > best.Selected*g.Applied {
			best = g
		}
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	if best.Selected == 0 {
		return nil, nil
	}
	out := make([]Impact, len(groups))
	for i, g := range groups {
		num, den := int64(g.Selected)*int64(best.Applied), int64(g.Applied)*int64(best.Selected)
		out[i] = Impact{
			Group: g, Rate: Share{g.Selected, g.Applied}, Highest: Share{best.Selected, best.Applied},
			Num: decimal.NewFromInt(num), Den: decimal.NewFromInt(den), Adverse: num*5 < den*4,
			Small: g.Name != best.Name && byChance(g, best),
		}
	}
	return out, nil
}

// byChance reports whether Fisher's exact test, of both sides, gives the two rates a probability above 5 %: with the same people and as many
// selected in all, the sum of the probabilities of every division that is no likelier than the one that came about.
func byChance(a, b Group) bool {
	n, k := a.Applied+b.Applied, a.Selected+b.Selected
	ways := func(of int) *big.Int {
		x := new(big.Int).Binomial(int64(a.Applied), int64(of))
		return x.Mul(x, new(big.Int).Binomial(int64(b.Applied), int64(k-of)))
	}
	seen := ways(a.Selected)
	sum := new(big.Int)
	for of := max(0, k-b.Applied); of <= min(k, a.Applied); of++ {
		if w := ways(of); w.Cmp(seen) <= 0 {
			sum.Add(sum, w)
		}
	}
	all := new(big.Int).Binomial(int64(n), int64(k))
	return sum.Mul(sum, big.NewInt(20)).Cmp(all) > 0
}
