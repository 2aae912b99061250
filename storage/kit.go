package storage

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// Kit is what a host builds once and hands to every service.
type Kit struct {
	Tx        Transactor // required
	Log       Log        // required
	Know      Knowledge  // required
	Journal   Journal    // required
	Relations Relations  // nil: nobody is anybody's manager or delegate
	Authorize hr.Policy  // nil denies; hr.AllowAll is explicit
	Now       func() time.Time
	NewID     func() string // the seed of a command's ids; nil: 128 random bits
	Secret    []byte        // keys what the log remembers of a command's content, see [CommandRow]: 32 random bytes or more; nil, over a store that does not seal: no key
	Observer  Observer      // who is told of calls and units, for logs, metrics and traces; nil: nobody
}

// SealedLog is a [Log] of a store that may seal what is held about people.
type SealedLog interface {
	Log
	// Seals reports whether the store was opened with a cipher.
	Seals() bool
}

// shortestSecret is how many bytes a key must have that cannot be tried.
const shortestSecret = 32

// Validate returns [hr.FieldError]s for what is missing. A Secret that is short enough to be tried is refused, and so is none over a store that seals: the log would have
// digests of account numbers and pay, of which there are few enough to try each, beside tables in which they are sealed. Over a store that does not seal, whoever has
// the log has the tables in plain, and a key for the log alone would hide nothing from them.
func (k Kit) Validate() error {
	var faults hr.Faults
	for _, need := range []struct {
		path string
		ok   bool
	}{{"tx", k.Tx != nil}, {"log", k.Log != nil}, {"know", k.Know != nil}, {"journal", k.Journal != nil}} {
		if !need.ok {
			faults.Missing("kit."+need.path, RuleKit)
		}
	}
	switch log, may := k.Log.(SealedLog); {
	case len(k.Secret) > 0 && len(k.Secret) < shortestSecret:
		faults.Add("kit.secret", RuleKit, "must have at least %d random bytes", shortestSecret)
	case len(k.Secret) == 0 && may && log.Seals():
		faults.Join("", &hr.FieldError{Path: "kit.secret", Rule: RuleKit, Reason: "must be given over a store that seals: without it the log of commands tells who tries what is sealed", Err: hr.ErrRequired})
	}
	return faults.Err()
}

// Clock returns the time now: Kit.Now, or time.Now where that is nil.
func (k Kit) Clock() time.Time {
	if k.Now == nil {
		return time.Now()
	}
	return k.Now()
}

func (k Kit) seed() string {
	if k.NewID == nil {
		return rand.Text()
	}
	return k.NewID()
}

// keyed returns a digest as the log remembers it: under the key of the Kit, if it has one.
func (k Kit) keyed(digest string) string {
	if len(k.Secret) == 0 {
		return digest
	}
	mac := hmac.New(sha256.New, k.Secret)
	_, _ = io.WriteString(mac, digest) // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil))
}

// Subjects is what the args of [Do] may implement to say whom a command concerns. It runs inside the unit, before the actor
// is judged, and may read stores. [ErrNotFound] from it ends the command; who has no right to the verb about anybody is denied instead, so
// that they cannot tell a case that is not there from one that is not theirs.
type Subjects interface {
	Subjects(ctx context.Context) ([]hr.EmployeeID, error)
}

// About wraps the arguments of a command with the employees it concerns.
func About(args any, ids ...hr.EmployeeID) any {
	return AboutCase(args, func(context.Context) ([]hr.EmployeeID, error) { return ids, nil })
}

// AboutCase wraps the arguments of a command with a way to find whom it concerns, for a command that names only a case.
func AboutCase(args any, subjects func(ctx context.Context) ([]hr.EmployeeID, error)) any {
	return about{args, subjects}
}

type about struct {
	args     any
	subjects func(context.Context) ([]hr.EmployeeID, error)
}

func (a about) Subjects(ctx context.Context) ([]hr.EmployeeID, error) { return a.subjects(ctx) }

