// Package nacha writes and reads United States payroll files: NACHA ACH files of PPD credits, in lines of exactly 94 characters.
//
// [New] makes a [File] of a payment batch, [Write] writes it and [Read] reads one back. A file is a header (1), batches that each have
// a header (5), entries (6) with at most one addenda (7), and a control (8), and a file control (9); lines of nines fill the last
// block of ten. Every line is described once, in record.go, and that description both writes and reads.
//
// # What is checked, on both sides
//
//   - The check digit of every routing number; 000000000, which would pass the sum, is refused.
//   - The entry hash, the sum of the first eight digits of the receiving banks with whatever passes ten digits dropped on the left.
//     The check digit is not in it, so a wrong one does not disturb the hash.
//   - Counts (addenda and prenotes included), blocks, debit and credit totals of every batch and of the file.
//   - Service class 220 for credits, and 200 if, and only if, a batch carries an offsetting debit. A header and its control agree.
//   - Trace numbers that begin with the originating bank and rise in the batch; an addenda repeats its entry's.
//   - Prenotes (codes 23 and 33) are of zero, everything else is above zero.
//   - Since 20 March 2026 an entry description that begins with PAYROLL, as Nacha asks of wages.
//
// An amount is never rounded or cut: one that does not fit is a fault. Names are put in capitals and cut to the 22 characters of
// their field. A fault names the line (or the batch and entry) and the field; no message holds an account number, a name or an amount.
//
// # What is left to the host
//
// The effective date must be a banking day: [New] refuses Saturdays and Sundays, and the bank's holidays are the host's. So are
// cut-off times. The layout was taken from public guides and the open reader moov-io/ach; Nacha's rule book itself is sold.
package nacha
