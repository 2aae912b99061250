// Package storagetest proves that a store keeps the contract of package storage. A host that keeps Muster's data in its own
// tables runs it from one test:
//
//	func TestStore(t *testing.T) {
//		storagetest.Run(t, func(t *testing.T) storagetest.Core {
//			db := openTestDB(t) // fresh and empty
//			return storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}
//		})
//	}
//
// [Run] covers what all domains share: the unit of work, the command log, knowledge numbers, the journal. Each domain has a suite
// of its own beside it ([Leave], [Attendance], [Lifecycle], [Organisation], [Payroll], [Recruitment]), and a host runs those of the ports it keeps. Every
// subtest opens a fresh store, and its name is the sentence of the contract that it proves, so a failing line says which promise is broken:
//
//	--- FAIL: TestStore/Log/a_claim_that_is_rolled_back_is_free_again
//
// If a store cannot keep a sentence, do not comment the subtest out: either the sentence is wrong, or the store declares what it
// lacks in the harness ([Core.Serial], [Core.NoHistory], a port that is nil) and the suite tests that instead. What a store does not offer is never
// skipped: the suite passes and logs "not offered", so read it once with go test -v.
//
// # A store that fails
//
// [Faults] goes through the services, over all ports that the host keeps, and fails at every call they make: an error, a panic, a commit
// whose answer is lost, a commit that was a lie, a deadlock, a cancelled context, a clock that jumps. It proves that no unit is torn, that what
// can run again does, and that the same commands sent again finish with nothing twice:
//
//	func TestFaults(t *testing.T) {
//		storagetest.Faults(t, func(t *testing.T) storagetest.Ports {
//			db := openTestDB(t)
//			p := storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}, db)
//			p.Again = map[storagetest.FaultKind]error{storagetest.FaultDeadlock: driver.ErrDeadlock} // what InTx runs again after
//			return p
//		})
//	}
//
// It takes some seconds; MUSTER_FAULTS=all go test -run Faults takes minutes, and tries every kind at every call. [Faulty] is the store that fails by
// itself, for a story of the host's own.
//
// Package storage/storagetest/history, a module of its own, has 2 to 16 writers at once and looks for an order that explains what they were
// answered.
//
// # For a suite of your own
//
// [Fill] makes a value in which no field is empty, so that a forgotten column shows; [Equal] compares what went in with what came
// out, by meaning; [Spoil] overwrites what two holders of a value share. [RunFacts], [RunCases] and [RunList] prove what all
// append-only lists, all versioned rows and all pages of them have in common.
//
// The package imports the standard library, decimals and Muster only, and nothing that is shipped imports it. Its own tests run
// every suite on doubles, stores with one bug each, and require that the right subtest fails; TestLies lists the lies by name.
package storagetest
