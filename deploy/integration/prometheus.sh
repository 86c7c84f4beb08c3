#!/usr/bin/env bash
# Tests deploy/prometheus and deploy/grafana with a real Prometheus that scrapes
# the real service under traffic. Needs Go, curl and Debian's archive; needs no
# root where the package lists are fresh. Everything listens on loopback.
set -euo pipefail
cd "$(dirname "$0")/../.."
source deploy/integration/lib/install.sh
work=$(mktemp -d)
pids=()

cleanup() {
	local code=$?
	trap - EXIT
	for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
	wait 2>/dev/null || true
	if ((code != 0)); then tail -n 20 "$work"/*.log >&2 2>/dev/null || true; fi
	rm -rf "$work"
	exit "$code"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { printf '== %s\n' "$*"; }
die() { printf 'prometheus.sh: %s\n' "$*" >&2; exit 1; }

# wait_for SECONDS WHAT COMMAND... tries the command until it succeeds.
wait_for() {
	local end=$((SECONDS + $1)) what=$2
	shift 2
	until "$@"; do
		((SECONDS < end)) || die "$what: not in time"
		sleep 0.3
	done
}

# The package is unpacked, not installed: its service would listen everywhere.
get_prometheus() {
	command -v prometheus >/dev/null && command -v promtool >/dev/null && return
	if [[ $(id -u) == 0 ]]; then retry quietly apt-get update -qq; fi
	mkdir "$work/deb"
	cd "$work/deb"
	retry quietly apt-get download -qq prometheus
	dpkg-deb -x prometheus_*.deb .
	cd "$OLDPWD"
	PATH="$work/deb/usr/bin:$PATH"
}

# address LOG PATTERN prints what follows the pattern up to a space.
address() { grep -m1 -o "$2[^ ]*" "$1" 2>/dev/null | sed "s/^$2//"; }

start_dross() {
	mkdir "$work/lists" "$work/shadow"
	printf '@category gambling\n@lang en\n@source made for this test\nstrong zorblat casino\nstrong quuxle slots\n' >"$work/lists/own.txt"
	cp "$work/lists/own.txt" "$work/shadow/"
	"$work/dross" serve --listen=127.0.0.1:0 --web.enable-lifecycle --no-lists.watch --lists.dir="$work/lists" --lists.shadow="$work/shadow" 2>"$work/dross.log" &
	dross_pid=$!
	pids+=("$dross_pid")
	wait_for 30 "dross is ready" grep -qs 'msg=ready address=' "$work/dross.log"
	dross=$(address "$work/dross.log" 'msg=ready address=')
}

start_prometheus() {
	mkdir "$work/prometheus" "$work/prometheus/rules"
	sed -E 's/^(  (scrape|evaluation)_interval:).*/\1 1s/; s/^(  scrape_timeout:).*/\1 1s/' deploy/prometheus/prometheus.yml >"$work/prometheus/prometheus.yml"
	cp deploy/prometheus/rules/recording.yml "$work/prometheus/rules/"
	sed -E 's/^( +for:).*/\1 1s/' deploy/prometheus/rules/alerts.yml >"$work/prometheus/rules/alerts.yml"
	printf -- '- targets: ["%s"]\n' "$dross" >"$work/prometheus/targets.yml"
	promtool check config "$work/prometheus/prometheus.yml" >/dev/null
	prometheus --config.file="$work/prometheus/prometheus.yml" --storage.tsdb.path="$work/tsdb" --web.listen-address=127.0.0.1:0 \
		--log.level=info >"$work/prometheus.log" 2>&1 &
	pids+=($!)
	wait_for 30 "Prometheus listens" grep -qs 'msg="Listening on"' "$work/prometheus.log"
	prom=http://$(address "$work/prometheus.log" 'msg="Listening on" address=')
	wait_for 30 "Prometheus is ready" curl -sf -o /dev/null "$prom/-/ready"
}

# post TYPE FILE [QUERY] sends a page as a crawler would.
post() { curl -s -o /dev/null -H "Content-Type: $1" --data-binary "@$2" "http://$dross/v1/filter${3:-}" || true; }

# traffic sends good and bad pages, and now and then what dross does not take, until it is ended.
traffic() {
	while :; do
		for f in "$work"/pages/served/p/*.html; do
			post 'text/html; charset=utf-8' "$f"
			sleep 0.03
		done
		post image/png "$work/pages/manifest.tsv"
		post text/plain "$work/pages/manifest.tsv"
	done
}

# firing ALERT asks Prometheus whether an alert fires.
firing() {
	curl -sfG "$prom/api/v1/query" --data-urlencode "query=ALERTS{alertname=\"$1\",alertstate=\"firing\"}" | grep -q "\"alertname\":\"$1\""
}
quiet() { ! firing "$1"; }

# has_values QUERY asks whether a query has a result.
has_values() { curl -sfG "$prom/api/v1/query" --data-urlencode "query=$1" | grep -q '"value":'; }

reload() { curl -s -o "$work/reload.json" -w '%{http_code}' -X POST "http://$dross/-/reload"; }

command -v curl >/dev/null || apt_install curl ca-certificates
go_modules .
say "promtool: configuration, rules and their tests"
get_prometheus
promtool check config deploy/prometheus/prometheus.yml
promtool test rules deploy/prometheus/tests/*.yml
cases=$(grep -c 'alertname:' deploy/prometheus/tests/*.yml | awk -F: '{n += $2} END {print n}')
alerts=$(grep -c -- '- alert:' deploy/prometheus/rules/alerts.yml)
go test ./deploy/prometheus/...

say "the real service under traffic"
go build -o "$work/dross" ./cmd/dross
go run ./deploy/crawlers/site write -pages 60 -dir "$work/pages"
start_dross
start_prometheus
traffic &
pids+=($!)
wait_for 30 "pages are counted" has_values 'sum(dross_pages_total{verdict="stripped"}) > 0'
curl -sf "http://$dross/metrics" | promtool check metrics
wait_for 40 "the recording rules have values" has_values 'job:dross_pages_hit:ratio_rate15m{job="dross"} > 0'
wait_for 40 "shadow lists have judged" has_values 'sum(rate(dross_shadow_pages_total[30s])) > 0'
sleep 5

say "every expression of the dashboard"
go test ./deploy/grafana -count=1 -run '^Test' -prometheus "$prom" -v | grep -E '^(---|dashboard|FAIL|ok|    )'

say "a broken list makes the alert fire"
quiet DrossReloadFailed || die "DrossReloadFailed fires before anything is broken"
cp "$work/lists/own.txt" "$work/own.txt"
echo 'mighty zorblat casino' >>"$work/lists/own.txt"
[[ $(reload) == 422 ]] || die "a reload of a broken list was taken"
broken=$SECONDS
wait_for 30 "DrossReloadFailed fires" firing DrossReloadFailed
curl -sf "$prom/api/v1/alerts" | grep -o '"summary":"[^"]*could not load[^"]*"'
echo "DrossReloadFailed fires $((SECONDS - broken)) s after the reload"
has_values 'sum(rate(dross_pages_total[10s])) > 0' || die "the service does not count any more"
cp "$work/own.txt" "$work/lists/own.txt"
[[ $(reload) == 200 ]] || die "a reload of the mended list was refused"
wait_for 30 "DrossReloadFailed ends" quiet DrossReloadFailed

say "a service that is gone makes the alert fire"
quiet DrossDown || die "DrossDown fires while the service runs"
kill "$dross_pid"
wait_for 40 "DrossDown fires" firing DrossDown

say "passed: $alerts alerts in $cases cases, DrossReloadFailed and DrossDown fired for real"
