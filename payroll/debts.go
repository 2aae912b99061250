package payroll

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// recoverable is the reserved group of lines that each say how much of a payslip all debts together may take at most, such as half of
// the wages. They are read before anything is lent or recovered.
const recoverable = "recoverable"

// The inputs that say what a payslip pays out, and takes back, under a name begin with these.
const (
	lentPrefix   = "lent_"
	repaidPrefix = "repaid_"
)

// checkDebtLines finds the lines that read what is lent and repaid. They belong to the period they are paid in: in a paid period nothing is recovered again.
func (p *Plan) checkDebtLines(faults *hr.Faults) {
	var inputs []int32
	for i, f := range p.fills {
		if f.kind == fromDebts {
			inputs = append(inputs, int32(i))
		}
	}
	if inputs == nil {
		return
	}
	for i, reads := range linesReading(p.program.Code(), inputs) {
		if l := p.lines[i]; reads && !p.whenPaid[l.Name] {
			faults.Add(p.program.Declared(l.Name), RuleDebtLine, "line %s reads what is lent or repaid, so it belongs to the period in which it is paid: put it in the group when_paid", l.Name)
		}
	}
}

// linesReading tells of each line whether one of the inputs can change it.
func linesReading(code formula.Code, inputs []int32) []bool {
	reads := make([]bool, code.Registers+1)
	more := true
	mark := func(register formula.Reg, does bool) {
		if does && register != 0 && !reads[register] { // register 0 is nobody's
			reads[register], more = true, true
		}
	}
	for more { // the result of pieces stands before what it is made of
		more = false
		for _, in := range code.Instrs {
			switch in.Op {
			case formula.OpInput, formula.OpFirst, formula.OpLast:
				mark(in.Dst, slices.Contains(inputs, in.Aux))
			case formula.OpConst, formula.OpParam:
			case formula.OpPieces:
				mark(in.Dst, reads[in.A] || reads[in.B])
				mark(in.C, reads[in.Dst])
			default:
				mark(in.Dst, reads[in.A] || reads[in.B] || reads[in.C])
			}
		}
	}
	out := make([]bool, len(code.Lines))
	for i, r := range code.Lines {
		out[i] = reads[r]
	}
	return out
}

// settleDebts works out what a payslip lends and recovers, and gives it to the formulas. The payslip is calculated without it first: what that comes to,
// arrears included, is what debts are served from.
func (p *Plan) settleDebts(w *prepared) error {
	in := w.in
	if len(in.Debts) == 0 && in.Overpaid == "" {
		return nil
	}
	var faults hr.Faults
	w.checkDebts(&faults, p)
	if faults.Any() {
		return faults.Err()
	}
	due, err := p.dueOf(w)
	if err != nil {
		return err
	}
	net := due[netPay]
	debts := slices.SortedStableFunc(slices.Values(in.Debts), func(a, b Outstanding) int {
		return cmp.Or(cmp.Compare(a.Debt.Priority, b.Debt.Priority), strings.Compare(string(a.Debt.ID), string(b.Debt.ID)))
	})
	w.moves = make([]DebtMove, len(debts))
	claims := make([]Claim, len(debts))
	for i, o := range debts {
		w.moves[i] = DebtMove{Debt: o.Debt.ID, Name: o.Debt.Name}
		if !w.leaving() {
			w.moves[i].Lent = o.lends(in.PayDate)
		}
		claims[i] = p.claim(o, due, in, w.leaving())
		if claims[i].Amount.Sign() < 0 { // too much was taken before
			w.moves[i].Repaid, claims[i].Amount = claims[i].Amount, decimal.Zero
		}
	}
	served, err := Waterfall(hr.Money{Amount: net, Currency: p.currency}, decimal.Zero, claims...)
	if err != nil {
		return err
	}
	moved := decimal.Zero
	for i, r := range served {
		m, o := &w.moves[i], debts[i]
		m.Repaid = m.Repaid.Add(r.Taken)
		if o.Debt.Kind == DebtOrder && o.Debt.Order.Carry {
			m.Carried = claims[i].Amount.Sub(r.Taken).Sub(o.Carried)
		}
		moved = moved.Add(m.Repaid).Sub(m.Lent)
		o.Lent, o.Repaid, o.Carried = o.Lent.Add(m.Lent), o.Repaid.Add(m.Repaid), o.Carried.Add(m.Carried)
		m.Left = o.Balance()
	}
	if short := in.paidFor.Sub(net.Sub(moved)); in.Overpaid != "" && short.Sign() > 0 {
		moved = moved.Sub(short)
		w.overpaid(short)
	}
	w.moves = slices.DeleteFunc(w.moves, func(m DebtMove) bool { return m.Lent.IsZero() && m.Repaid.IsZero() && m.Carried.IsZero() })
	if len(w.moves) == 0 {
		return nil
	}
	for i, f := range p.fills {
		if f.kind != fromDebts {
			continue
		}
		sum := decimal.Zero
		for _, m := range w.moves {
			switch {
			case m.Name != f.name:
			case f.lent:
				sum = sum.Add(m.Lent)
			default:
				sum = sum.Add(m.Repaid)
			}
		}
		w.request.Values[i] = formula.Number(sum)
	}
	after, err := p.dueOf(w)
	if err == nil && !net.Sub(moved).Equal(after[netPay]) {
		err = &hr.FieldError{Path: "debts", Rule: RuleDebtLine, Reason: "net pay does not change by what is lent and recovered: the lines that read it must take it as it is, once"}
	}
	return err
}

