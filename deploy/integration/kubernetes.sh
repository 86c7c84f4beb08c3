#!/usr/bin/env bash
# Renders the Kubernetes overlays and checks what comes out: decoded strictly
# against the types of the API, joined by the rules of deploy/kubernetes/check,
# scored by kube-score, and the settings and lists read by dross itself.
#
# On a machine with Go; one command, no cluster, nothing stays behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
source deploy/integration/lib/install.sh

kustomize=sigs.k8s.io/kustomize/kustomize/v5@v5.8.2
kube_score=github.com/zegl/kube-score/cmd/kube-score@v1.20.0
# The defaults of kube-score and these. Left out on purpose:
#  container-resource-requests-equal-limits, container-cpu-requests-equal-limits:
#    judging comes in bursts; a processor that idles is lent to it up to the limit.
#  container-ephemeral-storage-request-equals-limit: dross writes no file, the
#    limit only bounds its log.
optional=(container-seccomp-profile container-memory-requests-equal-limits container-ports-check)

step() { printf '== %s (%s)\n' "$*" "$(date +%T)"; }
fail() { echo "FAIL $*" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step "tools"
go_modules . deploy/kubernetes/check
GOBIN=$work/bin retry quietly go install "$kustomize"
GOBIN=$work/bin retry quietly go install "$kube_score"
(cd deploy/kubernetes/check && go vet ./... && go test ./... && go build -o "$work/bin/check" .)

options=()
for test in "${optional[@]}"; do options+=(--enable-optional-test "$test"); done
overlays=0
for overlay in deploy/kubernetes/overlays/*/; do
  name=$(basename "$overlay")
  step "overlay $name"
  "$work/bin/kustomize" build "$overlay" >"$work/$name.yaml"
  "$work/bin/check" <"$work/$name.yaml"
  "$work/bin/kube-score" score --exit-one-on-warning "${options[@]}" --output-format ci "$work/$name.yaml" >"$work/$name.score" ||
    { grep -vE '^\[(OK|SKIPPED)' "$work/$name.score"; fail "kube-score finds fault with $name"; }
  passed=$(grep -c '^\[OK' "$work/$name.score")
  [ "$passed" -ge 15 ] || fail "kube-score ran only $passed checks"
  echo "kube-score: $passed checks passed, exceptions: $(grep -ohE 'kube-score/ignore: .*' "$work/$name.yaml" | cut -d' ' -f2- | sort -u | tr '\n' ' ')"
  overlays=$((overlays + 1))
done
[ "$overlays" -ge 2 ] || fail "only $overlays overlays"

step "settings and lists, read by dross"
go run ./cmd/dross serve --config.check --config.file deploy/kubernetes/base/dross.yml --lists.dir deploy/kubernetes/base/lists
echo "kubernetes: $overlays overlays passed"
