package server

import (
	_ "embed"
	"net/http"
)

//go:embed page/index.html
var indexHTML []byte

//go:embed page/openapi.yaml
var openAPI []byte

// pagePolicy lets the page run its own script and style and talk to its own
// origin, nothing else.
const pagePolicy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// OpenAPI returns the description of the service, as GET /openapi.yaml serves it.
func OpenAPI() []byte { return openAPI }

func servePage() handler {
	return func(w *response, _ *http.Request) error {
		w.Header().Set("Content-Security-Policy", pagePolicy)
		writeBytes(w, "text/html; charset=utf-8", indexHTML)
		return nil
	}
}

func serveOpenAPI(w *response, _ *http.Request) error {
	writeBytes(w, "application/yaml", openAPI)
	return nil
}
