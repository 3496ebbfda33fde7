import { assertEquals } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { fakeWorld } from "../support/fake_world.ts";

const SUPPLY = "/sys/class/power_supply/BAT0";

for (
  const [name, files, printed] of [
    ["without any", {}, "There is no battery\n"],
    [
      "with one",
      { [`${SUPPLY}/type`]: "Battery", [`${SUPPLY}/status`]: "Discharging", [`${SUPPLY}/capacity`]: "42" },
      "  battery 1  42%  discharging\n",
    ],
  ] as const
) {
  Deno.test(`battery lists batteries, ${name}; it needs no configuration`, async () => {
    const world = fakeWorld({ files });
    assertEquals(await run(["battery"], world), 0);
    assertEquals(world.printed.stdout, printed);
  });
}
