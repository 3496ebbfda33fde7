/** Priorities of the configuration as numbers of the system. */
import type { Priority } from "../model/plan.ts";
import type { GlobalOptions } from "../schema/profile.ts";
import type { Planning } from "./planning.ts";

const NICE: Readonly<Record<string, number>> = {
  idle: 19,
  background: 15,
  low: 10,
  normal: 0,
  high: -10,
  highest: -20,
};

/** Undefined when nothing is to be changed. What is out of range is reported, and left as it is. */
export function planPriority(
  { global, facts, note }: Pick<Planning, "global" | "facts" | "note">,
): Priority | undefined {
  const nice = planNice(global, note);
  const io = global.ionice && facts.os === "linux" ? planIo(global, note) : undefined;
  return nice === undefined && io === undefined ? undefined : { nice, io };
}

function planNice(global: GlobalOptions, note: Planning["note"]): number | undefined {
  const name = global.priority?.toLowerCase();
  if (name !== undefined && NICE[name] !== undefined) return NICE[name];
  if (name) note(warning(`Cannot set priority "${name}": choose one of ${Object.keys(NICE).join(", ")}`));
  if (global.nice === 0) return undefined;
  return inRange("nice", global.nice, -20, 19, note);
}

function planIo(global: GlobalOptions, note: Planning["note"]): Priority["io"] {
  const ioClass = inRange("ionice-class", global["ionice-class"], 1, 3, note);
  const level = inRange("ionice-level", global["ionice-level"], 0, 7, note);
  return ioClass === undefined || level === undefined ? undefined : { class: ioClass, level };
}

function inRange(key: string, value: number, low: number, high: number, note: Planning["note"]): number | undefined {
  if (value >= low && value <= high) return value;
  note(warning(`Cannot set ${key} to ${value}: it goes from ${low} to ${high}`));
  return undefined;
}

function warning(message: string) {
  return { severity: "warning", message } as const;
}
