// Package history proves that a store stays right under many writers at once. It lets 2 to 16 of them spend one leave balance, put one case, claim
// the same commands and take numbers of one employee, writes down who asked what when and was answered what, and looks for an order, one
// operation after the other, in which a store without any concurrency would have given the same answers. A store for which there is none has lost
// an update, shown what was not committed, or given one thing twice.
//
//	func TestHistories(t *testing.T) {
//		history.Check(t, func(t *testing.T) storagetest.Ports { // fresh and empty
//			db := openTestDB(t)
//			return storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}, db)
//		})
//	}
//
// The order is looked for by porcupine (github.com/anishathalye/porcupine), which is why this is a module of its own. What the writers do follows
// from a seed that is logged, but what comes of it does not: a race that shows once in a hundred times needs a hundred histories, and the
// environment variable MUSTER_HISTORIES=100 makes as many.
package history
