package web

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// TraceHeader is the header of an answer with the id of its trace.
const TraceHeader = "X-Trace-Id"

// TraceID returns the id of the trace that a request belongs to; empty: it is not watched.
func TraceID(ctx context.Context) string {
	if id := trace.SpanContextFromContext(ctx).TraceID(); id.IsValid() {
		return id.String()
	}
	return ""
}
