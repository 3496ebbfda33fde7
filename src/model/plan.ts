/**
 * What one run of one profile does, as data: the order of things is the order of `steps`, failure rules are fields.
 * The loop that performs it reads steps and run state, never profile or flags; a dry run prints it.
 */
import type { Diagnostic, Position } from "./diagnostic.ts";
import type { LogLevel } from "./invocation.ts";
import type { Secret } from "./secret.ts";

/**
 * What one call of the program runs. Its members are named here, and each is planned when its turn has come: a profile may read
 * what an earlier member of its group has written (an include, a file of variables), its lock may wait for hours, and a mistake in
 * the last one must not keep the first from its backup. So what can be known before all of them is who they are.
 */
export interface Plan {
  /** What the user asked for: `backup`, `snapshots`, … */
  readonly command: string;
  /** Undefined for a single profile. */
  readonly group: string | undefined;
  /** Profiles in their order, as the user, or the group's list, wrote them. */
  readonly members: readonly string[];
  /** A failed member does not end the group. */
  readonly continueOnError: boolean;
  /** What is wrong with the selection of members; that of each comes with its job. */
  readonly notes: readonly Diagnostic[];
}

export interface Job {
  readonly profile: string;
  /** The group that runs the profile, if one does. */
  readonly group: string | undefined;
  /** What the user asked for: `backup`, `snapshots`, … */
  readonly command: string;
  /** Absolute; hooks and restic run in it. */
  readonly workingDir: string;
  readonly environment: EnvironmentPlan;
  /** What must hold when the job begins, judged in this order, before its lock. */
  readonly conditions: readonly Condition[];
  readonly lock: LockPlan | undefined;
  /** Budget of all waiting for locks in this run, the tool's and restic's, in milliseconds; 0: do not wait. */
  readonly lockWaitMs: number;
  readonly resticLocks: ResticLockPlan;
  readonly steps: readonly Step[];
  readonly streamErrors: readonly StreamError[];
  /** Programs to try for shell lines, in order; never empty. */
  readonly shells: readonly string[];
  /**
   * Standard output of hooks and callbacks: `inherit` when the tool need not read it; `stderr` keeps it away from the data
   * that restic prints (`dump`, or anything with `--json`).
   */
  readonly hookStdout: "inherit" | "read" | "stderr";
  readonly priority: Priority | undefined;
  readonly monitoring: Monitoring;
  readonly http: HttpSettings;
  /** Level of the tool's messages during this job (quiet, verbose of profile or flags). */
  readonly level: LogLevel;
  /** A failed restic command's own status becomes the tool's (`restic-exit-status`). */
  readonly resticExitStatus: boolean;
}

export type Condition =
  /** Not on battery with that charge or less, in percent; 100: not on battery at all. Else the job is skipped. */
  | { readonly kind: "power"; readonly limitPercent: number }
  /** So much memory is available. Else the job fails; `isGuess`: the configuration does not ask for it, so a warning is enough. */
  | { readonly kind: "memory"; readonly megabytes: number; readonly isGuess: boolean };

/** Where the environment of children comes from, later ones winning; read again before every step. */
export interface EnvironmentPlan {
  /** Dotenv files, absolute, in order; the file of the template function `env`, if any, is the last. */
  readonly files: readonly string[];
  /** Names that are not inherited. */
  readonly without?: readonly string[];
  /** `env` of the profile; an empty value removes the name. */
  readonly variables: readonly (readonly [name: string, value: Secret])[];
  /** PROFILE_NAME, PROFILE_COMMAND. */
  readonly fixed: readonly (readonly [name: string, value: string])[];
}

export interface LockPlan {
  /** Absolute. */
  readonly path: string;
  /** `force-inactive-lock`: a dead owner's lock is taken over. */
  readonly takeOver: boolean;
}

