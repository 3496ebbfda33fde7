/** Runs a restic command for a profile, or for each profile of a group: load, plan, perform (or show), one after the other. */
import type { Configuration } from "../config/configuration.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Facts } from "../model/facts.ts";
import type { Invocation } from "../model/invocation.ts";
import { VERSION } from "../model/version.ts";
import { planCallersEnvironment } from "../plan/environment.ts";
import { PRIORITY_KEYS } from "../plan/priority.ts";
import { planJob } from "../plan/plan_job.ts";
import { childEnvironment } from "../platform/environment.ts";
import type { World } from "../platform/world.ts";
import { interruptible } from "../run/child.ts";
import { notifySystemd } from "../run/machine/notify_socket.ts";
import { preventSleep } from "../run/machine/prevent_sleep.ts";
import { usablePriority } from "../run/machine/priority.ts";
import { untilWritten } from "../run/reader.ts";
import { runJob } from "../run/run_job.ts";
import { type Signals, untilLate, watchSignals } from "../run/signals.ts";
import type { Profile } from "../schema/profile.ts";
import { mentionsStdout } from "./body_templates.ts";
import { showDryRun } from "./dry_run.ts";
import type { HeldTrace } from "./held_trace.ts";
import { type Reporting, type Telling, withReport } from "./messages.ts";
import { notFound } from "./not_found.ts";
import { type Selection, selectProfiles } from "./select_profiles.ts";
import { checkStart, isSkippedOnBattery, type Start, startWithPath } from "./start.ts";

/** What is on its way at the end may take so long after a signal. */
const SENDING_MS = 3_000;

/** What all members of a run share. */
interface Run extends Reporting {
  readonly invocation: Invocation;
  readonly configuration: Configuration;
  readonly world: World;
  readonly signals: Signals;
  readonly selection: Selection;
  readonly start: Start;
}

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
    [...configuration.diagnostics, ...selection?.problems ?? []].forEach(diagnose);
    if (selection === undefined) {
      say("error", await notFound(invocation.profile, configuration));
      return EXIT.failure;
    }
    return await runSelection({ ...reporting, invocation, configuration, world, signals, selection });
  };
  const settle = async (sent: () => Promise<void>, { remark }: Telling) => {
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

async function runSelection(run: Omit<Run, "start">): Promise<number> {
  const { invocation, configuration, say, world, signals } = run;
  say("debug", `resticprofile ${VERSION}`);
  if (await isSkippedOnBattery(invocation.flags, say, interruptible(world, signals))) return EXIT.onBattery;
  return await awake(configuration, run, world, async () => {
    return await runMembers({
      ...run,
      start: await checkStart(configuration, run, interruptible(world, signals)),
    });
  });
}

/** Keeps the system awake, if it shall be, and systemd informed, as long as `action` takes. */
async function awake(
  { global }: Configuration,
  { remark }: Telling,
  world: World,
  action: () => Promise<number>,
): Promise<number> {
  const wakefulness = global["prevent-sleep"] ? await preventSleep(world) : undefined;
  if (wakefulness?.problem !== undefined) remark({ code: "sleep-not-prevented", reason: wakefulness.problem });
  await notifySystemd("READY=1", world);
  try {
    return await action();
  } finally {
    await notifySystemd("STOPPING=1", world);
    await wakefulness?.release();
  }
}

/** The first failure ends a group, unless it goes on; a signal ends it in any case. */
async function runMembers(run: Run): Promise<number> {
  const { selection: { names, continueOnError }, signals } = run;
  let exitStatus: number = EXIT.success;
  for (const name of names) {
    const status = await runMember(name, run);
    if (exitStatus === EXIT.success) exitStatus = status;
    if (status === EXIT.readerQuit || (status !== EXIT.success && !continueOnError)) break;
    if (signals.count() > 0) return exitStatus === EXIT.success ? EXIT.failure : exitStatus;
  }
  return exitStatus;
}

async function runMember(name: string, run: Run): Promise<number> {
  const { invocation, configuration, world, report, diagnose, signals, selection } = run;
  try {
    const { profile, diagnostics } = await configuration.profile(name, invocation.command);
    diagnostics.forEach(diagnose);
    const environment =
      childEnvironment(planCallersEnvironment(profile, invocation.command, world.os), world).variables;
    const start = await startWithPath(environment, run.start, configuration, interruptible(world, signals));
    const facts = await factsOf(profile, environment, { ...run, start });
    const request = { profile, global: configuration.global, invocation, facts, group: selection.group };
    const { job, notes } = planJob(request);
    notes.forEach(diagnose);
    if (invocation.flags.dryRun) return await showDryRun(job, start.failure, run, world);
    const { priority, problem } = await usablePriority(job.priority, interruptible(world, signals));
    if (problem !== undefined) run.remark({ code: "io-priority-not-set", reason: problem });
    const { exitStatus } = await runJob({ ...job, priority }, world, report.tell, signals, {
      run: run.run,
      failure: start.failure,
    });
    return exitStatus;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    error.diagnostics.forEach(diagnose);
    return EXIT.failure;
  }
}

async function factsOf(
  profile: Profile,
  environment: Facts["environment"],
  { invocation, world, report, start }: Run,
): Promise<Facts> {
  return {
    resticPath: start.restic.path ?? "restic",
    resticVersion: start.restic.version,
    filter: start.restic.filter,
    os: world.os,
    hostname: world.hostname(),
    now: world.now(),
    stdinIsTerminal: world.console.stdinIsTerminal,
    stdoutIsTerminal: world.console.stdoutIsTerminal,
    stdoutIsPipe: world.console.stdoutIsPipe,
    stderrIsTerminal: world.console.stderrIsTerminal,
    outputIsLogged: report.outputIsLogged,
    outputIsShown: report.outputIsShown,
    templatesUseStdout: await mentionsStdout(profile.sections.get(invocation.command), world),
    environment,
  };
}
