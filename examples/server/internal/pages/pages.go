// Package pages are the pages of the server: plain HTML, made here, with styles and the little script there is as files of this server.
//
// Every page asks the services as whoever is logged in: what somebody may not see is not left out by a template, it never comes to one. A form
// carries the token of its session and a key of its own, so that sending it twice does its thing once.
package pages

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/musterhr/hr"
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
	all     map[string]*template.Template
	routes  []string
	buffers sync.Pool // what pages are written into first
}

// shared are the templates that every page may use.
var shared = []string{"templates/layout.html", "templates/parts.html"}

// New reads the templates. Each file in templates beside the shared ones is a page: it defines "title" and "main".
func New(d *desk.Desk) (*Pages, error) {
	p := &Pages{Desk: d, all: map[string]*template.Template{}, buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}
	files, err := templates.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		name := f.Name()
		if "templates/"+name == shared[0] || "templates/"+name == shared[1] {
			continue
		}
		t, err := template.New("layout.html").Funcs(functions).ParseFS(templates, append([]string{"templates/" + name}, shared...)...)
		if err != nil {
			return nil, err
		}
		p.all[name] = t
	}
	return p, nil
}

// Page is what layout.html is given.
type Page struct {
	User    login.User
	Company string
	Token   string // for the hidden field "csrf" of every form
	Flash   string // a sentence about what was done on the page before
	Dev     bool
	Here    string // the path of the page
	Nav     []link
	Refresh int // seconds after which a browser without script loads the page again; 0: it does not
	Data    any
}

// Request is a page that is asked for by somebody who is logged in.
type Request struct {
	*http.Request
	User login.User
	App  *app.App
}

// View is how the user looks at something.
func (r Request) View() hr.View { return r.User.View("pages") }

// Me is the employee who is logged in; empty: somebody from outside.
func (r Request) Me() hr.EmployeeID { return r.User.Actor.Employee }

// command is what a form does, with a reason in the user's words.
func (r Request) command(reason string) hr.Command {
	return r.User.Command(r.PostFormValue("key"), "pages", strings.TrimSpace(reason))
}

// refreshes is data of a page that changes by itself.
type refreshes interface{ refresh() int }

