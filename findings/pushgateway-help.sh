#!/bin/sh
# Prometheus' pushgateway: when jobs pushed a gauge with different HELP texts, which of them is served changes from scrape to scrape.
. "$(dirname "$0")/support/finding.sh"
debian bookworm prometheus-pushgateway=1.5.1-2+b5

port=$(free_port)
"$work/prometheus-pushgateway/usr/bin/prometheus-pushgateway" --web.listen-address="127.0.0.1:$port" 2>"$work/log" &
children=$!
answers "http://127.0.0.1:$port/metrics"
for job in a b c d; do
  printf '# HELP size Size, as %s knows it.\n# TYPE size gauge\nsize 1\n' "$job" |
    curl -fsS --data-binary @- "http://127.0.0.1:$port/metrics/job/$job"
done
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  answers "http://127.0.0.1:$port/metrics"
  grep '^# HELP size' "$work/answer"
done | sort | uniq -c | tee "$work/texts"
same "more than one text in 30 scrapes" yes "$([ "$(wc -l <"$work/texts")" -gt 1 ] && echo yes || echo no)"
finish
