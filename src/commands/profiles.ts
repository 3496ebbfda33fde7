/** `profiles`: the profiles with their sections, then the groups with their members. */
import { printable } from "../model/printable.ts";
import { isTrueOption } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { isSectionName } from "../schema/section_names.ts";
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { printProblems } from "./fail.ts";
import { missingMembers } from "../checks/group_member_check.ts";
import { nearestHint } from "../model/nearest.ts";
import { diagnosticText } from "../report/diagnostic_text.ts";

export interface ProfileListing {
  readonly text: string;
  /** What keeps profiles and groups from being listed, or their members from being run. */
  readonly problems: readonly Diagnostic[];
}

/** Standard output carries the listing alone. */
export async function profiles({ args }: Invocation, configuration: Configuration, world: World): Promise<number> {
  const listing = isTrueOption(args, "json") ? jsonListing : profileListing;
  const { text, problems } = await listing(configuration);
  printProblems(problems, world);
  world.console.print(printable(text));
  return EXIT.success;
}

/** Also follows the message that a profile is not there. */
export async function profileListing(configuration: Configuration): Promise<ProfileListing> {
  const problems: Diagnostic[] = [];
  const rows = await profileRows(configuration, problems);
  const text = rows.length === 0
    ? `There are no profiles in ${configuration.path}\n`
    : table("Profiles available (name, sections, description):", rows);
  const groups = groupRows(configuration, problems);
  const below = groups.length === 0 ? "" : table("Groups available (name, profiles, description):", groups).slice(1);
  return { text: text + below, problems };
}

/** For programs: an object with the lists `profiles` and `groups`. */
async function jsonListing(configuration: Configuration): Promise<ProfileListing> {
  const problems: Diagnostic[] = [];
  const profiles = await namedProfiles(configuration, problems);
  const groups = namedGroups(configuration, problems);
  return { text: `${JSON.stringify({ profiles, groups }, undefined, 2)}\n`, problems };
}

type Row = readonly [name: string, content: string, description: string];

interface Named {
  readonly name: string;
  readonly description: string;
}

async function profileRows(configuration: Configuration, problems: Diagnostic[]): Promise<Row[]> {
  return (await namedProfiles(configuration, problems)).map(({ name, sections, description }) => [
    `${name}:`,
    sections.length > 0 ? `(${sections.join(", ")})` : "(n/a)",
    description,
  ]);
}

async function namedProfiles(
  configuration: Configuration,
  problems: Diagnostic[],
): Promise<(Named & { readonly sections: readonly string[] })[]> {
  const found = [];
  for (const name of configuration.profileNames()) {
    try {
      const { profile } = await configuration.profile(name);
      const sections = [...profile.sections.keys()].filter(isSectionName).sort();
      found.push({ name, description: profile.options.description ?? "", sections });
    } catch (error) {
      collect(error, problems);
    }
  }
  return found;
}

function groupRows(configuration: Configuration, problems: Diagnostic[]): Row[] {
  return namedGroups(configuration, problems).map(({ name, profiles, description }) => [
    `${name}:`,
    `[${profiles.join(", ")}]`,
    description,
  ]);
}

function namedGroups(
  configuration: Configuration,
  problems: Diagnostic[],
): (Named & { readonly profiles: readonly string[] })[] {
  return configuration.groupNames().flatMap((name) => {
    try {
      const loaded = configuration.loadedGroup(name);
      if (loaded === undefined) return [];
      problems.push(...loaded.diagnostics, ...missingMembers(loaded, configuration));
      const { group } = loaded;
      return [{ name, description: group.description ?? "", profiles: group.profiles }];
    } catch (error) {
      collect(error, problems);
      return [];
    }
  });
}

function collect(error: unknown, problems: Diagnostic[]): void {
  if (!(error instanceof ConfigError)) throw error;
  problems.push(...error.diagnostics);
}

function table(title: string, rows: readonly Row[]): string {
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const [names, contents] = [width(0), width(1)];
  const lines = rows.map(([name, content, description]) =>
    `  ${name.padEnd(names)}  ${content.padEnd(contents)}  ${description}`.trimEnd()
  );
  return `\n${[title, ...lines].join("\n")}\n\n`;
}

export async function notFound(name: string, configuration: Configuration): Promise<string> {
  const known = [...configuration.profileNames(), ...configuration.groupNames()];
  const message = `Cannot find profile or group "${name}" in ${configuration.path}`;
  const { text } = await profileListing(configuration);
  const problem = diagnosticText({
    code: "unknown-name",
    severity: "error",
    message,
    hint: nearestHint(name.toLowerCase(), known),
  });
  return `${problem}\n${text.trimEnd()}`;
}
