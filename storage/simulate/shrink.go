package simulate

import "slices"

// Shrink makes a script small that fails: it leaves out steps, ever smaller groups of them, then faults and what happens at the same time, as long as
// it still fails. fails plays a script and says whether it does; it is asked at most about as often as the script has steps times the logarithm of that.
// The numbers of the steps that are left stay, so what is reported of the small script can be found in the large one.
func Shrink(s Script, fails func(Script) bool) Script {
	for size := len(s.Steps) / 2; size > 0; size /= 2 {
		for at := 0; at < len(s.Steps); {
			end := min(at+size, len(s.Steps))
			smaller := s
			smaller.Steps = slices.Concat(s.Steps[:at], s.Steps[end:])
			if len(smaller.Steps) > 0 && fails(smaller) {
				s = smaller
			} else {
				at = end
			}
		}
	}
	for i := range s.Steps {
		for _, plainer := range []func(*Step){func(x *Step) { x.Fault = Fault{} }, func(x *Step) { x.Beside = false }} {
			smaller := s
			smaller.Steps = slices.Clone(s.Steps)
			plainer(&smaller.Steps[i])
			if smaller.Steps[i].String() != s.Steps[i].String() && fails(smaller) {
				s = smaller
			}
		}
	}
	return s
}
