// Package storage is the contract between Muster and the host's database: the sentences every store keeps, the unit of work,
// the command log, knowledge numbers, audit and events, and [Do], the one way a service writes.
//
// Each domain declares the ports it needs, in its own words and small ([leave.Ledger], [attendance.Punches]). A host implements
// those it uses over its own tables and proves them with package storagetest; storage/memory keeps all of them in maps.
//
// # What every store keeps
//
//   - A call sees the writes made before it in the same unit of work, and no uncommitted write of another.
//   - A write is all or none, and after any error but [ErrNotFound] the unit is dead: return the error.
//   - A missing record is [ErrNotFound]; a missing list is empty and no error.
//   - Returned values belong to the caller, and what a store was given it has copied.
//   - A case (a current row) carries a [Version]; a stale one is [ErrConflict], and nothing is written.
//   - A fact is only ever added. The same id with the same content again is skipped; with other content it is [ErrConflict].
//     A SQL store inserts with "do nothing on conflict" and then compares: a failed insert would end its transaction.
//   - Facts are asked as known at a number, zero being today. A store that keeps only what holds today answers a number with
//     [ErrNoHistory].
//   - Lists come in the order the port documents, and page by key (after, limit); no cursor stays open between calls.
//   - What the database refuses is [ErrFull], [ErrUnavailable] and their like, and a row that cannot be read is [ErrDamaged]: no message has a value.
//   - Every call honours its context. No call inside a unit runs in another goroutine.
//   - Ports name no tenant: a store value is opened for one.
//   - Two writers that could spend the same thing meet at the guard row of [Knowledge] and nowhere else.
//   - A unit of work is told of by [BeginUnit], with why it ran again. A store that does not is still right, and its retries are seen as the
//     attempts of a command.
//
// # What can be watched
//
// [Kit].Observer is told of every command, every permission to read and every unit of work: what it was, how it ended, what rules were broken, how many
// people it was about, how often it had to run again and why. [LogObserver] writes that to log/slog, package storage/otel makes spans and metrics of it,
// [Observers] does both, and nil costs nothing. No observation has a value, a name, the id of an employee or of an actor, or the text of an error.
//
// # How a host keeps them over its own tables
//
// [Transactor] first: begin a transaction, put it into the context that fn is given, commit or roll back. Each port method takes the
// transaction from its context, and what is committed where there is none. A method that writes more than one row begins a unit with
// InTx, which joins the one that is open.
//
// A row needs columns for what its port asks by (the id, the employee, the days, the version or the number) and for what the host itself
// reads; a day and a time of day are columns as they stand. The rest of a value may be one column of JSON: every stored type comes back from
// encoding/json as it went in, by meaning (a decimal by its number, an instant by its moment). The exception is [hr.Secret], which refuses
// to be marshalled: an account or an identity number has a column of its own, written with Reveal, and is emptied in the JSON. What is the
// same content is likewise a matter of meaning: bring instants to UTC before two texts are compared.
//
// A host need not keep all ports. It may implement two over its own tables and take the others from storage/sqlite or storage/postgres, in one
// transaction: examples/sqlhost does.
//
// # What is held about people
//
// A store may seal it under keys that are destroyed when somebody is to be forgotten: [Cipher], [Keys]. What is sealed, what is kept for how
// long and by which law, and how a person is erased stands in PRIVACY.md beside this file.
package storage
