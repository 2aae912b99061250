// Package ca is the working-time law of Canada as dated values and rules: overtime under the Canada Labour Code (employers in the federal
// sphere) and under Ontario's Employment Standards Act, and Ontario's public holiday pay. The other provinces are not here.
package ca
