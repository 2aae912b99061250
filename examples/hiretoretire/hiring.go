package main

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
)

// joined is her first day.
var joined = hr.MustDate("1996-12-02")

// paid are the three pay terms of a month.
func paid(basic, hra, special int64) []hr.PayTerm {
	n := decimal.NewFromInt
	return []hr.PayTerm{{Name: "basic", Amount: n(basic)}, {Name: "hra", Amount: n(hra)}, {Name: "special", Amount: n(special)}}
}

func firstTerms() hr.Terms {
	return hr.Terms{
		Entity: "Godavari Tools Ltd", Department: "Quality", Position: "Graduate engineer", Grade: "E1", Place: "Pune",
		Calendar: "works", Shift: "day", Currency: "INR", Pay: paid(6000, 3000, 1000),
		Answers: []hr.Answer{
			{Name: "pf_capped", Text: "yes"},
			{Name: "eps_member", Text: "yes"},
			{Name: "esi_covered", Text: "no"},
			{Name: "pt_state", Text: "MH"},
			{Name: "gender", Text: "female"},
			{Name: "tax_regime", Text: "new"},
			{Name: "gratuity_years", Text: "0"},
		},
	}
}

func account(number, bank string) hr.BankAccount {
	return hr.BankAccount{Holder: "KAVITA DESHPANDE", Number: hr.NewSecret(number), Bank: bank, Kind: "savings"}
}

// hiring goes from a seat in the plan to the first day of work, and to the end of the trial.
func hiring() []scene {
	return []scene{
		{"1996-10-01", adoption},
		{"1996-10-01", colleagues},
		{"1996-10-07", referral},
		{"1996-10-21", interview},
		{"1996-10-28", offer},
		{"1996-11-04", acceptance},
		{"1996-12-02", firstDay},
		{"1997-06-02", confirmation},
	}
}

// colleagues are who named her and who became her first lead; the seat is planned, asked for and agreed.
func colleagues(t *tale) {
	t.do(hrDesk, func(cmd hr.Command) error {
		row := func(id hr.EmployeeID, name string) lifecycle.Arrival {
			terms := firstTerms()
			terms.Place = "Nashik"
			start := hr.MustDate("1991-07-01")
			return lifecycle.Arrival{
				Hire: hr.Hire{Employee: id, Start: start, Person: hr.Person{Name: name}, Terms: terms}, Joined: true, Confirmed: start,
				Source: hr.Source{Title: "register of 1996"},
			}
		}
		_, err := t.people.Import(t.ctx, cmd, []lifecycle.Arrival{row(suresh.Employee, "Suresh Rao"), row("E-0041", "Farida Contractor")})
		return err
	})
	t.do(director, func(cmd hr.Command) error {
		_, err := t.hiring.SetPlan(t.ctx, cmd, recruitment.PlanLine{
			ID: "quality/1996", Unit: "Quality", Position: "Graduate engineer", Period: hr.MustPeriod("1996-04-01..1997-03-31"), Seats: 1,
		})
		return err
	})
}

// referral opens the seat, and a colleague names her for it.
func referral(t *tale) {
	var opening recruitment.OpeningID
	t.tell(director, "A seat in Quality is asked for by Suresh Rao, and agreed", t.day, func(cmd hr.Command) error {
		asked, err := t.hiring.Request(t.ctx, t.cmd(suresh, "one more engineer"), recruitment.Requisition{
			Line: "quality/1996", Title: "Graduate engineer", Manager: suresh.Employee, Seats: 1, Start: joined, Terms: firstTerms(),
		})
		if err != nil {
			return err
		}
		if _, err = t.hiring.DecideRequisition(t.ctx, cmd, asked, true, ""); err != nil {
			return err
		}
		opening, err = t.hiring.Open(t.ctx, t.cmd(recruiter, ""), recruitment.Opening{Requisition: asked, Seats: 1})
		return err
	})
	t.tell(recruiter, "Kavita Deshpande, 27, is referred by Farida Contractor, and applies", t.day, func(cmd hr.Command) error {
		person := hr.Person{Name: "Kavita Deshpande", Born: born, Gender: "female", Bank: account("000111222333", "QWER0000007")}
		c, err := t.hiring.AddCandidate(t.ctx, t.cmd(recruiter, ""), recruitment.Candidate{Person: person})
		if err != nil {
			return err
		}
		t.application, err = t.hiring.Apply(t.ctx, cmd, opening, c, recruitment.Source{Referrer: "E-0041"})
		return err
	})
	t.do(recruiter, func(cmd hr.Command) error {
		return t.hiring.Advance(t.ctx, cmd, t.application, recruitment.ToScreening)
	})
	t.do(recruiter, func(cmd hr.Command) error {
		return t.hiring.Advance(t.ctx, cmd, t.application, recruitment.ToInterview)
	})
}

