package lifecycle_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

var english = lifecycle.LetterLanguage{
	Tag:    "en-IN",
	Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	Group:  ",", Lakhs: true, Currency: map[hr.Currency]string{"INR": "₹"}, Amount: "{currency}{amount}",
}

var german = lifecycle.LetterLanguage{
	Tag: "de", Months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	Date: "{day}. {month} {year}", Group: ".", Point: ",", Amount: "{amount} {currency}",
}

func TestAmountsAndDatesByLanguage(t *testing.T) {
	money := func(amount string, c hr.Currency) hr.Money { return hr.MustMoney(amount, c) }
	require.Equal(t, "₹12,34,567.50", english.WriteAmount(money("1234567.5", "INR")))
	require.Equal(t, "₹999.00", english.WriteAmount(money("999", "INR")))
	require.Equal(t, "₹-1,00,000.00", english.WriteAmount(money("-100000", "INR")))
	require.Equal(t, "USD1,000.00", english.WriteAmount(money("1000", "USD")), "without a sign the code")
	require.Equal(t, "1.234.567,50 EUR", german.WriteAmount(money("1234567.5", "EUR")))
	require.Equal(t, "1.234 JPY", german.WriteAmount(money("1234", "JPY")))
	require.Equal(t, "INR 1234567.50", lifecycle.LetterLanguage{}.WriteAmount(money("1234567.5", "INR")))
	require.Equal(t, []string{"31 October 2026", "31. Oktober 2026", "2026-10-31"}, []string{
		english.WriteDate(day("2026-10-31")), german.WriteDate(day("2026-10-31")), lifecycle.LetterLanguage{}.WriteDate(day("2026-10-31")),
	})
	require.Equal(t, []string{"1 January 2026", "31 December 2026"}, []string{english.WriteDate(day("2026-01-01")), english.WriteDate(day("2026-12-31"))})
}

func TestALetter(t *testing.T) {
	h := newHouse(hr.AllowAll)
	j := joiner("E1", "2026-01-05")
	j.Terms.Position, j.Terms.Pay = "Analyst", append(j.Terms.Pay, hr.PayTerm{Name: "hra", Amount: rupees(120000)})
	h.hire(t, j)
	terms, _ := h.terms(t, "E1", 0).At(day("2026-01-05"))
	values := lifecycle.LetterFacts(h.get(t, "E1"), terms)
	offer := lifecycle.LetterTemplate{
		Kind: "offer", Language: english, Subject: "Offer for {{.name}}",
		Body: "Dear {{.name}},\nyou begin on {{.start}} as {{.position}}{{if .place}} in {{.place}}{{else}}, wherever you are{{end}}.\n" +
			"{{range .pay}}{{.name}} for {{$.name}}: {{.amount}}\n{{end}}",
	}
	letter, err := offer.Render(values)
	require.NoError(t, err)
	require.Equal(t, "Offer for Asha Rao", letter.Subject)
	require.Equal(t, "Dear Asha Rao,\nyou begin on 5 January 2026 as Analyst, wherever you are.\nbasic for Asha Rao: ₹40,000.00\nhra for Asha Rao: ₹1,20,000.00\n", letter.Body)
	require.Equal(t, "[letter offer]", fmt.Sprint(letter), "a letter prints without its pay")
	offer.Language = german
	other, err := offer.Render(values)
	require.NoError(t, err)
	require.Contains(t, other.Body, "5. Januar 2026")
	require.NotEqual(t, letter.Digest, other.Digest)
}

// A condition may ask for all values at once, as for one of them.
func TestALetterWithAllValues(t *testing.T) {
	letter, err := lifecycle.LetterTemplate{Body: "{{with $}}Dear {{.name}}{{end}}"}.Render(lifecycle.LetterValues{Text: map[string]string{"name": "Asha"}})
	require.NoError(t, err)
	require.Equal(t, "Dear Asha", letter.Body)
}

