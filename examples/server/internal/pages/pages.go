// Package pages are the pages of the server: plain HTML, made here, with styles and the little script there is as files of this server.
package pages

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"

	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/web"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed static
var static embed.FS

// Pages are the pages over a desk.
type Pages struct {
	*desk.Desk
	all map[string]*template.Template
}

// New reads the templates. Each file in templates beside layout.html is a page: it defines "title" and "main".
func New(d *desk.Desk) (*Pages, error) {
	p := &Pages{Desk: d, all: map[string]*template.Template{}}
	files, err := templates.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Name() == "layout.html" {
			continue
		}
		t, err := template.New("layout.html").Funcs(functions).ParseFS(templates, "templates/layout.html", "templates/"+f.Name())
		if err != nil {
			return nil, err
		}
		p.all[f.Name()] = t
	}
	return p, nil
}

var functions = template.FuncMap{}

// Page is what layout.html is given.
type Page struct {
	User    login.User
	Company string
	Token   string // for the hidden field "csrf" of every form
	Flash   string // a sentence about what was done on the page before
	Dev     bool
	Here    string // the path of the page
	Data    any
}

// Request is a page that is asked for by somebody who is logged in.
type Request struct {
	*http.Request
	User login.User
	App  *app.App
}

// Show answers with a page.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	u, _ := login.From(r.Context())
	page := Page{User: u, Token: p.Sessions.FormToken(r.Context()), Flash: p.Sessions.Flashed(r.Context()), Dev: p.Dev, Here: r.URL.Path, Data: data}
	if a := p.Of(u); a != nil {
		page.Company = a.Company.Name
	}
	var b bytes.Buffer
	if err := p.all[name].Execute(&b, page); err != nil {
		p.Log.ErrorContext(r.Context(), "a page broke", "page", name, "request", web.RequestID(r.Context()))
		http.Error(w, "This page broke. Tell whoever runs the server the id of this request: "+web.RequestID(r.Context()), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w)
}

// Fail answers with a page about an error of a service.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, err error) {
	problem := web.ProblemOf(r.Context(), p.Log, err)
	p.Show(w, r, problem.Status, "problem.html", problem)
}

// To sends the browser to another page, with a sentence about what was done.
func (p *Pages) To(w http.ResponseWriter, r *http.Request, path, flash string) {
	if flash != "" {
		p.Sessions.Flash(r.Context(), flash)
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
}

// page wraps a handler of somebody who is logged in; who is not is sent to the login.
func (p *Pages) page(h func(w http.ResponseWriter, r Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u, ok := login.From(r.Context())
		if !ok || u.Token != "" { // a token is for the API
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		h(w, Request{r, u, p.Of(u)})
	}
}

// form wraps a handler of a form that somebody who is logged in has sent, with the token of their session in it.
func (p *Pages) form(h func(w http.ResponseWriter, r Request)) http.HandlerFunc {
	return p.page(func(w http.ResponseWriter, r Request) {
		if p.sent(w, r.Request) {
			h(w, r)
		}
	})
}

// sent reports whether a form carries the token of its session, and answers if not.
func (p *Pages) sent(w http.ResponseWriter, r *http.Request) bool {
	if err := r.ParseForm(); err != nil {
		p.Fail(w, r, web.NewProblem(http.StatusBadRequest, web.RuleBody, "The form cannot be read. Go back and send it again."))
		return false
	}
	if !p.Sessions.RightToken(r.Context(), r.PostFormValue("csrf")) {
		p.Fail(w, r, web.NewProblem(http.StatusForbidden, web.RuleCrossOrigin, "This form is too old, or is not from here. Go back, load the page again, and send it again."))
		return false
	}
	return true
}

// Register adds every page to a mux.
func (p *Pages) Register(mux *http.ServeMux) {
	mux.Handle("GET /static/", cached(http.FileServerFS(static)))
	mux.HandleFunc("GET /login", p.loginPage)
	mux.HandleFunc("POST /login", p.loginForm)
	mux.HandleFunc("POST /logout", p.form(p.logout))
	mux.HandleFunc("GET /{$}", p.page(p.home))
}

func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		h.ServeHTTP(w, r)
	})
}
