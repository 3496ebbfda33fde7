/** `show`: the global settings, a profile or group and its schedules, as a run would use them, secrets hidden. */
import { isTrueOption, operandsOf } from "../cli/options.ts";
import type { Configuration, LoadedGroup, LoadedProfile } from "../config/configuration.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/schedules.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { masker } from "../model/mask.ts";
import type { World } from "../platform/world.ts";
import { OWN_COMMANDS } from "../schema/commands.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import { GROUP_KEYS } from "../schema/group_keys.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import { sectionKeys } from "../schema/section_keys.ts";
import { missingMembers } from "./group_members.ts";
import { fail, printProblems } from "./fail.ts";
import { notFound } from "./not_found.ts";
import { describeSchedule, describeTable } from "./show_values.ts";
import { type Block, blocksAsJson, layoutBlocks } from "./show_layout.ts";

/** `show [--origin|-v] [NAME]`; NAME wins over the profile of the command line. */
export async function show(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  const { name, origins, asJson } = showArguments(invocation);
  const shown = await describe(name, configuration, origins, asJson ? blocksAsJson : layoutBlocks);
  if (shown === undefined) return fail(await notFound(name, configuration), world);
  world.console.print(shown.text);
  printProblems(shown.diagnostics, world);
  return EXIT.success;
}

function showArguments(
  { args, flags, profile }: Invocation,
): { name: string; origins: boolean; asJson: boolean } {
  const asksForOrigins = ["origin", "verbose"].some((name) => isTrueOption(args, name)) || args.includes("-v");
  return {
    name: operandsOf(args, OWN_COMMANDS.show.options)[0] ?? profile,
    origins: flags.verbose || flags.trace || asksForOrigins,
    asJson: isTrueOption(args, "json"),
  };
}

interface Description {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @param origins each value with the place it comes from
 * @returns undefined when there is no profile or group of that name
 * @throws {ConfigError} when it cannot be read
 */
export async function describe(
  name: string,
  configuration: Configuration,
  origins: boolean,
  layout: (blocks: readonly Block[]) => string = layoutBlocks,
): Promise<Description | undefined> {
  const global = globalBlock(configuration, origins);
  if (configuration.hasProfile(name)) {
    const loaded = await configuration.profile(name);
    const secrets = masker(
      Object.fromEntries([...loaded.profile.options.env ?? []].map(([key, value]) => [key, value.reveal()])),
    );
    const schedules = profileSchedules(loaded, configuration).map((entry) => scheduleBlock(entry, name, origins));
    const blocks = [global, profileBlock(loaded, origins), ...schedules];
    return { text: secrets(layout(blocks)), diagnostics: loaded.diagnostics };
  }
  const loaded = configuration.loadedGroup(name);
  if (loaded === undefined) return undefined;
  const schedules = groupSchedules(loaded, configuration).map((entry) => scheduleBlock(entry, name, origins));
  return {
    text: layout([global, groupBlock(loaded, origins), ...schedules]),
    diagnostics: [...loaded.diagnostics, ...missingMembers(loaded, configuration)],
  };
}

function globalBlock({ shownGlobal, globalNode }: Configuration, origins: boolean): Block {
  const table = { keys: GLOBAL_KEYS, options: shownGlobal(), node: globalNode, name: "", defaults: true, origins };
  return { title: "global", ...describeTable(table) };
}

function profileBlock({ profile, node }: LoadedProfile, origins: boolean): Block {
  const { options, flags } = profile;
  const own = describeTable({ keys: PROFILE_KEYS, options, flags, node, name: "", defaults: true, origins });
  const sections = [...profile.sections.values()].sort((one, other) => one.name < other.name ? -1 : 1).flatMap(
    (section) => {
      const child = node.entries.get(section.name);
      const { rows, tables } = describeTable({
        keys: sectionKeys(section.name),
        options: section.options,
        flags: section.flags,
        node: child?.kind === "table" ? child : undefined,
        name: section.name,
        defaults: false,
        origins,
      });
      return rows.length + tables.length === 0 ? [] : [{ name: section.name, items: [rows] }, ...tables];
    },
  );
  return { title: `profile ${profile.name}`, rows: own.rows, tables: [...own.tables, ...sections] };
}

function groupBlock({ group, node }: LoadedGroup, origins: boolean): Block {
  const options = {
    description: group.description,
    profiles: group.profiles,
    "continue-on-error": group.continueOnError,
  };
  const { schedules: _, use: __, ...keys } = GROUP_KEYS;
  const table = node?.kind === "table" ? node : undefined;
  return {
    title: `group ${group.name}`,
    ...describeTable({ keys, options, node: table, name: "", defaults: true, origins }),
  };
}

function scheduleBlock(entry: ScheduleEntry, name: string, origins: boolean): Block {
  return { title: `schedule ${entry.command}@${name}`, rows: describeSchedule(entry, origins), tables: [] };
}
