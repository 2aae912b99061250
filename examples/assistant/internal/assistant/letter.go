package assistant

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// letters are the letters that can be drafted. Their words are the company's: a tool fills in values and nothing else.
var letters = map[string]lifecycle.LetterTemplate{
	"employment": {
		Kind: "employment", Subject: "To whom it may concern",
		Body: "{{.name}} has been employed with {{.entity}} since {{.start}}, as {{.position}} in {{.department}}.",
	},
	"salary": {
		Kind: "salary", Subject: "Statement of salary",
		Body: "{{.name}} has been employed with {{.entity}} since {{.start}}, and is paid each month:{{range .pay}}\n{{.name}}: {{.amount}}{{end}}",
	},
}

type letterIn struct {
	Employee string `json:"employee,omitempty" jsonschema:"the employee's number; empty: the user"`
	Kind     string `json:"kind" jsonschema:"employment, or salary with the agreed pay"`
}

func draftLetter(ctx context.Context, c caller, in letterIn) (out draftOut, hidden []string, err error) {
	id, err := c.whose(in.Employee)
	if err != nil {
		return out, nil, err
	}
	template, known := letters[in.Kind]
	if !known {
		return out, nil, &hr.FieldError{Path: "kind", Rule: hr.RuleInvalid, Reason: "must be employment or salary"}
	}
	sees, err := c.may(ctx, "lifecycle.Employment", id)
	if err != nil {
		return out, nil, err
	}
	seesTerms, err := c.may(ctx, "lifecycle.TermsOf", id)
	if err != nil {
		return out, nil, err
	}
	e, err := c.App.People.Employment(ctx, c.view(), id)
	if err != nil {
		return out, nil, err
	}
	today := c.App.Today()
	lines, err := c.App.People.TermsOf(ctx, c.view(), []hr.Pin{{Employee: id}}, hr.Period{From: today, Through: today})
	if err != nil {
		return out, nil, err
	}
	terms, _ := lines[0].At(today)
	e, hidden = hr.Show(sees, e)
	terms, blank := hr.Show(seesTerms, terms)
	letter, err := template.Render(lifecycle.LetterFacts(e, terms)) // what the user may not see is missing, and a letter without it is refused
	if err != nil {
		return out, nil, err
	}
	out, _, err = c.draft(ctx, Draft{Does: "Issue a letter (" + in.Kind + ") about " + string(id) + ", in the words of the draft.", Letter: &letter})
	return out, union(hidden, blank), err
}
