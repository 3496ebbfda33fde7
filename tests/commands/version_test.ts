import { assertEquals, assertMatch } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { version } from "../../src/commands/version.ts";
import { VERSION } from "../../src/model/version.ts";
import { fakeWorld } from "../support/fake_world.ts";

async function run(...argv: string[]): Promise<string> {
  const world = fakeWorld();
  assertEquals(await version(parseInvocation(argv, {}), world), 0);
  assertEquals(world.printed.stderr, "");
  return world.printed.stdout;
}

Deno.test("version is one line", async () => {
  assertEquals(await run("version"), `resticprofile version ${VERSION}\n`);
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
