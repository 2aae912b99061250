package neft

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// Rules that a batch or a file can break.
const (
	RuleField    hr.Rule = "payroll.bankfile.neft.field"
	RuleCurrency hr.Rule = "payroll.bankfile.neft.currency"
	RuleAmount   hr.Rule = "payroll.bankfile.neft.amount"
	RuleMode     hr.Rule = "payroll.bankfile.neft.mode"
	RuleLayout   hr.Rule = "payroll.bankfile.neft.layout"
	RuleSequence hr.Rule = "payroll.bankfile.neft.sequence"
	RuleTwice    hr.Rule = "payroll.bankfile.neft.reference_twice"
	RuleAccount  hr.Rule = "payroll.bankfile.neft.account_twice"
	RuleIFSC     hr.Rule = "payroll.bankfile.neft.ifsc"
	RuleColumn   hr.Rule = "payroll.bankfile.neft.column"
)

var header = []string{
	"seq", "employee_id", "beneficiary_name", "account_number", "ifsc", "account_type",
	"amount", "currency", "mode", "value_date", "reference", "narration",
}

var (
	ifsc     = regexp.MustCompile(`^[A-Z]{4}0[A-Z0-9]{6}$`)
	account  = regexp.MustCompile(`^[A-Za-z0-9]{1,34}$`)
	rtgsFrom = decimal.NewFromInt(200000) // RBI: RTGS is for 2,00,000 rupees and more
	neftFrom = decimal.NewFromInt(1)
)

const byteOrderMark = "\ufeff"

// ParseIFSC returns the code of an Indian bank's branch in capitals: four letters of the bank, a zero, and six letters or digits of the
// branch. Anything else is a [hr.FieldError] with RuleIFSC. A pass means well formed, not issued.
func ParseIFSC(text string) (string, error) {
	code := strings.ToUpper(strings.Trim(text, " "))
	if !ifsc.MatchString(code) {
		return "", &hr.FieldError{Rule: RuleIFSC, Reason: "must be four letters, a zero, and six letters or digits"}
	}
	return code, nil
}

// Totals are the control figures of a file.
type Totals struct {
	Payments int
	Amount   decimal.Decimal
}

// Row is one payment of a file. It holds an account number, so it prints without values.
type Row struct {
	Seq       int
	Employee  hr.EmployeeID
	Name      string
	Account   hr.Secret
	IFSC      string
	Type      string // "SB" savings, "CA" current
	Amount    hr.Money
	Mode      string // "NEFT", "RTGS", "NACH" or "IFT"
	ValueDate hr.Date
	Reference string
	Narration string
}

// LogValue hides the values.
func (r Row) LogValue() slog.Value { return slog.StringValue(fmt.Sprintf("[payment row %d]", r.Seq)) }

// Format hides the values.
func (r Row) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[payment row %d]", r.Seq) }

// Write writes the payments of b; holds are not in the file. It returns the control figures of what it wrote. A batch that
// does not fit the layout is refused before anything is written, with every [hr.FieldError] at once and no account number in any.
func Write(w io.Writer, b payroll.PaymentBatch) (Totals, error) {
	var faults hr.Faults
	rows, t := rowsOf(&faults, b)
	if faults.Any() {
		return Totals{}, fmt.Errorf("neft: write: %w", faults.Err())
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	_ = out.Write(header) // an error stays in the writer
	for _, row := range rows {
		_ = out.Write([]string{
			strconv.Itoa(row.Seq), string(row.Employee), row.Name, row.Account.Reveal(), row.IFSC, row.Type,
			row.Amount.AmountText(), string(row.Amount.Currency), row.Mode, row.ValueDate.String(), row.Reference, row.Narration,
		})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return Totals{}, fmt.Errorf("neft: write: %w", err)
	}
	return t, nil
}

// rowsOf makes the rows of a batch and holds each against the rules.
func rowsOf(faults *hr.Faults, b payroll.PaymentBatch) (rows []Row, t Totals) {
	seen := newOnce()
	for i, p := range b.Payments {
		at := fmt.Sprintf("payments[%d]", i)
		row := Row{
			Seq: i + 1, Employee: p.Employee, Name: p.Account.Holder, Account: p.Account.Number, IFSC: p.Account.Bank, Type: typeOf(p.Account.Kind),
			Amount: p.Amount, Mode: modeOf(p.Amount.Amount), ValueDate: b.ValueDate, Reference: p.Reference, Narration: b.Narration,
		}
		faults.Join(at, row.check())
		seen.check(faults, at, row)
		rows = append(rows, row)
		t.Payments++
		t.Amount = t.Amount.Add(p.Amount.Amount)
	}
	return rows, t
}

// Read reads a file strictly: the header and every column as [Write] makes them, a rising sequence from 1, the mode that the
// amount asks for, no reference and no account twice. All faults come at once, each with its line and without what stands in it. Line
// ends may be LF or CRLF, and a byte order mark is skipped.
func Read(r io.Reader) ([]Row, Totals, error) {
	text := bufio.NewReader(r)
	if mark, err := text.Peek(len(byteOrderMark)); err == nil && string(mark) == byteOrderMark {
		_, _ = text.Discard(len(byteOrderMark))
	}
	in := csv.NewReader(text)
	in.FieldsPerRecord = len(header)
	var faults hr.Faults
	var rows []Row
	var t Totals
	seen := newOnce()
	for first := true; ; first = false {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			if first {
				faults.Add("line 1", RuleLayout, "the header is missing")
			}
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			faults.Add(fmt.Sprintf("line %d", broken.Line), RuleLayout, "is not a row of %d columns", len(header))
			if !errors.Is(err, csv.ErrFieldCount) {
				break
			}
			continue
		}
		if err != nil {
			return nil, Totals{}, fmt.Errorf("neft: read: %w", err)
		}
		line, _ := in.FieldPos(0)
		at := fmt.Sprintf("line %d", line)
		if first {
			if !slices.Equal(record, header) {
				faults.Add(at, RuleLayout, "the header must be %s", strings.Join(header, ","))
				break
			}
			continue
		}
		row, err := parse(record)
		faults.Join(at, err)
		if err == nil && row.Seq != len(rows)+1 {
			faults.Add(at+".seq", RuleSequence, "must rise by one from 1")
		}
		seen.check(&faults, at, row)
		rows = append(rows, row)
		t.Payments++
		t.Amount = t.Amount.Add(row.Amount.Amount)
	}
	if faults.Any() {
		return nil, Totals{}, fmt.Errorf("neft: read: %w", faults.Err())
	}
	return rows, t, nil
}

