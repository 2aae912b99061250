package bacs

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// Weights is the table of modulus checks that Pay.UK publishes through Vocalink, and that changes several times a year: the host loads the
// one of the day with [ReadWeights] and passes it on. It is immutable and safe for concurrent use.
type Weights struct {
	rows []weightRow
}

type weightRow struct {
	from, to  string
	method    string // MOD10, MOD11 or DBLAL
	weights   [14]int
	exception bool
}

// Modulus is what a check says of a sort code with an account number.
type Modulus string

// The answers. Only Fails says that the number is wrong.
const (
	Holds      Modulus = "holds"
	Fails      Modulus = "fails"
	NotChecked Modulus = "not checked" // the sort code is in no row, or its rows have one of the numbered exceptions
)

// ReadWeights reads the table: a row for each range of sort codes, with its method, 14 weights, and the number of an exception or none,
// between blanks. All faults come at once as [hr.FieldError]s with RuleWeights, each with its line.
func ReadWeights(r io.Reader) (Weights, error) {
	var faults hr.Faults
	var w Weights
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Fields(lines.Text())
		if len(cells) == 0 {
			continue
		}
		at := fmt.Sprintf("line %d", n)
		if len(cells) != 17 && len(cells) != 18 {
			faults.Add(at, RuleWeights, "must have two sort codes, a method, 14 weights, and an exception or none")
			continue
		}
		row := weightRow{from: cells[0], to: cells[1], method: cells[2], exception: len(cells) == 18}
		if !six(row.from) || !six(row.to) || row.from > row.to {
			faults.Add(at, RuleWeights, "must begin with two sort codes of six digits, in order")
		}
		if row.method != "MOD10" && row.method != "MOD11" && row.method != "DBLAL" {
			faults.Add(at, RuleWeights, "must have the method MOD10, MOD11 or DBLAL")
		}
		for i, cell := range cells[3:17] {
			weight, err := strconv.Atoi(cell)
			if err != nil || weight < -999 || weight > 999 {
				faults.Add(at, RuleWeights, "must have 14 whole numbers as weights")
				break
			}
			row.weights[i] = weight
		}
		w.rows = append(w.rows, row)
	}
	if err := lines.Err(); err != nil {
		return Weights{}, fmt.Errorf("bacs: weights: %w", err)
	}
	if faults.Any() {
		return Weights{}, fmt.Errorf("bacs: weights: %w", faults.Err())
	}
	return w, nil
}

func six(s string) bool { return len(s) == 6 && fixed.Numeric(s) }

// Check says whether a sort code and an account number go together: every row of the sort code must hold. A sort code in no row is
// presumed right, and one whose rows have an exception is left to the bank, for the exceptions are many and change with the table. A
// number that is not well formed is a [hr.FieldError] with RuleSortCode or RuleAccount.
func (w Weights) Check(sortCode string, account hr.Secret) (Modulus, error) {
	code, err := ParseSortCode(sortCode)
	if err != nil {
		return "", err
	}
	number, err := ParseAccountNumber(account.Reveal())
	if err != nil {
		return "", err
	}
	answer := NotChecked
	for _, row := range w.rows {
		if code < row.from || code > row.to {
			continue
		}
		if row.exception {
			return NotChecked, nil
		}
		if !row.holds(code + number) {
			answer = Fails
		} else if answer == NotChecked {
			answer = Holds
		}
	}
	return answer, nil
}

// holds weighs the 14 digits: MOD10 and MOD11 add the products, DBLAL the digits of the products.
func (r weightRow) holds(digits string) bool {
	sum := 0
	for i, weight := range r.weights {
		product := int(digits[i]-'0') * weight
		if r.method == "DBLAL" {
			for p := max(product, -product); p > 0; p /= 10 {
				sum += p % 10
			}
			continue
		}
		sum += product
	}
	if r.method == "MOD11" {
		return sum%11 == 0
	}
	return sum%10 == 0
}
