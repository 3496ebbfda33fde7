/**
 * Profiles and their sections as JSON Schema. A key that is neither the tool's nor a flag of a known restic passes as the flag of a
 * newer one, with a description that says so: only its type is looked at. A key of the tool that has no effect where it is written
 * is marked as one not to use, which editors strike out.
 */
import type { LayoutVersion } from "../profile.ts";
import { GLOBAL_KEYS } from "../global_keys.ts";
import { commandsWithFlag, flagDoc, flagOf, flagReleases } from "../key_words.ts";
import { PROFILE_KEYS } from "../profile_keys.ts";
import {
  commandOfSection,
  flagNamesOf,
  flagOfKey,
  isFlagOfAnyCommand,
  isGlobalFlag,
  keysOfFlag,
  RELEASES,
  resticCommands,
  type ResticFlag,
} from "../restic_flags.ts";
import type { ResticVersion } from "../restic_version.ts";
import { COMMON_SECTION_KEYS, sectionKeys } from "../section_keys.ts";
import { isSectionName, isSectionOnly, sectionNames } from "../section_names.ts";
import type { KeyDefinition, KeyTable } from "../key.ts";
import { CAPITALS, HOLDERS, listOperators, operatorsOf, properties } from "./tables.ts";
import { type JsonValue, reference, type Schema } from "./values.ts";

/** What a schema is for. */
export interface SchemaTarget {
  readonly layout: LayoutVersion;
  /** The restic whose flags are allowed; undefined: those of all releases. */
  readonly release: ResticVersion | undefined;
}

/** The shared parts: a profile, its sections, and what sections have in common. */
export function profileDefinitions(target: SchemaTarget): Record<string, Schema> {
  const sections = sectionNames().map((name): [string, Schema] => [`section-${name}`, sectionSchema(name, target)]);
  return {
    "profile": profileSchema(target),
    "hooks": {
      type: ["object", "null"],
      properties: properties(COMMON_SECTION_KEYS, target.layout),
      patternProperties: listOperators(COMMON_SECTION_KEYS, target.layout),
    },
    "flags": commonFlags(target),
    "misplaced": {
      description: 'No effect here: it belongs elsewhere in the configuration. "validate" tells where',
      deprecated: true,
    },
    ...Object.fromEntries(sections),
  };
}

function profileSchema({ layout, release }: SchemaTarget): Schema {
  const names = keysOfAnyFlag(release);
  const flags = names.filter((name) => !Object.hasOwn(PROFILE_KEYS, name));
  return {
    title: "Profile",
    description: "What restic is run with: settings, flags for all commands, and a section for each command",
    type: ["object", "null"],
    properties: {
      ...misplaced((key) => Object.hasOwn(PROFILE_KEYS, key)),
      ...properties(PROFILE_KEYS, layout),
      ...Object.fromEntries(flags.map((name) => [name, flagProperty(name, undefined)])),
      ...Object.fromEntries(sectionNames().map((name) => [name, sectionProperty(name)])),
    },
    patternProperties: {
      ...listOperators(PROFILE_KEYS, layout),
      ...layout === 2 ? { [operatorsOf(names.join("|"))]: reference("flag") } : NO_OPERATORS,
      ...HOLDERS,
      ...CAPITALS,
    },
    additionalProperties: UNKNOWN_FLAG,
  };
}

/** Words such as `tag` are a section when they have a table, else the flag. */
function sectionProperty(name: string): Schema {
  const section = reference(`section-${name}`);
  return isSectionOnly(name) ? section : { anyOf: [section, reference("flag")] };
}

