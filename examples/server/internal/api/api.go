// Package api is the JSON API under /v1. Every route is one call of a service; API.md says what callers may rely on.
package api

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// API is the API over a desk.
type API struct {
	*desk.Desk
	huma   huma.API
	routes []string
}

// Routes lists every route, "GET /v1/me", in the order in which they were added.
func (a *API) Routes() []string { return a.routes }

// Schema is the OpenAPI document.
func (a *API) Schema() *huma.OpenAPI { return a.huma.OpenAPI() }

var once sync.Once

// New adds the API to a mux.
func New(d *desk.Desk, mux *http.ServeMux) *API {
	once.Do(func() { huma.NewError = problem }) // huma has one for the whole program
	config := huma.DefaultConfig("Muster HR server", "1.0.0")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/v1/openapi", "", ""
	config.RejectUnknownQueryParameters = true
	config.CreateHooks = nil // no "$schema" in the answers
	config.Transformers = append(config.Transformers, traced)
	config.Formats = map[string]huma.Format{"application/json": written, "json": written}
	config.Info.Description = "Amounts and other decimals are texts, days are YYYY-MM-DD, periods FROM..THROUGH with both days in them. Faults are problem details whose code never changes its meaning."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}, "session": {Type: "apiKey", In: "cookie", Name: "muster"}}
	config.Security = []map[string][]string{{"token": {}}, {"session": {}}}
	config.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[hr.Money](), reflect.TypeFor[money]())
	a := &API{Desk: d, huma: humago.New(mux, config)}
	for _, routes := range []func(){a.me, a.people, a.employment, a.organisation, a.leave, a.attendance, a.runs, a.review, a.payslips, a.loans, a.tasks, a.hiring, a.interviews, a.approvals, a.audit, a.tokens, a.secondFactor, a.admin, a.files} {
		routes()
	}
	return a
}

// written is JSON as huma writes it. What can write itself is not read once more to see whether it is JSON.
var written = huma.Format{Unmarshal: huma.DefaultJSONFormat.Unmarshal, Marshal: func(w io.Writer, v any) error {
	if itself, ok := v.(interface{ AppendJSON(dst []byte) []byte }); ok {
		_, err := w.Write(append(itself.AppendJSON(make([]byte, 0, 8<<10)), '\n'))
		return err
	}
	return huma.DefaultJSONFormat.Marshal(w, v)
}}

// money is how hr.Money is written, for the schema.
type money struct {
	Amount   string `json:"amount" example:"52000.00" doc:"a decimal, as a text"`
	Currency string `json:"currency" example:"INR" minLength:"3" maxLength:"3"`
}

// problem is how huma's own faults are told: those of a request that does not fit the schema.
func problem(status int, message string, errs ...error) huma.StatusError {
	p := web.NewProblem(status, web.RuleBody, "%s", message)
	for _, err := range errs {
		if detail, ok := err.(huma.ErrorDetailer); ok {
			d := detail.ErrorDetail()
			p.Errors = append(p.Errors, web.Fault{Path: strings.TrimPrefix(strings.TrimPrefix(d.Location, "body."), "body"), Code: web.RuleBody, Reason: withoutValue(d.Message)})
		}
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		p.Code = web.RuleTooLarge
	case http.StatusRequestTimeout:
		p.Code = web.RuleTimeout
	case http.StatusNotFound:
		p.Code = web.RuleNotFound
	}
	return p
}

// traced puts the trace of a request on what went wrong with it.
func traced(ctx huma.Context, _ string, answer any) (any, error) {
	if p, wrong := answer.(*web.Problem); wrong {
		told := *p
		told.Trace = web.TraceID(ctx.Context())
		return &told, nil
	}
	return answer, nil
}

// withoutValue returns what is wrong with a field, if it is one of the sentences that never repeat what was sent; a decoder's sentences do.
func withoutValue(message string) string {
	for _, known := range []string{"expected ", "unexpected property", "unknown query parameter", "required "} {
		if strings.HasPrefix(message, known) {
			return message
		}
	}
	return "a value cannot be read: it has not the form that its field asks for"
}

// Request is who asks, and of which company.
type Request struct {
	User login.User
	App  *app.App
}

// View is how the caller looks at something.
func (r Request) View() hr.View { return r.User.View("api") }

