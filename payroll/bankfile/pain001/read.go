package pain001

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
	"github.com/shopspring/decimal"
)

// Read reads a file strictly: the elements in their order and no other, and every count and control sum compared with what the
// payments come to. All faults come at once, each with its path and without what stands in it; XML that is broken or not a salary file
// of this shape ends the reading, with the line of the first element that is wrong.
func Read(r io.Reader) (File, Totals, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return File{}, Totals{}, fmt.Errorf("pain001: read: %w", err)
	}
	d, err := parse(raw)
	if err != nil {
		return File{}, Totals{}, fmt.Errorf("pain001: read: %w", err)
	}
	var faults hr.Faults
	f := d.file(&faults)
	t := f.check(&faults)
	if !faults.Any() {
		d.compare(&faults, f, t)
	}
	if faults.Any() {
		return File{}, Totals{}, fmt.Errorf("pain001: read: %w", faults.Err())
	}
	return f, t, nil
}

// parse reads the XML and proves that nothing of it was overlooked: what was understood is written again, and must be the same elements,
// attributes and texts in the same order.
func parse(raw []byte) (d document, err error) {
	broken := func(line int, reason string, args ...any) (document, error) {
		return document{}, &hr.FieldError{Path: fmt.Sprintf("line %d", line), Rule: RuleXML, Reason: fmt.Sprintf(reason, args...)}
	}
	if !utf8.Valid(raw) || bytes.HasPrefix(raw, []byte("\ufeff")) {
		return broken(1, "must be UTF-8 without a byte order mark")
	}
	dec := xml.NewDecoder(bytes.NewReader(raw))
	if err := dec.Decode(&d); err != nil {
		line, _ := dec.InputPos()
		return broken(line, "is not well-formed XML")
	}
	space, found := strings.CutPrefix(d.XMLName.Space, namespace)
	if d.XMLName.Local != "Document" || !found || Version(space) != V09 && Version(space) != V03 {
		return document{}, &hr.FieldError{Path: "Document", Rule: RuleVersion, Reason: fmt.Sprintf("must be in the namespace of %s or %s", V09, V03)}
	}
	again, err := xml.Marshal(d)
	if err != nil {
		return broken(1, "cannot be read as text")
	}
	want, got := xml.NewDecoder(bytes.NewReader(again)), xml.NewDecoder(bytes.NewReader(raw))
	for {
		w, _, werr := next(want)
		g, line, gerr := next(got)
		if gerr != nil && !errors.Is(gerr, io.EOF) {
			return broken(line, "is not well-formed XML")
		}
		if werr != nil || gerr != nil {
			if !errors.Is(werr, io.EOF) || !errors.Is(gerr, io.EOF) {
				return broken(line, "holds something after the document")
			}
			return d, nil
		}
		if w != g {
			return broken(line, "must be %s", w.kind())
		}
	}
}

// token is an element that begins or ends, or a text, in a form that can be compared.
type token struct{ begin, end, text, attributes string }

// kind says what the token is, without a text.
func (t token) kind() string {
	switch {
	case t.begin != "":
		return "the beginning of " + t.begin[strings.LastIndex(t.begin, " ")+1:] + " with its attributes"
	case t.end != "":
		return "the end of " + t.end[strings.LastIndex(t.end, " ")+1:]
	}
	return "a text alone, without elements in it"
}

// next returns the next token that means something, and its line. Blanks between elements, comments and declarations of namespaces and
// schemas mean nothing; a document type is a fault.
func next(d *xml.Decoder) (token, int, error) {
	for {
		t, err := d.Token()
		line, _ := d.InputPos()
		if err != nil {
			return token{}, line, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			var attributes []string
			for _, a := range t.Attr {
				declares := a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Space == "http://www.w3.org/2001/XMLSchema-instance" && t.Name.Local == "Document"
				if !declares {
					attributes = append(attributes, fmt.Sprintf("%q %q %q", a.Name.Space, a.Name.Local, a.Value))
				}
			}
			slices.Sort(attributes)
			return token{begin: t.Name.Space + " " + t.Name.Local, attributes: strings.Join(attributes, " ")}, line, nil
		case xml.EndElement:
			return token{end: t.Name.Space + " " + t.Name.Local}, line, nil
		case xml.CharData:
			if s := string(t); strings.Trim(s, " \t\r\n") != "" {
				return token{text: s}, line, nil
			}
		case xml.Directive:
			return token{}, line, errors.New("a document type")
		}
	}
}

// file turns the XML into a File; what only a text can hold wrongly is a fault here, all else in check.
func (d document) file(faults *hr.Faults) File {
	h := d.Body.Header
	f := File{Version: Version(strings.TrimPrefix(d.XMLName.Space, namespace)), Message: h.Message, Initiator: h.Initiator.Name}
	var err error
	if f.Created, err = parseMoment(h.Created); err != nil {
		faults.Add("GrpHdr.CreDtTm", RuleField, "must be a date and time of ISO 8601")
	}
	f.InitiatorID = h.Initiator.id(faults, "GrpHdr.InitgPty.Id")
	if h.Initiator.Address != nil {
		faults.Add("GrpHdr.InitgPty", RuleXML, "must have no address")
	}
	for i, p := range d.Body.Payments {
		f.Instructions = append(f.Instructions, p.instruction(faults, fmt.Sprintf("PmtInf[%d]", i), f.Version))
	}
	return f
}

