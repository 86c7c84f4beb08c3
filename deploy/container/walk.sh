#!/usr/bin/env bash
# Walks the endpoints that clients rely on, against a service that runs.
#
#   walk.sh URL
#
# The service must have the list of walk-lists/ beside this file: its words are
# made up, so the walk says nothing about the shipped lists. Needs curl, gzip, jq.
set -euo pipefail

url=${1:?usage: walk.sh URL}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
steps=0

fail() { echo "FAIL $*" >&2; sed 's/^/    /' "$work/head" >&2; head -c 600 "$work/body" >&2; echo >&2; exit 1; }

# ask STATUS PATH [curl options]: the answer must have the status.
ask() {
  local want=$1 path=$2 got
  shift 2
  got=$(curl -sS --max-time 20 -o "$work/body" -D "$work/head" -w '%{http_code}' "$@" "$url$path") || fail "$path: no answer"
  [ "$got" = "$want" ] || fail "$path: status $got, want $want"
  steps=$((steps + 1))
}
header() { grep -qiE "^$1: *$2"$'\r?$' "$work/head" || fail "header $1 is not $2"; }
holds() { jq -e "$1" "$work/body" >/dev/null || fail "not so: $1"; }
same() { cmp -s "$1" "$work/body" || fail "the body is not $1"; }
problem() { header Content-Type 'application/problem\+json'; holds ".status == $1 and (.title | length > 0)"; }

spam='zorblat casino, quxlet slots, free wibblebet, zorblat casino'
printf '<!DOCTYPE html><html><head><title>Harbour news</title></head><body><p>The board met on Tuesday.</p><div>%s</div><p>It talked of the new bridge.</p></body></html>' "$spam" >"$work/page.html"
sed "s|<div>$spam</div>||" "$work/page.html" >"$work/cut.html"
printf '%s\n\nThe board met on Tuesday. It talked of the harbour and of the new bridge.\n' "$spam" >"$work/page.txt"
printf 'The board met on Tuesday. It talked of the harbour and of the new bridge.\n' >"$work/clean.txt"
html=(-H 'Content-Type: text/html; charset=utf-8' --data-binary "@$work/page.html")
clean=(-H 'Content-Type: text/plain; charset=utf-8' --data-binary "@$work/clean.txt")
json=(-H 'Accept: application/json')

echo "health"
for path in /-/healthy /livez /-/ready /readyz; do ask 200 "$path"; done

echo "one page"
ask 200 /v1/filter "${html[@]}"
same "$work/cut.html"
header Content-Type 'text/html; charset=utf-8'
header Dross-Verdict stripped
header Dross-Removed-Bytes "$(($(wc -c <"$work/page.html") - $(wc -c <"$work/cut.html")))"
header Dross-Blocks 1
header Dross-Categories gambling
header Dross-Lists 'sha256:[0-9a-f]{64}'
ask 200 /v1/filter "${html[@]}" "${json[@]}"
holds '.verdict == "stripped" and .categories == ["gambling"] and .blocks[0].action == "removed" and .blocks[0].path != null'
jq -rj .content "$work/body" | cmp - "$work/cut.html" || fail "content of the result"
ask 200 /v1/filter -H 'Content-Type: text/plain' --data-binary "@$work/page.txt"
grep -q '^The board met' "$work/body" && ! grep -q zorblat "$work/body" || fail "text"
ask 200 /v1/filter "${clean[@]}"
same "$work/clean.txt"
header Dross-Verdict clean

echo "preferences and encodings"
ask 204 /v1/filter "${clean[@]}" -H 'Prefer: return=minimal'
ask 200 '/v1/filter?dry_run=1' "${html[@]}"
same "$work/page.html"
header Dross-Verdict stripped
ask 200 '/v1/filter?categories=adult' "${html[@]}"
same "$work/page.html"
ask 200 '/v1/filter?explain=1' "${clean[@]}" "${json[@]}"
holds '.verdict == "clean" and (.lists | startswith("sha256:"))'
gzip -c "$work/page.html" >"$work/page.gz"
ask 200 /v1/filter -H 'Content-Type: text/html; charset=utf-8' -H 'Content-Encoding: gzip' --data-binary "@$work/page.gz"
same "$work/cut.html"

echo "batch"
jq -cn --rawfile c "$work/page.html" '{id: "1", content_type: "text/html", content: $c}' >"$work/batch"
echo 'no JSON' >>"$work/batch"
jq -cn --rawfile c "$work/clean.txt" '{id: "3", content_type: "text/plain", content: $c}' >>"$work/batch"
ask 200 /v1/batch -H 'Content-Type: application/x-ndjson' --data-binary "@$work/batch"
[ "$(jq -rs 'map(.verdict // "error") | join(" ")' "$work/body")" = "stripped error clean" ] || fail "batch"

echo "about the service"
ask 200 /v1/lists
holds '(.revision | startswith("sha256:")) and .entries > 0 and .categories.gambling > 0'
ask 200 /openapi.yaml
grep -q '^openapi: ' "$work/body" || fail "openapi"
ask 200 /
header Content-Type 'text/html.*'
ask 200 /metrics
for name in 'pages_total\{verdict="stripped"\} [1-9]' 'lists_last_reload_successful 1' build_info lists_info; do
  grep -qE "^dross_$name" "$work/body" || fail "metric $name"
done
! grep -q zorblat "$work/body" || fail "a keyword in the metrics"

echo "faults"
ask 404 /nowhere && problem 404
ask 405 /v1/filter && problem 405 && header Allow '.*POST.*'
ask 415 /v1/filter -H 'Content-Type: image/png' --data-binary x && problem 415
ask 415 /v1/filter -H 'Content-Type: text/plain' -H 'Content-Encoding: zip' --data-binary x && problem 415
ask 400 '/v1/filter?categories=nonsense' "${clean[@]}" && problem 400
ask 404 /-/reload -X POST && problem 404
ask 200 /v1/filter "${clean[@]}" -H 'X-Request-Id: walk-1' && header X-Request-Id walk-1
ask 200 /v1/filter "${clean[@]}" && header X-Request-Id '.+'

echo "$steps requests answered as promised"
