#!/bin/sh
# Runs the findings named, or all: `sh findings/support/run.sh [NAME…]`. Exit status 1 when one of them is not as it was.
set -eu
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- $(ls ./*.sh | sed 's|^\./||; s|\.sh$||')
passed=0 failed=0
for name in "$@"; do
  printf '\n── %s\n' "$name"
  if sh "./$name.sh"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "$name is not as it was"; fi
done
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
