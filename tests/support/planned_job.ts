/** Jobs planned from profiles that are written as in a configuration file; their paths are final, as planning gets them. */
import type { Diagnostic, Position } from "../../src/model/diagnostic.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Flags } from "../../src/model/invocation.ts";
import type { Argument, Job, ResticStep } from "../../src/model/plan.ts";
import { Secret } from "../../src/model/secret.ts";
import { planJob } from "../../src/plan/plan_job.ts";
import { GLOBAL_KEYS } from "../../src/schema/global_keys.ts";
import type { KeyTable } from "../../src/schema/key.ts";
import type { GlobalOptions, Profile } from "../../src/schema/profile.ts";
import { PROFILE_KEYS } from "../../src/schema/profile_keys.ts";
import { sectionKeys } from "../../src/schema/section_keys.ts";

type Raw = Readonly<Record<string, unknown>>;

export interface JobOptions {
  /** Keys of the profile; a table is a section. `repository` is `local:repo` unless it is there. */
  readonly profile?: Raw;
  readonly version?: 1 | 2;
  readonly global?: Raw;
  readonly flags?: Partial<Flags>;
  readonly facts?: Partial<Facts>;
  /** @default "0.18.0" */
  readonly restic?: string;
  readonly group?: string;
}

export interface PlannedJob {
  readonly job: Job;
  readonly notes: Diagnostic[];
  /** Of every restic step, in order, as one text each: late words in angle brackets; `COMMAND is refused`. */
  readonly lines: string[];
}

const TOOL_FLAGS: Flags = {
  help: false,
  quiet: false,
  verbose: false,
  trace: false,
  config: "profiles",
  format: undefined,
  name: "default",
  nameGiven: false,
  log: undefined,
  commandOutput: undefined,
  dryRun: false,
  noLock: false,
  lockWaitMs: 0,
  stderr: false,
  noAnsi: false,
  theme: "light",
  noPrio: false,
  wait: false,
  ignoreOnBattery: 0,
  logFormat: "text",
};

/** @param commandLine command and arguments; words must not hold blanks */
export function planned(commandLine: string, options: JobOptions = {}): PlannedJob {
  return plannedFor(profileOf(options.profile ?? {}, options.version ?? 1), commandLine, options);
}

/** The same for a profile that was loaded. */
export function plannedFor(
  profile: Profile,
  commandLine: string,
  options: Omit<JobOptions, "profile" | "version"> = {},
): PlannedJob {
  const [command = "", ...args] = commandLine.split(" ");
  const facts: Facts = {
    resticPath: "restic",
    resticVersion: options.restic ?? "0.18.0",
    filter: true,
    templatesUseStdout: false,
    os: "linux",
    hostname: "here",
    now: 0,
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stdoutIsPipe: false,
    stderrIsTerminal: false,
    outputIsLogged: false,
    outputIsShown: true,
    environment: {},
    ...options.facts,
  };
  const { job, notes } = planJob({
    profile,
    global: typed(GLOBAL_KEYS, options.global ?? {}) as unknown as GlobalOptions,
    invocation: { command, args, flags: { ...TOOL_FLAGS, ...options.flags } },
    facts,
    group: options.group,
  });
  return { job, notes, lines: resticSteps(job).map(lineOf) };
}

function lineOf({ command, args, refusal }: ResticStep): string {
  return refusal === undefined ? args.map(textOf).join(" ") : `${command} is refused`;
}

export function resticSteps(job: Job): ResticStep[] {
  return job.steps.filter((step) => step.kind === "restic");
}

function profileOf(raw: Raw, version: 1 | 2): Profile {
  const isSection = ([name, value]: [string, unknown]) =>
    typeof value === "object" && !Array.isArray(value) && value !== null && !Object.hasOwn(PROFILE_KEYS, name);
  const entries: [string, unknown][] = Object.entries({ repository: "local:repo", ...raw });
  const own = Object.fromEntries(entries.filter((entry) => !isSection(entry)));
  const sections = entries.filter(isSection).map(([name, value]) => [name, value as Raw] as const);
  return {
    name: "default",
    version,
    options: typed(PROFILE_KEYS, own) as unknown as Profile["options"],
    flags: untyped(PROFILE_KEYS, own),
    sections: new Map(sections.map(([name, value]) => {
      const keys = sectionKeys(name);
      return [name, { name, options: typed(keys, value), flags: untyped(keys, value) }];
    })),
    configDir: "/work",
    workingDir: "/work",
    madeAbsolute: new Set(["/work/relative"]),
    doubtful: new Set(["doubtful"]),
    dotenv: undefined,
    at: (path) => placeIn(raw, path),
  };
}

/** Keys stand one below the other, those of a table further to the right; what is not there has the place of its table. */
function placeIn(raw: Raw, path: readonly (string | number)[]): Position {
  let [table, line, column]: [unknown, number, number] = [raw, 1, 1];
  for (const key of path) {
    const index = Object.keys(table ?? {}).indexOf(String(key));
    if (index < 0) break;
    [table, line, column] = [(table as Raw)[key], line + index, column + 2];
  }
  return { path: "profiles.toml", line, column };
}

function typed(keys: KeyTable, raw: Raw): Record<string, unknown> {
  const options = Object.entries(keys).map(([name, key]) => {
    const value = Object.hasOwn(raw, name) ? raw[name] : key.default;
    const isList = key.type === "texts" || key.type === "tables";
    const list = isList && value !== undefined && !Array.isArray(value) ? [value] : value;
    if (Array.isArray(list) && key.keys) return [name, list.map((item) => typed(key.keys!, item))];
    if (key.type === "text-table" && list) return [name, textTable(list as Raw, key.secret === true)];
    return [name, key.secret && typeof list === "string" ? new Secret(list) : list];
  });
  return Object.fromEntries(options.filter(([, value]) => value !== undefined));
}

function textTable(raw: Raw, isSecret: boolean): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(raw).map(([name, value]) => [name, isSecret ? new Secret(String(value)) : value]));
}

function untyped(keys: KeyTable, raw: Raw): Profile["flags"] {
  return new Map(Object.entries(raw).filter(([name]) => !Object.hasOwn(keys, name))) as Profile["flags"];
}

function textOf(argument: Argument): string {
  if (typeof argument === "string") return argument;
  switch (argument.late) {
    case "variables":
      return `<${argument.text}>`;
    case "repository-file":
      return `<--${argument.flag}: ${argument.url.reveal()}>`;
    case "retry-lock":
      return "<--retry-lock>";
    case "source":
      return `<${argument.flag === undefined ? "" : `--${argument.flag}=`}${argument.pattern} in ${argument.folder}>`;
    default:
      return argument satisfies never;
  }
}
