package payroll

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// Config is what a [Plan] is compiled from: the law of one or more packs and the host's own components.
type Config struct {
	Currency   hr.Currency // of every amount in the plan
	Packs      []Pack
	Components []Component
	Extensions []Extension      // packs that are used past their review, each with who decided it and why
	Kernels    []formula.Kernel // what formulas cannot say
}

// Plan is a compiled set of pay rules. It is immutable and safe for concurrent use; compile once, calculate many times.
type Plan struct {
	program  *formula.Program
	currency hr.Currency
	year     YearStart
	lines    []formula.Line
	kinds    []Kind
	inputs   []formula.Input
	fills    []fill               // how each input is filled, by input index
	sources  map[string]hr.Source // of the components of lines that name no law of their own, by line
	trusts   []trust              // until when each pack answers
	trusted  hr.Date              // [Plan.Trusted]
	blank    []Line               // the lines of a payslip, without amounts
	whenPaid map[string]bool      // the lines that belong to the period they are paid in
	carries  bool                 // a line that is earned may read an earlier period that was earned
	fine     []int                // the paid lines that could have a fraction of the currency's smallest unit
	reviews  []Pack               // name and review of each pack
	digest   string
}

// Compile checks the whole configuration and returns the plan, or every fault at once. Those of the components have their position:
// [formula.Fault]s, and [hr.FieldError]s for a line in two reserved groups, a paid line that is not money, an input that payroll
// answers in another unit, a `ytd_` input that names no line, and a line that reads `lent_` or `repaid_` and is not in when_paid. An unknown currency and packs whose tax years differ are
// [hr.FieldError]s of the configuration, and so is whatever [Pack.Lint] calls a fault.
func Compile(c Config) (*Plan, error) {
	var faults hr.Faults
	if !c.Currency.Valid() {
		faults.Add("currency", RuleConfigCurrency, "must be an ISO 4217 code in capitals")
	}
	in := formula.Config{MoneyPlaces: int(c.Currency.Places())}
	in.Kernels = append(in.Kernels, c.Kernels...)
	p := &Plan{currency: c.Currency, sources: map[string]hr.Source{}, whenPaid: map[string]bool{}}
	components := c.Components
	for i := len(c.Packs) - 1; i >= 0; i-- {
		pack := c.Packs[i]
		in.Params = append(in.Params, pack.Params...)
		in.Tables = append(in.Tables, pack.Tables...)
		in.Kernels = append(in.Kernels, pack.Kernels...)
		components = append(append([]Component(nil), pack.Components...), components...)
		if i < len(c.Packs)-1 && pack.TaxYear != p.year {
			faults.Add(fmt.Sprintf("packs[%d].tax_year", i), RuleConfigYear, "differs from the tax year of another pack")
		}
		p.year = pack.TaxYear
		faults.Join("packs."+pack.Code, pack.validate())
		p.reviews = append(p.reviews, Pack{Name: pack.Name, Reviewed: pack.Reviewed})
	}
	p.trusts = trusts(&faults, c)
	p.trusted = p.Trusted()
	for i, comp := range components {
		name := comp.Name
		if name == "" {
			name = fmt.Sprintf("component %d", i+1)
		}
		file, err := formula.Parse(name, comp.Text)
		faults.Join("", err)
		if file != nil {
			in.Files = append(in.Files, file)
			for _, line := range file.Lines() {
				p.sources[line] = comp.Source
			}
		}
	}
	if faults.Any() {
		return nil, fmt.Errorf("payroll: compile: %w", faults.Err())
	}
	program, err := formula.Compile(in)
	if err != nil {
		return nil, fmt.Errorf("payroll: compile: %w", err)
	}
	p.program, p.lines, p.inputs = program, program.Lines(), program.Inputs()
	for _, l := range p.lines {
		p.kinds = append(p.kinds, p.kindOf(&faults, l))
		if slices.Contains(l.Groups, whenPaid) {
			p.whenPaid[l.Name] = true
		}
	}
	for _, in := range p.inputs {
		f := p.fillOf(&faults, in)
		p.fills = append(p.fills, f)
		p.carries = p.carries || f.kind == fromYearToDate && !f.late && !p.whenPaid[f.name]
	}
	p.checkDebtLines(&faults)
	if faults.Any() {
		return nil, fmt.Errorf("payroll: compile: %w", faults.Err())
	}
	for i, l := range p.lines {
		p.blank = append(p.blank, Line{Name: l.Name, Title: titleOf(l), Kind: p.kinds[i], Unit: l.Unit.String()})
		if p.kinds[i].paid() && (!program.InIntegers() || int32(program.LinePlaces(i)) > c.Currency.Places()) {
			p.fine = append(p.fine, i)
		}
	}
	p.digest = hr.Digest("plan/1", struct {
		Program    string
		Currency   hr.Currency
		Year       YearStart
		Extensions []Extension
	}{program.Digest(), c.Currency, p.year, c.Extensions})
	return p, nil
}

