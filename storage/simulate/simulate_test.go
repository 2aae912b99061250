package simulate_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/simulate"
)

var (
	seeds     = flag.Int("seeds", 3, "histories to play")
	firstSeed = flag.Uint64("first", 1, "the seed of the first")
	employees = flag.Int("employees", 20, "employees of each history")
	months    = flag.Int("months", 8, "months of each history")
	inCompany = flag.String("company", "", "the company of every history; empty: by the seed")
	show      = flag.Bool("show", false, "print each line")
)

func plan(seed uint64) simulate.Plan {
	return simulate.Plan{
		Company: "plain", Seed: seed, Employees: *employees, Months: *months, From: hr.MustDate("2023-11-01"), Faults: 150, Beside: 200, Attacks: 3,
	}
}

// drawn is the company of a seed: the one that -company names, or one after the other.
func drawn(t *testing.T, seed uint64) simulate.Company {
	companies, err := simulate.Companies()
	require.NoError(t, err)
	if *inCompany == "" {
		return companies[seed%uint64(len(companies))]
	}
	return named(t, *inCompany)
}

// named is the company of a name.
func named(t *testing.T, name string) simulate.Company {
	companies, err := simulate.Companies()
	require.NoError(t, err)
	at := slices.IndexFunc(companies, func(c simulate.Company) bool { return c.Name == name })
	require.GreaterOrEqual(t, at, 0, "there is no company %q", name)
	return companies[at]
}

// Every kind of fault comes to pass, in a few small histories: none is a word that nothing stands behind.
func TestEveryFaultStrikes(t *testing.T) {
	struck := map[simulate.FaultKind]int{}
	company := named(t, "plain")
	for seed := uint64(1); seed < 40 && len(struck) < len(simulate.FaultKinds()); seed++ {
		p := simulate.Plan{Seed: seed, Employees: 4, Months: 2, Faults: 900, Beside: 500, Attacks: 2}.For(company)
		out, err := simulate.Play(t.Context(), company, simulate.Write(p), memory.New(), simulate.Options{})
		require.NoError(t, err)
		require.Empty(t, out.Violations)
		for kind, n := range out.Struck {
			struck[kind] += n
		}
	}
	for _, kind := range simulate.FaultKinds() {
		require.Positive(t, struck[kind], "%s never strikes", kind)
	}
	t.Log(kinds(struck))
}

func TestHistories(t *testing.T) {
	for i := range *seeds {
		seed := *firstSeed + uint64(i)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel() // one history a core
			history(t, seed)
		})
	}
}

// history plays one history, and shrinks it to what is wrong in it.
func history(t *testing.T, seed uint64) {
	company := drawn(t, seed)
	s := simulate.Write(plan(seed).For(company))
	play := func(s simulate.Script) simulate.Outcome {
		out, err := simulate.Play(t.Context(), company, s, memory.New(), simulate.Options{Stop: true})
		require.NoError(t, err)
		return out
	}
	out := play(s)
	t.Logf("seed %d in %s from %s: %d steps, %d refused, %d faults, %d violations", seed, s.Company, s.From, len(s.Steps), out.Refused, out.Faults, len(out.Violations))
	if *show {
		for i, l := range out.Lines {
			t.Log(s.Steps[i].String(), "->", l)
		}
	}
	if len(out.Violations) == 0 {
		return
	}
	name := out.Violations[0].Invariant
	small := simulate.Shrink(s, func(s simulate.Script) bool {
		v := play(s).Violations
		return len(v) > 0 && v[0].Invariant == name
	})
	var b strings.Builder
	_, _ = small.WriteTo(&b)
	t.Errorf("%s\n%s", play(small).Violations[0], b.String())
}
