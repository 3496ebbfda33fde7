/**
 * From the texts of flags and variables to their values. A flag that cannot be converted is an error; an environment variable is
 * reported and ignored, as the original does: a backup at night must not end for it.
 */
import { parseBoolean } from "../model/go_text.ts";
import { parseDuration } from "../model/duration.ts";
import type { Flags } from "../model/invocation.ts";
import { flag, type FlagName, FLAGS } from "../schema/own_flags.ts";
import { UsageError } from "./usage_error.ts";

/** What a flag was set to, and by what. */
export interface Setting {
  readonly text: string;
  /** As the user knows it: `--lock-wait`, `RESTICPROFILE_LOCK_WAIT`. */
  readonly source: string;
  /** On the command line, not in the environment. */
  readonly typed: boolean;
  /** How often in a row to the same effect; absent: once. */
  readonly times?: number;
}

export type Settings = ReadonlyMap<FlagName, Setting>;

/**
 * Lays the flags that were typed over those that the environment sets; blank variables are not set.
 * @param warn gets variables that cannot be converted, which count as not set
 */
export function withEnvironment(
  typed: Settings,
  env: Readonly<Record<string, string>>,
  warn: (text: string) => void,
): Settings {
  const settings = new Map(typed);
  for (const name of Object.keys(FLAGS) as FlagName[]) {
    const source = flag(name).variables.find((variable) => env[variable]?.trim());
    if (source === undefined || typed.has(name)) continue;
    const setting: Setting = { text: env[source]!.trim(), source, typed: false };
    const problem = faultOf(name, setting);
    if (problem === undefined) settings.set(name, setting);
    else warn(`${problem}; it is ignored`);
  }
  return settings;
}

function faultOf(name: FlagName, setting: Setting): string | undefined {
  try {
    flagsOf(new Map([[name, setting]]));
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** @throws {UsageError} for a value that cannot be converted */
export function flagsOf(settings: Settings): Flags {
  const remote = settings.get("remote")?.text;
  return {
    help: booleanOf(settings, "help"),
    ...verbosityOf(settings),
    ...verboseCountOf(settings),
    config: textOf(settings, "config") ?? FLAGS.config.default,
    format: formatOf(settings),
    name: textOf(settings, "name") ?? FLAGS.name.default,
    nameGiven: settings.get("name")?.typed ?? false,
    log: textOf(settings, "log"),
    commandOutput: textOf(settings, "command-output"),
    dryRun: booleanOf(settings, "dry-run"),
    noLock: booleanOf(settings, "no-lock"),
    lockWaitMs: durationOf(settings, "lock-wait"),
    stderr: booleanOf(settings, "stderr"),
    noAnsi: booleanOf(settings, "no-ansi"),
    theme: textOf(settings, "theme") ?? FLAGS.theme.default,
    noPrio: booleanOf(settings, "no-prio"),
    wait: booleanOf(settings, "wait"),
    ignoreOnBattery: percentOf(settings, "ignore-on-battery"),
    logFormat: logFormatOf(settings),
    ...(remote === undefined ? {} : { remote }),
  };
}

/** Never both quiet and talkative: what was typed wins over the environment, else the one that shows more. */
function verbosityOf(settings: Settings): { quiet: boolean; verbose: boolean; trace: boolean } {
  const quiet = booleanOf(settings, "quiet");
  const verbose = booleanOf(settings, "verbose");
  const trace = booleanOf(settings, "trace");
  if (!quiet || !(verbose || trace)) return { quiet, verbose, trace };
  const talkTyped = (verbose && settings.get("verbose")?.typed) || (trace && settings.get("trace")?.typed);
  const quietWins = settings.get("quiet")?.typed && !talkTyped;
  return quietWins ? { quiet, verbose: false, trace: false } : { quiet: false, verbose, trace };
}

function verboseCountOf(settings: Settings): { verboseCount?: number } {
  const times = settings.get("verbose")?.times;
  return times === undefined ? {} : { verboseCount: times };
}

/** Of variables, beside those of flags. */
const SWITCH_WORDS: ReadonlyMap<string, boolean> = new Map([
  ["yes", true],
  ["on", true],
  ["no", false],
  ["off", false],
]);

function booleanOf(settings: Settings, name: FlagName): boolean {
  const setting = settings.get(name);
  if (!setting) return false;
  const { text, typed } = setting;
  const value = parseBoolean(text) ?? (typed ? undefined : SWITCH_WORDS.get(text.toLowerCase()));
  if (value === undefined) throw unreadable(setting, "true or false");
  return value;
}

function textOf(settings: Settings, name: FlagName): string | undefined {
  return settings.get(name)?.text;
}

function durationOf(settings: Settings, name: FlagName): number | undefined {
  const setting = settings.get(name);
  if (!setting) return undefined;
  try {
    return parseDuration(setting.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable(setting, "a duration with units, such as 1h5m30s");
  }
}

function percentOf(settings: Settings, name: FlagName): number {
  const setting = settings.get(name);
  if (!setting) return 0;
  if (!/^[+-]?\d+$/.test(setting.text)) throw unreadable(setting, "a whole number");
  return Number(setting.text);
}

/** Also by other extensions of files. */
const FORMATS: readonly string[] = [...FLAGS.format.words, "conf", "yml"];

/** One that is typed is refused with the configuration in view. */
function formatOf(settings: Settings): string | undefined {
  const setting = settings.get("format");
  if (setting && !setting.typed && !FORMATS.includes(setting.text.toLowerCase())) {
    throw unreadable(setting, `one of ${FLAGS.format.words.join(", ")}`);
  }
  return setting?.text;
}

function logFormatOf(settings: Settings): "text" | "json" {
  const setting = settings.get("log-format");
  const format = FLAGS["log-format"].words.find((word) => word === (setting?.text ?? FLAGS["log-format"].default));
  if (format === undefined) throw unreadable(setting!, "text or json");
  return format;
}

function unreadable({ text, source }: Setting, wanted: string): UsageError {
  return new UsageError(`Cannot read "${text}" as the value of ${source}: it must be ${wanted}`);
}
