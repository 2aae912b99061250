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
// [Options].Idle for the time between two. They must be longer than the slowest chunk of a payroll; a minute each is the default.
package postgres
