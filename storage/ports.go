package storage

import (
	"context"
	"time"

	"github.com/musterhr/hr"
)

// Version counts the writes of a case: a current row such as a request or a run. Version(0) is "not stored yet". A Put stores
// the next version if the stored one equals the given one, and otherwise returns [ErrConflict].
type Version int64

// Transactor runs a unit of work.
type Transactor interface {
	// InTx runs fn so that every store call made with fn's ctx commits or rolls back together: it commits if fn returns nil and
	// rolls back if fn fails, panics, or ctx is done. A call inside another joins it. Only the outermost call may run fn again,
	// after a failure to serialise, so fn touches stores only and keeps nothing from an earlier attempt.
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// CommandRow is one line of the command log. Its Content is a digest of arguments that may be an account or identity number, of which there are few enough to try: give
// [Kit] a Secret of at least 32 random bytes that is kept where the log is not, and who has stolen the log can confirm no guess. Over a store that seals a Kit without one
// is refused. Whoever changes the Secret
// makes a command that is sent again across the change [ErrReused]: change it when no host has commands to send again. The digest stays when somebody is erased.
type CommandRow struct {
	ID      hr.CommandID `class:"public"`
	Verb    string       `class:"public"`
	Actor   hr.ActorID   `class:"public"`
	Content string       `class:"public"` // digest of verb, actor and arguments: tells a retry from another intention
	Result  []byte       `class:"public"` // ids and references only, never an amount; nil until finished
	At      time.Time    `class:"public"`
}

// Log remembers commands, so that a command sent twice runs once.
type Log interface {
	// Claim stores row if no row has its ID, and answers fresh. Otherwise it stores nothing and returns the row that is there.
	// A second unit that claims the same ID waits until the first has ended.
	Claim(ctx context.Context, row CommandRow) (prev CommandRow, fresh bool, err error)
	// Finish stores the result of a claimed command. An ID that was not claimed is ErrNotFound.
	Finish(ctx context.Context, id hr.CommandID, result []byte) error
}

// Taken is a knowledge number and the moment it was given.
type Taken struct {
	hr.Pin   `class:"public"`
	Recorded time.Time `class:"public"`
}

// Knowledge numbers what is learnt: one sequence per employee, and one, under hr.Everyone, for the tenant's definitions.
type Knowledge interface {
	// Take locks the guard row of each id until the unit ends, in sorted order whatever the order given, and gives each the next
	// number of its own sequence at every call: Known.Own of an employee, Known.Rules of hr.Everyone, and the other half zero.
	// Recorded is clock(), read after the row is held and moved on where needed so that it is later than that of the number before,
	// by a microsecond at least. The guard row is the only lock a domain needs; a store whose units run one after the other has it
	// already. Outside of a unit it is an error. Answers come sorted by employee, each once.
	Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]Taken, error)
	// Heads returns the newest committed number of each id (zero where nothing is known), with the newest of the definitions in
	// Known.Rules, sorted by employee, each once. It takes no lock.
	Heads(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error)
	// On returns for each id the last number recorded before the end of day in zone, with that of the definitions in Known.Rules, sorted
	// by employee, each once. It waits for writers in flight. Until the day is over at now it is ErrTooEarly; a store that cannot look back returns ErrNoHistory.
	On(ctx context.Context, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error)
}

// Audit says who did what to whom and why. It holds names of things and never their values.
type Audit struct {
	Command  hr.CommandID    `class:"public"`
	Verb     string          `class:"public"`
	Actor    hr.ActorID      `class:"public"`
	Purpose  string          `class:"public"`
	Reason   string          `class:"private"`
	Via      []string        `class:"public"`
	Subjects []hr.EmployeeID `class:"public"`
	Refused  string          `class:"private"` // why it was refused; empty for what was done
	At       time.Time       `class:"public"`
}

// Event tells other programs that something happened. It carries references, not values: whoever may know more asks.
type Event struct {
	ID      string        `class:"public"` // unique; consumers use it to see a thing once
	Stream  string        `class:"public"` // events of one stream arrive in order
	Kind    string        `class:"public"` // "leave.approved"
	Subject hr.EmployeeID `class:"public"`
	Ref     hr.Ref        `class:"public"`
	Digest  string        `class:"public"` // of the content, where the event announces one
	At      time.Time     `class:"public"`
}

// Journal keeps the audit and the events of a unit, in its transaction.
type Journal interface {
	// Append adds an audit entry and the events, in order.
	Append(ctx context.Context, a Audit, ev ...Event) error
}

// AuditTrail reads the audit back, for whoever verifies it.
type AuditTrail interface {
	// AuditHeads returns the ends of up to limit chains after a stream, by stream.
	AuditHeads(ctx context.Context, after string, limit int) ([]AuditHead, error)
	// AuditLinks returns up to limit entries of a chain after a number, by number.
	AuditLinks(ctx context.Context, stream string, after int64, limit int) ([]AuditLink, error)
}

// Outbox has the events that were committed and are not delivered yet. They were written in the unit that they tell of, so none is lost and
// none tells of what did not happen.
type Outbox interface {
	// Pending returns up to limit events that are not delivered, the oldest first; those of one stream in the order in which their
	// units were committed.
	Pending(ctx context.Context, limit int) ([]Event, error)
	// Delivered takes events, by id, off the list. One that is not on it is no fault.
	Delivered(ctx context.Context, ids ...string) error
}

// Inbox remembers what a consumer has seen, so that an event that is delivered twice is acted on once.
type Inbox interface {
	// First records that consumer has seen an event, and reports whether it had not before. A second unit that asks about the same
	// waits until the first has ended.
	First(ctx context.Context, consumer, event string) (bool, error)
}

// Relations says how an actor stands to people: whose manager, whose delegate.
type Relations interface {
	// Relations returns the ties of actor to each of the subjects, as of now. Self need not be among them.
	Relations(ctx context.Context, actor hr.Actor, subjects ...hr.EmployeeID) ([]hr.Relation, error)
}

// Keys is a store that can forget people: what it keeps about a subject in the classes contact, private, government_id and special it seals
// under data keys, one for each class, and to forget is to destroy the key. The classes public and money are not sealed: sums verify
// after everybody is forgotten. Which fields of class private are sealed, and which count days and stay, is said in PRIVACY.md.
//
// Once a key is destroyed, every read gives the rows as before with the sealed fields of that class empty, and no error; nobody is found
// by a number, account or key that was sealed under it; an audit entry has lost its texts and its chain still holds. A value of that class
// that is written for the subject later is [ErrErased], and nothing is written; a later audit entry is kept without its texts. What was written before the store had a
// cipher is under no key until [SealAll] has come to it: run that to its end before anybody is erased.
type Keys interface {
	// DestroyKeys destroys the keys of a subject for the classes given, with the unit. A key that does not exist yet is never made; one that is
	// destroyed already stays so, with its day. A class that is not sealed is an error. A store that was opened without a cipher has no keys: it answers
	// [ErrNoCipher] before it does anything, and the unit may go on.
	DestroyKeys(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error
	// Graves returns the keys that were destroyed, by subject and class: those behind after only, at most limit of them; a limit below 1 is no
	// limit. Of after the day does not count; the zero Grave is before all.
	Graves(ctx context.Context, after Grave, limit int) ([]Grave, error)
}