func interview(t *tale) {
	t.tell(suresh, "Interviewed for an hour; the scorecard says yes", t.day, func(cmd hr.Command) error {
		from := t.now.Add(time.Hour)
		id, err := t.hiring.Schedule(t.ctx, t.cmd(recruiter, ""), recruitment.Interview{
			Application: t.application, Interviewers: []hr.EmployeeID{suresh.Employee}, Time: recruitment.Span{From: from, Until: from.Add(time.Hour)},
		})
		if err != nil {
			return err
		}
		t.now = from.Add(2 * time.Hour)
		_, err = t.hiring.SubmitScorecard(t.ctx, cmd, recruitment.Scorecard{
			Interview: id, Opinion: recruitment.Yes, Ratings: []recruitment.Rating{{Of: "measuring", Points: 5}},
		})
		return err
	})
}

func offer(t *tale) {
	t.tell(director, "An offer is made by the recruiter, and approved", t.day, func(cmd hr.Command) error {
		o := recruitment.Offer{Employee: kavita.Employee, Start: joined, Expires: hr.MustDate("1996-11-11"), Terms: firstTerms()}
		if err := t.hiring.MakeOffer(t.ctx, t.cmd(recruiter, ""), t.application, o); err != nil {
			return err
		}
		_, err := t.hiring.DecideOffer(t.ctx, cmd, t.application, 1, true, "")
		return err
	})
}

func acceptance(t *tale) {
	t.tell(recruiter, "She accepts: in one unit of work the seat is taken and she is an employee", joined, func(cmd hr.Command) error {
		_, err := t.hiring.Accept(t.ctx, cmd, t.application, 1)
		return err
	})
}

func firstDay(t *tale) {
	t.do(hrDesk, func(cmd hr.Command) (err error) {
		t.list, err = t.people.StartChecklist(t.ctx, cmd, kavita.Employee, lifecycle.ChecklistStart{Kind: lifecycle.Joining})
		return err
	})
	join := func(cmd hr.Command) error { return t.people.Join(t.ctx, cmd, kavita.Employee) }
	t.refused(hrDesk, "Nobody has seen her degree yet, so she cannot join", join)
	t.do(hrDesk, func(cmd hr.Command) error {
		degree := lifecycle.Document{Employee: kavita.Employee, Kind: "degree", Title: "B.E. (Mechanical), 1990", Issued: hr.MustDate("1990-06-30")}
		id, err := t.people.KeepDocument(t.ctx, t.cmd(hrDesk, ""), degree, "")
		if err != nil {
			return err
		}
		end := lifecycle.TaskEnd{State: lifecycle.TaskDone, Given: []hr.Ref{{Kind: "degree", ID: string(id)}}}
		return t.people.EndTask(t.ctx, cmd, t.list, "degree", end)
	})
	t.tell(hrDesk, "The certificate is here, and she joins, on trial for six months", joined, join)
}

// confirmation passes the trial; and half a year after her first day the bonus of who named her is due.
func confirmation(t *tale) {
	t.tell(hrDesk, "The trial is passed", t.day, func(cmd hr.Command) error { return t.people.Confirm(t.ctx, cmd, kavita.Employee, t.day) })
	t.tell(recruiter, "Farida Contractor is owed a bonus of ₹2,000 for the referral; payroll is told", t.day, func(cmd hr.Command) error {
		_, err := t.hiring.SettleReferral(t.ctx, cmd, t.application, hr.MonthOf(t.day))
		return err
	})
}
