package pain001

import (
	"fmt"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile"
)

// New makes the file of a payment batch: one instruction that pays from the employer's account on the value date, named after the
// batch. at is when the file is made; the debtor's address is optional. Account numbers are IBANs, in groups or not; the bank of an account is a BIC or
// empty. It returns [hr.FieldError]s for another currency (RuleCurrency) and for a value date before the file is made (RuleDate); what
// else a bank asks for, [Write] checks.
func New(b payroll.PaymentBatch, at time.Time, debtor Address) (File, error) {
	var faults hr.Faults
	if b.Currency != "EUR" {
		faults.Add("currency", RuleCurrency, "must be EUR")
	}
	if b.ValueDate.Before(hr.DateOf(at, at.Location())) {
		faults.Add("value_date", RuleDate, "must not be before the file is made")
	}
	i := Instruction{
		ID: b.ID + "-1", Day: b.ValueDate, Debtor: Plain(b.From.Holder), Address: debtor,
		Account: canonical(b.From.Number), Bank: strings.ToUpper(b.From.Bank),
	}
	for n, p := range b.Payments {
		if p.Amount.Currency != "EUR" {
			faults.Add(fmt.Sprintf("payments[%d].currency", n), RuleCurrency, "must be EUR")
		}
		i.Credits = append(i.Credits, Credit{
			ID: p.Reference, Amount: p.Amount.Amount, Bank: strings.ToUpper(p.Account.Bank), Name: Plain(p.Account.Holder),
			Account: canonical(p.Account.Number), Text: Plain(b.Narration),
		})
	}
	if faults.Any() {
		return File{}, fmt.Errorf("pain001: %w", faults.Err())
	}
	return File{Version: V09, Message: b.ID, Created: at, Initiator: i.Debtor, Instructions: []Instruction{i}}, nil
}

func canonical(v hr.Secret) hr.Secret {
	if n, err := bankfile.ParseIBAN(v.Reveal()); err == nil {
		return hr.NewSecret(n)
	}
	return v // Write refuses it
}

// plain says how letters with accents are written by who has none. Each word is a plain form and the letters that become it.
const plain = "A:ÀÁÂÃÄÅĀĂĄ a:àáâãäåāăą C:ÇĆČ c:çćč D:ĎĐÐ d:ďđð E:ÈÉÊËĒĖĘĚ e:èéêëēėęě G:ĞĢ g:ğģ I:ÌÍÎÏĪĮİ i:ìíîïīįı K:Ķ k:ķ L:ĹĻĽŁ l:ĺļľł " +
	"N:ÑŃŅŇ n:ñńņň O:ÒÓÔÕÖØŌŐ o:òóôõöøōő R:ŔŘ r:ŕř S:ŚŞŠȘ s:śşšș T:ŢŤȚ t:ţťț U:ÙÚÛÜŪŮŰŲ u:ùúûüūůűų Y:ÝŸ y:ýÿ Z:ŹŻŽ z:źżž AE:Æ ae:æ OE:Œ oe:œ ss:ß TH:Þ th:þ"

var replacer = func() *strings.Replacer {
	var pairs []string
	for word := range strings.FieldsSeq(plain) {
		to, from, _ := strings.Cut(word, ":")
		for _, letter := range from {
			pairs = append(pairs, string(letter), to)
		}
	}
	return strings.NewReplacer(append(pairs, "’", "'", "–", "-", "&", "+")...)
}()

// Plain writes the letters of European languages without their accents, as banks do: Zoë Łuczak is Zoe Luczak. What it does not know it
// leaves as it is, for [Write] to refuse.
func Plain(text string) string { return replacer.Replace(strings.TrimSpace(text)) }
