/** Real processes that write one status file at the same time: each is this module, started as a program. */
import { assertEquals } from "@std/assert";
import { denoFiles } from "../../src/platform/deno_files.ts";
import { writeStatus } from "../../src/report/status_file.ts";
import { makeFolder } from "../support/folder.ts";
import { job } from "../support/job.ts";

const PROCESSES = 4;
const PROFILES = 25;

function write(path: string, profile: string): void {
  const outcome = { durationMs: 0, stderr: "", status: 0, summary: undefined };
  const check = { section: "check", at: Date.now(), failure: undefined, error: "", outcome } as const;
  while (writeStatus(path, [{ id: profile, job: job([], { profile }), ...check }], denoFiles) === "held");
}

/** @param name of the process, in the names of its profiles. @returns its exit status */
async function writeMany(path: string, name: string): Promise<number> {
  const args = ["run", "-A", "--no-check", import.meta.url, path, name];
  const { code } = await new Deno.Command(Deno.execPath(), { args, stdout: "null" }).output();
  return code;
}

if (import.meta.main && Deno.args.length > 0) {
  const [path = "", name] = Deno.args;
  for (let index = 0; index < PROFILES; index++) write(path, `${name}-${index}`);
}

Deno.test("processes that write a status file at the same time lose nothing, and nobody reads half of it", async () => {
  using folder = makeFolder();
  const path = `${folder.path}/status.json`;
  let running = true;
  const writers = Array.from({ length: PROCESSES }, (_, index) => writeMany(path, `process${index}`));
  const codes = Promise.all(writers).finally(() => running = false);
  let readings = 0;
  while (running) {
    const text = folder.read("status.json");
    if (text !== undefined) {
      JSON.parse(text);
      readings++;
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  assertEquals(await codes, Array(PROCESSES).fill(0));
  assertEquals(readings > 0, true);
  assertEquals(Object.keys(JSON.parse(folder.read("status.json")!).profiles).length, PROCESSES * PROFILES);
  assertEquals(Array.from(Deno.readDirSync(folder.path), ({ name }) => name), ["status.json"]);
});
