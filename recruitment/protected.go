package recruitment

import (
	"slices"
	"strings"
	"unicode"

	"github.com/musterhr/hr"
)

// Attribute is something about a person that must not count when somebody is chosen, and the words by which a criterion about it is known.
type Attribute struct {
	Name  string
	Words []string // in lower case; one that ends in * begins the word, several words follow each other
	Law   string   // where it is protected, as examples: ask your own counsel what else is
}

// Protected lists the attributes that no criterion and no rating may be about, each with the laws that say so. It covers what the four
// jurisdictions of this module and the European Union have in common and what some of them add; a house may refuse more and not less.
func Protected() []Attribute {
	return []Attribute{
		{"age", []string{"age", "aged", "birth*", "born", "dob", "graduation year", "year of graduation"}, "29 USC 623; Equality Act 2010 s.5; CHRA s.3; Directive 2000/78/EC art.1"},
		{"sex and gender", []string{"gender*", "sex", "male", "female", "man", "woman", "men", "women", "transgender*"}, "42 USC 2000e-2; Equality Act 2010 ss.7, 11; CHRA s.3; Constitution of India art.16(2); Transgender Persons Act 2019 s.3"},
		{"sexual orientation", []string{"sexual*", "lgbt*"}, "Equality Act 2010 s.12; CHRA s.3; Directive 2000/78/EC art.1"},
		{"religion or belief", []string{"religio*", "faith", "belief*", "church"}, "42 USC 2000e-2; Equality Act 2010 s.10; CHRA s.3; Constitution of India art.16(2)"},
		{"caste", []string{"caste*", "jati", "tribe*", "tribal"}, "Constitution of India arts.15, 16(2)"},
		{"race, colour and ethnic origin", []string{"race", "racial*", "skin", "colour", "color", "ethnic*", "ancestry"}, "42 USC 2000e-2; Equality Act 2010 s.9; CHRA s.3; Directive 2000/43/EC art.1"},
		{"nationality and origin", []string{"nationalit*", "national origin", "citizenship", "mother tongue", "native language", "native speaker", "native country", "immigration status"}, "42 USC 2000e-2; 8 USC 1324b; Equality Act 2010 s.9; CHRA s.3"},
		{"marriage and family", []string{"marital*", "married", "marriage*", "spouse*", "has children", "number of children", "family status", "family plans", "maiden", "divorced", "widow*"}, "Equality Act 2010 s.8; CHRA s.3"},
		{"pregnancy and maternity", []string{"pregnan*", "maternity", "paternity"}, "42 USC 2000e(k); Equality Act 2010 s.18; Code on Social Security 2020 (India) s.59"},
		{"disability and health", []string{"disab*", "handicap*", "health status", "health condition", "state of health", "illness*", "sickness", "sick days", "medical history", "medical condition*", "genetic information", "genetic test*"}, "42 USC 12112; 42 USC 2000ff-1; Equality Act 2010 s.6; CHRA s.3; Rights of Persons with Disabilities Act 2016 s.20"},
		{"union and politics", []string{"union member*", "trade union", "political opinion*", "political belief*", "political party"}, "29 USC 158; TULRCA 1992 s.137; Regulation (EU) 2016/679 art.9"},
		{"looks", []string{"photo", "photograph", "picture", "appearance", "height", "weight"}, "a proxy of sex, race, age and disability"},
	}
}

// protectedBy returns the attribute that a name is about.
func protectedBy(name string) (a Attribute, found bool) {
	words := wordsOf(name)
	for _, a := range Protected() {
		for _, w := range a.Words {
			if begins(words, strings.Fields(w)) {
				return a, true
			}
		}
	}
	return Attribute{}, false
}

// begins reports whether a phrase stands in a list of words.
func begins(words, phrase []string) bool {
	for at := 0; at+len(phrase) <= len(words); at++ {
		if slices.EqualFunc(words[at:at+len(phrase)], phrase, func(word, p string) bool {
			stem, open := strings.CutSuffix(p, "*")
			return word == p || open && strings.HasPrefix(word, stem)
		}) {
			return true
		}
	}
	return false
}

// wordsOf splits a name into words in lower case: at what is no letter, and where a capital follows a small letter.
func wordsOf(name string) []string {
	var b strings.Builder
	small := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && small:
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		small = unicode.IsLower(r)
	}
	return strings.Fields(b.String())
}

// refuseProtected adds a fault for a name that is about a protected attribute.
func refuseProtected(f *hr.Faults, at, name string) {
	if a, found := protectedBy(name); found {
		f.Add(at, RuleProtected, "is about %s, which must not count: %s", a.Name, a.Law)
	}
}
