package payroll

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// AnomalyRules say what about a payslip is unusual, and how many points each sign of it counts. A rule of zero points is off, so the zero
// AnomalyRules find nothing; points mean nothing beyond the order they give. No model is behind it: the same payslips and rules give the same list.
type AnomalyRules struct {
	Look     int   // payslips back in which a line is new, vanished, or an amount comes back; below 1 is 1
	Net      Swing // net pay moved by what no known cause explains
	Line     Swing // the same of one paid line
	Agreed   Swing // an agreed amount moved, also by a raise that is on record: a digit too many is a raise too
	Appeared int   // a paid line that was zero in each of the payslips looked at
	Vanished int   // a paid line that is zero, and was not in any of them
	Returned int   // an agreed amount that moved with the last payslip, and is again what it was before; needs a Look of 2
	Account  int   // net pay goes to another account than the last one did
	Twins    Twins // net pay to the smallest unit that of somebody else
	Unworked int   // earnings without one payable day
	Unpaid   int   // payable days without earnings
	Peers    Peers
	// Findings gives points to what [Checks] find: a shared account, negative net pay, nobody seen. Those are found there, and not again here.
	Findings map[Check]int
}

// Swing is a rule about a change: it counts where the change is as large as Percent of what was before and as large as Amount; a zero
// Percent or Amount asks for nothing, and no change is no swing.
type Swing struct {
	Score   int
	Percent decimal.Decimal
	Amount  decimal.Decimal
}

func (s Swing) reached(change, before decimal.Decimal) bool {
	return s.Score > 0 && !change.IsZero() && change.Abs().GreaterThanOrEqual(s.Amount) &&
		change.Abs().Mul(decimal.NewFromInt(100)).GreaterThanOrEqual(before.Abs().Mul(s.Percent))
}

// Twins is a rule about people with the same net pay above zero.
type Twins struct {
	Score int
	Most  int // people with one net pay who are a sign; more of them have a common one, which is none; zero: however many
}

// Peers is a rule about people of one grade and position who were paid for the whole period: gross pay far from their middle. The middle is
// the median, and the spread the median of the distances from it, which one outlier cannot move; both are exact.
type Peers struct {
	Score   int
	Times   decimal.Decimal // how many spreads away from the middle is far
	Percent decimal.Decimal // of the middle, that the distance must also be: where most are paid the same, the spread is zero
	Least   int             // people of one grade and position from whom on they can be compared; below 3 is 3
}

// AnomalyRule names the rule behind a sign.
type AnomalyRule string

// The rules, in the order in which signs of the same points come.
const (
	AnomalyNet      AnomalyRule = "net"
	AnomalyLine     AnomalyRule = "line"
	AnomalyAgreed   AnomalyRule = "agreed"
	AnomalyAppeared AnomalyRule = "appeared"
	AnomalyVanished AnomalyRule = "vanished"
	AnomalyReturned AnomalyRule = "returned"
	AnomalyAccount  AnomalyRule = "account"
	AnomalyTwins    AnomalyRule = "twins"
	AnomalyUnworked AnomalyRule = "unworked"
	AnomalyUnpaid   AnomalyRule = "unpaid"
	AnomalyPeers    AnomalyRule = "peers"
	AnomalyFinding  AnomalyRule = "finding"
)

// Anomaly is what is unusual about one payslip. It prints and logs without values; [Anomaly.Text] shows it.
type Anomaly struct {
	Employee hr.EmployeeID
	Currency hr.Currency
	Score    int    // the sum of the signs
	Signs    []Sign // most points first
	Net      LineVariance
}

// Sign is one thing that is unusual, in a sentence without an amount.
type Sign struct {
	Rule        AnomalyRule
	Score       int
	Line        string          // of which line or agreed amount; the check of a finding
	With        []hr.EmployeeID // who else is concerned
	Reason      string
	Before, Now decimal.Decimal // what moved; of peers the middle and the gross pay
	Unexplained decimal.Decimal // what no known cause explains of a move
	Causes      []Attribution   // of the move, those that are known too
}

// Text writes the anomaly for a person, with its amounts.
func (a Anomaly) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s   %d points\n", a.Employee, a.Score)
	b.WriteString(varianceRow(a.Net, a.Currency))
	for _, s := range a.Signs {
		fmt.Fprintf(&b, "%4d  %s\n", s.Score, s.Reason)
		if !s.Before.IsZero() || !s.Now.IsZero() {
			b.WriteString(varianceRow(LineVariance{Title: "      " + s.Line, Before: s.Before, Now: s.Now}, a.Currency))
		}
		for _, c := range s.Causes {
			fmt.Fprintf(&b, "         %s: %s   %s\n", strings.ReplaceAll(string(c.Cause), "_", " "), c.What, hr.Money{Amount: c.Amount, Currency: a.Currency}.AmountText())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Format hides the values.
func (a Anomaly) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[anomaly of %s: %d signs]", a.Employee, len(a.Signs))
}

// LogValue hides the values.
func (a Anomaly) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(a)) }

// Format hides the values.
func (s Sign) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[sign %s]", s.Rule) }

// LogValue hides the values.
func (s Sign) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(s)) }

// validate returns every rule that cannot be meant, with RuleAnomaly.
func (r AnomalyRules) validate() error {
	var faults hr.Faults
	for _, x := range []struct {
		at    string
		score int
	}{
		{"net.score", r.Net.Score},
		{"line.score", r.Line.Score},
		{"agreed.score", r.Agreed.Score},
		{"appeared", r.Appeared},
		{"vanished", r.Vanished},
		{"returned", r.Returned},
		{"account", r.Account},
		{"twins.score", r.Twins.Score},
		{"unworked", r.Unworked},
		{"unpaid", r.Unpaid},
		{"peers.score", r.Peers.Score},
	} {
		if x.score < 0 {
			faults.Add("rules."+x.at, RuleAnomaly, "must not be below zero")
		}
	}
	for _, x := range []struct {
		at string
		d  decimal.Decimal
	}{
		{"net.percent", r.Net.Percent},
		{"net.amount", r.Net.Amount},
		{"line.percent", r.Line.Percent},
		{"line.amount", r.Line.Amount},
		{"agreed.percent", r.Agreed.Percent},
		{"agreed.amount", r.Agreed.Amount},
		{"peers.times", r.Peers.Times},
		{"peers.percent", r.Peers.Percent},
	} {
		if x.d.Sign() < 0 {
			faults.Add("rules."+x.at, RuleAnomaly, "must not be below zero")
		}
	}
	for check, score := range r.Findings {
		if score < 0 {
			faults.Add(fmt.Sprintf("rules.findings[%s]", check), RuleAnomaly, "must not be below zero")
		}
	}
	if r.Peers.Score > 0 && r.Peers.Times.IsZero() && r.Peers.Percent.IsZero() {
		faults.Add("rules.peers", RuleAnomaly, "needs a distance: times the spread, or per cent of the middle")
	}
	return faults.Err()
}
