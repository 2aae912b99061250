package lifecycle

import (
	"bytes"
	htmltemplate "html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// LetterTemplate is a letter with names in place of values, in the language of text/template: "Dear {{.name}}, ...". It is a value that a
// host writes, stores and changes: offer, confirmation, relieving, experience, revision of pay, in any language. It knows conditions and
// loops of text/template and no functions that could reach outside.
type LetterTemplate struct {
	Kind     string // "offer", "confirmation", "relieving", "experience", "pay_revision"
	Language LetterLanguage
	Subject  string
	Body     string
	HTML     bool // the body is HTML: values are escaped for the place they stand in, so that no value becomes markup
}

// LetterLanguage is how dates and amounts are written in a letter. The zero value writes 2026-10-31 and INR 1234567.00.
type LetterLanguage struct {
	Tag      string                 // BCP 47: "hi-IN"
	Months   [12]string             // the names of the months; empty: dates are written 2026-10-31
	Date     string                 // how a date is written with day, month name and year: "{day} {month} {year}"; empty is that
	Group    string                 // between the groups of digits before the point: ","; empty: no groups
	Lakhs    bool                   // groups of two digits above a thousand, as in lakh and crore
	Point    string                 // before the decimals; empty is "."
	Amount   string                 // where amount and currency stand: "{currency} {amount}"; empty is that
	Currency map[hr.Currency]string // the sign of a currency: {"INR": "₹"}; without one its code
}

// LetterValues are what a letter may name: text as it is, dates and amounts, which the template's language writes, and lists of rows for a
// loop: {{range .pay}}{{.name}} {{.amount}}{{end}}. A name may stand in one of them only; the last in this order wins.
type LetterValues struct {
	Text    map[string]string
	Dates   map[string]hr.Date
	Amounts map[string]hr.Money
	Rows    map[string][]LetterValues
}

// Letter is a finished letter. It prints without its text, in which there may be pay.
type Letter struct {
	Kind     string `json:"kind" class:"public"`
	Language string `json:"language" class:"public"`
	Subject  string `json:"subject" class:"money"`
	Body     string `json:"body" class:"money"`
	HTML     bool   `json:"html,omitempty" class:"public"`
	Digest   string `json:"digest" class:"public"` // of all of it: what was sent can be told from what was changed
}

// String hides the text.
func (l Letter) String() string { return "[letter " + l.Kind + "]" }

// Render writes the letter. Every name that the template uses and values do not have is a fault of its own, all of them together, under
// its name (RuleLetterValue); a missing date or an empty text is missing too. A template that cannot be read, or that calls a function,
// is RuleLetterTemplate, with the line. No value is in any message.
func (t LetterTemplate) Render(v LetterValues) (Letter, error) {
	var faults hr.Faults
	data := v.written(t.Language)
	texts := [2]string{}
	for i, part := range []struct {
		path, text string
		html       bool
	}{{"subject", t.Subject, false}, {"body", t.Body, t.HTML}} {
		tree, err := parse.New(part.path).Parse(part.text, "", "", map[string]*parse.Tree{}, comparisons)
		if err != nil {
			faults.Add(part.path, RuleLetterTemplate, "%s", err)
			continue
		}
		var missing hr.Faults
		needs(&missing, tree.Root, data, []map[string]any{data})
		faults.Join("", missing.Err())
		if missing.Any() {
			continue
		}
		if texts[i], err = execute(part.text, part.html, data); err != nil {
			faults.Add(part.path, RuleLetterTemplate, "cannot be written with these values")
		}
	}
	if faults.Any() {
		return Letter{}, faults.Err()
	}
	l := Letter{Kind: t.Kind, Language: t.Language.Tag, Subject: texts[0], Body: texts[1], HTML: t.HTML}
	l.Digest = hr.Digest("letter/1", l)
	return l, nil
}

// comparisons are the functions a template may call, for conditions; whatever prints or calls is left out.
var comparisons = map[string]any{"and": true, "or": true, "not": true, "eq": true, "ne": true, "len": true}

func execute(text string, html bool, data map[string]any) (string, error) {
	var out bytes.Buffer
	var err error
	var tmpl interface {
		Execute(w io.Writer, data any) error
	}
	if html {
		tmpl, err = htmltemplate.New("letter").Parse(text)
	} else {
		tmpl, err = template.New("letter").Parse(text)
	}
	if err == nil {
		err = tmpl.Execute(&out, data)
	}
	return out.String(), err
}

// needs adds the names below n that a row of rows, or with $ the root, does not have. What a condition asks for may be missing; then what it
// guards is not needed.
func needs(f *hr.Faults, n parse.Node, root map[string]any, rows []map[string]any) {
	each := func(nodes ...parse.Node) {
		for _, n := range nodes {
			needs(f, n, root, rows)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			each(n.Nodes...)
		}
	case *parse.ActionNode:
		each(n.Pipe)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			each(c.Args...)
		}
	case *parse.FieldNode:
		for _, row := range rows {
			if _, has := row[n.Ident[0]]; !has {
				miss(f, n.Ident[0])
				return
			}
		}
	case *parse.VariableNode:
		if len(n.Ident) > 1 && n.Ident[0] == "$" {
			needs(f, &parse.FieldNode{Ident: n.Ident[1:]}, root, []map[string]any{root})
		}
	case *parse.IfNode:
		name, plain := only(n.Pipe)
		has := plain && !slices.ContainsFunc(rows, func(row map[string]any) bool { return row[name] == nil })
		if !plain || has {
			each(n.List)
		}
		if !has {
			each(n.ElseList)
		}
	case *parse.RangeNode:
		each(n.Pipe)
		var inside []map[string]any
		if name, plain := only(n.Pipe); plain {
			for _, row := range rows {
				list, _ := row[name].([]map[string]any)
				inside = append(inside, list...)
			}
		}
		needs(f, n.List, root, inside)
		each(n.ElseList)
	case *parse.WithNode:
		each(n.Pipe, n.ElseList)
	case *parse.TemplateNode:
		f.Add(n.Name, RuleLetterTemplate, "a letter is one text: it cannot take in another template")
	}
}

