package login

import (
	"encoding/json"
	"time"
)

// sessionCodec writes what a session knows, which is texts and moments, as JSON: it is read at every request.
type sessionCodec struct{}

type sessionData struct {
	Deadline int64             `json:"deadline"`
	Texts    map[string]string `json:"texts,omitempty"`
	Moments  map[string]int64  `json:"moments,omitempty"`
}

// Encode implements scs.Codec.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	d := sessionData{Deadline: deadline.UnixNano(), Texts: map[string]string{}, Moments: map[string]int64{}}
	for name, value := range values {
		switch v := value.(type) {
		case string:
			d.Texts[name] = v
		case int64:
			d.Moments[name] = v
		}
	}
	return json.Marshal(d)
}

// Decode implements scs.Codec. What it cannot read is a session of a server before this one, and is nobody's.
func (sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var d sessionData
	if err := json.Unmarshal(b, &d); err != nil {
		return time.Now().Add(endsAfter), map[string]any{}, nil
	}
	values := make(map[string]any, len(d.Texts)+len(d.Moments))
	for name, v := range d.Texts {
		values[name] = v
	}
	for name, v := range d.Moments {
		values[name] = v
	}
	return time.Unix(0, d.Deadline).UTC(), values, nil
}
