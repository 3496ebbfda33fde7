import { assertEquals, assertStringIncludes } from "@std/assert";
import { outcome, ROOT } from "../../scripts/programs.ts";
import { makeFolder } from "../support/folder.ts";

// The packages are in Deno's cache, as the test itself needs some of them: nothing is fetched.
for (const command of ["run", "check", "bundle", "test"]) {
  Deno.test(`deno ${command} refuses packages that the lockfile does not have`, async () => {
    const config = JSON.parse(Deno.readTextFileSync(`${ROOT}/deno.json`));
    const imports = { ...config.imports, "js-yaml": "npm:js-yaml@5" };
    using folder = makeFolder({
      "deno.json": JSON.stringify({ imports, lock: config.lock }),
      "deno.lock": Deno.readTextFileSync(`${ROOT}/deno.lock`),
      "main.ts": 'import "js-yaml";',
    });
    const more = [`--config=${folder.path}/deno.json`, `${folder.path}/main.ts`];
    const { code, stderr } = await outcome(Deno.execPath(), [command, ...more], { NO_COLOR: "1" });
    assertEquals(code, 1);
    assertStringIncludes(stderr, "The lockfile is out of date");
  });
}
