package payroll_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func step(since, value string) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(since), Value: dec(value), Source: hr.Source{Title: "Act of Nowhere"}, Reviewed: hr.MustDate("2026-11-24")}
}

// nowhere is a country with one rate and one schedule, that was reviewed on 24 November 2026 and answers for a year.
func nowhere() payroll.Pack {
	return payroll.Pack{
		Code: "xx", Name: "Nowhere", Reviewed: hr.MustDate("2026-11-24"), ReviewMonths: 12, TaxYear: payroll.YearStart{Month: time.April, Day: 1},
		Params: []hr.Parameter{{Name: "levy.rate", Unit: "percent", Steps: []hr.ParameterStep{step("2025-04-01", "2"), step("2026-04-01", "3")}}},
		Tables: []hr.Table{{Name: "levy.fee", Kind: hr.Bands, Key: "money", Value: "money", ByText: true, Steps: []hr.TableStep{
			{
				Text: "N", Since: hr.MustDate("2025-04-01"), Source: hr.Source{Title: "Act of Nowhere"}, Reviewed: hr.MustDate("2026-11-24"),
				Rows: []hr.TableRow{{Bound: hr.Above, Value: dec("10")}},
			},
		}}},
		Components: []payroll.Component{{Name: "xx", Text: "group gross\n" +
			"line levy in deductions = round(sum(gross) * levy.rate, 0.01)\nline fee in deductions = levy.fee(\"N\", sum(gross))"}},
		Forms: []payroll.Form{{
			Name: "list", Title: "List", Source: hr.Source{Title: "Act of Nowhere"},
			Write: func(w io.Writer, p payroll.Pack, of payroll.FormInput) (payroll.FormTotals, error) {
				_, err := io.WriteString(w, p.Name+" "+of.Period.String())
				return payroll.FormTotals{{Name: "slips", Amount: decimal.NewFromInt(int64(len(of.Slips)))}}, err
			},
		}},
	}
}

func planOf(t testing.TB, pack payroll.Pack, more ...payroll.Extension) *payroll.Plan {
	t.Helper()
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{pack}, Extensions: more,
		Components: []payroll.Component{{Name: "pay", Text: "input basic : money\ninput hra : money\nline paid in earnings, gross = basic + hra - hra"}},
	})
	require.NoError(t, err)
	return plan
}

// paidOn calculates the month that ends on a day, paid on that day.
func paidOn(t testing.TB, plan *payroll.Plan, last string) (payroll.Payslip, error) {
	t.Helper()
	in := full("E1")
	day := hr.MustDate(last)
	in.Period, in.PayDate, in.Terms = hr.MonthOf(day), day, hr.Since(hr.MustDate("2020-04-01"), terms("20000", "8000"))
	return plan.Calculate(in)
}

func TestAnOverlayIsPaidAndShown(t *testing.T) {
	mine := step("2026-10-01", "5")
	mine.Source = hr.Source{Title: "Notification 7"}
	pack, err := nowhere().Overlay(payroll.Overlay{Name: "levy.rate", Steps: []hr.ParameterStep{mine}})
	require.NoError(t, err)
	for day, want := range map[string]string{"2026-09-30": "600", "2026-10-31": "1000"} { // 3 and 5 per cent of 20,000
		slip, err := paidOn(t, planOf(t, pack), day)
		require.NoError(t, err)
		levy, _ := slip.Amount("levy")
		require.True(t, levy.Equal(dec(want)), "%s: %s", day, levy)
	}
	trace, err := planOf(t, pack).Explain(full("E1"), "levy")
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, trace.Text(&text))
	require.Contains(t, text.String(), "set by the host on top of the pack")
	require.Contains(t, text.String(), "Notification 7")
	require.NotEqual(t, planOf(t, nowhere()).Digest(), planOf(t, pack).Digest())
	require.Len(t, nowhere().Params[0].Steps, 2, "the pack that is laid over stays")

	// On the day of a step of the pack it takes its place; a table takes rows of one text.
	same, fee := step("2026-04-01", "4"), nowhere().Tables[0].Steps[0]
	fee.Text = "S"
	pack, err = nowhere().Overlay(
		payroll.Overlay{Name: "levy.rate", Steps: []hr.ParameterStep{same}}, payroll.Overlay{Name: "levy.fee", Rows: []hr.TableStep{fee}})
	require.NoError(t, err)
	require.Len(t, pack.Params[0].Steps, 2)
	v, err := pack.Value("levy.rate", hr.MustDate("2026-10-31"))
	require.NoError(t, err)
	require.True(t, v.Equal(dec("4")))
	require.Equal(t, []string{"N", "S"}, pack.Tables[0].Texts())
	require.True(t, pack.Tables[0].Steps[1].Overlay)
	_, err = pack.Value("levy.rat", hr.MustDate("2026-10-31"))
	require.ErrorIs(t, err, hr.ErrNoValue)

	// Of a table too: on the day of a step of its text, and of no other.
	higher, later := nowhere().Tables[0].Steps[0], nowhere().Tables[0].Steps[0]
	higher.Rows, later.Since = []hr.TableRow{{Bound: hr.Above, Value: dec("11")}}, hr.MustDate("2026-10-01")
	pack, err = nowhere().Overlay(payroll.Overlay{Name: "levy.fee", Rows: []hr.TableStep{higher, later}})
	require.NoError(t, err)
	for day, want := range map[string]string{"2026-09-30": "11", "2026-10-31": "10"} {
		slip, err := paidOn(t, planOf(t, pack), day)
		require.NoError(t, err)
		require.Equal(t, want+".00", amount(t, slip, "fee"), day)
	}

	unsourced := hr.ParameterStep{Since: hr.MustDate("2026-10-01")}
	_, err = nowhere().Overlay(
		payroll.Overlay{Name: "levy.rat", Steps: []hr.ParameterStep{mine}}, payroll.Overlay{Name: "levy.fee", Steps: []hr.ParameterStep{mine}},
		payroll.Overlay{Name: "levy.rate"}, payroll.Overlay{Name: "levy.fee"}, payroll.Overlay{Name: "levy.rate", Steps: []hr.ParameterStep{unsourced}})
	require.Equal(t, []hr.Rule{payroll.RulePackOverlay, payroll.RulePackOverlay, payroll.RulePackOverlay, payroll.RulePackOverlay, hr.RuleParameterSource, hr.RuleParameterSource}, rules(err))
	require.Equal(t, []string{"overlays[0].name", "overlays[1]", "overlays[2]", "overlays[3]"}, paths(err)[:4], "only the first is unknown")
}

