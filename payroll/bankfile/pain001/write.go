package pain001

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/musterhr/hr"
)

const namespace = "urn:iso:std:iso:20022:tech:xsd:"

// Write writes a file and returns its control figures. A file that breaks a rule is refused before anything is written, with every
// [hr.FieldError] at once and no account number in any.
func Write(w io.Writer, f File) (Totals, error) {
	var faults hr.Faults
	if f.Version == "" {
		f.Version = V09
	}
	t := f.check(&faults)
	if faults.Any() {
		return Totals{}, fmt.Errorf("pain001: write: %w", faults.Err())
	}
	body, err := xml.MarshalIndent(f.document(t), "", "  ")
	if err != nil {
		return Totals{}, fmt.Errorf("pain001: write: %w", err)
	}
	if _, err := io.WriteString(w, xml.Header+string(body)+"\n"); err != nil {
		return Totals{}, fmt.Errorf("pain001: write: %w", err)
	}
	return t, nil
}

func (f File) document(t Totals) document {
	d := document{XMLName: xml.Name{Space: namespace + string(f.Version), Local: "Document"}}
	d.Body.Header = groupHeader{
		Message: f.Message, Created: moment(f.Created), Count: strconv.Itoa(t.Transactions), Sum: t.Sum.StringFixed(2), Initiator: party{Name: f.Initiator, ID: optional(f.InitiatorID)},
	}
	for _, i := range f.Instructions {
		own := i.totals()
		p := instruction{
			ID: i.ID, Method: "TRF", Batch: strconv.FormatBool(!i.Single), Count: strconv.Itoa(own.Transactions), Sum: own.Sum.StringFixed(2),
			Type: paymentType{Service: &code{"SEPA"}, Purpose: &code{"SALA"}}, Day: execution{Day: i.Day.String()},
			Debtor: party{i.Debtor, i.Address.xml(), optional(i.DebtorID)}, Account: account{IBAN: i.Account.Reveal()}, Charges: "SLEV",
			Bank: bank{institution{Other: &other{notProvided}}},
		}
		if f.Version == V03 {
			p.Day = execution{Text: i.Day.String()}
		}
		if i.Currency {
			p.Account.Currency = "EUR"
		}
		if i.For != "" {
			p.For = &party{Name: i.For}
		}
		if i.Bank != "" {
			p.Bank = f.Version.bank(i.Bank)
		}
		for _, c := range i.Credits {
			x := credit{
				ID: creditID{c.Instruction, c.ID, c.UETR}, Amount: amount{"EUR", c.Amount.StringFixed(2)},
				Payee: party{Name: c.Name, Address: c.Address.xml()}, Account: account{IBAN: c.Account.Reveal()}, Purpose: &code{"SALA"},
			}
			if c.Bank != "" {
				b := f.Version.bank(c.Bank)
				x.Bank = &b
			}
			if c.Text != "" {
				x.Text = &remit{c.Text}
			}
			p.Credits = append(p.Credits, x)
		}
		d.Body.Payments = append(d.Body.Payments, p)
	}
	return d
}

func (v Version) bank(bic string) bank {
	if v == V03 {
		return bank{institution{BIC: bic}}
	}
	return bank{institution{BICFI: bic}}
}

func (a Address) xml() *address {
	if a.isZero() {
		return nil
	}
	return &address{a.Street, a.Building, a.PostCode, a.Town, a.Country, a.Lines}
}

// moment writes a time as ISO 8601. UTC has no mark: a bank reads it as its own local time.
func moment(t time.Time) string {
	const local = "2006-01-02T15:04:05.999999999"
	if t.Location() == time.UTC {
		return t.Format(local)
	}
	return t.Format(local + "Z07:00")
}
