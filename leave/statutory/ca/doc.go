// Package ca is Canada's law of vacation and holiday pay as dated numbers and pure functions: [VacationFederal] and
// [VacationOntario], the general holiday pay of the Canada Labour Code ([GeneralHolidayPay]) and the public holiday pay of Ontario
// ([PublicHolidayPay]), and sick leave as policies ([SickFederal], [SickOntario]).
//
// Money is rounded once, to the cent, half up. Other provinces, averaging agreements and the last-and-first rule of public
// holidays are not here.
package ca
