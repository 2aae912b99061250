package leak

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Entitled is what may hold pay and numbers, because somebody asked for it by name.
type Entitled struct{ Payslip, BankFile, Export string }

func terms(basic string) hr.Terms {
	return hr.Terms{Entity: "IN1", Currency: "INR", Shift: "day", Calendar: "works", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.RequireFromString(basic)}}, Answers: []hr.Answer{{Name: "notice", Text: "0"}}}
}

var (
	october  = hr.MustPeriod("2026-10-01..2026-10-31")
	november = hr.MustPeriod("2026-11-01..2026-11-30")
	person   = hr.Person{
		Name: "Asha", Email: "asha@x.example", Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(PAN)}},
		Bank: hr.BankAccount{Holder: "Asha", Number: hr.NewSecret(Account), Bank: "HDFC0001234"},
	}
	other = hr.Hire{Employee: "E2", Start: hr.MustDate("2026-10-01"), Terms: terms("20000"), Person: hr.Person{Name: "Bo", Bank: hr.BankAccount{Holder: "Bo", Number: hr.NewSecret("123123123"), Bank: "HDFC0001234"}}}
)

// Tell tells the story over a scene. Each error, panic, result, event, audit entry and command row goes to the sink. It returns what went otherwise than it does
// where nothing fails, and what is entitled to hold pay and numbers.
func Tell(s *Sink, scene Scene) (astray []string, entitled Entitled, err error) {
	h, err := newHouse(s, scene)
	if err != nil {
		return nil, entitled, err
	}
	employee := h.recruit()
	h.work(employee)
	entitled = h.paid(employee)
	h.leaves(employee, &entitled)
	h.published()
	return h.astray, entitled, nil
}

// recruit goes from the requisition to an employee.
func (h *house) recruit() (employee hr.EmployeeID) {
	var requisition recruitment.RequisitionID
	h.refuse("a requisition below zero", func(ctx context.Context) (any, error) {
		return h.hiring.Request(ctx, h.cmd(desk), recruitment.Requisition{Title: "Chemist", Manager: "M1", Seats: 1, Start: october.From, Terms: terms("-" + Salary), Cost: hr.MustMoney("-"+Salary, "INR")})
	})
	h.do("a requisition", func(ctx context.Context) (_ any, err error) {
		requisition, err = h.hiring.Request(ctx, h.cmd(desk), recruitment.Requisition{Title: "Chemist", Manager: "M1", Seats: 1, Start: october.From, Terms: terms(Salary)})
		return requisition, err
	})
	h.do("its approval", func(ctx context.Context) (any, error) {
		return h.hiring.DecideRequisition(ctx, h.cmd(head), requisition, true, "")
	})
	var opening recruitment.OpeningID
	h.do("an opening", func(ctx context.Context) (_ any, err error) {
		opening, err = h.hiring.Open(ctx, h.cmd(desk), recruitment.Opening{Requisition: requisition, Seats: 1})
		return opening, err
	})
	nameless := person
	nameless.Name = ""
	h.refuse("a candidate without a name", func(ctx context.Context) (any, error) {
		return h.hiring.AddCandidate(ctx, h.cmd(desk), recruitment.Candidate{Person: nameless})
	})
	h.refuse("a candidate by a stranger", func(ctx context.Context) (any, error) {
		return h.hiring.AddCandidate(ctx, h.cmd(stranger), recruitment.Candidate{Person: person})
	})
	h.do("a candidate", func(ctx context.Context) (any, error) {
		return h.hiring.AddCandidate(ctx, h.cmd(desk), recruitment.Candidate{ID: "C1", Person: person})
	})
	h.do("another candidate", func(ctx context.Context) (any, error) {
		return h.hiring.AddCandidate(ctx, h.cmd(desk), recruitment.Candidate{ID: "C2", Person: hr.Person{Name: "Cy"}})
	})
	h.do("duplicates", func(ctx context.Context) (any, error) { return h.hiring.Duplicates(ctx, h.view(desk), "C1") })
	var application recruitment.ApplicationID
	h.do("an application", func(ctx context.Context) (_ any, err error) {
		application, err = h.hiring.Apply(ctx, h.cmd(desk), opening, "C1", recruitment.Source{})
		return application, err
	})
	h.refuse("an expectation that is no number", func(ctx context.Context) (any, error) {
		return done(h.hiring.Screen(ctx, h.cmd(desk), application, map[string]string{"expectation": Expectation + " or so", PAN: Account}))
	})
	h.do("an expectation", func(ctx context.Context) (any, error) {
		return done(h.hiring.Screen(ctx, h.cmd(desk), application, map[string]string{"expectation": Expectation}))
	})
	for _, on := range []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview} {
		h.do(string(on), func(ctx context.Context) (any, error) {
			return done(h.hiring.Advance(ctx, h.cmd(desk), application, on))
		})
	}
	var interview recruitment.InterviewID
	h.do("an interview", func(ctx context.Context) (_ any, err error) {
		begins := h.now.Add(time.Hour)
		interview, err = h.hiring.Schedule(ctx, h.cmd(desk), recruitment.Interview{Application: application, Interviewers: []hr.EmployeeID{"M1"}, Time: recruitment.Span{From: begins, Until: begins.Add(time.Hour)}, Place: "room 1"})
		return interview, err
	})
	h.now = h.now.Add(3 * time.Hour)
	manager := hr.Actor{ID: "manager", Employee: "M1"}
	card := recruitment.Scorecard{Interview: interview, Ratings: []recruitment.Rating{{Of: "craft", Points: 9, Note: "expects " + Expectation}}, Opinion: recruitment.Yes, Note: "expects " + Expectation}
	h.refuse("a scorecard beyond the scale", func(ctx context.Context) (any, error) { return h.hiring.SubmitScorecard(ctx, h.cmd(manager), card) })
	h.do("a scorecard", func(ctx context.Context) (any, error) {
		good := card
		good.Ratings = []recruitment.Rating{{Of: "craft", Points: 3, Note: card.Note}}
		return h.hiring.SubmitScorecard(ctx, h.cmd(manager), good)
	})
	offer := recruitment.Offer{Employee: "E1", Start: october.From, Expires: hr.MustDate("2026-09-30"), Terms: terms("-" + Salary)}
	h.refuse("an offer below zero", func(ctx context.Context) (any, error) {
		return done(h.hiring.MakeOffer(ctx, h.cmd(desk), application, offer))
	})
	h.do("an offer", func(ctx context.Context) (any, error) {
		good := offer
		good.Terms = terms(Salary)
		return done(h.hiring.MakeOffer(ctx, h.cmd(desk), application, good))
	})
	h.refuse("another offer accepted", func(ctx context.Context) (any, error) { return h.hiring.Accept(ctx, h.cmd(desk), application, 9) })
	h.refuse("the application by a stranger", func(ctx context.Context) (any, error) {
		return h.hiring.Application(ctx, h.view(stranger), application)
	})
	if rows, err := h.Ports.Candidates.CandidatesAfter(context.Background(), "", 0); err == nil && len(rows) > 0 {
		h.See("the candidate", rows[0])
	}
	if row, err := h.Ports.Applications.Application(context.Background(), application); err == nil {
		h.See("the application", row)
		h.See("the offer", row.Offer)
	}
	h.do("why", func(ctx context.Context) (any, error) {
		_, err := h.hiring.Explain(ctx, h.view(desk), application) // entitled: it has what they answered
		return nil, err
	})
	h.do("the acceptance", func(ctx context.Context) (_ any, err error) {
		employee, err = h.hiring.Accept(ctx, h.cmd(desk), application, 1)
		return employee, err
	})
	return employee
}

