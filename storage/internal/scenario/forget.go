package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// ForgetfulStore is what [Company.Forget] needs of a store.
type ForgetfulStore interface {
	Store
	storage.Keys
	storage.AuditTrail
	lifecycle.Record
	lifecycle.Documents
	lifecycle.Holds
	lifecycle.Identities
}

// PlantedTexts are texts that nobody else has and that stand wherever the first employee of the company does: name, mail, telephone, identity, account,
// a document's number, and a reason.
func PlantedTexts() []string {
	return []string{"Planted Nightingale", "nightingale@planted.example", "+91-7717717717", "PLNTD7171Z", "771771771771", "V-7171717", "planted illness"}
}

// keep is how long the law of the scenario wants what: three years, and of names and numbers seven after the tax year, which ends in March.
var keep = []lifecycle.KeepRule{
	{
		Retention: hr.Retention{
			Name: "test.wages", Title: "Wages", Months: 36, Start: hr.AfterExit, Source: hr.Source{Title: "Wages Act", Section: "s.1"}, Reviewed: begins,
		},
	},
	{
		Retention: hr.Retention{
			Name: "test.tax", Title: "Tax", Months: 84, Start: hr.AfterTaxYear, Source: hr.Source{Title: "Tax Act", Section: "s.2"}, Reviewed: begins,
		},
		Classes: []hr.FieldClass{hr.ClassContact, hr.ClassGovernmentID}, TaxYear: lifecycle.DayOfYear{Month: time.April, Day: 1},
	},
}

// remains is everything about the payroll that must be the same when somebody is forgotten.
func (c Company) remains(ctx context.Context, db ForgetfulStore) (string, error) {
	_, pay, _, err := c.Services(db)
	if err != nil {
		return "", err
	}
	view := hr.View{Actor: preparer, Purpose: "verification"}
	chart := payroll.Chart{NetPay: "2100", Lines: []payroll.ChartLine{
		{Line: "basic_pay", Debit: "5100"}, {Line: "fund", Credit: "2200"}, {Line: "employer_fund", Debit: "5200", Credit: "2200"},
	}}
	var b strings.Builder
	for n := range c.Months {
		_, name := c.month(n)
		row, _, err := db.Claim(ctx, storage.CommandRow{ID: hr.CommandID(name + "/create")})
		if err != nil {
			return "", err
		}
		id := payroll.RunID(string(row.Result[1 : len(row.Result)-1]))
		run, err := pay.Run(ctx, view, id)
		if err != nil {
			return "", err
		}
		journal, err := pay.Journal(ctx, view, id, chart)
		if err != nil {
			return "", err
		}
		slips, err := pay.Payslips(ctx, view, id)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&b, name, run.State, run.Digest, hr.Digest("journal/1", journal))
		for _, s := range slips {
			fmt.Fprintln(&b, " ", s.Employee, s.Digest(), s.Net().Amount)
		}
	}
	return b.String(), nil
}

