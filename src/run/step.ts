/** The beginning and the end of a step, as events. */
import type { Failure, Result, SkipReason } from "../model/outcome.ts";
import { DONE, failed } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { emit, type RunContext } from "./run_context.ts";

/** What performing a step comes to. */
export interface Performed {
  readonly failure: Failure | undefined;
  /** Of its program; undefined when there was none, or a signal ended it. */
  readonly exitStatus?: number | undefined;
  /** What it printed is lost, as the reader is gone: not a reason for an alarm. */
  readonly readerQuit?: boolean;
  /** It was not done after all. */
  readonly skipped?: SkipReason;
}

/** Tells that a step starts, performs it, and tells what came of it. */
export async function tellStep<T extends Performed>(
  step: Step,
  context: RunContext,
  perform: () => Promise<T>,
): Promise<T> {
  const { world } = context;
  const startedAt = world.now();
  const from = world.elapsed();
  emit(context, { type: "step-started", step });
  const performed = await perform();
  const { exitStatus, readerQuit } = performed;
  emit(context, {
    type: "step-ended",
    step,
    result: resultOf(performed, step),
    exitStatus,
    startedAt,
    durationMs: world.elapsed() - from,
    ...readerQuit ? { readerQuit } : {},
  });
  return performed;
}

/** Tells of a step that would have its turn, but for what happened before it. */
export function tellSkipped(step: Step, reason: SkipReason, context: RunContext): void {
  const result = { kind: "skipped", reason } as const;
  emit(context, {
    type: "step-ended",
    step,
    result,
    exitStatus: undefined,
    startedAt: context.world.now(),
    durationMs: 0,
  });
}

function resultOf({ failure, readerQuit, skipped }: Performed, { onError }: Step): Result {
  if (skipped !== undefined) return { kind: "skipped", reason: skipped };
  return failure === undefined ? DONE : failed(failure, readerQuit === true || onError !== "fail");
}
