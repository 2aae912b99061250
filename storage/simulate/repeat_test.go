package simulate_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/simulate"
)

// The whole: go test ./storage/simulate -run TestTheSameBytes -v -repeats 100 -paid 10000
var (
	repeats = flag.Int("repeats", 4, "how often a payroll is calculated again")
	paid    = flag.Int("paid", 200, "employees of that payroll")
)

// A payroll has the same bytes, payslip for payslip, however many workers calculate it, in whatever batches, and in whatever order its people come.
func TestTheSameBytes(t *testing.T) {
	companies, err := simulate.Companies()
	require.NoError(t, err)
	for _, c := range companies {
		t.Run(c.Name, func(t *testing.T) {
			period := hr.MonthOf(c.From(11, 24))
			inputs := make([]payroll.Input, *paid)
			for i := range inputs {
				basic := decimal.NewFromInt(int64(c.Least + i*37%(c.Most-c.Least))).Add(decimal.New(int64(i%100), -2))
				inputs[i] = payroll.Input{
					Employee: simulate.Employee(i + 1), Period: period, PayDate: period.Through, Terms: hr.Since(period.From.Add(-400), c.Terms(i+1, basic)),
				}
			}
			began := time.Now()
			first := bytesOf(t, c.Plans[0], inputs, 1, 1000)
			times := *repeats / len(companies)
			for n := range max(1, times) {
				rng := rand.New(rand.NewPCG(uint64(n), 7))
				rng.Shuffle(len(inputs), func(i, j int) { inputs[i], inputs[j] = inputs[j], inputs[i] })
				require.Equal(t, first, bytesOf(t, c.Plans[0], inputs, []int{1, 2, 4, 8}[n%4], 1+rng.IntN(1500)), "time %d", n)
			}
			t.Logf("%d payrolls of %d in %s, all %s", 1+max(1, times), *paid, time.Since(began).Round(time.Millisecond), first[:16])
		})
	}
}

// bytesOf is the digest of all payslips of a payroll, by employee.
func bytesOf(t *testing.T, plan *payroll.Plan, inputs []payroll.Input, workers, size int) string {
	type slip struct {
		id  hr.EmployeeID
		sum [sha256.Size]byte
	}
	var slips []slip
	next := 0
	require.NoError(t, plan.Stream(t.Context(), payroll.Stream{
		Period: inputs[0].Period, PayDate: inputs[0].PayDate, Size: size, Workers: workers,
		Fill: func(b *payroll.Batch) error {
			for range min(size, len(inputs)-next) {
				if _, err := b.Add(inputs[next]); err != nil {
					return fmt.Errorf("%s: %w", inputs[next].Employee, err)
				}
				next++
			}
			return nil
		},
		Done: func(b *payroll.Batch) error {
			var text []byte
			for row := range b.Rows() {
				if err := b.Err(row); err != nil {
					return fmt.Errorf("%s: %w", b.Employee(row), err)
				}
				var err error
				if text, err = b.AppendJSON(text[:0], row); err != nil {
					return err
				}
				slips = append(slips, slip{b.Employee(row), sha256.Sum256(text)})
			}
			return nil
		},
	}))
	require.Len(t, slips, len(inputs))
	slices.SortFunc(slips, func(a, b slip) int { return cmp.Compare(a.id, b.id) })
	all := sha256.New()
	for _, s := range slips {
		_, _ = all.Write([]byte(s.id))
		_, _ = all.Write(s.sum[:])
	}
	return hex.EncodeToString(all.Sum(nil))
}
