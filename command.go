package hr

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Actor is who acts: a person at a screen or a program. It says who they are; what they may do is decided by a [Policy].
type Actor struct {
	ID       ActorID    `json:"id"`
	Employee EmployeeID `json:"employee,omitempty"` // who they are as an employee; empty for a program or an outsider
	Roles    []string   `json:"roles,omitempty"`    // the host's own words: "hr", "payroll.preparer"
}

// Command goes with every call that writes. The same ID with the same content is the same command: it runs once, and
// sending it again gives the first answer.
type Command struct {
	ID      CommandID
	Actor   Actor
	Purpose string // why the data is touched: "monthly payroll"
	Reason  string // why this change is made, in the actor's words

	via  []string
	at   time.Time
	seed string
}

// Validate returns [FieldError]s for a missing ID or actor.
func (c Command) Validate() error {
	var faults Faults
	if c.ID == "" {
		faults.Missing("command.id", RuleCommandID)
	}
	if c.Actor.ID == "" {
		faults.Missing("command.actor", RuleCommandActor)
	}
	return faults.Err()
}

// Stamp returns the command with its clock and the seed of its ids. Package storage does this once, on the outermost
// call and before the unit of work, whose function may run again.
func (c Command) Stamp(at time.Time, seed string) Command {
	c.at, c.seed = at, seed
	return c
}

// Stamped reports whether the command already runs inside another.
func (c Command) Stamped() bool { return !c.at.IsZero() }

// At returns the time the outermost command was taken up; zero before [Command.Stamp].
func (c Command) At() time.Time { return c.at }

// Via lists the verbs that led here, outermost first: a policy may allow a hire via an accepted offer to somebody who
// may not hire directly.
func (c Command) Via() []string { return slices.Clone(c.via) }

// Child returns the command for a call made inside verb: the same actor, purpose, clock and seed, an ID of its own derived
// from key, and verb added to [Command.Via]. Two calls of one verb need different keys.
func (c Command) Child(verb string, key ...string) Command {
	id := []string{string(c.ID), verb}
	for _, k := range key {
		id = append(id, url.PathEscape(k))
	}
	c.ID = CommandID(strings.Join(id, "/"))
	c.via = append(slices.Clone(c.via), verb)
	return c
}

// View returns a reading in the name of the same actor, made inside verb.
func (c Command) View(verb string, known Known) View {
	return View{Actor: c.Actor, Purpose: c.Purpose, Known: known, via: append(slices.Clone(c.via), verb)}
}

// NewID derives a new id from the seed, the command and kind, so that a unit of work that runs again makes the same ids.
// Two ids of one kind in one command need different keys.
func (c Command) NewID(kind string, key ...string) string {
	h := sha256.New()
	for _, part := range append([]string{c.seed, string(c.ID), kind}, key...) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write([]byte(part))
	}
	return kind + "_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil)[:16]))
}

// View goes with every call that reads: who asks, why, and what may be known. The zero Known is today.
type View struct {
	Actor   Actor
	Purpose string
	Known   Known

	via []string
}

// Via lists the verbs that led here, outermost first; empty for a direct question.
func (v View) Via() []string { return slices.Clone(v.via) }

// Inside returns the view for a question asked inside verb.
func (v View) Inside(verb string) View {
	v.via = append(slices.Clone(v.via), verb)
	return v
}

// At returns the view as known at k.
func (v View) At(k Known) View {
	v.Known = k
	return v
}