export interface ResticLockPlan {
  /** 0: never wait for restic's locks. */
  readonly retryAfterMs: number;
  /** 0: a lock is never stale. */
  readonly staleAgeMs: number;
  /** Undefined: stale locks are left alone. */
  readonly unlock: ResticStep | undefined;
  /** What shows the locks before that: `list` their names, `cat` the one whose name follows. */
  readonly look?: { readonly list: ResticStep; readonly cat: ResticStep } | undefined;
}

export type Step = ShellStep | ResticStep | HttpStep;

interface StepRules {
  /** Unique in the job and readable: `run-before[0]`, `backup run-after[1]`, `check-before`, `send-finally`. */
  readonly id: string;
  /** Undefined: the profile's own; else the section's name. */
  readonly section: string | undefined;
  readonly when: "success" | "failure" | "always";
  /** `fail`: the run has failed, steps for success are over. `report`: an error message. `ignore`: not even that. */
  readonly onError: "fail" | "report" | "ignore";
  /** After a failed step the later steps of the same chain are skipped (the lists of run-after-fail). */
  readonly chain?: string;
  /** The beginning of ERROR, before the cause: `run-before backup on profile 'root'`. */
  readonly stage: string;
}

export interface ShellStep extends StepRules {
  readonly kind: "shell";
  readonly line: string;
}

export interface ResticStep extends StepRules {
  readonly kind: "restic";
  readonly program: string;
  /** restic's command, the first word (or two: `repair snapshots`) of its arguments. */
  readonly command: string;
  /** All words after the program. */
  readonly args: readonly Argument[];
  /** Why restic must not be started: the step fails with this cause instead. */
  readonly refusal?: string;
  /** With the flags that were left out because restic would refuse them; only where `--trace` shows it. */
  readonly unfiltered?: readonly Argument[];
  /** Of an `init`. */
  readonly newRepository?: {
    /** The user typed the command: what speaks against it is a warning. Otherwise no repository is made then. */
    readonly isAsked: boolean;
    /** Its path may not be the one of the original. */
    readonly isDoubtful: boolean;
  };
  /** Differs from the job's for a backup with `source-relative`. */
  readonly workingDir: string;
  readonly stdin: RestIn;
  /**
   * `inherit` when the tool need not read it; `pass`: passed on as it is, into a pipe whose reader may quit, and restic must
   * have time to remove its lock then; `stderr`: shown there, for standard output is for the data of another step.
   */
  readonly stdout: "inherit" | "pass" | "read" | "stderr";
  /** Its standard error is read, but not shown (init by `initialize`). */
  readonly quiet: boolean;
  /** Lines of standard error are matched against the stream-error patterns. */
  readonly watched: boolean;
  /** May be run again when restic's own lock is held. */
  readonly retried: boolean;
  /** Exit status 3 counts as success with a warning. */
  readonly warningsAllowed: boolean;
  /** How monitoring knows it; undefined: it is not reported. */
  readonly report: "backup" | "check" | "retention" | undefined;
  /** How the summary of a backup is read from standard output. */
  readonly summary: "json" | "plain" | undefined;
  /** JSON status lines are read but not shown. */
  readonly hideJson: boolean;
  /** Errors in JSON are shown, and told to hooks, as sentences: their JSON was not asked for. */
  readonly errorsInWords: boolean;
  /** Standard output is kept for `.Stdout` of body templates. */
  readonly keepStdout: boolean;
  /** What a backup names without wildcards. */
  readonly sources?: readonly NamedSource[];
}

