package storage

import (
	"errors"
	"fmt"

	"github.com/musterhr/hr"
)

// What a store or a service answers, for errors.Is.
var (
	// ErrNotFound: there is no such record. The only error after which a unit of work goes on.
	ErrNotFound = errors.New("storage: not found")
	// ErrConflict: the stored version is another one, or the id is taken by other content. Read again and decide again.
	ErrConflict = errors.New("storage: conflict")
	// ErrReused: the command id was used for another content. Nothing was done; choose a new id for a new intention.
	ErrReused = errors.New("storage: command id used for something else")
	// ErrNoHistory: the store keeps only what holds today and cannot answer as known then.
	ErrNoHistory = errors.New("storage: the store keeps no history")
	// ErrErased: the key of this class was destroyed for this person, and nothing of the class is kept about them any more.
	ErrErased = errors.New("storage: erased, and not kept again")
	// ErrSealed: what was read is sealed and does not open: the store was opened without its cipher or with another master key, its key is lost,
	// or the ciphertext is not the one that was written there. What was destroyed on purpose is no error; see [Keys].
	ErrSealed = errors.New("storage: sealed, and does not open")
	// ErrNoCipher: the store was opened without a cipher, so there are no keys.
	ErrNoCipher = errors.New("storage: the store was opened without a cipher")
	// ErrTooEarly: the day that was asked about is not over everywhere, so its last knowledge number is not known yet.
	ErrTooEarly = errors.New("storage: the day is not over")
)

// What a database answers that cannot do what it is asked, for errors.Is. Nothing was changed, and the next start works: the unit was rolled back. The
// texts have a code of the database's at most, never a value of a row; its own error is there for errors.As.
var (
	// ErrDamaged: a stored row, or the whole database, cannot be what was written. Restore it from a backup. See [DamagedError].
	ErrDamaged = errors.New("storage: what is stored is damaged: restore it from a backup")
	// ErrFull: the disk, the quota or the database has no room. Make some, and send the command again, under the same id.
	ErrFull = errors.New("storage: the database has no room left: make some and send the command again")
	// ErrReadOnly: the file, the server or the session can only be read.
	ErrReadOnly = errors.New("storage: the database can only be read: open it where it can be written")
	// ErrNotPermitted: the account of the database lacks a right, or is not let in.
	ErrNotPermitted = errors.New("storage: the account of the database may not do this: grant it the right")
	// ErrUnavailable: there is no database at that place, it went away, or it did not answer in time. Where that happened at a commit nobody knows
	// whether it was one: send the command again, under the same id, and it is done once.
	ErrUnavailable = errors.New("storage: the database does not answer: send the command again when it does, under the same id")
	// ErrUnstorable: a value is too large, or has a character that the database does not take. Send another command without it.
	ErrUnstorable = errors.New("storage: the database cannot keep a value of this command: it is too large, or not text that it knows")
	// ErrInconsistent: a row contradicts itself or what is there: it names another that is missing, its period ends before it begins, its count passes
	// what it is counted against. The domains refuse that before; where it comes to this a program has written past them, or has a fault: to send
	// it again does not help. See [ConstraintError].
	ErrInconsistent = errors.New("storage: the database refuses a row that contradicts itself or what is there")
)

// ConstraintError says which constraint of the database a row did not meet. errors.Is finds [ErrInconsistent].
type ConstraintError struct {
	Name string // as the schema has it, beginning with the table: hr_opening_seats; empty where the database does not say
}

// Error names the constraint and no value.
func (e *ConstraintError) Error() string {
	if e.Name == "" {
		return ErrInconsistent.Error()
	}
	return ErrInconsistent.Error() + ": " + e.Name
}

// Unwrap returns [ErrInconsistent].
func (e *ConstraintError) Unwrap() error { return ErrInconsistent }

// DamagedError says which stored row cannot be read. errors.Is finds [ErrDamaged].
type DamagedError struct {
	Table  string
	Row    string // its key, as far as it could be read; no part of it is private
	Column string // empty: more than one, or it is not known
}

// Error names the place and no value.
func (e *DamagedError) Error() string {
	place := ""
	for _, part := range []struct{ name, what string }{{"table", e.Table}, {"row", e.Row}, {"column", e.Column}} {
		if part.what != "" {
			place += ", " + part.name + " " + part.what
		}
	}
	return ErrDamaged.Error() + place
}

// Unwrap returns [ErrDamaged].
func (e *DamagedError) Unwrap() error { return ErrDamaged }

// Rules of this package.
const (
	RuleDenied        hr.Rule = "storage.denied"
	RuleCommandReused hr.Rule = "storage.command.reused"
	RuleKit           hr.Rule = "storage.kit"
)

// DeniedError says that the actor may not do this. errors.Is finds [hr.ErrDenied]. It names the verb and the reason of the
// policy, and no subject.
type DeniedError struct {
	Ask     hr.Ask
	Verdict hr.Verdict
	entry   Audit // of the refusal: see [RecordRefusal]
}

// Error names the verb, the actor and the reason.
func (e *DeniedError) Error() string {
	return fmt.Sprintf("%s is not allowed for %s: %s [%s]", e.Ask.Verb, e.Ask.Actor.ID, e.Verdict.Reason, RuleDenied)
}

// Unwrap returns [hr.ErrDenied].
func (e *DeniedError) Unwrap() error { return hr.ErrDenied }
