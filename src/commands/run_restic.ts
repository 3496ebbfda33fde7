/** Runs a restic command for a profile, or for each profile of a group: selects them, plans, and shows or runs the plan. */
import type { Configuration } from "../config/configuration.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { Plan } from "../model/plan.ts";
import { VERSION } from "../model/product.ts";
import { PRIORITY_KEYS } from "../plan/priority_numbers.ts";
import type { World } from "../platform/world.ts";
import { awake } from "../run/awake.ts";
import { interruptible } from "../run/child.ts";
import { untilWritten } from "../run/reader.ts";
import { forEachMember, runPlan } from "../run/run_plan.ts";
import { untilLate, watchSignals } from "../run/signals.ts";
import { showDryRun } from "../launch/shown_job.ts";
import type { HeldTrace } from "../launch/buffered_trace.ts";
import { type MessageTargets, type Reporting, withReport } from "../launch/message_targets.ts";
import { notFound } from "./profiles.ts";
import { type Members, planMember } from "../launch/plan_member.ts";
import { selectProfiles } from "../launch/select_profiles.ts";
import { checkStart } from "../launch/start_checks.ts";

/** How long what is being sent at the end may take after a signal, in milliseconds. */
const SENDING_MS = 3_000;

/**
 * @param trace of the configuration
 * @returns the exit status
 */
export async function runRestic(
  invocation: Invocation,
  loaded: Configuration,
  world: World,
  trace?: HeldTrace,
): Promise<number> {
  const configuration = invocation.flags.noPrio ? { ...loaded, ...loaded.globalWithout(PRIORITY_KEYS) } : loaded;
  const selection = selectProfiles(configuration, invocation.profile);
  const signals = watchSignals(world); // to the end: what is still sent then must not become a failure of a good run
  const endDeferring = world.console.defer(); // or the run would hear no signal while a reader keeps it waiting
  const work = async (reporting: Reporting) => {
    const { say, diagnose } = reporting;
    trace?.passTo((text) => say("trace", text));
    [...configuration.diagnostics, ...selection?.notes ?? []].forEach(diagnose);
    if (selection === undefined) {
      say("error", notFound(invocation.profile, configuration));
      return EXIT.failure;
    }
    const plan: Plan = { command: invocation.command, ...selection };
    return await runSelected({ ...reporting, plan, invocation, configuration, world, signals });
  };
  const settle = async (sent: () => Promise<void>, { remark }: MessageTargets) => {
    if (!await untilLate(sent(), SENDING_MS, world, signals)) remark({ code: "not-all-sent" });
  };
  try {
    return await withReport(invocation, configuration.global, world, work, settle);
  } finally {
    await untilWritten({ world, signals });
    endDeferring();
    signals.close();
  }
}

async function runSelected(run: Omit<Members, "start"> & Reporting): Promise<number> {
  const { configuration, say, remark, world, signals } = run;
  say("debug", `resticprofile ${VERSION}`);
  return await awake(configuration.global["prevent-sleep"], remark, world, async () => {
    const start = await checkStart(configuration, run, interruptible(world, signals));
    return await showOrRun({ ...run, start });
  });
}

async function showOrRun(run: Members & Reporting): Promise<number> {
  const { plan, invocation, world, signals, report: { tell } } = run;
  const planNext = (profile: string) => planMember(profile, run);
  if (!invocation.flags.dryRun) {
    return await runPlan(plan, { run: run.run, world, tell, signals, planMember: planNext });
  }
  return await forEachMember(plan, signals, async (profile) => {
    const planned = await planNext(profile);
    return planned === undefined ? EXIT.failure : await showDryRun(planned, run, interruptible(world, signals));
  });
}
