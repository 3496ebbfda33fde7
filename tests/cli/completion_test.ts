import { assertEquals } from "@std/assert";
import { completions } from "../../src/cli/completion.ts";
import { completionRequest } from "../../src/cli/completion_request.ts";
import { visibleCommands } from "../../src/schema/own_commands.ts";
import { flag, visibleFlags } from "../../src/schema/own_flags.ts";

const NAMES = ["a.b", "all", "default", "other"];

async function answers(requester: string, ...words: string[]): Promise<string[]> {
  const request = completionRequest([requester, ...words]);
  return request ? await completions(request, () => Promise.resolve(NAMES)) : [];
}

const RESTIC = "__complete_restic";
/** Schedulers call the other one. */
const commands = visibleCommands().filter((name) => name !== "run-schedule");
const PROFILE_COMMANDS = ["profiles", "schedule", "show", "status", "unschedule"];
const prefixes = NAMES.map((name) => `${name}.`);

const ANSWERS: [words: string[], answers: string[]][] = [
  // the command word
  [["__POS:1", "sh"], ["show", RESTIC]],
  [["__POS:1", ""], [...commands, ...prefixes, RESTIC]],
  [["__POS:1", "show"], []],
  [["__POS:1", "default.show"], []],
  [["__POS:1", "o"], ["other.", RESTIC]],
  [["__POS:1", "default."], [...PROFILE_COMMANDS.map((name) => `default.${name}`), `default.${RESTIC}`]],
  [["__POS:1", "all.pro"], ["all.profiles", `all.${RESTIC}`]],
  [["__POS:1", "missing.pro"], ["profiles", RESTIC]],
  [["__POS:1", "a.b.pro"], ["a.b.profiles", `a.b.${RESTIC}`]],
  [["__POS:1", "a."], [...PROFILE_COMMANDS, "a.b.", RESTIC]],
  [["__POS:3", "-n", "other", "sh"], ["show", RESTIC]],
  [["__POS:3", "-n", "other", "ot"], [RESTIC]],
  // flags
  [["__POS:1", "--th"], ["--theme"]],
  [["__POS:1", "-t"], []],
  [["__POS:1", "--verbos"], ["--verbose"]],
  [["__POS:1", "--verbose"], []],
  [["__POS:2", "--verbose", "--verb"], []],
  [["__POS:2", "-v", "--verb"], []],
  [["__POS:1", "--remo"], []],
  [["__POS:1", "--no-p"], ["--no-prio"]],
  // values
  [["__POS:2", "--theme", ""], ["dark", "light", "none"]],
  [["__POS:2", "--theme", "l"], ["light"]],
  [["__POS:2", "--theme", "light"], []],
  [["__POS:1", "--theme"], ["dark", "light", "none"]],
  [["__POS:1", "--theme=d"], ["--theme=dark"]],
  [["__POS:3", "--theme", "=", "d"], ["dark"]],
  [["__POS:2", "--theme", "="], ["dark", "light", "none"]],
  [["__POS:2", "-f", ""], ["toml", "json", "yaml", "hcl"]],
  [["__POS:2", "-qf", ""], ["toml", "json", "yaml", "hcl"]],
  [["__POS:2", "--command-output", ""], ["auto", "log", "console", "all"]],
  [["__POS:2", "--config", "x"], ["__complete_file"]],
  [["__POS:2", "-l", ""], ["__complete_file"]],
  [["__POS:2", "--name", ""], NAMES],
  [["__POS:2", "--profile", "o"], ["other"]],
  [["__POS:2", "--lock-wait", ""], []],
  // what follows the command
  [["__POS:2", "version", "--"], ["--verbose"]],
  [["__POS:2", "version", "-"], ["-v", "--verbose"]],
  [["__POS:3", "version", "-v", ""], []],
  [["__POS:2", "other.validate", "--"], ["--json"]],
  [["__POS:2", "validate@other", "--"], ["--json"]],
  [["__POS:2", "backup", "--ex"], [RESTIC]],
  [["__POS:2", "other.backup", ""], [RESTIC]],
  // the position
  [["__POS:2", "-v", "sh", "--all", "rest"], ["show", RESTIC]],
  [["__POS:2", "backup"], [RESTIC]],
  [["__POS:0", "sh"], ["show", RESTIC]],
  [["__POS:x", "sh"], ["show", RESTIC]],
  [["sh"], ["show", RESTIC]],
];
for (const [words, expected] of ANSWERS) {
  Deno.test(`complete bash:v1 ${words.join(" ")}`, async () =>
    assertEquals(await answers("bash:v1", ...words), expected));
}

Deno.test("complete offers all visible flags, in both forms, for a dash", async () => {
  const forms = visibleFlags().flatMap((name) => [...flag(name).short ? [`-${flag(name).short}`] : [], `--${name}`]);
  assertEquals(await answers("bash:v1", "__POS:1", "-"), forms);
});

Deno.test("complete offers long flags, then commands, behind another flag", async () => {
  const long = visibleFlags().filter((name) => name !== "quiet").map((name) => `--${name}`);
  assertEquals(await answers("bash:v1", "__POS:2", "-q", ""), [...long, ...commands, ...prefixes, RESTIC]);
});

const PROTOCOL: [requester: string, words: string[], answers: RegExp][] = [
  ["fish:v1", ["__POS:1", "sh"], /^show\t[^\n\t]+\n__complete_restic$/],
  ["zsh:v1", ["__POS:1", "sh"], /^show\n__complete_restic$/],
  ["zsh:v2", ["__POS:1", "sh"], /^show\t[^\n\t]+\n__complete_restic\tsh$/],
  ["zsh:v2", ["__POS:1", "other.sh"], /^other\.show\t[^\n\t]+\nother\.__complete_restic\tsh$/],
  ["zsh:v2", ["__POS:1", "missing.sna"], /^__complete_restic\tsna$/],
  ["fish:v1", ["__POS:1", "--them"], /^--theme\t[^\n\t]+$/],
  ["zsh:v2", ["__POS:4", "-n", "other", "backup", "--ex"], /^__complete_restic\tbackup\t--ex$/],
  ["zsh:v2", ["__POS:2", "other.backup", ""], /^__complete_restic\tbackup\t$/],
  ["bash:v9", ["__POS:1", "sh"], /^show\n/],
  ["bash:v10", ["__POS:1", "sh"], /^$/],
  ["powershell:v1", ["__POS:1", "sh"], /^show\n__complete_restic$/],
  ["nonsense", ["__POS:1", "sh"], /^$/],
];
for (const [requester, words, expected] of PROTOCOL) {
  Deno.test(`complete ${requester} ${words.join(" ")}`, async () => {
    const text = (await answers(requester, ...words)).join("\n");
    assertEquals(expected.test(text), true, JSON.stringify(text));
  });
}

Deno.test("complete reads names only for words that have them", async () => {
  const request = completionRequest(["bash:v1", "__POS:1", "--th"])!;
  assertEquals(await completions(request, () => Promise.reject(new Error("not to be read"))), ["--theme"]);
});
