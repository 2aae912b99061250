package report

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
	"github.com/musterhr/hr/payroll/statutory/in/esic"
	"github.com/shopspring/decimal"
)

// proveReturns reads the files of EPFO and ESIC again, strictly, and holds their totals against the register.
func (m Month) proveReturns(p *prover, dir string, register rows) error {
	people := func(row map[string]string) bool { return row["employee"] != "TOTAL" }
	sum := func(columns ...string) (all decimal.Decimal) {
		for _, c := range columns {
			all = all.Add(register.sum(c, people))
		}
		return all
	}
	for _, f := range m.Pack.Forms {
		file, err := os.Open(filepath.Join(dir, f.File))
		if errors.Is(err, fs.ErrNotExist) {
			continue // nobody is in it
		}
		if err != nil {
			return err
		}
		switch f.Name {
		case "ecr":
			var t ecr.Totals
			if t, err = m.readECR(file); err == nil {
				p.same("employees' share = ECR", "provident fund of the register, with voluntary contributions, and the file of EPFO", sum("epf", "vpf"), t.EPF, m.shown)
				p.same("employer's share = ECR", "pension and difference of the register and of the file of EPFO", sum("eps", "epf_employer"), t.EPS.Add(t.Difference), m.shown)
			}
		case "esic":
			var t esic.Totals
			if _, t, err = esic.Read(file); err == nil {
				var wages decimal.Decimal // each to the rupee, as the sheet has them
				for _, row := range register {
					if people(row) && row["esi_member"] == "1" {
						w, _ := hr.ParseDecimal(row["esi_wages"])
						wages = wages.Add(hr.NearestWhole.Apply(w))
					}
				}
				p.same("wages = sheet of ESIC", "wages of the register's people under ESI and of the sheet", wages, t.Wages, m.shown)
			}
		}
		if err = errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (m Month) readECR(r io.Reader) (ecr.Totals, error) {
	law, err := in.ECRLaw(m.Pack, m.Period)
	if err != nil {
		return ecr.Totals{}, err
	}
	_, t, err := ecr.Read(r, law)
	return t, err
}
