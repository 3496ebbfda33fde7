#!/bin/sh
# `restic check --json` says that it found an error in a repository that it could not even open: for a wrong password and for a folder
# without repository it prints the line of one that has one damaged file. Only the exit status tells them apart.
. "$(dirname "$0")/support/finding.sh"
. "$(dirname "$0")/support/restic.sh"
debian trixie restic=0.18.0-1+b4
make_repository

summary='{"message_type":"summary","num_errors":1,"broken_packs":null,"suggest_repair_index":false,"suggest_prune":false}'
status=0
RESTIC_PASSWORD=wrong restic check --json >"$work/out" 2>/dev/null || status=$?
same "wrong password" "12 $summary" "$status $(cat "$work/out")"
status=0
RESTIC_REPOSITORY=$work/nothing restic check --json >"$work/out" 2>/dev/null || status=$?
same "no repository" "10 $summary" "$status $(cat "$work/out")"
finish
