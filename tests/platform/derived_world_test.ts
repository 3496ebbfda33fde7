import { assertEquals, assertThrows } from "@std/assert";
import { withEnv, withSpawn } from "../../src/platform/derived_world.ts";
import type { World } from "../../src/platform/world.ts";
import { fakeWorld } from "../support/fake_world.ts";

Deno.test("withEnv() changes the environment alone, for the new world alone", () => {
  const world = fakeWorld({ files: { "/work/a": "text" } });
  const other = withEnv(world, { A: "1" });
  assertEquals([other.env, world.env.A], [{ A: "1" }, undefined]);
  assertEquals([other.os, other.files.readText("/work/a"), other.cacheDir()], ["linux", "text", world.cacheDir()]);
});

Deno.test("withSpawn() starts programs in another way, and derives from a derived world", () => {
  const other = withSpawn(withEnv(fakeWorld(), { A: "1" }), () => {
    throw new Error("other");
  });
  const command = { program: "p", args: [], cwd: "/", env: {}, stdin: "null", stdout: "null", stderr: "null" } as const;
  assertThrows(() => other.spawn(command), Error, "other");
  assertEquals(other.env, { A: "1" });
});

Deno.test("a derived world looks up nothing that is not asked for", () => {
  let lookUps = 0;
  const world: World = Object.defineProperty(fakeWorld(), "executable", { get: () => `/usr/bin/tool${++lookUps}` });
  const other = withSpawn(withEnv(world, {}), world.spawn);
  assertEquals(lookUps, 0);
  assertEquals(other.executable, "/usr/bin/tool1");
});
