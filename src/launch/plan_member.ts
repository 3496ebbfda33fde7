/** Plans one profile of a run, with what is known of the machine when its turn has come. */
import type { Configuration } from "../config/configuration.ts";
import { isNull } from "../config/nodes/node.ts";
import { ConfigError } from "../model/diagnostic.ts";
import type { Facts } from "../model/facts.ts";
import type { Invocation } from "../model/invocation.ts";
import type { Plan } from "../model/plan.ts";
import { planCallersEnvironment } from "../plan/environment_plan.ts";
import { planJob } from "../plan/plan_job.ts";
import { childEnvironment } from "../platform/child_environment.ts";
import type { World } from "../platform/world.ts";
import type { Reporter } from "../report/report.ts";
import { interruptible } from "../run/child.ts";
import type { PlannedJob } from "../run/run_plan.ts";
import type { Signals } from "../run/signals.ts";
import type { Profile } from "../schema/profile.ts";
import { mentionsStdout } from "./stdout_mentions.ts";
import type { MessageTargets } from "./message_targets.ts";
import { type Start, startWithPath } from "./start_checks.ts";

/** What all members of a run share. */
export interface Members extends MessageTargets {
  readonly plan: Plan;
  readonly invocation: Invocation;
  readonly configuration: Configuration;
  readonly world: World;
  readonly report: Reporter;
  readonly signals: Signals;
  readonly start: Start;
}

/** Tells what is wrong with the profile. @returns undefined when it cannot be planned because of that */
export async function planMember(name: string, members: Members): Promise<PlannedJob | undefined> {
  const { plan: { group }, invocation, configuration, world, diagnose, signals } = members;
  try {
    const { profile, diagnostics } = await configuration.profile(name, invocation.command);
    diagnostics.forEach(diagnose);
    const environment =
      childEnvironment(planCallersEnvironment(profile, invocation.command, world.os), world).variables;
    const start = await startWithPath(environment, members.start, configuration, interruptible(world, signals));
    const facts = await factsOf(profile, environment, { ...members, start });
    const { job, notes } = planJob({
      profile,
      global: configuration.global,
      invocation,
      facts,
      group,
      isMemoryAsked: !isNull(configuration.globalNode?.entries.get("min-memory")),
    });
    notes.forEach(diagnose);
    return { job, failure: start.failure };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    error.diagnostics.forEach(diagnose);
    return undefined;
  }
}

async function factsOf(
  profile: Profile,
  environment: Facts["environment"],
  { invocation, world, report, start }: Members,
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