// work is what happens to the employee before they are paid.
func (h *house) work(id hr.EmployeeID) {
	h.now = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	wrong := hr.Hire{Employee: "E3", Start: october.From, Terms: terms("-" + Salary), Person: person} // the number twice, the account without a bank, the pay below zero and twice
	wrong.Person.Identities = append(wrong.Person.Identities, person.Identities[0])
	wrong.Person.Bank.Bank, wrong.Person.Bank.Holder = "", ""
	wrong.Terms.Pay = append(wrong.Terms.Pay, wrong.Terms.Pay[0])
	h.refuse("hire wrong", func(ctx context.Context) (any, error) { return h.people.Hire(ctx, h.cmd(desk), wrong) })
	h.refuse("hire by a stranger", func(ctx context.Context) (any, error) { return h.people.Hire(ctx, h.cmd(stranger), wrong) })
	again := h.cmd(desk)
	h.do("hire", func(ctx context.Context) (any, error) { return h.people.Hire(ctx, again, other) })
	h.refuse("the same command for another", func(ctx context.Context) (any, error) { return h.people.Hire(ctx, again, wrong) })
	h.refuse("hire a twin", func(ctx context.Context) (any, error) {
		return h.people.Hire(ctx, h.cmd(desk), hr.Hire{Employee: id, Start: october.From, Terms: terms(Salary), Person: person})
	})
	for _, who := range []hr.EmployeeID{id, "E2"} {
		h.do("join", func(ctx context.Context) (any, error) { return done(h.people.Join(ctx, h.cmd(desk), who)) })
	}
	h.refuse("change the account", func(ctx context.Context) (any, error) {
		p := person
		p.Bank.Number, p.Bank.Bank = hr.NewSecret(Account[:3]), ""
		return done(h.people.ChangePerson(ctx, h.cmd(desk), id, p))
	})
	h.refuse("a document of nobody", func(ctx context.Context) (any, error) {
		return h.people.KeepDocument(ctx, h.cmd(desk), lifecycle.Document{Employee: "E9", Number: hr.NewSecret(Visa), Issued: october.Through, Expires: october.From}, "")
	})
	h.do("a document", func(ctx context.Context) (any, error) {
		return h.people.KeepDocument(ctx, h.cmd(desk), lifecycle.Document{Employee: id, Kind: "visa", Title: "Visa", Number: hr.NewSecret(Visa)}, "")
	})
	day := hr.MustDate("2026-10-05")
	h.now = day.At(hr.MustTimeOfDay("18:00"), time.UTC)
	h.do("punches", func(ctx context.Context) (any, error) {
		return h.clocks.Record(ctx, h.cmd(desk),
			attendance.Punch{Employee: id, At: day.At(hr.MustTimeOfDay("08:55"), time.UTC), Direction: attendance.In},
			attendance.Punch{Employee: id, At: day.At(hr.MustTimeOfDay("17:05"), time.UTC), Direction: attendance.Out})
	})
	h.do("a day of leave to take", func(ctx context.Context) (any, error) {
		return h.away.Grant(ctx, h.cmd(desk), leave.Credit{Employee: id, Type: "earned", Kind: leave.Granted, Quantity: decimal.NewFromInt(2), Usable: hr.Period{From: october.From}})
	})
	var request leave.RequestID
	h.do("leave", func(ctx context.Context) (_ any, err error) {
		request, err = h.away.Apply(ctx, h.cmd(hr.Actor{ID: "asha", Employee: id}), leave.Application{Employee: id, Type: "earned", Period: hr.MustPeriod("2026-10-20..2026-10-20")})
		return request, err
	})
	h.do("its approval", func(ctx context.Context) (any, error) {
		return done(h.away.Decide(ctx, h.cmd(head), request, leave.Decision{Agree: true}))
	})
}

