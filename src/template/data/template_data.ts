/** The data that templates start with: that of configuration files, of request bodies and of systemd units. */
import type { UnitFacts } from "../../model/unit_facts.ts";
import { compareText } from "../values/bytes.ts";
import { timeAt } from "../formats/time.ts";
import { type GoValue, stringList, stringMap, struct, type StructValue, type Zone } from "../values/go_value.ts";

/** What all of them know. Folders may be written with `\`: templates get `/` on every system. */
export interface DefaultData {
  /** Moment of the execution, nanoseconds since 1970 UTC. */
  readonly now: bigint;
  readonly zone: Zone;
  readonly currentDir: string;
  readonly startupDir: string;
  readonly tempDir: string;
  readonly binaryDir: string;
  readonly hostname: string;
  /** As Go names it: `linux`, `windows`. */
  readonly os: string;
  /** As Go names it: `amd64`, `arm64`. */
  readonly arch: string;
  /** The environment of the program. */
  readonly env: Readonly<Record<string, string>>;
}

interface ConfigurationFacts {
  /** The profile that is loaded; `default` while looking for includes. */
  readonly profile: string;
  /** `COMMAND@NAME` in `run-schedule`, else empty. */
  readonly schedule: string;
  /** Absolute folder of the main file. */
  readonly configDir: string;
}

interface HookFacts {
  readonly profile: string;
  readonly command: string;
  /** All empty without an error. */
  readonly error: {
    readonly message: string;
    readonly commandLine: string;
    readonly exitCode: string;
    readonly stderr: string;
  };
  /** What the restic commands printed so far. */
  readonly stdout: string;
}

const DEFAULT_FIELDS = [
  "Now",
  "CurrentDir",
  "StartupDir",
  "TempDir",
  "BinaryDir",
  "Hostname",
  "OS",
  "Arch",
  "Env",
] as const;
type DefaultField = typeof DEFAULT_FIELDS[number];

/** Whether `.NAME` is in the data of all templates, and so in `.DefaultData` too. */
export function isDefaultField(name: string): boolean {
  return (DEFAULT_FIELDS as readonly string[]).includes(name);
}

export function configurationData(common: DefaultData, facts: ConfigurationFacts): StructValue {
  return withDefaults(common, {
    Profile: struct({ Name: facts.profile }),
    Schedule: struct({ Name: facts.schedule }),
    ConfigDir: folder(common, facts.configDir),
  });
}

export function hookData(common: DefaultData, { profile, command, error, stdout }: HookFacts): StructValue {
  return withDefaults(common, {
    ProfileName: profile,
    ProfileCommand: command,
    Error: struct({
      Message: error.message,
      CommandLine: error.commandLine,
      ExitCode: error.exitCode,
      Stderr: error.stderr,
    }),
    Stdout: stdout,
  });
}

export function unitData(common: DefaultData, facts: UnitFacts): StructValue {
  return withDefaults(common, {
    JobDescription: facts.jobDescription,
    TimerDescription: facts.timerDescription,
    WorkingDirectory: facts.workingDirectory,
    CommandLine: facts.commandLine,
    OnCalendar: stringList(facts.onCalendar),
    SystemdProfile: facts.systemdProfile,
    Nice: BigInt(facts.nice),
    Environment: stringList(facts.environment),
    AfterNetworkOnline: facts.afterNetworkOnline,
    CPUSchedulingPolicy: facts.cpuSchedulingPolicy,
    IOSchedulingClass: BigInt(facts.ioSchedulingClass),
    IOSchedulingPriority: BigInt(facts.ioSchedulingPriority),
    User: facts.user,
  });
}

/** The common fields are beside the others, and once more in `.DefaultData`. */
function withDefaults(common: DefaultData, own: Readonly<Record<string, GoValue>>): StructValue {
  const defaults: Record<DefaultField, GoValue> = {
    Now: timeAt(common.now, common.zone),
    CurrentDir: folder(common, common.currentDir),
    StartupDir: folder(common, common.startupDir),
    TempDir: folder(common, common.tempDir),
    BinaryDir: folder(common, common.binaryDir),
    Hostname: common.hostname,
    OS: common.os,
    Arch: common.arch,
    Env: stringMap(environmentNames(common.env)),
  };
  return struct({ DefaultData: struct(defaults), ...defaults, ...own });
}

function folder({ os }: DefaultData, path: string): string {
  return os === "windows" ? path.replaceAll("\\", "/") : path;
}

/** Each variable under its own name and, unless that is taken, in upper case; of several the first by name. */
function environmentNames(env: Readonly<Record<string, string>>): Map<string, string> {
  const names = new Map(Object.entries(env));
  for (const [name, value] of Object.entries(env).sort(([a], [b]) => compareText(a, b))) {
    const upper = name.toUpperCase();
    if (!names.has(upper)) names.set(upper, value);
  }
  return names;
}
