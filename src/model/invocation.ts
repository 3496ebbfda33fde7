/** A command line as it was typed, before anything is asked of the machine. */

export type LogLevel = "trace" | "debug" | "info" | "warning" | "error";

/**
 * The flags of the tool, the environment variables `RESTICPROFILE_…` already behind them (flag, else variable, else default).
 * Names are those of the flags, in camel case.
 */
export interface Flags {
  readonly help: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** How often `-v` was typed, if more than once. */
  readonly verboseCount?: number;
  readonly trace: boolean;
  /** @default "profiles" */
  readonly config: string;
  /** Undefined: from the file's extension. */
  readonly format: string | undefined;
  /** Profile or group; @default "default" */
  readonly name: string;
  /** True when `--name` was typed: then the command word is not split. */
  readonly nameGiven: boolean;
  readonly log: string | undefined;
  readonly commandOutput: string | undefined;
  readonly dryRun: boolean;
  readonly noLock: boolean;
  /** Milliseconds; 0: do not wait; undefined: not typed. */
  readonly lockWaitMs: number | undefined;
  readonly stderr: boolean;
  readonly noAnsi: boolean;
  /** @default "light" */
  readonly theme: string;
  readonly noPrio: boolean;
  readonly wait: boolean;
  /** Percent; 0: off, 100: whenever on battery. */
  readonly ignoreOnBattery: number;
  /** `json`: one RunEvent a line to the log target. @default "text" */
  readonly logFormat: "text" | "json";
  /** A configuration from a server: refused, with an exit status of its own. */
  readonly remote?: string;
}

/** What the schedule of a job says about its runs; flags that were typed win. */
export interface ScheduleRules {
  readonly log: string | undefined;
  readonly commandOutput: string | undefined;
  /** As {@linkcode Flags.ignoreOnBattery}. */
  readonly ignoreOnBattery: number;
  /** `ignore`: runs without the lock; `fail`: does not wait for it. */
  readonly lockMode: "default" | "fail" | "ignore";
  /** Milliseconds. */
  readonly lockWaitMs: number;
}

export interface Invocation {
  readonly flags: Flags;
  /** Undefined unless a scheduler has called. */
  readonly schedule?: ScheduleRules | undefined;
  /**
   * The word after the flags, as typed. Empty: `default-command` of the configuration. Which part of it names a profile is
   * settled by `profile` and `command`; the word itself is kept for the `COMMAND@PROFILE` form, which needs the known names.
   */
  readonly word: string;
  readonly profile: string;
  readonly command: string;
  /** Everything after the command, unchanged. */
  readonly args: readonly string[];
}
