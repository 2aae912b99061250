package lifecycle

import (
	"context"
	"errors"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ProposalID names a proposal.
type ProposalID string

// ProposalKind says what a proposal changes. The empty kind is none.
type ProposalKind string

// The kinds.
const (
	ProposePay       ProposalKind = "pay_revision" // Proposal.Terms
	ProposePromotion ProposalKind = "promotion"    // Proposal.Terms: another position or grade
	ProposeTransfer  ProposalKind = "transfer"     // Proposal.Transfer
	ProposePerson    ProposalKind = "person"       // Proposal.Person, its bank account left out
	ProposeBank      ProposalKind = "bank"         // Proposal.Person.Bank
)

// ProposalState is where a proposal stands.
type ProposalState string

// The states.
const (
	ProposalPending   ProposalState = "pending"
	ProposalApproved  ProposalState = "approved" // it waits for NotBefore
	ProposalApplied   ProposalState = "applied"
	ProposalRefused   ProposalState = "refused"
	ProposalCancelled ProposalState = "cancelled"
)

// ProposalEvent moves a proposal.
type ProposalEvent string

// The events.
const (
	ProposalAgree  ProposalEvent = "agree"  // everybody asked has agreed, and it must wait
	ProposalApply  ProposalEvent = "apply"  // it is done
	ProposalRefuse ProposalEvent = "refuse" // one of those asked has refused
	ProposalCancel ProposalEvent = "cancel" // it is not wanted any more
)

var proposals = hr.MustMachine(ProposalPending,
	hr.Transition[ProposalState, ProposalEvent]{From: ProposalPending, On: ProposalAgree, To: ProposalApproved},
	hr.Transition[ProposalState, ProposalEvent]{From: ProposalPending, On: ProposalApply, To: ProposalApplied},
	hr.Transition[ProposalState, ProposalEvent]{From: ProposalPending, On: ProposalRefuse, To: ProposalRefused},
	hr.Transition[ProposalState, ProposalEvent]{From: ProposalPending, On: ProposalCancel, To: ProposalCancelled},
	hr.Transition[ProposalState, ProposalEvent]{From: ProposalApproved, On: ProposalApply, To: ProposalApplied},
	hr.Transition[ProposalState, ProposalEvent]{From: ProposalApproved, On: ProposalCancel, To: ProposalCancelled},
)

// ProposalMachine returns the states of a proposal. Its drawing is testdata/proposal.dot.
func ProposalMachine() hr.Machine[ProposalState, ProposalEvent] { return proposals }

// Proposal is a change that waits for approval: of pay, position, entity, person or bank account. Version 0 is not stored yet.
type Proposal struct {
	ID        ProposalID      `json:"id" class:"public"`
	Employee  hr.EmployeeID   `json:"employee" class:"public"`
	Kind      ProposalKind    `json:"kind" class:"public"`
	State     ProposalState   `json:"state" class:"public"`
	Terms     TermsChange     `json:"terms,omitzero" class:"money"`
	Transfer  Transfer        `json:"transfer,omitzero" class:"money"`
	Person    hr.Person       `json:"person,omitzero" class:"government_id"`
	Letter    hr.Ref          `json:"letter,omitzero" class:"public"` // the letter that tells the employee
	Approval  hr.Approval     `json:"approval" class:"private"`
	NotBefore hr.Date         `json:"not_before,omitzero" class:"public"` // the first day on which an approved bank change may be applied
	Version   storage.Version `json:"version" class:"public"`
}

// LogValue hides the values.
func (Proposal) LogValue() slog.Value { return slog.StringValue("[proposal]") }

// BankChange is how a changed bank account waits, after a second person has agreed.
type BankChange struct {
	Days int  // how many days after the approval it is applied; at least 1
	Hold bool // meanwhile pay is held: [Service.People] tells no account; otherwise it goes to the old one
}

// Propose asks for a change, for Employee, Kind, what belongs to it and Letter of p; the rest of p is decided here. The change is checked
// as if it were made now, and who approves is asked of [Service.Route]: never who proposes nor the employee. Faults: no or another part
// than belongs to the kind (RuleProposalKind), those of [Service.ChangeTerms] and [Service.ChangePerson], no delay for a bank change
// (RuleBankDelay), no port (RuleProposalPort).
func (s Service) Propose(ctx context.Context, cmd hr.Command, p Proposal) (ProposalID, error) {
	return do(ctx, s, cmd, "lifecycle.Propose", storage.About(p, p.Employee), func(ctx context.Context, cmd hr.Command) (ProposalID, []storage.Event, error) {
		if err := s.proposable(); err != nil {
			return "", nil, err
		}
		e, err := s.employment(ctx, p.Employee)
		if err != nil {
			return "", nil, err
		}
		all, err := histories(ctx, s.Facts, []hr.Pin{{Employee: p.Employee}})
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		s.checkProposal(&faults, p, e, all[0])
		if faults.Any() {
			return "", nil, faults.Err()
		}
		ask := hr.ApprovalAsk{Kind: "lifecycle." + string(p.Kind), Subjects: []hr.EmployeeID{p.Employee}, Preparer: cmd.Actor, On: s.day(cmd), At: cmd.At(), Amount: p.amount(all[0])}
		levels, err := s.Route(ctx, ask)
		if err != nil {
			return "", nil, err
		}
		approval, err := hr.NewApproval(ask, levels...)
		if err != nil {
			return "", nil, err
		}
		stored := Proposal{
			ID: ProposalID(cmd.NewID("proposal")), Employee: p.Employee, Kind: p.Kind, State: ProposalPending,
			Terms: p.Terms, Transfer: p.Transfer, Person: p.Person, Letter: p.Letter, Approval: approval,
		}
		if err := s.Proposals.PutProposal(ctx, stored); err != nil {
			return "", nil, err
		}
		return stored.ID, []storage.Event{event(cmd, "propose", p.Employee, stored.ref())}, nil
	})
}

func (p Proposal) ref() hr.Ref { return hr.Ref{Kind: "proposal", ID: string(p.ID)} }

// amount is what a route by amount goes by: the sum of the new pay terms, nothing where pay does not change.
func (p Proposal) amount(h hr.History[hr.Terms]) hr.Money {
	set, from := p.Terms.Set, p.Terms.From
	if p.Kind == ProposeTransfer {
		set, from = p.Transfer.Set, p.Transfer.From
	}
	if len(set.Pay) == 0 {
		return hr.Money{}
	}
	held, _ := h.AsKnown(0).At(from)
	m := hr.Money{Currency: held.Currency}
	if set.Currency != "" {
		m.Currency = set.Currency
	}
	for _, t := range set.Pay {
		m.Amount = m.Amount.Add(t.Amount)
	}
	return m
}

// checkProposal adds what is wrong with p, as far as it can be told before it is approved.
func (s Service) checkProposal(f *hr.Faults, p Proposal, e Employment, h hr.History[hr.Terms]) {
	has := map[string]bool{"terms": !p.Terms.empty() || !p.Terms.From.IsZero(), "transfer": !p.Transfer.From.IsZero(), "person": p.Person.Name != "" || !p.Person.Bank.IsZero()}
	part := map[ProposalKind]string{ProposePay: "terms", ProposePromotion: "terms", ProposeTransfer: "transfer", ProposePerson: "person", ProposeBank: "person"}[p.Kind]
	for _, name := range []string{"terms", "transfer", "person"} {
		if has[name] != (name == part) {
			f.Add(name, RuleProposalKind, "a %s carries its own part and no other", p.Kind)
		}
	}
	if part == "" {
		f.Add("kind", RuleProposalKind, "must be one of pay_revision, promotion, transfer, person, bank")
	}
	switch p.Kind {
	case ProposePay, ProposePromotion:
		_, err := Change(h, p.Terms)
		f.Join("terms", err)
	case ProposeTransfer:
		_, err := Change(h, TermsChange{From: p.Transfer.From, Onward: true, Set: p.Transfer.Set, Clear: p.Transfer.Clear})
		f.Join("transfer", err)
	case ProposePerson:
		checkPersonOf(f, e, p.Person)
	case ProposeBank:
		with := e.Person
		with.Bank = p.Person.Bank
		checkPersonOf(f, e, with)
		if s.BankChange.Days < 1 {
			f.Add("bank_change.days", RuleBankDelay, "the service must be given a delay of a day at least")
		}
	}
}

func (s Service) proposable() error {
	if s.Proposals == nil {
		return &hr.FieldError{Path: "lifecycle.proposals", Rule: RuleProposalPort, Reason: "is required", Err: hr.ErrRequired}
	}
	return nil
}

// Decide records what an approver says about a proposal. The last agreement makes the change, or lets a bank change begin to wait; one
// refusal ends it. Faults are those of [hr.Approval.Decide]; of the change, which is decided again on what is known by then; and
// RuleProposalUnknown, RuleProposalState.
func (s Service) Decide(ctx context.Context, cmd hr.Command, id ProposalID, agree bool) error {
	args := struct {
		ID    ProposalID
		Agree bool
	}{id, agree}
	return s.settle(ctx, cmd, "lifecycle.Decide", id, args, func(ctx context.Context, cmd hr.Command, p *Proposal) (err error) {
		if p.Approval, err = p.Approval.Decide(cmd.Actor, agree, cmd.Reason, cmd.At()); err != nil {
			return err
		}
		switch p.Approval.State() {
		case hr.ApprovalRefused:
			return p.move(ProposalRefuse)
		case hr.ApprovalGiven:
			if p.Kind != ProposeBank {
				return errors.Join(p.move(ProposalApply), s.apply(ctx, cmd, *p))
			}
			p.NotBefore = s.day(cmd).Add(s.BankChange.Days)
			return p.move(ProposalAgree)
		}
		return nil
	})
}

// ApplyProposal makes an approved change whose delay is over; before that it is RuleProposalEarly. [Service.Due] says when.
func (s Service) ApplyProposal(ctx context.Context, cmd hr.Command, id ProposalID) error {
	return s.settle(ctx, cmd, "lifecycle.ApplyProposal", id, id, func(ctx context.Context, cmd hr.Command, p *Proposal) error {
		if p.State == ProposalPending {
			return &hr.FieldError{Path: "state", Rule: RuleProposalState, Reason: "is not approved yet"}
		}
		if err := p.move(ProposalApply); err != nil {
			return err
		}
		if s.day(cmd).Before(p.NotBefore) {
			return &hr.FieldError{Path: "not_before", Rule: RuleProposalEarly, Reason: "waits until " + p.NotBefore.String()}
		}
		return s.apply(ctx, cmd, *p)
	})
}

// CancelProposal ends a proposal that is not applied yet.
func (s Service) CancelProposal(ctx context.Context, cmd hr.Command, id ProposalID) error {
	return s.settle(ctx, cmd, "lifecycle.CancelProposal", id, id, func(_ context.Context, _ hr.Command, p *Proposal) error { return p.move(ProposalCancel) })
}

// move moves p, or says what is possible instead.
func (p *Proposal) move(on ProposalEvent) error {
	next, err := proposals.Next(p.State, on)
	if err != nil {
		return &hr.FieldError{Path: "state", Rule: RuleProposalState, Reason: err.Error(), Err: err}
	}
	p.State = next
	return nil
}

// settle is what the verbs about one proposal share.
func (s Service) settle(ctx context.Context, cmd hr.Command, verb string, id ProposalID, args any, decide func(context.Context, hr.Command, *Proposal) error) error {
	var p Proposal
	about := storage.AboutCase(args, func(ctx context.Context) ([]hr.EmployeeID, error) {
		err := s.proposable()
		if err == nil {
			p, err = s.proposal(ctx, id)
		}
		return []hr.EmployeeID{p.Employee}, err
	})
	_, err := do(ctx, s, cmd, verb, about, func(ctx context.Context, cmd hr.Command) (ProposalID, []storage.Event, error) {
		now := p
		if err := decide(ctx, cmd, &now); err != nil {
			return "", nil, err
		}
		if err := s.Proposals.PutProposal(ctx, now); err != nil {
			return "", nil, err
		}
		return id, []storage.Event{event(cmd, "proposal_"+string(now.State), now.Employee, now.ref())}, nil
	})
	return err
}

func (s Service) proposal(ctx context.Context, id ProposalID) (Proposal, error) {
	p, err := s.Proposals.Proposal(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Proposal{}, &hr.FieldError{Path: "proposal", Rule: RuleProposalUnknown, Reason: "is no proposal", Err: storage.ErrNotFound}
	}
	return p, err
}

// apply makes the change of p inside a command.
func (s Service) apply(ctx context.Context, cmd hr.Command, p Proposal) error {
	happened := Happening{Event: Event(p.Kind), Letter: p.Letter, Case: p.ref()}
	switch p.Kind {
	case ProposePay, ProposePromotion:
		w := rewriting{managerPath: "terms.set.manager", happened: happened, on: p.Terms.From}
		w.decide = func(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) { return Change(h, p.Terms) }
		_, _, err := s.rewrite(ctx, cmd, p.Employee, w)
		return err
	case ProposeTransfer:
		_, _, err := s.transfer(ctx, cmd, p.Employee, p.Transfer, happened)
		return err
	}
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, p.Employee)
	if err != nil {
		return err
	}
	e, err := s.employment(ctx, p.Employee)
	if err != nil {
		return err
	}
	person := p.Person
	if p.Kind == ProposeBank {
		person = e.Person
		person.Bank = p.Person.Bank
	} else {
		person.Bank = e.Person.Bank
	}
	lines, err := timelines(ctx, s.Facts, []hr.Pin{{Employee: e.ID}})
	if err != nil {
		return err
	}
	d := deed{e: e, known: lines[0]}
	checkPersonOf(&d.faults, e, person)
	if err := s.refuseTwin(ctx, &d.faults, hr.Hire{Employee: e.ID, Person: person, Start: s.day(cmd), Terms: d.current(s.day(cmd))}); err != nil {
		return err
	}
	if d.faults.Any() {
		return d.faults.Err()
	}
	e.Person = person
	if err := s.Employments.PutEmployment(ctx, e); err != nil {
		return err
	}
	return s.record(ctx, cmd, taken, p.Employee, dated{Happening: happened})
}

// ProposalsOf returns the proposals about one employee, any state, by id.
func (s Service) ProposalsOf(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]Proposal, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.ProposalsOf", emp); err != nil {
		return nil, err
	}
	if err := s.proposable(); err != nil {
		return nil, err
	}
	return s.Proposals.ProposalsOf(ctx, emp)
}

// onHold returns whose pay is held because their bank account is about to change.
func (s Service) onHold(ctx context.Context) (map[hr.EmployeeID]bool, error) {
	held := map[hr.EmployeeID]bool{}
	if s.Proposals == nil || !s.BankChange.Hold {
		return held, nil
	}
	open, err := s.Proposals.OpenProposals(ctx, "", 0)
	for _, p := range open {
		held[p.Employee] = held[p.Employee] || p.Kind == ProposeBank
	}
	return held, err
}
