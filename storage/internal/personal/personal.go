// Package personal says what of a stored value is sealed: which fields, by their class, and about whom the value is. The stores read it, so
// that all of them forget the same.
//
// Of the classes contact, government_id and special every field is sealed. Of private, which most of what is stored about people is, the
// texts are, the day of birth, places and answers; days, states, hours and codes stay, because balances and pay are counted by them, and
// lead to nobody once the name is gone. A struct is looked into; so is a list whose own class is not sealed.
package personal

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Classes are the classes that are sealed, in the order of their keys.
func Classes() []hr.FieldClass {
	return []hr.FieldClass{hr.ClassContact, hr.ClassGovernmentID, hr.ClassPrivate, hr.ClassSpecial}
}

// alsoSealed are private fields that are no texts and are sealed; counted are private texts that are codes by which days are counted.
var (
	alsoSealed = []string{"hr.Person.Born", "attendance.Place.Latitude", "attendance.Place.Longitude", "recruitment.Rating.Points"}
	counted    = []string{"attendance.Punch.Site", "attendance.Rostered.Shift", "recruitment.Move.Code"}
)

// values are the structs that are one value.
var values = []reflect.Type{
	reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[time.Time](), reflect.TypeFor[hr.Date](), reflect.TypeFor[hr.Period](),
	reflect.TypeFor[hr.TimeOfDay](), reflect.TypeFor[hr.Money](), reflect.TypeFor[hr.Rounding](), reflect.TypeFor[hr.Secret](),
	reflect.TypeFor[hr.Ref](), reflect.TypeFor[hr.Source](), reflect.TypeFor[hr.Known](), reflect.TypeFor[hr.Pin](),
}

// Leaf is one sealed field of a value, by its path: "Person.Identities", "Trail.2.Reason".
type Leaf struct {
	Path  string
	Class hr.FieldClass
	Value reflect.Value
}

// node is what is sealed inside a type.
type node struct {
	class  hr.FieldClass // of a leaf
	fields []field       // of a struct
	elem   *node         // of a slice or pointer
}

type field struct {
	index int
	name  string
	node  *node
}

var known sync.Map // by type: *node, nil where nothing is sealed

func of(t reflect.Type) *node {
	if n, ok := known.Load(t); ok {
		return n.(*node)
	}
	n := inside(t, nil)
	known.Store(t, n)
	return n
}

// inside finds what is sealed in a type whose own field is not.
func inside(t reflect.Type, within []reflect.Type) *node {
	if slices.Contains(within, t) {
		return nil // a type that contains itself: its outer level is sealed
	}
	within = append(slices.Clone(within), t)
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer:
		if elem := inside(t.Elem(), within); elem != nil {
			return &node{elem: elem}
		}
	case reflect.Struct:
		if slices.Contains(values, t) {
			return nil
		}
		var n node
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() {
				continue
			}
			sub := leaf(t, f)
			if sub == nil {
				sub = inside(f.Type, within)
			}
			if sub != nil {
				n.fields = append(n.fields, field{i, f.Name, sub})
			}
		}
		if n.fields != nil {
			return &n
		}
	}
	return nil
}

// leaf says whether a field is sealed as it is.
func leaf(owner reflect.Type, f reflect.StructField) *node {
	class := hr.FieldClass(f.Tag.Get("class"))
	name := owner.String() + "." + f.Name
	looked := f.Type.Kind() == reflect.Struct && !slices.Contains(values, f.Type) // its own fields say
	sealed := false
	switch class {
	case hr.ClassContact, hr.ClassGovernmentID, hr.ClassSpecial:
		sealed = !looked
	case hr.ClassPrivate:
		switch f.Type {
		case reflect.TypeFor[string](), reflect.TypeFor[[]string](), reflect.TypeFor[[]hr.Answer]():
			sealed = !slices.Contains(counted, name)
		default:
			sealed = slices.Contains(alsoSealed, name)
		}
	}
	if !sealed {
		return nil
	}
	return &node{class: class}
}

// Has says whether values of a type have fields that are sealed.
func Has(t reflect.Type) bool { return of(t) != nil }

// Take empties the sealed fields of a value that can be set, of the classes given, and returns those that were not empty. What the value shares
// with others is copied before it is changed.
func Take(v reflect.Value, classes ...hr.FieldClass) (out []Leaf) {
	if n := of(v.Type()); n != nil {
		n.take(v, nil, classes, &out)
	}
	return out
}

func (n *node) take(v reflect.Value, path []string, classes []hr.FieldClass, out *[]Leaf) {
	switch {
	case n.class != "":
		if slices.Contains(classes, n.class) && !empty(v) {
			kept := reflect.New(v.Type()).Elem()
			kept.Set(v)
			*out = append(*out, Leaf{strings.Join(path, "."), n.class, kept})
			v.SetZero()
		}
	case n.fields != nil:
		for _, f := range n.fields {
			f.node.take(v.Field(f.index), append(path, f.name), classes, out)
		}
	case v.Kind() == reflect.Slice:
		if v.Len() == 0 {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range own.Len() {
			n.elem.take(own.Index(i), append(path, strconv.Itoa(i)), classes, out)
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		own := reflect.New(v.Type().Elem())
		own.Elem().Set(v.Elem())
		v.Set(own)
		n.elem.take(own.Elem(), path, classes, out)
	}
}

func empty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

// Give goes over the sealed fields of a value that can be set and calls set for each, of a class, with its path.
func Give(v reflect.Value, class hr.FieldClass, set func(path string, into reflect.Value) error) error {
	if n := of(v.Type()); n != nil {
		return n.give(v, nil, class, set)
	}
	return nil
}

func (n *node) give(v reflect.Value, path []string, class hr.FieldClass, set func(string, reflect.Value) error) error {
	switch {
	case n.class != "":
		if n.class == class {
			return set(strings.Join(path, "."), v)
		}
	case n.fields != nil:
		for _, f := range n.fields {
			if err := f.node.give(v.Field(f.index), append(path, f.name), class, set); err != nil {
				return err
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if err := n.elem.give(v.Index(i), append(path, strconv.Itoa(i)), class, set); err != nil {
				return err
			}
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return n.elem.give(v.Elem(), path, class, set)
	}
	return nil
}

// Fields lists the sealed fields of a type with their classes, "Person.Name" and "Trail[].Reason", in order.
func Fields(t reflect.Type) (out []Leaf) {
	if n := of(t); n != nil {
		n.list(nil, &out)
	}
	return out
}

func (n *node) list(path []string, out *[]Leaf) {
	switch {
	case n.class != "":
		*out = append(*out, Leaf{Path: strings.ReplaceAll(strings.Join(path, "."), ".[]", "[]"), Class: n.class})
	case n.fields != nil:
		for _, f := range n.fields {
			f.node.list(append(path, f.name), out)
		}
	default:
		n.elem.list(append(path, "[]"), out)
	}
}
