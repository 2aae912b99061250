package attendance

import (
	"math"

	"github.com/musterhr/hr"
)

// Place is a point on the map, in millionths of a degree. The zero Place is none: nobody clocks in on the Gulf of Guinea.
type Place struct {
	Latitude  int64 `json:"latitude" class:"private"`  // north is positive, at most 90,000,000
	Longitude int64 `json:"longitude" class:"private"` // east is positive, at most 180,000,000
}

// IsZero reports whether there is no place.
func (p Place) IsZero() bool { return p == Place{} }

// Validate returns a [hr.FieldError] with RulePlace for a point that is not on the map.
func (p Place) Validate() error {
	if p.Latitude < -90e6 || p.Latitude > 90e6 || p.Longitude < -180e6 || p.Longitude > 180e6 {
		return &hr.FieldError{Rule: RulePlace, Reason: "must be a point on the map, in millionths of a degree"}
	}
	return nil
}

// Metres returns the distance to another place over a globe of 6,371,009 metres, to the nearest metre: good to half a percent, which
// is more than a phone knows.
func (p Place) Metres(o Place) int {
	rad := func(micro int64) float64 { return float64(micro) / 1e6 * math.Pi / 180 }
	lat, lon := math.Sin(rad(o.Latitude-p.Latitude)/2), math.Sin(rad(o.Longitude-p.Longitude)/2)
	h := lat*lat + math.Cos(rad(p.Latitude))*math.Cos(rad(o.Latitude))*lon*lon
	return int(math.Round(2 * 6371009 * math.Asin(math.Min(1, math.Sqrt(h)))))
}

// Site is where people come to work. A site without a radius has no fence.
type Site struct {
	ID     string
	Place  Place
	Radius int // metres, 0 to 100,000
}

// Validate returns [hr.FieldError]s: no ID (RuleSiteID), a radius out of range or without a place (RuleSiteRadius), a place that is none.
func (s Site) Validate() error {
	var faults hr.Faults
	if s.ID == "" {
		faults.Missing("id", RuleSiteID)
	}
	faults.Join("place", s.Place.Validate())
	if s.Radius < 0 || s.Radius > 100000 || s.Radius > 0 && s.Place.IsZero() {
		faults.Add("radius", RuleSiteRadius, "must be 0 to 100000 metres around a place")
	}
	return faults.Err()
}

// Has reports whether a place is inside the fence: at most Radius away. Where the site has no fence, or the punch says no place, nothing
// can be said against it.
func (s Site) Has(p Place) bool {
	return s.Radius == 0 || p.IsZero() || s.Place.Metres(p) <= s.Radius
}

// Geofence says what a punch outside the fence of its site is worth. The zero Geofence counts it, and the day shows an exception.
type Geofence struct {
	Discard bool // it does not count, like one outside the window
}
