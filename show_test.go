package hr_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

func sees(classes ...hr.FieldClass) hr.Verdict { return hr.Verdict{Allow: true, Classes: classes} }

func asha() hr.Person {
	return hr.Person{
		Name: "Asha Rao", Born: hr.MustDate("1990-02-03"), Email: "asha@example.com",
		Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret("ABCDE1234F")}},
		Bank:       hr.BankAccount{Holder: "Asha Rao", Number: hr.NewSecret("001234567890"), Bank: "HDFC0000001"},
	}
}

func TestShowBlanksWhatIsNotOfAClassThatIsSeen(t *testing.T) {
	for name, c := range map[string]struct {
		verdict hr.Verdict
		want    hr.Person
		hidden  []string
	}{
		"a colleague": {sees(hr.ClassPublic, hr.ClassContact), hr.Person{Name: "Asha Rao", Email: "asha@example.com"}, []string{"bank", "born", "gender", "identities"}},
		"identity, and nothing that stands inside of another class": {
			sees(hr.ClassGovernmentID),
			hr.Person{Identities: []hr.Identity{{Number: hr.NewSecret("ABCDE1234F")}}, Bank: hr.BankAccount{Number: hr.NewSecret("001234567890")}},
			[]string{"bank.bank", "bank.holder", "bank.kind", "born", "email", "gender", "identities[].kind", "name", "phone"},
		},
		"everything": {sees(hr.FieldClasses()...), asha(), []string{}},
		"nothing":    {sees(), hr.Person{}, []string{"bank", "born", "email", "gender", "identities", "name", "phone"}},
		"denied":     {hr.Verdict{Classes: hr.FieldClasses()}, hr.Person{}, []string{"."}},
	} {
		t.Run(name, func(t *testing.T) {
			was := asha()
			got, hidden := hr.Show(c.verdict, was)
			require.Equal(t, c.want, got)
			require.Equal(t, c.hidden, hidden)
			require.Equal(t, asha(), was, "what was given is as it was")
			if len(got.Identities) > 0 {
				got.Identities[0].Kind = "changed"
				require.Equal(t, "pan_in", was.Identities[0].Kind, "the copy shares nothing")
			}
		})
	}
}

// Two that differ only in what is hidden look the same, the list of what was hidden too.
func TestShowDoesNotTellWhetherThereWasSomething(t *testing.T) {
	poor := hr.Person{Name: "Asha Rao", Email: "asha@example.com"}
	one, hiddenOne := hr.Show(sees(hr.ClassPublic, hr.ClassContact), asha())
	two, hiddenTwo := hr.Show(sees(hr.ClassPublic, hr.ClassContact), poor)
	require.Equal(t, one, two)
	require.Equal(t, hiddenOne, hiddenTwo)
}

type classed struct {
	Terms   hr.Timeline[hr.Terms]            `json:"terms" class:"public"`
	Facts   hr.History[hr.Terms]             `json:"facts" class:"public"`
	One     *hr.Entry[hr.Terms]              `json:"one" class:"public"`
	By      map[hr.EmployeeID]hr.BankAccount `json:"by" class:"private"`
	Any     any                              `json:"any" class:"public"`
	Days    [2]hr.Date                       `json:"days" class:"private"`
	Classes struct {
		Pay hr.Money `class:"money"`
	} `class:"public"`
	Person    hr.Person `json:"person" class:"government_id"`
	Forgotten hr.Money
}