// once finds references and accounts that two payments share.
type once struct {
	references map[string]bool
	accounts   map[[2]string]bool
}

func newOnce() once { return once{map[string]bool{}, map[[2]string]bool{}} }

func (o once) check(faults *hr.Faults, at string, r Row) {
	if o.references[r.Reference] {
		faults.Add(at+".reference", RuleTwice, "is used by two payments")
	}
	account := [2]string{r.IFSC, r.Account.Reveal()}
	if o.accounts[account] {
		faults.Add(at+".account_number", RuleAccount, "is paid twice")
	}
	o.references[r.Reference], o.accounts[account] = true, true
}

func parse(record []string) (Row, error) {
	var faults hr.Faults
	row := Row{
		Employee: hr.EmployeeID(record[1]), Name: record[2], Account: hr.NewSecret(record[3]), IFSC: record[4], Type: record[5],
		Mode: record[8], Reference: record[10], Narration: record[11],
	}
	seq, err := strconv.Atoi(record[0])
	if err != nil || strconv.Itoa(seq) != record[0] {
		faults.Add("seq", RuleSequence, "must be a whole number")
	}
	row.Seq = seq
	currency := hr.Currency(record[7])
	amount, err := hr.ParseDecimal(record[6])
	if err != nil || amount.StringFixed(2) != record[6] {
		faults.Add("amount", RuleAmount, "must be written with two decimals and no zero in front")
	}
	row.Amount = hr.Money{Amount: amount, Currency: currency}
	if row.ValueDate, err = hr.ParseDate(record[9]); err != nil {
		faults.Join("value_date", err)
	}
	if !faults.Any() {
		faults.Join("", row.check())
	}
	return row, faults.Err()
}

// check holds a row against the layout: the same for writing and reading.
func (r Row) check() error {
	var faults hr.Faults
	if r.Employee == "" {
		faults.Missing("employee_id", RuleField)
	}
	if strings.TrimSpace(r.Name) == "" || utf8.RuneCountInString(r.Name) > 70 {
		faults.Add("beneficiary_name", RuleField, "must have 1 to 70 characters")
	}
	if !account.MatchString(r.Account.Reveal()) {
		faults.Add("account_number", RuleField, "must be 1 to 34 letters and digits")
	}
	if code, err := ParseIFSC(r.IFSC); err != nil || code != r.IFSC {
		faults.Add("ifsc", RuleField, "must be four letters, a zero, and six letters or digits, in capitals")
	}
	if r.Type != "SB" && r.Type != "CA" {
		faults.Add("account_type", RuleField, "must be SB (savings) or CA (current)")
	}
	if r.Amount.Currency != "INR" {
		faults.Add("currency", RuleCurrency, "must be INR")
	}
	if r.Amount.Amount.LessThan(neftFrom) || !hr.FitsPlaces(r.Amount.Amount, 2) {
		faults.Add("amount", RuleAmount, "must be at least one rupee, in whole paise")
	}
	switch r.Mode {
	case "NACH", "IFT":
	case modeOf(r.Amount.Amount):
	default:
		faults.Add("mode", RuleMode, "RTGS carries 2,00,000 rupees and more, NEFT what is below")
	}
	if r.ValueDate.IsZero() {
		faults.Missing("value_date", RuleField)
	}
	if r.Reference == "" {
		faults.Missing("reference", RuleField)
	}
	for _, field := range []struct{ name, text string }{
		{"employee_id", string(r.Employee)}, {"beneficiary_name", r.Name}, {"reference", r.Reference}, {"narration", r.Narration},
	} {
		if !utf8.ValidString(field.text) || strings.ContainsFunc(field.text, unicode.IsControl) {
			faults.Add(field.name, RuleField, "must not hold a line break or another character that does not print")
		}
	}
	return faults.Err()
}

func modeOf(amount decimal.Decimal) string {
	if amount.LessThan(rtgsFrom) {
		return "NEFT"
	}
	return "RTGS"
}

func typeOf(kind string) string {
	switch kind {
	case "savings", "":
		return "SB"
	case "current":
		return "CA"
	}
	return kind
}
