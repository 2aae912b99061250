// Package ca brings the public holidays of Canada to [hr.Calendar]: those of the Canada Labour Code and of each province and territory
// outside Quebec, from the rules of rickar/cal.
//
// # What it decides
//
// Which days are holidays by the law of a place: [Federal] for federally regulated work, [Province] for all other. Each is listed on its
// own day. A calendar takes them with [hr.ActualDay].
//
// # What is left to the host
//
// Which other day is given for a holiday on a day off: it depends on the province, on the working week and often on an agreement, so it is an
// entry of the calendar. So are civic holidays that a law does not give, such as the first Monday of August in Ontario and
// Alberta, and Easter Monday.
//
// # Sources
//
// Canada Labour Code s.166; the employment standards law of each province, such as Ontario's Employment Standards Act 2000, s.1 and O. Reg.
// 285/01 (Family Day). Last checked on 26 November 2026 against public lists that agree (vacanza/holidays with its sources); the
// Acts of the provinces were not read. Days of rest that are not paid (Victoria Day in New Brunswick) are not in the lists.
package ca
