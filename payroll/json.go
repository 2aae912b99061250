package payroll

import (
	"encoding/json"
	"strconv"

	"github.com/musterhr/hr"
)

// AppendJSON appends the payslip as JSON: what json.Marshal writes, without its reflection and its copies.
func (s Payslip) AppendJSON(dst []byte) []byte {
	text := func(name, v string) {
		dst = append(append(append(dst, '"'), name...), `":`...)
		dst = appendText(dst, v)
	}
	dst = append(dst, '{')
	text("employee", string(s.Employee))
	dst = append(dst, `,"period":`...)
	dst = appendText(dst, s.Period.String())
	dst = append(dst, ',')
	text("pay_date", s.PayDate.String())
	dst = append(dst, ',')
	text("currency", string(s.Currency))
	if s.Entity != "" {
		dst = append(dst, ',')
		text("entity", s.Entity)
	}
	if s.CostCentre != "" {
		dst = append(dst, ',')
		text("cost_centre", s.CostCentre)
	}
	dst = append(dst, `,"lines":`...)
	dst = append(dst, '[')
	places := max(0, s.Currency.Places())
	for i, l := range s.Lines {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '{')
		text("name", l.Name)
		dst = append(dst, ',')
		text("title", l.Title)
		dst = append(dst, ',')
		text("kind", string(l.Kind))
		dst = append(dst, ',')
		text("unit", l.Unit)
		dst = append(dst, ',')
		text("amount", l.text(places))
		dst = append(dst, '}')
	}
	dst = append(dst, ']', ',')
	text("plan", s.Plan)
	dst = append(dst, ',')
	text("inputs", s.Inputs)
	if s.Known.Own != 0 || s.Known.Rules != 0 {
		dst = append(dst, `,"known":{`...)
		if s.Known.Own != 0 {
			dst = strconv.AppendInt(append(dst, `"own":`...), int64(s.Known.Own), 10)
		}
		if s.Known.Rules != 0 {
			if s.Known.Own != 0 {
				dst = append(dst, ',')
			}
			dst = strconv.AppendInt(append(dst, `"rules":`...), int64(s.Known.Rules), 10)
		}
		dst = append(dst, '}')
	}
	rare := func(name string, there bool, v any) {
		if there {
			marshalled, _ := json.Marshal(v) // values of ours, which always marshal
			dst = append(append(append(dst, `,"`...), name...), `":`...)
			dst = append(dst, marshalled...)
		}
	}
	rare("due", !s.Due.IsZero(), s.Due)
	rare("arrears", len(s.Arrears) > 0, s.Arrears)
	rare("debts", len(s.Debts) > 0, s.Debts)
	rare("looked", len(s.Looked) > 0, s.Looked)
	rare("settled", s.Settled != hr.Known{}, s.Settled)
	return append(dst, '}')
}

// appendText writes a JSON string. What is plain ASCII without anything to escape is copied.
func appendText(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // a string always marshals
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}
