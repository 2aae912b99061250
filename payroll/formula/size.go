package formula

import "math/bits"

// size bounds a register from above: its value is at most mant x 2^exp, with so many places behind the point. The compiler
// refuses a program in which a number could grow without end, so that no request can make it.
type size struct {
	mant   uint64 // up to 2^31 once it is normal
	exp    int
	places int
}

// maxBits is what a number may take, both sides of the point together.
const maxBits = 40_000

var (
	sizeGiven = size{1, 100, maxPlaces + 2} // 30 digits before the point; two more places for a percent
	sizeDay   = size{1, 22, 0}
	sizeFlag  = size{1, 0, 0}
)

func (s size) norm() size {
	if n := bits.Len64(s.mant); n > 31 {
		s.mant = s.mant>>(n-31) + 1
		s.exp += n - 31
	}
	return s
}

func (s size) times(o size) size {
	s, o = s.norm(), o.norm()
	return size{s.mant * o.mant, s.exp + o.exp, s.places + o.places}.norm()
}

func (s size) plus(o size) size {
	s, o = s.norm(), o.norm()
	exp := max(s.exp, o.exp)
	return size{s.mant>>(exp-s.exp) + o.mant>>(exp-o.exp) + 1, exp, max(s.places, o.places)}.norm() // one of the two loses nothing by it
}

func (s size) or(o size) size { return s.plus(o) }

func (s size) tooLarge() bool { return s.exp+31+s.places*10/3 > maxBits }
