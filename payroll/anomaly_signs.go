package payroll

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Examined is one payslip and what it is held against.
type Examined struct {
	Payslip  Payslip
	Basis    Basis          // what it was calculated from; without a plan nothing is known of it, and nothing explains a change
	Earlier  []Earlier      // payslips of earlier periods, the latest first; none: nothing is said of what moved
	Account  hr.BankAccount // where net pay goes
	PaidTo   hr.BankAccount // where it went last; zero where that is not known
	Findings []Finding      // of the checks
}

// Earlier is a payslip of an earlier period, and what it was calculated from.
type Earlier struct {
	Payslip Payslip
	Basis   Basis
}

// Anomalies ranks what is unusual about payslips of one period: most points first, then the largest change of net pay, then by employee. Payslips
// without a sign are left out.
//
// A change is explained by [Compare], cause by cause. Known causes are an agreed amount (a raise), an adjustment (a one-off), days and hours (who
// joined or left in mid-month, leave, overtime, a longer month) and the law of another day; what is paid late for earlier periods has causes of its own
// and is no change. What is left, together, is what no known cause explains: another plan, an answer, the year to date with the months that are
// left of it, a rounding.
//
// It returns [hr.FieldError]s with RuleAnomaly for points, shares and amounts below zero and for peers without a distance, all together.
func Anomalies(rules AnomalyRules, of ...Examined) ([]Anomaly, error) {
	if err := rules.validate(); err != nil {
		return nil, fmt.Errorf("payroll: anomalies: %w", err)
	}
	r := reviewing{rules: rules}
	for _, e := range of {
		r.add(e)
	}
	return r.ranked(), nil
}

// reviewing is a review on its way. Of each payslip it keeps no more than what it finds and what others are held against.
type reviewing struct {
	rules AnomalyRules
	found []reviewed
}

type reviewed struct {
	Anomaly
	net, gross      decimal.Decimal
	grade, position string
	peer            bool // paid for the whole period, with a grade or a position
}

func (r *reviewed) sign(s Sign) {
	if s.Score > 0 {
		r.Score += s.Score
		r.Signs = append(r.Signs, s)
	}
}

// ranked holds the payslips against each other, and puts those with a sign into their order.
func (r *reviewing) ranked() []Anomaly {
	r.twins()
	r.peers()
	var out []Anomaly
	for _, x := range r.found {
		if len(x.Signs) == 0 {
			continue
		}
		slices.SortStableFunc(x.Signs, func(a, b Sign) int { return cmp.Compare(b.Score, a.Score) })
		out = append(out, x.Anomaly)
	}
	slices.SortStableFunc(out, func(x, y Anomaly) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), y.Net.Change().Abs().Cmp(x.Net.Change().Abs()), cmp.Compare(x.Employee, y.Employee))
	})
	return out
}

// add looks at one payslip by itself.
func (r *reviewing) add(e Examined) {
	x := reviewed{net: e.Payslip.Net().Amount, gross: e.Payslip.own(Earning)}
	if t, employed := lastTerms(e.Basis); employed {
		x.grade, x.position = t.Grade, t.Position
		x.peer = (t.Grade != "" || t.Position != "") && wholePeriod(e.Basis.Input)
	}
	x.Employee, x.Currency = e.Payslip.Employee, e.Payslip.Currency
	x.Anomaly.Net = LineVariance{Line: netLine, Title: netTitle, Now: x.gross.Sub(e.Payslip.own(Deduction))}
	if len(e.Earlier) > 0 {
		x.Anomaly.Net.Before = e.Earlier[0].Payslip.own(Earning).Sub(e.Earlier[0].Payslip.own(Deduction))
		r.moved(&x, e)
		r.agreed(&x, e)
		r.lines(&x, e)
	}
	if p := e.PaidTo; !p.IsZero() && !e.Account.IsZero() && (p.Bank != e.Account.Bank || p.Number.Reveal() != e.Account.Number.Reveal()) {
		x.sign(Sign{Rule: AnomalyAccount, Score: r.rules.Account, Reason: "net pay goes to another account than last time"})
	}
	r.attendance(&x, e)
	for _, f := range e.Findings {
		x.sign(Sign{Rule: AnomalyFinding, Score: r.rules.Findings[f.Check], Line: string(f.Check), With: f.With, Reason: f.Reason})
	}
	r.found = append(r.found, x)
}

// own is [Payslip.Total] without what is paid for earlier periods.
func (s Payslip) own(kind Kind) decimal.Decimal {
	s.Arrears = nil
	return s.Total(kind)
}