// overpaid lends what a payslip is below nothing.
func (w *prepared) overpaid(short decimal.Decimal) {
	id := overpaidID(w.in.Period)
	i := slices.IndexFunc(w.moves, func(m DebtMove) bool { return m.Debt == id })
	if i < 0 {
		i = len(w.moves)
		w.moves = append(w.moves, DebtMove{Debt: id, Name: w.in.Overpaid})
	}
	w.moves[i].Lent, w.moves[i].Left = w.moves[i].Lent.Add(short), w.moves[i].Left.Add(short)
}

// overpaidID names what was overpaid for a pay period: one debt of an employee, however many payslips the period has.
func overpaidID(p hr.Period) DebtID { return DebtID("overpaid/" + p.String()) }

// claim is what a debt asks of a payslip whose lines come to due.
func (p *Plan) claim(o Outstanding, due figures, in Input, leaving bool) Claim {
	c := Claim{Name: string(o.Debt.ID), Priority: o.Debt.Priority, Protected: o.Debt.Keeps}
	share := decimal.Zero
	if order := o.Debt.Order; order.Percent.Sign() > 0 {
		base := due[netPay]
		if order.Of != "" {
			base = p.sumDue(order.Of, due)
		}
		base = decimal.Max(decimal.Zero, base)
		share = base.Mul(order.Percent).Shift(-2).Truncate(max(0, p.currency.Places()))
	}
	c.Amount = o.asks(in.PayDate, leaving, share)
	limit := func(most decimal.Decimal) {
		most = decimal.Max(decimal.Zero, most).Truncate(max(0, p.currency.Places()))
		c.Protected = decimal.Max(c.Protected, due[netPay].Sub(most))
	}
	for _, i := range p.program.Group(recoverable) {
		limit(due[p.lines[i].Name])
	}
	if o.Debt.Within != "" {
		limit(due[o.Debt.Within])
	}
	return c
}

// dueOf returns what each line of a payslip comes to, arrears that are paid with it included, and net pay; what is not earned any more is left out.
func (p *Plan) dueOf(w *prepared) (figures, error) {
	result, err := p.program.Run(w.request)
	if err != nil {
		return nil, err
	}
	due := figures{}
	for i, l := range p.lines {
		amount := sumOf(w.in.Arrears, l.Name)
		if !w.in.left || p.whenPaid[l.Name] && len(w.in.Arrears) > 0 {
			amount = amount.Add(result.Amount(i))
		}
		due[l.Name] = amount
		switch p.kinds[i] {
		case Earning:
			due[netPay] = due[netPay].Add(amount)
		case Deduction:
			due[netPay] = due[netPay].Sub(amount)
		}
	}
	return due, nil
}

// sumDue is what a line, or all lines of a group, come to.
func (p *Plan) sumDue(name string, due figures) decimal.Decimal {
	sum := due[name]
	for _, i := range p.program.Group(name) {
		sum = sum.Add(due[p.lines[i].Name])
	}
	return sum
}

// checkDebts refuses debts that no formula would take, or that ask for lines that the plan does not have.
func (w *prepared) checkDebts(faults *hr.Faults, p *Plan) {
	read := func(path, input string) {
		if i, declared := p.program.Input(input); !declared || p.fills[i].kind != fromDebts {
			faults.Add(path, RuleDebtLine, "no rule of the plan declares %s as an input, so it would be nothing", input)
		}
	}
	for i, o := range w.in.Debts {
		at := fmt.Sprintf("debts[%d]", i)
		faults.Join(at, o.Debt.Validate())
		if o.Debt.Employee != w.in.Employee {
			faults.Add(at+".employee", RuleDebt, "is another employee")
		}
		if o.Debt.ID == "" || slices.ContainsFunc(w.in.Debts[:i], func(x Outstanding) bool { return x.Debt.ID == o.Debt.ID }) {
			faults.Add(at+".id", RuleDebt, "must be given, once")
		}
		read(at+".name", repaidPrefix+o.Debt.Name)
		if !o.Debt.PayOut.IsZero() {
			read(at+".pay_out", lentPrefix+o.Debt.Name)
		}
		if _, known := p.program.Line(o.Debt.Within); !known && o.Debt.Within != "" {
			faults.Add(at+".within", RuleDebtLine, "the plan has no line %q", o.Debt.Within)
		}
		if _, known := p.program.Line(o.Debt.Order.Of); !known && !p.program.HasGroup(o.Debt.Order.Of) && o.Debt.Order.Of != "" {
			faults.Add(at+".order.of", RuleDebtLine, "the plan has no line and no group %q", o.Debt.Order.Of)
		}
		if !o.Debt.Ref.IsZero() {
			for _, input := range []string{lentPrefix + o.Debt.Name, repaidPrefix + o.Debt.Name} {
				w.refs[input] = append(w.refs[input], o.Debt.Ref)
			}
		}
	}
	if w.in.Overpaid != "" {
		read("overpaid", repaidPrefix+w.in.Overpaid)
		read("overpaid", lentPrefix+w.in.Overpaid)
	}
}
