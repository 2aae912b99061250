package recruitment

import (
	"context"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// OfferState is where an [Offer] stands.
type OfferState string

const (
	NoOffer       OfferState = ""          // none was made
	OfferWaiting  OfferState = "waiting"   // for approval
	OfferOpen     OfferState = "open"      // may be accepted through its last day
	OfferRefused  OfferState = "refused"   // not approved
	OfferReplaced OfferState = "replaced"  // another took its place
	OfferAccepted OfferState = "accepted"  // and the employee exists
	OfferDeclined OfferState = "declined"  // the candidate said no
	OfferDropped  OfferState = "withdrawn" // the application ended before an answer
)

// Offer is what a candidate may accept. The zero Offer is none. It prints and logs without values.
type Offer struct {
	Number   int           `json:"number" class:"public"`             // the first of an application is 1; each revision is one more
	Employee hr.EmployeeID `json:"employee,omitempty" class:"public"` // the number they will have; empty: one is made at the hire
	Terms    hr.Terms      `json:"terms" class:"money"`
	Start    hr.Date       `json:"start" class:"private"`        // the first day
	Expires  hr.Date       `json:"expires" class:"private"`      // the last day on which it may be accepted, in Service.Zone
	Price    Price         `json:"price,omitzero" class:"money"` // what it comes to; nothing where nobody prices
	Approval hr.Approval   `json:"approval,omitzero" class:"private"`
	State    OfferState    `json:"state" class:"private"`
}

// LogValue hides the values.
func (Offer) LogValue() slog.Value { return slog.StringValue("[offer]") }

// MakeOffer offers the job, or offers it anew in place of the offer before, which stays on record and can not be accepted any more. An
// offer without terms takes those of the opening; Number, Price, Approval and State are set here. It needs a first day, a last day to
// accept that is not past and not after the first day, an entity, a known currency, and pay terms that each have a name of their own and
// no negative amount (RuleOfferStart, RuleOfferExpires, RuleOfferEntity, RuleOfferCurrency, RuleOfferPay), and an opening that is not
// closed; of an offer and a close at once one may get storage.ErrConflict, and is told the truth when it is sent again. Where the service has a [Pricer] the offer is priced, and what that refuses is refused; an offer that costs more in its year than
// the requisition has approved for a seat is refused (RuleBudget). Where the policy wants
// offers approved, it waits for that first: neither who makes it, nor a referrer, nor an employee to whom it is made approves.
func (s Service) MakeOffer(ctx context.Context, cmd hr.Command, id ApplicationID, o Offer) error {
	const verb = "recruitment.MakeOffer"
	o = Offer{Employee: o.Employee, Terms: o.Terms, Start: o.Start, Expires: o.Expires}
	return s.move(ctx, cmd, verb, id, Propose, o, func(ctx context.Context, cmd hr.Command, a *Application, f *hr.Faults) error {
		opening, err := s.opening(ctx, a.Opening)
		if err != nil {
			return err
		}
		made := opening.offer(o)
		opening.checkOpen(f)
		made.check(f, s.today(cmd))
		if f.Any() {
			return nil
		}
		if made.Price, err = s.price(ctx, cmd.View(verb, hr.Known{}), f, made); err != nil {
			return err
		}
		if err := s.checkCost(ctx, f, opening, made.Price); err != nil {
			return err
		}
		made.Number = a.Offer.Number + 1
		if err := s.askForOffer(ctx, cmd, f, *a, &made); err != nil {
			return err
		}
		if a.Offer.State != NoOffer {
			was := a.Offer
			if was.live() {
				was.State = OfferReplaced
			}
			a.Earlier = append(slices.Clone(a.Earlier), was)
		}
		a.Offer = made
		return s.Openings.PutOpening(ctx, opening) // nothing changes: here it meets the close
	})
}

// askForOffer starts the approval of an offer where the policy wants one.
func (s Service) askForOffer(ctx context.Context, cmd hr.Command, f *hr.Faults, a Application, o *Offer) error {
	if !s.Policy.OfferApproved {
		return nil
	}
	if err := missing(need{"router", s.Router != nil}); err != nil {
		return err
	}
	c, err := s.candidate(ctx, a.Candidate)
	if err != nil {
		return err
	}
	ask := hr.ApprovalAsk{Kind: "recruitment.offer", Preparer: cmd.Actor, Amount: o.Price.Year.Cost, On: s.today(cmd), At: cmd.At()}
	for _, who := range []hr.EmployeeID{a.Source.Referrer, c.Employee} {
		if who != "" {
			ask.Subjects = append(ask.Subjects, who)
		}
	}
	approval, err := s.route(ctx, ask)
	f.Join("offer.approval", err)
	o.Approval, o.State = approval, OfferWaiting
	return nil
}

// DecideOffer records the actor's decision on an offer that waits for approval; number says which, so that nobody approves another than
// they have read. When the last level has agreed it may be accepted. It refuses another number or an offer that does not wait
// (RuleOfferNumber, RuleOfferState), and with the rules of [hr.Approval] whoever made it, benefits from it, is not asked now or has decided already. It
// returns where the offer stands.
func (s Service) DecideOffer(ctx context.Context, cmd hr.Command, id ApplicationID, number int, agree bool, reason string) (OfferState, error) {
	args := struct {
		Application ApplicationID
		Number      int
		Agree       bool
		Reason      string
	}{id, number, agree, reason}
	return do(ctx, s, cmd, "recruitment.DecideOffer", args, func(ctx context.Context, cmd hr.Command) (OfferState, []storage.Event, error) {
		a, err := s.application(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		switch {
		case a.Offer.Number != number:
			faults.Add("number", RuleOfferNumber, "is not the offer that counts")
		case a.Offer.State != OfferWaiting:
			faults.Add("offer.state", RuleOfferState, "does not wait for approval")
		default:
			a.Offer.Approval, err = a.Offer.Approval.Decide(cmd.Actor, agree, reason, cmd.At())
			faults.Join("offer", err)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		what := "offer.agreed"
		switch a.Offer.Approval.State() {
		case hr.ApprovalGiven:
			a.Offer.State, what = OfferOpen, "offer.approved"
		case hr.ApprovalRefused:
			a.Offer.State, what = OfferRefused, "offer.refused"
			if err := s.offersEnd(ctx, cmd, a); err != nil {
				return "", nil, err
			}
		}
		return a.Offer.State, []storage.Event{event(cmd, what, "application", string(id))}, s.Applications.PutApplication(ctx, a)
	})
}

// offer fills an offer without terms from the opening.
func (o Opening) offer(made Offer) Offer {
	if noTerms(made.Terms) {
		made.Terms = o.Terms
	}
	made.State = OfferOpen
	return made
}

// live reports whether an offer may still come to a hire, unless its last day is past.
func (o Offer) live() bool { return o.State == OfferOpen || o.State == OfferWaiting }

// check adds everything that is wrong with an offer made today. The hire checks the terms once more, and more strictly.
func (o Offer) check(f *hr.Faults, today hr.Date) {
	if o.Start.IsZero() {
		f.Missing("offer.start", RuleOfferStart)
	}
	switch {
	case o.Expires.IsZero():
		f.Missing("offer.expires", RuleOfferExpires)
	case o.Expires.Before(today):
		f.Add("offer.expires", RuleOfferExpires, "is past already")
	case !o.Start.IsZero() && o.Expires.After(o.Start):
		f.Add("offer.expires", RuleOfferExpires, "must not be after the first day of work")
	}
	if o.Terms.Entity == "" {
		f.Missing("offer.terms.entity", RuleOfferEntity)
	}
	if o.Terms.Currency == "" {
		f.Missing("offer.terms.currency", RuleOfferCurrency)
	}
	checkGiven(f, "offer.terms", o.Terms)
}

// checkGiven adds what is wrong with the currency and the pay terms that are given.
func checkGiven(f *hr.Faults, path string, t hr.Terms) {
	if t.Currency != "" && !t.Currency.Valid() {
		f.Add(path+".currency", RuleOfferCurrency, "must be an ISO 4217 code in capitals")
	}
	seen := map[string]bool{}
	for i, p := range t.Pay {
		at := path + "." + pathOf("pay", i)
		switch {
		case p.Name == "":
			f.Missing(at+".name", RuleOfferPay)
		case seen[p.Name]:
			f.Add(at+".name", RuleOfferPay, "is the second pay term named %s", p.Name)
		}
		if p.Amount.Sign() < 0 {
			f.Add(at+".amount", RuleOfferPay, "must not be negative")
		}
		seen[p.Name] = true
	}
}
