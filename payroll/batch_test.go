package payroll_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// somebody draws an input: whole months, joiners, leavers, raises, unpaid days, overtime, a bonus, more digits than integers hold, and
// now and then a fault.
func somebody(t *rapid.T, n int) payroll.Input {
	in := full(hr.EmployeeID(fmt.Sprintf("E%03d", n)))
	basic := fmt.Sprint(rapid.IntRange(0, 9_000_000).Draw(t, "basic"))
	if rapid.IntRange(0, 9).Draw(t, "fine") == 0 {
		basic += ".123456789"
	}
	first := hr.MustDate("2026-10-01").Add(rapid.IntRange(-40, 31).Draw(t, "first day"))
	steps := []hr.Step[hr.Terms]{{Since: first, Value: terms(basic, "8000"), Ref: hr.Ref{Kind: "terms", ID: "T1"}}}
	if rapid.Bool().Draw(t, "raise") {
		steps = append(steps, hr.Step[hr.Terms]{Since: first.Add(rapid.IntRange(1, 60).Draw(t, "raise on")), Value: terms("62000", "9000"), Ref: hr.Ref{Kind: "terms", ID: "T2"}})
	}
	if rapid.Bool().Draw(t, "leaves") {
		steps = append(steps, hr.Step[hr.Terms]{Since: first.Add(rapid.IntRange(61, 90).Draw(t, "left on")), Void: true})
	}
	in.Terms = timeline(t, steps...)
	if rapid.IntRange(0, 5).Draw(t, "wrong") == 0 {
		in.Terms = hr.Since(first, hr.Terms{Currency: "USD"})
	}
	in.Known = hr.Known{Own: hr.Seq(n), Rules: 1}
	return in
}

// A batch gives the payslips that Calculate gives, byte for byte and fault for fault, and explains them alike.
func TestBatchIsCalculate(t *testing.T) {
	plan := office(t)
	b, traced := plan.NewBatch(20), plan.NewTracedBatch(20)
	slips, faults, slow := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		require.NoError(t, b.Begin(october, october.Through))
		require.NoError(t, traced.Begin(october, october.Through))
		var ins []payroll.Input
		for n := range rapid.SampledFrom([]int{1, 4, 20}).Draw(t, "people") {
			in := somebody(t, n)
			ins = append(ins, in)
			row, err := b.Add(in)
			require.Equal(t, n, row)
			_, other := traced.Add(in)
			require.Equal(t, fmt.Sprint(err), fmt.Sprint(other))
		}
		b.Calculate()
		traced.Calculate()
		slow += b.Slow()
		require.Equal(t, len(ins), b.Rows())
		for row, in := range ins {
			want, wantErr := plan.Calculate(in)
			got, err := b.Payslip(row)
			require.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(err))
			require.Equal(t, err, b.Err(row))
			require.Equal(t, in.Employee, b.Employee(row))
			text, jsonErr := b.AppendJSON([]byte("x"), row)
			if wantErr != nil {
				faults++
				require.Error(t, jsonErr)
				require.True(t, b.Amount(row, 0).IsZero())
				continue
			}
			slips++
			require.NoError(t, jsonErr)
			require.Equal(t, "x"+written(t, want), string(text))
			require.Equal(t, want.Digest(), got.Digest())
			units := b.AppendUnits(nil, row)
			for i, l := range want.Lines {
				require.Zero(t, l.Amount.Cmp(b.Amount(row, i)))
				require.Zero(t, l.Amount.Cmp(got.Lines[i].Amount))
				if b.Fits(row) {
					column, places := b.Units(i)
					require.Equal(t, units[i], column[row])
					require.Equal(t, plan.LinePlaces(i), places)
					require.Zero(t, l.Amount.Shift(int32(places)).Cmp(dec(fmt.Sprint(units[i]))))
				}
				explained, err := plan.Explain(in, l.Name)
				require.NoError(t, err)
				for _, batch := range []*payroll.Batch{b, traced} {
					trace, err := batch.Explain(row, i)
					require.NoError(t, err)
					require.Equal(t, textOf(t, explained), textOf(t, trace))
				}
			}
		}
	})
	t.Logf("%d payslips, %d faults, %d in decimals", slips, faults, slow)
	require.True(t, slips > 40 && faults > 0 && slow > 0)
}

