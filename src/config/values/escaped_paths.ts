/**
 * restic is started without a shell, so `My\ Disk` is a name with a backslash. In the original it is `My Disk`, and users who
 * escape a blank still mean that: it is used where only that exists.
 */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { absoluteFrom, withoutEscapes } from "../../model/path.ts";
import { maskAddress } from "../../model/mask.ts";
import { Secret } from "../../model/secret.ts";
import { kindAt } from "../../platform/kind_at.ts";
import type { World } from "../../platform/world.ts";
import type { KeyTable } from "../../schema/key.ts";
import { PATH_FLAGS } from "../../schema/path_flags.ts";
import type { FlagValues, Profile, Section } from "../../schema/profile.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { sectionKeys } from "../../schema/section_keys.ts";

type Path = readonly (string | number)[];
/** What takes the place of one text, at that path of keys. */
type Change = (text: string, path: Path) => string;

const HINT = "Write it without backslashes: restic is started without a shell";

/**
 * The profile with the paths that exist; sources are looked up when the backup starts.
 * @param doubtful gets the paths of which only a person knows what they mean
 */
export function withMeantPaths(
  profile: Profile,
  doubtful: Set<string>,
  world: World,
  report: (problem: Diagnostic) => void,
): Profile {
  if (!hasBackslash(profile)) return profile;
  return changed(profile, (text, path) => {
    const plain = withoutEscapes(text, world.os);
    const folder = isRepository(path) ? profile.workingDir : world.startDir;
    const isThere = (path: string) =>
      kindAt(absoluteFrom(folder, localPath(path), world.os), world.files) !== undefined;
    if (plain === undefined || isThere(text)) return text;
    const isMeant = isThere(plain);
    doubtful.add(isMeant ? plain : text);
    if (!isMeant) return text;
    const message = `${quoted(text)} of ${nameOf(profile, path)} does not exist: ${quoted(plain)} is used`;
    report({ code: "escaped-path", severity: "warning", message, at: profile.at(path), hint: HINT });
    return plain;
  });
}

/** Few profiles have one: all others need no copy, which would take a third of the time of reading them. */
function hasBackslash({ options, flags, sections }: Profile): boolean {
  const parts = [{ options, flags }, ...sections.values()];
  return parts.some((part) => Object.values(part.options).some(holds) || [...part.flags.values()].some(holds));

  function holds(value: unknown): boolean {
    if (typeof value === "string") return value.includes("\\");
    return value instanceof Secret ? value.reveal().includes("\\") : Array.isArray(value) && value.some(holds);
  }
}

/** Every path, source and tag that has such a backslash. */
export function checkEscapes(profile: Profile, os: string): Diagnostic[] {
  if (!hasBackslash(profile)) return [];
  const found: Diagnostic[] = [];
  const look: Change = (text, path) => {
    const plain = withoutEscapes(text, os);
    if (plain === undefined) return text;
    const message = `The backslash in ${quoted(text)} of ${nameOf(profile, path)} is part of the name`;
    const hint = `If ${quoted(plain)} is meant, write that: restic is started without a shell`;
    found.push({ code: "escaped-path", severity: "warning", message, at: profile.at(path), hint });
    return text;
  };
  changed(profile, look);
  const { source = [], "stdin-from-command": isCommand } = profile.sections.get("backup")?.options ?? {};
  if (!isCommand) source.forEach((text, index) => look(text, ["backup", "source", index]));
  for (const [place, flags] of [[[], profile.flags], ...sectionFlags(profile)] as const) {
    changedValue(flags.get("tag"), [...place, "tag"], look);
  }
  return found;
}

function sectionFlags({ sections }: Profile): (readonly [Path, FlagValues])[] {
  return [...sections.values()].map(({ name, flags }) => [[name], flags]);
}

function changed(profile: Profile, change: Change): Profile {
  const sections = [...profile.sections].map(([key, section]): [string, Section] => [key, {
    ...section,
    options: changedOptions(section.options, sectionKeys(section.name), [section.name], change),
    flags: changedFlags(section.flags, [section.name], change),
  }]);
  return {
    ...profile,
    options: changedOptions(profile.options, PROFILE_KEYS, [], change),
    flags: changedFlags(profile.flags, [], change),
    sections: new Map(sections),
  };
}

/** Of the keys with a type only restic's are concerned: what the tool itself opens, no shell has ever read. */
function changedOptions<T extends object>(options: T, keys: KeyTable, place: Path, change: Change): T {
  const entries = Object.entries(options).map(([name, value]) => {
    const { flag, path } = keys[name] ?? {};
    const isFile = flag !== undefined && (path === "config" || path === "repository");
    return [name, isFile ? changedValue(value, [...place, name], change) : value];
  });
  return Object.fromEntries(entries) as T;
}

function changedFlags(flags: FlagValues, place: Path, change: Change): FlagValues {
  return new Map([...flags].map(([name, value]) => {
    const isFile = Object.hasOwn(PATH_FLAGS, name);
    return [name, isFile ? changedValue(value, [...place, name], change) : value];
  }));
}

function changedValue<T>(value: T, path: Path, change: Change): T {
  if (Array.isArray(value)) return value.map((item, index) => changedValue(item, [...path, index], change)) as T;
  if (typeof value === "string") return change(value, path) as T;
  if (!(value instanceof Secret)) return value;
  const text = change(value.reveal(), path);
  return text === value.reveal() ? value : new Secret(text) as T;
}

/** Without the scheme of local repositories; one elsewhere is not there. */
function localPath(repository: string): string {
  return repository.replace(/^local:/, "");
}

function isRepository(path: Path): boolean {
  return /repo(?:sitory)?$/.test(String(path.at(-1)));
}

function quoted(text: string): string {
  return `"${maskAddress(text)}"`;
}

function nameOf({ name }: Profile, path: Path): string {
  return `"${[name, ...path].filter((step) => typeof step === "string").join(".")}"`;
}
