/** The variables of `url` and `body`. What an error says is escaped in a URL, for it holds blanks, quotes and `&`. */
import { lastLines } from "../model/last_lines.ts";
import { expandVariables, queryEscape } from "../template/variables.ts";
import type { HookContext } from "./context.ts";

/** Receivers and proxies refuse long URLs: of standard error, the end tells the most. */
const MOST_STDERR_IN_URL = 4 * 1024;

/** The texts of a failure as hooks get them, all empty without one. */
export interface FailureTexts {
  readonly message: string;
  readonly commandLine: string;
  readonly exitCode: string;
  readonly stderr: string;
}

export function failureTexts({ failure }: HookContext): FailureTexts {
  if (!failure) return { message: "", commandLine: "", exitCode: "", stderr: "" };
  const { message, commandLine, exitCode, stderr } = failure;
  return { message, commandLine, exitCode: String(exitCode), stderr };
}

export function expandUrl(text: string, context: HookContext): string {
  const failure = failureTexts(context);
  const short = { ...failure, stderr: lastLines(failure.stderr, MOST_STDERR_IN_URL) };
  return expandVariables(text, "request", (name) => {
    const told = failureVariable(name, short);
    if (told !== undefined) return name === "ERROR_EXIT_CODE" ? told : queryEscape(told);
    return runVariable(name, context);
  });
}

export function expandBody(text: string, context: HookContext): string {
  const failure = failureTexts(context);
  return expandVariables(text, "request", (name) => failureVariable(name, failure) ?? runVariable(name, context));
}

function failureVariable(name: string, { message, commandLine, exitCode, stderr }: FailureTexts): string | undefined {
  switch (name) {
    case "ERROR":
    case "ERROR_MESSAGE":
      return message;
    case "ERROR_COMMANDLINE":
      return commandLine;
    case "ERROR_EXIT_CODE":
      return exitCode;
    case "ERROR_STDERR":
    case "RESTIC_STDERR":
      return stderr;
    default:
      return undefined;
  }
}

function runVariable(name: string, { profile, command, environment }: HookContext): string | undefined {
  if (name === "PROFILE_NAME") return profile;
  if (name === "PROFILE_COMMAND") return command;
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}