func TestPastTheReviewNothingIsPaidUnlessSomebodyDecides(t *testing.T) {
	plan := planOf(t, nowhere())
	require.Equal(t, hr.MustDate("2027-11-24"), plan.Trusted())
	_, err := paidOn(t, plan, "2027-10-31")
	require.NoError(t, err)
	_, err = paidOn(t, plan, "2027-11-30")
	require.Equal(t, []hr.Rule{payroll.RulePackReview}, rules(err))
	require.ErrorContains(t, err, "Nowhere was last checked on 2026-11-24")
	require.Equal(t, []hr.Rule{payroll.RulePackReview}, rules(plan.NewBatch(1).Begin(hr.MustPeriod("2027-12-01..2027-12-31"), hr.MustDate("2027-12-31"))))
	late := full("E1")
	late.PayDate = hr.MustDate("2027-12-01")
	_, err = plan.Calculate(late)
	require.Equal(t, []hr.Rule{payroll.RulePackReview}, rules(err), "the day of payment counts too")

	// The oldest value that still holds decides; one that was followed needs no new review.
	stale := nowhere()
	stale.Params[0].Steps[0].Reviewed = hr.MustDate("2020-01-01")
	require.Equal(t, hr.MustDate("2027-11-24"), planOf(t, stale).Trusted())
	stale.Tables[0].Steps[0].Reviewed = hr.MustDate("2026-05-31")
	require.Equal(t, hr.MustDate("2027-05-31"), planOf(t, stale).Trusted())
	_, err = paidOn(t, planOf(t, stale), "2027-06-30")
	require.ErrorContains(t, err, "levy.fee N was last checked on 2026-05-31")
	stale.ReviewMonths = 0
	require.True(t, planOf(t, stale).Trusted().IsZero())

	longer := payroll.Extension{Pack: "xx", Through: hr.MustDate("2028-03-31"), By: "chief", Reason: "rates read again in the gazette"}
	extended := planOf(t, nowhere(), longer)
	require.NotEqual(t, plan.Digest(), extended.Digest(), "on record")
	_, err = paidOn(t, extended, "2028-03-31")
	require.NoError(t, err)
	_, err = paidOn(t, extended, "2028-04-30")
	require.Equal(t, []hr.Rule{payroll.RulePackReview}, rules(err))
	for day, told := range map[string]bool{"2026-10-31": false, "2028-03-31": true} {
		in := full("E1")
		in.PayDate = hr.MustDate(day)
		trace, err := extended.Explain(in, "levy")
		require.NoError(t, err)
		require.Equal(t, told, strings.Contains(trace.Note, "by decision of chief: rates read again in the gazette"), day)
	}

	// What an explanation says already stays in front.
	rated := nowhere()
	rated.Components[0].Text += "\nline grade in information = if fee > 5 then 1 else 0"
	beyond := full("E1")
	beyond.PayDate = hr.MustDate("2028-03-31")
	for line, want := range map[string]string{"levy": "20000 x 0.03 = 600 ; half_up to 0.01; ", "grade": "fee > 5: yes; "} {
		trace, err := planOf(t, rated, longer).Explain(beyond, line)
		require.NoError(t, err)
		require.Equal(t, want+"the law of Nowhere is used past its review of 2026-11-24, to 2028-03-31, by decision of chief: rates read again in the gazette", trace.Note)
	}
	endless := nowhere()
	endless.ReviewMonths = 200_000
	_, err = payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{endless}})
	require.Contains(t, faultsOf(err), "packs.xx.reviewed payroll.pack.review", "16,666 years later there is no such day")

	_, err = payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{nowhere()}, Extensions: []payroll.Extension{
		{Pack: "yy"}, {Pack: "xx", Through: hr.MustDate("2027-11-24")}, longer,
	}})
	require.Equal(t, []hr.Rule{
		payroll.RulePackExtension, payroll.RulePackExtension, payroll.RulePackExtension, payroll.RulePackExtension, payroll.RulePackExtension,
	}, rules(err)) // unknown; without a name, without a reason, not past the review; twice
}

