package ecr_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
)

// october2026 is the law of the month: 8.33 per cent to the pension scheme up to 25,000, 12 or 10 per cent in all.
func october2026() ecr.Law {
	return ecr.Law{Ceiling: dec("25000"), Pension: dec("8.33"), Rates: []decimal.Decimal{dec("12"), dec("10")}}
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func rules(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

// The line that EPFO's layout was published with; it is under the ceiling of 15,000.
const published = "100427607286#~#XY#~#15000#~#15000#~#15000#~#15000#~#1800#~#1250#~#550#~#0#~#0"

func TestPublishedLine(t *testing.T) {
	old := october2026()
	old.Ceiling = dec("15000")
	members, totals, err := ecr.Read(strings.NewReader(published), old)
	require.NoError(t, err)
	require.Equal(t, published, members[0].Line())
	require.Equal(t, "1800 1250 550", fmt.Sprint(totals.EPF, totals.EPS, totals.Difference))
}

func TestSampleIsReadAndWrittenAgain(t *testing.T) {
	sample, err := os.ReadFile("testdata/ecr_sample.txt")
	require.NoError(t, err)
	members, totals, err := ecr.Read(bytes.NewReader(sample), october2026())
	require.NoError(t, err)
	require.Equal(t, 6, totals.Members)
	// By hand: 3,000 + 1,333 + 7,200 + 3,000 + 4,200; 2,083 + 926 + 2,083 + 2,083; 917 + 407 + 5,117 + 3,000 + 917.
	require.Equal(t, "18733 7175 10358", fmt.Sprint(totals.EPF, totals.EPS, totals.Difference))
	var b bytes.Buffer
	again, err := ecr.Write(&b, members, october2026())
	require.NoError(t, err)
	require.Equal(t, string(sample), b.String())
	require.Equal(t, totals, again)
	_, _, err = ecr.Read(strings.NewReader(strings.ReplaceAll(strings.TrimSpace(string(sample)), "\r\n", "\n")), october2026())
	require.NoError(t, err, "LF, and no end of the last line")
}

// Each fault alone in a line that is right otherwise; none shows a value.
func TestWhatIsRefused(t *testing.T) {
	const right = "101000000017#~#ALMA SPECIMEN#~#40000#~#25000#~#25000#~#25000#~#3000#~#2083#~#917#~#0#~#0"
	_, _, err := ecr.Read(strings.NewReader(right), october2026())
	require.NoError(t, err)
	with := func(field int, text string) string {
		f := strings.Split(right, "#~#")
		f[field] = text
		return strings.Join(f, "#~#")
	}
	for name, c := range map[string]struct {
		text string
		want hr.Rule
	}{
		"empty file":                      {"", ecr.RuleLayout},
		"empty line":                      {right + "\n\n" + published, ecr.RuleLayout},
		"a header":                        {"UAN#~#NAME#~#GROSS#~#EPF#~#EPS#~#EDLI#~#EE#~#EPS#~#ER#~#NCP#~#REF\n" + right, ecr.RuleAmount},
		"a separator at the end":          {right + "#~#", ecr.RuleLayout},
		"another separator":               {strings.ReplaceAll(right, "#~#", ","), ecr.RuleLayout},
		"a field short":                   {strings.TrimSuffix(right, "#~#0"), ecr.RuleLayout},
		"eleven digits":                   {with(0, "10100000001"), ecr.RuleUAN},
		"a letter in the UAN":             {with(0, "10100000001X"), ecr.RuleUAN},
		"digits of another alphabet":      {with(0, "१०१०००००००१७"), ecr.RuleUAN},
		"a byte order mark":               {"\ufeff" + right, ecr.RuleUAN},
		"a UAN twice":                     {right + "\n" + right, ecr.RuleTwice},
		"a digit in the name":             {with(1, "ALMA 2"), ecr.RuleName},
		"a comma in the name":             {with(1, "SPECIMEN, ALMA"), ecr.RuleName},
		"no name":                         {with(1, ""), ecr.RuleName},
		"paise":                           {with(2, "40000.50"), ecr.RuleAmount},
		"a comma in an amount":            {with(2, "40,000"), ecr.RuleAmount},
		"a zero in front":                 {with(2, "040000"), ecr.RuleAmount},
		"below zero":                      {with(10, "-1"), ecr.RuleAmount},
		"an exponent":                     {with(2, "4e4"), ecr.RuleAmount},
		"EPF wages above gross":           {with(2, "24999"), ecr.RuleWages},
		"EPS wages above EPF wages":       {"101000000017#~#A#~#40000#~#20000#~#25000#~#20000#~#2400#~#2083#~#317#~#0#~#0", ecr.RuleWages},
		"EPS wages above ceiling":         {"101000000017#~#A#~#40000#~#40000#~#40000#~#25000#~#4800#~#3332#~#1468#~#0#~#0", ecr.RuleWages},
		"EDLI wages above ceiling":        {"101000000017#~#A#~#40000#~#40000#~#25000#~#25001#~#4800#~#2083#~#2717#~#0#~#0", ecr.RuleWages},
		"EPS a rupee too small":           {"101000000017#~#A#~#5000#~#5000#~#5000#~#5000#~#600#~#415#~#185#~#0#~#0", ecr.RuleContribution},
		"EPS at the ceiling rounded down": {"101000000017#~#A#~#40000#~#25000#~#25000#~#25000#~#3000#~#2082#~#918#~#0#~#0", ecr.RuleContribution},
		"EPS without EPS wages":           {"101000000017#~#A#~#5000#~#5000#~#0#~#5000#~#600#~#417#~#183#~#0#~#0", ecr.RuleContribution},
		"a difference too small":          {with(8, "916"), ecr.RuleContribution},
		"EDLI as the difference":          {with(8, "125"), ecr.RuleContribution},
		"too little of the employee":      {with(6, "2999"), ecr.RuleContribution},
		"10 and 12 per cent":              {"101000000017#~#A#~#25000#~#25000#~#25000#~#25000#~#2500#~#2083#~#917#~#0#~#0", ecr.RuleContribution},
		"more than all wages":             {with(6, "40001"), ecr.RuleContribution},
		"32 days":                         {with(9, "32"), ecr.RuleDays},
		"half a day":                      {with(9, "0.5"), ecr.RuleDays},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := ecr.Read(strings.NewReader(c.text), october2026())
			require.Contains(t, rules(err), c.want)
			require.Contains(t, err.Error(), "line ")
			for _, value := range []string{"10100000001", "ALMA", "40000", "25000"} {
				require.NotContains(t, err.Error(), value)
			}
		})
	}
	_, _, err = ecr.Read(strings.NewReader(strings.Repeat("1", 1<<20)), october2026())
	require.Equal(t, []hr.Rule{ecr.RuleLayout}, rules(err))
	_, err = ecr.Write(&bytes.Buffer{}, nil, october2026())
	require.Equal(t, []hr.Rule{ecr.RuleLayout}, rules(err))
}