// run takes a payroll run to its payment.
func (h *house) run(id payroll.RunID) {
	var digest string
	h.do("calculate", func(ctx context.Context) (_ any, err error) {
		digest, err = h.pay.Calculate(ctx, h.cmd(desk), id)
		return digest, err
	})
	h.refuse("approve one's own", func(ctx context.Context) (any, error) { return h.pay.Approve(ctx, h.cmd(desk), id, digest) })
	h.refuse("approve another result", func(ctx context.Context) (any, error) { return h.pay.Approve(ctx, h.cmd(head), id, digest+"x") })
	h.do("approve", func(ctx context.Context) (any, error) { return h.pay.Approve(ctx, h.cmd(head), id, digest) })
	h.do("pay", func(ctx context.Context) (any, error) { return h.pay.Pay(ctx, h.cmd(desk), id) })
	h.do("close", func(ctx context.Context) (any, error) { return h.pay.Close(ctx, h.cmd(desk), id) })
	h.refuse("close again", func(ctx context.Context) (any, error) { return h.pay.Close(ctx, h.cmd(desk), id) })
}

// paid pays October, and shows what a host has in its hands of it.
func (h *house) paid(employee hr.EmployeeID) (entitled Entitled) {
	h.now = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	h.do("adopt", func(ctx context.Context) (any, error) {
		return h.pay.Adopt(ctx, h.cmd(desk), h.plan, hr.Period{From: october.From})
	})
	var id payroll.RunID
	h.do("create", func(ctx context.Context) (_ any, err error) {
		id, err = h.pay.CreateRun(ctx, h.cmd(desk), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
		return id, err
	})
	h.run(id)
	h.refuse("payslip by a stranger", func(ctx context.Context) (any, error) { return h.pay.Payslip(ctx, h.view(stranger), id, employee) })
	h.refuse("people by a stranger", func(ctx context.Context) (any, error) { return h.people.People(ctx, h.view(stranger), employee) })
	h.See("the person", person)
	h.See("a number of theirs", person.Identities[0])
	h.See("the number itself", person.Identities[0].Number)
	h.See("the terms", terms(Salary))
	ctx := context.Background()
	if row, err := h.Ports.Employments.Employment(ctx, employee); err == nil {
		h.See("the employment", row)
		h.See("its address", &row)
	}
	h.do("payslips", func(ctx context.Context) (any, error) {
		slips, err := h.pay.Payslips(ctx, h.view(desk), id)
		if err != nil || len(slips) == 0 {
			return nil, err
		}
		h.See("a payslip", slips[0])
		var text strings.Builder
		err = slips[0].Text(&text)
		entitled.Payslip = text.String()
		return slips, err
	})
	h.do("the bank file", func(ctx context.Context) (any, error) {
		batch, err := h.pay.Payments(ctx, h.view(desk), id, payroll.PaymentDetails{
			ID: "OCT", ValueDate: october.Through, Narration: "Salary", From: hr.BankAccount{Holder: "Works", Number: hr.NewSecret("900900900"), Bank: "HDFC0000001"},
		})
		h.See("the payments", batch)
		var file bytes.Buffer
		if err == nil {
			_, err = neft.Write(&file, batch)
		}
		entitled.BankFile = file.String()
		return nil, err
	})
	h.do("the journal", func(ctx context.Context) (any, error) {
		return h.pay.Journal(ctx, h.view(desk), id, payroll.Chart{NetPay: "2100", Lines: []payroll.ChartLine{{Line: "basic_pay", Debit: "5100"}, {Line: "notice_pay", Debit: "5100"}, {Line: "fund", Credit: "2200"}}})
	})
	return entitled
}

// leaves is a raise that comes late, the end, its settlement with arrears, what is given to others, and the erasure.
func (h *house) leaves(id hr.EmployeeID, entitled *Entitled) {
	h.refuse("a raise before the first day", func(ctx context.Context) (any, error) {
		return h.people.ChangeTerms(ctx, h.cmd(desk), id, lifecycle.TermsChange{From: hr.MustDate("2020-01-01"), Set: terms("-" + Raise)})
	})
	h.do("a raise from October on", func(ctx context.Context) (any, error) {
		return h.people.ChangeTerms(ctx, h.cmd(desk), id, lifecycle.TermsChange{From: october.From, Set: terms(Raise)})
	})
	h.do("exit", func(ctx context.Context) (any, error) {
		return done(h.people.Exit(ctx, h.cmd(desk), id, november.Through, "resigned"))
	})
	leaver := payroll.Leaver{Employee: id, Period: november, PayDate: november.Through, Items: []payroll.FinalItem{{Input: "notice", Amount: decimal.RequireFromString(Notice)}}}
	h.refuse("a settlement without a reason", func(ctx context.Context) (any, error) { return h.pay.Settle(ctx, h.cmd(desk), leaver) })
	var run payroll.RunID
	h.do("a settlement", func(ctx context.Context) (_ any, err error) {
		leaver.Items[0].Why = "a month that was not worked"
		h.See("the leaver", leaver)
		run, err = h.pay.Settle(ctx, h.cmd(desk), leaver)
		return run, err
	})
	h.run(run)
	h.do("its end", func(ctx context.Context) (any, error) {
		set, err := h.pay.Settlement(ctx, h.view(desk), run, id, november.Through, payroll.FinalDue{})
		if err != nil {
			return nil, err
		}
		h.See("the settlement", set)
		return nil, h.people.Settle(ctx, h.cmd(desk), set)
	})
	services := []storage.Exporter{h.people, h.away, h.clocks, h.pay}
	h.do("the export of somebody else", func(ctx context.Context) (any, error) {
		e, err := storage.Export(ctx, h.view(desk), "E2", services...)
		if err != nil {
			return nil, err
		}
		c, err := h.hiring.ExportCandidate(ctx, h.view(desk), "C2")
		if err == nil {
			err = e.JSON(h)
		}
		if err == nil {
			err = e.Join(c).Text(h)
		}
		return e, err
	})
	h.refuse("an export by a stranger", func(ctx context.Context) (any, error) { return storage.Export(ctx, h.view(stranger), id, services...) })
	h.do("one's own export", func(ctx context.Context) (any, error) {
		e, err := storage.Export(ctx, h.view(desk), id, services...)
		var text bytes.Buffer
		if err == nil {
			err = e.Text(&text)
		}
		entitled.Export = text.String()
		return e, err
	})
	h.refuse("an erasure that is early", func(ctx context.Context) (any, error) { return h.people.Erase(ctx, h.cmd(desk), id) })
	h.now = time.Date(2028, 1, 3, 9, 0, 0, 0, time.UTC)
	h.do("the candidate's erasure", func(ctx context.Context) (any, error) { return done(h.hiring.Erase(ctx, h.cmd(desk), "C1")) })
	h.do("the erasure", func(ctx context.Context) (any, error) { return h.people.Erase(ctx, h.cmd(desk), id) })
	h.refuse("what was erased is written again", func(ctx context.Context) (any, error) {
		return done(h.people.ChangePerson(ctx, h.cmd(desk), id, person))
	})
	h.do("who it was", func(ctx context.Context) (any, error) { return h.people.People(ctx, h.view(desk), id) })
}

// published is what goes to whoever is not entitled: events, the audit, the command log.
func (h *house) published() {
	ctx := context.Background()
	if h.Ports.Written != nil {
		audits, events, err := h.Ports.Written(ctx)
		raw, _ := json.Marshal([]any{audits, events})
		h.printf("%s %v\n", raw, err)
	}
	for _, id := range h.commands {
		row, _, err := h.Ports.Log.Claim(ctx, storage.CommandRow{ID: id})
		h.printf("%+v %s %v\n", row, row.Result, err)
	}
}
