package main

import (
	"io"

	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
	"github.com/musterhr/hr/payroll/statutory/in/esic"
)

// indiaFileTopics read the monthly files of EPFO and ESIC strictly.
func indiaFileTopics() register {
	return register{
		"formats:file.ecr": file(func(r io.Reader) (map[string]any, error) {
			law, err := in.ECRLaw(in.Pack(), octoberWages())
			if err != nil {
				return nil, err
			}
			_, t, err := ecr.Read(r, law)
			return map[string]any{
				"members": t.Members, "epf_wages": t.EPFWages, "eps_wages": t.EPSWages, "edli_wages": t.EDLIWages,
				"employee_share": t.EPF, "eps": t.EPS, "difference": t.Difference, "refund": t.Refund,
			}, err
		}),
		"formats:file.esic": file(func(r io.Reader) (map[string]any, error) {
			_, t, err := esic.Read(r)
			return map[string]any{"members": t.Members, "days": t.Days, "wages": t.Wages, "total_wages": t.Wages}, err
		}),
	}
}
