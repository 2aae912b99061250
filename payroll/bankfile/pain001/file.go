package pain001

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Version is a version of the message. The empty Version is V09.
type Version string

// The versions.
const (
	V09 Version = "pain.001.001.09"
	V03 Version = "pain.001.001.03"
)

// File is a file of salary payments in euros. It prints and logs without values.
type File struct {
	Version      Version
	Message      string    // unique for the sender: 35 characters
	Created      time.Time // written without a zone if it is UTC, as banks expect local time
	Initiator    string
	InitiatorID  string // optional: the number that the bank gave the sender
	Instructions []Instruction
}

// Instruction pays from one account on one day. It prints and logs without values.
type Instruction struct {
	ID       string
	Single   bool // the bank books each payment; false: one sum
	Day      hr.Date
	Debtor   string
	DebtorID string  // optional: the number that the bank gave the debtor
	Address  Address // of the debtor; optional
	Account  hr.Secret
	Currency bool   // the account says that it is in euros, which some banks ask for
	Bank     string // BIC; empty: NOTPROVIDED
	For      string // optional: the employer for whom somebody else, such as a payroll bureau, pays
	Credits  []Credit
}

// Credit is one payment. It prints and logs without values.
type Credit struct {
	ID          string // end to end: the reference that reaches the payee
	Instruction string // optional: a reference for the bank
	UETR        string // optional, V09 only: a UUID of version 4 in small letters
	Amount      decimal.Decimal
	Bank        string // BIC; empty: left out
	Name        string
	Address     Address
	Account     hr.Secret
	Text        string // optional: what the payee reads, 140 characters
}

// Address is where somebody is. The zero Address is none; any other has at least a town and a country.
type Address struct {
	Street, Building, PostCode string
	Town                       string
	Country                    string   // two letters
	Lines                      []string // at most two, beside town and country
}

func (a Address) isZero() bool {
	return a.Street+a.Building+a.PostCode+a.Town+a.Country == "" && len(a.Lines) == 0
}

// Totals are the control figures of a file.
type Totals struct {
	Transactions int
	Sum          decimal.Decimal
}

// Format hides the values.
func (f File) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[pain.001 file of %d instructions]", len(f.Instructions))
}

// LogValue hides the values.
func (f File) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[pain.001 file of %d instructions]", len(f.Instructions)))
}

// Format hides the values.
func (i Instruction) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[pain.001 instruction of %d credits]", len(i.Credits))
}

// LogValue hides the values.
func (i Instruction) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[pain.001 instruction of %d credits]", len(i.Credits)))
}

// Format hides the values.
func (c Credit) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, "[pain.001 credit]") }

// LogValue hides the values.
func (c Credit) LogValue() slog.Value { return slog.StringValue("[pain.001 credit]") }
