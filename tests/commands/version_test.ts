import { assertEquals, assertMatch } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { version } from "../../src/commands/version.ts";
import { VERSION } from "../../src/model/product.ts";
import type { Build } from "../../src/platform/runtime.ts";
import { fakeWorld } from "../support/fake_world.ts";

async function run(...argv: string[]): Promise<string> {
  const world = fakeWorld();
  assertEquals(await version(parseInvocation(argv, {}), world), 0);
  assertEquals(world.printed.stderr, "");
  return world.printed.stdout;
}

Deno.test("version is one line", async () => {
  assertEquals(await run("version"), `resticprofile version ${VERSION}, from source\n`);
});

Deno.test("version of a binary names its commit, in detail when and by what it was built", async () => {
  const globals = globalThis as { RESTICPROFILE_BUILD?: Build };
  globals.RESTICPROFILE_BUILD = { commit: "0123abcd", date: "2026-01-02T03:04:05Z", builder: "deno9" };
  try {
    assertEquals(await run("version"), `resticprofile version ${VERSION}, commit 0123abcd\n`);
    assertMatch(
      await run("version", "-v"),
      /commit: +0123abcd\n *build date: +2026-01-02T03:04:05Z\n *builder: +deno9\n/,
    );
  } finally {
    delete globals.RESTICPROFILE_BUILD;
  }
});

for (const argv of [["version", "-v"], ["version", "--verbose"], ["--verbose", "version"]]) {
  Deno.test(`${argv.join(" ")} says what it runs on`, async () => {
    const text = await run(...argv);
    assertMatch(text, /executable: +\/usr\/bin\/resticprofile\n/);
    assertMatch(text, /OS: +linux\n/);
    assertMatch(text, /runtime: +deno\d/);
    assertMatch(text, /dependencies:\n( {4}[@\w./-]+@\d[\w.-]*\n)+$/);
  });
}
