/** Shell lines: hooks, stdin-commands and callbacks, run as `SHELL -c LINE`. */
import type { Failure } from "../model/outcome.ts";
import { isAbsolutePath } from "../model/path.ts";
import type { ShellStep } from "../model/plan.ts";
import { kindAt } from "../platform/kind_at.ts";
import type { ChildCommand, World } from "../platform/world.ts";
import { startAs, startListedChild } from "./child.ts";
import { keepStderr, showStdout } from "./child_output.ts";
import { masked, remark, remarkOnce, type RunContext } from "./run_context.ts";
import { settle } from "./drain.ts";
import { type StepEnvironment, stepEnvironment } from "./step_environment.ts";
import { failureOfChild, failureWithoutChild, interruptedBefore, quotedWords } from "./failure.ts";
import { findProgram, pathFolders, programFolders } from "./machine/find_program.ts";
import { diedOfBrokenPipe, READER_QUIT, untilWritten } from "./reader.ts";

export interface ShellResult {
  readonly failure: Failure | undefined;
  /** Of the shell; undefined when a signal ended it, or it never started. */
  readonly exitStatus: number | undefined;
  /** It died because the reader of standard output is gone: not a reason for an alarm. */
  readonly readerQuit?: boolean;
}

/** @throws {StartError} when no shell or no such folder is found: the hook has failed without starting */
export async function performShell(step: ShellStep, context: RunContext): Promise<ShellResult> {
  const { job, world, signals } = context;
  const environment = stepEnvironment(step, context);
  remark(context, { code: "shell-line", step: step.id, line: masked(step.line, context) });
  const before = signals.count();
  const commandLine = masked(quotedWords([step.line]), context);
  await untilWritten(context); // it may write to the same place
  if (step.when === "success" && signals.count() > before) {
    return { failure: interruptedBefore(step.stage), exitStatus: undefined };
  }
  const child = startAs(commandLine, () => startListedChild(shellCommand(step.line, environment, context), context));
  const stderr = keepStderr(child, context);
  const drains = [stderr.drain, ...showStdout(child, context)];
  const status = await child.status;
  await settle(drains, world, signals);
  const exitStatus = status.signal === undefined ? status.code : undefined;
  if (job.hookStdout === "inherit" && diedOfBrokenPipe(status, world)) {
    return {
      failure: failureWithoutChild("signal", step.stage, READER_QUIT, commandLine),
      exitStatus,
      readerQuit: true,
    };
  }
  const failure = failureOfChild({
    kind: "hook",
    stage: step.stage,
    status,
    interrupted: step.when === "success" && signals.count() > before,
    commandLine,
    stderr: stderr.text(),
  });
  return { failure, exitStatus };
}

/** With an empty input, and standard output where the job wants that of hooks. @throws {Error} when there is no shell */
export function shellCommand(line: string, env: StepEnvironment, context: RunContext): ChildCommand {
  const { job, world } = context;
  const text = isFileOnly(line, env, job.workingDir, world) ? `./${line}` : line;
  const program = findShell(job.shells, env, world);
  remarkOnce(context, { code: "shell", program });
  return {
    program,
    args: ["-c", text],
    cwd: job.workingDir,
    env,
    stdin: "null",
    stdout: job.hookStdout === "inherit" ? "inherit" : "piped",
    stderr: "piped",
  };
}

/** @throws {Error} that lists what was tried */
function findShell(shells: readonly string[], env: StepEnvironment, world: World): string {
  for (const shell of shells) {
    const found = findIn(programFolders(env, world), shell, world);
    if (found !== undefined) return found;
  }
  throw new Error(`Cannot find a shell: tried ${shells.join(", ")}`);
}

function findIn(folders: readonly string[], program: string, world: World): string | undefined {
  const { os, startDir } = world;
  if (!/[/\\]/.test(program)) return findProgram(program, folders, world);
  const path = isAbsolutePath(program, os) ? program : `${startDir}/${program}`;
  return world.files.isExecutable(path) ? path : undefined;
}

/** `hook.sh` of the working folder is meant, though the shell looks for programs on the PATH only. */
function isFileOnly(line: string, env: StepEnvironment, folder: string, world: World): boolean {
  if (!/^[^\s/.][^\s/]*$/.test(line)) return false;
  if (findProgram(line, pathFolders({ env, os: world.os }), world) !== undefined) return false;
  return kindAt(`${folder}/${line}`, world.files) === "file";
}