// Everything that is missing is told at once, in the words of the template.
func TestALetterNamesWhatIsMissing(t *testing.T) {
	relieving := lifecycle.LetterTemplate{
		Kind: "relieving", Subject: "{{.reference}}",
		Body: "{{.name}} worked from {{.start}} to {{.last_day}}{{if .reason}}, {{.reason}}: {{.detail}}{{end}}. {{.name}} {{.signatory}} {{range .assets}}{{.tag}}{{end}}{{$.place}}",
	}
	values := lifecycle.LetterValues{
		Text: map[string]string{"name": "Asha", "signatory": "", "reason": "resigned"}, Dates: map[string]hr.Date{"start": day("2026-01-01"), "last_day": {}},
		Rows: map[string][]lifecycle.LetterValues{"assets": {{Text: map[string]string{"tag": "L1"}}, {}}},
	}
	_, err := relieving.Render(values)
	var missing []string
	for _, f := range hr.FieldErrors(err) {
		require.Equal(t, lifecycle.RuleLetterValue, f.Rule)
		missing = append(missing, f.Path)
	}
	require.Equal(t, []string{"reference", "last_day", "detail", "signatory", "tag", "place"}, missing)
	require.ErrorIs(t, err, hr.ErrRequired)
	delete(values.Text, "reason")
	_, err = relieving.Render(values)
	require.NotContains(t, err.Error(), "detail", "what a condition leaves out is not needed")
}

func TestALetterCannotBeMisused(t *testing.T) {
	for name, body := range map[string]string{
		"broken":           "{{.name",
		"a call":           `{{call .name}}`,
		"a format":         `{{printf "%s" .name}}`,
		"another template": `{{template "x"}}`,
		"a method":         `{{.name.Reveal}}`,
	} {
		_, err := lifecycle.LetterTemplate{Kind: "offer", Body: body}.Render(lifecycle.LetterValues{Text: map[string]string{"name": "secret value"}})
		require.Equal(t, []string{"lifecycle.letter.template"}, faultsRules(err), name)
		require.NotContains(t, err.Error(), "secret value")
	}
	html := lifecycle.LetterTemplate{Kind: "offer", HTML: true, Subject: "{{.name}}", Body: `<p title="{{.name}}">{{.name}}</p><a href="{{.link}}">x</a><script>var n = {{.name}}</script>`}
	letter, err := html.Render(lifecycle.LetterValues{Text: map[string]string{"name": `"><script>alert(1)</script>`, "link": "javascript:alert(1)"}})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(letter.Body, "<script>"), letter.Body)
	require.NotContains(t, letter.Body, `href="javascript:`)
	require.Equal(t, 1, strings.Count(letter.Body, `</script>`), letter.Body)
}

func ExampleLetterTemplate_Render() {
	confirmation := lifecycle.LetterTemplate{
		Kind: "confirmation", Language: english, Subject: "Confirmation",
		Body: "Dear {{.name}}, you are confirmed from {{.confirmed}} at {{.pay_basic}} a month.",
	}
	e := lifecycle.Employment{ID: "E1", Person: hr.Person{Name: "Asha Rao"}, Start: hr.MustDate("2026-03-02"), Confirmed: hr.MustDate("2026-09-02")}
	terms := hr.Terms{Entity: "ACME-IN", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: rupees(145000)}}}
	letter, err := confirmation.Render(lifecycle.LetterFacts(e, terms))
	fmt.Println(letter.Body, err)
	_, err = confirmation.Render(lifecycle.LetterFacts(lifecycle.Employment{}, hr.Terms{}))
	fmt.Println(err)
	// Output:
	// Dear Asha Rao, you are confirmed from 2 September 2026 at ₹1,45,000.00 a month. <nil>
	// name: is required [lifecycle.letter.value]
	// confirmed: is required [lifecycle.letter.value]
	// pay_basic: is required [lifecycle.letter.value]
}