func TestTenPerCent(t *testing.T) {
	const line = "101000000017#~#A#~#15000#~#15000#~#15000#~#15000#~#1500#~#1250#~#250#~#0#~#0" // the facts document, 2.3
	_, _, err := ecr.Read(strings.NewReader(line), october2026())
	require.NoError(t, err)
	none := october2026()
	none.Rates = none.Rates[:1]
	_, _, err = ecr.Read(strings.NewReader(line), none)
	require.Equal(t, []hr.Rule{ecr.RuleContribution}, rules(err))
}

// Whatever wages, to the paisa: contributions on them fit the line with their wages rounded, and the file comes back as it was.
func TestContributionsOfAnyWagesAreTaken(t *testing.T) {
	rupee := func(d decimal.Decimal) decimal.Decimal { return d.Add(dec("0.5")).Floor() } // a second way to half up
	rapid.Check(t, func(t *rapid.T) {
		var members []ecr.Member
		for i := range rapid.IntRange(1, 5).Draw(t, "members") {
			wages := decimal.New(rapid.Int64Range(0, 12_000_000).Draw(t, "paise"), -2)
			if wages.GreaterThan(dec("24999")) && wages.LessThan(dec("25000")) {
				wages = dec("25000") // what rounds up to the ceiling is taken for the ceiling
			}
			capped := decimal.Min(wages, dec("25000"))
			rate := rapid.SampledFrom([]decimal.Decimal{dec("0.12"), dec("0.10")}).Draw(t, "rate")
			base := wages
			if rapid.Bool().Draw(t, "capped") {
				base = capped
			}
			pension := capped
			if rapid.Bool().Draw(t, "58") {
				pension = decimal.Zero
			}
			eps := rupee(pension.Mul(dec("0.0833")))
			members = append(members, ecr.Member{
				UAN: hr.NewSecret(fmt.Sprintf("10100000%04d", i)), Name: "A SPECIMEN", Gross: rupee(wages.Add(dec("100"))),
				EPFWages: rupee(base), EPSWages: rupee(pension), EDLIWages: rupee(capped),
				EPF: rupee(base.Mul(rate)), EPS: eps, Difference: rupee(base.Mul(rate)).Sub(eps), NCPDays: rapid.IntRange(0, 31).Draw(t, "days"),
			})
		}
		var b bytes.Buffer
		totals, err := ecr.Write(&b, members, october2026())
		if err != nil {
			t.Fatal(err)
		}
		again, read, err := ecr.Read(&b, october2026())
		if err != nil || hr.Digest("t", totals) != hr.Digest("t", read) || len(again) != len(members) {
			t.Fatal("what is read is not what was written", err)
		}
	})
}

