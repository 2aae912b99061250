// Package sqlite keeps every port of Muster in one SQLite file: for a small company, a desktop program, a test, or to begin with.
//
//	db, err := sqlite.Open(ctx, "muster.db")
//	if err != nil {
//		return err
//	}
//	defer db.Close()
//	kit := db.Kit(policy, time.Now)
//	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db}
//
// [Open] makes the file and its tables where they are missing, and brings older tables up to date. The tables are ordinary ones, named
// hr_..., to be read with any tool; the view payslip_line has the amounts of payslips, one a row. Write through the ports only.
//
// Units of work run one after the other: each begins by asking for the right to write, so that no two can deadlock, and waits for it up to
// [Options].Wait. Reading outside of a unit waits for nobody and sees what is committed. A unit that has been committed is on the disk.
//
// [DB.Tenant] is the store of another company in the same file; [DB.With] lets calls join a transaction of the host's own.
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
// has the name of a check: somebody has written past the domains, or a domain has a fault. SQLite does not say which reference is broken, and asks
// for references only on connections with foreign_keys(on), as ours are. Rows refer to others of payroll, of recruitment and of the audit only: ports about
// people and leave may lie in tables of the host's. A host that keeps openings or candidates in its own tables, and applications here, keeps a row
// here for each.
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
// VACUUM INTO 'copy.db', from any connection, also while a payroll is written: it sees one moment, and waits for nobody. Do not copy the file itself while a
// program has it open. Open the copy, and call storage.VerifyAudit with the last checkpoint. Numbers of knowledge and of audits are as they were, and a
// run that was in the middle goes on from its last chunk to the same payslips.
package sqlite
