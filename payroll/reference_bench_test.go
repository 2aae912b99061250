package payroll_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/reference"
)

func referencePlan(t testing.TB) *payroll.Plan {
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Components: reference.Components(), Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}},
	})
	require.NoError(t, err)
	return plan
}

// refFields are the places of the reference inputs and lines in the plan.
type refFields struct {
	plan                                                                                                         *payroll.Plan
	basic, conveyance, medical, lta, special, food, overtime, payable, days, capped, table, taxable, tds, months int
	lines                                                                                                        []int
	places                                                                                                       []int
}

func fieldsOf(t testing.TB, plan *payroll.Plan) *refFields {
	field := func(name string) int {
		i, ok := plan.Field(name)
		require.True(t, ok, name)
		return i
	}
	f := &refFields{
		plan: plan, basic: field("basic_rate"), conveyance: field("conveyance_rate"), medical: field("medical_rate"), lta: field("lta_rate"),
		special: field("special_rate"), food: field("food_rate"), overtime: field("overtime_hours"), payable: field("payable_days"),
		days: field("period_days"), capped: field("pf_capped"), table: field("pt_table"), taxable: field("taxable_before"),
		tds: field("tds_before"), months: field("months_left"),
	}
	for _, name := range refLines {
		i, ok := plan.Line(name)
		require.True(t, ok, name)
		f.lines = append(f.lines, i)
		f.places = append(f.places, plan.LinePlaces(i))
	}
	return f
}

var tableNames = [...]string{"0", "1", "2", "3"}

// units gives one employee to a batch as integers.
func (f *refFields) units(b *payroll.Batch, in *refInput) {
	row, err := b.NewRow("E")
	if err != nil {
		panic(err)
	}
	b.SetUnits(row, f.basic, in.basic)
	b.SetUnits(row, f.conveyance, in.conveyance)
	b.SetUnits(row, f.medical, in.medical)
	b.SetUnits(row, f.lta, in.lta)
	b.SetUnits(row, f.special, in.special)
	b.SetUnits(row, f.food, in.food)
	b.SetUnits(row, f.overtime, in.overtimeHours)
	b.SetUnits(row, f.payable, in.payableDays)
	b.SetUnits(row, f.days, in.daysInMonth*100)
	capped := int64(0)
	if in.pfCapped {
		capped = 1
	}
	b.SetUnits(row, f.capped, capped)
	b.SetText(row, f.table, tableNames[in.ptTable])
	b.SetUnits(row, f.taxable, in.ytdTaxable)
	b.SetUnits(row, f.tds, in.ytdTDS)
	b.SetUnits(row, f.months, in.monthsLeft)
}

// decimals gives one employee to a batch as decimals.
func (f *refFields) decimals(b *payroll.Batch, in *shopInput) {
	row, err := b.NewRow("E")
	if err != nil {
		panic(err)
	}
	b.Set(row, f.basic, in.basic)
	b.Set(row, f.conveyance, in.conveyance)
	b.Set(row, f.medical, in.medical)
	b.Set(row, f.lta, in.lta)
	b.Set(row, f.special, in.special)
	b.Set(row, f.food, in.food)
	b.Set(row, f.overtime, in.overtimeHours)
	b.Set(row, f.payable, in.payableDays)
	b.Set(row, f.days, in.daysInMonth)
	b.SetYes(row, f.capped, in.pfCapped)
	b.SetText(row, f.table, in.ptTable)
	b.Set(row, f.taxable, in.ytdTaxable)
	b.Set(row, f.tds, in.ytdTDS)
	b.Set(row, f.months, in.monthsLeft)
}

// The engine, the straight-line integers and the plain decimals agree on all 23 lines of ten thousand people.
func TestReferenceComparatorsAgree(t *testing.T) {
	f := fieldsOf(t, referencePlan(t))
	b := f.plan.NewBatch(1000)
	people := population(10_000)
	taxed, insured := 0, 0
	for page := range slices.Chunk(people, 1000) {
		require.NoError(t, b.Begin(october, october.Through))
		for i := range page {
			f.units(b, &page[i])
		}
		b.Calculate()
		require.Zero(t, b.Slow())
		for row := range page {
			require.NoError(t, b.Err(row))
			var limit refOutput
			var shop [23]decimal.Decimal
			s := shopOf(&page[row])
			limitPayslip(&page[row], &limit)
			shopPayslip(&s, &shop)
			for i, line := range f.lines {
				want := decimal.New(limit[i], -2)
				if !want.Equal(shop[i]) || !want.Equal(b.Amount(row, line)) {
					t.Fatalf("%s of %+v: limit %s, shop %s, batch %s", refLines[i], page[row], want, shop[i], b.Amount(row, line))
				}
			}
			if limit[18] > 0 {
				taxed++
			}
			if limit[15] > 0 {
				insured++
			}
		}
	}
	require.InDelta(t, 0.15, float64(taxed)/float64(len(people)), 0.06, "about 15 % pay tax")
	require.InDelta(t, 0.30, float64(insured)/float64(len(people)), 0.06, "about 30 % are insured")
}

