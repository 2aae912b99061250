package serve_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// provider is an identity provider of a few lines. Each field spoils one thing.
type provider struct {
	*httptest.Server
	key      *rsa.PrivateKey
	subject  string
	nonce    string // in the place of the one that was asked for
	audience string
	expired  bool
	other    *rsa.PrivateKey // signs in the place of key

	asked url.Values
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	p := &provider{key: key, subject: "subject-1", audience: "muster"}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		challenge := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		if r.PostFormValue("code") != "the-code" || base64.RawURLEncoding.EncodeToString(challenge[:]) != p.asked.Get("code_challenge") {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		with, nonce, expires := p.key, p.asked.Get("nonce"), time.Now().Add(time.Minute)
		if p.other != nil {
			with = p.other
		}
		if p.nonce != "" {
			nonce = p.nonce
		}
		if p.expired {
			expires = time.Now().Add(-time.Hour)
		}
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: with, KeyID: "k"}}, nil)
		if err != nil {
			panic(err)
		}
		claims, _ := json.Marshal(map[string]any{"iss": p.URL, "sub": p.subject, "aud": p.audience, "exp": expires.Unix(), "iat": time.Now().Unix(), "nonce": nonce})
		signed, err := signer.Sign(claims)
		if err != nil {
			panic(err)
		}
		token, _ := signed.CompactSerialize()
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": token})
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func TestLoginByAnIdentityProvider(t *testing.T) {
	p := newProvider(t)
	s := servetest.StartWith(t, func(accounts login.Accounts, o *serve.Options) {
		var err error
		o.Fast = true
		o.OIDC, err = login.NewOIDC(t.Context(), accounts, p.URL, "muster", "secret", "http://server.example/login/oidc/return")
		require.NoError(t, err)
	})
	require.NoError(t, s.Desk.Accounts.Put(t.Context(), login.Account{
		Login: "by-provider@example.com", Name: "By Provider", Tenant: sample.Tenant, Subject: p.URL + " subject-1", Actor: hr.Actor{ID: "E046", Employee: "E046"},
	}))
	_, page := s.Anonymous(t).Do(http.MethodGet, "/login", nil)
	require.Contains(t, string(page), `href="/login/oidc"`)
	err := s.Desk.Accounts.Put(t.Context(), login.Account{Login: "second@example.com", Name: "Second", Tenant: sample.Tenant, Subject: p.URL + " subject-1", Actor: hr.Actor{ID: "E046"}})
	require.Equal(t, login.RuleLoginTaken, hr.FieldErrors(err)[0].Rule, "one somebody there is one account here")
	// in goes the whole way of a browser and reports whether it is in at the end.
	in := func(spoil func(back url.Values)) bool {
		c := s.Anonymous(t)
		answer, _ := c.Do(http.MethodGet, "/login/oidc", nil)
		require.Equal(t, http.StatusSeeOther, answer.StatusCode)
		to, err := url.Parse(answer.Header.Get("Location"))
		require.NoError(t, err)
		p.asked = to.Query()
		require.Equal(t, "S256", p.asked.Get("code_challenge_method"))
		back := url.Values{"code": {"the-code"}, "state": {p.asked.Get("state")}}
		if spoil != nil {
			spoil(back)
		}
		c.Do(http.MethodGet, "/login/oidc/return?"+back.Encode(), nil)
		if c.Get("/v1/me", nil) != http.StatusOK {
			return false
		}
		_, page := c.Do(http.MethodGet, "/second-factor", nil)
		require.Contains(t, string(page), "a second factor is looked after there")
		return true
	}
	require.True(t, in(nil))
	require.False(t, in(func(back url.Values) { back.Set("state", "another") }), "an answer to somebody else's question")
	require.False(t, in(func(back url.Values) { back.Del("state") }), "no question was asked")
	require.False(t, in(func(back url.Values) { back.Set("code", "another") }), "a code that is none")
	require.False(t, in(func(back url.Values) { back.Set("error", "access_denied") }), "refused")
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	for name, spoil := range map[string]func(bad *provider){
		"a token of another time":           func(bad *provider) { bad.nonce = "another" },
		"a token for another program":       func(bad *provider) { bad.audience = "another" },
		"an expired token":                  func(bad *provider) { bad.expired = true },
		"a token that somebody else signed": func(bad *provider) { bad.other = other },
		"somebody without an account here":  func(bad *provider) { bad.subject = "subject-2" },
		"nobody":                            func(bad *provider) { bad.subject = "" },
	} {
		p.subject, p.nonce, p.audience, p.expired, p.other = "subject-1", "", "muster", false, nil
		spoil(p)
		require.False(t, in(nil), name)
	}
	p.subject, p.nonce, p.audience, p.expired, p.other = "subject-1", "", "muster", false, nil
	require.True(t, in(nil), "and it still works")
	require.NotContains(t, s.Log.String(), "the-code")
	_, page = servetest.Start(t).Anonymous(t).Do(http.MethodGet, "/login", nil)
	require.NotContains(t, string(page), "/login/oidc", "where there is no provider there is no link")
}
