package hr

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Extract is what is stored about one person, for that person to read: every field of every record with its class, where it is kept and for how
// long. Nobody else's data is in it: whoever decided, interviewed, manages or stands in is "another person". Each domain answers its
// part, and [Extract.Join] makes them one. It holds everything about somebody, so it prints and is marshalled as nothing: its values are
// Secrets, and leave through [Extract.JSON] and [Extract.Text] only.
type Extract struct {
	Subject  string // "employee/E1"
	On       Date   // the day it was made
	Kept     []Keeping
	Sections []Section
}

// Keeping says until when what is stored of a class must be kept.
type Keeping struct {
	Class   FieldClass
	Record  string // which records: "identity numbers and bank account"
	Through Date   // the last day; zero: not known yet, see Why
	Why     string // by which law or for what reason
}

// Section is every record of one kind.
type Section struct {
	Title   string // for the person: "Leave requests"
	Source  string // the port that keeps them: "leave.Requests"
	Records []Record
}

// Record is one stored record, field by field.
type Record struct {
	ID    string
	Items []Item
}

// Item is one field that holds something.
type Item struct {
	Path     string // as the field is called where it is stored: "person.bank.number"
	Class    FieldClass
	Value    Secret // as text; empty where it is withheld
	Withheld string // why there is no value: [WithheldPerson] or [WithheldClass]
}

// Why an item has no value.
const (
	WithheldPerson = "another person"
	WithheldClass  = "not shown to who asked"
)

// Extractor reads stored records for an [Extract].
type Extractor struct {
	Verdict   Verdict      // of the verb: which classes are seen
	Employees []EmployeeID // the ids that are the subject's own, former ones too; every other is another person's
	Actor     ActorID      // the login of the subject, where it is known
}

// SectionOf reads records into a section: every exported field that is not zero, at any depth, is an item under its own class, and what an [Entry] has beside
// its value is public and called "fact.period". A field without a class has that of the field that holds it. An [EmployeeID] that is not the subject's, and every [ActorID] that is not, is withheld. id names a
// record. Without records there is no section.
func SectionOf[T any](x Extractor, title, source string, id func(T) string, records ...T) []Section {
	if len(records) == 0 {
		return nil
	}
	s := Section{Title: title, Source: source}
	for _, r := range records {
		e := extraction{Extractor: x}
		e.read(reflect.ValueOf(r), "", ClassPublic)
		s.Records = append(s.Records, Record{id(r), e.items})
	}
	return []Section{s}
}

// EntriesOf is [SectionOf] for facts.
func EntriesOf[T any](x Extractor, title, source string, entries ...Entry[T]) []Section {
	return SectionOf(x, title, source, func(e Entry[T]) string { return e.ID }, entries...)
}

type extraction struct {
	Extractor
	items []Item
}

// factual is what an entry has beside its value.
var factual = []string{"ID", "Recorded", "Period", "Void", "Withdraws", "Cause", "Source"}

func (x *extraction) read(v reflect.Value, path string, class FieldClass) {
	if v.IsZero() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		x.read(v.Elem(), path, class)
		return
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			for i := range v.Len() {
				x.read(v.Index(i), fmt.Sprintf("%s[%d]", path, i), class)
			}
			return
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, k := range keys {
			x.read(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k), class)
		}
		return
	case reflect.Struct:
		if hasClasses(v.Type()) || isEntry(v.Type()) {
			x.fields(v, path, class)
			return
		}
	}
	x.item(v, path, class)
}

func isEntry(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[Secret]().PkgPath() && strings.HasPrefix(t.Name(), "Entry[")
}

func (x *extraction) fields(v reflect.Value, path string, class FieldClass) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		at := strings.TrimPrefix(path+"."+fieldName(f), ".")
		own, has := f.Tag.Lookup("class")
		switch {
		case !f.IsExported():
		case isEntry(t) && f.Name == "Value", f.Anonymous:
			x.read(v.Field(i), path, class)
		case isEntry(t):
			if slices.Contains(factual, f.Name) {
				x.read(v.Field(i), "fact."+fieldName(f), class)
			}
		case has:
			x.read(v.Field(i), at, FieldClass(own))
		default:
			x.read(v.Field(i), at, class)
		}
	}
}

