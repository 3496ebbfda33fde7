#!/bin/sh
# `restic dump --retry-lock` writes that it waits for a lock to standard output, among the file's bytes, and exits with 0.
. "$(dirname "$0")/support/finding.sh"
. "$(dirname "$0")/support/restic.sh"
debian trixie restic=0.18.0-1+b4
make_repository

head -c 2000000 /dev/urandom >"$work/noise"
restic backup -q "$work/noise"
echo 'CREATE TABLE t (id int);' >"$work/db.sql"
(cd "$work" && restic backup -q db.sql)
restic check --read-data --limit-download 500 >/dev/null 2>&1 &
children=$!
tries=0
until [ -n "$(ls "$RESTIC_REPOSITORY/locks")" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo "Cannot see the lock of restic check" >&2; exit 1; }
  sleep 0.1
done
restic dump --retry-lock 1m latest /db.sql >"$work/out" 2>"$work/err"
same "standard output of dump, which ended well" "repo already locked, waiting up to 1m0s for the lock
CREATE TABLE t (id int);" "$(cat "$work/out")"
finish
