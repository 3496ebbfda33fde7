import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { generate } from "../../src/commands/generate.ts";
import { fakeWorld } from "../support/fake_world.ts";

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const world = fakeWorld({ env });
  return { status: await generate(parseInvocation(["generate", ...args], {}), world), ...world.printed };
}

const BASE = "https://creativeprojects.github.io/resticprofile/jsonschema/";

for (
  const [args, id] of [
    [["--json-schema", "v1"], "config-1.json"],
    [["--json-schema=v2"], "config-2.json"],
    [["v2", "--json-schema"], "config-2.json"],
    [["--json-schema", "global"], "config.json"],
    [["--json-schema", "v1", "--version", "0.14"], "config-1-restic-0-14.json"],
    [["--version", "0.14", "--json-schema", "v1"], "config-1-restic-0-14.json"],
    [["--json-schema", "--version=0.18", "v2"], "config-2-restic-0-18.json"],
  ] as const
) {
  Deno.test(`generate ${args.join(" ")} prints ${id}, indented`, async () => {
    const { status, stdout, stderr } = await run(args);
    assertEquals([status, stderr], [0, ""]);
    assertEquals(JSON.parse(stdout).$id, BASE + id);
    assertEquals(stdout, `${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`);
  });
}

for (const [url, id] of [["https://host/s", "https://host/s/config-2.json"], ["", `${BASE}config-2.json`]] as const) {
  Deno.test(`generate --json-schema takes SCHEMA_BASE_URL "${url}"`, async () => {
    const { stdout } = await run(["--json-schema", "v2"], { SCHEMA_BASE_URL: url });
    assertEquals(JSON.parse(stdout).$id, id);
  });
}

for (
  const [args, words] of [
    [["--json-schema"], "v1, v2 or global"],
    [["--json-schema", "v3"], '"v3"'],
    [["--json-schema", "v1", "v2"], '"v1 v2"'],
    [["--json-schema", "v1", "--version", "0.99"], '"0.99"'],
    [["--json-schema", "v1", "--version", "newest"], "from 0.9.0 to 0."],
    [["--json-schema", "v1", "--version"], "without a value"],
    [["--version", "--json-schema", "v1"], "without a value"],
    [["--json-schema", "v1", "--draft"], "--draft"],
  ] as const
) {
  Deno.test(`generate ${args.join(" ")} fails, with nothing on standard output`, async () => {
    const { status, stdout, stderr } = await run(args);
    assertEquals([status, stdout], [1, ""]);
    assertStringIncludes(stderr, words);
  });
}