func (x *extraction) item(v reflect.Value, path string, class FieldClass) {
	i := Item{Path: path, Class: class}
	switch value := v.Interface().(type) {
	case EmployeeID:
		if !slices.Contains(x.Employees, value) {
			i.Withheld = WithheldPerson
		}
	case ActorID:
		if x.Actor == "" || value != x.Actor {
			i.Withheld = WithheldPerson
		}
	}
	if !x.Verdict.Sees(class) {
		i.Withheld = WithheldClass
	}
	if i.Withheld == "" {
		i.Value = NewSecret(textOf(v))
	}
	x.items = append(x.items, i)
}

// textOf is a value in words.
func textOf(v reflect.Value) string {
	switch value := v.Interface().(type) {
	case Secret:
		return value.Reveal()
	case time.Time:
		return value.Format(time.RFC3339Nano)
	case fmt.Stringer:
		return value.String()
	case encoding.TextMarshaler:
		if text, err := value.MarshalText(); err == nil {
			return string(text)
		}
	}
	if v.Kind() == reflect.Struct {
		if text, err := json.Marshal(v.Interface()); err == nil {
			return string(text)
		}
	}
	return fmt.Sprint(v.Interface())
}

// Join returns e with the parts of others: of other domains, or of the candidate that the employee was. The day is the latest.
func (e Extract) Join(others ...Extract) Extract {
	e.Kept, e.Sections = slices.Clone(e.Kept), slices.Clone(e.Sections)
	for _, o := range others {
		e.Subject = cmp.Or(e.Subject, o.Subject)
		if o.On.After(e.On) {
			e.On = o.On
		}
		e.Kept = append(e.Kept, o.Kept...)
		e.Sections = append(e.Sections, o.Sections...)
	}
	return e
}

// JSON writes e: subject, on, kept and sections, in this order, whose records have items of path, class and value or withheld. Days are
// ISO dates, and an amount is the text that is stored.
func (e Extract) JSON(w io.Writer) error {
	type item struct {
		Path     string     `json:"path"`
		Class    FieldClass `json:"class"`
		Value    string     `json:"value,omitempty"`
		Withheld string     `json:"withheld,omitempty"`
	}
	type record struct {
		ID    string `json:"id"`
		Items []item `json:"items"`
	}
	type section struct {
		Title   string   `json:"title"`
		Source  string   `json:"source"`
		Records []record `json:"records"`
	}
	type keeping struct {
		Class   FieldClass `json:"class"`
		Record  string     `json:"record"`
		Through Date       `json:"through,omitzero"`
		Why     string     `json:"why,omitempty"`
	}
	out := struct {
		Subject  string    `json:"subject"`
		On       Date      `json:"on"`
		Kept     []keeping `json:"kept"`
		Sections []section `json:"sections"`
	}{e.Subject, e.On, []keeping{}, []section{}}
	for _, k := range e.Kept {
		out.Kept = append(out.Kept, keeping(k))
	}
	for _, s := range e.Sections {
		written := section{Title: s.Title, Source: s.Source}
		for _, r := range s.Records {
			items := []item{}
			for _, i := range r.Items {
				items = append(items, item{i.Path, i.Class, i.Value.Reveal(), i.Withheld})
			}
			written.Records = append(written.Records, record{r.ID, items})
		}
		out.Sections = append(out.Sections, written)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// Text writes e for a person to read: how long what is kept first, then section by section, a line for each field.
func (e Extract) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "What is stored about %s on %s\n", e.Subject, e.On)
	if len(e.Kept) > 0 {
		b.WriteString("\nHow long it is kept\n")
	}
	for _, k := range e.Kept {
		until := "until it is not known when"
		if !k.Through.IsZero() {
			until = "through " + k.Through.String()
		}
		fmt.Fprintf(&b, "  %s (%s): %s", k.Record, k.Class, until)
		if k.Why != "" {
			fmt.Fprintf(&b, ": %s", k.Why)
		}
		b.WriteString("\n")
	}
	for _, s := range e.Sections {
		fmt.Fprintf(&b, "\n%s (kept in %s)\n", s.Title, s.Source)
		for _, r := range s.Records {
			fmt.Fprintf(&b, "  %s\n", r.ID)
			for _, i := range r.Items {
				value := i.Value.Reveal()
				if i.Withheld != "" {
					value = "[" + i.Withheld + "]"
				}
				fmt.Fprintf(&b, "    %s (%s): %s\n", i.Path, i.Class, value)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
