package formula

import "math/bits"

// size bounds a register from above: its value is at most mant x 2^exp, with so many places behind the point. The compiler
// refuses a program in which a number could grow without end, so that no request can make it.
type size struct {
	mant   uint64 // below 2^32
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
	if n := bits.Len64(s.mant); n > 32 {
		s.mant = s.mant>>(n-32) + 1
		s.exp += n - 32
	}
	return s
}

func (s size) times(o size) size {
	s, o = s.norm(), o.norm() // norm may leave 2^32 itself; its square still fits
	hi, lo := bits.Mul64(s.mant, o.mant)
	if hi != 0 {
		lo = 1<<63 - 1 + 1<<63
	}
	return size{lo, s.exp + o.exp, s.places + o.places}.norm()
}

func (s size) plus(o size) size {
	s, o = s.norm(), o.norm()
	if s.exp < o.exp {
		s, o = o, s
	}
	shift := s.exp - o.exp
	low := uint64(1)
	if shift < 33 {
		low = o.mant>>shift + 1
	}
	return size{s.mant + low, s.exp, max(s.places, o.places)}.norm()
}

func (s size) or(o size) size { return s.plus(o) }

func (s size) tooLarge() bool { return s.exp+32+s.places*10/3 > maxBits }
