/** `profiles`: the profiles with their sections, then the groups with their members. */
import { printable } from "../model/printable.ts";
import { isTrueOption } from "../cli/options.ts";
import type { Configuration, ProfileOutline } from "../config/configuration.ts";
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
export function profiles({ args }: Invocation, configuration: Configuration, world: World): number {
  const listing = isTrueOption(args, "json") ? jsonListing : profileListing;
  const { text, problems } = listing(configuration);
  printProblems(problems, world);
  world.console.print(printable(text));
  return EXIT.success;
}

/** Also follows the message that a profile is not there. */
export function profileListing(configuration: Configuration): ProfileListing {
  const problems: Diagnostic[] = [];
  const rows = profileRows(configuration, problems);
  const text = rows.length === 0
    ? `There are no profiles in ${configuration.path}\n`
    : table("Profiles available (name, sections, description):", rows);
  const groups = groupRows(configuration, problems);
  const below = groups.length === 0 ? "" : table("Groups available (name, profiles, description):", groups).slice(1);
  return { text: text + below, problems };
}

/** For programs: an object with the lists `profiles` and `groups`. */
function jsonListing(configuration: Configuration): ProfileListing {
  const problems: Diagnostic[] = [];
  const profiles = namedProfiles(configuration, problems);
  const groups = namedGroups(configuration, problems);
  return { text: `${JSON.stringify({ profiles, groups }, undefined, 2)}\n`, problems };
}

type Row = readonly [name: string, content: string, description: string];

interface Named {
  readonly name: string;
  readonly description: string;
}

function profileRows(configuration: Configuration, problems: Diagnostic[]): Row[] {
  return namedProfiles(configuration, problems).map(({ name, sections, description }) => [
    `${name}:`,
    sections.length > 0 ? `(${sections.join(", ")})` : "(n/a)",
    description,
  ]);
}

function namedProfiles(configuration: Configuration, problems: Diagnostic[]): ProfileOutline[] {
  return configuration.profileNames().flatMap((name) => {
    try {
      return [configuration.outline(name)];
    } catch (error) {
      collect(error, problems);
      return [];
    }
  });
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

export function notFound(name: string, configuration: Configuration): string {
  const known = [...configuration.profileNames(), ...configuration.groupNames()];
  const message = `Cannot find profile or group "${name}" in ${configuration.path}`;
  const { text } = profileListing(configuration);
  const problem = diagnosticText({
    code: "unknown-name",
    severity: "error",
    message,
    hint: nearestHint(name.toLowerCase(), known),
  });
  return `${problem}\n${text.trimEnd()}`;
}
