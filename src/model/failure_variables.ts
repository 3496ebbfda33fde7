/** The variables that tell failure hooks about a failure, and which text of it each holds. */
import type { Failure } from "./outcome.ts";

/** The texts of a failure as hooks get them, all empty without one. */
export interface FailureTexts {
  readonly message: string;
  readonly commandLine: string;
  readonly exitCode: string;
  readonly stderr: string;
}

export const FAILURE_VARIABLES = {
  ERROR: "message",
  ERROR_MESSAGE: "message",
  ERROR_COMMANDLINE: "commandLine",
  ERROR_EXIT_CODE: "exitCode",
  ERROR_STDERR: "stderr",
  RESTIC_STDERR: "stderr",
} as const satisfies Readonly<Record<string, keyof FailureTexts>>;

/** How much of the end of a long text hooks and status file get, in bytes: a variable of more than 128 KiB keeps every child from starting. */
export const KEPT_OF_TEXTS = 64 * 1024;

export const FAILURE_VARIABLE_NAMES = Object.keys(FAILURE_VARIABLES) as readonly (keyof typeof FAILURE_VARIABLES)[];

/** The exit code is a number: nothing changes it. @param escape makes a text fit for what it is inserted into */
export function failureTexts(
  failure: Failure | undefined,
  escape: (text: string) => string = (text) => text,
): FailureTexts {
  if (!failure) return { message: "", commandLine: "", exitCode: "", stderr: "" };
  const { message, commandLine, exitCode, stderr } = failure;
  return {
    message: escape(message),
    commandLine: escape(commandLine),
    exitCode: String(exitCode),
    stderr: escape(stderr),
  };
}

/** @returns undefined for any other name */
export function failureVariable(name: string, texts: FailureTexts): string | undefined {
  return Object.hasOwn(FAILURE_VARIABLES, name)
    ? texts[FAILURE_VARIABLES[name as keyof typeof FAILURE_VARIABLES]]
    : undefined;
}
