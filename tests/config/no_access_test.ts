/** Configurations that name what this user may not look at. */
import { assertEquals, assertRejects } from "@std/assert";
import { loadConfiguration } from "../../src/config/load.ts";
import { ConfigError } from "../../src/model/diagnostic.ts";
import { fakeWorld } from "../support/fake_world.ts";

function load(yaml: string) {
  const world = fakeWorld({ files: { "/work/profiles.yaml": yaml, "/secret/a.yaml": "default: {lock: part}" } });
  world.files.chmod("/secret", 0);
  return loadConfiguration(world, { name: "profiles", format: undefined });
}

Deno.test("an include that may not be looked at is an error with its place", async () => {
  const error = await assertRejects(() => load("includes: /secret/a.yaml"), ConfigError);
  assertEquals(
    error.message,
    'profiles.yaml:1:1: error: Cannot read "includes": "/secret/a.yaml": permission denied',
  );
});
