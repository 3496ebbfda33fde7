#!/bin/sh
# Debian's cron makes one backslash of two in a command, inside quotes too: the shell never sees what the table has. One backslash
# before anything else but `%` stays. Wants root, for a mount namespace.
. "$(dirname "$0")/support/finding.sh"
. "$(dirname "$0")/support/cron.sh"
debian bookworm cron=3.0pl1-162 libfaketime=0.9.10-2.1

cat >"$work/table" <<TABLE
SHELL=/bin/sh
* * * * * printf '[\%s]' 'a\\\\b' 'a\\\\\\\\b' 'a\\qb' >$work/seen
TABLE
grep printf "$work/table"
run_cron "$work/table" '2026-06-10 10:57:50' 10 4
same "the shell printed" '[a\b][a\\b][a\qb]' "$(cat "$work/seen")"
finish
