import { assertEquals, assertThrows } from "@std/assert";
import { grouping } from "../../../scripts/build/merge_chunks.ts";

/** A bundle: each file of the groups, `main.js` that imports two of them, and one that is in no group. */
const FILES = [
  ..."without_configuration version with_configuration run_restic message_targets toml phase http yaml file_templates"
    .split(" "),
  ..."template_set template_data machine_data dependencies template_error other".split(" "),
].map((name) => `/parts/${name}-ABC.js`);
const IDS = ["/parts/main.js", "/parts/chunk-1.js", ...FILES];
const imports = (id: string) => id.endsWith("main.js") ? ["/parts/chunk-1.js"] : [];

Deno.test("each file of the bundle goes to the group that its module belongs to", () => {
  const groupOf = grouping(IDS, "/parts/main.js", imports);
  assertEquals(
    ["chunk-1", "version-ABC", "run_restic-ABC", "yaml-ABC", "template_set-ABC", "other-ABC"].map((name) =>
      groupOf(`/parts/${name}.js`)
    ),
    ["base", "base", "run", "yaml", "templates", undefined],
  );
});

Deno.test("a group whose module was renamed stops the build of the program, and of no other", () => {
  const renamed = IDS.map((id) => id.replace("phase-", "phases-"));
  assertThrows(
    () => grouping(renamed, "/parts/main.js", imports),
    Error,
    'begins with "phase-", which belongs to "run"',
  );
  assertEquals(
    grouping(["/parts/parse_alone.js"], "/parts/parse_alone.js", () => [])("/parts/parse_alone.js"),
    undefined,
  );
});
