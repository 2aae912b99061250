// Package recruitment takes hiring from the headcount plan to the accepted offer, and makes exactly one employee of each.
//
// # The story
//
// The headcount plan says, for each position of a unit, how many may begin in a period and what they may cost ([PlanLine]). A manager asks
// for seats of it ([Requisition]); neither they nor whoever wrote it approves. Of an approved requisition openings are made ([Opening]), which
// people find by channels that cost something ([Channel]) or through an employee, who gets a bonus when the new colleague has stayed
// ([ReferralPolicy]).
//
// A [Candidate] is one record, however often they apply. What two records share is scored point by point ([MatchWeights]), and a person
// merges them. Consent has a purpose and a last day ([Consent]); the talent pool holds only who agreed; and when the law lets go, everything about a
// person goes and the figures stay ([Service.Erase]).
//
// An [Application] moves through stages. A house without stages of its own has those of [Machine]; another brings its table, with guards
// (no offer before a scorecard), limits of working days, and a catalogue of reasons ([NewPipeline]). Criteria score what people answered, each point
// explained, and what must not count is refused ([NewCriteria], [Protected]). Interviews are found over time zones and hours ([Slots]) and fixed without two
// at once ([Service.Schedule]); what interviewers think they write down blind ([Service.ScorecardsFor]); package recruitment/ical puts them into calendars.
//
// An [Offer] is part of the application: terms, first day, last day to accept, and what payroll says it comes to ([Price]). It may need
// approval; a new one takes its place and the old one can not be accepted any more. [Service.Accept] takes the seat and hires, both or
// neither. [Pipeline.Measure] says afterwards how it went, and [ImpactRatios] whether a group was let through less often.
//
// # What always holds
//
//   - An accepted application has made exactly one employee, and no other has made any; the acceptance and the hire are one unit of work.
//   - No opening makes more employees than it has seats, and no line of the plan commits or fills more than it has, however many try at once.
//   - An offer is accepted through its last day and not after it, in the zone of the service, and only the newest one, once it is approved.
//   - Nobody approves what they asked for or get something from.
//   - A candidate has at most one live application for an opening; nobody is interviewed, or interviews, twice at one time.
//   - Nobody reads what other interviewers wrote before their own is submitted.
//   - The stage is the fold of the events that were announced, over the table; nothing leads on from the four last stages.
//   - A refused command changes nothing, and its faults come together.
//
// # What is left to the host
//
// The tables behind the ports in store.go, proven by storagetest; a house that only hires needs [Openings], [Applications] and [Candidates]. Who may do
// what, as the Kit's policy (a recruiter may be allowed to hire through an accepted offer and not directly: see [hr.Ask]). The [Hirer] and [Router],
// which are lifecycle.Service in a whole house, the [Pricer] and [Bonuses], which are payroll.Service; any of them may be the host's own. Documents,
// mails and pages. To ask every day what is due ([Service.Due], [Service.ErasurePlan]). What group somebody belongs to, which is theirs to say and is kept apart.
package recruitment
