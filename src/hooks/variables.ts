/** The variables of `url` and `body`. What an error says is escaped in a URL, for it holds blanks, quotes and `&`. */
import { failureTexts, failureVariable } from "../model/failure_variables.ts";
import { lastLines } from "../model/last_lines.ts";
import { expandVariables } from "../template/expand_variables.ts";
import { queryEscape } from "../template/values/bytes.ts";
import type { HookContext } from "./hook_context.ts";

/** Receivers and proxies refuse long URLs: of standard error, the end tells the most. */
const MOST_STDERR_IN_URL = 4 * 1024;

/** Makes a text fit for what it is inserted into. */
export type Escape = (text: string) => string;

/**
 * In the path of a URL the exit code is one from 0 to 255, as receivers that take it there refuse any other (Healthchecks), and
 * a last segment that is a variable without a value takes its slash with it.
 */
export function expandUrl(text: string, context: HookContext): string {
  const failure = failureTexts(context.failure);
  const short = { ...failure, stderr: lastLines(failure.stderr, MOST_STDERR_IN_URL) };
  const valueOf = (name: string) => {
    if (name === "ERROR_EXIT_CODE") return failure.exitCode && EXIT_CODE_MARK;
    const told = failureVariable(name, short);
    return told === undefined ? runVariable(name, context) : queryEscape(told);
  };
  const expand = (part: string) => expandVariables(part, "request", valueOf);
  const whole = text.replace(LAST_VARIABLE, (written: string, before: string, variable: string) => {
    return expand(variable) === "" && !/[?#]/.test(expand(before)) ? before : written;
  });
  const [path = "", rest = ""] = splitPath(expand(whole));
  return path.replaceAll(EXIT_CODE_MARK, inByte(failure.exitCode)) + rest.replaceAll(EXIT_CODE_MARK, failure.exitCode);
}

/** Takes the place of the exit code until it is known whether it is part of the path. No URL has it: it is for private use. */
const EXIT_CODE_MARK = "\uf8ff";
/** A path whose last segment is one variable. */
const LAST_VARIABLE = /^([^?#]*[^?#\/])\/(\$(?:[A-Za-z0-9_]+|\{[^}\/]+\}))(?=$|[?#])/;

function splitPath(url: string): [path: string, rest: string] {
  const end = url.search(/[?#]/);
  return end < 0 ? [url, ""] : [url.slice(0, end), url.slice(end)];
}

function inByte(exitCode: string): string {
  const code = Number(exitCode);
  return exitCode !== "" && (code < 0 || code > 255) ? "255" : exitCode;
}

export function expandBody(text: string, context: HookContext, escape: Escape = (text) => text): string {
  const failure = failureTexts(context.failure, escape);
  return expandVariables(text, "request", (name) => {
    return failureVariable(name, failure) ?? escape(runVariable(name, context) ?? "");
  });
}

function runVariable(name: string, { profile, command, environment }: HookContext): string | undefined {
  if (name === "PROFILE_NAME") return profile;
  if (name === "PROFILE_COMMAND") return command;
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}
