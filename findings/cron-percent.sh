#!/bin/sh
# bcron keeps the backslash of `\%` in a command, as it has no special `%`: inside quotes the shell passes it on, so it gets there.
# Other crons take it away, and without quotes the shell does: only `date +\%u` means the same everywhere. Wants root.
. "$(dirname "$0")/support/finding.sh"
debian bookworm bcron=0.11-19 libbg2=2.04+dfsg-2.1 libfaketime=0.9.10-2.1

export BCRON_SPOOL="$work/spool" BCRON_USER=root TESTMODE=1
mkdir -p "$BCRON_SPOOL/crontabs" "$BCRON_SPOOL/tmp"
mkfifo "$BCRON_SPOOL/trigger"
cat >"$BCRON_SPOOL/crontabs/root" <<TABLE
* * * * * echo '\\%' "\\%" \\% >$work/seen
TABLE
chmod 600 "$BCRON_SPOOL/crontabs/root"
cat "$BCRON_SPOOL/crontabs/root"

libraries=$(dirname "$(find "$work/libbg2" -name 'libbg.so.2')")
LD_LIBRARY_PATH=$libraries PATH=$work/bcron/usr/sbin:$PATH FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME='@2026-06-10 10:57:50 x10' \
  LD_PRELOAD=$(find "$work/libfaketime" -name libfaketime.so.1) bcron-start >"$work/log" 2>&1 &
children=$!
tries=0
until [ -s "$work/seen" ] || [ "$tries" -ge 200 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
same "the shell printed" '\% \% %' "$(cat "$work/seen")"
finish
