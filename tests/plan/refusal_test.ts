/** Commands that remove or rewrite snapshots do not run when restic would not get their selection, or their rules, as written. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type JobOptions, planned, resticSteps } from "../support/planned_job.ts";

const BACKUP = { source: "/abs", "check-after": true };
const AFTER = { "after-backup": true, host: true };

type Row = readonly [commandLine: string, profile: NonNullable<JobOptions["profile"]>, said: string, restic?: string];

const REFUSED: readonly Row[] = [
  ["retention", { retention: { tag: true } }, '"default.retention.tag = true" copies from backup'],
  ["backup", { backup: { "files-from": "list" }, retention: AFTER }, '"default.retention.path" is that of backup'],
  ["backup", { backup: {}, retention: { ...AFTER, tag: "t" } }, "names no source"],
  ["backup", { backup: BACKUP, retention: { ...AFTER, tag: [] } }, '"default.retention.tag" comes out empty'],
  ["backup", { backup: BACKUP, retention: { ...AFTER, path: ["/a", ""] } }, '"default.retention.path" comes out empty'],
  ["forget", { forget: { path: true, "keep-last": 3 } }, '"default.forget.path = true" copies from backup'],
  ["forget", { path: true, forget: { "keep-last": 3 } }, '"default.path = true" copies from backup'],
  ["forget", { forget: { "keep-last": true, "keep-daily": 7 } }, '"default.forget.keep-last = true" has no value'],
  ["forget", { forget: { "keep-tag": [], "keep-daily": 7 } }, '"default.forget.keep-tag" comes out empty'],
  ["forget", { forget: { "group-by": true, "keep-daily": 7 } }, '"default.forget.group-by = true" has no value'],
  ["forget", { forget: { "keep-last": 0, "keep-within": "0d" } }, "keeps nothing, and there is no other rule"],
  ["forget", { forget: { "keep-last": "0", "unsafe-allow-remove-all": true } }, "keeps nothing"],
  ["forget", { forget: { tags: "a", "keep-last": 1 } }, '"default.forget.tags": restic 0.18.0 has no flag --tags'],
  ["forget", { forget: { keep_daily: 7, "keep-last": 1 } }, "has no flag --keep_daily for forget"],
  ["rewrite", { rewrite: { path: true, exclude: "x" } }, "Cannot rewrite"],
  ["rewrite", { rewrite: { include: "x", exclude: "y" } }, "restic 0.18.0 has no flag --include for rewrite", "0.18.0"],
  ["rewrite ab12", { rewrite: { include: "x", exclude: "y", path: true } }, "no flag --include for rewrite"],
  ["tag", { tag: { host: [], add: "x" } }, "Cannot tag"],
  ["copy", { copy: { "from-repository": "r", tag: true } }, "Cannot copy"],
  ["copy latest", { copy: { "from-repository": "r", tag: true } }, "Cannot copy"],
  ["repair snapshots", { "repair-snapshots": { tag: true } }, "Cannot repair snapshots"],
  ["prune", { prune: { "dry-run": true } }, "restic 0.11.0 has no flag --dry-run for prune", "0.11.0"],
  ["forget", { forget: { "keep-last": 1, "keep-within-weekly": "2m" } }, "has no flag --keep-within-weekly", "0.12.0"],
  ["forget", { "keep-within-weekly": "2m", forget: { "keep-last": 1 } }, "has no flag --keep-within-weekly", "0.11.0"],
  ["forget", { forget: { "keep-last": -1 } }, '"default.forget.keep-last = -1" is negative', "0.14.0"],
  ["forget", { forget: { "keep-within": "1y-3d" } }, "is negative", "0.15.2"],
  ["forget --tag x", { forget: { "keep-last": -1 } }, "is negative", "0.14.0"],
  ["forget --tag x", { forget: { path: true } }, '"default.forget.path = true" copies from backup'],
  ["backup", { tag: "t", backup: { ...BACKUP, tag: false }, retention: { ...AFTER, tag: true } }, "has no tag"],
  ["repair snapshots", { repair: { host: [] } }, "Cannot repair snapshots"],
  ...["keepdaily", "keepDaily", "keep daily", "groupby", "group_by", "dryrun", "pathes", "host-name", "label"].map(
    (name): Row => ["forget", { forget: { "keep-last": 1, [name]: "7" } }, "has no flag --"],
  ),
];

/** In the profile itself a word that is only similar may be meant for something else. */
const COMMON: readonly (readonly [name: string, isRefused: boolean])[] = [
  ...["tags", "paths", "hosts", "keep_daily", "keepDaily", "groupby", "dry_run"].map((name) => [name, true] as const),
  ...["label", "test", "note", "host-name", "keeper"].map((name) => [name, false] as const),
];

