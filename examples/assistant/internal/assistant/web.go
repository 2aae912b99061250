package assistant

import (
	"context"
	"crypto/subtle"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// User is somebody who may connect. Token is for their assistant, Password for themselves: the one opens the tools, the other the page on which
// drafts are confirmed, and neither opens the other.
type User struct {
	Actor    hr.Actor
	Name     string
	Token    string
	Password string
}

// maxBody is how large a request may be.
const maxBody = 256 << 10

// Handler serves the tools under /mcp, for requests with a user's token, and the page of drafts under /drafts. A request that a browser sends from a
// page of another origin is refused; origins lists those that may.
func (a *Assistant) Handler(users []User, origins ...string) http.Handler {
	streams := mcp.NewStreamableHTTPHandler(func(r *http.Request) *mcp.Server {
		info := auth.TokenInfoFromContext(r.Context())
		if info == nil {
			return nil
		}
		at := slices.IndexFunc(users, func(u User) bool { return string(u.Actor.ID) == info.UserID })
		if at < 0 {
			return nil
		}
		return a.Server(users[at].Actor)
	}, &mcp.StreamableHTTPOptions{MaxRequestBodyBytes: maxBody, SessionTimeout: time.Hour, Logger: a.Log})
	verify := func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
		for _, u := range users {
			if u.Token != "" && subtle.ConstantTimeCompare([]byte(u.Token), []byte(token)) == 1 {
				return &auth.TokenInfo{UserID: string(u.Actor.ID), Expiration: time.Now().Add(time.Hour)}, nil
			}
		}
		return nil, auth.ErrInvalidToken
	}
	mux := http.NewServeMux()
	mux.Handle("/mcp", auth.RequireBearerToken(verify, nil)(streams))
	page := a.page(users)
	mux.HandleFunc("GET /drafts", page)
	mux.HandleFunc("POST /drafts", page)
	return http.MaxBytesHandler(sameOrigin(mux, origins), maxBody)
}

// sameOrigin refuses whatever a browser sends from another origin. Programs send no Origin.
func sameOrigin(next http.Handler, origins []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
		w.Header().Set("Cache-Control", "no-store")
		origin := r.Header.Get("Origin")
		own := origin == "http://"+r.Host || origin == "https://"+r.Host
		if origin != "" && !own && !slices.Contains(origins, origin) {
			http.Error(w, "this origin may not", http.StatusForbidden)
			return
		}
		if site := r.Header.Get("Sec-Fetch-Site"); r.Method == http.MethodPost && site != "" && site != "same-origin" && site != "none" && !slices.Contains(origins, origin) {
			http.Error(w, "this site may not", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

var draftsPage = template.Must(template.New("drafts").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Drafts</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}li{margin-bottom:2rem}</style></head>
<body><h1>Drafts of {{.Name}}</h1>
{{with .Did}}<p role="status"><strong>Done:</strong> {{.}}.</p>{{end}}
{{with .Fault}}<p role="alert"><strong>It was not done:</strong> {{.}}</p>{{end}}
<p>Your assistant prepared these. Nothing has happened yet.</p>
{{if not .Drafts}}<p>There is none.</p>{{end}}
<ul>{{range .Drafts}}<li><p>{{.Does}}</p>
{{with .Apply}}{{with .Reason}}<p>Reason:</p><pre>{{.}}</pre>{{end}}{{end}}
{{with .Decide}}{{with .Says.Reason}}<p>Reason:</p><pre>{{.}}</pre>{{end}}{{end}}
{{with .Letter}}<pre>{{.Subject}}

{{.Body}}</pre>{{end}}
<form method="post" action="/drafts"><input type="hidden" name="draft" value="{{.ID}}">
<button name="do" value="confirm">Confirm</button> <button name="do" value="drop">Drop</button></form></li>{{end}}</ul></body></html>
`))

// page is where a person sees their drafts and confirms them, with their own password: an assistant has a token, which does not open it.
func (a *Assistant) page(users []User) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		login, password, _ := r.BasicAuth()
		at := slices.IndexFunc(users, func(u User) bool { return string(u.Actor.ID) == login })
		if at < 0 || users[at].Password == "" || subtle.ConstantTimeCompare([]byte(users[at].Password), []byte(password)) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="drafts", charset="UTF-8"`)
			http.Error(w, "log in with your number and your password", http.StatusUnauthorized)
			return
		}
		u := users[at]
		data := struct {
			Name, Did, Fault string
			Drafts           []Draft
		}{Name: u.Name}
		status := http.StatusOK
		if r.Method == http.MethodPost {
			do := r.PostFormValue("do")
			if do != "confirm" && do != "drop" {
				http.Error(w, "confirm or drop", http.StatusBadRequest)
				return
			}
			var err error
			if data.Did, err = a.Drafts.Confirm(r.Context(), u.Actor, r.PostFormValue("draft"), do == "confirm"); err != nil {
				data.Fault, status = caller{a, u.Actor}.told(r.Context(), "confirm", err).Error(), http.StatusUnprocessableEntity
				if errors.Is(err, storage.ErrNotFound) {
					status = http.StatusNotFound
				}
			}
		}
		var err error
		if data.Drafts, err = a.Drafts.Of(u.Actor.ID); err != nil {
			a.Log.ErrorContext(r.Context(), "drafts cannot be read", "err", err)
			http.Error(w, "drafts cannot be read", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_ = draftsPage.Execute(w, data)
	}
}
