/** The tool's own flags: the only place that knows them. Parser, environment variables, help and completion read this table. */

export interface Flag {
  /** `percent`: a whole number. `duration`: Go's form, with units. */
  readonly type: "boolean" | "text" | "duration" | "percent";
  /** One letter. */
  readonly short?: string;
  /** Other long names for the same flag. */
  readonly aliases?: readonly string[];
  /** Environment variables behind the flag: the first that is set counts. */
  readonly variables: readonly string[];
  /** As it would be typed. */
  readonly default?: string;
  /** What the value is called in help. */
  readonly placeholder?: string;
  /** The value of the flag without one; any other value needs `=`. */
  readonly bare?: string;
  /** Values to offer; others may be legal. */
  readonly words?: readonly string[];
  /** Values to offer that only the machine knows. */
  readonly completes?: "file" | "profile";
  /** One line, no full stop. */
  readonly doc: string;
  /** Neither in help nor in completion. */
  readonly hidden?: true;
}

export const FLAGS = {
  "command-output": {
    type: "text",
    variables: ["RESTICPROFILE_COMMAND_OUTPUT"],
    default: "auto",
    placeholder: "WHERE",
    words: ["auto", "log", "console", "all"],
    doc: "Where the output of restic and hooks goes when logging to a target; log,console means both",
  },
  "config": {
    type: "text",
    short: "c",
    variables: ["RESTICPROFILE_CONFIG"],
    default: "profiles",
    placeholder: "FILE",
    completes: "file",
    doc: "Configuration file; without extension, every known one is tried",
  },
  "dry-run": {
    type: "boolean",
    variables: ["RESTICPROFILE_DRY_RUN"],
    doc: "Show what would be run and sent, and do nothing",
  },
  "format": {
    type: "text",
    short: "f",
    variables: ["RESTICPROFILE_FORMAT"],
    placeholder: "FORMAT",
    words: ["toml", "json", "yaml", "hcl"],
    doc: "Format of the configuration file, if not given by its extension",
  },
  "help": { type: "boolean", short: "h", variables: [], doc: "Show help, also on a command: COMMAND --help" },
  "ignore-on-battery": {
    type: "percent",
    variables: ["RESTICPROFILE_IGNORE_ON_BATTERY"],
    default: "0",
    placeholder: "N",
    bare: "100",
    doc: "Skip the run on battery power; with =N, only at N% charge or less",
  },
  "lock-wait": {
    type: "duration",
    variables: ["RESTICPROFILE_LOCK_WAIT"],
    default: "0s",
    placeholder: "DURATION",
    doc: "How long to wait for locks held by others: 1h5m30s, 90s",
  },
  "log": {
    type: "text",
    short: "l",
    variables: ["RESTICPROFILE_LOG"],
    placeholder: "TARGET",
    completes: "file",
    doc:
      "Log to a file, temp:FILE, syslog:, syslog://HOST[:PORT], syslog-tcp://HOST[:PORT] (syslog+rfc5424, syslog-tcp+rfc5424: in the form of RFC 5424), or - for the console",
  },
  "log-format": {
    type: "text",
    variables: ["RESTICPROFILE_LOG_FORMAT"],
    default: "text",
    placeholder: "FORMAT",
    words: ["text", "json"],
    doc: "Log lines for people, or one JSON object for each event",
  },
  "name": {
    type: "text",
    short: "n",
    aliases: ["profile"],
    variables: ["RESTICPROFILE_NAME"],
    default: "default",
    placeholder: "NAME",
    completes: "profile",
    doc: "Profile or group to use; --profile is the same flag",
  },
  "no-ansi": { type: "boolean", variables: ["RESTICPROFILE_NO_ANSI"], doc: "No colours" },
  "no-lock": { type: "boolean", variables: ["RESTICPROFILE_NO_LOCK"], doc: "Do not take the profile's lock" },
  "no-prio": {
    type: "boolean",
    aliases: ["no-priority"],
    variables: ["RESTICPROFILE_NO_PRIORITY", "RESTICPROFILE_NO_PRIO"],
    doc: "Do not change the priority (nice, priority, ionice) of restic and hooks",
  },
  "quiet": { type: "boolean", short: "q", variables: ["RESTICPROFILE_QUIET"], doc: "Show only warnings and errors" },
  "remote": {
    type: "text",
    short: "r",
    variables: ["RESTICPROFILE_REMOTE"],
    placeholder: "URL",
    doc: "Configuration from a server, which this program does not support",
    hidden: true,
  },
  "stderr": {
    type: "boolean",
    variables: ["RESTICPROFILE_STDERR"],
    doc: "Messages go to standard error; implied by cat, dump and restic's --json",
  },
  "theme": {
    type: "text",
    variables: ["RESTICPROFILE_THEME"],
    default: "light",
    placeholder: "THEME",
    words: ["dark", "light", "none"],
    doc: "Colours of messages, for a terminal with this background",
  },
  "trace": { type: "boolean", variables: ["RESTICPROFILE_TRACE"], doc: "Show even more than with --verbose" },
  "verbose": { type: "boolean", short: "v", variables: ["RESTICPROFILE_VERBOSE"], doc: "Show details of each step" },
  "wait": {
    type: "boolean",
    short: "w",
    variables: ["RESTICPROFILE_WAIT"],
    doc: "Wait for Enter before exiting",
  },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

/** Every long name, aliases too, and every short one (without dashes), with the flag it means. */
export const FLAG_OF_NAME: ReadonlyMap<string, FlagName> = new Map(
  Object.entries<Flag>(FLAGS).flatMap(([name, { short, aliases = [] }]) =>
    [name, ...aliases, ...(short === undefined ? [] : [short])].map((known) => [known, name as FlagName] as const)
  ),
);

/** The table without its literal types, for those who loop over it. */
export function flag(name: FlagName): Flag {
  return FLAGS[name];
}

/** Names of the flags that help and completion show, sorted. */
export function visibleFlags(): readonly FlagName[] {
  return (Object.keys(FLAGS) as FlagName[]).filter((name) => !flag(name).hidden).sort();
}
