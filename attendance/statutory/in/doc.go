// Package in is the working-time law of India as dated values and rules: when overtime begins and how its minutes are counted, the
// double rate, who had no weekly off and when it must be given back, the weekly off after a night shift, spread-over, and
// women's work at night.
//
// The OSH Code has been in force since 21 November 2025; before it the Factories Act answers. The Central Rules bind the Central
// Government's sphere only: most employers wait for the rules of their State, which a host adds as steps to the parameters of [Pack].
package in
