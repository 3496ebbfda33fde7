/** HTTP hooks as steps of a run: what they know of it, and how long they may take once a signal has come. */
import type { HttpStep } from "../model/plan.ts";
import type { HookContext } from "../hooks/hook_context.ts";
import type { Patience } from "../hooks/phase.ts";
import { emit, failureSoFar, masked, remark, type RunContext, shownReason } from "./run_context.ts";
import { stepEnvironment } from "./step_environment.ts";
import { LAST_SIGNAL, untilSignal } from "./signals.ts";

/**
 * What a phase has from the signal on. At most two phases come then; docker and others kill what has not ended 10 s after
 * their signal, and restic wants some of those.
 */
const AFTER_SIGNAL_MS = 3_000;

/** A request that fails, or breaks, is a warning and no more. */
export async function performHttp(step: HttpStep, context: RunContext): Promise<void> {
  try {
    if (step.shownOnly) await showHttp(step, context);
    else await sendHttp(step, context);
  } catch (error) {
    remark(context, { code: "hooks-failed", stage: step.stage, reason: shownReason(error, context) });
  }
}

async function showHttp(step: HttpStep, context: RunContext): Promise<void> {
  const { showPhase } = await import("../hooks/shown_hook.ts");
  const hooks = await showPhase(step, hookContext(step, context), context.world);
  remark(context, { code: "hooks-shown", hooks });
}

async function sendHttp(step: HttpStep, context: RunContext): Promise<void> {
  const { world, signals } = context;
  const { sendPhase } = await import("../hooks/phase.ts");
  const over = new AbortController();
  const done = new AbortController();
  let endsAt: number | undefined;
  function hurry(): void {
    if (endsAt !== undefined) return;
    endsAt = world.elapsed() + AFTER_SIGNAL_MS;
    world.sleep(AFTER_SIGNAL_MS, done.signal).then(() => over.abort(), () => {}); // the phase was quicker
  }
  const patience: Patience = {
    around: (action) => untilSignal(signals, (next) => action(AbortSignal.any([next, over.signal]))),
    startMs: () => endsAt === undefined ? Infinity : Math.max(0, endsAt - AFTER_SIGNAL_MS / 2 - world.elapsed()),
    mayStart: () => signals.count() < (step.when === "success" ? 1 : LAST_SIGNAL),
  };
  if (signals.count() > 0) hurry();
  const stop = signals.onEach(hurry);
  try {
    await sendPhase(step, hookContext(step, context), world, (happening) => emit(context, happening), patience);
  } finally {
    stop();
    done.abort();
  }
}

function hookContext(step: HttpStep, context: RunContext): HookContext {
  const { job, state } = context;
  return {
    profile: job.profile,
    command: job.command,
    failure: failureSoFar(context),
    environment: stepEnvironment(step, context),
    stdout: masked(state.stdout.text(), context),
    http: job.http,
    workingDir: job.workingDir,
    level: job.level,
  };
}
