// Package pain001 writes and reads ISO 20022 customer credit transfers as SEPA salary payments: pain.001.001.09, and pain.001.001.03 for
// banks that still take it. Several dropped it on 15 November 2026, so .09 is what a [File] is unless it says otherwise.
//
// [New] makes a file of a payment batch, [Write] writes it and [Read] reads one back. A file is one shape of XML (document.go), and what is
// read is written again and compared, element for element: an element out of its order, twice, unknown or with another attribute is a
// fault, which the schema would find too.
//
// # What the schema does not find, and this package does
//
//   - The number of transactions and the control sum, of the whole and of each payment instruction.
//   - The check digits of every IBAN, and that the amount is 0.01 to 999,999,999.99 euros.
//   - SALA as the purpose of the whole instruction, so that the bank books one sum that colleagues cannot take apart; nothing else in it.
//   - The characters that every bank takes; identifications without a slash at either end or two in a row, and no end-to-end
//     identification twice.
//   - No address of lines alone: such are rejected since 15 November 2026. An address has at least a town and a country, or is left out.
//
// A debtor's bank without a code is NOTPROVIDED; a creditor's is left out. Letters with accents become plain ones in [New] (é is e, ü is
// u, ß is ss); any other character outside the set is refused, never dropped. An amount is never rounded.
//
// Only what a salary file needs is known: a structured remittance, an ultimate creditor or a proxy account is refused as
// unknown, rather than read and lost.
package pain001
