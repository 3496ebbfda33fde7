import { assertEquals } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { complete } from "../../src/commands/complete.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const FILES = {
  "/work/profiles.toml": 'version = "1"\n[default]\n[other]\n[groups]\nall = ["default", "other"]\n',
  "/work/second.yaml": 'version: "1"\nelsewhere: {}\n',
  "/work/broken.toml": "[default",
};

async function run(words: readonly string[], options: FakeOptions = {}) {
  const world = fakeWorld({ files: FILES, ...options });
  const invocation = parseInvocation(["complete", "bash:v1", `__POS:${words.length}`, ...words], world.env);
  assertEquals(await complete(invocation, world), 0);
  assertEquals(world.printed.stderr, "");
  return { printed: world.printed.stdout, world };
}

for (
  const [words, printed] of [
    [["--name", ""], "all\ndefault\nother\n"],
    [["-c", "second.yaml", "-n", ""], "elsewhere\n"],
    [["-c", "broken.toml", "-n", ""], ""],
    [["-c", "missing.toml", "-n", ""], ""],
    [["other.pro"], "other.profiles\nother.__complete_restic\n"],
    [["backup", "--help", ""], "__complete_restic\n"],
  ] as const
) {
  Deno.test(`complete prints ${JSON.stringify(printed)} for ${words.join(" ")}`, async () => {
    assertEquals((await run(words)).printed, printed);
  });
}

Deno.test("complete takes the configuration from the environment, if the line names none", async () => {
  const env = { RESTICPROFILE_CONFIG: "second.yaml" };
  assertEquals((await run(["-n", ""], { env })).printed, "elsewhere\n");
  assertEquals((await run(["-c", "profiles.toml", "-n", "o"], { env })).printed, "other\n");
});

Deno.test("complete appends requests and answers to the file of RESTICPROFILE_DEBUG_COMPLETION", async () => {
  const { world } = await run(["-n", "o"], { env: { RESTICPROFILE_DEBUG_COMPLETION: "/work/debug" } });
  assertEquals(JSON.parse(world.files.readText("/work/debug")), {
    args: ["bash:v1", "__POS:2", "-n", "o"],
    answers: ["other"],
  });
});