/** A file or folder that is to be there when the backup starts. */
export interface NamedSource {
  /** As restic gets it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly at: Position | undefined;
}

/** `isChecked`: this release of restic saves an empty input without a word, so the tool looks at the input first. */
export type RestIn =
  | { readonly from: "nothing" }
  | {
    readonly from: "tool";
    /** Only to be asked for a password: another attempt may go on without what the first one has read. */
    readonly forPassword?: true;
    readonly isChecked?: boolean;
  }
  /** Shell lines whose joined output is restic's input. */
  | {
    readonly from: "commands";
    readonly lines: readonly string[];
    readonly stage: string;
    readonly isChecked?: boolean;
  };

/** One word for restic. Late words are made when the step starts, from the environment, the clock and the files of then. */
export type Argument =
  | string
  /** `--name=value`; `$NAME` in value is replaced from the environment restic gets, unknown names stay. */
  | {
    readonly late: "variables";
    readonly text: string;
    /** It selects snapshots, or says what is kept: the command fails when nothing is left of it. */
    readonly isDeciding?: true;
  }
  /** `--flag=FILE`, FILE a private temporary file (0600) that holds exactly the URL. */
  | { readonly late: "repository-file"; readonly flag: string; readonly url: Secret }
  /** `--retry-lock=Nm`, or nothing, by what is left of the job's `lockWaitMs`. */
  | { readonly late: "retry-lock" }
  | LateSource;

/** A source with wildcards or escapes: the words of what it matches, for `backup` the names alone. */
export interface LateSource {
  readonly late: "source";
  readonly pattern: string;
  /** Absolute: where a relative pattern starts. */
  readonly folder: string;
  /** `path`: each name is absolute and the value of that flag. */
  readonly flag: "path" | undefined;
  readonly at: Position | undefined;
}

export interface HttpStep extends StepRules {
  readonly kind: "http";
  readonly phase: "send-before" | "send-after" | "send-after-fail" | "send-finally";
  readonly hooks: readonly HttpHook[];
  /** Shown, not sent (restic's own dry run). */
  readonly shownOnly: boolean;
}

export type HookBody =
  | { readonly kind: "none" }
  /** Variables not yet expanded. */
  | { readonly kind: "text"; readonly text: string }
  /** A Go template: a file, by its absolute path, or a text with the name that its errors give. */
  | { readonly kind: "template"; readonly source: TemplateText };

export type TemplateText =
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "inline"; readonly name: string; readonly text: string };

export interface HttpHook {
  /** Variables not yet expanded; empty: a warning, nothing is sent. */
  readonly url: Secret;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: Secret }[];
  /** Variables in values of headers are expanded (`expand-headers`); else the values are sent as they are written. */
  readonly expandHeaders: boolean;
  readonly body: HookBody;
  readonly skipTlsVerification: boolean;
  /** Further attempts after the first. */
  readonly retries: number;
  /** Statuses that count as success; undefined: all below 400. */
  readonly expectStatus: readonly number[] | undefined;
  /** What the reply must contain to count as success; undefined: it is not looked at. */
  readonly expectBody: string | undefined;
}

export interface HttpSettings {
  /** Undefined: no limit. */
  readonly timeoutMs: number | undefined;
  /** Absolute paths of PEM files, trusted in addition to the system's. */
  readonly caCertificates: readonly string[];
}

export interface StreamError {
  /** RE2, checked when the profile was loaded. */
  readonly pattern: string;
  readonly run: string;
  readonly minMatches: number;
  /** 0: no limit. */
  readonly maxRuns: number;
}

export interface Priority {
  /** -20…19 */
  readonly nice: number | undefined;
  /** Linux only. */
  readonly io:
    | { readonly class: number; /** Undefined for class 3 (idle). */ readonly level: number | undefined }
    | undefined;
}

export interface Monitoring {
  /** Absolute. */
  readonly statusFile: string | undefined;
  readonly prometheusFile: string | undefined;
  readonly prometheusPush:
    | {
      readonly url: Secret;
      readonly job: string;
      /** Further labels of the gateway's group. */
      readonly grouping: readonly (readonly [name: string, value: string])[];
      readonly format: "text" | "protobuf";
      /** Further attempts after the first. */
      readonly retries: number;
    }
    | undefined;
  readonly prometheusLabels: readonly (readonly [name: string, value: string])[];
  readonly resticVersion: string | undefined;
}
