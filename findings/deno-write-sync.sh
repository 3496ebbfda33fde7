#!/bin/sh
# Deno's writeSync of node:fs, on a descriptor opened with O_NONBLOCK: a pipe takes a part, then the call throws EAGAIN without telling
# of the part; who tries again writes it twice. Node returns the count. Up to PIPE_BUF bytes are written whole or not at all.
. "$(dirname "$0")/support/finding.sh"
cd "$work"
npm install --silent --no-fund --no-audit deno@2.9.6
deno=$work/node_modules/.bin/deno
"$deno" --version | head -n 1
node --version

cat >write.mjs <<'SCRIPT'
import { constants, openSync, writeSync } from "node:fs";
const pipe = openSync("/dev/fd/1", constants.O_WRONLY | constants.O_NONBLOCK);
try {
  console.error(`returned ${writeSync(pipe, new Uint8Array(1_000_000))}`);
} catch (error) {
  console.error(`threw ${error.code}`);
}
SCRIPT

# told TOOL…: what the call told, and how many bytes the reader of the pipe got, which begins when the writer has ended
told() {
  mkfifo pipe
  exec 3<>pipe
  "$@" >pipe 2>told
  exec 4<pipe 3>&-
  echo "$(cat told), $(wc -c <&4) bytes read"
  exec 4<&-
  rm pipe
}
same "deno" "threw EAGAIN, 65536 bytes read" "$(told "$deno" run -A write.mjs)"
same "node" "returned 65536, 65536 bytes read" "$(told node write.mjs)"
finish
