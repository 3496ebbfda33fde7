import { assertEquals, assertMatch } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { generate, randomKey } from "../../src/commands/generate.ts";
import { fakeWorld } from "../support/fake_world.ts";

async function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const world = fakeWorld();
  return { status: await generate(parseInvocation(["generate", ...args], {}), world), ...world.printed };
}

for (
  const [args, length] of [
    [["--random-key"], 1_368],
    [["--random-key", "1"], 4],
    [["--random-key=30"], 40],
    [["--random-key", "100000"], 133_336],
    [["--zsh-completion", "--random-key", "3"], 4],
  ] as const
) {
  Deno.test(`generate ${args.join(" ")} prints ${length} characters of base64`, async () => {
    const { status, stdout, stderr } = await run(...args);
    assertEquals([status, stderr, stdout.length], [0, "", length + 1]);
    assertMatch(stdout, /^[A-Za-z0-9+/]+={0,2}\n$/);
  });
}

Deno.test("random-key SIZE is the old form", () => {
  const world = fakeWorld();
  assertEquals(randomKey(parseInvocation(["random-key", "16"], {}), world), 0);
  assertMatch(world.printed.stdout, /^[A-Za-z0-9+/]{22}==\n$/);
});

for (
  const [args, named] of [
    [["--random-key", "0"], '"0"'],
    [["--random-key", "-1"], '"-1"'],
    [["--random-key", "many"], '"many"'],
    [["--random-key", "1e3"], '"1e3"'],
    [["--nonsense"], "--nonsense"],
    [["--bash-completion", "--nonsense"], "--nonsense"],
    [["--bash-completion", "extra"], '"extra"'],
    [["--random-key", "3", "4"], '"4"'],
    [[], "--random-key"],
  ] as const
) {
  Deno.test(`generate ${args.join(" ")} fails, with nothing on standard output`, async () => {
    const { status, stdout, stderr } = await run(...args);
    assertEquals([status, stdout, stderr.includes(named)], [1, "", true]);
  });
}

for (const [shell, kind] of [["bash", "bash:v1"], ["zsh", "zsh:v2"], ["fish", "fish:v1"]] as const) {
  Deno.test(`generate --${shell}-completion makes a script that asks complete ${kind}`, async () => {
    const { status, stdout } = await run(`--${shell}-completion`);
    assertEquals(status, 0);
    for (const word of [`complete ${kind}`, "__POS:", "__complete_file", "__complete_restic"]) {
      assertEquals(stdout.includes(word), true, word);
    }
  });
}

Deno.test("generate without an option names what it can make, and no options of these", async () => {
  const { status, stderr } = await run();
  assertEquals(status, 1);
  assertMatch(stderr, /--json-schema/);
  assertEquals(/--to|--version/.test(stderr), false, stderr);
});
