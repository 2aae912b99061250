package simulate

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
)

// slips are the payslips of a run that is paid; none of another. The invariants of one look share what the first of them reads.
func (w *World) slips(ctx context.Context, r *run) ([]payroll.Payslip, error) {
	if !r.paid {
		return nil, nil
	}
	if slips, read := w.read.slips[r]; read {
		return slips, nil
	}
	slips, err := w.look().pay.Payslips(ctx, w.view(), r.id)
	if err == nil && w.read.slips != nil {
		w.read.slips[r] = slips
	}
	return slips, err
}

// bank is what the bank is told of a run, and who is held back. The invariants of one look share it likewise.
func (w *World) bank(ctx context.Context, r *run) (payroll.PaymentBatch, error) {
	if batch, read := w.read.banks[r]; read {
		return batch, nil
	}
	batch, err := w.look().pay.Payments(ctx, w.view(), r.id, payroll.PaymentDetails{ID: "batch", ValueDate: r.payDate, From: w.Company.Account, Narration: "pay"})
	if err == nil && w.read.banks != nil {
		w.read.banks[r] = batch
	}
	return batch, err
}

// figures looks for payslips that failed in a formula. Who is not employed in a period, or is paid already, is refused for good reason; a rule that has no answer
// leaves somebody without pay.
func figures(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		run, err := w.Store.Run(ctx, r.id)
		if err != nil || run.Failed == 0 {
			continue // it is not there yet, or nobody's failed
		}
		results, err := w.Store.Results(ctx, r.id, "", run.Members)
		if err != nil {
			return out, err
		}
		for _, x := range results {
			for _, f := range x.Failures {
				if strings.HasPrefix(string(f.Rule), "payroll.formula.") || f.Rule == payroll.RuleDebtLine {
					out = append(out, fmt.Sprintf("%s: the payslip of %s cannot be calculated: %s", r.id, x.Employee, f.Rule))
				}
			}
		}
	}
	return out, nil
}

// money adds up a run three times: by the lines of its payslips, by its journal, and by what the bank is told.
func money(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		slips, err := w.slips(ctx, r)
		if err != nil || len(slips) == 0 {
			return out, err
		}
		net := decimal.Zero
		for _, p := range slips {
			sum := decimal.Zero
			for _, l := range p.Lines {
				sum = sum.Add(signed(l.Kind, l.Amount))
			}
			for _, a := range p.Arrears {
				sum = sum.Add(signed(a.Kind, a.Amount))
			}
			if !sum.Equal(p.Net().Amount) {
				out = append(out, fmt.Sprintf("%s: the lines of the payslip of %s are not its net pay", r.id, p.Employee))
			}
			net = net.Add(sum)
		}
		journal, err := w.look().pay.Journal(ctx, w.view(), r.id, w.Company.Chart)
		if err != nil {
			return out, err
		}
		debit, credit, owed := decimal.Zero, decimal.Zero, decimal.Zero
		for _, e := range journal.Entries {
			debit, credit = debit.Add(e.Debit), credit.Add(e.Credit)
			if e.Account == w.Company.Chart.NetPay {
				owed = owed.Add(e.Credit).Sub(e.Debit)
			}
		}
		if !debit.Equal(credit) || !owed.Equal(net) {
			out = append(out, fmt.Sprintf("%s: the journal does not balance, or is not the net pay", r.id))
		}
		if r.kind == payroll.RunReversal {
			continue // a reversal pays nobody
		}
		batch, err := w.bank(ctx, r)
		if err != nil {
			return out, err
		}
		bank := decimal.Zero
		for _, p := range batch.Payments {
			bank = bank.Add(p.Amount.Amount)
		}
		for _, h := range batch.Holds {
			bank = bank.Add(h.Amount.Amount)
		}
		if !bank.Equal(net) {
			out = append(out, fmt.Sprintf("%s: payments and holds are not the net pay", r.id))
		}
	}
	return out, nil
}

func signed(k payroll.Kind, amount decimal.Decimal) decimal.Decimal {
	switch k {
	case payroll.Earning:
		return amount
	case payroll.Deduction:
		return amount.Neg()
	}
	return decimal.Zero
}

