package series

import (
	"slices"
	"testing"
)

func TestAsked(t *testing.T) {
	got := Asked(`sum(rate(dross_a_bucket{job="dross_no",le="0.1"}[5m])) / job:dross_b:rate5m and go_goroutines + up{x="y"}`)
	want := []string{"dross_a_bucket", "go_goroutines", "job:dross_b:rate5m", "up"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestService(t *testing.T) {
	k, err := Service()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"dross_pages_total": true, "dross_page_duration_seconds_bucket": true, "up": true, "go_goroutines": true,
		"dross_pages": false, "dross_nothing_total": false,
	} {
		if k.Has(name) != want {
			t.Errorf("Has(%s) is %v", name, !want)
		}
	}
	if err := k.AddRecorded("../rules/recording.yml"); err != nil || !k.Has("job:dross_pages:rate5m") {
		t.Errorf("recorded series are missing: %v", err)
	}
	if err := k.AddRecorded("missing.yml"); err == nil {
		t.Error("a missing file is no fault")
	}
}
