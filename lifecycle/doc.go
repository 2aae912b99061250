// Package lifecycle keeps who is employed, since when and on what terms: the hire, the changes of pay and place, the exit.
//
// Two kinds of things are kept. The [Employment] is a case: one current row an employee, with the person and the state, moved by a
// table ([Machine]) from preboarding to exited. The terms ([hr.Terms]: entity, department, manager, pay and the rest) are facts with two
// times: each entry says for which days it holds and when it was learnt, and nothing is ever edited.
//
// # How terms change
//
// A hire writes the first terms, open-ended from the first day. A [TermsChange] touches only what it names and ends the day before the
// next step that is known already: a raise from March, entered when a transfer in July is known, ends in June. With Through it
// ends on that day, with Onward it is carried through the later steps, each of which keeps what the raise does not name. A withdrawal
// ([Service.WithdrawTerms]) makes the terms what they would be had the change never been made; it may be withdrawn itself. An exit ends
// the terms after the last day.
//
// # What always holds
//
//   - The days with terms are exactly the days of the employment: from Start through LastDay, without a gap.
//   - An answer as known at a number never changes, whatever is learnt later.
//   - The state is the fold of the events that were announced, over the table; nothing leads on from exited.
//   - Nobody stands above themselves on any day; neither does a unit or a position.
//   - No task is done before what it waits for, and no order of calls passes a gate.
//   - Nobody decides on a case that they prepared, are a subject of or gain by.
//   - A withdrawn change leaves the terms as if it had never been made, on every day.
//   - A refused command changes nothing, and its faults come together.
//
// # Joining and leaving
//
// A [ChecklistTemplate] says by place and grade what has to be done; [Service.StartChecklist] makes a [Checklist] of it, in which each [Task] has
// owners, a due day counted in working days of the person's own calendar, tasks to wait for, documents to give. What was lent is a task
// to take back, done or missing; a task is waived by who may, with a reason. A moved first or last day dates again what is open. A [Gate] is
// shut while a task at it is open, or the checklist that has such tasks is not started: nobody joins, leaves (death waits for
// nobody) or is settled past it. [Service.Settle] records what payroll has paid, and an employment is at its end.
//
// # The organisation, and who approves
//
// Entities, units, positions and dotted lines are dated facts of the tenant ([Service.Organise]); units and positions are trees on every
// day, and a position never holds more people than it has seats, whoever hires, transfers or rehires. [Service.Delegate] lends somebody's approvals
// to another for some days.
//
// [Routing] says who approves as data: by kind, amount, grade, place and unit, in levels one after the other or together, by relation, role or
// name. It is pure ([Routing.Route]) and says why, for everybody it looked at ([Service.ExplainRoute]): who is away, on long leave,
// suspended or gone is not asked; who stands in is. Who prepared a case, is a subject of it or gains by it never approves, nor does anybody
// for them, under any id. [DueApprovals] and [Service.DueTasks] are what a host polls to remind and to escalate.
//
// # For payroll and the other domains
//
// [Service] answers [Service.TermsOf], [Service.People], [Service.Employees] and [Service.Changes], takes a [Service.Hire] from recruitment,
// says who approves ([Service.Route]), how many seats are free ([Service.FreeSeats]) and what a settlement waits for
// ([Service.SettlementGates]). [Reporting] says who manages whom, for the Kit's authorization.
//
// # What is left to the host
//
// The tables behind [Employments] and [Facts], proven by storagetest; who may do what, as the Kit's policy; which actor
// belongs to an employee (a manager approves under the actor id of the same text as their employee id); when to record that somebody
// joined or left. That two people are paid into one bank account is found ([Service.SharingAccount]) and not refused: couples do.
package lifecycle
