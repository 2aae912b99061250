// Package otel tells OpenTelemetry what happens in Muster: a span and a measurement for each command, read and unit of work.
//
//	watch, err := otel.New(tracerProvider, meterProvider) // the host's own; either may be nil
//	if err != nil {
//		return err
//	}
//	kit := storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Authorize: policy, Observer: watch}
//
// With a log beside it: storage.Observers{storage.LogObserver{}, watch}. Names follow the semantic conventions of OpenTelemetry where there is one (error.type,
// db.system.name, durations in seconds) and are muster.* otherwise. As [storage.Observer] promises, nothing here has a value, a name, the id of an employee or
// of an actor, or the text of an error. The id of a command is on its spans and on no metric.
//
// # Spans
//
//	name                       kind      attributes
//	VERB ("payroll.Calculate") internal  muster.call.kind (command, read), muster.outcome, muster.command.id, muster.rules, muster.employees, muster.events,
//	                                     muster.attempts, muster.rows, muster.retry.reasons, error.type
//	unit of work               internal  db.system.name, muster.outcome (committed, rolled_back, gave_up), muster.rows, muster.retry.reasons, error.type
//
// A command inside a command, and its unit of work, are children of its span. A read has the span of its permission: how long the answer took is in
// the span that the host has around its call. The status is an error for an outcome "failed" and for a unit that gave up, and is not set otherwise:
// that somebody was refused or was too late is an answer.
//
// # Metrics
//
//	name                    kind       unit      attributes                                                      what it counts
//	muster.call.duration    histogram  s         muster.verb, muster.call.kind, muster.inside, muster.outcome,   calls; muster.inside is true of those
//	                                             error.type                                                      inside a command
//	muster.call.retries     counter    {retry}   muster.verb                                                     how often a command ran again, whatever
//	                                                                                                             the store tells
//	muster.rules.broken     counter    {rule}    muster.rule, muster.verb                                        rules that stopped a call that is not
//	                                                                                                             inside another
//	muster.unit.duration    histogram  s         db.system.name, muster.outcome, error.type                      units of work, with the time that they waited
//	muster.unit.retries     counter    {retry}   db.system.name, muster.retry.reason                             units that ran again because of others
//	muster.unit.rows        counter    {row}     db.system.name                                                  rows that were committed
//	muster.outbox.lag       gauge      s                                                                         the age of the oldest event that is not
//	                                                                                                             delivered, where the host calls [WatchOutbox]
//
// db.system.name is "postgresql" or "sqlite", and another store's own name for itself. What to alert on stands in storage/OPERATIONS.md.
package otel
