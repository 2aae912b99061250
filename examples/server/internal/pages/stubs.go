package pages

import "net/http"

func (p *Pages) people(a adder)    {}
func (p *Pages) hiring(a adder)    {}
func (p *Pages) payslipPDF(w http.ResponseWriter, r Request) error { return nil }
