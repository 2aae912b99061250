package hr

import (
	"database/sql/driver"
	"fmt"
)

// TimeOfDay is a wall-clock time without a day or a zone, to the second, from 00:00 to 24:00. The zero value is
// midnight at the start of the day; 24:00 is midnight at its end, for shifts that close there.
type TimeOfDay struct {
	s int32
}

// NewTimeOfDay returns the time, or a [FieldError] with RuleTimeOfDayInvalid outside 00:00:00 to 24:00:00.
func NewTimeOfDay(hour, minute, second int) (TimeOfDay, error) {
	if hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59 || hour > 24 || hour == 24 && minute+second > 0 {
		return TimeOfDay{}, badTimeOfDay()
	}
	return TimeOfDay{int32(hour*3600 + minute*60 + second)}, nil
}

// ParseTimeOfDay reads "22:00" or "22:00:30".
func ParseTimeOfDay(text string) (TimeOfDay, error) {
	var h, m, s int
	ok := [5]bool{true, true, true, true, true}
	switch len(text) {
	case 8:
		s, ok[2] = digits(text[6:8])
		ok[3] = text[5] == ':'
		fallthrough
	case 5:
		h, ok[0] = digits(text[0:2])
		m, ok[1] = digits(text[3:5])
		ok[4] = text[2] == ':'
		if ok == [5]bool{true, true, true, true, true} {
			return NewTimeOfDay(h, m, s)
		}
	}
	return TimeOfDay{}, badTimeOfDay()
}

// MustTimeOfDay is [ParseTimeOfDay] for literals in tests and package-level tables; it panics on a fault.
func MustTimeOfDay(text string) TimeOfDay {
	t, err := ParseTimeOfDay(text)
	if err != nil {
		panic(err)
	}
	return t
}

func badTimeOfDay() error {
	return &FieldError{Rule: RuleTimeOfDayInvalid, Reason: "must be a time from 00:00 to 24:00, written HH:MM or HH:MM:SS"}
}

// Seconds returns the wall-clock seconds since the start of the day, 0 to 86400.
func (t TimeOfDay) Seconds() int { return int(t.s) }

// Compare returns -1, 0 or +1 as t is before, at or after o.
func (t TimeOfDay) Compare(o TimeOfDay) int { return int(max(-1, min(1, t.s-o.s))) }

// String returns "HH:MM", with ":SS" only where there are seconds.
func (t TimeOfDay) String() string {
	b := appendPadded(make([]byte, 0, 8), int(t.s/3600), 2)
	b = appendPadded(append(b, ':'), int(t.s/60%60), 2)
	if t.s%60 != 0 {
		b = appendPadded(append(b, ':'), int(t.s%60), 2)
	}
	return string(b)
}

// MarshalText returns the form of [TimeOfDay.String].
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the form of [ParseTimeOfDay].
func (t *TimeOfDay) UnmarshalText(b []byte) error {
	v, err := ParseTimeOfDay(string(b))
	if err == nil {
		*t = v
	}
	return err
}

// Value stores the text form.
func (t TimeOfDay) Value() (driver.Value, error) { return t.String(), nil }

// Scan reads what [TimeOfDay.Value] stored.
func (t *TimeOfDay) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return t.UnmarshalText([]byte(v))
	case []byte:
		return t.UnmarshalText(v)
	}
	return &FieldError{Rule: RuleTimeOfDayInvalid, Reason: fmt.Sprintf("cannot be read from a column of type %T", src)}
}
