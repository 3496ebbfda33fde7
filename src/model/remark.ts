/**
 * What a run has to say that is neither an outcome nor a problem of the configuration, as a code and its data; the sentences are
 * made where they are shown. Texts are masked already.
 */
import type { HookRef, ShownHook } from "./hook_event.ts";

/** What speaks against a new repository. */
export type InitObstacle =
  /** Its path may name another place than in the original. */
  | { readonly kind: "another-place" }
  | { readonly kind: "inside"; readonly path: string; readonly outer: string }
  | { readonly kind: "unmounted"; readonly path: string; readonly mountPoint: string };

/** What speaks against `restic unlock`. */
export type UnlockObstacle =
  /** It would also remove the lock of that process, which may live in another container. */
  | { readonly kind: "neighbour"; readonly pid: number }
  /** The locks are not known: the restic command that reads them was ended. */
  | { readonly kind: "unknown"; readonly command: string; readonly reason: string };

export type Remark = StepRemark | LockRemark | HookRemark | MachineRemark;

/** Of shell lines and restic commands. `stage` is that of the step. */
type StepRemark =
  | { readonly code: "shell-line"; readonly step: string; readonly line: string }
  /** The shell that was found. */
  | { readonly code: "shell"; readonly program: string }
  /** The words of restic, fit for a shell; the folder if it is another one than the program was started in. */
  | { readonly code: "restic-command"; readonly commandLine: string; readonly folder: string | undefined }
  /** Its variables that the program itself does not have, fit for a shell. */
  | { readonly code: "restic-variables"; readonly variables: string }
  /** Its arguments before flags were left out that its version does not know. */
  | { readonly code: "unfiltered-arguments"; readonly commandLine: string }
  /** `isMade`: the repository is made all the same, for the user typed the command. */
  | {
    readonly code: "doubtful-repository";
    readonly stage: string;
    readonly obstacle: InitObstacle;
    readonly isMade: boolean;
  }
  | { readonly code: "no-password"; readonly stage: string }
  /** restic made a snapshot without some of its sources. */
  | { readonly code: "sources-unread"; readonly stage: string; readonly status: number }
  /** A callback of `stream-error`. */
  | { readonly code: "callback-failed"; readonly cause: string }
  | { readonly code: "reader-quit"; readonly stage: string; readonly cause: string }
  /** A file with a password that could not be removed. */
  | { readonly code: "private-file-left"; readonly path: string; readonly reason: string };

/** Of the program's own lock, and restic's. */
type LockRemark =
  /** It is held by numbers of processes alone. */
  | { readonly code: "lock-without-flock"; readonly path: string }
  /** The run goes on without a lock. */
  | { readonly code: "no-lock"; readonly path: string; readonly reason: string }
  /** It was that of a run which did not finish. */
  | { readonly code: "lock-replaced"; readonly path: string; readonly owner: string | undefined }
  /** The wait is over, in vain. */
  | { readonly code: "lock-waited"; readonly path: string; readonly waitedMs: number }
  /** It stays, for processes of the run did not end. */
  | { readonly code: "lock-left"; readonly pids: readonly number[] }
  /** `forbidden`: the configuration does not allow its removal. */
  | {
    readonly code: "stale-restic-lock";
    readonly owner: string | undefined;
    readonly ageMs: number;
    readonly action: "removed" | "forbidden";
  }
  /** It is left. */
  | { readonly code: "stale-restic-lock-left"; readonly owner: string | undefined; readonly obstacle: UnlockObstacle };

type HookRemark =
  /** Requests that would be sent. */
  | { readonly code: "hooks-shown"; readonly hooks: readonly ShownHook[] }
  /** A phase that could not be sent at all. */
  | { readonly code: "hooks-failed"; readonly stage: string; readonly reason: string }
  | { readonly code: "hook-body-not-json"; readonly hook: HookRef }
  | { readonly code: "hook-variable-unset"; readonly hook: HookRef; readonly variable: string; readonly path: string }
  | { readonly code: "certificates-unusable"; readonly path: string; readonly reason: string };

type MachineRemark =
  /** `percent`: charge of a machine on battery; `limit`: with so much or less the job does not run, 100: never. */
  | { readonly code: "on-battery"; readonly percent: number; readonly limit: number; readonly isSkipped: boolean }
  | { readonly code: "available-memory"; readonly megabytes: number }
  /** Less than restic often needs, though the configuration does not ask for that. */
  | { readonly code: "little-memory"; readonly megabytes: number; readonly wanted: number }
  | { readonly code: "nice-not-set"; readonly nice: number | undefined; readonly reason: string }
  | { readonly code: "io-priority-not-set"; readonly reason: string }
  | { readonly code: "sleep-not-prevented"; readonly reason: string }
  /** Something was still on its way when the run was interrupted. */
  | { readonly code: "not-all-sent" };
