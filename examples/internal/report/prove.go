package report

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// Check is one thing that must add up, and did: the same figure found in two ways.
type Check struct {
	Name    string
	Figure  string // what it came to on both sides
	Against string // the two sides
}

// prover gathers checks and what failed.
type prover struct {
	checks []Check
	err    error
}

func (p *prover) same(name, against string, a, b decimal.Decimal, show func(decimal.Decimal) string) {
	if !a.Equal(b) {
		p.err = errors.Join(p.err, fmt.Errorf("check failed: %s: %s do not agree. This is a fault of the program, not of the files: please report it", name, against))
	}
	p.checks = append(p.checks, Check{Name: name, Figure: show(a), Against: against})
}

// prove reads the written files again and adds them up, each by its own rows.
func (m Month) prove(dir string) ([]Check, error) {
	slips, err := m.netOfPayslips(filepath.Join(dir, dirPayslips))
	if err != nil {
		return nil, err
	}
	register, err := readTable(filepath.Join(dir, fileRegister))
	if err != nil {
		return nil, err
	}
	journal, err := readTable(filepath.Join(dir, fileJournal))
	if err != nil {
		return nil, err
	}
	held, err := readTable(filepath.Join(dir, fileHolds))
	if err != nil {
		return nil, err
	}
	sheets, err := readTable(filepath.Join(dir, fileTimesheets))
	if err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(dir, m.bankFile().name))
	if err != nil {
		return nil, err
	}
	bank, err := m.bankFile().read(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}

	p := &prover{}
	people := func(row map[string]string) bool { return row["employee"] != "TOTAL" }
	net := register.sum("net", people)
	p.same("payslips = register", "net pay of the payslip files and of the register's rows", slips, net, m.shown)
	p.same("register adds up", "its rows and its row of totals", net, register.sum("net", func(row map[string]string) bool { return !people(row) }), m.shown)
	owed := func(row map[string]string) bool { return row["account"] == m.Chart.NetPay && row["line"] == "" }
	p.same("register = journal", "net pay of the register and what the journal owes the employees", net, journal.sum("credit", owed).Sub(journal.sum("debit", owed)), m.shown)
	p.same("journal balances", "debits and credits", journal.sum("debit", nil), journal.sum("credit", nil), m.shown)
	p.same("register = bank file + held", "net pay of the register and what the bank is told to pay, with what is held", net, bank.Add(held.sum("amount", nil)), m.shown)
	if err := m.proveReturns(p, dir, register); err != nil {
		return nil, err
	}
	o, err := m.owed()
	if err != nil {
		return nil, err
	}
	if o.to != "" {
		var sum decimal.Decimal
		for _, c := range o.columns {
			sum = sum.Add(register.sum(c, people))
		}
		p.same("register = owed to "+o.to, "deductions and contributions of the register and what this payroll owes", sum, o.run, m.shown)
	}
	if err := m.proveAround(p, dir, register); err != nil {
		return nil, err
	}
	days := 0
	for i := range m.Terms {
		days += m.employed(i)
	}
	count := func(d decimal.Decimal) string { return hr.Canonical(d) + " days" }
	p.same("payable + unpaid = employed", "days of the timesheets and days with terms", sheets.sum("payable", nil).Add(sheets.sum("unpaid", nil)), decimal.NewFromInt(int64(days)), count)
	return p.checks, p.err
}

// netOfPayslips adds earnings and takes off deductions, line by line, of every payslip file.
func (m Month) netOfPayslips(dir string) (net decimal.Decimal, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return net, err
	}
	if len(names) != len(m.Slips) {
		return net, fmt.Errorf("%d payslips were written for %d people", len(names), len(m.Slips))
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return net, err
		}
		type line struct {
			Kind   payroll.Kind
			Amount decimal.Decimal
		}
		var slip struct{ Lines, Arrears []line }
		if err := json.Unmarshal(raw, &slip); err != nil {
			return net, err
		}
		for _, l := range append(slip.Lines, slip.Arrears...) {
			switch l.Kind {
			case payroll.Earning:
				net = net.Add(l.Amount)
			case payroll.Deduction:
				net = net.Sub(l.Amount)
			}
		}
	}
	return net, nil
}

// rows are a CSV file that was written here, by column name.
type rows []map[string]string

func readTable(name string) (rows, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	records, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	var out rows
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		out = append(out, row)
	}
	return out, nil
}

// sum adds a column over the rows that are picked; nil picks all. A cell that is no number counts as nothing, so that the sums differ.
func (r rows) sum(column string, pick func(map[string]string) bool) (sum decimal.Decimal) {
	for _, row := range r {
		if pick == nil || pick(row) {
			d, _ := hr.ParseDecimal(row[column])
			sum = sum.Add(d)
		}
	}
	return sum
}
