import { assertEquals, assertThrows } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import type { Flags } from "../../src/model/invocation.ts";

const words = (line: string) => line.split(" ").filter((word) => word !== "");
const parse = (line: string, env: Record<string, string> = {}) => parseInvocation(words(line), env);

const GRAMMAR: [line: string, flags: Partial<Flags>, word: string, args: string[]][] = [
  ["", { name: "default", nameGiven: false, config: "profiles", theme: "light", lockWaitMs: undefined }, "", []],
  ["--name=root snapshots", { name: "root", nameGiven: true }, "snapshots", []],
  ["--name root snapshots", { name: "root" }, "snapshots", []],
  ["--profile root snapshots", { name: "root", nameGiven: true }, "snapshots", []],
  ["-n root snapshots", { name: "root" }, "snapshots", []],
  ["-nroot snapshots", { name: "root" }, "snapshots", []],
  ["-n=root snapshots", { name: "root" }, "snapshots", []],
  ["-qn other snapshots", { quiet: true, name: "other" }, "snapshots", []],
  ["-vwnother snapshots", { verbose: true, wait: true, name: "other" }, "snapshots", []],
  ["-v -v x", { verbose: true, verboseCount: 2 }, "x", []],
  ["-vvv x", { verboseCount: 3 }, "x", []],
  ["-v --verbose x", { verboseCount: 2 }, "x", []],
  ["-vv -v=false x", { verbose: false }, "x", []],
  ["-n one -n two x", { name: "two" }, "x", []],
  ["-q=false x", { quiet: false }, "x", []],
  ["--dry-run=T x", { dryRun: true }, "x", []],
  ["--dry-run=FALSE x", { dryRun: false }, "x", []],
  ["--dry-run true", { dryRun: true }, "true", []],
  ["--lock-wait -5m x", { lockWaitMs: -300_000 }, "x", []],
  ["--lock-wait 1h5m30s x", { lockWaitMs: 3_930_000 }, "x", []],
  ["--lock-wait 0 x", { lockWaitMs: 0 }, "x", []],
  ["--ignore-on-battery x", { ignoreOnBattery: 100 }, "x", []],
  ["--ignore-on-battery=30 x", { ignoreOnBattery: 30 }, "x", []],
  ["--no-priority x", { noPrio: true }, "x", []],
  ["--log-format=json x", { logFormat: "json" }, "x", []],
  ["-n a -- snapshots latest", { name: "a" }, "snapshots", ["latest"]],
  ["-- --name x", { nameGiven: false }, "--name", ["x"]],
  ["snapshots -n x --dry-run", { name: "default", dryRun: false }, "snapshots", ["-n", "x", "--dry-run"]],
  ["backup --help", { help: true }, "backup", ["--help"]],
  ["backup x -h", { help: true }, "backup", ["x", "-h"]],
  ["backup -- -h", { help: false }, "backup", ["--", "-h"]],
  ["complete bash:v1 __POS:1 --help", { help: false }, "complete", ["bash:v1", "__POS:1", "--help"]],
  ["-", {}, "-", []],
];
for (const [line, flags, word, args] of GRAMMAR) {
  Deno.test(`parseInvocation() reads "${line}"`, () => {
    const found = parse(line);
    assertEquals({ ...found.flags, ...flags }, found.flags);
    assertEquals([found.word, found.args], [word, args]);
  });
}

const USAGE_ERRORS: [line: string, named: string[]][] = [
  ["--foo snapshots", ["--foo"]],
  ["--n x", ["--n"]],
  ["-z x", ["-z"]],
  ["-qz x", ["-z"]],
  ["-n", ["-n"]],
  ["--config", ["--config"]],
  ["--lock-wait 10x x", ["10x", "--lock-wait"]],
  ["--lock-wait 5 x", ["5", "--lock-wait"]],
  ["--ignore-on-battery=low x", ["low", "--ignore-on-battery"]],
  ["--dry-run=maybe x", ["maybe", "--dry-run"]],
  ["--quiet=2 x", ["2", "--quiet"]],
  ["--dry-run=yes x", ["yes", "--dry-run"]],
  ["--log-format=xml x", ["xml", "--log-format"]],
  ["--ignore-on-battery 50 snapshots", ["--ignore-on-battery=50"]],
];
for (const [line, named] of USAGE_ERRORS) {
  Deno.test(`parseInvocation() refuses "${line}"`, () => {
    const { message } = assertThrows(() => parse(line), UsageError);
    for (const word of named) assertEquals(message.includes(word), true, `${message} lacks ${word}`);
  });
}

