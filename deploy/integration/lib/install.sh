# Sourced by .ci/run and by the scripts of deploy/integration: brings tools onto a
# bare machine. Mirrors and registries fail now and then, so every fetch is tried
# a few times, and what failed is said.

# What cannot be fetched says nothing about the code; scripts end with this status.
readonly cannot_fetch=75

# retry COMMAND... runs it up to 4 times, with 5, 10 and 20 s between.
retry() {
  local attempt pause=${RETRY_PAUSE:-5}
  for attempt in 1 2 3; do
    ! "$@" || return 0
    echo "attempt $attempt failed, again in $pause s: $*" >&2
    sleep "$pause"
    pause=$((pause * 2))
  done
  "$@" || { echo "gave up after 4 attempts: $*" >&2; return $cannot_fetch; }
}

# quietly COMMAND... shows what it printed only when it fails.
quietly() {
  local log code=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || code=$?
  [ $code -eq 0 ] || tail -n 30 "$log" >&2
  rm -f "$log"
  return $code
}

# as_root COMMAND... runs it as root.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@"
  else
    echo "this needs root, and there is no sudo: $*" >&2
    return 1
  fi
}

# apt_install PACKAGE... does nothing without a package. Another apt-get that is at
# work is waited for.
apt_install() {
  [ $# -gt 0 ] || return 0
  command -v apt-get >/dev/null || { echo "no apt-get on this machine; it lacks: $*" >&2; return 1; }
  echo "installing $*"
  local options=(-qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  retry quietly as_root apt-get "${options[@]}" update
  retry quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install -y --no-install-recommends "$@"
}

# go_modules DIR... fetches the modules of these folders, so that a build that fails
# later fails because of the code.
go_modules() {
  command -v go >/dev/null || { echo "no Go on this machine" >&2; return 1; }
  local dir
  for dir in "$@"; do retry quietly go -C "$dir" mod download; done
}
