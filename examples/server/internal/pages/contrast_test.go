package pages_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// luminance is the relative luminance of a colour, as WCAG 2.2 defines it.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(colour, 16, 32)
	require.NoError(t, err)
	part := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Black on white is 21 to 1, and #767676 on white is the grey that just passes 4.5 to 1: both from WCAG's own examples.
func TestContrastAsWCAGHasIt(t *testing.T) {
	require.InDelta(t, 21, contrast(t, "000000", "ffffff"), 0.001)
	require.InDelta(t, 4.54, contrast(t, "767676", "ffffff"), 0.005)
}

// WCAG 1.4.3: text needs 4.5 to 1; 1.4.11: borders of fields and parts of charts need 3 to 1.
func TestColoursCanBeRead(t *testing.T) {
	raw, err := os.ReadFile("static/style.css")
	require.NoError(t, err)
	css := string(raw)
	blocks := regexp.MustCompile(`:root \{([^}]*)\}`).FindAllStringSubmatch(css, -1)
	require.Len(t, blocks, 2, "a light and a dark set of colours")
	for _, b := range blocks {
		css = strings.Replace(css, b[0], "", 1)
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(b[1], -1) {
			colours[m[1]] = m[2]
		}
		pairs := 0
		for name, colour := range colours {
			if on, is := strings.CutPrefix(name, "on-"); is {
				pairs++
				require.Contains(t, colours, on)
				require.GreaterOrEqual(t, contrast(t, colour, colours[on]), 4.5, "text --%s on --%s", name, on)
			}
		}
		require.GreaterOrEqual(t, pairs, 7)
		require.GreaterOrEqual(t, contrast(t, colours["link"], colours["page"]), 4.5, "links")
		require.GreaterOrEqual(t, contrast(t, colours["link"], colours["soft"]), 4.5, "links of the header")
		require.GreaterOrEqual(t, contrast(t, colours["on-page"], colours["soft"]), 4.5, "the name of the company")
		for _, mark := range []string{"edge", "main", "chart-1", "chart-2", "chart-3"} {
			require.GreaterOrEqual(t, contrast(t, colours[mark], colours["page"]), 3.0, "--%s on the page", mark)
		}
	}
	require.NotRegexp(t, `#[0-9a-fA-F]{3,8}\b[^{]*;`, regexp.MustCompile(`/\*.*?\*/`).ReplaceAllString(css, ""), "a colour beside the two sets is in no pair")
	for _, rule := range regexp.MustCompile(`\{([^{}]*background: var\(--([a-z]+)\)[^{}]*)\}`).FindAllStringSubmatch(css, -1) {
		if text := regexp.MustCompile(`(?:^|[; ])color: var\(--([a-z-]+)\)`).FindStringSubmatch(rule[1]); text != nil {
			ok := text[1] == "on-"+rule[2] || text[1] == "link" && rule[2] == "page"
			require.True(t, ok, fmt.Sprintf("%s on %s is no pair", text[1], rule[2]))
		}
	}
}
