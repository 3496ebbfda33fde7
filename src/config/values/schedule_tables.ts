/** The schedules of a profile or group: tables, `schedule-…` keys of the section and defaults laid over each other. */
import type { Options, Schedule } from "../../schema/key.ts";
import type { Section } from "../../schema/profile.ts";
import { SCHEDULE_TABLE } from "../../schema/schedule_keys.ts";
import type { Configuration, LoadedGroup, LoadedProfile } from "../configuration.ts";
import type { Node } from "../nodes/node.ts";

export interface ScheduleEntry {
  /** The restic command that is run, or `retention` (deprecated). */
  readonly command: string;
  /** Keys without `schedule-`; `at` is never empty. */
  readonly options: Options<typeof SCHEDULE_TABLE> & { readonly at: readonly string[] };
  /** Keys that the configuration sets: the others have their defaults. */
  readonly given: ReadonlySet<string>;
  /** Where a setting, or `at`, was written: in the section, its table, the defaults; undefined: nowhere. */
  readonly nodeOf: (key: string) => Node | undefined;
}

/** What all schedules of a configuration share. */
type Globals = Pick<Configuration, "global" | "globalNode">;

/** Sorted by command. */
export function profileSchedules({ profile, node }: LoadedProfile, globals: Globals): ScheduleEntry[] {
  return [...profile.sections.values()].flatMap((section) => {
    const { schedule } = section.options;
    if (schedule === undefined) return [];
    const dropIns = profile.options["systemd-drop-in-files"];
    const outer = dropIns === undefined ? {} : { "systemd-drop-in-files": dropIns };
    const written = { ...schedule, settings: { ...outer, ...schedule.settings } };
    const place = childOf(node, section.name);
    return entry({
      command: section.name,
      schedule: written,
      table: childOf(place, "schedule"),
      sectionKeys: sectionSettings(section),
      section: place,
    }, globals);
  }).sort(byCommand);
}

/** Sorted by command. */
export function groupSchedules({ group, node }: LoadedGroup, globals: Globals): ScheduleEntry[] {
  const tables = childOf(node, "schedules");
  return [...group.schedules].flatMap(([command, schedule]) =>
    entry({ command, schedule, table: childOf(tables, command), sectionKeys: {}, section: undefined }, globals)
  ).sort(byCommand);
}

function childOf(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "table" ? node.entries.get(key) : undefined;
}

function byCommand(one: ScheduleEntry, other: ScheduleEntry): number {
  return one.command < other.command ? -1 : 1;
}

function sectionSettings({ options }: Section): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([key]) => key.startsWith("schedule-"))
      .map(([key, value]) => [key.slice("schedule-".length), value]),
  );
}

interface Written {
  readonly command: string;
  readonly schedule: Schedule;
  /** Where it was written. */
  readonly table: Node | undefined;
  /** Without `schedule-`. */
  readonly sectionKeys: Readonly<Record<string, unknown>>;
  /** Where these were written. */
  readonly section: Node | undefined;
}

/** Keys of the section win over the table, the table over the defaults of the configuration, these over the built-in ones. */
function entry(written: Written, { global, globalNode }: Globals): ScheduleEntry[] {
  const { command, schedule, table, sectionKeys, section } = written;
  const at = schedule.at.map((time) => time.trim()).filter((time) => time !== "");
  if (at.length === 0) return [];
  const builtIn = Object.fromEntries(
    Object.entries(SCHEDULE_TABLE).flatMap(([name, key]) => "default" in key ? [[name, key.default]] : []),
  );
  const given = { ...global["schedule-defaults"]?.settings, ...schedule.settings, ...sectionKeys };
  const defaults = childOf(globalNode, "schedule-defaults");
  return [{
    command,
    options: { ...builtIn, ...given, at } as unknown as ScheduleEntry["options"],
    given: new Set(Object.keys(given)),
    nodeOf(key) {
      if (key === "at" && table?.kind !== "table") return table;
      return childOf(section, `schedule-${key}`) ?? childOf(table, key) ?? childOf(defaults, key);
    },
  }];
}