// Show answers with a page.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	u, _ := login.From(r.Context())
	page := Page{User: u, Token: p.Sessions.FormToken(r.Context()), Flash: p.Sessions.Flashed(r.Context()), Dev: p.Dev, Here: r.URL.Path, Data: data}
	if a := p.Of(u); a != nil {
		page.Company, page.Nav = a.Company.Name, nav(u, a, r.URL.Path)
	}
	if d, ok := data.(refreshes); ok {
		page.Refresh = d.refresh()
	}
	b := p.buffers.Get().(*bytes.Buffer) //nolint:forcetypeassert // nothing else is in it
	defer p.buffers.Put(b)
	b.Reset()
	if err := p.all[name].Execute(b, page); err != nil {
		p.Log.ErrorContext(r.Context(), "a page broke", "page", name, "request", web.RequestID(r.Context()))
		http.Error(w, "This page broke. Tell whoever runs the server the id of this request: "+web.RequestID(r.Context()), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// Fail answers with a page about an error of a service.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, err error) {
	problem := web.ProblemOf(r.Context(), p.Log, err)
	p.Show(w, r, problem.Status, "problem.html", trouble{problem, next(problem.Status), r.Method == http.MethodPost, web.RequestID(r.Context())})
}

// trouble is what a page says about something that did not work.
type trouble struct {
	*web.Problem
	Next    string // what to do
	Form    bool   // it was a form: what was typed is still there
	Request string
}

// next says what somebody can do about a status.
func next(status int) string {
	switch status {
	case http.StatusForbidden:
		return "If you need it for your work, ask whoever looks after access in your company."
	case http.StatusNotFound:
		return "Go to the start page and look for it from there. It may have been erased, or it belongs to somebody else."
	case http.StatusConflict:
		return "Somebody was faster, or it was done already. Load the page again and look at how it stands now."
	case http.StatusUnprocessableEntity, http.StatusBadRequest:
		return "Go back, put right what is listed here, and send it again."
	}
	return "Try again in a minute. If it stays like this, tell whoever runs the server."
}

// page wraps a handler of somebody who is logged in; who is not is sent to the login.
func (p *Pages) page(h func(w http.ResponseWriter, r Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u, ok := login.From(r.Context())
		if !ok || u.Token != "" { // a token is for the API
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		if err := h(w, Request{r, u, p.Of(u)}); err != nil {
			p.Fail(w, r, err)
		}
	}
}

// form wraps a handler of a form that somebody who is logged in has sent, with the token of their session in it.
func (p *Pages) form(h func(w http.ResponseWriter, r Request) error) http.HandlerFunc {
	return p.page(func(w http.ResponseWriter, r Request) error {
		if err := p.sent(r.Request); err != nil {
			return err
		}
		return h(w, r)
	})
}

// sent refuses a form that does not carry the token of its session.
func (p *Pages) sent(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.NewProblem(http.StatusBadRequest, web.RuleBody, "The form cannot be read. Go back and send it again.")
	}
	if !p.Sessions.RightToken(r.Context(), r.PostFormValue("csrf")) {
		return web.NewProblem(http.StatusForbidden, web.RuleCrossOrigin, "This form is too old, or is not from here. Go back, load the page again, and send it again.")
	}
	return nil
}

// Routes lists every page and form for who is logged in, "GET /{$}", in the order in which they were added.
func (p *Pages) Routes() []string { return p.routes }

// adder adds pages to a mux.
type adder struct {
	*Pages
	mux *http.ServeMux
}

// get adds a page.
func (a adder) get(path string, h func(w http.ResponseWriter, r Request) error) {
	a.routes = append(a.routes, "GET "+path)
	a.mux.HandleFunc("GET "+path, a.page(h))
}

// post adds a form: do does it, and says which page comes next and what that says about it.
func (a adder) post(path string, do func(ctx context.Context, r Request) (next, flash string, err error)) {
	a.routes = append(a.routes, "POST "+path)
	a.mux.HandleFunc("POST "+path, a.form(func(w http.ResponseWriter, r Request) error {
		if len(r.PostFormValue("key")) < 8 {
			return web.NewProblem(http.StatusBadRequest, web.RuleKey, "The form is not whole. Load the page again, and send it again.")
		}
		to, flash, err := do(r.Context(), r)
		if err != nil {
			return err
		}
		a.settle(r)
		if flash != "" {
			a.Sessions.Flash(r.Context(), flash)
		}
		http.Redirect(w, r.Request, to, http.StatusSeeOther)
		return nil
	}))
}

// answer adds a form that is answered by a page at once, for what cannot be shown again.
func (a adder) answer(path string, h func(w http.ResponseWriter, r Request) error) {
	a.routes = append(a.routes, "POST "+path)
	a.mux.HandleFunc("POST "+path, a.form(h))
}

// settle takes up what a form has left behind. It is done; what waits is taken up later, if this does not work.
func (p *Pages) settle(r Request) {
	if err := p.Settle(context.WithoutCancel(r.Context())); err != nil {
		p.Log.ErrorContext(r.Context(), "events were not taken up", "request", web.RequestID(r.Context()), "err", err)
	}
}

// Register adds every page to a mux.
func (p *Pages) Register(mux *http.ServeMux) {
	mux.Handle("GET /static/", cached(http.FileServerFS(static)))
	mux.HandleFunc("GET /login", p.loginPage)
	mux.HandleFunc("POST /login", p.loginForm)
	mux.HandleFunc("POST /logout", p.form(p.logout))
	a := adder{p, mux}
	a.get("/{$}", p.home)
	for _, area := range []func(adder){p.payslips, p.leave, p.attendance, p.approvals, p.runs, p.questions, p.review, p.people, p.hiring, p.interviews, p.secondFactor} {
		area(a)
	}
}

func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		h.ServeHTTP(w, r)
	})
}
