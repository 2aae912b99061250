package hr_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// A person reads of a fact what was stored in it, as its fields are called, and of the entry around it when it holds and why: all apart.
func TestExtractOfAFact(t *testing.T) {
	sections := hr.EntriesOf(hr.Extractor{Verdict: sees(hr.ClassPublic)}, "Places", "host.Places", hr.Entry[Placed]{
		ID: "p1", Seq: 3, Period: hr.MustPeriod("2026-10-01.."), Value: Placed{"Pune", hr.MustMoney("7", "INR")}, Cause: hr.Ref{Kind: "case", ID: "c1", Seq: 2},
	})
	require.Len(t, sections, 1)
	require.Equal(t, "p1", sections[0].Records[0].ID)
	items := map[string]string{}
	for _, i := range sections[0].Records[0].Items {
		items[i.Path] = i.Value.Reveal() + i.Withheld
	}
	require.Equal(t, map[string]string{
		"fact.id": "p1", "fact.period": "2026-10-01..", "fact.cause": hr.Ref{Kind: "case", ID: "c1", Seq: 2}.String(),
		"place": "Pune", "pay": hr.WithheldClass,
	}, items)
}

// grid says itself in words, or cannot.
type grid [2]byte

func (g grid) MarshalText() ([]byte, error) {
	if g[0] == 'X' {
		return nil, hr.ErrInvalid
	}
	return []byte("square " + string(g[:])), nil
}

// stored is what a host may store about somebody.
type stored struct {
	Who     hr.EmployeeID        `json:"who" class:"public"`
	Other   hr.EmployeeID        `json:"other" class:"public"`
	Login   hr.ActorID           `json:"login" class:"public"`
	By      hr.ActorID           `json:"by" class:"public"`
	Places  []string             `json:"places" class:"contact"`
	Photo   []byte               `json:"photo" class:"public"`
	Grid    grid                 `json:"-" class:"public"`
	Lost    *grid                `json:"lost" class:"public"`
	Size    struct{ W, H int }   `json:"size" class:"public"`
	Signal  struct{ C chan int } `json:"signal" class:"public"`
	At      time.Time            `json:"at" class:"private"`
	Numbers map[string]int       `json:"numbers" class:"contact"`
	Pay     hr.Secret            `json:"pay" class:"money"`
	Empty   string               `json:"empty" class:"public"`
}

func extracted(x hr.Extractor, v stored) map[string]string {
	items := map[string]string{}
	for _, i := range hr.SectionOf(x, "Kinds", "host.Kinds", func(stored) string { return "k" }, v)[0].Records[0].Items {
		items[i.Path] = i.Value.Reveal()
		if i.Withheld != "" {
			items[i.Path] += "[" + i.Withheld + "]"
		}
	}
	return items
}

// Every kind of field is read in words, and who is not the subject is withheld.
func TestExtractOfEveryKind(t *testing.T) {
	lost := grid{'X', '1'}
	v := stored{
		Who: "E1", Other: "E2", Login: "asha", By: "boss", Places: []string{"Pune", "Delhi"}, Photo: []byte("x"), Grid: grid{'B', '4'}, Lost: &lost,
		Size: struct{ W, H int }{3, 4}, Signal: struct{ C chan int }{make(chan int)}, At: time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC), Numbers: map[string]int{"b": 2, "a": 1}, Pay: hr.NewSecret("7"),
	}
	asha := hr.Extractor{Verdict: sees(hr.ClassPublic, hr.ClassContact, hr.ClassPrivate), Employees: []hr.EmployeeID{"E0", "E1"}, Actor: "asha"}
	got := extracted(asha, v)
	require.NotEmpty(t, got["photo"], "bytes are one item")
	require.True(t, strings.HasPrefix(got["signal"], "{0x"), got["signal"]) // nothing else can be said of a channel
	delete(got, "photo")
	delete(got, "signal")
	require.Equal(t, map[string]string{
		"who": "E1", "other": "[another person]", "login": "asha", "by": "[another person]", "places[0]": "Pune", "places[1]": "Delhi", "Grid": "square B4", "lost": "[88 49]", "size": `{"W":3,"H":4}`,
		"at": "2026-10-05T09:00:00Z", "numbers[a]": "1", "numbers[b]": "2", "pay": "[not shown to who asked]",
	}, got)
	asha.Actor = ""
	require.Equal(t, "[another person]", extracted(asha, v)["login"], "whose login it is is not known")
	require.Empty(t, hr.SectionOf(asha, "Kinds", "host.Kinds", func(stored) string { return "k" }), "without records there is no section")
}

// A person reads first how long what is kept, then what is stored, a line for each field.
func TestExtractAsText(t *testing.T) {
	e := hr.Extract{
		Subject: "employee/E1", On: hr.MustDate("2026-11-02"),
		Kept: []hr.Keeping{
			{Class: hr.ClassMoney, Record: "payslips", Through: hr.MustDate("2034-03-31"), Why: "Income-tax Act"}, {Class: hr.ClassPublic, Record: "employment"},
		},
		Sections: []hr.Section{{Title: "Places", Source: "host.Places", Records: []hr.Record{{ID: "p1", Items: []hr.Item{
			{Path: "place", Class: hr.ClassPublic, Value: hr.NewSecret("Pune")}, {Path: "by", Class: hr.ClassPublic, Withheld: hr.WithheldPerson},
		}}}}},
	}
	text := func(e hr.Extract) string {
		var b strings.Builder
		require.NoError(t, e.Text(&b))
		return b.String()
	}
	places := "\nPlaces (kept in host.Places)\n  p1\n    place (public): Pune\n    by (public): [another person]\n"
	require.Equal(t, "What is stored about employee/E1 on 2026-11-02\n\nHow long it is kept\n"+
		"  payslips (money): through 2034-03-31: Income-tax Act\n  employment (public): until it is not known when\n"+places, text(e))
	e.Kept = nil
	require.Equal(t, "What is stored about employee/E1 on 2026-11-02\n"+places, text(e))
}

// Parts join in their order, under the first subject that is named and the latest day.
func TestExtractsJoin(t *testing.T) {
	part := func(subject, on, title string) hr.Extract {
		return hr.Extract{Subject: subject, On: hr.MustDate(on), Kept: []hr.Keeping{{Record: title}}, Sections: []hr.Section{{Title: title}}}
	}
	got := hr.Extract{}.Join(part("employee/E1", "2026-11-02", "one"), part("candidate/C1", "2026-11-03", "two"), part("", "2026-11-01", "three"))
	require.Equal(t, hr.Extract{
		Subject: "employee/E1", On: hr.MustDate("2026-11-03"), Kept: []hr.Keeping{{Record: "one"}, {Record: "two"}, {Record: "three"}}, Sections: []hr.Section{{Title: "one"}, {Title: "two"}, {Title: "three"}},
	}, got)
}
