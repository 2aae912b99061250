// Package ecr writes and reads the electronic challan-cum-return (ECR, version 2) of EPFO: one line a member and no header, eleven fields
// with #~# between them, whole rupees.
//
//	UAN #~# name #~# gross wages #~# EPF wages #~# EPS wages #~# EDLI wages #~# EPF contribution #~# EPS contribution
//	#~# difference #~# NCP days #~# refund of advances
//
// The EPF contribution is the employee's share, voluntary contributions included; the difference is the employer's share less what
// goes to the pension scheme. NCP days are days without pay; a day that is half paid is none. Wages are rounded to the rupee, 50 paise
// up; contributions are as the payslip has them.
//
// [Read] is strict: it holds each line against the layout and against the law of the month ([Law]), so that a file that it takes is one
// that adds up: EPF wages at most gross wages, EPS and EDLI wages at most EPF wages and the ceiling, contributions that the wages could
// give. [Write] refuses what Read would. The layout was read in a published file and in EPFO's guide; the check of the portal itself is
// not public, so the portal may know more.
package ecr
