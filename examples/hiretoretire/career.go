package main

import (
	"cmp"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

var born = hr.MustDate("1968-12-09")

// revision is a change of pay, with a promotion or without.
type revision struct {
	day, from           string
	position, grade     string
	basic, hra, special int64
}

func revisions() []revision {
	return []revision{
		{"1998-03-16", "1998-04-01", "Engineer", "E2", 8000, 4000, 2000},
		{"2001-03-19", "2001-04-01", "", "", 12000, 6000, 3000},
		{"2004-03-15", "2004-04-01", "Senior engineer", "E3", 20000, 10000, 5000},
		{"2007-03-19", "2007-04-01", "", "", 30000, 15000, 5000},
		{"2010-03-15", "2010-04-01", "Quality manager", "M1", 42000, 21000, 12000},
		{"2013-03-18", "2013-04-01", "", "", 54000, 27000, 14000},
		{"2016-03-14", "2016-04-01", "Senior manager", "M2", 70000, 35000, 20000},
		{"2020-03-16", "2020-04-01", "", "", 82000, 41000, 27000},
		{"2023-03-20", "2023-04-01", "Head of quality", "M3", 100000, 50000, 30000},
		{"2026-07-10", "2026-04-01", "", "", 110000, 55000, 35000}, // late: three months are owed
	}
}

// career is what changes her terms: raises, promotions, transfers and the account she is paid into.
func career() []scene {
	scenes := []scene{
		{"2003-06-16", toBengaluru},
		{"2012-09-17", toSystems},
		{"2016-06-20", backToPune},
		{"2008-03-31", func(t *tale) { t.leaves(suresh.Employee, "Suresh Rao, who hired her, leaves the company", false) }},
		{"2019-05-06", newAccount},
		{"2019-05-07", secondPerson},
		{"2019-05-10", accountApplied},
		{"2018-06-04", resignation},
		{"2018-07-02", stays},
		{"2021-12-02", silver},
		{"2013-12-31", func(t *tale) { t.leaves("E-0041", "Farida Contractor, who had named her, retires", true) }},
	}
	for _, r := range revisions() {
		scenes = append(scenes, scene{r.day, r.play})
	}
	return scenes
}

// play proposes the revision with its letter; a second person agrees, and only then do the terms change.
func (r revision) play(t *tale) {
	from := hr.MustDate(r.from)
	_, terms := t.stands(from)
	terms.Pay, terms.Position = paid(r.basic, r.hra, r.special), cmp.Or(r.position, terms.Position)
	letter := t.write(revisionLetter(), terms, from)
	p := lifecycle.Proposal{
		Employee: kavita.Employee, Kind: lifecycle.ProposePay, Letter: hr.Ref{Kind: "letter", ID: letter.Digest},
		Terms: lifecycle.TermsChange{From: from, Onward: true, Set: hr.Terms{Position: r.position, Grade: r.grade, Pay: paid(r.basic, r.hra, r.special)}},
	}
	what := "Pay revision, proposed by the hr desk with a letter, and approved"
	if r.position != "" {
		p.Kind, what = lifecycle.ProposePromotion, "Promotion, proposed by the hr desk with a letter, and approved"
	}
	if from.Before(t.day) {
		what = "Pay revision, approved late: the months since April are owed"
	}
	var id lifecycle.ProposalID
	t.do(hrDesk, func(cmd hr.Command) (err error) { id, err = t.people.Propose(t.ctx, cmd, p); return err })
	if r.from == "2010-04-01" {
		t.refused(kavita, "She may not agree to her own promotion", func(cmd hr.Command) error { return t.people.Decide(t.ctx, cmd, id, true) })
	}
	t.tell(director, what, from, func(cmd hr.Command) error { return t.people.Decide(t.ctx, cmd, id, true) })
}

func (t *tale) moves(what string, m lifecycle.Transfer) {
	t.tell(hrDesk, what, m.From, func(cmd hr.Command) error { _, err := t.people.Transfer(t.ctx, cmd, kavita.Employee, m); return err })
}

func toBengaluru(t *tale) {
	t.moves("Transfer to the works in Bengaluru", lifecycle.Transfer{
		From: hr.MustDate("2003-07-01"), Set: hr.Terms{Place: "Bengaluru", Answers: []hr.Answer{{Name: "pt_state", Text: "KA"}}},
	})
}

func toSystems(t *tale) {
	t.moves("Transfer to another company of the house; service goes on", lifecycle.Transfer{
		From: hr.MustDate("2012-10-01"), Set: hr.Terms{Entity: "Godavari Systems Ltd"},
	})
	e, err := t.people.Employment(t.ctx, t.view(), kavita.Employee)
	if err != nil {
		t.err = err
		return
	}
	t.note("service counts since %s", long(e.ServiceFrom()))
}

func backToPune(t *tale) {
	t.moves("Transfer back to Pune", lifecycle.Transfer{
		From: hr.MustDate("2016-07-01"), Set: hr.Terms{Place: "Pune", Answers: []hr.Answer{{Name: "pt_state", Text: "MH"}}},
	})
}

// leaves lets a colleague go.
func (t *tale) leaves(who hr.EmployeeID, what string, retires bool) {
	t.tell(hrDesk, what, t.day, func(cmd hr.Command) error {
		if retires {
			return t.people.Retire(t.ctx, cmd, who, lifecycle.Retirement{LastDay: t.day, Early: true, Reason: "retired"})
		}
		return t.people.Exit(t.ctx, cmd, who, t.day, "resigned")
	})
}

func newAccount(t *tale) {
	t.tell(kavita, "She asks to be paid into another bank account", t.day, func(cmd hr.Command) (err error) {
		t.bank, err = t.people.Propose(t.ctx, cmd, lifecycle.Proposal{
			Employee: kavita.Employee, Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: account("000444555666", "MUST0000042")},
		})
		return err
	})
	t.note("until a second person has agreed and three days have passed, the old account is paid")
}

