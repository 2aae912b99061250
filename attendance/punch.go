package attendance

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/musterhr/hr"
)

// PunchID names one punch for ever; see [Punch.Derive].
type PunchID string

// Direction says whether somebody came or went. The empty direction is unknown: the reader cannot tell.
type Direction string

// The directions that are known.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// PunchSource says how a punch reached us. The empty source is not stated.
type PunchSource string

// The sources of a punch.
const (
	FromDevice     PunchSource = "device"
	FromWeb        PunchSource = "web"
	FromImport     PunchSource = "import"
	FromCorrection PunchSource = "correction" // only [Service.Correct] writes it
)

// Punch is one reading of a clock: somebody came or went at an instant. It is a fact: it is never edited, and a wrong one
// is voided by another entry. The zero Punch is none.
type Punch struct {
	ID         PunchID       `json:"id" class:"public"` // empty before it is recorded: see [Punch.Derive]
	Employee   hr.EmployeeID `json:"employee" class:"public"`
	At         time.Time     `json:"at" class:"private"` // counted from the start of its minute
	Direction  Direction     `json:"direction,omitempty" class:"private"`
	Device     string        `json:"device,omitempty" class:"public"`
	DeviceSeq  int64         `json:"device_seq,omitempty" class:"public"` // the device's own number of the reading; zero where it has none
	Site       string        `json:"site,omitempty" class:"private"`
	Place      Place         `json:"place,omitzero" class:"private"` // where the reader was, if it knows
	Source     PunchSource   `json:"source,omitempty" class:"public"`
	ApprovedBy hr.ActorID    `json:"approved_by,omitempty" class:"public"` // who regularised it; only with FromCorrection
}

// Derive returns the id under which p is the same punch however often it is sent:
//
//   - with a device and its sequence number, "d:DEVICE:SEQUENCE";
//   - without, "e:EMPLOYEE:INSTANT", the instant in UTC to the nanosecond, and ":in" or ":out" where the direction is known: a
//     clock that shows no seconds may say that somebody went and came at one instant.
//
// Names are escaped like parts of a URL path, so that two ids are the same only where these parts are. Nobody comes twice at one
// instant: two readings that share an id and say different things are not both right, and are refused.
func (p Punch) Derive() PunchID {
	if p.Device != "" && p.DeviceSeq != 0 {
		return PunchID("d:" + escape(p.Device) + ":" + strconv.FormatInt(p.DeviceSeq, 10))
	}
	id := "e:" + escape(string(p.Employee)) + ":" + p.At.UTC().Format(time.RFC3339Nano)
	if p.Direction != "" {
		id += ":" + escape(string(p.Direction))
	}
	return PunchID(id)
}

func escape(s string) string { return strings.ReplaceAll(url.PathEscape(s), ":", "%3A") }

// Ref returns the evidence for p. Its id names it for ever, so the reference needs no knowledge number.
func (p Punch) Ref() hr.Ref { return hr.Ref{Kind: "punch", ID: string(p.ID)} }

// Equal reports whether p and o say the same, at the same instant in whatever zone each is written.
func (p Punch) Equal(o Punch) bool {
	same := p.At.Equal(o.At)
	p.At, o.At = time.Time{}, time.Time{}
	return same && p == o
}

// Validate returns every fault of p as [hr.FieldError]s: no employee, no instant, an unknown direction or source, a sequence
// number without a device.
func (p Punch) Validate() error {
	var faults hr.Faults
	if p.Employee == "" {
		faults.Missing("employee", RulePunchEmployee)
	}
	if p.At.IsZero() {
		faults.Missing("at", RulePunchAt)
	}
	switch p.Direction {
	case "", In, Out:
	default:
		faults.Add("direction", RulePunchDirection, "must be in, out, or empty where it is unknown")
	}
	if p.DeviceSeq < 0 {
		faults.Add("device_seq", RulePunchDevice, "must not be negative")
	}
	if p.DeviceSeq > 0 && p.Device == "" {
		faults.Missing("device", RulePunchDevice)
	}
	faults.Join("place", p.Place.Validate())
	switch p.Source {
	case "", FromDevice, FromWeb, FromImport, FromCorrection:
	default:
		faults.Add("source", RulePunchSource, "must be device, web, import or correction")
	}
	return faults.Err()
}

// minute is the minute that the punch counts from: seconds are cut off, so that stretches of time are whole minutes and add up.
func (p Punch) minute() time.Time { return p.At.Truncate(time.Minute) }

// day is the UTC day of the instant: the civil day under which the store keeps the punch. The work day that owns it is
// decided by [Assign], from at most [spill] days away.
func (p Punch) day() hr.Date { return hr.DateOf(p.At, time.UTC) }

// inOrder returns the punches by instant, each id once, an id derived where there is none: the list itself where it is so already, else a
// copy. At one instant who goes comes before who comes, so that one stretch of work ends before the next begins.
func inOrder(punches []Punch) []Punch {
	if len(punches) == 0 {
		return nil
	}
	ordered := true
	for i := range punches {
		p := &punches[i]
		ordered = ordered && p.ID != "" && (i == 0 || punches[i-1].compare(p) < 0)
	}
	if ordered {
		return punches
	}
	sorted := slices.Clone(punches)
	for i := range sorted {
		sorted[i].ID = sorted[i].id()
	}
	slices.SortFunc(sorted, comparePunches)
	return slices.CompactFunc(sorted, func(a, b Punch) bool { return a.ID == b.ID })
}

func comparePunches(a, b Punch) int { return a.compare(&b) }

// compare orders punches by instant; at one instant who goes comes first.
func (p *Punch) compare(o *Punch) int {
	if c := p.At.Compare(o.At); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(p.Direction.rank(), o.Direction.rank()), cmp.Compare(p.ID, o.ID))
}

// few is how many punches are compared with each other rather than through a map: a day has a handful.
const few = 12

// checkIDs reports the punches whose id another punch before them has, in these lists in their order: one id is one punch, or evidence
// would be ambiguous.
func checkIDs(faults *hr.Faults, paths []string, lists ...[]Punch) {
	type named struct {
		id    PunchID
		punch *Punch
	}
	total := 0
	for _, l := range lists {
		total += len(l)
	}
	if total < 2 {
		return
	}
	var handful [few]named
	all := handful[:0]
	var seen map[PunchID]*Punch
	if total > few {
		seen = make(map[PunchID]*Punch, total)
	}
	for n, list := range lists {
		for i := range list {
			p := named{list[i].id(), &list[i]}
			before := seen[p.id]
			if seen == nil {
				for _, o := range all {
					if o.id == p.id {
						before = o.punch
						break
					}
				}
				all = append(all, p)
			}
			switch {
			case before == nil && seen != nil:
				seen[p.id] = p.punch
			case before != nil && !before.sameAs(*p.punch):
				faults.Add(fmt.Sprintf("%s[%d].id", paths[n], i), RulePunchID, "is the id of another punch")
			}
		}
	}
}

// id returns the id of p, derived where it has none.
func (p *Punch) id() PunchID {
	if p.ID == "" {
		return p.Derive()
	}
	return p.ID
}

// sameAs reports whether two punches of one id say the same, whether it was given or derived.
func (p Punch) sameAs(o Punch) bool {
	p.ID, o.ID = "", ""
	return p.Equal(o)
}

func (d Direction) rank() int {
	switch d {
	case Out:
		return 0
	case In:
		return 1
	}
	return 2
}
