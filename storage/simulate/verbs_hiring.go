package simulate

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// post is an opening as the player remembers it.
type post struct {
	id    recruitment.OpeningID
	seats int
}

func (c *call) open() error {
	o := recruitment.Opening{Title: c.word(0), Seats: c.number(1)}
	id, err := c.desk.Open(c.ctx, c.cmd(), o)
	if err == nil {
		c.w.book.posts[c.word(0)] = post{id, o.Seats}
	}
	return err
}

// consider takes somebody up, and brings them as far as an offer can be made.
func (c *call) consider() error {
	number, opening := hr.EmployeeID(c.word(0)), c.w.book.posts[c.word(1)].id
	candidate, err := c.desk.AddCandidate(c.ctx, c.cmd(), recruitment.Candidate{Person: c.w.Company.Person(index(number))})
	if err != nil {
		return err
	}
	id, err := c.desk.Apply(c.ctx, c.cmd(), opening, candidate, recruitment.Source{})
	if err != nil {
		return err
	}
	for _, on := range []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview} {
		if err := c.desk.Advance(c.ctx, c.cmd(), id, on); err != nil {
			return err
		}
	}
	c.w.book.applied[number] = id
	return nil
}

func (c *call) offer() error {
	number, start := hr.EmployeeID(c.word(0)), c.day(1)
	o := recruitment.Offer{Employee: number, Terms: c.w.Company.Terms(index(number), c.amount(2)), Start: start, Expires: start}
	return c.desk.MakeOffer(c.ctx, c.cmd(), c.w.book.applied[number], o)
}

func (c *call) accept() error {
	number := c.employee(0)
	if _, err := c.desk.Accept(c.ctx, c.cmd(), c.w.book.applied[number], 1); err != nil {
		return err
	}
	c.w.book.hired[number], c.w.book.said[number] = c.step.N, c.w.Company.Person(index(number)).Bank
	return nil
}

// seats counts who was hired into each opening, when somebody accepts and when a month ends.
func seats(ctx context.Context, w *World, s Scope) (out []string, err error) {
	if !s.Whole && !slices.ContainsFunc(s.done, func(s Step) bool { return s.Verb == "accept" }) {
		return nil, nil
	}
	by := map[hr.EmployeeID]bool{}
	for _, label := range slices.Sorted(maps.Keys(w.book.posts)) {
		p := w.book.posts[label]
		o, err := w.Store.Opening(ctx, p.id)
		if err != nil {
			return out, err
		}
		all, err := w.Store.ApplicationsFor(ctx, p.id, "", 0)
		if err != nil {
			return out, err
		}
		taken := 0
		for _, a := range all {
			if a.State != recruitment.Accepted {
				continue
			}
			taken++
			if by[a.HiredAs] {
				out = append(out, fmt.Sprintf("%s was hired twice", a.HiredAs))
			}
			by[a.HiredAs] = true
			if _, err := w.Store.Employment(ctx, a.HiredAs); err != nil {
				out = append(out, fmt.Sprintf("%s accepted and is no employee", a.HiredAs))
			}
		}
		if taken > p.seats || taken != o.Filled {
			out = append(out, fmt.Sprintf("%d were hired into %s, which has %d seats and counts %d", taken, label, p.seats, o.Filled))
		}
	}
	return out, nil
}
