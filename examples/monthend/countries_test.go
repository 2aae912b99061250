package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/company"
	leave "github.com/musterhr/hr/leave/statutory/uk"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

// figure is one line of one payslip, worked out by hand.
type figure struct{ employee, line, amount string }

// The companies of the other countries. The golden output says what the program prints, and its checks that everything adds up; that the figures
// are right is shown by hand for those who show the law, and for every law by the second calculators of the packs.
func TestOtherCountries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		args  []string
		slips []string
		hand  []figure
	}{
		{"uk", []string{"-country", "uk"}, []string{"M08"}, []figure{
			// A director: 45,500 so far this year; 8 % above 12,570 is 2,634.40, of which 2,114.40 is paid; 15 % above 5,000 is 6,075, paid 5,100.
			{"M01", "employee_nic", "520"},
			{"M01", "employer_nic", "975"},
			// Wales, month 7: pension 5 % of 4,189 - 520; 4,716.55 and 19,536 before, less 7 x 1,048.26, 16,914 at 20 % less 2,649.20.
			{"M02", "pension", "183.45"},
			{"M02", "paye", "733.6"},
			{"M02", "employee_nic", "265.5"},             // 8 % of 3,141 and 2 % of 711
			{"M02", "student_loan_deduction", "220"},     // 9 % of 4,900 - 29,385 / 12
			{"M04", "paye", "1536.86"},                   // K475: 7 x 396.59 added to 35,115.85: 37,891 less 21,991.6666 at 40 %, and 4,398.3333; less 9,221.20
			{"M05", "paye", "356"},                       // month 1: 2,828.50 - 1,048.26, 1,780 at 20 %
			{"M05", "student_loan_deduction", "45"},      // 9 % of 501.25
			{"M05", "postgraduate_loan_deduction", "72"}, // 6 % of 2,950 - 1,750
			{"M06", "employer_nic", "0"},                 // under 21
			{"M06", "employee_nic", "72.16"},             // 8 % of 902
			{"M07", "paye", "240"},                       // BR: 20 % of 1,200
			{"M07", "employee_nic", "0"},                 // above pension age
			// Scotland: four weeks of maternity pay; 16,377.28 so far less 7,337.82: 439.6758 and 20 % of 9,039 - 2,314.0833 is 1,784.65, less 1,850.48.
			{"M08", "smp", "777.28"},
			{"M08", "paye", "-65.83"},
			{"M08", "employer_nic", "54.04"},
			{"M08", "family_pay_recovered", "715.1"}, // 92 %
			{"M09", "ssp", "73.95"},                  // 3 of 5 days of 123.25
		}},
		{"uk-weekly", []string{"-company", "company-uk-weekly"}, []string{"W02"}, []figure{
			{"W03", "employee_nic", "17.68"}, // 8 % of 463.07 - 242 is 17.6856, whose third decimal is dropped
			{"W03", "employer_nic", "0"},     // under 21
			{"W04", "overtime", "25.88"},     // an hour at 1.5 x 17.25, 25.875
			// Freeport: 15 % of what lies above 481.
			{"W04", "employer_nic", "30.96"}, // 15 % of 687.42 - 481, 30.963
		}},
		{"us", []string{"-country", "us"}, []string{"U09"}, []figure{
			{"U01", "federal_income_tax", "3832.09"}, // 390,000 a year, step 2 checked: 58,448 and 35 % of 117,675, over 26
			{"U01", "social_security", "0"},
			{"U01", "medicare", "217.5"},
			{"U01", "additional_medicare", "135"},      // 0.9 % of 15,000
			{"U04", "federal_income_tax", "195.35"},    // a form of 2019: 74,360 less 8,600: 2,480 and 12 % of 21,660, over 26
			{"U04", "social_security", "177.32"},       // 6.2 % of 2,860
			{"U06", "federal_income_tax", "412.61"},    // nonresident: 3,419.20 a fortnight, 80,299.20: 5,800 and 22 % of 22,399.20
			{"U07", "supplemental_income_tax", "1100"}, // 22 % of 5,000
			{"U08", "federal_income_tax", "0"},
			{"U09", "federal_income_tax", "1342.69"},
			{"U09", "supplemental_income_tax", "561.62"}, // 9,400 together bear 1,904.31
			{"U09", "social_security", "279"},            // 6.2 % of 184,500 - 180,000
		}},
		{"ca", []string{"-country", "ca"}, []string{"C05"}, []figure{
			{"C01", "cpp", "0"}, // both reached the most of the year
			{"C02", "cpp", "80.57"},
			{"C02", "federal_tax", "90.57"}, // 14 % of 35,675.04 less 14 % of 16,452 + 1,608.69 + 586.80 + 1,501, over 24
			// The edition of July, for it is paid on the 2nd: 6.14 % of 35,675.04 less 6.14 % of 15,411.49, less 805 - 3.56 % of 10,105.04; over 24.
			{"C02", "provincial_tax", "33.29"},
			{"C03", "cpp2", "280"}, // 4 % of 7,000: 77,000 came before
			{"C04", "cpp", "268.03"},
			{"C06", "ei", "29.67"}, // 1.63 % of 13 days of 15: 1,820
			{"C08", "cpp", "0"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			printed, out := closed(t, c.args...)
			golden(t, c.name+".txt", printed)
			files := contents(t, out)
			for _, who := range c.slips {
				golden(t, who+".txt", files["payslips/"+who+".txt"])
			}
			for _, f := range c.hand {
				raw, err := os.ReadFile(filepath.Join(out, "payslips", f.employee+".json"))
				require.NoError(t, err)
				var slip struct {
					Lines []struct {
						Name   string
						Amount decimal.Decimal
					}
				}
				require.NoError(t, json.Unmarshal(raw, &slip))
				found := false
				for _, l := range slip.Lines {
					if l.Name == f.line {
						found = true
						require.Equal(t, f.amount, hr.Canonical(l.Amount), "%s of %s", f.line, f.employee)
					}
				}
				require.True(t, found, f.line)
			}
		})
	}
}