// report gives the figures of a sub-benchmark for one payslip.
func report(b *testing.B, payslips int, run func()) {
	run()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	for b.Loop() {
		run()
		n++
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n*payslips), "ns/payslip")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(n*payslips), "allocs/payslip")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkReference measures the reference payslip: limit and shop are the comparators, the others the engine. BenchmarkRatios gives
// the ratios of one interleaved run.
func BenchmarkReference(b *testing.B) {
	for _, c := range referenceContenders(b) {
		b.Run(c.name, func(b *testing.B) { report(b, c.payslips, c.run) })
	}
}

type contender struct {
	name     string
	payslips int
	run      func()
}

var (
	sinkUnits   refOutput
	sinkDecimal decimal.Decimal
	sinkShop    [23]decimal.Decimal
)

func referenceContenders(t testing.TB) []contender {
	f := fieldsOf(t, referencePlan(t))
	people := population(1000)
	shops := make([]shopInput, len(people))
	for i := range people {
		shops[i] = shopOf(&people[i])
	}
	begin := func(b *payroll.Batch) {
		if err := b.Begin(october, october.Through); err != nil {
			panic(err)
		}
	}
	batch := func(b *payroll.Batch) func() {
		return func() {
			begin(b)
			for i := range people {
				f.units(b, &people[i])
			}
			b.Calculate()
			if b.Slow() > 0 {
				panic("the slow path ran")
			}
		}
	}
	one := f.plan.NewBatch(1)
	single := func(read []int) func() {
		return func() {
			for i := range shops {
				begin(one)
				f.decimals(one, &shops[i])
				one.Calculate()
				for _, l := range read {
					sinkDecimal = one.Amount(0, l)
				}
			}
		}
	}
	lazy := []int{f.lines[8], f.lines[18], f.lines[20]}
	slow := f.plan.NewBatch(1)
	return []contender{
		{"limit", len(people), func() {
			for i := range people {
				limitPayslip(&people[i], &sinkUnits)
			}
		}},
		{"shop", len(shops), func() {
			for i := range shops {
				shopPayslip(&shops[i], &sinkShop)
			}
		}},
		{"batch", len(people), batch(f.plan.NewBatch(1000))},
		{"one-lazy", len(shops), single(lazy)},
		{"one-all", len(shops), single(f.lines)},
		{"batch-trace", len(people), batch(f.plan.NewTracedBatch(1000))},
		{"slow", len(shops), func() {
			for i := range shops {
				s := shops[i]
				s.basic = s.basic.Add(tooFine) // does not fit into integers
				begin(slow)
				f.decimals(slow, &s)
				slow.Calculate()
				if slow.Slow() != 1 {
					panic("the fast path ran")
				}
				for _, l := range f.lines {
					sinkDecimal = slow.Amount(0, l)
				}
			}
		}},
	}
}

var tooFine = decimal.New(1, -9)

