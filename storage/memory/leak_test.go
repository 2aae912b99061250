package memory_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// What nobody else has, so that it is found wherever it stands.
const (
	leakSalary  = "73731.37"
	leakPAN     = "PLNTD7171Z"
	leakAccount = "771771771771"
	leakRaise   = "84842.48"
)

// From the rules below: a salary of 73731.37 has a fund of 12% = 8847.7644, to the rupee 8848, and so 64883.37 net. Of 84842.48 it is 10181.0976, 10181, and
// 74661.48. The same in units of 0.01.
var leakable = []string{leakSalary, "7373137", leakPAN, leakAccount, leakRaise, "8484248", "64883.37", "6488337", "74661.48", "7466148"}

// sink is where a host's log goes, and everything that is printed.
type sink struct {
	bytes.Buffer
	log *slog.Logger
}

func newSink() *sink {
	s := &sink{}
	s.log = slog.New(slog.NewJSONHandler(&s.Buffer, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	return s
}

// see prints a value in every way that a careless host might. A list is not given to a JSON log: that is json.Marshal, which nothing tells from the
// export that somebody entitled makes of payslips and terms.
func (s *sink) see(what string, v any) {
	if reflect.ValueOf(v).Kind() != reflect.Slice {
		s.log.Info(what, "value", v, slog.Any("group", slog.GroupValue(slog.Any("inner", v))))
	}
	slog.New(slog.NewTextHandler(&s.Buffer, nil)).Info(what, "value", v)
	fmt.Fprintf(&s.Buffer, "%s: %v %+v %#v %s %q %d %x\n", what, v, v, v, v, v, v, v)
	if err, ok := v.(error); ok {
		for _, f := range hr.FieldErrors(err) {
			s.see(what+" field", *f)
		}
		var denied *storage.DeniedError
		if errors.As(err, &denied) {
			s.see(what+" denied", *denied)
		}
		for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
			fmt.Fprintf(&s.Buffer, "%v %+v %#v\n", inner, inner, inner)
		}
	}
	raw, err := json.Marshal(v)
	if _, ok := v.(error); ok || err != nil {
		fmt.Fprintf(&s.Buffer, "%s %v\n", raw, err)
	}
}

// leaks returns which planted values stand in what was printed.
func leaks(printed string) (found []string) {
	for _, text := range leakable {
		hex := fmt.Sprintf("%x", text)
		if strings.Contains(printed, text) || strings.Contains(printed, hex) {
			found = append(found, text)
		}
	}
	return found
}

var errDisk = errors.New("the disk is full")

// brittle is a journal that fails, or panics, at its call of a number.
type brittle struct {
	storage.Journal
	at, n  int
	panics bool
}

func (b *brittle) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	b.n++
	if b.n == b.at {
		if b.panics {
			panic(fmt.Sprintf("journal: %v %+v", a, ev))
		}
		return fmt.Errorf("%v: %w", a, errDisk)
	}
	return b.Journal.Append(ctx, a, ev...)
}

const leakRules = `input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line fund "Fund" in deductions = round(basic_pay * 12%, 1)
`