// posted counts the payslips and the postings of each person in a run.
func posted(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		slips, err := w.slips(ctx, r)
		if err != nil || len(slips) == 0 {
			return out, err
		}
		ids := make([]hr.EmployeeID, len(slips))
		for i, p := range slips {
			ids[i] = p.Employee
		}
		if len(slices.Compact(slices.Clone(ids))) != len(ids) {
			out = append(out, fmt.Sprintf("%s: somebody has two payslips", r.id))
		}
		all, err := w.Store.PostingsOf(ctx, pins(ids))
		if err != nil {
			return out, err
		}
		sum := map[string]decimal.Decimal{} // what is posted less what is in the payslip, by name
		for i, entries := range all {
			clear(sum)
			times := 0
			for _, e := range entries {
				if e.Value.Run != r.id {
					continue
				}
				if e.Value.Kind != payroll.PostingArrears {
					times++
				}
				for _, a := range e.Value.Lines {
					sum[a.Name] = sum[a.Name].Add(a.Amount)
				}
			}
			if times != 1 {
				out = append(out, fmt.Sprintf("%s: %s is posted %d times", r.id, ids[i], times))
			}
			for _, l := range slips[i].Lines {
				sum[l.Name] = sum[l.Name].Sub(l.Amount)
			}
			for _, a := range slips[i].Arrears {
				sum[a.Name] = sum[a.Name].Sub(a.Amount)
			}
			maps.DeleteFunc(sum, func(_ string, rest decimal.Decimal) bool { return rest.IsZero() })
			for _, name := range slices.Sorted(maps.Keys(sum)) {
				out = append(out, fmt.Sprintf("%s: %s of %s is not what is posted", r.id, name, ids[i]))
			}
		}
	}
	return out, nil
}

// retro compares, when a regular run is paid, what is posted in all with what the terms and the time sheets that the payslip knew come to, by the plainest
// arithmetic: for the two months before of all whom the run looked at again and all about whom something was said of an earlier month since the last
// run, for its own month of those and of some others.
func retro(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		if r.kind != payroll.RunRegular || !s.did("pay") {
			continue
		}
		slips, err := w.slips(ctx, r)
		if err != nil || len(slips) == 0 {
			return out, err
		}
		var now, before []hr.Pin // who is looked at for this period, and for those before too
		sample := w.sample()
		for _, p := range slips {
			late := len(p.Looked) > 0 || w.book.late[p.Employee]
			if pin := (hr.Pin{Employee: p.Employee, Known: p.Known}); late {
				now, before = append(now, pin), append(before, pin)
			} else if slices.Contains(sample, p.Employee) {
				now = append(now, pin)
			}
		}
		clear(w.book.late)
		look, v := w.look(), w.view()
		for back, known := range [][]hr.Pin{now, before, before} {
			all, err := w.Store.PostingsOf(ctx, pins(employeesOf(known)))
			if err != nil {
				return out, err
			}
			first, err := r.period.From.AddMonths(-back, hr.MonthClamp)
			if err != nil {
				return out, err
			}
			period := hr.MonthOf(first)
			terms, err := look.people.TermsOf(ctx, v, known, period)
			if err != nil {
				return out, err
			}
			sheets, err := look.clocks.Timesheets(ctx, v, known, period)
			if err != nil {
				return out, err
			}
			for i, entries := range all {
				paid, regular, reversed := decimal.Zero, false, false
				for _, e := range entries {
					if e.Value.Period != period || e.Seq > upTo(entries, r.id) {
						continue
					}
					regular = regular || e.Value.Kind == payroll.PostingPayslip
					reversed = reversed || e.Value.Kind == payroll.PostingReversal
					for _, a := range e.Value.Lines {
						if a.Name == "basic_pay" {
							paid = paid.Add(a.Amount)
						}
					}
				}
				if !regular || reversed {
					continue
				}
				if want := basicPay(terms[i], sheets[i], period); !paid.Equal(want) {
					out = append(out, fmt.Sprintf("%s: what is posted to %s for %s is not what is owed", r.id, known[i].Employee, period))
				}
			}
		}
	}
	return out, nil
}

// upTo is the number of the last posting of a run.
func upTo(entries []hr.Entry[payroll.Posting], id payroll.RunID) (seq hr.Seq) {
	for _, e := range entries {
		if e.Value.Run == id {
			seq = max(seq, e.Seq)
		}
	}
	return seq
}

func employeesOf(pins []hr.Pin) []hr.EmployeeID {
	ids := make([]hr.EmployeeID, len(pins))
	for i, p := range pins {
		ids[i] = p.Employee
	}
	return ids
}