func TestARunPastTheReviewIsRefusedAsAWhole(t *testing.T) {
	w := newWorld(t, 2)
	w.Plans = []*payroll.Plan{planOf(t, nowhere())}
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	december := hr.MustPeriod("2027-12-01..2027-12-31")
	id, err := w.CreateRun(t.Context(), w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: december, PayDate: december.Through})
	require.NoError(t, err)
	_, err = w.Calculate(t.Context(), w.cmd(officer), id)
	require.Equal(t, []hr.Rule{payroll.RulePackReview}, rules(err))
	require.Equal(t, payroll.RunDraft, w.state(t, id), "nothing has happened")
}

func TestLint(t *testing.T) {
	require.Empty(t, nowhere().Lint(hr.MustDate("2026-11-26")))
	pack := nowhere()
	pack.Params = append(pack.Params,
		hr.Parameter{Name: "levy.cap", Unit: "percent", Steps: []hr.ParameterStep{step("2026-04-01", "1200"), step("2025-04-01", "12")}},
		hr.Parameter{Name: "levy.gap", Unit: "count", Steps: []hr.ParameterStep{
			step("2024-04-01", "1.5"), {Since: hr.MustDate("2025-04-01"), Ends: true, Source: hr.Source{Title: "x"}, Reviewed: hr.MustDate("2026-11-24")}, step("2026-04-01", "2"),
		}},
		hr.Parameter{Name: "levy.unit", Unit: "rupees", Steps: []hr.ParameterStep{step("2026-04-01", "1"), step("2026-04-01", "2")}},
	)
	end := func(day string) hr.ParameterStep {
		return hr.ParameterStep{Since: hr.MustDate(day), Ends: true, Source: hr.Source{Title: "x"}, Reviewed: hr.MustDate("2026-11-24")}
	}
	pack.Params = append(pack.Params, hr.Parameter{Name: "levy.over", Unit: "money", Steps: []hr.ParameterStep{step("2024-04-01", "1"), end("2026-11-26")}},
		hr.Parameter{Name: "levy.ending", Unit: "money", Steps: []hr.ParameterStep{step("2024-04-01", "1"), end("2027-02-26")}},
		hr.Parameter{Name: "levy.later", Unit: "money", Steps: []hr.ParameterStep{step("2024-04-01", "1"), end("2027-02-27")}})
	pack.Tables[0].Steps = append(pack.Tables[0].Steps, hr.TableStep{
		Text: "N", Since: hr.MustDate("2026-04-01"), Source: hr.Source{Title: "x"}, Reviewed: hr.MustDate("2026-11-24"),
		Rows: []hr.TableRow{{Bound: hr.UpTo, Limit: dec("10")}, {Bound: hr.UpTo, Limit: dec("5")}, {Bound: hr.Above}},
	})
	pack.Forms = append(pack.Forms, payroll.Form{Name: "list"})
	pack.Identifiers, pack.Retention = []hr.IdentifierRule{{}}, []hr.Retention{{}}
	type seen struct {
		rule    hr.Rule
		warning bool
	}
	got := map[string][]seen{}
	for _, f := range pack.Lint(hr.MustDate("2026-11-26")) {
		got[f.Path] = append(got[f.Path], seen{f.Rule, f.Warning})
	}
	for path, want := range map[string]seen{
		"params.levy.cap":                        {payroll.RulePackUnit, true},
		"params.levy.unit.unit":                  {payroll.RulePackUnit, false},
		"params.levy.unit.steps[1].since":        {hr.RuleParameterStep, false},
		"params.levy.over":                       {payroll.RulePackExpired, true},
		"params.levy.ending":                     {payroll.RulePackExpiring, true},
		"tables.levy.fee.steps[1].rows[1].limit": {hr.RuleTableRows, false},
		"forms[1]":                               {payroll.RulePackValue, false},
		"forms":                                  {payroll.RulePackValue, false},
	} {
		require.Contains(t, got, path)
		require.Equal(t, want, got[path][0], path)
	}
	require.Equal(t, []seen{{payroll.RulePackUnit, true}, {payroll.RulePackOrder, true}}, got["params.levy.cap"])
	require.Equal(t, []seen{{payroll.RulePackUnit, true}, {payroll.RulePackGap, true}}, got["params.levy.gap"])
	require.NotContains(t, got, "params.levy.later")
	require.Contains(t, got, "identifiers[0].kind")
	require.Contains(t, got, "retention[0].name")

	_, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}})
	require.Contains(t, rules(err), payroll.RulePackValue)
	districts := nowhere() // the texts of a table are looked at apart: A has values to 2025 and from 2026 on, B throughout
	row := []hr.TableRow{{Bound: hr.Above, Value: dec("1")}}
	fee := func(text, since string, ends bool) hr.TableStep {
		s := hr.TableStep{Text: text, Since: hr.MustDate(since), Ends: ends, Source: hr.Source{Title: "x"}, Reviewed: hr.MustDate("2026-11-24")}
		if !ends {
			s.Rows = row
		}
		return s
	}
	districts.Tables[0].Steps = []hr.TableStep{fee("A", "2024-04-01", false), fee("B", "2024-04-01", false), fee("A", "2025-04-01", true), fee("A", "2026-04-01", false)}
	var gaps []string
	for _, r := range districts.Lint(hr.MustDate("2026-11-26")) {
		gaps = append(gaps, r.Path+": "+r.Reason)
	}
	require.Equal(t, []string{"tables.levy.fee.A: has no value from 2025-04-01 to 2026-03-31"}, gaps)
	gap := nowhere()
	gap.Params[0].Steps = []hr.ParameterStep{step("2024-04-01", "1"), end("2025-04-01"), step("2026-04-01", "2")}
	require.Len(t, planOf(t, gap).Warnings(), 1, "a plan compiles with a gap and says so")
	require.Equal(t, "has no value from 2025-04-01 to 2026-03-31", gap.Lint(hr.Date{})[0].Reason, "to the day before the next value")
	unlimited := nowhere()
	unlimited.ReviewMonths = 0
	require.Empty(t, unlimited.Lint(hr.MustDate("2126-11-24")), "a pack that needs no review is not overdue for one")
	_, err = paidOn(t, planOf(t, gap), "2025-10-31")
	require.ErrorContains(t, err, "parameter levy.rate has no value on 2025-10-31")

	for day, warned := range map[string]bool{"2027-08-23": false, "2027-08-24": true, "2027-11-25": true} { // 92 days before 24 November 2027
		require.Equal(t, warned, len(nowhere().Lint(hr.MustDate(day))) == 1, day)
	}
}

