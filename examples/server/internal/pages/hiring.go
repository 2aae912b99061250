package pages

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

func (p *Pages) hiring(a adder) {
	a.get("/hiring", p.openings)
	a.post("/hiring", openPlace)
	a.get("/hiring/{opening}", p.board)
	a.post("/hiring/{opening}/candidates", addCandidate)
	a.post("/hiring/{opening}/applications/{id}/{step}", moveApplication)
}

// openingsPage lists the places to be filled.
type openingsPage struct {
	Openings   []recruitment.Opening
	Colleagues []person
	Terms      []string
	May        bool
}

func (p *Pages) openings(w http.ResponseWriter, r Request) error {
	openings, err := r.App.Hiring.OpeningsAfter(r.Context(), r.View(), "", 200)
	if err != nil {
		return err
	}
	page := openingsPage{Openings: openings, May: r.allowed("recruitment.Open"), Terms: payTerms(r.App.Company.People[0].Hire.Terms)}
	if page.May {
		if page.Colleagues, err = staff(r.Context(), r, r.App.Today(), "", 500); err != nil {
			return err
		}
	}
	p.Show(w, r.Request, http.StatusOK, "openings.html", page)
	return nil
}

// openPlace opens a place whose terms are those of a colleague who does the same work, with a pay of its own.
func openPlace(ctx context.Context, r Request) (string, string, error) {
	var faults hr.Faults
	seats, err := strconv.Atoi(r.PostFormValue("seats"))
	if err != nil || seats < 1 || seats > 1000 {
		faults.Add("seats", hr.RuleInvalid, "must be how many are hired, such as 1")
	}
	like := hr.EmployeeID(r.PostFormValue("like"))
	if like == "" {
		faults.Add("like", hr.RuleRequired, "choose somebody who does the same work")
	}
	var pay []hr.PayTerm
	for _, name := range payTerms(r.App.Company.People[0].Hire.Terms) {
		text := strings.TrimSpace(r.PostFormValue("pay_" + name))
		if text == "" {
			continue
		}
		a, err := decimal.NewFromString(text)
		if err != nil || a.IsNegative() || a.Exponent() < -4 || len(text) > 20 {
			faults.Add("pay_"+name, hr.RuleInvalid, "must be an amount, such as 32000")
		}
		pay = append(pay, hr.PayTerm{Name: name, Amount: a})
	}
	if err := faults.Err(); err != nil {
		return "", "", err
	}
	people, err := stand(ctx, r, r.App.Today(), like)
	if err != nil {
		return "", "", err
	}
	terms := people[0].Terms
	terms.Pay = pay
	id, err := r.App.Hiring.Open(ctx, r.command(""), recruitment.Opening{Title: strings.TrimSpace(r.PostFormValue("title")), Manager: terms.Manager, Seats: seats, Terms: terms})
	return "/hiring/" + path(id), "The place is open. Take up candidates as they come.", err
}

// boardPage shows where each candidate of an opening is.
type boardPage struct {
	Opening recruitment.Opening
	Stages  []stage
	May     bool
	Today   hr.Date
	Start   hr.Date
	Next    hr.EmployeeID // the number that comes after the last one
	Manager string
}

type stage struct {
	Title string
	Cards []card
}

type card struct {
	recruitment.Application
	Name  string
	Next  recruitment.Event // the next step that needs nothing more: screen, interview; empty: none
	Offer bool              // an offer may be made
	Open  bool              // it may be rejected or withdrawn
	Reply bool              // there is an offer to be answered
	Days  int
}

func (p *Pages) board(w http.ResponseWriter, r Request) error {
	ctx, id := r.Context(), recruitment.OpeningID(r.PathValue("opening"))
	o, err := r.App.Hiring.Opening(ctx, r.View(), id)
	if err != nil {
		return err
	}
	all, err := r.App.Hiring.ApplicationsFor(ctx, r.View(), id, "", 500)
	if err != nil {
		return err
	}
	today := r.App.Today()
	page := boardPage{Opening: o, May: r.allowed("recruitment.Advance"), Today: today, Start: today.EndOfMonth().Add(1), Manager: r.name(o.Manager)}
	if page.May {
		if page.Next, err = nextNumber(ctx, r); err != nil {
			return err
		}
	}
	cards := map[string][]card{}
	for _, x := range all {
		candidate, err := r.App.Hiring.Candidate(ctx, r.View(), x.Candidate)
		if err != nil {
			return err
		}
		c := card{Application: x, Name: candidate.Person.Name, Days: today.Since(hr.DateOf(x.Since(), r.App.Company.Zone))}
		in := "Ended"
		switch x.State {
		case recruitment.Applied:
			in, c.Next, c.Open = "Applied", recruitment.ToScreening, true
		case recruitment.Screening:
			in, c.Next, c.Open = "Screening", recruitment.ToInterview, true
		case recruitment.Interviewing:
			in, c.Offer, c.Open = "Interview", true, true
		case recruitment.Offered:
			in, c.Open, c.Reply = "Offer", true, x.Offer.State == recruitment.OfferOpen
		case recruitment.Accepted:
			in = "Hired"
		}
		cards[in] = append(cards[in], c)
	}
	for _, title := range []string{"Applied", "Screening", "Interview", "Offer", "Hired", "Ended"} {
		page.Stages = append(page.Stages, stage{title, cards[title]})
	}
	p.Show(w, r.Request, http.StatusOK, "board.html", page)
	return nil
}

