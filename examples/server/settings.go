package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/telemetry"
)

var errHelp = flag.ErrHelp

// config is how the server was started. Secrets come from the environment: a command line is seen by everybody on the machine.
type config struct {
	addr       string
	data       string
	postgres   string
	company    string
	production bool
	origin     string // how browsers reach it: "https://hr.example.com"
	cert, tkey string
	proxies    list
	cors       list
	issuer     string
	client     string
	private    bool // webhooks may go to private addresses
	traces     string
	admin      string

	key         login.Key
	hasKey      bool
	oidcSecret  string
	adminSecret string
	behind      []*net.IPNet
}

// list is a flag that may be given several times, or once with commas.
type list []string

// String implements flag.Value.
func (l *list) String() string { return strings.Join(*l, ",") }

// Set implements flag.Value.
func (l *list) Set(s string) error {
	for _, one := range strings.Split(s, ",") {
		if one = strings.TrimSpace(one); one != "" {
			*l = append(*l, one)
		}
	}
	return nil
}

func settings(args []string, env func(string) string, stdout io.Writer) (config, error) {
	c := config{oidcSecret: env("MUSTER_OIDC_SECRET"), adminSecret: env("MUSTER_ADMIN_PASSWORD")}
	flags := flag.NewFlagSet("server", flag.ContinueOnError)
	flags.SetOutput(stdout)
	flags.Usage = func() {
		_, _ = fmt.Fprint(stdout, "An HR server over the packages of Muster. Without flags: the specimen company, in development mode.\n\n")
		flags.PrintDefaults()
		_, _ = fmt.Fprint(stdout, "\nSecrets come from the environment: MUSTER_KEY (64 hexadecimal digits, from `openssl rand -hex 32`), MUSTER_POSTGRES_DSN,\nMUSTER_OIDC_SECRET, and MUSTER_ADMIN_PASSWORD for the first start.\n")
	}
	flags.StringVar(&c.addr, "addr", "127.0.0.1:8080", "where to listen")
	flags.StringVar(&c.data, "data", "", "the `folder` for the SQLite files (default: muster in the folder of this user's caches)")
	flags.StringVar(&c.company, "company", "", "the `folder` of the company's files, as examples/monthend/company/README.md has them (default: the specimen company)")
	flags.BoolVar(&c.production, "production", false, "no specimen company, no known password, and no insecure setting")
	flags.StringVar(&c.origin, "origin", "", "the `address` by which browsers reach the server: https://hr.example.com")
	flags.StringVar(&c.cert, "tls-cert", "", "the `file` with the certificate, where the server speaks https itself")
	flags.StringVar(&c.tkey, "tls-key", "", "the `file` with its key")
	flags.Var(&c.proxies, "proxy", "the `networks` of proxies in front of the server that speak https: 10.0.0.0/8. Their X-Real-IP is believed")
	flags.Var(&c.cors, "cors", "`sites` whose pages may call the API with a token: https://app.example.com")
	flags.StringVar(&c.issuer, "oidc-issuer", "", "the `address` of an identity provider")
	flags.StringVar(&c.client, "oidc-client", "", "our `id` there")
	flags.BoolVar(&c.private, "webhook-private", false, "webhooks may be sent to addresses of this machine and of private networks")
	flags.StringVar(&c.traces, "traces", "", "where traces go: \"stdout\", or the `address` of a collector that takes OTLP over HTTP: https://otel.example.com:4318 (default: nowhere). OTEL_TRACES_SAMPLER and OTEL_EXPORTER_OTLP_HEADERS are heard too")
	flags.StringVar(&c.admin, "admin", "", "the `e-mail` address of the first admin, whose password is in MUSTER_ADMIN_PASSWORD")
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("%q is not understood: see -help", flags.Arg(0))
	}
	c.postgres = env("MUSTER_POSTGRES_DSN")
	if c.data == "" {
		caches, err := os.UserCacheDir()
		if err != nil {
			return c, errors.New("say with -data where to keep the files: this user has no folder for caches")
		}
		c.data = filepath.Join(caches, "muster")
	}
	if c.origin == "" && !c.production {
		c.origin = "http://" + c.addr
	}
	return c, c.check(env("MUSTER_KEY"))
}

// secure reports whether browsers reach the server by https.
func (c config) secure() bool { return strings.HasPrefix(c.origin, "https://") }

