package pain001

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile"
	"github.com/shopspring/decimal"
)

var (
	characters = regexp.MustCompile(`^[A-Za-z0-9/?:().,'+ -]*$`)
	country    = regexp.MustCompile(`^[A-Z]{2}$`)
	uetr       = regexp.MustCompile(`^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$`)
	least      = decimal.New(1, -2)
	most       = decimal.New(99_999_999_999, -2)
)

// check holds a file against what every bank takes: the same for writing and reading. It returns what the payments come to.
func (f File) check(faults *hr.Faults) Totals {
	if f.Version != V09 && f.Version != V03 {
		faults.Add("version", RuleVersion, "must be %s or %s", V09, V03)
	}
	id(faults, "GrpHdr.MsgId", f.Message)
	if y := f.Created.Year(); y < 2000 || y > 9999 {
		faults.Add("GrpHdr.CreDtTm", RuleField, "must be the time that the file was made")
	}
	text(faults, "GrpHdr.InitgPty.Nm", f.Initiator, 70, true)
	text(faults, "GrpHdr.InitgPty.Id", f.InitiatorID, 35, false)
	if len(f.Instructions) == 0 {
		faults.Missing("PmtInf", RuleField)
	}
	all := Totals{}
	instructions, credits := map[string]bool{}, map[string]bool{}
	for i, p := range f.Instructions {
		at := fmt.Sprintf("PmtInf[%d]", i)
		once(faults, at+".PmtInfId", p.ID, instructions)
		p.check(faults, at)
		for j, c := range p.Credits {
			at := fmt.Sprintf("%s.CdtTrfTxInf[%d]", at, j)
			if c.ID != notProvided {
				once(faults, at+".PmtId.EndToEndId", c.ID, credits)
			}
			c.check(faults, at, f.Version)
		}
		t := p.totals()
		all.Transactions, all.Sum = all.Transactions+t.Transactions, all.Sum.Add(t.Sum)
	}
	return all
}

func (i Instruction) totals() (t Totals) {
	for _, c := range i.Credits {
		t.Transactions++
		t.Sum = t.Sum.Add(c.Amount)
	}
	return t
}

const notProvided = "NOTPROVIDED"

func once(faults *hr.Faults, at, v string, seen map[string]bool) {
	id(faults, at, v)
	if seen[v] && v != "" {
		faults.Add(at, RuleTwice, "is used twice")
	}
	seen[v] = true
}

func (i Instruction) check(faults *hr.Faults, at string) {
	if i.Day.IsZero() {
		faults.Missing(at+".ReqdExctnDt", RuleDate)
	}
	text(faults, at+".Dbtr.Nm", i.Debtor, 70, true)
	i.Address.check(faults, at+".Dbtr.PstlAdr")
	text(faults, at+".Dbtr.Id", i.DebtorID, 35, false)
	text(faults, at+".UltmtDbtr.Nm", i.For, 70, false)
	iban(faults, at+".DbtrAcct", i.Account)
	bic(faults, at+".DbtrAgt", i.Bank)
	if len(i.Credits) == 0 {
		faults.Missing(at+".CdtTrfTxInf", RuleField)
	}
}

func (c Credit) check(faults *hr.Faults, at string, v Version) {
	if c.Instruction != "" {
		id(faults, at+".PmtId.InstrId", c.Instruction)
	}
	if c.UETR != "" && (v != V09 || !uetr.MatchString(c.UETR)) {
		faults.Add(at+".PmtId.UETR", RuleField, "must be a UUID of version 4 in small letters, in %s only", V09)
	}
	if c.Amount.LessThan(least) || c.Amount.GreaterThan(most) || !hr.FitsPlaces(c.Amount, 2) {
		faults.Add(at+".Amt", RuleAmount, "must be 0.01 to 999999999.99, in whole cents")
	}
	bic(faults, at+".CdtrAgt", c.Bank)
	text(faults, at+".Cdtr.Nm", c.Name, 70, true)
	c.Address.check(faults, at+".Cdtr.PstlAdr")
	iban(faults, at+".CdtrAcct", c.Account)
	text(faults, at+".RmtInf.Ustrd", c.Text, 140, false)
}

func (a Address) check(faults *hr.Faults, at string) {
	if a.isZero() {
		return
	}
	if a.Town == "" || !country.MatchString(a.Country) || len(a.Lines) > 2 {
		faults.Add(at, RuleAddress, "must have a town and a country of two capitals, and at most two lines beside them")
	}
	text(faults, at+".StrtNm", a.Street, 70, false)
	text(faults, at+".BldgNb", a.Building, 16, false)
	text(faults, at+".PstCd", a.PostCode, 16, false)
	text(faults, at+".TwnNm", a.Town, 35, false)
	for i, l := range a.Lines {
		text(faults, fmt.Sprintf("%s.AdrLine[%d]", at, i), l, 70, true)
	}
}

// text holds a text against its length and the characters that every bank takes.
func text(faults *hr.Faults, at, s string, longest int, need bool) {
	switch {
	case s == "" && need:
		faults.Missing(at, RuleField)
	case len([]rune(s)) > longest:
		faults.Add(at, RuleField, "has more than %d characters", longest)
	case strings.TrimSpace(s) != s || !characters.MatchString(s):
		faults.Add(at, RuleText, "may have letters without accents, digits, blanks between them and / - ? : ( ) . , ' +")
	}
}

func id(faults *hr.Faults, at, s string) {
	text(faults, at, s, 35, true)
	if strings.HasPrefix(s, "/") || strings.HasSuffix(s, "/") || strings.Contains(s, "//") {
		faults.Add(at, RuleText, "must not begin or end with a slash, nor have two in a row")
	}
}

func iban(faults *hr.Faults, at string, v hr.Secret) {
	if n, err := bankfile.ParseIBAN(v.Reveal()); err != nil || n != v.Reveal() {
		faults.Add(at, RuleAccount, "must be an IBAN in capitals without blanks, whose check digits hold")
	}
}

func bic(faults *hr.Faults, at, v string) {
	if n, err := bankfile.ParseBIC(v); v != "" && (err != nil || n != v) {
		faults.Add(at, RuleBank, "must be a BIC in capitals")
	}
}