// BenchmarkRatios interleaves the contenders in one process and reports the median of the ratios that the engine must hold.
func BenchmarkRatios(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	list := referenceContenders(b)
	times := map[string][]float64{}
	for b.Loop() {
		for range 21 {
			for _, c := range list {
				start := time.Now()
				c.run()
				times[c.name] = append(times[c.name], float64(time.Since(start).Nanoseconds())/float64(c.payslips))
			}
		}
	}
	median := func(name string) float64 {
		slices.Sort(times[name])
		return times[name][len(times[name])/2]
	}
	for _, c := range list {
		b.ReportMetric(median(c.name), c.name+"-ns")
	}
	b.ReportMetric(median("batch")/median("limit"), "batch/limit")
	b.ReportMetric(median("shop")/median("batch"), "shop/batch")
	b.ReportMetric(median("shop")/median("one-lazy"), "shop/one-lazy")
	b.ReportMetric(median("shop")/median("one-all"), "shop/one-all")
	b.ReportMetric(median("batch-trace")/median("batch"), "trace/batch")
	b.ReportMetric(median("shop")/median("slow"), "shop/slow")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkMillion streams a million payslips on one core and on two, and keeps a million; it reports the seconds (medians of nine), how
// much faster two cores are, and the memory above the inputs.
func BenchmarkMillion(b *testing.B) {
	const n = 1_000_000
	f := fieldsOf(b, referencePlan(b))
	people := population(n)
	stream := func(workers int, done func(*payroll.Batch) error) float64 {
		next := 0
		start := time.Now()
		err := f.plan.Stream(context.Background(), payroll.Stream{
			Period: october, PayDate: october.Through, Size: 1000, Workers: workers,
			Fill: func(batch *payroll.Batch) error {
				for range 1000 {
					if next == n {
						break
					}
					f.units(batch, &people[next])
					next++
				}
				return nil
			},
			Done: done,
		})
		require.NoError(b, err)
		return time.Since(start).Seconds()
	}
	net := f.lines[20]
	total := func(sum *int64) func(*payroll.Batch) error {
		return func(batch *payroll.Batch) error {
			units, _ := batch.Units(net)
			for _, u := range units {
				*sum += u
			}
			return nil
		}
	}
	for b.Loop() {
		var one, two []float64
		var sums [2]int64
		for range 9 {
			sums = [2]int64{}
			one = append(one, stream(1, total(&sums[0])))
			two = append(two, stream(2, total(&sums[1])))
			require.Equal(b, sums[0], sums[1])
		}
		slices.Sort(one)
		slices.Sort(two)
		b.ReportMetric(one[4], "s/1worker")
		b.ReportMetric(two[4], "s/2workers")
		b.ReportMetric(one[4]/two[4], "speedup")
		b.ReportMetric(peak(func() { stream(2, total(&sums[0])) })/1e6, "streamed-MB")
		kept := make([]int64, 0, n*len(f.lines))
		b.ReportMetric(peak(func() {
			stream(1, func(batch *payroll.Batch) error {
				for row := range batch.Rows() {
					kept = batch.AppendUnits(kept, row)
				}
				return nil
			})
		})/n+float64(8*cap(kept))/n, "kept-bytes/payslip")
		runtime.KeepAlive(kept)
	}
	b.ReportMetric(0, "ns/op")
}

// peak returns by how much the heap and its surroundings grow at most while run does its work.
func peak(run func()) float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, most := m.Sys-m.HeapReleased, uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.Sys-m.HeapReleased)
			}
		}
	}()
	run()
	close(stop)
	<-stopped
	if most < base {
		return 0
	}
	return float64(most - base)
}

// BenchmarkSizes shows that cost grows linearly.
func BenchmarkSizes(b *testing.B) {
	f := fieldsOf(b, referencePlan(b))
	people := population(1000)
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			batch := f.plan.NewBatch(1000)
			report(b, n, func() {
				for range n / 1000 {
					if err := batch.Begin(october, october.Through); err != nil {
						panic(err)
					}
					for i := range people {
						f.units(batch, &people[i])
					}
					batch.Calculate()
				}
			})
		})
	}
}

// hundred is a plan of 100 components as a larger company has them: allowances paid by the day, capped, by band, by slab, by state.
func hundred() []payroll.Component {
	list := []payroll.Component{{Name: "inputs", Text: `input basic : money by piece
input payable_days : days by piece
input period_days : days
input state : text
slabs tax_slabs : money -> percent
    upto 4_00_000: 0%
    upto 8_00_000: 5%
    above: 30%
bands levy : money -> money by text
    "MH" upto 10_000: 175
    above: 200
    "KA" upto 24_999: 0
    above: 200
line basic_pay in earnings, wages = round(pieces(basic * payable_days / period_days), 0.01)
`}}
	for i := 1; i < 100; i++ {
		text := ""
		switch i % 5 {
		case 0:
			text = "input rate%d : money by piece = 0\nline pay%d in earnings, wages = round(pieces(rate%d * payable_days / period_days), 0.01)\n"
		case 1:
			text = "line pay%d in earnings = min(round(basic_pay * 8.33%% * %d / 3, 1), 15_000)\nlet step%d = 1\n"
		case 2:
			text = "line pay%d in deductions = if basic_pay > %d_000 then levy(state, basic_pay) else 0\nlet step%d = 2\n"
		case 3:
			text = "line pay%d in deductions = round(max(tax_slabs(basic_pay * 12) - %d, 0) / 12, 1, up)\nlet step%d = 3\n"
		case 4:
			text = "let share%d = sum(wages) * 12%%\nline pay%d in employer = round(min(share%d, 1_800), 1)\n"
		}
		list = append(list, payroll.Component{Name: fmt.Sprint("component ", i), Text: fmt.Sprintf(text, i, i, i)})
	}
	return list
}

// BenchmarkCompile compiles 100 components.
func BenchmarkCompile(b *testing.B) {
	components := hundred()
	for b.Loop() {
		plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: components})
		if err != nil || len(plan.Lines()) != 100 {
			b.Fatal(err)
		}
	}
}
