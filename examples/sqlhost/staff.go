package main

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// PutEmployment implements lifecycle.Employments.
func (h *Host) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	was, person := e.Version, e.Person
	numbers := []identity{}
	for _, i := range person.Identities {
		numbers = append(numbers, identity{i.Kind, i.Number.Reveal()})
	}
	joined := e.Start
	for _, spell := range e.Earlier {
		if spell.Start.Before(joined) {
			joined = spell.Start
		}
	}
	e.Version++
	e.Person.Identities, e.Person.Bank.Number = nil, hr.Secret{} // secrets do not go into JSON: they have columns of their own
	return h.put(ctx, was, "staff", []column{
		{"number", string(e.ID)},
		{"name", person.Name},
		{"email", person.Email},
		{"joined", joined},
		{"left_on", e.LastDay},
		{"bank", person.Bank.Bank},
		{"account", person.Bank.Number.Reveal()},
		{"identities", document{numbers}},
		{"version", e.Version},
		{"rest", document{e}},
	})
}

// Employment implements lifecycle.Employments.
func (h *Host) Employment(ctx context.Context, id hr.EmployeeID) (lifecycle.Employment, error) {
	return one(h.staff(ctx, `number = ?`, string(id)))
}

// Employments implements lifecycle.Employments.
func (h *Host) Employments(ctx context.Context, ids ...hr.EmployeeID) ([]lifecycle.Employment, error) {
	return h.staff(ctx, `number IN (SELECT value FROM json_each(?)) ORDER BY number`, document{ids})
}

// EmployedIn implements lifecycle.Employments. The columns leave out who cannot be meant; for who came and went and came again, the row says it.
func (h *Host) EmployedIn(ctx context.Context, p hr.Period, after hr.EmployeeID, limit int) (out []hr.EmployeeID, _ error) {
	const page = 500
	for {
		es, err := h.staff(ctx, `number > ? AND (?2 IS NULL OR joined <= ?2) AND (left_on IS NULL OR left_on >= ?3) ORDER BY number LIMIT ?4`,
			string(after), p.Through, p.From, page)
		for _, e := range es {
			if after = e.ID; e.EmployedIn(p) && (limit < 1 || len(out) < limit) {
				out = append(out, e.ID)
			}
		}
		if err != nil || len(es) < page || len(out) == limit {
			return out, err
		}
	}
}

// PaidInto implements lifecycle.Employments.
func (h *Host) PaidInto(ctx context.Context, account hr.BankAccount) (out []hr.EmployeeID, _ error) {
	es, err := h.staff(ctx, `account <> '' AND bank = ? AND account = ? ORDER BY number`, account.Bank, account.Number.Reveal())
	for _, e := range es {
		out = append(out, e.ID)
	}
	return out, err
}

// identity is an hr.Identity as the staff table has it.
type identity struct{ Kind, Number string }

// staff returns the rows of a condition.
func (h *Host) staff(ctx context.Context, where string, args ...any) ([]lifecycle.Employment, error) {
	return list(ctx, h, `SELECT rest, account, identities FROM staff WHERE `+where, func(scan func(into ...any) error) (e lifecycle.Employment, _ error) {
		var account string
		var numbers []identity
		err := scan(document{&e}, &account, document{&numbers})
		e.Person.Bank.Number = hr.NewSecret(account)
		for _, i := range numbers {
			e.Person.Identities = append(e.Person.Identities, hr.Identity{Kind: i.Kind, Number: hr.NewSecret(i.Number)})
		}
		return e, err
	}, args...)
}
