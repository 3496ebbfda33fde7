/** HTTP hooks as people see them: in a dry run, and in the log as they are sent. */
import type { HookOutcome, HookRef, ShownHook, ShownReply, ShownRequest } from "../model/hook_event.ts";
import { printable } from "../model/printable.ts";
import type { Sentence } from "./sentence.ts";

/** `send-before`, or `send-before 2 of 3`. */
function placeInPhase({ phase, index, count }: HookRef): string {
  return count === 1 ? phase : `${phase} ${index + 1} of ${count}`;
}

/** `send-before 2 of 3 on profile 'home'` */
export function nameOfHook(hook: HookRef, profile: string): string {
  return `${placeInPhase(hook)} on profile '${profile}'`;
}

/** The requests of a phase that is not sent. */
export function shownHooksText(hooks: readonly ShownHook[]): string {
  return hooks.map((shown) => {
    const text = "request" in shown ? requestText(shown.request) : `${shown.title} cannot be sent: ${shown.reason}`;
    return `${placeInPhase(shown.hook)}: ${text}`;
  }).join("\n");
}

/** Method and URL, then headers and body on lines of their own, indented. */
export function requestText({ method, url, headers, body }: ShownRequest): string {
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`);
  if (body !== "") lines.push("", ...printable(body).replace(/\n$/, "").split("\n").map((line) => `  ${line}`));
  return [`${method} ${url}`, ...lines].join("\n");
}

/** @param name of the hook */
export function hookEndedLines(outcome: HookOutcome, name: string): readonly Sentence[] {
  const { shown, isSent, problem, reply } = outcome;
  if (!isSent) return [{ level: "warning", text: `${name}: ${shown} was not sent: ${problem}` }];
  return [
    ...reply ? [{ level: "debug", text: `${name}: ${replyText(reply)}` } as const] : [],
    ...reply?.body === undefined ? [] : [{ level: "trace", text: `${name}: ${reply.body}` } as const],
    ...problem === undefined ? [] : [{ level: "warning", text: `${name}: ${shown} failed: ${problem}` } as const],
  ];
}

function replyText({ status, headers }: ShownReply): string {
  return [`status ${status}`, ...headers.map(([name, value]) => `  ${name}: ${value}`)].join("\n");
}
