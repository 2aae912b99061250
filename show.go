package hr

import (
	"reflect"
	"slices"
	"strings"
)

// Show returns a copy of value in which every field of a class that the verdict does not show is blank, and the paths of those fields, sorted:
// `bank`, `identities[].number`. Whether there was anything in such a field is not told: its path is there also where it was empty. A field
// that holds others is shown if its own class is, and then each of them by its own; a [Person] is shown by the classes of its own fields alone,
// because the class of the field that holds one is that of the worst of them. What has no class is not shown to anybody: a field
// without the tag, and a value that is no struct with classes (the path of the whole is "."). Slices, maps, pointers, histories and timelines
// are gone through; a [Secret] that may be seen stays a Secret, and leaves through [Secret.Reveal] as ever. A verdict that denies shows nothing.
//
// It is what stands between an answer and a screen, a file or a message: ask the verdict of the verb and subjects the value was read with.
func Show[T any](v Verdict, value T) (T, []string) {
	s := shower{verdict: v, hidden: map[string]bool{}}
	in := reflect.ValueOf(&value).Elem()
	out := reflect.New(in.Type()).Elem()
	if !v.Allow {
		s.hidden["."] = true
	} else {
		s.copy(out, in, "", false)
	}
	shown, _ := out.Interface().(T)
	hidden := make([]string, 0, len(s.hidden))
	for path := range s.hidden {
		hidden = append(hidden, path)
	}
	slices.Sort(hidden)
	return shown, hidden
}

type shower struct {
	verdict Verdict
	hidden  map[string]bool
}

// container is a value of this package that keeps others inside and shows them itself.
type container interface {
	show(s *shower, path string) any
}

// copy sets out to what may be seen of in. Classed says that a class has allowed this very value: then one without classes of its own, such as
// a text or a date, is shown as it is.
func (s *shower) copy(out, in reflect.Value, path string, classed bool) {
	switch in.Kind() {
	case reflect.Pointer:
		if !in.IsNil() {
			out.Set(reflect.New(in.Type().Elem()))
			s.copy(out.Elem(), in.Elem(), path, classed)
		}
	case reflect.Interface:
		if !in.IsNil() {
			dynamic := reflect.New(in.Elem().Type()).Elem()
			s.copy(dynamic, in.Elem(), path, classed)
			out.Set(dynamic)
		}
	case reflect.Slice:
		if !in.IsNil() {
			out.Set(reflect.MakeSlice(in.Type(), in.Len(), in.Len()))
		}
		s.elements(out, in, path, classed)
	case reflect.Array:
		s.elements(out, in, path, classed)
	case reflect.Map:
		if in.IsNil() {
			return
		}
		out.Set(reflect.MakeMapWithSize(in.Type(), in.Len()))
		for it := in.MapRange(); it.Next(); {
			shown := reflect.New(in.Type().Elem()).Elem()
			s.copy(shown, it.Value(), path+"[]", classed)
			out.SetMapIndex(it.Key(), shown)
		}
	case reflect.Struct:
		if c, ok := in.Interface().(container); ok {
			if shown := reflect.ValueOf(c.show(s, path)); shown.Type() == in.Type() { // and not of a part that is embedded
				out.Set(shown)
				return
			}
		}
		s.fields(out, in, path, classed)
	default:
		s.whole(out, in, path, classed)
	}
}

func (s *shower) elements(out, in reflect.Value, path string, classed bool) {
	for i := range in.Len() {
		s.copy(out.Index(i), in.Index(i), path+"[]", classed)
	}
}

// whole shows a value that has no parts with classes, if a class has allowed it.
func (s *shower) whole(out, in reflect.Value, path string, classed bool) {
	if classed {
		out.Set(in)
		return
	}
	s.hide(path)
}

func (s *shower) hide(path string) {
	if path == "" {
		path = "."
	}
	s.hidden[path] = true
}

// fields shows the fields of a struct, each by its class. A struct of which no field has one, such as a date or an amount, is one value.
func (s *shower) fields(out, in reflect.Value, path string, classed bool) {
	t := in.Type()
	if !hasClasses(t) {
		s.whole(out, in, path, classed)
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		at := strings.TrimPrefix(path+"."+fieldName(f), ".")
		class, has := f.Tag.Lookup("class")
		switch {
		case f.Anonymous && !has:
			s.copy(out.Field(i), in.Field(i), path, false)
		case has && f.Type == reflect.TypeFor[Person]():
			s.copy(out.Field(i), in.Field(i), at, false)
		case has && s.verdict.Sees(FieldClass(class)):
			s.copy(out.Field(i), in.Field(i), at, true)
		default:
			s.hide(at)
		}
	}
}

func hasClasses(t reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		if _, has := f.Tag.Lookup("class"); has || f.Anonymous && f.Type.Kind() == reflect.Struct && hasClasses(f.Type) {
			return true
		}
	}
	return false
}

// fieldName is how a field is called in paths: as in JSON, or as in Go.
func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		return f.Name
	}
	return name
}

// showValue shows the value of a step or an entry, whose days and references are seen by whoever may ask.
func showValue[T any](s *shower, path string, value T) T {
	in := reflect.ValueOf(&value).Elem()
	out := reflect.New(in.Type()).Elem()
	s.copy(out, in, path, false)
	shown, _ := out.Interface().(T)
	return shown
}

func (e Entry[T]) show(s *shower, path string) any {
	e.Value = showValue(s, path, e.Value)
	return e
}

func (e Step[T]) show(s *shower, path string) any {
	e.Value = showValue(s, path, e.Value)
	return e
}

func (h History[T]) show(s *shower, path string) any {
	h.entries = h.Entries()
	for i := range h.entries {
		h.entries[i].Value = showValue(s, path, h.entries[i].Value)
	}
	return h
}

func (t Timeline[T]) show(s *shower, path string) any {
	t.steps = t.Steps()
	for i := range t.steps {
		t.steps[i].Value = showValue(s, path, t.steps[i].Value)
	}
	return t
}
