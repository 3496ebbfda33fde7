/**
 * The environment of restic and hooks. It is put together anew for every process, because a hook may write into a dotenv
 * file what the next process needs.
 */
import { decodeText } from "../model/decode.ts";
import type { Diagnostic, Position } from "../model/diagnostic.ts";
import { FAILURE_VARIABLE_NAMES } from "../model/failure_variables.ts";
import { lastLines } from "../model/last_lines.ts";
import type { EnvironmentPlan } from "../model/plan.ts";
import { DotenvError, parseDotenv } from "./dotenv.ts";
import { FileError, type World } from "./world.ts";

/** Of the failure of an outer run: a good run inside of its failure hook must not see them. */
const INHERITED_FAILURE: ReadonlySet<string> = new Set(FAILURE_VARIABLE_NAMES);
const LARGEST_FILE = 512 * 1024;
/** Bytes of `NAME=value`. With a larger one Linux starts no program at all. */
const LARGEST_VARIABLE = 128 * 1024 - 1;
const KEPT_OF_LARGER = 64 * 1024;

export interface ChildEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** A file that is not there and a value that lacks a part are warnings, a file that cannot be read is an error. */
  readonly problems: readonly Diagnostic[];
}

/** Later ones win: inherited, files in their order, `env` (an empty value removes the name), fixed. */
export function childEnvironment(plan: EnvironmentPlan, world: World): ChildEnvironment {
  const variables = new Map(Object.entries(world.env).filter(([name]) => isInherited(name, plan)));
  const problems: Diagnostic[] = [];
  for (const path of plan.files) {
    for (const [name, value] of readDotenv(path, world, problems)) variables.set(name, value);
  }
  for (const [name, value] of plan.variables) {
    if (value.reveal() === "") variables.delete(name);
    else variables.set(name, value.reveal());
  }
  for (const [name, value] of plan.fixed) variables.set(name, value);
  for (const [name, value] of variables) {
    if (fits(name, value)) continue;
    variables.set(name, lastLines(value, KEPT_OF_LARGER));
    problems.push({
      code: "cut-variable",
      severity: "warning",
      message: `Variable "${name}" is too large: only its last 64 KiB are passed on`,
    });
  }
  return { variables: Object.fromEntries(variables), problems };
}

function isInherited(name: string, { without = [] }: EnvironmentPlan): boolean {
  return !INHERITED_FAILURE.has(name) && !without.includes(name);
}

function fits(name: string, value: string): boolean {
  const text = `${name}=${value}`;
  return text.length * 3 <= LARGEST_VARIABLE || new TextEncoder().encode(text).length <= LARGEST_VARIABLE;
}

function readDotenv(path: string, world: World, problems: Diagnostic[]): ReadonlyMap<string, string> {
  const file = `environment file "${path}"`;
  try {
    const bytes = world.files.read(path);
    if (bytes.length <= LARGEST_FILE) {
      const { variables, incomplete, cut } = parseDotenv(decodeText(bytes));
      problems.push(...incomplete.map(({ name, line }) => incompleteValue(name, { path, line, column: 1 })));
      problems.push(...cut.map(({ name, line }) => cutValue(name, { path, line, column: 1 })));
      return without(variables, cut.map(({ name }) => name));
    }
    problems.push({
      code: "unreadable-file",
      severity: "error",
      message: `Cannot use ${file}: it is larger than 512 KiB`,
    });
  } catch (error) {
    if (error instanceof DotenvError) {
      problems.push({
        code: "syntax",
        severity: "error",
        message: error.message,
        at: { path, line: error.line, column: 1 },
      });
    } else if (error instanceof FileError) {
      const severity = error.reason === "missing" ? "warning" : "error";
      problems.push({ code: "unreadable-file", severity, message: `Cannot read ${file}: ${error.message}` });
    } else throw error;
  }
  return new Map();
}

function without(variables: ReadonlyMap<string, string>, names: readonly string[]): ReadonlyMap<string, string> {
  return names.length === 0 ? variables : new Map([...variables].filter(([name]) => !names.includes(name)));
}

function cutValue(name: string, at: Position): Diagnostic {
  const message = `Cannot use the value of "${name}": it has a NUL character, which no variable can have`;
  return {
    code: "nul-character",
    severity: "error",
    message,
    at,
    hint: "Save the file as UTF-8 or plain text, without that character",
  };
}

/** What was taken for a name may be a piece of a password: it is not repeated. */
function incompleteValue(name: string, at: Position): Diagnostic {
  return {
    code: "unset-variable",
    severity: "warning",
    message:
      `A "$" in the value of "${name}" begins a name that is not set earlier in this file: nothing takes its place`,
    at,
    hint: "Write \\$ for the character itself, or the whole value in single quotes",
  };
}
