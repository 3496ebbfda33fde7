/** The schedules of a profile or group: tables, `schedule-…` keys of the section and defaults laid over each other. */
import type { Options, Schedule } from "../schema/key.ts";
import type { GlobalOptions, Group, Profile, Section } from "../schema/profile.ts";
import { SCHEDULE_TABLE } from "../schema/schedule_keys.ts";
import type { Node, TableNode } from "./node.ts";

export interface ScheduleEntry {
  /** The restic command that is run, or `retention` (deprecated). */
  readonly command: string;
  /** Keys without `schedule-`; `at` is never empty. */
  readonly options: Options<typeof SCHEDULE_TABLE> & { readonly at: readonly string[] };
  /** Keys that the configuration sets: the others have their defaults. */
  readonly given: ReadonlySet<string>;
}

/** Sorted by command. */
export function profileSchedules(profile: Profile, global: GlobalOptions): ScheduleEntry[] {
  return [...profile.sections.values()].flatMap((section) => {
    const { schedule } = section.options;
    if (schedule === undefined) return [];
    const dropIns = profile.options["systemd-drop-in-files"];
    const outer = dropIns === undefined ? {} : { "systemd-drop-in-files": dropIns };
    return entry(
      section.name,
      { ...schedule, settings: { ...outer, ...schedule.settings } },
      sectionSettings(section),
      global,
    );
  }).sort(byCommand);
}

/** Sorted by command. */
export function groupSchedules(group: Group, global: GlobalOptions): ScheduleEntry[] {
  return [...group.schedules].flatMap(([command, schedule]) => entry(command, schedule, {}, global)).sort(byCommand);
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

/** Keys of the section win over the table, the table over the defaults of the configuration, these over the built-in ones. */
function entry(
  command: string,
  { at: written, settings }: Schedule,
  sectionKeys: Readonly<Record<string, unknown>>,
  global: GlobalOptions,
): ScheduleEntry[] {
  const at = written.map((time) => time.trim()).filter((time) => time !== "");
  if (at.length === 0) return [];
  const defaults = Object.fromEntries(
    Object.entries(SCHEDULE_TABLE).flatMap(([name, key]) => "default" in key ? [[name, key.default]] : []),
  );
  const given = { ...global["schedule-defaults"]?.settings, ...settings, ...sectionKeys };
  const options = { ...defaults, ...given, at };
  return [{ command, options: options as unknown as ScheduleEntry["options"], given: new Set(Object.keys(given)) }];
}

/** Where the settings of a schedule come from: the section, its table, the defaults. */
export function scheduleNodes(
  { command }: ScheduleEntry,
  profile: TableNode,
  global: TableNode | undefined,
): (key: string) => Node | undefined {
  const section = profile.entries.get(command);
  const table = section?.kind === "table" ? section.entries.get("schedule") : undefined;
  const defaults = global?.entries.get("schedule-defaults");
  return (key) => {
    if (key === "at" && table?.kind !== "table") return table;
    const own = section?.kind === "table" ? section.entries.get(`schedule-${key}`) : undefined;
    return own ?? [table, defaults].map((node) => node?.kind === "table" ? node.entries.get(key) : undefined)
      .find((node) => node !== undefined);
  };
}

/** The same for a schedule of a group. */
export function groupScheduleNodes(
  { command }: ScheduleEntry,
  group: Node,
  global: TableNode | undefined,
): (key: string) => Node | undefined {
  const tables = group.kind === "table" ? group.entries.get("schedules") : undefined;
  const table = tables?.kind === "table" ? tables.entries.get(command) : undefined;
  const defaults = global?.entries.get("schedule-defaults");
  return (key) => {
    if (key === "at" && table?.kind !== "table") return table;
    return [table, defaults].map((node) => node?.kind === "table" ? node.entries.get(key) : undefined)
      .find((node) => node !== undefined);
  };
}
