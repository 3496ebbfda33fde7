/**
 * Whatever is written: a retention selects no snapshot that its owner did not mean, and lacks no rule that keeps some; else it
 * does not run. The meaning of what is written is told here once more, by other means: on snapshots.
 */
import { assert } from "@std/assert";
import type { Argument, ResticStep } from "../../src/model/plan.ts";
import { loadedProfile } from "../support/configuration.ts";
import { type Random, randomOf } from "../support/mutate.ts";
import { plannedFor, resticSteps } from "../support/planned_job.ts";

const MUTANTS = 300;

interface Snapshot {
  readonly host: string;
  readonly tags: readonly string[];
  readonly paths: readonly string[];
}
type Test = (snapshot: Snapshot) => boolean;
type Raw = Record<string, unknown>;

const SNAPSHOTS: readonly Snapshot[] = ["here", "box", "other"].flatMap((host) =>
  [[], ["films"], ["disk"], ["films", "disk"], ["kept"], ["typed"], ["films", "typed"]].flatMap((tags) =>
    [["/films"], ["/films", "/music"], ["/stdin"], ["/db.sql"], ["/else"]].map((paths) => ({ host, tags, paths }))
  )
);

/** What real configurations have, each by some chance, in the profile itself or its sections. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  "tag": [true, false, "", [], "films", ["films", "disk"], "films,disk"],
  "host": [true, false, "", [], "box", ["here", "box"]],
  "path": [true, false, "", [], "/films", ["/films", "/music"], ["/films", ""], "$UNSET/films"],
};
const BACKUP_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  "source": [[], "/films", ["/films", "/music"]],
  "tag": [true, false, "", "films", ["films", "disk"]],
  "host": [true, false, "box"],
  "stdin": [true, false],
  "stdin-filename": ["db.sql", ""],
  "stdin-command": ["dump"],
  "files-from": ["list"],
  "exclude-caches": [true],
};
const RULES: Readonly<Record<string, readonly unknown[]>> = {
  "keep-last": [0, 1, -1, true, false, "$LAST"],
  "keep-daily": [7, 0, "7", "0"],
  "keep-within": ["1y", "", "0d"],
  "keep-within-monthly": ["1y", false],
  "keep-tag": ["kept", [], ["kept", "a"], ""],
};

function chosen(values: Readonly<Record<string, readonly unknown[]>>, oneIn: number, random: Random): Raw {
  return Object.fromEntries(
    Object.entries(values).filter(() => random(oneIn) === 0).map(([name, each]) => [name, each[random(each.length)]]),
  );
}

interface Mutant {
  readonly version: 1 | 2;
  readonly restic: string;
  readonly common: Raw;
  readonly backup: Raw | undefined;
  readonly retention: Raw;
  /** The tag that is typed for the backup. */
  readonly typed: string | undefined;
}

function mutant(random: Random): Mutant {
  return {
    version: random(2) === 0 ? 1 : 2,
    restic: ["0.11.0", "0.14.0", "0.16.5", "0.18.0"][random(4)]!,
    common: { ...chosen(VALUES, 5, random), ...chosen(RULES, 12, random) },
    backup: random(6) === 0 ? undefined : chosen(BACKUP_VALUES, 3, random),
    retention: { "after-backup": true, ...chosen(VALUES, 3, random), ...chosen(RULES, 2, random) },
    typed: random(4) === 0 ? "typed" : undefined,
  };
}

/** What is written, as JSON, which YAML is too; half of it by way of a parent. */
function textOf({ version, common, backup, retention }: Mutant): string {
  const base = { repository: "r", ...common, retention };
  const profiles = { base, default: { inherit: "base", ...backup && { backup: { ...backup } } } };
  return JSON.stringify(version === 1 ? { version: "1", ...profiles } : { version: "2", profiles });
}

const isOff = (value: unknown) => value === undefined || value === false || value === "" || value === 0;
const isLost = (value: unknown) => Array.isArray(value) && (value.length === 0 || value.includes(""));

