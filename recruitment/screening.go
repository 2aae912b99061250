package recruitment

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Criterion is one thing that a screening looks at, and what each answer is worth. A number is judged by bands, a text by answers; a
// criterion has one of the two.
type Criterion struct {
	Name    string          // "years_of_payroll", a word that can be printed
	Title   string          // what people read
	Class   hr.FieldClass   // of the field it is read from; what is special must not count
	Weight  decimal.Decimal // the most it is worth, above zero
	Answers []AnswerShare   // for a text
	Bands   []BandShare     // for a number, by From
}

// AnswerShare is the part of the weight, from 0 to 1, that an answer is worth. Other answers are worth nothing.
type AnswerShare struct {
	Answer string
	Share  decimal.Decimal
}

// BandShare is the part of the weight, from 0 to 1, that a number of From or more is worth, up to the next band.
type BandShare struct {
	From  decimal.Decimal
	Share decimal.Decimal
}

// Criteria is a checked list of criteria. It is immutable; the zero Criteria has none.
type Criteria struct{ list []Criterion }

// NewCriteria returns the list, or every fault at once: a name that is missing or comes twice, a weight that is not above zero, a share
// outside 0 to 1, bands out of order, both kinds or none (RuleCriteria), and a criterion about a protected attribute, by its name, its
// title or its class (RuleProtected).
func NewCriteria(list ...Criterion) (Criteria, error) {
	var faults hr.Faults
	one := decimal.NewFromInt(1)
	share := func(at string, s decimal.Decimal) {
		if s.IsNegative() || s.GreaterThan(one) {
			faults.Add(at, RuleCriteria, "must be from 0 to 1")
		}
	}
	for i, c := range list {
		at := pathOf("criteria", i)
		if c.Name == "" || slices.ContainsFunc(list[:i], func(o Criterion) bool { return o.Name == c.Name }) {
			faults.Add(at+".name", RuleCriteria, "must be given, each once")
		}
		if c.Weight.Sign() <= 0 {
			faults.Add(at+".weight", RuleCriteria, "must be above zero")
		}
		if (len(c.Answers) == 0) == (len(c.Bands) == 0) {
			faults.Add(at, RuleCriteria, "must have answers or bands")
		}
		for j, a := range c.Answers {
			share(at+"."+pathOf("answers", j), a.Share)
		}
		for j, b := range c.Bands {
			share(at+"."+pathOf("bands", j), b.Share)
			if j > 0 && !b.From.GreaterThan(c.Bands[j-1].From) {
				faults.Add(at+"."+pathOf("bands", j), RuleCriteria, "must be above the band before")
			}
		}
		if c.Class == hr.ClassSpecial {
			faults.Add(at+".class", RuleProtected, "is read from a field that the law protects most, and must not count")
		} else if _, bad := protectedBy(c.Name); bad {
			refuseProtected(&faults, at+".name", c.Name)
		} else {
			refuseProtected(&faults, at+".title", c.Title)
		}
	}
	if faults.Any() {
		return Criteria{}, faults.Err()
	}
	list = slices.Clone(list)
	for i := range list {
		list[i].Answers, list[i].Bands = slices.Clone(list[i].Answers), slices.Clone(list[i].Bands)
	}
	return Criteria{list}, nil
}

// MustCriteria is [NewCriteria] for literals in tests and examples; it panics on a fault.
func MustCriteria(list ...Criterion) Criteria {
	c, err := NewCriteria(list...)
	if err != nil {
		panic(err)
	}
	return c
}

// Score is what a screening came to: Points of the Of that were possible, exactly. The zero Score is none.
type Score struct {
	Total  decimal.Decimal `json:"total" class:"private"`
	Of     decimal.Decimal `json:"of" class:"private"`
	Points []Point         `json:"points,omitempty" class:"private"` // one for each criterion, in their order
}

// Point is what one criterion gave: Weight times Share.
type Point struct {
	Criterion string          `json:"criterion" class:"public"`
	Answer    string          `json:"answer,omitempty" class:"private"` // as given; empty where none was
	Weight    decimal.Decimal `json:"weight" class:"public"`
	Share     decimal.Decimal `json:"share" class:"private"`
	Points    decimal.Decimal `json:"points" class:"private"`
	Why       string          `json:"why" class:"private"` // "from 3 on", "is one of the answers", "no answer"
}

// Score judges answers by name. Nothing is rounded. An answer that is missing is worth nothing and is said to be missing; one that is not a
// number where one is wanted, and one that no criterion asks for, is a fault (RuleCriteria).
func (c Criteria) Score(answers map[string]string) (Score, error) {
	var faults hr.Faults
	var s Score
	asked := map[string]bool{}
	for _, x := range c.list {
		asked[x.Name] = true
		p := Point{Criterion: x.Name, Weight: x.Weight, Answer: answers[x.Name]}
		p.Share, p.Why = x.judge(&faults, p.Answer)
		p.Points = p.Weight.Mul(p.Share)
		s.Total, s.Of, s.Points = s.Total.Add(p.Points), s.Of.Add(p.Weight), append(s.Points, p)
	}
	var stray []string
	for name := range answers {
		if !asked[name] {
			stray = append(stray, name)
		}
	}
	slices.Sort(stray)
	for range stray { // what was asked is not repeated: it may be what must not be asked
		faults.Add("answers", RuleCriteria, "has an answer that no criterion asks for")
	}
	if faults.Any() {
		return Score{}, faults.Err()
	}
	return s, nil
}

func (c Criterion) judge(f *hr.Faults, answer string) (share decimal.Decimal, why string) {
	if answer == "" {
		return share, "no answer"
	}
	if len(c.Answers) > 0 {
		for _, a := range c.Answers {
			if a.Answer == answer {
				return a.Share, "is one of the answers"
			}
		}
		return share, "is none of the answers"
	}
	number, err := hr.ParseDecimal(answer)
	if err != nil {
		f.Add("answers."+c.Name, RuleCriteria, "must be a number")
		return share, ""
	}
	why = fmt.Sprintf("is below %s", c.Bands[0].From)
	for _, b := range c.Bands {
		if number.GreaterThanOrEqual(b.From) {
			share, why = b.Share, fmt.Sprintf("from %s on", b.From)
		}
	}
	return share, why
}

// Screen scores an application by the criteria of the policy and keeps the score, in place of one before, with what each point was for.
// Without criteria, and for an application that has ended, it is refused (RuleCriteria, RuleApplicationStage).
func (s Service) Screen(ctx context.Context, cmd hr.Command, id ApplicationID, answers map[string]string) error {
	return s.onApplication(ctx, cmd, "recruitment.Screen", "screened", id, answers, func(_ hr.Command, a *Application, f *hr.Faults) {
		if len(s.Policy.Criteria.list) == 0 {
			f.Missing("criteria", RuleCriteria)
		}
		score, err := s.Policy.Criteria.Score(answers)
		f.Join("", err)
		a.Score = score
	})
}
