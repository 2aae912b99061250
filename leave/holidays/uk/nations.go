package uk

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/gb"
)

// EnglandWales returns the bank holidays of England and Wales. Like the two others it returns fresh values: what a caller changes,
// nobody else sees.
func EnglandWales() []*cal.Holiday { return common(gb.EasterMonday, gb.SummerHoliday) }

// Scotland returns the bank holidays of Scotland.
func Scotland() []*cal.Holiday {
	return append(common(gb.SummerHolidayScotland),
		dated("2nd January", time.January, 2, 1871, cal.AltDay{Day: time.Saturday, Offset: 2}, cal.AltDay{Day: time.Sunday, Offset: 2}, cal.AltDay{Day: time.Monday, Offset: 1}),
		dated("St Andrew's Day", time.November, 30, 2007, weekend()...),
	)
}

// NorthernIreland returns the bank holidays of Northern Ireland.
func NorthernIreland() []*cal.Holiday {
	return append(common(gb.EasterMonday, gb.SummerHoliday),
		dated("St Patrick's Day", time.March, 17, 1903, weekend()...),
		dated("Battle of the Boyne (Orangemen's Day)", time.July, 12, 1926, weekend()...),
	)
}

// common are the holidays of all of the United Kingdom, with others behind them.
func common(more ...*cal.Holiday) (list []*cal.Holiday) {
	for _, h := range append([]*cal.Holiday{
		gb.NewYear, gb.GoodFriday, gb.EarlyMay, gb.VEDay, gb.CoronationDay, gb.SpringHoliday, gb.SpringHoliday2022, gb.PlatinumJubilee, gb.ChristmasDay, gb.BoxingDay,
	}, more...) {
		h = h.Clone(nil)
		h.Except, h.Observed = slices.Clone(h.Except), slices.Clone(h.Observed)
		list = append(list, h)
	}
	funeral := dated("State funeral of Queen Elizabeth II", time.September, 19, 2022)
	funeral.EndYear = 2022
	return append(list, funeral)
}

func dated(name string, month time.Month, day, since int, moved ...cal.AltDay) *cal.Holiday {
	h := aa.NewYear.Clone(&cal.Holiday{Name: name, Type: cal.ObservanceBank, StartYear: since, Observed: moved})
	h.Month, h.Day, h.Func = month, day, cal.CalcDayOfMonth
	return h
}

// weekend moves a Saturday and a Sunday to the Monday.
func weekend() []cal.AltDay {
	return []cal.AltDay{{Day: time.Saturday, Offset: 2}, {Day: time.Sunday, Offset: 1}}
}