// Do runs a writing command, the one way every service method does it:
//
//  1. check the command, and stamp clock and id seed if it is the outermost;
//  2. in a unit of work, claim its row in the log: the same id and content again returns the first result and does nothing,
//     the same id with other content is [ErrReused];
//  3. ask the policy; a denial is a [*DeniedError], and is audited in a unit of its own once the outermost has rolled back; where that is a
//     transaction of the host's, see [RecordRefusal];
//  4. run fn, append the audit entry and fn's events, store the result, commit.
//
// args are the arguments that make the content, wrapped by [About] to name whom they concern. R travels through JSON and holds
// ids and references only, never an amount. fn may run more than once and gets the stamped command: it derives new ids from
// it, and calls other services with its [hr.Command.Child]. After any error but [ErrNotFound] of a store the unit is dead, so fn
// returns it. A command inside that failed fails the whole, also with [ErrNotFound] and also where fn goes on without it: what it
// wrote before it failed must not be committed.
func Do[R any](ctx context.Context, k Kit, cmd hr.Command, verb string, args any, fn func(context.Context, hr.Command) (R, []Event, error)) (R, error) {
	if k.Observer == nil {
		return do(ctx, k, cmd, verb, args, fn, nil)
	}
	ctx, w := k.watch(ctx, Call{Kind: CallCommand, Verb: verb, Command: cmd.ID, Via: cmd.Via()})
	defer w.over() // also when fn panics
	return do(ctx, k, cmd, verb, args, fn, w)
}

// do is [Do], and w notes how it goes.
func do[R any](ctx context.Context, k Kit, cmd hr.Command, verb string, args any, fn func(context.Context, hr.Command) (R, []Event, error), w *watch) (R, error) {
	var result, none R
	outermost := !cmd.Stamped()
	var faults hr.Faults
	faults.Join("", k.Validate())
	faults.Join("", cmd.Validate())
	if faults.Any() {
		w.failed(faults.Err(), false)
		return none, fmt.Errorf("%s: %w", verb, faults.Err())
	}
	if outermost {
		cmd = cmd.Stamp(k.Clock(), k.seed())
	}
	content := args
	if a, ok := args.(about); ok {
		content = a.args
	}
	row := CommandRow{ID: cmd.ID, Verb: verb, Actor: cmd.Actor.ID, At: cmd.At(), Content: k.keyed(hr.Digest("command/1", struct {
		Verb    string
		Actor   hr.ActorID
		Content any
	}{verb, cmd.Actor.ID, content}))}
	around, _ := ctx.Value(insideKey{}).(*error)
	var denied *DeniedError
	err := k.Tx.InTx(ctx, func(ctx context.Context) error {
		var inside error
		ctx = context.WithValue(ctx, insideKey{}, &inside)
		result, denied = none, nil
		w.attempt()
		prev, fresh, err := k.Log.Claim(ctx, row)
		if err != nil {
			return err
		}
		var subjects []hr.EmployeeID
		judge := func() error {
			subjects, denied, err = k.concerned(ctx, hr.Ask{Verb: verb, Actor: cmd.Actor, Purpose: cmd.Purpose, Via: cmd.Via()}, args)
			w.about(len(subjects))
			if err == nil && denied != nil {
				return denied
			}
			return err
		}
		if !fresh {
			if prev.Content != row.Content {
				if err := judge(); err != nil { // who may not do this is not told that somebody has done it
					return err
				}
				return &hr.FieldError{Path: "command.id", Rule: RuleCommandReused, Reason: "was used for something else", Err: ErrReused}
			}
			if prev.Result == nil { // claimed by this very unit: two inner calls share an id
				return &hr.FieldError{Path: "command.id", Rule: RuleCommandReused, Reason: "is already running in this unit: give each Child a key of its own", Err: ErrReused}
			}
			w.replayed()
			return json.Unmarshal(prev.Result, &result)
		}
		if err := judge(); err != nil {
			return err
		}
		r, events, err := fn(ctx, cmd)
		if err == nil {
			err = inside
		}
		if err != nil {
			return err
		}
		if err := k.Journal.Append(ctx, audit(cmd, verb, subjects, ""), events...); err != nil {
			return err
		}
		stored, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := k.Log.Finish(ctx, cmd.ID, stored); err != nil {
			return err
		}
		result = r
		w.done(len(events))
		return nil
	})
	if err != nil {
		if around != nil {
			*around = err
		}
		var unaudited error
		if outermost {
			unaudited = k.auditRefusal(ctx, cmd, err)
		}
		if errors.Is(unaudited, hr.ErrDenied) { // of a transaction of the host's, which the refusal has ended: the host records it
			unaudited = nil
		}
		w.failed(err, unaudited != nil)
		return none, fmt.Errorf("%s: %w", verb, errors.Join(err, unaudited))
	}
	return result, nil
}

