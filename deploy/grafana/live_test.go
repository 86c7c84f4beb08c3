package grafana

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

var server = flag.String("prometheus", "", "URL of a Prometheus that scrapes a service under traffic")

// answer is what Prometheus says to a query.
type answer struct {
	Status, Error string
	Data          struct {
		Result []struct {
			Metric map[string]string
			Value  [2]any
		}
	}
}

func ask(ctx context.Context, expr string) (*answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, *server+"/api/v1/query?query="+url.QueryEscape(expr), nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	a := &answer{}
	if err := json.NewDecoder(resp.Body).Decode(a); err != nil {
		return nil, err
	}
	if a.Status != "success" {
		return nil, fmt.Errorf("%s: %s", a.Status, a.Error)
	}
	return a, nil
}

// TestLive evaluates every query of the dashboard: none is in error, none
// empty, and none without a number. Events may not have happened: theirs may be
// empty.
func TestLive(t *testing.T) {
	if *server == "" {
		t.Skip("no -prometheus; deploy/integration/prometheus.sh gives one")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	exprs, good := read(t).Exprs(), 0
	for _, e := range exprs {
		a, err := ask(ctx, Fill(e.Text, "dross", "30s"))
		if err != nil {
			t.Errorf("%s: %v", e.Where, err)
			continue
		}
		numbers := 0
		for _, r := range a.Data.Result {
			if s := fmt.Sprint(r.Value[1]); !strings.Contains(s, "NaN") && !strings.Contains(s, "Inf") {
				numbers++
			}
		}
		if numbers == 0 {
			t.Errorf("%s: %d series, none with a number: %s", e.Where, len(a.Data.Result), e.Text)
			continue
		}
		good++
	}
	for _, e := range read(t).Annotations.List {
		if _, err := ask(ctx, Fill(e.Expr, "dross", "30s")); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
	}
	fmt.Printf("dashboard: %d of %d expressions have values\n", good, len(exprs))
}
