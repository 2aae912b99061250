package simulate

import (
	"errors"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

func (c *call) create() error {
	label, p := c.word(0), c.period(2)
	spec := payroll.RunSpec{Kind: payroll.RunKind(c.word(1)), Period: p, PayDate: p.Through}
	if spec.Kind != payroll.RunRegular {
		spec.Reason = "step"
		if c.has(4) {
			spec.Employees = []hr.EmployeeID{c.employee(4)}
		}
		if of := c.w.book.runs[c.word(3)]; of != nil && spec.Kind == payroll.RunReversal {
			spec.Of = of.id
		}
		spec.PayDate = c.step.Day.EndOfMonth()
	}
	id, err := c.services.pay.CreateRun(c.ctx, c.cmd(), spec)
	if err != nil {
		return err
	}
	r := &run{id: id, period: p, payDate: spec.PayDate, kind: spec.Kind}
	c.w.book.runs[label], c.runs = r, append(c.runs, r)
	return nil
}

func (c *call) calculate() error {
	r := c.run(0)
	digest, err := c.services.pay.Calculate(c.ctx, c.cmd(), r.id)
	if err != nil {
		return err
	}
	r.digest, r.calculated = digest, c.step.Who
	c.said("%s", digest)
	return nil
}

func (c *call) override() error {
	r := c.run(0)
	findings, err := c.services.pay.Findings(c.ctx, c.view, r.id)
	if err != nil || len(findings) == 0 {
		return err
	}
	refs := make([]payroll.FindingRef, len(findings))
	for i, f := range findings {
		refs[i] = f.Ref()
		c.said("%s %s", f.Check, f.Employee)
	}
	_, err = c.services.pay.Override(c.ctx, c.cmd(), r.id, refs...)
	return err
}

func (c *call) approve() error {
	r := c.run(0)
	if _, err := c.services.pay.Approve(c.ctx, c.cmd(), r.id, r.digest); err != nil {
		return err
	}
	r.approved = c.step.Who
	slips, err := c.w.look().pay.Payslips(c.ctx, c.w.view(), r.id)
	r.agreed = map[hr.EmployeeID]decimal.Decimal{}
	for _, p := range slips {
		r.agreed[p.Employee] = p.Net().Amount
	}
	return err
}

func (c *call) pay() error {
	r := c.run(0)
	if _, err := c.services.pay.Pay(c.ctx, c.cmd(), r.id); err != nil {
		return err
	}
	r.paid = true
	return nil
}

// again is an attack: it takes the id of a command that was done for something else. The store must not do it, and must say why.
func (c *call) again() error {
	n := c.number(0)
	at := slices.IndexFunc(c.w.Script.Steps, func(s Step) bool { return s.N == n })
	if at < 0 {
		return nil
	}
	other := &call{w: c.w, step: c.w.Script.Steps[at]}
	cmd := other.cmd()
	cmd.Actor = actor(c.step.Who)
	_, err := c.services.pay.CreateRun(c.ctx, cmd, payroll.RunSpec{Kind: payroll.RunRegular, Period: hr.MonthOf(c.step.Day), PayDate: c.step.Day.EndOfMonth()})
	if c.w.book.done[n] && !errors.Is(err, storage.ErrReused) && !errors.Is(err, hr.ErrDenied) && !errors.Is(err, errFault) && !c.struckBy(err) {
		c.said("the id of step %d was taken for something else", n)
		c.w.violate(c.step, "replayed", "the id of a command that was done was taken for something else")
	}
	return err
}
