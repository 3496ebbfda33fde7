/** `show`: the global settings, a profile or group and its schedules, as a run would use them, secrets hidden. */
import { isTrueOption, operandsOf } from "../cli/options.ts";
import type { Configuration, LoadedGroup, LoadedProfile } from "../config/configuration.ts";
import { unique } from "../config/nodes/collected_problems.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/values/schedule_tables.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { masker } from "../model/mask.ts";
import { folderOf } from "../model/path.ts";
import type { World } from "../platform/world.ts";
import { OWN_COMMANDS } from "../schema/own_commands.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import { GROUP_KEYS } from "../schema/group_keys.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import { sectionKeys } from "../schema/section_keys.ts";
import { missingMembers } from "../checks/group_member_check.ts";
import { printProblems } from "./fail.ts";
import { notFound } from "./profiles.ts";
import { logTarget } from "../jobs/schedule_rules.ts";
import { type UsedProfile, usedProfile } from "../views/shown_selection.ts";
import { describeSchedule, describeTable } from "../views/shown_values.ts";
import { type Block, type BlockLayout, blocksAsJson, layoutBlocks } from "../views/aligned_blocks.ts";

/** `show [--origin|-v] [NAME]`; NAME wins over the profile of the command line. */
export async function show(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  const { name, origins, asJson } = showArguments(invocation);
  const shown = await describe(name, configuration, { origins, layout: asJson ? blocksAsJson : layoutBlocks }, world);
  if (shown === undefined) {
    world.console.write("stderr", `${notFound(name, configuration)}\n`);
    return EXIT.failure;
  }
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

export interface Form {
  /** Each value with the place it comes from. */
  readonly origins: boolean;
  readonly layout: BlockLayout;
}

/**
 * @returns undefined when there is no profile or group of that name
 * @throws {ConfigError} when it cannot be read
 */
export async function describe(
  name: string,
  configuration: Configuration,
  { origins, layout }: Form,
  world: World,
): Promise<Description | undefined> {
  const global = globalBlock(configuration, origins);
  const scheduleBlocks = (entries: readonly ScheduleEntry[]) =>
    entries.map((entry) => scheduleBlock(entry, name, configuration, origins, world));
  if (configuration.hasProfile(name)) {
    const loaded = await configuration.profile(name);
    const { profile, diagnostics } = loaded;
    const secrets = masker(
      Object.fromEntries([...profile.options.env ?? []].map(([key, value]) => [key, value.reveal()])),
    );
    const used = usedProfile(profile, configuration.global, world);
    const schedules = scheduleBlocks(profileSchedules(loaded, configuration));
    const blocks = [global, profileBlock(loaded, used, origins), ...schedules];
    return { text: layout(blocks, secrets), diagnostics: unique([...diagnostics, ...used.notes]) };
  }
  const loaded = configuration.loadedGroup(name);
  if (loaded === undefined) return undefined;
  const blocks = [global, groupBlock(loaded, origins), ...scheduleBlocks(groupSchedules(loaded, configuration))];
  return {
    text: layout(blocks, (text) => text),
    diagnostics: [...loaded.diagnostics, ...missingMembers(loaded, configuration)],
  };
}

function globalBlock({ shownGlobal, globalNode }: Configuration, origins: boolean): Block {
  const table = { keys: GLOBAL_KEYS, options: shownGlobal(), node: globalNode, name: "", defaults: true, origins };
  return { title: "global", ...describeTable(table) };
}

function profileBlock({ profile, node }: LoadedProfile, used: UsedProfile, origins: boolean): Block {
  const { flags } = profile;
  const { options, added } = used;
  const own = describeTable({ keys: PROFILE_KEYS, options, flags, node, name: "", defaults: true, origins, added });
  const sections = used.sections.flatMap((section) => {
    const child = node.entries.get(section.name);
    const { rows, tables } = describeTable({
      keys: sectionKeys(section.name),
      options: section.options,
      flags: section.flags,
      node: child?.kind === "table" ? child : undefined,
      name: section.name,
      defaults: false,
      origins,
      added: section.added,
    });
    return rows.length + tables.length === 0 ? [] : [{ name: section.name, items: [rows], isList: false }, ...tables];
  });
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

function scheduleBlock(
  entry: ScheduleEntry,
  name: string,
  { path }: Configuration,
  origins: boolean,
  { os }: World,
): Block {
  const { log } = entry.options;
  // relative as long as the configuration is, like other paths
  const place = log ? logTarget(log, folderOf(path), os) : undefined;
  return { title: `schedule ${entry.command}@${name}`, rows: describeSchedule(entry, place, origins), tables: [] };
}