func TestForms(t *testing.T) {
	var b bytes.Buffer
	totals, err := nowhere().WriteForm(&b, "list", payroll.FormInput{Period: october, Slips: make([]payroll.Payslip, 3)})
	require.NoError(t, err)
	require.Equal(t, "Nowhere 2026-10-01..2026-10-31", b.String())
	require.Equal(t, "slips", totals[0].Name)
	_, err = nowhere().WriteForm(&b, "lost", payroll.FormInput{})
	require.Equal(t, []hr.Rule{payroll.RuleForm}, rules(err))
	_, found := nowhere().Identifier("pan_in")
	require.False(t, found)
	numbers := nowhere()
	numbers.Identifiers = []hr.IdentifierRule{{Kind: "uan_in"}, {Kind: "pan_in"}}
	rule, found := numbers.Identifier("pan_in")
	require.True(t, found)
	require.Equal(t, "pan_in", rule.Kind)
}

// An answer beside the terms holds in every piece, also where the plan asks for it by piece.
func TestAnAnswerHoldsInEveryPiece(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{
		Name: "club",
		Text: "input basic : money by piece\ninput hra : money by piece = 0\ninput club : yes/no by piece\ninput piece_days : days by piece\n" +
			"line pay in earnings = last(basic) + last(hra) - last(hra)\nline fee in deductions = round(pieces(if club then basic * piece_days / 31 days else 0), 0.01)",
	}}})
	require.NoError(t, err)
	in := full("E1")
	raised, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: terms("20000", "8000")},
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: terms("30000", "8000")})
	require.NoError(t, err)
	in.Terms, in.Answers = raised, []hr.Answer{{Name: "club", Text: "yes"}}
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	fee, _ := slip.Amount("fee")
	require.True(t, fee.Equal(dec("25161.29")), "(20,000 x 15 + 30,000 x 16) / 31: %s", fee)
}
