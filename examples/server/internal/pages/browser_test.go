package pages_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/pages"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// installed returns the Chromium of this machine. Without one the test is skipped and says so, or fails where MUSTER_CHROMIUM_REQUIRED is 1.
func installed(t *testing.T) string {
	t.Helper()
	browser := pages.Browser()
	if browser == "" {
		if os.Getenv("MUSTER_CHROMIUM_REQUIRED") == "1" {
			t.Fatal("MUSTER_CHROMIUM_REQUIRED is 1, and no Chromium is installed")
		}
		t.Skip("no Chromium is installed: the pages are not tried in a browser")
	}
	return browser
}

// studio is a real browser that visits the pages.
type studio struct {
	t      *testing.T
	server *servetest.Server
	ctx    context.Context
	shots  string // where screenshots go

	mu       sync.Mutex
	requests []string
}

func openStudio(t *testing.T) *studio {
	t.Helper()
	browser := installed(t)
	s := &studio{t: t, server: servetest.Start(t, fast), shots: os.Getenv("MUSTER_SCREENSHOTS")}
	if s.shots == "" {
		s.shots = t.TempDir()
	}
	require.NoError(t, os.MkdirAll(s.shots, 0o755))
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-gpu", true), chromedp.Flag("no-sandbox", os.Geteuid() == 0), chromedp.WSURLReadTimeout(time.Minute))
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	s.ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(s.ctx))
	return s
}

// local fails for every request that left this machine.
func (s *studio) local() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	require.NotEmpty(s.t, s.requests)
	for _, r := range s.requests {
		u, err := url.Parse(r)
		require.NoError(s.t, err)
		if u.Scheme == "data" || u.Scheme == "about" || u.Scheme == "blob" {
			continue
		}
		require.Equal(s.t, "127.0.0.1", u.Hostname(), "a request left this machine: %s", r)
	}
}

// visitor is somebody at the browser, with cookies of their own.
type visitor struct {
	*studio
	ctx context.Context
}

const (
	desktop = 1100
	phone   = 390
)

// enter logs a part of the company in, by the form.
func (s *studio) enter(part string) *visitor {
	s.t.Helper()
	ctx, stop := chromedp.NewContext(s.ctx, chromedp.WithNewBrowserContext())
	s.t.Cleanup(stop)
	v := &visitor{s, ctx}
	require.NoError(s.t, chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			s.mu.Lock()
			s.requests = append(s.requests, e.Request.URL)
			s.mu.Unlock()
		}
	}))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(s.t, err)
	v.size(desktop)
	v.open("/login")
	for _, p := range sample.Cast(s.server.App().Company) {
		if p.What == part {
			v.fill(`[name=login]`, p.Login)
			v.fill(`[name=password]`, sample.Password)
		}
	}
	v.press("Log in")
	require.Equal(s.t, "/", v.here(), "the login of %s", part)
	return v
}

func (v *visitor) do(actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.ctx, 30*time.Second)
	defer stop()
	require.NoError(v.t, chromedp.Do(ctx, actions...))
}

// see does what answers something.
func see[T any](v *visitor, action chromedp.Action[T]) T {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.ctx, 30*time.Second)
	defer stop()
	answer, err := chromedp.Run(ctx, action)
	require.NoError(v.t, err)
	return answer
}

// leads does what leads to another page, and waits for that.
func (v *visitor) leads(actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.ctx, 30*time.Second)
	defer stop()
	_, err := chromedp.RunResponse(ctx, actions...)
	require.NoError(v.t, err)
}

func (v *visitor) size(wide int64) { v.t.Helper(); v.do(chromedp.EmulateViewport(wide, 850)) }

func (v *visitor) open(path string) {
	v.t.Helper()
	v.leads(chromedp.Navigate(v.server.URL + path))
	v.accessible()
}

// press clicks the button or link that is called so, by what it shows or by its label, and waits for the page that comes.
func (v *visitor) press(name string) {
	v.t.Helper()
	v.leads(chromedp.Click(`//*[self::button or self::a][normalize-space()="`+name+`" or @aria-label="`+name+`"]`, chromedp.NodeVisible))
	v.accessible()
}

// fill types into a field.
func (v *visitor) fill(field, text string) {
	v.t.Helper()
	v.do(chromedp.SetValue(chromedp.CSS(field), text))
}

func (v *visitor) here() string {
	v.t.Helper()
	return see(v, chromedp.Evaluate[string](`location.pathname`))
}

// text is what an element shows.
func (v *visitor) text(selector string) string {
	v.t.Helper()
	return see(v, chromedp.Text(chromedp.CSS(selector)))
}

// says fails unless the page shows a text.
func (v *visitor) says(text string) {
	v.t.Helper()
	require.Contains(v.t, v.text("main"), text)
}

// shot saves what the window shows.
func (v *visitor) shot(name string) {
	v.t.Helper()
	require.NoError(v.t, os.WriteFile(filepath.Join(v.shots, name+".png"), see(v, chromedp.CaptureScreenshot()), 0o644))
}

