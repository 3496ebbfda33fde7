/** What a start asks of the machine. */
import { assertEquals } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { fakeWorld } from "../support/fake_world.ts";

for (
  const [setting, status, told] of [
    ["", 0, true],
    ["min-memory: null", 0, true],
    ["min-memory: 0", 0, false],
    ["min-memory: 100", 5, false],
    ["min-memory: 70", 0, false],
  ] as const
) {
  Deno.test(`76 MB of memory with "${setting}": exit status ${status}${told ? " and a warning" : ""}`, async () => {
    const world = fakeWorld({
      files: {
        "/proc/meminfo": `MemAvailable: ${76 * 1024} kB\n`,
        "/work/profiles.yaml": `{global: {${setting}}, default: {repository: /r}}`,
      },
    });
    assertEquals(await run(["check"], world), status);
    const output = world.printed.stdout + world.printed.stderr;
    assertEquals(output.includes("write min-memory = 0 in the global section"), told, output);
  });
}
