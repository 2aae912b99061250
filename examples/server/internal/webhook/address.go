// Package webhook tells other programs what happened: each event of the outbox, signed, again and again until they have taken it.
package webhook

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/musterhr/hr"
)

// Rules of webhooks.
const (
	RuleURL   hr.Rule = "server.webhook.url"
	RuleKinds hr.Rule = "server.webhook.kinds"
)

// public reports whether an address is one that a webhook may be sent to: not this machine, not the network around it, nothing reserved.
func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, reserved := range notPublic {
		if reserved.Contains(a) {
			return false
		}
	}
	return true
}

// notPublic are the blocks that IANA keeps for special uses and that netip does not tell by itself.
// https://www.iana.org/assignments/iana-ipv4-special-registry and .../iana-ipv6-special-registry
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"),
}

var errPrivate = errors.New("the address is on this machine or in a private network; -webhook-private allows it")

// client sends webhooks. The address is looked at when the connection is made, after its name was resolved: a name that leads somewhere
// else the second time does not help. It follows no redirect.
func client(private bool) *http.Client {
	dial := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !private && !public(to.Addr()) {
			return errPrivate
		}
		return nil
	}}
	return &http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				return dial.DialContext(ctx, network, address)
			},
			Proxy:               nil, // a proxy would connect where we may not
			TLSHandshakeTimeout: 5 * time.Second, MaxIdleConns: 20, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// checkURL refuses an address that no webhook may have, as far as it shows in its text.
func checkURL(text string, private bool) error {
	fault := func(reason string, args ...any) error {
		return &hr.FieldError{Path: "url", Rule: RuleURL, Reason: fmt.Sprintf(reason, args...)}
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || len(text) > 500:
		return fault("must be an address such as https://example.com/muster")
	case u.User != nil || u.Fragment != "":
		return fault("must have no user, no password and no #")
	case u.Scheme != "https" && !(private && u.Scheme == "http"):
		return fault("must begin with https://")
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil && !private && !public(a) {
		return fault("must not be on this machine or in a private network")
	}
	return nil
}
