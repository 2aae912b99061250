package formula

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/musterhr/hr"
)

// What a text may hold. Each is a fault with RuleBudget, never a panic.
const (
	MaxText       = 1 << 20 // bytes of one text
	MaxStatements = 20_000  // statements of one program
	MaxDepth      = 200     // how deep an expression nests
	MaxNodes      = 10_000  // parts of one expression
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokName
	tokNumber
	tokString
	tokDate
	tokMark // punctuation and operators
)

type token struct {
	kind tokenKind
	text string
	pos  Pos
}

func (t token) String() string {
	switch t.kind {
	case tokEnd:
		return "the end of the statement"
	case tokString:
		return `"` + t.text + `"`
	}
	return "`" + t.text + "`"
}

// lexed is one statement as tokens.
type lexed struct {
	begins   int // the line, in whose first column it does it begins, in the first column
	tokens   []token
	comments []string
	inline   map[int]string // comment behind the code of a line, by line number
	blank    bool
	broken   bool // a fault was reported already
}

// lex splits a text into statements: one begins at each line with a first character that is no space and no comment.
func lex(file, text string, fs *faults) (stmts []*lexed, tail []string) {
	var pending []string
	var cur *lexed
	blank, gap := false, false // an empty line before the pending comments; since the last of them
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for n, line := range strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n") {
		pos := Pos{n + 1, 1}
		trimmed := strings.TrimLeft(line, " \t")
		indent := len(line) - len(trimmed)
		switch {
		case strings.TrimSpace(line) == "":
			gap = true
			continue
		case trimmed[0] == '#':
			if gap && len(pending) == 0 {
				blank = true
			} else if gap {
				pending = append(pending, "")
			}
			gap = false
			pending = append(pending, comment(file, trimmed, Pos{n + 1, indent + 1}, fs))
			continue
		case indent == 0:
			if len(pending) == 0 {
				blank = gap
			} else if gap {
				pending = append(pending, "")
			}
			cur = &lexed{begins: n + 1, comments: pending, blank: blank && len(stmts) > 0, inline: map[int]string{}}
			stmts = append(stmts, cur)
		case cur == nil:
			fs.add(file, Pos{n + 1, indent + 1}, RuleStatement, "begin a statement in the first column", "an indented line continues a statement, and none has begun")
			gap = false
			continue
		default: // a comment block in the middle of a statement belongs to it
			cur.comments = append(cur.comments, without(pending)...)
		}
		pending, blank, gap = nil, false, false
		if !cur.broken {
			cur.broken = !cur.line(file, line, pos, fs)
		}
	}
	return stmts, pending
}

func without(comments []string) []string {
	var kept []string
	for _, c := range comments {
		if c != "" {
			kept = append(kept, c)
		}
	}
	return kept
}

// comment returns the words behind the #; an empty comment is kept as one.
func comment(file, s string, at Pos, fs *faults) string {
	for _, r := range s {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\t' {
			fs.add(file, at, RuleCharacter, "", "the comment holds a character that cannot be printed")
			break
		}
	}
	return strings.TrimSpace("# " + strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(s, "#"), "\t", " ")))
}

var marks = []string{"->", "<=", ">=", "!=", "==", "<>", "&&", "||"}

