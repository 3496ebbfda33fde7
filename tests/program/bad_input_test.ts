/** What cannot be used: one clear message with its place, the exit status of the specification, nothing half done. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

interface BadInput {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** @default 1 */
  readonly exit?: number;
  /** In the one message about it. */
  readonly facts: readonly (string | RegExp)[];
  readonly env?: Readonly<Record<string, string>>;
}

const GOOD = `version = "1"
[default]
repository = "/repository"
run-before = "touch hook-ran"
[default.backup]
source = "/source"
`;
const profiles = (text: string) => ({ "profiles.toml": text });

const INPUTS: readonly BadInput[] = [
  { what: "no configuration", facts: ["Cannot find configuration", "profiles", ".toml"] },
  { what: "a configuration that is not there", args: ["-c", "other.toml", "backup"], facts: ["other.toml"] },
  {
    what: "a folder as configuration",
    files: { "dir.toml/x": "" },
    args: ["-c", "dir.toml", "backup"],
    facts: ["dir.toml"],
  },
  {
    what: "broken TOML",
    files: profiles("[default]\nrepository = local\n"),
    facts: [/^profiles\.toml:2:14: error: /m, /^ +\^$/m],
  },
  {
    what: "broken YAML",
    files: { "profiles.yaml": "default:\n  a: b\n c: d\n" },
    facts: [/^profiles\.yaml:3:\d+: error: /m, /^ +\^$/m],
  },
  {
    what: "broken JSON",
    files: { "profiles.json": '{\n  "default": {,}\n}' },
    facts: [/^profiles\.json:2:15: error: /m, /^ +\^$/m],
  },
  {
    what: "broken HCL",
    files: { "profiles.hcl": "default {\n  repository = local\n}\n" },
    facts: [/^profiles\.hcl:2:16: error: /m, /^ +\^$/m],
  },
  {
    what: "a wrong type",
    files: profiles(`${GOOD}check-before = "perhaps"\n`),
    facts: [/^.*profiles\.toml:7:\d+: error: .*default\.backup\.check-before/m],
  },
  {
    what: "two wrong types at once",
    files: profiles(`${GOOD}check-before = "perhaps"\nno-error-on-warning = [1]\n`),
    facts: ["check-before", "no-error-on-warning"],
  },
  {
    what: "an unknown profile",
    files: profiles(GOOD),
    args: ["defualt.backup"],
    facts: ['"defualt"', 'Did you mean "default"?'],
  },
  {
    what: "an unknown flag",
    files: profiles(GOOD),
    args: ["--dry-rnu", "backup"],
    exit: 2,
    facts: ["--dry-rnu", "--dry-run"],
  },
  {
    what: "a template that cannot be parsed",
    files: profiles(`${GOOD}# {{ if }}\n`),
    facts: [/profiles\.toml:7(:\d+)?: error: /],
  },
  {
    what: "a template that cannot be executed",
    files: profiles(`${GOOD}# {{ .Nothing }}\n`),
    facts: [/profiles\.toml:7:\d+: error: /, "Nothing"],
  },
  {
    what: "a restic that is not there",
    files: profiles(GOOD),
    env: { PATH: "/nowhere", HOME: "/nowhere" },
    exit: 6,
    facts: ["Cannot find restic", "restic-binary"],
  },
  {
    what: "a lock that is a folder",
    files: { ...profiles(GOOD.replace("run-before", 'lock = "locks"\nrun-before')), "locks/x": "" },
    facts: ["locks"],
  },
  {
    what: "a dry run of a command that has none",
    files: profiles(GOOD),
    args: ["check", "--dry-run"],
    facts: ["--dry-run", "check"],
  },
  {
    what: "a pattern that is none",
    files: profiles(GOOD.replace("run-before", 'stream-error = { pattern = "(", run = "true" }\nrun-before')),
    facts: [/profiles\.toml:4:\d+: error: .*pattern/],
  },
];

for (const { what, files = {}, args = ["backup"], exit = 1, facts, env = {} } of INPUTS) {
  Deno.test(`bad input: ${what}`, async () => {
    using folder = makeFolder(files);
    const restic = standInRestic(folder);
    const { code, stdout, stderr } = await runTool(folder, args, { env });
    const output = stdout + stderr;
    assertEquals(code, exit, output);
    for (const fact of facts) {
      if (typeof fact === "string") assertStringIncludes(output, fact);
      else assertMatch(output, fact);
    }
    assertEquals(/\n\s+at |mistake in this program/.test(output), false, output);
    assertEquals(restic.calls(), []);
    assertEquals(folder.read("hook-ran"), undefined);
  });
}

/** What a hook or the lock cannot use keeps nothing from running: it is told. */
const WARNINGS: readonly Omit<BadInput, "exit" | "args">[] = [
  {
    what: "a certificate file that holds none",
    files: {
      ...profiles(`[global]\nca-certificates = ["garbage.pem"]\n${sending("https://localhost:1/")}`),
      "garbage.pem": "x",
    },
    facts: ["garbage.pem", "send-before"],
  },
  {
    what: "a body template with a mistake",
    files: {
      ...profiles(sending("http://localhost:1/", 'body-template = "body.txt"')),
      "body.txt": "one\n{{ .Nothing }}\n",
    },
    facts: [/body\.txt:2:\d+/, "Nothing", "send-before"],
  },
  {
    what: "a body template that is not there",
    files: profiles(sending("http://localhost:1/", 'body-template = "body.txt"')),
    facts: ["body.txt", "send-before"],
  },
  {
    what: "a folder for locks that cannot be made",
    files: { ...profiles(GOOD.replace("run-before", 'lock = "file/default.lock"\nrun-before')), file: "" },
    facts: ["default.lock"],
  },
  {
    what: "a key with a mistake in its name",
    files: profiles(`${GOOD}exclude-fiel = "x"\n`),
    facts: [/profiles\.toml:7:1: warning: .*"exclude-fiel"/, 'Did you mean "exclude-file"?'],
  },
];

for (const { what, files = {}, facts } of WARNINGS) {
  Deno.test(`bad input that is a warning: ${what}`, async () => {
    using folder = makeFolder(files);
    const restic = standInRestic(folder);
    const { code, stdout, stderr } = await runTool(folder, ["backup"]);
    assertEquals(code, 0, stdout + stderr);
    for (const fact of facts) {
      if (typeof fact === "string") assertStringIncludes(stdout + stderr, fact);
      else assertMatch(stdout + stderr, fact);
    }
    assertEquals(restic.calls().map(([command]) => command), ["backup"]);
  });
}

function sending(url: string, more = ""): string {
  return `[default.backup]\nsource = "/source"\n[default.backup.send-before]\nurl = "${url}"\n${more}\n`;
}