func secondPerson(t *tale) {
	t.tell(director, "A second person agrees to the new account", t.day, func(cmd hr.Command) error { return t.people.Decide(t.ctx, cmd, t.bank, true) })
	t.refused(hrDesk, "The new account is not in force at once", func(cmd hr.Command) error { return t.people.ApplyProposal(t.ctx, cmd, t.bank) })
}

func accountApplied(t *tale) {
	t.tell(hrDesk, "The new account is in force", t.day, func(cmd hr.Command) error { return t.people.ApplyProposal(t.ctx, cmd, t.bank) })
}

func resignation(t *tale) {
	given := lifecycle.NoticeDates{Given: t.day}
	rule := lifecycle.NoticeRule{Months: 3, Rate: lifecycle.ByThirty, Monthly: hr.MustMoney("125000", "INR")}
	today, err := rule.Settle(given, t.day, 0) // what leaving today would cost
	if err != nil {
		t.err = err
		return
	}
	given.LastDay = today.Through
	t.tell(kavita, "She resigns; three months of notice", t.day, func(cmd hr.Command) error { return t.people.GiveNotice(t.ctx, cmd, kavita.Employee, given) })
	t.note("the last day would be %s; to go today would cost %s, for %d days", long(today.Through), rupees(today.Amount.Amount), today.Days)
}

func stays(t *tale) {
	t.tell(kavita, "She stays: the resignation is withdrawn", t.day, func(cmd hr.Command) error { return t.people.WithdrawNotice(t.ctx, cmd, kavita.Employee) })
}

// silver finds the anniversary the way a host does: by asking what is due today.
func silver(t *tale) {
	due, err := t.people.Due(t.ctx, t.view(), nil, hr.Period{From: t.day, Through: t.day})
	if err != nil {
		t.err = err
		return
	}
	for _, d := range due {
		if d.Employee == kavita.Employee && d.Kind == lifecycle.DueAnniversary {
			t.lines = append(t.lines, told{day: t.day, what: fmt.Sprintf("Long service: %d years", d.Years), by: hrDesk.ID})
		}
	}
}