// moved looks at net pay and the paid lines beside those of the last payslip.
func (r *reviewing) moved(x *reviewed, e Examined) {
	if r.rules.Net.Score == 0 && r.rules.Line.Score == 0 {
		return
	}
	was, is := e.Earlier[0].Payslip, e.Payslip
	own := newLines()
	own.add(is, false)
	own.add(was, true)
	differing := own.differing()
	if len(differing) == 0 {
		return
	}
	moves := map[string][]Attribution{}
	compared := false
	if e.Basis.Plan != nil && e.Earlier[0].Basis.Plan != nil {
		if c, err := Compare(e.Earlier[0].Basis, e.Basis); err == nil {
			compared = true
			moves[netLine] = c.Net.Causes
			for _, l := range c.Lines {
				moves[l.Name] = l.Causes
			}
		}
	}
	judge := func(rule AnomalyRule, swing Swing, v LineVariance) {
		left := v.Change()
		why := "what the payslips were calculated from is not known"
		if compared {
			left, why = r.unexplained(e, moves[v.Line])
		}
		if swing.reached(left, v.Before) {
			x.sign(Sign{
				Rule: rule, Score: swing.Score, Line: v.Line, Before: v.Before, Now: v.Now, Unexplained: left, Causes: moves[v.Line],
				Reason: fmt.Sprintf("%s moved by what no raise, one-off, days or change of law explains: %s", v.Title, why),
			})
		}
	}
	judge(AnomalyNet, r.rules.Net, x.Net)
	for _, l := range differing {
		judge(AnomalyLine, r.rules.Line, l)
	}
}

