package main

import (
	"io"
	"os"
)

// parser is the validator of one kind of number: the number in its one written form, or an error.
type parser func(text string) (canonical string, err error)

// reader reads a file strictly and returns its control figures by the names of files.json.
type reader func(io.Reader) (totals map[string]any, err error)

// formatTopics makes topics of validators and readers: identifier.KIND and file.FORMAT. Where each kind is registered, and whose
// validator or reader it is:
//
//	file      identifiers                                             files
//	bank.go   iban bic              payroll/bankfile                  pain    payroll/bankfile/pain001
//	          ifsc_in               payroll/bankfile/neft             neft    payroll/bankfile/neft
//	          aba_us                payroll/bankfile/nacha            nacha   payroll/bankfile/nacha
//	          sort_code_uk          payroll/bankfile/bacs             bacs    payroll/bankfile/bacs
//	          account_number_uk     payroll/bankfile/bacs             sif     payroll/bankfile/sif
//	          institution_ca        payroll/bankfile/cpa005           cpa005  payroll/bankfile/cpa005
//	calendars.go                                                      ics     icalendar
//
// Numbers that a government gives a person or an employer (pan_in, nino_uk, ssn_us, sin_ca) belong to the country's pack and are registered
// in a file of the country, as are its returns (ecr). A new family goes into topics.go.
func formatTopics(kinds map[string]parser, formats map[string]reader) register {
	out := register{}
	for kind, parse := range kinds {
		out["formats:identifier."+kind] = identifier(parse)
	}
	for format, read := range formats {
		out["formats:file."+format] = file(read)
	}
	return out
}

// identifier says whether a number is well formed, and how it is written.
func identifier(parse parser) topic {
	return func(g *given) (map[string]any, error) {
		canonical, err := parse(g.text("value"))
		if err != nil {
			return map[string]any{"valid": false, "error": err.Error()}, nil
		}
		return map[string]any{"valid": true, "canonical": canonical}, nil
	}
}

// file says whether a file is what its format wants, and what it comes to.
func file(read reader) topic {
	return func(g *given) (map[string]any, error) {
		f, err := os.Open(g.text("path"))
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		totals, err := read(f)
		if err != nil {
			return map[string]any{"valid": false, "error": err.Error()}, nil
		}
		return map[string]any{"valid": true, "totals": totals}, nil
	}
}
