/** What a profile says about one restic command: keys with a type and plain flags, brought to the names that restic uses. */
import { Secret } from "../model/secret.ts";
import type { KeyTable } from "../schema/key.ts";
import type { Position } from "../model/diagnostic.ts";
import type { FlagValue, FlagValues, Profile, SectionOptions } from "../schema/profile.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import { flagOfKey, keysOfFlag } from "../schema/restic_flags.ts";
import { sectionKeys } from "../schema/section_keys.ts";
import { type Verbosity, wantedLevel } from "./verbosity.ts";

export interface SectionPlan {
  /** The names it has in the configuration: one, or `repair` and `repair-snapshots` over it. */
  readonly names: readonly string[];
  readonly options: SectionOptions;
  /** Flags whose values were expanded as paths when the configuration was loaded, because they are keys with a type here. */
  readonly expanded: ReadonlySet<string>;
  /** By restic's names; `false` and the like stand for flags that are switched off. */
  readonly flags: FlagValues;
}

/** The sections of a command, the later ones over the earlier; undefined when the profile lacks them all. */
export function findSection(profile: Profile, names: readonly string[]): SectionPlan | undefined {
  const sections = names.map((name) => profile.sections.get(name)).filter((section) => section !== undefined);
  if (sections.length === 0) return undefined;
  return {
    names: sections.map(({ name }) => name),
    options: Object.assign({}, ...sections.map(({ options }) => options)),
    expanded: new Set(sections.flatMap(({ name, options }) => expandedFlags(options, sectionKeys(name)))),
    flags: new Map(sections.flatMap(({ name, options, flags }) => [
      ...typedFlags(options, sectionKeys(name)),
      ...(options["extended-status"] ? [["json", true] as const] : []),
      ...plainFlags(flags),
    ])),
  };
}

/** Flags of the profile itself; `-q`, `-v` and `--trace` of the tool take the place of its quiet and of a lower verbose. */
export function commonFlags(profile: Profile, tool: Verbosity): FlagValues {
  const flags = new Map([
    ...typedFlags(profile.options, PROFILE_KEYS),
    ...plainFlags(profile.flags),
  ]);
  const wanted = wantedLevel(tool);
  if (!tool.quiet && wanted === 0) return flags;
  flags.delete("quiet");
  flags.delete("verbose");
  // verbose wins over quiet
  if (wanted === 0) return flags.set("quiet", true);
  return flags.set("verbose", Math.max(wanted, profile.options.verbose ?? 0));
}

/** Where a flag is in the configuration, whichever of its names, and of the sections, was used; else in the profile. */
export function placeOfFlag(profile: Profile, sections: readonly string[], name: string): Position | undefined {
  const names = keysOfFlag(name);
  for (const section of sections) {
    // a key that is not there has the place of its table
    const table = profile.at([section]);
    const places = names.map((key) => profile.at([section, key]));
    const found = places.find((at) => at?.line !== table?.line || at?.column !== table?.column);
    if (found !== undefined) return found;
  }
  return profile.at([name]);
}

/** Keys that are flags have no defaults: every value was written, and may switch a common flag off. */
function typedFlags(options: Readonly<Record<string, unknown>>, keys: KeyTable): [string, FlagValue][] {
  return Object.entries(keys).flatMap(([name, { flag }]): [string, FlagValue][] => {
    const value = options[name];
    if (flag === undefined || value === undefined) return [];
    return [[flag, value instanceof Secret ? value.reveal() : value as FlagValue]];
  });
}

function expandedFlags(options: Readonly<Record<string, unknown>>, keys: KeyTable): string[] {
  return Object.entries(keys).flatMap(([name, { flag, path }]) =>
    flag !== undefined && path !== undefined && options[name] !== undefined ? [flag] : []
  );
}

function plainFlags(flags: FlagValues): [string, FlagValue][] {
  return [...flags].filter(([, value]) => value !== null).map(([name, value]) => [flagOfKey(name), value]);
}