// A PAYE, an NIC and a CPP figure read aloud.
func TestOtherCountriesExplain(t *testing.T) {
	t.Parallel()
	for at, words := range map[string][]string{
		"uk M04/paye":               {"Income tax (PAYE) is 1536.86", "4398.3333 plus (37891 less 21991.6666) times 0.4 is 10758.06666, rounded down to 0.01, giving 10758.06", "Most that may be deducted of one payment is 50 percent"},
		"uk M03/employee_nic":       {"National Insurance is 263.50", "3141 times 0.08 is 251.28", "Primary threshold is 1048", "Upper earnings limit is 4189", "Social Security Contributions and Benefits Act 1992"},
		"ca C04/cpp":                {"Canada Pension Plan (CPP) is 268.03", "CPP still to pay this year is 268.03", "0.0595 times (6200 less 145.83) is 360.223115", "Most CPP of a year is 4230.45"},
		"us U03/federal_income_tax": {"Federal income tax is 13.52", "Tentative amount of a year is 4351.44", "Adjusted annual wage is 54762", "Publication 15-T"},
	} {
		country, line, _ := strings.Cut(at, " ")
		var b bytes.Buffer
		require.NoError(t, run(context.Background(), []string{"-country", country, "-explain", line}, &b))
		for _, w := range words {
			require.Contains(t, b.String(), w, at)
		}
	}
}

