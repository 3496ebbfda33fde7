#!/bin/sh
# `promtool check metrics` and node_exporter judge the same text file in opposite ways: promtool passes a sample with a timestamp, for
# which node_exporter drops the whole file; it fails a metric without HELP, which node_exporter serves.
. "$(dirname "$0")/support/finding.sh"
debian bookworm prometheus=2.42.0+ds-5+deb12u1 prometheus-node-exporter=1.5.0-1+b6

mkdir "$work/metrics"
printf '# HELP with_time A time.\n# TYPE with_time gauge\nwith_time 1 1700000000000\n' >"$work/metrics/time.prom"
printf '# TYPE without_help gauge\nwithout_help 2\n' >"$work/metrics/help.prom"

check() {
  status=0
  "$work/prometheus/usr/bin/promtool" check metrics <"$work/metrics/$1.prom" >/dev/null 2>&1 || status=$?
  echo "$status"
}
same "promtool, with a timestamp" 0 "$(check time)"
same "promtool, without HELP" 3 "$(check help)"

port=$(free_port)
"$work/prometheus-node-exporter/usr/bin/prometheus-node-exporter" --web.listen-address="127.0.0.1:$port" \
  --collector.disable-defaults --collector.textfile --collector.textfile.directory="$work/metrics" 2>"$work/log" &
children=$!
answers "http://127.0.0.1:$port/metrics"
same "node_exporter" "without_help 2" "$(grep -E '^with' "$work/answer")"
finish
