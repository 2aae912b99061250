package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/bacs"
	"github.com/musterhr/hr/payroll/bankfile/cpa005"
	"github.com/musterhr/hr/payroll/bankfile/nacha"
	"github.com/musterhr/hr/payroll/bankfile/neft"
)

// bankFile is the file that the bank of a country takes, written, and read back to what it pays.
type bankFile struct {
	name  string
	write func(io.Writer) error
	read  func(io.Reader) (decimal.Decimal, error)
}

func (m Month) bankFile() bankFile {
	switch m.Country {
	case "uk":
		return bankFile{"bacs.txt", m.writeBacs, func(r io.Reader) (decimal.Decimal, error) {
			_, t, err := bacs.Read(r)
			return t.Credit, err
		}}
	case "us":
		return bankFile{"nacha.txt", m.writeNACHA, func(r io.Reader) (decimal.Decimal, error) {
			_, t, err := nacha.Read(r)
			return t.Credit, err
		}}
	case "ca":
		return bankFile{"cpa005.txt", m.writeCPA, func(r io.Reader) (decimal.Decimal, error) {
			_, t, err := cpa005.Read(r)
			return t.Credit, err
		}}
	}
	return bankFile{"bank.csv", func(w io.Writer) error { _, err := neft.Write(w, m.Batch); return err }, func(r io.Reader) (decimal.Decimal, error) {
		_, t, err := neft.Read(r)
		return t.Amount, err
	}}
}

func (m Month) writeBacs(w io.Writer) error {
	f, err := bacs.New(m.Batch, true)
	if err == nil {
		_, err = bacs.Write(w, f)
	}
	return err
}

// closed is the day and the time of closing, which a bank file says of itself.
func (m Month) closed() (hr.Date, hr.TimeOfDay) {
	at, err := hr.ParseTimeOfDay(m.ClosedAt.Format("15:04"))
	if err != nil { // a clock's time is one
		return hr.DateOf(m.ClosedAt, m.Zone), hr.TimeOfDay{}
	}
	return hr.DateOf(m.ClosedAt, m.Zone), at
}

func (m Month) writeNACHA(w io.Writer) error {
	day, at := m.closed()
	id := "1" + strings.ReplaceAll(m.More["ein"], "-", "")
	f, err := nacha.New(m.Batch, nacha.Originator{
		Destination: m.Bank.Bank, DestinationName: m.More["bank_name"], Origin: id, OriginName: m.Bank.Holder,
		Company: m.Bank.Holder, CompanyID: id, Created: day, CreatedAt: at,
	})
	if err == nil {
		_, err = nacha.Write(w, f)
	}
	return err
}

func (m Month) writeCPA(w io.Writer) error {
	day, _ := m.closed()
	number, err := strconv.Atoi(m.More["file_number"])
	if err != nil {
		number = 0 // none, which the file refuses
	}
	f, err := cpa005.New(m.Batch, cpa005.Originator{ID: m.More["originator"], FileNumber: number, Created: day, DataCentre: m.More["data_centre"]})
	if err == nil {
		_, err = cpa005.Write(w, f)
	}
	return err
}