// written is a payslip as the encoder of the standard library writes its fields.
func written(t require.TestingT, s payroll.Payslip) string {
	type line struct {
		Name   string       `json:"name"`
		Title  string       `json:"title"`
		Kind   payroll.Kind `json:"kind"`
		Unit   string       `json:"unit"`
		Amount string       `json:"amount"`
	}
	lines := make([]line, len(s.Lines))
	for i, l := range s.Lines {
		lines[i] = line{l.Name, l.Title, l.Kind, l.Unit, hr.Canonical(l.Amount)}
		if l.Unit == "money" && hr.FitsPlaces(l.Amount, s.Currency.Places()) {
			lines[i].Amount = l.Amount.StringFixed(s.Currency.Places())
		}
	}
	b, err := json.Marshal(struct {
		Employee   hr.EmployeeID    `json:"employee"`
		Period     hr.Period        `json:"period"`
		PayDate    hr.Date          `json:"pay_date"`
		Currency   hr.Currency      `json:"currency"`
		Entity     string           `json:"entity,omitempty"`
		CostCentre string           `json:"cost_centre,omitempty"`
		Lines      []line           `json:"lines"`
		Plan       string           `json:"plan"`
		Inputs     string           `json:"inputs"`
		Known      hr.Known         `json:"known,omitzero"`
		Due        hr.Date          `json:"due,omitzero"`
		Arrears    []payroll.Arrear `json:"arrears,omitempty"`
		Looked     []payroll.Looked `json:"looked,omitempty"`
		Settled    hr.Known         `json:"settled,omitzero"`
	}{s.Employee, s.Period, s.PayDate, s.Currency, s.Entity, s.CostCentre, lines, s.Plan, s.Inputs, s.Known, s.Due, s.Arrears, s.Looked, s.Settled})
	require.NoError(t, err)
	return string(b)
}

