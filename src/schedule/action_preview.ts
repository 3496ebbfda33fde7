/** What actions would do, as text: for dry runs. */
import { formatCommandLine } from "../model/command_line.ts";
import { HIDDEN } from "../model/secret.ts";
import type { Action } from "./action.ts";

/** One text for each action: what is done, and below it, indented, the content. @throws {ScheduleError} */
export async function previewActions(actions: readonly Action[]): Promise<string[]> {
  const texts: string[] = [];
  for (const action of actions) {
    const lines = await linesOf(action);
    if (lines.length > 0) texts.push(lines.join("\n    "));
  }
  return texts;
}

/** Empty: nothing would change. */
async function linesOf(action: Action): Promise<readonly string[]> {
  switch (action.kind) {
    case "write":
      return [`write ${action.path}`, ...action.text.trimEnd().split("\n")];
    case "remove":
      return [`remove ${action.path}`];
    case "run": {
      const words = [action.program, ...action.args].map((word) => action.secrets?.includes(word) ? HIDDEN : word);
      return [`run ${formatCommandLine(words)}`];
    }
    case "edit": {
      const changes = await action.preview();
      return changes.length === 0 ? [] : ["change the crontab", ...changes];
    }
    default:
      return action satisfies never;
  }
}

/** Lines that one text has and the other has not. @returns those that go, with `- `, then the new ones, with `+ ` */
export function changedLines(before: string, after: string): string[] {
  const only = (text: string, other: string, sign: string) => {
    const known = new Set(other.split("\n"));
    return text.split("\n").filter((line) => line !== "" && !known.has(line)).map((line) => `${sign} ${line}`);
  };
  return [...only(before, after, "-"), ...only(after, before, "+")];
}
