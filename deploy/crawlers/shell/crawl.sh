#!/usr/bin/env bash
# Follows every link of a site with curl (or wget) and stores its pages as dross
# leaves them. Links count when they are paths on the same host.
#
#   crawl.sh [-t curl|wget] [-d DROSS] [-f fail_closed|fail_open] [-r RETRIES] -o OUT START
set -euo pipefail
export LC_ALL=C # pages are bytes
tool=curl dross=http://127.0.0.1:8866 on_failure=fail_closed retries=3 out=
while getopts t:d:f:r:o: flag; do
	case $flag in
	t) tool=$OPTARG ;; d) dross=$OPTARG ;; f) on_failure=$OPTARG ;; r) retries=$OPTARG ;; o) out=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
start=${1:?say where to start}
[[ -n $out && $tool =~ ^(curl|wget)$ && $on_failure =~ ^fail_(open|closed)$ ]] || { echo 'crawl.sh: -o, -t or -f is missing or unknown' >&2; exit 2; }
origin=$(sed -E 's#^([a-z]+://[^/]+).*#\1#' <<<"$start")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# header NAME prints a header of the last answer in $tmp/headers.
header() { sed -nE "s/^ *$1: *([^\r]*)\r?$/\1/Ip" "$tmp/headers" | tail -n 1; }
# status prints the status of the last answer.
status() { sed -nE 's#^ *HTTP/[0-9.]+ ([0-9]+).*#\1#p' "$tmp/headers" | tail -n 1; }

# fetch URL stores a page in $tmp/page.
fetch() {
	case $tool in
	curl) curl -sS --compressed -D "$tmp/headers" -o "$tmp/page" "$1" ;;
	wget) wget -q --compression=auto -S -O "$tmp/page" "$1" 2>"$tmp/headers" ;;
	esac
}

# filter TYPE sends $tmp/page and stores the answer in $tmp/answer. Both tools wait as
# long as Retry-After or their own patience says before they try again.
filter() {
	case $tool in
	curl) curl -s --retry "$retries" --retry-connrefused -D "$tmp/headers" -o "$tmp/answer" -H "Content-Type: $1" -H 'Prefer: return=minimal' \
		--data-binary @"$tmp/page" "$dross/v1/filter" ;;
	wget) wget -q -S -O "$tmp/answer" --tries=$((retries + 1)) --waitretry=2 --retry-connrefused --retry-on-http-error=429,503 \
		--header="Content-Type: $1" --header='Prefer: return=minimal' --post-file="$tmp/page" "$dross/v1/filter" 2>"$tmp/headers" ;;
	esac
}

# keep URL decides what becomes of $tmp/page; it fails when nothing is to be stored.
keep() {
	local type
	type=$(header Content-Type)
	[[ $type =~ ^(text/html|application/xhtml\+xml|text/plain|text/markdown) ]] || return 0
	: >"$tmp/headers"
	filter "$type" || true # the status tells
	case $(status)/$(header Dross-Verdict) in
	200/stripped) mv "$tmp/answer" "$tmp/page" ;;
	200/clean | 204/clean) ;;
	200/rejected) return 1 ;;
	*)
		echo "crawl.sh: not filtered: $1" >&2
		[[ $on_failure == fail_open ]]
		;;
	esac
}

declare -A seen
queue=("${start#"$origin"}")
seen[${queue[0]}]=1
for ((i = 0; i < ${#queue[@]}; i++)); do
	path=${queue[i]}
	fetch "$origin$path" || continue
	[[ $(status) == 200 ]] || continue
	keep "$origin$path" || continue
	file=$out/${path#/}
	mkdir -p "$(dirname "$file")"
	cp "$tmp/page" "$file"
	while read -r link; do
		[[ -n ${seen[$link]:-} || $link == *..* ]] && continue
		seen[$link]=1
		queue+=("$link")
	done < <(grep -aoE '<a [^>]*href="/[^"/#][^"#]*"' "$tmp/page" | sed -E 's/.*href="([^"]*)"/\1/')
done
