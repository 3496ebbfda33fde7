#!/bin/sh
# Prometheus' node_exporter: two text files give series of one gauge, only one of them with `# HELP`. One series is dropped, the other
# served, and node_textfile_scrape_error stays 0.
. "$(dirname "$0")/support/finding.sh"
debian bookworm prometheus-node-exporter=1.5.0-1+b6

mkdir "$work/metrics"
printf '# HELP job_seconds How long the job took.\n# TYPE job_seconds gauge\njob_seconds{host="a"} 1\n' >"$work/metrics/a.prom"
printf '# TYPE job_seconds gauge\njob_seconds{host="b"} 2\n' >"$work/metrics/b.prom"

port=$(free_port)
exporter=$work/prometheus-node-exporter/usr/bin/prometheus-node-exporter
"$exporter" --version 2>&1 | head -n 1
"$exporter" --web.listen-address="127.0.0.1:$port" --collector.disable-defaults --collector.textfile \
  --collector.textfile.directory="$work/metrics" 2>"$work/log" &
children=$!
answers "http://127.0.0.1:$port/metrics"

same "series" 1 "$(grep -c '^job_seconds' "$work/answer")"
same "error" "node_textfile_scrape_error 0" "$(grep '^node_textfile_scrape_error' "$work/answer")"

printf '# HELP job_seconds How long the job took.\n# TYPE job_seconds gauge\njob_seconds{host="b"} 2\n' >"$work/metrics/b.prom"
answers "http://127.0.0.1:$port/metrics"
same "series, when both files have the same HELP" 2 "$(grep -c '^job_seconds' "$work/answer")"
finish
