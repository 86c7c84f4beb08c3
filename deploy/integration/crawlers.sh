#!/usr/bin/env bash
# Crawls a made site of 200 pages with Scrapy, colly, Crawlee, curl and wget through
# the real service, and compares what each stored with what it should have, page by
# page. Then each crawls with dross down and with dross shedding, failing open and
# closed. Needs Go, root (or sudo), Debian's archive and npm's. Everything is on
# loopback.
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
die() { printf 'crawlers.sh: %s\n' "$*" >&2; exit 1; }

# wait_for SECONDS WHAT COMMAND... tries the command until it succeeds.
wait_for() {
	local end=$((SECONDS + $1)) what=$2
	shift 2
	until "$@"; do
		((SECONDS < end)) || die "$what: not in time"
		sleep 0.2
	done
}

python=/usr/bin/python3 # the one that Debian's Scrapy is for

install_tools() {
	local missing=()
	for p in curl wget; do command -v "$p" >/dev/null || missing+=("$p"); done
	command -v node >/dev/null || missing+=(nodejs)
	command -v npm >/dev/null || missing+=(npm)
	command -v ps >/dev/null || missing+=(procps) # Crawlee asks it for its memory
	"$python" -c 'import scrapy' 2>/dev/null || missing+=(python3-scrapy)
	"$python" -m pip --version >/dev/null 2>&1 && "$python" -c 'import setuptools, wheel' 2>/dev/null || missing+=(python3-pip python3-setuptools python3-wheel)
	apt_install "${missing[@]}"
	go_modules . deploy/crawlers/colly
}

build() {
	go build -o "$work/dross" ./cmd/dross
	go build -o "$work/site" ./deploy/crawlers/site
	(cd deploy/crawlers/colly && go build -o "$work/colly" .)
	cp -r deploy/crawlers/scrapy "$work/scrapy-source"
	"$python" -m pip install -q --no-index --no-deps --no-build-isolation --root-user-action=ignore --target "$work/python" "$work/scrapy-source"
	mkdir "$work/crawlee"
	cp deploy/crawlers/crawlee/*.js* "$work/crawlee/"
	retry quietly npm ci --prefix "$work/crawlee" --no-audit --no-fund --loglevel=error
}

own_tests() {
	export PYTHONDONTWRITEBYTECODE=1
	(cd "$work/scrapy-source" && rm -rf scrapy_dross && PYTHONPATH=$work/python SCRAPY_DROSS_BINARY=$work/dross "$python" -W ignore -m unittest)
	(cd deploy/crawlers/colly && go vet ./... && go test -count=1 ./...)
	(cd "$work/crawlee" && node --test --test-reporter=dot)
	go test ./deploy/crawlers/...
}

# start_dross NAME FLAG... starts a service; its address is in $dross.
start_dross() {
	local log=$work/$1.log
	shift
	"$work/dross" serve --listen=127.0.0.1:0 "$@" 2>"$log" &
	pids+=($!)
	wait_for 30 "dross is ready" grep -qs 'msg=ready address=' "$log"
	dross=http://$(grep -m1 -o 'msg=ready address=[^ ]*' "$log" | sed 's/.*=//')
}

# start_site PAGES starts a site; its address is in $site.
start_site() {
	"$work/site" serve -pages "$1" -addr-file "$work/site$1.addr" 2>"$work/site$1.log" &
	pids+=($!)
	wait_for 10 "the site serves" test -s "$work/site$1.addr"
	site=http://$(cat "$work/site$1.addr")
}

# fill_memory makes the service of $dross shed: two requests that never end hold
# all that --limit.body-memory gives.
fill_memory() {
	for _ in 1 2; do
		exec {fd}<>"/dev/tcp/127.0.0.1/${dross##*:}"
		printf 'POST /v1/filter HTTP/1.1\r\nHost: t\r\nContent-Type: text/html\r\nContent-Length: 65536\r\n\r\n' >&"$fd"
		head -c 65000 /dev/zero | tr '\0' a >&"$fd"
	done
	wait_for 5 "dross sheds" sheds
}
sheds() { [[ $(curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: text/html' -d '<p>page</p>' "$dross/v1/filter") == 503 ]]; }

# crawl NAME RETRIES CHOICE OUT crawls $site through $dross.
crawl() {
	local name=$1 retries=$2 choice=$3 out=$4 start=$site/p/000.html
	case $name in
	scrapy)
		(cd "$work" && PYTHONPATH=$work/python "$python" -W ignore -m scrapy runspider "$work/scrapy-source/example/spider.py" \
			-a start="$start" -a out="$out" -L ERROR -s TELNETCONSOLE_ENABLED=0 \
			-s DROSS_URL="$dross" -s DROSS_ON_FAILURE="$choice" -s DROSS_RETRIES="$retries")
		;;
	colly) "$work/colly" -start "$start" -out "$out" -dross "$dross" -on-failure "$choice" -retries "$retries" ;;
	crawlee) (cd "$work/crawlee" && node crawl.js --start "$start" --out "$out" --dross "$dross" --on-failure "$choice" --retries "$retries") ;;
	curl | wget) deploy/crawlers/shell/crawl.sh -t "$name" -d "$dross" -f "$choice" -r "$retries" -o "$out" "$start" ;;
	esac
}

# check NAME PAGES RETRIES CHOICE WANT crawls and compares; what the crawler says is
# kept in a log. The visits of pages are in $seen, those of links that only blocks
# hold in $traps.
check() {
	local name=$1 pages=$2 out flags=()
	out=$(mktemp -d -p "$work")
	[[ $name == colly || $name == crawlee ]] && flags=(-utf8) # they decode what they hand on
	crawl "$name" "$3" "$4" "$out" >"$work/$name.log" 2>&1 || [[ $5 == none ]] || die "$name failed"
	"$work/site" compare -pages "$pages" -got "$out" -want "$5" "${flags[@]}"
	read -r seen traps < <(curl -sf "$site/-/visits")
	((seen > 0)) || die "$name has visited no page"
}

crawlers=(scrapy colly crawlee curl wget)
say "tools, programs and their own tests"
install_tools
build
own_tests

say "200 pages, 40 with blocks, through the real service"
start_site 200
start_dross dross
for name in "${crawlers[@]}"; do
	printf '%-8s' "$name"
	check "$name" 200 3 fail_closed filtered
	((seen == 200)) || die "$name visited $seen of 200 pages"
	((traps == 0)) || die "$name followed $traps links of removed blocks"
done

# both_choices WHAT runs every crawler both ways over 20 pages.
both_choices() {
	for name in "${crawlers[@]}"; do
		printf '%-8s%s, fail_closed: ' "$name" "$1"
		check "$name" 20 0 fail_closed none
		printf '%-8s%s, fail_open: ' "$name" "$1"
		check "$name" 20 0 fail_open served
		((traps > 0)) || die "$name did not see the blocks: the comparison shows nothing"
	done
}

say "dross is down"
start_site 20
dross=http://127.0.0.1:1
both_choices down

say "dross sheds"
start_dross shedding --limit.page-size=64KiB --limit.body-memory=128KiB --limit.request-timeout=5m
fill_memory
both_choices shedding
sheds || die "dross has stopped shedding before the end"

say "passed: ${#crawlers[@]} crawlers, 200 pages each, expected = got"
