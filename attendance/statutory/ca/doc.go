// Package ca is the working-time law of Canada as dated values and rules: overtime under the Canada Labour Code (employers in the federal
// sphere) and under Ontario's Employment Standards Act; Ontario's public holiday pay, rest between days, meal period and three-hour
// rule. First days that stand in no document we read are marked uncertain. Averaging agreements, the last-and-first rule of public
// holidays, and the other provinces are not here.
package ca
