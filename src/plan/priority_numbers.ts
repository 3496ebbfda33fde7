/** Priorities of the configuration as numbers of the system; what is unknown or out of range was reported when it was read. */
import type { Priority } from "../model/plan.ts";
import type { GlobalOptions } from "../schema/profile.ts";

const NICE: Readonly<Record<string, number>> = {
  idle: 19,
  background: 15,
  low: 10,
  normal: 0,
  high: -10,
  highest: -20,
};

/** The I/O class without levels: `ionice` writes a complaint to standard error when it gets one. */
const IDLE = 3;

/** What is read here of the global section. */
export const PRIORITY_KEYS = ["priority", "nice", "ionice", "ionice-class", "ionice-level"] as const;

/** Undefined when nothing is to be changed. */
export function planPriority(global: GlobalOptions, os: string): Priority | undefined {
  const nice = planNice(global);
  const io = global.ionice && os === "linux" ? planIo(global) : undefined;
  return nice === undefined && io === undefined ? undefined : { nice, io };
}

function planNice({ priority, nice }: GlobalOptions): number | undefined {
  const named = NICE[priority?.toLowerCase() ?? ""];
  return named ?? (nice !== 0 && nice >= -20 && nice <= 19 ? nice : undefined);
}

function planIo(global: GlobalOptions): Priority["io"] {
  const { "ionice-class": ioClass, "ionice-level": level } = global;
  if (ioClass === IDLE) return { class: IDLE, level: undefined };
  return ioClass >= 1 && ioClass < IDLE && level >= 0 && level <= 7 ? { class: ioClass, level } : undefined;
}
