#!/bin/sh
# Debian's cron takes `10~50` (other crons: a random minute of these) for `10`, and ranges that run backwards for no time at all.
# None of them is an error, after which it would run no line of the table. Wants root, for a mount namespace.
. "$(dirname "$0")/support/finding.sh"
. "$(dirname "$0")/support/cron.sh"
debian bookworm cron=3.0pl1-162 libfaketime=0.9.10-2.1

cat >"$work/table" <<TABLE
10~48 * * * * echo '10~48' >>$work/seen
10~49 * * * * echo '10~49' >>$work/seen
10~50 * * * * echo '10~50' >>$work/seen
15 * * * * echo '15' >>$work/seen
50-40 * * * * echo '50-40' >>$work/seen
* * * * fri-mon echo 'fri-mon' >>$work/seen
TABLE
# Saturday, just before 10:00, and an hour on
run_cron "$work/table" '2026-06-13 09:59:30' 180 22
same "ran from Saturday 10:00 to 11:00" "10~48
10~49
10~50
15" "$(head -n 3 "$work/seen" | sort; tail -n +4 "$work/seen")"
finish
