# For each script of findings, which reads this first: a temporary folder $work, packages of Debian in it, and the comparison.
# shellcheck shell=sh
set -eu
export LC_ALL=C TZ=UTC

work=$(mktemp -d)
children=
changed=0
export HOME="$work" XDG_CACHE_HOME="$work/cache"
trap 'kill $children 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# debian SUITE PACKAGE=VERSION…: unpacks packages into $work/PACKAGE; nothing is installed
debian() {
  suite=$1
  shift
  mkdir -p "$work/archives"
  (cd "$work/archives" && apt-get -qq download "$@" 2>/dev/null) || debian_of_suite "$suite" "$@"
  for wanted in "$@"; do
    dpkg-deb -x "$work/archives/${wanted%%=*}"_*.deb "$work/${wanted%%=*}"
    echo "$wanted" | tr = ' '
  done
}

# The same where the system's own lists do not have them: apt-get with lists and sources of its own
debian_of_suite() {
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)
  apt=$work/apt
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/parts"
  touch "$apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main" >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/parts";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Cache::archives "$apt/archives";
APT::Sandbox::User "$(id -un)";
CONF
  APT_CONFIG="$apt/apt.conf" apt-get -qq update >&2
  shift
  (cd "$work/archives" && APT_CONFIG="$apt/apt.conf" apt-get -qq download "$@" >&2)
}

# same WHAT EXPECTED SEEN: prints what was seen, and notes when it is not what was seen before
same() {
  printf '%s:\n%s\n' "$1" "$3" | sed '2,$s/^/    /'
  [ "$2" = "$3" ] && return
  printf 'CHANGED, it was:\n%s\n' "$2" | sed '2,$s/^/    /'
  changed=1
}

# answers URL: waits until a server that was just started answers
answers() {
  tries=0
  until curl -fsS -o "$work/answer" "$1" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "Cannot reach $1" >&2; exit 1; }
    sleep 0.1
  done
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

finish() {
  exit "$changed"
}