// nextNumber proposes a number for somebody new: the one after the last that ends in digits. Empty: there is none to go by, and one is made.
func nextNumber(ctx context.Context, r Request) (hr.EmployeeID, error) {
	if !r.allowed("lifecycle.Employees") {
		return "", nil
	}
	ids, err := r.App.People.Employees(ctx, r.View(), hr.Period{From: hr.MustDate("1900-01-01")}, "", 0)
	for _, id := range slices.Backward(ids) {
		letters := strings.TrimRight(string(id), "0123456789")
		if digits := string(id[len(letters):]); len(digits) > 0 && len(digits) < 10 && len(letters) < 5 {
			n, _ := strconv.Atoi(digits)
			return hr.EmployeeID(letters + fmt.Sprintf("%0*d", len(digits), n+1)), err
		}
	}
	return "", err
}

func boardOf(r Request) string { return "/hiring/" + path(r.PathValue("opening")) }

// addCandidate takes up a candidate and their application. The two are commands of one form: its key with a word of its own for each.
func addCandidate(ctx context.Context, r Request) (string, string, error) {
	cmd := r.command("")
	first := cmd
	first.ID += "/candidate"
	today := r.App.Today()
	through := today.Add(365)
	c := recruitment.Candidate{Person: hr.Person{Name: strings.TrimSpace(r.PostFormValue("name")), Email: strings.TrimSpace(r.PostFormValue("email")), Phone: strings.TrimSpace(r.PostFormValue("phone"))}}
	if r.PostFormValue("consent") != "" {
		c.Consents = []recruitment.Consent{{Purpose: "application", Given: today, Expires: through}}
	}
	id, err := r.App.Hiring.AddCandidate(ctx, first, c)
	if err != nil {
		return "", "", err
	}
	_, err = r.App.Hiring.Apply(ctx, cmd, recruitment.OpeningID(r.PathValue("opening")), id, recruitment.Source{Channel: strings.TrimSpace(r.PostFormValue("channel"))})
	return boardOf(r), c.Person.Name + " is on the board.", err
}

// moveApplication takes an application a step further, or ends it.
func moveApplication(ctx context.Context, r Request) (string, string, error) {
	id, reason := recruitment.ApplicationID(r.PathValue("id")), strings.TrimSpace(r.PostFormValue("reason"))
	cmd, s := r.command(reason), r.App.Hiring
	number, _ := strconv.Atoi(r.PostFormValue("number")) // 0 is no offer, and the service says so
	switch r.PathValue("step") {
	case "stage":
		return boardOf(r), "Moved on.", s.Advance(ctx, cmd, id, recruitment.Event(r.PostFormValue("on")))
	case "rejection":
		return boardOf(r), "Rejected, with the reason on record.", s.Reject(ctx, cmd, id, reason)
	case "withdrawal":
		return boardOf(r), "The candidate has withdrawn.", s.Withdraw(ctx, cmd, id, reason)
	case "offer":
		var faults hr.Faults
		o := recruitment.Offer{Employee: hr.EmployeeID(strings.TrimSpace(r.PostFormValue("employee"))), Start: dayField(r, "start", &faults), Expires: dayField(r, "expires", &faults)}
		if err := faults.Err(); err != nil {
			return "", "", err
		}
		return boardOf(r), "The offer is made, with the pay of the opening.", s.MakeOffer(ctx, cmd, id, o)
	case "refusal":
		return boardOf(r), "The candidate said no.", s.Decline(ctx, cmd, id, reason)
	case "acceptance":
		employee, err := s.Accept(ctx, cmd, id, number)
		return boardOf(r), "Hired as " + string(employee) + ". Start their checklist under Joiners and leavers.", err
	}
	return "", "", &hr.FieldError{Path: "step", Rule: hr.RuleInvalid, Reason: "is no step of an application"}
}