// leakRun hires, pays and loses one person, with everything that can go wrong on the way. Each error, panic, result, event, audit entry and command row goes to the sink;
// it reports whether the story came to its end. What is entitled to hold pay and numbers is returned: a payslip's text, the journal, the payment.
func leakRun(t *testing.T, s *sink, at int, panics bool) (whole bool, entitled string) {
	t.Helper()
	ctx := context.Background()
	db := memory.New()
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	deny := hr.Policy(func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Actor.ID != "stranger", Reason: "strangers may not"}
	})
	kit := db.Kit(deny, func() time.Time { now = now.Add(time.Second); return now })
	kit.Journal = &brittle{Journal: db, at: at, panics: panics}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}}, Components: []payroll.Component{{Text: leakRules}}})
	require.NoError(t, err)
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db, Holds: db, Keys: db, Consents: db}
	pay := payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people,
		Changes: []payroll.Changes{people}, Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "head", Approvers: []hr.ActorID{"head"}}},
	}
	desk, head, stranger := hr.Actor{ID: "desk"}, hr.Actor{ID: "head"}, hr.Actor{ID: "stranger"}
	n := 0
	cmd := func(by hr.Actor) hr.Command {
		n++
		return hr.Command{ID: hr.CommandID(fmt.Sprint("c", n)), Actor: by, Purpose: "payroll", Reason: "due"}
	}
	failed := false
	try := func(what string, call func() (any, error)) {
		defer func() { // as a host's middleware does
			if p := recover(); p != nil {
				failed = true
				s.see(what+" panicked", p)
				fmt.Fprintf(&s.Buffer, "%s\n", debug.Stack())
			}
		}()
		result, err := call()
		if err != nil {
			failed = failed || errors.Is(err, errDisk)
			s.see(what+" failed", err)
		}
		s.see(what, result)
	}
	terms := func(basic string) hr.Terms {
		return hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.RequireFromString(basic)}}}
	}
	hire := hr.Hire{Employee: "E1", Start: hr.MustDate("2026-10-01"), Terms: terms(leakSalary), Person: hr.Person{
		Name: "Asha", Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(leakPAN)}},
		Bank: hr.BankAccount{Holder: "Asha", Number: hr.NewSecret(leakAccount), Bank: "HDFC0001234"},
	}}
	view := hr.View{Actor: desk, Purpose: "payroll"}
	month := hr.MustPeriod("2026-10-01..2026-10-31")

	wrong := hire // the numbers twice, the account without a bank, the pay below zero and twice
	wrong.Person.Identities = append(slices.Clone(hire.Person.Identities), hire.Person.Identities[0])
	wrong.Person.Bank.Bank, wrong.Person.Bank.Holder = "", ""
	wrong.Terms.Pay = []hr.PayTerm{{Name: "basic", Amount: decimal.RequireFromString("-" + leakSalary)}, {Name: "basic", Amount: decimal.RequireFromString(leakSalary)}}
	try("hire wrong", func() (any, error) { return people.Hire(ctx, cmd(desk), wrong) })
	try("hire by a stranger", func() (any, error) { return people.Hire(ctx, cmd(stranger), hire) })
	again := cmd(desk)
	try("hire", func() (any, error) { return people.Hire(ctx, again, hire) })
	try("hire with the same command and other content", func() (any, error) { return people.Hire(ctx, again, wrong) })
	try("hire twice", func() (any, error) { return people.Hire(ctx, cmd(desk), hire) })
	twin := hire
	twin.Employee = "E2"
	try("hire a twin", func() (any, error) { return people.Hire(ctx, cmd(desk), twin) })
	try("join", func() (any, error) { return nil, people.Join(ctx, cmd(desk), "E1") })
	try("change the account", func() (any, error) {
		p := hire.Person
		p.Bank.Number = hr.NewSecret(leakAccount[:3])
		p.Bank.Bank = ""
		return nil, people.ChangePerson(ctx, cmd(desk), "E1", p)
	})
	try("a document", func() (any, error) {
		return people.KeepDocument(ctx, cmd(desk), lifecycle.Document{Employee: "E9", Number: hr.NewSecret(leakPAN), Issued: month.Through, Expires: month.From}, "")
	})
	try("a raise before the first day", func() (any, error) {
		return people.ChangeTerms(ctx, cmd(desk), "E1", lifecycle.TermsChange{From: hr.MustDate("2020-01-01"), Set: terms("-" + leakRaise)})
	})
	try("adopt", func() (any, error) { return pay.Adopt(ctx, cmd(desk), plan, hr.Period{From: month.From}) })
	var id payroll.RunID
	try("create", func() (any, error) {
		var err error
		id, err = pay.CreateRun(ctx, cmd(desk), payroll.RunSpec{Kind: payroll.RunRegular, Period: month, PayDate: month.Through})
		return id, err
	})
	var digest string
	try("calculate", func() (any, error) {
		var err error
		digest, err = pay.Calculate(ctx, cmd(desk), id)
		return digest, err
	})
	try("approve one's own", func() (any, error) { return pay.Approve(ctx, cmd(desk), id, digest) })
	try("approve another result", func() (any, error) { return pay.Approve(ctx, cmd(head), id, digest+"x") })
	try("approve", func() (any, error) { return pay.Approve(ctx, cmd(head), id, digest) })
	try("pay", func() (any, error) { return pay.Pay(ctx, cmd(desk), id) })
	try("close", func() (any, error) { return pay.Close(ctx, cmd(desk), id) })
	try("close again", func() (any, error) { return pay.Close(ctx, cmd(desk), id) })
	try("a raise after", func() (any, error) {
		return people.ChangeTerms(ctx, cmd(desk), "E1", lifecycle.TermsChange{From: month.From, Set: terms(leakRaise)})
	})
	try("read by a stranger", func() (any, error) { return people.People(ctx, hr.View{Actor: stranger}, "E1") })
	try("payslip by a stranger", func() (any, error) { return pay.Payslip(ctx, hr.View{Actor: stranger}, id, "E1") })
	try("exit", func() (any, error) {
		return nil, people.Exit(ctx, cmd(desk), "E1", hr.MustDate("2026-11-30"), "resigned")
	})

	// What a host holds in its hands and logs by mistake.
	s.see("the hire", hire)
	s.see("the person", hire.Person)
	s.see("a number of it", hire.Person.Identities[0])
	s.see("the number itself", hire.Person.Identities[0].Number)
	s.see("the terms", hire.Terms)
	if row, err := db.Employment(ctx, "E1"); err == nil {
		s.see("the employment", row)
		s.see("its address", &row)
	}
	if slips, err := pay.Payslips(ctx, view, id); err == nil && len(slips) > 0 {
		s.see("the payslips", slips)
		s.see("a payslip", slips[0])
		var text strings.Builder
		require.NoError(t, slips[0].Text(&text))
		entitled = text.String()
	}
	if batch, err := pay.Payments(ctx, view, id, payroll.PaymentDetails{}); err == nil {
		s.see("the payments", batch)
	}
	if journal, err := pay.Journal(ctx, view, id, payroll.Chart{NetPay: "2100", Lines: []payroll.ChartLine{{Line: "basic_pay", Debit: "5100"}, {Line: "fund", Credit: "2200"}}}); err == nil {
		s.see("the journal", journal)
	}
	// What goes to whoever is not entitled: events, the audit, the command log.
	events, err := db.Events(ctx)
	require.NoError(t, err)
	audits, err := db.Audits(ctx)
	require.NoError(t, err)
	heads, err := db.AuditHeads(ctx, "", 1000)
	require.NoError(t, err)
	raw, err := json.Marshal([]any{events, audits, heads})
	require.NoError(t, err)
	s.Write(raw)
	for i := range n {
		row, _, err := db.Claim(ctx, storage.CommandRow{ID: hr.CommandID(fmt.Sprint("c", i+1))})
		require.NoError(t, err)
		fmt.Fprintf(&s.Buffer, "%+v %s\n", row, row.Result)
	}
	return !failed && entitled != "", entitled
}

