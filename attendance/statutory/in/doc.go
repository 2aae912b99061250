// Package in is the working-time law of India as dated values and rules: when overtime begins and how its minutes are counted, the
// double rate, when a weekly off that was taken away must be given back, and the hours of a night.
//
// The OSH Code has been in force since 21 November 2025; before it the Factories Act answers. The Central Rules bind the Central
// Government's sphere only: most employers wait for the rules of their State, which a host adds as steps to the parameters of [Pack].
package in
