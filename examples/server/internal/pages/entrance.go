package pages

import (
	"errors"
	"net/http"

	"github.com/musterhr/hr/examples/server/internal/login"
)

type entrance struct {
	Login string
	Fault string
	OIDC  bool
}

func (p *Pages) loginPage(w http.ResponseWriter, r *http.Request) {
	if _, ok := login.From(r.Context()); ok {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	p.Show(w, r, http.StatusOK, "login.html", entrance{OIDC: p.Provider})
}

func (p *Pages) loginForm(w http.ResponseWriter, r *http.Request) {
	if err := p.sent(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	name := r.PostFormValue("login")
	u, err := p.Accounts.Check(r.Context(), name, r.PostFormValue("password"), r.PostFormValue("code"))
	if err == nil && !p.Knows(u) {
		err = login.ErrLogin
	}
	switch {
	case errors.Is(err, login.ErrLogin):
		p.Show(w, r, http.StatusUnauthorized, "login.html", entrance{OIDC: p.Provider, Login: name, Fault: "These do not belong together, or too many were tried. Try again; after five tries an account rests for a quarter of an hour."})
	case err != nil:
		p.Fail(w, r, err)
	default:
		if err := p.Sessions.Enter(r.Context(), u); err != nil {
			p.Fail(w, r, err)
			return
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

func (p *Pages) logout(w http.ResponseWriter, r Request) error {
	if err := p.Sessions.Leave(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r.Request, "/login", http.StatusSeeOther)
	return nil
}
