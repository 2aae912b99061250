// Package cpa005 writes and reads Canadian payroll files: automated funds transfers of CPA Standard 005, credits only, in records of
// 1464 characters: a header (A), credits (C) of six segments each, a trailer (Z) with what they come to.
//
// [New] makes a [File] of a payment batch, [Write] writes it and [Read] reads one back. Every record is described once, in record.go, and
// that description both writes and reads.
//
// # What is checked, on both sides
//
//   - Records count up from 1 and repeat the originator and the number of the file.
//   - Every place that is not used is blank or zero, as the layout has it; only the last credit record may have unused segments.
//   - The trailer's value and number of credits; debits are nothing.
//   - Institutions are a zero, three digits of the bank and five of its branch. Canada publishes no check digit for them.
//
// An amount is never rounded or cut. Names are put in capitals and cut to their fields; a letter that is not in ASCII is refused, never
// dropped. A fault names the record and the segment; no message holds an account number, a name or an amount.
//
// The layout was taken from public guides of banks and software houses. The positions behind the reference number of a segment and
// those of the trailer are known from common use only: let the bank try a file first.
package cpa005