const ENVIRONMENT: [line: string, env: Record<string, string>, flags: Partial<Flags>][] = [
  ["x", { RESTICPROFILE_NAME: " other " }, { name: "other", nameGiven: false }],
  ["x", { RESTICPROFILE_NAME: "  " }, { name: "default" }],
  ["-n default x", { RESTICPROFILE_NAME: "other" }, { name: "default", nameGiven: true }],
  ["x", { RESTICPROFILE_FORMAT: "YML" }, { format: "YML" }],
  ["x", { RESTICPROFILE_DRY_RUN: "yes" }, { dryRun: true }],
  ["x", { RESTICPROFILE_DRY_RUN: "Off" }, { dryRun: false }],
  ["--dry-run=false x", { RESTICPROFILE_DRY_RUN: "true" }, { dryRun: false }],
  ["x", { RESTICPROFILE_NO_PRIORITY: "1" }, { noPrio: true }],
  ["x", { RESTICPROFILE_NO_PRIO: "1" }, { noPrio: true }],
  ["x", { RESTICPROFILE_LOCK_WAIT: "2m" }, { lockWaitMs: 120_000 }],
  ["x", { RESTICPROFILE_COMMAND_OUTPUT: "all", RESTICPROFILE_LOG: "f" }, { commandOutput: "all", log: "f" }],
  ["-v -q --trace x", {}, { quiet: false, verbose: true, trace: true }],
  ["-q x", { RESTICPROFILE_VERBOSE: "1" }, { quiet: true, verbose: false }],
  ["-v x", { RESTICPROFILE_QUIET: "1" }, { quiet: false, verbose: true }],
  ["x", { RESTICPROFILE_QUIET: "1", RESTICPROFILE_TRACE: "1" }, { quiet: false, trace: true }],
];
for (const [line, env, flags] of ENVIRONMENT) {
  Deno.test(`parseInvocation() of "${line}" with ${JSON.stringify(env)}`, () => {
    const found = parse(line, env).flags;
    assertEquals({ ...found, ...flags }, found);
  });
}

Deno.test("parseInvocation() lets verbose win over quiet, whatever their order", () => {
  for (const line of ["-q -v x", "-v -q x", "-qv x", "--verbose --quiet x"]) {
    const { quiet, verbose } = parse(line).flags;
    assertEquals([quiet, verbose], [false, true], line);
  }
});

Deno.test("parseInvocation() tells RESTICPROFILE_STDERR from RESTICPROFILE_NO_ANSI", () => {
  const switches = (env: Record<string, string>) => {
    const { stderr, noAnsi } = parse("x", env).flags;
    return [stderr, noAnsi];
  };
  assertEquals(switches({ RESTICPROFILE_STDERR: "1" }), [true, false]);
  assertEquals(switches({ RESTICPROFILE_NO_ANSI: "1" }), [false, true]);
});

for (
  const [variable, value] of [
    ["RESTICPROFILE_DRY_RUN", "maybe"],
    ["RESTICPROFILE_LOCK_WAIT", "30"],
    ["RESTICPROFILE_IGNORE_ON_BATTERY", "low"],
    ["RESTICPROFILE_LOG_FORMAT", "xml"],
    ["RESTICPROFILE_FORMAT", "ini"],
  ] as const
) {
  Deno.test(`parseInvocation() ignores ${variable}=${value}, and names both`, () => {
    const told: string[] = [];
    const found = parseInvocation(["x"], { [variable]: value }, (text) => told.push(text));
    assertEquals(found, parse("x"));
    assertEquals([told.length, told[0]?.includes(variable), told[0]?.includes(`"${value}"`)], [1, true, true]);
  });
}

Deno.test("parseInvocation() keeps the name of an unknown flag, for a hint", () => {
  assertEquals(assertThrows(() => parse("--dry-rn x"), UsageError).unknownFlag, "dry-rn");
});
