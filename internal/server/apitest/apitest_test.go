package apitest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/drosshq/dross/internal/server"
)

// TestWrongAnswersAreSeen proves that the transport can fail.
func TestWrongAnswersAreSeen(t *testing.T) {
	answer := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "1")
		w.Header().Set("Content-Type", r.Header.Get("X-Type"))
		status := http.StatusOK
		if r.Header.Get("X-Status") == "teapot" {
			status = http.StatusTeapot
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(r.Header.Get("X-Body")))
	}
	srv := httptest.NewServer(http.HandlerFunc(answer))
	defer srv.Close()
	tr, err := New(server.OpenAPI(), http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		method, path, ctype, body, status string
		ok                                bool
	}{
		{"GET", "/v1/lists", "application/json", `{"revision":"sha256:0","entries":1,"categories":{},"lists":[]}`, "", true},
		{"GET", "/v1/lists", "application/json", `{"revision":"0","entries":1,"categories":{},"lists":[]}`, "", false},
		{"GET", "/v1/lists", "application/json", `{"revision":"sha256:0","entries":1,"categories":{},"lists":[],"more":1}`, "", false},
		{"GET", "/v1/lists", "text/plain", "x", "", false},
		{"GET", "/v1/lists", "application/json", "{}", "teapot", false},
		{"GET", "/nowhere", "application/json", "{}", "", false},
		{"POST", "/v1/filter", "application/json", `{"verdict":"clean"}`, "", false},
		{"POST", "/v1/batch", "application/x-ndjson", `{"id":1,"error":{"code":"x","message":"y","line":1}}`, "", true},
		{"POST", "/v1/batch", "application/x-ndjson", `{"id":1,"error":{"code":"x"}}`, "", false},
	}
	for _, c := range cases {
		r, _ := http.NewRequest(c.method, srv.URL+c.path, strings.NewReader("x"))
		for k, v := range map[string]string{"X-Type": c.ctype, "X-Body": c.body, "X-Status": c.status, "Content-Type": "text/plain"} {
			r.Header.Set(k, v)
		}
		resp, err := tr.RoundTrip(r)
		if err == nil {
			_ = resp.Body.Close()
		}
		if (err == nil) != c.ok {
			t.Errorf("%s %s %s %s: got %v, want ok %v", c.method, c.path, c.ctype, c.body, err, c.ok)
		}
	}
}
