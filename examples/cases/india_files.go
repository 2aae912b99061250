package main

import (
	"io"
	"os"

	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
	"github.com/musterhr/hr/payroll/statutory/in/esic"
)

// indiaFileTopics read the monthly files of EPFO and ESIC strictly.
func indiaFileTopics() register {
	return register{
		"formats:file.ecr": func(g *given) (map[string]any, error) {
			law, err := in.ECRLaw(in.Pack(), octoberWages())
			if err != nil {
				return nil, err
			}
			return readFile(g, func(r io.Reader) (map[string]any, error) {
				_, t, err := ecr.Read(r, law)
				return map[string]any{
					"members": t.Members, "epf_wages": t.EPFWages, "eps_wages": t.EPSWages, "edli_wages": t.EDLIWages,
					"employee_share": t.EPF, "eps": t.EPS, "difference": t.Difference, "refund": t.Refund,
				}, err
			})
		},
		"formats:file.esic": func(g *given) (map[string]any, error) {
			return readFile(g, func(r io.Reader) (map[string]any, error) {
				_, t, err := esic.Read(r)
				return map[string]any{"members": t.Members, "days": t.Days, "wages": t.Wages, "total_wages": t.Wages}, err
			})
		},
	}
}

// readFile gives a file to its strict reader. A file that is refused is not valid, and the fault is named; a file that cannot be
// opened is an error.
func readFile(g *given, read func(io.Reader) (map[string]any, error)) (map[string]any, error) {
	file, err := os.Open(g.text("path"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	totals, err := read(file)
	if err != nil {
		return map[string]any{"valid": false, "fault": err.Error()}, nil
	}
	return map[string]any{"valid": true, "totals": totals}, nil
}