func (p instruction) instruction(faults *hr.Faults, at string, v Version) Instruction {
	expect := func(name, got string, rule hr.Rule, allowed ...string) {
		if !slices.Contains(allowed, got) {
			faults.Add(at+"."+name, rule, "must be %s", strings.Join(allowed, " or "))
		}
	}
	expect("PmtMtd", p.Method, RuleField, "TRF")
	expect("PmtTpInf.SvcLvl", p.Type.Service.text(), RulePurpose, "SEPA")
	expect("PmtTpInf.CtgyPurp", p.Type.Purpose.text(), RulePurpose, "SALA")
	if p.Charges != "" {
		expect("ChrgBr", p.Charges, RuleField, "SLEV")
	}
	if p.Batch != "" {
		expect("BtchBookg", p.Batch, RuleField, "true", "false")
	}
	i := Instruction{
		ID: p.ID, Single: p.Batch == "false", Debtor: p.Debtor.Name, DebtorID: p.Debtor.id(faults, at+".Dbtr.Id"), Address: p.Debtor.Address.address(),
		Account: hr.NewSecret(p.Account.IBAN), Currency: p.Account.Currency != "", Bank: p.Bank.code(faults, at+".DbtrAgt", v, true),
	}
	if i.Currency && p.Account.Currency != "EUR" {
		faults.Add(at+".DbtrAcct.Ccy", RuleCurrency, "must be EUR")
	}
	if p.For != nil {
		if i.For = p.For.Name; i.For == "" || p.For.Address != nil || p.For.ID != nil {
			faults.Add(at+".UltmtDbtr", RuleXML, "must have a name and nothing else")
		}
	}
	day, wrong := p.Day.Day, p.Day.Text
	if v == V03 {
		day, wrong = wrong, day
	}
	var err error
	if i.Day, err = hr.ParseDate(day); err != nil || strings.TrimSpace(wrong) != "" {
		faults.Add(at+".ReqdExctnDt", RuleDate, "must be a day written YYYY-MM-DD, in %s as text and in %s in Dt", V03, V09)
	}
	for j, c := range p.Credits {
		at := fmt.Sprintf("%s.CdtTrfTxInf[%d]", at, j)
		one := Credit{
			ID: c.ID.EndToEnd, Instruction: c.ID.Instruction, UETR: c.ID.UETR, Amount: money(faults, at+".Amt", c.Amount.Text),
			Name: c.Payee.Name, Address: c.Payee.Address.address(), Account: hr.NewSecret(c.Account.IBAN),
		}
		if c.Payee.ID != nil || c.Account.Currency != "" {
			faults.Add(at+".Cdtr", RuleXML, "must have a name, an address and an account, and nothing else")
		}
		if c.Amount.Currency != "EUR" {
			faults.Add(at+".Amt", RuleCurrency, "must be in EUR")
		}
		if c.Bank != nil {
			one.Bank = c.Bank.code(faults, at+".CdtrAgt", v, false)
		}
		if c.Purpose != nil && c.Purpose.Code != "SALA" {
			faults.Add(at+".Purp", RulePurpose, "must be SALA: salaries are never mixed with other payments")
		}
		if c.Text != nil {
			if one.Text = c.Text.Text; one.Text == "" {
				faults.Missing(at+".RmtInf.Ustrd", RuleField)
			}
		}
		i.Credits = append(i.Credits, one)
	}
	return i
}

// id is the number of an organisation; an element without one is a fault.
func (p party) id(faults *hr.Faults, at string) string {
	if p.ID == nil {
		return ""
	}
	if *p.ID == "" {
		faults.Missing(at, RuleField)
	}
	return *p.ID
}

func (c *code) text() string {
	if c == nil {
		return ""
	}
	return c.Code
}

func (a *address) address() Address {
	if a == nil {
		return Address{}
	}
	out := Address{a.Street, a.Building, a.PostCode, a.Town, a.Country, a.Lines}
	if out.isZero() {
		out.Lines = []string{""} // an element without content is no address, and check says so
	}
	return out
}

// code is the BIC of a bank; NOTPROVIDED is none, where that may be said.
func (b bank) code(faults *hr.Faults, at string, v Version, mayLack bool) string {
	code, wrong := b.Institution.BICFI, b.Institution.BIC
	if v == V03 {
		code, wrong = wrong, code
	}
	lacks := b.Institution.Other != nil && b.Institution.Other.ID == notProvided && mayLack
	if wrong != "" || (code == "") != lacks || b.Institution.Other != nil && !lacks {
		faults.Add(at, RuleBank, "must be a BIC, called BIC in %s and BICFI in %s; a debtor's bank may be NOTPROVIDED", V03, V09)
	}
	return code
}

func money(faults *hr.Faults, at, text string) decimal.Decimal {
	d, err := hr.ParseDecimal(text)
	if err != nil {
		faults.Add(at, RuleAmount, "must be a plain decimal")
	}
	return d
}

// compare holds the counts and sums that the file claims against its payments.
func (d document) compare(faults *hr.Faults, f File, all Totals) {
	claims(faults, "GrpHdr", d.Body.Header.Count, d.Body.Header.Sum, all, true)
	for i, p := range d.Body.Payments {
		claims(faults, fmt.Sprintf("PmtInf[%d]", i), p.Count, p.Sum, f.Instructions[i].totals(), false)
	}
}

func claims(faults *hr.Faults, at, count, sum string, t Totals, need bool) {
	if n, err := strconv.Atoi(count); (need || count != "") && (err != nil || strconv.Itoa(n) != count || n != t.Transactions) {
		faults.Add(at+".NbOfTxs", RuleTotal, "is %s, and there are %d payments", fixed.Told(count), t.Transactions)
	}
	if d, err := hr.ParseDecimal(sum); sum != "" && (err != nil || !d.Equal(t.Sum)) {
		faults.Add(at+".CtrlSum", RuleTotal, "is not the sum of the payments")
	}
}

func parseMoment(s string) (time.Time, error) {
	if t, err := time.Parse("2006-01-02T15:04:05", s); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}
