/** What the parts of one run share: the job, the machine, the reader of events, and the state of the run. */
import { type Diagnostic, identityOf } from "../model/diagnostic.ts";
import type { Happening, Tell } from "../model/event.ts";
import type { Failure } from "../model/outcome.ts";
import { type KnownSecrets, knownSecrets } from "../model/mask.ts";
import type { Job } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import type { Remark } from "../model/remark.ts";
import type { JobId, RunId } from "../model/run_id.ts";
import { foldRun, type RunReport } from "../model/run_report.ts";
import type { Child, World } from "../platform/world.ts";
import type { OwnLock } from "./lock.ts";
import type { LockedProcess } from "./lock_file.ts";
import { secretsOf } from "./secrets_of_job.ts";
import type { Signals } from "./signals.ts";
import { type Tail, tail } from "./tail.ts";

/** What `.Stdout` of body templates shows at most. */
const STDOUT_BYTES = 64 * 1024;

export interface RunContext {
  readonly job: Job;
  readonly ids: RunIds;
  readonly world: World;
  readonly tell: Tell;
  readonly signals: Signals;
  readonly state: RunState;
}

export interface RunIds {
  readonly run: RunId;
  readonly job: JobId;
}

export interface RunState {
  /** What is known of the job so far; undefined before its beginning. */
  report: RunReport | undefined;
  /** The reader of what restic or a hook prints is gone: the end of the run, but not a failure. */
  readerQuit: boolean;
  /** The tool's, because of either. */
  exitStatus: number;
  /** Milliseconds of `lockWaitMs` that are used up: only time spent waiting for locks counts. */
  waitedMs: number;
  /** restic's locks were already removed once. */
  unlocked: boolean;
  /** Those of the job, and of all environments so far. */
  readonly secrets: KnownSecrets;
  /** What the restic commands of the run printed. */
  readonly stdout: Tail;
  /** Paths of private files, by the repository's URL in them. */
  readonly repositoryFiles: Map<string, string>;
  /** Names that a backup of this run has got for a source with wildcards, by its folder and pattern with NUL between. */
  readonly savedSources: Map<string, readonly string[]>;
  /** Said once, not again before every step. */
  readonly told: Set<string>;
  /** Those that run at the moment. */
  readonly children: Set<Child>;
  /** Processes that children have started, and that got a signal. */
  readonly signalled: LockedProcess[];
  /** The tool's lock, once the run has it: it names the children. */
  lock: OwnLock | undefined;
}

export function openContext(job: Job, ids: RunIds, world: World, tell: Tell, signals: Signals): RunContext {
  const state: RunState = {
    report: undefined,
    readerQuit: false,
    exitStatus: 0,
    waitedMs: 0,
    unlocked: false,
    secrets: knownSecrets(secretsOf(job)),
    stdout: tail(STDOUT_BYTES),
    repositoryFiles: new Map(),
    savedSources: new Map(),
    told: new Set(),
    children: new Set(),
    signalled: [],
    lock: undefined,
  };
  return { job, ids, world, tell, signals, state };
}

/** Tells of something that has happened in this job; the caller has masked what it quotes. */
export function emit({ ids, world, tell, state }: RunContext, happening: Happening): void {
  const event = { at: world.now(), ...ids, ...happening };
  state.report = foldRun(state.report, event);
  tell(event);
}

/** The first failure that counts: the one that hooks get. */
export function failureSoFar({ state }: RunContext): Failure | undefined {
  return state.report?.failure;
}

export function remark(context: RunContext, remark: Remark): void {
  emit(context, { type: "remark", remark });
}

/** The same, once in a run. */
export function remarkOnce(context: RunContext, remark: Remark): void {
  emitOnce(context, { type: "remark", remark }, JSON.stringify(remark));
}

/** Tells of a problem, once in a run. @param isEnvironment it was found in the environment of a step */
export function diagnoseOnce(context: RunContext, diagnostic: Diagnostic, isEnvironment = false): void {
  const key = `${isEnvironment} ${identityOf(diagnostic)}`;
  emitOnce(context, { type: "diagnostic", diagnostic, ...isEnvironment ? { isEnvironment } : {} }, key);
}

function emitOnce(context: RunContext, happening: Happening, key: string): void {
  if (context.state.told.has(key)) return;
  context.state.told.add(key);
  emit(context, happening);
}

/** Text that may be shown: the secrets that the run knows are masked, and passwords in URLs. */
export function masked(text: string, { state }: RunContext): string {
  return state.secrets.mask(text);
}

/** Why something thrown keeps a step from being done, for people: it may quote what it could not use. */
export function shownReason(error: unknown, context: RunContext): string {
  return masked(reasonOf(error), context);
}

/** Tells what a child wrote. */
export function tellOutput(stream: "stdout" | "stderr", bytes: Uint8Array, context: RunContext): void {
  emit(context, { type: "output", stream, bytes, mask: context.state.secrets.mask });
}

/** Milliseconds that may still be spent waiting for locks. */
export function waitLeft({ job, state }: RunContext): number {
  return Math.max(0, job.lockWaitMs - state.waitedMs);
}
