#!/bin/sh
# `restic restore --include` counts parent folders as restored, but not in the total: it restores 4 of 1.
. "$(dirname "$0")/support/finding.sh"
. "$(dirname "$0")/support/restic.sh"
debian trixie restic=0.18.0-1+b4
make_repository

mkdir -p "$work/src/a/b"
echo 1 >"$work/src/a/b/file"
(cd "$work" && restic backup -q src)
same "summary" "Summary: Restored 4 / 1 files/dirs (2 B / 2 B) in 0:00" \
  "$(restic restore latest --target "$work/out" --include /src/a/b/file | grep Summary)"
same "JSON" '{"message_type":"summary","total_files":1,"files_restored":4,"total_bytes":2,"bytes_restored":2}' \
  "$(restic restore latest --target "$work/json" --include /src/a/b/file --json | grep summary)"
finish
