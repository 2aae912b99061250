// Package us brings the federal holidays of the United States to [hr.Calendar], from the rules of rickar/cal.
//
// # What it decides
//
// The eleven days of [Federal] are those on which the federal government and the Federal Reserve's payments rest. One on a Saturday is observed
// by the government on the Friday before, one on a Sunday on the Monday after; the Federal Reserve does not move a Saturday, which a
// calendar for deposits and payments says with [hr.ActualDay] and an entry for the Monday after a Sunday.
//
// # What is left to the host
//
// No federal law gives a private employee a holiday: which days are free or paid more is the contract's, and states have days of their own.
// They are entries of the calendar.
//
// # Sources
//
// 5 U.S.C. 6103; Federal Reserve holiday schedule. Last checked on 26 November 2026 against rickar/cal and public lists that agree.
package us
