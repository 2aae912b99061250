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
package sqlite
