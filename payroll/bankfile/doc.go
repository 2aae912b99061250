// Package bankfile holds what more than one bank file needs: the international account number and the code of a bank. The formats are
// packages below it, each with its own writer, strict reader and numbers of banks:
//
//   - neft: India's transfers as CSV, in a neutral layout or in the columns of a bank
//   - nacha: the United States, PPD credits
//   - pain001: ISO 20022 credit transfers, as SEPA salaries
//   - bacs: the United Kingdom, Standard 18
//   - cpa005: Canada, automated funds transfers
//   - sif: the United Arab Emirates, the salary information file of the wages protection system
//
// In all of them a file that breaks a rule is refused before a byte is written, a file that is read is held to the same rules and to
// its own control figures, every fault is a [hr.FieldError] with its line or path, and no fault holds an account number, a name or an amount. What is
// read back can be compared with what was written, which is how a host knows that its bank gets what was approved.
//
// A number that passes here is well formed; whether it was issued, only the bank knows.
package bankfile
