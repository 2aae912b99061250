// Command monthend closes a month of a company that is kept as a folder of CSV files: from hires, leave, punches, loans and late raises to
// payslips, a register, what differs from the month before, balanced journals and bank files, and proves that no money was lost on the way.
// What is done, step by step, is in examples/internal/office.
//
//	go run ./examples/monthend [-country in|uk|us|ca] [-company DIR] [-out DIR] [-explain EMPLOYEE/LINE]
//
// Without -company it closes the specimen company of the country, India's in examples/monthend/company, whose README.md documents every
// column; copy that folder, or company-uk, company-us or company-ca beside it, to begin your own. The same folder gives the same bytes on any day and any machine. A row that is wrong stops it before
// anything is written, with every fault of all files at once. -explain says why one figure is what it is, and writes nothing.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // the zones of the company, also on a machine that has none

	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/internal/office"
	"github.com/musterhr/hr/examples/internal/report"
)

//go:embed company company-uk company-us company-ca
var specimen embed.FS

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "%v\n\nNothing was written.\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("monthend", flag.ContinueOnError)
	country := flags.String("country", "in", "whose specimen company: in, uk, us or ca")
	dir := flags.String("company", "", "the `folder` of the company's files (default: the specimen company that is built in)")
	out := flags.String("out", filepath.Join("out", "monthend"), "the `folder` to write to; what an earlier run wrote there is replaced")
	explain := flags.String("explain", "", "say why `EMPLOYEE/LINE` is what it is, such as E014/epf, and write nothing")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case flags.NArg() > 0:
		return fmt.Errorf("%q is not understood: see -help", flags.Arg(0))
	}
	folder, err := company.Open(specimen, *country, *dir)
	if err != nil {
		return err
	}
	c, err := company.Read(folder)
	if err != nil {
		return fmt.Errorf("%w\n\nMend what is named above and run again; examples/monthend/company/README.md says what each file and column means", err)
	}
	employee, line, err := c.Line(*explain)
	if err != nil {
		return fmt.Errorf("-explain %w", err)
	}
	said := stdout
	if line != "" {
		said = io.Discard
	}
	o := office.Open(c, said)
	runs, err := o.Close(ctx)
	if err != nil {
		return err
	}
	if line != "" {
		trace, err := o.Pay.Explain(ctx, o.View(), runs.Month, employee, line)
		if err == nil {
			err = report.Explain(stdout, trace)
		}
		return err
	}
	month, err := gather(ctx, o, runs)
	if err != nil {
		return err
	}
	checks, err := month.Write(*out)
	if err != nil {
		return err
	}
	o.Wrote(month.Wrote(), *out)
	return month.Summary(stdout, checks)
}

// gather asks the services for everything that is shown and written.
func gather(ctx context.Context, o *office.Office, runs office.Runs) (report.Month, error) {
	of := report.Runs{Month: runs.Month, Before: runs.Before}
	for _, x := range runs.Back {
		of.Back = append(of.Back, report.Back{Name: string(x.Employee) + "-" + x.Period.From.String()[:7], Reversal: x.Reversal, Correction: x.Correction})
	}
	return report.Gather(ctx, o.View(), o.Company, of, report.Sources{People: o.People, Leave: o.Leave, Attendance: o.Time, Payroll: o.Pay})
}
