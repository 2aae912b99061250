// Package esic writes and reads the monthly contribution sheet of ESIC: a header and one row an insured person, as CSV. The portal takes
// it as .xls, so open the file in a spreadsheet and save it as that; the portal works out the contributions itself.
//
//	IP Number, IP Name, days for which wages were paid, total monthly wages, reason code for zero working days, last working day
//
// Days are whole, a part of a day up. Wages are whole rupees, 50 paise up. A reason stands only where no day was paid: 0 none, 1 on
// leave, 2 left, 3 retired, 4 out of coverage (April and October only), 5 expired, 6 non-implemented area, 7 paid by the immediate
// employer, 8 suspension, 9 strike or lockout, 10 retrenchment, 11 no work, 12 not of this employer, 13 a number twice. Codes 2 to 5
// need the last working day, 0 and 1 have none; sources differ about 6 and 10, so both ways are taken. The layout was read in the
// portal's template as several projects have it.
package esic