// What no law knows is named by its file, row and column, all faults at once, and nothing is written.
func TestOtherCountriesRefuse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		folder, file, old, new string
		want                   company.Fault
	}{
		"an unknown tax code":        {"company-uk", "answers.csv", "M02,C1257L", "M02,C1257Q", company.Fault{File: "answers.csv", Line: 3, Column: "tax_code", Rule: uk.RuleTaxCode}},
		"an unknown category":        {"company-uk", "answers.csv", "M06,1257L,M", "M06,1257L,Q", company.Fault{File: "answers.csv", Line: 7, Rule: formula.RuleTableText}},
		"an unknown loan plan":       {"company-uk", "answers.csv", "C1257L,A,plan2", "C1257L,A,plan3", company.Fault{File: "answers.csv", Line: 3, Rule: formula.RuleTableText}},
		"a number of the wrong form": {"company-uk", "employees.csv", "AA000002A", "QQ000002A", company.Fault{File: "employees.csv", Line: 3, Column: "nino", Rule: hr.RuleIdentifierInvalid}},
		"a sort code too short":      {"company-uk", "employees.csv", "90015838,10-88-00", "90015838,10-88", company.Fault{File: "employees.csv", Line: 3, Column: "sort_code", Rule: hr.RuleIdentifierInvalid}},
		"a year without values":      {"company-uk", "company.csv", "month,2026-10\npay_date,2026-10-30", "month,2026-10\npay_date,2027-10-30", company.Fault{File: "company.csv", Rule: hr.RuleParameterMissing}},
		"holidays of nowhere":        {"company-uk", "calendars.csv", "GB-SCT", "GB-XXX", company.Fault{File: "calendars.csv", Line: 7, Column: "day", Rule: company.RuleUnknown}},
		"an unknown filing status":   {"company-us", "answers.csv", "U02,biweekly,,S", "U02,biweekly,,X", company.Fault{File: "answers.csv", Line: 3, Rule: formula.RuleTableText}},
		"an unknown pay frequency":   {"company-us", "answers.csv", "U02,biweekly", "U02,fortnightly", company.Fault{File: "answers.csv", Line: 3, Rule: formula.RuleTableText}},
		"a form of no year":          {"company-us", "answers.csv", "U04,biweekly,2019", "U04,biweekly,2018", company.Fault{File: "answers.csv", Line: 5, Rule: formula.RuleTableText}},
		"an employer without EIN":    {"company-us", "company.csv", "ein,12-3456789", "ein,07-3456789", company.Fault{File: "company.csv", Line: 16, Column: "value", Rule: hr.RuleIdentifierInvalid}},
		"an unknown province":        {"company-ca", "answers.csv", "C02,24,BC", "C02,24,QC", company.Fault{File: "answers.csv", Line: 3, Rule: formula.RuleTableText}},
		"no pay periods":             {"company-ca", "answers.csv", "C02,24,BC", "C02,0,BC", company.Fault{File: "answers.csv", Line: 3, Rule: formula.RuleDivisor}},
		"a wrong check digit":        {"company-ca", "employees.csv", "90483059", "123", company.Fault{File: "employees.csv", Line: 2, Column: "account", Rule: hr.RuleIdentifierInvalid}},
		"a currency of no country":   {"company-ca", "company.csv", "currency,CAD", "currency,EUR", company.Fault{File: "company.csv", Line: 4, Column: "value", Rule: company.RuleValue}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, os.CopyFS(dir, os.DirFS(c.folder)))
			at := filepath.Join(dir, c.file)
			raw, err := os.ReadFile(at)
			require.NoError(t, err)
			require.Contains(t, string(raw), c.old)
			require.NoError(t, os.WriteFile(at, []byte(strings.Replace(string(raw), c.old, c.new, 1)), 0o600))
			out := filepath.Join(dir, "out")
			err = run(context.Background(), []string{"-company", dir, "-out", out}, &bytes.Buffer{})
			var all company.Faults
			require.ErrorAs(t, err, &all)
			found := false
			for _, f := range all {
				got := *f
				got.Reason = ""
				found = found || got == c.want
			}
			require.True(t, found, "%v", err)
			require.NotContains(t, err.Error(), "3400", "no message holds a salary")
			require.NoDirExists(t, out)
		})
	}
	require.ErrorContains(t, run(context.Background(), []string{"-country", "fr"}, &bytes.Buffer{}), "in uk us ca")
}

// Statutory pay stands in two laws, that of leave, which counts it in weeks, and that of pay: the numbers are the same on every day that both know.
func TestStatutoryPayIsOneLaw(t *testing.T) {
	for _, day := range []string{"2024-06-01", "2025-06-01", "2026-06-01", "2027-03-31"} {
		on := hr.MustDate(day)
		for own, other := range map[string]string{"ssp.flat_week": "ssp.weekly", "family_pay.flat_week": "smp.flat", "family_pay.share": "smp.percent", "family_pay.maternity_weeks": "smp.weeks"} {
			a, err := uk.Pack().Value(own, on)
			require.NoError(t, err)
			b, err := leave.Law().Value(other, on)
			require.NoError(t, err)
			require.True(t, a.Equal(b), "%s on %s", own, day)
		}
	}
}
