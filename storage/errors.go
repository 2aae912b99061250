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
}

// Error names the verb, the actor and the reason.
func (e *DeniedError) Error() string {
	return fmt.Sprintf("%s is not allowed for %s: %s [%s]", e.Ask.Verb, e.Ask.Actor.ID, e.Verdict.Reason, RuleDenied)
}

// Unwrap returns [hr.ErrDenied].
func (e *DeniedError) Unwrap() error { return hr.ErrDenied }
