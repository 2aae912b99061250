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
// of its own beside it, and a host runs those of the ports it keeps. Every subtest opens a fresh store, and its name is the
// sentence of the contract that it proves, so a failing line says which promise is broken:
//
//	--- FAIL: TestStore/Log/a_claim_that_is_rolled_back_is_free_again
//
// If a store cannot keep a sentence, do not comment the subtest out: either the sentence is wrong, or the store declares what it
// lacks in the harness ([Core.Serial], [Core.NoHistory]) and the suite tests that instead.
//
// # For a suite of your own
//
// [Fill] makes a value in which no field is empty, so that a forgotten column shows; [Equal] compares what went in with what came
// out, by meaning; [Spoil] overwrites what two holders of a value share. [RunFacts], [RunCases] and [RunList] prove what all
// append-only lists, all versioned rows and all pages of them have in common.
//
// The package imports the standard library, decimals and Muster only, and nothing that is shipped imports it. Its own tests run
// every suite on doubles, stores with one bug each, and require that the right subtest fails.
package storagetest