// unexplained adds up the causes that are not known, and names them.
func (r *reviewing) unexplained(e Examined, causes []Attribution) (left decimal.Decimal, why string) {
	var names []string
	_, stays := e.Basis.Input.Terms.At(e.Basis.Input.Period.Through.Add(1))
	leaves := !stays // then all of the year's tax that is left falls into this month
	for _, c := range causes {
		switch {
		case c.Together:
		case c.Cause == CauseParameter, c.Cause == CauseDays, strings.HasPrefix(c.Input, "arrears_"),
			c.Cause == CausePeriod && leaves, c.Cause == CauseInput && (paysTerm(e.Basis, c.Input) || paysTerm(e.Earlier[0].Basis, c.Input)):
			continue
		}
		left = left.Add(c.Amount)
		name := map[Cause]string{
			CauseFormula: "another plan", CauseInput: "another answer", CauseYearToDate: "the year to date", CausePeriod: "the place of the month in the year", CauseRounding: "a rounding",
		}[c.Cause]
		switch {
		case c.Together:
			name = "several causes together"
		case c.Cause == CauseInput:
			name += " to " + told(c.Input)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return left, strings.Join(names, ", ")
}

// paysTerm reports whether a basis gives an input as an agreed amount or an adjustment.
func paysTerm(b Basis, input string) bool {
	if slices.ContainsFunc(b.Input.Adjustments, func(a Adjustment) bool { return a.Name == input }) {
		return true
	}
	for _, t := range b.Input.Terms.Over(b.Input.Period) {
		if _, pays := t.Amount(input); pays {
			return true
		}
	}
	return false
}

// lastTerms returns the terms of the last employed day of the period.
func lastTerms(b Basis) (last hr.Terms, found bool) {
	for _, t := range b.Input.Terms.Over(b.Input.Period) {
		last, found = t, true
	}
	return last, found
}

// agreed looks at the agreed amounts beside those of earlier payslips.
func (r *reviewing) agreed(x *reviewed, e Examined) {
	is, known := lastTerms(e.Basis)
	was, knew := lastTerms(e.Earlier[0].Basis)
	if !known || !knew {
		return
	}
	var before hr.Terms
	if r.look() > 1 && len(e.Earlier) > 1 {
		before, _ = lastTerms(e.Earlier[1].Basis)
	}
	for _, t := range is.Pay {
		last, had := was.Amount(t.Name)
		if !had {
			continue
		}
		if r.rules.Agreed.reached(t.Amount.Sub(last), last) {
			x.sign(Sign{Rule: AnomalyAgreed, Score: r.rules.Agreed.Score, Line: t.Name, Before: last, Now: t.Amount, Reason: told(t.Name) + " was agreed anew, and differs much from before"})
		}
		if first, had := before.Amount(t.Name); had && first.Equal(t.Amount) && !first.Equal(last) {
			x.sign(Sign{Rule: AnomalyReturned, Score: r.rules.Returned, Line: t.Name, Before: last, Now: t.Amount, Reason: told(t.Name) + " was another in the last payslip only, and is again what it was before"})
		}
	}
}

func (r *reviewing) look() int { return max(1, r.rules.Look) }

// lines looks for paid lines that are new or gone.
func (r *reviewing) lines(x *reviewed, e Examined) {
	back := e.Earlier[:min(len(e.Earlier), r.look())]
	paidIn := func(s Payslip, name string) bool {
		amount, _ := s.Amount(name)
		return !amount.IsZero()
	}
	seen := map[string]bool{}
	look := func(l Line, rule AnomalyRule, score int, now bool, reason string) {
		if !l.Kind.paid() || seen[l.Name] || paidIn(e.Payslip, l.Name) != now {
			return
		}
		seen[l.Name] = true
		if slices.ContainsFunc(back, func(b Earlier) bool { return paidIn(b.Payslip, l.Name) == now }) {
			return
		}
		was, _ := back[0].Payslip.Amount(l.Name)
		is, _ := e.Payslip.Amount(l.Name)
		x.sign(Sign{Rule: rule, Score: score, Line: l.Name, Before: was, Now: is, Reason: fmt.Sprintf(reason, l.Title, len(back))})
	}
	for _, l := range e.Payslip.Lines {
		look(l, AnomalyAppeared, r.rules.Appeared, true, "%s is new: it was nothing in the payslips before (%d looked at)")
	}
	for _, l := range back[0].Payslip.Lines {
		look(l, AnomalyVanished, r.rules.Vanished, false, "%s is gone: it was paid in the payslips before (%d looked at)")
	}
}

// attendance holds pay against payable days.
func (r *reviewing) attendance(x *reviewed, e Examined) {
	in := e.Basis.Input
	if e.Basis.Plan == nil {
		return
	}
	payable := in.Timesheet.Payable.Sign() > 0 || in.Timesheet.Period.IsZero() && employedIn(in.Terms, in.Period)
	switch {
	case !payable && x.gross.Sign() > 0:
		x.sign(Sign{Rule: AnomalyUnworked, Score: r.rules.Unworked, Now: x.gross, Line: "gross pay", Reason: "earns something without one payable day"})
	case payable && x.gross.Sign() == 0:
		x.sign(Sign{Rule: AnomalyUnpaid, Score: r.rules.Unpaid, Reason: "has payable days and earns nothing"})
	}
}

// twins looks for the same net pay.
func (r *reviewing) twins() {
	if r.rules.Twins.Score == 0 {
		return
	}
	same := map[string][]int{}
	for i, x := range r.found {
		if x.net.Sign() > 0 {
			same[hr.Canonical(x.net)] = append(same[hr.Canonical(x.net)], i)
		}
	}
	for i := range r.found {
		group := same[hr.Canonical(r.found[i].net)]
		if len(group) < 2 || r.rules.Twins.Most > 0 && len(group) > r.rules.Twins.Most {
			continue
		}
		var with []hr.EmployeeID
		for _, j := range group {
			if j != i {
				with = append(with, r.found[j].Employee)
			}
		}
		slices.Sort(with)
		r.found[i].sign(Sign{Rule: AnomalyTwins, Score: r.rules.Twins.Score, With: with, Reason: fmt.Sprintf("net pay is to the smallest unit that of %v", with)})
	}
}

// peers looks for gross pay far from the middle of the same grade and position.
func (r *reviewing) peers() {
	if r.rules.Peers.Score == 0 {
		return
	}
	type place struct{ grade, position string }
	groups := map[place][]int{}
	for i, x := range r.found {
		if x.peer {
			at := place{x.grade, x.position}
			groups[at] = append(groups[at], i)
		}
	}
	for at, group := range groups {
		if len(group) < max(3, r.rules.Peers.Least) {
			continue
		}
		pay := make([]decimal.Decimal, len(group))
		for k, i := range group {
			pay[k] = r.found[i].gross
		}
		middle := median(pay)
		away := make([]decimal.Decimal, len(pay))
		for k := range pay {
			away[k] = pay[k].Sub(middle).Abs()
		}
		spread := median(away)
		for k, i := range group {
			if away[k].GreaterThan(spread.Mul(r.rules.Peers.Times)) && (Swing{Score: 1, Percent: r.rules.Peers.Percent}).reached(away[k], middle) {
				r.found[i].sign(Sign{
					Rule: AnomalyPeers, Score: r.rules.Peers.Score, Line: "gross pay", Before: middle, Now: pay[k],
					Reason: fmt.Sprintf("gross pay is far from the middle of %d people of grade %q and position %q", len(group), at.grade, at.position),
				})
			}
		}
	}
}

// wholePeriod reports whether somebody is employed and paid on every day of the period.
func wholePeriod(in Input) bool {
	days := 0
	for p := range in.Terms.Over(in.Period) {
		days += p.Len()
	}
	return days == in.Period.Len() && in.Timesheet.Unpaid.IsZero()
}

// median returns the middle value, or the mean of the two in the middle; values stay as they are.
func median(values []decimal.Decimal) decimal.Decimal {
	sorted := slices.SortedFunc(slices.Values(values), decimal.Decimal.Cmp)
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return sorted[n/2-1].Add(sorted[n/2]).Mul(decimal.New(5, -1))
}