// Every field is written as the standard library would write it, with texts that need escapes and with arrears.
func TestPayslipJSON(t *testing.T) {
	slip, err := office(t).Calculate(full(`E"1<é>`))
	require.NoError(t, err)
	slip.Entity, slip.CostCentre = "A & B", "\u2028\\"
	slip.Known, slip.Settled, slip.Due = hr.Known{Rules: 3}, hr.Known{Own: 4, Rules: 5}, october.Through
	slip.Arrears = []payroll.Arrear{{
		Name: "basic_pay", Title: "Basic", Kind: payroll.Earning, Unit: "money", Period: october, Due: october.Through, Amount: dec("-10.50"),
		Causes: []payroll.ArrearCause{{Refs: []hr.Ref{{Kind: "terms", ID: "T1", Seq: 2}}, Amount: dec("-10.50")}},
	}}
	slip.Looked = []payroll.Looked{{Period: october, Due: october.Through}}
	require.Equal(t, written(t, slip), string(slip.AppendJSON(nil)))
	marshalled, err := json.Marshal(slip)
	require.NoError(t, err)
	require.Equal(t, written(t, slip), string(marshalled))

	for _, known := range []hr.Known{{}, {Own: 1}, {Rules: 2}, {Own: 1, Rules: 2}} {
		slip.Known = known
		require.Equal(t, written(t, slip), string(slip.AppendJSON(nil)))
	}
	for _, text := range []string{"", " ", "~", "\n", "\x1f", "\x7f", `"`, `\`, "<", ">", "&", "é", "\u2028", "\xff"} { // one escape alone, with nothing beside it
		slip.CostCentre = text
		require.Equal(t, written(t, slip), string(slip.AppendJSON(nil)), "%q", text)
	}
}

func textOf(t require.TestingT, trace hr.Trace) string {
	var b bytes.Buffer
	require.NoError(t, trace.Text(&b))
	return b.String()
}

// A row filled field by field is somebody employed and paid through the whole period, until its fields say otherwise.
func TestARowOfUsualFields(t *testing.T) {
	plan := referencePlan(t)
	b := plan.NewBatch(2)
	require.NoError(t, b.Begin(october, hr.MustDate("2026-10-31")))
	row, err := b.NewRow("E1")
	require.NoError(t, err)
	for _, name := range []string{"basic_rate", "conveyance_rate", "medical_rate", "lta_rate", "special_rate", "food_rate"} {
		field, ok := plan.Field(name)
		require.True(t, ok)
		require.Equal(t, 2, plan.FieldPlaces(field))
		b.Set(row, field, dec("20000"))
	}
	text, _ := plan.Field("pt_table")
	b.SetText(row, text, "1")
	b.Calculate()
	require.Error(t, b.Err(row), "pf_capped, taxable_before and tds_before are nobody's to guess")

	require.NoError(t, b.Begin(october, hr.MustDate("2026-10-31")))
	row, err = b.NewRow("E1")
	require.NoError(t, err)
	for _, name := range []string{"basic_rate", "conveyance_rate", "medical_rate", "lta_rate", "special_rate", "food_rate"} {
		field, _ := plan.Field(name)
		b.SetUnits(row, field, 20_000_00)
	}
	for _, name := range []string{"taxable_before", "tds_before"} {
		field, _ := plan.Field(name)
		b.SetUnits(row, field, 0)
	}
	capped, _ := plan.Field("pf_capped")
	b.SetYes(row, capped, true)
	b.SetText(row, text, "1")
	missing, err := b.NewRow("E2") // lacks everything that terms say
	require.NoError(t, err)
	b.Calculate()
	require.NoError(t, b.Err(row))
	// A full October; six months of the tax year are left: (130000 + 5 x 130000 - 75000) = 705000, below 12 lakh: no tax.
	// Net = 130000 - 12 % of 15000 - 200.
	net, _ := plan.Line("net")
	require.Equal(t, "128000", b.Amount(row, net).String())
	err = b.Err(missing)
	require.Error(t, err)
	require.GreaterOrEqual(t, len(hr.FieldErrors(err)), 9, "every missing field at once: %v", err)
	require.NotContains(t, err.Error(), "20000")
}

// One batch is used for September and for October, both paid on one day, as when a late month is caught up: each has its own days.
func TestABatchBegunForAnotherPeriodOfTheSamePayDate(t *testing.T) {
	plan := grossPlan(t, "input period_days: days\nline length in information = period_days\n")
	line, _ := plan.Line("length")
	b := plan.NewBatch(1)
	for _, c := range []struct {
		period hr.Period
		days   string
	}{{september, "30"}, {october, "31"}, {october, "31"}, {september, "30"}} {
		require.NoError(t, b.Begin(c.period, october.Through))
		row, err := b.NewRow("E1")
		require.NoError(t, err)
		b.Calculate()
		slip, err := b.Payslip(row)
		require.NoError(t, err)
		require.Equal(t, c.days, b.Amount(row, line).String())
		require.Equal(t, c.period, slip.Period)
	}
}

// A period is paid on the last day of it, and the same period again on the day after, as when a batch is begun anew because the bank is closed.
func TestABatchBegunForAnotherPayDateOfTheSamePeriod(t *testing.T) {
	plan := grossPlan(t, "input pay_date: date\nline late in information = if pay_date > 2026-10-31 then 1 else 0\n")
	line, _ := plan.Line("late")
	b := plan.NewBatch(1)
	for _, c := range []struct {
		payDate hr.Date
		late    string
	}{{october.Through, "0"}, {october.Through.Add(1), "1"}, {october.Through, "0"}} {
		require.NoError(t, b.Begin(october, c.payDate))
		row, err := b.NewRow("E1")
		require.NoError(t, err)
		b.Calculate()
		slip, err := b.Payslip(row)
		require.NoError(t, err)
		require.Equal(t, c.payDate, slip.PayDate)
		require.Equal(t, c.late, b.Amount(row, line).String())
	}
}

// Integers hold the figures of a row, unless one of them has more digits than they do or the row has an error.
func TestWhichRowsFitIntegers(t *testing.T) {
	plan := office(t)
	b := plan.NewBatch(3)
	require.NoError(t, b.Begin(october, october.Through))
	for _, basic := range []string{"20000", "123456789012345678901", "-1"} {
		in := full("E1")
		in.Terms = hr.Since(hr.MustDate("2026-04-01"), terms(basic, "8000"))
		_, _ = b.Add(in) // the fault of the last stays with its row
	}
	b.Calculate()
	require.NoError(t, b.Err(0))
	require.NoError(t, b.Err(1))
	require.Error(t, b.Err(2))
	require.Equal(t, []bool{true, false, false}, []bool{b.Fits(0), b.Fits(1), b.Fits(2)})
}

// The days behind payable days are told of a row that was added with its timesheet, and a row without one has none to tell.
func TestABatchTellsTheDaysOfARow(t *testing.T) {
	plan := office(t)
	line, _ := plan.Line("basic_pay")
	b := plan.NewTracedBatch(2)
	require.NoError(t, b.Begin(october, october.Through))
	in := full("E1")
	in.Timesheet = sheet("E1", october, october, map[int]string{5: "1"}, nil)
	added, err := b.Add(in)
	require.NoError(t, err)
	filled, err := b.NewRow("E2")
	require.NoError(t, err)
	for _, name := range []string{"basic", "hra"} {
		field, _ := plan.Field(name)
		b.SetUnits(filled, field, 20_000_00)
	}
	b.Calculate()
	trace, err := b.Explain(added, line)
	require.NoError(t, err)
	require.Contains(t, textOf(t, trace), "present 31; 2026-10-05 1 unpaid, present")
	trace, err = b.Explain(filled, line)
	require.NoError(t, err)
	require.NotContains(t, textOf(t, trace), "present")
}

func TestBatchRefuses(t *testing.T) {
	plan := office(t)
	b := plan.NewBatch(0)
	err := b.Begin(hr.Period{From: october.From}, hr.Date{})
	require.ElementsMatch(t, []hr.Rule{payroll.RuleInputPeriod, payroll.RuleInputPayDate}, rules(err))
	require.NoError(t, b.Begin(october, october.Through))
	in := full("E1")
	in.PayDate = in.PayDate.Add(1)
	row, err := b.Add(in)
	require.Equal(t, -1, row)
	require.Equal(t, []hr.Rule{payroll.RuleInputPeriod}, rules(err))
	_, err = b.Add(full("E1"))
	require.NoError(t, err)
	row, err = b.Add(full("E2"))
	require.Equal(t, -1, row)
	require.Equal(t, []hr.Rule{payroll.RuleBatchFull}, rules(err))
	b.Calculate()
	require.NoError(t, b.Err(0), "the refused row touched no other")
	require.Equal(t, 1, b.Rows())
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", b, b, b), "20000")
}

func TestStreamIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	plan := office(t)
	const people = 157
	run := func(size, workers int) string {
		var out bytes.Buffer
		next := 0
		err := plan.Stream(context.Background(), payroll.Stream{
			Period: october, PayDate: october.Through, Size: size, Workers: workers,
			Fill: func(b *payroll.Batch) error {
				for range max(1, size) {
					if next == people {
						return nil
					}
					in := full(hr.EmployeeID(fmt.Sprintf("E%03d", next)))
					in.Terms = hr.Since(october.From.Add(next%31), terms(fmt.Sprint(20000+next), "8000"))
					if next%50 == 49 {
						in.Terms = hr.Timeline[hr.Terms]{} // not employed
					}
					_, _ = b.Add(in) // the fault stays with the row
					next++
				}
				return nil
			},
			Done: func(b *payroll.Batch) error {
				for row := range b.Rows() {
					text, err := b.AppendJSON(nil, row)
					fmt.Fprintf(&out, "%s %s %v\n", b.Employee(row), text, err)
				}
				return nil
			},
		})
		require.NoError(t, err)
		return out.String()
	}
	want := run(10, 1)
	require.Equal(t, people, bytes.Count([]byte(want), []byte("\n")))
	require.Equal(t, 3, bytes.Count([]byte(want), []byte(string(payroll.RuleNotEmployed))))
	for _, workers := range []int{2, 3, 16} {
		require.Equal(t, want, run(10, workers))
	}
	require.Equal(t, want, run(64, 2))
}

// A batch of a stream has the rows that were asked for, and a thousand where nobody says how many: 1,001 employees, each batch filled until it is full.
func TestAStreamHasBatchesOfItsSize(t *testing.T) {
	plan := office(t)
	for size, want := range map[int][]int{500: {500, 500, 1}, 0: {1000, 1}, -7: {1000, 1}} {
		require.Equal(t, want, streamed(t, plan, size, 1001), size)
	}
	require.Equal(t, []int{1, 1, 1}, streamed(t, plan, 1, 3))
}

// streamed is how many rows each batch of a stream had.
func streamed(t *testing.T, plan *payroll.Plan, size, people int) (rows []int) {
	t.Helper()
	require.NoError(t, plan.Stream(t.Context(), payroll.Stream{
		Period: october, PayDate: october.Through, Size: size,
		Fill: func(b *payroll.Batch) error {
			for ; people > 0; people-- {
				if _, err := b.NewRow("E1"); err != nil {
					require.Equal(t, []hr.Rule{payroll.RuleBatchFull}, rules(err))
					break
				}
			}
			return nil
		},
		Done: func(b *payroll.Batch) error { rows = append(rows, b.Rows()); return nil },
	}))
	return rows
}

func TestStreamEnds(t *testing.T) {
	plan := office(t)
	wrong := errors.New("the store is gone")
	endless := func(b *payroll.Batch) error { _, err := b.Add(full("E1")); return err }
	take := func(*payroll.Batch) error { return nil }
	ctx := context.Background()
	s := payroll.Stream{Period: october, PayDate: october.Through, Size: 1, Workers: 4}

	s.Fill, s.Done = endless, func(*payroll.Batch) error { return wrong }
	require.ErrorIs(t, plan.Stream(ctx, s), wrong)
	s.Fill, s.Done = func(*payroll.Batch) error { return wrong }, take
	require.ErrorIs(t, plan.Stream(ctx, s), wrong)
	ctx, cancel := context.WithCancel(ctx)
	batches := 0
	s.Fill, s.Done = endless, func(*payroll.Batch) error {
		if batches++; batches == 3 {
			cancel()
		}
		return nil
	}
	require.ErrorIs(t, plan.Stream(ctx, s), context.Canceled)
	require.Less(t, batches, 10)
	s.Period = hr.Period{}
	require.Equal(t, []hr.Rule{payroll.RuleInputPeriod}, rules(plan.Stream(context.Background(), s)))
}