// basicPay is the pay of a period day by day, exact, divided by its days at the end and rounded once to the cent, half away from zero.
func basicPay(terms hr.Timeline[hr.Terms], sheet hr.Timesheet, period hr.Period) decimal.Decimal {
	payable := map[hr.Date]decimal.Decimal{}
	for _, d := range sheet.Days {
		payable[d.Date] = d.Payable
	}
	sum, days := decimal.Zero, int64(0)
	for d := range period.Days() {
		days++
		t, employed := terms.At(d)
		if !employed {
			continue
		}
		basic, _ := t.Amount("basic")
		sum = sum.Add(basic.Mul(payable[d]))
	}
	exact := new(big.Rat).Mul(sum.Rat(), big.NewRat(100, days))
	exact.Add(exact, big.NewRat(1, 2)) // pay is not below zero
	cents := new(big.Int).Quo(exact.Num(), exact.Denom())
	return decimal.NewFromBigInt(cents, -2)
}

// employed looks, when a run is paid, at who was paid for what.
func employed(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		if !s.did("pay") {
			continue
		}
		slips, err := w.slips(ctx, r)
		if err != nil {
			return out, err
		}
		paid := map[hr.Period][]hr.Pin{}
		for _, p := range slips {
			if _, hired := w.book.hired[p.Employee]; !hired {
				out = append(out, fmt.Sprintf("%s: %s is paid, whom nobody hired", r.id, p.Employee))
				continue
			}
			if basic, _ := p.Amount("basic_pay"); !basic.IsZero() && r.kind != payroll.RunReversal {
				paid[p.Period] = append(paid[p.Period], hr.Pin{Employee: p.Employee, Known: p.Known})
			}
		}
		for period, pins := range paid {
			terms, err := w.look().people.TermsOf(ctx, w.view(), pins, period)
			if err != nil {
				return out, err
			}
			for i, t := range terms {
				any := false
				for range t.Over(period) {
					any = true
				}
				if !any {
					out = append(out, fmt.Sprintf("%s: %s is paid for %s and was not employed", r.id, pins[i].Employee, period))
				}
			}
		}
	}
	return out, nil
}

// approval looks who calculated and who approved.
func approval(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		if r.approved != "" && r.approved == r.calculated {
			out = append(out, fmt.Sprintf("%s: %s calculated it and approved it", r.id, r.approved))
		}
	}
	for _, id := range s.requests {
		req, err := w.Store.Request(ctx, id)
		if err != nil {
			return out, err
		}
		for _, d := range req.Approval.Decisions {
			if d.Employee == req.Employee || string(d.By) == string(req.Employee) {
				out = append(out, fmt.Sprintf("leave of %s was decided by themselves", req.Employee))
			}
		}
	}
	return out, nil
}

// agreed compares what is paid with what was approved, and the leave that the ledger took for a request with what was decided about it.
func agreed(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		slips, err := w.slips(ctx, r)
		if err != nil {
			return out, err
		}
		for _, p := range slips {
			if was, found := r.agreed[p.Employee]; !found || !was.Equal(p.Net().Amount) {
				out = append(out, fmt.Sprintf("%s: what is paid to %s is not what was approved", r.id, p.Employee))
			}
		}
	}
	for _, id := range s.requests {
		req, err := w.Store.Request(ctx, id)
		if err != nil {
			return out, err
		}
		all, _, err := w.moves(ctx, []hr.EmployeeID{req.Employee})
		if err != nil {
			return out, err
		}
		taken := decimal.Zero
		for _, e := range all[0] {
			if e.Value.Request == id {
				taken = taken.Sub(e.Value.Quantity)
			}
		}
		if req.State != leave.Approved && !taken.IsZero() {
			out = append(out, fmt.Sprintf("a request of %s is %s, and days are taken for it", req.Employee, req.State))
		}
	}
	return out, nil
}

// toldAccount looks where the pay of a run goes.
func toldAccount(ctx context.Context, w *World, s Scope) (out []string, err error) {
	for _, r := range s.runs {
		if !r.paid || r.kind == payroll.RunReversal {
			continue
		}
		batch, err := w.bank(ctx, r)
		if err != nil {
			return out, err
		}
		for id, account := range batch.PaidTo() {
			if account != w.book.said[id] {
				out = append(out, fmt.Sprintf("%s: the pay of %s goes to another account than they said", r.id, id))
			}
		}
	}
	return out, nil
}
