package serve_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/storage/memory"
)

// Somebody adds a second factor, logs in with it and with a recovery code, and removes it.
func TestSecondFactorOverHTTP(t *testing.T) {
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	name := sample.Cast(s.App().Company)[0].Login
	c := s.As(t, "employee")
	enter := func(code string) int {
		status, _ := s.Anonymous(t).Form("/login", "/login", url.Values{"login": {name}, "password": {sample.Password}, "code": {code}})
		return status
	}
	status, out := s.Token(t, "employee", "read", "write", "admin").Post("/v1/second-factor", "by-a-token", nil, nil)
	require.Equal(t, http.StatusForbidden, status, "%s", out)

	var begun struct{ Address, Secret string }
	status, out = c.Post("/v1/second-factor", "begin-01", nil, &begun)
	require.Equal(t, http.StatusOK, status, "%s", out)
	require.Equal(t, http.StatusSeeOther, enter(""), "not confirmed yet")
	code, err := totp.GenerateCode(begun.Secret, time.Now())
	require.NoError(t, err)
	body := map[string]string{"password": "not the password of mine", "code": code}
	status, _ = c.Post("/v1/second-factor/confirmation", "confirm-0", body, nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	body["password"] = sample.Password
	var kept struct {
		Codes []string `json:"recovery_codes"`
	}
	status, out = c.Post("/v1/second-factor/confirmation", "confirm-1", body, &kept)
	require.Equal(t, http.StatusOK, status, "%s", out)
	require.Len(t, kept.Codes, 10)

	require.Equal(t, http.StatusUnauthorized, enter(""), "the password alone")
	require.Equal(t, http.StatusUnauthorized, enter(code), "a code that was used")
	ahead, err := totp.GenerateCode(begun.Secret, time.Now().Add(30*time.Second))
	require.NoError(t, err)
	require.Equal(t, http.StatusSeeOther, enter(ahead))
	require.Equal(t, http.StatusSeeOther, enter(kept.Codes[0]))
	var now struct {
		On   bool
		Left int `json:"recovery_codes"`
	}
	require.Equal(t, http.StatusOK, c.Get("/v1/second-factor", &now))
	require.True(t, now.On)
	require.Equal(t, 9, now.Left)

	body["code"] = kept.Codes[0]
	status, _ = c.Post("/v1/second-factor/removal", "remove-00", body, nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "a recovery code that was used")
	body["code"] = kept.Codes[1]
	status, out = c.Post("/v1/second-factor/removal", "remove-01", body, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	require.Equal(t, http.StatusSeeOther, enter(""))
	for range 5 {
		status, _ := s.Anonymous(t).Form("/login", "/login", url.Values{"login": {name}, "password": {"not the password of mine"}})
		require.Equal(t, http.StatusUnauthorized, status)
	}
	var done []string // what the audit of the company has of it, in order
	all, err := s.App().Store.(*memory.DB).Audits(t.Context())
	require.NoError(t, err)
	for _, a := range all {
		if strings.HasPrefix(a.Verb, "login.") {
			require.Empty(t, a.Refused)
			require.Equal(t, []hr.EmployeeID{"E045"}, a.Subjects)
			done = append(done, a.Verb+" by "+string(a.Actor))
		}
	}
	require.Equal(t, []string{
		"login.BeginSecondFactor by E045", "login.ConfirmSecondFactor by E045", "login.UseRecoveryCode by E045", "login.UseRecoveryCode by E045", // the second to remove it
		"login.RemoveSecondFactor by E045", "login.Lock by gatekeeper",
	}, done)
	for _, secret := range []string{begun.Secret, kept.Codes[2], code} {
		require.NotContains(t, s.Log.String(), secret)
	}
}
