package ecr

import (
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Rules that a member or a file can break.
const (
	RuleLayout       hr.Rule = "payroll.statutory.in.ecr.layout"
	RuleUAN          hr.Rule = "payroll.statutory.in.ecr.uan"
	RuleTwice        hr.Rule = "payroll.statutory.in.ecr.uan_twice"
	RuleName         hr.Rule = "payroll.statutory.in.ecr.name"
	RuleAmount       hr.Rule = "payroll.statutory.in.ecr.amount"
	RuleWages        hr.Rule = "payroll.statutory.in.ecr.wages"
	RuleContribution hr.Rule = "payroll.statutory.in.ecr.contribution"
	RuleDays         hr.Rule = "payroll.statutory.in.ecr.ncp_days"
)

const separator = "#~#"

// fields names the fields in their order, for messages.
var fields = []string{
	"uan", "name", "gross_wages", "epf_wages", "eps_wages", "edli_wages",
	"epf_contribution", "eps_contribution", "difference", "ncp_days", "refund",
}

var (
	uan      = regexp.MustCompile(`^[0-9]{12}$`)
	name     = regexp.MustCompile(`^[A-Za-z][A-Za-z .]{0,84}$`)
	rupees   = regexp.MustCompile(`^(0|[1-9][0-9]{0,11})$`)
	rounding = hr.NearestWhole
)

// Member is one line. Amounts are whole rupees. It holds a number of a person and pay, so it prints without values.
type Member struct {
	UAN        hr.Secret
	Name       string
	Gross      decimal.Decimal
	EPFWages   decimal.Decimal
	EPSWages   decimal.Decimal // 0 for who is not in the pension scheme, as from age 58
	EDLIWages  decimal.Decimal
	EPF        decimal.Decimal // the employee's share, voluntary contributions included
	EPS        decimal.Decimal // the employer's, to the pension scheme
	Difference decimal.Decimal // the employer's share of EPF: all that the employer pays, less EPS
	NCPDays    int             // days of the month without pay
	Refund     decimal.Decimal // of advances
}

// LogValue hides the values.
func (m Member) LogValue() slog.Value { return slog.StringValue("[ECR member]") }

// Format hides the values.
func (m Member) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[ECR member]") }

// Line returns the line of the file, without its end. It does not check m: see [Member.Check].
func (m Member) Line() string {
	texts := []string{m.UAN.Reveal(), m.Name}
	for _, a := range []decimal.Decimal{m.Gross, m.EPFWages, m.EPSWages, m.EDLIWages, m.EPF, m.EPS, m.Difference} {
		texts = append(texts, hr.Canonical(a))
	}
	return strings.Join(append(texts, strconv.Itoa(m.NCPDays), hr.Canonical(m.Refund)), separator)
}

// Law is what the contributions of a wage month are held against.
type Law struct {
	Ceiling decimal.Decimal   // of the month, the last one where there were two
	Pension decimal.Decimal   // percent of EPS wages
	Rates   []decimal.Decimal // percents of EPF wages that employee and employer each pay: 12, or 10 for notified classes

	// Who has the joint option pays EPS at Higher percent of the wages above HigherFrom, and has EPS wages above the ceiling. A zero
	// Higher refuses them.
	Higher, HigherFrom decimal.Decimal
}

// Check reports everything that is wrong with m at once, without a value in any message. What a line cannot show is taken at its
// best: wages below the ceiling were rounded to the rupee, so a contribution is refused only if no wages that round to those written
// could give it.
func (m Member) Check(law Law) error {
	var faults hr.Faults
	if !uan.MatchString(m.UAN.Reveal()) {
		faults.Add("uan", RuleUAN, "must be 12 digits")
	}
	if !name.MatchString(m.Name) || strings.HasSuffix(m.Name, " ") {
		faults.Add("name", RuleName, "must be 1 to 85 letters, blanks and dots, and begin with a letter")
	}
	if m.NCPDays < 0 || m.NCPDays > 31 {
		faults.Add("ncp_days", RuleDays, "must be 0 to 31")
	}
	for _, a := range []struct {
		path   string
		amount decimal.Decimal
	}{
		{"gross_wages", m.Gross},
		{"epf_wages", m.EPFWages},
		{"eps_wages", m.EPSWages},
		{"edli_wages", m.EDLIWages},
		{"epf_contribution", m.EPF},
		{"eps_contribution", m.EPS},
		{"difference", m.Difference},
		{"refund", m.Refund},
	} {
		if !rupees.MatchString(hr.Canonical(a.amount)) {
			faults.Add(a.path, RuleAmount, "must be whole rupees, not below zero")
		}
	}
	if faults.Any() {
		return faults.Err()
	}
	atMost := func(path string, a decimal.Decimal, what string, b decimal.Decimal) {
		if a.GreaterThan(b) {
			faults.Add(path, RuleWages, "must be at most %s", what)
		}
	}
	atMost("epf_wages", m.EPFWages, "gross wages", m.Gross)
	atMost("eps_wages", m.EPSWages, "EPF wages", m.EPFWages)
	if !m.higherPension(law) {
		atMost("eps_wages", m.EPSWages, "the wage ceiling", law.Ceiling)
	}
	atMost("edli_wages", m.EDLIWages, "EPF wages", m.EPFWages)
	atMost("edli_wages", m.EDLIWages, "the wage ceiling", law.Ceiling)
	m.checkContributions(&faults, law)
	return faults.Err()
}

// higherPension reports whether the EPS contribution is that of the joint option. The file has no field that says so.
func (m Member) higherPension(law Law) bool {
	above := m.EPSWages.Sub(law.HigherFrom)
	if law.Higher.IsZero() || above.Sign() <= 0 {
		return false
	}
	half, first := decimal.New(5, -1), law.HigherFrom.Mul(law.Pension)
	least := rounding.Apply(first.Add(above.Sub(half).Mul(law.Higher)).Shift(-2))
	most := hr.MustRounding("1", hr.HalfDown).Apply(first.Add(above.Add(half).Mul(law.Higher)).Shift(-2))
	return m.EPS.Cmp(least) >= 0 && m.EPS.Cmp(most) <= 0
}

func (m Member) checkContributions(faults *hr.Faults, law Law) {
	least, most := contribution(m.EPSWages, law.Pension)
	if m.EPSWages.Equal(law.Ceiling) { // these were not rounded: more than the ceiling is the ceiling
		least = rounding.Apply(m.EPSWages.Mul(law.Pension).Shift(-2))
		most = least
	}
	if (m.EPS.LessThan(least) || m.EPS.GreaterThan(most)) && !m.higherPension(law) {
		faults.Add("eps_contribution", RuleContribution, "must be %s per cent of EPS wages", law.Pension)
	}
	employer, rates := m.EPS.Add(m.Difference), make([]string, len(law.Rates))
	byRate, shared := false, false
	for i, rate := range law.Rates {
		least, most := contribution(m.EPFWages, rate)
		rates[i] = rate.String()
		if employer.Cmp(least) >= 0 && employer.Cmp(most) <= 0 {
			byRate = true
			shared = shared || m.EPF.Cmp(least) >= 0
		}
	}
	switch words := strings.Join(rates, " or "); {
	case !byRate:
		faults.Add("difference", RuleContribution, "must make, with the EPS contribution, %s per cent of EPF wages", words)
	case !shared:
		faults.Add("epf_contribution", RuleContribution, "must be at least %s per cent of EPF wages, as the employer's share is", words)
	case m.EPF.GreaterThan(m.EPFWages) && m.EPF.GreaterThan(m.Gross):
		faults.Add("epf_contribution", RuleContribution, "must be at most the wages")
	}
}

// contribution returns the least and the most that a percentage can come to on wages that round to those written: from half a rupee
// below, inclusive, to half a rupee above, exclusive. Each is rounded to the rupee, 50 paise up.
func contribution(wages, percent decimal.Decimal) (least, most decimal.Decimal) {
	half := decimal.New(5, -1)
	of := func(w decimal.Decimal) decimal.Decimal { return w.Mul(percent).Shift(-2) }
	least = rounding.Apply(of(decimal.Max(wages.Sub(half), decimal.Zero)))
	return least, hr.MustRounding("1", hr.HalfDown).Apply(of(wages.Add(half)))
}
