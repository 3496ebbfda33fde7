import { assertEquals, assertStringIncludes } from "@std/assert";
import { allProblems, validate } from "../../src/commands/validate.ts";
import { parseInvocation } from "../../src/cli/parse.ts";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const PROGRAMS = { "restic version": { stdout: "restic 0.16.0 compiled with go1.21.1 on linux/amd64\n" } };

async function problems(yaml: string, options: FakeOptions = {}): Promise<string[]> {
  const world = fakeWorld({ programs: PROGRAMS, ...options, files: { "/work/profiles.yaml": yaml, ...options.files } });
  return (await allProblems(world, { name: "profiles", format: undefined })).map(formatDiagnostic);
}

Deno.test("validate tells the problems of all profiles, in the order of the lines", async () => {
  const found = await problems(
    "a: {repository: r, initialize: x}\nb: {repository: r, lcok: y}\nc: {repository: r, inherit: none}",
  );
  assertEquals(found.map((text) => text.split(" ").slice(0, 2).join(" ")), [
    "profiles.yaml:1:20: error:",
    "profiles.yaml:2:20: warning:",
    "profiles.yaml:3:20: error:",
  ]);
});

Deno.test("validate tells what a parent says once, of the parent", async () => {
  const found = await problems("a: {inherit: z}\nz: {repository: r, lcok: y}");
  assertEquals(found.length, 1);
  assertStringIncludes(found[0] ?? "", 'Unknown key "lcok" in "z"');
});

const FINDINGS = [
  [
    "default: {repository: r, password-file: none}",
    'Cannot read "none" of "default.password-file": there is no such file',
  ],
  [
    "default: {repository: r, backup: {source: x, exclude-file: [/tmp]}}",
    'of "default.backup.exclude-file": it is a folder',
  ],
  ["default: {repository: r, ls: {password-file: secret}}", "permission denied"],
  [
    "default: {repository: r, backup: {source: x, send-after: {url: u, body-template: none}}}",
    'of "default.backup.send-after.body-template"',
  ],
  ["global: {ca-certificates: none.pem}", 'of "global.ca-certificates"'],
  ["default: {repository: r, base-dir: /none}", '"/none" of "default.base-dir": it is no folder'],
  ["default: {repository: r, backup: {tag: x}}", '"default.backup" has no source'],
  ["default: {backup: {source: x}}", '"default" has no repository'],
  ["default: {repository: r, repository-file: secret}", "a repository and a repository-file"],
  ["default: {repository: r, retention: {after-backup: true}}", "restic forgets nothing"],
  [
    "default: {repository: r, backup: {source: x, skip-if-unchanged: true}}",
    "restic 0.16.0 has no such flag for backup",
  ],
  ["default: {repository: r, skip-if-unchanged: true}", "restic 0.16.0 has no such flag for any command"],
  [
    "default: {repository: r, backup: {source: [a], stdin-from-command: true}}",
    '"default.backup.stdin-from-command": restic 0.16.0 has no such flag for backup, it is left out',
  ],
  [
    "global: {restic-arguments-filter: false}\ndefault: {repository: r, check: {skip-if-unchanged: true}}",
    "has no such flag for check, it will be refused",
  ],
  [
    "default: {repository: r, check: {check-unused: true}}",
    '"default.check.check-unused" is deprecated: restic\'s manual does not have it after 0.13.1',
  ],
  ["default: {repository: r, snapshots: {last: true}}", 'Better: "latest: 1"'],
  ["default: {repository: r, snapshot-template: x}", '"default.snapshot-template" is deprecated'],
  ["default: {repository: r, rebuild-index: {}}", 'Better: "repair-index"'],
  ["groups: {g: [defautl]}\ndefault: {repository: r}", 'Did you mean "default"?'],
  ["a: {inherit: b}\nb: {inherit: a}", "a → b → a"],
  ["version: 2\nprofiles: {default: {repository: r, use: none}}", 'Cannot use mixin "none"'],
  ["default: [", "error:"],
] as const;

for (const [yaml, wanted] of FINDINGS) {
  Deno.test(`validate finds: ${wanted}`, async () => {
    const found = await problems(yaml, { files: { "/work/secret": { text: "x", mode: 0 } } });
    assertStringIncludes(found.join("\n"), wanted);
  });
}

Deno.test("validate has nothing to say about a sound configuration", async () => {
  const yaml = `global: {default-command: backup}
groups: {all: [default]}
base: {repository: r, password-file: key, retention: {after-backup: true, keep-last: 3}}
default: {inherit: base, backup: {source: x, exclude-caches: true, schedule: daily}, check: {read-data: true}}`;
  assertEquals(await problems(yaml, { files: { "/work/key": "x" } }), []);
});

for (const [yaml, status] of [["default: {repository: r, lcok: x}", 0], ["default: {initialize: x}", 1]] as const) {
  Deno.test(`validate exits ${status} for ${yaml}`, async () => {
    const world = fakeWorld({ programs: PROGRAMS, files: { "/work/profiles.yaml": yaml } });
    assertEquals(await validate(parseInvocation(["validate"], {}), world), status);
  });
}

Deno.test("validate --json prints a list for programs", async () => {
  const world = fakeWorld({
    programs: PROGRAMS,
    files: { "/work/profiles.yaml": "default: {repository: r, lcok: x}" },
  });
  await validate(parseInvocation(["validate", "--json"], {}), world);
  assertEquals(JSON.parse(world.printed.stdout), [{
    severity: "warning",
    message: 'Unknown key "lcok" in "default"',
    path: "profiles.yaml",
    line: 1,
    column: 26,
    hint: 'Did you mean "lock"?',
  }]);
});