// check refuses what would not be safe, all of it at once.
func (c *config) check(key string) error {
	var faults []string
	fault := func(text string, args ...any) { faults = append(faults, "- "+fmt.Sprintf(text, args...)) }
	if key != "" {
		n, err := hex.Decode(c.key[:], []byte(key))
		switch {
		case len(key) != 64 || err != nil || n != len(c.key):
			fault("MUSTER_KEY must be 64 hexadecimal digits: openssl rand -hex 32")
		case weak(c.key):
			fault("MUSTER_KEY is not random: openssl rand -hex 32 makes one that is")
		default:
			c.hasKey = true
		}
	}
	for _, p := range c.proxies {
		if !strings.Contains(p, "/") {
			p += "/32"
		}
		_, network, err := net.ParseCIDR(p)
		if err != nil {
			fault("-proxy %s is not a network such as 10.0.0.0/8", p)
			continue
		}
		c.behind = append(c.behind, network)
	}
	if (c.cert == "") != (c.tkey == "") {
		fault("-tls-cert and -tls-key go together")
	}
	if (c.issuer == "") != (c.client == "") {
		fault("-oidc-issuer and -oidc-client go together")
	}
	if telemetry.Check(c.traces) != nil {
		fault("-traces must be \"stdout\" or the address of a collector, such as https://otel.example.com:4318")
	}
	for _, site := range c.cors {
		u, err := url.Parse(site)
		switch {
		case strings.Contains(site, "*"):
			fault("-cors must name sites; with %s every site on the web could call the API", site)
		case err != nil || u.Host == "" || u.Path != "" || c.production && u.Scheme != "https":
			fault("-cors %s must be a site such as https://app.example.com", site)
		}
	}
	if c.production {
		c.checkProduction(key, fault)
	} else {
		c.checkDevelopment(fault)
	}
	if len(faults) > 0 {
		return errors.New("The server does not start, because it would not be safe, or could not work:\n" + strings.Join(faults, "\n"))
	}
	return nil
}

func (c *config) checkProduction(key string, fault func(string, ...any)) {
	if key == "" {
		fault("MUSTER_KEY is missing: it keeps second factors and the secrets of webhooks unreadable in the database. openssl rand -hex 32 makes one; keep it where backups of the database are not")
	}
	if c.company == "" {
		fault("-company is missing: the specimen company is for looking around only. Copy examples/monthend/company and make it yours")
	}
	if !c.secure() {
		fault("-origin must say the https:// address by which browsers reach the server")
	}
	if c.cert == "" && len(c.proxies) == 0 {
		fault("nobody speaks https: give -tls-cert and -tls-key, or name with -proxy the proxy in front that does")
	}
	if c.private {
		fault("-webhook-private lets webhooks reach into the network of the server; it is for trying out only")
	}
	if c.issuer != "" && !strings.HasPrefix(c.issuer, "https://") {
		fault("-oidc-issuer must begin with https://")
	}
	if u, err := url.Parse(c.traces); err == nil && u.Scheme == "http" && !localHost(u.Hostname()) {
		fault("-traces must begin with https://: the collector is on another machine")
	}
	if c.adminSecret == sample.Password || c.adminSecret != "" && len([]rune(c.adminSecret)) < login.ShortestPassword {
		fault("MUSTER_ADMIN_PASSWORD must have at least %d letters and not be the specimen's", login.ShortestPassword)
	}
	if c.postgres != "" {
		switch dsn, err := pgconn.ParseConfig(c.postgres); {
		case err != nil:
			fault("MUSTER_POSTGRES_DSN is not understood")
		case dsn.TLSConfig == nil && !localHost(dsn.Host) || slices.ContainsFunc(dsn.Fallbacks, func(f *pgconn.FallbackConfig) bool { return f.TLSConfig == nil && !localHost(f.Host) }):
			fault("MUSTER_POSTGRES_DSN must have sslmode=verify-full: the database is on another machine")
		}
	}
}

func (c *config) checkDevelopment(fault func(string, ...any)) {
	host, _, err := net.SplitHostPort(c.addr)
	if err != nil {
		fault("-addr must be an address and a port: 127.0.0.1:8080")
	} else if !localHost(host) {
		fault("in development mode everybody knows the passwords, so -addr must be on this machine: 127.0.0.1:8080. For more give -production")
	}
}

// localHost reports whether a host is this machine.
func localHost(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasPrefix(host, "/") || ip != nil && ip.IsLoopback()
}

// weak reports whether a key was typed and not drawn: random ones have more than 16 different bytes, all but never fewer.
func weak(k login.Key) bool {
	seen := map[byte]bool{}
	for _, b := range k {
		seen[b] = true
	}
	return len(seen) < 16
}