func FuzzRead(f *testing.F) {
	sample, err := os.ReadFile("testdata/ecr_sample.txt")
	require.NoError(f, err)
	f.Add(sample)
	f.Add([]byte(published))
	f.Fuzz(func(t *testing.T, text []byte) {
		members, totals, err := ecr.Read(bytes.NewReader(text), october2026())
		if err != nil {
			return
		}
		var b bytes.Buffer
		again, err := ecr.Write(&b, members, october2026())
		require.NoError(t, err)
		require.Equal(t, hr.Digest("t", totals), hr.Digest("t", again))
		require.Equal(t, strings.ReplaceAll(strings.TrimSuffix(string(text), "\n"), "\r", ""), strings.ReplaceAll(strings.TrimSuffix(b.String(), "\r\n"), "\r", ""))
	})
}

func slip(employee hr.EmployeeID, lines map[string]string) payroll.Payslip {
	p := hr.MustPeriod("2026-10-01..2026-10-31")
	s := payroll.Payslip{Employee: employee, Period: p, Lines: []payroll.Line{{Name: "pay", Kind: payroll.Earning, Amount: dec("30000.50")}}}
	for _, name := range []string{"epf_member", "epf_wages", "eps_wages", "edli_wages", "epf", "vpf", "eps", "epf_employer", "epf_ncp_days"} {
		if v, ok := lines[name]; ok {
			s.Lines = append(s.Lines, payroll.Line{Name: name, Amount: dec(v)})
		}
	}
	return s
}

func TestMembersOfPayslips(t *testing.T) {
	member := map[string]string{
		"epf_member": "1", "epf_wages": "24999.50", "eps_wages": "0", "edli_wages": "24999.50",
		"epf": "3000", "vpf": "500", "eps": "0", "epf_employer": "3000", "epf_ncp_days": "2",
	}
	outside := map[string]string{"epf_member": "0"}
	of := payroll.FormInput{
		Period: hr.MustPeriod("2026-10-01..2026-10-31"), Slips: []payroll.Payslip{slip("E1", member), slip("E2", outside)},
		People: map[hr.EmployeeID]hr.Person{"E1": {Name: "A SPECIMEN", Identities: []hr.Identity{{Kind: "uan_in", Number: hr.NewSecret("101000000017")}}}},
	}
	members, err := ecr.MembersOf(of)
	require.NoError(t, err)
	require.Len(t, members, 1)
	require.Equal(t, "101000000017#~#A SPECIMEN#~#30001#~#25000#~#0#~#25000#~#3500#~#0#~#3000#~#2#~#0", members[0].Line())
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", members[0], members, members[0], slog.AnyValue(members[0])), "101000000017")

	delete(member, "eps")
	of.Slips, of.People, of.Period = []payroll.Payslip{slip("E1", member)}, nil, hr.MustPeriod("2026-09-01..2026-09-30")
	_, err = ecr.MembersOf(of)
	require.ElementsMatch(t, []hr.Rule{ecr.RuleLayout, ecr.RuleLayout, ecr.RuleUAN}, rules(err))
}

// The joint option: EPS of 8.33 per cent of 15,000 and 9.49 per cent of the rest, on wages above the ceiling; section 2.2 of the facts.
func TestHigherPensionIsFiled(t *testing.T) {
	law := october2026()
	law.Higher, law.HigherFrom = dec("9.49"), dec("15000")
	const (
		above = "101000000017#~#ALMA SPECIMEN#~#40000#~#40000#~#40000#~#25000#~#4800#~#3622#~#1178#~#0#~#0" // 1,249.50 + 2,372.50
		below = "101000000018#~#BELA SPECIMEN#~#20000#~#20000#~#20000#~#20000#~#2400#~#1724#~#676#~#0#~#0"  // 1,249.50 + 474.50
	)
	_, _, err := ecr.Read(strings.NewReader(above+"\r\n"+below), law)
	require.NoError(t, err)
	_, _, err = ecr.Read(strings.NewReader(above), october2026())
	require.Contains(t, rules(err), ecr.RuleWages, "nobody has the option")
	plain := strings.Replace(above, "#~#3622#~#1178", "#~#3332#~#1468", 1) // 8.33 per cent of all of it
	_, _, err = ecr.Read(strings.NewReader(plain), law)
	require.Contains(t, rules(err), ecr.RuleWages, "EPS wages above the ceiling are those of the option only")
	_, _, err = ecr.Read(strings.NewReader(strings.Replace(above, "#~#3622#~#1178", "#~#3624#~#1176", 1)), law)
	require.Contains(t, rules(err), ecr.RuleContribution)
}
