package serve_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi/datamodel"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// The description is served to anybody, holds against the schema that the OpenAPI Initiative publishes for 3.1, and each of its own schemas is one of
// JSON Schema 2020-12 whose references lead somewhere.
func openAPI(t *testing.T, s *servetest.Server) {
	answer, body := s.Anonymous(t).Do(http.MethodGet, "/v1/openapi.json", nil)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	require.NoError(t, err)
	require.Regexp(t, `^3\.1\.`, document.(map[string]any)["openapi"])

	published, err := jsonschema.UnmarshalJSON(strings.NewReader(datamodel.OpenAPI31SchemaData))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	const at = "https://spec.openapis.org/oas/3.1/schema"
	require.NoError(t, c.AddResource(at, published))
	schema, err := c.Compile(at)
	require.NoError(t, err)
	require.NoError(t, schema.Validate(document))
	document.(map[string]any)["paths"].(map[string]any)["/v1/me"].(map[string]any)["get"] = "a route that is none"
	require.Error(t, schema.Validate(document), "the schema refuses what is wrong")

	own, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	require.NoError(t, err)
	c = jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	require.NoError(t, c.AddResource("https://muster.example/openapi.json", own))
	components := own.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	require.Greater(t, len(components), 50)
	for name := range components {
		_, err := c.Compile("https://muster.example/openapi.json#/components/schemas/" + name)
		require.NoError(t, err, name)
	}
	var refs func(v any)
	refs = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			if ref, is := x["$ref"].(string); is {
				require.Contains(t, components, strings.TrimPrefix(ref, "#/components/schemas/"))
			}
			for _, part := range x {
				refs(part)
			}
		case []any:
			for _, part := range x {
				refs(part)
			}
		}
	}
	refs(own)
}
