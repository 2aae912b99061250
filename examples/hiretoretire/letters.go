package main

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// written is a letter, and when it was.
type written struct {
	day hr.Date
	lifecycle.Letter
}

// revisionLetter tells her what she is paid from a day on. The proposal names it by its digest, so that what was sent can be proven.
func revisionLetter() lifecycle.LetterTemplate {
	return lifecycle.LetterTemplate{
		Kind: "pay_revision", Language: english, Subject: "Your pay from {{.from}}",
		Body: "Dear {{.name}}, from {{.from}} you are paid, as {{.position}}, basic pay of {{.pay_basic}} a month, house rent allowance of " +
			"{{.pay_hra}} and a special allowance of {{.pay_special}}.",
	}
}

func relievingLetter() lifecycle.LetterTemplate {
	return lifecycle.LetterTemplate{
		Kind: "relieving", Language: english, Subject: "Relieving letter",
		Body: "{{.name}} was employed from {{.start}} to {{.last_day}}, at last as {{.position}} of {{.entity}} in {{.place}}. All that was lent " +
			"is returned. We thank her for thirty years, and wish her well.",
	}
}

// write renders a letter about her with some terms; from is the day that it tells of.
func (t *tale) write(l lifecycle.LetterTemplate, terms hr.Terms, from hr.Date) (letter lifecycle.Letter) {
	t.do(hrDesk, func(hr.Command) error {
		e, err := t.people.Employment(t.ctx, t.view(), kavita.Employee)
		if err != nil {
			return err
		}
		values := lifecycle.LetterFacts(e, terms)
		values.Dates["from"] = from
		if letter, err = l.Render(values); err == nil {
			t.letters = append(t.letters, written{t.day, letter})
		}
		return err
	})
	return letter
}
