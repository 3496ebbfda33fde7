/** The schedules of a profile or group: tables, `schedule-…` keys of the section and defaults laid over each other. */
import type { Options, Schedule } from "../schema/key.ts";
import type { GlobalOptions, Group, Profile, Section } from "../schema/profile.ts";
import { SCHEDULE_TABLE } from "../schema/schedule_keys.ts";

export interface ScheduleEntry {
  /** The restic command that is run, or `retention` (deprecated). */
  readonly command: string;
  /** Keys without `schedule-`; `at` is never empty. */
  readonly options: Options<typeof SCHEDULE_TABLE>;
}

/** Sorted by command. */
export function profileSchedules(profile: Profile, global: GlobalOptions): ScheduleEntry[] {
  return [...profile.sections.values()].flatMap((section) => {
    const { schedule } = section.options;
    return schedule ? entry(section.name, schedule, sectionSettings(section), global) : [];
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
  { at, settings }: Schedule,
  sectionKeys: Readonly<Record<string, unknown>>,
  global: GlobalOptions,
): ScheduleEntry[] {
  if (at.length === 0) return [];
  const defaults = Object.fromEntries(
    Object.entries(SCHEDULE_TABLE).flatMap(([name, key]) => "default" in key ? [[name, key.default]] : []),
  );
  const options = { ...defaults, ...global["schedule-defaults"]?.settings, ...settings, ...sectionKeys, at };
  return [{ command, options: options as unknown as ScheduleEntry["options"] }];
}