// line reads the tokens of one line; false after a fault.
func (l *lexed) line(file, s string, pos Pos, fs *faults) bool {
	counted, column := 0, pos.Column // characters up to counted
	for i := 0; i < len(s); {
		column += utf8.RuneCountInString(s[counted:i])
		counted = i
		at := Pos{pos.Line, column}
		c := s[i]
		switch {
		case c == ' ' || c == '\t':
			i++
		case c == '#':
			l.inline[pos.Line] = comment(file, s[i:], at, fs)
			return true
		case isLetter(c):
			n := nameLen(s[i:])
			l.tokens = append(l.tokens, token{tokName, s[i : i+n], at})
			i += n
		case isDigit(c):
			n, kind, problem := numberLen(s[i:])
			if problem != "" {
				rule := RuleNumber
				if kind == tokDate {
					rule = RuleDate
				}
				fs.add(file, at, rule, "", "%s", problem)
				return false
			}
			l.tokens = append(l.tokens, token{kind, s[i : i+n], at})
			i += n
		case c == '"':
			n := strings.IndexByte(s[i+1:], '"')
			if n < 0 {
				fs.add(file, at, RuleString, `close it with " on the same line`, "a text has no closing quote")
				return false
			}
			body := s[i+1 : i+1+n]
			for _, r := range body {
				if r == utf8.RuneError || unicode.IsControl(r) {
					fs.add(file, at, RuleCharacter, "", "the text holds a character that cannot be printed")
					return false
				}
			}
			l.tokens = append(l.tokens, token{tokString, body, at})
			i += n + 2
		default:
			mark := ""
			for _, m := range marks {
				if strings.HasPrefix(s[i:], m) {
					mark = m
				}
			}
			if mark == "" && strings.IndexByte("+-*/%()<>=:,", c) >= 0 {
				mark = string(c)
			}
			if mark == "" {
				r, _ := utf8.DecodeRuneInString(s[i:])
				fs.add(file, at, RuleCharacter, characterHint(r), "no formula has the character %q", r)
				return false
			}
			l.tokens = append(l.tokens, token{tokMark, mark, at})
			i += len(mark)
		}
	}
	return true
}

func characterHint(r rune) string {
	switch r {
	case '×', '·':
		return "write * to multiply"
	case '÷':
		return "write / to divide"
	case '“', '”', '\'', '‘', '’':
		return `write a text in straight double quotes: "MH"`
	case '–', '—', '−':
		return "write - for minus"
	case '≤':
		return "write <="
	case '≥':
		return "write >="
	case '≠', '!':
		return "write != for different, not for the opposite"
	case '{', '[':
		return "write ( ) around a part of a formula"
	}
	return "names are written with the letters a to z, digits and _"
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// nameLen measures a name: words of letters, digits and _, joined by dots.
func nameLen(s string) int {
	i := 0
	for i < len(s) && (isLetter(s[i]) || isDigit(s[i]) || s[i] == '.' && i+1 < len(s) && isLetter(s[i+1])) {
		i++
	}
	return i
}

// numberLen measures a number or a date, or says what is wrong with it.
func numberLen(s string) (n int, kind tokenKind, problem string) {
	if looksLikeDate(s) {
		if _, err := hr.ParseDate(s[:10]); err != nil {
			return 0, tokDate, fmt.Sprintf("%s is not a day of the calendar", s[:10])
		}
		return 10, tokDate, ""
	}
	i, point := 0, false
	for i < len(s) && (isDigit(s[i]) || s[i] == '_' || s[i] == '.') {
		switch {
		case s[i] == '.' && point:
			return 0, tokNumber, "a number has one decimal point"
		case s[i] == '.':
			point = true
		}
		if !isDigit(s[i]) && (!isDigit(s[i-1]) || i+1 == len(s) || !isDigit(s[i+1])) {
			return 0, tokNumber, "a point or a _ in a number stands between two digits"
		}
		i++
	}
	if i < len(s) && isLetter(s[i]) {
		return 0, tokNumber, "a number and a word need a space between them, and a name begins with a letter"
	}
	if i < len(s) && s[i] == ',' && digitGroup(s[i+1:]) {
		return 0, tokNumber, "a comma does not group digits: write 12_00_000; between two values put a space behind the comma"
	}
	whole := strings.ReplaceAll(s[:i], "_", "")
	places := 0
	if dot := strings.IndexByte(whole, '.'); dot >= 0 {
		places = len(whole) - dot - 1
		whole = whole[:dot]
	}
	if len(whole) > maxWhole || places > maxPlaces {
		return 0, tokNumber, fmt.Sprintf("a number has at most %d digits before the point and %d behind it", maxWhole, maxPlaces)
	}
	return i, tokNumber, ""
}

// digitGroup reports whether s begins with exactly two or three digits: the next group of 12,00,000 or 1,200.
func digitGroup(s string) bool {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n == 2 || n == 3
}

func looksLikeDate(s string) bool {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || len(s) > 10 && (isDigit(s[10]) || s[10] == '_') {
		return false
	}
	for _, i := range []int{0, 1, 2, 3, 5, 6, 8, 9} {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}
