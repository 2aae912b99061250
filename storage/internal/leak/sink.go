// Package leak tells the story of one person from the requisition to their erasure, with values that nobody else has and with everything that can go wrong on the way, and
// looks for these values in whatever is printed, logged, traced, counted or given to somebody else.
package leak

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"sync"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// What nobody else has, so that it is found wherever it stands.
const (
	Salary      = "73731.37"
	Raise       = "84842.48"
	Expectation = "69691.91"
	Notice      = "55115.55"
	PAN         = "PLNTD7171Z"
	Visa        = "V-7171717"
	Account     = "771771771771"
)

// From the rules of the story: a salary of 73731.37 has a fund of 12% = 8847.7644, to the rupee 8848, and so 64883.37 net. The raise is 11111.11 more. Amounts in units of
// 0.01 too.
var planted = []string{
	Salary, "7373137", Raise, "8484248", Expectation, "6969191", Notice, "5511555", PAN, Visa, Account, "64883.37", "6488337", "11111.11", "1111111",
}

// Leaks returns which planted values stand in what was printed.
func Leaks(printed string) (found []string) {
	for _, text := range planted {
		if at(printed, text) >= 0 || strings.Contains(printed, fmt.Sprintf("%x", text)) {
			found = append(found, text)
		}
	}
	return found
}

// Around shows where the first leak is.
func Around(printed string) string {
	for _, text := range planted {
		if i := at(printed, text); i >= 0 {
			return printed[max(0, i-300):min(len(printed), i+60)]
		}
	}
	return ""
}

// at returns where a text stands, or -1. Seven digits come up by chance inside of a digest or of the address of a value that %d prints, so that digits alone stand only
// where none and no letter of a hexadecimal number is next to them.
func at(printed, text string) int {
	const digits = "0123456789"
	alone := strings.Trim(text, digits) == ""
	for from := 0; ; {
		i := strings.Index(printed[from:], text)
		if i < 0 {
			return -1
		}
		i += from
		after := i + len(text)
		if !alone || !(i > 0 && strings.IndexByte(digits+"abcdef", printed[i-1]) >= 0) && !(after < len(printed) && strings.IndexByte(digits+"abcdef", printed[after]) >= 0) {
			return i
		}
		from = i + 1
	}
}

// Sink is where a host's log goes, and everything that is printed.
type Sink struct {
	mu   sync.Mutex
	text bytes.Buffer
	Log  *slog.Logger
}

// NewSink returns an empty sink.
func NewSink() *Sink {
	s := &Sink{}
	s.Log = slog.New(slog.NewJSONHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	return s
}

// Write implements io.Writer.
func (s *Sink) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String is all that was printed.
func (s *Sink) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *Sink) printf(format string, args ...any) { _, _ = fmt.Fprintf(s, format, args...) }

// See prints a value in every way that a careless host might. A list is not given to a JSON log: that is json.Marshal, which nothing tells from the
// export that somebody entitled makes of payslips and terms.
func (s *Sink) See(what string, v any) {
	if reflect.ValueOf(v).Kind() != reflect.Slice {
		s.Log.Info(what, "value", v, slog.Any("group", slog.GroupValue(slog.Any("inner", v))))
	}
	slog.New(slog.NewTextHandler(s, nil)).Info(what, "value", v)
	s.printf("%s: %v %+v %#v %s %q %d %x\n", what, v, v, v, v, v, v, v)
	if err, ok := v.(error); ok {
		for _, f := range hr.FieldErrors(err) {
			s.See(what+" field", *f)
		}
		var denied *storage.DeniedError
		if errors.As(err, &denied) {
			s.See(what+" denied", *denied)
		}
		for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
			s.printf("%v %+v %#v\n", inner, inner, inner)
		}
	}
	raw, err := json.Marshal(v)
	if _, ok := v.(error); ok || err != nil {
		s.printf("%s %v\n", raw, err)
	}
}
