package recruitment

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// MatchWeights says what each thing that two records share is worth, and from which sum on they are shown as perhaps one person. The
// zero MatchWeights is [DefaultMatchWeights].
type MatchWeights struct {
	Email    decimal.Decimal
	Phone    decimal.Decimal
	NameBorn decimal.Decimal // the name together with the birth date; neither alone says enough
	From     decimal.Decimal // the lowest sum that is shown; zero shows whatever shares anything
}

// DefaultMatchWeights are ours: an address is nearly always one person's, a telephone is shared in families, a name with a birth date
// stands between the two.
func DefaultMatchWeights() MatchWeights {
	return MatchWeights{Email: decimal.NewFromInt(60), Phone: decimal.NewFromInt(30), NameBorn: decimal.NewFromInt(50)}
}

// Match says that a record may be the same person, how much speaks for it, and what.
type Match struct {
	Candidate CandidateID
	Score     decimal.Decimal // the sum of the points
	Points    []MatchPoint    // what both share, in the order email, phone, name and birth date
}

// MatchPoint is one thing that both records share. It names the thing and never its value.
type MatchPoint struct {
	On     string // "email", "phone", "name and birth date"
	Weight decimal.Decimal
}

// The things that are compared, by the prefix of their key.
const (
	onEmail    = "email"
	onPhone    = "phone"
	onNameBorn = "name and birth date"
)

// MatchKeys returns what the same person would be found by, sorted:
//
//   - the address without blanks, in lower case, and without what stands between a plus and the @;
//   - the last nine digits of the telephone, so that a country code and a leading zero do not matter; fewer digits are no key;
//   - the words of the name in lower case, in the order of the alphabet and without marks of punctuation, with the birth date.
func MatchKeys(p hr.Person) []string {
	var keys []string
	email := strings.ToLower(strings.Join(strings.Fields(p.Email), ""))
	if user, host, ok := strings.Cut(email, "@"); ok {
		user, _, _ = strings.Cut(user, "+")
		keys = append(keys, onEmail+":"+user+"@"+host)
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, p.Phone)
	if len(digits) >= 9 {
		keys = append(keys, onPhone+":"+digits[len(digits)-9:])
	}
	words := strings.FieldsFunc(strings.ToLower(p.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if len(words) > 0 && !p.Born.IsZero() {
		slices.Sort(words)
		keys = append(keys, onNameBorn+":"+strings.Join(words, " ")+" "+p.Born.String())
	}
	slices.Sort(keys)
	return keys
}

// Compare says how much speaks for two records being one person; ok is false where the sum is below w.From or nothing is shared.
func (w MatchWeights) Compare(a, b Candidate) (m Match, ok bool) {
	if w == (MatchWeights{}) {
		w = DefaultMatchWeights()
	}
	m.Candidate = b.ID
	for _, p := range []MatchPoint{{onEmail, w.Email}, {onPhone, w.Phone}, {onNameBorn, w.NameBorn}} {
		if slices.ContainsFunc(a.Keys, func(k string) bool { return strings.HasPrefix(k, p.On+":") && slices.Contains(b.Keys, k) }) {
			m.Points = append(m.Points, p)
			m.Score = m.Score.Add(p.Weight)
		}
	}
	return m, len(m.Points) > 0 && m.Score.GreaterThanOrEqual(w.From)
}

// Duplicates returns the other records that may be the same person as a candidate, the likeliest first, then by id. Records that are
// merged or erased are not among them. A person decides, and merges ([Service.MergeCandidates]).
func (s Service) Duplicates(ctx context.Context, v hr.View, id CandidateID) ([]Match, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Duplicates"); err != nil {
		return nil, err
	}
	c, err := s.candidate(ctx, id)
	if err != nil {
		return nil, err
	}
	seen := map[CandidateID]bool{id: true}
	var found []Match
	for _, key := range c.Keys {
		others, err := s.Candidates.CandidatesWith(ctx, key, "", 0)
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			if seen[o.ID] || o.MergedInto != "" {
				continue
			}
			seen[o.ID] = true
			if m, ok := s.Policy.Match.Compare(c, o); ok {
				found = append(found, m)
			}
		}
	}
	slices.SortFunc(found, func(a, b Match) int { return cmp.Or(b.Score.Cmp(a.Score), cmp.Compare(a.Candidate, b.Candidate)) })
	return found, nil
}
