import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { help, usageHelp } from "../../src/commands/help.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const CONFIGURATION = `version = "1"
[default]
repository = "rest:https://me:hidden-word@host/repo"
[default.backup]
source = ["/home"]
one-file-system = true
[other]
repository = "local:/other"
[other.backup]
exclude-caches = true
`;
const RESTIC = {
  "restic version": { stdout: "restic 0.18.0 compiled with go\n" },
  "restic help backup": { stdout: "Saves files.\n\nUsage:\n  restic backup [flags]\n" },
};

async function printed(line: string, options: FakeOptions = {}): Promise<string> {
  const world = fakeWorld({ files: { "/work/profiles.toml": CONFIGURATION }, programs: RESTIC, ...options });
  assertEquals(await help(parseInvocation(line.split(" "), {}), world), 0);
  assertEquals(world.printed.stderr, "");
  return world.printed.stdout;
}

Deno.test("help on a command of restic: its page, then the flags of each profile, without secrets", async () => {
  const text = await printed("help backup");
  assertMatch(text, /^Saves files\.\n\nUsage:\n {2}resticprofile \[FLAGS\] \[PROFILE\.\]backup \[flags\]\n/);
  assertMatch(
    text,
    /profiles\.toml give to backup:\n {2}default .*--one-file-system.*\n {2}other .*--exclude-caches.*\n$/,
  );
  assertEquals(text.includes("hidden-word"), false);
  assertEquals(text.includes("/home"), false, "sources are no flags");
});

Deno.test("help on a command of restic without a configuration is restic's page", async () => {
  assertMatch(await printed("backup --help", { files: {} }), /\[PROFILE\.\]backup \[flags\]\n$/);
});

Deno.test("help on a command of restic without restic says so, and shows the flags", async () => {
  const text = await printed("help backup", {
    files: { "/work/profiles.toml": CONFIGURATION, "/usr/bin/restic": { mode: 0o644 } },
  });
  assertMatch(text, /^Cannot show restic's own help: restic is not found\n/);
  assertStringIncludes(text, "--one-file-system");
});

Deno.test("a profile with errors does not keep the others from being shown", async () => {
  const broken = CONFIGURATION.replace("one-file-system = true", "check-before = [1, 2]");
  const text = await printed("help backup", { files: { "/work/profiles.toml": broken } });
  assertMatch(text, /default +\(it has errors: see resticprofile validate\)\n/);
  assertStringIncludes(text, "--exclude-caches");
});

for (
  const [line, start] of [
    ["--help", "resticprofile runs restic"],
    ["help", "Shows help on one of"],
    ["help version", "Shows the version"],
    ["-n x show -h", "Shows the global settings"],
    ["help complete", 'There is no help on "complete"'],
    ["help bakup", 'There is no help on "bakup"\n\nFlags that'],
  ] as const
) {
  Deno.test(`${line} shows the right page`, async () => {
    assertEquals((await printed(line)).startsWith(start), true);
  });
}

Deno.test("usageHelp() shows nothing that a terminal would obey", () => {
  assertEquals(usageHelp(new UsageError("Unknown flag \x1b[2J", undefined)).includes("\x1b"), false);
});

Deno.test("usageHelp() has the reason, the nearest flag and where help is, in three lines at most", () => {
  const text = usageHelp(new UsageError("Cannot understand it", "dry-rn"));
  assertEquals(
    text,
    'error: Cannot understand it\n  hint: Did you mean "--dry-run"?\n  hint: See "resticprofile --help"',
  );
  const other = usageHelp(new UsageError("Cannot understand it", "zzzzz", "schedule"));
  assertEquals(other, 'error: Cannot understand it\n  hint: See "resticprofile help schedule"');
});