function sectionSchema(name: string, { layout, release }: SchemaTarget): Schema {
  const keys = ownKeys(name);
  const flags = flagNamesOf(commandOfSection(name), release).filter((flag) => !isGlobalFlag(flag));
  const described = flags.filter((flag) => !Object.hasOwn(keys, flag));
  return {
    title: name,
    description: name === "retention" ? "Forget snapshots before or after a backup" : `Settings of restic ${name}`,
    type: ["object", "null"],
    allOf: name === "retention" ? [reference("flags")] : [reference("hooks"), reference("flags")],
    properties: {
      ...misplaced((key) => Object.hasOwn(sectionKeys(name), key)),
      ...properties(keys, layout),
      ...Object.fromEntries(described.map((flag) => [flag, flagProperty(flag, name)])),
    },
    patternProperties: {
      ...listOperators(keys, layout),
      ...HOLDERS,
    },
    unevaluatedProperties: UNKNOWN_FLAG,
  };
}

const UNKNOWN_FLAG: Schema = {
  description: "No key of the tool and no flag that the restic of this schema has here: " +
    'a flag of a newer restic or of another command, or a slip of the pen. "validate" tells',
  ...reference("flag"),
};

/** Version 1 has no operators, and no flag has such a name. */
const NO_OPERATORS: Schema = { [operatorsOf("[^.]+?")]: false };

/** Keys of the tool that are read elsewhere. @param isRead whether a key is read here */
function misplaced(isRead: (key: string) => boolean): Schema {
  const sections = sectionNames();
  const own = [GLOBAL_KEYS, PROFILE_KEYS, ...sections.map(sectionKeys)].flatMap((keys) => Object.keys(keys));
  const others = [...new Set(own)].filter((key) =>
    !isRead(key) && !isFlagOfAnyCommand(flagOfKey(key)) && !isGlobalFlag(flagOfKey(key)) && !isSectionName(key)
  );
  return Object.fromEntries(others.sort().map((key) => [key, { title: key, ...reference("misplaced") }]));
}

/** Those that other sections do not have. A schedule of retention still works. */
function ownKeys(section: string): KeyTable {
  const own = Object.entries<KeyDefinition>(sectionKeys(section) as KeyTable)
    .filter(([name]) => section === "retention" || !Object.hasOwn(COMMON_SECTION_KEYS, name))
    .map(([name, key]): [string, KeyDefinition] => {
      const late = section === "retention" && name.startsWith("schedule");
      return [name, late ? { ...key, deprecated: 'move it to the section "forget"' } : key];
    });
  return Object.fromEntries(own);
}

/** Flags that all commands have. */
function commonFlags({ layout, release }: SchemaTarget): Schema {
  const names = keysOfAnyFlag(release);
  const common = names.filter((key) => isGlobalFlag(flagOfKey(key)));
  return {
    type: ["object", "null"],
    properties: Object.fromEntries(common.map((name) => [name, flagProperty(name, undefined)])),
    patternProperties: {
      ...layout === 2 ? { [operatorsOf(names.join("|"))]: reference("flag") } : NO_OPERATORS,
      ...CAPITALS,
    },
  };
}

function keysOfAnyFlag(release: ResticVersion | undefined): string[] {
  return [...new Set(resticCommands().flatMap((command) => flagNamesOf(command, release)).flatMap(keysOfFlag))].sort();
}

/** @param section undefined: in the profile, for all commands that have the flag */
function flagProperty(key: string, section: string | undefined): Schema {
  const name = flagOfKey(key);
  const flag = flagOf(name, section);
  return { title: key, description: describe(name, flag, section), ...reference("flag"), ...defaultOf(flag) };
}

function describe(name: string, flag: ResticFlag | undefined, section: string | undefined): string {
  const commands = section === undefined ? commandsWithFlag(name) : [];
  const facts = [
    ...commands.length > 0 ? [`for ${commands.join(", ")}`] : [],
    ...flag ? flagReleases(flag, RELEASES[0]!) : [],
  ];
  const doc = flagDoc(name, section) ?? `Flag --${name} of restic`;
  return facts.length === 0 ? doc : `${doc} (${facts.join("; ")})`;
}

function defaultOf(flag: ResticFlag | undefined): { readonly default?: JsonValue } {
  if (flag?.default === undefined || flag.default === "") return {};
  if (flag.default === "false" || flag.default === "true") return { default: flag.default === "true" };
  return { default: /^\d+$/.test(flag.default) ? Number(flag.default) : flag.default };
}
