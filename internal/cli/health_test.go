package cli

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestHealthTarget(t *testing.T) {
	cases := map[string]struct {
		cmd         healthCmd
		want, fault string
	}{
		"all addresses":    {healthCmd{Listen: ":8866"}, "http://127.0.0.1:8866/-/ready", ""},
		"all of IPv4":      {healthCmd{Listen: "0.0.0.0:80"}, "http://127.0.0.1:80/-/ready", ""},
		"all of IPv6":      {healthCmd{Listen: "[::]:80"}, "http://[::1]:80/-/ready", ""},
		"one address":      {healthCmd{Listen: "127.0.0.2:9"}, "http://127.0.0.2:9/-/ready", ""},
		"URL wins":         {healthCmd{Listen: ":1", URL: "https://dross:8866/livez"}, "https://dross:8866/livez", ""},
		"no port":          {healthCmd{Listen: "localhost"}, "", "is not HOST:PORT"},
		"another protocol": {healthCmd{URL: "ftp://dross/"}, "", "not an http"},
		"no host":          {healthCmd{URL: "http:///livez"}, "", "not an http"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := c.cmd.target()
			if c.fault != "" {
				var usage *usageError
				if !errors.As(err, &usage) || !strings.Contains(err.Error(), c.fault) {
					t.Errorf("error %v, want %q", err, c.fault)
				}
				return
			}
			if err != nil || got != c.want {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestHealth(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/-/ready", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("dross is ready.\nmore\n")) })
	mux.HandleFunc("/starting", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/-/ready", http.StatusFound) })
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	srv := httptest.NewServer(mux)
	defer srv.Close()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	_ = free.Close()

	cases := map[string]struct {
		cmd   healthCmd
		fault string
	}{
		"ready":      {healthCmd{Listen: strings.TrimPrefix(srv.URL, "http://")}, ""},
		"not ready":  {healthCmd{URL: srv.URL + "/starting"}, "503"},
		"redirected": {healthCmd{URL: srv.URL + "/moved"}, "302"},
		"too slow":   {healthCmd{URL: srv.URL + "/slow", Timeout: 50 * time.Millisecond}, "no answer in time"},
		"nobody":     {healthCmd{Listen: nobody}, "refused"},
		"no time":    {healthCmd{URL: srv.URL, Timeout: -1}, "is not above 0"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if c.cmd.Timeout == 0 {
				c.cmd.Timeout = 10 * time.Second
			}
			var out bytes.Buffer
			err := c.cmd.Run(t.Context(), stdio{out: &out, err: &out})
			if c.fault == "" {
				if err != nil || out.String() != "dross is ready.\n" {
					t.Errorf("said %q, error %v", out.String(), err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("error %v, want %q", err, c.fault)
			}
		})
	}
}
