// Package hr holds the words that all of Muster shares: days and periods, values that change on known days, facts with two
// times, money and rounding, state machines as data, and the values one domain hands to another. It imports nothing else of
// Muster, does no I/O, reads no clock and keeps no state: values in, values out.
//
// # Where things are
//
//   - attendance, leave, payroll, recruitment and lifecycle hold one domain each. They import this package and storage,
//     and never each other: they meet in the hand-over values here and in one-method interfaces that the asker declares.
//   - storage is the contract with the host's database; storage/memory keeps it in maps, storage/storagetest proves any other.
//   - examples holds programs to run and to copy. Start with examples/quickstart, then examples/monthend.
//
// # Two times
//
// A fact says when it is true (its [Period]) and when we learnt it (its [Seq], a knowledge number). A [History] keeps all of
// it and answers as known at any number: [History.AsKnown] gives a [Timeline] for facts of which one holds at a time, such as
// terms; [History.Live] gives the bag for facts that stand side by side, such as punches. Nothing is edited: an entry can be
// voided or withdrawn by a later one.
//
// # Numbers
//
// Amounts are exact decimals. Rounding is an argument ([Rounding]), happens where the rule says and once, and a split
// ([Allocate]) sums to the whole. A number of the law is a [Parameter] or a [Table]: dated, with a source for each value, and
// without a value for the date it is an error, never the latest.
//
// # Calls
//
// Writes take a [Command], reads a [View]. Both carry who acts and why; nothing of that travels in a context. A [Policy] is a
// pure function from an [Ask] to a [Verdict], and without one nothing is allowed.
//
// # Who may do what
//
// An [Access] is a policy as data: grants to roles and to relations (oneself, those one manages, those one stands in for), of verbs and of
// the classes of fields that are seen. [StandardAccess] is ready to take:
//
//	access := hr.StandardAccess()
//	access.Grants = append(access.Grants, hr.Grant{Name: "the works doctor", Role: "doctor", Verbs: []string{"leave.Request"}, Classes: ...})
//	kit.Authorize = access.Decide                                // and kit.Relations: lifecycle.Reporting answers them
//	err := errors.Join(access.Validate(), access.Check(all...))  // whenever a role is given to somebody
//
// A service says yes or no; what it answered is blanked by [Show], with the verdict of storage.Judge, before it leaves the process.
// storagetest.WriteAccess prints who may do what by any policy, for a file that a person reads and a test compares.
//
// # Faults
//
// Bad input gets every fault at once, each a [FieldError] with the path of the field, a stable [Rule] id and a reason, never the
// value itself. Containers of pay and identity ([Terms], [Person], [BankAccount]) print and log without values, and a [Secret]
// leaves only through [Secret.Reveal].
package hr