/** Which snapshots are meant; undefined when nobody can tell. */
function meant({ version, common, backup, retention, typed }: Mutant): Test | undefined {
  const ofBackup = { ...common, ...backup };
  const tags = [ofBackup.tag ?? [], typed ?? []].flat().filter((tag) => typeof tag === "string" && tag !== "");
  const reads = ofBackup.stdin === true || ofBackup["stdin-command"] !== undefined;
  const sources = reads
    ? [`/${[ofBackup["stdin-filename"]].flat()[0] || "stdin"}`]
    : [backup?.source ?? []].flat().map(String);
  const host = isOff(ofBackup.host) || isLost(ofBackup.host) ? undefined : ofBackup.host;
  const defaults: Raw = {
    ...(backup !== undefined || reads ? { path: true } : {}),
    ...(version === 2 ? { host: ofBackup.host === false ? false : host ?? true } : {}),
    ...(version === 2 && tags.length > 0 ? { tag: true } : {}),
  };
  const written: Raw = { ...common, ...defaults, ...retention };
  const real = (name: string) =>
    common[name] === true || isOff(common[name]) || Object.hasOwn(backup ?? {}, name) ? undefined : common[name];
  const values: Raw = {
    tag: written.tag === true ? tags.length > 0 ? tags.join(",") : real("tag") : written.tag,
    host: written.host === true ? typeof host === "string" || Array.isArray(host) ? host : "here" : written.host,
    path: written.path === true ? sources.length > 0 ? sources : real("path") : written.path,
  };
  const isNobodys = ["tag", "host", "path"].some((name) =>
    isLost(values[name]) || String(values[name]).startsWith("$") ||
    (written[name] === true && values[name] === undefined)
  );
  if (isNobodys) return undefined;
  const selected = selecting({
    tag: values.tag === "" ? [""] : isOff(values.tag) ? [] : [values.tag].flat().map(String),
    host: isOff(values.host) ? [] : [values.host].flat().map(String),
    path: isOff(values.path) ? [] : [values.path].flat().map(String),
  });
  return (snapshot) => selected(snapshot) && (typed === undefined || snapshot.tags.includes(typed));
}

/** As restic selects: one of the hosts, one of the tags (with commas: all of them), all paths. */
function selecting({ tag, host, path }: Readonly<Record<"tag" | "host" | "path", readonly string[]>>): Test {
  const has = (snapshot: Snapshot, tags: string) =>
    tags.split(",").every((each) => each === "" ? snapshot.tags.length === 0 : snapshot.tags.includes(each));
  return (snapshot) =>
    (host.length === 0 || host.includes(snapshot.host)) && path.every((each) => snapshot.paths.includes(each)) &&
    (tag.length === 0 || tag.some((each) => has(snapshot, each)));
}

function wordsOf({ args }: ResticStep): string[] {
  return args.map((word: Argument) => typeof word === "string" ? word : word.late === "variables" ? word.text : "");
}

function valuesOf(words: readonly string[], name: string): string[] {
  return words.filter((word) => word.startsWith(`--${name}=`)).map((word) => word.slice(name.length + 3));
}

/** Rules that restic has to get, by its words; undefined when it cannot get them. */
function wantedRules({ common, retention, restic }: Mutant): string[] | undefined {
  const rules = Object.entries({ ...common, ...retention }).filter(([name]) => name.startsWith("keep-"));
  const written = rules.filter(([name, value]) => value !== false && (value !== "" || name === "keep-tag"));
  const lacks = (name: string) => name === "keep-within-monthly" && restic === "0.11.0";
  if (written.some(([name, value]) => value === true || isLost(value) || lacks(name))) return undefined;
  if (written.some(([, value]) => value === -1) && Number(restic.split(".")[1]) < 16) return undefined;
  const keeping = written.filter(([, value]) => !/^0d?$/.test(String(value)));
  if (written.length > 0 && keeping.length === 0) return undefined;
  return keeping.flatMap(([name, value]) => [value].flat().map((each) => `--${name}=${each}`));
}

Deno.test(`${MUTANTS} profiles: retention selects nothing that is not meant, and has all its rules, or does not run`, async () => {
  const outcomes = { ran: 0, refused: 0 };
  for (let seed = 1; seed <= MUTANTS; seed++) {
    const subject = mutant(randomOf(seed * 7919));
    const { profile } = await loadedProfile({ yaml: textOf(subject), env: {} });
    const commandLine = subject.typed === undefined ? "backup" : `backup --tag ${subject.typed}`;
    const steps = resticSteps(plannedFor(profile, commandLine, { restic: subject.restic }).job);
    const shown = `seed ${seed}: ${JSON.stringify(subject)}\n${
      steps.map((step) => wordsOf(step).join(" ")).join("\n")
    }`;
    const [backup, forget] = steps;
    assert(steps.length === 2 && backup!.command === "backup" && backup!.refusal === undefined, shown);
    const test = meant(subject);
    const rules = wantedRules(subject);
    if (forget!.refusal !== undefined) {
      outcomes.refused++;
      assert(test === undefined || rules === undefined, `refused for nothing: ${forget!.refusal}\n${shown}`);
      continue;
    }
    outcomes.ran++;
    const words = wordsOf(forget!);
    const [tag, host, path] = [valuesOf(words, "tag"), valuesOf(words, "host"), valuesOf(words, "path")];
    const taken = SNAPSHOTS.filter(selecting({ tag, host, path }));
    if (test === undefined || rules === undefined) {
      throw new Error(`ran though nobody can tell what is meant\n${shown}`);
    }
    assert(taken.every(test), `takes more than is meant\n${shown}`);
    assert(rules.every((rule) => words.includes(rule)), `lacks one of ${rules}\n${shown}`);
  }
  assert(outcomes.ran > MUTANTS / 5 && outcomes.refused > MUTANTS / 5, JSON.stringify(outcomes));
});