// Forget ends the employment of the first employee after [Company.Work], is refused their erasure while a law or a hold stands, and erases them years later, class by
// class. It returns what it found to be other than it must be.
func (c Company) Forget(ctx context.Context, db ForgetfulStore) error {
	people, _, _, err := c.Services(db)
	if err != nil {
		return err
	}
	planted, emp := PlantedTexts(), employee(0)
	person := hr.Person{
		Name: planted[0], Born: hr.MustDate("1971-07-17"), Gender: "female", Email: planted[1], Phone: planted[2],
		Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(planted[3])}},
		Bank:       hr.BankAccount{Holder: planted[0], Number: hr.NewSecret(planted[4]), Bank: "HDFC0001234"},
	}
	people.Record, people.Documents, people.Holds, people.Keys, people.Retention = db, db, db, db, keep
	n := 0
	var now time.Time
	people.Kit.Now = func() time.Time { n++; return now.Add(time.Duration(n) * time.Second) }
	on := func(day string) { now = hr.MustDate(day).At(hr.MustTimeOfDay("12:00"), time.UTC) }
	cmd := func(reason string) hr.Command {
		n++
		return hr.Command{ID: hr.CommandID(fmt.Sprint("forget", n)), Actor: preparer, Purpose: "erasure", Reason: reason}
	}
	on("2020-05-20")
	last := hr.MustDate("2020-05-31")
	if err := errors.Join(
		people.ChangePerson(ctx, cmd("moved"), emp, person),
		second(people.KeepDocument(ctx, cmd("shown"), lifecycle.Document{Employee: emp, Kind: "visa", Title: "Visa", Number: hr.NewSecret(planted[5])}, "")),
		people.Exit(ctx, cmd(planted[6]), emp, last, planted[6]),
	); err != nil {
		return err
	}
	before, err := c.remains(ctx, db)
	if err != nil {
		return err
	}
	var faults []error
	refused := func(rule hr.Rule, what string) {
		if err := second(people.Erase(ctx, cmd("asked"), emp)); !breaks(err, rule) {
			faults = append(faults, fmt.Errorf("%s: want %s, got %w", what, rule, err))
		}
	}
	on("2023-05-31")
	refused(lifecycle.RuleErasureEarly, "the last day that the wages act asks for")
	hold, err := people.PlaceHold(ctx, cmd("a claim"), lifecycle.LegalHold{Employee: emp, Matter: "a claim about " + planted[6]})
	if err != nil {
		return err
	}
	on("2023-06-01") // 36 months after 31 May 2020, and a day: what is private and special goes, and names stay for the tax act
	refused(lifecycle.RuleErasureHeld, "a hold")
	if err := people.ReleaseHold(ctx, cmd("settled"), hold); err != nil {
		return err
	}
	expect := func(want ...hr.FieldClass) {
		got, err := people.Erase(ctx, cmd("due"), emp)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			faults = append(faults, fmt.Errorf("erased %v, not %v: %w", got, want, err))
		}
	}
	expect(hr.ClassPrivate, hr.ClassSpecial)
	row, err := db.Employment(ctx, emp)
	if err != nil {
		return err
	}
	if row.Person.Name != person.Name || !row.Person.Born.IsZero() || row.ExitReason != "" {
		faults = append(faults, errors.New("what is private is not gone, or what the tax act wants is"))
	}
	on("2028-03-31") // 84 months after the tax year that ended on 31 March 2021
	refused(lifecycle.RuleErasureEarly, "the last day that the tax act asks for")
	on("2028-04-01")
	expect(hr.ClassContact, hr.ClassGovernmentID)
	faults = append(faults, c.forgotten(ctx, db, person))
	after, err := c.remains(ctx, db)
	if err != nil {
		return err
	}
	if before != after {
		faults = append(faults, fmt.Errorf("the payroll is another one. Before:\n%sAfter:\n%s", before, after))
	}
	broken, err := storage.VerifyAudit(ctx, db)
	if err != nil {
		return err
	}
	for _, f := range broken {
		faults = append(faults, fmt.Errorf("the audit: %s %d: %s", f.Stream, f.Number, f.Reason))
	}
	return errors.Join(faults...)
}

// breaks reports whether an error has a fault of a rule.
func breaks(err error, rule hr.Rule) bool {
	for _, f := range hr.FieldErrors(err) {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

func second[T any](_ T, err error) error { return err }

// forgotten looks for the first employee by everything that they were known by.
func (c Company) forgotten(ctx context.Context, db ForgetfulStore, person hr.Person) error {
	emp := employee(0)
	row, err := db.Employment(ctx, emp)
	if err != nil {
		return err
	}
	happened, err := db.Happenings(ctx, []hr.Pin{{Employee: emp}})
	if err != nil {
		return err
	}
	documents, err := db.DocumentsOf(ctx, emp)
	if err != nil {
		return err
	}
	holds, err := db.HoldsOf(ctx, emp)
	if err != nil {
		return err
	}
	links, err := db.AuditLinks(ctx, "employee/"+string(emp), 0, 1000)
	if err != nil {
		return err
	}
	var faults []error
	revealed := fmt.Sprintf("%+v %+v %+v %+v", row, happened, holds, links)
	for _, id := range row.Person.Identities {
		revealed += id.Number.Reveal()
	}
	for _, d := range documents {
		revealed += d.Number.Reveal() + d.Title
	}
	revealed += row.Person.Name + row.Person.Email + row.Person.Phone + row.Person.Bank.Holder + row.Person.Bank.Number.Reveal()
	for i, text := range PlantedTexts() {
		if strings.Contains(revealed, text) {
			faults = append(faults, fmt.Errorf("planted text %d is readable", i))
		}
	}
	if len(row.Erased) != 4 || !row.IsErased(hr.ClassContact) || len(links) < 5 {
		faults = append(faults, errors.New("it is not said that they are erased, or their audit is gone"))
	}
	byNumber, err := db.WithIdentity(ctx, person.Identities[0])
	if err != nil {
		return err
	}
	byAccount, err := db.PaidInto(ctx, person.Bank)
	if err != nil {
		return err
	}
	if len(byNumber)+len(byAccount) > 0 {
		faults = append(faults, errors.New("they are found by a number"))
	}
	graves, err := db.Graves(ctx, storage.Grave{}, 0)
	if err != nil || len(graves) != 4 {
		faults = append(faults, fmt.Errorf("%d graves, not 4: %w", len(graves), err))
	}
	return errors.Join(faults...)
}
