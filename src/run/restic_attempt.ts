/** One attempt of a restic command: its words, its input, and how it ended. */
import { formatCommandLine } from "../model/command_line.ts";
import { maskVariable, maskWords } from "../model/mask.ts";
import type { Argument, ResticStep } from "../model/plan.ts";
import { bindArguments } from "./arguments.ts";
import { masked, remark, type RunContext, shownReason } from "./run_context.ts";
import { type StepEnvironment, stepEnvironment } from "./step_environment.ts";
import { failureWithoutChild, interruptedBefore } from "./failure.ts";
import { type ResticAttempt, runRestic, unstarted } from "./restic_child.ts";
import { InputError, type ResticInput } from "./restic_input.ts";
import { warnOfLists } from "./found_sources.ts";
import { startCommands } from "./stdin_command.ts";

/** An empty snapshot would be the latest one, and a reason for its retention to remove the good ones. */
const NO_INPUT = "standard input is empty: nothing to save";

function isChecked({ stdin }: ResticStep): boolean {
  return stdin.from !== "nothing" && stdin.isChecked === true;
}

/** @param again makes the input of an attempt where that comes from the tool and cannot simply be inherited */
export async function attemptRestic(
  step: ResticStep,
  context: RunContext,
  again?: () => ResticInput,
): Promise<ResticAttempt> {
  const environment = stepEnvironment(step, context);
  const bound = boundArguments(step, environment, context);
  if (typeof bound === "string") return unstarted(failureWithoutChild("config", step.stage, bound));
  const words = [step.program, ...bound];
  if (step.unfiltered) tellUnfiltered(step.unfiltered, environment, context);
  tellCommand(words, step, environment, context);
  warnOfLists(bound, step, context);
  const before = context.signals.count();
  const input = again?.() ?? commandsOf(step, environment, context);
  if (input === undefined) return await runRestic(words, step, environment, context);
  try {
    const size = await input.head();
    if (context.signals.count() > before) return unstarted(interruptedBefore(step.stage));
    if (size === 0 && isChecked(step)) return unstarted(failureWithoutChild("hook", step.stage, NO_INPUT));
    return await runRestic(words, step, environment, context, input);
  } catch (error) {
    if (error instanceof InputError) return unstarted(error.failure);
    throw error;
  } finally {
    await input.stop();
  }
}

/** The words for restic, or why they cannot be made. */
function boundArguments({ args }: ResticStep, environment: StepEnvironment, context: RunContext): string[] | string {
  try {
    return bindArguments(args, environment, context);
  } catch (error) {
    return shownReason(error, context);
  }
}

function commandsOf(
  { stdin }: ResticStep,
  environment: StepEnvironment,
  context: RunContext,
): ResticInput | undefined {
  return stdin.from === "commands" ? startCommands(stdin.lines, stdin.stage, environment, context) : undefined;
}

function tellUnfiltered(args: readonly Argument[], environment: StepEnvironment, context: RunContext): void {
  const words = formatCommandLine(maskWords(bindArguments(args, environment, context)));
  remark(context, { code: "unfiltered-arguments", commandLine: masked(words, context) });
}

function tellCommand(
  words: readonly string[],
  step: ResticStep,
  environment: StepEnvironment,
  context: RunContext,
): void {
  const { world } = context;
  const folder = step.workingDir === world.startDir ? undefined : step.workingDir;
  const commandLine = masked(formatCommandLine(maskWords(words)), context);
  remark(context, { code: "restic-command", commandLine, folder });
  const changed = Object.entries(environment).filter(([name, value]) => world.env[name] !== value)
    .map(([name, value]) => `${name}=${maskVariable(name, value)}`).sort();
  remark(context, { code: "restic-variables", variables: masked(formatCommandLine(changed), context) });
}
