/** `copy` has two repositories. Which is the source, and what their flags are called, depends on the section and on restic. */
import type { FlagValues } from "../schema/profile.ts";
import { keysOfFlag, NEWEST, type ResticRelease } from "../schema/restic_flags.ts";
import { isAtLeast } from "../schema/restic_version.ts";
import { flagWords, mergeFlags } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { placeOfFlag } from "./command_section.ts";

/** What belongs to one repository: where it is, its password, its key. */
const PARTS = [["repo", "repository-file"], ["password-file", "password-command", "insecure-no-password"], [
  "key-hint",
]];
const REPOSITORY_FLAGS = PARTS.flat();
const FROM_FLAGS = REPOSITORY_FLAGS.map((name) => `from-${name}`);

/** With a repository of its own the section is the destination, the profile the source; else the profile is the destination. */
export function copyFlags(planning: Planning): FlagValues {
  const { common, section, release } = planning;
  if (!isDestination(section?.flags)) return namesOfRelease(mergeFlags(common, section?.flags), release);
  const source = sourceOf(planning);
  const destination = pick(section?.flags, REPOSITORY_FLAGS);
  return new Map([
    ...flagsOfNeither(planning),
    ...(hasFromNames(release)
      ? [...rename(source, fromName), ...destination]
      : [...source, ...rename(destination, secondName)]),
  ]);
}

/** For the `init` of the destination: always under the plain names, and the source when its chunker parameters are wanted. */
export function copyInitFlags(planning: Planning): FlagValues {
  const { common, section, release } = planning;
  const isSecond = isDestination(section?.flags);
  const destination = pick(isSecond ? section?.flags : mergeFlags(common, section?.flags), REPOSITORY_FLAGS);
  const flags = new Map([...flagsOfNeither(planning), ...destination]);
  if (section?.options["initialize-copy-chunker-params"] === false) return flags;
  const source = isSecond ? rename(sourceOf(planning), fromName) : pick(mergeFlags(common, section?.flags), FROM_FLAGS);
  return namesOfRelease(new Map([...flags, ...source, ["copy-chunker-params", true]]), release);
}

/** The source by the plain names: the profile's, and what that does not say from the section. */
function sourceOf(planning: Planning): FlagValues {
  const { common, section } = planning;
  return new Map(PARTS.flatMap((part) => {
    const own = pick(common, part);
    const added = pick(section?.flags, part.map(fromName));
    const isSaid = saysAny(own);
    if (isSaid && saysAny(added)) noteUnused(own, added, planning);
    return [...isSaid ? own : rename(added, (name) => name.slice("from-".length))];
  }));
}

function saysAny(flags: FlagValues): boolean {
  return [...flags].some(([name, value]) => flagWords(name, value, "copy").length > 0);
}

function noteUnused(own: FlagValues, added: FlagValues, { profile, section, note }: Planning): void {
  for (const name of added.keys()) {
    note({
      code: "unused-value",
      severity: "warning",
      message:
        `"${profile.name}.copy.${
          keysOfFlag(name).at(-1)
        }" is not used: the source of the copy is that of the profile, ` +
        `which has a ${keysOfFlag([...own.keys()][0]!).at(-1)}`,
      at: placeOfFlag(profile, section?.names ?? [], name),
      hint: "Remove it, or what the profile has",
    });
  }
}

/** restic before 0.14 calls the second repository `repo2`, not `from-repo`. */
export function namesOfRelease(flags: FlagValues, release: ResticRelease): FlagValues {
  if (hasFromNames(release)) return flags;
  return rename(flags, (name) => FROM_FLAGS.includes(name) ? secondName(name.slice("from-".length)) : name);
}

function flagsOfNeither({ common, section }: Planning): FlagValues {
  const isRepository = (name: string) => REPOSITORY_FLAGS.includes(name) || FROM_FLAGS.includes(name);
  return new Map([...mergeFlags(common, section?.flags)].filter(([name]) => !isRepository(name)));
}

export function isDestination(section: FlagValues | undefined): boolean {
  return ["repo", "repository-file"].some((name) => flagWords(name, section?.get(name) ?? null, "copy").length > 0);
}

function hasFromNames(release: ResticRelease): boolean {
  return isAtLeast(release.version ?? NEWEST, "0.14.0");
}

function pick(flags: FlagValues | undefined, names: readonly string[]): FlagValues {
  return new Map([...flags ?? []].filter(([name]) => names.includes(name)));
}

function rename(flags: FlagValues, newName: (name: string) => string): FlagValues {
  return new Map([...flags].map(([name, value]) => [newName(name), value]));
}

function fromName(name: string): string {
  return `from-${name}`;
}

function secondName(name: string): string {
  return `${name}2`;
}
