#!/usr/bin/env bash
# Builds the image of the Dockerfile, twice, and runs it as a careful operator
# would: no capability, read-only root, not root, 128 MiB, one CPU.
#
# On a Debian 12 machine with Go, as root; one command, nothing stays behind but
# the packages. The base image is a stand-in (base.sh), so no registry is needed.
set -euo pipefail
cd "$(dirname "$0")/../.."
source deploy/integration/lib/install.sh

port=${PORT:-18866}
max_image=$((25 * 1000 * 1000))
step() { printf '== %s (%s)\n' "$*" "$(date +%T)"; }
fail() { echo "FAIL $*" >&2; exit 1; }

step "tools"
missing=()
for tool in buildah podman runc curl jq taskset; do command -v "$tool" >/dev/null || missing+=("${tool/taskset/util-linux}"); done
dpkg -s busybox-static >/dev/null 2>&1 || missing+=(busybox-static)
[ -f /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
apt_install "${missing[@]}"
[ "$(id -u)" = 0 ] || fail "building and running images needs root here"
go_modules . deploy/container/lint

work=$(mktemp -d)
name=dross-integration-$$
export CONTAINERS_STORAGE_CONF=$work/storage.conf
driver=overlay
engine() { podman --runtime runc --cgroup-manager=cgroupfs "$@"; }
finish() {
  status=$?
  [ $status -eq 0 ] || { echo "-- log of the service"; cat "$work/log" 2>/dev/null || true; }
  engine rm -f -t 0 "$name" >/dev/null 2>&1 || true
  umount "$work/storage/$driver" 2>/dev/null || true
  chmod -R u+w "$work" 2>/dev/null || true
  rm -rf "$work" || true
  exit $status
}
trap finish EXIT
store() { printf '[storage]\ndriver = "%s"\ngraphroot = "%s"\nrunroot = "%s"\n' "$1" "$work/storage" "$work/run" >"$CONTAINERS_STORAGE_CONF"; }
store overlay
if ! buildah images >/dev/null 2>&1; then # no overlay here: copies instead
  driver=vfs
  rm -rf "$work/storage" "$work/run"
  store vfs
fi

step "BuildKit's checks of the Dockerfile, and the Compose file"
(cd deploy/container/lint && go vet ./... && go test ./... && go run . ../../../Dockerfile ../../compose.yaml)

step "base image"
deploy/container/base.sh >/dev/null

# build TAG CACHE: builds the Dockerfile with a build cache of its own; only the
# modules, whose sums are checked, come from the machine.
build() {
  mkdir -p "$work/$2"
  TMPDIR=$work/$2 buildah bud --isolation chroot --pull-never --platform "linux/$(go env GOARCH)" --format docker --no-cache --timestamp 1767225600 \
    -v "$(go env GOMODCACHE)/cache/download:/modules:ro" --build-arg VERSION=v0.0.0-integration --build-arg REVISION=0123456789abcdef -t "$1" . >"$work/build.log" 2>&1 ||
    { tail -n 30 "$work/build.log"; fail "the image does not build"; }
}
step "image, twice, from nothing"
build "localhost/$name:a" one
build "localhost/$name:b" two
sum() {
  local c
  c=$(buildah from --pull-never "$1")
  sha256sum <"$(buildah mount "$c")/dross"
  buildah rm "$c" >/dev/null
}
a=$(sum "localhost/$name:a") b=$(sum "localhost/$name:b")
[ "$a" = "$b" ] || fail "two builds gave two binaries: $a $b"
# The id of an image in Docker's format also covers the name of the build's container.
layers=$(engine image inspect -f '{{.RootFS.Layers}} {{json .Config}}' "localhost/$name:a" "localhost/$name:b" | sort -u | wc -l)
[ "$layers" = 1 ] || fail "two builds gave different layers or settings of one binary"
echo "both builds: binary ${a%% *}, the same layers and settings"
size=$(engine image inspect -f '{{.Size}}' "localhost/$name:a")
echo "image: $size bytes"
[ "$size" -le $max_image ] || fail "the image is larger than $max_image bytes"
files=$(c=$(buildah from --pull-never "localhost/$name:a") && (cd "$(buildah mount "$c")" && find . -type f | sort | tr '\n' ' ') && buildah rm "$c" >/dev/null)
[ "$files" = "./LICENSE ./dross " ] || fail "the image holds $files"
engine image inspect "localhost/$name:a" | jq -e '.[0] | .Config.User == "65532:65532" and .Config.StopSignal == "SIGTERM"
  and .Config.Labels["org.opencontainers.image.version"] == "v0.0.0-integration"
  and .Config.Labels["org.opencontainers.image.revision"] == "0123456789abcdef"
  and .Healthcheck.Test == ["CMD", "/dross", "health"]' >/dev/null || fail "user, labels or health check of the image"

step "run"
limits=(--memory 128m --memory-swap 128m --cpus 1 --pids-limit 128)
options=(--pull=never --network=host --read-only --read-only-tmpfs=false --cap-drop=all --security-opt=no-new-privileges
  --user 65532:65532 --ulimit nofile=1024:1024 --ulimit nproc=1024:1024)
if ! engine run --rm "${options[@]}" "${limits[@]}" "localhost/$name:a" version >"$work/log" 2>&1; then
  echo "NOT APPLIED: this machine lets no control group be made, so no hard limit of memory, CPU and processes;"
  echo "             the affinity to one CPU and GOMEMLIMIT stand in, and the peak of memory is checked below"
  limits=(--cgroups=disabled --env GOMEMLIMIT=115MiB)
  engine run --rm "${options[@]}" "${limits[@]}" "localhost/$name:a" version >"$work/log" 2>&1 || fail "the image does not run"
fi
grep -q '^dross v0.0.0-integration (0123456789ab)$' "$work/log" || fail "the version is not that of the build arguments"
mkdir "$work/lists"
chmod 755 "$work" "$work/lists"
cp deploy/container/walk-lists/walk.en.txt "$work/lists/"
taskset -c 0 podman --runtime runc --cgroup-manager=cgroupfs run --name "$name" "${options[@]}" "${limits[@]}" --env "DROSS_LISTEN=127.0.0.1:$port" \
  --env DROSS_LIMIT_PAGE_SIZE=2MiB --env DROSS_LIMIT_WIRE_SIZE=2MiB --env DROSS_LIMIT_RECORD_SIZE=2MiB --env DROSS_LIMIT_BODY_MEMORY=16MiB \
  --env DROSS_LISTS_DIR=/etc/dross/lists -v "$work/lists:/etc/dross/lists:ro" "localhost/$name:a" >"$work/log" 2>&1 &
runner=$!
for _ in $(seq 100); do
  curl -sf "http://127.0.0.1:$port/-/ready" >/dev/null && break
  kill -0 $runner 2>/dev/null || fail "the service ended"
  sleep 0.2
done

step "what holds it"
pid=$(engine inspect -f '{{.State.Pid}}' "$name")
want() { grep -qE "^$1:\s+$2" "/proc/$pid/status" || fail "$1 is $(grep "^$1:" "/proc/$pid/status")"; }
want Uid '65532\s+65532'
want CapEff 0000000000000000
want CapBnd 0000000000000000
want NoNewPrivs 1
want Cpus_allowed_list '0$'
awk '$5 == "/" && $6 ~ /^ro(,|$)/ { found = 1 } END { exit !found }' "/proc/$pid/mountinfo" || fail "the root is writable"
group=$(sed -n 's/^[0-9]*:memory://p; s/^0::\(.*libpod.*\)$/\1/p' "/proc/$pid/cgroup" | head -n 1)
limit=$(cat "/sys/fs/cgroup/memory$group/memory.limit_in_bytes" "/sys/fs/cgroup$group/memory.max" 2>/dev/null | head -n 1 || true)
echo "memory limit: ${limit:-none}"
[ "${limits[0]}" != --memory ] || [ "$limit" = $((128 * 1024 * 1024)) ] || fail "the memory limit was not applied"

step "health check of the image"
engine healthcheck run "$name" || fail "the health check fails on a ready service"
! engine exec "$name" /dross health --listen 127.0.0.1:1 2>/dev/null || fail "the health check passes with no service"

step "walk"
deploy/container/walk.sh "http://127.0.0.1:$port"

step "a faulty list is refused, the old one stays, a mended one is taken"
metric() { curl -sS "http://127.0.0.1:$port/metrics" | sed -n "s/^$1 //p"; }
reloaded() { # reloaded 0|1 waits for the outcome of the last reload
  for _ in $(seq 50); do
    [ "$(metric dross_lists_last_reload_successful)" != "$1" ] || return 0
    sleep 0.2
  done
  fail "lists_last_reload_successful is not $1"
}
echo "nonsense line" >>"$work/lists/walk.en.txt"
reloaded 0
grep -q 'walk.en.txt:[0-9]*: unknown strength' "$work/log" || fail "the log does not say what is wrong with the list"
deploy/container/walk.sh "http://127.0.0.1:$port" >/dev/null 2>&1 && fail "the walk does not see the failed reload"
cp deploy/container/walk-lists/walk.en.txt "$work/lists/"
reloaded 1

step "a burst within the limits, with reloads in it"
head -c 200000 /dev/zero | tr '\0' 'a' | fold -w 60 >"$work/page"
(for _ in 1 2 3; do sleep 0.7; engine kill --signal HUP "$name" >/dev/null; done) &
reloads=$!
seq 400 | xargs -P 8 -I{} curl -sf -o /dev/null -H 'Content-Type: text/plain' --data-binary "@$work/page" "http://127.0.0.1:$port/v1/filter" ||
  fail "a page of the burst was refused"
wait $reloads
reloaded 1
echo "peak of resident memory: $(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status") KiB, pages of the binary's file among it"
if [ "${limits[0]}" = --memory ]; then # the kernel ends what goes over
  killed=$(sed -n 's/^oom_kill //p' "/sys/fs/cgroup/memory$group/memory.oom_control" "/sys/fs/cgroup$group/memory.events" 2>/dev/null | head -n 1 || true)
  [ "${killed:-0}" -eq 0 ] || fail "out of memory $killed times"
else
  anonymous=$(awk '/^RssAnon/ { print $2 }' "/proc/$pid/status")
  [ "$anonymous" -le $((128 * 1024)) ] || fail "more than 128 MiB: $anonymous KiB"
fi

step "end"
engine kill --signal TERM "$name" >/dev/null
code=0
wait $runner || code=$?
[ $code -eq 0 ] || fail "SIGTERM ended it with exit $code"
grep -q 'msg=ended' "$work/log" || fail "it did not drain"
echo "container: all steps passed"
