// Package postgres keeps every port of Muster in PostgreSQL, version 15 or later.
//
//	db, err := postgres.Open(ctx, "postgres://muster@localhost/hr", postgres.Options{Tenant: "acme"})
//	if err != nil {
//		return err
//	}
//	defer db.Close()
//	if err := db.Migrate(ctx); err != nil { // when a new version is installed; safe from several processes
//		return err
//	}
//	kit := db.Kit(policy, time.Now)
//
// A host that has a pool already passes it to [New], and one that has begun a transaction of its own lets calls join it by [DB.With].
//
// The tables are ordinary ones, named hr_..., each with the tenant first in its key; days are dates, amounts numeric, lists jsonb. The
// view payslip_line has the amounts of payslips, one a row. Write through the ports only.
//
// # Units of work
//
// Every guarantee holds at READ COMMITTED, which is the default, and at the levels above it: what two writers could spend is serialised by
// guard rows and unique keys. A unit that fails because of another one (a deadlock, a failure to serialise) is run again, by the outermost
// InTx only.
//
// # Timeouts
//
// A process that freezes while it holds a guard row would keep everybody from that employee until the kernel gives its connection up, which
// takes minutes to hours. So each transaction has limits, which the server keeps: [Options].Statement for one statement, and
// [Options].Idle for the time between two. They must be longer than the slowest chunk of a payroll; a minute each is the default. What they end is
// storage.ErrUnavailable. No limit ends a statement whose answer nobody reads, because its process froze in the middle of that: [DB.EndFrozen] does.
//
// # What goes wrong
//
// What the database refuses is an error of package storage: ErrFull, ErrReadOnly, ErrNotPermitted, ErrUnavailable, ErrUnstorable, ErrDamaged. Each says
// what to do next, has a code of the database's and no value of a row, and leaves nothing behind: the same command, sent again under the same id when
// the cause is gone, is done once, also where nobody knows whether a commit came through. A row that somebody or a disk has spoilt is a
// storage.DamagedError with its table, its key and its column; amounts are checked against the lines that they belong to, and those against
// their digests. Edits that leave a row readable are what storage.VerifyAudit is for.
//
// The tables have foreign keys and checks, so that a row which no domain would write (a payslip of somebody who is not in the run, an opening with
// more people than seats, a period that ends before it begins) is refused, whoever writes it. By a port that is a storage.ConstraintError, which
// has the name of the constraint: somebody has written past the domains, or a domain has a fault. Rows refer to others of payroll, of
// recruitment and of the audit only: ports about people and leave may lie in tables of the host's. A host that keeps openings or candidates in
// its own tables, and applications here, drops those references or keeps a row here for each.
//
// # Versions
//
// A version of this package has a number, that of its last migration. A migration named expand_... only adds, so programs of the version before go on
// writing while those of the next are started, and may be started again: blue and green share the tables. What the older ones needed is taken away by a
// migration named contract_..., a version later, and only by [DB.Contract], which the host calls when none of the older programs runs any more: no
// program can see whether another still does. One that does is then refused with ErrSchemaNewer at its start, and with ErrSchemaOther in the middle of a
// unit, which is rolled back. A new program refuses older tables with ErrSchemaOlder, from [DB.Check]. A new database gets everything at once.
//
// # Backup
//
// pg_dump is enough, also while a payroll is written: it sees one moment. After pg_restore into an empty database call [DB.Check] and
// storage.VerifyAudit with the last checkpoint. Numbers of knowledge and of audits come back as they were, and a run that was in the middle goes on from
// its last chunk to the same payslips. A backup without the checkpoint cannot show that it lacks the newest entries.
//
// # Partitions
//
// partitions.sql beside this file spreads the big tables over eight partitions by tenant and gives the payslips of closed runs, such as those of a year, a
// partition of their own; no program sees it. It is not for speed: written and read in chunks, 10,000 employees took the same with and without (0.11 and
// 0.15 ms an employee; BenchmarkGrowth). It is worth it where one company's rows must be vacuumed, moved or restored without the others', or where
// closed years go to another disk.
package postgres