var reserved = []struct {
	group string
	kind  Kind
}{{"earnings", Earning}, {"deductions", Deduction}, {"employer", Employer}, {"benefits", Benefit}, {"information", Info}}

// paid reports whether lines of k are amounts of money that somebody pays or is taxed on.
func (k Kind) paid() bool { return k.posted() || k == Benefit }

// posted reports whether lines of k go to the journal.
func (k Kind) posted() bool { return k == Earning || k == Deduction || k == Employer }

func (p *Plan) kindOf(faults *hr.Faults, l formula.Line) Kind {
	kind, at := Working, p.program.Declared(l.Name)
	for _, r := range reserved {
		for _, g := range l.Groups {
			if g != r.group {
				continue
			}
			if kind != Working {
				faults.Add(at, RuleLineKind, "line %s is in two of the groups earnings, deductions, employer, benefits and information", l.Name)
			}
			kind = r.kind
		}
	}
	switch {
	case !numeric(l.Unit):
		faults.Add(at, RuleLineUnit, "line %s: a line holds a number: use let for a text, a date or a yes/no", l.Name)
	case l.Unit != formula.Money && kind.paid():
		faults.Add(at, RuleLineUnit, "line %s is paid, so it must be money; it is %s", l.Name, l.Unit)
	}
	return kind
}

func numeric(u formula.Unit) bool {
	return u != formula.Words && u != formula.Flag && u != formula.Date
}

// Digest names the plan by everything that can change an answer: formulas, dated values, currency. Runs record it.
func (p *Plan) Digest() string { return p.digest }

// Currency returns the currency of every amount.
func (p *Plan) Currency() hr.Currency { return p.currency }

// TaxYear returns when the tax year of the plan's packs begins.
func (p *Plan) TaxYear() YearStart { return p.year }

// Warnings lists what compiles and is probably a mistake, such as an input that nothing reads or a gap in a parameter of a pack.
func (p *Plan) Warnings() []string {
	var out []string
	for _, w := range p.program.Warnings() {
		out = append(out, fmt.Sprint(w))
	}
	for _, t := range p.trusts {
		for _, f := range t.pack.Lint(hr.Date{}) {
			out = append(out, "pack "+t.pack.Code+": "+f.Error())
		}
	}
	return out
}

// PlanLine describes one line that every payslip of the plan has.
type PlanLine struct {
	Name    string
	Title   string // for a payslip; the name where none was given
	Kind    Kind
	Unit    string
	Groups  []string
	Formula string
	Law     string
	// WhenPaid says that the line belongs to the period in which it is paid (group when_paid), such as income tax. Every other line
	// belongs to the period in which it was earned, and what is learnt later about that period changes it.
	WhenPaid bool
}

// Lines lists the lines of the plan, in the order of its components.
func (p *Plan) Lines() []PlanLine {
	out := make([]PlanLine, len(p.lines))
	for i, l := range p.lines {
		out[i] = PlanLine{Name: l.Name, Title: titleOf(l), Kind: p.kinds[i], Unit: l.Unit.String(), Groups: l.Groups, Formula: l.Text, Law: l.Law, WhenPaid: p.whenPaid[l.Name]}
	}
	return out
}

func titleOf(l formula.Line) string {
	if l.Title != "" {
		return l.Title
	}
	return capital(l.Name)
}

// capital is a name as a title.
func capital(name string) string {
	words := strings.ReplaceAll(name, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// Need is one input that the plan asks for, and who answers.
type Need struct {
	Name    string
	Unit    string
	ByPiece bool
	From    string // "period", "timesheet", "year to date", "arrears", "debts", "adjustments", or "terms": a pay term, an answer or an adjustment
}

// Needs lists every input of the plan: what the host must give.
func (p *Plan) Needs() []Need {
	out := make([]Need, len(p.inputs))
	for i, in := range p.inputs {
		out[i] = Need{Name: in.Name, Unit: in.Unit.String(), ByPiece: in.ByPiece, From: p.fills[i].from()}
	}
	return out
}
