# dross: what a contributor runs. `make check` is what CI runs first.
GO ?= go
FUZZTIME ?= 60s
LINT = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: check build test race lint fuzz bench quality chaos load integration clean

check: lint test race

build:
	$(GO) build -trimpath -o dross ./cmd/dross

test:
	$(GO) test ./...

race:
	$(GO) test -race ./filter/... ./internal/match ./internal/ndjson ./internal/server ./internal/app ./internal/metrics

lint:
	@test -z "$$(gofmt -l cmd deploy filter internal lists)" || { gofmt -l cmd deploy filter internal lists; exit 1; }
	$(GO) vet ./...
	$(LINT) run ./...

# Every fuzz target for FUZZTIME each, two at a time.
fuzz:
	FUZZTIME=$(FUZZTIME) .ci/fuzz

bench:
	$(GO) test -run '^$$' -bench . -benchtime 2s ./filter ./internal/match

# Scores the quality corpus and rewrites its golden table.
quality:
	$(GO) test ./internal/quality -run Golden -update

# 64 clients, 1,000 reloads, three minutes; prints its figures.
chaos:
	$(GO) test ./internal/chaos -run TestChaos -v -timeout 10m -chaos.duration 3m -chaos.reloads 1000

load:
	$(GO) test ./internal/chaos -run TestLoad -v -load.duration 5s

# The real tools around dross; each script installs what it needs (root, Debian 12).
integration:
	deploy/integration/run

clean:
	rm -f dross
