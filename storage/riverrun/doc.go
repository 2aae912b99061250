// Package riverrun runs a payroll in many processes, through River (github.com/riverqueue/river), a queue of jobs in PostgreSQL.
//
//	crew, err := riverrun.New(riverrun.Config{Pool: pool, Payroll: func(db *postgres.DB) (payroll.Service, error) {
//		return wire(db), nil // the services of the host over the store of one tenant
//	}})
//	go crew.Work(ctx) // in any number of processes
//
//	id, err := crew.Start(ctx, cmd, "acme", spec)  // the run, its chunks and their jobs, or nothing
//	p, err := crew.Progress(ctx, view, "acme", id) // 412 of 10,000 chunks, 3 employees with faults
//	...                                            // somebody looks at the result and approves it, as ever
//	err = crew.Pay(ctx, cmd, "acme", id)
//
// # What holds
//
//   - A run and the jobs of its chunks are one transaction: there is no run that nobody works on, and no job without its run.
//   - A chunk is one transaction: payslips or postings, audit, event, and the completion of its job. A worker that dies leaves all of it or nothing.
//   - The command of a chunk is the run's command and the chunk's number, so whoever does a chunk a second time finds it done. That is what
//     makes every rescue harmless: the queue may hand a job out twice, and a worker that was thought dead may come back.
//   - The results are those of one process, byte for byte, whatever the number of workers and whatever happens to them: chunks are planned once, when
//     the run is created, and no payslip depends on another.
//
// # What happens to a worker
//
// Killed: the server rolls its transaction back at once. Frozen: the server takes its transaction away after [Config].Idle without a word, and with it the
// employees it held. In both cases the job of the chunk is still marked as running, and there are two ways back. River marks it to be done again within
// twice [Config].Limit and half a minute. Before that, the job that ends the run, once no chunk waits any more, does itself what is left.
//
// # What is left to the host
//
// Approving a run is the decision of a person and one call of [payroll.Service], as it is without this package. The host calls [Crew.Migrate] with a new
// version, keeps the clocks of its machines together within a second or two, and gives each process the same plans.
//
// The arguments of a job name the run, the chunk, and the command with its actor and reason. They hold nothing about an employee.
package riverrun
