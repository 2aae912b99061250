package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// The files of the folder.
const (
	fileRegister   = marker
	fileJournal    = "journal.csv"
	fileHolds      = "holds.csv"
	fileTimesheets = "timesheets.csv"
	fileExceptions = "exceptions.csv"
	dirPayslips    = "payslips"
)

// Write writes everything to dir, all of it or nothing, and returns what was proven from the written files. A check that fails is an
// error, and nothing is written.
func (m Month) Write(dir string) ([]Check, error) {
	var checks []Check
	err := replace(dir, func(dir string) error {
		if err := m.files(dir); err != nil {
			return err
		}
		var err error
		checks, err = m.prove(dir)
		return err
	})
	return checks, err
}

func (m Month) files(dir string) error {
	for _, folder := range []string{dirPayslips, dirBack} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o700); err != nil {
			return err
		}
	}
	for _, s := range m.Slips {
		at := filepath.Join(dir, dirPayslips, string(s.Employee))
		if err := write(at+".txt", s.Text); err != nil {
			return err
		}
		if err := write(at+".json", func(w io.Writer) error { return asJSON(w, s) }); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		name string
		fill func(io.Writer) error
	}{
		{fileRegister, func(w io.Writer) error { return payroll.WriteRegister(w, m.Slips) }},
		{fileJournal, m.journal},
		{m.bankFile().name, m.bankFile().write},
		{fileHolds, m.holds},
		{fileTimesheets, m.timesheets},
		{fileExceptions, m.exceptions},
	} {
		if err := write(filepath.Join(dir, f.name), f.fill); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if o, err := m.owed(); err != nil {
		return err
	} else if len(o.rows) > 0 {
		if err := write(filepath.Join(dir, fileOwed), o.write); err != nil {
			return err
		}
	}
	if err := m.around(dir); err != nil {
		return err
	}
	return m.forms(dir)
}

// Wrote says what was written, for a person.
func (m Month) Wrote() string {
	more := map[string]string{
		"in": "the bank files, the files of EPFO and ESIC", "uk": "the Bacs file, what is due to HMRC", "us": "the NACHA file, what is due to the Treasury", "ca": "the CPA 005 file, what is due to the CRA",
	}[m.Country]
	if m.Country == "in" {
		return fmt.Sprintf("%d payslips, the register, the variance, the journals, %s and the timesheets", len(m.Slips), more)
	}
	return fmt.Sprintf("%d payslips, the register, the journal, %s and the timesheets", len(m.Slips), more)
}

// forms writes the monthly files of the authorities, as the law of the pack has them. Where nobody is in one there is none.
func (m Month) forms(dir string) error {
	of := payroll.FormInput{Period: m.Period, Slips: m.Slips, People: map[hr.EmployeeID]hr.Person{}, LastDay: map[hr.EmployeeID]hr.Date{}}
	for _, e := range m.People {
		of.People[e.ID()] = e.Hire.Person
		if m.Period.Contains(e.LastDay) {
			of.LastDay[e.ID()] = e.LastDay
		}
	}
	for _, f := range m.Pack.Forms {
		var b bytes.Buffer
		_, err := m.Pack.WriteForm(&b, f.Name, of)
		if err == nil && b.Len() > 0 {
			err = os.WriteFile(filepath.Join(dir, f.File), b.Bytes(), 0o600)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.File, err)
		}
	}
	return nil
}

func write(name string, fill func(io.Writer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o600)
}

func asJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func table(w io.Writer, head []string, rows [][]string) error {
	out := csv.NewWriter(w)
	_ = out.Write(head) // an error stays, and WriteAll returns it
	return out.WriteAll(rows)
}

var journalHead = []string{"account", "cost_centre", "employee", "line", "debit", "credit"}

func (m Month) journal(w io.Writer) error { return m.entries(w, m.Journal) }

func (m Month) entries(w io.Writer, j payroll.Journal) error {
	rows := make([][]string, 0, len(j.Entries))
	for _, e := range j.Entries {
		rows = append(rows, []string{e.Account, e.CostCentre, string(e.Employee), e.Line, m.sum(e.Debit), m.sum(e.Credit)})
	}
	return table(w, journalHead, rows)
}

func (m Month) holds(w io.Writer) error {
	rows := make([][]string, 0, len(m.Batch.Holds))
	for _, h := range m.Batch.Holds {
		rows = append(rows, []string{string(h.Employee), m.sum(h.Amount.Amount), h.Reason})
	}
	return table(w, []string{"employee", "amount", "reason"}, rows)
}

func (m Month) timesheets(w io.Writer) error {
	var rows [][]string
	for _, s := range m.Sheets {
		for _, d := range s.Days {
			row := []string{string(s.Employee), d.Date.String(), d.Status, hr.Canonical(d.Payable), hr.Canonical(d.Unpaid)}
			for _, band := range []string{attendance.BandRegular, attendance.BandOvertime, attendance.BandNight} {
				row = append(row, strconv.Itoa(s.Minutes(band, hr.Period{From: d.Date, Through: d.Date})))
			}
			rows = append(rows, row)
		}
	}
	return table(w, []string{"employee", "date", "status", "payable", "unpaid", "regular_minutes", "overtime_minutes", "night_minutes"}, rows)
}

func (m Month) exceptions(w io.Writer) error {
	var rows [][]string
	for _, s := range m.Slips {
		for _, d := range m.Days[s.Employee] {
			for _, e := range d.Exceptions {
				rows = append(rows, []string{string(s.Employee), d.Date.String(), string(e.Code), string(e.Severity), hr.Canonical(d.Unpaid), e.Detail})
			}
		}
	}
	return table(w, []string{"employee", "date", "exception", "severity", "unpaid_day", "detail"}, rows)
}

// sum writes an amount with the currency's places.
func (m Month) sum(a decimal.Decimal) string {
	return hr.Money{Amount: a, Currency: m.Currency}.AmountText()
}
