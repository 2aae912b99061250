// Package uk is the working-time law of Great Britain as dated values and rules: the average week, rest between days and in each
// week, breaks, and the average night under the Working Time Regulations 1998.
//
// Rest is time that passes: a night on which the clocks go forward is an hour shorter. Averages keep four decimals and are compared
// exactly. What an opt-out or a workforce agreement allows is the host's to know.
package uk
