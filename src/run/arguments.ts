/** The words of a restic command that are known only when it starts. */
import type { Argument } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import { retryLockWords } from "../model/restic_locks.ts";
import type { Secret } from "../model/secret.ts";
import { expandVariables } from "../template/expand_variables.ts";
import { FileError, type World } from "../platform/world.ts";
import { remark, type RunContext, waitLeft } from "./run_context.ts";
import type { StepEnvironment } from "./step_environment.ts";
import { bindSource, findSource, noPath } from "./found_sources.ts";

/** @throws {Error} when a private file cannot be written, or a selection of snapshots would lose a part */
export function bindArguments(args: readonly Argument[], environment: StepEnvironment, context: RunContext): string[] {
  return args.flatMap((argument) => bind(argument, environment, context));
}

/** For a dry run: why the words of a command cannot be made; undefined when they can. */
export function argumentProblem(
  args: readonly Argument[],
  environment: StepEnvironment,
  world: World,
): string | undefined {
  try {
    for (const argument of args) {
      if (typeof argument === "string") continue;
      if (argument.late === "variables") bindVariables(argument, environment);
      if (argument.late === "source" && argument.flag !== undefined && findSource(argument, world).names.length === 0) {
        throw noPath(argument);
      }
    }
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function bind(argument: Argument, environment: StepEnvironment, context: RunContext): string | string[] {
  if (typeof argument === "string") return argument;
  switch (argument.late) {
    case "variables":
      return bindVariables(argument, environment);
    case "repository-file":
      return `--${argument.flag}=${repositoryFile(argument.url, context)}`;
    case "retry-lock":
      return retryLockWords(waitLeft(context), context.job.resticLocks.retryAfterMs);
    case "source":
      return bindSource(argument, context);
    default:
      return argument satisfies never;
  }
}

function bindVariables(
  { text, isDeciding }: Extract<Argument, { late: "variables" }>,
  environment: StepEnvironment,
): string {
  const unset = new Set<string>();
  const word = expandVariables(text, "option", (name) => {
    if (environment[name] === undefined) unset.add(name);
    return environment[name];
  });
  if (isDeciding) requireValue(text, word, unset.size > 0);
  return word;
}

/** @throws {Error} when an empty variable takes a filter of snapshots, or a rule that keeps some, away from restic */
function requireValue(text: string, word: string, isUnset: boolean): void {
  const [, name, value] = /^--([^=]*)=(.*)$/s.exec(word) ?? [];
  const isLost = value === "" || name === "tag" && value?.split(",").includes("") ||
    name === "keep-tag" && isUnset;
  if (isLost) throw new Error(`Nothing is left of "${text}": its variable is empty, or not set`);
  const isCount = name?.startsWith("keep-") && name !== "keep-tag";
  if (isCount && /^-|[a-z]-/i.test(value ?? "")) throw new Error(`Cannot keep snapshots: "${word}" is negative`);
}

/** One private file for each URL of the run; {@linkcode removeRepositoryFiles} takes them away. */
function repositoryFile(url: Secret, { world, state }: RunContext): string {
  const known = state.repositoryFiles.get(url.reveal());
  if (known !== undefined) return known;
  const path = writePrivate(url.reveal(), world);
  state.repositoryFiles.set(url.reveal(), path);
  return path;
}

/** @returns its path */
function writePrivate(text: string, world: World): string {
  try {
    const path = `${world.tempDir()}/repository-${crypto.randomUUID()}`;
    world.files.write(path, text, { mode: 0o600, createNew: true });
    return path;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Error(`Cannot write "${error.path}" for the repository's URL: ${error.message}`);
  }
}

export function removeRepositoryFiles(context: RunContext): void {
  const { world, state } = context;
  for (const path of state.repositoryFiles.values()) {
    try {
      world.files.remove(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      remark(context, { code: "private-file-left", path, reason: error.message });
    }
  }
  state.repositoryFiles.clear();
}
