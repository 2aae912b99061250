// Package bacs writes and reads United Kingdom payroll files: the payment lines of Bacs Standard 18, of 100 characters for one
// processing day and of 106 for several.
//
// [New] makes a [File] of a payment batch, [Write] writes it and [Read] reads one back. A line of code 99 is a credit. A contra, code 17
// on the payer's own account, balances the credits of one account and one day; whether the file carries it or the bank's software adds
// it is agreed with the bank.
//
// Tape labels (VOL1, HDR1, UHL1 and so on) are left to the software that sends the file. Amounts are pence and are never rounded or
// cut. Letters are capitals, digits and . & / - only. A name is put in capitals and cut to its 18 characters; one with any other
// character is refused, never changed silently.
//
// # What is left to the host
//
// The processing day is a banking day of the host's calendar; [New] refuses Saturdays and Sundays. Whether a sort code and an account
// number go together is a modulus check over a table that changes several times a year: the host loads the table of the day with
// [ReadWeights], and [Weights.Check] says what it can. [ParseSortCode] and [ParseAccountNumber] check the form alone.
//
// The layout was taken from public guides of banks and software houses; Standard 18 itself is sold.
package bacs
