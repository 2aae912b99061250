package company

import (
	"time"

	"github.com/rickar/cal/v2"
)

var nationalHolidays = map[string]func() []*cal.Holiday{"IN": func() []*cal.Holiday {
	return []*cal.Holiday{{Name: "Gandhi Jayanti", Month: time.October, Day: 2, Func: cal.CalcDayOfMonth}}
}}
