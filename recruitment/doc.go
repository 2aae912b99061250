// Package recruitment takes candidates from an application to an accepted offer, and makes exactly one employee of each.
//
// An [Opening] has a title, a number of seats and the terms it usually offers. An [Application] is one candidate for one opening; its
// stage moves by a table ([Machine]) from applied to accepted, declined, rejected or withdrawn. An [Offer] is part of the application: terms,
// first day, and the last day on which it may be accepted.
//
// # What always holds
//
//   - An accepted application has made exactly one employee, and no other has made any; the acceptance and the hire are one unit of work.
//   - No opening makes more employees than it has seats, however many accept at once.
//   - An offer is accepted through its last day and not after it, in the zone of the service.
//   - The stage is the fold of the events that were announced, over the table; nothing leads on from the four last stages.
//   - A refused command changes nothing, and its faults come together.
//
// # What is left to the host
//
// The tables behind [Openings] and [Applications], proven by storagetest; who may do what, as the Kit's policy (a recruiter may be
// allowed to hire through an accepted offer and not directly: see [hr.Ask]); the [Hirer], which is lifecycle.Service in a whole house and
// may be the host's own personnel system instead.
package recruitment
