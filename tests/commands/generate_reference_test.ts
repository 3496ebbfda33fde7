import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { generate } from "../../src/commands/generate.ts";
import { fakeWorld } from "../support/fake_world.ts";

const FILES = { "/work/file": "", "/work/out/": "" };

async function run(args: readonly string[]) {
  const world = fakeWorld({ files: FILES });
  return { world, status: await generate(parseInvocation(["generate", ...args], {}), world), ...world.printed };
}

for (const args of [["--config-reference"], ["--version", "0.14", "--config-reference"]]) {
  Deno.test(`generate ${args.join(" ")} prints one document`, async () => {
    const { status, stdout, stderr } = await run(args);
    assertEquals([status, stderr, stdout.startsWith("# Configuration reference\n")], [0, "", true]);
    for (const title of ["Global section", "Profiles", "Section backup", "Groups", "HTTP hook"]) {
      assertStringIncludes(stdout, `\n## ${title}\n`);
    }
  });
}

for (
  const args of [
    ["--config-reference", "--to", "out"],
    ["--to=out/", "--version", "0.14", "--config-reference"],
    ["--config-reference", "--version", "0.14", "--to", "out"],
  ]
) {
  Deno.test(`generate ${args.join(" ")} writes a file for each page`, async () => {
    const { world, status, stdout, stderr } = await run(args);
    assertEquals([status, stderr], [0, ""]);
    const written = stdout.trim().split("\n").map((line) => line.replace(/^Wrote /, ""));
    for (const path of ["out/global.md", "out/profile/backup.md", "out/nested/header.md"]) {
      assertEquals(written.includes(path), true, path);
    }
    for (const path of written) {
      assertStringIncludes(world.files.readText(path), "---\ntitle: ");
      assertStringIncludes(world.files.readText(path), "\ndate: 2026-01-02\n");
    }
  });
}

for (
  const [args, words] of [
    [["--config-reference", "--to"], "--to"],
    [["--config-reference", "--to", "--version", "0.14"], "--to"],
    [["--config-reference", "--to", "file"], "file"],
    [["--config-reference", "own.tmpl"], '"own.tmpl"'],
    [["--config-reference", "--version", "1.0"], '"1.0"'],
  ] as const
) {
  Deno.test(`generate ${args.join(" ")} fails, with nothing on standard output`, async () => {
    const { status, stdout, stderr } = await run(args);
    assertEquals([status, stdout], [1, ""]);
    assertStringIncludes(stderr, words);
  });
}