// only returns the name that a pipe consists of, if it is one name.
func only(p *parse.PipeNode) (name string, ok bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return "", false
	}
	field, ok := p.Cmds[0].Args[0].(*parse.FieldNode)
	if !ok || len(field.Ident) != 1 {
		return "", false
	}
	return field.Ident[0], true
}

// miss records a missing name once.
func miss(f *hr.Faults, name string) {
	for _, e := range hr.FieldErrors(f.Err()) {
		if e.Path == name {
			return
		}
	}
	f.Missing(name, RuleLetterValue)
}

// written puts v into words.
func (v LetterValues) written(l LetterLanguage) map[string]any {
	out := map[string]any{}
	for name, text := range v.Text {
		if text != "" {
			out[name] = text
		}
	}
	for name, d := range v.Dates {
		if !d.IsZero() {
			out[name] = l.WriteDate(d)
		}
	}
	for name, m := range v.Amounts {
		if m.Currency != "" {
			out[name] = l.WriteAmount(m)
		}
	}
	for name, rows := range v.Rows {
		list := make([]map[string]any, len(rows))
		for i, r := range rows {
			list[i] = r.written(l)
		}
		out[name] = list
	}
	return out
}

// WriteDate writes a date.
func (l LetterLanguage) WriteDate(d hr.Date) string {
	year, month, day := d.Parts()
	if l.Months[month-1] == "" {
		return d.String()
	}
	form := l.Date
	if form == "" {
		form = "{day} {month} {year}"
	}
	number := func(n int) string { return decimal.NewFromInt(int64(n)).String() }
	return strings.NewReplacer("{day}", number(day), "{month}", l.Months[month-1], "{year}", number(year)).Replace(form)
}

// WriteAmount writes an amount with the places of its currency, more where it has more, in groups of digits.
func (l LetterLanguage) WriteAmount(m hr.Money) string {
	digits := m.AmountText()
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, decimals, broken := strings.Cut(digits, ".")
	if l.Group != "" {
		size, groups := 3, []string{}
		for len(whole) > size {
			groups, whole = append(groups, whole[len(whole)-size:]), whole[:len(whole)-size]
			if l.Lakhs {
				size = 2
			}
		}
		slices.Reverse(groups)
		whole = strings.Join(append([]string{whole}, groups...), l.Group)
	}
	if point := l.Point; broken && point != "" {
		whole += point + decimals
	} else if broken {
		whole += "." + decimals
	}
	name, form := l.Currency[m.Currency], l.Amount
	if name == "" {
		name = string(m.Currency)
	}
	if form == "" {
		form = "{currency} {amount}"
	}
	return strings.NewReplacer("{currency}", name, "{amount}", sign+whole).Replace(form)
}

// LetterFacts are what a letter about an employee usually names: name, employee, entity, department, position, grade, place, start,
// last_day, confirmed, probation_end, and their pay terms, as {{range .pay}}{{.name}} {{.amount}}{{end}} and one by one as pay_NAME. What is
// not known is not there. The values are the caller's, to add to.
func LetterFacts(e Employment, t hr.Terms) LetterValues {
	v := LetterValues{
		Text: map[string]string{
			"name": e.Person.Name, "employee": string(e.ID), "entity": t.Entity, "department": t.Department, "position": t.Position,
			"grade": t.Grade, "place": t.Place, "reason": e.ExitReason,
		},
		Dates: map[string]hr.Date{
			"start": e.Start, "last_day": e.LastDay, "confirmed": e.Confirmed, "probation_end": e.ProbationEnd, "service_since": e.ServiceFrom(),
			"notice_given": e.Notice.Given,
		},
		Amounts: map[string]hr.Money{}, Rows: map[string][]LetterValues{},
	}
	maps.DeleteFunc(v.Text, func(_, text string) bool { return text == "" })
	for _, p := range t.Pay {
		m := hr.Money{Amount: p.Amount, Currency: t.Currency}
		v.Amounts["pay_"+p.Name] = m
		v.Rows["pay"] = append(v.Rows["pay"], LetterValues{Text: map[string]string{"name": p.Name}, Amounts: map[string]hr.Money{"amount": m}})
	}
	return v
}
