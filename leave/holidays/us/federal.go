package us

import (
	"slices"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
)

// Federal returns the federal holidays of 5 U.S.C. 6103(a), Juneteenth since 2021. Inauguration Day, which is one around Washington only,
// is left out. Every call returns fresh values.
func Federal() (list []*cal.Holiday) {
	for _, h := range us.Holidays {
		h = h.Clone(nil)
		h.Except, h.Observed = slices.Clone(h.Except), slices.Clone(h.Observed)
		list = append(list, h)
	}
	return list
}
