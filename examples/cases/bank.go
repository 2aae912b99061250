package main

import (
	"io"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr/payroll/bankfile"
	"github.com/musterhr/hr/payroll/bankfile/bacs"
	"github.com/musterhr/hr/payroll/bankfile/cpa005"
	"github.com/musterhr/hr/payroll/bankfile/nacha"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/musterhr/hr/payroll/bankfile/pain001"
	"github.com/musterhr/hr/payroll/bankfile/sif"
)

// bankTopics are the numbers of banks and accounts, and the files of payments.
func bankTopics() register {
	return formatTopics(
		map[string]parser{
			"iban":              bankfile.ParseIBAN,
			"bic":               bankfile.ParseBIC,
			"ifsc_in":           neft.ParseIFSC,
			"aba_us":            nacha.ParseRoutingNumber,
			"sort_code_uk":      bacs.ParseSortCode,
			"account_number_uk": bacs.ParseAccountNumber,
			"institution_ca":    cpa005.ParseInstitution,
		},
		map[string]reader{
			"nacha": func(r io.Reader) (map[string]any, error) {
				_, t, err := nacha.Read(r)
				return map[string]any{
					"lines": t.Lines, "batches": t.Batches, "entries": t.Entries, "entry_addenda_count": t.EntriesAndAddenda, "entry_hash": t.Hash,
					"total_credit_cents": cents(t.Credit), "total_debit_cents": cents(t.Debit), "blocks": t.Blocks,
				}, err
			},
			"pain": func(r io.Reader) (map[string]any, error) {
				_, t, err := pain001.Read(r)
				return map[string]any{"transactions": t.Transactions, "control_sum": t.Sum}, err
			},
			"bacs": func(r io.Reader) (map[string]any, error) {
				_, t, err := bacs.Read(r)
				return map[string]any{"payments": t.Payments, "credit_pence": cents(t.Credit)}, err
			},
			"cpa005": func(r io.Reader) (map[string]any, error) {
				_, t, err := cpa005.Read(r)
				return map[string]any{"payments": t.Payments, "credit_cents": cents(t.Credit)}, err
			},
			"sif": func(r io.Reader) (map[string]any, error) {
				_, t, err := sif.Read(r)
				return map[string]any{"employees": t.Employees, "total": t.Amount}, err
			},
			"neft": func(r io.Reader) (map[string]any, error) {
				_, t, err := neft.Read(r)
				return map[string]any{"payments": t.Payments, "amount": t.Amount}, err
			},
		},
	)
}

// cents is an amount in hundredths.
func cents(amount decimal.Decimal) decimal.Decimal { return amount.Shift(2) }