// insideKey is the key under which a unit of work carries the error of a command that failed inside the one that runs.
type insideKey struct{}

// May asks whether the viewer may read about the subjects: nil, or a [*DeniedError]. A refusal is audited once: in a unit of its
// own or, inside a command, in the command's unit, and by the outermost [Do] where that rolls back. Services call it first in
// every method that reads for somebody.
func May(ctx context.Context, k Kit, v hr.View, verb string, subjects ...hr.EmployeeID) error {
	return watched(ctx, k, v, verb, About(nil, subjects...))
}

func watched(ctx context.Context, k Kit, v hr.View, verb string, args any) error {
	if k.Observer == nil {
		return may(ctx, k, v, verb, args, nil)
	}
	ctx, w := k.watch(ctx, Call{Kind: CallRead, Verb: verb, Via: v.Via()})
	defer w.over() // also when the policy panics
	return may(ctx, k, v, verb, args, w)
}

// may is [May], and w notes how it goes.
func may(ctx context.Context, k Kit, v hr.View, verb string, args any, w *watch) error {
	denied, err := (*DeniedError)(nil), k.Validate()
	if err == nil {
		var subjects []hr.EmployeeID
		subjects, denied, err = k.concerned(ctx, hr.Ask{Verb: verb, Actor: v.Actor, Purpose: v.Purpose, Via: v.Via()}, args)
		w.about(len(subjects))
	}
	if err != nil {
		w.failed(err, false)
		return fmt.Errorf("%s: %w", verb, err)
	}
	if denied == nil {
		w.done(0)
		return nil
	}
	cmd := hr.Command{Actor: v.Actor, Purpose: v.Purpose}.Stamp(k.Clock(), "")
	unaudited := k.auditRefusal(ctx, cmd, denied)
	w.failed(denied, unaudited != nil)
	return fmt.Errorf("%s: %w", verb, errors.Join(denied, unaudited))
}

// Judge asks the policy what [May] asks, and returns what it says, with the classes of fields that the viewer may see of the subjects:
// [hr.Show] blanks the others before something leaves the process. A denial is a Verdict, no error, and is not audited: it is no substitute
// for the service's own question.
func Judge(ctx context.Context, k Kit, v hr.View, verb string, subjects ...hr.EmployeeID) (hr.Verdict, error) {
	if err := k.Validate(); err != nil {
		return hr.Verdict{}, fmt.Errorf("%s: %w", verb, err)
	}
	_, verdict, err := k.verdict(ctx, hr.Ask{Verb: verb, Actor: v.Actor, Purpose: v.Purpose, Via: v.Via(), Subjects: subjects})
	if err != nil {
		return hr.Verdict{}, fmt.Errorf("%s: %w", verb, err)
	}
	return verdict, nil
}

// MayCase is [May] for a method that reads a case of which the caller gives only the id: find reads whom it concerns. [ErrNotFound] from it
// is returned only to those who may read it about nobody in particular; others are denied, as they are where the case is there and not theirs.
func MayCase(ctx context.Context, k Kit, v hr.View, verb string, find func(ctx context.Context) ([]hr.EmployeeID, error)) error {
	return watched(ctx, k, v, verb, AboutCase(nil, find))
}

