package main

import (
	"io"

	"github.com/musterhr/hr/internal/icalendar"
)

// calendarTopics are the files of calendar programs, read strictly.
func calendarTopics() register {
	return formatTopics(nil, map[string]reader{
		"ics": func(r io.Reader) (map[string]any, error) {
			c, err := icalendar.Read(r)
			return map[string]any{"events": c.Count("VEVENT")}, err
		},
	})
}
