// Package history plays the same short histories of storage/simulate in the tests of every store, so that they can be compared.
package history

import (
	"context"
	"os"
	"strconv"

	"github.com/musterhr/hr/storage/simulate"
)

// Seeds are 1 and those up to the number in MUSTER_HISTORIES, for longer tests.
func Seeds() []uint64 {
	n, err := strconv.ParseUint(os.Getenv("MUSTER_HISTORIES"), 10, 64)
	if err != nil {
		n = 1
	}
	seeds := make([]uint64, n)
	for i := range seeds {
		seeds[i] = uint64(i) + 1
	}
	return seeds
}

// Play plays the history of a seed over an empty store.
func Play(ctx context.Context, seed uint64, db simulate.Store) (simulate.Outcome, error) {
	companies, err := simulate.Companies()
	if err != nil {
		return simulate.Outcome{}, err
	}
	company := companies[(seed+uint64(len(companies))-1)%uint64(len(companies))] // of seed 1 the one without a law, and each country in turn
	s := simulate.Write(simulate.Plan{Seed: seed, Employees: 8, Months: 4, Faults: 150, Beside: 200, Attacks: 3}.For(company))
	return simulate.Play(ctx, company, s, db, simulate.Options{})
}
