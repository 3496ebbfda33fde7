/** Help on a command of restic: restic's own page, and the flags that each profile gives to the command. */
import { columns } from "../cli/columns.ts";
import { resticHelp } from "../cli/help_text.ts";
import type { Configuration } from "../config/configuration.ts";
import { loadConfiguration } from "../config/load.ts";
import { formatCommandLine } from "../model/command_line.ts";
import { ConfigError } from "../model/diagnostic.ts";
import type { Invocation } from "../model/invocation.ts";
import { masker } from "../model/mask.ts";
import type { LateSource, ResticStep, Step } from "../model/plan.ts";
import { shownArguments } from "../plan/dry_run.ts";
import { planCallersEnvironment } from "../plan/environment_plan.ts";
import { plainFacts } from "../launch/plain_facts.ts";
import { planJob } from "../plan/plan_job.ts";
import { childEnvironment } from "../platform/child_environment.ts";
import type { World } from "../platform/world.ts";
import { findRestic, type ResticProgram } from "../run/machine/find_restic.ts";
import { programOutput } from "../run/machine/program_output.ts";
import { resticSettings } from "../launch/restic_settings.ts";

/** The page; without restic, or a configuration that can be read, the part that is left. */
export async function resticCommandHelp(command: string, invocation: Invocation, world: World): Promise<string> {
  const configuration = await configurationIfAny(invocation, world);
  const restic = await findRestic(resticSettings(configuration?.global), world);
  const text = restic.path === undefined
    ? "Cannot show restic's own help: restic is not found\n"
    : resticHelp(await programOutput(restic.path, ["help", command], world), command) ||
      `There is no help on "${command}"\n`;
  return text + (configuration ? await profileFlags({ command, invocation, configuration, restic, world }) : "");
}

async function configurationIfAny({ flags }: Invocation, world: World): Promise<Configuration | undefined> {
  try {
    return await loadConfiguration(world, { name: flags.config, format: flags.format });
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

interface Question {
  readonly command: string;
  readonly invocation: Invocation;
  readonly configuration: Configuration;
  readonly restic: ResticProgram;
  readonly world: World;
}

async function profileFlags(question: Question): Promise<string> {
  const { command, configuration } = question;
  const rows: [string, string][] = [];
  for (const name of configuration.profileNames()) rows.push([name, await flagsOfProfile(name, question)]);
  if (rows.length === 0) return "";
  return `\nFlags that the profiles of ${configuration.path} give to ${command}:\n${columns(rows)}\n`;
}

async function flagsOfProfile(name: string, question: Question): Promise<string> {
  const { command, configuration, invocation, world } = question;
  try {
    const { profile } = await configuration.profile(name, command);
    const environment = childEnvironment(planCallersEnvironment(profile, command, world.os), world).variables;
    const request = { command, args: [], flags: invocation.flags };
    const facts = plainFacts(question.restic, environment, question.world);
    const { job } = planJob({ profile, global: configuration.global, invocation: request, facts });
    const asWritten = ({ flag, pattern }: LateSource) => flag === undefined ? [] : [`--${flag}=${pattern}`];
    const view = { environment, sourceWords: asWritten, mask: masker(environment) };
    const words = job.steps.filter((step) => isCommand(step, command)).flatMap((step) =>
      shownArguments(step, job, view)
    );
    return formatCommandLine(words.filter((word) => word.startsWith("-")));
  } catch (error) {
    if (error instanceof ConfigError) return "(it has errors: see resticprofile validate)";
    throw error;
  }
}

function isCommand(step: Step, command: string): step is ResticStep {
  return step.kind === "restic" && step.id === command;
}
