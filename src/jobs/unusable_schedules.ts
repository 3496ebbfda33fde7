/** Schedules that no scheduler takes: reported before one is tried. */
import type { Configuration } from "../config/configuration.ts";
import { locate } from "../config/nodes/locate_key.ts";
import { nearestHint } from "../model/nearest.ts";
import { isNull, type Node, nodeError, positionOf } from "../config/nodes/node.ts";
import { asItems } from "../config/nodes/overlay.ts";
import { scalarText } from "../config/nodes/scalars.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { CALENDAR_KEYWORDS, type CalendarEvent, parseCalendar } from "../schedule/calendar/calendar_event.ts";
import { chooseScheduler, schedulersOf } from "../schedule/scheduler_choice.ts";

/** @param at one calendar expression, or a list of them */
export function unreadableTimes(at: Node | undefined, faultOf = fault): Diagnostic[] {
  return asItems(at).flatMap((item): Diagnostic[] => {
    const text = item.kind === "scalar" && !isNull(item) ? scalarText(item.value).trim() : "";
    const message = text === "" ? undefined : faultOf(text);
    return message === undefined
      ? []
      : [nodeError(item, "schedule-time", message, nearestHint(text.toLowerCase(), CALENDAR_KEYWORDS))];
  });
}

/** Times that can be read, and that the scheduler refuses, or that do not come any more. */
export function hopelessTimes(
  at: Node | undefined,
  problemOf: (event: CalendarEvent) => Hopeless | undefined,
): Diagnostic[] {
  return asItems(at).flatMap((item): Diagnostic[] => {
    const text = item.kind === "scalar" && !isNull(item) ? scalarText(item.value).trim() : "";
    if (text === "" || fault(text) !== undefined) return [];
    const problem = problemOf(parseCalendar(text));
    return problem === undefined ? [] : [{ ...problem, at: positionOf(item) }];
  });
}

export type Hopeless = Pick<Diagnostic, "code" | "severity" | "message">;

/** What is wrong with a calendar expression; undefined: nothing. */
export function fault(text: string): string | undefined {
  try {
    parseCalendar(text);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** The option `scheduler`, which a run does not look at. */
export function checkScheduler(configuration: Configuration, os: string): Diagnostic[] {
  return chooseScheduler(configuration.global.scheduler ?? "", os, () => true)
    ? []
    : [unknownScheduler(configuration, os)];
}

export function unknownScheduler({ global, globalNode }: Configuration, os: string): Diagnostic {
  const { scheduler = "" } = global;
  return {
    code: "schedule-setting",
    severity: "error",
    message: `Unknown scheduler "${scheduler}"`,
    at: globalNode && locate(globalNode, ["scheduler"]),
    hint: `Available on ${os}: ${schedulersOf(os).join(", ")}`,
  };
}