func TestShowGoesThroughWhatHoldsOthers(t *testing.T) {
	pay := hr.Terms{Grade: "G4", Pay: []hr.PayTerm{{Name: "basic", Amount: hr.MustMoney("50000", "INR").Amount}}}
	day := hr.MustDate("2026-10-01")
	line, err := hr.NewTimeline(hr.Step[hr.Terms]{Since: day, Value: pay})
	require.NoError(t, err)
	entry := hr.Entry[hr.Terms]{ID: "t1", Seq: 3, Period: hr.Period{From: day}, Value: pay}
	facts, err := hr.NewHistory("terms", entry)
	require.NoError(t, err)
	v := classed{
		Terms: line, Facts: facts, One: &entry, By: map[hr.EmployeeID]hr.BankAccount{"E1": asha().Bank}, Any: pay, Days: [2]hr.Date{day, day},
		Person: asha(), Forgotten: hr.MustMoney("1", "INR"),
	}
	v.Classes.Pay = hr.MustMoney("7", "INR")
	got, hidden := hr.Show(sees(hr.ClassPublic), v)
	require.Equal(t, []string{"Classes.Pay", "Forgotten", "any.answers", "any.pay", "by", "days", "facts.answers", "facts.pay", "one.answers", "one.pay", "person.bank", "person.born", "person.email", "person.gender", "person.identities", "person.name", "person.phone", "terms.answers", "terms.pay"}, hidden)
	bare := hr.Terms{Grade: "G4"}
	require.Equal(t, []hr.Step[hr.Terms]{{Since: day, Value: bare}}, got.Terms.Steps())
	require.Equal(t, bare, got.Facts.Entries()[0].Value)
	require.Equal(t, "t1", got.One.ID)
	require.Equal(t, bare, got.One.Value)
	require.Equal(t, bare, got.Any)
	require.Zero(t, got.By)
	require.Zero(t, got.Days)
	require.Zero(t, got.Forgotten)
	require.Equal(t, pay, line.Steps()[0].Value, "what was given is as it was")
	require.Equal(t, pay, facts.Entries()[0].Value)

	got, hidden = hr.Show(sees(hr.ClassPublic, hr.ClassPrivate, hr.ClassMoney), v)
	require.Equal(t, []string{"Forgotten", "by[].holder", "by[].number", "person.bank", "person.email", "person.identities", "person.name", "person.phone"}, hidden)
	require.Equal(t, hr.Person{Born: asha().Born}, got.Person, "a person is shown by the classes of its own fields")
	require.Equal(t, hr.BankAccount{Bank: "HDFC0000001"}, got.By["E1"])
	require.Equal(t, v.Days, got.Days)
	require.Equal(t, v.Classes, got.Classes)
	require.Equal(t, pay, got.Any)

	list, hidden := hr.Show(sees(hr.ClassPublic), []hr.Terms{pay, {Grade: "G5"}})
	require.Equal(t, []hr.Terms{{Grade: "G4"}, {Grade: "G5"}}, list)
	require.Equal(t, []string{"[].answers", "[].pay"}, hidden)
}

// What has no classes at all is shown to nobody: who may ask for a figure is decided by its verb.
func TestShowHidesWhatHasNoClass(t *testing.T) {
	for _, v := range []any{hr.MustMoney("7", "INR"), "a text", hr.Trace{Name: "net", Value: "7"}, hr.NewSecret("ABCDE1234F")} {
		_, hidden := hr.Show(sees(hr.FieldClasses()...), v)
		require.Equal(t, []string{"."}, hidden, "%T", v)
	}
	none, hidden := hr.Show[any](sees(hr.FieldClasses()...), nil)
	require.Nil(t, none)
	require.Empty(t, hidden)
}

// Placed is embedded by what a host stores.
type Placed struct {
	Place string   `json:"place" class:"public"`
	Pay   hr.Money `json:"pay" class:"money"`
}

// A part that is embedded is shown by the classes of its own fields, and one that has none is shown to nobody.
func TestShowGoesThroughWhatIsEmbedded(t *testing.T) {
	type stored struct{ Placed }
	got, hidden := hr.Show(sees(hr.ClassPublic), stored{Placed{"Pune", hr.MustMoney("7", "INR")}})
	require.Equal(t, stored{Placed{Place: "Pune"}}, got)
	require.Equal(t, []string{"pay"}, hidden)
	type name struct{ hr.EmployeeID }
	bare, hidden := hr.Show(sees(hr.FieldClasses()...), name{"E1"})
	require.Zero(t, bare)
	require.Equal(t, []string{"."}, hidden)
}

// Every stored type of the root, filled: of every class alone, nothing of another class is left.
func TestShowLeavesNothingOfAnotherClass(t *testing.T) {
	for _, class := range hr.FieldClasses() {
		for _, v := range []any{asha(), hr.Terms{Grade: "G", Pay: []hr.PayTerm{{Name: "basic"}}, Answers: []hr.Answer{{Name: "disability", Text: "yes"}}}} {
			shown, _ := hr.Show(sees(class), v)
			left(t, class, reflect.ValueOf(shown), reflect.TypeOf(v).Name())
		}
	}
}

func left(t *testing.T, class hr.FieldClass, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			left(t, class, v.Index(i), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			at := path + "." + f.Name
			if c, has := f.Tag.Lookup("class"); has && c != string(class) {
				require.True(t, v.Field(i).IsZero(), "%s is %s and left of %s", at, c, class)
			} else if has {
				left(t, class, v.Field(i), at)
			}
		}
	}
}

func ExampleShow() {
	access := hr.StandardAccess()
	manager := hr.Ask{
		Verb: "lifecycle.TermsOf", Actor: hr.Actor{ID: "ravi", Employee: "E2"}, Subjects: []hr.EmployeeID{"E7"},
		Relations: []hr.Relation{{Kind: hr.RelationManager, To: "E7"}},
	}
	terms := hr.Terms{Position: "Clerk", Grade: "G2", Pay: []hr.PayTerm{{Name: "basic"}}}
	shown, hidden := hr.Show(access.Decide(manager), terms)
	fmt.Println(shown.Position, shown.Grade, len(shown.Pay), "hidden:", strings.Join(hidden, ", "))
	// Output:
	// Clerk G2 0 hidden: pay
}
