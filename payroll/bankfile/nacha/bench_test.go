package nacha_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/musterhr/hr/payroll/bankfile/nacha"
	"github.com/stretchr/testify/require"
)

// The cost of a file grows with its payments.
func BenchmarkWriteAndRead(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			pay := batch()
			one := pay.Payments[0]
			pay.Payments = nil
			for range n {
				pay.Payments = append(pay.Payments, one)
			}
			f, err := nacha.New(pay, originator())
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				var out bytes.Buffer
				wrote, err := nacha.Write(&out, f)
				require.NoError(b, err)
				_, read, err := nacha.Read(&out)
				require.NoError(b, err)
				require.Equal(b, wrote.Hash, read.Hash)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/payment")
		})
	}
}
