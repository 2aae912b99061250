package recruitment_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func criteria() recruitment.Criteria {
	return recruitment.MustCriteria(
		recruitment.Criterion{Name: "years", Title: "Years in a laboratory", Weight: dec("30"), Bands: []recruitment.BandShare{{From: dec("1"), Share: dec("0.5")}, {From: dec("3"), Share: dec("1")}}},
		recruitment.Criterion{Name: "degree", Title: "Degree", Weight: dec("50"), Answers: []recruitment.AnswerShare{{Answer: "msc", Share: dec("1")}, {Answer: "bsc", Share: dec("0.7")}}},
		recruitment.Criterion{Name: "notice", Title: "Days of notice", Weight: dec("20.5"), Bands: []recruitment.BandShare{{From: dec("0"), Share: dec("1")}, {From: dec("31"), Share: dec("0")}}},
	)
}

// Each point is said: 30 x 0.5 for two years, 50 x 0.7 for the degree, 20.5 x 1 for thirty days: 15 + 35 + 20.5 = 70.5 of 100.5.
func TestScore(t *testing.T) {
	s, err := criteria().Score(map[string]string{"years": "2", "degree": "bsc", "notice": "30"})
	require.NoError(t, err)
	require.Equal(t, "70.5 of 100.5", s.Total.String()+" of "+s.Of.String())
	var said []string
	for _, p := range s.Points {
		said = append(said, strings.Join([]string{p.Criterion, p.Answer, p.Points.String(), p.Why}, "|"))
	}
	require.Equal(t, []string{"years|2|15|from 1 on", "degree|bsc|35|is one of the answers", "notice|30|20.5|from 0 on"}, said)
	for answers, want := range map[string]string{
		"years=3":         "30 from 3 on",
		"years=2.999":     "15 from 1 on",
		"years=0.5":       "0 is below 1",
		"degree=phd":      "0 is none of the answers",
		"notice=31":       "0 from 31 on",
		"notice=30.99999": "20.5 from 0 on",
	} {
		name, answer, _ := strings.Cut(answers, "=")
		s, err := criteria().Score(map[string]string{name: answer})
		require.NoError(t, err)
		for _, p := range s.Points {
			if p.Criterion == name {
				require.Equal(t, want, p.Points.String()+" "+p.Why, answers)
			} else {
				require.Equal(t, "no answer", p.Why)
				require.True(t, p.Points.IsZero())
			}
		}
	}
	_, err = criteria().Score(map[string]string{"years": "many", "religion": "secret"})
	require.Equal(t, []string{"answers.years recruitment.criteria", "answers recruitment.criteria"}, faults(err))
	require.NotContains(t, err.Error(), "secret")
}

func TestCriteriaRefused(t *testing.T) {
	_, err := recruitment.NewCriteria(
		recruitment.Criterion{Bands: []recruitment.BandShare{{From: dec("2"), Share: dec("1.1")}, {From: dec("2"), Share: dec("-0.1")}}, Answers: []recruitment.AnswerShare{{Answer: "x", Share: dec("2")}}},
		recruitment.Criterion{Name: "a", Weight: dec("1")}, recruitment.Criterion{Name: "a", Weight: dec("1"), Answers: []recruitment.AnswerShare{{Answer: "x"}}},
	)
	require.Equal(t, []string{
		"criteria[0].name recruitment.criteria", "criteria[0].weight recruitment.criteria", "criteria[0] recruitment.criteria",
		"criteria[0].answers[0] recruitment.criteria", "criteria[0].bands[0] recruitment.criteria",
		"criteria[0].bands[1] recruitment.criteria", "criteria[0].bands[1] recruitment.criteria",
		"criteria[1] recruitment.criteria", "criteria[2].name recruitment.criteria",
	}, faults(err))
	require.Panics(t, func() { recruitment.MustCriteria(recruitment.Criterion{}) })
}

// What must not count is refused by its name, its title or the class of the field it is read from, however it is written; what only
// sounds alike is not.
func TestProtectedCriteria(t *testing.T) {
	refused := func(c recruitment.Criterion) bool {
		c.Weight, c.Answers = dec("1"), []recruitment.AnswerShare{{Answer: "x", Share: dec("1")}}
		_, err := recruitment.NewCriteria(c)
		for _, f := range hr.FieldErrors(err) {
			require.Equal(t, recruitment.RuleProtected, f.Rule)
		}
		return err != nil
	}
	for _, name := range []string{
		"age", "Age_Band", "ageGroup", "date_of_birth", "dateOfBirth", "DOB", "year of graduation", "gender", "sex", "religion", "religious_belief",
		"caste", "caste-category", "tribe", "marital status", "maritalStatus", "married", "number_of_children", "pregnant", "pregnancy", "maternity_plans",
		"disability", "disabled", "health_status", "medical history", "nationality", "national_origin", "citizenship", "native language", "ethnicity", "race", "skin",
		"sexual orientation", "trade union", "political opinion", "photo", "genetic test result",
	} {
		require.True(t, refused(recruitment.Criterion{Name: name}), name)
		require.True(t, refused(recruitment.Criterion{Name: "q7", Title: "Their " + name}), name)
	}
	require.True(t, refused(recruitment.Criterion{Name: "q7", Title: "Score of form B", Class: hr.ClassSpecial}), "read from a field that is special")
	for _, name := range []string{
		"language", "management", "years_of_payroll", "stage_experience", "agency_work", "healthcare", "medical_billing", "international_tax",
		"detail orientation", "cloud native systems", "political science", "work_permit", "trace analysis", "essex_site", "storage", "racetrack safety",
	} {
		require.False(t, refused(recruitment.Criterion{Name: name, Title: name, Class: hr.ClassPrivate}), name)
	}
	for _, a := range recruitment.Protected() {
		require.NotEmpty(t, a.Law, a.Name)
		require.NotEmpty(t, a.Words, a.Name)
	}
}

func TestScreen(t *testing.T) {
	h := newHouse(hr.AllowAll)
	id := h.applied(t, h.open(t, 1))
	before := h.state(t)
	err := h.Screen(h.ctx, h.cmd(), id, nil)
	require.Equal(t, []string{"criteria recruitment.criteria"}, faults(err))
	h.Policy.Criteria = criteria()
	err = h.Screen(h.ctx, h.cmd(), id, map[string]string{"years": "x"})
	require.Equal(t, []string{"answers.years recruitment.criteria"}, faults(err))
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.Screen(h.ctx, h.cmd(), id, map[string]string{"years": "3"}))
	require.NoError(t, h.Screen(h.ctx, h.cmd(), id, map[string]string{"years": "1", "degree": "msc"}))
	require.Equal(t, "65", h.get(t, id).Score.Total.String(), "the newest counts")
	require.NoError(t, h.Reject(h.ctx, h.cmd(), id, "too late"))
	err = h.Screen(h.ctx, h.cmd(), id, map[string]string{"years": "3"})
	require.Equal(t, []string{"application recruitment.application.transition"}, faults(err))
}