// A person is hired, paid and lost with planted values and everything that can go wrong on the way: refusals, invalid input, and a journal that fails or
// panics at each of its calls. Logs, errors, panics, events, the audit and the command log show no salary, account or identity number.
func TestNothingThatIsPrintedShowsPayOrNumbers(t *testing.T) {
	runs := 0
	for _, panics := range []bool{false, true} {
		for at := 0; ; at++ { // at 0 nothing fails
			s := newSink()
			whole, entitled := leakRun(t, s, at, panics)
			require.Empty(t, leaks(s.String()), "failing at call %d, panics %v: %s", at, panics, aroundLeak(s.String()))
			if at == 0 {
				require.True(t, whole)
				require.Equal(t, []string{leakSalary, "64883.37"}, leaks(entitled), "a payslip is entitled to its figures, and to no number")
			}
			runs++
			if at > 0 && whole { // there are no more calls
				break
			}
		}
	}
	require.Greater(t, runs, 30)
}

// aroundLeak shows where the first leak is.
func aroundLeak(printed string) string {
	for _, text := range leakable {
		if i := strings.Index(printed, text); i >= 0 {
			return printed[max(0, i-200):min(len(printed), i+60)]
		}
	}
	return ""
}

// The sink would see what is printed: the same values without their containers are found.
func TestTheSinkSeesWhatLeaks(t *testing.T) {
	for _, careless := range []any{
		fmt.Errorf("account %s is wrong", leakAccount),
		&hr.FieldError{Path: "person.identities[0]", Rule: "x", Reason: leakPAN + " is taken"},
		map[string]any{"basic": leakSalary},
		struct{ Number string }{leakAccount},
		decimal.RequireFromString(leakRaise),
	} {
		s := newSink()
		s.see("careless", careless)
		require.NotEmpty(t, leaks(s.String()), "%T", careless)
	}
}