// Answer is a body, and of a case its version.
type Answer[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// Nothing is the input of a route that has none.
type Nothing struct{}

// Employee is the number of somebody in a path.
type Employee struct {
	Employee hr.EmployeeID `path:"employee" maxLength:"64" doc:"the employee's number"`
}

// Paging is how a list is read: a page, then the page after its last one.
type Paging struct {
	After string `query:"after" maxLength:"200" doc:"next of the page before; empty: the first page"`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

// List is a page of a list.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"after of the next page; missing: there is none"`
}

// list returns a page of items that were asked for with a limit.
func list[T any](items []T, limit int, key func(T) string) List[T] {
	l := List[T]{Items: items}
	if l.Items == nil {
		l.Items = []T{}
	}
	if len(items) == limit && limit > 0 {
		l.Next = key(items[limit-1])
	}
	return l
}

// whole returns a list that has only one page.
func whole[T any](items []T) List[T] { return list(items, 0, nil) }

// Made names what was made.
type Made struct {
	ID string `json:"id"`
}

// Done is the answer of a change that makes nothing new.
type Done struct {
	Done bool `json:"done"`
}

// done makes an answer of an error.
func done(err error) (Done, error) { return Done{err == nil}, err }

// get adds a route that changes nothing.
func get[I, O any](a *API, path, tag, summary string, h func(ctx context.Context, r Request, in *I) (O, error)) {
	add(a, http.MethodGet, path, tag, summary, http.StatusOK, h)
}

// ask adds a route that changes nothing but has so much to ask that it takes a body.
func ask[I, O any](a *API, path, tag, summary string, h func(ctx context.Context, r Request, in *I) (O, error)) {
	add(a, http.MethodPost, path, tag, summary, http.StatusOK, h)
}

// Writing is what every writing request carries.
type Writing struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100" pattern:"^[A-Za-z0-9._:-]+$" doc:"names this intention: the same key with the same content runs once and gets the first answer again"`
}

func (w Writing) key() string { return w.Key }

type keyed interface{ key() string }

// post adds a route that changes something. h is given the command.
func post[I keyed, O any](a *API, path, tag, summary string, h func(ctx context.Context, r Request, cmd hr.Command, in I) (O, error)) {
	add(a, http.MethodPost, path, tag, summary, http.StatusOK, func(ctx context.Context, r Request, in *I) (O, error) {
		out, err := h(ctx, r, r.User.Command((*in).key(), "api", ""), *in)
		if err == nil {
			if err := a.Settle(context.WithoutCancel(ctx)); err != nil { // it is done; what waits is taken up later
				a.Log.ErrorContext(ctx, "events were not taken up", "request", web.RequestID(ctx), "err", err)
			}
		}
		return out, err
	})
}

func add[I, O any](a *API, method, path, tag, summary string, status int, h func(ctx context.Context, r Request, in *I) (O, error)) {
	a.routes = append(a.routes, method+" "+path)
	huma.Register(a.huma, huma.Operation{
		OperationID: operation(method, path), Method: method, Path: path, Tags: []string{tag}, Summary: summary, DefaultStatus: status, MaxBodyBytes: web.MaxBody,
		BodyReadTimeout: web.Longest, // huma's five seconds would end whatever works for longer, though all was read long ago
		Errors:          []int{400, 401, 403, 404, 409, 422, 429, 500},
	}, func(ctx context.Context, in *I) (*Answer[O], error) {
		u, ok := login.From(ctx)
		if !ok {
			return nil, web.NewProblem(http.StatusUnauthorized, web.RuleLogin, "Log in first, or send an API token: Authorization: Bearer muster_...").With("WWW-Authenticate", "Bearer")
		}
		out, err := h(ctx, Request{User: u, App: a.Of(u)}, in)
		if err != nil {
			return nil, web.ProblemOf(ctx, a.Log, err)
		}
		answer := &Answer[O]{Body: out}
		if v, ok := any(out).(versioned); ok {
			answer.ETag = etag(v.version())
		}
		return answer, nil
	})
}

// operation names a route: "get-people-employee".
func operation(method, path string) string {
	return strings.ToLower(method) + strings.NewReplacer("/v1", "", "/", "-", "{", "", "}", "").Replace(path)
}
