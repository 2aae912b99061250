// Package lifecycle keeps who is employed, since when and on what terms: the hire, the changes of pay and place, the exit.
//
// Two kinds of things are kept. The [Employment] is a case: one current row an employee, with the person and the state, moved by a
// [Table] from preboarding to an end. The terms ([hr.Terms]: entity, department, manager, pay and the rest) are facts with two
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
// A change that needs approval is a [Proposal]: a raise with its letter, a promotion, a transfer, another name. A new bank account waits for
// a second person and for a delay ([BankChange]); meanwhile payroll pays the old one or holds.
//
// # States, and what they mean for pay
//
// [Standard] is the table: preboarding, probation, confirmed, suspended, on long leave, seconded, on notice, and the ends exited, retired,
// deceased, never came, withdrawn. A host extends it with states, events and rows of its own ([Table.Extend]); each state says what it
// means ([Meaning]): employed or not, at work, which share of the pay goes on, whether leave accrues. No table lets anybody out of an
// end but by a rehire, or pays who is not employed.
//
// A state that is not simply being at work is written into the terms from its first day, with two times like all terms, as the answers
// [AnswerStanding], [AnswerPayShare] and [AnswerAccrues]. So it reaches payroll in one of two ways, and a host chooses one:
//
//   - through the timesheet: a host gives attendance [Away] as its absences; each day away is paid by its share, and payroll reads payable days;
//   - through the answer: a pay rule declares input pay_share: number by piece = 1 and multiplies by it.
//
// A suspension with a subsistence allowance is two steps of the share; a secondment that the other employer pays is a share of nothing; a
// suspension that was wrong is paid in full afterwards by correcting the share, which payroll finds as arrears ([Service.Changes]).
//
//	what happens                                   verb
//	they come, later, not at all                   Join, Postpone, NoShow, CallOff
//	the trial goes on, is passed                   ExtendProbation, Confirm
//	away and back                                  Suspend, StartLongLeave, Second, Revise, Return
//	raise, promotion, transfer                     ChangeTerms, Transfer, or Propose and Decide
//	notice, its buy-out or recovery                GiveNotice, WithdrawNotice, [NoticeRule.Settle]
//	the end                                        Exit, Retire by [RetirementRule], RecordDeath
//	they come again, service counted or not        Rehire
//	an event of the host's own                     Move
//
// # What always holds
//
//   - The days with terms are exactly the days of the employment and of its earlier spells: from Start through LastDay, without a gap.
//   - An answer as known at a number never changes, whatever is learnt later.
//   - The state is the fold of the events that were announced, over the table; nothing leads on from an end but a rehire.
//   - Nobody is employed twice in one entity at once, as far as identity numbers tell ([Identities]).
//   - Nobody stands above themselves on any day; neither does a unit or a position.
//   - No task is done before what it waits for, and no order of calls passes a gate.
//   - Nobody decides on a case that they prepared, are a subject of or gain by.
//   - A withdrawn change leaves the terms as if it had never been made, on every day.
//   - Who proposes a change, and whom it is about, never approves it.
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
// # To look at
//
// [Service.HistoryReport] says who changed what, when, for which days and why, as values, text and CSV. [Service.Due] lists what a host polls for:
// the end of a trial, a return, a contract, an age, an anniversary, a document that expires. [LetterTemplate] writes letters in any language.
// [ReadSheet] reads a workforce with its history from a file for [Service.Import].
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
// joined or left; which law is behind a rule: ages, notices and allowances are the host's values. A working pattern is [hr.Terms].Shift with its
// Calendar. That two people are paid into one bank account is found ([Service.SharingAccount]) and not refused: couples do.
package lifecycle
