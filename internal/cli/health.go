package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// healthCmd is `dross health`: the probe for containers that hold no shell and
// no HTTP client of their own.
type healthCmd struct {
	Listen  string        `name:"listen" default:":8866" env:"DROSS_LISTEN" placeholder:"ADDR" help:"Address that the service listens on (${default}); a service on all addresses is asked on loopback."`
	URL     string        `name:"health.url" aliases:"url" env:"DROSS_HEALTH_URL" placeholder:"URL" help:"What to ask instead of /-/ready at --listen, for a service with TLS or on another machine."`
	Timeout time.Duration `name:"health.timeout" aliases:"timeout" default:"3s" env:"DROSS_HEALTH_TIMEOUT" help:"Longest wait for the answer (${default})."`
}

// Run asks the service whether it is ready: nil when it answers 200.
func (c *healthCmd) Run(ctx context.Context, std stdio) error {
	target, err := c.target()
	if err != nil {
		return err
	}
	if c.Timeout <= 0 {
		return usagef("--health.timeout: %s is not above 0", c.Timeout)
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	answer, err := ask(ctx, target)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	_, err = fmt.Fprintln(std.out, answer)
	return err
}

// target is the URL to ask.
func (c *healthCmd) target() (string, error) {
	if c.URL != "" {
		u, err := url.Parse(c.URL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return "", usagef("--health.url: %q is not an http or https URL", c.URL)
		}
		return c.URL, nil
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return "", usagef("--listen: %q is not HOST:PORT", c.Listen)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	return "http://" + net.JoinHostPort(host, port) + "/-/ready", nil
}

// ask returns the first line of a 200 answer. It goes to the service itself, not
// through a proxy, and follows no redirect.
func ask(ctx context.Context, target string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("User-Agent", "dross-health")
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	if err != nil {
		return "", cause(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1024))
	if err != nil {
		return "", err
	}
	if res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s answered %s", target, res.Status)
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
	return line, nil
}

// cause takes the method off the client's error, and names a timeout as one.
func cause(err error) error {
	var fault *url.Error
	if !errors.As(err, &fault) {
		return err
	}
	if fault.Timeout() {
		return fmt.Errorf("%s: no answer in time: %w", fault.URL, fault.Err)
	}
	return fmt.Errorf("%s: %w", fault.URL, fault.Err)
}