for (const [name, isRefused] of COMMON) {
  Deno.test(`"${name}" in the profile keeps forget from running: ${isRefused}`, () => {
    const { job } = planned("forget", { profile: { [name]: "x", forget: { "keep-last": 1 } } });
    assertEquals(resticSteps(job)[0]?.refusal !== undefined, isRefused);
  });
}

for (const [commandLine, profile, said, restic] of REFUSED) {
  Deno.test(`${commandLine} of ${JSON.stringify(profile)} is refused${restic ? ` with restic ${restic}` : ""}`, () => {
    const { lines, job, notes } = planned(commandLine, { profile, ...restic === undefined ? {} : { restic } });
    const refused = resticSteps(job).filter(({ refusal }) => refusal !== undefined);
    assertEquals(refused.length, 1, lines.join("\n"));
    assertStringIncludes(refused[0]!.refusal!, said);
    assertEquals(notes.filter(({ severity }) => severity === "error").length > 0, true);
    const others = lines.filter((line) => /^(?:backup|check)/.test(line)).length;
    assertEquals(others, commandLine === "backup" ? lines.length - 1 : 0);
  });
}

const RUN: readonly Row[] = [
  ["forget abcd1234", { forget: { path: true, "keep-last": true } }, "forget --repo=local:repo abcd1234"],
  ["forget --keep-last 2", { forget: { "keep-daily": 0 } }, "forget --repo=local:repo --keep-last 2"],
  [
    "copy",
    { copy: { "from-repository": "r", tag: true, snapshot: ["ab12"] } },
    "copy --from-repo=r --repo=local:repo ab12",
  ],
  ["forget", { forget: { path: false, tag: false, "keep-last": 1 } }, "forget --keep-last=1 --repo=local:repo"],
  ["forget", { forget: { "keep-last": 0, "keep-daily": 7 } }, "forget --keep-daily=7 --repo=local:repo"],
  ["forget", { forget: { "keep-last": -1 } }, "forget --keep-last=-1 --repo=local:repo", "0.16.0"],
  ["forget", { forget: { "keep-tag": "" } }, "forget --keep-tag= --repo=local:repo"],
  ["forget", { forget: { prune: true } }, "forget --prune --repo=local:repo"],
  ["forget", { forget: { "keep-last": false } }, "forget --repo=local:repo"],
  ["forget --dry-run", { forget: { path: true } }, "forget --repo=local:repo --dry-run"],
  ["check", { check: { host: "h", path: true } }, "check --repo=local:repo", "0.14.0"],
  ["snapshots", { snapshots: { tag: true } }, "snapshots --repo=local:repo"],
];

for (const [commandLine, profile, line, restic] of RUN) {
  Deno.test(`${commandLine} of ${JSON.stringify(profile)} runs${restic ? ` with restic ${restic}` : ""}`, () => {
    assertEquals(planned(commandLine, { profile, ...restic === undefined ? {} : { restic } }).lines, [line]);
  });
}

Deno.test("without the filter restic itself refuses flags that it lacks; a rule without a value is lost all the same", () => {
  const facts = { filter: false };
  assertEquals(
    planned("forget", { facts, restic: "0.11.0", profile: { forget: { "keep-within-daily": "1d" } } }).lines,
    [
      "forget --keep-within-daily=1d --repo=local:repo",
    ],
  );
  assertEquals(planned("forget", { facts, profile: { forget: { "keep-last": true } } }).lines, ["forget is refused"]);
});

Deno.test("version 1: a retention without host is told once, with its place; false and true say that it is meant", () => {
  const told = (host: unknown, more = {}) =>
    planned("backup", {
      profile: {
        backup: { source: "/abs" },
        retention: {
          "before-backup": true,
          "after-backup": true,
          "keep-last": 1,
          ...host === undefined ? {} : { host },
        },
        ...more,
      },
    }).notes.map(({ severity, message, at }) => [severity, at?.line, message.includes("has no host")]);
  assertEquals(told(undefined), [["warning", 2, true]]);
  for (const host of [true, false, "", "h"]) assertEquals(told(host), []);
  assertEquals(told(undefined, { host: "h" }), []);
});

Deno.test("version 2: so is one of a backup that switches its host off", () => {
  const told = (backup: unknown, retention: object) =>
    planned("backup", {
      version: 2,
      profile: { backup: { source: "/abs", host: backup }, retention: { "keep-last": 1, ...retention } },
    }).notes.filter(({ message }) => message.includes("has no host")).length;
  assertEquals([told(false, {}), told(false, { host: false }), told("h", {}), told(true, {})], [1, 0, 0, 0]);
});