// small looks at the page on a telephone, where nothing may be wider than the screen.
func (v *visitor) small(name string) {
	v.t.Helper()
	v.size(phone)
	over := see(v, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	require.Zero(v.t, over, "%s is %d pixels wider than a telephone", v.here(), over)
	v.shot(name)
	v.size(desktop)
}

// inspection looks for what keeps people from using a page who do not see it, or have no mouse.
const inspection = `(() => {
  const faults = [], name = e => (e.getAttribute("aria-label") || e.innerText || e.title || "").trim();
  const shown = e => e.checkVisibility({ visibilityProperty: true });
  if (document.querySelectorAll("h1").length !== 1) faults.push("there is not one h1");
  if (!document.documentElement.lang) faults.push("the page has no language");
  if (document.title.replace("· Muster", "").trim() === "") faults.push("the page has no title");
  if (document.querySelectorAll("main").length !== 1) faults.push("there is not one main");
  const first = document.querySelector("a[href], button, input:not([type=hidden])");
  if (!first || first.getAttribute("href") !== "#main") faults.push("the first stop is not the link to the content");
  let level = 1;
  for (const h of document.querySelectorAll("h1, h2, h3, h4")) { const n = +h.tagName[1]; if (n > level + 1) faults.push("a heading skips a level: " + h.innerText); level = n; }
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!(e.labels && [...e.labels].some(l => l.textContent.trim())) && !e.getAttribute("aria-label")) faults.push("a field has no label: " + e.name);
  for (const e of document.querySelectorAll("a[href], button, summary")) if (shown(e) && !name(e)) faults.push("an action has no name: " + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll("svg")) if (e.getAttribute("aria-hidden") !== "true" && !(e.getAttribute("role") === "img" && e.getAttribute("aria-label"))) faults.push("a drawing is not described");
  for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) faults.push("an image is not described");
  for (const e of document.querySelectorAll("table")) if (!e.querySelector("th[scope]")) faults.push("a table has no headings");
  for (const e of document.querySelectorAll("nav")) if (!e.getAttribute("aria-label")) faults.push("a navigation has no name");
  for (const e of document.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) faults.push("a tabindex is above zero");
  for (const e of document.querySelectorAll("[style], script:not([src])")) faults.push("style or script in the page: " + e.outerHTML.slice(0, 80));
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(x => x === id).length > 1) faults.push("an id is there twice: " + id);
  for (const e of document.querySelectorAll("[aria-labelledby]")) if (!document.getElementById(e.getAttribute("aria-labelledby"))) faults.push("a label is missing: " + e.getAttribute("aria-labelledby"));
  const again = {};
  for (const e of document.querySelectorAll("main button")) if (shown(e)) again[name(e)] = (again[name(e)] || 0) + 1;
  for (const n in again) if (again[n] > 2) faults.push("many buttons are called the same: " + n);
  const luminance = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const colour = text => (text.match(/[\d.]+/g) || []).map(Number);
  const behind = e => { for (; e; e = e.parentElement) { const c = colour(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; if (c[3] > 0) return null; } return [255, 255, 255]; };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = new Set();
  for (let t; (t = texts.nextNode());) {
    const e = t.parentElement;
    if (!t.data.trim() || seen.has(e) || !shown(e) || e.closest("svg, .skip:not(:focus), noscript, option")) continue;
    seen.add(e);
    const s = getComputedStyle(e), b = behind(e), x = luminance(colour(s.color)), y = b && luminance(b);
    if (!b || e.disabled) { if (!b) faults.push("what is behind a text is half transparent: " + t.data.trim()); continue; }
    const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05), size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && +s.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) faults.push("a text cannot be read, " + ratio.toFixed(2) + " to 1: " + t.data.trim().slice(0, 60));
  }
  if (seen.size < 3) faults.push("hardly any text was looked at");
  for (const e of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")) { const r = e.getBoundingClientRect(); if (shown(e) && !e.closest("p, li, td, th, h1, h2, h3, svg, .skip, label") && r.height > 0 && r.height < 24) faults.push("a finger does not meet this, " + r.height + " pixels high: " + name(e)); }
  for (const e of document.querySelectorAll(".wide, .board")) if (e.scrollWidth > e.clientWidth && e.tabIndex !== 0) faults.push("what scrolls cannot be scrolled by keyboard");
  return faults;
})()`

func (v *visitor) accessible() {
	v.t.Helper()
	require.Empty(v.t, see(v, chromedp.Evaluate[[]string](inspection)), "%s", v.here())
}

// dark looks at the page again in the colours for the dark.
func (v *visitor) dark() {
	v.t.Helper()
	scheme := func(name string) {
		_, err := chromedp.Call(v.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
		require.NoError(v.t, err)
	}
	scheme("dark")
	require.True(v.t, see(v, chromedp.Evaluate[bool](`matchMedia("(prefers-color-scheme: dark)").matches`)))
	v.accessible()
	scheme("light")
}

// byKeyboard goes through a page by the Tab key, and fails unless it comes to everything that can be done there, and shows where it is.
func (v *visitor) byKeyboard() {
	v.t.Helper()
	const actions = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled)`
	all := see(v, chromedp.Evaluate[int](`document.activeElement.blur(); window.reached = new Set(); window.unseen = []; `+actions+`.length`))
	for range all*3 + 10 { // a field of a date has several stops, and so has what scrolls
		v.do(chromedp.KeyEvent("\t"))
		if see(v, chromedp.Evaluate[bool](`(() => { const e = document.activeElement; if (e !== document.body) { window.reached.add(e);
			const s = getComputedStyle(e); if (e.matches(":focus-visible") && s.outlineStyle === "none") window.unseen.push(e.outerHTML.slice(0, 80)); }
			return `+actions+`.every(e => window.reached.has(e)); })()`)) {
			break
		}
	}
	require.Empty(v.t, see(v, chromedp.Evaluate[[]string](actions+`.filter(e => !window.reached.has(e)).map(e => e.outerHTML.slice(0, 80))`)), "%s: the keyboard does not come to these", v.here())
	require.Empty(v.t, see(v, chromedp.Evaluate[[]string](`window.unseen`)), "%s: nobody sees that the keyboard is here", v.here())
}
