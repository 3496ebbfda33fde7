/** The command line of the runner. */

import { parseArgs } from "@std/cli/parse-args";

export const USAGE =
  'usage: run.ts --tool "PROGRAM [ARGS]" [--filter TEXT] [--jobs N] [--record] [--verbose] [--keep] [FOLDER|FILE ...]';

export interface Options {
  /** Program and arguments of the tool under test. */
  readonly tool: readonly string[];
  /** Only cases whose path has it. */
  readonly filter: string;
  /** How many cases run at a time. */
  readonly jobs: number;
  /** Writes down what happens instead of comparing it. */
  readonly record: boolean;
  readonly verbose: boolean;
  /** Leaves the folders of the cases. */
  readonly keep: boolean;
  /** Files and folders of cases. */
  readonly paths: readonly string[];
}

/** @returns undefined when there is no tool, or an option that is not known */
export function parseOptions(args: readonly string[]): Options | undefined {
  const unknown: string[] = [];
  const { _, ...given } = parseArgs([...args], {
    string: ["tool", "filter", "jobs"],
    boolean: ["record", "verbose", "keep"],
    default: { tool: "", filter: "", jobs: "2" },
    unknown: (arg: string, name?: string) => name === undefined || unknown.push(arg) === 0,
  });
  const jobs = Number(given.jobs);
  const tool = given.tool.split(" ").filter((word: string) => word !== "").map(absolute);
  if (unknown.length > 0 || tool.length === 0 || !Number.isInteger(jobs) || jobs < 1) return undefined;
  return { ...given, tool, jobs, paths: _.map(String) };
}

/** The cases run in folders of their own. */
function absolute(word: string): string {
  return word.includes("/") && !word.startsWith("/") && !word.startsWith("-") ? `${Deno.cwd()}/${word}` : word;
}
