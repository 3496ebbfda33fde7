/** The program in a pipe whose reader quits, or stops reading. */
import { assertEquals } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { runTool } from "../support/tool.ts";

/** Prints for ever; says that it got a signal. */
const RESTIC = `#!/bin/sh
[ "$1" != version ] || exec echo 'restic 0.18.0 compiled with go1.24'
trap 'touch cleaned-up; exit 130' INT
while :; do echo "a line of the listing"; done
`;
const PROFILES = `
[global]
restic-binary = "bin/restic"
[default]
repository = "local:repository"
password-file = "key"
lock = "lock"
run-after-fail = "touch alarm"
run-finally = "touch final"
`;
/** Starts what follows with its standard output in a pipe to the first word, and ends as it does. */
const INTO = ["bash", "-c", 'reader=$1; shift; "$@" | eval "$reader"; exit "${PIPESTATUS[0]}"', "bash"];
/** A pipe without a reader. */
const UNREAD_PIPE = 'mkfifo pipe; exec 3<>pipe 4>pipe 3<&-; exec "$@" >&4';
/**
 * A pipe that holds what it can, and has a reader that does not read. The tool gets SIGTERM when it has its lock; one that waits
 * for the reader for ever is killed.
 */
const FULL_PIPE = `mkfifo pipe; exec 3<>pipe; head -c 65536 /dev/zero >&3
(for i in $(seq 300); do [ ! -e lock ] || exec kill -TERM $$; sleep 0.1; done) &
exec timeout -s KILL 30 "$@" >pipe`;

Deno.test("a reader that quits is no failure: restic cleans up, final hooks run, the status is 141", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILES, "bin/restic": RESTIC, "key": "x" });
  const { code, stderr } = await runTool(folder, ["ls", "latest"], { through: [...INTO, "head -3 >head"] });
  assertEquals([code, stderr], [141, ""]);
  assertEquals(traces(folder), ["cleaned-up", "final"]);
});

Deno.test("a reader that is slower than restic gets each byte once", async () => {
  const numbers = "seq 1000000 1400000";
  const restic = `#!/bin/sh\n[ "$1" != version ] || exec echo 'restic 0.18.0 compiled with go1.24'\nexec ${numbers}\n`;
  using folder = makeFolder({ "profiles.toml": PROFILES, "bin/restic": restic, "key": "x" });
  const slow = "dd bs=1000 iflag=fullblock status=none >dumped"; // the pipe is full nearly all the time
  const { code } = await runTool(folder, ["dump", "latest", "/disk"], { through: [...INTO, slow] });
  const expected = Array.from({ length: 400_001 }, (_, index) => `${1_000_000 + index}\n`).join("");
  assertEquals([code, folder.read("dumped") === expected], [0, true]);
});

Deno.test("a reader that quits ends the program's own commands quietly", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILES });
  const { code, stderr } = await runTool(folder, ["help"], {
    through: ["bash", "-c", UNREAD_PIPE, "bash"],
  });
  assertEquals([code, stderr], [141, ""]);
});

Deno.test("a reader that stops reading keeps no signal from the run", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILES, "bin/restic": RESTIC, "key": "x" });
  const { code } = await runTool(folder, ["backup"], {
    through: ["bash", "-c", FULL_PIPE, "bash"],
  });
  assertEquals([code, traces(folder)], [1, ["alarm", "final"]]);
});

function traces({ path }: Folder): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) =>
    /^(alarm|final|cleaned-up|lock)/.test(name)
  ).sort();
}
