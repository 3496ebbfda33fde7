#!/bin/sh
# `restic backup --stdin` keeps a snapshot of a pipe that gave nothing: with status 3, and without the file. It is the newest one, so
# `forget --keep-last 1` then removes the good one. (restic 0.14 kept none.)
. "$(dirname "$0")/support/finding.sh"
. "$(dirname "$0")/support/restic.sh"
debian trixie restic=0.18.0-1+b4
make_repository

echo good | restic backup -q --stdin --stdin-filename db.sql
same "the good dump" good "$(restic dump latest /db.sql)"
status=0
restic backup -q --stdin --stdin-filename db.sql </dev/null || status=$?
same "exit status of the empty backup" 3 "$status"
restic forget -q --keep-last 1
same "what is left" 'Fatal: cannot dump file: path "/db.sql" not found in snapshot' "$(restic dump latest /db.sql 2>&1)"
finish
