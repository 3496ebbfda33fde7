import { assertEquals } from "@std/assert";
import { denoFiles } from "../../src/platform/deno_files.ts";
import { FileError, type Files } from "../../src/platform/world.ts";
import type { Monitored } from "../../src/report/monitored.ts";
import { openSharedWriter, type SharedWriter } from "../../src/report/shared_writer.ts";
import { writeStatus } from "../../src/report/status_file.ts";
import { type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import { makeFolder } from "../support/folder.ts";
import { job } from "../support/job.ts";

const PATH = "/work/status.json";

function outcomeOf(profile: string): Monitored {
  const outcome = { durationMs: 0, stderr: "", status: 0, summary: undefined };
  return { id: profile, job: job([], { profile }), section: "check", at: 0, failure: undefined, error: "", outcome };
}

/** A machine where another process has the lock of the status file, until a moment. */
function heldUntil(ms: number): FakeWorld {
  const world = fakeWorld();
  const tryLock: Files["tryLock"] = (path) => world.elapsed() < ms ? undefined : world.files.tryLock(path);
  return { ...world, files: { ...world.files, tryLock } };
}

function openStatusWriter(world: FakeWorld): SharedWriter<Monitored> {
  return openSharedWriter("Cannot write the status file", (path, all) => writeStatus(path, all, world.files), world);
}

function profilesIn(world: FakeWorld): string[] {
  return Object.keys(JSON.parse(world.files.readText(PATH)).profiles);
}

Deno.test("a status file is written at once when nobody holds its lock", () => {
  const world = heldUntil(0);
  openStatusWriter(world).write(PATH, outcomeOf("a"), () => {});
  assertEquals(profilesIn(world), ["a"]);
});

Deno.test("outcomes wait for a lock that is held, and are all written then", async () => {
  const world = heldUntil(5_000);
  const warnings: string[] = [];
  const writer = openStatusWriter(world);
  ["a", "b", "c"].forEach((profile) => writer.write(PATH, outcomeOf(profile), (text) => warnings.push(text)));
  assertEquals(profilesIn(world), [], "the run goes on meanwhile");
  await writer.settle();
  assertEquals([profilesIn(world), warnings, world.elapsed()], [["a", "b", "c"], [], 5_000]);
});

Deno.test("a lock that is never let go costs 10 s and is one warning", async () => {
  const world = heldUntil(Infinity);
  const warnings: string[] = [];
  const writer = openStatusWriter(world);
  ["a", "b"].forEach((profile) => writer.write(PATH, outcomeOf(profile), (text) => warnings.push(text)));
  await writer.settle();
  assertEquals([warnings, world.elapsed()], [
    ["Cannot write the status file /work/status.json: another process holds its lock"],
    10_000,
  ]);
});

Deno.test("a file system without locks is told once, and the file written all the same", async () => {
  const world = fakeWorld();
  const tryLock: Files["tryLock"] = (path) => {
    throw new FileError("other", path, "not supported");
  };
  const warnings: string[] = [];
  const writer = openStatusWriter({ ...world, files: { ...world.files, tryLock } });
  ["a", "b"].forEach((profile) => writer.write(PATH, outcomeOf(profile), (text) => warnings.push(text)));
  await writer.settle();
  assertEquals(profilesIn(world), ["a", "b"]);
  assertEquals(warnings, [
    "Cannot lock /work/status.json: profiles that write it at the same time can lose each other's entries",
  ]);
});

Deno.test("tryLock() gives up while another open file has the lock, and gets it afterwards", () => {
  using folder = makeFolder({ "status.json": "{}" });
  const path = `${folder.path}/status.json`;
  const first = denoFiles.tryLock(path);
  assertEquals(denoFiles.tryLock(path), undefined);
  first?.();
  denoFiles.tryLock(path)!();
});
