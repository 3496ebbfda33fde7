import { assertEquals } from "@std/assert";
import { openImpatiently } from "../../src/platform/impatient_pipe.ts";
import { writeToPipe } from "../../src/platform/pipe_file.ts";
import { type Folder, makeFolder } from "../support/folder.ts";

/** Much more than a pipe holds; no part of it looks like another. */
const BYTES = new Uint8Array(new Uint32Array(256 * 1024).map((_, index) => index).buffer);

function makePipe(folder: Folder): string {
  const path = `${folder.path}/pipe`;
  assertEquals(new Deno.Command("mkfifo", { args: [path] }).outputSync().code, 0);
  return path;
}

Deno.test("openImpatiently() tells how much of the bytes a pipe has taken, until it is full", () => {
  using folder = makeFolder({});
  const path = makePipe(folder);
  using reader = Deno.openSync(path, { read: true, write: true });
  const pipe = openImpatiently(path)!;
  const read = new Uint8Array(BYTES.length);
  let count = 0;
  for (let written = 0; written < BYTES.length;) {
    const taken = pipe.write(BYTES.subarray(written));
    assertEquals(pipe.write(BYTES.subarray(written + taken)), 0, "it is full");
    for (let left = taken; left > 0;) {
      const got = reader.readSync(read.subarray(count))!;
      [count, left] = [count + got, left - got];
    }
    written += taken;
  }
  assertEquals(read, BYTES);
});

Deno.test("openImpatiently() opens no pipe that nobody reads", () => {
  using folder = makeFolder({});
  assertEquals(openImpatiently(makePipe(folder)), undefined);
});

Deno.test("writeToPipe() writes each byte once, however slowly they are read", async () => {
  using folder = makeFolder({});
  const path = makePipe(folder);
  using _ready = Deno.openSync(path, { read: true, write: true });
  const dd = 'exec dd bs=1000 count="$3" iflag=count_bytes,fullblock status=none < "$1" > "$2"';
  const read = `${folder.path}/read`;
  const args = ["-c", dd, "sh", path, read, `${BYTES.length}`];
  const reader = new Deno.Command("sh", { args }).spawn();
  writeToPipe(path, BYTES);
  await reader.status;
  assertEquals(Deno.readFileSync(read), BYTES);
});