// concerned finds whom a call concerns and judges it. Where the case is not there it is judged as about nobody in particular, and what find
// said is the answer to those who may.
func (k Kit) concerned(ctx context.Context, ask hr.Ask, args any) ([]hr.EmployeeID, *DeniedError, error) {
	var missing error
	if s, ok := args.(Subjects); ok {
		ids, err := s.Subjects(ctx)
		switch {
		case errors.Is(err, ErrNotFound):
			missing = err
		case err != nil:
			return nil, nil, err
		default:
			ask.Subjects = ids
		}
	}
	denied, err := k.judge(ctx, ask)
	if err == nil && denied == nil {
		err = missing
	}
	return ask.Subjects, denied, err
}

func (k Kit) judge(ctx context.Context, ask hr.Ask) (*DeniedError, error) {
	ask, verdict, err := k.verdict(ctx, ask)
	if err != nil || verdict.Allow {
		return nil, err
	}
	return &DeniedError{Ask: ask, Verdict: verdict}, nil
}

// verdict asks the policy, and returns what it was asked: with the relations.
func (k Kit) verdict(ctx context.Context, ask hr.Ask) (hr.Ask, hr.Verdict, error) {
	ask.Subjects = slices.Clone(ask.Subjects)
	if k.Relations != nil && len(ask.Subjects) > 0 {
		relations, err := k.Relations.Relations(ctx, ask.Actor, ask.Subjects...)
		if err != nil {
			return ask, hr.Verdict{}, err
		}
		ask.Relations = relations
	}
	if ask.Actor.Employee != "" && slices.Contains(ask.Subjects, ask.Actor.Employee) {
		ask.Relations = append(ask.Relations, hr.Relation{Kind: hr.RelationSelf, To: ask.Actor.Employee})
	}
	return ask, k.Authorize.Decide(ask), nil
}

// auditRefusal appends the entry of a refusal in a unit of its own. Where that is one that the refusal itself has ended, because it is a
// transaction of the host's, nothing is appended: the entry stays in the error for [RecordRefusal].
func (k Kit) auditRefusal(ctx context.Context, cmd hr.Command, err error) error {
	var denied *DeniedError
	if !errors.As(err, &denied) {
		return nil
	}
	denied.entry = audit(cmd, denied.Ask.Verb, denied.Ask.Subjects, denied.Verdict.Reason)
	denied.entry.Via = denied.Ask.Via
	return k.record(ctx, denied.entry)
}

func (k Kit) record(ctx context.Context, a Audit) error {
	return k.Tx.InTx(ctx, func(ctx context.Context) error { return k.Journal.Append(ctx, a) })
}

// RecordRefusal writes the audit entry of a refusal that is in err, in a unit of its own, and does nothing where there is none. It is for a host that
// calls services inside a transaction of its own: what is refused there ends the transaction, and the entry would go with it. Having rolled
// back, the host calls it with a context without that transaction:
//
//	if err := inOwnTransaction(ctx, fn); err != nil { // which has rolled back
//		return errors.Join(err, storage.RecordRefusal(ctx, kit, err))
//	}
//
// A host without transactions around its calls never needs it: [Do] and [May] have recorded what they refused, and it would be there twice.
func RecordRefusal(ctx context.Context, k Kit, err error) error {
	var denied *DeniedError
	if !errors.As(err, &denied) || denied.entry.Verb == "" {
		return nil
	}
	return k.record(ctx, denied.entry)
}

func audit(cmd hr.Command, verb string, subjects []hr.EmployeeID, refused string) Audit {
	return Audit{
		Command: cmd.ID, Verb: verb, Actor: cmd.Actor.ID, Purpose: cmd.Purpose, Reason: cmd.Reason,
		Via: cmd.Via(), Subjects: slices.Clone(subjects), Refused: refused, At: cmd.At(),
	}
}
