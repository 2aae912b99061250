// Package neft writes and reads the neutral CSV for Indian bank transfers. India has no national file for bulk salaries: every
// bank has a layout of its own, and this one holds all that any of them asks for, one payment a line:
//
//	seq,employee_id,beneficiary_name,account_number,ifsc,account_type,amount,currency,mode,value_date,reference,narration
//
// The mode follows the amount: RTGS from 2,00,000 rupees on, NEFT from 1 rupee below that. Account numbers are text, so leading
// zeros stay. Lines end in CRLF, as RFC 4180 has it. The file has no totals of its own; [Read] counts and sums what it
// reads, so that a writer's [Totals] can be compared with it.
//
// A bank's own file is a [Layout] that the host writes down from the bank's manual: which columns in which order, how a day is written,
// what the bank calls its modes and kinds of account. [Layout.Write] writes it and [Layout.Read] reads it back.
package neft
